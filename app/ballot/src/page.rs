//! The ballot: from a code to a receipt.
//!
//! Owns the order of the pages and what is remembered between them. A page is a stage; a stage is
//! entered by an event (a code, a tap, an answer) and by nothing else.

use frame::{
    browser,
    drawing::{Drawn, classed, el, follow, said},
    error_summary::Fault,
    head::head,
    server::{self, Refusal},
    words::{Phrase, fill, lang},
};
use leptos::{prelude::*, task::spawn_local};
use text::{Text, ballot as words};
use wire::{
    ErrorCode,
    ballot::{BallotPaper, PaperRequest},
    code, open_code,
};

use crate::{
    address::{Address, Card},
    code_form::{code_form, fault_of, is_begun},
    draft::{Draft, Key, Memory, Submitted},
    errand::Errand,
    filling::Filling,
    form::{self, form},
    intro::intro,
    kiosk,
    limits::{DRAFT_LIFE, KIOSK_DRAFT_LIFE},
    public_link,
    receipt::{Other, receipt},
    sending::{Progress, Sent, deliver, sending},
    stopped::{Stop, WaysOn, stopped},
    token::{self, NoToken},
};

/// Where the voter is.
#[derive(Clone)]
enum Stage {
    Code { fault: Option<Phrase> },
    Opening,
    Intro(Filling),
    Form { filling: Filling, faults: Vec<Fault> },
    Sending(Progress),
    Done { done: Submitted, note: Text },
    Stopped(Stop),
}

/// What all stages share.
#[derive(Clone, Copy)]
struct Voter {
    plan: StoredValue<String>,
    code: StoredValue<String>,
    /// The fingerprint of its group's key that the card names.
    pin: StoredValue<Option<String>>,
    /// The code came by a public link, and nobody holds a card.
    by_link: StoredValue<bool>,
    /// A hall shares this device.
    kiosk: bool,
    title: RwSignal<String>,
    version: RwSignal<Option<String>>,
    stage: RwSignal<Stage>,
}

/// The ballot page of the plan that the address names.
pub fn page() -> Vec<Drawn> {
    let voter = Voter {
        plan: StoredValue::new(Address::read(&browser::path(), "").plan),
        code: StoredValue::new(String::new()),
        pin: StoredValue::new(None),
        by_link: StoredValue::new(false),
        kiosk: kiosk::is_on(),
        title: RwSignal::new(browser::shell_title()),
        version: RwSignal::new(None),
        stage: RwSignal::new(Stage::Opening),
    };
    voter.forget_old_drafts();
    voter.arrive();
    // A second card scanned in the same tab changes nothing but the fragment.
    window_event_listener(leptos::ev::hashchange, move |_| {
        let Address { fragment, .. } = Address::read(&browser::path(), &browser::fragment());
        if code::normalise(&fragment).is_some() || open_code::read_link(&fragment).is_some() {
            voter.arrive();
        }
    });
    // Gone back to, a page may stand as it was left, in front of somebody else.
    window_event_listener(leptos::ev::Custom::<web_sys::Event>::new("pageshow"), move |event| {
        if browser::was_kept(&event) {
            Memory::Nothing.keep(&voter.plan.get_value());
            voter.arrive();
        }
    });
    window_event_listener(leptos::ev::online, move |_| {
        if let Stage::Sending(progress) = voter.stage.get_untracked() {
            progress.hurry();
        }
    });
    follow(move || {
        let title = voter.title.read();
        browser::set_title(if title.is_empty() { text::shell::NAME.in_(lang().get()) } else { &title });
    });
    let main = el("main").attr("id", "main").attr("tabindex", "-1").live_all(move || voter.draw());
    let foot = classed("footer", "foot").live_all(move || {
        let version: Option<String> = voter.version.get().map(|sha| sha.chars().take(12).collect());
        version.map(|version| el("p").live(move || fill(words::FOOT, &[&version]))).into_iter().collect()
    });
    let mut page = head();
    page.extend(voter.kiosk.then(|| kiosk::watch(move || voter.is_underway(), move || voter.begin_again())));
    page.extend([main, foot]);
    page
}

