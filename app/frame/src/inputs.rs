//! Reading what stands in a form's controls.

use leptos::{html::Input, prelude::*};

/// What stands in an input now.
pub fn value_of(input: NodeRef<Input>) -> String {
    input.get_untracked().map(|input| input.value()).unwrap_or_default()
}
