//! How a published appraisal was done: components, who marked, how many ballots.
//!
//! Groups with fewer than ten ballots are never counted out in public, nor can they be worked out.

use scoring::Moment;
use scoring::disclosure::{FEWEST_SHOWN, public_counts};
use scoring::plan_document::{
    Carried, ComponentDocument, Content, MethodDocument, MissingGroup, PlanDocument, Side, SurveyDocument, When,
};
use text::{Lang, public as words};

use super::html::{Page, isolated, write_html};
use super::published::Published;
use crate::limits::MOST_COMPONENTS;

fn find<'a>(components: &'a [ComponentDocument], id: &str) -> Option<&'a ComponentDocument> {
    components.iter().find_map(|component| match component.content() {
        _ if component.id == id => Some(component),
        Content::Branch(children) => find(children, id),
        Content::Leaf(..) => None,
    })
}

/// A component's name, anywhere in the tree.
pub(crate) fn component_name<'a>(plan: &'a PlanDocument, id: &'a str) -> &'a str {
    find(&plan.components, id).map_or(id, |component| &component.name)
}

/// An option's name, on whichever scale it stands.
pub(crate) fn option_name<'a>(plan: &'a PlanDocument, id: &'a str) -> &'a str {
    let mut options = plan.scales.iter().flat_map(|scale| &scale.options);
    options.find(|option| option.id == id).map_or(id, |option| &option.name)
}

fn group_name<'a>(plan: &'a PlanDocument, id: &'a str) -> &'a str {
    plan.groups.iter().find(|group| group.id == id).map_or(id, |group| &group.name)
}

fn how(plan: &PlanDocument, method: &MethodDocument, lang: Lang) -> String {
    match method {
        MethodDocument::Survey(survey) => {
            let groups = survey.groups.iter().map(|group| {
                let name = group_name(plan, &group.group);
                let name = isolated(name);
                group.weight.as_ref().map_or(name.clone(), |weight| format!("{name} {weight}"))
            });
            let groups = groups.collect::<Vec<_>>().join(" + ");
            let pooled =
                if survey.pooled == Some(true) { format!("（{}）", words::POOLED.in_(lang)) } else { String::new() };
            let scale = plan.scales.iter().find(|scale| scale.id == survey.scale);
            let options = scale.iter().flat_map(|scale| &scale.options);
            let options = options
                .map(|option| format!("{} {}", isolated(&option.name), option.value))
                .collect::<Vec<_>>()
                .join("，");
            format!("{}{groups}{pooled}；{options}{}", words::BY_SURVEY.in_(lang), rules(plan, survey, lang))
        }
        MethodDocument::Complaints(complaints) => {
            let groups: Vec<String> = complaints.groups.iter().map(|group| isolated(group_name(plan, group))).collect();
            format!("{}{}", words::BY_COMPLAINTS.in_(lang), groups.join("、"))
        }
        MethodDocument::Incidents(_) => words::BY_INCIDENTS.in_(lang).to_owned(),
        MethodDocument::Entered(entered) => format!("{}{}", words::BY_ENTRY.in_(lang), isolated(&entered.office)),
        MethodDocument::Linked(_) => words::BY_LINK.in_(lang).to_owned(),
    }
}

/// What else a survey's marks have to keep.
fn rules(plan: &PlanDocument, survey: &SurveyDocument, lang: Lang) -> String {
    let mut rules = Vec::new();
    if survey.criteria_of.is_some() {
        rules.push(words::ON_TASKS.in_(lang).to_owned());
    }
    let left_out = survey.missing_group == Some(MissingGroup::LeftOut);
    let least = survey.min_marks.unwrap_or(1);
    match (left_out, least) {
        (true, 0..=1) => rules.push(words::LEFT_OUT_EMPTY.in_(lang).to_owned()),
        (true, _) => rules.push(words::LEFT_OUT_BELOW.in_(lang).replace("{0}", &least.to_string())),
        (false, 0..=1) => {}
        (false, _) => rules.push(words::AT_LEAST.in_(lang).replace("{0}", &least.to_string())),
    }
    for quota in survey.quota.iter().flatten() {
        let (text, figure) = match (quota.count, quota.at_most, &quota.at_most_share) {
            (Some(count), ..) => (words::QUOTA_COUNT, count.to_string()),
            (None, Some(most), _) => (words::QUOTA_AT_MOST, most.to_string()),
            (None, None, Some(share)) => (words::QUOTA_SHARE, share.to_string()),
            (None, None, None) => continue,
        };
        let option = isolated(option_name(plan, &quota.option));
        rules.push(text.in_(lang).replace("{0}", &option).replace("{1}", &figure));
    }
    rules.iter().map(|rule| format!("；{rule}")).collect()
}

/// For which units a component counts, where that is not for all.
fn for_whom(component: &ComponentDocument, lang: Lang) -> Option<String> {
    let (text, of) = match (&component.only, &component.except) {
        (Some(of), _) => (words::ONLY_TRAIT, of),
        (None, Some(of)) => (words::EXCEPT_TRAIT, of),
        (None, None) => return None,
    };
    Some(text.in_(lang).replace("{0}", &isolated(of)))
}

