//! The tasks of a plan's setup: which part of the document each owns, and how far it is.

use office_frame::pointer;
use scoring::{Problem, json::Value};
use text::{Text, office_setup as words};

/// A task of the list that a setup is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// Title, year, total, periods.
    Basics,
    /// Categories and units.
    Units,
    /// Groups and their ballots.
    Groups,
    /// Scales and option values.
    Scales,
    /// The tree, its points and methods.
    Components,
    /// Bonuses and deductions.
    Adjustments,
    /// Decimals and tie-break.
    Ranking,
    /// Grades by share.
    Grading,
    /// What follows from ranks and grades.
    Outcomes,
    /// Stage 2.
    Shortlist,
}

/// How far a task is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// 未开始
    NotStarted,
    /// 未完成, and how many problems.
    Incomplete(usize),
    /// 已完成
    Done,
}

impl Task {
    /// All, in the order of the task list.
    pub const ALL: [Task; 10] = [
        Task::Basics,
        Task::Units,
        Task::Groups,
        Task::Scales,
        Task::Components,
        Task::Adjustments,
        Task::Ranking,
        Task::Grading,
        Task::Outcomes,
        Task::Shortlist,
    ];

    /// Its name in addresses.
    pub const fn slug(self) -> &'static str {
        match self {
            Task::Basics => "basics",
            Task::Units => "units",
            Task::Groups => "groups",
            Task::Scales => "scales",
            Task::Components => "components",
            Task::Adjustments => "adjustments",
            Task::Ranking => "ranking",
            Task::Grading => "grading",
            Task::Outcomes => "outcomes",
            Task::Shortlist => "shortlist",
        }
    }

    /// The task with this name in addresses.
    pub fn named(slug: &str) -> Option<Task> {
        Task::ALL.into_iter().find(|task| task.slug() == slug)
    }

    /// Its title, and a line about it.
    pub const fn texts(self) -> (Text, Text) {
        match self {
            Task::Basics => (words::BASICS, words::BASICS_NOTE),
            Task::Units => (words::UNITS, words::UNITS_NOTE),
            Task::Groups => (words::GROUPS, words::GROUPS_NOTE),
            Task::Scales => (words::SCALES, words::SCALES_NOTE),
            Task::Components => (words::COMPONENTS, words::COMPONENTS_NOTE),
            Task::Adjustments => (words::ADJUSTMENTS, words::ADJUSTMENTS_NOTE),
            Task::Ranking => (words::RANKING, words::RANKING_NOTE),
            Task::Grading => (words::GRADING, words::GRADING_NOTE),
            Task::Outcomes => (words::OUTCOMES, words::OUTCOMES_NOTE),
            Task::Shortlist => (words::SHORTLIST, words::SHORTLIST_NOTE),
        }
    }

    /// The members of the plan document that it owns.
    pub const fn members(self) -> &'static [&'static str] {
        match self {
            Task::Basics => &["title", "year", "total", "live", "periods", "combine", "schedule", "approval"],
            Task::Units => &["categories", "units"],
            Task::Groups => &["groups"],
            Task::Scales => &["scales"],
            Task::Components => &["components"],
            Task::Adjustments => &["adjustments", "adjustment_cap"],
            Task::Ranking => &["ranking"],
            Task::Grading => &["grading"],
            Task::Outcomes => &["outcomes"],
            Task::Shortlist => &["shortlist"],
        }
    }

    /// Whether a plan may do without it.
    pub const fn is_optional(self) -> bool {
        matches!(self, Task::Adjustments | Task::Grading | Task::Outcomes | Task::Shortlist)
    }

    /// The task that owns a place; what nobody owns is among the basic facts.
    pub fn of(path: &str) -> Task {
        let first = path.split('/').nth(1).unwrap_or_default();
        Task::ALL.into_iter().find(|task| task.members().contains(&first)).unwrap_or(Task::Basics)
    }

    /// Whether anything of it is filled in.
    pub fn is_started(self, plan: &Value) -> bool {
        let filled = |member: &&str| match pointer::at(plan, &format!("/{member}")) {
            None => false,
            Some(Value::List(items)) => !items.is_empty(),
            Some(Value::Text(text)) => !text.is_empty(),
            Some(_) => true,
        };
        match self {
            // The total and the periods are there from the start.
            Task::Basics => !pointer::text(plan, "/title").is_empty(),
            Task::Ranking => !pointer::list(plan, "/ranking/tie_break").is_empty(),
            _ => self.members().iter().any(filled),
        }
    }

    /// How far it is.
    pub fn progress(self, plan: &Value, problems: &[Problem]) -> Progress {
        match problems.iter().filter(|problem| Task::of(&problem.path) == self).count() {
            _ if !self.is_started(plan) => Progress::NotStarted,
            0 => Progress::Done,
            count => Progress::Incomplete(count),
        }
    }
}

