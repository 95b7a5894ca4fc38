//! The annual report beside the year before, with what followed, and its advice from one year into the next.

use serde_json::{Value, json};

use crate::documents::words;
use crate::rectifications::{IN_TIME, LATE, closed_with_opinions, item, make};
use crate::series::{enter, entered, opened, published};
use crate::served::served;

const YEAR: &[(&str, &str)] = &[("year", "2014年度")];
const UNITS: &[(&str, &str)] = &[("tax", "市国税局"), ("land", "市国土资源局"), ("hr", "市人社局")];
const SCORES: &[(&str, &str, &str)] = &[("year", "tax", "90"), ("year", "land", "80"), ("year", "hr", "70")];

/// In 2014 tax had 90, land 80, hr 70, 80 in the mean; in 2015 they have 85, 88 and 60, 77.67 in the mean: land is before tax,
/// and hr is last again.
#[tokio::test]
async fn advice_goes_into_the_next_year_whose_report_says_what_was_done_and_who_went_up() {
    let client = served().await.client;
    let source = published(&client, &entered("市直单位2014年三亮三评", UNITS, YEAR), SCORES).await;
    let texts_of = |plan: &str| format!("/api/plans/{plan}/documents/texts");
    let advice = json!({ "texts": { "annual.advice": "窗口中午不断岗\n公开收费标准", "office": "市评议办" } });
    client.put_based_on(&texts_of(&source), "\"0\"", &advice).await.ok(200);
    let own = words(&client.get(&format!("/api/plans/{source}/documents/annual")).await);
    assert!(own.contains("1．窗口中午不断岗\n2．公开收费标准\n"), "{own}");
    // A placeholder would say something else a year later.
    let wrong = json!({ "texts": { "annual.advice": "{year}年做好" } });
    let refused = client.put_based_on(&texts_of(&source), "\"1\"", &wrong).await.error(422, "invalid_body");
    assert_eq!(refused["/texts/annual.advice"], "unknown_placeholder");

    let made = client.post(&format!("/api/plans?from={source}"), &json!({})).await.ok(201);
    assert_eq!(made["carried"]["advice"], 2);
    let id = made["id"].as_str().unwrap();
    let texts = client.get(&texts_of(id)).await;
    assert_eq!(texts.headers["etag"], "\"1\"");
    let texts = texts.ok(200);
    let written: Vec<(&str, &Value)> = texts["texts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|text| !text["text"].is_null())
        .map(|text| (text["name"].as_str().unwrap(), &text["text"]))
        .collect();
    assert_eq!(written, [("annual.advised", &json!("窗口中午不断岗\n公开收费标准"))]);
    let trail = client.get(&format!("/api/plans/{id}/audit")).await.ok(200);
    assert_eq!(
        trail["events"][0]["detail"]["texts"],
        json!({ "texts": { "annual.advised": "窗口中午不断岗\n公开收费标准" } })
    );

    client.post(&format!("/api/plans/{id}/open"), &json!({})).await.ok(200);
    for (unit, value) in [("tax", "85"), ("land", "88"), ("hr", "60")] {
        enter(&client, id, "year", unit, value).await;
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let followed =
        json!({ "texts": { "annual.advised": "窗口中午不断岗\n公开收费标准", "annual.followed": "\n五月起公开" } });
    client.put_based_on(&texts_of(id), "\"1\"", &followed).await.ok(200);
    let annual = format!("/api/plans/{id}/documents/annual");
    let told = words(&client.get(&format!("{annual}?with={source}")).await);
    for said in [
        "四、与上年比较\n",
        "与市直单位2014年三亮三评相比，名次上升的单位1个，下降的1个，不变的1个，没有可比名次的0个。\n",
        "市国土资源局\n第2名（共3个）\n第1名（共3个）\n上升1位\n",
        "市国税局\n第1名（共3个）\n第2名（共3个）\n下降1位\n",
        "得分\n100\n80.00\n77.67\n-2.33\n",
        "八、上年建议落实情况\n",
        "窗口中午不断岗\n尚未填写\n",
        "公开收费标准\n五月起公开\n",
        "九、下一步工作\n",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let alone = words(&client.get(&annual).await);
    assert!(!alone.contains("与上年比较") && alone.contains("七、上年建议落实情况\n"), "{alone}");
    client.get(&format!("{annual}?with=0000000000000000")).await.error(404, "not_found");
    // A period is no year, so it stands beside none.
    let of_part = client.get(&format!("{annual}?with={id}&period=first_half")).await.error(422, "invalid_body");
    assert_eq!(of_part["/with"], "not_applicable");
    // Of a plan that is open nobody knows the end.
    let open = opened(&client, &entered("还在评", UNITS, YEAR)).await;
    client.get(&format!("{annual}?with={open}")).await.error(409, "wrong_state");
}

#[tokio::test]
async fn what_followed_is_told_without_what_anybody_wrote_of_a_unit() {
    let client = served().await.client;
    let (id, opinions) = closed_with_opinions(&client).await;
    let plan = format!("/api/plans/{id}");
    for (unit, value) in [("forestry", "27"), ("building", "24")] {
        client.put(&format!("{plan}/entries/year/hotline/{unit}"), &json!({ "value": value })).await.ok(200);
    }
    let items = format!("{plan}/rectifications");
    let mut slow = item("forestry", "办事慢", IN_TIME);
    let of_forestry = opinions.iter().filter(|opinion| opinion["unit"] == "forestry");
    slow["comments"] = of_forestry.take(2).map(|opinion| opinion["id"].clone()).collect();
    make(&client, &items, &slow).await;
    make(&client, &items, &item("building", "收费不规范", LATE)).await;
    let struck = make(&client, &items, &item("building", "误录", LATE)).await;
    client.delete(&format!("{items}/{struck}"), &json!({ "reason": "误录" })).await.ok(200);
    let finding =
        |text: &str, source: &str| json!({ "date": "2018-09-12", "unit": "building", "text": text, "source": source });
    let mut counting = finding("无人值守", "效能办");
    counting["counts"] = json!({ "component": "inspection", "level": "village" });
    client.post(&format!("{plan}/findings"), &counting).await.ok(201);
    client.post(&format!("{plan}/findings"), &finding("态度生硬", "群众来电")).await.ok(201);
    let cases = format!("{plan}/cases");
    let case = |outcome: &str, due: &str| json!({ "unit": "building", "outcome": outcome, "due": due });
    client.post(&cases, &case("last", LATE)).await.ok(201);
    client.post(&cases, &case("first", IN_TIME)).await.ok(201);
    client.post(&format!("{cases}/1/done"), &json!({ "text": "已谈话" })).await.ok(200);

    let told = words(&client.get(&format!("{plan}/documents/annual")).await);
    for said in [
        "结果运用需要办理的事项2件，已办结1件，正在办理1件，其中逾期0件。\n",
        "五、日常检查情况\n全年日常检查发现问题2个，其中计入评议扣分1个。\n",
        "2018-09\n2\n1\n",
        "效能办\n1\n1\n",
        "六、整改情况\n全年列入整改清单2项，已销号0项，逾期未完成1项。各项进度如下。\n",
        "林业站\n1\n0\n0\n村建所\n1\n0\n1\n",
        "办事慢\n完善制度\n办公室\n9999-12-31\n正在整改\n",
        "收费不规范\n完善制度\n办公室\n2018-11-30\n正在整改（逾期）\n",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    // Neither opinions nor whom they came from, nor what was struck out.
    for untold in ["林业 ", "村建 ", "服务对象", "误录"] {
        assert!(!told.contains(untold), "{untold}: {told}");
    }
    // What follows is of the year, and of no period.
    let period = words(&client.get(&format!("{plan}/documents/annual?period=year")).await);
    assert!(!period.contains("整改情况\n") && !period.contains("日常检查"), "{period}");
}
