//! What a name may look like, and which names must differ (docs/plan.md).
//!
//! Owns every rule about what people type into a plan to call things by. A name is shown on cards, ballots and public
//! pages, so it must be seen, be told from its neighbours, and leave the text around it in order. Held against drafts as
//! they are saved and opened, and never against what was opened or published before: that is scored as it is. Refuses
//! to own ids.
//!
//! The feature `names` has the tables that make compatible characters one. They weigh more than a browser's whole bundle
//! may, so without it full-width forms alone are made one: a browser finds most of what the server will.

use std::collections::{BTreeMap, BTreeSet};

use document::problem::{Problem, ProblemCode};

use crate::json::Value;
use crate::plan_document::{ComponentDocument, Content, MethodDocument, PlanDocument};

/// Longest name in characters, after trimming.
const LONGEST_NAME: usize = 100;

/// All problems of a plan's names. A document that cannot be read whole has other problems first.
#[must_use]
pub fn problems(plan: &Value) -> Vec<Problem> {
    PlanDocument::read(plan).map(|plan| check(&plan)).unwrap_or_default()
}

/// The same for a document that was read.
pub(crate) fn check(plan: &PlanDocument) -> Vec<Problem> {
    let mut names = Names { problems: Vec::new() };
    names.name("/title", &plan.title);
    names.list("/categories", plan.categories.iter().map(|one| one.name.as_str()));
    names.list("/groups", plan.groups.iter().map(|one| one.name.as_str()));
    names.list("/periods", plan.periods.iter().map(|one| one.name.as_str()));
    names.list("/outcomes", plan.outcomes.iter().map(|one| one.name.as_str()));
    // Two categories may each have an office of one name.
    let mut units: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (place, unit) in plan.units.iter().enumerate() {
        if let Some(folded) = names.name(&format!("/units/{place}/name"), &unit.name) {
            names.differs(&mut units, (&unit.category, folded), "/units", place);
        }
        let tasks = unit.tasks.iter().flatten();
        names.list(&format!("/units/{place}/tasks"), tasks.map(|one| one.name.as_str()));
    }
    for (place, scale) in plan.scales.iter().enumerate() {
        names.list(&format!("/scales/{place}/options"), scale.options.iter().map(|one| one.name.as_str()));
    }
    for (place, rule) in plan.adjustments.iter().enumerate() {
        // A bonus and a deduction for one thing may share its name.
        names.name(&format!("/adjustments/{place}/name"), &rule.name);
        names.office(&format!("/adjustments/{place}"), rule.office.as_deref());
        let levels = rule.levels.iter().flatten();
        names.list(&format!("/adjustments/{place}/levels"), levels.map(|one| one.name.as_str()));
    }
    if let Some(grading) = &plan.grading {
        names.list("/grading/grades", grading.grades.iter().map(|one| one.name.as_str()));
    }
    names.components("/components", &plan.components);
    names.problems
}

struct Names {
    problems: Vec<Problem>,
}

impl Names {
    /// A list whose names must differ.
    fn list<'d>(&mut self, list: &str, all: impl Iterator<Item = &'d str>) {
        let mut seen = BTreeMap::new();
        for (place, name) in all.enumerate() {
            if let Some(folded) = self.name(&format!("{list}/{place}/name"), name) {
                self.differs(&mut seen, folded, list, place);
            }
        }
    }

    /// That a name is not one of its list's before; the problem says where that one stands.
    fn differs<K: Ord>(&mut self, seen: &mut BTreeMap<K, usize>, name: K, list: &str, place: usize) {
        match seen.get(&name) {
            Some(first) => self.problems.push(Problem::with(
                format!("{list}/{place}/name"),
                ProblemCode::SameName,
                format_args!("{list}/{first}/name"),
            )),
            None => {
                seen.insert(name, place);
            }
        }
    }

    /// One name; what it is compared by, if it is a name at all.
    fn name(&mut self, path: &str, name: &str) -> Option<String> {
        let (folded, fault) = read(name);
        self.problems.extend(fault.map(|fault| Problem::new(path, fault)));
        folded
    }

    /// The name of an office, which several components and rules may share. None, or nothing, names no office.
    fn office(&mut self, of: &str, office: Option<&str>) {
        if let Some(office) = office.filter(|office| !office.is_empty()) {
            self.name(&format!("{of}/office"), office);
        }
    }

    fn components(&mut self, list: &str, components: &[ComponentDocument]) {
        self.list(list, components.iter().map(|one| one.name.as_str()));
        for (place, component) in components.iter().enumerate() {
            let method = format!("{list}/{place}/method");
            match component.content() {
                Content::Branch(children) => self.components(&format!("{list}/{place}/children"), children),
                Content::Leaf(_, MethodDocument::Survey(survey)) => {
                    let criteria = survey.criteria.iter().flatten();
                    self.list(&format!("{method}/criteria"), criteria.map(|one| one.name.as_str()));
                }
                Content::Leaf(_, MethodDocument::Incidents(incidents)) => {
                    self.list(&format!("{method}/levels"), incidents.levels.iter().map(|one| one.name.as_str()));
                    self.office(&method, incidents.office.as_deref());
                }
                Content::Leaf(_, MethodDocument::Entered(entered)) => self.office(&method, Some(&entered.office)),
                Content::Leaf(_, MethodDocument::Linked(linked)) => self.office(&method, linked.office.as_deref()),
                Content::Leaf(..) => {}
            }
        }
    }
}

