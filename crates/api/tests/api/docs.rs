//! `docs/http.md` says what the API is: its routes, its error codes, its examples.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use wire::ErrorCode;

use crate::served::served;

const PAGE: &str = include_str!("../../../../docs/http.md");

#[tokio::test]
async fn the_page_lists_the_routes_that_there_are_and_no_others() {
    let document = served().await.client.stranger().get("/api/openapi.json").await.ok(200);
    let of_path = |(path, methods): (&String, &serde_json::Value)| -> Vec<String> {
        methods.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())).collect()
    };
    let routes: BTreeSet<String> = document["paths"].as_object().unwrap().iter().flat_map(of_path).collect();
    let rows = PAGE.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    // Other tables begin with a word, this one with a method and an address.
    let listed: BTreeSet<String> = rows.map(|(row, _)| row.to_owned()).filter(|row| row.contains(" /")).collect();
    assert_eq!(listed, routes);
}

#[test]
fn the_page_lists_every_error_code_beside_its_status() {
    for code in ErrorCode::ALL {
        let row = PAGE.lines().find(|line| line.starts_with("| ") && line.contains(&format!("`{}`", code.as_str())));
        let status = code.status().to_string();
        assert!(row.is_some_and(|row| row.split('|').nth(1).unwrap().contains(&status)), "{status} {code:?}");
    }
}

/// The page's examples of a type are read as one.
fn examples<T: DeserializeOwned>(name: &str) {
    read_examples(name, |example| serde_json::from_str::<T>(example).map(drop).map_err(|error| error.to_string()));
}

fn read_examples(name: &str, read: impl Fn(&str) -> Result<(), String>) {
    let fence = format!("```json {name}\n");
    let examples: Vec<&str> = PAGE.split(&fence).skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!examples.is_empty(), "{name}");
    for example in examples {
        read(example).unwrap_or_else(|error| panic!("{error}: {example}"));
    }
}

#[test]
fn the_examples_of_the_page_are_what_the_api_takes() {
    examples::<wire::ErrorBody>("ErrorBody");
    examples::<wire::staff::StaffRequest>("StaffRequest");
    examples::<wire::plan::OpenRequest>("OpenRequest");
    examples::<wire::code::VoidRequest>("VoidRequest");
    examples::<wire::voter::VotersRequest>("VotersRequest");
    read_examples("FileKept", |example| {
        let answer = scoring::json::Value::parse(example.as_bytes()).map_err(|malformed| malformed.to_string())?;
        wire::file::FileKept::read(&answer).map(drop).map_err(|problems| format!("{problems:?}"))
    });
    read_examples("WaitingAnswer", |example| {
        let answer = scoring::json::Value::parse(example.as_bytes()).map_err(|malformed| malformed.to_string())?;
        wire::plan::WaitingAnswer::read(&answer).map(drop).map_err(|problems| format!("{problems:?}"))
    });
    examples::<wire::finding::FindingRequest>("FindingRequest");
    examples::<wire::case::CaseRequest>("CaseRequest");
    examples::<wire::link::LinksFromRequest>("LinksFromRequest");
    examples::<wire::profile::ProfileRequest>("ProfileRequest");
    examples::<wire::paper_text::PaperTextsRequest>("PaperTextsRequest");
    examples::<wire::rectification::RectificationRequest>("RectificationRequest");
    examples::<wire::ballot::PaperRequest>("PaperRequest");
    examples::<wire::ballot::BallotRequest>("BallotRequest");
    examples::<scoring::ballot::Section>("Section");
    read_examples("EntryRequest", |example| {
        let body = scoring::json::Value::parse(example.as_bytes()).map_err(|malformed| malformed.to_string())?;
        let ids = ["year", "budget", "water"].map(str::to_owned);
        let read = wire::record::RecordRequest::read_record(scoring::RecordKind::Entry, &ids, &body);
        read.map(drop).map_err(|problems| format!("{problems:?}"))
    });
}
