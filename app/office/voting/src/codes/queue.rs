//! What was drawn on this page and is to be printed: a line for each draw, and the cards of one of them.

use std::time::Duration;

use frame::{
    server::Refusal,
    words::{fill, joined, t},
};
use leptos::prelude::*;
use office_frame::{
    csv::{Cell, csv_file},
    download::download,
    names::name_of,
    plan_context::{PlanContext, title_of},
    pointer,
};
use text::{office_codes as words, voters};
use wire::{ballot::BallotKind, blind_key::PublicKey};

use crate::codes::{
    base,
    cards::{Card, CardText, ON_PAGE, cards},
    draw::{Draw, Part},
    pins::{self, Pins},
    short::{self, Short},
    until,
};

/// How long a browser has to draw cards before they are printed.
const DRAWN_BY: Duration = Duration::from_millis(100);

/// The draws, the newest last. `shown` is the one whose cards stand on the page.
#[component]
pub fn Queue(context: PlanContext, draws: RwSignal<Vec<Draw>>, shown: RwSignal<Option<u32>>) -> impl IntoView {
    let base = base::known();
    let any = move || draws.read().iter().any(Draw::is_registered);
    let short = short::of(context, None, any);
    let pins = pins::of(context, draws);
    let papers = Papers { base, short, pins };
    let lines = move || {
        let draws = draws.read();
        draws.iter().filter(|draw| draw.is_registered()).map(|draw| line(context, draw, papers, shown)).collect_view()
    };
    // Of the draws, only what was drawn and which is shown: registering another one draws no card anew.
    let sheet = Memo::new(move |_| {
        let draws = draws.read();
        draws.iter().find(|draw| Some(draw.number) == shown.get() && draw.is_registered()).cloned()
    });
    let clear = move |number: u32| {
        // What is not registered yet is no batch yet.
        draws.update(|draws| draws.retain(|draw| draw.number != number || !draw.is_registered()));
        shown.set(draws.with_untracked(|draws| draws.last().map(|draw| draw.number)));
    };
    let cleared = move |_| {
        if let Some(number) = shown.get_untracked() {
            clear(number);
        }
    };
    view! {
        <Show when=any>
            <section class="panel stack no-print" aria-labelledby="queue">
                <h2 id="queue" tabindex="-1">{t(words::QUEUE)}</h2>
                <p class="note warn">{t(words::SHEET_NOTE)}</p>
                <base::BaseField base />
                {pins::refused(context, pins)}
                <ul class="queue">{lines}</ul>
                <p><button type="button" on:click=cleared>{t(words::CLEAR)}</button></p>
            </section>
        </Show>
        {move || {
            let draw = sheet.get()?;
            let card = card_text(context, &draw, base.get()?, short.get(), &pins.read())?;
            let plan = context.answer.read();
            let unit = |unit: &Option<String>| unit.as_ref().map(|unit| name_of(&plan.plan, "/units", unit));
            // A card says whom it is for where the list does.
            let of = |part: &Part, place: usize| match part.people.get(place) {
                Some(person) => Some(joined([Some(person.name.clone()), unit(&part.unit)].into_iter().flatten(), " · ")),
                None => unit(&part.unit),
            };
            let mut named: Vec<Card<'_>> = Vec::with_capacity(draw.count());
            for part in &draw.parts {
                let exchanged = pins::is_exchanged(&draw, part);
                let codes = part.codes.iter().enumerate();
                named.extend(codes.map(|(place, code)| Card { who: of(part, place), code, exchanged }));
            }
            Some(cards(&card, &named))
        }}
    }
}

/// What papers need beside the codes.
#[derive(Clone, Copy)]
struct Papers {
    base: RwSignal<Option<String>>,
    short: Short,
    pins: Pins,
}

/// What all cards of a draw say; nothing while a blind group's fingerprint is not known.
fn card_text(
    context: PlanContext,
    draw: &Draw,
    base: String,
    short: Option<String>,
    pins: &Result<Vec<PublicKey>, Refusal>,
) -> Option<CardText> {
    let answer = context.answer.read();
    let plan = &answer.plan;
    let group = pointer::list(plan, "/groups").iter().find(|group| pointer::text(group, "/id") == draw.whom.group)?;
    let ballot = pins::ballot_of(plan, &draw.whom.group);
    let pin = match ballot {
        BallotKind::Blind => Some(pins::of_draw(pins, draw)?),
        _ => None,
    };
    Some(CardText {
        title: title_of(plan),
        group: pointer::text(group, "/name").to_owned(),
        period: name_of(plan, "/periods", &draw.whom.period),
        until: until::of(plan, &draw.whom.period, &draw.whom.group),
        ballot,
        typed: short::address(&base, short.as_deref()).unwrap_or_else(|| format!("{base}/ballot/{}", answer.id)),
        address: format!("{base}/ballot/{}", answer.id),
        pin,
    })
}

