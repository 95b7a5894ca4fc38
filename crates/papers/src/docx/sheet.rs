//! Sheets of paper with their margins, and how much room a text takes.
//!
//! Lengths are in twentieths of a point, as the format has them: 1 mm is 56.693 of them.

/// A sheet of paper, and how the text stands on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// 公文用纸: 210 mm × 297 mm, the edges 37, 35, 28 and 26 mm.
    Official,
    /// A4, its edges narrow: a form, or a page that has to hold a lot.
    Form,
    /// A4 turned, for a table.
    Wide,
    /// A3 turned, for a wide table.
    Widest,
    /// A3 turned, in two columns: a form for many units.
    Double,
}

impl Sheet {
    /// Width and height.
    pub(crate) fn size(self) -> (u32, u32) {
        match self {
            Sheet::Official | Sheet::Form => (11906, 16838),
            Sheet::Wide => (16838, 11906),
            Sheet::Widest | Sheet::Double => (23811, 16838),
        }
    }

    /// Its edges: above, right, below, left.
    pub(crate) fn edges(self) -> [u32; 4] {
        match self {
            Sheet::Official => [2098, 1474, 1984, 1588],
            Sheet::Form => [1134, 1134, 1134, 1134],
            Sheet::Wide | Sheet::Widest => [1588, 1134, 1474, 1134],
            Sheet::Double => [1134, 1134, 1134, 1134],
        }
    }

    pub(crate) fn is_turned(self) -> bool {
        self.size().0 > self.size().1
    }

    /// Columns of text, and what is between them.
    pub(crate) fn columns(self) -> (u32, u32) {
        match self {
            Sheet::Double => (2, 567),
            _ => (1, 0),
        }
    }

    /// The width of a column of text.
    pub(crate) fn width(self) -> u32 {
        let (columns, between) = self.columns();
        let [_, right, _, left] = self.edges();
        (self.size().0 - left - right - (columns - 1) * between) / columns
    }

    /// The height of the text.
    pub(crate) fn height(self) -> u32 {
        let [above, _, below, _] = self.edges();
        self.size().1 - above - below
    }
}

/// How wide a text is, in halves of a Chinese character.
pub(crate) fn halves(text: &str) -> u32 {
    text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum()
}

/// How many lines a text takes in a cell of so many twentieths of a point, in letters of so many half points.
pub(crate) fn lines(text: &str, width: u32, size: u32) -> u32 {
    // A half character is a quarter of the size in points: 5 twentieths for each half point.
    let on_line = (width.saturating_sub(114) / (size * 5)).max(2);
    text.lines().map(|line| halves(line).div_ceil(on_line).max(1)).sum::<u32>().max(1)
}

/// Shares the width of a sheet's column among a table's columns.
pub(crate) fn shared(sheet: Sheet, shares: &[u32]) -> Vec<u32> {
    let (width, sum) = (sheet.width(), shares.iter().sum::<u32>().max(1));
    let mut widths: Vec<u32> = shares.iter().map(|share| width * share / sum).collect();
    let rest = width - widths.iter().sum::<u32>();
    if let Some(first) = widths.first_mut() {
        *first += rest;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GB/T 9704-2012: 156 mm × 225 mm of text on a sheet of 210 mm × 297 mm.
    #[test]
    fn the_official_sheet_holds_156_by_225_millimetres() {
        let millimetres = |length: u32| f64::from(length) / 1440.0 * 25.4;
        let [above, right, below, left] = Sheet::Official.edges().map(millimetres);
        for (is, should) in [(above, 37.0), (right, 26.0), (below, 35.0), (left, 28.0)] {
            assert!((is - should).abs() < 0.05, "{is} is {should}");
        }
        assert!((millimetres(Sheet::Official.width()) - 156.0).abs() < 0.1);
        assert!((millimetres(Sheet::Official.height()) - 225.0).abs() < 0.1);
    }

    #[test]
    fn a_text_takes_lines_by_its_width() {
        // 10 points: a Chinese character is 200 wide. 1000 less the cell's edges are 886: four of them.
        assert_eq!(lines("四个汉字", 1000, 20), 1);
        assert_eq!(lines("五个汉字啊", 1000, 20), 2);
        assert_eq!(lines("12345678", 1000, 20), 1);
        assert_eq!(lines("", 1000, 20), 1);
        assert_eq!(shared(Sheet::Official, &[1, 2, 1]).iter().sum::<u32>(), Sheet::Official.width());
    }
}
