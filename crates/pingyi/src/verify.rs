//! `pingyi verify`: does a published result hold?
//!
//! With the records everything is scored again. Without them it checks what the publication alone
//! can show: the plan's fingerprint, that the plan is valid, and that sums, totals, ranks, grades and
//! their outcomes follow from the scores of its leaves.

use std::path::Path;
use std::process::ExitCode;

use scoring::json::Value;
use scoring::result_document::ResultDocument;
use scoring::{Contradiction, ContradictionKind, Mode, Plan, contradictions, plan_sha256, score};

use crate::documents::{self, Refused, Which};

/// Exit code when the publication can be read but does not hold.
const DOES_NOT_HOLD: u8 = 1;

/// Members of a publication (`GET /api/public/{id}`).
const MEMBERS: [&str; 13] = [
    "plan",
    "plan_sha256",
    "result",
    "receipts",
    "announced",
    "publicity",
    "edition",
    "editions",
    "correction",
    "blind_keys",
    "audit",
    "reconciliation",
    "open_groups",
];

/// Checks and reports.
pub(crate) fn run(publication: &Path, records: Option<&Path>) -> ExitCode {
    match check(publication, records) {
        Err(refused) => refused.exit(),
        Ok(Verdict { faults, checked }) if faults.is_empty() => documents::print(&checked.join("\n")),
        Ok(Verdict { faults, .. }) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            ExitCode::from(DOES_NOT_HOLD)
        }
    }
}

struct Verdict {
    faults: Vec<String>,
    checked: Vec<String>,
}

fn check(publication: &Path, records: Option<&Path>) -> Result<Verdict, Refused> {
    let value = documents::read(Which::Publication, publication)?;
    let member = |key: &str| {
        value
            .get(key)
            .ok_or_else(|| Refused(vec![format!("publication:/{key} missing_field 缺少字段 / a field is missing")]))
    };
    let (plan_value, sha256, result) = (member("plan")?, member("plan_sha256")?, member("result")?);
    let plan = Plan::from_json(plan_value).map_err(|problems| Refused::problems(Which::Plan, &problems))?;
    let published = result_document(result)?;
    let mut faults = Vec::new();
    let mut checked = Vec::new();
    let hash = plan_sha256(plan_value);
    if sha256.as_str() == Some(&hash) {
        checked.push(format!("方案指纹相符 / the plan's fingerprint holds: {hash}"));
    } else {
        faults.push(format!("publication:/plan_sha256 方案指纹不符 / the plan's fingerprint is another: {hash}"));
    }
    faults.extend(unknown_members(&value));
    faults.extend(contradictions(&plan, &published).iter().map(line));
    checked.push(format!(
        "{} 个单位的合计、名次、等次与各项得分相符 / sums, ranks and grades of all units follow from their scores",
        published.units.len()
    ));
    if records.is_none() {
        checked.push(
            "未核对：各项得分、抽签、直接认定和历年结果（需要记录文件） / \
             not checked: the scores themselves, draws, verdicts and earlier years (the records are needed)"
                .to_owned(),
        );
    }
    if let Some(records) = records {
        let records = documents::records(&plan, records)?;
        let standing = score(&plan, &records, Mode::Final)
            .map_err(|missing| Refused::missing(&missing.iter().map(|place| place.named(&plan)).collect::<Vec<_>>()))?;
        let again = standing.document(&plan);
        faults.extend(differences(&published, &again));
        checked.push("由记录重新计算的结果相同 / scored again from the records, the result is the same".to_owned());
    }
    Ok(Verdict { faults, checked })
}

fn result_document(value: &Value) -> Result<ResultDocument, Refused> {
    let text = serde_json::to_string(value).map_err(|error| Refused(vec![format!("publication:/result {error}")]))?;
    serde_json::from_str(&text).map_err(|error| {
        Refused(vec![format!("publication:/result wrong_type 结果的格式不对 / not a result document: {error}")])
    })
}

/// What a publication has no place for. Nothing may hide beside what is checked.
fn unknown_members(publication: &Value) -> Vec<String> {
    let Value::Object(members) = publication else { return Vec::new() };
    let known = |key: &str| MEMBERS.contains(&key);
    let unknown = members.iter().filter(|(key, _)| !known(key));
    unknown.map(|(key, _)| format!("publication:/{key} unknown_field 不认识的字段 / unknown field")).collect()
}

fn line(contradiction: &Contradiction) -> String {
    let words = match contradiction.kind {
        ContradictionKind::NotInPlan => "与方案不符 / not as the plan has it",
        ContradictionKind::OutOfBounds => "超出方案允许的范围 / outside what the plan allows",
        ContradictionKind::DoesNotFollow => "与各项得分不符 / does not follow from the scores",
        ContradictionKind::NotFinal => "不是最终结果：有缺项或并列未决 / not final: something is missing or undecided",
    };
    let follows = contradiction.follows.as_ref().map(|follows| format!(": {follows}")).unwrap_or_default();
    format!("publication:/result{} {words}{follows}", contradiction.path)
}

fn differences(published: &ResultDocument, again: &ResultDocument) -> Vec<String> {
    if published == again {
        return Vec::new();
    }
    let mut faults = Vec::new();
    for (place, (was, is)) in published.units.iter().zip(&again.units).enumerate() {
        if was != is {
            faults.push(format!(
                "publication:/result/units/{place} 重新计算不同 / scored again it differs: {} {} #{} → {} #{}",
                was.unit, was.total, was.rank, is.total, is.rank
            ));
        }
    }
    if faults.is_empty() {
        faults.push("publication:/result 重新计算不同 / scored again it differs".to_owned());
    }
    faults
}
