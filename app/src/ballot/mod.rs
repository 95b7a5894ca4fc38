//! The ballot: from a code to a receipt.
//!
//! Owns the order of the pages and what is remembered between them. A page is a stage; a stage is
//! entered by an event (a code, a tap, an answer) and by nothing else.

mod bar;
mod cards;
mod code_form;
mod draft;
mod filling;
mod form;
mod intro;
mod receipt;
mod sending;
pub mod sheet;
mod stopped;

use leptos::{prelude::*, task::spawn_local};
use text::ballot as words;
use wire::{
    ErrorCode, code,
    ballot::{BallotPaper, BallotRequest, PaperRequest},
};

use self::{
    code_form::{CodeForm, fault_of},
    draft::{Draft, Key, Memory, Submitted},
    filling::Filling,
    form::Form,
    intro::Intro,
    receipt::ReceiptPage,
    sending::{Sending, Sent},
    stopped::{Stop, Stopped},
};
use crate::{
    browser,
    error_summary::Fault,
    head::Head,
    server,
    words::{Phrase, fill, t},
};

/// Where the voter is.
#[derive(Clone)]
enum Stage {
    Code { fault: Option<Phrase> },
    Opening,
    Intro(Filling),
    Form { filling: Filling, faults: Vec<Fault> },
    Sending(Box<Errand>),
    Done { done: Submitted, again: bool },
    Stopped(Stop),
}

/// A ballot on its way.
#[derive(Clone)]
struct Errand {
    request: BallotRequest,
    plan_sha256: String,
    /// The ballot as it can still be changed; none where it was sent before a reload.
    filling: Option<Filling>,
}

/// What all stages share.
#[derive(Clone, Copy)]
struct Voter {
    plan: StoredValue<String>,
    code: StoredValue<String>,
    title: RwSignal<String>,
    version: RwSignal<Option<String>>,
    stage: RwSignal<Stage>,
}

/// The ballot page of the plan that the address names.
#[component]
pub fn BallotPage() -> impl IntoView {
    let path = browser::path();
    let plan = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let voter = Voter {
        plan: StoredValue::new(plan),
        code: StoredValue::new(String::new()),
        title: RwSignal::new(browser::shell_title()),
        version: RwSignal::new(None),
        stage: RwSignal::new(Stage::Opening),
    };
    voter.arrive();
    // A second card scanned in the same tab changes nothing but the fragment.
    let scanned = window_event_listener(leptos::ev::hashchange, move |_| {
        if code::normalise(&browser::fragment()).is_some() {
            voter.arrive();
        }
    });
    on_cleanup(move || scanned.remove());
    Effect::new(move |before: Option<()>| {
        voter.stage.track();
        let title = voter.title.read();
        browser::set_title(if title.is_empty() { t(text::shell::NAME)() } else { &title });
        if before.is_some() {
            request_animation_frame(|| {
                if let Some(page) = document().get_element_by_id("error-summary") {
                    browser::focus(&page.id());
                } else {
                    window().scroll_to_with_x_and_y(0.0, 0.0);
                    browser::focus("title");
                }
            });
        }
    });
    view! {
        <Head />
        <main id="main" tabindex="-1">{move || voter.page()}</main>
        <footer class="foot">
            {move || voter.version.get().map(|sha| {
                let short: String = sha.chars().take(12).collect();
                view! { <p>{fill(words::FOOT, &[&short])}</p> }
            })}
        </footer>
    }
}

impl Voter {
    fn go(self, stage: Stage) {
        self.stage.set(stage);
    }

    /// Reads the code out of the address, or what this tab remembers.
    fn arrive(self) {
        let fragment = browser::fragment();
        if !fragment.is_empty() {
            browser::replace_address(&browser::path());
        }
        let plan = self.plan.get_value();
        match code::normalise(&fragment) {
            Some(code) => match Memory::read(&plan) {
                Memory::Done(done) if done.is_of(&Key::new(&plan, &code)) => self.show(done, true),
                _ => self.open(code),
            },
            None if !fragment.is_empty() => self.go(Stage::Code { fault: Some(fault_of(&fragment)) }),
            None => match Memory::read(&plan) {
                Memory::Nothing => self.go(Stage::Code { fault: None }),
                Memory::Code(code) => self.open(code),
                Memory::Done(done) => self.show(done, true),
            },
        }
    }

    fn show(self, done: Submitted, again: bool) {
        self.version.set(Some(done.plan_sha256.clone()));
        self.go(Stage::Done { done, again });
    }

