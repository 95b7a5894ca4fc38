//! A result beside that of another plan: last year's, mostly.
//!
//! Owns the shapes. Refuses to own which units of two plans are the same (`scoring::counterpart`).

use document::{document, open_ended};
use scoring::Mode;
use scoring::counterpart::FoundBy;

use crate::case::Case;

document! {
    /// `GET /api/plans/{id}/compare?with=PLAN`.
    #[derive(Eq, Debug)]
    pub struct Comparison {
        /// Of this plan's result: `final` or `provisional`.
        pub mode: Mode,
        /// This plan's title and year.
        pub plan: ComparedPlan,
        /// The other one's.
        pub with: ComparedPlan,
        /// The units of this plan, in plan order.
        pub units: Vec<ComparedUnit>,
        /// The units that only the other plan has, in its order.
        pub gone: Vec<GoneUnit>,
        /// The other plan's cases that are not done (sanctions still running), its units by their ids there; null where the
        /// account may not read that plan.
        pub running: Option<Vec<Case>> = null,
    }
    shape: open_ended;
}

document! {
    /// One of the two plans.
    #[derive(Eq, Debug)]
    pub struct ComparedPlan {
        /// Its id.
        pub plan: String,
        /// Its title.
        pub title: String,
        /// Its year, where it names one.
        pub year: Option<u64> = null,
        /// What a unit's points add up to.
        pub total: String,
        /// The edition that was read; null where the result is not a published one.
        pub edition: Option<u64> = null,
    }
    shape: open_ended;
}

document! {
    /// A unit's standing in a result.
    #[derive(Eq, Debug)]
    pub struct Standing {
        /// Its id in that plan.
        pub unit: String,
        /// The name of its category there: ranks are counted inside it.
        pub category: String,
        /// Its total, six places.
        pub total: String,
        /// The total as it is published.
        pub published: String,
        /// Its rank, from 1.
        pub rank: u64,
        /// The name of its grade there.
        pub grade: Option<String> = null,
        /// The names of its outcomes there.
        pub outcomes: Vec<String>,
    }
    shape: open_ended;
}

document! {
    /// A unit now and then.
    #[derive(Eq, Debug)]
    pub struct ComparedUnit {
        /// Its name.
        pub name: String,
        /// Where it stands.
        pub now: Standing,
        /// Where it stood in the other plan; null where that has no such unit, or two of its name.
        pub was: Option<Standing> = null,
        /// By what it was found there: `id` or `name`; null where it was not.
        pub by: Option<FoundBy> = null,
        /// How many places it went up; below zero it went down. Null where it was not there, or in another category.
        pub up: Option<i64> = null,
    }
    shape: open_ended;
}

document! {
    /// A unit that only the other plan has.
    #[derive(Eq, Debug)]
    pub struct GoneUnit {
        /// Its id there.
        pub unit: String,
        /// Its name there.
        pub name: String,
    }
    shape: open_ended;
}
