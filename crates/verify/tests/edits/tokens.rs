//! Blind groups' keys and tokens: what is edited, dropped, doubled or moved is found, whatever is made anew beside it.

use serde_json::{Value, json};
use verify::Publication;
use voprf::{Ristretto255, VoprfServer};
use wire::code::hex;

use crate::publications::{check, publications, settle};

/// What `change` does to a publication with blind groups is found, at least at one of these places, also with all
/// fingerprints made anew.
fn found_in_tokens(change: impl Fn(&mut Value), path: &str) {
    let (name, mut edited) =
        publications().into_iter().find(|(_, one)| one["tokens"].as_array().unwrap().len() > 1).unwrap();
    change(&mut edited);
    settle(&mut edited);
    let paths: Vec<String> = check(&edited.to_string()).unwrap().faults.into_iter().map(|line| line.path).collect();
    assert!(paths.iter().any(|found| found == path), "{name}: {path} is not among {paths:?}");
}

/// Lists that were made anew after a change, with their numbers and hashes: only the key and the books stand against it.
fn relist(publication: &mut Value) {
    let tokens = publication["spent_tokens"].as_array().unwrap().clone();
    for list in publication["tokens"].as_array_mut().unwrap() {
        let of = tokens.iter().filter(|token| token["group"] == list["group"]);
        let bytes: Vec<u8> = of
            .clone()
            .flat_map(|token| {
                let part = |name: &str| token[name].as_str().unwrap().to_owned();
                let [nonce, output] = [part("nonce"), part("output")];
                let bytes = |text: &str| {
                    (0..text.len())
                        .step_by(2)
                        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap())
                        .collect::<Vec<_>>()
                };
                [bytes(&nonce), bytes(&output)].concat()
            })
            .collect();
        list["listed"] = json!(of.count());
        list["sha256"] = json!(wire::spent_token::list_sha256(&bytes));
    }
}

#[test]
fn each_edited_dropped_doubled_moved_or_added_token_is_found() {
    let flip = |text: &Value| {
        let text = text.as_str().unwrap();
        let other = if text.starts_with('0') { "1" } else { "0" };
        json!(format!("{other}{}", &text[1..]))
    };
    for member in ["nonce", "output"] {
        for number in [0, 5, 23] {
            let change = |one: &mut Value| {
                one["spent_tokens"][number][member] = flip(&one["spent_tokens"][number][member]);
                relist(one);
            };
            found_in_tokens(change, &format!("/spent_tokens/{number}"));
        }
    }
    let tokens = |one: &mut Value| -> Vec<Value> { one["spent_tokens"].as_array().unwrap().clone() };
    let with = |one: &mut Value, tokens: Vec<Value>| {
        one["spent_tokens"] = json!(tokens);
        relist(one);
    };
    // One that is missing is missed by the books, whose number of ballots the tallies hold.
    found_in_tokens(
        |one| {
            let mut all = tokens(one);
            all.remove(3);
            with(one, all);
        },
        "/tokens/0",
    );
    found_in_tokens(
        |one| {
            let mut all = tokens(one);
            all.insert(3, all[3].clone());
            with(one, all);
        },
        "/spent_tokens/4",
    );
    found_in_tokens(
        |one| {
            let mut all = tokens(one);
            all.swap(3, 4);
            with(one, all);
        },
        "/spent_tokens/4",
    );
    // A token of one group does not pass for one of another.
    found_in_tokens(
        |one| {
            one["spent_tokens"][2]["group"] = one["spent_tokens"][20]["group"].clone();
            relist(one);
        },
        "/spent_tokens/2",
    );
    found_in_tokens(|one| one["tokens"][0]["listed"] = json!(11), "/tokens/0");
    found_in_tokens(
        |one| {
            one.as_object_mut().unwrap().remove("tokens");
        },
        "/tokens",
    );
}

#[test]
fn another_key_than_the_pinned_one_is_found() {
    let other = VoprfServer::<Ristretto255>::new_from_seed(&[8; 32], b"other").unwrap().serialize();
    let (secret, public) = (hex(&other[..32]), hex(&other[32..]));
    let both = |one: &mut Value| {
        one["blind_keys"][0]["key"] = json!(public);
        one["blind_keys"][0]["secret"] = json!(secret);
    };
    found_in_tokens(both, "/blind_keys/0");
    found_in_tokens(|one| one["blind_keys"][0]["secret"] = json!(secret), "/blind_keys/0/secret");
    found_in_tokens(
        |one| {
            one["blind_keys"].as_array_mut().unwrap().pop();
        },
        "/blind_keys",
    );
}

/// A plan that was opened before keys were pinned and tokens kept says so in words, and nothing is wrong with it.
#[test]
fn a_publication_whose_tokens_were_not_kept_says_so_in_words() {
    let (_, mut old) = publications().into_iter().find(|(_, one)| one["tokens"].as_array().unwrap().len() > 1).unwrap();
    for member in ["pinned_keys", "spent_tokens"] {
        old.as_object_mut().unwrap().remove(member);
    }
    for list in old["tokens"].as_array_mut().unwrap() {
        list["listed"] = json!(0);
        list["sha256"] = json!(wire::spent_token::list_sha256(&[]));
    }
    settle(&mut old);
    let report = check(&old.to_string()).unwrap();
    assert_eq!(report.faults, []);
    let told = |path: &str| report.unchecked.iter().any(|line| line.path == path && line.detail == "12");
    assert!(told("/tokens/0") && told("/tokens/1"), "{:?}", report.unchecked);
    assert!(report.leaves_open("/blind_keys/0/key"));
}

/// More tokens than fit stand at another address, in parts.
#[test]
fn tokens_at_another_address_are_checked_with_the_publication() {
    let (_, mut large) =
        publications().into_iter().find(|(_, one)| one["tokens"].as_array().unwrap().len() > 1).unwrap();
    let tokens = large.as_object_mut().unwrap().remove("spent_tokens").unwrap();
    large["tokens_at"] = json!("/api/public/x/tokens?edition=1");
    let text = large.to_string();
    let report = check(&text).unwrap();
    assert_eq!(report.faults, []);
    assert!(report.leaves_open("/tokens_at"));
    let with = |tokens: &Value| {
        let part = verify::read_tokens(json!({ "tokens": tokens, "next": null }).to_string().as_bytes()).unwrap();
        let value = verify::read(text.as_bytes()).unwrap();
        Publication::new(&value).unwrap().with_tokens(part.tokens).verify()
    };
    assert_eq!(with(&tokens).faults, []);
    assert!(with(&tokens).checked.iter().any(|line| line.path == "/tokens" && line.detail == "24"));
    let mut fewer = tokens.clone();
    fewer.as_array_mut().unwrap().pop();
    assert_eq!(with(&fewer).faults[0].path, "/tokens/1");
    assert!(verify::read_tokens(b"{\"tokens\":[{}]}").is_err());
}
