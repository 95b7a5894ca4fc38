//! What each task of the setup holds now, in a few words: 118 个单位，3 类.

use frame::words::{fill, joined};
use office_frame::pointer;
use office_plan_words::task::Task;
use scoring::json::Value;
use text::office_setup as words;

/// Names of a list that are said before the rest is only counted.
const NAMED: usize = 3;

/// What a task holds; nothing where there is nothing to say.
pub fn value_of(task: Task, plan: &Value) -> Option<String> {
    let count = |list: &str| pointer::list(plan, list).len();
    let some = |list: &str, words: text::Text| (count(list) > 0).then(|| fill(words, &[&count(list)]));
    match task {
        Task::Basics => {
            let year = match pointer::at(plan, "/year") {
                Some(Value::Int(year)) => year.to_string(),
                _ => String::new(),
            };
            let periods = names(plan, "/periods");
            Some(joined(
                [year, pointer::text(plan, "/title").to_owned(), periods].into_iter().filter(|part| !part.is_empty()),
                " · ",
            ))
        }
        Task::Units => (count("/units") > 0)
            .then(|| fill(words::VALUE_UNITS, &[&count("/units"), &count("/categories"), &names(plan, "/categories")])),
        Task::Groups => (count("/groups") > 0).then(|| names(plan, "/groups")),
        Task::Scales => {
            let options = |scale: &Value| {
                joined(pointer::list(scale, "/options").iter().map(|one| pointer::text(one, "/name")), "/")
            };
            let scales: Vec<String> = pointer::list(plan, "/scales").iter().map(options).collect();
            (!scales.is_empty()).then(|| joined(scales.iter().take(NAMED).map(String::as_str), " · "))
        }
        Task::Components => {
            let leaves = leaves(pointer::list(plan, "/components"));
            (leaves > 0).then(|| fill(words::VALUE_COMPONENTS, &[&leaves, &pointer::text(plan, "/total")]))
        }
        Task::Adjustments => (count("/adjustments") > 0).then(|| names(plan, "/adjustments")),
        Task::Ranking => some("/ranking/tie_break", words::VALUE_TIE),
        Task::Grading => (count("/grading/grades") > 0).then(|| names(plan, "/grading/grades")),
        Task::Outcomes => (count("/outcomes") > 0).then(|| names(plan, "/outcomes")),
        Task::Shortlist => match (pointer::at(plan, "/shortlist/top"), pointer::at(plan, "/shortlist/bottom")) {
            (Some(Value::Int(top)), Some(Value::Int(bottom))) => Some(fill(words::VALUE_SHORTLIST, &[top, bottom])),
            _ => None,
        },
    }
}

/// The names of a list, the first few and how many there are.
fn names(plan: &Value, list: &str) -> String {
    let all = pointer::list(plan, list);
    let named = all.iter().map(|one| pointer::text(one, "/name")).filter(|name| !name.is_empty());
    let first = joined(named.take(NAMED), "、");
    if all.len() > NAMED { fill(words::VALUE_AND_MORE, &[&first, &all.len()]) } else { first }
}

fn leaves(nodes: &[Value]) -> usize {
    nodes
        .iter()
        .map(|node| match pointer::at(node, "/children") {
            Some(Value::List(children)) => leaves(children),
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_says_what_it_holds() {
        let plan = Value::parse(
            r#"{"title":"测试","year":2024,"total":"100","periods":[{"id":"y","name":"上半年"},{"id":"z","name":"下半年"}],
                "categories":[{"id":"c","name":"机关"}],"units":[{"id":"u1","name":"甲"},{"id":"u2","name":"乙"}],
                "groups":[{"name":"一"},{"name":"二"},{"name":"三"},{"name":"四"}],
                "scales":[{"options":[{"name":"满意"},{"name":"不满意"}]}],
                "components":[{"id":"a","children":[{"id":"b"},{"id":"d"}]},{"id":"e"}],"shortlist":{"top":3,"bottom":2}}"#
                .as_bytes(),
        )
        .unwrap();
        for (task, says) in [
            (Task::Basics, Some("2024 · 测试 · 上半年、下半年")),
            (Task::Units, Some("2 个单位，1 类：机关")),
            (Task::Groups, Some("一、二、三 等 4 个")),
            (Task::Scales, Some("满意/不满意")),
            (Task::Components, Some("3 项，总分 100")),
            (Task::Adjustments, None),
            (Task::Shortlist, Some("前 3 名，后 2 名")),
        ] {
            assert_eq!(value_of(task, &plan).as_deref(), says);
        }
    }
}
