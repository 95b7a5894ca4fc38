//! A drawing as a tree: for the page it becomes elements, for a file it becomes text.

use std::fmt::Write;

use leptos::prelude::document;

/// What a file says of its classes, and the style sheet says for the page.
const STYLE: &str = "text{font:12px system-ui,'Microsoft YaHei','Noto Sans CJK SC',sans-serif;fill:#171c22}.soft{fill:#55606d}.line{stroke:#c5ccd4;stroke-width:1;fill:none}.up{stroke:#17693a;stroke-width:2.5}.down{stroke:#b4231a;stroke-width:2.5;stroke-dasharray:7 3}.chosen{stroke:#17559e;stroke-width:3.5}.shade-1{fill:#dce8f5}.shade-2{fill:#b3d0ec}.shade-3{fill:#7fb0dd}.shade-4{fill:#3d82c4}.shade-5{fill:#0f3f78}.axis{stroke:#7c8794;stroke-width:1;fill:none}.today{fill:none;stroke:#b4231a;stroke-width:1.5}";

/// An element of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Svg {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    text: String,
    children: Vec<Svg>,
}

impl Svg {
    /// An element.
    #[must_use]
    pub fn new(name: &'static str) -> Svg {
        Svg { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// A whole drawing of a size, which shrinks with its column. Readers' voices hear `label` for it.
    #[must_use]
    pub fn drawing(width: f64, height: f64, label: &str) -> Svg {
        Svg::new("svg")
            .with("xmlns", "http://www.w3.org/2000/svg")
            .with("viewBox", format!("0 0 {} {}", legible(width), legible(height)))
            .with("width", legible(width))
            .with("height", legible(height))
            .with("role", "img")
            .with("aria-label", label)
    }

    /// Words at a place.
    #[must_use]
    pub fn words(x: f64, y: f64, anchor: &str, words: impl Into<String>) -> Svg {
        let place = Svg::new("text").with("x", legible(x)).with("y", legible(y)).with("text-anchor", anchor);
        Svg { text: words.into(), ..place }
    }

    /// A path of a class.
    #[must_use]
    pub fn path(class: &str, d: String) -> Svg {
        Svg::new("path").with("class", class).with("d", d)
    }

    /// Sets an attribute.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Svg {
        self.attributes.push((name, value.into()));
        self
    }

    /// Adds an element.
    #[must_use]
    pub fn add(mut self, child: Svg) -> Svg {
        self.children.push(child);
        self
    }

    /// Adds elements.
    #[must_use]
    pub fn add_all(mut self, children: impl IntoIterator<Item = Svg>) -> Svg {
        self.children.extend(children);
        self
    }

    /// The text of a file.
    #[must_use]
    pub fn file(&self) -> String {
        let style = Svg { text: STYLE.to_owned(), ..Svg::new("style") };
        let mut whole = self.clone();
        whole.children.insert(0, style);
        let mut out = String::new();
        whole.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        // Writing to a string has no way to fail.
        let _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        out.push('>');
        out.push_str(&escaped(&self.text));
        self.children.iter().for_each(|child| child.write(out));
        let _ = write!(out, "</{}>", self.name);
    }

    /// The element on the page. Nothing is parsed: no words of a plan can become an element.
    #[must_use]
    pub fn element(&self) -> Option<web_sys::Element> {
        let element = document().create_element_ns(Some("http://www.w3.org/2000/svg"), self.name).ok()?;
        for (name, value) in self.attributes.iter().filter(|(name, _)| *name != "xmlns") {
            element.set_attribute(name, value).ok()?;
        }
        if !self.text.is_empty() {
            element.set_text_content(Some(&self.text));
        }
        for child in &self.children {
            element.append_child(child.element()?.as_ref()).ok()?;
        }
        Some(element)
    }
}

fn escaped(text: &str) -> String {
    // What XML cannot hold at all may stand in the names of a plan that was opened long ago.
    let is_none_of_xml =
        |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let text = text.replace(is_none_of_xml, "\u{fffd}");
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A length with as many places as one sees.
#[must_use]
pub fn legible(length: f64) -> String {
    let text = format!("{length:.1}");
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_what_was_drawn_and_no_name_becomes_an_element() {
        let drawing = Svg::drawing(10.0, 20.5, "图").add(Svg::words(1.0, 2.25, "end", "<甲> & \"乙\""));
        let file = drawing.file();
        assert!(file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 20.5\""), "{file}");
        let words = "<text x=\"1\" y=\"2.2\" text-anchor=\"end\">&lt;甲&gt; &amp; &quot;乙&quot;</text></svg>";
        assert!(file.ends_with(words), "{file}");
        let file = Svg::drawing(1.0, 1.0, "林业\0站\u{7}").file();
        assert!(file.contains("林业\u{fffd}站\u{fffd}"), "{file}");
    }
}
