//! A linker: tries to say which ballot each code brought in, from all that is stored. What it finds must be what the
//! README says that it finds.
//!
//! Its ways are every order that codes and ballots stand in: by key, by size of the item, by the row's number in the
//! file, by the first and by the last place of their names among the bytes of all files, logs and free pages
//! included. It pairs the first code with the first ballot, and so on: without any knowledge that is right for one of
//! two hundred on the average. Besides, it pairs what is new in one commit of the log, and what is new between two
//! copies of the tables.

mod blind_codes;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use store::{BallotId, Blinded, CodeHash, NewCodes, PlanId, Prepared, StoreError, Token};
use voprf::{EvaluationElement, Group, Proof, Ristretto255, VoprfClient};

use crate::house::{House, PLAN, PLANNER, all, json, voter};
use crate::secrecy::{Row, rows};

const VOTERS: usize = 200;

/// More than so many right of two hundred happen to a guess once in a million times.
const CHANCE: usize = 8;

/// What rows are put in order by.
type Order<'a> = &'a dyn Fn(&Row) -> (usize, String);

/// A file, and how far into it.
type Place = (String, usize);

/// Who cast what: what a linker is after.
struct Voted {
    plan: PlanId,
    ballots: HashMap<String, String>,
}

impl Voted {
    fn begin(plan: PlanId) -> Voted {
        Voted { plan, ballots: HashMap::new() }
    }

    fn note(&mut self, code: &CodeHash, ballot: &BallotId) {
        self.ballots.insert(code.to_string(), ballot.to_string());
    }

    /// How many pairs are right, of codes and ballots that each stand in some order.
    fn right(&self, codes: &[String], ballots: &[String]) -> usize {
        codes.iter().zip(ballots).filter(|(code, ballot)| self.ballots.get(*code) == Some(*ballot)).count()
    }

    /// What each way of looking at the files finds.
    fn by_file(&self, home: &Path) -> BTreeMap<&'static str, usize> {
        let newest = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path());
        let newest = newest.filter(|path| path.extension().is_some_and(|ending| ending == "db"));
        let newest =
            newest.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("box.")).max().unwrap();
        let rows = rows(&newest, "box");
        let of = |kind: &str, order: Order<'_>| {
            let mut found: Vec<_> = rows
                .iter()
                .filter(|row| row.1.contains(&format!("{kind}#{}#", self.plan)))
                .map(|row| (order(row), if kind == "HOLDER" { held_in(&row.3) } else { name_of(&row.2) }))
                .filter(|(_, id)| kind == "BALLOT" || self.ballots.contains_key(id))
                .collect();
            found.sort();
            found.into_iter().map(|(_, id)| id).collect::<Vec<String>>()
        };
        let by = |order: Order<'_>| self.right(&of("CODE", order), &of("BALLOT", order));
        let mut found = BTreeMap::from([
            ("key", by(&|row| (0, format!("{}{}", row.1, row.2)))),
            ("size", by(&|row| (row.3.len(), row.2.clone()))),
            ("row", by(&|row| (row.0 as usize, String::new()))),
        ]);
        // Who holds a code is known where voters have them; the order of these links says nothing of ballots either.
        let links = |order: Order<'_>| self.right(&of("HOLDER", order), &of("BALLOT", order));
        found.insert("link's key", links(&|row| (0, format!("{}{}", row.1, row.2))));
        found.insert("link's size", links(&|row| (row.3.len(), row.2.clone())));
        found.insert("link's row", links(&|row| (row.0 as usize, String::new())));
        let places = self.places(home);
        for (name, last) in [("first byte", false), ("last byte", true)] {
            let order = |ids: Vec<&String>| {
                let mut ids: Vec<_> = ids.into_iter().filter_map(|id| Some((places.get(id)?, id.clone()))).collect();
                ids.sort_by_key(|(place, _)| if last { place.1.clone() } else { place.0.clone() });
                ids.into_iter().map(|(_, id)| id).collect::<Vec<String>>()
            };
            found.insert(
                name,
                self.right(&order(self.ballots.keys().collect()), &order(self.ballots.values().collect())),
            );
        }
        found.insert("log", self.by_log(home));
        found
    }

    /// The pairs that the log gives away: one code whose row changed and one new ballot in one commit.
    fn by_log(&self, home: &Path) -> usize {
        let log = std::fs::read(home.join("box.1.db-wal")).unwrap_or_default();
        if log.is_empty() {
            return 0;
        }
        let number = |at: usize| u32::from_be_bytes(log[at..at + 4].try_into().unwrap()) as usize;
        let (page_size, codes) = (number(8), self.ballots.keys().collect::<BTreeSet<_>>());
        let ballots: BTreeSet<&String> = self.ballots.values().collect();
        let mut pages: HashMap<usize, BTreeSet<String>> = HashMap::new();
        let (mut new, mut right) = (BTreeSet::new(), 0);
        // A frame is 24 bytes (the page's number, then not 0 in a commit's last) and the page as it is from now on.
        for frame in (32..log.len()).step_by(24 + page_size) {
            // What an older round of the log left behind has another salt.
            if frame + 24 + page_size > log.len() || log[frame + 8..frame + 16] != log[16..24] {
                break;
            }
            let now = burned_or_cast(&log[frame + 24..frame + 24 + page_size]);
            if let Some(before) = pages.insert(number(frame), now.clone()) {
                new.extend(now.difference(&before).cloned());
            }
            if number(frame + 4) != 0 {
                let of = |all: &BTreeSet<&String>| new.iter().find(|name| all.contains(name)).cloned();
                if let (Some(code), Some(ballot)) = (of(&codes), of(&ballots)) {
                    right += usize::from(self.ballots[&code] == ballot);
                }
                new.clear();
            }
        }
        right
    }

    /// The first and the last place of each name among the bytes of all files.
    fn places(&self, home: &Path) -> HashMap<String, (Place, Place)> {
        let names: HashMap<&[u8], &String> = self
            .ballots
            .iter()
            .flat_map(|(code, ballot)| [code, ballot])
            .map(|id| (&id.as_bytes()[..32], id))
            .collect();
        let mut places: HashMap<String, (Place, Place)> = HashMap::new();
        let mut files: Vec<_> = std::fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files {
            let bytes = std::fs::read(&file).unwrap();
            let file = file.file_name().unwrap().to_str().unwrap();
            for (start, window) in bytes.windows(32).enumerate() {
                // Most windows begin or end with something else than a digit of a name.
                if window[0].is_ascii_hexdigit()
                    && window[31].is_ascii_hexdigit()
                    && let Some(id) = names.get(window)
                {
                    let place = (file.to_owned(), start);
                    let first_and_last = places.entry((*id).clone()).or_insert_with(|| (place.clone(), place.clone()));
                    first_and_last.1 = place;
                }
            }
        }
        places
    }
}

