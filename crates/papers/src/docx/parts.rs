//! The parts of the file around the body: styles, fonts, feet of pages, and what holds them together.
//!
//! Owns how each style is set, after GB/T 9704-2012: the title in 方正小标宋 of size 2 (22 points), the text in 仿宋_GB2312
//! of size 3 (16 points), two characters in, 28 points from line to line; headings in 黑体 and 楷体; page numbers in 宋体 of
//! size 4 between dashes, on the outer edge. Where a machine lacks a font, the list of fonts names what stands in for it.

use std::fmt::Write as _;

use super::sheet::Sheet;
use super::style::Style;

pub(super) const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
const R: &str = r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const CHART_TYPE: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";

/// The lines of a table.
pub(super) const BORDERS: &str = r#"<w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:left w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:right w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="000000"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#;

const TITLE_FONT: &str = "方正小标宋简体";
pub(super) const TEXT_FONT: &str = "仿宋_GB2312";
const HEADING_FONT: &str = "黑体";
const SUBHEADING_FONT: &str = "楷体_GB2312";
const NUMBER_FONT: &str = "宋体";

/// The official fonts, and those that stand in for them where a machine has none.
const FONTS: [(&str, &str, &str); 5] = [
    (TITLE_FONT, "FZXiaoBiaoSong-B05S,方正小标宋_GBK,华文中宋,STZhongsong,Noto Serif CJK SC", "roman"),
    (TEXT_FONT, "仿宋,FangSong,FangSong_GB2312,华文仿宋,STFangsong,Noto Serif CJK SC", "modern"),
    (HEADING_FONT, "SimHei,华文黑体,STHeiti,Noto Sans CJK SC", "modern"),
    (SUBHEADING_FONT, "楷体,KaiTi,KaiTi_GB2312,华文楷体,STKaiti,Noto Serif CJK SC", "modern"),
    (NUMBER_FONT, "SimSun,华文宋体,STSong,Noto Serif CJK SC", "auto"),
];

/// A section's sheet, as its last paragraph or the body says it.
pub(super) fn section(sheet: Sheet) -> String {
    let ((width, height), [above, right, below, left]) = (sheet.size(), sheet.edges());
    let turned = if sheet.is_turned() { " w:orient=\"landscape\"" } else { "" };
    let (columns, between) = sheet.columns();
    // The number's dash stands 7 mm below the text.
    let foot = below.saturating_sub(397 + 283);
    format!(
        "<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/><w:footerReference w:type=\"even\" r:id=\"rId5\"/>\
         <w:type w:val=\"nextPage\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"{turned}/>\
         <w:pgMar w:top=\"{above}\" w:right=\"{right}\" w:bottom=\"{below}\" w:left=\"{left}\" w:header=\"851\" w:footer=\"{foot}\" w:gutter=\"0\"/>\
         <w:cols w:num=\"{columns}\" w:space=\"{between}\"/></w:sectPr>"
    )
}

pub(super) fn document(body: &str, sheet: Sheet) -> String {
    format!("{HEAD}<w:document {W} {R}><w:body>{body}{}</w:body></w:document>", section(sheet))
}

/// The number of the first chart's relation: those of the fixed parts come before.
const FIRST_CHART: usize = 6;

/// The relation by which the document names a chart; the first is number 1.
pub(super) fn relation_of_chart(number: usize) -> String {
    format!("rId{}", FIRST_CHART + number - 1)
}

/// Where a chart stands in the folder of the document.
pub(super) fn chart_name(number: usize) -> String {
    format!("charts/chart{number}.xml")
}

/// All parts but the document and its charts, by name.
pub(super) fn fixed(title: &str, charts: usize) -> [(&'static str, String); 9] {
    let charts: Vec<String> = (1..=charts).map(chart_name).collect();
    let mut of_document = vec![
        ("styles", "styles.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("footer", "footer1.xml"),
        ("footer", "footer2.xml"),
    ];
    of_document.extend(charts.iter().map(|name| ("chart", name.as_str())));
    [
        ("[Content_Types].xml", content_types(&charts)),
        ("_rels/.rels", relations(&[("officeDocument", "word/document.xml")], true)),
        ("docProps/core.xml", core(title)),
        ("word/_rels/document.xml.rels", relations(&of_document, false)),
        ("word/styles.xml", styles()),
        ("word/settings.xml", settings()),
        ("word/fontTable.xml", fonts()),
        ("word/footer1.xml", foot("right")),
        ("word/footer2.xml", foot("left")),
    ]
}

fn content_types(charts: &[String]) -> String {
    let mut text = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>"
    );
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("fontTable", "fontTable"),
        ("footer1", "footer"),
        ("footer2", "footer"),
    ] {
        let _ = write!(text, "<Override PartName=\"/word/{part}.xml\" ContentType=\"{TYPE}.{kind}+xml\"/>");
    }
    for name in charts {
        let _ = write!(text, "<Override PartName=\"/word/{name}\" ContentType=\"{CHART_TYPE}\"/>");
    }
    text + "</Types>"
}

fn relations(to: &[(&str, &str)], is_package: bool) -> String {
    let mut text = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (number, (kind, target)) in to.iter().enumerate() {
        let number = number + 1;
        let _ = write!(text, "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>");
    }
    if is_package {
        let _ = write!(
            text,
            "<Relationship Id=\"rId9\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>"
        );
    }
    text + "</Relationships>"
}

fn core(title: &str) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:title>{title}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )
}

fn settings() -> String {
    format!(
        "{HEAD}<w:settings {W}><w:evenAndOddHeaders/><w:characterSpacingControl w:val=\"compressPunctuation\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:settings>"
    )
}

