//! `/api/plans/{id}/reconciliation`.

use serde_json::json;

use crate::served::{ballot, served};

#[tokio::test]
async fn the_books_are_read_after_closing_and_accepted_only_where_something_differs() {
    let served = served().await;
    let client = &served.client;
    let (id, leaders, _) = crate::served::open(client).await;
    let at = format!("/api/plans/{id}/reconciliation");
    client.get(&at).await.error(409, "wrong_state");
    for (number, code) in (1..).zip(&leaders[..5]) {
        client.stranger().post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    let auditor = served.member("auditor", &["auditor"]).await;
    let books = auditor.get(&at).await.ok(200);
    // Seven codes of the leaders, five of them used; ten of the staff, none.
    let of = |group: &str, issued: u64, used: u64| {
        json!({ "period": "year", "group": group, "issued": issued, "voided": 0, "used": used, "exchanged": 0,
            "unused": issued - used, "tokens": 0, "ballots": used })
    };
    assert_eq!(books, json!({ "groups": [of("leaders", 7, 5), of("staff", 10, 0)], "differences": [] }));
    client.stranger().get(&at).await.error(401, "not_signed_in");
    auditor.post(&at, &json!({ "reason": "x" })).await.error(403, "forbidden");
    client.post(&at, &json!({ "reason": "没有不符" })).await.error(409, "wrong_state");
    for reason in [" ".to_owned(), "长".repeat(2001)] {
        let fields = client.post(&at, &json!({ "reason": reason })).await.error(422, "invalid_body");
        assert_eq!(fields["/reason"], "out_of_range");
    }
}