/// The names on a page of codes that are used or exchanged, and of ballots, by how their items read.
fn burned_or_cast(page: &[u8]) -> BTreeSet<String> {
    let text = String::from_utf8_lossy(page);
    let names = text.match_indices("\"SK\":{\"S\":\"").filter_map(|(at, key)| {
        let item = item_around(&text, at);
        let told = ["\"used\"", "\"exchanged\"", "\"marks\""].iter().any(|attribute| item.contains(attribute));
        let name = text[at + key.len()..].split('"').next()?;
        told.then(|| name.to_owned())
    });
    names.collect()
}

/// The JSON object that a place of a text is in.
fn item_around(text: &str, at: usize) -> &str {
    let open = |depth: &mut i32, byte: u8, (inward, outward): (u8, u8)| {
        *depth += i32::from(byte == inward) - i32::from(byte == outward);
        *depth < 0
    };
    let mut depth = 0;
    let start = text.as_bytes()[..at].iter().rposition(|byte| open(&mut depth, *byte, (b'}', b'{'))).unwrap_or(0);
    depth = 0;
    let end = text.as_bytes()[at..].iter().position(|byte| open(&mut depth, *byte, (b'{', b'}')));
    &text[start..end.map_or(text.len(), |end| at + end)]
}

/// A code's or a ballot's name out of a key of the engine's, which says the kind first: `S:ac33…`.
fn name_of(key: &str) -> String {
    key.rsplit(':').next().unwrap().to_owned()
}

/// The code that a voter's link names; nothing for one that says that a voter is gone.
fn held_in(item: &str) -> String {
    let held = item.split("\"held\":{\"S\":\"").nth(1).and_then(|rest| rest.split('"').next());
    held.unwrap_or_default().to_owned()
}

/// Which names of codes that are used up, and of ballots, stand in the tables at a moment: what a copy of the
/// database shows, in whatever order.
fn contents(home: &Path) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut codes, mut ballots) = (BTreeSet::new(), BTreeSet::new());
    for (_, partition, name, item) in rows(&home.join("box.1.db"), "box") {
        let name = name_of(&name);
        if partition.contains("BALLOT#") {
            ballots.insert(name);
        } else if partition.contains("CODE#") && (item.contains("used") || item.contains("exchanged")) {
            codes.insert(name);
        }
    }
    (codes, ballots)
}

