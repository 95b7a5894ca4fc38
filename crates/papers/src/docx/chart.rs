//! Charts in DrawingML (ECMA-376, part 1, 21.2): bars along the page, stacked or side by side, one row for each name.
//!
//! Owns how a chart is written as a part of the file, and the frame that holds it in the text. The figures stand in it as
//! cached values, without a workbook behind them: Word and LibreOffice draw these. Refuses to own what a chart is of.

use std::fmt::Write as _;

use super::parts;
use super::xml_text::escape;

const C: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const INLINE: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// Colours of series, dark and light in turn, so that neighbours differ in grey, too; more series begin again.
const COLOURS: [&str; 8] = ["1F4E79", "BDD7EE", "548235", "E2EFDA", "7F6000", "FFE699", "595959", "D9D9D9"];

/// What a chart needs beside its bars, what a bar needs, and what is between two names, in twentieths of a point.
const BESIDE_BARS: u32 = 1_400;
const BAR: u32 = 150;
const BETWEEN: u32 = 130;

/// English Metric Units in a twentieth of a point.
const EMU: u32 = 635;

/// How the bars of one name stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bars {
    /// One behind the other: they add up.
    Stacked,
    /// One below the other.
    Beside,
}

/// Figures of one kind, one for each name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Series {
    pub(crate) name: String,
    /// As they are printed, such as `46.80`; `None`: there is none.
    pub(crate) values: Vec<Option<String>>,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chart {
    pub(crate) bars: Bars,
    /// What it shows, for whoever does not see it.
    pub(crate) says: String,
    /// From above.
    pub(crate) names: Vec<String>,
    pub(crate) series: Vec<Series>,
}

impl Chart {
    /// Its height in twentieths of a point: as its bars ask for, and so that its caption stands on the same page.
    pub(super) fn height(&self, of_page: u32) -> u32 {
        let bars = match self.bars {
            Bars::Stacked => 1,
            Bars::Beside => self.series.len(),
        };
        let (names, bars) = (self.names.len() as u32, bars as u32);
        (BESIDE_BARS + names * (bars * BAR + BETWEEN)).min(of_page * 9 / 10)
    }

    /// The part that holds it.
    pub(super) fn part(&self) -> String {
        let (grouping, overlap) = match self.bars {
            Bars::Stacked => ("stacked", "<c:overlap val=\"100\"/>"),
            Bars::Beside => ("clustered", ""),
        };
        let mut part = format!(
            "{}<c:chartSpace xmlns:c=\"{C}\" xmlns:a=\"{A}\"><c:date1904 val=\"0\"/><c:lang val=\"zh-CN\"/>\
             <c:roundedCorners val=\"0\"/><c:chart><c:autoTitleDeleted val=\"1\"/><c:plotArea><c:layout/>\
             <c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"{grouping}\"/><c:varyColors val=\"0\"/>",
            parts::HEAD
        );
        for (place, series) in self.series.iter().enumerate() {
            self.series(&mut part, place, series);
        }
        // The first name stands above: the axis of names runs down, and the axis of values stands at its end.
        let _ = write!(
            part,
            "<c:gapWidth val=\"50\"/>{overlap}<c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>\
             <c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/>\
             <c:axPos val=\"l\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/>\
             <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/>\
             <c:auto val=\"1\"/><c:lblAlgn val=\"ctr\"/><c:lblOffset val=\"100\"/><c:tickLblSkip val=\"1\"/>\
             <c:noMultiLvlLbl val=\"0\"/></c:catAx>\
             <c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/>\
             <c:axPos val=\"b\"/><c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D9D9D9\"/></a:solidFill>\
             </a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/>\
             <c:majorTickMark val=\"out\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1\"/>\
             <c:crosses val=\"max\"/><c:crossBetween val=\"between\"/></c:valAx></c:plotArea>\
             <c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend><c:plotVisOnly val=\"1\"/>\
             <c:dispBlanksAs val=\"gap\"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"900\">\
             <a:latin typeface=\"Times New Roman\"/><a:ea typeface=\"{}\"/></a:defRPr></a:pPr><a:endParaRPr lang=\"zh-CN\"/>\
             </a:p></c:txPr></c:chartSpace>",
            parts::TEXT_FONT
        );
        part
    }

