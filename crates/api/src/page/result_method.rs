//! How a published appraisal was done: components, who marked, how many ballots.
//!
//! Groups with fewer than ten ballots are never counted out in public, nor can they be worked out.

use scoring::Moment;
use scoring::disclosure::{FEWEST_SHOWN, public_counts};
use scoring::plan_document::{ComponentDocument, Content, MethodDocument, MissingGroup, PlanDocument, SurveyDocument};
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
    if let Some(least) = survey.min_marks.filter(|least| *least > 1) {
        let left_out = survey.missing_group == Some(MissingGroup::LeftOut);
        let text = if left_out { words::LEFT_OUT_BELOW } else { words::AT_LEAST };
        rules.push(text.in_(lang).replace("{0}", &least.to_string()));
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

fn rows<'a>(components: &'a [ComponentDocument], depth: usize, rows: &mut Vec<(usize, &'a ComponentDocument)>) {
    for component in components {
        rows.push((depth, component));
        if let Content::Branch(children) = component.content() {
            self::rows(children, depth + 1, rows);
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
    rows(&plan.components, 0, &mut all);
    for (depth, component) in all.into_iter().take(MOST_COMPONENTS) {
        let (points, how) = match component.content() {
            Content::Branch(_) => (String::new(), String::new()),
            Content::Leaf(points, method) => (points.to_string(), how(plan, method, lang)),
        };
        write_html!(
            page,
            "<tr><th scope=\"row\" class=\"d{}\">{}</th><td class=\"n\">{}<td>{}</tr>",
            depth.min(3),
            component.name,
            points,
            how,
        );
    }
    write_html!(page, "</tbody></table></div>");
    voting_times(page, published);
    turnout(page, published);
    write_html!(page, "</section>");
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