/// The page of ids, behind `setup/`: on the others they are out of sight.
pub const IDS_PAGE: &str = "ids";

/// The page of the setup on which a place is changed, behind `setup/`.
pub fn page_of(path: &str) -> String {
    if path.ends_with("/id") {
        return IDS_PAGE.to_owned();
    }
    let task = Task::of(path);
    if task == Task::Components
        && let Some((component, rest)) = component_of(path)
        && rest.starts_with("/method")
    {
        return format!("components/{component}");
    }
    task.slug().to_owned()
}

/// The deepest component on the way to a place, as `0.1.0`, and what is left of the way.
pub fn component_of(path: &str) -> Option<(String, &str)> {
    let mut rest = path.strip_prefix("/components")?;
    let mut places: Vec<&str> = Vec::new();
    loop {
        let below = if places.is_empty() { rest } else { rest.strip_prefix("/children").unwrap_or_default() };
        let Some(below) = below.strip_prefix('/') else { break };
        let (place, after) = below.find('/').map_or((below, ""), |end| below.split_at(end));
        if place.parse::<usize>().is_err() {
            break;
        }
        places.push(place);
        rest = after;
    }
    (!places.is_empty()).then(|| (places.join("."), rest))
}

/// The pointer of a component named as `0.1.0`.
pub fn component_place(places: &str) -> String {
    let mut pointer = String::from("/components");
    for (depth, place) in places.split('.').enumerate() {
        if depth > 0 {
            pointer.push_str("/children");
        }
        pointer.push('/');
        pointer.push_str(place);
    }
    pointer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_leads_to_the_page_where_it_is_put_right() {
        assert_eq!(page_of("/title"), "basics");
        assert_eq!(page_of("/unheard_of"), "basics");
        assert_eq!(page_of("/units/3/name"), "units");
        assert_eq!(page_of("/units/3/id"), "ids");
        assert_eq!(page_of("/components"), "components");
        assert_eq!(page_of("/components/0/children/2/points"), "components");
        assert_eq!(page_of("/components/0/children/2/method/groups/1/weight"), "components/0.2");
        assert_eq!(page_of("/components/10/method"), "components/10");
    }

    #[test]
    fn a_component_is_named_by_its_places() {
        assert_eq!(component_of("/components/0/children/2/name"), Some(("0.2".into(), "/name")));
        assert_eq!(component_of("/components"), None);
        assert_eq!(component_place("0.2.1"), "/components/0/children/2/children/1");
    }

    #[test]
    fn an_empty_plan_has_nothing_started_and_a_problem_makes_a_section_incomplete() {
        let plan = Value::parse(br#"{"title":"","total":"100","units":[{}]}"#).unwrap();
        let problems = [Problem::new("/units/0/id", scoring::ProblemCode::MissingField)];
        assert_eq!(Task::Basics.progress(&plan, &problems), Progress::NotStarted);
        assert_eq!(Task::Units.progress(&plan, &problems), Progress::Incomplete(1));
        assert_eq!(Task::Units.progress(&plan, &[]), Progress::Done);
    }
}