    fn series(&self, part: &mut String, place: usize, series: &Series) {
        let (column, last) = (column(place + 1), self.names.len() + 1);
        let _ = write!(
            part,
            "<c:ser><c:idx val=\"{place}\"/><c:order val=\"{place}\"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f>"
        );
        cache(part, "str", [Some(series.name.as_str())].into_iter());
        let colour = COLOURS[place % COLOURS.len()];
        let _ = write!(
            part,
            "</c:strRef></c:tx><c:spPr><a:solidFill><a:srgbClr val=\"{colour}\"/></a:solidFill><a:ln w=\"3175\"><a:solidFill>\
             <a:srgbClr val=\"000000\"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val=\"0\"/>\
             <c:cat><c:strRef><c:f>Sheet1!$A$2:$A${last}</c:f>"
        );
        cache(part, "str", self.names.iter().map(|name| Some(name.as_str())));
        let _ = write!(part, "</c:strRef></c:cat><c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${last}</c:f>");
        cache(part, "num", series.values.iter().map(Option::as_deref));
        part.push_str("</c:numRef></c:val></c:ser>");
    }
}

/// Cached texts or numbers.
fn cache<'v>(part: &mut String, kind: &str, values: impl ExactSizeIterator<Item = Option<&'v str>>) {
    let format = if kind == "num" { "<c:formatCode>General</c:formatCode>" } else { "" };
    let _ = write!(part, "<c:{kind}Cache>{format}<c:ptCount val=\"{}\"/>", values.len());
    for (place, value) in values.enumerate() {
        let Some(value) = value else { continue };
        let _ = write!(part, "<c:pt idx=\"{place}\"><c:v>");
        escape(value, part);
        part.push_str("</c:v></c:pt>");
    }
    let _ = write!(part, "</c:{kind}Cache>");
}

/// The letters of a sheet's column; 0 is `A`.
fn column(place: usize) -> String {
    let letter = |place: usize| char::from(b'A' + (place % 26) as u8);
    match place.checked_sub(26) {
        None => letter(place).to_string(),
        Some(rest) => format!("{}{}", column(rest / 26), letter(place)),
    }
}

/// The frame of a chart in the text: `says` is escaped, `size` width and height in twentieths of a point.
pub(super) fn drawing(number: usize, relation: &str, says: &str, (width, height): (u32, u32)) -> String {
    let (width, height) = (width * EMU, height * EMU);
    format!(
        "<w:drawing><wp:inline xmlns:wp=\"{INLINE}\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
         <wp:docPr id=\"{number}\" name=\"Chart {number}\" descr=\"{says}\"/><wp:cNvGraphicFramePr/>\
         <a:graphic xmlns:a=\"{A}\"><a:graphicData uri=\"{C}\"><c:chart xmlns:c=\"{C}\" xmlns:r=\"{R}\" r:id=\"{relation}\"/>\
         </a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters_as_in_a_sheet() {
        assert_eq!([0, 1, 25, 26, 51, 52, 701, 702].map(column), ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    /// Three names with two bars each: 1400 + 3 × (2 × 150 + 130) = 2690; stacked 1400 + 3 × 280 = 2240.
    #[test]
    fn a_chart_is_as_high_as_its_bars_and_no_higher_than_most_of_a_page() {
        let series = |name: &str| Series { name: name.to_owned(), values: vec![Some("1".to_owned()); 3] };
        let names = ["甲", "乙", "丙"].map(str::to_owned).to_vec();
        let mut chart =
            Chart { bars: Bars::Beside, says: String::new(), names, series: vec![series("一"), series("二")] };
        assert_eq!(chart.height(10_000), 2_690);
        chart.bars = Bars::Stacked;
        assert_eq!((chart.height(10_000), chart.height(1_000)), (2_240, 900));
    }
}
