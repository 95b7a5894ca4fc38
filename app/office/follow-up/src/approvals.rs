//! Records that wait for a second person, where the plan asks for one: read, and approved or rejected.
//!
//! Refuses to own who may: the server says whose record it is.

use frame::{
    server::Refusal,
    words::{fill, t},
};
use leptos::{prelude::*, task::spawn_local};
use office_evidence::file_links;
use office_frame::{asking, names::name_of, plan_context::PlanContext, pointer};
use scoring::Record;
use scoring::json::Value;
use text::{Text, follow_up as words, records as record_words};
use wire::ledger::{Ledger, LedgerRow};
use wire::plan::StepRequest;
use wire::record::RecordKept;

use crate::finding_form::costs;
use crate::striking::Strike;

/// The kinds of records that take a second person by the plan, and what they are called.
fn kinds(plan: &Value) -> Vec<(&'static str, Text)> {
    let known = [
        ("incidents", record_words::INCIDENTS),
        ("adjustments", record_words::ADJUSTMENTS),
        ("decisions", record_words::DECISIONS),
        ("verdicts", record_words::VERDICTS),
        ("lots", record_words::LOTS),
    ];
    let named = pointer::list(plan, "/approval");
    known.into_iter().filter(|(kind, _)| named.iter().any(|one| one.as_str() == Some(*kind))).collect()
}

/// The name of a component, wherever it stands in the tree.
fn component_name(components: &[Value], id: &str) -> Option<String> {
    components.iter().find_map(|component| {
        if pointer::text(component, "/id") == id {
            return Some(pointer::text(component, "/name").to_owned());
        }
        component_name(pointer::list(component, "/children"), id)
    })
}

/// What a record says, part by part, in the plan's names.
fn parts(plan: &Value, record: &Record) -> Vec<String> {
    let unit = |id: &str| name_of(plan, "/units", id);
    let level_of = |rule: &str, level: &str| {
        let rule = pointer::list(plan, "/adjustments").iter().find(|one| pointer::text(one, "/id") == rule);
        rule.map_or_else(|| level.to_owned(), |rule| name_of(rule, "/levels", level))
    };
    match record {
        Record::Incident(one) => {
            let cost = format!("{} {}", one.component, one.level);
            let named = costs(plan).into_iter().find(|(id, _)| *id == cost).map_or(cost, |(_, name)| name);
            let serious = one.serious.then(|| t(words::SERIOUS)().to_owned());
            [unit(&one.unit), named, format!("×{}", one.count)].into_iter().chain(serious).collect()
        }
        Record::Adjustment(one) => {
            let figure = one.level.as_ref().map(|level| level_of(&one.rule, level));
            let figure = figure.or_else(|| one.points.as_ref().map(ToString::to_string));
            [unit(&one.unit), name_of(plan, "/adjustments", &one.rule)].into_iter().chain(figure).collect()
        }
        Record::Decision(one) => {
            let components = pointer::list(plan, "/components");
            let component = component_name(components, &one.component).unwrap_or_else(|| one.component.clone());
            vec![unit(&one.unit), component, one.value.to_string(), one.reason.clone()]
        }
        Record::Verdict(one) => {
            vec![unit(&one.unit), name_of(plan, "/outcomes", &one.outcome), one.reason.clone()]
        }
        Record::Lot(one) => one.order.iter().map(|id| unit(id)).collect(),
        Record::Entry(_) | Record::Link(_) | Record::History(_) => Vec::new(),
    }
}

