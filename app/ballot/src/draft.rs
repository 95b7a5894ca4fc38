//! What this device keeps of a ballot: the draft, under its code's hash, until it is submitted; the
//! code and then the receipt, for this tab alone.

use frame::{
    browser,
    saved::{self, For},
};
use scoring::ballot::Mark;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use wire::{
    ballot::{BallotRequest, BallotToken},
    comment::Comment,
};

/// A ballot not yet in the box.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Draft {
    /// The plan that it was drawn up for.
    pub plan_sha256: String,
    /// Drawn once: every attempt to submit carries the same, so that no ballot is counted twice.
    pub ballot_id: String,
    /// `Sheet::write`.
    pub choices: String,
    /// Opinions on units, as far as they are written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment>,
    /// What was sent, when no answer has come back yet. If the answer was lost these marks fetch it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Vec<Mark>>,
    /// What was drawn to be blinded, until there is a token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blinding: Option<String>,
    /// A blind group's token, which casts the ballot in place of the code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<BallotToken>,
}

impl Draft {
    /// An empty draft with a fresh ballot id. `None` where the browser has no randomness to draw it from.
    pub fn new(plan_sha256: &str) -> Option<Draft> {
        let ballot_id = wire::code::hex(&browser::random::<16>()?);
        let plan_sha256 = plan_sha256.to_owned();
        Some(Draft {
            plan_sha256,
            ballot_id,
            choices: String::new(),
            comments: Vec::new(),
            sent: None,
            blinding: None,
            token: None,
        })
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
        serde_json::from_str(&saved::read(For::Longer, &key.0)?).ok()
    }

    /// Keeps the draft.
    pub fn keep(&self, key: &Key) {
        if let Ok(text) = serde_json::to_string(self) {
            saved::write(For::Longer, &key.0, &text);
        }
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
        Key(format!("pingyi-draft-{}", wire::code::hex(&sha.finalize())))
    }
}

/// A submitted ballot, as this tab remembers it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Submitted {
    /// [`Key`] of the code, so that the same card opened again shows the receipt again.
    pub key: String,
    /// The receipt.
    pub receipt: String,
    /// The plan's version that was voted on.
    pub plan_sha256: String,
}

/// What a tab remembers of a plan's ballot over a reload.
#[derive(Clone, PartialEq, Debug)]
pub enum Memory {
    /// Nothing.
    Nothing,
    /// The code in use.
    Code(String),
    /// The receipt of what was submitted.
    Done(Submitted),
}

impl Memory {
    /// What this tab remembers.
    pub fn read(plan: &str) -> Memory {
        if let Some(code) = saved::read(For::Tab, &code_name(plan)) {
            return Memory::Code(code);
        }
        let done = saved::read(For::Tab, &done_name(plan)).and_then(|text| serde_json::from_str(&text).ok());
        done.map_or(Memory::Nothing, Memory::Done)
    }

    /// Remembers this and nothing else.
    pub fn keep(&self, plan: &str) {
        saved::remove(For::Tab, &code_name(plan));
        saved::remove(For::Tab, &done_name(plan));
        match self {
            Memory::Nothing => {}
            Memory::Code(code) => saved::write(For::Tab, &code_name(plan), code),
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
        Submitted { key: key.0.clone(), receipt, plan_sha256 }
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
