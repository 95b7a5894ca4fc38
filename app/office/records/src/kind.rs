//! The kinds of records as tables of fields: what a form asks for, what a list shows, what is checked.
//!
//! Refuses to own any rule (those are `scoring`'s) and any view.

use std::fmt::Display;

use frame::words::{Phrase, fill, fill_in};
use scoring::{
    Leaf, Method, Plan, RecordKind, UnitIndex,
    plan_document::{MethodDocument, RuleDocument, Sign},
};
use text::{Text, records as words};

use crate::{book::Book, kept::Texts};

/// One thing to choose: its id, and its name for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
}

/// How a field is filled in. What depends on the plan or on other fields is asked for with both.
#[derive(Clone, Copy)]
pub(super) enum Control {
    /// One of several; a field without choices is not asked for.
    Choice(fn(&Plan, &Texts) -> Vec<Choice>),
    /// A decimal; `None` where it is not asked for, else what it may be.
    Figure(fn(&Plan, &Texts) -> Option<String>),
    /// A whole number.
    Count,
    /// Yes or no; `None` where it is not asked for, else what it does.
    Flag(fn(&Plan, &Texts) -> Option<String>),
    /// Words that must be there.
    Reason,
    /// Ids or figures in a list; shown, never asked for by a form.
    List(fn(&Plan, &Texts) -> Vec<Choice>),
}

/// One field of a kind of record.
pub(super) struct Field {
    /// Its name in the record.
    pub(super) id: &'static str,
    pub(super) label: Text,
    pub(super) control: Control,
    /// What else to say beside it.
    pub(super) note: fn(&Plan, &Texts) -> Option<String>,
}

const fn field(id: &'static str, label: Text, control: Control) -> Field {
    Field { id, label, control, note: |_, _| None }
}

const PERIOD: Field = field("period", words::PERIOD, Control::Choice(periods));
const UNIT: Field = field("unit", words::UNIT, Control::Choice(units));
const REASON: Field = field("reason", words::REASON, Control::Reason);

static ENTRIES: [Field; 2] = [UNIT, field("value", words::VALUE, Control::Figure(within_out_of))];
static LINKS: [Field; 2] = [UNIT, field("totals", words::TOTALS, Control::List(|_, _| Vec::new()))];
static INCIDENTS: [Field; 6] = [
    PERIOD,
    field("component", words::COMPONENT, Control::Choice(incident_leaves)),
    UNIT,
    field("level", words::LEVEL, Control::Choice(incident_levels)),
    field("count", words::COUNT, Control::Count),
    field("serious", words::SERIOUS, Control::Flag(serious)),
];
static ADJUSTMENTS: [Field; 5] = [
    PERIOD,
    Field { note: caps, ..field("rule", words::RULE, Control::Choice(rules)) },
    UNIT,
    field("level", words::LEVEL, Control::Choice(rule_levels)),
    field("points", words::POINTS, Control::Figure(rule_range)),
];
static DECISIONS: [Field; 5] = [
    PERIOD,
    field("component", words::COMPONENT, Control::Choice(leaves)),
    UNIT,
    Field { note: decided_out_of, ..field("value", words::VALUE, Control::Figure(within_out_of)) },
    REASON,
];
static VERDICTS: [Field; 3] = [UNIT, field("outcome", words::OUTCOME, Control::Choice(outcomes)), REASON];
static LOTS: [Field; 2] = [
    field("category", words::CATEGORY, Control::Choice(categories)),
    field("order", words::ORDER, Control::List(units)),
];
static HISTORY: [Field; 1] = [field("history", words::HISTORY, Control::List(|_, _| Vec::new()))];

/// The fields of a kind, less those that a page fixes.
pub(super) fn fields(kind: RecordKind) -> &'static [Field] {
    match kind {
        RecordKind::Entry => &ENTRIES,
        RecordKind::Link => &LINKS,
        RecordKind::Incident => &INCIDENTS,
        RecordKind::Adjustment => &ADJUSTMENTS,
        RecordKind::Decision => &DECISIONS,
        RecordKind::Verdict => &VERDICTS,
        RecordKind::Lot => &LOTS,
        RecordKind::History => &HISTORY,
    }
}

/// A kind's name, and what it is for.
pub(super) const fn names(kind: RecordKind) -> (Text, Text) {
    match kind {
        RecordKind::Entry => (words::ENTRIES, words::ENTRIES_NOTE),
        RecordKind::Link => (words::LINKS, words::LINKS_NOTE),
        RecordKind::Incident => (words::INCIDENTS, words::INCIDENTS_NOTE),
        RecordKind::Adjustment => (words::ADJUSTMENTS, words::ADJUSTMENTS_NOTE),
        RecordKind::Decision => (words::DECISIONS, words::DECISIONS_NOTE),
        RecordKind::Verdict => (words::VERDICTS, words::VERDICTS_NOTE),
        RecordKind::History => (words::HISTORY, words::HISTORY_NOTE),
        RecordKind::Lot => (words::LOTS, words::LOTS_NOTE),
    }
}

