//! The kinds of records as tables of fields: what a form asks for, what a list shows, what is checked.
//!
//! Owns the way from typed texts to a member of the records document. The rules are `scoring`'s: every
//! record is read and checked under the plan exactly as the server will. Refuses to own any view.

use std::fmt::Display;

use frame::words::{Phrase, fill, t};
use scoring::UnitIndex;
use scoring::{
    Method, Plan, ProblemCode, Record, RecordKind, Records, RecordsDocument,
    json::Value,
    plan_document::{MethodDocument, RuleDocument, Sign},
};
use text::{Text, records as words};

use crate::kept::Texts;

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

fn choice(id: &str, name: impl Into<String>) -> Choice {
    Choice { id: id.to_owned(), name: name.into() }
}

fn text_of<'t>(texts: &'t Texts, id: &str) -> &'t str {
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
    format!("{name}({})", plan.category(plan.category_of(unit)).name)
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
fn sign_of(plan: &Plan, texts: &Texts) -> &'static str {
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

/// Figures as people type them: full-width digits and points become the ones that decimals have.
pub(super) fn figure(typed: &str) -> String {
    let plain = |sign: char| match sign {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(sign) - 0xff10, 10).unwrap_or(sign),
        '\u{ff0e}' | '。' => '.',
        '\u{ff0d}' | '\u{2212}' => '-',
        sign => sign,
    };
    typed.trim().chars().map(plain).collect()
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

/// What is wrong with one of several records.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct RowFault {
    /// Which of them.
    pub(super) row: usize,
    /// Which member; empty where it is none of them.
    pub(super) field: String,
    pub(super) says: Phrase,
}

/// The record that typed texts make.
///
/// # Errors
/// What is wrong, at the fields, by the rules that the server checks too.
pub(super) fn record(kind: RecordKind, plan: &Plan, texts: &Texts) -> Result<Record, Vec<RowFault>> {
    let mut members = Vec::new();
    let mut wrong = Vec::new();
    let mut seen = texts.clone();
    for field in fields(kind) {
        let typed = text_of(texts, field.id).trim();
        let mut fault = |says: Phrase| wrong.push(RowFault { row: 0, field: field.id.to_owned(), says });
        if !asked(field, plan, &seen) {
            // A factor of one: the record says no.
            if matches!(field.control, Control::Flag(_)) {
                members.push((field.id.to_owned(), Value::Bool(false)));
            }
            continue;
        }
        let value = match field.control {
            Control::Choice(_) if typed.is_empty() => Err(words::CHOOSE_ONE.into()),
            Control::Choice(choices) => resolve(&choices(plan, &seen), typed).map(|id| {
                seen.insert(field.id.to_owned(), id.clone());
                Value::Text(id)
            }),
            Control::Flag(_) => Ok(Value::Bool(typed == "true")),
            Control::Count => match figure(typed).parse::<u32>() {
                Ok(count) => Ok(Value::Int(i64::from(count))),
                Err(_) => Err(words::NOT_A_COUNT.into()),
            },
            _ if typed.is_empty() => Err(words::FILL.into()),
            Control::Figure(_) => Ok(Value::Text(figure(typed))),
            Control::Reason | Control::List(_) => Ok(Value::Text(typed.to_owned())),
        };
        match value {
            Ok(value) => members.push((field.id.to_owned(), value)),
            Err(says) => fault(says),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let record = Record::read(kind, &Value::Object(members)).map_err(|problems| told(problems, 0))?;
    let wrong = faults(plan, vec![record.clone()]);
    if wrong.is_empty() { Ok(record) } else { Err(wrong) }
}

/// What is wrong with records under a plan.
pub(super) fn faults(plan: &Plan, rows: Vec<Record>) -> Vec<RowFault> {
    let mut document = RecordsDocument::default();
    rows.into_iter().for_each(|row| document.add(row));
    told(Records::new(plan, &document).err().unwrap_or_default(), 2)
}

/// Problems as faults of rows; so many tokens of their pointers stand before the field.
fn told(problems: Vec<scoring::Problem>, before: usize) -> Vec<RowFault> {
    let fault = |problem: scoring::Problem| {
        let mut parts = problem.path.split('/').skip(before);
        let row = parts.next().and_then(|row| row.parse().ok()).unwrap_or_default();
        let field = parts.next().unwrap_or_default().to_owned();
        let range = problem.detail.as_deref().and_then(|detail| detail.split_once(": "));
        let says = match (problem.code, range) {
            (ProblemCode::OutOfRange, Some((_, range))) => Phrase::new(words::WITHIN, [range]),
            (ProblemCode::BadDecimal, _) => words::NOT_A_FIGURE.into(),
            (code, _) => code.text().into(),
        };
        RowFault { row, field, says }
    };
    problems.into_iter().map(fault).collect()
}

/// A member of a record in words.
pub(super) fn shown(plan: &Plan, field: &Field, record: &Record) -> String {
    let record = Value::of(record);
    let mut texts = Texts::new();
    for key in ["component", "rule"] {
        if let Some(id) = record.get(key).and_then(Value::as_str) {
            texts.insert(key.to_owned(), id.to_owned());
        }
    }
    let named = |choices: &[Choice], id: &str| {
        choices.iter().find(|choice| choice.id == id).map_or_else(|| id.to_owned(), |choice| choice.name.clone())
    };
    match (record.get(field.id), field.control) {
        (Some(Value::Text(id)), Control::Choice(choices)) => named(&choices(plan, &texts), id),
        (None | Some(Value::Null), Control::Choice(_)) if field.id == "category" => t(words::ACROSS)().to_owned(),
        (Some(Value::Text(text)), Control::Figure(_)) if field.id == "points" => {
            format!("{}{text}", sign_of(plan, &texts))
        }
        (Some(Value::Text(text)), _) => text.clone(),
        (Some(Value::Int(figure)), _) => figure.to_string(),
        (Some(Value::Bool(true)), _) => t(words::YES)().to_owned(),
        (Some(Value::List(list)), Control::List(choices)) => {
            if list.iter().all(|item| item.as_str().is_none()) {
                return fill(words::LINES, &[&list.len()]);
            }
            let choices = choices(plan, &texts);
            let items = list.iter().filter_map(Value::as_str).map(|id| named(&choices, id));
            items.collect::<Vec<_>>().join(" · ")
        }
        _ => words::NONE.zh.to_owned(),
    }
}
