//! What the calendar asks for in stage 2.

use super::*;

/// Stage 2 is entered here, for the two units on the list alone: one gets an entry, the other a decision.
#[tokio::test]
async fn of_stage_2_the_shortlist_alone_is_due_and_a_decision_is_as_good_as_an_entry() {
    let house = House::new().await;
    let mut document: serde_json::Value = serde_json::from_str(STAGES).unwrap();
    document["components"][2]["method"] = serde_json::json!({ "kind": "entered", "office": "评议办" });
    // House time begins at 22:13:20.
    let due =
        |stage: u8| serde_json::json!({ "period": "year", "stage": stage, "entries_due": "2023-11-14T22:13:50Z" });
    document["schedule"] = serde_json::json!([due(1), due(2)]);
    let store = &house.store;
    let plan = store.create_plan(PLANNER, &json(&document.to_string())).await.unwrap().id;
    let staff = codes(&house, &plan, "year", "staff", 5).await;
    let one = RoundId::new("year", 1);
    store.open_plan_with(PLANNER, &plan, &[], Some(std::slice::from_ref(&one))).await.unwrap();
    // Places, given, given late, and whether it is late, of an office.
    let of = async |office: &str| {
        let due = store.calendar(&plan).await.unwrap().due;
        let due = due.into_iter().find(|due| due.office.as_deref() == Some(office));
        due.map(|due| (due.places.unwrap(), due.given.unwrap(), due.given_late.unwrap(), due.late)).unwrap()
    };
    for code in &staff {
        let marks = marks("first", &["a", "b", "c", "d"], &["good", "fair", "good", "poor"]);
        house.cast(&plan, code, &house.ballot_id(), &marks).await.unwrap();
    }
    for (unit, value) in [("a", "20"), ("b", "10"), ("c", "5")] {
        store.put_record(OFFICE, &plan, &entry(unit, value), None).await.unwrap();
    }
    assert_eq!((of("财政所").await, of("评议办").await), ((4, 3, 0, false), (0, 0, 0, false)));
    let decision = |component: &str, unit: &str| {
        let body = format!(
            r#"{{ "period": "year", "component": "{component}", "unit": "{unit}", "value": "20", "reason": "党委合议" }}"#
        );
        record(RecordKind::Decision, &json(&body))
    };
    store.put_record(OFFICE, &plan, &decision("budget", "d"), None).await.unwrap();
    assert_eq!(of("财政所").await, (4, 4, 0, false));
    store.close_round(PLANNER, &plan, &one).await.unwrap();
    assert_eq!(of("评议办").await, (2, 0, 0, false));
    let second = r#"{ "period": "year", "component": "second", "unit": "a", "value": "30" }"#;
    store.put_record(OFFICE, &plan, &record(RecordKind::Entry, &json(second)), None).await.unwrap();
    house.pass(31);
    assert_eq!(of("评议办").await, (2, 1, 0, true));
    store.put_record(OFFICE, &plan, &decision("second", "b"), None).await.unwrap();
    assert_eq!(of("评议办").await, (2, 2, 1, false));
}
