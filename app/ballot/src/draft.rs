//! What this device keeps of a ballot: the draft, under its code's hash, until it is submitted; the
//! code and then the receipt, for this tab alone.

use document::{document, open_ended, read_text};
use frame::{
    browser,
    saved::{self, For},
};
use scoring::ballot::Mark;
use sha2::{Digest, Sha256};
use wire::{
    ballot::{BallotRequest, BallotToken},
    comment::Comment,
};

use crate::{address::Card, limits::TOKEN_LIFE};

/// What the names of kept drafts begin with.
const PREFIX: &str = "pingyi-draft-";

/// What is left of a draft after some time.
#[allow(clippy::large_enum_variant, reason = "there is one, for one match")]
enum Kept {
    Whole,
    Token(Draft),
    Nothing,
}

document! {
    /// A ballot not yet in the box.
    #[derive(Debug)]
    pub struct Draft {
        /// The plan that it was drawn up for.
        pub plan_sha256: String,
        /// Drawn once: every attempt to submit carries the same, so that no ballot is counted twice.
        pub ballot_id: String,
        /// `Sheet::write`.
        pub choices: String,
        /// Opinions on units, as far as they are written.
        pub comments: Vec<Comment> = omitted,
        /// What was sent, when no answer has come back yet. If the answer was lost these marks fetch it.
        pub sent: Option<Vec<Mark>>,
        /// The ids of tries that were sent with other marks and never answered. If one of them went in, it is the first
        /// that counts, and the same id brings its receipt.
        pub earlier: Vec<String> = omitted,
        /// When it was kept last, in seconds.
        pub kept_at: u64 = default,
        /// What was drawn to be blinded, until there is a token.
        pub blinding: Option<String>,
        /// A blind group's token, which casts the ballot in place of the code.
        pub token: Option<BallotToken>,
    }
    shape: open_ended;
}

impl Draft {
    /// An empty draft with a fresh ballot id. `None` where the browser has no randomness to draw it from.
    pub fn new(plan_sha256: &str) -> Option<Draft> {
        let ballot_id = Draft::draw_id()?;
        let plan_sha256 = plan_sha256.to_owned();
        Some(Draft {
            plan_sha256,
            ballot_id,
            choices: String::new(),
            comments: Vec::new(),
            sent: None,
            earlier: Vec::new(),
            kept_at: browser::now(),
            blinding: None,
            token: None,
        })
    }

    fn draw_id() -> Option<String> {
        Some(wire::code::hex(&browser::random::<16>()?))
    }

    /// Something on it changes. If it was sent and never answered it is another ballot from now on, so that no try is
    /// taken for one with other marks.
    pub fn change(&mut self) {
        if self.sent.take().is_some()
            && let Some(fresh) = Draft::draw_id()
        {
            self.earlier.push(std::mem::replace(&mut self.ballot_id, fresh));
        }
    }

    /// The ids of all tries that were sent and never answered, the latest first.
    pub fn tries(&self) -> Vec<String> {
        let last = self.sent.as_ref().map(|_| self.ballot_id.clone());
        last.into_iter().chain(self.earlier.iter().rev().cloned()).collect()
    }

    /// The draft kept for a code and this version of the plan, or a new one.
    pub fn of(key: &Key, plan_sha256: &str) -> Option<Draft> {
        Draft::kept(key).filter(|draft| draft.plan_sha256 == plan_sha256).or_else(|| Draft::new(plan_sha256))
    }

    /// The request that casts it: under its token, or under the code where it has none.
    pub fn request(&self, plan: &str, code: &str, marks: Vec<Mark>) -> BallotRequest {
        BallotRequest {
            plan: plan.to_owned(),
            code: self.token.is_none().then(|| code.to_owned()),
            token: self.token.clone(),
            ballot_id: self.ballot_id.clone(),
            marks,
            comments: self.comments.clone(),
        }
    }

    /// The draft kept for a code.
    pub fn kept(key: &Key) -> Option<Draft> {
        read_text(&saved::read(For::Longer, &key.0)?)
    }

    /// Keeps the draft.
    pub fn keep(&self, key: &Key) {
        if let Ok(text) = serde_json::to_string(&Draft { kept_at: browser::now(), ..self.clone() }) {
            saved::write(For::Longer, &key.0, &text);
        }
    }

    /// Forgets what this device kept too long: others use it, too. A token is the vote itself and stays longer, without
    /// what was chosen. `life` is the seconds for which an unfinished ballot is kept.
    pub fn forget_old(life: u64) {
        for name in saved::names(For::Longer).into_iter().filter(|name| name.starts_with(PREFIX)) {
            let text = saved::read(For::Longer, &name).unwrap_or_default();
            match read_text::<Draft>(&text).map(|draft| draft.after(browser::now(), life)) {
                Some(Kept::Whole) => {}
                Some(Kept::Token(draft)) => draft.keep(&Key(name)),
                Some(Kept::Nothing) | None => saved::remove(For::Longer, &name),
            }
        }
    }

