//! Simulations of whole plans, asked as the command and the page ask them.

#![expect(clippy::unwrap_used, reason = "tests: a document that cannot be read should stop them")]

mod by_hand;
mod documents;
mod other_plans;
mod printed;
mod votes;