impl Voter {
    /// Turns to a page, its top, and its heading for readers' voices.
    fn go(self, stage: Stage) {
        self.stage.set(stage);
        request_animation_frame(|| {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let faults = document().get_element_by_id("error-summary").is_some();
            browser::focus(if faults { "error-summary" } else { "title" });
        });
    }

    /// Reads the code out of the address, or what this tab remembers.
    fn arrive(self) {
        let address = Address::read(&browser::path(), &browser::fragment());
        let fragment = &address.fragment;
        let link = open_code::read_link(fragment);
        self.by_link.set_value(link.is_some());
        if let Some((period, group)) = link {
            // A public link may stay in sight: it is no secret, and a reload needs it.
            return self.ask_for_code(period.to_owned(), group.to_owned());
        }
        if !fragment.is_empty() {
            browser::replace_address(&address.plain());
        }
        let plan = self.plan.get_value();
        match code::normalise(fragment) {
            Some(code) => self.open_or_show(Card { code, pin: address.pin }),
            None if !fragment.is_empty() => self.go(Stage::Code { fault: Some(fault_of(fragment)) }),
            // The next voter at a shared device comes by the bare link, or goes back: they see nobody's ballot. A reload
            // in the middle goes on; what was submitted is shown for its code alone.
            None => match Memory::read(&plan) {
                Memory::Code(card) if browser::is_reload() => self.open(card),
                Memory::Code(_) => {
                    Memory::Nothing.keep(&plan);
                    self.go(Stage::Code { fault: None });
                }
                Memory::Nothing | Memory::Done(_) => self.go(Stage::Code { fault: None }),
            },
        }
    }

    fn forget_old_drafts(self) {
        Draft::forget_old(if self.kiosk { KIOSK_DRAFT_LIFE } else { DRAFT_LIFE });
    }

    /// Whether there is something of a voter on the page.
    fn is_underway(self) -> bool {
        let stage = self.stage.read_untracked();
        is_begun() || !matches!(*stage, Stage::Code { fault: None } | Stage::Opening | Stage::Sending(_))
    }

    /// To the next voter: this tab knows nothing of the last one any more.
    fn begin_again(self) {
        Memory::Nothing.keep(&self.plan.get_value());
        self.code.set_value(String::new());
        self.pin.set_value(None);
        self.version.set(None);
        self.go(Stage::Code { fault: None });
    }

    /// Opens a code's paper, or shows its receipt where this tab has it.
    fn open_or_show(self, card: Card) {
        let plan = self.plan.get_value();
        match Memory::read(&plan) {
            Memory::Done(done) if done.is_of(&Key::new(&plan, &card.code)) => self.show(done, words::DONE_BEFORE),
            _ => self.open(card),
        }
    }

    /// Gets this browser's code for an open group.
    fn ask_for_code(self, period: String, group: String) {
        let plan = self.plan.get_value();
        self.code.set_value(String::new());
        self.go(Stage::Opening);
        spawn_local(async move {
            match public_link::code(&plan, &period, &group).await {
                Ok(code) => self.open(Card { code, pin: None }),
                Err(refusal) => self.stop(&refusal),
            }
        });
    }

    fn stop_of(self, refusal: &Refusal) -> Stop {
        match Stop::of(refusal) {
            Stop::Used if self.by_link.get_value() => Stop::Voted,
            stop => stop,
        }
    }

    fn stop(self, refusal: &Refusal) {
        self.go(Stage::Stopped(self.stop_of(refusal)));
    }

    fn show(self, done: Submitted, note: Text) {
        self.version.set(Some(done.plan_sha256.clone()));
        self.go(Stage::Done { done, note });
    }

