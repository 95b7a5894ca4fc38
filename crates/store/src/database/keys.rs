//! The keys of every item, written in one place. Ids hold no `#`, so a key can be taken apart again.

use crate::ids::{BallotId, CodeHash, PlanId};
use crate::plan::round_id::RoundId;

/// An item's partition key and sort key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Key {
        Key { pk: pk.into(), sk: sk.into() }
    }
}

/// The sort key where a partition has one item that is found by its partition alone.
pub(crate) const ONLY: &str = "-";
/// The sort key of a plan's or a shard's head.
pub(crate) const HEAD: &str = "HEAD";

// main

pub(crate) const PLANS: &str = "PLANS";

pub(crate) fn plan_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}")
}

pub(crate) fn plan_head(plan: &PlanId) -> Key {
    Key::new(plan_partition(plan), HEAD)
}

pub(crate) fn plan_row(plan: &PlanId) -> Key {
    Key::new(PLANS, plan.as_str())
}

/// Drafts whose deletion has begun and is not finished.
pub(crate) const DELETED: &str = "DELETED";

pub(crate) fn deleted(plan: &PlanId) -> Key {
    Key::new(DELETED, plan.as_str())
}

/// The words of a plan's short addresses, by what they lead to.
pub(crate) fn address_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#ADDRESS")
}

/// Where a short word leads.
pub(crate) fn short_word(word: &str) -> Key {
    Key::new(format!("SHORT#{word}"), ONLY)
}

pub(crate) fn plan_version(plan: &PlanId, version: u64) -> Key {
    Key::new(plan_partition(plan), format!("V#{version}"))
}

/// How many codes were issued, at least.
pub(crate) fn issued_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#ISSUED")
}

pub(crate) fn issued(plan: &PlanId, period: &str, group: &str) -> Key {
    Key::new(issued_partition(plan), format!("{period}#{group}"))
}

pub(crate) fn record_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#REC")
}

/// The official count: turnout under `HEAD`, then chunks with the shards' sort keys.
pub(crate) fn count_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#COUNT")
}

/// The frozen count of one round, as [`count_partition`].
pub(crate) fn round_partition(plan: &PlanId, round: &RoundId) -> String {
    format!("PLAN#{plan}#COUNT#{round}")
}

/// Where the closing of a plan, or of a round, goes on: in the box, which is never backed up, for a place names a ballot.
pub(crate) fn closing(plan: &PlanId, round: Option<&RoundId>) -> Key {
    Key::new(format!("CLOSING#{plan}"), round.map_or_else(|| ONLY.to_owned(), RoundId::to_string))
}

/// The tally of a count that is not finished, in the box: two of them differ by the marks of some ballots.
pub(crate) fn kept_partition(plan: &PlanId, name: &str) -> String {
    format!("CLOSING#{plan}#{name}")
}

/// The units of the shortlist.
pub(crate) fn shortlist(plan: &PlanId) -> Key {
    Key::new(format!("PLAN#{plan}#SHORTLIST"), ONLY)
}

/// The list of voters.
pub(crate) fn voter_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#VOTER")
}

/// The books of the box, by period.
pub(crate) fn books(plan: &PlanId, period: &str) -> Key {
    Key::new(format!("PLAN#{plan}#BOOKS"), period)
}

/// What two people said of differences in the books.
pub(crate) fn acceptance(plan: &PlanId) -> Key {
    Key::new(format!("PLAN#{plan}#ACCEPTED"), ONLY)
}

/// What somebody asked for that takes a second person: a step by its name.
pub(crate) fn agreement(plan: &PlanId, step: &str) -> Key {
    Key::new(format!("PLAN#{plan}#AGREED"), step)
}

/// What is known of the exported ballots and receipts; of a plan that was closed by an older version also all of them.
pub(crate) fn export_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#EXPORT")
}

/// The spent tokens as they left the box.
pub(crate) fn spent_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#SPENT")
}

