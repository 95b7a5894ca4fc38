//! What makes a ballot valid, and a batch of paper ballots possible, where a plan has limits or units have tasks.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

use scoring::ballot::{BallotFault, Mark, Paper, check, preview};
use scoring::json::Value;
use scoring::{PaperCounts, PaperTally, Plan};
use serde_json::json;

/// Four offices of one category and two of another; a survey of theirs with these further fields.
fn plan(method: &serde_json::Value) -> Plan {
    let unit = |id: &str, category: &str, tasks: &[&str]| {
        let tasks: Vec<_> = tasks.iter().map(|task| json!({ "id": task, "name": task })).collect();
        json!({ "id": id, "name": id, "category": category, "tasks": tasks })
    };
    let mut survey =
        json!({ "kind": "survey", "scale": "s", "out_of": "100", "groups": [{ "group": "g", "weight": "1" }] });
    for (key, value) in method.as_object().unwrap() {
        survey[key] = value.clone();
    }
    let document = json!({
        "format": 1, "title": "t", "total": "100",
        "categories": [{ "id": "office", "name": "o" }, { "id": "dept", "name": "d" }],
        "units": [unit("a", "office", &["x", "y"]), unit("b", "office", &["x"]), unit("c", "office", &["z"]),
            unit("d", "office", &["x"]), unit("e", "dept", &["x"]), unit("f", "dept", &["x", "y", "z"])],
        "groups": [{ "id": "g", "name": "g", "ballot": "anonymous" }],
        "scales": [{ "id": "s", "options": [
            { "id": "good", "name": "优秀", "value": "90" }, { "id": "fair", "name": "良好", "value": "70" },
            { "id": "poor", "name": "一般", "value": "50" }] }],
        "periods": [{ "id": "p", "name": "p" }], "combine": "mean",
        "components": [{ "id": "s1", "name": "s1", "points": "100", "method": survey }],
        "adjustments": [], "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": []
    });
    Plan::from_json(&Value::parse(document.to_string().as_bytes()).unwrap()).unwrap()
}

fn marks(all: &[(&str, Option<&str>, &str)]) -> Vec<Mark> {
    let mark = |(unit, criterion, option): &(&str, Option<&str>, &str)| Mark {
        component: "s1".into(),
        unit: (*unit).into(),
        criterion: criterion.map(str::to_owned),
        option: (*option).into(),
    };
    all.iter().map(mark).collect()
}

fn whole(units: &str, option: &str) -> Vec<Mark> {
    let units: Vec<String> = units.chars().map(String::from).collect();
    marks(&units.iter().map(|unit| (unit.as_str(), None, option)).collect::<Vec<_>>())
}

/// Category, option, most, and how many have it, of each quota that is not kept.
fn beyond(paper: &Paper, marks: &[Mark]) -> Vec<(String, String, u64, u64)> {
    let problems = check(paper, marks);
    assert!(problems.iter().all(|problem| problem.code == BallotFault::QuotaUnmet), "{problems:?}");
    let states = problems.into_iter().map(|problem| problem.quota.unwrap());
    states.map(|state| (state.category, state.option, state.need, state.have)).collect()
}

#[test]
fn a_limit_may_be_used_less_often_and_not_more() {
    let plan = plan(&json!({ "quota": [{ "option": "good", "at_most": 2 }] }));
    let paper = Paper::new(&plan, "g", None, None);
    assert!(paper.sections[0].allows_blank());
    // Blanks are allowed, and so is every other option.
    assert_eq!(beyond(&paper, &whole("a", "good")), []);
    assert_eq!(beyond(&paper, &[whole("ab", "good"), whole("ef", "good"), whole("cd", "fair")].concat()), []);
    let three = [whole("abc", "good"), whole("e", "good")].concat();
    assert_eq!(beyond(&paper, &three), [("office".into(), "good".into(), 2, 3)]);
}

#[test]
fn a_share_lets_a_number_of_its_own_in_each_category() {
    // 4 × 60 ÷ 100 = 2.4: two offices; 2 × 60 ÷ 100 = 1.2: one department.
    let plan = plan(&json!({ "quota": [{ "option": "good", "at_most_share": "60" }], "own_unit": "skipped" }));
    let paper = Paper::new(&plan, "g", None, None);
    let quota: Vec<_> = paper.sections[0]
        .quota
        .iter()
        .map(|quota| (quota.category.as_deref().unwrap(), quota.at_most.unwrap()))
        .collect();
    assert_eq!(quota, [("office", 2), ("dept", 1)]);
    assert_eq!(beyond(&paper, &[whole("ab", "good"), whole("e", "good")].concat()), []);
    assert_eq!(beyond(&paper, &whole("ef", "good")), [("dept".into(), "good".into(), 1, 2)]);
    // Who leaves out the own unit has the same limits: they are those of the full paper.
    let own = Paper::new(&plan, "g", None, Some("a"));
    assert_eq!((own.sections[0].quota.clone(), own.sections[0].units.len()), (paper.sections[0].quota.clone(), 5));
}

