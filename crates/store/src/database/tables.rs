//! The shape of the two tables, as data: what the stack's template is tested against and what the embedded engine
//! is told to create.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableNames {
    /// Plans, records, sessions, audit.
    pub main: String,
    /// Codes, ballots, tally shards.
    pub ballot_box: String,
}

impl Default for TableNames {
    fn default() -> Self {
        TableNames { main: "main".to_owned(), ballot_box: "box".to_owned() }
    }
}

/// How a table is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// By the request: an appraisal is a burst of some days in a year.
    PayPerRequest,
}

/// One table as it must exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableDefinition {
    /// Its name, unless configured otherwise.
    pub name: &'static str,
    /// The partition key's attribute, a string.
    pub partition_key: &'static str,
    /// The sort key's attribute, a string.
    pub sort_key: &'static str,
    /// How it is paid for.
    pub billing: Billing,
    /// The attribute that holds an item's end in seconds since 1970.
    pub time_to_live: Option<&'static str>,
    /// Whether it can be restored to any moment of the last weeks. Must be off for the box: two restores a moment
    /// apart would pair a code with its ballot.
    pub point_in_time_recovery: bool,
    /// Whether it has a stream of changes. Must be off for the box, for the same reason.
    pub stream: bool,
    /// Whether deleting the table is refused.
    pub deletion_protection: bool,
}

pub(crate) const PARTITION_KEY: &str = "PK";
pub(crate) const SORT_KEY: &str = "SK";
pub(crate) const TIME_TO_LIVE: &str = "expires_at";

/// The two tables: `main`, then `box`. Neither has an index.
pub const fn tables() -> [TableDefinition; 2] {
    [
        TableDefinition {
            name: "main",
            partition_key: PARTITION_KEY,
            sort_key: SORT_KEY,
            billing: Billing::PayPerRequest,
            time_to_live: Some(TIME_TO_LIVE),
            point_in_time_recovery: true,
            stream: false,
            deletion_protection: true,
        },
        TableDefinition {
            name: "box",
            partition_key: PARTITION_KEY,
            sort_key: SORT_KEY,
            billing: Billing::PayPerRequest,
            time_to_live: None,
            point_in_time_recovery: false,
            stream: false,
            deletion_protection: true,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_about_the_box_keeps_moments_in_time() {
        let [_, ballot_box] = tables();
        assert!(!ballot_box.point_in_time_recovery);
        assert!(!ballot_box.stream);
        assert_eq!(ballot_box.time_to_live, None);
    }
}
