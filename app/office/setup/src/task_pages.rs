//! The tasks that are fields and lists: basic facts, units, groups, scales, and the rules.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::{
    naming::{self, Label},
    task::Task,
};
use scoring::json::Value;
use text::{office_editor as editor_words, office_setup as words};

use crate::{
    component::{t_key, trait_choices},
    control::{Act, Takes},
    field::{Ask, Kind, Page, shown},
    new_element,
    rows::{Column, button, row_buttons},
    unit_tasks::has_tasks,
};

impl Page {
    /// A task's fields.
    pub fn task(self, task: Task) -> AnyView {
        match task {
            Task::Basics => self.basics(),
            Task::Units => self.units(),
            Task::Groups => {
                let columns = vec![
                    Column::new("name", Kind::Text),
                    Column::new("ballot", Kind::Choice(naming::choices("ballot"))),
                    Column::new("comments", Kind::Flag),
                    Column::optional("per_network", Kind::Count),
                ];
                view! { <div class="panel">{self.rows("/groups", naming::key("groups"), columns)}</div> }.into_any()
            }
            Task::Scales => self.scales(),
            Task::Components => view! {
                <div class="tree-page">
                    {self.tree(None)}
                    <aside class="side stack hint"><p>{t(editor_words::CHOOSE_LINE)}</p><p>{t(words::FILL_UP_NOTE)}</p></aside>
                </div>
            }
            .into_any(),
            Task::Adjustments => self.adjustments(),
            Task::Ranking => self.ranking(),
            Task::Grading => self.grading(),
            Task::Outcomes => self.outcomes(),
            Task::Shortlist => self.shortlist(),
        }
    }

    fn count(self, list: &str) -> usize {
        self.draft.with(|plan| pointer::list(plan, list).len())
    }

    fn basics(self) -> AnyView {
        let periods = vec![Column::new("name", Kind::Text)];
        view! {
            <div class="panel stack">
                {self.field(Ask::new("/title", Kind::Text))}
                <div class="columns">
                    {self.field(Ask::new("/year", Kind::Count).optional())}
                    {self.field(Ask::new("/total", Kind::Decimal))}
                </div>
                {self.field(Ask::new("/live", Kind::Choice(naming::choices("live"))).optional())}
            </div>
            <div class="panel stack">
                <h2>{t_key("periods")}</h2>
                <p class="hint">{t(words::PERIODS_NOTE)}</p>
                {self.rows("/periods", naming::key("periods"), periods)}
                {self.field(Ask::new("/combine", Kind::Choice(naming::choices("combine"))))}
            </div>
            {self.schedule()}
        }
        .into_any()
    }

    fn units(self) -> AnyView {
        let categories = self.draft.with(|plan| naming::named(plan, "/categories"));
        let of_category = vec![Column::new("name", Kind::Text)];
        let of_unit = vec![
            Column::new("name", Kind::Text),
            Column::new("category", Kind::Choice(categories)),
            Column::optional("traits", Kind::Words),
        ];
        view! {
            <div class="panel stack">
                <h2>{t_key("categories")}</h2>
                {self.rows("/categories", naming::key("categories"), of_category)}
                {self.clauses.of(self.draft, "/categories")}
            </div>
            <div class="panel stack">
                <div class="row between">
                    <h2>{t_key("units")}</h2>
                    <a class="button" href=self.draft.context.href("setup/import")>{t(words::IMPORT)}</a>
                </div>
                {self.clauses.of(self.draft, "/units")}
                <p class="hint">{t(words::TRAITS_HINT)}</p>
                {self.rows("/units", naming::key("units"), of_unit)}
            </div>
            {self.draft.with(has_tasks).then(|| self.tasks())}
        }
        .into_any()
    }

