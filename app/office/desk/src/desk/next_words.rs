//! What is to be done next with a plan, in a sentence, and the page where it is done.

use frame::words::{fill, t};
use office_frame::moment::moment;
use text::{Text, office_desk as words};
use wire::desk::{NextKind, NextStep};

const fn text(what: NextKind) -> Text {
    match what {
        NextKind::Problems => words::PROBLEMS,
        NextKind::Codes => words::CODES,
        NextKind::Open => words::OPEN,
        NextKind::Rounds => words::ROUNDS,
        NextKind::Closing => words::CLOSING,
        NextKind::Pending => words::PENDING,
        NextKind::Unfit => words::UNFIT,
        NextKind::Missing => words::MISSING,
        NextKind::Voting => words::VOTING,
        NextKind::Close => words::CLOSE,
        NextKind::Differences => words::DIFFERENCES,
        NextKind::Ties => words::TIES,
        NextKind::Announce => words::ANNOUNCE,
        NextKind::Objections => words::OBJECTIONS,
        NextKind::Display => words::DISPLAY,
        NextKind::Publish => words::PUBLISH,
    }
}

/// The sentence, in the language of the moment.
pub fn sentence(next: NextStep) -> String {
    match (next.what, next.count, next.until) {
        (NextKind::Display, _, Some(until)) => fill(words::DISPLAY, &[&moment(until)]),
        (what, Some(count), _) => fill(text(what), &[&count]),
        (what, None, _) => t(text(what))().to_owned(),
    }
}

/// The page of the plan where it is done.
pub const fn page(what: NextKind) -> &'static str {
    match what {
        NextKind::Problems => "setup",
        NextKind::Codes | NextKind::Voting => "codes",
        NextKind::Pending | NextKind::Unfit | NextKind::Missing => "records",
        NextKind::Ties => "records/lots",
        _ => "progress",
    }
}
