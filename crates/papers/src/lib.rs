//! The papers that an office hands out: 通报, 排名汇总表, 单位得分报告单, 告知函, 年度报告, 纸质测评表 and 日常检查情况通报, as files.
//!
//! Owns what stands on each, in which order, and how it is laid out as an official document (公文, GB/T 9704-2012). It is pure:
//! it takes a plan, what came of it, what of the counts may be told, and the office's own texts, and gives the bytes of a
//! file. Refuses to own the formula (`scoring`), the fixed words (`text`), whether a paper may be had yet (`api`), and
//! what of the counts may be told (`scoring::disclosure`): it shows what it is given.
//!
//! # Rooms
//!
//! - `docx` writes a text document: sheets, styles, paragraphs, tables.
//! - `official` is the frame of an official document; `office_texts` are the words in it that the office may change.
//! - `results` reads a result in names and published figures, `columns` the components as columns of a table, `spread` how
//!   their scores are spread.
//! - A file for each paper: `notice`, `table`, `workbook`, `report`, `superior`, `annual`, `voting_form`,
//!   `findings`.
//! - Parts of the annual report: `figures` are its pictures, `year_before` compares, `follow_up` is what was found and put right,
//!   `advice` what is advised and what became of last year's.

mod advice;
mod annual;
mod columns;
mod docx;
mod figures;
mod findings;
mod follow_up;
mod notice;
mod office_texts;
mod official;
mod report;
mod results;
mod spread;
mod superior;
mod table;
mod voting_form;
mod workbook;
mod year_before;

use std::fmt;

pub use advice::{ADVICE, ADVISED, advices};
pub use annual::{YearOf, annual};
pub use findings::{FindingRow, FindingsOf, findings};
pub use follow_up::{CaseRow, FollowUp, Found, ItemCounts, MOST_LISTED, Matter, UnitItems};
pub use notice::notice;
pub use office_texts::{LONGEST_TEXT, OfficeTexts, TextFault, TextSlot, faults, slots};
pub use report::{report, report_of};
pub use results::{RankBefore, Results, ResultsOf, Turnout};
pub use superior::{superior, superior_outcomes};
pub use table::table;
pub use voting_form::{FormSheet, voting_form};
pub use workbook::workbook;
pub use year_before::YearBefore;

/// A file could not be written: what writes it refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwritten;

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file cannot be written")
    }
}

impl std::error::Error for Unwritten {}
