//! The form for one record of a kind: incidents, adjustments, decisions, verdicts.
//!
//! Owns what is typed until it is saved. Refuses to know any kind: which fields there are and what is
//! wrong with them stands in [`super::kind`].

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    words::{Phrase, t},
};
use leptos::prelude::*;
use office_frame::{Office, asking, limits::LONG_LIST};
use scoring::RecordKind;
use text::records as words;
use wire::record::RecordKept;

use crate::{
    beside::{beside_fields, beside_of, with_beside},
    book::Book,
    kind::{self, Choice, Control, Field},
    typed::Typed,
    typed_record,
};

/// Guards a page while something on it is not saved.
pub(super) fn guard(unsaved: impl Fn() -> bool + 'static) {
    expect_context::<Office>().router.guard_while(words::UNSAVED_GUARD, unsaved);
}

#[component]
pub(super) fn RecordForm(
    /// Whose record it will be.
    book: Book,
    kind: RecordKind,
    /// Called when one was saved.
    saved: Callback<()>,
) -> impl IntoView {
    let typed = Typed::at(book, kind.as_str());
    let restored = !typed.texts.read_untracked().is_empty();
    let busy = RwSignal::new(false);
    let note = RwSignal::new(restored.then(|| (true, Phrase::from(words::RESTORED))));
    guard(move || !typed.texts.read().iter().all(|(id, text)| text.is_empty() || STAYS.contains(&id.as_str())));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        note.set(None);
        let texts = typed.texts.get_untracked();
        let record = match typed_record::record(kind, &book.plan(), &texts) {
            Ok(record) => record,
            Err(wrong) => {
                let fields = kind::fields(kind);
                let at = |field: &str| {
                    let known = fields.iter().any(|one| one.id == field);
                    if known { format!("f-{field}") } else { format!("f-{}", fields[0].id) }
                };
                typed.faults.set(wrong.into_iter().map(|fault| Fault::at(at(&fault.field), fault.says)).collect());
                return;
            }
        };
        let beside = match beside_of(typed, Some(kind)) {
            Ok(beside) => beside,
            Err(faults) => return typed.faults.set(faults),
        };
        typed.faults.set(Vec::new());
        let body = with_beside(record, beside);
        let path = book.context.api(&body.address());
        asking::run(busy, async move {
            match asking::post::<RecordKept>(&path, &body).await {
                Ok(_) => {
                    typed.next(&STAYS);
                    note.try_set(Some((true, words::SAVED_ONE.into())));
                    saved.try_run(());
                }
                Err(refusal) => {
                    note.try_set(Some((false, Phrase::new(words::NOT_SAVED, [refusal.phrase().say()]))));
                }
            }
        });
    };
    view! {
        <section class="panel stack" aria-labelledby="give">
            <h2 id="give">{t(words::GIVE)}</h2>
            <ErrorSummary faults=typed.faults />
            <form class="stack record-form" novalidate on:submit=submit>
                {move || {
                    typed.round.track();
                    kind::fields(kind).iter().map(|field| field_view(book, field, typed)).collect_view()
                }}
                {move || {
                    typed.round.track();
                    beside_fields(book, typed, Some(kind), words::EVIDENCE_HINT)
                }}
                {said(note)}
                <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>
                    {move || if busy.get() { t(words::SAVING)() } else { t(words::SAVE)() }}
                </button></p>
            </form>
        </section>
    }
}

/// Fields that the next record most likely shares.
const STAYS: [&str; 3] = ["period", "component", "rule"];

/// One field of a kind.
fn field_view(book: Book, field: &'static Field, typed: Typed) -> AnyView {
    let plan = book.plan();
    match field.control {
        Control::Choice(choices) => {
            let plan = plan.clone();
            let choices = Memo::new(move |_| kind::own(book, &plan, field.id, choices(&plan, &typed.texts.read())));
            // One's only choice is made already.
            Effect::new(move |_| {
                if let [only] = choices.read().as_slice()
                    && typed.texts.read_untracked().get(field.id) != Some(&only.id)
                {
                    typed.texts.update(|texts| {
                        texts.insert(field.id.to_owned(), only.id.clone());
                    });
                }
            });
            (move || {
                let choices = choices.get();
                (!choices.is_empty()).then(|| choice_field(book, field, choices, typed))
            })
            .into_any()
        }
        Control::Figure(range) => {
            let range = Memo::new(move |_| {
                let texts = typed.texts.read();
                range(&plan, &texts).map(|range| (field.note)(&plan, &texts).unwrap_or(range))
            });
            let shown = Memo::new(move |_| range.read().is_some());
            (move || {
                shown.get().then(|| {
                    let input = text_input(field.id, "decimal", typed);
                    framed(field, typed, move || range.get(), input)
                })
            })
            .into_any()
        }
        Control::Count => framed(field, typed, || None, text_input(field.id, "numeric", typed)),
        Control::Reason => framed(field, typed, || None, text_input(field.id, "text", typed)),
        Control::Flag(effect) => {
            let effect = Memo::new(move |_| effect(&plan, &typed.texts.read()));
            let id = format!("f-{}", field.id);
            (move || {
                let id = id.clone();
                let target = id.clone();
                effect.get().map(|effect| {
                    let checked = typed.texts.read_untracked().get(field.id).is_some_and(|text| text == "true");
                    view! {
                        <p class="tick">
                            <input type="checkbox" id=id checked=checked
                                on:change=move |event| typed.set(field.id, event_target_checked(&event).to_string()) />
                            <label for=target>{t(field.label)}" "<span class="soft small">{effect}</span></label>
                        </p>
                    }
                })
            })
            .into_any()
        }
        Control::List(_) => ().into_any(),
    }
}