fn fonts() -> String {
    let mut text = format!("{HEAD}<w:fonts {W}>");
    for (name, others, family) in FONTS {
        let _ = write!(
            text,
            "<w:font w:name=\"{name}\"><w:altName w:val=\"{others}\"/><w:charset w:val=\"86\"/><w:family w:val=\"{family}\"/>\
             <w:pitch w:val=\"default\"/></w:font>"
        );
    }
    text + "</w:fonts>"
}

/// The foot of a page: its number between dashes, one character from the outer edge.
fn foot(side: &str) -> String {
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:ind w:left=\"280\" w:right=\"280\"/><w:jc w:val=\"{side}\"/></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">— </w:t></w:r>{}<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}\
         <w:r><w:t>1</w:t></w:r>{}<w:r><w:t xml:space=\"preserve\"> —</w:t></w:r></w:p></w:ftr>",
        field("begin"),
        field("separate"),
        field("end")
    )
}

/// How a style is set.
struct Set {
    name: &'static str,
    font: &'static str,
    /// In half points.
    size: u32,
    /// What its paragraphs have beside their lines.
    paragraph: &'static str,
    /// From line to line, in twentieths of a point; 0: as the letters ask for.
    line: u32,
    /// What its letters have beside their size.
    letters: &'static str,
}

/// 正文: 3 号, 28 points from line to line.
const SIZE: u32 = 32;
const LINE: u32 = 560;

fn set(style: Style) -> Set {
    let text = |name, paragraph| Set { name, font: TEXT_FONT, size: SIZE, paragraph, line: LINE, letters: "" };
    match style {
        Style::Issuer => Set {
            font: TITLE_FONT,
            size: 72,
            line: 1000,
            letters: "<w:color w:val=\"FF0000\"/>",
            ..text("发文机关标志", "<w:jc w:val=\"center\"/>")
        },
        Style::Number => text("发文字号", "<w:jc w:val=\"center\"/>"),
        Style::NumberRuled => text(
            "发文字号与分隔线",
            "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"4\" w:color=\"FF0000\"/></w:pBdr><w:jc w:val=\"center\"/>",
        ),
        Style::Title => {
            Set { font: TITLE_FONT, size: 44, line: 720, ..text("Title", "<w:keepNext/><w:jc w:val=\"center\"/>") }
        }
        Style::Text => text("Body Text", "<w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:jc w:val=\"both\"/>"),
        Style::Plain => text("主送机关", "<w:jc w:val=\"both\"/>"),
        Style::Heading => Set {
            font: HEADING_FONT,
            ..text(
                "heading 1",
                "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"0\"/>",
            )
        },
        Style::Subheading => Set {
            font: SUBHEADING_FONT,
            ..text(
                "heading 2",
                "<w:keepNext/><w:ind w:firstLineChars=\"200\" w:firstLine=\"640\"/><w:outlineLvl w:val=\"1\"/>",
            )
        },
        // Two lines below the text, above the date, in the middle of the seal.
        Style::Signature => {
            text("发文机关署名", "<w:keepNext/><w:ind w:left=\"3000\" w:right=\"640\"/><w:jc w:val=\"center\"/>")
        }
        Style::Date => text("成文日期", "<w:ind w:left=\"3000\" w:right=\"640\"/><w:jc w:val=\"center\"/>"),
        Style::Line => Set { size: 28, line: 480, ..text("表前文字", "<w:jc w:val=\"center\"/>") },
        Style::Note => Set { size: 21, line: 320, ..text("填表说明", "<w:jc w:val=\"both\"/>") },
        Style::Small => {
            Set {
                font: TITLE_FONT, size: 36, line: 560, ..text("表格标题", "<w:keepNext/><w:jc w:val=\"center\"/>")
            }
        }
        Style::Gap => Set { size: 8, line: 120, ..text("间隔", "") },
    }
}

fn styles() -> String {
    let mut text = format!(
        "{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{}<w:sz w:val=\"{SIZE}\"/><w:szCs w:val=\"{SIZE}\"/>\
         <w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>",
        letters_of(TEXT_FONT)
    );
    for style in Style::ALL {
        let Set { name, font, size, paragraph, line, letters } = set(style);
        one(&mut text, (style.id(), name), &spaced(line, paragraph), (font, size, letters));
    }
    let plain = "<w:spacing w:line=\"240\" w:lineRule=\"auto\"/>";
    one(&mut text, ("TableHead", "表头"), plain, (HEADING_FONT, 24, ""));
    one(&mut text, ("TableText", "表文"), plain, (TEXT_FONT, 24, ""));
    one(&mut text, ("Footer", "footer"), plain, (NUMBER_FONT, 28, ""));
    text + "</w:styles>"
}

/// What a paragraph has, its line spacing where the format wants it: before the indent and the alignment.
fn spaced(line: u32, paragraph: &str) -> String {
    let spacing = format!("<w:spacing w:line=\"{line}\" w:lineRule=\"exact\"/>");
    let place = ["<w:ind", "<w:jc", "<w:outlineLvl"].iter().filter_map(|tag| paragraph.find(tag)).min();
    let (before, behind) = paragraph.split_at(place.unwrap_or(paragraph.len()));
    format!("{before}{spacing}{behind}")
}

fn letters_of(font: &str) -> String {
    let latin = if font == NUMBER_FONT { NUMBER_FONT } else { "Times New Roman" };
    format!("<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{font}\" w:cs=\"Times New Roman\"/>")
}

fn one(text: &mut String, (id, name): (&str, &str), paragraph: &str, (font, size, letters): (&str, u32, &str)) {
    let _ = write!(
        text,
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/><w:qFormat/>\
         <w:pPr>{paragraph}</w:pPr><w:rPr>{}{letters}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
        letters_of(font)
    );
}