    fn scales(self) -> AnyView {
        let count = self.count("/scales");
        let scales: Vec<_> = (0..count)
            .map(|row| {
                let place = format!("/scales/{row}");
                let columns = vec![Column::new("name", Kind::Text), Column::new("value", Kind::Decimal)];
                let number = row + 1;
                view! {
                    <div class="panel stack">
                        <div class="row between"><h2>{move || fill(words::SCALE_TITLE, &[&number])}</h2>{row_buttons(&place, row, count)}</div>
                        {self.rows(&format!("{place}/options"), naming::key("options"), columns)}
                    </div>
                }
            })
            .collect();
        let presets: Vec<_> = new_element::PRESETS
            .iter()
            .enumerate()
            .map(|(number, options)| {
                let said = options.iter().map(|(_, name, value)| format!("{name} {value}")).collect::<Vec<_>>().join(" · ");
                let face = move || if said.is_empty() { t(editor_words::EMPTY_SCALE)().to_owned() } else { said.clone() };
                view! { <button type="button" data-act=Act::AddScale.word() data-at="/scales" data-preset=number.to_string()>{face}</button> }
            })
            .collect();
        view! {
            {self.fault_of("/scales")}
            {scales}
            <div class="stack tight" role="group" aria-labelledby="new-scale">
                <h2 id="new-scale">{t(editor_words::NEW_SCALE)}</h2>
                <p class="row">{presets}</p>
            </div>
        }
        .into_any()
    }

    fn adjustments(self) -> AnyView {
        let count = self.count("/adjustments");
        let rules: Vec<_> = (0..count).map(|row| self.rule(row, count)).collect();
        let cap = self.draft.with(|plan| pointer::at(plan, "/adjustment_cap").is_some());
        view! {
            {self.fault_of("/adjustments")}
            {rules}
            {button(Act::Add, "/adjustments".to_owned(), words::ADD_RULE, None)}
            <div class="panel stack">
                <h2>{t_key("adjustment_cap")}</h2>
                {self.switch("/adjustment_cap", words::USE_CAP, cap)}
                {cap.then(|| view! {
                    <div class="columns">
                        {self.field(Ask::new("/adjustment_cap/bonus", Kind::Decimal).optional())}
                        {self.field(Ask::new("/adjustment_cap/deduction", Kind::Decimal).optional())}
                    </div>
                })}
            </div>
        }
        .into_any()
    }

    fn rule(self, row: usize, count: usize) -> AnyView {
        let place = format!("/adjustments/{row}");
        let at = |key: &str| format!("{place}/{key}");
        let by_range = self.draft.with(|plan| pointer::at(plan, &at("range")).is_some());
        let set = vec![
            ("levels".to_owned(), Label::Ours(words::BY_LEVELS)),
            ("range".to_owned(), Label::Ours(words::BY_RANGE)),
        ];
        let set = Ask::new(at("~set"), Kind::Shape(Takes::RulePoints, set))
            .label(words::LEVELS_CHOICE)
            .now(if by_range { "range" } else { "levels" });
        let levels = vec![Column::new("name", Kind::Text), Column::new("points", Kind::Decimal)];
        let points = if by_range {
            view! {
                <div class="columns">
                    {self.field(Ask::new(at("range/min"), Kind::Decimal))}
                    {self.field(Ask::new(at("range/max"), Kind::Decimal))}
                </div>
            }
            .into_any()
        } else {
            self.rows(&at("levels"), naming::key("levels"), levels)
        };
        let name = Label::Theirs(self.draft.text(&at("name")));
        view! {
            <div class="panel stack">
                <div class="row between"><h2>{move || name.say()}</h2>{row_buttons(&place, row, count)}</div>
                {self.fault_of(&place)}
                <div class="columns">
                    {self.field(Ask::new(at("name"), Kind::Text))}
                    {self.field(Ask::new(at("sign"), Kind::Choice(naming::choices("sign"))))}
                    {self.field(set)}
                    {self.field(Ask::new(at("cap"), Kind::Decimal).optional())}
                    {self.field(Ask { hint: None, ..Ask::new(at("office"), Kind::Text) }.optional())}
                </div>
                {points}
            </div>
        }
        .into_any()
    }

