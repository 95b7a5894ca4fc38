//! `pingyi verify`: does a published result hold?
//!
//! With the records everything is scored again. Without them it checks what the publication alone
//! can show: the plan's fingerprint, that the plan is valid, that every total is the sum of its
//! parts, and that the ranks follow the totals.

use std::path::Path;
use std::process::ExitCode;

use scoring::json::Value;
use scoring::result_document::{ComponentResult, PeriodResult, ResultDocument, UnitResult};
use scoring::{Mode, Plan, Score, plan_sha256, score};

use crate::documents::{self, Refused, Which};

/// Exit code when the publication can be read but does not hold.
const DOES_NOT_HOLD: u8 = 1;

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
    faults.extend(published.units.iter().enumerate().flat_map(|(place, unit)| sums(place, unit)));
    faults.extend(order(&plan, &published));
    checked.push(format!("{} 个单位的合计与名次相符 / sums and ranks of all units hold", published.units.len()));
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

/// A branch is the sum of its children, a period of its components and adjustments.
fn sums(place: usize, unit: &UnitResult) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, period) in unit.periods.iter().enumerate() {
        let path = format!("publication:/result/units/{place}/periods/{index}");
        if period_total(period) != Some(period.total) {
            faults.push(format!("{path}/total 合计不符 / the total is not the sum of its parts: {}", unit.unit));
        }
        branches(&path, &period.components, &mut faults);
    }
    faults
}

fn period_total(period: &PeriodResult) -> Option<Score> {
    let scores: Score = period.components.iter().map(|component| component.score).sum();
    Some(scores + period.bonus.to_score()? - period.deduction.to_score()?)
}

fn branches(path: &str, components: &[ComponentResult], faults: &mut Vec<String>) {
    for (index, component) in components.iter().enumerate() {
        let path = format!("{path}/components/{index}");
        let sum: Score = component.children.iter().map(|child| child.score).sum();
        if !component.children.is_empty() && sum != component.score {
            faults.push(format!(
                "{path}/score 合计不符 / the score is not the sum of its parts: {}",
                component.component
            ));
        }
        branches(&path, &component.children, faults);
    }
}

/// Inside each category ranks are 1 to n, and without a shortlist nobody stands above a higher total.
fn order(plan: &Plan, result: &ResultDocument) -> Vec<String> {
    let mut faults = Vec::new();
    for category in plan.categories() {
        let mut units: Vec<&UnitResult> = result.units.iter().filter(|unit| unit.category == category.id).collect();
        units.sort_by_key(|unit| unit.rank);
        for (place, unit) in units.iter().enumerate() {
            if unit.rank as usize != place + 1 {
                faults.push(format!(
                    "publication:/result 名次不连续 / the ranks of {} are not 1 to {}",
                    category.id,
                    units.len()
                ));
                break;
            }
        }
        let shortlisted = plan.document().shortlist.is_some();
        if !shortlisted && units.windows(2).any(|pair| pair[0].total < pair[1].total) {
            faults.push(format!(
                "publication:/result 名次与总分不符 / the ranks of {} do not follow the totals",
                category.id
            ));
        }
    }
    faults
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
