//! Before the first mark: who asks, which group, how secret this ballot is, until when, and how to fill
//! it in.

use leptos::prelude::*;
use text::{Text, ballot as words};
use wire::ballot::BallotKind;

use super::filling::Filling;
use crate::words::{fill, t};

/// How secret a kind of ballot is: a mark, a plain sentence, and whether it is a warning.
pub fn secrecy(kind: BallotKind) -> (Text, Text, bool) {
    match kind {
        BallotKind::Anonymous => (words::MARK_ANONYMOUS, words::SECRET_ANONYMOUS, false),
        BallotKind::Blind => (words::MARK_ANONYMOUS, words::SECRET_BLIND, false),
        BallotKind::Named => (words::MARK_NAMED, words::SECRET_NAMED, true),
        BallotKind::PerUnit => (words::MARK_PER_UNIT, words::SECRET_PER_UNIT, true),
        BallotKind::Open => (words::MARK_OPEN, words::SECRET_OPEN, false),
    }
}

/// The page before the cards.
#[component]
pub fn Intro(
    /// The ballot in hand.
    filling: Filling,
    /// Goes on to the cards.
    on_start: Callback<()>,
) -> impl IntoView {
    let head = filling.head();
    let (mark, sentence, warns) = secrecy(head.ballot);
    let (filled, all) = filling.with(|sheet, choices| (sheet.filled(choices), sheet.lines.len()));
    let (quota, blank) = filling.with(|sheet, _| {
        let quota = sheet.paper.sections.iter().any(|section| !section.quota.is_empty());
        let blank = sheet.paper.sections.iter().any(|section| section.quota.is_empty());
        (quota, blank)
    });
    view! {
        <h1 id="title" tabindex="-1">{head.plan_title.clone()}</h1>
        <div class="panel stack">
            <dl class="facts">
                <dt>{t(words::YOU_VOTE_AS)}</dt><dd><strong>{head.group.clone()}</strong></dd>
                <dt>{t(words::PERIOD)}</dt><dd>{head.period.clone()}</dd>
                <dt>{t(words::EXTENT)}</dt>
                <dd>
                    {filling.with(|sheet, _| sheet.paper.sections.iter().map(|section| section.name.clone()).collect::<Vec<_>>().join("、"))}
                    ", "
                    {move || fill(words::EXTENT_FIGURES, &[&all])}
                </dd>
                <dt>{t(words::UNTIL)}</dt><dd>{t(words::UNTIL_CLOSED)}</dd>
            </dl>
        </div>
        <section class="note secrecy" class:warn=warns aria-labelledby="secret">
            <h2 id="secret">{t(words::SECRET_TITLE)}</h2>
            <p><strong class="tag" class:warn=warns class:good=!warns>{t(mark)}</strong></p>
            <p>{t(sentence)}</p>
        </section>
        <section class="stack" aria-labelledby="how">
            <h2 id="how">{t(words::HOW_TITLE)}</h2>
            <ul class="how">
                <li>{t(words::HOW_ONE)}</li>
                {quota.then(|| view! { <li>{t(words::HOW_QUOTA)}</li> })}
                {blank.then(|| view! { <li>{t(words::HOW_BLANK)}</li> })}
            </ul>
        </section>
        <p>
            <button class="primary wide" type="button" on:click=move |_| on_start.run(())>
                {move || if filled == 0 { t(words::START)().to_owned() } else { fill(words::CONTINUE, &[&filled, &all]) }}
            </button>
        </p>
    }
}
