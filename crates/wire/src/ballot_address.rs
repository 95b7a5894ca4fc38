//! Short addresses of ballot pages.

use document::{document, open_ended};

document! {
    /// `POST /api/plans/{id}/address`: nothing or `{}` for the plan's ballot page; for an open group's the group and a period.
    #[derive(Eq, Debug, Default)]
    pub struct AddressRequest {
        /// A period of the plan.
        pub period: Option<String>,
        /// An open group of the plan.
        pub group: Option<String>,
    }
}

document! {
    /// Answer to it.
    #[derive(Eq, Debug)]
    pub struct ShortAddress {
        /// What stands behind `/b/`.
        pub word: String,
    }
    shape: open_ended;
}
