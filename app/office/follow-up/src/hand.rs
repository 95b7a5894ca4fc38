//! Who does what with items of rectification.

use office_frame::Office;
use wire::staff::Role;

/// What whoever looks may do with items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    /// Reads them.
    Reads,
    /// Reports on them, for a unit.
    Reports,
    /// Makes them, reports on them and looks at what was reported.
    Reviews,
}

impl Hand {
    /// What whoever is signed in may do.
    pub(crate) fn of(office: Office) -> Hand {
        if office.is(Role::Office) && office.kept_to().is_none() {
            Hand::Reviews
        } else if office.is(Role::Unit) {
            Hand::Reports
        } else {
            Hand::Reads
        }
    }
}
