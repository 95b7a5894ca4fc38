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
//! - `results` reads a result in names and published figures, `columns` the components as columns of a table.
//! - A file for each paper: `notice`, `table`, `workbook`, `report`, `superior`, `annual`, `voting_form`,
//!   `findings`.

mod annual;
mod columns;
mod docx;
mod findings;
mod notice;
mod office_texts;
mod official;
mod report;
mod results;
mod superior;
mod table;
mod voting_form;
mod workbook;

use std::fmt;

pub use annual::annual;
pub use findings::{FindingRow, FindingsOf, findings};
pub use notice::notice;
pub use office_texts::{LONGEST_TEXT, OfficeTexts, TextFault, TextSlot, faults, slots};
pub use report::{report, report_of};
pub use results::{RankBefore, Results, ResultsOf, Turnout};
pub use superior::{superior, superior_outcomes};
pub use table::table;
pub use voting_form::{FormSheet, voting_form};
pub use workbook::workbook;

/// A file could not be written: what writes it refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unwritten;

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the file cannot be written")
    }
}

impl std::error::Error for Unwritten {}
