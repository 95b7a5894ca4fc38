//! A ballot in somebody's hands: the sheet, what is chosen on it, the code it came by, its draft.
//!
//! A tap changes one place of a list and one signal. What follows from it (the counts, the validity, an
//! open preview) is derived; the cards are drawn once and never again.

use std::sync::Arc;

use leptos::prelude::*;
use scoring::ballot::{BallotFault, BallotProblem};
use wire::{
    ballot::{BallotKind, BallotPaper, BallotRequest, BlindKey},
    blind_key,
    comment::{self, Comment},
};

use crate::{
    draft::{Draft, Key},
    sheet::{Choice, Sheet},
};

/// What the paper says of itself.
#[derive(Clone, PartialEq, Debug)]
pub struct PaperHead {
    /// The plan's title.
    pub plan_title: String,
    /// The plan's version.
    pub plan_sha256: String,
    /// The period's name.
    pub period: String,
    /// The group's name.
    pub group: String,
    /// How secret the group's ballots are.
    pub ballot: BallotKind,
    /// Whether the ballot will hold who cast it.
    pub names_voter: bool,
    /// Whether the ballot may carry opinions.
    pub comments: bool,
    /// Units of which something is public, by their ids.
    pub profiles: Vec<String>,
    /// Until when the ballot is taken, with the zone, if the plan says so.
    pub until: Option<String>,
    /// Whether starting binds the code to this device: a blind group's code then becomes a token that only it holds.
    pub binds: bool,
    /// The fingerprint of the key that it becomes a token under, as paper shows it, and where all of them are listed.
    pub key: Option<(String, String)>,
}

/// Where a ballot stands while it is filled in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// No mark on it.
    Empty,
    /// Some quota is not used up.
    Short,
    /// Some quota is overrun.
    Over,
    /// It can be submitted.
    Valid,
}

/// A ballot being filled in. A handle: copies are the same ballot.
#[derive(Clone, Copy)]
pub struct Filling(StoredValue<Inner>, RwSignal<u32>);

struct Inner {
    head: Arc<PaperHead>,
    plan: String,
    code: String,
    key: Key,
    draft: Draft,
    blind_key: Option<BlindKey>,
    sheet: Arc<Sheet>,
    choices: Vec<Choice>,
}

impl Filling {
    /// Takes a paper into hand, with its draft.
    pub fn new(plan: &str, code: &str, paper: BallotPaper, draft: Draft) -> Filling {
        let key = Key::new(plan, code);
        let head = PaperHead {
            plan_title: paper.plan_title.clone(),
            plan_sha256: paper.plan_sha256.clone(),
            period: paper.period_name.clone(),
            group: paper.group.name.clone(),
            ballot: paper.group.ballot,
            names_voter: paper.names_voter,
            comments: paper.comments,
            profiles: paper.profiles.clone(),
            until: paper.closes.as_deref().and_then(scoring::Moment::said),
            binds: !paper.blind_keys.is_empty(),
            key: paper.blind_keys.first().and_then(|key| {
                Some((blind_key::shown(&blind_key::fingerprint(&key.key)?), format!("/public/{plan}/keys")))
            }),
        };
        let blind_key = paper.blind_keys.first().cloned();
        let sheet = Sheet::new(paper.paper());
        let choices = sheet.read(&draft.choices);
        let inner = Inner {
            head: Arc::new(head),
            plan: plan.to_owned(),
            code: code.to_owned(),
            key,
            draft,
            blind_key,
            sheet: Arc::new(sheet),
            choices,
        };
        Filling(StoredValue::new(inner), RwSignal::new(0))
    }

    /// What the paper says of itself.
    pub fn head(self) -> Arc<PaperHead> {
        self.0.with_value(|inner| inner.head.clone())
    }

    pub fn sheet(self) -> Arc<Sheet> {
        self.0.with_value(|inner| inner.sheet.clone())
    }

    /// Reads sheet and choices; what reads them in a view follows every choice.
    pub fn with<T>(self, read: impl FnOnce(&Sheet, &[Choice]) -> T) -> T {
        self.1.track();
        self.0.with_value(|inner| read(&inner.sheet, &inner.choices))
    }

    /// Chooses on one line, and keeps the draft.
    pub fn choose(self, line: usize, choice: Choice) {
        self.0.update_value(|inner| {
            if let Some(place) = inner.choices.get_mut(line) {
                *place = choice;
            }
            inner.draft.choices = Sheet::write(&inner.choices);
            inner.draft.change();
            inner.draft.keep(&inner.key);
        });
        self.1.update(|count| *count += 1);
    }

    /// What is written on a unit so far.
    pub fn comment_on(self, unit: &str) -> String {
        self.0.with_value(|inner| {
            let written = inner.draft.comments.iter().find(|comment| comment.unit == unit);
            written.map(|comment| comment.text.clone()).unwrap_or_default()
        })
    }

    /// Writes an opinion on a unit, and keeps the draft. An empty one is none.
    pub fn comment(self, unit: &str, text: &str) {
        self.0.update_value(|inner| {
            inner.draft.comments.retain(|comment| comment.unit != unit);
            if !comment::is_none(text) {
                inner.draft.comments.push(Comment { unit: unit.to_owned(), text: text.to_owned() });
            }
            inner.draft.change();
            inner.draft.keep(&inner.key);
        });
    }

    /// The unit of the first opinion beyond the most that a ballot may carry.
    pub fn comment_too_many(self) -> Option<String> {
        self.0.with_value(|inner| inner.draft.comments.get(comment::MOST).map(|comment| comment.unit.clone()))
    }

    /// Where the ballot stands.
    pub fn standing(self) -> Standing {
        let problems = self.with(Sheet::check);
        let over = |problem: &BallotProblem| problem.quota.as_ref().is_some_and(|state| state.have > state.need);
        if self.with(|sheet, choices| sheet.filled(choices)) == 0 {
            Standing::Empty
        } else if problems.iter().any(over) {
            Standing::Over
        } else if problems.iter().any(|problem| problem.code == BallotFault::QuotaUnmet) {
            Standing::Short
        } else if problems.is_empty() {
            Standing::Valid
        } else {
            Standing::Empty
        }
    }

    /// The draft as it is.
    pub fn draft(self) -> Draft {
        self.0.with_value(|inner| inner.draft.clone())
    }

    /// Puts a draft that has got its token in the place of the one without.
    pub fn hold(self, draft: Draft) {
        self.0.update_value(|inner| inner.draft = draft);
    }

    /// The key of a blind group, under which the code becomes a token before the first mark.
    pub fn blind_key(self) -> Option<BlindKey> {
        self.0.with_value(|inner| inner.blind_key.clone())
    }

    /// The request that submits the ballot. From here on the draft says that it was sent.
    pub fn send(self) -> BallotRequest {
        self.0.update_value(|inner| {
            inner.draft.sent = Some(inner.sheet.marks(&inner.choices));
            inner.draft.keep(&inner.key);
        });
        self.0.with_value(|inner| {
            inner.draft.request(&inner.plan, &inner.code, inner.draft.sent.clone().unwrap_or_default())
        })
    }
}
