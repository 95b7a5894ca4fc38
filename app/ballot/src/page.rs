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
use text::ballot as words;
use wire::{
    ErrorCode,
    ballot::{BallotPaper, BallotRequest, PaperRequest},
    code, open_code,
};

use crate::{
    code_form::{code_form, fault_of},
    draft::{Draft, Key, Memory, Submitted},
    filling::Filling,
    form::{self, form},
    intro::intro,
    public_link,
    receipt::receipt,
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
    Done { done: Submitted, again: bool },
    Stopped(Stop),
}

/// A ballot on its way.
#[derive(Clone)]
struct Errand {
    request: BallotRequest,
    /// The code that its draft is kept under.
    code: String,
    plan_sha256: String,
    /// The ballot as it can still be changed; none where it was sent before a reload.
    filling: Option<Filling>,
}

/// What all stages share.
#[derive(Clone, Copy)]
struct Voter {
    plan: StoredValue<String>,
    code: StoredValue<String>,
    /// The code came by a public link, and nobody holds a card.
    by_link: StoredValue<bool>,
    title: RwSignal<String>,
    version: RwSignal<Option<String>>,
    stage: RwSignal<Stage>,
}

/// The ballot page of the plan that the address names.
pub fn page() -> Vec<Drawn> {
    let path = browser::path();
    let plan = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let voter = Voter {
        plan: StoredValue::new(plan),
        code: StoredValue::new(String::new()),
        by_link: StoredValue::new(false),
        title: RwSignal::new(browser::shell_title()),
        version: RwSignal::new(None),
        stage: RwSignal::new(Stage::Opening),
    };
    voter.arrive();
    // A second card scanned in the same tab changes nothing but the fragment.
    window_event_listener(leptos::ev::hashchange, move |_| {
        let fragment = browser::fragment();
        if code::normalise(&fragment).is_some() || open_code::read_link(&fragment).is_some() {
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
        let fragment = browser::fragment();
        let link = open_code::read_link(&fragment);
        self.by_link.set_value(link.is_some());
        if let Some((period, group)) = link {
            // A public link may stay in sight: it is no secret, and a reload needs it.
            return self.ask_for_code(period.to_owned(), group.to_owned());
        }
        if !fragment.is_empty() {
            browser::replace_address(&browser::path());
        }
        let plan = self.plan.get_value();
        match code::normalise(&fragment) {
            Some(code) => self.open_or_show(code),
            None if !fragment.is_empty() => self.go(Stage::Code { fault: Some(fault_of(&fragment)) }),
            None => match Memory::read(&plan) {
                Memory::Nothing => self.go(Stage::Code { fault: None }),
                Memory::Code(code) => self.open(code),
                Memory::Done(done) => self.show(done, true),
            },
        }
    }

    /// Opens a code's paper, or shows its receipt where this tab has it.
    fn open_or_show(self, code: String) {
        let plan = self.plan.get_value();
        match Memory::read(&plan) {
            Memory::Done(done) if done.is_of(&Key::new(&plan, &code)) => self.show(done, true),
            _ => self.open(code),
        }
    }

    /// Gets this browser's code for an open group.
    fn ask_for_code(self, period: String, group: String) {
        let plan = self.plan.get_value();
        self.code.set_value(String::new());
        self.go(Stage::Opening);
        spawn_local(async move {
            match public_link::code(&plan, &period, &group).await {
                Ok(code) => self.open_or_show(code),
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
                    self.take(plan, code, answer.body).await;
                }
                Err(refusal) => match refusal.code() {
                    Some(ErrorCode::CodeUsed | ErrorCode::PlanClosed) => {
                        self.recall(&plan, &code, self.stop_of(&refusal))
                    }
                    _ => {
                        if refusal.code() == Some(ErrorCode::UnknownCode) {
                            Memory::Nothing.keep(&plan);
                        }
                        self.stop(&refusal);
                    }
                },
            }
        });
    }

    /// Takes a paper into hand; in a blind group once its code has become a token.
    async fn take(self, plan: String, code: String, paper: BallotPaper) {
        let key = Key::new(&plan, &code);
        let Some(mut draft) = Draft::of(&key, &paper.plan_sha256) else {
            return self.go(Stage::Stopped(Stop::Failed(words::NO_RANDOM.into())));
        };
        if let Some(group) = paper.blind_keys.first() {
            let stop = match token::exchange(&plan, &code, &key, group, &mut draft).await {
                // An exchanged code opens its paper for good: whether its ballot arrived, only the ballot knows.
                Ok(()) => match draft.sent.clone() {
                    Some(marks) => {
                        let request = draft.request(&plan, &code, marks);
                        return self.deliver(Errand { request, code, plan_sha256: draft.plan_sha256, filling: None });
                    }
                    None => None,
                },
                Err(NoToken::Refused(refusal)) => Some(Stop::of(&refusal)),
                Err(NoToken::NoTool) => Some(Stop::Failed(words::NO_TOOL.into())),
                Err(NoToken::WrongKey) => Some(Stop::Failed(words::WRONG_KEY.into())),
            };
            if let Some(stop) = stop {
                return self.go(Stage::Stopped(stop));
            }
        }
        self.go(Stage::Intro(Filling::new(&plan, &code, paper, draft)));
    }

    /// The code opens nothing any more. If this device has sent its ballot and never heard the answer, the
    /// same request again brings the receipt.
    fn recall(self, plan: &str, code: &str, stop: Stop) {
        let sent = Draft::kept(&Key::new(plan, code)).and_then(|draft| {
            let request = draft.request(plan, code, draft.sent.clone()?);
            Some(Errand { request, code: code.to_owned(), plan_sha256: draft.plan_sha256, filling: None })
        });
        match sent {
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
        self.deliver(Errand { request: filling.send(), code, plan_sha256, filling: Some(filling) });
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
                let done = Submitted::new(&key, receipt, errand.plan_sha256.clone());
                Memory::Done(done.clone()).keep(plan);
                self.show(done, again);
            }
            Sent::Refused(refusal) => match (refusal.code(), errand.filling) {
                (Some(ErrorCode::InvalidBallot), Some(filling)) => {
                    let found =
                        untrack(|| filling.with(|sheet, choices| form::faults_of(sheet, &sheet.check(choices))));
                    let faults = if found.is_empty() { vec![Fault::at("main", words::FAULT_PAPER)] } else { found };
                    self.go(Stage::Form { filling, faults });
                }
                _ => {
                    if refusal.code() == Some(ErrorCode::CodeUsed) {
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
                classed("div", "panel").add(code_form(fault, move |code| self.open(code))),
            ],
            Stage::Opening => {
                vec![title(), said("p", words::OPENING).attr("class", "opening").attr("role", "status")]
            }
            Stage::Intro(filling) => intro(filling, move || self.go(Stage::Form { filling, faults: Vec::new() })),
            Stage::Form { filling, faults } => form(filling, faults, move || self.send(filling)),
            Stage::Sending(progress) => sending(progress),
            Stage::Done { done, again } => {
                let on_other = move || {
                    Memory::Nothing.keep(&self.plan.get_value());
                    self.version.set(None);
                    self.go(Stage::Code { fault: None });
                };
                receipt(&done, again, (!self.by_link.get_value()).then_some(on_other))
            }
            Stage::Stopped(stop) => {
                let ways = WaysOn {
                    on_code: move |code| self.open(code),
                    on_retry: move || match self.code.get_value() {
                        code if code.is_empty() => self.arrive(),
                        code => self.open(code),
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