/// Label, hint, error, control.
fn framed(
    field: &'static Field,
    typed: Typed,
    hint: impl Fn() -> Option<String> + Send + Sync + 'static,
    control: AnyView,
) -> AnyView {
    let id = format!("f-{}", field.id);
    let hint_id = format!("{id}-hint");
    view! {
        <div class="field">
            <label for=id.clone()>{t(field.label)}</label>
            <p class="hint" id=hint_id>{hint}</p>
            <FieldError faults=typed.faults field=id />
            {control}
        </div>
    }
    .into_any()
}

fn text_input(field: &'static str, mode: &'static str, typed: Typed) -> AnyView {
    let id = format!("f-{field}");
    let described = format!("{id}-hint {id}-error");
    let value = typed.texts.read_untracked().get(field).cloned().unwrap_or_default();
    let name = id.clone();
    let wrong = move || typed.faults.read().iter().any(|fault| fault.field == name).then_some("true");
    let class = if mode == "text" { "" } else { "short" };
    view! {
        <input id=id class=class inputmode=mode autocomplete="off" maxlength=wire::record::MOST_WORDS aria-describedby=described aria-invalid=wrong
            prop:value=value on:input=move |event| typed.set(field, event_target_value(&event)) />
    }
    .into_any()
}

/// A choice: a list to open, or, if it is long, a field that finds by typing.
fn choice_field(book: Book, field: &'static Field, choices: Vec<Choice>, typed: Typed) -> AnyView {
    let id = format!("f-{}", field.id);
    let only = (choices.len() == 1).then(|| choices[0].id.clone());
    let now = only.or_else(|| typed.texts.read_untracked().get(field.id).cloned()).unwrap_or_default();
    let plan = book.plan();
    let note = move || (field.note)(&plan, &typed.texts.read());
    if choices.len() > LONG_LIST {
        let list = format!("{id}-list");
        let options = choices.iter().map(|choice| view! { <option value=choice.name.clone()></option> }.into_any());
        let options = options.collect_view();
        let named = choices.iter().find(|choice| choice.id == now).map_or(now.clone(), |choice| choice.name.clone());
        let described = format!("{id}-hint {id}-error");
        let control = view! {
            <input id=id list=list.clone() autocomplete="off" aria-describedby=described prop:value=named
                on:input=move |event| {
                    let text = event_target_value(&event);
                    typed.set(field.id, kind::resolve(&choices, &text).unwrap_or(text));
                } />
            <datalist id=list>{options}</datalist>
        };
        return framed(
            field,
            typed,
            move || note().or_else(|| Some(t(words::TYPE_TO_FIND)().to_owned())),
            control.into_any(),
        );
    }
    let described = format!("{id}-hint {id}-error");
    let name = id.clone();
    let wrong = move || typed.faults.read().iter().any(|fault| fault.field == name).then_some("true");
    let options = choices.into_iter().map(|choice| {
        let selected = choice.id == now;
        view! { <option value=choice.id selected=selected>{choice.name}</option> }.into_any()
    });
    let control = view! {
        <select id=id aria-describedby=described aria-invalid=wrong
            on:change=move |event| typed.set(field.id, event_target_value(&event))>
            <option value="">{t(words::CHOOSE)}</option>
            {options.collect_view()}
        </select>
    };
    framed(field, typed, note, control.into_any())
}

/// What stands in place of a form that may not be used now.
pub(super) fn closed_note(book: Book) -> Option<AnyView> {
    use wire::plan::PlanState;
    let says = match book.context.state() {
        PlanState::Draft => words::NOT_OPEN,
        PlanState::Published => words::NOW_FIXED,
        _ if !book.may => words::MAY_NOT,
        _ => return None,
    };
    Some(view! { <p class="note warn">{t(says)}</p> }.into_any())
}

/// A saved or failed request in words, below a button.
pub(super) fn said(note: RwSignal<Option<(bool, Phrase)>>) -> AnyView {
    view! {
        <div role="status">{move || note.get().map(|(good, says)| {
            let class = if good { "note good" } else { "note bad" };
            view! { <p class=class>{says.say()}</p> }
        })}</div>
    }
    .into_any()
}
