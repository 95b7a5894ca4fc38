//! `/api/openapi.json` and the schemas written for scoring's documents.

use serde_json::{Value, json};

use crate::served::served;

#[tokio::test]
async fn the_description_names_every_route_of_the_specification() {
    let client = served().await.client.stranger();
    let document = client.get("/api/openapi.json").await.ok(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3."));
    for (path, methods) in [
        ("/api/session", &["post", "get", "delete"][..]),
        ("/api/templates", &["get"]),
        ("/api/templates/{id}", &["get"]),
        ("/api/templates/{id}/notes", &["get"]),
        ("/api/plans", &["get", "post"]),
        ("/api/plans/{id}", &["get", "put"]),
        ("/api/plans/{id}/open", &["post"]),
        ("/api/plans/{id}/close", &["post"]),
        ("/api/plans/{id}/publish", &["post"]),
        ("/api/plans/{id}/codes", &["post"]),
        ("/api/plans/{id}/turnout", &["get"]),
        ("/api/ballot-paper", &["post"]),
        ("/api/ballots", &["post"]),
        ("/api/open-codes", &["post"]),
        ("/api/plans/{id}/comments", &["get"]),
        ("/api/plans/{id}/entries/{period}/{component}/{unit}", &["put", "delete"]),
        ("/api/plans/{id}/links/{period}/{component}/{unit}", &["put", "delete"]),
        ("/api/plans/{id}/incidents", &["post"]),
        ("/api/plans/{id}/adjustments", &["post"]),
        ("/api/plans/{id}/lots/{category}", &["put", "delete"]),
        ("/api/plans/{id}/history", &["put", "delete"]),
        ("/api/plans/{id}/decisions", &["post"]),
        ("/api/plans/{id}/verdicts", &["post"]),
        ("/api/plans/{id}/paper-tallies", &["get", "post"]),
        ("/api/plans/{id}/records", &["get"]),
        ("/api/plans/{id}/result", &["get"]),
        ("/api/plans/{id}/simulate", &["post"]),
        ("/api/public/{id}", &["get"]),
        ("/api/health", &["get"]),
    ] {
        for method in methods {
            assert!(document["paths"][path][method].is_object(), "{method} {path}");
        }
    }
}

/// Whether a value has only members that its schema knows, all the way down.
fn known(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return known(document, &document["components"]["schemas"][name], value, at);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[key].as_array() {
            let found: Vec<String> =
                choices.iter().map(|choice| known(document, choice, value, at)).filter_map(Result::err).collect();
            return if found.len() < choices.len() { Ok(()) } else { Err(found.join("; ")) };
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().try_for_each(|part| known(document, part, value, at));
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !kinds.is_empty() && !kinds.contains(&is) {
        return Err(format!("{at}: {is} is none of {kinds:?}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return Err(format!("{at}: {value} is none of {words:?}"));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(n, item)| known(document, &schema["items"], item, &format!("{at}/{n}"))),
        Value::Object(members) => {
            if let Some(required) = schema["required"].as_array() {
                for name in required.iter().filter_map(Value::as_str) {
                    if !members.contains_key(name) {
                        return Err(format!("{at}: {name} is missing"));
                    }
                }
            }
            members.iter().try_for_each(|(key, member)| match schema["properties"].get(key) {
                Some(schema) => known(document, schema, member, &format!("{at}/{key}")),
                None if schema["additionalProperties"].is_object() => {
                    known(document, &schema["additionalProperties"], member, &format!("{at}/{key}"))
                }
                None => Err(format!("{at}: {key} is not in the schema")),
            })
        }
        _ => Ok(()),
    }
}

#[tokio::test]
async fn real_documents_fit_the_schemas_written_for_them() {
    let client = served().await.client;
    let document = client.get("/api/openapi.json").await.ok(200);
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    for template in scoring::templates::all() {
        let plan: Value = serde_json::from_str(template.document).unwrap();
        known(&document, &of("PlanDocument"), &plan, template.id).unwrap();
    }
    let (id, leaders, _) = crate::served::open(&client).await;
    let paper = client.post("/api/ballot-paper", &json!({ "plan": id, "code": leaders[0] })).await.ok(200);
    known(&document, &of("BallotPaper"), &paper, "paper").unwrap();
    let ballot = crate::served::ballot(&id, &leaders[0], 1, "good", "poor");
    known(&document, &of("BallotRequest"), &ballot, "ballot").unwrap();
    client.post("/api/ballots", &ballot).await.ok(201);
    let records = client.get(&format!("/api/plans/{id}/records")).await.ok(200);
    known(&document, &of("RecordsDocument"), &records, "records").unwrap();
    let result = client.get(&format!("/api/plans/{id}/result")).await.ok(200);
    known(&document, &of("ResultDocument"), &result, "result").unwrap();
}