    /// Fetches the paper of a code.
    fn open(self, code: String) {
        let plan = self.plan.get_value();
        Memory::Code(code.clone()).keep(&plan);
        self.code.set_value(code.clone());
        self.go(Stage::Opening);
        spawn_local(async move {
            let request = PaperRequest { plan: plan.clone(), code: code.clone() };
            match server::post::<BallotPaper>("/api/ballot-paper", &request).await {
                Ok(answer) => {
                    self.title.set(answer.body.plan_title.clone());
                    self.version.set(Some(answer.body.plan_sha256.clone()));
                    match Filling::new(&plan, &code, answer.body) {
                        Some(filling) => self.go(Stage::Intro(filling)),
                        None => self.go(Stage::Stopped(Stop::Failed(words::NO_RANDOM.into()))),
                    }
                }
                Err(refusal) => match refusal.code() {
                    Some(ErrorCode::CodeUsed | ErrorCode::PlanClosed) => self.recall(&plan, &code, Stop::of(&refusal)),
                    _ => {
                        if refusal.code() == Some(ErrorCode::UnknownCode) {
                            Memory::Nothing.keep(&plan);
                        }
                        self.go(Stage::Stopped(Stop::of(&refusal)));
                    }
                },
            }
        });
    }

    /// The code opens nothing any more. If this device has sent its ballot and never heard the answer, the
    /// same request again brings the receipt.
    fn recall(self, plan: &str, code: &str, stop: Stop) {
        let sent = Draft::kept(&Key::new(plan, code)).and_then(|draft| {
            let request = BallotRequest {
                plan: plan.to_owned(),
                code: code.to_owned(),
                ballot_id: draft.ballot_id,
                marks: draft.sent?,
            };
            Some(Errand { request, plan_sha256: draft.plan_sha256, filling: None })
        });
        match sent {
            Some(errand) => self.go(Stage::Sending(Box::new(errand))),
            None => {
                Memory::Nothing.keep(plan);
                self.go(Stage::Stopped(stop));
            }
        }
    }

    fn send(self, filling: Filling) {
        let plan_sha256 = filling.head().plan_sha256.clone();
        let errand = Errand { request: filling.send(), plan_sha256, filling: Some(filling) };
        self.go(Stage::Sending(Box::new(errand)));
    }

    fn sent(self, errand: &Errand, sent: Sent) {
        let (plan, code) = (&errand.request.plan, &errand.request.code);
        match sent {
            Sent::Receipt { receipt, again } => {
                let key = Key::new(plan, code);
                Draft::forget(&key);
                let done = Submitted::new(&key, receipt, errand.plan_sha256.clone());
                Memory::Done(done.clone()).keep(plan);
                self.show(done, again);
            }
            Sent::Refused(refusal) => match (refusal.code(), errand.filling) {
                (Some(ErrorCode::InvalidBallot), Some(filling)) => {
                    let found = filling.with(|sheet, choices| form::faults_of(sheet, &sheet.check(choices)));
                    let faults = if found.is_empty() { vec![Fault::at("main", words::FAULT_PAPER)] } else { found };
                    self.go(Stage::Form { filling, faults });
                }
                _ => {
                    if refusal.code() == Some(ErrorCode::CodeUsed) {
                        Memory::Nothing.keep(plan);
                    }
                    self.go(Stage::Stopped(Stop::of(&refusal)));
                }
            },
        }
    }

    fn page(self) -> AnyView {
        let on_code = Callback::new(move |code| self.open(code));
        match self.stage.get() {
            Stage::Code { fault } => {
                let title = self.title.get();
                view! {
                    <header class="stack">
                        <h1 id="title" tabindex="-1">{title}</h1>
                        <h2>{t(words::CODE_TITLE)}</h2>
                    </header>
                    <div class="panel"><CodeForm fault=fault on_code /></div>
                }
                .into_any()
            }
            Stage::Opening => view! {
                <h1 id="title" tabindex="-1">{self.title.get_untracked()}</h1>
                <p class="opening" role="status">{t(words::OPENING)}</p>
            }
            .into_any(),
            Stage::Intro(filling) => {
                let on_start = Callback::new(move |()| self.go(Stage::Form { filling, faults: Vec::new() }));
                view! { <Intro filling on_start /> }.into_any()
            }
            Stage::Form { filling, faults } => {
                let on_send = Callback::new(move |()| self.send(filling));
                view! { <Form filling faults on_send /> }.into_any()
            }
            Stage::Sending(errand) => {
                let request = errand.request.clone();
                let on_end = Callback::new(move |sent| self.sent(&errand, sent));
                view! { <Sending request on_end /> }.into_any()
            }
            Stage::Done { done, again } => {
                let on_other = Callback::new(move |()| {
                    Memory::Nothing.keep(&self.plan.get_value());
                    self.version.set(None);
                    self.go(Stage::Code { fault: None });
                });
                view! { <ReceiptPage done again on_other /> }.into_any()
            }
            Stage::Stopped(stop) => {
                let plain = format!("/ballot/{}/plain", self.plan.get_value());
                let on_retry = Callback::new(move |()| self.open(self.code.get_value()));
                view! { <Stopped stop title=self.title.get_untracked() plain on_code on_retry /> }.into_any()
            }
        }
    }
}
