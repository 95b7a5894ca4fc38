//! One component's panel beside the tree: to whom it applies, and how it is scored.

use frame::words::{fill, t};
use leptos::prelude::*;
use office_frame::pointer;
use office_plan_words::naming::{self, Label};
use scoring::json::Value;
use text::office_setup as words;

use crate::{
    control::{Act, Takes},
    field::{Ask, Kind, Page},
    rows::Column,
};

impl Page {
    /// The tree, and beside it the panel of the component at a place.
    pub fn component(self, place: &str) -> AnyView {
        view! { <div class="tree-page chosen">{self.tree(Some(place))}<aside class="side stack">{self.panel(place)}</aside></div> }
            .into_any()
    }

    /// How a component is scored, and to whom it applies. Its name and points stand in the tree.
    fn panel(self, place: &str) -> AnyView {
        let Some(node) = self.draft.with(|plan| pointer::at(plan, place).cloned()) else {
            return view! { <p class="note warn">{t(words::NONE_YET)}</p> }.into_any();
        };
        let at = |key: &str| format!("{place}/{key}");
        let (traits, staged) = self.draft.with(|plan| (trait_choices(plan), pointer::at(plan, "/shortlist").is_some()));
        let shows = |key: &str| node.get(key).is_some_and(|value| *value != Value::Null);
        let applies = (!traits.is_empty() || shows("only") || shows("except")).then(|| {
            view! {
                {self.field(Ask::new(at("only"), Kind::Choice(traits.clone())).optional())}
                {self.field(Ask::new(at("except"), Kind::Choice(traits.clone())).optional())}
            }
        });
        let stage = (staged || shows("stage")).then(|| {
            self.field(Ask::new(at("stage"), Kind::Shape(Takes::NumberChoice, naming::choices("stage"))).optional())
        });
        let branch = node.get("children").is_some();
        let method = match branch {
            true => view! { <p class="note">{t(words::PARTS_NOTE)}</p> }.into_any(),
            false => view! {
                {self.slider(place)}
                {self.fault_of(&at("method"))}
                {self.field(Ask::new(at("method/kind"), Kind::Shape(Takes::Method, naming::choices("kind"))))}
                {self.method(&at("method"), pointer::text(&node, "/method/kind"))}
            }
            .into_any(),
        };
        view! {
            <div class="row between">
                <h2>{t(words::DETAILS)}</h2>
                <a href=self.draft.context.href("setup/components")>{t(words::BACK_TO_TREE)}</a>
            </div>
            {method}
            <div class="columns">{applies}{stage}</div>
            {self.clauses.under(self.draft, place)}
        }
        .into_any()
    }

    fn method(self, place: &str, kind: &str) -> AnyView {
        let at = |key: &str| format!("{place}/{key}");
        let decimal = |key: &str| self.field(Ask::new(at(key), Kind::Decimal));
        let maybe_decimal = |key: &str| self.field(Ask::new(at(key), Kind::Decimal).optional());
        let office = || self.field(Ask { hint: None, ..Ask::new(at("office"), Kind::Text) }.optional());
        match kind {
            "survey" => self.survey(place),
            "complaints" => self.complaints(place),
            "incidents" => {
                let levels = vec![Column::new("name", Kind::Text), Column::new("amount", Kind::Decimal)];
                view! {
                    <h3>{t_key("levels")}</h3>
                    {self.rows(&at("levels"), naming::key("levels"), levels)}
                    <div class="columns">{maybe_decimal("serious_factor")}{maybe_decimal("out_of")}{office()}</div>
                }
                .into_any()
            }
            "entered" => view! { <div class="columns">{self.field(Ask::new(at("office"), Kind::Text))}{maybe_decimal("out_of")}</div> }.into_any(),
            "linked" => {
                let combine = naming::choices("combine").into_iter().filter(|(id, _)| id != "last").collect();
                view! {
                    <div class="columns">
                        {self.field(Ask { hint: None, ..Ask::new(at("combine"), Kind::Choice(combine)) })}
                        {decimal("out_of")}
                        {office()}
                    </div>
                }
                .into_any()
            }
            _ => ().into_any(),
        }
    }

