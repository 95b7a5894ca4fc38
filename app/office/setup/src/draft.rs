//! A plan being changed: the document as it stands on the screen, the way back, and saving.
//!
//! Owns undo and redo, what has been saved, and what is wrong with the document (scoring's validity,
//! asked again after every change). Refuses to own how it is shown: a view follows [`Draft::typed`]
//! (anything changed) or [`Draft::shaped`] (rows came or went, so controls must be drawn anew).

use std::collections::BTreeMap;

use frame::{error_summary::Fault, server::Refusal};
use leptos::{prelude::*, task::spawn_local};
use office_frame::{Office, asking, limits::MOST_STEPS_BACK, plan_context::PlanContext, pointer};
use office_plan_words::complaint;
use scoring::{Problem, json::Value};
use text::office_setup as words;
use wire::{
    ErrorCode, Field,
    plan::{MOST_BYTES, PlanAnswer, PlanSaved, PlanState},
    staff::Role,
};

/// The code of what is told of codes that a plan does not fit.
pub const UNFIT: &str = "codes_without_paper";

/// How saving stands.
#[derive(Clone, PartialEq, Debug)]
pub enum Saving {
    /// Nothing to save.
    Clean,
    /// Changed since.
    Changed,
    /// On its way.
    Busy,
    /// Somebody else saved another revision meanwhile: theirs.
    Conflict(Box<PlanAnswer>),
    /// Not saved, and why.
    Failed(Refusal),
    /// The document is larger than the server takes.
    TooLarge,
}

/// The document being changed. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The plan as the server has it.
    pub context: PlanContext,
    office: Office,
    now: StoredValue<Value>,
    past: StoredValue<Vec<Value>>,
    future: StoredValue<Vec<Value>>,
    /// The place of the run of typing that is one step back.
    run: StoredValue<Option<String>>,
    /// Any change.
    pub typed: RwSignal<u32>,
    /// A change after which controls are drawn anew.
    pub shaped: RwSignal<u32>,
    /// Id of the control that takes the focus after drawing anew.
    pub focus_next: StoredValue<Option<String>>,
    /// How saving stands.
    pub saving: RwSignal<Saving>,
    /// All that is wrong now.
    pub problems: Memo<Vec<Problem>>,
    /// What saving pointed out: codes that the plan no longer fits, and names that look alike.
    pub pointed_out: RwSignal<Vec<Field>>,
    /// What stood where another kind was chosen, by place and kind: chosen again, it comes back.
    pub shelf: StoredValue<BTreeMap<String, Value>>,
    /// An element that others use and that is to be removed, until that is answered.
    pub removing: RwSignal<Option<String>>,
    /// Why something typed was not taken.
    pub refused: RwSignal<Option<Fault>>,
    /// Ids of components whose points stay when the rest is filled up.
    pub locked: RwSignal<Vec<String>>,
    /// Ids of components whose points were changed since the sum was last right.
    pub touched: StoredValue<Vec<String>>,
}

impl Draft {
    /// A draft of the open plan.
    pub fn new(context: PlanContext, office: Office) -> Draft {
        let now = StoredValue::new(context.answer.read_untracked().plan.clone());
        let typed = RwSignal::new(0);
        let problems = Memo::new(move |_| {
            typed.track();
            now.with_value(scoring::opening::problems)
        });
        Draft {
            context,
            office,
            now,
            past: StoredValue::new(Vec::new()),
            future: StoredValue::new(Vec::new()),
            run: StoredValue::new(None),
            typed,
            shaped: RwSignal::new(0),
            focus_next: StoredValue::new(None),
            saving: RwSignal::new(Saving::Clean),
            problems,
            pointed_out: RwSignal::new(Vec::new()),
            shelf: StoredValue::new(BTreeMap::new()),
            removing: RwSignal::new(None),
            refused: RwSignal::new(None),
            locked: RwSignal::new(Vec::new()),
            touched: StoredValue::new(Vec::new()),
        }
    }

    /// Whether it can be changed here: a draft, by a planner. Following the plan's state.
    pub fn may_change(self) -> bool {
        self.context.state() == PlanState::Draft && self.office.is(Role::Planner)
    }

    /// Reads the document; not following.
    pub fn with<A>(self, read: impl FnOnce(&Value) -> A) -> A {
        self.now.with_value(read)
    }

    /// The text at a pointer; not following.
    pub fn text(self, place: &str) -> String {
        self.with(|value| pointer::text(value, place).to_owned())
    }

    /// A problem of the document in words; not following.
    pub fn say(self, problem: &Problem) -> String {
        self.with(|plan| complaint::placed(plan, problem))
    }

    fn remember(self) {
        let before = self.now.get_value();
        self.past.update_value(|past| {
            if past.len() == MOST_STEPS_BACK {
                past.remove(0);
            }
            past.push(before);
        });
        self.future.update_value(Vec::clear);
    }

    fn changed(self) {
        self.saving.set(Saving::Changed);
        self.typed.update(|count| *count += 1);
        self.office.router.guard.set(Some(words::UNSAVED_GUARD));
    }

    /// Writes what was typed into a control; `None` takes the member out. Typing on in the same control
    /// is one step back.
    pub fn type_in(self, place: &str, new: Option<Value>) {
        if self.with(|value| pointer::at(value, place) == new.as_ref()) {
            return;
        }
        if self.run.with_value(|run| run.as_deref() != Some(place)) {
            self.remember();
            self.run.set_value(Some(place.to_owned()));
        }
        self.now.update_value(|value| pointer::put(value, place, new));
        self.changed();
    }