/// Whether the plan has a place for records of this kind.
pub(super) fn has_place(plan: &Plan, kind: RecordKind) -> bool {
    let document = plan.document();
    match kind {
        RecordKind::Entry => plan.leaves().iter().any(|leaf| matches!(leaf.method, Method::Entered)),
        RecordKind::Link => plan.leaves().iter().any(|leaf| matches!(leaf.method, Method::Linked(_))),
        RecordKind::Incident => !incident_leaves(plan, &Texts::new()).is_empty(),
        RecordKind::Adjustment => !document.adjustments.is_empty(),
        RecordKind::Verdict => !document.outcomes.is_empty(),
        RecordKind::Decision | RecordKind::Lot | RecordKind::History => true,
    }
}

/// Whether whoever is signed in gives records of a kind: those of all offices, or some of their own.
pub(super) fn is_given_by(book: Book, plan: &Plan, kind: RecordKind) -> bool {
    let of_component = |leaf: &Leaf| book.is_own(plan.office_of_component(&plan.nodes()[leaf.node].id));
    match kind {
        _ if book.of_all_offices() => true,
        RecordKind::Incident => {
            plan.leaves().iter().any(|leaf| matches!(leaf.method, Method::Incidents { .. }) && of_component(leaf))
        }
        RecordKind::Decision => plan.leaves().iter().any(of_component),
        RecordKind::Adjustment => plan.document().adjustments.iter().any(|rule| book.is_own(rule.office.as_deref())),
        _ => false,
    }
}

/// Of the choices of a field those that whoever is signed in may give.
pub(super) fn own(book: Book, plan: &Plan, field: &str, choices: Vec<Choice>) -> Vec<Choice> {
    let is_own = |choice: &Choice| match field {
        "component" => book.is_own(plan.office_of_component(&choice.id)),
        "rule" => book.is_own(plan.office_of_rule(&choice.id)),
        _ => true,
    };
    choices.into_iter().filter(is_own).collect()
}

fn choice(id: &str, name: impl Into<String>) -> Choice {
    Choice { id: id.to_owned(), name: name.into() }
}

/// What is typed in a field; empty where nothing is.
pub(super) fn text_of<'t>(texts: &'t Texts, id: &str) -> &'t str {
    texts.get(id).map(String::as_str).unwrap_or_default()
}

fn periods(plan: &Plan, _: &Texts) -> Vec<Choice> {
    plan.periods().iter().map(|period| choice(&period.id, period.name.as_str())).collect()
}

fn categories(plan: &Plan, _: &Texts) -> Vec<Choice> {
    plan.categories().iter().map(|category| choice(&category.id, category.name.as_str())).collect()
}

fn outcomes(plan: &Plan, _: &Texts) -> Vec<Choice> {
    plan.document().outcomes.iter().map(|outcome| choice(&outcome.id, outcome.name.as_str())).collect()
}

/// The outcomes of a plan.
pub(super) fn outcome_choices(plan: &Plan) -> Vec<Choice> {
    outcomes(plan, &Texts::new())
}

/// The name of a unit, with its category where several share it.
pub(super) fn unit_name(plan: &Plan, unit: UnitIndex) -> String {
    let name = &plan.unit(unit).name;
    if plan.units().iter().filter(|other| other.name == *name).count() == 1 {
        return name.clone();
    }
    fill_in("{0}({1})", &[name, &plan.category(plan.category_of(unit)).name])
}

/// The units that the chosen component applies to; all where none is chosen.
pub(super) fn units(plan: &Plan, texts: &Texts) -> Vec<Choice> {
    let leaf = plan.leaf_place(text_of(texts, "component"));
    plan.unit_indices()
        .filter(|unit| leaf.is_none_or(|leaf| plan.applies(leaf, *unit)))
        .map(|unit| choice(&plan.unit(unit).id, unit_name(plan, unit)))
        .collect()
}

fn leaves_where(plan: &Plan, fits: fn(&Method) -> bool) -> Vec<Choice> {
    let fitting = plan.leaves().iter().filter(|leaf| fits(&leaf.method));
    fitting.map(|leaf| &plan.nodes()[leaf.node]).map(|node| choice(&node.id, node.name.as_str())).collect()
}

fn leaves(plan: &Plan, _: &Texts) -> Vec<Choice> {
    leaves_where(plan, |_| true)
}

fn incident_leaves(plan: &Plan, _: &Texts) -> Vec<Choice> {
    leaves_where(plan, |method| matches!(method, Method::Incidents { .. }))
}

fn chosen_method<'p>(plan: &'p Plan, texts: &Texts) -> Option<&'p MethodDocument> {
    plan.leaf_place(text_of(texts, "component")).map(|leaf| plan.method_document(leaf))
}