    fn survey(self, place: &str) -> AnyView {
        let at = |key: &str| format!("{place}/{key}");
        let (scales, groups, options, pooled) = self.draft.with(|plan| {
            let scale = pointer::text(plan, &at("scale")).to_owned();
            (
                naming::scale_choices(plan),
                naming::named(plan, "/groups"),
                naming::options(plan, Some(&scale)),
                pointer::at(plan, &at("pooled")) == Some(&Value::Bool(true)),
            )
        });
        let empty = |key: &str| self.draft.with(|plan| pointer::list(plan, &at(key)).is_empty());
        let mut group_columns = vec![Column::new("group", Kind::Choice(groups))];
        if !pooled {
            group_columns.push(Column::new("weight", Kind::Decimal));
        }
        let criteria = vec![Column::new("name", Kind::Text), Column::new("weight", Kind::Decimal)];
        let quota = vec![
            Column::new("option", Kind::Choice(options)),
            Column::optional("count", Kind::Count),
            Column::optional("at_most", Kind::Count),
            Column::optional("at_most_share", Kind::Decimal),
        ];
        let of_units = !self.draft.text(&at("criteria_of")).is_empty();
        let criteria = if of_units {
            let units = self.draft.context.href("setup/units");
            view! { <p class="hint">{t(words::TASKS_AT_UNITS)}" "<a href=units>{t_key("tasks")}</a></p>{self.fault_of(&at("criteria"))} }
                .into_any()
        } else {
            view! {
                {empty("criteria").then(|| view! { <p class="hint">{t(words::NO_CRITERIA)}</p> })}
                {self.rows(&at("criteria"), naming::key("criteria"), criteria)}
            }
            .into_any()
        };
        view! {
            <div class="columns">
                {self.field(Ask::new(at("scale"), Kind::Shape(Takes::Redraw, scales)))}
                {self.field(Ask::new(at("out_of"), Kind::Decimal))}
                {self.field(Ask::new(at("own_unit"), Kind::Choice(naming::choices("own_unit"))).optional())}
            </div>
            <h3>{t_key("groups")}</h3>
            {self.field(Ask::new(at("pooled"), Kind::Flag))}
            {self.rows(&at("groups"), naming::key("groups"), group_columns)}
            <h3>{t_key("criteria")}</h3>
            {self.field(Ask::new(at("criteria_of"), Kind::Shape(Takes::Redraw, naming::choices("criteria_of"))).optional())}
            {criteria}
            <div class="columns">
                {self.field(Ask::new(at("min_marks"), Kind::Count).optional())}
                {self.field(Ask::new(at("missing_group"), Kind::Choice(naming::choices("missing_group"))).optional())}
            </div>
            <h3>{t_key("quota")}</h3>
            <p class="hint">{t(if empty("quota") { words::NO_QUOTA } else { words::QUOTA_NOTE })}</p>
            {self.rows(&at("quota"), naming::key("quota"), quota)}
        }
        .into_any()
    }

    fn complaints(self, place: &str) -> AnyView {
        let at = |key: &str| format!("{place}/{key}");
        let (scales, groups, options, count) = self.draft.with(|plan| {
            let scale = pointer::text(plan, &at("scale")).to_owned();
            let options = if scale.is_empty() { Vec::new() } else { naming::options(plan, Some(&scale)) };
            (
                naming::scale_choices(plan),
                naming::named(plan, "/groups"),
                options,
                pointer::list(plan, &at("groups")).len(),
            )
        });
        let none = options.is_empty().then(|| view! { <p class="hint">{t(words::CHOOSE_SCALE_FIRST)}</p> });
        let deduct: Vec<_> = options
            .into_iter()
            .map(|(id, name)| {
                let label = Label::Theirs(fill(words::DEDUCT_FOR, &[&name.say()]));
                self.field(Ask::new(scoring::json_pointer(&at("deduct"), id), Kind::Decimal).label(label).optional())
            })
            .collect();
        let marking: Vec<_> = (0..count)
            .map(|row| {
                let place = format!("{}/{row}", at("groups"));
                let label = Label::Theirs(fill(words::ROW, &[&(row + 1)]));
                view! {
                    <div class="row end">
                        {self.field(Ask::new(&*place, Kind::Choice(groups.clone())).label(label))}
                        {crate::rows::row_buttons(&place, row, count)}
                    </div>
                }
            })
            .collect();
        view! {
            <div class="columns">
                {self.field(Ask::new(at("scale"), Kind::Shape(Takes::Redraw, scales)))}
                {self.field(Ask::new(at("out_of"), Kind::Decimal).optional())}
            </div>
            <h3>{t_key("deduct")}</h3>
            {none}
            <p class="hint">{t(words::DEDUCT_NOTE)}</p>
            <div class="columns">{deduct}</div>
            <h3>{t_key("groups")}</h3>
            {self.fault_of(&at("groups"))}
            {marking}
            {crate::rows::button(Act::Add, at("groups"), words::ADD, None)}
        }
        .into_any()
    }
}

/// A field's name as a heading.
pub fn t_key(key: &str) -> impl Fn() -> String + Send + Clone + 'static {
    let label = naming::key(key);
    move || label.say()
}

/// Traits to choose from.
pub fn trait_choices(plan: &Value) -> Vec<(String, Label)> {
    naming::traits(plan).into_iter().map(|name| (name.clone(), Label::Theirs(name))).collect()
}