    /// Fetches the paper of a code.
    fn open(self, card: Card) {
        self.forget_old_drafts();
        let plan = self.plan.get_value();
        Memory::Code(card.clone()).keep(&plan);
        let Card { code, pin } = card;
        self.code.set_value(code.clone());
        self.pin.set_value(pin);
        self.go(Stage::Opening);
        spawn_local(async move {
            let request = PaperRequest { plan: plan.clone(), code: code.clone() };
            match server::post::<BallotPaper>("/api/ballot-paper", &request).await {
                Ok(answer) => {
                    self.title.set(answer.body.plan_title.clone());
                    self.version.set(Some(answer.body.plan_sha256.clone()));
                    self.take(plan, code, answer.body);
                }
                Err(refusal) => match refusal.code() {
                    Some(ErrorCode::CodeUsed | ErrorCode::PlanClosed) => {
                        self.recall(&plan, &code, self.stop_of(&refusal))
                    }
                    _ => {
                        if matches!(refusal.code(), Some(ErrorCode::UnknownCode | ErrorCode::CodeVoided)) {
                            Memory::Nothing.keep(&plan);
                        }
                        self.stop(&refusal);
                    }
                },
            }
        });
    }

    /// Takes a paper into hand.
    fn take(self, plan: String, code: String, paper: BallotPaper) {
        let Some(draft) = Draft::of(&Key::new(&plan, &code), &paper.plan_sha256) else {
            return self.go(Stage::Stopped(Stop::Failed(words::NO_RANDOM.into())));
        };
        // An exchanged code opens its paper for good: whether its ballot arrived, only the ballot knows.
        match Errand::after(&plan, &code, &draft) {
            Some(errand) if draft.token.is_some() && draft.sent.is_some() => self.deliver(errand),
            _ => self.go(Stage::Intro(Filling::new(&plan, &code, paper, draft))),
        }
    }

    /// Somebody starts to fill it in. In a blind group the code becomes a token now, by a tap of the finger: a program
    /// that looks at links before people do uses nothing up.
    fn start(self, filling: Filling) {
        let to_form = move || self.go(Stage::Form { filling, faults: Vec::new() });
        let pin = self.pin.get_value();
        let group = match filling.blind_key() {
            _ if filling.draft().token.is_some() => return to_form(),
            Some(group) => group,
            None if pin.is_none() => return to_form(),
            // Its ballot would go in under the code, which the office may know, though the card promises a token.
            None => return self.go(Stage::Stopped(Stop::OtherKey(words::OTHER_KEY_CARD))),
        };
        self.go(Stage::Opening);
        spawn_local(async move {
            let (plan, code) = (self.plan.get_value(), self.code.get_value());
            let mut draft = filling.draft();
            let done = match token::compare(&plan, &group, pin.as_deref()).await {
                Ok(()) => token::exchange(&plan, &code, &Key::new(&plan, &code), &group, &mut draft).await,
                Err(other) => Err(other),
            };
            let stop = match done {
                Ok(()) => {
                    filling.hold(draft);
                    return to_form();
                }
                Err(NoToken::Refused(refusal)) => Stop::of(&refusal),
                Err(NoToken::NoTool) => Stop::Failed(words::NO_TOOL.into()),
                Err(NoToken::WrongKey) => Stop::OtherKey(words::WRONG_KEY),
                Err(NoToken::NotOnCard) => Stop::OtherKey(words::OTHER_KEY_CARD),
                Err(NoToken::NotInList) => Stop::OtherKey(words::OTHER_KEY_LIST),
            };
            self.go(Stage::Stopped(stop));
        });
    }

    /// The code opens nothing any more. If this device has sent its ballot and never heard the answer, the
    /// same request again brings the receipt.
    fn recall(self, plan: &str, code: &str, stop: Stop) {
        let draft = Draft::kept(&Key::new(plan, code));
        match draft.and_then(|draft| Errand::after(plan, code, &draft)) {
            Some(errand) => self.deliver(errand),
            None => {
                Memory::Nothing.keep(plan);
                self.go(Stage::Stopped(stop));
            }
        }
    }

