//! Names that people take for each other.
//!
//! Owns when two names look alike: by the table of confusable characters of Unicode Technical Standard 39, which holds
//! all scripts, and by what Latin letters in a name do besides. Refuses to own what follows from it: names of a plan are
//! pointed out (`similar_names`), names of accounts are refused (the store).

use unicode_security::skeleton;

/// Whether two names differ only in case, in width, or in letters that look the same, as Cyrillic `а` and Latin `a`.
///
/// ```
/// use scoring::look_alike::look_alike;
/// assert!(look_alike("admin", "аdmin"));
/// assert!(!look_alike("admin", "admin2"));
/// ```
#[must_use]
pub fn look_alike(one: &str, other: &str) -> bool {
    let other = skeletons(other);
    skeletons(one).iter().any(|skeleton| other.contains(skeleton))
}

/// What a name is compared by: two look alike if one of these is the same. A letter may look like another as it is
/// written, or only as a small or a capital letter, as Cyrillic `В` does.
#[must_use]
pub fn skeletons(name: &str) -> [String; 3] {
    [name.to_owned(), name.to_lowercase(), name.to_uppercase()].map(|name| {
        let small = skeleton(&name).collect::<String>().to_lowercase();
        // The table tells `i` from `l`, which stand for `I`, `1` and `l` here, and does not know these pairs.
        small
            .chars()
            .map(|letter| if matches!(letter, 'i' | '1') { 'l' } else { letter })
            .collect::<String>()
            .replace("rn", "m")
            .replace("vv", "w")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_take_for_each_other_look_alike() {
        for other in [
            "Admin",
            "ADMIN",
            "аdmin",
            "admіn",
            "ａｄｍｉｎ",
            "adm1n",
            "adrnin",
            "ΑDMIN",
            // Lisu, Cherokee, and the letters of mathematicians.
            "ꓮdmin",
            "ꓮꓓꓟꓲꓠ",
            "Ꭺdmin",
            "ᎪDMIN",
            "𝐚𝐝𝐦𝐢𝐧",
        ] {
            assert!(look_alike("admin", other), "{other}");
        }
        for (one, other) in
            [("ОРЕХ", "opex"), ("ΝΙΚΟΣ", "NIKOΣ"), ("Вова", "BOBA"), ("root", "r00t"), ("wang", "vvang")]
        {
            assert!(look_alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn names_that_differ_for_the_eye_do_not() {
        for (one, other) in [
            ("admin", "admin2"),
            ("李主任", "李主仁"),
            ("wang", "wang-2"),
            ("a·b", "ab"),
            ("林业站", "林业所"),
            ("一组", "二组"),
        ] {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
