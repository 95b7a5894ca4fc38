//! How long files and functions are.

use super::token::{Kind, Token, tokens};

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

/// All functions of a file, tests too.
pub fn of_functions(source: &str) -> Vec<Function> {
    let all = tokens(source);
    let heads = all.windows(2).enumerate().filter(|(_, pair)| pair[0].word() == Some("fn"));
    heads.filter_map(|(at, pair)| Some(function(&all[at..], pair[1].word()?)?)).collect()
}

/// The function that begins here, unless it has no body.
fn function(tokens: &[Token], name: &str) -> Option<Function> {
    let mut depth = 0_usize;
    let mut in_body = false;
    for token in tokens {
        match token.kind {
            Kind::Sign(';') if depth == 0 => return None,
            Kind::Sign('{' | '(' | '[') => {
                in_body |= depth == 0 && token.is('{');
                depth += 1;
            }
            Kind::Sign('}' | ')' | ']') => {
                depth = depth.saturating_sub(1);
                if in_body && depth == 0 {
                    return Some(Function { name: name.to_owned(), lines: token.line - tokens[0].line + 1 });
                }
            }
            _ => {}
        }
    }
    None
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
