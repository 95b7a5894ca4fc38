use scoring::json::Value;
use scoring::plan_document::{Carried, OutcomeDocument, ShortlistDocument, Side, When};
use scoring::{Mode, Plan, PlanDocument as Document, Records, RecordsDocument};
use store::{GroupTurnout, Receipts};

use super::*;

/// A plan of one category with so many units and entered components, and its provisional result.
fn published(units: usize, components: usize) -> Published {
    let units: Vec<String> = (0..units)
        .map(|n| format!(r#"{{"id":"u{n}","name":"某某乡镇内设机构第{n}号办公室","category":"c"}}"#))
        .collect();
    let points = |n: usize| if n == 0 { 100 - (components - 1) } else { 1 };
    let components: Vec<String> = (0..components)
        .map(|n| {
            format!(
                r#"{{"id":"k{n}","name":"评议项目第{n}项","points":"{}","method":{{"kind":"entered","office":"考核办"}}}}"#,
                points(n)
            )
        })
        .collect();
    let plan = format!(
        r#"{{"format":1,"title":"大型评议","total":"100","categories":[{{"id":"c","name":"机关"}}],"units":[{}],
            "groups":[{{"id":"g","name":"代表","ballot":"anonymous"}}],
            "scales":[],"periods":[{{"id":"year","name":"全年"}}],"combine":"mean","components":[{}],"adjustments":[],
            "ranking":{{"decimals":2,"tie_break":[]}},"outcomes":[{{"id":"o","name":"通报表扬并在全县范围内推广","when":{{"from_top":50}}}}]}}"#,
        units.join(","),
        components.join(","),
    );
    let plan = Document::read(&Value::parse(plan.as_bytes()).unwrap()).unwrap();
    let valid = Plan::new(plan.clone()).unwrap();
    let mut records = RecordsDocument::default();
    for (n, unit) in plan.units.iter().enumerate() {
        for (place, component) in plan.components.iter().enumerate() {
            records.entries.push(scoring::records_document::EntryRecord {
                period: "year".into(),
                component: component.id.clone(),
                unit: unit.id.clone(),
                value: if place == 0 { format!("{}.{:03}", 40 - n / 20, 999 - n).into() } else { "0.5".into() },
            });
        }
    }
    let records = Records::new(&valid, &records).unwrap();
    let standing = scoring::score(&valid, &records, Mode::Final).unwrap();
    Published {
        id: "0123456789abcdef".into(),
        sha256: "0".repeat(64),
        receipts: Receipts { root: "0".repeat(64), count: 9 },
        edition: 1,
        correction_until: None,
        has_blind: false,
        announced: None,
        publicity: None,
        editions: Vec::new(),
        correction: None,
        has_app: true,
        result: standing.document(&valid),
        plan,
        turnout: vec![GroupTurnout {
            period: "year".into(),
            group: "g".into(),
            issued: 20,
            cast: 9,
            hours: Vec::new(),
        }],
    }
}

fn html(published: &Published, page: usize, lang: &str) -> String {
    let query = PageQuery { lang: Some(lang.to_owned()), category: None, page: Some(page), edition: None };
    write(published, &query).0
}

#[test]
fn a_page_stays_under_40_kilobytes_however_large_the_plan() {
    for (units, components) in [(2, 3), (84, 8), (118, 8), (500, 20), (500, 1)] {
        let published = published(units, components);
        for page in [1, 2, 50] {
            let html = html(&published, page, "zh");
            assert!(html.len() <= 40 * 1024, "{units} × {components}, page {page}: {} bytes", html.len());
        }
    }
}

#[test]
fn every_unit_stands_on_exactly_one_page() {
    let published = published(118, 8);
    let pages: Vec<String> = (1..=20).map(|page| html(&published, page, "zh")).collect();
    for unit in published.plan.units.iter() {
        let row = format!("<th scope=\"row\"><bdi>{}</bdi></th>", unit.name);
        let last = pages.iter().filter(|page| page.contains(&row)).count();
        assert!(last >= 1, "{}", unit.name);
    }
}

