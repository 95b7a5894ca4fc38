//! The command's words, exit codes and streams.

#![expect(clippy::unwrap_used, reason = "tests: what cannot be set up should stop them")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

fn pingyi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pingyi")).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn write(folder: &Path, name: &str, document: &Value) -> String {
    let path = folder.join(name);
    std::fs::write(&path, document.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A plan and its records in which forestry has 85.209524 (tests/cases/yuanba_worked_example).
fn yuanba() -> (Value, Value) {
    let survey = |id: &str, name: &str, points: &str, groups: Value| {
        json!({ "id": id, "name": name, "points": points,
            "method": { "kind": "survey", "scale": "s", "out_of": "100", "groups": groups } })
    };
    let plan = json!({
        "format": 1, "title": "元坝", "total": "100", "categories": [{ "id": "dept", "name": "内设机构" }],
        "units": [{ "id": "forestry", "name": "林业站", "category": "dept" }],
        "groups": [
            { "id": "people", "name": "服务对象", "ballot": "anonymous" }, { "id": "leaders", "name": "班子成员", "ballot": "anonymous" },
            { "id": "staff", "name": "干部职工", "ballot": "anonymous" }, { "id": "outside", "name": "主管单位", "ballot": "anonymous" }],
        "scales": [{ "id": "s", "options": [{ "id": "good", "name": "满意", "value": "90" },
            { "id": "fair", "name": "基本满意", "value": "70" }, { "id": "poor", "name": "不满意", "value": "50" }] }],
        "periods": [{ "id": "year", "name": "全年" }], "combine": "mean",
        "components": [
            survey("public", "公开评议", "40", json!([{ "group": "people", "weight": "1" }])),
            survey("internal", "内部测评", "30", json!([{ "group": "leaders", "weight": "50" }, { "group": "staff", "weight": "50" }])),
            survey("external", "外部测评", "30", json!([{ "group": "outside", "weight": "1" }]))],
        "adjustments": [{ "id": "bonus", "name": "加分", "sign": "bonus", "range": { "min": "0", "max": "10" } },
            { "id": "minus", "name": "扣分", "sign": "deduction", "range": { "min": "0", "max": "10" } }],
        "ranking": { "decimals": 2, "tie_break": [] }, "outcomes": []
    });
    let tally = |component: &str, group: &str, good: u64, fair: u64, poor: u64| {
        json!({ "period": "year", "component": component, "group": group, "unit": "forestry", "criterion": null,
            "counts": { "good": good, "fair": fair, "poor": poor } })
    };
    let records = json!({ "format": 1,
        "tallies": [tally("public", "people", 20, 6, 4), tally("internal", "leaders", 5, 2, 0),
            tally("internal", "staff", 18, 9, 3), tally("external", "outside", 41, 8, 1)],
        "adjustments": [{ "period": "year", "rule": "bonus", "unit": "forestry", "points": "5" },
            { "period": "year", "rule": "minus", "unit": "forestry", "points": "2.5" }] });
    (plan, records)
}

#[test]
fn score_prints_the_result_worked_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, records) = yuanba();
    let (plan, records) = (write(folder.path(), "p.json", &plan), write(folder.path(), "r.json", &records));
    let output = pingyi(&["score", &plan, &records]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["mode"], "final");
    assert_eq!(result["units"][0]["total"], "85.209524");
    assert_eq!(result["units"][0]["published"], "85.21");
}

#[test]
fn a_problem_is_one_line_with_document_pointer_code_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let (mut plan, records) = yuanba();
    plan["components"][0]["points"] = json!("-40");
    let (plan, records) = (write(folder.path(), "p.json", &plan), write(folder.path(), "r.json", &records));
    let output = pingyi(&["score", &plan, &records]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let errors = text(&output.stderr);
    assert!(
        errors
            .lines()
            .any(|line| line.starts_with("plan:/components/0/points negative 不能为负数 / must not be negative")),
        "{errors}"
    );
}

#[test]
fn missing_data_is_named_in_final_mode_and_listed_in_provisional() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, mut records) = yuanba();
    records["tallies"].as_array_mut().unwrap().remove(2);
    let (plan, records) = (write(folder.path(), "p.json", &plan), write(folder.path(), "r.json", &records));
    let output = pingyi(&["score", &plan, &records]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(
        text(&output.stderr),
        "records:/tallies missing_data 缺少数据 / data is missing (year internal forestry staff)\n"
    );
    let output = pingyi(&["score", &plan, &records, "--mode", "provisional"]);
    let result: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(result["missing"][0]["group"], "staff");
}

