//! Documents of the tests: written by hand, or drawn from a seed.

use scoring::json::Value;
use scoring::{Plan, RecordsDocument, ScenarioDocument};
use sensitivity::Options;

pub(crate) fn read_plan(text: &str) -> Plan {
    Plan::from_json(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

pub(crate) fn read_records(text: &str) -> RecordsDocument {
    RecordsDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

pub(crate) fn read_scenario(text: &str) -> ScenarioDocument {
    ScenarioDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
}

pub(crate) fn few() -> Options {
    Options { samples: 200, seed: 1, resamples: 50 }
}

/// A plan of one category, one period and entered leaves; units `a`, `b`, …, those in `focus` with the
/// trait.
pub(crate) fn plan(units: usize, focus: &[usize], components: &str, tie_break: &str) -> Plan {
    let unit = |place: usize| {
        let traits = if focus.contains(&place) { r#","traits":["focus"]"# } else { "" };
        format!(r#"{{"id":"{}","name":"u","category":"all"{traits}}}"#, unit_id(place))
    };
    let units: Vec<String> = (0..units).map(unit).collect();
    read_plan(&format!(
        r#"{{"format":1,"title":"t","total":"100","categories":[{{"id":"all","name":"c"}}],"units":[{}],
        "groups":[],"scales":[],"periods":[{{"id":"year","name":"y"}}],"combine":"mean","components":[{components}],
        "adjustments":[{{"id":"bonus","name":"b","sign":"bonus","range":{{"min":"0","max":"100"}}}}],
        "ranking":{{"decimals":2,"tie_break":[{tie_break}]}},"outcomes":[]}}"#,
        units.join(",")
    ))
}

pub(crate) fn unit_id(place: usize) -> String {
    char::from(b'a' + place as u8).to_string()
}

pub(crate) fn leaf(id: &str, points: &str, extra: &str) -> String {
    let method = r#""method":{"kind":"entered","office":"o","out_of":"100"}"#;
    format!(r#"{{"id":"{id}","name":"n","points":"{points}"{extra},{method}}}"#)
}

pub(crate) fn branch(id: &str, extra: &str, children: &[String]) -> String {
    format!(r#"{{"id":"{id}","name":"n"{extra},"children":[{}]}}"#, children.join(","))
}

pub(crate) fn entry(component: &str, unit: &str, value: &str) -> String {
    format!(r#"{{"period":"year","component":"{component}","unit":"{unit}","value":"{value}"}}"#)
}

pub(crate) fn records(entries: &[String], more: &str) -> RecordsDocument {
    read_records(&format!(r#"{{"format":1,"entries":[{}]{more}}}"#, entries.join(",")))
}

/// A small generator of its own, so that the tests do not draw from what they test.
pub(crate) struct Lcg(u64);

impl Lcg {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// A tree with a branch, a trait (one leaf against two), and a leaf without points.
pub(crate) fn tree() -> String {
    [
        leaf("plain", "25", ""),
        branch("box", "", &[leaf("left", "20", ""), leaf("right", "10.5", ""), leaf("idle", "0", "")]),
        leaf("office", "30", r#","except":"focus""#),
        leaf("window", "10", r#","only":"focus""#),
        leaf("counter", "20", r#","only":"focus""#),
        leaf("rest", "14.5", ""),
    ]
    .join(",")
}

pub(crate) fn drawn_records(units: usize, focus: &[usize], seed: u64) -> RecordsDocument {
    let mut dice = Lcg(seed);
    let mut entries = Vec::new();
    for place in 0..units {
        let unit = unit_id(place);
        let traits: &[&str] = if focus.contains(&place) { &["window", "counter"] } else { &["office"] };
        for component in ["plain", "left", "right", "idle", "rest"].iter().chain(traits) {
            entries.push(entry(component, &unit, &format!("{}.{}", 60 + dice.below(40), dice.below(10))));
        }
    }
    let bonus = r#","adjustments":[{"period":"year","rule":"bonus","unit":"b","points":"1.25"}]"#;
    records(&entries, bonus)
}
