//! A plan document in words: its fields and fixed values, its tasks, its problems.
//!
//! Shared by the setup and by the page that opens the vote. The words are `text`'s; what is wrong is `scoring`'s to
//! say.

pub mod complaint;
pub mod naming;
pub mod problem_list;
pub mod task;