#[test]
fn problems_of_all_three_documents_are_told_together() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, mut records) = yuanba();
    records["entries"] = json!([{ "period": "year", "component": "nowhere", "unit": "forestry", "value": "1" }]);
    let (plan, records) = (write(folder.path(), "p.json", &plan), write(folder.path(), "r.json", &records));
    let scenario = write(folder.path(), "s.json", &json!({ "points": { "nowhere": "1" } }));
    let output = pingyi(&["score", &plan, &records, "--scenario", &scenario]);
    let errors = text(&output.stderr);
    assert!(errors.contains("records:/entries/0/component unknown_component "), "{errors}");
    assert!(errors.contains("scenario:/points/nowhere unknown_component "), "{errors}");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn files_that_cannot_be_read_or_are_no_json_are_said_so() {
    let folder = tempfile::tempdir().unwrap();
    let (_, records) = yuanba();
    let records = write(folder.path(), "r.json", &records);
    let output = pingyi(&["score", "/nonexistent/plan.json", &records]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("plan: unreadable "), "{}", text(&output.stderr));
    let broken = folder.path().join("broken.json");
    std::fs::write(&broken, "{\"format\":1,\"format\":1}").unwrap();
    let output = pingyi(&["score", broken.to_str().unwrap(), &records]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("plan: malformed_json "), "{}", text(&output.stderr));
}