/// A sixteenth of the exported ballots and receipts, by the first digit of what they are in the order of.
pub(crate) fn spread_export_partition(plan: &PlanId, digit: &str) -> String {
    format!("PLAN#{plan}#EXPORT#{digit}")
}

/// The opinions of a plan that was closed by an older version, by unit.
pub(crate) fn opinion_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#OPINION")
}

/// A sixteenth of the opinions as they left the box, by unit.
pub(crate) fn spread_opinion_partition(plan: &PlanId, digit: &str) -> String {
    format!("PLAN#{plan}#OPINION#{digit}")
}

/// Where an opinion is that left the box. Closing goes through the box by the first digit of the numbers, so the second
/// spreads what it writes.
pub(crate) fn opinion(plan: &PlanId, unit: &str, number: &str) -> Key {
    Key::new(spread_opinion_partition(plan, &number[1..2]), format!("{unit}#{number}"))
}

/// Ballots by unit, where papers are narrowed, of a count of all or of a round.
pub(crate) fn opinion_units_partition(plan: &PlanId, round: Option<&RoundId>) -> String {
    let count = round.map_or_else(|| ONLY.to_owned(), RoundId::to_string);
    format!("PLAN#{plan}#OPINION-UNITS#{count}")
}

pub(crate) fn publication_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#PUB")
}

/// Objections to a result on public display: their count under `HEAD`, the key of their challenges under `KEY`.
pub(crate) fn objection_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#OBJECTION")
}

/// Findings: each by its day, and a row without content for each in its unit's order. How many there are under `HEAD`.
pub(crate) fn finding_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#FINDING")
}

/// What is known of evidence files, by their hashes. How many there are under `HEAD`.
pub(crate) fn file_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#FILE")
}

/// Items of rectification, their reports, and the rows that say where they are found. The latest number under `HEAD`.
pub(crate) fn rectification_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#RECTIFY")
}

/// Cases: outcomes that ask for something. The latest number under `HEAD`.
pub(crate) fn case_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#CASE")
}

/// The profiles of units, by their names as names are compared.
pub(crate) const PROFILES: &str = "PROFILES";

/// What a list says of each profile, by the same names.
pub(crate) const PROFILE_ROWS: &str = "PROFILES#ROWS";

/// What is known of the photos of a unit's people, by their hashes; the unit by its name as names are compared. How many
/// there are under `HEAD`.
pub(crate) fn photo_partition(unit: &str) -> String {
    format!("PHOTOS#{unit}")
}

/// The keys of the blind groups.
pub(crate) fn blind_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#BLIND")
}

pub(crate) fn blind_key(plan: &PlanId, period: &str, group: &str) -> Key {
    Key::new(blind_partition(plan), format!("{period}#{group}"))
}

/// The fingerprints of these keys as they were when the plan was frozen.
pub(crate) fn pinned_keys(plan: &PlanId) -> Key {
    Key::new(plan_partition(plan), "KEYS")
}

/// The key of the open groups.
pub(crate) fn open_key(plan: &PlanId) -> Key {
    Key::new(format!("PLAN#{plan}#OPEN"), ONLY)
}

/// Codes issued on demand, by period, group, day and counter.
pub(crate) fn hours_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#HOURS")
}

/// What the office wrote into the papers.
pub(crate) fn paper_texts(plan: &PlanId) -> Key {
    Key::new(format!("PLAN#{plan}#TEXTS"), ONLY)
}

pub(crate) fn scenario_partition(plan: &PlanId) -> String {
    format!("PLAN#{plan}#SCENARIO")
}

/// The audit chain of a plan, or of the accounts.
pub(crate) fn audit_partition(log: &str) -> String {
    format!("AUDIT#{log}")
}

/// A number as a sort key that orders as the number does.
pub(crate) fn ordinal(number: u64) -> String {
    format!("{number:012}")
}

pub(crate) fn session(hash: &str) -> Key {
    Key::new(format!("SESSION#{hash}"), ONLY)
}

