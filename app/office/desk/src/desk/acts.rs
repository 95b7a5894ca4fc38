//! What is done with a plan on the list: copied for the next year, put into the archive and taken out, deleted as a draft.

use frame::{
    browser::focus_soon,
    server::Refusal,
    words::{fill, t},
};
use leptos::prelude::*;
use office_frame::{Office, asking, route::plan_href};
use text::{Text, office as office_words, office_desk as words};
use wire::{
    desk::{Archived, DeskLine},
    plan::PlanSaved,
};

/// A plan's title, or what stands for one.
pub fn title_of(line: &DeskLine) -> String {
    if line.title.is_empty() { t(office_words::UNTITLED)().to_owned() } else { line.title.clone() }
}

/// The list, and what is being done with it.
#[derive(Clone, Copy)]
pub struct Desk {
    pub office: Office,
    pub lines: RwSignal<Vec<DeskLine>>,
    pub busy: RwSignal<bool>,
    /// The draft of which is asked whether it is to go.
    pub going: RwSignal<Option<DeskLine>>,
    /// What was done last, to the plan of this title.
    pub done: RwSignal<Option<(Text, String)>>,
    pub failed: RwSignal<Option<Refusal>>,
}

impl Desk {
    pub fn new(office: Office, lines: Vec<DeskLine>) -> Desk {
        Desk {
            office,
            lines: RwSignal::new(lines),
            busy: RwSignal::new(false),
            going: RwSignal::new(None),
            done: RwSignal::new(None),
            failed: RwSignal::new(None),
        }
    }

    fn begin(self) {
        self.done.set(None);
        self.failed.set(None);
    }

    /// Says what was done, where a reader's voice and the keyboard find it: the line may be gone.
    fn say(self, text: Text, line: &DeskLine) {
        self.done.try_set(Some((text, title_of(line))));
        focus_soon("done");
    }

    fn refuse(self, refusal: Refusal) {
        self.failed.try_set(Some(refusal));
        focus_soon("failed");
    }

    /// Makes a draft of the next year, and goes there.
    pub fn copy(self, line: DeskLine) {
        self.begin();
        asking::run(self.busy, async move {
            let path = format!("/api/plans?from={}", line.id);
            match asking::post::<PlanSaved>(&path, &serde_json::Map::new()).await {
                Ok(made) => self.office.go(&plan_href(&made.body.id, "setup")),
                Err(refusal) => self.refuse(refusal),
            }
        });
    }

    /// Puts a plan into the archive, or takes it out.
    pub fn move_it(self, line: DeskLine) {
        self.begin();
        asking::run(self.busy, async move {
            let path = format!("/api/plans/{}/{}", line.id, if line.archived { "unarchive" } else { "archive" });
            match asking::post::<Archived>(&path, &serde_json::Map::new()).await {
                Ok(answer) => {
                    let archived = answer.body.archived;
                    self.again().await;
                    self.say(if archived { words::PUT_AWAY_DONE } else { words::TAKE_OUT_DONE }, &line);
                }
                Err(refusal) => self.refuse(refusal),
            }
        });
    }

    /// Asks whether a draft is to go.
    pub fn ask(self, line: DeskLine) {
        self.begin();
        self.going.set(Some(line));
        focus_soon("deleting");
    }

    /// Deletes the draft of which was asked.
    pub fn delete(self) {
        let Some(line) = self.going.get_untracked() else { return };
        asking::run(self.busy, async move {
            let gone = asking::delete::<()>(&format!("/api/plans/{}", line.id), &serde_json::Map::new()).await;
            self.going.try_set(None);
            match gone {
                Ok(_) => {
                    self.lines.try_update(|lines| lines.retain(|one| one.id != line.id));
                    self.say(words::DELETE_DONE, &line);
                }
                Err(refusal) => self.refuse(refusal),
            }
        });
    }

    /// The lines as they are now; where that fails, those of before stay.
    async fn again(self) {
        if let Ok(lines) = asking::all::<wire::desk::Desk>("/api/desk").await {
            self.lines.try_set(lines);
        }
    }
}

/// What a refusal says, and what of a draft keeps it.
fn said(refusal: &Refusal) -> String {
    let Refusal::Said(body) = refusal else { return refusal.phrase().say() };
    let things = words::THINGS.iter().filter(|(path, _)| body.fields.iter().any(|field| field.path == *path));
    let things: Vec<&str> = things.map(|(_, text)| t(*text)()).collect();
    match things[..] {
        [] => refusal.phrase().say(),
        _ => {
            let things = frame::words::joined(things, "、");
            format!("{} {}", refusal.phrase().say(), fill(words::IN_USE, &[&things]))
        }
    }
}

/// What was done, what was refused, and the question before a draft goes.
#[component]
pub fn Doings(desk: Desk) -> impl IntoView {
    let question = move || {
        let line = desk.going.get()?;
        let title = title_of(&line);
        Some(view! {
            <section class="note warn stack" id="deleting" tabindex="-1" role="group" aria-labelledby="deleting-title">
                <h2 id="deleting-title">{fill(words::DELETE_TITLE, &[&title])}</h2>
                <p>{t(words::DELETE_NOTE)}</p>
                <p class="row">
                    <button type="button" on:click=move |_| desk.going.set(None)>{t(words::DELETE_KEEP)}</button>
                    <button type="button" class="danger" aria-disabled=move || desk.busy.get().to_string() on:click=move |_| desk.delete()>{t(words::DELETE)}</button>
                </p>
            </section>
        })
    };
    view! {
        {move || desk.failed.get().map(|refusal| view! { <p class="note bad" id="failed" tabindex="-1" role="alert">{move || said(&refusal)}</p> })}
        {move || desk.done.get().map(|(text, title)| view! { <p class="note good" id="done" tabindex="-1" role="status">{move || fill(text, &[&title])}</p> })}
        {question}
    }
}