    /// What is left of it at a moment.
    fn after(self, now: u64, life: u64) -> Kept {
        let age = now.saturating_sub(self.kept_at);
        if age < life {
            return Kept::Whole;
        }
        let votes = self.token.is_some() || self.blinding.is_some();
        if !votes || age >= TOKEN_LIFE {
            return Kept::Nothing;
        }
        Kept::Token(Draft { choices: String::new(), comments: Vec::new(), ..self })
    }

    /// Forgets a code's draft.
    pub fn forget(key: &Key) {
        saved::remove(For::Longer, &key.0);
    }
}

/// The name under which a code's draft is kept: a hash, and not the one that the server stores.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key(String);

impl Key {
    /// Of a normalised code.
    pub fn new(plan: &str, code: &str) -> Key {
        let mut sha = Sha256::new();
        for part in ["pingyi-draft\0", plan, "\0", code] {
            sha.update(part.as_bytes());
        }
        Key(format!("{PREFIX}{}", wire::code::hex(&sha.finalize())))
    }
}

document! {
    /// A submitted ballot, as this tab remembers it.
    #[derive(Debug)]
    pub struct Submitted {
        /// [`Key`] of the code, so that the same card opened again shows the receipt again.
        pub key: String,
        pub receipt: String,
        /// The plan's version that was voted on.
        pub plan_sha256: String,
        /// The plan's title.
        pub title: String = default,
        /// The group's name; empty where this page does not know it any more.
        pub group: String = default,
    }
    shape: open_ended;
}

/// What a tab remembers of a plan's ballot over a reload.
#[derive(Clone, PartialEq, Debug)]
pub enum Memory {
    /// Nothing.
    Nothing,
    /// The code in use, with the fingerprint that its card names.
    Code(Card),
    /// The receipt of what was submitted: only for whoever has its code.
    Done(Submitted),
}

impl Memory {
    /// What this tab remembers.
    pub fn read(plan: &str) -> Memory {
        if let Some(code) = saved::read(For::Tab, &code_name(plan)) {
            return Memory::Code(Card::of_kept(&code));
        }
        let done = saved::read(For::Tab, &done_name(plan)).and_then(|text| read_text(&text));
        done.map_or(Memory::Nothing, Memory::Done)
    }

    /// Remembers this and nothing else.
    pub fn keep(&self, plan: &str) {
        saved::remove(For::Tab, &code_name(plan));
        saved::remove(For::Tab, &done_name(plan));
        match self {
            Memory::Nothing => {}
            Memory::Code(card) => saved::write(For::Tab, &code_name(plan), &card.kept()),
            Memory::Done(done) => {
                if let Ok(text) = serde_json::to_string(done) {
                    saved::write(For::Tab, &done_name(plan), &text);
                }
            }
        }
    }
}

impl Submitted {
    /// Of a code's ballot.
    pub fn new(key: &Key, receipt: String, plan_sha256: String) -> Submitted {
        Submitted { key: key.0.clone(), receipt, plan_sha256, title: String::new(), group: String::new() }
    }

    /// Whether it is this code's ballot.
    pub fn is_of(&self, key: &Key) -> bool {
        self.key == key.0
    }
}

fn code_name(plan: &str) -> String {
    format!("pingyi-code-{plan}")
}

fn done_name(plan: &str) -> String {
    format!("pingyi-done-{plan}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::DRAFT_LIFE;

    fn draft() -> Draft {
        Draft {
            plan_sha256: String::new(),
            ballot_id: "a".to_owned(),
            choices: "01".to_owned(),
            comments: Vec::new(),
            sent: None,
            earlier: Vec::new(),
            kept_at: 1_000,
            blinding: None,
            token: None,
        }
    }

    #[test]
    fn an_unfinished_ballot_is_kept_for_a_day_and_a_token_without_its_marks_for_longer() {
        assert!(matches!(draft().after(1_000 + DRAFT_LIFE - 1, DRAFT_LIFE), Kept::Whole));
        assert!(matches!(draft().after(1_000 + DRAFT_LIFE, DRAFT_LIFE), Kept::Nothing));
        let blinded = || Draft { blinding: Some("00".to_owned()), ..draft() };
        let Kept::Token(kept) = blinded().after(1_000 + DRAFT_LIFE, DRAFT_LIFE) else {
            panic!("it is the vote itself")
        };
        assert_eq!((kept.choices.as_str(), kept.blinding.as_deref()), ("", Some("00")));
        assert!(matches!(blinded().after(1_000 + TOKEN_LIFE, DRAFT_LIFE), Kept::Nothing));
    }

    #[test]
    fn tries_without_an_answer_are_asked_for_from_the_latest_on() {
        let mut draft = Draft { earlier: vec!["x".to_owned(), "y".to_owned()], ..draft() };
        assert_eq!(draft.tries(), ["y", "x"]);
        draft.sent = Some(Vec::new());
        assert_eq!(draft.tries(), ["a", "y", "x"]);
    }
}
