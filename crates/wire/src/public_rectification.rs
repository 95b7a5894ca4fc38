//! What the public reads of rectification (整改): items as far as the office released them.

use document::{document, open_ended};

document! {
    /// `GET /api/public/{plan}/rectification`: what the office released.
    #[derive(Eq, Debug)]
    pub struct PublicRectifications {
        /// The plan's title.
        pub plan_title: String,
        /// How many items are public.
        pub released: u64,
        /// One page of them, by number.
        pub items: Vec<PublicRectification>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// An item as far as it was released; what was not is null.
    #[derive(Eq, Debug)]
    pub struct PublicRectification {
        /// Its number.
        pub number: u64,
        /// The unit's name.
        pub unit: String,
        /// 整改事项
        pub matter: Option<String> = null,
        /// 意见来源
        pub source: Option<String> = null,
        /// 整改措施
        pub measures: Option<String> = null,
        /// 责任领导
        pub leader: Option<String> = null,
        /// 责任部门
        pub department: Option<String> = null,
        /// 整改时限, in the office's words where there are any.
        pub deadline: Option<String> = null,
        /// 整改结果: whether it is done.
        pub done: Option<bool> = null,
        /// The months' reports.
        pub reports: Option<Vec<PublicReport>> = null,
    }
    shape: open_ended;
}

document! {
    /// A month's report as the public sees it.
    #[derive(Eq, Debug)]
    pub struct PublicReport {
        /// The month.
        pub month: String,
        /// What was done.
        pub text: String,
    }
    shape: open_ended;
}