/// 95 ballots in all: with 28 and 60 shown the 7 would follow. With only the 60 shown, 35 are left for two groups.
#[test]
fn a_small_group_cannot_be_worked_out_from_the_others_and_the_total() {
    let mut published = published(3, 2);
    let turnout = |period: &str, cast| GroupTurnout {
        period: period.into(),
        group: "g".into(),
        issued: 100,
        cast,
        hours: Vec::new(),
    };
    published.turnout = vec![turnout("spring", 7), turnout("summer", 28), turnout("autumn", 60)];
    let html = html(&published, 1, "en");
    assert!(html.contains("<td><bdi>spring</bdi><td><bdi>代表</bdi><td class=\"n\">fewer than 10<"), "{html}");
    assert!(html.contains("<td><bdi>summer</bdi><td><bdi>代表</bdi><td class=\"n\">withheld<"), "{html}");
    assert!(html.contains("<td><bdi>autumn</bdi><td><bdi>代表</bdi><td class=\"n\">60<"), "{html}");
}

#[test]
fn a_result_leads_to_the_page_that_recomputes_it_where_the_app_is() {
    let mut published = published(3, 2);
    let link = "href=\"/public/0123456789abcdef/verify?lang=en&amp;edition=1\"";
    assert!(html(&published, 1, "en").contains(link));
    published.has_app = false;
    assert!(!html(&published, 1, "en").contains("/verify"));
}

#[test]
fn groups_with_fewer_than_ten_ballots_are_not_counted_out() {
    let published = published(3, 2);
    assert!(html(&published, 1, "zh").contains("少于10"));
    assert!(html(&published, 1, "en").contains("fewer than 10"));
    assert!(!html(&published, 1, "zh").contains("<td class=\"n\">9<"));
}

#[test]
fn the_shortlist_is_said_with_its_stages_and_who_is_on_which_list() {
    let mut published = published(3, 2);
    assert!(!html(&published, 1, "zh").contains("入围"));
    let carry = published.plan.outcomes[0].id.clone();
    let shortlist = |carried| ShortlistDocument { top: 1, bottom: 2, carry: carry.clone(), carried };
    published.plan.components[1].stage = Some(2);
    published.result.units[0].list = Some(Side::Top);
    published.result.units[2].list = Some(Side::Bottom);
    for (carried, words) in [
        (None, "上年“\u{2068}通报表扬并在全县范围内推广\u{2069}”的单位列入后列名单，占后列名额。"),
        (Some(Carried::Inside), "占后列名额"),
        (Some(Carried::Beside), "另外列入后列名单，不占名额"),
    ] {
        published.plan.shortlist = Some(shortlist(carried));
        let html = html(&published, 1, "zh");
        assert!(html.contains("最高的 1 个、最低的 2 个单位入围") && html.contains(words), "{html}");
        assert!(
            html.contains("评议项目第1项（第二阶段）</th>") && !html.contains("评议项目第0项（第二阶段）"),
            "{html}"
        );
        let lists = ["入围（前列）</small>", "入围（后列）</small>"].map(|list| html.matches(list).count());
        assert_eq!(lists, [1, 1], "{html}");
    }
}

#[test]
fn outcomes_say_for_which_rank_and_for_whom() {
    let mut published = published(3, 2);
    let mut units = published.plan.units.to_vec();
    units[1].traits = Some(vec!["superior".to_owned()]);
    published.plan.units = units.into();
    let outcome = |name: &str, when, only: Option<&str>, except: Option<&str>| OutcomeDocument {
        id: "x".to_owned(),
        name: name.to_owned(),
        when,
        only: only.map(str::to_owned),
        except: except.map(str::to_owned),
        effects: None,
    };
    published.plan.outcomes = vec![
        outcome("告知上级", When { from_bottom: Some(3), ..When::default() }, Some("superior"), None),
        outcome("约谈", When { only_from_bottom: Some(1), ..When::default() }, None, Some("superior")),
        outcome("黄牌", When { outcome: Some("x".to_owned()), years: Some(2), ..When::default() }, None, None),
    ];
    let html = html(&published, 1, "zh");
    let superior = "标记“\u{2068}superior\u{2069}”的单位（1 个）";
    for said in [
        format!("<li><bdi>告知上级</bdi>：每类后 3 名，只用于{superior}</li>"),
        format!("<li><bdi>约谈</bdi>：每类倒数第 1 名，不用于{superior}</li>"),
        "<li><bdi>黄牌</bdi>：连续 2 年“\u{2068}告知上级\u{2069}”</li>".to_owned(),
    ] {
        assert!(html.contains(&said), "{said}: {html}");
    }
}