    /// Changes something at a place in one step back; the controls stay.
    pub fn change(self, place: &str, change: impl FnOnce(&mut Value)) {
        self.remember();
        self.run.set_value(Some(place.to_owned()));
        self.now.update_value(change);
        self.changed();
    }

    /// Changes what controls there are; `focus` is the control that takes the focus then.
    pub fn reshape(self, focus: Option<String>, change: impl FnOnce(&mut Value)) {
        self.remember();
        self.run.set_value(None);
        self.now.update_value(change);
        self.focus_next.set_value(focus);
        self.changed();
        self.shaped.update(|count| *count += 1);
    }

    /// Puts another kind of thing in a place, and what was there on the shelf, from which it comes back with its kind.
    pub fn other_kind(self, focus: &str, (was, kind): (&str, &str), (old, new): (&str, &str), fresh: Value) {
        let named = |place: &str| self.with(|plan| pointer::by_ids(plan, place));
        let before = self.with(|plan| pointer::at(plan, old).cloned());
        let back = self.shelf.try_update_value(|shelf| {
            shelf.extend(before.map(|before| (format!("{} {was}", named(old)), before)));
            shelf.get(&format!("{} {kind}", named(new))).cloned()
        });
        let fresh = back.flatten().unwrap_or(fresh);
        self.reshape(Some(focus.to_owned()), |plan| {
            pointer::put(plan, old, None);
            pointer::put(plan, new, Some(fresh));
        });
    }

    /// Puts the whole document in the place of what is there.
    pub fn replace(self, new: Value) {
        self.reshape(None, |value| *value = new);
    }

    /// One step back.
    pub fn undo(self) {
        self.step(self.past, self.future);
    }

    /// One step forth.
    pub fn redo(self) {
        self.step(self.future, self.past);
    }

    fn step(self, from: StoredValue<Vec<Value>>, to: StoredValue<Vec<Value>>) {
        let Some(other) = from.try_update_value(Vec::pop).flatten() else { return };
        let now = self.now.get_value();
        to.update_value(|to| to.push(now));
        self.run.set_value(None);
        self.now.set_value(other);
        self.changed();
        self.shaped.update(|count| *count += 1);
    }

    /// Whether there is a step back, and a step forth; following.
    pub fn steps(self) -> (bool, bool) {
        self.typed.track();
        (self.past.with_value(|past| !past.is_empty()), self.future.with_value(|future| !future.is_empty()))
    }

    /// Sends the document to the server, over the revision that it was made from. `then` runs after it
    /// was kept.
    pub fn save(self, then: Option<Callback<()>>) {
        match self.saving.get_untracked() {
            Saving::Busy => return,
            Saving::Clean => {
                if let Some(then) = then {
                    then.run(());
                }
                return;
            }
            _ => {}
        }
        let document = self.now.get_value();
        if serde_json::to_string(&document).is_ok_and(|text| text.len() > MOST_BYTES) {
            self.saving.set(Saving::TooLarge);
            return;
        }
        self.saving.set(Saving::Busy);
        let (path, etag) = (format!("{}?draft=1", self.context.api("")), self.context.etag.get_value());
        spawn_local(async move {
            match asking::put::<PlanSaved>(&path, &document, etag.as_deref()).await {
                Ok(answer) => {
                    let PlanSaved { revision, problems, warnings, .. } = answer.body;
                    let of_codes = problems.into_iter().filter(|field| field.code == UNFIT);
                    self.pointed_out.try_set(of_codes.chain(warnings).collect());
                    self.kept(document, revision, answer.etag, then);
                }
                Err(refusal) if refusal.code() == Some(ErrorCode::RevisionMismatch) => {
                    match asking::get::<PlanAnswer>(&self.context.api("")).await {
                        Ok(theirs) => {
                            self.context.etag.try_set_value(theirs.etag);
                            self.saving.try_set(Saving::Conflict(Box::new(theirs.body)));
                        }
                        Err(refusal) => {
                            self.saving.try_set(Saving::Failed(refusal));
                        }
                    }
                }
                Err(refusal) => {
                    if refusal.code() == Some(ErrorCode::PlanFrozen) {
                        // Opened elsewhere: the page becomes one for reading.
                        let _ = self.context.reload().await;
                    }
                    self.saving.try_set(Saving::Failed(refusal));
                }
            }
        });
    }

    fn kept(self, document: Value, revision: u64, etag: Option<String>, then: Option<Callback<()>>) {
        let unchanged = self.now.try_with_value(|now| *now == document) == Some(true);
        self.context.etag.try_set_value(etag);
        self.context.answer.try_update(|answer| {
            answer.revision = revision;
            answer.plan_sha256 = scoring::plan_sha256(&document);
            answer.plan = document;
        });
        self.run.try_set_value(None);
        if unchanged {
            self.saving.try_set(Saving::Clean);
            self.office.router.guard.set(None);
        } else {
            self.saving.try_set(Saving::Changed);
        }
        if let Some(then) = then {
            then.try_run(());
        }
    }

    /// After a conflict: keep mine, over theirs.
    pub fn keep_mine(self) {
        self.saving.set(Saving::Changed);
        self.save(None);
    }

    /// After a conflict: take theirs; mine is one step back.
    pub fn take_theirs(self, theirs: PlanAnswer) {
        self.replace(theirs.plan.clone());
        self.context.answer.set(theirs);
        self.saving.set(Saving::Clean);
        self.office.router.guard.set(None);
    }
}
