//! What a browser was sent away with, so that what it comes back with can be held against it.

use std::fmt;

use subtle::ConstantTimeEq;

/// Three random words: the one that comes back in the address, the one that comes back in the token, and the one that
/// shows that who exchanges the code is who asked. Only the browser's own cookie holds them.
pub struct Question {
    pub(crate) state: String,
    pub(crate) nonce: String,
    pub(crate) verifier: String,
}

impl Question {
    /// Reads what [`Display`](fmt::Display) wrote.
    #[must_use]
    pub fn parse(text: &str) -> Option<Question> {
        let mut words = text.split('.').map(str::to_owned);
        let question = Question { state: words.next()?, nonce: words.next()?, verifier: words.next()? };
        // Empty words would be proven by an answer without any.
        let is_whole = [&question.state, &question.nonce, &question.verifier].iter().all(|word| word.len() >= 16);
        (is_whole && words.next().is_none()).then_some(question)
    }

    /// Whether an answer with this state is one to this question.
    pub(crate) fn is_asked_by(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }
}

/// Letters, digits, `-`, `_`, and `.` between the words: what a cookie may hold.
impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.state, self.nonce, self.verifier)
    }
}

#[cfg(test)]
mod tests {
    use super::Question;

    #[test]
    fn a_question_is_read_as_it_was_written_and_is_asked_by_its_state_alone() {
        let [state, nonce, verifier] = ["s", "n", "v"].map(|word| word.repeat(22));
        let text = format!("{state}.{nonce}.{verifier}");
        let question = Question::parse(&text).unwrap();
        assert_eq!(question.to_string(), text);
        assert!(question.is_asked_by(&state));
        for other in ["", "s", nonce.as_str()] {
            assert!(!question.is_asked_by(other), "{other}");
        }
    }

    #[test]
    fn what_is_cut_or_empty_is_no_question() {
        let word = "w".repeat(22);
        for text in [
            "",
            "..",
            &word,
            &format!("{word}.{word}"),
            &format!("{word}.{word}.short"),
            &format!("{word}.{word}.{word}.{word}"),
        ] {
            assert!(Question::parse(text).is_none(), "{text}");
        }
    }
}
