//! What another program makes of the files: LibreOffice turns them into pages, and the words on the pages are read. Where it
//! is not installed there is nothing to ask; `cargo xtask test rust` installs it where it may.

use std::path::Path;
use std::process::Command;

use papers::{YearOf, annual, notice, report, table, voting_form, workbook};

use crate::appraisal::{filled, standard};

/// The pages of a file, as text.
fn pages(folder: &Path, name: &str, file: &[u8]) -> Option<Vec<String>> {
    let path = folder.join(name);
    std::fs::write(&path, file).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let mut office = Command::new("soffice");
    office.args([profile.as_str(), "--headless", "--convert-to", "pdf", "--outdir"]).arg(folder).arg(&path);
    let converted = office.output().ok()?;
    let pdf = path.with_extension("pdf");
    assert!(pdf.is_file(), "{name}: {}", String::from_utf8_lossy(&converted.stderr));
    let text = Command::new("pdftotext").args(["-layout"]).arg(&pdf).arg("-").output().ok()?;
    let text = String::from_utf8(text.stdout).unwrap();
    let mut pages: Vec<String> = text.split('\u{c}').map(str::to_owned).collect();
    // A feed ends each page.
    pages.pop();
    Some(pages)
}

#[test]
fn libreoffice_opens_every_kind_and_shows_its_words() {
    let folder = std::env::temp_dir().join(format!("papers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let appraised = filled("maanshan");
    let (results, texts) = (appraised.results(), standard());
    let form = voting_form(&appraised.plan, &texts, Some("districts"), None, None).unwrap().unwrap();
    let files = [
        ("notice.docx", notice(&results, &texts).unwrap(), "关于马鞍山市2017年度政风行风评议结果的通报"),
        ("table.docx", table(&results, &texts).unwrap(), "马鞍山市2017年度政风行风评议排名汇总表"),
        ("table.xlsx", workbook(&results, &texts).unwrap(), "马鞍山市2017年度政风行风评议排名汇总表"),
        ("annual.docx", annual(&results, YearOf::default(), &texts).unwrap(), "马鞍山市2017年度政风行风评议年度报告"),
        ("paper.docx", form, "马鞍山市2017年度政风行风评议测评表"),
    ];
    let mut is_there = true;
    for (name, file, title) in files {
        let Some(pages) = pages(&folder, name, &file) else {
            is_there = false;
            break;
        };
        let text: String = pages.concat().split_whitespace().collect();
        assert!(text.contains(title), "{name}: {text}");
        assert!(text.contains("马鞍山海事局"), "{name}: a unit");
    }
    if is_there {
        // A page a unit, whatever stands on it.
        let pages = pages(&folder, "report.docx", &report(&results, &texts, 0..usize::MAX).unwrap().unwrap()).unwrap();
        assert_eq!(pages.len(), appraised.plan.units().len());
        for page in &pages {
            assert!(page.contains("单位得分报告单") && page.contains("名次确定"), "{page}");
        }
    } else {
        println!("LibreOffice or pdftotext is not installed: nothing was converted");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
