//! The form of the office's texts in its papers.

use document::Map;
use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    server::Refusal,
    words::{Phrase, fill, joined, t},
};
use leptos::{ev, prelude::*, task::spawn_local};
use office_frame::{asking, plan_context::PlanContext};
use text::papers as words;
use wire::Field;
use wire::paper_text::{PaperText, PaperTexts, PaperTextsKept, PaperTextsRequest};

/// Lines of a text's field: as many as its default fills, within reason.
const LINES: std::ops::RangeInclusive<usize> = 1..=6;

/// Characters on a line of a field.
const ON_LINE: usize = 45;

/// A text with what stands in its field.
type Line = (PaperText, RwSignal<String>);

/// The id of a text's field.
fn field_of(name: &str) -> String {
    format!("text-{}", name.replace('.', "-"))
}

/// What the server found, at the fields where it is.
fn faults_of(refusal: &Refusal) -> Vec<Fault> {
    let place = |field: &Field| {
        let name = field.path.strip_prefix("/texts/")?;
        let says = match field.code.as_str() {
            "unknown_placeholder" => Phrase::new(words::UNKNOWN_PLACEHOLDER, field.detail.clone()),
            _ => words::TOO_LONG.into(),
        };
        Some(Fault::at(field_of(name), says))
    };
    let placed: Vec<Fault> = match refusal {
        Refusal::Said(body) => body.fields.iter().filter_map(place).collect(),
        _ => Vec::new(),
    };
    if placed.is_empty() { vec![Fault::at("texts-save", refusal.phrase())] } else { placed }
}

/// The texts as they are kept, to be changed by whoever may.
#[component]
pub(crate) fn Texts(context: PlanContext, may: bool) -> impl IntoView {
    let kept = RwSignal::new(None::<Result<Vec<Line>, Refusal>>);
    let etag = StoredValue::new(None::<String>);
    let load = move || {
        kept.set(None);
        spawn_local(async move {
            let answer = asking::get::<PaperTexts>(&context.api("documents/texts")).await;
            let lines = answer.map(|answer| {
                etag.try_set_value(answer.etag);
                let line = |text: PaperText| {
                    let says = text.text.clone().unwrap_or_else(|| text.default.clone());
                    (text, RwSignal::new(says))
                };
                answer.body.texts.into_iter().map(line).collect()
            });
            kept.try_set(Some(lines));
        });
    };
    load();
    let retry = Callback::new(move |()| load());
    let form = move || match kept.get() {
        None => asking::loading(),
        Some(Err(refusal)) => asking::refused(refusal, retry),
        Some(Ok(lines)) => view! { <Form context etag lines may /> }.into_any(),
    };
    view! {
        <section class="panel stack" aria-labelledby="documents-texts">
            <h2 id="documents-texts">{t(words::TEXTS)}</h2>
            <p>{t(if may { words::TEXTS_WHAT } else { words::READ_ONLY })}</p>
            {form}
        </section>
    }
}

#[component]
fn Form(context: PlanContext, etag: StoredValue<Option<String>>, lines: Vec<Line>, may: bool) -> impl IntoView {
    let faults = RwSignal::new(Vec::<Fault>::new());
    let saved = RwSignal::new(false);
    let busy = RwSignal::new(false);
    let fields = lines.iter().map(|(text, says)| field(text, *says, faults, may)).collect_view();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let mut texts = Map::new();
        for (text, says) in &lines {
            let says = says.read_untracked();
            if *says != text.default {
                texts.insert(&text.name, says.clone());
            }
        }
        let request = PaperTextsRequest { texts };
        faults.set(Vec::new());
        saved.set(false);
        asking::run(busy, async move {
            let path = context.api("documents/texts");
            let based_on = etag.get_value();
            match asking::put::<PaperTextsKept>(&path, &request, based_on.as_deref()).await {
                Ok(answer) => {
                    etag.try_set_value(answer.etag);
                    saved.try_set(true);
                }
                Err(refusal) => {
                    faults.try_set(faults_of(&refusal));
                }
            }
        });
    };
    let save = may.then(|| {
        view! {
            <p class="row">
                <button id="texts-save" type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::SAVE)}</button>
                <span role="status">{move || saved.get().then(|| t(words::SAVED)())}</span>
            </p>
        }
    });
    view! {
        <ErrorSummary faults />
        <form class="stack" novalidate on:submit=submit>{fields}{save}</form>
    }
}

fn field(text: &PaperText, says: RwSignal<String>, faults: RwSignal<Vec<Fault>>, may: bool) -> AnyView {
    let id = field_of(&text.name);
    let label = match words::label(&text.name) {
        Some(label) => view! { {t(label)} }.into_any(),
        // A newer server knows more texts.
        None => text.name.clone().into_any(),
    };
    let known = joined(text.placeholders.iter().map(|name| format!("{{{name}}}")), " ");
    let hint =
        (!known.is_empty()).then(|| view! { <p class="small soft">{move || fill(words::MAY_HAVE, &[&known])}</p> });
    let length = text.default.chars().count();
    let rows = (length.div_ceil(ON_LINE) + text.default.matches('\n').count()).clamp(*LINES.start(), *LINES.end());
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <FieldError faults field=id.clone() />
            <textarea id=id.clone() rows=rows.to_string() readonly=!may aria-describedby=format!("{id}-error")
                prop:value=says on:input=move |event| says.set(event_target_value(&event))></textarea>
            {hint}
        </div>
    }
    .into_any()
}