fn assert_chance(found: &BTreeMap<&'static str, usize>, when: &str) {
    assert!(found.values().all(|right| *right <= CHANCE), "{when}: {found:?}");
}

/// Voters in an order that has nothing to do with their codes' or their ballots' names.
fn shuffled(house: &House, codes: &[CodeHash]) -> Vec<CodeHash> {
    let mut order: Vec<(CodeHash, CodeHash)> = codes.iter().map(|code| (house.hash(), *code)).collect();
    order.sort();
    order.into_iter().map(|(_, code)| code).collect()
}

fn some_marks(number: usize) -> Vec<scoring::ballot::Mark> {
    all(["good", "fair", "poor"][number * 7 % 3])
}

#[tokio::test]
async fn drawn_codes_are_linked_by_the_order_of_writes_until_closing_and_never_after() {
    let home = tempfile::tempdir().unwrap();
    let mut voted;
    {
        let house = House::in_directory(home.path()).await;
        let (plan, codes, _) = house.open(VOTERS).await;
        voted = Voted::begin(plan.clone());
        for (number, code) in shuffled(&house, &codes).iter().enumerate() {
            let ballot = house.ballot_id();
            let before = (number % 20 == 0).then(|| contents(home.path()));
            house.cast(&plan, code, &ballot, &some_marks(number)).await.unwrap();
            voted.note(code, &ballot);
            // Two copies a moment apart name the one code and the one ballot that came between them.
            if let Some((codes, ballots)) = before {
                let after = contents(home.path());
                assert_eq!(after.0.difference(&codes).collect::<Vec<_>>(), [&code.to_string()]);
                assert_eq!(after.1.difference(&ballots).collect::<Vec<_>>(), [&ballot.to_string()]);
            }
        }
        let mut open = voted.by_file(home.path());
        // A burned code is written anew, so codes and ballots both keep the order of writes as row numbers; the log keeps
        // it, too. What one copy of the tables holds, by keys and sizes, says nothing.
        println!("open: {open:?}");
        assert_eq!(open.remove("row"), Some(VOTERS), "the linker has gone blind");
        assert!(open.remove("log").unwrap() > 3 * CHANCE, "the linker has gone blind");
        for order_of_writes in ["first byte", "last byte"] {
            open.remove(order_of_writes);
        }
        assert_chance(&open, "one copy of the tables while open");
        house.store.close_plan(PLANNER, &plan).await.unwrap();
    }
    assert_chance(&voted.by_file(home.path()), "the files after closing");
}

/// What a voter's browser keeps between the two requests of a blind vote.
pub async fn exchange(house: &House, plan: &PlanId, code: &CodeHash) -> Result<Token, StoreError> {
    let mut nonce = [0; 32];
    OsRng.fill_bytes(&mut nonce);
    let blind = VoprfClient::<Ristretto255>::blind(&nonce, &mut OsRng).unwrap();
    let blinded = Blinded::parse(&hex(&blind.message.serialize())).unwrap();
    let answer = house.store.exchange_code(plan, code, &blinded).await?;
    let keys = house.store.blind_keys(plan).await.unwrap();
    let key = keys.iter().find(|key| key.period == "h1").unwrap();
    let output = blind
        .state
        .finalize(
            &nonce,
            &EvaluationElement::<Ristretto255>::deserialize(&unhex(&answer.evaluated)).unwrap(),
            &Proof::<Ristretto255>::deserialize(&unhex(&answer.proof)).unwrap(),
            Ristretto255::deserialize_elem(&unhex(&key.key)).unwrap(),
        )
        .unwrap();
    Ok(Token { period: "h1".to_owned(), group: "staff".to_owned(), nonce, output: output.into() })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap()).collect()
}

pub async fn cast_with(
    house: &House,
    plan: &PlanId,
    token: &Token,
    ballot: &BallotId,
    marks: &[scoring::ballot::Mark],
) {
    let Prepared::Ready(ready) = house.store.prepare_ballot(plan, token, ballot).await.unwrap() else {
        panic!("nobody has cast this ballot");
    };
    house.store.cast_ballot(ready, marks).await.unwrap();
}

