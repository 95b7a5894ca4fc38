//! Open groups: a poster for each, with the public link and its QR code, to print or to put on a page. No codes: the
//! server gives them out to whoever scans.

use frame::words::{fill, joined, t};
use leptos::prelude::*;
use office_frame::{
    download::download,
    names::name_of,
    plan_context::{PlanContext, title_of},
    pointer,
};
use scoring::json::Value;
use text::office_codes as words;
use wire::{open_code, plan::PlanState};

use crate::codes::{base, cards::LONG_TITLE, short, until};

/// An open group in a period.
#[derive(Clone, PartialEq)]
pub(crate) struct Poster {
    pub(crate) period: String,
    pub(crate) group: String,
}

/// The plan's open groups, in each of its periods.
pub(crate) fn posters_of(plan: &Value) -> Vec<Poster> {
    let id = |element: &Value| pointer::text(element, "/id").to_owned();
    let groups = pointer::list(plan, "/groups").iter().filter(|group| pointer::text(group, "/ballot") == "open");
    let periods = pointer::list(plan, "/periods");
    groups.flat_map(|group| periods.iter().map(move |period| Poster { period: id(period), group: id(group) })).collect()
}

/// The posters; nothing where the plan has no open group.
#[component]
pub fn Posters(context: PlanContext) -> impl IntoView {
    let plan = context.answer.get_untracked().plan;
    let posters = posters_of(&plan);
    if posters.is_empty() {
        return ().into_any();
    }
    let base = base::known();
    let several = pointer::list(&plan, "/periods").len() > 1;
    let print = move |_| {
        // A browser that cannot print offers nothing either way; each picture can be downloaded.
        let _ = window().print();
    };
    let posters: Vec<_> = posters.into_iter().map(|poster| draw(context, &plan, poster, several, base)).collect();
    view! {
        <section class="panel stack" aria-labelledby="posters">
            <h2 id="posters" class="no-print">{t(words::POSTERS)}</h2>
            <p class="no-print">{t(words::POSTERS_NOTE)}</p>
            <p class="note warn no-print">{t(words::POSTERS_WEAK)}</p>
            <div class="no-print"><base::BaseField base /></div>
            <p class="no-print"><button type="button" on:click=print>{t(words::PRINT_POSTERS)}</button></p>
            <ul class="posters">{posters}</ul>
        </section>
    }
    .into_any()
}

fn draw(context: PlanContext, plan: &Value, poster: Poster, several: bool, base: RwSignal<Option<String>>) -> AnyView {
    let (title, group) = (title_of(plan), name_of(plan, "/groups", &poster.group));
    let who = if several { joined([group, name_of(plan, "/periods", &poster.period)], " · ") } else { group };
    let long = title.chars().count() + who.chars().count() > LONG_TITLE;
    let class = if long { "poster long" } else { "poster" };
    let (id, fragment) = (context.id(), open_code::link(&poster.period, &poster.group));
    let link = Memo::new(move |_| base.get().map(|base| format!("{base}/ballot/{id}#{fragment}")));
    let short = short::of(context, Some((poster.period.clone(), poster.group.clone())), move || {
        context.answer.read().state != PlanState::Draft
    });
    let typed =
        move || base.get().and_then(|base| short::address(&base, short.get().as_deref())).or_else(|| link.get());
    let picture = move || picture(&link.get()?);
    let until = until::of(plan, &poster.period, &poster.group).map(|until| fill(words::CARD_UNTIL, &[&until]));
    let file = format!("qr-{}-{}.svg", poster.period, poster.group);
    let save = move |_| {
        if let Some(svg) = link.get_untracked().and_then(|link| office_qr::draw(&link)).map(|drawn| drawn.file()) {
            download(&file, "image/svg+xml", &svg);
        }
    };
    view! {
        <li class=class>
            <p class="code-title"><bdi>{title}</bdi></p>
            {picture}
            <p><strong>{who}</strong></p>
            <p>{t(words::CARD_SCAN)}</p>
            <p class="small">{t(words::CARD_OPEN)}" "{t(words::POSTER_ONCE)}" "{until}</p>
            <p class="mono small break">{typed}</p>
            <p class="no-print"><button type="button" class="small-button" on:click=save>{t(words::SAVE_QR)}</button></p>
        </li>
    }
    .into_any()
}

/// A text as a QR code; nothing where it is too long for one.
pub(crate) fn picture(text: &str) -> Option<AnyView> {
    let drawn = office_qr::draw(text)?;
    let side = drawn.side;
    Some(
        view! { <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=t(words::QR_ALT) shape-rendering="crispEdges"><path d=drawn.path /></svg> }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_open_group_has_a_poster_in_each_period() {
        let plan = r#"{ "periods": [{ "id": "h1" }, { "id": "h2" }], "groups": [
            { "id": "web", "ballot": "open" }, { "id": "staff", "ballot": "anonymous" }, { "id": "tv", "ballot": "open" }] }"#;
        let posters = posters_of(&Value::parse(plan.as_bytes()).unwrap());
        let names: Vec<String> = posters.iter().map(|poster| open_code::link(&poster.period, &poster.group)).collect();
        assert_eq!(names, ["open/h1/web", "open/h2/web", "open/h1/tv", "open/h2/tv"]);
    }
}
