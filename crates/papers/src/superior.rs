//! 告知函: to the superiors of units that are not the plan's own (垂直管理单位), one a unit, all in one file.

use scoring::{Plan, UnitIndex};

use crate::Unwritten;
use crate::docx::Style;
use crate::office_texts::OfficeTexts;
use crate::official::{begin, begin_next, end};
use crate::results::Results;

/// The word by which an outcome says that a unit's superiors are told (Ma'anshan: 将评议结果通报其上级主管部门; Nanyang: 评议结果
/// 反馈其上级主管部门党组).
const SUPERIOR: &str = "上级主管";

/// The outcomes of a plan that ask for such a letter: those that say so by their name.
pub fn superior_outcomes(plan: &Plan) -> impl Iterator<Item = &str> {
    let all = plan.document().outcomes.iter();
    all.filter(|outcome| outcome.name.contains(SUPERIOR)).map(|outcome| outcome.id.as_str())
}

/// The letters as a DOCX file, to the superiors of all units that have one of these outcomes; `None` where no unit has.
///
/// # Errors
/// [`Unwritten`].
pub fn superior(results: &Results<'_>, texts: &OfficeTexts, outcomes: &[&str]) -> Result<Option<Vec<u8>>, Unwritten> {
    let plan = results.plan();
    let asks = |unit: &UnitIndex| {
        let of_unit = results.of.standing.outcomes(*unit).iter();
        of_unit.map(|has| plan.document().outcomes[has.index()].id.as_str()).any(|id| outcomes.contains(&id))
    };
    let mut docx = None;
    for unit in results.all_ranked().into_iter().filter(asks) {
        let known = results.known_of_unit(unit);
        let title = texts.filled("superior.title", &known);
        let docx = match &mut docx {
            None => docx.insert(begin(texts, &known, &title)),
            Some(docx) => {
                begin_next(docx, texts, &known, &title);
                docx
            }
        };
        docx.paragraphs(Style::Plain, &texts.filled("superior.to", &known));
        docx.paragraphs(Style::Text, &texts.filled("superior.body", &known));
        end(docx, texts, &known);
    }
    docx.map(crate::docx::Docx::finish).transpose()
}
