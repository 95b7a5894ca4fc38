//! Plans with their results, and files taken apart again.

use std::io::{Cursor, Read};

use papers::{OfficeTexts, Results, ResultsOf};
use quick_xml::Reader;
use quick_xml::events::Event;
use scoring::disclosure::Disclosing;
use scoring::json::Value;
use scoring::plan_document::MethodDocument;
use scoring::records_document::{EntryRecord, LinkRecord, TallyRecord};
use scoring::{Mode, Plan, Records, RecordsDocument, Standing, WithheldRecord, score};
use zip::ZipArchive;

/// A plan, what was recorded, and what came of it.
pub struct Appraised {
    pub plan: Plan,
    pub document: RecordsDocument,
    pub records: Records,
    pub standing: Standing,
    pub withheld: Vec<WithheldRecord>,
    pub turnout: Vec<papers::Turnout>,
    pub before: std::collections::BTreeMap<String, papers::RankBefore>,
}

impl Appraised {
    pub fn new(plan: Plan, document: RecordsDocument) -> Appraised {
        let records = Records::new(&plan, &document).unwrap();
        let standing = score(&plan, &records, Mode::Final).unwrap();
        assert_eq!(standing.unresolved_ties(), &[] as &[Vec<scoring::UnitIndex>]);
        let disclosing = Disclosing {
            plan: &plan,
            document: &document,
            records: &records,
            standing: &standing,
            allow_small: &[],
            earlier: &[],
        };
        let withheld = disclosing.disclosed().withheld;
        Appraised {
            plan,
            document,
            records,
            standing,
            withheld,
            turnout: Vec::new(),
            before: std::collections::BTreeMap::new(),
        }
    }

    pub fn results(&self) -> Results<'_> {
        Results::new(ResultsOf {
            plan: &self.plan,
            records: &self.records,
            standing: &self.standing,
            withheld: &self.withheld,
            history: &self.document.history,
            before: &self.before,
            turnout: &self.turnout,
        })
    }
}

pub fn template(id: &str) -> Value {
    Value::parse(scoring::templates::find(id).unwrap().document.as_bytes()).unwrap()
}

pub fn json(text: &str) -> Value {
    Value::parse(text.as_bytes()).unwrap()
}

/// A template with marks and values for every place, so that no two units have the same total.
pub fn filled(id: &str) -> Appraised {
    filled_plan(Plan::from_json(&template(id)).unwrap())
}

pub fn filled_plan(plan: Plan) -> Appraised {
    let mut document = RecordsDocument::default();
    for period in plan.period_indices() {
        for leaf in plan.leaves().indices() {
            for unit in plan.unit_indices().filter(|unit| plan.applies(leaf, *unit)) {
                let (number, component) = (unit.index() as u64, plan.leaf_id(leaf).to_owned());
                let (period, unit_id) = (plan.period(period).id.clone(), plan.unit(unit).id.clone());
                let value = |out_of: scoring::Decimal| {
                    let part = 600 + (number * 7 + leaf.index() as u64 * 13) % 400;
                    (scoring::fraction::Fraction::from(out_of).to_decimal(6).to_string(), part)
                };
                match plan.method_document(leaf) {
                    MethodDocument::Survey(_) | MethodDocument::Complaints(_) => {
                        let mut criteria: Vec<Option<String>> =
                            plan.criteria_of(leaf, unit).iter().map(|one| Some(one.id.to_owned())).collect();
                        if criteria.is_empty() {
                            criteria.push(None);
                        }
                        for group in plan.groups_of(leaf) {
                            for criterion in &criteria {
                                let options = plan.options_of(leaf).iter().enumerate();
                                let count = |place: usize| 20 + (number * (place as u64 + 3)) % 37;
                                document.tallies.push(TallyRecord {
                                    period: period.as_str().into(),
                                    component: component.as_str().into(),
                                    group: plan.group(*group).id.as_str().into(),
                                    unit: unit_id.as_str().into(),
                                    criterion: criterion.as_deref().map(Into::into),
                                    counts: options.map(|(place, option)| (&option.id, count(place))).collect(),
                                });
                            }
                        }
                    }
                    MethodDocument::Entered(_) => {
                        let (out_of, part) = value(plan.leaves()[leaf].out_of);
                        let value = out_of.parse::<f64>().unwrap() * part as f64 / 1000.0;
                        let value = format!("{value:.3}").as_str().into();
                        document.entries.push(EntryRecord { period, component, unit: unit_id, value });
                    }
                    MethodDocument::Linked(_) => {
                        let (_, part) = value(plan.leaves()[leaf].out_of);
                        let total = format!("{:.3}", part as f64 / 10.0);
                        let totals = vec![total.as_str().into()];
                        document.links.push(LinkRecord { period, component, unit: unit_id, totals });
                    }
                    MethodDocument::Incidents(_) => {}
                }
            }
        }
    }
    Appraised::new(plan, document)
}

/// The text of a part of a file.
pub fn part(file: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// All parts are XML that an independent reader takes, to their ends.
pub fn check_well_formed(file: &[u8]) {
    let names: Vec<String> =
        ZipArchive::new(Cursor::new(file)).unwrap().file_names().map(|name| name.unwrap().into_owned()).collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        let text = part(file, &name);
        let (mut reader, mut depth, mut elements) = (Reader::from_str(&text), 0_i64, 0);
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Start(_) => (depth, elements) = (depth + 1, elements + 1),
                Event::End(_) => depth -= 1,
                Event::Empty(_) => elements += 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert!(depth == 0 && elements > 0, "{name}");
    }
}

