//! Texts as XML has them.

/// A text as XML has it. What XML cannot say at all is left out: no name and no text of ours holds any.
pub(super) fn escape(text: &str, into: &mut String) {
    for sign in text.chars() {
        match sign {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            '\t' => into.push(' '),
            sign if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => {}
            sign => into.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_means_by_itself_is_written_out_and_what_it_cannot_say_is_left_out() {
        let mut text = String::new();
        escape("a<b> & \"c\"\u{1}\u{b}\u{fffe}\t\u{20000}'", &mut text);
        assert_eq!(text, "a&lt;b&gt; &amp; &quot;c&quot; \u{20000}'");
    }
}