fn line(
    context: PlanContext,
    draw: &Draw,
    Papers { base, short, pins }: Papers,
    shown: RwSignal<Option<u32>>,
) -> AnyView {
    let said = move |draw: &Draw| {
        card_text(context, draw, base.get_untracked()?, short.get_untracked(), &pins.read_untracked())
    };
    let (number, count) = (draw.number, draw.count());
    let plan = context.answer.get_untracked().plan;
    let (group, period) = (name_of(&plan, "/groups", &draw.whom.group), name_of(&plan, "/periods", &draw.whom.period));
    let by_unit = (draw.parts.len() > 1).then(|| t(words::BY_UNIT)().to_owned());
    let name = joined([Some(group), Some(period), by_unit].into_iter().flatten(), " · ");
    let id = format!("draw-name-{number}");
    let described = id.clone();
    let is_shown = move || shown.get() == Some(number);
    let print = move |_| {
        if base.read_untracked().is_none() {
            frame::browser::focus("base");
            return;
        }
        let wait = if shown.get_untracked() == Some(number) { Duration::ZERO } else { DRAWN_BY };
        shown.set(Some(number));
        // A browser that cannot print offers nothing either way; the download is beside it.
        set_timeout(move || drop(window().print()), wait);
    };
    let file = draw.clone();
    let save = move |_| {
        let Some(card) = said(&file) else {
            frame::browser::focus("base");
            return;
        };
        download(
            &format!("codes-{}-{count}.csv", file.whom.group),
            "text/csv;charset=utf-8",
            &codes_file(context, &file, &card),
        );
    };
    let (file, described_too) = (draw.clone(), described.clone());
    let messages = draw.has_contacts().then(|| {
        let save = move |_| match said(&file) {
            Some(card) => download("messages.csv", "text/csv;charset=utf-8", &messages_file(&file, &card)),
            None => frame::browser::focus("base"),
        };
        view! { <button type="button" aria-describedby=described_too on:click=save>{t(voters::SMS)}</button> }
    });
    view! {
        <li class="row between" aria-current=move || is_shown().then_some("true")>
            <span id=id><strong>{name}</strong>" "{fill(words::SHEETS, &[&count, &count.div_ceil(ON_PAGE)])}</span>
            <span class="row">
                <Show when=move || !is_shown()>
                    <button type="button" on:click=move |_| shown.set(Some(number))>{t(words::SHOW_CARDS)}</button>
                </Show>
                <button type="button" class="primary" aria-describedby=described.clone() on:click=print>{t(words::PRINT)}</button>
                <button type="button" aria-describedby=described.clone() on:click=save>{t(words::DOWNLOAD)}</button>
                {messages}
            </span>
        </li>
    }
    .into_any()
}

/// The codes as a file: code, link, group, period, unit; of a list also whom each is for. A mail merge takes it as it is.
fn codes_file(context: PlanContext, draw: &Draw, card: &CardText) -> String {
    let plan = context.answer.read_untracked();
    let heads = [words::CODE, words::LINK, words::GROUP, words::PERIOD, words::UNIT];
    let of_list = draw.has_people().then_some([voters::NAME, voters::CONTACT]);
    let head = heads.into_iter().chain(of_list.into_iter().flatten()).map(|head| Cell::text(t(head)())).collect();
    let rows = draw.parts.iter().flat_map(|part| {
        let unit = part.unit.as_ref().map(|unit| name_of(&plan.plan, "/units", unit)).unwrap_or_default();
        part.codes.iter().enumerate().map(move |(place, code)| {
            let link = card.link(code, pins::is_exchanged(draw, part));
            let cells = [&wire::code::grouped(code), &link, &card.group, &card.period, &unit].map(Cell::text);
            let person = part.people.get(place);
            let of_person =
                person.map(|person| [&person.name, person.contact.as_ref().unwrap_or(&NONE)].map(Cell::text));
            cells.into_iter().chain(of_person.into_iter().flatten()).collect()
        })
    });
    csv_file(std::iter::once(head).chain(rows))
}

const NONE: String = String::new();

/// Signs of a text message that is sent as one.
const ONE_MESSAGE: usize = 70;

/// A file for a platform that sends text messages: telephone and text, in one message where it fits.
fn messages_file(draw: &Draw, card: &CardText) -> String {
    let head = [voters::SMS_PHONE, voters::SMS_TEXT].map(|head| Cell::text(t(head)())).to_vec();
    let rows = draw.parts.iter().flat_map(|part| {
        part.people.iter().zip(&part.codes).filter_map(|(person, code)| {
            let link = card.link(code, pins::is_exchanged(draw, part));
            Some([Cell::text(person.contact.as_ref()?), Cell::text(message(&card.title, &link))].to_vec())
        })
    });
    csv_file(std::iter::once(head).chain(rows))
}

/// The text of a message: with the plan's title where that fits.
fn message(title: &str, link: &str) -> String {
    let long = fill(voters::SMS_LONG, &[&title, &link]);
    if long.chars().count() <= ONE_MESSAGE { long } else { fill(voters::SMS_SHORT, &[&link]) }
}
