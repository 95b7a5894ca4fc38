//! A new plan: from a template made of a real document, blank, or pasted.

use std::sync::Arc;

use frame::{
    error_summary::{ErrorSummary, Fault, FieldError},
    inputs::value_of,
    server::Refusal,
    words::{fill, t},
};
use leptos::{
    ev,
    html::{Input, Textarea},
    prelude::*,
};
use office_frame::{Office, asking, pasted_plan, pointer, route::plan_href, template_memory};
use scoring::json::Value;
use text::office as words;
use wasm_bindgen::JsCast;
use wire::plan::{PlanSaved, TemplateSummary};

const BLANK: &str = "blank";
const PASTED: &str = "pasted";

/// A plan with nothing in it but what has to be.
fn blank(title: &str) -> Value {
    let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
    let none = |key: &str| (key.to_owned(), Value::List(Vec::new()));
    let period = Value::Object(vec![text("id", "year"), text("name", "年度")]);
    Value::Object(vec![
        ("format".to_owned(), Value::Int(1)),
        text("title", title),
        text("total", "100"),
        none("categories"),
        none("units"),
        none("groups"),
        none("scales"),
        ("periods".to_owned(), Value::List(vec![period])),
        text("combine", "mean"),
        none("components"),
        none("adjustments"),
        ("ranking".to_owned(), Value::Object(vec![("decimals".to_owned(), Value::Int(2)), none("tie_break")])),
        none("outcomes"),
    ])
}

#[component]
pub fn NewPlanPage() -> impl IntoView {
    let office = expect_context::<Office>();
    office.title(words::NEW_PLAN);
    let templates = asking::fetch::<Vec<TemplateSummary>>("/api/templates".to_owned());
    let faults = RwSignal::new(Vec::<Fault>::new());
    let busy = RwSignal::new(false);
    let start = RwSignal::new(String::new());
    let (title, pasted) = (NodeRef::<Input>::new(), NodeRef::<Textarea>::new());
    let chosen = move |event: ev::Event| {
        if let Some(radio) = event.target().and_then(|at| at.dyn_into::<web_sys::HtmlInputElement>().ok())
            && radio.name() == "start"
        {
            start.set(radio.value());
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let from = start.get_untracked();
        if from.is_empty() {
            faults.set(vec![Fault::at("start", words::CHOOSE_START)]);
            return;
        }
        let title = value_of(title).trim().to_owned();
        let text = pasted.get_untracked().map(|area| area.value()).unwrap_or_default();
        let ready = match from.as_str() {
            BLANK => Some(blank(&title)),
            PASTED => match pasted_plan::read(&text) {
                Ok(plan) => Some(plan),
                Err(why) => {
                    faults.set(vec![Fault::at("pasted", why)]);
                    return;
                }
            },
            _ => None,
        };
        faults.set(Vec::new());
        asking::run(busy, async move {
            if let Err(refusal) = create(office, &from, ready, &title).await {
                faults.set(vec![Fault::at("start", refusal.phrase())]);
            }
        });
    };
    let list = asking::when_here(templates, "/api/templates".to_owned(), |templates: Vec<TemplateSummary>| {
        templates
            .into_iter()
            .map(|template| {
                let (name, source) = (Arc::new(template.title), Arc::new(template.source));
                let say_name = move || fill(words::FROM_TEMPLATE, &[&name]);
                let say_source = move || fill(words::FROM_TEMPLATE_HINT, &[&source]);
                option(template.id, say_name.into_any(), say_source.into_any())
            })
            .collect_view()
            .into_any()
    });
    view! {
        <ErrorSummary faults />
        <p><a href="/office">{t(words::PLANS)}</a></p>
        <h1 id="title" tabindex="-1">{t(words::NEW_PLAN)}</h1>
        <form class="stack" novalidate on:submit=submit>
            <fieldset class="stack" id="start" on:change=chosen>
                <legend>{t(words::NEW_FROM)}</legend>
                <FieldError faults field="start" />
                <div class="stack tight">
                    {list}
                    {option(BLANK.to_owned(), t(words::FROM_BLANK).into_any(), t(words::FROM_BLANK_HINT).into_any())}
                    {option(PASTED.to_owned(), t(words::FROM_JSON).into_any(), t(words::FROM_JSON_HINT).into_any())}
                </div>
            </fieldset>
            <div class="field" hidden=move || *start.read() != PASTED>
                <label for="pasted">{t(words::JSON_LABEL)}</label>
                <FieldError faults field="pasted" />
                <textarea id="pasted" class="code-text" rows="10" spellcheck="false" node_ref=pasted aria-describedby="pasted-error"></textarea>
            </div>
            <div class="field" hidden=move || *start.read() == PASTED>
                <label for="plan-title">{t(words::PLAN_TITLE)}</label>
                <p class="hint">{t(words::PLAN_TITLE_HINT)}</p>
                <input id="plan-title" type="text" autocomplete="off" node_ref=title />
            </div>
            <p><button type="submit" class="primary" aria-disabled=move || busy.get().to_string()>{t(words::CREATE)}</button></p>
        </form>
    }
}

fn option(value: String, name: AnyView, hint: AnyView) -> AnyView {
    view! {
        <label class="option panel">
            <input type="radio" name="start" value=value />
            <span><strong>{name}</strong><span class="hint block">{hint}</span></span>
        </label>
    }
    .into_any()
}

async fn create(office: Office, from: &str, ready: Option<Value>, title: &str) -> Result<(), Refusal> {
    let is_template = ready.is_none();
    let mut plan = match ready {
        Some(plan) => plan,
        None => asking::get::<Value>(&format!("/api/templates/{from}")).await?.body,
    };
    if is_template && !title.is_empty() {
        pointer::put(&mut plan, "/title", Some(Value::Text(title.to_owned())));
    }
    let created = asking::post::<PlanSaved>("/api/plans?draft=1", &plan).await?.body;
    if is_template {
        template_memory::remember(&created.id, from);
    }
    office.go(&plan_href(&created.id, "setup"));
    Ok(())
}