#[test]
fn in_stage_2_a_share_is_one_of_the_units_on_the_list() {
    let mut document: serde_json::Value =
        serde_json::from_str(scoring::templates::find("county_wide").unwrap().document).unwrap();
    let ids: Vec<String> =
        document["units"].as_array().unwrap().iter().map(|unit| unit["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 120);
    // The survey of stage 2 gets a limit of a fifth.
    let leaf = document["components"].as_array_mut().unwrap().iter_mut().find(|one| one["stage"] == 2).unwrap();
    leaf["method"]["quota"] = json!([{ "option": "good", "at_most_share": "20" }]);
    let (component, group) =
        (leaf["id"].as_str().unwrap().to_owned(), leaf["method"]["groups"][0]["group"].as_str().unwrap().to_owned());
    let plan = Plan::from_json(&Value::parse(document.to_string().as_bytes()).unwrap()).unwrap();
    let most = |paper: &Paper| {
        let section = paper.sections.iter().find(|section| section.component == component).unwrap();
        (section.units.len(), section.quota[0].at_most)
    };
    // 120 × 20 ÷ 100 = 24 before there is a list; 110 × 20 ÷ 100 = 22 with it.
    let paper = Paper::new(&plan, &group, None, None);
    assert_eq!(most(&paper), (120, Some(24)));
    let paper = paper.of_shortlist(&plan, |unit| ids[..110].iter().any(|listed| listed == unit));
    assert_eq!(most(&paper), (110, Some(22)));
    // A batch of 10 paper ballots: 220 marks are the most that can be, and 221 are not.
    let listed: std::collections::BTreeSet<String> = ids[..110].iter().cloned().collect();
    let batch = |good: u64| {
        let line = |(place, unit): (usize, &String)| PaperCounts {
            unit: unit.clone(),
            criterion: None,
            counts: [("good".to_owned(), 10.min(good.saturating_sub(10 * place as u64)))].into(),
            ..PaperCounts::default()
        };
        let tally = PaperTally {
            label: None,
            period: "year".into(),
            component: component.clone(),
            group: group.clone(),
            collected: 10,
            void: 0,
            counts: ids[..110].iter().enumerate().map(line).collect(),
        };
        tally
            .problems(&plan, Some(&listed))
            .into_iter()
            .map(|one| (one.code.to_string(), one.detail))
            .collect::<Vec<_>>()
    };
    assert_eq!(batch(220), []);
    assert_eq!(batch(221), [("quota_exceeded".to_owned(), Some("office good: 221 > 220".to_owned()))]);
}

#[test]
fn a_count_beside_a_limit_is_still_exact() {
    let plan = plan(&json!({ "quota": [{ "option": "good", "count": 1 }, { "option": "poor", "at_most": 1 }] }));
    let paper = Paper::new(&plan, "g", None, None);
    assert!(paper.sections[0].allows_blank());
    assert_eq!(beyond(&paper, &whole("ae", "good")), []);
    assert_eq!(beyond(&paper, &whole("a", "good")), [("dept".into(), "good".into(), 1, 0)]);
}

#[test]
fn each_unit_is_marked_on_its_own_tasks() {
    let plan = plan(&json!({ "criteria_of": "unit" }));
    let paper = Paper::new(&plan, "g", None, None);
    assert_eq!(paper.marks_possible(), 2 + 1 + 1 + 1 + 1 + 3);
    let section = &paper.sections[0];
    assert!(section.criteria.is_empty());
    let tasks: Vec<Vec<&str>> = section
        .units
        .iter()
        .map(|unit| section.criteria_of(unit).iter().map(|task| task.id.as_str()).collect())
        .collect();
    assert_eq!(tasks, [vec!["x", "y"], vec!["x"], vec!["z"], vec!["x"], vec!["x"], vec!["x", "y", "z"]]);
    assert!(check(&paper, &marks(&[("a", Some("y"), "good"), ("c", Some("z"), "fair")])).is_empty());
    // A task of another unit, and no task at all.
    let wrong = check(&paper, &marks(&[("b", Some("y"), "good"), ("c", None, "good"), ("f", Some("y"), "good")]));
    let told: Vec<_> = wrong.iter().map(|problem| (problem.path.as_str(), problem.code)).collect();
    assert_eq!(
        told,
        [("/marks/0/criterion", BallotFault::NotOnPaper), ("/marks/1/criterion", BallotFault::NotOnPaper)]
    );
    // (90 + 50) ÷ 2 of two tasks that weigh the same.
    let given = preview(&paper, &marks(&[("a", Some("x"), "good"), ("a", Some("y"), "poor")]));
    assert_eq!(given[0].total.to_string(), "70.000000");
}

#[test]
fn a_unit_has_an_option_once_however_many_of_its_tasks_have_it() {
    let plan = plan(&json!({ "criteria_of": "unit", "quota": [{ "option": "good", "at_most": 1 }] }));
    let paper = Paper::new(&plan, "g", None, None);
    let one = marks(&[
        ("f", Some("x"), "good"),
        ("f", Some("y"), "good"),
        ("f", Some("z"), "good"),
        ("a", Some("y"), "good"),
    ]);
    assert_eq!(beyond(&paper, &one), []);
    let two = [one, marks(&[("d", Some("x"), "good")])].concat();
    assert_eq!(beyond(&paper, &two), [("office".into(), "good".into(), 1, 2)]);
}

fn batch(valid: u64, lines: &[(&str, Option<&str>, &str, u64)]) -> PaperTally {
    let line = |(unit, criterion, option, count): &(&str, Option<&str>, &str, u64)| PaperCounts {
        unit: (*unit).into(),
        criterion: criterion.map(str::to_owned),
        counts: [((*option).to_owned(), *count)].into(),
        blank: valid - count,
    };
    PaperTally {
        label: None,
        period: "p".into(),
        group: "g".into(),
        component: "s1".into(),
        collected: valid + 1,
        void: 1,
        counts: lines.iter().map(line).collect(),
    }
}

fn told(batch: &PaperTally, plan: &Plan) -> Vec<(String, &'static str)> {
    assert_eq!(batch.adds_up(), Ok(()));
    // The units that these batches leave out are told beside.
    let problems = batch.problems(plan, None).into_iter().filter(|problem| problem.code.as_str() != "missing_data");
    problems.map(|problem| (problem.path, problem.code.as_str())).collect()
}

#[test]
fn a_batch_has_no_more_marks_of_an_option_than_its_quota_allows_on_its_ballots() {
    // Five valid ballots, two each: ten. Void ones allow nothing.
    let plan_of_two = plan(&json!({ "quota": [{ "option": "good", "at_most": 2 }] }));
    let ten = [
        ("a", None, "good", 5),
        ("b", None, "good", 4),
        ("c", None, "good", 1),
        ("e", None, "good", 5),
        ("f", None, "good", 5),
    ];
    assert_eq!(told(&batch(5, &ten), &plan_of_two), []);
    let eleven = [&ten[..], &[("d", None, "good", 1)]].concat();
    assert_eq!(told(&batch(5, &eleven), &plan_of_two), [("/counts".to_owned(), "quota_exceeded")]);
    // Exact counts allow so many as well; criteria are looked at one by one.
    let criteria = json!([{ "id": "x", "name": "x", "weight": "1" }, { "id": "y", "name": "y", "weight": "1" }]);
    let exact = json!([{ "option": "good", "count": 1 }, { "option": "fair", "at_most_share": "100" }]);
    let plan = plan(&json!({ "criteria": criteria, "quota": exact }));
    let five_each = [("a", Some("x"), "good", 5), ("b", Some("y"), "good", 5)];
    assert_eq!(told(&batch(5, &five_each), &plan), []);
    let six = [("a", Some("x"), "good", 5), ("b", Some("x"), "good", 1)];
    assert_eq!(told(&batch(5, &six), &plan), [("/counts".to_owned(), "quota_exceeded")]);
}

#[test]
fn a_batch_of_marks_on_tasks_counts_each_unit_by_its_most_marked_task() {
    let plan = plan(&json!({ "criteria_of": "unit", "quota": [{ "option": "good", "at_most": 1 }] }));
    // Four ballots gave f 优秀 at least, one e at least: five on five ballots.
    let five = [
        ("f", Some("x"), "good", 4),
        ("f", Some("y"), "good", 3),
        ("f", Some("z"), "good", 4),
        ("e", Some("x"), "good", 1),
    ];
    assert_eq!(told(&batch(5, &five), &plan), []);
    let six = [("f", Some("x"), "good", 4), ("f", Some("y"), "good", 5), ("e", Some("x"), "good", 1)];
    assert_eq!(told(&batch(5, &six), &plan), [("/counts".to_owned(), "quota_exceeded")]);
}

#[test]
fn a_batch_holds_every_unit_of_its_paper_on_everything_that_it_is_marked_on() {
    let plan = plan(&json!({ "criteria_of": "unit" }));
    let batch = batch(5, &[("f", Some("x"), "good", 4), ("f", Some("z"), "good", 4)]);
    let missing: Vec<Option<String>> = (batch.problems(&plan, None).into_iter())
        .filter(|problem| problem.code.as_str() == "missing_data")
        .map(|problem| problem.detail)
        .collect();
    assert!(missing.contains(&Some("f y".to_owned())) && missing.contains(&Some("e x".to_owned())), "{missing:?}");
    assert!(!missing.contains(&Some("f x".to_owned())), "{missing:?}");
}
