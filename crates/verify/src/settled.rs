//! What was settled on the day of publishing: fingerprints, editions, and what a correction changed.

use document::Value;
use text::verify as words;
use wire::fingerprint::{Fingerprint, fingerprints};
use wire::result::{Correction, Edition};

use crate::report::{Line, Report};
use crate::{MEMBERS, Publication};

/// What only the place of their origin can show, and the words for each.
const TAKEN: [(&str, text::Text); 5] = [
    ("receipts", words::RECEIPTS),
    ("audit", words::AUDIT),
    ("announced", words::DISPLAY),
    ("publicity", words::DISPLAY),
    ("open_groups", words::OPEN_GROUPS),
];

impl Publication<'_> {
    pub(crate) fn settled(&self, report: &mut Report) {
        self.fingerprints(report);
        self.editions(report);
        for (member, words) in TAKEN {
            if self.member(member).is_some_and(|value| !matches!(value, Value::List(items) if items.is_empty())) {
                report.unchecked.push(Line::at(format!("/{member}"), words));
            }
        }
    }

    fn fingerprints(&self, report: &mut Report) {
        let (said, whole) = (self.member("fingerprints"), self.member("publication_sha256"));
        let Some(said) = said else {
            // Old publications have neither; a publication that lost one has the other.
            match whole.or_else(|| self.member("records_sha256")) {
                Some(_) => report.faults.push(Line::at("/fingerprints", words::MISSING)),
                None => report.unchecked.push(Line::at("/fingerprints", words::NO_FINGERPRINTS)),
            }
            return;
        };
        let before = report.faults.len();
        let hash = said.sha256();
        if whole.and_then(Value::as_str) != Some(&hash) {
            report.faults.push(Line::with("/publication_sha256", words::FINGERPRINT_DIFFERS, &hash));
        }
        let Some(said) = self.document::<Vec<Fingerprint>>("fingerprints", report) else { return };
        let there = MEMBERS.iter().filter_map(|name| Some((*name, self.member(name)?)));
        let found = fingerprints(there);
        // What stands at another address has a fingerprint here.
        let elsewhere = |name: &str| self.member("records_at").is_some() && matches!(name, "records" | "withheld");
        for one in &said {
            let same = found.iter().any(|found| found == one);
            let is_elsewhere = elsewhere(&one.member) && self.member(&one.member).is_none();
            if !same && !is_elsewhere {
                let path = document::pointer("", &one.member);
                report.faults.push(Line::with(path, words::FINGERPRINT_DIFFERS, &one.sha256));
            }
        }
        for one in found.iter().filter(|one| said.iter().all(|said| said.member != one.member)) {
            report.faults.push(Line::at(format!("/{}", one.member), words::FINGERPRINT_DIFFERS));
        }
        if report.faults.len() == before {
            report.checked.push(Line::with("/publication_sha256", words::FINGERPRINTS_HOLD, hash));
        }
    }

    /// The list of editions, and that what a correction says is now is in the result.
    fn editions(&self, report: &mut Report) {
        let edition = self.document::<u64>("edition", report);
        let editions = self.document::<Vec<Edition>>("editions", report).unwrap_or_default();
        let correction = self.document::<Correction>("correction", report);
        let Some(edition) = edition else { return };
        let numbered = editions.iter().zip(1..).all(|(one, number)| one.edition == number);
        let this = editions.iter().find(|one| one.edition == edition);
        let reason = |correction: &Correction| correction.reason.clone();
        let same = this.is_some_and(|one| one.reason == correction.as_ref().map(reason));
        let on_display = edition == 0 && editions.is_empty() && self.member("announced").is_some();
        if !(on_display || numbered && same && self.member("announced").is_none()) {
            report.faults.push(Line::at("/editions", words::EDITION_DIFFERS));
        }
        if !editions.is_empty() {
            report.unchecked.push(Line::at("/editions", words::EDITIONS));
        }
        if let Some(correction) = correction {
            report.unchecked.push(Line::at("/correction", words::EDITIONS));
            for (place, change) in correction.changes.iter().enumerate() {
                let unit = self.result.units.iter().find(|unit| unit.unit == change.unit);
                let now = unit.map(Value::of).map(|unit| told(unit.get(&change.member)));
                let below = change.member == "periods" && now.is_some();
                if !below && (now.as_ref() != Some(&change.now) || change.was == change.now) {
                    report.faults.push(Line::at(format!("/correction/changes/{place}"), words::CHANGE_DIFFERS));
                }
            }
        }
    }
}

/// A member of a unit's result as a correction says it: outcomes by their ids with blanks between.
fn told(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::Null => None,
        Value::Text(text) => Some(text.clone()),
        Value::List(items) => Some(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        other => Some(other.canonical()),
    }
}