    fn ranking(self) -> AnyView {
        let count = self.count("/ranking/tie_break");
        let (components, options) = self.draft.with(|plan| (naming::components(plan), naming::options(plan, None)));
        let kinds = vec![
            ("score".to_owned(), Label::Ours(words::TIE_SCORE)),
            ("share".to_owned(), Label::Ours(words::TIE_SHARE)),
        ];
        let lines: Vec<_> = (0..count)
            .map(|row| {
                let place = format!("/ranking/tie_break/{row}");
                let share = self.draft.with(|plan| matches!(pointer::at(plan, &place), Some(Value::Object(_))));
                let kind = Ask::new(format!("{place}/~kind"), Kind::Shape(Takes::TieBreak, kinds.clone())).label(words::TIE_KIND).now(if share { "share" } else { "score" });
                let component = if share { format!("{place}/component") } else { place.clone() };
                let component = Ask::new(component, Kind::Choice(components.clone())).label(naming::key("component"));
                let option = share.then(|| self.field(Ask::new(format!("{place}/option"), Kind::Choice(options.clone()))));
                view! { <li class="row end">{self.field(component)}{self.field(kind)}{option}{row_buttons(&place, row, count)}</li> }
            })
            .collect();
        view! {
            <div class="panel stack">{self.field(Ask::new("/ranking/decimals", Kind::Count))}</div>
            <div class="panel stack">
                <h2>{t_key("tie_break")}</h2>
                <p class="hint">{t(words::TIE_NOTE)}</p>
                {self.clauses.of(self.draft, "/ranking/tie_break")}
                {self.fault_of("/ranking/tie_break")}
                <ol class="lines">{lines}</ol>
                {button(Act::Add, "/ranking/tie_break".to_owned(), words::ADD, None)}
            </div>
        }
        .into_any()
    }

    fn grading(self) -> AnyView {
        let on = self.draft.with(|plan| pointer::at(plan, "/grading").is_some());
        let columns = vec![Column::new("name", Kind::Text), Column::new("share", Kind::Decimal)];
        let draft = self.draft;
        let sum = move || {
            draft.typed.track();
            let sum: Option<scoring::Decimal> = draft.with(|plan| {
                pointer::list(plan, "/grading/grades")
                    .iter()
                    .map(|grade| pointer::text(grade, "/share").parse::<scoring::Decimal>().ok())
                    .collect::<Option<Vec<_>>>()
                    .map(|shares| shares.into_iter().sum())
            });
            sum.map(|sum| fill(words::SHARES_SUM, &[&sum]))
        };
        view! {
            <div class="panel stack">
                {self.switch("/grading", words::USE_GRADES, on)}
                {on.then(|| view! {
                    {self.field(Ask::new("/grading/scope", Kind::Choice(naming::choices("scope"))))}
                    {self.rows("/grading/grades", naming::key("grades"), columns)}
                    <p role="status" class="sum">{sum}</p>
                })}
                {self.clauses.of(self.draft, "/grading")}
            </div>
        }
        .into_any()
    }

    fn outcomes(self) -> AnyView {
        let count = self.count("/outcomes");
        let outcomes: Vec<_> = (0..count).map(|row| self.outcome(row, count)).collect();
        view! { {self.fault_of("/outcomes")}{outcomes}{button(Act::Add, "/outcomes".to_owned(), words::ADD_OUTCOME, None)} }.into_any()
    }

