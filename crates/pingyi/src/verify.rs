//! `pingyi verify`: does a published result hold?
//!
//! Everything that follows from the publication alone is recomputed by the `verify` package, as in a browser. With the full
//! records everything is scored again from them, too.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use scoring::json::Value;
use scoring::{Mode, ResultDocument, score};
use text::verify as words;
use verify::{Line, MOST_BYTES, Publication};
use wire::result::FrozenLists;

use crate::documents::{self, Refused, Which};

/// Exit code when the publication can be read but does not hold.
const DOES_NOT_HOLD: u8 = 1;

/// Checks and reports.
pub(crate) fn run(publication: &Path, records: Option<&Path>, tokens: &[PathBuf]) -> ExitCode {
    match check(publication, records, tokens) {
        Err(refused) => refused.exit(),
        Ok(Verdict { faults, told }) if faults.is_empty() => documents::print(&told.join("\n")),
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
    told: Vec<String>,
}

fn check(publication: &Path, records: Option<&Path>, tokens: &[PathBuf]) -> Result<Verdict, Refused> {
    let refused = |lines: Vec<Line>| Refused(lines.iter().map(ToString::to_string).collect());
    let text = text_of(publication)?;
    let value = verify::read(&text).map_err(|line| refused(vec![line]))?;
    let mut elsewhere = Vec::new();
    for part in tokens {
        elsewhere.extend(verify::read_tokens(&text_of(part)?).map_err(refused)?.tokens);
    }
    let publication = Publication::new(&value).map_err(refused)?.with_tokens(elsewhere);
    let report = publication.verify();
    let mut faults: Vec<String> = report.faults.iter().map(ToString::to_string).collect();
    let mut told: Vec<String> = report.checked.iter().map(ToString::to_string).collect();
    let open = report.unchecked.iter();
    told.extend(open.map(|line| format!("{} / {}: {line}", words::NOT_CHECKED.zh, words::NOT_CHECKED.en)));
    if let Some(path) = records {
        let hash = documents::read(Which::Records, path)?.sha256();
        let said = value.get("records_sha256").and_then(Value::as_str);
        if said.is_some_and(|said| said != hash) {
            faults.push(format!(
                "publication:/records_sha256 记录指纹不符 / the records' fingerprint is another: {hash}"
            ));
        }
        let plan = &publication.plan;
        let mut records = documents::records(plan, path)?;
        if let Some(lists) = value.get("shortlist").and_then(|lists| FrozenLists::read(lists).ok()) {
            records = records.with_lists_by_id(plan, &lists.top, &lists.bottom);
        }
        let standing = score(plan, &records, Mode::Final)
            .map_err(|missing| Refused::missing(&missing.iter().map(|place| place.named(plan)).collect::<Vec<_>>()))?;
        faults.extend(differences(&publication.result, &standing.document(plan)));
        told.push("由记录重新计算的结果相同 / scored again from the records, the result is the same".to_owned());
    }
    Ok(Verdict { faults, told })
}

/// A file's text; no more of it than a publication can have, so that a device or a film is not taken into memory.
fn text_of(path: &Path) -> Result<Vec<u8>, Refused> {
    let unreadable = |error: std::io::Error| {
        Refused(vec![format!("publication: unreadable 无法读取 / cannot be read: {}: {error}", path.display())])
    };
    let mut text = Vec::new();
    let file = std::fs::File::open(path).map_err(unreadable)?;
    file.take(MOST_BYTES as u64 + 1).read_to_end(&mut text).map_err(unreadable)?;
    Ok(text)
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