/// The paragraphs of a document, those in tables among them, each with its style.
pub fn paragraphs(file: &[u8]) -> Vec<(String, String)> {
    let text = part(file, "word/document.xml");
    let mut reader = Reader::from_str(&text);
    let (mut all, mut style, mut words) = (Vec::new(), String::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) if start.name().as_ref() == "w:p" => (style, words) = Default::default(),
            Event::Empty(empty) if empty.name().as_ref() == "w:pStyle" => {
                style = empty.attributes().next().unwrap().unwrap().value.into_owned();
            }
            Event::Text(text) => words.push_str(&text),
            Event::GeneralRef(name) => words.push(match name.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                other => panic!("{other:?}"),
            }),
            Event::End(end) if end.name().as_ref() == "w:p" => all.push((style.clone(), words.clone())),
            Event::Eof => return all,
            _ => {}
        }
    }
}

/// The words of a document, paragraph by paragraph.
pub fn words(file: &[u8]) -> Vec<String> {
    paragraphs(file).into_iter().map(|(_, words)| words).filter(|words| !words.is_empty()).collect()
}

pub fn standard() -> OfficeTexts {
    OfficeTexts::default()
}

/// Keeps a file for whoever wants to look at it: in the folder that `PAPERS_SHOWN` names.
pub fn show(name: &str, file: &[u8]) {
    if let Some(folder) = std::env::var_os("PAPERS_SHOWN") {
        std::fs::write(std::path::Path::new(&folder).join(name), file).unwrap();
    }
}

/// The worked example of the sources' shape: two units, two secret groups, an office, incidents and a bonus.
pub fn example(tallies: &str) -> Appraised {
    let plan = r#"{ "format": 1, "title": "元坝镇2018年内设机构评测", "year": 2018, "total": "100",
        "categories": [{ "id": "dept", "name": "内设机构" }],
        "units": [{ "id": "forestry", "name": "林业站", "category": "dept" }, { "id": "building", "name": "村建所 <&>", "category": "dept" }],
        "groups": [{ "id": "leaders", "name": "班子成员", "ballot": "anonymous" }, { "id": "staff", "name": "干部职工", "ballot": "anonymous" }],
        "scales": [{ "id": "satisfaction", "options": [{ "id": "good", "name": "满意", "value": "90" },
            { "id": "fair", "name": "基本满意", "value": "70" }, { "id": "poor", "name": "不满意", "value": "50" }] }],
        "periods": [{ "id": "year", "name": "2018年度" }], "combine": "mean",
        "components": [
            { "id": "internal", "name": "内部测评", "points": "60", "method": { "kind": "survey", "scale": "satisfaction", "out_of": "100",
                "groups": [{ "group": "leaders", "weight": "50" }, { "group": "staff", "weight": "50" }] } },
            { "id": "hotline", "name": "热线办理", "points": "30", "method": { "kind": "entered", "office": "热线办" } },
            { "id": "inspection", "name": "明察暗访", "points": "10", "method": { "kind": "incidents", "levels": [
                { "id": "village", "name": "社级", "amount": "1" }, { "id": "county", "name": "县级", "amount": "2" }], "serious_factor": "2" } }],
        "adjustments": [{ "id": "commended", "name": "表彰推广", "sign": "bonus", "levels": [{ "id": "district", "name": "区级", "points": "5" }] }],
        "ranking": { "decimals": 2, "tie_break": ["internal"] },
        "outcomes": [{ "id": "first", "name": "通报表扬", "when": { "from_top": 1 } }, { "id": "last", "name": "诫勉谈话", "when": { "from_bottom": 1 } },
            { "id": "told", "name": "结果通报其上级主管部门", "when": { "from_bottom": 1 } }] }"#;
    let records = format!(
        r#"{{ "format": 1, "tallies": {tallies}, "entries": [
            {{ "period": "year", "component": "hotline", "unit": "forestry", "value": "27" }},
            {{ "period": "year", "component": "hotline", "unit": "building", "value": "24" }}],
            "incidents": [{{ "period": "year", "component": "inspection", "unit": "building", "level": "county", "count": 2, "serious": true }}],
            "adjustments": [{{ "period": "year", "rule": "commended", "unit": "forestry", "level": "district" }}],
            "history": [{{ "year": 2017, "unit": "building", "outcomes": ["last"] }}] }}"#
    );
    let plan = Plan::from_json(&json(plan)).unwrap();
    Appraised::new(plan, RecordsDocument::read(&json(&records)).unwrap())
}

/// Counts of a group for a unit: satisfied, fairly, not.
pub fn tally(group: &str, unit: &str, counts: [u64; 3]) -> String {
    let [good, fair, poor] = counts;
    format!(
        r#"{{ "period": "year", "component": "internal", "group": "{group}", "unit": "{unit}", "criterion": null,
            "counts": {{ "good": {good}, "fair": {fair}, "poor": {poor} }} }}"#
    )
}