fn incident_levels(plan: &Plan, texts: &Texts) -> Vec<Choice> {
    let Some(MethodDocument::Incidents(method)) = chosen_method(plan, texts) else { return Vec::new() };
    let named = |name: &str, amount: &dyn Display| fill(words::LEVEL_CHOICE, &[&name, amount]);
    method.levels.iter().map(|level| choice(&level.id, named(&level.name, &level.amount))).collect()
}

fn serious(plan: &Plan, texts: &Texts) -> Option<String> {
    match chosen_method(plan, texts) {
        Some(MethodDocument::Incidents(method)) => {
            method.serious_factor.as_ref().map(|factor| fill(words::SERIOUS_TIMES, &[factor]))
        }
        _ => None,
    }
}

fn within_out_of(plan: &Plan, texts: &Texts) -> Option<String> {
    let leaf = plan.leaf_place(text_of(texts, "component"))?;
    Some(fill(words::RANGE, &[&0, &plan.leaves()[leaf].out_of]))
}

fn decided_out_of(plan: &Plan, texts: &Texts) -> Option<String> {
    let leaf = plan.leaf_place(text_of(texts, "component"))?;
    Some(fill(words::DECIDED_OUT_OF, &[&plan.leaves()[leaf].out_of]))
}

fn rules(plan: &Plan, _: &Texts) -> Vec<Choice> {
    let named = |rule: &RuleDocument| match rule.sign {
        Sign::Bonus => fill(words::BONUS_CHOICE, &[&rule.name]),
        Sign::Deduction => fill(words::DEDUCTION_CHOICE, &[&rule.name]),
    };
    plan.document().adjustments.iter().map(|rule| choice(&rule.id, named(rule))).collect()
}

fn chosen_rule<'p>(plan: &'p Plan, texts: &Texts) -> Option<&'p RuleDocument> {
    plan.document().adjustments.iter().find(|rule| rule.id == text_of(texts, "rule"))
}

fn rule_levels(plan: &Plan, texts: &Texts) -> Vec<Choice> {
    let levels = chosen_rule(plan, texts).and_then(|rule| rule.levels.as_deref()).unwrap_or_default();
    let named = |name: &str, points: &str| fill(words::LEVEL_CHOICE, &[&name, &points]);
    let sign = sign_of(plan, texts);
    levels.iter().map(|level| choice(&level.id, named(&level.name, &format!("{sign}{}", level.points)))).collect()
}

/// What stands before the points of the chosen rule.
pub(super) fn sign_of(plan: &Plan, texts: &Texts) -> &'static str {
    match chosen_rule(plan, texts).map(|rule| rule.sign) {
        Some(Sign::Bonus) => "+",
        Some(Sign::Deduction) => "−",
        None => "",
    }
}

fn rule_range(plan: &Plan, texts: &Texts) -> Option<String> {
    let range = chosen_rule(plan, texts)?.range.as_ref()?;
    Some(fill(words::RANGE, &[&range.min, &range.max]))
}

/// The caps that limit what a rule gives: its own, and the plan's for its sign.
fn caps(plan: &Plan, texts: &Texts) -> Option<String> {
    let rule = chosen_rule(plan, texts)?;
    let own = rule.cap.as_ref().map(|cap| fill(words::RULE_CAP, &[cap]));
    let all = plan.document().adjustment_cap.as_ref().and_then(|cap| match rule.sign {
        Sign::Bonus => cap.bonus.as_ref(),
        Sign::Deduction => cap.deduction.as_ref(),
    });
    let all = all.map(|cap| fill(words::PLAN_CAP, &[cap]));
    let said: Vec<String> = own.into_iter().chain(all).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Whether a field is asked for, as things stand.
pub(super) fn asked(field: &Field, plan: &Plan, texts: &Texts) -> bool {
    match field.control {
        Control::Choice(choices) => !choices(plan, texts).is_empty(),
        Control::Figure(range) => range(plan, texts).is_some(),
        Control::Flag(effect) => effect(plan, texts).is_some(),
        Control::Count | Control::Reason => true,
        Control::List(_) => false,
    }
}

/// The id that a typed or pasted text names: an id, or a name that only one choice has.
pub(super) fn resolve(choices: &[Choice], typed: &str) -> Result<String, Phrase> {
    let typed = typed.trim();
    if let Some(choice) = choices.iter().find(|choice| choice.id == typed) {
        return Ok(choice.id.clone());
    }
    let mut named = choices.iter().filter(|choice| choice.name == typed);
    match (named.next(), named.next()) {
        (Some(choice), None) => Ok(choice.id.clone()),
        (Some(_), Some(_)) => Err(Phrase::new(words::NAMED_TWICE, [typed])),
        _ => Err(Phrase::new(words::NOT_FOUND, [typed])),
    }
}