/// A component of the tree, how deep it stands, and its stage.
struct Row<'a> {
    depth: usize,
    stage: u64,
    component: &'a ComponentDocument,
}

fn rows<'a>(components: &'a [ComponentDocument], (depth, above): (usize, u64), rows: &mut Vec<Row<'a>>) {
    for component in components {
        let stage = component.stage.unwrap_or(above);
        rows.push(Row { depth, stage, component });
        if let Content::Branch(children) = component.content() {
            self::rows(children, (depth + 1, stage), rows);
        }
    }
}

/// Writes the section.
pub(crate) fn write(page: &mut Page, published: &Published) {
    let lang = page.lang;
    let plan = &published.plan;
    write_html!(
        page,
        "<section><h2>{}</h2><p>{}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"n\">{}</th><th scope=\"col\">{}</th></tr></thead><tbody>",
        words::METHOD.in_(lang),
        words::METHOD_NOTE.in_(lang),
        words::COMPONENT.in_(lang),
        words::COMPONENT.in_(lang),
        words::POINTS.in_(lang),
        words::HOW.in_(lang),
    );
    let mut all = Vec::new();
    rows(&plan.components, (0, 1), &mut all);
    for Row { depth, stage, component } in all.into_iter().take(MOST_COMPONENTS) {
        let stage = if stage == 2 { words::IN_STAGE_2.in_(lang) } else { "" };
        let (points, how) = match component.content() {
            Content::Branch(_) => (String::new(), String::new()),
            Content::Leaf(points, method) => (points.to_string(), how(plan, method, lang)),
        };
        let parts = for_whom(component, lang).into_iter().chain([how]).filter(|part| !part.is_empty());
        let how = parts.collect::<Vec<_>>().join("；");
        write_html!(
            page,
            "<tr><th scope=\"row\" class=\"d{}\">{}{}</th><td class=\"n\">{}<td>{}</tr>",
            depth.min(3),
            component.name,
            stage,
            points,
            how,
        );
    }
    write_html!(page, "</tbody></table></div>");
    shortlist(page, plan);
    outcomes(page, plan);
    voting_times(page, published);
    turnout(page, published);
    write_html!(page, "</section>");
}

/// Who takes part in stage 2, and what that does to the ranks.
fn shortlist(page: &mut Page, plan: &PlanDocument) {
    let lang = page.lang;
    let Some(shortlist) = &plan.shortlist else { return };
    let carried = plan.outcomes.iter().find(|outcome| outcome.id == shortlist.carry);
    let carried = isolated(carried.map_or(shortlist.carry.as_str(), |outcome| &outcome.name));
    let beside = shortlist.carried == Some(Carried::Beside);
    let text = if beside { words::SHORTLIST_BESIDE } else { words::SHORTLIST_INSIDE };
    let said = text.in_(lang).replace("{0}", &shortlist.top.to_string()).replace("{1}", &shortlist.bottom.to_string());
    write_html!(page, "<h3>{}</h3><p>{}</p>", words::SHORTLIST.in_(lang), said.replace("{2}", &carried));
}

/// What follows from a rank or a grade, and for whom.
fn outcomes(page: &mut Page, plan: &PlanDocument) {
    let lang = page.lang;
    if plan.outcomes.is_empty() {
        return;
    }
    write_html!(page, "<h3>{}</h3><ul>", words::OUTCOME.in_(lang));
    for outcome in &plan.outcomes {
        write_html!(
            page,
            "<li><bdi>{}</bdi>{}{}",
            outcome.name,
            words::COLON.in_(lang),
            when(plan, &outcome.when, lang)
        );
        // A trait has no name but its id; who has it stands in the plan that can be downloaded.
        let whom = [(words::ONLY_FOR, &outcome.only), (words::EXCEPT_FOR, &outcome.except)];
        for (text, label) in whom {
            if let Some(label) = label {
                let units =
                    plan.units.iter().filter(|unit| unit.traits.iter().flatten().any(|one| one == label)).count();
                let said = text.in_(lang).replace("{0}", &isolated(label)).replace("{1}", &units.to_string());
                write_html!(page, "{}", said);
            }
        }
        write_html!(page, "</li>");
    }
    write_html!(page, "</ul>");
}

