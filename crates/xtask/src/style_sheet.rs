//! The pages' style sheets: the hand-written files joined, comments and white space taken out. No
//! rewriting of rules: what browsers get is what was written.

/// Joins and compacts style sheets.
///
/// Knows comments, strings and white space, nothing else of CSS: text inside quotes is kept as it is.
pub fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css.chars().peekable();
    let mut space = false;
    while let Some(c) = rest.next() {
        if c == '/' && rest.peek() == Some(&'*') {
            let mut previous = ' ';
            rest.next();
            for c in rest.by_ref() {
                if previous == '*' && c == '/' {
                    break;
                }
                previous = c;
            }
            space = true;
        } else if c.is_whitespace() {
            space = true;
        } else {
            let after_mark = out.chars().next_back().is_none_or(|last| "{};,".contains(last));
            if space && !after_mark && !"{};,".contains(c) {
                out.push(' ');
            }
            space = false;
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            if c == '"' {
                for inside in rest.by_ref() {
                    out.push(inside);
                    if inside == '"' {
                        break;
                    }
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn white_space_and_comments_go_and_strings_stay() {
        let css = "/* a */ a  b ,\n c { color : red ; margin: 0 1px; }\nd::after { content: \"a  /* b */ ;\" }";
        assert_eq!(compact(css), "a b,c{color : red;margin: 0 1px}d::after{content: \"a  /* b */ ;\"}");
    }
}
