//! Names of accounts that people would take for each other.
//!
//! Owns the letters that look like Latin ones and that a name may have. Refuses to own which characters a name may
//! have at all (the API).

/// Whether two names differ only in case, in width, or in letters that look the same, as Cyrillic `а` and Latin `a`.
pub(crate) fn look_alike(one: &str, other: &str) -> bool {
    skeleton(one) == skeleton(other)
}

fn skeleton(name: &str) -> String {
    let letters: String = name.chars().map(narrow).flat_map(char::to_lowercase).map(latin_twin).collect();
    letters.replace("rn", "m").replace("vv", "w")
}

/// A full-width letter or digit as its usual one.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        other => other,
    }
}

/// The Latin letter that looks like a small Cyrillic or Greek one, or like one whose capital looks like it. `0` and
/// `o`, and `1`, `l` and `i`, count as one letter each.
fn latin_twin(letter: char) -> char {
    const TWINS: [(&str, char); 25] = [
        ("аα", 'a'),
        ("вβь", 'b'),
        ("сϲ", 'c'),
        ("ԁ", 'd'),
        ("еε", 'e'),
        ("ɡ", 'g'),
        ("нηһ", 'h'),
        ("іιїıӏ1i", 'l'),
        ("јϳ", 'j'),
        ("кκ", 'k'),
        ("мμϻ", 'm'),
        ("ν", 'n'),
        ("оοσ0", 'o'),
        ("рρ", 'p'),
        ("ԛ", 'q'),
        ("ѕ", 's'),
        ("тτ", 't'),
        ("υ", 'u'),
        ("ѵ", 'v'),
        ("ԝω", 'w'),
        ("хχ", 'x'),
        ("уγү", 'y'),
        ("ζ", 'z'),
        ("г", 'r'),
        ("ո", 'n'),
    ];
    TWINS.iter().find(|(letters, _)| letters.contains(letter)).map_or(letter, |(_, twin)| *twin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_take_for_each_other_look_alike() {
        for other in ["Admin", "ADMIN", "аdmin", "admіn", "ａｄｍｉｎ", "adm1n", "adrnin", "ΑDMIN"] {
            assert!(look_alike("admin", other), "{other}");
        }
        assert!(look_alike("ОРЕХ", "opex"));
    }

    #[test]
    fn names_that_differ_for_the_eye_do_not() {
        for (one, other) in [("admin", "admin2"), ("李主任", "李主仁"), ("wang", "wang-2"), ("a·b", "ab")] {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
