//! Evidence files: what is told of one, and what is wrong with a list of them by itself.
//!
//! Owns shapes and limits that a page checks as well. Refuses to own contents, and whether a file exists.

use std::collections::BTreeSet;

use document::{document, open_ended};

use crate::Field;

/// Most bytes of a file: a scan of some pages, or a photo that a page has made smaller.
pub const MOST_BYTES: usize = 4 * 1024 * 1024;

/// Most files of one record, finding or report.
pub const MOST_FILES: usize = 10;

/// Most characters of a file's name.
pub const LONGEST_NAME: usize = 200;

document! {
    /// Answer to a file that was given; the same for the same file.
    #[derive(Eq, Debug)]
    pub struct FileKept {
        /// The SHA-256 of its content, 64 hexadecimal digits: what records name it by.
        pub file: String,
        /// Its bytes.
        pub size: u64,
    }
    shape: open_ended;
}

/// Whether a text can name a file: the SHA-256 of a content, 64 hexadecimal digits in small letters.
#[must_use]
pub fn is_file(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// What is wrong with the `files` of a record, whatever files there are, with pointers into the request.
#[must_use]
pub fn check_files(files: &[String]) -> Vec<Field> {
    let fault = |path: String, code: &str| Field { path, code: code.to_owned(), detail: None };
    if files.len() > MOST_FILES {
        return vec![fault("/files".to_owned(), "out_of_range")];
    }
    let mut seen = BTreeSet::new();
    let told = files.iter().enumerate().filter_map(|(place, file)| match (is_file(file), seen.insert(file)) {
        (false, _) => Some(fault(format!("/files/{place}"), "unknown_file")),
        (true, false) => Some(fault(format!("/files/{place}"), "duplicate_file")),
        (true, true) => None,
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_by_their_hash_once_and_are_few() {
        let (a, b) = ("a".repeat(64), "0".repeat(64));
        assert_eq!(check_files(&[a.clone(), b.clone()]), []);
        let told: Vec<_> = check_files(&[a.clone(), "A".repeat(64), a.clone(), "../etc".to_owned()])
            .into_iter()
            .map(|field| (field.path, field.code))
            .collect();
        let expected = [("/files/1", "unknown_file"), ("/files/2", "duplicate_file"), ("/files/3", "unknown_file")];
        assert_eq!(told, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
        let many: Vec<String> = (0..11).map(|n| format!("{n:064}")).collect();
        assert_eq!(check_files(&many[..10]), []);
        assert_eq!(check_files(&many)[0].code, "out_of_range");
    }
}
