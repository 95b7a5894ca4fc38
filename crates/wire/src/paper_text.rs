//! The texts of the papers that an office hands out: what it wrote, and what stands until it does.
//!
//! Owns their shapes. Refuses to own which texts there are and what may stand in one (`papers`).

use document::{Map, document, open_ended};

document! {
    /// `GET /api/plans/{id}/documents/texts`.
    #[derive(Eq, Debug)]
    pub struct PaperTexts {
        /// How often they were written; 0: never.
        pub revision: u64,
        /// All texts there are, in the order of the papers.
        pub texts: Vec<PaperText>,
    }
    shape: open_ended;
}

document! {
    /// A text of a paper.
    #[derive(Eq, Debug)]
    pub struct PaperText {
        /// By which it is written: the paper and what it is there, such as `notice.title`.
        pub name: String,
        /// What the office wrote; null: nothing, so the default stands.
        pub text: Option<String> = null,
        /// What stands until the office writes something.
        pub default: String,
        /// The placeholders that it may have, without their braces.
        pub placeholders: Vec<String>,
    }
    shape: open_ended;
}

document! {
    /// `PUT /api/plans/{id}/documents/texts`, with `If-Match`: all that differ from the default.
    #[derive(Eq, Debug)]
    pub struct PaperTextsRequest {
        /// Texts by their names.
        pub texts: Map<String> as std::collections::BTreeMap<String, String>,
    }
}

document! {
    /// Answer to texts that were written.
    #[derive(Eq, Debug)]
    pub struct PaperTextsKept {
        /// How often they were written.
        pub revision: u64,
    }
    shape: open_ended;
}