async fn open_blind(house: &House, linked: bool) -> (PlanId, Vec<CodeHash>) {
    let document = PLAN.replacen("\"anonymous\"", "\"blind\"", 1);
    let plan = house.store.create_plan(PLANNER, &json(&document)).await.unwrap().id;
    let codes = if linked {
        let ids: Vec<String> = (0..VOTERS).map(|number| format!("v{number:03}")).collect();
        let list: Vec<_> = ids.iter().map(|id| voter(id, id, "staff")).collect();
        house.store.put_voters(PLANNER, &plan, &list).await.unwrap();
        let hashes: Vec<CodeHash> = ids.iter().map(|_| house.hash()).collect();
        let codes = NewCodes { period: "h1", group: "staff", hashes: &hashes, units: None, unit: None };
        house.store.add_codes_to(PLANNER, &plan, codes, &ids).await.unwrap();
        hashes
    } else {
        house.codes(&plan, "staff", VOTERS).await
    };
    house.store.open_plan(PLANNER, &plan, &[]).await.unwrap();
    (plan, codes)
}

#[tokio::test]
async fn blind_codes_are_never_linked_to_ballots_that_are_cast_at_another_time() {
    exchange_and_cast_at_another_time(false).await;
}

/// Who holds a code is stored; that leads to the code, and from there to no ballot.
#[tokio::test]
async fn blind_codes_that_voters_hold_are_never_linked_to_ballots_that_are_cast_at_another_time() {
    exchange_and_cast_at_another_time(true).await;
}

async fn exchange_and_cast_at_another_time(linked: bool) {
    let home = tempfile::tempdir().unwrap();
    let mut voted;
    {
        let house = House::in_directory(home.path()).await;
        let (plan, codes) = open_blind(&house, linked).await;
        voted = Voted::begin(plan.clone());
        let mut tokens = HashMap::new();
        for code in shuffled(&house, &codes) {
            let before = contents(home.path());
            tokens.insert(code, exchange(&house, &plan, &code).await.unwrap());
            let after = contents(home.path());
            assert_eq!((after.0.len(), after.1), (before.0.len() + 1, before.1), "no ballot comes with an exchange");
        }
        for (number, code) in shuffled(&house, &codes).iter().enumerate() {
            let ballot = house.ballot_id();
            cast_with(&house, &plan, &tokens[code], &ballot, &some_marks(number)).await;
            voted.note(code, &ballot);
        }
        assert_eq!(contents(home.path()).0.len(), VOTERS);
        assert_chance(&voted.by_file(home.path()), "while open");
        house.store.close_plan(PLANNER, &plan).await.unwrap();
        assert_tokens_join_nothing(&house, &plan, &voted, &tokens).await;
    }
    assert_chance(&voted.by_file(home.path()), "after closing");
}

/// The spent tokens as a publication lists them, held against codes and ballots in every order in which these are told:
/// by key, and as the ballots were exported. Neither pairs more of them than a guess.
async fn assert_tokens_join_nothing(house: &House, plan: &PlanId, voted: &Voted, tokens: &HashMap<CodeHash, Token>) {
    let frozen = house.store.frozen_plan(plan).await.unwrap();
    let books = house.store.reconciliation(plan).await.unwrap();
    let lists = house.store.token_lists(&frozen, &books).await.unwrap();
    let listed = house.store.published_tokens(plan, &lists, 0, VOTERS + 1).await.unwrap().0;
    assert_eq!(listed.len(), VOTERS);
    let code_of: HashMap<String, String> =
        tokens.iter().map(|(code, token)| (hex(&token.nonce), code.to_string())).collect();
    let codes: Vec<String> = listed.iter().map(|token| code_of[&token.nonce].clone()).collect();
    let ordered = |mut names: Vec<String>| {
        names.sort();
        names
    };
    let by_key = ordered(voted.ballots.values().cloned().collect());
    let as_exported = {
        let mut names: Vec<([u8; 32], String)> =
            voted.ballots.values().map(|id| (exported_place(id), id.clone())).collect();
        names.sort();
        names.into_iter().map(|(_, id)| id).collect::<Vec<String>>()
    };
    for (order, ballots) in [("key", &by_key), ("export", &as_exported)] {
        assert!(voted.right(&codes, ballots) <= CHANCE, "tokens and ballots by {order}");
    }
    // Codes in the order of their keys beside tokens in theirs: a code's token is where it is by chance alone.
    let same =
        ordered(voted.ballots.keys().cloned().collect()).iter().zip(&codes).filter(|(one, other)| one == other).count();
    assert!(same <= CHANCE, "tokens and codes");
}

/// The hash that puts exported ballots in order.
fn exported_place(ballot: &str) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(b"pingyi-export\0");
    sha.update(ballot.as_bytes());
    sha.finalize().into()
}
