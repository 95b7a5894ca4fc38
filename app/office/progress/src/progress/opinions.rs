//! The opinions that came with ballots, once voting is closed: to be read here, and to take away as the beginning of
//! a rectification list (整改清单).

use frame::{
    server::Refusal,
    words::{fill, lang, t},
};
use leptos::prelude::*;
use leptos::task::spawn_local;
use office_frame::names;
use office_frame::{asking, download::download, plan_context::PlanContext, pointer};
use scoring::json::Value;
use text::csv_cell::{guarded, quoted};
use text::{Lang, office_progress as words};
use wire::comment::{Comments, KeptComment};

/// The section; nothing where nobody wrote anything.
#[component]
pub fn Opinions(context: PlanContext) -> impl IntoView {
    let found = RwSignal::new(None::<Result<Vec<KeptComment>, Refusal>>);
    let load = move || {
        found.set(None);
        spawn_local(async move {
            let all = all(context).await;
            found.try_set(Some(all));
        });
    };
    load();
    move || match found.get() {
        None => ().into_any(),
        Some(Err(refusal)) => asking::refused(refusal, Callback::new(move |()| load())),
        Some(Ok(opinions)) if opinions.is_empty() => ().into_any(),
        Some(Ok(opinions)) => section(&context.answer.get_untracked().plan, opinions),
    }
}

/// All of them, in the plan's order of units.
async fn all(context: PlanContext) -> Result<Vec<KeptComment>, Refusal> {
    let mut all = asking::all::<Comments>(&context.api("comments")).await?;
    let plan = context.answer.get_untracked().plan;
    let place = |id: &str| pointer::list(&plan, "/units").iter().position(|unit| pointer::text(unit, "/id") == id);
    all.sort_by_key(|opinion| place(&opinion.unit));
    Ok(all)
}

fn section(plan: &Value, opinions: Vec<KeptComment>) -> AnyView {
    let count = opinions.len();
    let rows: Vec<_> = opinions
        .iter()
        .map(|opinion| {
            let source = opinion.group.as_ref().map(|group| names::name_of(plan, "/groups", group));
            view! {
                <tr>
                    <th scope="row">{names::name_of(plan, "/units", &opinion.unit)}</th>
                    <td class="opinion">{opinion.text.clone()}</td>
                    <td>{source}</td>
                </tr>
            }
        })
        .collect();
    let plan = plan.clone();
    let save = move |_| {
        let file = list(&plan, &opinions, lang().get_untracked());
        download("opinions.csv", "text/csv;charset=utf-8", &file);
    };
    view! {
        <section class="panel stack" aria-labelledby="opinions">
            <h2 id="opinions">{t(words::OPINIONS_TITLE)}</h2>
            <p class="hint">{move || fill(words::OPINIONS_NOTE, &[&count])}</p>
            <p><button type="button" on:click=save>{t(words::OPINIONS_CSV)}</button></p>
            <div class="scroll tall" tabindex="0" role="region" aria-label=t(words::OPINIONS_LIST)><table>
                <thead><tr>
                    <th scope="col">{t(words::OPINION_UNIT)}</th><th scope="col">{t(words::OPINION_TEXT)}</th>
                    <th scope="col">{t(words::OPINION_SOURCE)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table></div>
        </section>
    }
    .into_any()
}

/// The opinions as a table for a spreadsheet, the columns of who mends what by when left open.
fn list(plan: &Value, opinions: &[KeptComment], lang: Lang) -> String {
    let head: Vec<String> = words::OPINION_COLUMNS.iter().map(|column| cell(column.in_(lang))).collect();
    // The mark by which spreadsheets know UTF-8.
    let mut file = format!("\u{feff}{}\r\n", head.join(","));
    for (place, opinion) in opinions.iter().enumerate() {
        let name = |list: &str, id: &Option<String>| {
            id.as_ref().map_or_else(String::new, |id| cell(&names::name_of(plan, list, id)))
        };
        let known = [
            (place + 1).to_string(),
            cell(&names::name_of(plan, "/units", &opinion.unit)),
            cell(&opinion.text),
            name("/groups", &opinion.group),
            name("/periods", &opinion.period),
        ];
        file.push_str(&known.join(","));
        file.push_str(",,,,\r\n");
    }
    file
}

/// A cell: quoted where it must be, and no formula, whatever a voter wrote.
fn cell(text: &str) -> String {
    quoted(&guarded(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_quotes_what_it_must_and_holds_no_formula() {
        let plan = r#"{ "units": [{ "id": "u1", "name": "林业站" }], "groups": [{ "id": "g", "name": "群众" }],
            "periods": [{ "id": "y", "name": "2018年度" }] }"#;
        let plan = Value::parse(plan.as_bytes()).unwrap();
        let opinion = |text: &str, told: bool| KeptComment {
            id: String::new(),
            unit: "u1".to_owned(),
            period: told.then(|| "y".to_owned()),
            group: told.then(|| "g".to_owned()),
            text: text.to_owned(),
        };
        let opinions = [opinion("慢,\"很\"慢\n两趟", true), opinion("=HYPERLINK(\"x\")", false), opinion("-1", false)];
        assert_eq!(
            list(&plan, &opinions, Lang::Zh),
            "\u{feff}序号,单位,意见建议,意见来源,周期,责任人,整改措施,完成时限,完成情况\r\n\
             1,林业站,\"慢,\"\"很\"\"慢\n两趟\",群众,2018年度,,,,\r\n\
             2,林业站,\"'=HYPERLINK(\"\"x\"\")\",,,,,,\r\n\
             3,林业站,'-1,,,,,,\r\n"
        );
    }
}
