//! One field of the plan document on the screen: label, hint, what is wrong, control.
//!
//! A control's id is the pointer of its place, so a problem's link finds it; what is typed is written by
//! the one listener in `typing`, which reads from `data-kind` what it is. Nothing here listens.

use frame::{
    error_summary::{Fault, FieldError},
    words::t,
};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming::{self, Label};
use scoring::json::Value;
use text::{Text, office_setup as words};

use crate::{clauses::Clauses, control::Takes, draft::Draft};

/// What a control takes.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// A line of text.
    Text,
    /// A decimal, kept as text.
    Decimal,
    /// A whole number.
    Count,
    /// Words with spaces between them: a list of texts.
    Words,
    /// Lines of `key = decimal`: an object.
    Pairs,
    /// An id; what names it follows.
    Id,
    /// A box to tick: true or nothing.
    Flag,
    /// A box to tick: a word of the list above its place, or not. Whether it is there is what is chosen now.
    Member,
    /// One of these.
    Choice(Vec<(String, Label)>),
    /// One of these, and what stands beside it changes with it (see `typing`).
    Shape(Takes, Vec<(String, Label)>),
}

impl Kind {
    /// What its control says in the document.
    const fn takes(&self) -> Takes {
        match self {
            Kind::Text => Takes::Text,
            Kind::Decimal => Takes::Decimal,
            Kind::Count => Takes::Count,
            Kind::Words => Takes::Words,
            Kind::Pairs => Takes::Pairs,
            Kind::Id => Takes::Id,
            Kind::Flag => Takes::Flag,
            Kind::Member => Takes::Member,
            Kind::Choice(_) => Takes::Choice,
            Kind::Shape(takes, _) => *takes,
        }
    }
}

/// A field to be shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Ask {
    /// The pointer of its place.
    pub place: String,
    pub label: Label,
    /// What stands below the label.
    pub hint: Option<Text>,
    /// What it takes.
    pub kind: Kind,
    /// Whether the plan may do without it.
    pub optional: bool,
    /// What is chosen now, where the document does not say it at this place.
    pub now: Option<String>,
    /// Without hint and clause: what is around it has them.
    pub bare: bool,
}

impl Ask {
    /// The field at a pointer, called after its key.
    pub fn new(place: impl Into<String>, kind: Kind) -> Ask {
        let place = place.into();
        let (_, name) = pointer::split(&place);
        Ask {
            label: naming::key(&name),
            hint: naming::hint(&name),
            place,
            kind,
            optional: false,
            now: None,
            bare: false,
        }
    }

    /// The plan may do without it.
    pub fn optional(mut self) -> Ask {
        self.optional = true;
        self
    }

    /// Called otherwise.
    pub fn label(mut self, label: impl Into<Label>) -> Ask {
        self.label = label.into();
        self
    }

    /// With this chosen now.
    pub fn now(mut self, chosen: &str) -> Ask {
        self.now = Some(chosen.to_owned());
        self
    }

    /// Without hint and clause.
    pub fn bare(mut self) -> Ask {
        self.hint = None;
        self.bare = true;
        self
    }

    /// With another hint.
    pub fn hint(mut self, hint: Text) -> Ask {
        self.hint = Some(hint);
        self
    }
}

/// What a page of the setup shares with its fields: a context, and a handle.
#[derive(Clone, Copy)]
pub struct Page {
    pub draft: Draft,
    /// What is wrong on this page and shown; empty until asked for.
    pub faults: Memo<Vec<Fault>>,
    /// The clauses of the template that the plan was made from.
    pub clauses: Clauses,
}

