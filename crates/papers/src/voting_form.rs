//! 纸质测评表: the paper on which a group marks by hand, the same sections as on a screen.

use scoring::Plan;
use scoring::ballot::{Paper, PaperQuota, Section};
use scoring::plan_document::{BallotKind, GroupDocument, MethodDocument, OwnUnit};
use text::{Lang, Text, office_codes, papers as words};

use crate::Unwritten;
use crate::docx::sheet::{Sheet, shared};
use crate::docx::{Cell, Docx, Style, Table};
use crate::office_texts::{Known, OfficeTexts};
use crate::results::known_of;

/// On which sheets a form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSheet {
    /// A4, upright.
    A4,
    /// A3, turned, in two columns.
    A3,
}

/// More lines to mark than this stand on the larger sheet, unless the office says otherwise: two pages of A4.
const MOST_ON_A4: usize = 56;

/// The form of a group as a DOCX file, or of all groups, each on sheets of its own. A component of the second stage stands on
/// it with the units of `shortlist` alone, and not at all before there is one; `None` for a group that marks nothing.
///
/// # Errors
/// [`Unwritten`].
pub fn voting_form(
    plan: &Plan,
    texts: &OfficeTexts,
    group: Option<&str>,
    sheet: Option<FormSheet>,
    shortlist: Option<&[String]>,
) -> Result<Option<Vec<u8>>, Unwritten> {
    let groups = plan.groups().iter().filter(|of| group.is_none_or(|group| of.id == group));
    let forms = groups.map(|group| (group, sections(plan, group, shortlist)));
    let forms: Vec<(&GroupDocument, Vec<Section>)> = forms.filter(|(_, sections)| !sections.is_empty()).collect();
    let mut docx: Option<Docx> = None;
    for (group, sections) in forms {
        let lines = |section: &Section| -> usize {
            section.units.iter().map(|unit| section.criteria_of(unit).len().max(1)).sum()
        };
        let longest = sections.iter().map(lines).max().unwrap_or(0);
        let on = match sheet {
            Some(FormSheet::A4) => Sheet::Form,
            Some(FormSheet::A3) => Sheet::Double,
            None if longest > MOST_ON_A4 => Sheet::Double,
            None => Sheet::Form,
        };
        let known = known_of(plan).with("group", group.name.clone());
        let docx = match &mut docx {
            None => docx.insert(Docx::new(on, &texts.filled("paper.title", &known))),
            Some(docx) => {
                docx.next_section(on);
                docx
            }
        };
        form(docx, plan, texts, &known, (group, &sections, on));
    }
    docx.map(Docx::finish).transpose()
}

fn sections(plan: &Plan, group: &GroupDocument, shortlist: Option<&[String]>) -> Vec<Section> {
    let is_listed = |unit: &str| shortlist.is_some_and(|units| units.iter().any(|listed| listed == unit));
    Paper::new(plan, &group.id, None, None).of_shortlist(plan, is_listed).sections
}

/// What is said of secrecy on every card of the group, and so on its paper. A paper is exchanged for no token.
fn secrecy(ballot: BallotKind) -> Text {
    match ballot {
        BallotKind::Anonymous | BallotKind::Blind => office_codes::CARD_ANONYMOUS,
        BallotKind::Named => office_codes::CARD_NAMED,
        BallotKind::PerUnit => office_codes::CARD_PER_UNIT,
        BallotKind::Open => office_codes::CARD_OPEN,
    }
}

fn form(
    docx: &mut Docx,
    plan: &Plan,
    texts: &OfficeTexts,
    known: &Known,
    (group, sections, sheet): (&GroupDocument, &[Section], Sheet),
) {
    docx.paragraphs(Style::Small, &texts.filled("paper.title", known));
    let periods = match plan.periods() {
        [only] => only.name.clone(),
        several => {
            several.iter().map(|period| format!("{}{}", words::FORM_BOX, period.name)).collect::<Vec<_>>().join("　")
        }
    };
    docx.paragraph(Style::Line, &format!("{}{}　　{}{periods}", words::FORM_GROUP, group.name, words::FORM_PERIOD));
    let secret = secrecy(group.ballot).in_(Lang::Zh);
    docx.paragraph_with_lead(Style::Note, words::FORM_NOTES, &format!("{}{secret}", texts.filled("paper.note", known)));
    for section in sections {
        docx.paragraph(Style::Gap, "");
        docx.paragraph_with_lead(Style::Note, &section.name, &instructions(plan, section));
        docx.table(&marks(section, sheet));
    }
}

