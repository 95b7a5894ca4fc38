//! Rectification (整改): what is to be made better, who does it until when, what the unit reports and what the office says
//! to it.
//!
//! Owns the shapes, what is wrong with one by itself, and in which state an item is. Refuses to own the opinions that an
//! item is made of, and who may see what.

use document::{document, open_ended, words};

use crate::Field;
use crate::day::{is_day, is_month};
use crate::file::check_files;
use crate::finding::{LONGEST_WORDS, is_key, is_text};
use crate::ledger::Struck;

/// Most characters of what is to be made better.
pub const LONGEST_MATTER: usize = 500;

/// Most characters of the measures, of a report, and of what the office says to one: a page.
pub const LONGEST_MEASURES: usize = 2000;

/// Most opinions of one item.
pub const MOST_COMMENTS: usize = 200;

/// Most findings of one item.
pub const MOST_FINDINGS: usize = 50;

document! {
    /// `POST /api/plans/{id}/rectifications`, and `PUT .../rectifications/{number}` with `If-Match`.
    #[derive(Eq, Debug)]
    pub struct RectificationRequest {
        /// 8 to 32 of `a-z`, `0-9`, `_`, drawn by whoever sends it: sent again with the same key it is one item. Without
        /// a key the same content is one item. A change has none.
        pub key: Option<String>,
        /// 整改单位: the unit's id. It does not change.
        pub unit: String,
        /// 整改事项: 1 to 500 characters.
        pub matter: String,
        /// 意见来源: 1 to 100 characters. Of opinions, it names no group that cast fewer than ten ballots.
        pub source: String,
        /// 整改措施: up to 2,000 characters.
        pub measures: String = default,
        /// 责任领导: up to 100 characters.
        pub leader: String = default,
        /// 责任部门: up to 100 characters.
        pub department: String = default,
        /// 整改时限: the last day, such as `2018-12-31`.
        pub deadline: String,
        /// The time limit in the office's words, such as `全年`, for tables; absent: the day.
        pub term: Option<String>,
        /// The opinions that it is made of, by id: of this unit, after closing. What they say is kept beside the item.
        pub comments: Vec<String> = default,
        /// The findings that it is made of, by id: of this unit.
        pub findings: Vec<String> = default,
    }
}

words! {
    /// How far an item is.
    pub enum RectificationState {
        /// There is work to do.
        Open = "open",
        /// The unit says that it is done; the office has not looked yet.
        Reported = "reported",
        /// The office says that it is done.
        Accepted = "accepted",
        /// Open or returned, and its last day is over by the server's clock.
        Overdue = "overdue",
        /// The office says that it is not done.
        Returned = "returned",
    }
}

impl RectificationState {
    /// The state that is shown on a day: `self` is what was kept, which is never `Overdue`.
    #[must_use]
    pub fn on(self, today: &str, deadline: &str) -> RectificationState {
        match self {
            RectificationState::Open | RectificationState::Returned if deadline < today => RectificationState::Overdue,
            state => state,
        }
    }
}

words! {
    /// What of an item the office may release to the public. The unit's name is there with any of them.
    pub enum ReleasedField {
        /// 整改事项
        Matter = "matter",
        /// 意见来源
        Source = "source",
        /// 整改措施
        Measures = "measures",
        /// 责任领导
        Leader = "leader",
        /// 责任部门
        Department = "department",
        /// 整改时限
        Deadline = "deadline",
        /// 整改结果: done or under way.
        Result = "result",
        /// The months' reports.
        Reports = "reports",
    }
}

document! {
    /// An item as it is kept.
    #[derive(Eq, Debug)]
    pub struct Rectification {
        /// 1, 2, 3 … in its plan.
        pub number: u64,
        /// How often it was written: the `ETag` of a change.
        pub revision: u64,
        /// The unit's id.
        pub unit: String,
        /// 整改事项
        pub matter: String,
        /// 意见来源
        pub source: String,
        /// 整改措施
        pub measures: String,
        /// 责任领导
        pub leader: String,
        /// 责任部门
        pub department: String,
        /// 整改时限: the last day.
        pub deadline: String,
        /// The time limit in the office's words.
        pub term: Option<String> = null,
        /// How far it is today.
        pub state: RectificationState = (RectificationState::Open),
        /// The opinions that it is made of, by id, in an order that says nothing.
        pub comments: Vec<String> = default,
        /// What they say, in the same order.
        pub originals: Vec<String> = default,
        /// The findings that it is made of, by id.
        pub findings: Vec<String> = default,
        /// How many reports there are.
        pub reports: u64,
        /// The latest of them.
        pub last_report: Option<RectificationReport> = null,
        /// What the office said last.
        pub review: Option<RectificationReview> = null,
        /// What of it is public.
        pub released: Vec<ReleasedField> = default,
        /// How many of its reports, the first ones, may be public: those that were there at the last release, or were
        /// accepted since.
        pub reports_released: u64,
        /// The account that made it.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
        /// Null while it stands.
        pub struck: Option<Struck> = null,
    }
    shape: open_ended;
}