/// The records that wait. Nothing is shown where the plan asks for nobody; `done` is called when one waits no more.
#[component]
pub(crate) fn Approvals(context: PlanContext, may: bool, done: Callback<()>) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    let kinds = StoredValue::new(kinds(&plan));
    let found = RwSignal::new(None::<Vec<LedgerRow>>);
    let failed = RwSignal::new(None::<Refusal>);
    let load = move || {
        spawn_local(async move {
            let mut waiting = Vec::new();
            for (kind, _) in kinds.get_value() {
                match asking::all::<Ledger>(&context.api(&format!("ledger?kind={kind}"))).await {
                    Ok(rows) => waiting.extend(rows.into_iter().filter(|row| row.pending)),
                    Err(refusal) => {
                        failed.try_set(Some(refusal));
                        return;
                    }
                }
            }
            failed.try_set(None);
            found.try_set(Some(waiting));
        });
    };
    if !kinds.read_value().is_empty() {
        load();
    }
    let again = Callback::new(move |()| {
        load();
        done.run(());
    });
    let retry = Callback::new(move |()| load());
    let rows = move || {
        let rows = found.get()?;
        let rows = rows.into_iter().map(|row| waiting(context, kinds, row, may, failed, again)).collect_view();
        Some(view! { <div class="stack">{rows}</div> })
    };
    let none = move || found.read().as_ref().is_some_and(Vec::is_empty);
    (!kinds.read_value().is_empty()).then(|| {
        view! {
            <section class="panel stack" aria-labelledby="approvals">
                <h2 id="approvals">{t(words::APPROVALS)}</h2>
                <p>{t(words::APPROVALS_WHAT)}</p>
                {move || failed.get().map(|refusal| asking::refused(refusal, retry))}
                {move || none().then(|| view! { <p class="soft">{t(words::NONE_WAITS)}</p> })}
                {rows}
            </section>
        }
    })
}

fn waiting(
    context: PlanContext,
    kinds: StoredValue<Vec<(&'static str, Text)>>,
    row: LedgerRow,
    may: bool,
    failed: RwSignal<Option<Refusal>>,
    again: Callback<()>,
) -> AnyView {
    let busy = RwSignal::new(false);
    let plan = context.answer.get_untracked().plan;
    let kind = kinds.get_value().into_iter().find(|(kind, _)| *kind == row.kind.as_str()).map(|(_, name)| name);
    let said = parts(&plan, &row.record).join(" · ");
    let beside = [row.date, row.clause, row.evidence].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let files = file_links(&context.api("files"), &row.files);
    let path = context.api(&format!("records/{}", row.id));
    let approving = path.clone();
    let approve = move |_| {
        let path = format!("{approving}/approve");
        asking::run(busy, async move {
            match asking::post::<RecordKept>(&path, &StepRequest {}).await {
                Ok(_) => again.try_run(()).unwrap_or_default(),
                Err(refusal) => {
                    failed.try_set(Some(refusal));
                }
            }
        });
    };
    let acts = may.then(|| {
        view! {
            <p class="row">
                <button type="button" class="primary small" aria-disabled=move || busy.get().to_string() on:click=approve>{t(words::APPROVE)}</button>
            </p>
            <Strike path=format!("{path}/reject") id=row.id.replace('.', "-") done=again reject=true />
        }
    });
    view! {
        <article class="panel stack">
            <p class="row"><strong>{kind.map(t)}</strong><bdi>{said}</bdi></p>
            <p class="opinion soft">{beside}</p>
            {files}
            <p class="small soft">{move || fill(words::GIVEN_BY, &[&row.by])}</p>
            {acts}
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use scoring::{Record, RecordKind};

    use super::{Value, kinds, parts};

    fn json(text: &str) -> Value {
        Value::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn what_waits_is_said_in_the_plans_names() {
        let plan = json(
            r#"{ "approval": ["close", "adjustments", "decisions"], "units": [{ "id": "u", "name": "林业站" }],
            "components": [{ "id": "a", "name": "监督", "children": [{ "id": "b", "name": "暗访" }] }],
            "adjustments": [{ "id": "r", "name": "表彰", "levels": [{ "id": "l", "name": "区级" }] }] }"#,
        );
        let named: Vec<&str> = kinds(&plan).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(named, ["adjustments", "decisions"]);
        let said = |kind, record: &str| parts(&plan, &Record::read(kind, &json(record)).unwrap());
        let bonus = r#"{ "period": "y", "rule": "r", "unit": "u", "level": "l" }"#;
        assert_eq!(said(RecordKind::Adjustment, bonus), ["林业站", "表彰", "区级"]);
        let decision = r#"{ "period": "y", "component": "b", "unit": "u", "value": "80", "reason": "党委合议" }"#;
        assert_eq!(said(RecordKind::Decision, decision), ["林业站", "暗访", "80", "党委合议"]);
    }
}