/// A section's quota, and what may be left blank.
fn instructions(plan: &Plan, section: &Section) -> String {
    let one = |quota: &PaperQuota| {
        let option = section.options.iter().find(|option| option.id == quota.option);
        let option = option.map_or(quota.option.as_str(), |option| &option.name);
        let said = match (quota.count, quota.at_most) {
            (Some(count), _) => words::FORM_QUOTA_EXACT.replace("{1}", &count.to_string()),
            (None, most) => words::FORM_QUOTA_MOST.replace("{1}", &most.unwrap_or_default().to_string()),
        };
        let category = quota.category.as_ref().and_then(|id| plan.categories().iter().find(|one| one.id == *id));
        let of = match category {
            Some(category) => words::FORM_QUOTA_OF.replace("{0}", &category.name),
            None if plan.categories().len() > 1 => words::FORM_QUOTA_EACH.to_owned(),
            None => String::new(),
        };
        format!("{of}{}", said.replace("{0}", option))
    };
    let quotas: Vec<String> = section.quota.iter().map(one).collect();
    let mut said = String::from("：");
    if !quotas.is_empty() {
        said = format!("{said}{}。{}", quotas.join("，"), words::FORM_QUOTA_VOID);
    }
    if section.allows_blank() {
        said.push_str(words::FORM_BLANK);
    }
    let skips = plan.leaf_place(&section.component).is_some_and(|leaf| {
        matches!(plan.method_document(leaf), MethodDocument::Survey(survey) if survey.own_unit == Some(OwnUnit::Skipped))
    });
    if skips {
        said.push_str(words::FORM_OWN);
    }
    if said == "：" { String::new() } else { said }
}

/// A line for each unit, or for each of its criteria, with a box for each option.
fn marks(section: &Section, sheet: Sheet) -> Table {
    let by_criteria = section.units.iter().any(|unit| !section.criteria_of(unit).is_empty());
    let several = section.units.iter().any(|unit| unit.category != section.units[0].category);
    let mut head = vec![words::FORM_NUMBER, words::UNIT];
    let mut shares = vec![8, 40];
    if by_criteria {
        head.push(words::FORM_CRITERION);
        shares.push(40);
    }
    let options = section.options.iter().map(|option| option.name.as_str());
    head.extend(options);
    shares.extend(section.options.iter().map(|_| 12));
    let mut rows = Vec::new();
    let mut category = "";
    for (number, unit) in (1..).zip(&section.units) {
        if several && category != unit.category {
            category = &unit.category;
            let mut row = vec![Cell::center(""), Cell::center(&unit.category_name)];
            row.resize(head.len(), Cell::center(""));
            rows.push(row);
        }
        let criteria = section.criteria_of(unit);
        let names: Vec<Option<&str>> = match criteria {
            [] => vec![None],
            criteria => criteria.iter().map(|criterion| Some(criterion.name.as_str())).collect(),
        };
        for (place, name) in names.into_iter().enumerate() {
            let is_first = place == 0;
            let mut row = vec![
                Cell::center(if is_first { number.to_string() } else { String::new() }),
                Cell::left(if is_first { unit.name.as_str() } else { "" }),
            ];
            if by_criteria {
                row.push(Cell::left(name.unwrap_or_default()));
            }
            row.extend(section.options.iter().map(|_| Cell::center(words::FORM_BOX)));
            rows.push(row);
        }
    }
    // A few lines are set large, so that a page is filled.
    let (size, height) = match rows.len() {
        0..=20 => (28, 640),
        21..=28 => (24, 460),
        _ => (21, 400),
    };
    let head = head.into_iter().map(str::to_owned).collect();
    Table { widths: shared(sheet, &shares), head, rows, size, height }
}
