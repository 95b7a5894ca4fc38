//! Rust source cut into words and signs, each with its line.
//!
//! Comments, white space and lifetimes go. Strings, characters and numbers become one sign without their text.
//! Refuses to know any grammar beyond that.

/// One piece of source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The line it begins in, from 1.
    pub line: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A name or a keyword; a raw name without its `r#`.
    Word(String),
    /// One character of punctuation; `::` is the only sign of two and is said as `PathSeparator`.
    Sign(char),
    PathSeparator,
    /// A string, with its text where it has no escapes: `#[path = "…"]` needs it.
    Text(String),
    /// A character or a number.
    Literal,
}

impl Token {
    /// The name or keyword, if it is one.
    pub fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    pub fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// Cuts a file up. Source that rustc would refuse gives some tokens, never a panic.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut cutter = Cutter { rest: source, line: 1, out: Vec::new() };
    while let Some(c) = cutter.rest.chars().next() {
        cutter.next(c);
    }
    cutter.out
}

struct Cutter<'s> {
    rest: &'s str,
    line: usize,
    out: Vec<Token>,
}

impl<'s> Cutter<'s> {
    fn next(&mut self, c: char) {
        if c.is_whitespace() {
            self.take(c.len_utf8());
        } else if self.rest.starts_with("//") {
            self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.take(block_comment(self.rest));
        } else if let Some((start, hashes)) = raw_string(self.rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let text = &self.rest[start..];
            let length = text.find(&end).unwrap_or(text.len());
            self.push(Kind::Text(text[..length].to_owned()), (start + length + end.len()).min(self.rest.len()));
        } else if let Some(start) = ["\"", "b\"", "c\""].iter().find(|start| self.rest.starts_with(**start)) {
            let length = until_quote(&self.rest[start.len()..], '"');
            let text = self.rest[start.len()..start.len() + length].to_owned();
            self.push(Kind::Text(text), (start.len() + length + 1).min(self.rest.len()));
        } else if c == '\'' || self.rest.starts_with("b'") {
            self.quote(if c == '\'' { 1 } else { 2 });
        } else if c.is_ascii_digit() {
            self.push(Kind::Literal, word_length(self.rest));
        } else if is_of_word(c) {
            let skipped = if self.rest.starts_with("r#") { 2 } else { 0 };
            let length = word_length(&self.rest[skipped..]);
            self.push(Kind::Word(self.rest[skipped..skipped + length].to_owned()), skipped + length);
        } else if self.rest.starts_with("::") {
            self.push(Kind::PathSeparator, 2);
        } else {
            self.push(Kind::Sign(c), c.len_utf8());
        }
    }

    /// A character literal, or a lifetime, which goes.
    fn quote(&mut self, start: usize) {
        let inside = &self.rest[start..];
        let first = inside.chars().next().map_or(0, char::len_utf8);
        if inside.starts_with('\\') || inside[first..].starts_with('\'') {
            let length = until_quote(inside, '\'');
            self.push(Kind::Literal, (start + length + 1).min(self.rest.len()));
        } else {
            self.take(start + word_length(inside));
        }
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.out.push(Token { line: self.line, kind });
        self.take(length);
    }

    fn take(&mut self, length: usize) {
        let (taken, rest) = self.rest.split_at(length);
        self.line += taken.matches('\n').count();
        self.rest = rest;
    }
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn word_length(text: &str) -> usize {
    text.find(|c| !is_of_word(c)).unwrap_or(text.len())
}

/// Comments nest.
fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if text[at..].starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                break;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

/// Where a raw string's text begins, and by how many `#` it is closed.
fn raw_string(text: &str) -> Option<(usize, usize)> {
    let prefix = ["r", "br", "cr"]
        .into_iter()
        .find(|prefix| text.strip_prefix(prefix).is_some_and(|rest| rest.trim_start_matches('#').starts_with('"')))?;
    let hashes = text[prefix.len()..].find('"')?;
    Some((prefix.len() + hashes + 1, hashes))
}

/// How far it is to the closing quote, escapes counted as text.
fn until_quote(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let closes = |(at, c): (usize, char)| {
        let closes = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        closes.then_some(at)
    };
    text.char_indices().find_map(closes).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(source: &str) -> Vec<String> {
        tokens(source).iter().filter_map(|token| token.word().map(str::to_owned)).collect()
    }

    #[test]
    fn comments_strings_and_lifetimes_hold_no_words() {
        let source =
            "a /* b /* c */ d */ e // f\n 'g' '\\'' &'h i \"j \\\" k\" r#\"l \" m\"# b'n' br\"o\" r#type 1_u8..2";
        assert_eq!(words(source), ["a", "e", "i", "type"]);
    }

    #[test]
    fn every_token_knows_its_line() {
        let lines: Vec<usize> = tokens("a\n\"b\nc\"\n/* \n */ d::e").iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 2, 5, 5, 5]);
    }

    #[test]
    fn broken_source_ends() {
        for source in ["\"", "'", "r#\"", "/*", "b'", "'\\", "r#", "\u{fe0f}'\u{fe0f}"] {
            tokens(source);
        }
    }
}