    fn outcome(self, row: usize, count: usize) -> AnyView {
        let place = format!("/outcomes/{row}");
        let at = |key: &str| format!("{place}/{key}");
        let kind = self.draft.with(|plan| pointer::at(plan, &at("when")).map(shown).unwrap_or_default());
        let when = |key: &str| format!("{place}/when/{key}");
        let named = |list: &str| Kind::Choice(self.draft.with(|plan| naming::named(plan, list)));
        let details = match kind.as_str() {
            "outcome" => view! {
                {self.field(Ask::new(when("outcome"), named("/outcomes")))}
                {self.field(Ask::new(when("years"), Kind::Count))}
            }
            .into_any(),
            "ranks" | "ranks_from_bottom" => {
                let ends = when(&kind);
                view! {
                    {self.fault_of(&ends)}
                    {self.field(Ask::new(format!("{ends}/0"), Kind::Count).label(naming::key("min")))}
                    {self.field(Ask::new(format!("{ends}/1"), Kind::Count).label(naming::key("max")))}
                }
                .into_any()
            }
            "grade" => self.field(Ask::new(when("grade"), named("/grading/grades"))),
            "list" => self.field(Ask::new(when("list"), Kind::Choice(naming::choices("list")))),
            "top_share" => self.field(Ask::new(when("top_share"), Kind::Decimal)),
            "from_top" | "from_bottom" | "only_from_bottom" => self.field(Ask::new(when(&kind), Kind::Count)),
            _ => ().into_any(),
        };
        let name = Label::Theirs(self.draft.text(&at("name")));
        let traits = self.draft.with(trait_choices);
        let given = |key: &str| !self.draft.text(&at(key)).is_empty();
        let of_traits = (!traits.is_empty() || given("only") || given("except")).then(|| {
            let of = |key: &str| self.field(Ask::new(at(key), Kind::Choice(traits.clone())).optional());
            view! { {of("only")}{of("except")} }
        });
        view! {
            <div class="panel stack">
                <div class="row between"><h2>{move || name.say()}</h2>{row_buttons(&place, row, count)}</div>
                {self.field(Ask::new(at("name"), Kind::Text))}
                <div class="columns">
                    {self.field(Ask::new(at("when"), Kind::Shape(Takes::When, naming::choices("when"))))}
                    {details}
                    {of_traits}
                    {self.field(Ask::new(at("effects"), Kind::Pairs).optional().hint(words::EFFECTS_HINT))}
                </div>
            </div>
        }
        .into_any()
    }

    fn shortlist(self) -> AnyView {
        let on = self.draft.with(|plan| pointer::at(plan, "/shortlist").is_some());
        let outcomes = self.draft.with(|plan| naming::named(plan, "/outcomes"));
        view! {
            <div class="panel stack">
                {self.switch("/shortlist", words::USE_SHORTLIST, on)}
                {self.fault_of("/shortlist")}
                {on.then(|| view! {
                    <div class="columns">
                        {self.field(Ask::new("/shortlist/top", Kind::Count))}
                        {self.field(Ask::new("/shortlist/bottom", Kind::Count))}
                    </div>
                    {self.field(Ask::new("/shortlist/carry", Kind::Choice(outcomes.clone())))}
                    {self.field(Ask::new("/shortlist/carried", Kind::Choice(naming::choices("carried"))).optional())}
                })}
            </div>
        }
        .into_any()
    }

    /// A box to tick for a part of the plan that may be absent.
    fn switch(self, place: &'static str, label: text::Text, on: bool) -> AnyView {
        let draft = self.draft;
        let id = format!("{place}~use");
        let target = id.clone();
        let change = move |_| {
            if !on {
                return draft.other_kind(&target, ("off", "on"), (place, place), part(place));
            }
            let was = draft.with(|plan| pointer::at(plan, place).cloned());
            draft.shelf.update_value(|shelf| shelf.extend(was.map(|was| (format!("{place} on"), was))));
            draft.reshape(Some(target.clone()), |plan| pointer::put(plan, place, None));
        };
        view! {
            <div class="field ticking"><div class="row">
                <input type="checkbox" id=id.clone() checked=on on:change=change />
                <label for=id>{t(label)}</label>
            </div></div>
        }
        .into_any()
    }
}

/// A part of the plan that was not there, as it starts.
fn part(place: &str) -> Value {
    let text = |key: &str, value: &str| (key.to_owned(), Value::Text(value.to_owned()));
    let count = |key: &str| (key.to_owned(), Value::Int(0));
    Value::Object(match place {
        "/grading" => vec![
            text("scope", "all"),
            ("grades".to_owned(), Value::List(vec![new_element::fresh(&Value::Null, "/grading/grades")])),
        ],
        "/shortlist" => vec![count("top"), count("bottom"), text("carry", "")],
        _ => Vec::new(),
    })
}
