//! The paper as a form: sections, units, options, fields for opinions, and what is wrong with what was sent.

use scoring::Moment;
use scoring::ballot::{Mark, Paper, Section};
use text::{Lang, ballot as ballot_words, error as faults, plain_ballot as words, profile};
use wire::Field;
use wire::ballot::{BallotKind, BallotPaper};
use wire::comment::{self, Comment};

use super::sent::{SO, Sent, choice};
use crate::page::html::{Page, isolated, write_html};
use crate::page::unit::address;

/// A paper with what is chosen on it so far.
pub(super) struct PaperForm<'a> {
    pub(super) paper: &'a BallotPaper,
    pub(super) code: &'a str,
    pub(super) ballot: &'a str,
    pub(super) sent: &'a Sent,
}

impl PaperForm<'_> {
    /// Is nothing wrong with it?
    pub(super) fn could_go(&self, marks: &[Mark], comments: &[Comment]) -> bool {
        let paper = Paper { sections: self.paper.sections.clone() };
        let known = |unit: &str| paper.sections.iter().flat_map(|section| &section.units).any(|one| one.id == unit);
        scoring::ballot::check(&paper, marks).is_empty() && comment::check(comments, known).is_empty()
    }

    /// How many of the paper's lines nothing was sent for, not even a blank.
    pub(super) fn unfilled(&self) -> usize {
        let lines = self.paper.sections.iter().flat_map(|section| {
            section.units.iter().flat_map(|unit| {
                let own = section.criteria_of(unit);
                let criteria = own.iter().map(|criterion| Some(criterion.id.as_str()));
                let lines = criteria.chain(own.is_empty().then_some(None));
                lines.map(|criterion| choice(&section.component, &unit.id, criterion))
            })
        });
        lines.filter(|line| self.sent.get(line).is_none()).count()
    }

    pub(super) fn write(&self, faults: &[Field], lang: Lang) -> Page {
        let paper = self.paper;
        let heading = match faults {
            [] => paper.plan_title.clone(),
            _ => format!("{}{}", words::ERROR_TITLE.in_(lang), paper.plan_title),
        };
        let mut page = Page::new(&heading, lang);
        write_html!(
            page,
            "<h1>{}</h1><p><bdi>{}</bdi> · <bdi>{}</bdi></p>",
            paper.plan_title,
            paper.group.name,
            paper.period_name
        );
        let secret = match paper.group.ballot {
            BallotKind::Anonymous => words::SECRET_ANONYMOUS,
            BallotKind::Blind => words::SECRET_BLIND,
            BallotKind::Named if paper.names_voter => words::SECRET_NAMED_KEPT,
            BallotKind::Named => words::SECRET_NAMED,
            BallotKind::PerUnit => words::SECRET_PER_UNIT,
            BallotKind::Open => words::SECRET_OPEN,
        };
        if let Some(until) = paper.closes.as_deref().and_then(Moment::said) {
            write_html!(page, "<p>{}: {}</p>", ballot_words::UNTIL.in_(lang), until);
        }
        let blank = paper.sections.iter().any(Section::allows_blank);
        let blank = if blank { words::BLANK_ALLOWED.in_(lang) } else { "" };
        write_html!(page, "<p>{}{}</p>", secret.in_(lang), blank);
        self.errors(&mut page, faults, lang);
        let unfilled = if self.sent.is_empty() || !faults.is_empty() { 0 } else { self.unfilled() };
        if unfilled > 0 {
            let title = ballot_words::OPEN_TITLE.in_(lang).replace("{0}", &unfilled.to_string());
            let note = ballot_words::OPEN_NOTE.in_(lang);
            write_html!(
                page,
                "<div class=\"errors\" role=\"alert\"><p><strong>{}</strong></p><p>{}</p><p><a href=\"#send\">{}</a></p></div>",
                title,
                note,
                ballot_words::SUBMIT_SO.in_(lang),
            );
        }
        write_html!(
            page,
            "<form method=\"post\"><input type=\"hidden\" name=\"code\" value=\"{}\">\
             <input type=\"hidden\" name=\"ballot_id\" value=\"{}\">",
            self.code,
            self.ballot,
        );
        for (place, section) in paper.sections.iter().enumerate() {
            self.section(&mut page, place, section, lang);
        }
        if paper.comments {
            self.comment_fields(&mut page, lang);
        }
        if unfilled > 0 {
            write_html!(page, "<input type=\"hidden\" name=\"{}\" value=\"1\">", SO);
        }
        let submit = if unfilled > 0 { ballot_words::SUBMIT_SO } else { words::SUBMIT };
        write_html!(page, "<p class=\"hint\">{}</p>", ballot_words::FINAL.in_(lang));
        write_html!(page, "<p><button id=\"send\">{}</button></p></form>", submit.in_(lang));
        page
    }

    fn errors(&self, page: &mut Page, faults: &[Field], lang: Lang) {
        if faults.is_empty() {
            return;
        }
        write_html!(page, "<div class=\"errors\" role=\"alert\"><h2>{}</h2><ul>", words::ERROR_SUMMARY.in_(lang));
        for fault in faults {
            let text = if self.is_over(fault) { faults::QUOTA_OVER } else { fault_words(&fault.code) };
            let text = text.in_(lang);
            let component = fault.detail.as_deref().and_then(|detail| detail.split(' ').next());
            let place = self.paper.sections.iter().position(|section| Some(section.component.as_str()) == component);
            let detail = fault.detail.as_deref().map(|detail| self.named(detail)).unwrap_or_default();
            write_html!(page, "<li><a href=\"#s{}\">{} {}</a></li>", place.unwrap_or(0), text, detail);
        }
        write_html!(page, "</ul></div>");
    }

    /// Is it a limit that was passed, and no number that was not met?
    fn is_over(&self, fault: &Field) -> bool {
        let ids: Vec<&str> = fault.detail.as_deref().unwrap_or_default().split(' ').collect();
        let [component, .., option, _] = ids.as_slice() else { return false };
        let mut quotas =
            self.paper.sections.iter().filter(|one| one.component == *component).flat_map(|section| &section.quota);
        fault.code == "quota_unmet" && quotas.any(|quota| quota.option == *option && quota.at_most.is_some())
    }

    /// The ids of an unmet quota as the names on the paper. Ids are a list's own: an option's is looked for in the
    /// section that the quota is of.
    fn named(&self, detail: &str) -> String {
        let ids: Vec<&str> = detail.split(' ').collect();
        let [component, criterion @ .., category, option, figures] = ids.as_slice() else { return detail.to_owned() };
        let mut sections = self.paper.sections.iter();
        let Some(section) = sections.find(|section| section.component == *component) else { return detail.to_owned() };
        let named = |id: &str, found: Option<&str>| found.map_or_else(|| id.to_owned(), isolated);
        let mut said = vec![isolated(&section.name)];
        said.extend(
            criterion
                .iter()
                .map(|id| named(id, section.criteria.iter().find(|one| one.id == *id).map(|one| one.name.as_str()))),
        );
        said.push(named(
            category,
            section.units.iter().find(|unit| unit.category == *category).map(|unit| unit.category_name.as_str()),
        ));
        said.push(named(option, section.options.iter().find(|one| one.id == *option).map(|one| one.name.as_str())));
        said.push((*figures).to_owned());
        said.join(" · ")
    }

    fn section(&self, page: &mut Page, place: usize, section: &Section, lang: Lang) {
        write_html!(page, "<section id=\"s{}\"><h2>{}</h2>", place, section.name);
        if !section.quota.is_empty() {
            let quota = section.quota.iter().map(|quota| {
                let option = section.options.iter().find(|option| option.id == quota.option);
                let option = isolated(option.map_or(quota.option.as_str(), |option| &option.name));
                let number = match (quota.count, quota.at_most) {
                    (None, Some(most)) => words::AT_MOST.in_(lang).replace("{0}", &most.to_string()),
                    (count, _) => count.unwrap_or_default().to_string(),
                };
                // A share lets different numbers in different categories.
                let of = section.units.iter().find(|unit| quota.category.as_ref() == Some(&unit.category));
                let of = of.map(|unit| format!("{} ", isolated(&unit.category_name))).unwrap_or_default();
                format!("{of}{option} {number}")
            });
            write_html!(page, "<p>{}{}</p>", words::QUOTA.in_(lang), quota.collect::<Vec<_>>().join("，"));
        }
        for unit in &section.units {
            write_html!(page, "<fieldset><legend><bdi>{}</bdi></legend>", unit.name);
            if self.paper.profiles.contains(&unit.id) {
                let link = format!("{}{}", address(&unit.name), page.lang_query());
                // In a window of its own: what is chosen here would be lost with this page.
                write_html!(
                    page,
                    "<p><a href=\"{}\" target=\"_blank\" rel=\"noopener\">{}</a></p>",
                    link,
                    profile::PROFILE_WINDOW.in_(lang)
                );
            }
            let criteria = section.criteria_of(unit);
            if criteria.is_empty() {
                self.options(page, section, &unit.id, None, lang);
            }
            for criterion in criteria {
                write_html!(page, "<fieldset><legend class=\"criterion\"><bdi>{}</bdi></legend>", criterion.name);
                self.options(page, section, &unit.id, Some(&criterion.id), lang);
                write_html!(page, "</fieldset>");
            }
            write_html!(page, "</fieldset>");
        }
        write_html!(page, "</section>");
    }

    /// A field for each unit, after all marks: an opinion is optional, and on a unit as a whole.
    fn comment_fields(&self, page: &mut Page, lang: Lang) {
        let hint = words::COMMENTS_HINT.in_(lang);
        write_html!(page, "<section id=\"comments\"><h2>{}</h2><p>{}</p>", words::COMMENTS.in_(lang), hint);
        let written = self.sent.comments();
        let mut seen = std::collections::BTreeSet::new();
        let units = self.paper.sections.iter().flat_map(|section| &section.units);
        for unit in units.filter(|unit| seen.insert(unit.id.as_str())) {
            let written = written.iter().find(|comment| comment.unit == unit.id);
            write_html!(
                page,
                "<p><label for=\"c-{}\"><bdi>{}</bdi></label><textarea id=\"c-{}\" name=\"c.{}\" rows=\"2\" maxlength=\"{}\">{}</textarea></p>",
                unit.id,
                unit.name,
                unit.id,
                unit.id,
                comment::LONGEST,
                written.map_or("", |comment| &comment.text),
            );
        }
        write_html!(page, "</section>");
    }

    fn options(&self, page: &mut Page, section: &Section, unit: &str, criterion: Option<&str>, lang: Lang) {
        let name = choice(&section.component, unit, criterion);
        let chosen = self.sent.get(&name);
        let options = section.options.iter().map(|option| (option.id.as_str(), option.name.as_str()));
        // A quota that must be met leaves nothing open; elsewhere a blank is an answer that can be chosen again.
        let blank = section.allows_blank().then(|| ("", words::BLANK.in_(lang)));
        for (id, words) in options.chain(blank) {
            write_html!(page, "<label><input type=\"radio\" name=\"{}\" value=\"{}\"", name, id);
            if chosen == Some(id) {
                write_html!(page, " checked");
            }
            write_html!(page, "><bdi>{}</bdi></label>", words);
        }
    }
}

fn fault_words(code: &str) -> text::Text {
    match code {
        "quota_unmet" => faults::QUOTA_UNMET,
        "unknown_option" => faults::UNKNOWN_OPTION,
        "not_on_paper" => faults::NOT_ON_PAPER,
        "marked_twice" => faults::MARKED_TWICE,
        "own_unit" => faults::OWN_UNIT,
        "empty" => faults::EMPTY_BALLOT,
        "out_of_range" | "not_applicable" => faults::COMMENTS_LIMIT,
        _ => faults::INVALID_BALLOT,
    }
}
