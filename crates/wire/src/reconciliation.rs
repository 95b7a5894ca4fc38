//! Reconciliation: codes, ballots and tallies held against each other before a result is published.
//!
//! Owns what is counted of each group in each period ([`GroupBooks`]), and which of these figures must agree
//! ([`GroupBooks::differences`]). Refuses to own where the figures come from (`store`).

use document::{document, open_ended, words};

document! {
    /// `GET /api/plans/{id}/reconciliation`, and part of a publication.
    #[derive(Eq, Debug)]
    pub struct Reconciliation {
        /// One for each period and group that marks anything, in plan order.
        pub groups: Vec<GroupBooks>,
        /// Figures that do not agree, in the order of the groups; none in nearly every plan.
        pub differences: Vec<Difference> = default,
        /// What two people said of these differences.
        pub accepted: Option<Acceptance>,
    }
    shape: open_ended;
}

document! {
    /// The books of a group in a period. In a publication the figures of a group with few ballots are null.
    #[derive(Eq, Debug)]
    pub struct GroupBooks {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// Codes issued, as they were counted when they were issued.
        pub issued: u64,
        /// Codes that were made void before they were used.
        pub voided: u64,
        /// Codes with which a ballot was cast.
        pub used: Option<u64> = null,
        /// Codes of a blind group that were exchanged for a token.
        pub exchanged: Option<u64> = null,
        /// Codes that were neither used, nor exchanged, nor made void.
        pub unused: Option<u64> = null,
        /// Tokens with which a ballot was cast.
        pub tokens: Option<u64> = null,
        /// Ballots, counted one by one.
        pub ballots: Option<u64> = null,
        /// Paper ballots, by component.
        pub paper: Vec<PaperBooks> = omitted,
    }
    shape: open_ended;
}

document! {
    /// The batches of paper ballots of one component.
    #[derive(Eq, Debug)]
    pub struct PaperBooks {
        /// The component's id.
        pub component: String,
        /// Batches that count: two people entered the same.
        pub batches: u64,
        /// Ballots collected in them.
        pub collected: Option<u64> = null,
        /// Ballots among them that are void.
        pub void: Option<u64> = null,
        /// Batches that were struck out; none of their ballots counts.
        pub struck: u64,
        /// Batches that wait for a second person; none of their ballots counts.
        pub waiting: u64,
    }
    shape: open_ended;
}

words! {
    /// Which figures do not agree.
    pub enum DifferenceKind {
        /// Codes issued, and codes that are void, used, exchanged or unused.
        Issued = "issued",
        /// Codes used together with tokens, and ballots.
        Cast = "cast",
        /// Tokens that cast a ballot are more than codes that were exchanged for one.
        Tokens = "tokens",
        /// The running counters, and the count of the ballots.
        Counters = "counters",
        /// The ballots as they were exported, and their count.
        Exported = "exported",
        /// Marks on ballots and in batches of paper ballots, and marks in the tallies that are scored.
        Tallied = "tallied",
    }
}

document! {
    /// Two figures that should agree and do not.
    #[derive(Eq, Debug)]
    pub struct Difference {
        /// The period's id.
        pub period: String,
        /// The group's id.
        pub group: String,
        /// Which figures.
        pub kind: DifferenceKind,
        /// The first that the kind names; in a publication null of a group with few ballots. Both may be the same where only
        /// parts of them differ.
        pub left: Option<u64> = null,
        /// The second.
        pub right: Option<u64> = null,
    }
    shape: open_ended;
}

document! {
    /// That two people know of the differences and let the count of the ballots stand.
    #[derive(Eq, Debug)]
    pub struct Acceptance {
        /// Why.
        pub reason: String,
        /// When the second of them said so, in seconds since 1970-01-01T00:00:00Z; null while a second one is awaited.
        pub at: Option<i64> = null,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/reconciliation`: lets the count stand although figures differ.
    #[derive(Eq, Debug)]
    pub struct AcceptDifferences {
        /// Why the differences are there, and why the count is right: 1 to 2,000 characters. The second person's words may be
        /// others; the first person's are published.
        pub reason: String,
    }
}

document! {
    /// Answer to [`AcceptDifferences`]. 202 while it waits for a second person.
    #[derive(Eq, Debug)]
    pub struct AcceptanceAnswer {
        /// A second person must say so, too.
        pub waiting: bool,
    }
    shape: open_ended;
}

impl Difference {
    /// A difference with both figures.
    #[must_use]
    pub fn of(books: &GroupBooks, kind: DifferenceKind, left: u64, right: u64) -> Difference {
        let (period, group) = (books.period.clone(), books.group.clone());
        Difference { period, group, kind, left: Some(left), right: Some(right) }
    }
}

impl GroupBooks {
    /// What does not agree among the codes and ballots of books that hold all figures.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        let [used, exchanged, unused, tokens, ballots] =
            [self.used, self.exchanged, self.unused, self.tokens, self.ballots].map(Option::unwrap_or_default);
        let found = self.voided + used + exchanged + unused;
        let kinds = [
            (DifferenceKind::Issued, self.issued, found, self.issued != found),
            (DifferenceKind::Cast, used + tokens, ballots, used + tokens != ballots),
            (DifferenceKind::Tokens, exchanged, tokens, tokens > exchanged),
        ];
        let different = kinds.into_iter().filter(|(.., differs)| *differs);
        different.map(|(kind, left, right, _)| Difference::of(self, kind, left, right)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn books(issued: u64, voided: u64, [used, exchanged, unused, tokens, ballots]: [u64; 5]) -> GroupBooks {
        GroupBooks {
            period: "year".to_owned(),
            group: "staff".to_owned(),
            issued,
            voided,
            used: Some(used),
            exchanged: Some(exchanged),
            unused: Some(unused),
            tokens: Some(tokens),
            ballots: Some(ballots),
            paper: Vec::new(),
        }
    }

    #[test]
    fn books_that_add_up_have_no_difference() {
        // 20 codes: 2 void, 7 used, 6 exchanged (of which 5 tokens voted), 5 left; 12 ballots.
        assert_eq!(books(20, 2, [7, 6, 5, 5, 12]).differences(), []);
        assert_eq!(books(0, 0, [0; 5]).differences(), []);
    }

    #[test]
    fn each_figure_that_is_off_by_one_is_found() {
        let told = |books: GroupBooks| -> Vec<(DifferenceKind, Option<u64>, Option<u64>)> {
            books.differences().into_iter().map(|found| (found.kind, found.left, found.right)).collect()
        };
        let (issued, cast, tokens) = (DifferenceKind::Issued, DifferenceKind::Cast, DifferenceKind::Tokens);
        assert_eq!(told(books(21, 2, [7, 6, 5, 5, 12])), [(issued, Some(21), Some(20))]);
        assert_eq!(told(books(20, 2, [7, 6, 5, 5, 13])), [(cast, Some(12), Some(13))]);
        assert_eq!(told(books(20, 2, [7, 6, 5, 7, 14])), [(tokens, Some(6), Some(7))]);
        // A code burned without a ballot: the codes still add up, the ballots do not.
        assert_eq!(told(books(20, 2, [8, 6, 4, 5, 12])), [(cast, Some(13), Some(12))]);
    }
}