pub(crate) fn staff(name: &str) -> Key {
    Key::new(format!("STAFF#{name}"), ONLY)
}

/// The names of the accounts.
pub(crate) const STAFF_LIST: &str = "STAFF";

pub(crate) fn staff_row(name: &str) -> Key {
    Key::new(STAFF_LIST, name)
}

/// What holds for the whole installation.
pub(crate) fn settings() -> Key {
    Key::new("SETTINGS", ONLY)
}

pub(crate) fn failures(scope: &str, hash: &str) -> Key {
    Key::new(format!("FAILURES#{scope}#{hash}"), ONLY)
}

// box

/// The key under which addresses are hashed today.
pub(crate) fn day_key() -> Key {
    Key::new("DAYKEY", ONLY)
}

/// The hexadecimal digits that spread codes and ballots over partitions.
pub(crate) const SPREAD: [&str; 16] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b", "c", "d", "e", "f"];

pub(crate) fn code_partition(plan: &PlanId, digit: &str) -> String {
    format!("CODE#{plan}#{digit}")
}

pub(crate) fn code(plan: &PlanId, hash: &CodeHash) -> Key {
    code_by_name(plan, &hash.to_string())
}

/// A code by its hash as it was read, in hexadecimal.
pub(crate) fn code_by_name(plan: &PlanId, hash: &str) -> Key {
    Key::new(code_partition(plan, &hash[..1]), hash)
}

/// A batch of codes: that it was begun, and whether it was voided.
pub(crate) fn batch(plan: &PlanId, batch: &str) -> Key {
    Key::new(format!("BATCH#{plan}"), batch)
}

/// Which voters hold which codes, and who may hold none any more.
pub(crate) fn holder_partition(plan: &PlanId) -> String {
    format!("HOLDER#{plan}")
}

/// Whether a voter was taken off the list.
pub(crate) fn holder(plan: &PlanId, voter: &str) -> Key {
    Key::new(holder_partition(plan), voter)
}

/// The code that a voter holds for a period.
pub(crate) fn held(plan: &PlanId, voter: &str, period: &str) -> Key {
    Key::new(holder_partition(plan), format!("{voter}#{period}"))
}

pub(crate) fn token_partition(plan: &PlanId, digit: &str) -> String {
    format!("TOKEN#{plan}#{digit}")
}

/// A spent token of a blind group, by its name in hexadecimal.
pub(crate) fn token(plan: &PlanId, name: &str) -> Key {
    Key::new(token_partition(plan, &name[..1]), name)
}

pub(crate) fn ballot_partition(plan: &PlanId, digit: &str) -> String {
    format!("BALLOT#{plan}#{digit}")
}

pub(crate) fn ballot(plan: &PlanId, ballot: &BallotId) -> Key {
    let id = ballot.to_string();
    Key::new(ballot_partition(plan, &id[..1]), id)
}

/// The opinions that came with ballots.
pub(crate) fn comment_partition(plan: &PlanId, digit: &str) -> String {
    format!("COMMENT#{plan}#{digit}")
}

pub(crate) fn comment(plan: &PlanId, number: &str) -> Key {
    Key::new(comment_partition(plan, &number[..1]), number)
}

pub(crate) fn shard_partition(plan: &PlanId, shard: u64) -> String {
    format!("TALLY#{plan}#{shard}")
}

pub(crate) fn shard_head(plan: &PlanId, shard: u64) -> Key {
    Key::new(shard_partition(plan, shard), HEAD)
}

/// The steps in which a group's live tallies move.
pub(crate) fn live_partition(plan: &PlanId, period: &str, group: &str) -> String {
    format!("LIVE#{plan}#{period}#{group}")
}

/// The sort key of a chunk of counters, in a shard and in the official count.
pub(crate) fn chunk(period: &str, group: &str, component: &str, chunk: usize) -> String {
    format!("{period}#{group}#{component}#{chunk}")
}
