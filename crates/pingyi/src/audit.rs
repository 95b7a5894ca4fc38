//! `pingyi audit`: is an exported audit chain whole, and does it lead to a head that somebody kept?
//!
//! The export is read line by line, so that one of any size takes little memory. What `pingyi audit` cannot see without a
//! head: events cut off at the end, and a chain that was made anew from its beginning.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::process::ExitCode;

use wire::audit::{Break, ExportFault, ExportFaultKind, ExportReader, LONGEST_LINE, WholeExport};

use crate::documents::{self, Refused};

/// Checks and reports.
pub(crate) fn run(export: &Path, head: Option<&str>) -> ExitCode {
    match check(export, head) {
        Ok(whole) => documents::print(&told(&whole)),
        Err(refused) => refused.exit(),
    }
}

fn check(export: &Path, head: Option<&str>) -> Result<WholeExport, Refused> {
    let unreadable = |error: io::Error| {
        Refused(vec![format!("audit: unreadable 无法读取 / cannot be read: {}: {error}", export.display())])
    };
    let mut text = BufReader::new(File::open(export).map_err(unreadable)?);
    let mut reader = ExportReader::new(head);
    let mut line = Vec::new();
    loop {
        line.clear();
        // One byte more than a line may have: enough to see that it is too long.
        let most = LONGEST_LINE as u64 + 1;
        if text.by_ref().take(most).read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
            return reader.finish().map_err(|fault| refused(fault, head));
        }
        reader.read(&line).map_err(|fault| refused(fault, head))?;
    }
}

fn told(whole: &WholeExport) -> String {
    let WholeExport { log, head, known_at } = whole;
    let mut lines = vec![
        format!("{log}: {} 条，首尾相连 / {} events, the chain is whole", head.sequence, head.sequence),
        format!("head {}", head.hash),
    ];
    lines.extend(known_at.map(|at| match head.sequence - at {
        0 => "与所给指纹相符 / it ends with the given head".to_owned(),
        more => format!(
            "所给指纹是第 {at} 条，其后还有 {more} 条 / the given head is event {at}; {more} events follow it, for which nothing stands but the chain itself"
        ),
    }));
    lines.join("\n")
}

/// A fault in one line: where, its code, and its words.
fn refused(fault: ExportFault, head: Option<&str>) -> Refused {
    let place = match fault.event {
        Some(event) => format!("/events/{}", event - 1),
        None => String::new(),
    };
    let (code, words) = match fault.kind {
        ExportFaultKind::NoExport => ("no_export", "不是留痕导出文件 / not an exported audit chain"),
        ExportFaultKind::LongLine => ("line_too_long", "这一行太长，不是留痕 / the line is longer than any event"),
        ExportFaultKind::NoEvent => (
            "no_event",
            "这一行不是导出时的样子：被改动，或不是留痕 / the line is not as it was exported: changed, or no event",
        ),
        ExportFaultKind::Broken(Break::Sequence) => (
            "broken_sequence",
            "序号接不上：少了、多了或调换了 / not the next number: an event is missing, repeated or moved",
        ),
        ExportFaultKind::Broken(Break::Previous) => (
            "broken_previous",
            "接不上前一条：前一条或这一条被换过 / does not follow the event before: one of them was exchanged",
        ),
        ExportFaultKind::Broken(Break::Hash) => (
            "broken_hash",
            "指纹与内容不符：内容被改动，或属于另一个方案 / the hash is not that of what it says: changed, or another plan's",
        ),
        ExportFaultKind::Cut => ("cut", "文件不完整，后面被截断 / the file ends before the chain does"),
        ExportFaultKind::Beyond => ("beyond", "结尾之后还有内容 / something stands behind the end"),
        ExportFaultKind::OtherHead => (
            "other_head",
            "没有一条的指纹是所给的：后面被截断、整个换过，或属于另一个方案 / no event has the given head: cut off, made anew, or another plan's",
        ),
    };
    let given = head.filter(|_| fault.kind == ExportFaultKind::OtherHead).map(|head| format!(" ({head})"));
    let line = match fault.kind {
        ExportFaultKind::OtherHead => String::new(),
        _ => format!(" (第 {} 行 / line {})", fault.line, fault.line),
    };
    Refused(vec![format!("audit:{place} {code} {words}{line}{}", given.unwrap_or_default())])
}