    fn send(self, filling: Filling) {
        let plan_sha256 = filling.head().plan_sha256.clone();
        let code = self.code.get_value();
        let (request, earlier) = (filling.send(), filling.draft().earlier);
        self.deliver(Errand { request, code, plan_sha256, filling: Some(filling), earlier, asks_for_first: false });
    }

    fn deliver(self, errand: Errand) {
        let progress = Progress::new();
        self.go(Stage::Sending(progress));
        spawn_local(async move {
            let sent = deliver(&errand.request, progress).await;
            self.sent(&errand, sent);
        });
    }

    fn sent(self, errand: &Errand, sent: Sent) {
        let (plan, code) = (&errand.request.plan, &errand.code);
        match sent {
            Sent::Receipt { receipt, again } => {
                let key = Key::new(plan, code);
                Draft::forget(&key);
                let done = Submitted {
                    title: self.title.get_untracked(),
                    group: errand.filling.map(|filling| filling.head().group.clone()).unwrap_or_default(),
                    ..Submitted::new(&key, receipt, errand.plan_sha256.clone())
                };
                if self.kiosk { Memory::Nothing } else { Memory::Done(done.clone()) }.keep(plan);
                let note = match again {
                    _ if errand.asks_for_first => words::DONE_FIRST,
                    true => words::DONE_BEFORE,
                    false => words::DONE_NOTE,
                };
                self.show(done, note);
            }
            // An earlier try, whose answer was lost, may be what used the code.
            Sent::Refused(refusal)
                if matches!(refusal.code(), Some(ErrorCode::CodeUsed | ErrorCode::PlanClosed))
                    && !errand.earlier.is_empty() =>
            {
                self.deliver(errand.before());
            }
            Sent::Refused(refusal) => match (refusal.code(), errand.filling) {
                (Some(ErrorCode::InvalidBallot), Some(filling)) => {
                    let found =
                        untrack(|| filling.with(|sheet, choices| form::faults_of(sheet, &sheet.check(choices))));
                    let faults = if found.is_empty() { vec![Fault::at("main", words::FAULT_PAPER)] } else { found };
                    self.go(Stage::Form { filling, faults });
                }
                _ => {
                    if matches!(refusal.code(), Some(ErrorCode::CodeUsed | ErrorCode::CodeVoided)) {
                        Memory::Nothing.keep(plan);
                    }
                    self.stop(&refusal);
                }
            },
        }
    }

    fn draw(self) -> Vec<Drawn> {
        let title = || el("h1").attr("id", "title").attr("tabindex", "-1").text(&self.title.get_untracked());
        match self.stage.get() {
            Stage::Code { fault } => vec![
                classed("header", "stack").add(title()).add(said("h2", words::CODE_TITLE)),
                classed("div", "panel").add(code_form(fault, move |card| self.open(card))),
            ],
            Stage::Opening => {
                vec![title(), said("p", words::OPENING).attr("class", "opening").attr("role", "status")]
            }
            Stage::Intro(filling) => intro(filling, self.kiosk, move || self.start(filling)),
            Stage::Form { filling, faults } => form(filling, faults, move || self.send(filling)),
            Stage::Sending(progress) => sending(progress),
            Stage::Done { done, note } => {
                let result = format!("/public/{}", self.plan.get_value());
                let other = if self.kiosk { Other::NextPerson } else { Other::OwnCode };
                let on_other = move || self.begin_again();
                receipt(&done, note, &result, (!self.by_link.get_value()).then_some((other, on_other)))
            }
            Stage::Stopped(stop) => {
                let ways = WaysOn {
                    on_code: move |card| self.open(card),
                    on_retry: move || match self.code.get_value() {
                        code if code.is_empty() => self.arrive(),
                        code => self.open(Card { code, pin: self.pin.get_value() }),
                    },
                    // The plain page asks for a code from a card.
                    plain: (!self.by_link.get_value()).then(|| format!("/ballot/{}/plain", self.plan.get_value())),
                    result: format!("/public/{}", self.plan.get_value()),
                };
                stopped(&stop, &self.title.get_untracked(), ways)
            }
        }
    }
}