document! {
    /// A month's report on an item.
    #[derive(Eq, Debug)]
    pub struct RectificationReport {
        /// The month, such as `2018-10`.
        pub month: String,
        /// What was done.
        pub text: String,
        /// Evidence, by SHA-256.
        pub files: Vec<String> = default,
        /// The unit says that it is done.
        pub done: bool,
        /// The account.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// What the office said to an item.
    #[derive(Eq, Debug)]
    pub struct RectificationReview {
        /// It is done; false: it was returned.
        pub accepted: bool,
        /// Why it was returned, or words to what is done.
        pub text: String = default,
        /// The account.
        pub by: String,
        /// When, in seconds since 1970-01-01T00:00:00Z.
        pub at: i64,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/rectifications`.
    #[derive(Eq, Debug)]
    pub struct Rectifications {
        /// One page of items: by number; with `?state=` by their last day.
        pub items: Vec<Rectification>,
        /// Pass it as `?cursor=` for the next page; null at the end.
        pub next: Option<String> = null,
    }
    shape: open_ended;
}

document! {
    /// `GET /api/plans/{id}/rectifications/{number}`: an item with all that was reported on it.
    #[derive(Eq, Debug)]
    pub struct RectificationWhole {
        /// The item.
        pub item: Rectification,
        /// Its reports, in the order in which they came.
        pub reports: Vec<RectificationReport>,
    }
    shape: open_ended;
}

document! {
    /// Answer to an item that was made.
    #[derive(Eq, Debug)]
    pub struct RectificationKept {
        /// Its number.
        pub number: u64,
        /// How often it was written.
        pub revision: u64,
        /// It was there before.
        pub repeated: bool = omitted,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/rectifications/{number}/reports`.
    #[derive(Eq, Debug)]
    pub struct ReportRequest {
        /// As with an item. Without a key the same content is one report, until the office has said something to it.
        pub key: Option<String>,
        /// The month, such as `2018-10`.
        pub month: String,
        /// What was done: 1 to 2,000 characters.
        pub text: String,
        /// Evidence: files of the plan, by SHA-256.
        pub files: Vec<String> = default,
        /// It is done, and the office may look.
        pub done: bool = default,
    }
}

document! {
    /// Answer to a report.
    #[derive(Eq, Debug)]
    pub struct ReportKept {
        /// The state of the item now.
        pub state: RectificationState = (RectificationState::Open),
        /// How many reports it has.
        pub reports: u64,
        /// It was there before.
        pub repeated: bool = omitted,
    }
    shape: open_ended;
}

document! {
    /// `POST /api/plans/{id}/rectifications/{number}/accept`.
    #[derive(Eq, Debug)]
    pub struct AcceptRequest {
        /// Words to it: up to 2,000 characters.
        pub text: String = default,
    }
}

document! {
    /// `POST /api/plans/{id}/rectifications/{number}/return`.
    #[derive(Eq, Debug)]
    pub struct ReturnRequest {
        /// Why: 1 to 2,000 characters.
        pub reason: String,
    }
}

document! {
    /// `PUT /api/plans/{id}/rectifications/{number}/release`: what of it is public from now on; nothing, and it is not.
    #[derive(Eq, Debug)]
    pub struct ReleaseRequest {
        /// The fields.
        pub fields: Vec<ReleasedField>,
    }
}

document! {
    /// `GET /api/plans/{id}/rectifications/summary`: how far all is.
    #[derive(Eq, Debug)]
    pub struct RectificationSummary {
        /// The day of the server's clock, by UTC+8.
        pub today: String,
        /// All items.
        pub all: RectificationCounts,
        /// Unit by unit, by id.
        pub units: Vec<UnitRectifications>,
    }
    shape: open_ended;
}

document! {
    /// How far a unit's items are.
    #[derive(Eq, Debug)]
    pub struct UnitRectifications {
        /// The unit's id.
        pub unit: String,
        /// Its items.
        pub items: RectificationCounts,
    }
    shape: open_ended;
}

document! {
    /// How many items are in each state.
    #[derive(Eq, Debug, Default)]
    pub struct RectificationCounts {
        /// All of them.
        pub total: u64,
        /// There is work to do, and time.
        pub open: u64,
        /// Reported as done.
        pub reported: u64,
        /// Accepted.
        pub accepted: u64,
        /// Their last day is over.
        pub overdue: u64,
        /// Returned, and there is time.
        pub returned: u64,
    }
    shape: open_ended;
}

impl RectificationCounts {
    /// Counts one more.
    pub fn add(&mut self, state: RectificationState) {
        self.total += 1;
        *match state {
            RectificationState::Open => &mut self.open,
            RectificationState::Reported => &mut self.reported,
            RectificationState::Accepted => &mut self.accepted,
            RectificationState::Overdue => &mut self.overdue,
            RectificationState::Returned => &mut self.returned,
        } += 1;
    }
}

/// Notes faults of a request.
struct Faults(Vec<Field>);

impl Faults {
    fn note(&mut self, wrong: bool, path: &str, code: &str) {
        if wrong {
            self.0.push(Field { path: path.to_owned(), code: code.to_owned(), detail: None });
        }
    }
}

/// Whether a text may be empty, and is short enough.
fn is_optional_text(text: &str, longest: usize) -> bool {
    text.is_empty() || is_text(text, longest)
}

/// Everything that is wrong with an item by itself, with pointers into the request.
#[must_use]
pub fn check(item: &RectificationRequest) -> Vec<Field> {
    let mut faults = Faults(Vec::new());
    faults.note(item.key.as_deref().is_some_and(|key| !is_key(key)), "/key", "bad_id");
    faults.note(!is_text(&item.matter, LONGEST_MATTER), "/matter", "out_of_range");
    faults.note(!is_text(&item.source, LONGEST_WORDS), "/source", "out_of_range");
    faults.note(!is_optional_text(&item.measures, LONGEST_MEASURES), "/measures", "out_of_range");
    faults.note(!is_optional_text(&item.leader, LONGEST_WORDS), "/leader", "out_of_range");
    faults.note(!is_optional_text(&item.department, LONGEST_WORDS), "/department", "out_of_range");
    faults.note(!is_day(&item.deadline), "/deadline", "bad_day");
    faults.note(item.term.as_deref().is_some_and(|term| !is_text(term, LONGEST_WORDS)), "/term", "out_of_range");
    faults.note(item.comments.len() > MOST_COMMENTS, "/comments", "out_of_range");
    faults.note(item.findings.len() > MOST_FINDINGS, "/findings", "out_of_range");
    for (list, ids) in [("comments", &item.comments), ("findings", &item.findings)] {
        for (place, id) in ids.iter().enumerate() {
            faults.note(ids[..place].contains(id), &format!("/{list}/{place}"), "duplicate_id");
        }
    }
    faults.0
}

/// Everything that is wrong with a report by itself, with pointers into the request.
#[must_use]
pub fn check_report(report: &ReportRequest) -> Vec<Field> {
    let mut faults = Faults(Vec::new());
    faults.note(report.key.as_deref().is_some_and(|key| !is_key(key)), "/key", "bad_id");
    faults.note(!is_month(&report.month), "/month", "bad_day");
    faults.note(!is_text(&report.text, LONGEST_MEASURES), "/text", "out_of_range");
    faults.0.extend(check_files(&report.files));
    faults.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_overdue_the_day_after_its_last_one_unless_it_is_reported_or_accepted() {
        use RectificationState::{Accepted, Open, Overdue, Reported, Returned};
        for (kept, shown) in [(Open, Overdue), (Returned, Overdue), (Reported, Reported), (Accepted, Accepted)] {
            assert_eq!(kept.on("2018-12-31", "2018-12-31"), kept);
            assert_eq!(kept.on("2019-01-01", "2018-12-31"), shown);
        }
    }

    #[test]
    fn all_that_is_wrong_with_an_item_is_told_at_once() {
        let item = RectificationRequest {
            key: None,
            unit: "construction".to_owned(),
            matter: "工作作风不够踏实".to_owned(),
            source: "服务对象".to_owned(),
            measures: String::new(),
            leader: String::new(),
            department: "城管办、旅游局".to_owned(),
            deadline: "2017-12-31".to_owned(),
            term: Some("全年".to_owned()),
            comments: Vec::new(),
            findings: Vec::new(),
        };
        assert_eq!(check(&item), []);
        let wrong = RectificationRequest {
            matter: String::new(),
            measures: "改".repeat(2001),
            leader: " ".to_owned(),
            deadline: "全年".to_owned(),
            comments: vec!["a.1".to_owned(), "a.1".to_owned()],
            ..item
        };
        let told: Vec<(String, String)> = check(&wrong).into_iter().map(|field| (field.path, field.code)).collect();
        let expected = [
            ("/matter", "out_of_range"),
            ("/measures", "out_of_range"),
            ("/leader", "out_of_range"),
            ("/deadline", "bad_day"),
            ("/comments/1", "duplicate_id"),
        ];
        assert_eq!(told, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
    }
}
