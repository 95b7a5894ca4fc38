//! Voting: the paper that a code opens, the ballot that comes back, and its receipt.

use document::{document, open_ended};
use scoring::ballot::{Mark, Section};
pub use scoring::plan_document::BallotKind;

use crate::comment::Comment;

document! {
    /// `POST /api/ballot-paper`. The code travels in the body, never in an address.
    #[derive(Eq, Debug)]
    pub struct PaperRequest {
        /// The plan's id.
        pub plan: String,
        /// The code as typed; the server normalises it.
        pub code: String,
    }
}

document! {
    /// Everything that one code may mark: every survey and complaints component in which its group
    /// marks, in its period.
    #[derive(Debug)]
    pub struct BallotPaper {
        /// The plan's title.
        pub plan_title: String,
        /// The frozen plan's hash; it is part of the receipt.
        pub plan_sha256: String,
        /// The period's id.
        pub period: String,
        /// The period's name.
        pub period_name: String,
        /// The group that votes.
        pub group: PaperGroup,
        /// What may be marked, in plan order.
        pub sections: Vec<Section>,
        /// The voter's own unit, where the code names one.
        pub own_unit: Option<String> = null,
        /// In a blind group the key of this period and group: the code is to be exchanged for a token.
        /// Empty elsewhere, and for a code whose paper is narrowed, which votes itself.
        pub blind_keys: Vec<BlindKey> = omitted,
        /// Whether the ballot may carry opinions on units; absent: it may not.
        pub comments: bool = omitted,
        /// Whether the ballot will hold who cast it, for inspectors: of a named group, where the code was given to
        /// somebody on the list of voters.
        pub names_voter: bool = omitted,
        /// Until when the ballot is taken, as the plan's schedule writes it; absent: until the office closes the vote.
        pub closes: Option<String>,
        /// Units on the paper, by their ids, of which something is public at `/api/public/units/{name}`. It is no part of
        /// the paper: it changes while others vote, and says the same to all.
        pub profiles: Vec<String> = omitted,
    }
    shape: open_ended;
}

document! {
    /// The key of a blind group in a period.
    #[derive(Eq, Debug)]
    pub struct BlindKey {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// The public key: an element of ristretto255, 64 hexadecimal digits.
        pub key: String,
        /// The secret key, 64 hexadecimal digits: only in a publication, when no vote can follow.
        pub secret: Option<String>,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/tokens`: exchanges the code of a blind group. RFC 9497, ristretto255-SHA512, mode
    /// VOPRF; the input is the token's nonce.
    #[derive(Eq, Debug)]
    pub struct TokenRequest {
        /// The plan's id.
        pub plan: String,
        /// The code as typed.
        pub code: String,
        /// The blinded element, 64 hexadecimal digits. The same one again is answered again.
        pub blinded: String,
    }
}

document! {
    /// Answer to [`TokenRequest`].
    #[derive(Eq, Debug)]
    pub struct TokenAnswer {
        /// The evaluated element, 64 hexadecimal digits.
        pub evaluated: String,
        /// The proof that the group's key did it, 128 hexadecimal digits.
        pub proof: String,
    }
    shape: open_ended;
}

document! {
    /// What casts a blind group's ballot in place of a code.
    #[derive(Eq, Debug)]
    pub struct BallotToken {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// What the browser drew, 64 hexadecimal digits.
        pub nonce: String,
        /// What the group's key made of it, 128 hexadecimal digits.
        pub output: String,
    }
}

impl BallotPaper {
    /// The paper that `scoring`'s ballot rules check marks against.
    pub fn paper(&self) -> scoring::ballot::Paper {
        scoring::ballot::Paper { sections: self.sections.clone() }
    }
}

document! {
    /// The group of a paper.
    #[derive(Eq, Debug)]
    pub struct PaperGroup {
        /// The group's id.
        pub id: String,
        pub name: String,
        /// How its voters come to the box: `anonymous`, `blind`, `named`, `per_unit`, `open`.
        pub ballot: BallotKind,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/ballots`.
    #[derive(Debug)]
    pub struct BallotRequest {
        /// The plan's id.
        pub plan: String,
        /// The code as typed; absent or null where there is a token.
        pub code: Option<String> = null,
        /// A blind group's token in place of the code.
        pub token: Option<BallotToken> = null,
        /// 128 bits that the browser drew, as 32 hexadecimal digits. The same id again gets the same receipt, whatever
        /// comes with it.
        pub ballot_id: String,
        /// At most 25,000 marks; what is left blank has none.
        pub marks: Vec<Mark>,
        /// Opinions on units, where the paper takes them: at most 20. They are kept apart from the marks; of the same
        /// ballot sent again they are not looked at.
        pub comments: Vec<Comment> = omitted,
    }
}

document! {
    /// The answer to a ballot that is in the box.
    #[derive(Eq, Debug)]
    pub struct Receipt {
        /// What the voter may keep: it follows from the plan's hash and the ballot id, never from the marks.
        pub receipt: String,
        /// A ballot with this id was in the box already, and it is that one which counts. Absent where it went in now.
        pub repeated: bool = omitted,
    }
    shape: open_ended;
}