/// What is wrong with one name, whatever stands beside it.
#[must_use]
pub fn fault(name: &str) -> Option<ProblemCode> {
    read(name).1
}

/// What a name is compared by, `None` where nothing of it is seen, and what is wrong with it.
fn read(name: &str) -> (Option<String>, Option<ProblemCode>) {
    let trimmed = name.trim();
    let folded = folded(trimmed);
    if folded.is_empty() {
        return (None, Some(ProblemCode::EmptyName));
    }
    // Also at its ends, where blanks may be: a line break there would go into every table.
    let problem = if name.chars().any(is_control) {
        Some(ProblemCode::ControlCharacter)
    } else if trimmed.chars().any(turns_direction) {
        Some(ProblemCode::DirectionControl)
    } else if has_unseen(trimmed) {
        Some(ProblemCode::InvisibleCharacter)
    } else if trimmed.chars().count() > LONGEST_NAME {
        Some(ProblemCode::NameTooLong)
    } else {
        None
    };
    (Some(folded), problem)
}

/// A name as it is compared: compatibility forms made one (full width is half width), without what is not seen, without
/// blanks at its ends, in small letters.
#[must_use]
pub fn folded(name: &str) -> String {
    let is_seen = |c: &char| !is_unseen(*c) && !is_control(*c) && !turns_direction(*c);
    let seen: String = compatible(name).chars().filter(is_seen).collect();
    compatible(&seen.trim().to_lowercase())
}

/// Whether the plan leaves something to an office; `left_to` is the office that it names there.
#[must_use]
pub fn is_left_to(left_to: Option<&str>, office: &str) -> bool {
    left_to.is_some_and(|named| named == office || folded(named) == folded(office))
}

/// Whether anything of a text is seen: more than blanks, control characters and characters without a sign.
///
/// ```
/// assert!(scoring::names::is_seen(" 好 "));
/// assert!(!scoring::names::is_seen("\u{200b} \u{2060}"));
/// ```
#[must_use]
pub fn is_seen(text: &str) -> bool {
    let shows = |c: char| !(c.is_whitespace() || is_unseen(c) || is_control(c) || turns_direction(c));
    text.chars().any(shows)
}

#[cfg(feature = "names")]
fn compatible(text: &str) -> String {
    icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize(text).into_owned()
}

#[cfg(not(feature = "names"))]
fn compatible(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    };
    text.chars().map(narrow).collect()
}

/// Control characters, line and paragraph separators, and what XML cannot hold.
fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}

/// Marks that change the order in which the text around them is read.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What some scripts need between two letters or behind one. Behind such a letter it may stand in a name, and makes no
/// difference to it.
fn joins(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Whether something of a text is not seen and does nothing for the sign before it.
fn has_unseen(text: &str) -> bool {
    let mut before = None;
    text.chars().any(|c| {
        let fits = before.is_some_and(|before| joins_after(c, before));
        before = Some(c);
        is_unseen(c) && !fits
    })
}

/// Whether a joiner or a selector belongs behind this sign: joiners between letters of Arabic, of the scripts of India and
/// its neighbours and of Mongolian, Mongolian's own selectors there, other selectors behind a character or a sign.
fn joins_after(c: char, before: char) -> bool {
    let mongolian = matches!(before, '\u{1800}'..='\u{180a}' | '\u{1810}'..='\u{18af}');
    match c {
        '\u{200c}' | '\u{200d}' => mongolian || matches!(before, '\u{600}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'),
        '\u{180b}'..='\u{180f}' => mongolian,
        '\u{fe00}'..='\u{fe0f}' => {
            mongolian || matches!(before, '\u{2190}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{1f000}'..='\u{3ffff}')
        }
        '\u{e0100}'..='\u{e01ef}' => {
            matches!(before, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        _ => false,
    }
}

/// Whether nothing is seen of a sign, or it changes how its neighbours are read: no such sign is part of a name that
/// people type.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    is_unseen(c) || is_control(c) || turns_direction(c)
}

/// Whether a text is what is seen of it: no control character, nothing that turns directions, and nothing unseen but what
/// the letter before it needs.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| is_control(c) || turns_direction(c)) && !has_unseen(text)
}

/// Names as they fit into so many signs each. What is too long is cut at its end; where two would then read alike, what
/// they end with is kept, and where that is alike too, what they differ in.
///
/// ```
/// let names = ["市自然资源和规划局城关分局", "市自然资源和规划局元坝分局", "林业站"];
/// assert_eq!(scoring::names::short_labels(&names, 9), ["市自然资…城关分局", "市自然资…元坝分局", "林业站"]);
/// ```
#[must_use]
pub fn short_labels(names: &[&str], most: usize) -> Vec<String> {
    let of = |name: &str| name.chars().collect::<Vec<char>>();
    let cut = |name: &&str| {
        let signs = of(name);
        if signs.len() <= most { (*name).to_owned() } else { signs[..most - 1].iter().chain(&['…']).collect() }
    };
    let mut labels: Vec<String> = names.iter().map(cut).collect();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, label) in labels.iter().enumerate() {
        alike.entry(label.clone()).or_default().push(place);
    }
    for places in alike.into_values() {
        let different: BTreeSet<&str> = places.iter().map(|place| names[*place]).collect();
        if different.len() < 2 {
            continue;
        }
        let with_end = |name: &str, end: usize| -> String {
            let signs = of(name);
            let head = &signs[..most - 1 - end];
            head.iter().chain(&['…']).chain(&signs[signs.len() - end..]).collect()
        };
        let from_difference = |name: &str| -> String {
            let first = of(names[places[0]]);
            let signs = of(name);
            let same = different.iter().map(|other| first.iter().zip(of(other)).take_while(|(a, b)| **a == *b).count());
            let same = same.min().unwrap_or_default().min(signs.len());
            ['…'].iter().chain(signs[same..].iter().take(most - 1)).collect()
        };
        let tells_apart = |end: &usize| {
            different.iter().map(|name| with_end(name, *end)).collect::<BTreeSet<_>>().len() == different.len()
        };
        let end = ((most - 1) / 2..most - 1).find(tells_apart);
        for &place in &places {
            labels[place] = match end {
                Some(end) => with_end(names[place], end),
                None => from_difference(names[place]),
            };
        }
    }
    labels
}

