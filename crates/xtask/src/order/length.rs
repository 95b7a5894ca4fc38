//! How long files and functions are.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// More lines than a reader should have to keep in mind at once. A file counts up to its tests.
pub const LONGEST_FILE: usize = 400;
pub const LONGEST_FUNCTION: usize = 100;

/// A function and its lines, from `fn` to its closing brace.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub lines: usize,
}

/// The lines of a file before the tests that stand in it.
pub fn of_file(source: &str) -> usize {
    let lines: Vec<&str> = source.lines().collect();
    let tests = lines.windows(2).position(|pair| pair[0] == "#[cfg(test)]" && pair[1].starts_with("mod tests"));
    tests.unwrap_or(lines.len())
}

/// All functions of a file that have a body, tests too.
pub fn of_functions(source: &str) -> Vec<Function> {
    let mut found = Vec::new();
    collect(source.parse().unwrap_or_default(), &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut Vec<Function>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1)) {
            (TokenTree::Ident(keyword), Some(TokenTree::Ident(name))) if keyword == "fn" => {
                let rest = tokens[at..].iter().take_while(|token| !is_end(token));
                let body = rest.filter_map(|token| match token {
                    TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
                    _ => None,
                });
                let lines = |body: &Group| body.span_close().end().line - keyword.span().start().line + 1;
                found.extend(body.take(1).map(|body| Function { name: name.to_string(), lines: lines(body) }));
            }
            (TokenTree::Group(group), _) => collect(group.stream(), found),
            _ => {}
        }
    }
}

fn is_end(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_up_to_its_tests() {
        assert_eq!(of_file("a\nb\n\n#[cfg(test)]\nmod tests {\n}\n"), 3);
        assert_eq!(of_file("a\n#[cfg(test)]\nfn b() {}\nc\n"), 4);
    }

    #[test]
    fn functions_are_measured_from_head_to_last_brace() {
        let source = "trait T { fn none(a: [u8; 2]); }\nfn one() {}\nfn two<const N: usize>(\n) -> [u8; N] {\n  fn in_it() {\n  }\n}";
        let found: Vec<(String, usize)> = of_functions(source).into_iter().map(|f| (f.name, f.lines)).collect();
        assert_eq!(found, [("one".to_owned(), 1), ("two".to_owned(), 5), ("in_it".to_owned(), 2)]);
    }
}
