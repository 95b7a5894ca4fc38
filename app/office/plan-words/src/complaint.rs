//! What is wrong with a plan, in words that name things as the plan's author did, and never by their ids.

use frame::words::{fill, lang, t};
use leptos::prelude::Get;
use office_frame::pointer;
use scoring::{Decimal, Problem, ProblemCode, json::Value};
use text::{Lang, office_editor as words, office_setup};

use crate::naming;

/// A problem with its place before it.
pub fn placed(plan: &Value, problem: &Problem) -> String {
    let colon = if lang().get() == Lang::Zh { "：" } else { ": " };
    format!("{}{colon}{}", naming::place(plan, &problem.path), problem_at_its_field(plan, problem))
}

/// A problem as it is said at its own field.
pub fn problem_at_its_field(plan: &Value, problem: &Problem) -> String {
    let path = &problem.path;
    if is_empty(pointer::at(plan, path)) && asks_for_something(problem.code) {
        let field = field_of(path);
        let ask = if naming::REFERRING.contains(&field.as_str()) { words::PLEASE_CHOOSE } else { words::PLEASE_FILL };
        return fill(ask, &[&naming::key(&field).say()]);
    }
    if problem.code == ProblemCode::DuplicateId && !path.ends_with("/id") {
        let chosen = naming::refer(plan, &field_of(path), problem.detail.as_deref().unwrap_or_default());
        return fill(words::CHOSEN_TWICE, &[&chosen]);
    }
    let said = t(problem.code.text())().to_owned();
    match named(plan, problem) {
        Some(more) => {
            let colon = if lang().get() == Lang::Zh { "：" } else { ": " };
            format!("{said}{colon}{more}")
        }
        None => said,
    }
}

fn is_empty(value: Option<&Value>) -> bool {
    match value {
        None => true,
        Some(Value::Text(text)) => text.trim().is_empty(),
        Some(_) => false,
    }
}

/// Whether an empty field is all that a problem is about.
const fn asks_for_something(code: ProblemCode) -> bool {
    use ProblemCode as Code;
    matches!(
        code,
        Code::MissingField
            | Code::WrongType
            | Code::BadDecimal
            | Code::BadId
            | Code::EmptyName
            | Code::UnknownCategory
            | Code::UnknownGroup
            | Code::UnknownScale
            | Code::UnknownOption
            | Code::UnknownComponent
            | Code::UnknownOutcome
            | Code::UnknownGrade
    )
}

/// The member that a place is of: an element of a list counts as its list.
fn field_of(path: &str) -> String {
    let (parent, last) = pointer::split(path);
    if last.parse::<usize>().is_ok() { pointer::split(parent).1 } else { last }
}

/// The figures of a problem, with the names of what its ids stand for.
fn named(plan: &Value, problem: &Problem) -> Option<String> {
    use ProblemCode as Code;
    let detail = problem.detail.as_deref().unwrap_or_default();
    let (parent, _) = pointer::split(&problem.path);
    match problem.code {
        Code::PointsTotal => points_total(plan, detail),
        Code::QuotaTotal => {
            let (category, figures) = detail.split_once(": ")?;
            let (sum, units) = figures.split_once(" ≠ ")?;
            Some(fill(words::QUOTA_IS, &[&naming::refer(plan, "category", category), &units, &sum]))
        }
        Code::ShortlistTooLong => {
            let (category, figures) = detail.split_once(": ")?;
            let (units, needed) = figures.split_once(" < ")?;
            Some(fill(words::SHORTLIST_IS, &[&naming::refer(plan, "category", category), &units, &needed]))
        }
        Code::SharesTotal => Some(fill(office_setup::SHARES_SUM, &[&detail])),
        Code::OptionAboveOutOf => {
            let scale = pointer::text(plan, &format!("{parent}/scale"));
            let options = naming::options(plan, Some(scale));
            options.into_iter().find(|(id, _)| id == detail).map(|(_, name)| name.say())
        }
        Code::SameName => {
            let place = pointer::split(pointer::split(detail).0).1;
            place.parse::<usize>().ok().map(|place| fill(words::SAME_AS_ROW, &[&(place + 1)]))
        }
        Code::WrongKind => Some(naming::refer(plan, "component", detail)),
        Code::DuplicateId | Code::PlanTooLarge | Code::UnknownTrait => Some(detail.to_owned()),
        _ => None,
    }
}

