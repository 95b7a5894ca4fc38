//! `/api/plans/{id}/correct` and `?edition=` of what is public.

use serde_json::{Value, json};

use crate::client::Client;
use crate::served::{ballot, served};

/// A published plan: forestry 90 in 内部测评 (54 points) and 20 entered, building 50 (30 points) and 25.
pub async fn published(client: &Client) -> String {
    let (id, leaders, staff) = crate::served::open(client).await;
    for (number, code) in (1..).zip(leaders.iter().take(5).chain(staff.iter().take(5))) {
        client.stranger().post("/api/ballots", &ballot(&id, code, number, "good", "poor")).await.ok(201);
    }
    client.post(&format!("/api/plans/{id}/close"), &json!({})).await.ok(200);
    for (unit, value) in [("forestry", "20"), ("building", "25")] {
        let path = format!("/api/plans/{id}/entries/year/hotline/{unit}");
        client.put(&path, &json!({ "value": value })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    id
}

#[tokio::test]
async fn a_correction_makes_an_edition_beside_the_first_with_reason_and_differences() {
    let served = served().await;
    let client = &served.client;
    let id = published(client).await;
    let stranger = client.stranger();
    let first = stranger.get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!((&first["edition"], &first["correction"]), (&json!(1), &Value::Null));
    assert_eq!(client.get(&format!("/api/plans/{id}")).await.ok(200)["edition"], 1);

    let correct = format!("/api/plans/{id}/correct");
    let office = served.member("office", &["office"]).await;
    office.post(&correct, &json!({ "reason": "x" })).await.error(403, "forbidden");
    let fields = client.post(&correct, &json!({ "reason": "  " })).await.error(422, "invalid_body");
    assert_eq!(fields["/reason"], "out_of_range");
    let reason = json!({ "reason": "<b>录错</b>一项" });
    assert_eq!(client.post(&correct, &reason).await.ok(200)["state"], "closed");
    client.post(&correct, &reason).await.ok(200);
    let plan = client.get(&format!("/api/plans/{id}")).await.ok(200);
    assert_eq!((&plan["state"], &plan["correction"]), (&json!("closed"), &reason["reason"]));
    // What is public stays, in the list, too.
    assert_eq!(stranger.get(&format!("/api/public/{id}")).await.ok(200), first);
    assert_eq!(stranger.get("/api/public").await.ok(200)["publications"][0]["id"], id.as_str());

    // 30 + 30 + 10 = 70 for building, 54 + 5 + 10 = 69 for forestry: they change places.
    for (unit, value) in [("forestry", "5"), ("building", "30")] {
        let path = format!("/api/plans/{id}/entries/year/hotline/{unit}");
        client.put(&path, &json!({ "value": value })).await.ok(200);
    }
    client.post(&format!("/api/plans/{id}/publish"), &json!({})).await.ok(200);
    let second = stranger.get(&format!("/api/public/{id}")).await.ok(200);
    assert_eq!(second["edition"], 2);
    assert_eq!(second["correction"]["reason"], reason["reason"]);
    let change = |unit: &str, member: &str, was: &str, now: &str| json!({ "unit": unit, "member": member, "was": was, "now": now });
    let changes = second["correction"]["changes"].as_array().unwrap();
    for expected in [
        change("forestry", "published", "84.00", "69.00"),
        change("forestry", "rank", "1", "2"),
        change("building", "published", "65.00", "70.00"),
        change("building", "outcomes", "last", "first"),
    ] {
        assert!(changes.contains(&expected), "{expected} {changes:?}");
    }
    let editions = second["editions"].as_array().unwrap();
    assert_eq!(editions.iter().map(|one| one["edition"].as_u64().unwrap()).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((&editions[0]["reason"], &editions[1]["reason"]), (&Value::Null, &reason["reason"]));

    // The first edition is as it was, but that it knows of the second.
    let mut again = stranger.get(&format!("/api/public/{id}?edition=1")).await.ok(200);
    again["editions"] = first["editions"].clone();
    assert_eq!(again, first);
    stranger.get(&format!("/api/public/{id}?edition=3")).await.error(404, "not_found");
    stranger.get(&format!("/api/public/{id}?edition=x")).await.error(422, "invalid_body");
    let table = stranger.get(&format!("/api/public/{id}.csv?edition=1")).await.text();
    assert!(table.contains("内设机构,1,林业站,84.00"), "{table}");
    let table = stranger.get(&format!("/api/public/{id}.csv")).await.text();
    assert!(table.contains("内设机构,1,村建所,70.00"), "{table}");

    let page = stranger.get(&format!("/public/{id}")).await.text();
    assert!(page.contains("&lt;b&gt;录错&lt;/b&gt;一项") && !page.contains("<b>录错"), "{page}");
    assert!(page.contains("<bdi>村建所</bdi> · 名次: <bdi>2</bdi> → <bdi>1</bdi>"), "{page}");
    // Total, rank and outcome of two units: folded, for the result stands below.
    assert!(page.contains("<details><summary>与上一版不同之处： 6</summary>"), "{page}");
    let page = stranger.get(&format!("/public/{id}?edition=1&lang=en")).await.text();
    assert!(page.contains("This edition was corrected; the latest is 2"), "{page}");
    let receipt = stranger.get(&format!("/public/{id}/receipt?number=0000")).await;
    assert_eq!(receipt.status.as_u16(), 200);
}
