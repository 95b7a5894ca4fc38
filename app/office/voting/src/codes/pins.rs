//! Fingerprints of blind groups' keys, which their cards and links carry.
//!
//! The server makes the key of a group with its first codes, so the list is asked for when a draw is registered. Without
//! its fingerprint no card of a blind group is shown: a card that lacks it could not tell its voter of another key.

use frame::{server::Refusal, words::t};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{asking, plan_context::PlanContext, pointer};
use scoring::json::Value;
use text::office_codes as words;
use wire::{
    ballot::BallotKind,
    blind_key::{PublicKey, PublicKeys},
};

use crate::codes::draw::{Draw, Part};

/// The keys that are known, or why they are not.
pub type Pins = RwSignal<Result<Vec<PublicKey>, Refusal>>;

/// How a group's ballots are kept; as drawn cards are, where the plan does not say.
pub fn ballot_of(plan: &Value, group: &str) -> BallotKind {
    let group = pointer::list(plan, "/groups").iter().find(|one| pointer::text(one, "/id") == group);
    let said = group.map(|group| pointer::text(group, "/ballot")).unwrap_or_default();
    BallotKind::ALL.into_iter().find(|kind| kind.as_str() == said).unwrap_or(BallotKind::Anonymous)
}

/// Is this code exchanged for a token? One whose paper is narrowed, or who has an own unit, votes under the code itself.
pub fn is_exchanged(draw: &Draw, part: &Part) -> bool {
    draw.whom.units.is_none() && part.units.is_none() && part.unit.is_none()
}

/// The fingerprint of a draw's key, if it is known.
pub fn of_draw(pins: &Result<Vec<PublicKey>, Refusal>, draw: &Draw) -> Option<String> {
    let keys = pins.as_ref().ok()?;
    let key = keys.iter().find(|key| key.period == draw.whom.period && key.group == draw.whom.group)?;
    Some(key.fingerprint.clone())
}

/// Whether a draw's cards need a fingerprint that is not known.
fn lacks(context: PlanContext, pins: &Result<Vec<PublicKey>, Refusal>, draw: &Draw) -> bool {
    let blind = ballot_of(&context.answer.read().plan, &draw.whom.group) == BallotKind::Blind;
    blind && draw.is_registered() && of_draw(pins, draw).is_none()
}

/// Asks for the list again.
fn ask(context: PlanContext, pins: Pins) {
    let path = format!("/api/public/{}/keys", context.id());
    spawn_local(async move {
        let found = asking::get::<PublicKeys>(&path).await;
        pins.try_set(found.map(|answer| answer.body.keys));
    });
}

/// The keys of the plan; asked for when a registered draw needs one that is not known.
pub fn of(context: PlanContext, draws: RwSignal<Vec<Draw>>) -> Pins {
    let pins: Pins = RwSignal::new(Ok(Vec::new()));
    Effect::new(move |asked: Option<Vec<u32>>| {
        let mut asked = asked.unwrap_or_default();
        let known = pins.read_untracked();
        let draws = draws.read();
        let new: Vec<u32> = draws
            .iter()
            .filter(|draw| !asked.contains(&draw.number) && lacks(context, &known, draw))
            .map(|draw| draw.number)
            .collect();
        drop(known);
        if !new.is_empty() {
            ask(context, pins);
        }
        asked.extend(new);
        asked
    });
    pins
}

/// What is said where the list could not be had.
pub fn refused(context: PlanContext, pins: Pins) -> impl IntoView {
    move || {
        let why = pins.read().as_ref().err().map(Refusal::phrase)?;
        Some(view! {
            <div class="note bad stack" role="alert">
                <p>{t(words::NO_KEYS)}" "{move || why.say()}</p>
                <p><button type="button" on:click=move |_| ask(context, pins)>{t(text::shell::RETRY)}</button></p>
            </div>
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::draw::For;

    fn draw(units: Option<Vec<String>>) -> Draw {
        let whom = For { period: "year".into(), group: "staff".into(), units };
        Draw { number: 1, whom, parts: Vec::new(), registered: 0 }
    }

    fn part(unit: Option<&str>, units: Option<Vec<String>>) -> Part {
        Part { unit: unit.map(str::to_owned), units, codes: Vec::new(), people: Vec::new() }
    }

    #[test]
    fn codes_of_narrowed_papers_are_not_exchanged_and_carry_no_fingerprint() {
        let some = || Some(vec!["a".to_owned()]);
        assert!(is_exchanged(&draw(None), &part(None, None)));
        assert!(!is_exchanged(&draw(some()), &part(None, None)));
        assert!(!is_exchanged(&draw(None), &part(Some("a"), None)));
        assert!(!is_exchanged(&draw(None), &part(None, some())));
    }

    #[test]
    fn a_draw_has_the_fingerprint_of_its_own_period_and_group() {
        let key = |period: &str, fingerprint: &str| PublicKey {
            period: period.to_owned(),
            period_name: String::new(),
            group: "staff".to_owned(),
            group_name: String::new(),
            key: String::new(),
            fingerprint: fingerprint.to_owned(),
        };
        assert_eq!(of_draw(&Ok(vec![key("half", "1"), key("year", "2")]), &draw(None)).as_deref(), Some("2"));
        assert_eq!(of_draw(&Ok(vec![key("half", "1")]), &draw(None)), None);
    }
}