/// Whose points do not add up, what they make, and by how much that is wrong.
fn points_total(plan: &Value, detail: &str) -> Option<String> {
    let (figures, whose) = detail.split_once(": ")?;
    let (sum, total) = figures.split_once(" ≠ ")?;
    let (unit, others) = whose.split_once(" +").unwrap_or((whose, "0"));
    let count = others.parse::<usize>().ok()? + 1;
    let by = sum.parse::<Decimal>().ok()? - total.parse::<Decimal>().ok()?;
    let text = if by.is_negative() { office_setup::SUM_SHORT } else { office_setup::SUM_OVER };
    let by = if by.is_negative() { Decimal::ZERO - by } else { by };
    let said = fill(text, &[&sum, &total, &by]);
    if count == pointer::list(plan, "/units").len() {
        return Some(said);
    }
    let units = naming::named(plan, "/units");
    let name = units.into_iter().find(|(id, _)| id == unit).map_or_else(String::new, |(_, name)| name.say());
    Some(fill(words::POINTS_OF, &[&name, &count, &said]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(plan: &str, problem: &Problem) -> String {
        leptos::prelude::Owner::new().with(|| {
            // The language of an owner before is gone with it.
            frame::words::speak(Lang::default());
            placed(&Value::parse(plan.as_bytes()).unwrap(), problem)
        })
    }

    #[test]
    fn an_empty_field_is_asked_for_by_its_name() {
        let plan = r#"{"title":"","units":[{"name":"","category":""}],"ranking":{"tie_break":[""]}}"#;
        for (path, code, words) in [
            ("/title", ProblemCode::EmptyName, "方案名称：请填“方案名称”"),
            ("/units/0/name", ProblemCode::EmptyName, "被评单位 › 第 1 行 › 名称：请填“名称”"),
            ("/units/0/category", ProblemCode::UnknownCategory, "被评单位 › 第 1 行 › 类别：请选“类别”"),
            (
                "/ranking/tie_break/0",
                ProblemCode::UnknownComponent,
                "排名规则 › 同分时依次比较 › 第 1 行：请选“同分时依次比较”",
            ),
        ] {
            assert_eq!(said(plan, &Problem::with(path, code, "")), words);
        }
    }

    #[test]
    fn figures_stand_with_the_names_of_what_they_are_of() {
        let plan = r#"{"categories":[{"id":"category1","name":"机关"}],"units":[{"id":"u1","name":"林业站"},{"id":"u2"}],
            "components":[{"name":"互评","method":{"scale":"s","out_of":"90","groups":[{"group":"g"},{"group":"g"}]}}],
            "groups":[{"id":"g","name":"班子成员"}],
            "scales":[{"id":"other","options":[{"id":"o","name":"优秀"}]},{"id":"s","options":[{"id":"o","name":"满意"}]}]}"#;
        for (path, code, detail, words) in [
            (
                "/components/0/method/quota",
                ProblemCode::QuotaTotal,
                "category1: 3 ≠ 2",
                "评议项目 › 互评 › 名额：名额合计不等于该类别单位数：“机关”有 2 个单位，名额合计 3",
            ),
            (
                "/components",
                ProblemCode::PointsTotal,
                "97 ≠ 100: u1 +1",
                "评议项目：适用分值合计不等于总分：合计 97/100，差 3",
            ),
            (
                "/components",
                ProblemCode::PointsTotal,
                "110.5 ≠ 100: u1",
                "评议项目：适用分值合计不等于总分：“林业站”等 1 个单位合计 110.5/100，多 10.5",
            ),
            (
                "/components/0/method/out_of",
                ProblemCode::OptionAboveOutOf,
                "o",
                "评议项目 › 互评 › 原始分满分：选项分值高于原始分满分：满意",
            ),
            (
                "/components/0/method/groups/1/group",
                ProblemCode::DuplicateId,
                "g",
                "评议项目 › 互评 › 评议人群 › 班子成员 › 人群：“班子成员”选了两次",
            ),
        ] {
            assert_eq!(said(plan, &Problem::with(path, code, detail)), words);
        }
    }
}
