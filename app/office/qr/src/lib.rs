//! A text as a QR code, as the path of an SVG.

use fast_qr::{ECL, QRBuilder};

/// Light modules around a code, as readers need them.
const QUIET: usize = 4;

/// A drawn code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawn {
    /// Width and height in modules, the quiet zone included.
    pub side: usize,
    /// The dark modules, run by run, as an SVG path.
    pub path: String,
}

impl Drawn {
    /// The whole of an SVG file.
    pub fn file(&self) -> String {
        let Drawn { side, path } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\"/></svg>"
        )
    }
}

/// Draws a text. `None` if it is too long for any code.
pub fn draw(text: &str) -> Option<Drawn> {
    use std::fmt::Write;
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let mut path = String::new();
    for row in 0..code.size {
        let line = &code[row];
        let mut column = 0;
        while column < code.size {
            let start = column;
            while column < code.size && line[column].value() {
                column += 1;
            }
            if column > start {
                // Writing to a string has no way to fail.
                let _ = write!(path, "M{} {}h{}v1H{}z", start + QUIET, row + QUIET, column - start, start + QUIET);
            }
            column = column.max(start + 1);
        }
    }
    Some(Drawn { side: code.size + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_starts_with_the_corner_that_readers_look_for() {
        // Version 1 has 21 modules; the finder pattern's top line is 7 dark ones, then a light one.
        let drawn = draw("A").unwrap();
        assert_eq!(drawn.side, 29);
        assert!(drawn.path.starts_with("M4 4h7v1H4z"), "{}", drawn.path);
        assert!(drawn.path.contains("M4 5h1v1H4zM10 5h1v1H10z"), "{}", drawn.path);
    }

    #[test]
    fn a_ballot_link_fits_and_a_novel_does_not() {
        assert!(draw("https://pingyi.example.gov.cn/ballot/k3v9q2m7#0123-4567-89AB-CDEF").is_some());
        assert!(draw(&"长".repeat(3000)).is_none());
    }
}
