//! The cards: so many on an A4 page, each with a QR code and the same code to be typed.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use text::{Text, office_codes as words};
use wire::{ballot::BallotKind, blind_key, code};

/// What all cards of a draw say.
#[derive(Clone, PartialEq, Debug)]
pub struct CardText {
    /// The plan's title.
    pub title: String,
    /// The group's name.
    pub group: String,
    /// The period's name.
    pub period: String,
    /// Until when ballots are taken, with the zone, if the plan says so.
    pub until: Option<String>,
    /// How the group's ballots are kept.
    pub ballot: BallotKind,
    /// The ballot page's address.
    pub address: String,
    /// What is typed to get there.
    pub typed: String,
    /// The fingerprint of the group's key, where it is blind.
    pub pin: Option<String>,
}

/// One card.
pub struct Card<'a> {
    /// Whom it is for, where something says so.
    pub who: Option<String>,
    /// Its code.
    pub code: &'a str,
    /// Whether the code is exchanged for a token, so that the card says under which key.
    pub exchanged: bool,
}

impl CardText {
    /// The fingerprint that a card carries.
    pub fn pin_of(&self, exchanged: bool) -> Option<&str> {
        self.pin.as_deref().filter(|_| exchanged)
    }

    /// The link of a code.
    pub fn link(&self, code: &str, exchanged: bool) -> String {
        let pin = self.pin_of(exchanged).map(blind_key::in_link).unwrap_or_default();
        format!("{}#{code}{pin}", self.address)
    }
}

/// One plain sentence about secrecy.
pub const fn secrecy(ballot: BallotKind) -> Text {
    match ballot {
        BallotKind::Anonymous => words::CARD_ANONYMOUS,
        BallotKind::Blind => words::CARD_BLIND,
        BallotKind::Named => words::CARD_NAMED,
        BallotKind::PerUnit => words::CARD_PER_UNIT,
        BallotKind::Open => words::CARD_OPEN,
    }
}

/// Cards on one printed page: two columns of four, whose height the style sheet gives.
pub const ON_PAGE: usize = 8;

/// Characters of a title beyond which it is set smaller.
pub const LONG_TITLE: usize = 40;

/// The cards of some codes; a list for each page.
pub fn cards(said: &CardText, codes: &[Card<'_>]) -> AnyView {
    let shown = said.typed.trim_start_matches("https://").trim_start_matches("http://").to_owned();
    let until = said.until.as_ref().map_or_else(String::new, |until| fill(words::CARD_UNTIL, &[until]));
    // Whatever the names: title, code and the sentence on secrecy are whole. Who it is for gives way.
    let class = if said.title.chars().count() > LONG_TITLE { "code-card long" } else { "code-card" };
    let card = |card: &Card<'_>| {
        let code = card.code;
        let who = [Some(&said.group), Some(&said.period), card.who.as_ref()];
        let who = joined(who.into_iter().flatten(), " · ");
        let drawn = office_qr::draw(&said.link(code, card.exchanged));
        let key = said.pin_of(card.exchanged).map(|pin| {
            let shown = blind_key::shown(pin);
            view! { <p class="code-key">{t(words::CARD_KEY)}<span class="mono">{shown}</span></p> }
        });
        let picture = drawn.map(|drawn| {
            let side = drawn.side;
            view! { <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=t(words::QR_ALT) shape-rendering="crispEdges"><path d=drawn.path /></svg> }
        });
        let shown = shown.clone();
        let until = until.clone();
        view! {
            <li class=class>
                <p class="code-title"><bdi>{said.title.clone()}</bdi></p>
                <div class="code-body">
                    {picture}
                    <div class="code-words">
                        <p class="code-who">{who}</p>
                        <p class="small code-address">{t(words::CARD_SCAN)}" "{move || fill(words::CARD_OR, &[&shown])}</p>
                        <p class="code-typed">{code::grouped(code)}</p>
                        <p class="small code-secret">{t(secrecy(said.ballot))}" "{t(words::CARD_ONCE)}" "{until}</p>
                    </div>
                </div>
                {key}
            </li>
        }
    };
    codes
        .chunks(ON_PAGE)
        .map(|page| view! { <ul class="code-cards">{page.iter().map(card).collect_view()}</ul> })
        .collect_view()
        .into_any()
}