#[test]
fn templates_are_printed_and_unknown_ones_refused() {
    for id in [
        "yuanba",
        "yuanba_opinions",
        "maanshan",
        "county_coop",
        "county_wide",
        "county_clients",
        "nanyang",
        "nanyang_quarter",
        "nanyang_window",
        "jingbian",
    ] {
        let output = pingyi(&["template", id]);
        let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(plan["format"], 1, "{id}");
        let notes: Value = serde_json::from_slice(&pingyi(&["template", id, "--notes"]).stdout).unwrap();
        assert!(notes[0]["clause"].is_string(), "{id}");
    }
    let output = pingyi(&["template", "nowhere"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

/// The rows that `sha256sum` and `sort` take: the hash of seed and cells, smallest first.
#[test]
fn a_sample_is_what_sha256sum_and_sort_take() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list.csv");
    let mut csv = "\u{feff}姓名,科室,电话\r\n".to_owned();
    let mut hashed = Vec::new();
    for place in 0..40 {
        let cells =
            [format!("“服务对象”, {place}"), ["政工科", "财务科"][place % 2].to_owned(), format!("138{place:08}")];
        csv += &format!("\"{}\",{},{}\r\n", cells[0], cells[1], cells[2]);
        let line = format!("printf 'pingyi-sample\\0'; printf '2022-06-10\\0'; printf '%s' '{}'", cells.join("\u{1f}"));
        let sum = Command::new("sh").arg("-c").arg(format!("({line}) | sha256sum")).output().unwrap();
        hashed.push((text(&sum.stdout).to_owned(), place));
    }
    std::fs::write(&list, csv).unwrap();
    let list = list.to_str().unwrap();
    let chosen = |most: usize, of: &dyn Fn(usize) -> bool| {
        let mut rows: Vec<_> = hashed.iter().filter(|row| of(row.1)).collect();
        rows.sort();
        let mut places: Vec<usize> = rows.iter().take(most).map(|row| row.1).collect();
        places.sort();
        places
    };
    let printed = |arguments: &[&str]| {
        let output = pingyi(&[&["sample", list, "--seed", "2022-06-10"], arguments].concat());
        assert!(output.status.success(), "{}", text(&output.stderr));
        let lines: Vec<String> = text(&output.stdout).lines().map(str::to_owned).collect();
        assert_eq!(lines[0], "姓名,科室,电话");
        let place = |line: &String| line.rsplit_once("138").unwrap().1.parse().unwrap();
        lines[1..].iter().map(place).collect::<Vec<usize>>()
    };
    assert_eq!(printed(&["--size", "7"]), chosen(7, &|_| true));
    assert_eq!(printed(&["--size", "40"]), (0..40).collect::<Vec<_>>());
    let mut by = [chosen(3, &|place| place % 2 == 0), chosen(3, &|place| place % 2 == 1)].concat();
    by.sort();
    assert_eq!(printed(&["--size", "3", "--by", "科室"]), by);

    let refused = pingyi(&["sample", list, "--seed", "x", "--size", "3", "--by", "部门"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("unknown_column"), "{}", text(&refused.stderr));
    let gbk = folder.path().join("gbk.csv");
    std::fs::write(&gbk, [0xd0, 0xd5, 0xc3, 0xfb, b'\n']).unwrap();
    let refused = pingyi(&["sample", gbk.to_str().unwrap(), "--seed", "x", "--size", "3"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(refused.stdout.is_empty());
}

#[test]
fn verify_holds_a_result_against_its_plan_and_records() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, records) = yuanba();
    let (plan_file, records_file) = (write(folder.path(), "p.json", &plan), write(folder.path(), "r.json", &records));
    let result: Value = serde_json::from_slice(&pingyi(&["score", &plan_file, &records_file]).stdout).unwrap();
    let sha256 = scoring::plan_sha256(&scoring::json::Value::parse(plan.to_string().as_bytes()).unwrap());
    let mut publication = json!({ "plan": plan, "plan_sha256": sha256, "result": result });
    let file = write(folder.path(), "publication.json", &publication);
    let output = pingyi(&["verify", &file, &records_file]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains(&sha256));

    let period = &mut publication["result"]["units"][0]["periods"][0];
    period["components"][0]["score"] = json!("33.266667");
    let file = write(folder.path(), "wrong.json", &publication);
    let output = pingyi(&["verify", &file]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/result/units/0/periods/0/total"), "{}", text(&output.stderr));

    publication["plan"]["title"] = json!("另一个");
    let file = write(folder.path(), "other.json", &publication);
    let output = pingyi(&["verify", &file, &records_file]);
    assert!(text(&output.stderr).contains("plan_sha256"), "{}", text(&output.stderr));
}

/// As `GET /api/public/{id}` answers it, nothing withheld: every fingerprint of the members that are there.
fn settled(mut publication: Value) -> Value {
    let document = |value: &Value| scoring::json::Value::parse(value.to_string().as_bytes()).unwrap();
    publication["records_sha256"] = json!(document(&publication["records"]).sha256());
    let members: Vec<(String, scoring::json::Value)> =
        publication.as_object().unwrap().iter().map(|(name, value)| (name.clone(), document(value))).collect();
    let found = wire::fingerprint::fingerprints(members.iter().map(|(name, value)| (name.as_str(), value)));
    publication["publication_sha256"] = json!(wire::fingerprint::publication_sha256(&found));
    publication["fingerprints"] = serde_json::to_value(&found).unwrap();
    publication
}

#[test]
fn verify_scores_a_publication_from_what_it_shows_and_says_what_it_cannot_check() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, records) = yuanba();
    let (plan_file, records_file) = (write(folder.path(), "p.json", &plan), write(folder.path(), "r.json", &records));
    let result: Value = serde_json::from_slice(&pingyi(&["score", &plan_file, &records_file]).stdout).unwrap();
    let sha256 = scoring::plan_sha256(&scoring::json::Value::parse(plan.to_string().as_bytes()).unwrap());
    let publication = json!({ "plan": plan, "plan_sha256": sha256, "result": result, "edition": 1,
        "editions": [{ "edition": 1, "at": null, "reason": null }], "receipts": { "root": "ab", "count": null },
        "records": records, "withheld": [] });
    let publication = settled(publication);
    let file = write(folder.path(), "publication.json", &publication);
    let output = pingyi(&["verify", &file]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.contains("由公开的记录重新计算，结果相同") && said.contains("scored again from the records"),
        "{said}"
    );
    assert!(said.contains("未核对 / not checked: publication:/receipts "), "{said}");
    let output = pingyi(&["verify", &file, &records_file]);
    assert!(output.status.success(), "{}", text(&output.stderr));

    // With all fingerprints made anew, the count is another than the score has it.
    let mut forged = publication.clone();
    let counts = forged["records"]["tallies"][0]["counts"].as_object_mut().unwrap();
    *counts.values_mut().next().unwrap() = json!(1);
    let file = write(folder.path(), "forged.json", &settled(forged));
    let output = pingyi(&["verify", &file]);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    assert!(text(&output.stderr).contains("/score "), "{}", text(&output.stderr));
    // The full records are those whose hash it names.
    assert!(text(&pingyi(&["verify", &file, &records_file]).stderr).contains("publication:/records_sha256 "));
}

#[test]
fn what_is_no_publication_is_refused_with_a_place_and_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let large = std::fs::File::create(path("large.json")).unwrap();
    large.set_len(100_000_000).unwrap();
    let (plan, _) = yuanba();
    std::fs::write(path("cut.json"), &plan.to_string().as_bytes()[..500]).unwrap();
    write(folder.path(), "plan.json", &plan);
    let cases = [
        ("large.json", "太大"),
        ("cut.json", "malformed_json"),
        ("plan.json", "publication:/plan_sha256"),
        ("none", "unreadable"),
    ];
    for (name, words) in cases {
        let output = pingyi(&["verify", &path(name)]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{name}");
        let said = text(&output.stderr);
        assert!(said.starts_with("publication:") && said.contains(words), "{said}");
    }
}

#[test]
fn help_shows_every_command() {
    let output = pingyi(&["--help"]);
    assert!(output.status.success());
    for command in ["serve", "score", "simulate", "sample", "template", "verify"] {
        assert!(text(&output.stdout).contains(command), "{command}");
    }
    assert_eq!(pingyi(&["unheard-of"]).status.code(), Some(2));
}

#[test]
fn one_period_is_asked_for_alone_and_an_unknown_one_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (mut plan, mut records) = yuanba();
    plan["periods"].as_array_mut().unwrap().push(json!({ "id": "next", "name": "来年" }));
    let later = json!({ "period": "next", "rule": "bonus", "unit": "forestry", "points": "1" });
    records["adjustments"].as_array_mut().unwrap().push(later);
    let (plan, records) = (write(folder.path(), "plan.json", &plan), write(folder.path(), "records.json", &records));
    let alone = pingyi(&["score", &plan, &records, "--period", "year"]);
    assert!(alone.status.success(), "{}", text(&alone.stderr));
    let result: Value = serde_json::from_slice(&alone.stdout).unwrap();
    assert_eq!(result["units"][0]["total"], "85.209524");
    assert_eq!(result["units"][0]["periods"].as_array().unwrap().len(), 1);
    // With all periods the second has nothing yet, and final mode refuses.
    assert_eq!(pingyi(&["score", &plan, &records]).status.code(), Some(2));
    assert!(pingyi(&["simulate", &plan, &records, "--period", "year", "--json"]).status.success());
    for command in ["score", "simulate"] {
        let refused = pingyi(&[command, &plan, &records, "--period", "never"]);
        assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
        assert!(text(&refused.stderr).contains("unknown_period"), "{}", text(&refused.stderr));
    }
}

/// An exported chain of three events, as wire writes it.
fn chain(log: &str) -> (String, String) {
    let mut previous = wire::audit::BEFORE_ALL.to_owned();
    let mut text = wire::audit::opening(log);
    for sequence in 1..=3 {
        let mut event = wire::ledger::AuditEvent {
            sequence,
            at: 1_700_000_000,
            by: "li".to_owned(),
            action: "record_put".to_owned(),
            detail: scoring::json::Value::Object(Vec::new()),
            previous,
            hash: String::new(),
        };
        event.hash = event.hash_in(log);
        text.push_str(&wire::audit::line(&event, sequence == 1));
        previous = event.hash;
    }
    (text + wire::audit::CLOSING, previous)
}

#[test]
fn audit_prints_the_head_of_a_whole_chain_and_says_where_another_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (whole, head) = chain("p3k9p3k9p3k9p3k9");
    let path = file("whole.json", whole.as_bytes());
    for arguments in [&["audit", &path][..], &["audit", &path, "--head", &head]] {
        let output = pingyi(arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains(&format!("head {head}\n")), "{}", text(&output.stdout));
        assert!(text(&output.stdout).starts_with("p3k9p3k9p3k9p3k9: 3 "));
    }
    let refused = |path: &str, head: Option<&str>, begins: &str| {
        let mut arguments = vec!["audit", path];
        arguments.extend(head.into_iter().flat_map(|head| ["--head", head]));
        let output = pingyi(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let errors = text(&output.stderr);
        assert!(errors.starts_with(begins) && errors.lines().count() == 1, "{errors}");
    };
    let changed = file("changed.json", whole.replacen(r#"by":"li"#, r#"by":"lo"#, 1).as_bytes());
    refused(&changed, None, "audit:/events/0 broken_hash 指纹与内容不符");
    let cut = file("cut.json", &whole.as_bytes()[..whole.len() - 2]);
    refused(&cut, Some(&head), "audit: cut 文件不完整");
    let (other, _) = chain("0000000000000000");
    refused(&file("other.json", other.as_bytes()), Some(&head), "audit: other_head 没有一条");
    refused(&file("plan.json", b"{\"format\":1}"), None, "audit: no_export ");
    refused(&file("text.json", b"\xff\xfe not JSON"), None, "audit: no_export ");
    refused(&file("empty.json", b""), None, "audit: cut ");
    refused(folder.path().join("nowhere.json").to_str().unwrap(), None, "audit: unreadable ");
    // A hundred megabytes without a line feed, and with the beginning of an export before them.
    let large = [wire::audit::opening("p3k9").as_bytes(), b"\n", &vec![b'['; 100_000_000]].concat();
    refused(&file("large.json", &large), None, "audit:/events/0 line_too_long ");
    assert_eq!(pingyi(&["audit", &path, "--head", "abc"]).status.code(), Some(2));
}