/// Who gets an outcome, in words.
fn when(plan: &PlanDocument, when: &When, lang: Lang) -> String {
    let say = |text: text::Text, figures: &[&dyn std::fmt::Display]| {
        let filled = figures.iter().enumerate();
        filled.fold(text.in_(lang).to_owned(), |said, (place, figure)| {
            said.replace(&format!("{{{place}}}"), &figure.to_string())
        })
    };
    match when {
        When { from_top: Some(count), .. } => say(words::WHEN_FROM_TOP, &[count]),
        When { from_bottom: Some(count), .. } => say(words::WHEN_FROM_BOTTOM, &[count]),
        When { only_from_bottom: Some(count), .. } => say(words::WHEN_ONLY_FROM_BOTTOM, &[count]),
        When { ranks: Some([first, last]), .. } => say(words::WHEN_RANKS, &[first, last]),
        When { ranks_from_bottom: Some([first, last]), .. } => say(words::WHEN_RANKS_FROM_BOTTOM, &[first, last]),
        When { top_share: Some(share), .. } => say(words::WHEN_TOP_SHARE, &[share]),
        When { grade: Some(grade), .. } => {
            let grades = plan.grading.iter().flat_map(|grading| &grading.grades);
            let name = grades.into_iter().find(|one| one.id == *grade).map_or(grade.as_str(), |one| &one.name);
            say(words::WHEN_GRADE, &[&isolated(name)])
        }
        When { list: Some(Side::Top), .. } => say(words::LIST_TOP, &[]),
        When { list: Some(Side::Bottom), .. } => say(words::LIST_BOTTOM, &[]),
        When { outcome: Some(outcome), years, .. } => {
            let name = plan.outcomes.iter().find(|one| one.id == *outcome).map_or(outcome.as_str(), |one| &one.name);
            say(words::WHEN_REPEATED, &[&isolated(name), &years.unwrap_or_default()])
        }
        _ => String::new(),
    }
}

/// From when to when ballots were taken, where the plan's schedule says so.
fn voting_times(page: &mut Page, published: &Published) {
    let lang = page.lang;
    let rounds = published.plan.schedule.iter().flatten();
    let mut rounds = rounds.filter(|round| round.opens.is_some() || round.closes.is_some()).peekable();
    if rounds.peek().is_none() {
        return;
    }
    write_html!(page, "<h3>{}</h3><ul>", words::VOTING_TIMES.in_(lang));
    for round in rounds {
        let period = published.plan.periods.iter().find(|period| period.id == round.period);
        let said = |text: &Option<String>| text.as_deref().and_then(Moment::said).unwrap_or_default();
        let stage = if round.stage == Some(2) { words::IN_STAGE_2.in_(lang) } else { "" };
        write_html!(
            page,
            "<li><bdi>{}</bdi>{} · {} – {}</li>",
            period.map_or(round.period.as_str(), |period| &period.name),
            stage,
            said(&round.opens),
            said(&round.closes),
        );
    }
    write_html!(page, "</ul>");
}

fn turnout(page: &mut Page, published: &Published) {
    let lang = page.lang;
    let plan = &published.plan;
    let cast: Vec<_> = published.turnout.iter().filter(|group| group.issued > 0 || group.cast > 0).collect();
    if cast.is_empty() {
        return;
    }
    write_html!(
        page,
        "<h3>{}</h3><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>\
         <th scope=\"col\" class=\"n\">{}</th></tr></thead><tbody>",
        words::TURNOUT.in_(lang),
        words::TURNOUT.in_(lang),
        words::PERIOD.in_(lang),
        words::GROUP.in_(lang),
        words::BALLOTS.in_(lang),
    );
    let counts: Vec<u64> = cast.iter().map(|group| group.cast).collect();
    let shown = public_counts(&counts);
    for (group, shown) in cast.iter().zip(&shown) {
        let period = plan.periods.iter().find(|period| period.id == group.period);
        let period = period.map_or(group.period.as_str(), |period| &period.name);
        let ballots = match shown {
            Some(count) => count.to_string(),
            None if group.cast < FEWEST_SHOWN => words::FEWER_THAN_TEN.in_(lang).to_owned(),
            None => words::WITHHELD.in_(lang).to_owned(),
        };
        write_html!(
            page,
            "<tr><td><bdi>{}</bdi><td><bdi>{}</bdi><td class=\"n\">{}</tr>",
            period,
            group_name(plan, &group.group),
            ballots
        );
    }
    write_html!(page, "</tbody></table></div>");
    if shown.contains(&None) {
        write_html!(page, "<p class=\"note\">{}</p>", words::FEWER_NOTE.in_(lang));
    }
}

#[cfg(test)]
mod tests {
    use scoring::json::Value;

    use super::*;

    fn plan(text: &str) -> PlanDocument {
        PlanDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap()
    }

    #[test]
    fn a_group_without_marks_that_is_left_out_is_told_without_a_least_number_too() {
        let survey = |rest: &str| {
            let text = format!(r#"{{"scale":"s","out_of":"100","groups":[{{"group":"g","weight":"1"}}]{rest}}}"#);
            let survey = SurveyDocument::read(&Value::parse(text.as_bytes()).unwrap()).unwrap();
            rules(
                &plan(
                    r#"{"format":1,"title":"评议","total":"100","categories":[],"units":[],"groups":[],"scales":[],"periods":[],
                    "combine":"mean","components":[],"adjustments":[],"ranking":{"decimals":2,"tie_break":[]},"outcomes":[]}"#,
                ),
                &survey,
                Lang::Zh,
            )
        };
        assert_eq!(survey(""), "");
        assert_eq!(survey(r#","min_marks":3"#), "；每项至少 3 票");
        assert_eq!(survey(r#","missing_group":"left_out""#), "；没有票的人群不计入");
        assert_eq!(survey(r#","min_marks":3,"missing_group":"left_out""#), "；少于 3 票的人群不计入");
    }
}
