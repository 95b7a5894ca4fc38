//! Everybody on the list, as the parts of the page share them.

use frame::server::Refusal;
use leptos::prelude::*;
use wire::voter::VoterRow;

/// None while they are not here.
pub type People = RwSignal<Option<Result<Vec<VoterRow>, Refusal>>>;