/// Characters of which nothing is seen, other than blanks.
fn is_unseen(c: char) -> bool {
    joins(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{200b}'
            | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_the_specification_says() {
        use ProblemCode::{ControlCharacter, DirectionControl, EmptyName, InvisibleCharacter, NameTooLong};
        let long = "评".repeat(101);
        for (name, problem) in [
            ("林业站", None),
            (" 办公室 ", None),
            ("阿不都热依木·买买提", None),
            ("𠮷", None),
            ("葛\u{e0100}城", None),
            (&long[..300], None),
            ("", Some(EmptyName)),
            (" \u{3000}\u{a0}", Some(EmptyName)),
            ("\u{2800}", Some(EmptyName)),
            ("\u{200f}", Some(EmptyName)),
            ("林业站\u{200b}", Some(InvisibleCharacter)),
            ("林业站\u{200d}", Some(InvisibleCharacter)),
            ("林业\u{fe0f}\u{fe0f}站", Some(InvisibleCharacter)),
            ("Office\u{200c}", Some(InvisibleCharacter)),
            ("林业\u{180e}站", Some(InvisibleCharacter)),
            // Persian and Mongolian need theirs.
            ("خانه\u{200c}ها", None),
            ("ᠮᠣᠩᠭᠣᠯ\u{180e}ᠠ", None),
            ("⚖\u{fe0f}法院", None),
            ("林业\u{202e}站建", Some(DirectionControl)),
            ("\u{2066}林业站", Some(DirectionControl)),
            ("林业站\u{200f}", Some(DirectionControl)),
            ("林业\0站", Some(ControlCharacter)),
            ("林业\n站", Some(ControlCharacter)),
            ("林业站\n", Some(ControlCharacter)),
            ("\t林业站", Some(ControlCharacter)),
            ("林业站\u{2028}", Some(ControlCharacter)),
            ("林业\u{1d159}站", Some(InvisibleCharacter)),
            ("林业\u{7}站", Some(ControlCharacter)),
            (&long, Some(NameTooLong)),
        ] {
            assert_eq!(read(name).1, problem, "{name:?}");
        }
    }

    #[test]
    fn labels_that_would_read_alike_keep_what_tells_them_apart() {
        assert_eq!(short_labels(&["一二三四五", "一二三四五六"], 5), ["一二三四五", "一二三四…"]);
        // Equal names stay equal.
        assert_eq!(short_labels(&["一二三四五六", "一二三四五六"], 5), ["一二三四…", "一二三四…"]);
        // They differ in their fifth sign alone: neither the first three nor the last three show it.
        assert_eq!(short_labels(&["甲甲甲甲一乙乙乙乙", "甲甲甲甲二乙乙乙乙"], 5), ["…一乙乙乙", "…二乙乙乙"]);
        assert_eq!(short_labels(&["第一初级中学", "第一初级小学"], 5), ["第一…中学", "第一…小学"]);
    }

    #[test]
    fn names_that_look_alike_are_compared_as_one() {
        for (one, other) in [
            ("办公室", " 办公室 "),
            ("（机关）", "(机关)"),
            ("ＡＢＣ", "abc"),
            ("林业站", "林业站\u{200b}"),
            ("葛\u{e0100}城", "葛城"),
            #[cfg(feature = "names")]
            ("①科", "1科"),
        ] {
            assert_eq!(read(one).0, read(other).0, "{one} {other}");
        }
        assert_ne!(read("林业站").0, read("林业所").0);
    }
}