impl Page {
    /// A labelled field.
    pub fn field(self, ask: Ask) -> AnyView {
        let id = ask.place.clone();
        let error = FieldError(frame::error_summary::FieldErrorProps { faults: self.faults.into(), field: id.clone() })
            .into_any();
        let hint = ask.hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{t(hint)}</p> });
        let clause = (!ask.bare).then(|| self.clauses.of(self.draft, &ask.place));
        let label = ask.label.clone();
        let flag = matches!(ask.kind, Kind::Flag | Kind::Member);
        let control = self.control(ask, None);
        let label = view! { <label for=id>{move || label.say()}</label> };
        if flag {
            view! { <div class="field ticking">{error}<div class="row">{control}{label}</div>{hint}{clause}</div> }
                .into_any()
        } else {
            view! { <div class="field">{label}{hint}{error}{control}{clause}</div> }.into_any()
        }
    }

    /// What is wrong with a whole list or object, at a box that a link can reach.
    pub fn fault_of(self, place: &str) -> AnyView {
        let error =
            FieldError(frame::error_summary::FieldErrorProps { faults: self.faults.into(), field: place.to_owned() })
                .into_any();
        view! { <div id=place.to_owned() tabindex="-1">{error}</div> }.into_any()
    }

    /// A control alone; `named` is what a reader's voice says where no label stands beside it.
    pub fn control(self, ask: Ask, named: Option<Box<dyn Fn() -> String + Send>>) -> AnyView {
        let Ask { place, kind, optional, now: chosen, .. } = ask;
        let value = self.draft.with(|plan| pointer::at(plan, &place).cloned());
        let faults = self.faults;
        let (at, describes) = (place.clone(), format!("{place}-error"));
        let invalid = move || faults.read().iter().any(|fault| fault.field == at).then_some("true");
        let optional = optional.then_some("");
        let name = kind.takes().word();
        match kind {
            Kind::Choice(choices) | Kind::Shape(_, choices) => {
                let now = chosen.or_else(|| value.as_ref().map(shown)).unwrap_or_default();
                let known = choices.iter().any(|(id, _)| *id == now);
                // A value that is no choice stays visible until another is chosen.
                let odd = (!known && !now.is_empty())
                    .then(|| view! { <option value=now.clone() selected>{now.clone()}</option> });
                let none = (optional.is_some() || now.is_empty()).then(|| {
                    let text = if optional.is_some() { words::NO } else { words::NOT_CHOSEN };
                    view! { <option value="" selected=now.is_empty()>{t(text)}</option> }
                });
                let options: Vec<_> = choices
                    .into_iter()
                    .map(|(id, label)| {
                        let selected = id == now;
                        view! { <option value=id selected=selected>{move || label.say()}</option> }
                    })
                    .collect();
                view! {
                    <select id=place data-kind=name data-optional=optional aria-label=named aria-describedby=describes aria-invalid=invalid>
                        {none}{odd}{options}
                    </select>
                }
                .into_any()
            }
            Kind::Flag | Kind::Member => {
                let on = value == Some(Value::Bool(true)) || chosen.is_some();
                view! { <input type="checkbox" id=place data-kind=name checked=on aria-label=named aria-describedby=describes aria-invalid=invalid /> }
                    .into_any()
            }
            Kind::Pairs => {
                let text = value.as_ref().map(pairs).unwrap_or_default();
                view! { <textarea id=place rows="3" data-kind=name data-optional=optional prop:value=text aria-label=named aria-describedby=describes aria-invalid=invalid></textarea> }
                    .into_any()
            }
            _ => {
                let text = value.as_ref().map(shown).unwrap_or_default();
                let class = match kind {
                    Kind::Decimal | Kind::Count => "short figure",
                    Kind::Id => "mono",
                    _ => "",
                };
                let mode = match kind {
                    Kind::Decimal => "decimal",
                    Kind::Count => "numeric",
                    _ => "text",
                };
                view! {
                    <input type="text" id=place class=class inputmode=mode data-kind=name data-optional=optional value=text autocomplete="off"
                        aria-label=named aria-describedby=describes aria-invalid=invalid />
                }
                .into_any()
            }
        }
    }
}

/// A value as it stands in a control.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Int(number) => number.to_string(),
        Value::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        Value::Object(members) if members.len() == 1 => members[0].0.clone(),
        Value::Object(_) if value.get("outcome").is_some() => "outcome".to_owned(),
        Value::Object(_) if value.get("option").is_some() => "share".to_owned(),
        other => other.canonical(),
    }
}

/// An object of decimals as lines.
fn pairs(value: &Value) -> String {
    let Value::Object(members) = value else { return shown(value) };
    members.iter().map(|(key, value)| format!("{key} = {}\n", shown(value))).collect()
}
