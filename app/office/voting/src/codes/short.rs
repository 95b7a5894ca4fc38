//! The short address that is typed from paper. QR codes hold the whole one.

use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, plan_context::PlanContext};
use wire::{
    ballot_address::{AddressRequest, ShortAddress},
    staff::Role,
};

/// The word behind `/b/`; none until it is known, and where none can be had.
pub type Short = RwSignal<Option<String>>;

/// The word of the plan, or of an open group in a period: of period and group. It is asked for when it is `wanted` first, for
/// a draft that has one stays. Only planners can have one drawn.
pub fn of(
    context: PlanContext,
    open: Option<(String, String)>,
    wanted: impl Fn() -> bool + Send + Sync + 'static,
) -> Short {
    let short = RwSignal::new(None);
    let may = expect_context::<Office>().is(Role::Planner);
    let (period, group) = open.unzip();
    Effect::new(move |asked: Option<bool>| {
        if asked == Some(true) || !may || !wanted() {
            return asked.unwrap_or_default();
        }
        let (path, request) = (context.api("address"), AddressRequest { period: period.clone(), group: group.clone() });
        spawn_local(async move {
            // Without it the paper says the whole address.
            if let Ok(answer) = asking::post::<ShortAddress>(&path, &request).await {
                short.try_set(Some(answer.body.word));
            }
        });
        true
    });
    short
}

/// The address with a word.
pub fn address(base: &str, short: Option<&str>) -> Option<String> {
    short.map(|word| format!("{base}/b/{word}"))
}
