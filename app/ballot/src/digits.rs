//! What a digit chooses: an option by its number, of one digit or of two.

/// What one press of a digit does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Press {
    /// On which line it chooses.
    pub line: usize,
    /// The number that it makes: an option's place from 1 on, or 0 for a blank.
    pub number: usize,
    /// Whether another digit may belong to the number: the focus then stays.
    pub waits: bool,
}

/// A digit on a line. `before`: the line and number of a press that waits. Where the two make no option's number, the
/// first stands as it is and the second is the next line's.
pub fn press(
    options_of: impl Fn(usize) -> usize,
    lines: usize,
    before: Option<(usize, usize)>,
    line: usize,
    digit: usize,
) -> Press {
    let waits = |line: usize, number: usize| number > 0 && number * 10 <= options_of(line);
    let Some((_, first)) = before.filter(|(at, _)| *at == line) else {
        return Press { line, number: digit, waits: waits(line, digit) };
    };
    let number = first * 10 + digit;
    if number <= options_of(line) {
        return Press { line, number, waits: waits(line, number) };
    }
    let next = (line + 1).min(lines.saturating_sub(1));
    Press { line: next, number: digit, waits: waits(next, digit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Presses digits one after the other, from the first line on: what is chosen on each line.
    fn pressed(options: usize, digits: &[usize]) -> [Option<usize>; 4] {
        let (mut chosen, mut line, mut before) = ([None; 4], 0, None);
        for digit in digits {
            let press = press(|_| options, 4, before, line, *digit);
            chosen[press.line] = Some(press.number);
            before = press.waits.then_some((press.line, press.number));
            line = if press.waits { press.line } else { (press.line + 1).min(3) };
        }
        chosen
    }

    #[test]
    fn two_digits_choose_the_tenth_option_and_those_behind_it() {
        assert_eq!(pressed(10, &[1, 0]), [Some(10), None, None, None]);
        assert_eq!(pressed(12, &[1, 2, 3]), [Some(12), Some(3), None, None]);
        assert_eq!(pressed(10, &[1, 2, 3]), [Some(1), Some(2), Some(3), None]);
        assert_eq!(pressed(10, &[1, 1, 1]), [Some(1), Some(1), Some(1), None]);
        assert_eq!(pressed(10, &[1, 1, 0]), [Some(1), Some(10), None, None]);
    }

    #[test]
    fn below_ten_options_a_digit_is_an_answer() {
        assert_eq!(pressed(3, &[1, 0, 3]), [Some(1), Some(0), Some(3), None]);
    }
}
