//! A sample out of a list that anyone who has the list and the seed can draw again.
//!
//! Where an office must report at most so many people (the county document: 服务对象在500人以内的全部上报，超过500人的上报500人),
//! chance decides and not the office: each row has a hash of the seed and its cells, and the rows with the smallest
//! hashes are taken. The browser, the command and whoever checks them compute the same.

use std::collections::BTreeMap;

use document::document;
use sha2::{Digest, Sha256};

document! {
    /// `POST /api/plans/{id}/samples`: that a sample was drawn, for the audit trail. The list stays with the office.
    #[derive(Eq, Debug)]
    pub struct SampleRequest {
        /// Most rows that were taken, of each value of `by` where that is given.
        pub size: u64,
        /// 1 to 200 characters.
        pub seed: String,
        /// The column by whose values the list was divided: up to 100 characters.
        pub by: Option<String>,
        /// SHA-256 of the list's file, 64 hexadecimal digits: who has the file finds the same rows by `pingyi sample`.
        pub sha256: String,
        /// Rows of the list.
        pub of: u64,
        /// Rows that were taken.
        pub count: u64,
    }
}

/// Most characters of a seed.
pub const LONGEST_SEED: usize = 200;

/// Most characters of a column's name.
pub const LONGEST_COLUMN: usize = 100;

/// The sample of a list, or of each value of a column of it, all in the list's order. A value is its cell without blanks
/// at its ends.
pub fn draw_by<Cell: AsRef<str>>(rows: &[Vec<Cell>], column: Option<usize>, size: usize, seed: &str) -> Vec<usize> {
    let Some(column) = column else { return draw(rows, size, seed) };
    let mut parts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        parts.entry(row.get(column).map_or("", |cell| cell.as_ref().trim())).or_default().push(place);
    }
    let mut taken: Vec<usize> = Vec::new();
    for places in parts.into_values() {
        let part: Vec<&[Cell]> = places.iter().map(|&place| rows[place].as_slice()).collect();
        taken.extend(draw(&part, size, seed).into_iter().map(|row| places[row]));
    }
    taken.sort_unstable();
    taken
}

/// SHA-256 of a list's file, as [`SampleRequest`] has it.
#[must_use]
pub fn file_hash(file: &str) -> String {
    crate::code::hex(&Sha256::digest(file.as_bytes()))
}

/// Places of the rows that are taken, in the list's order: all of them where there are not more than `size`, else the
/// `size` rows with the smallest SHA-256 of `"pingyi-sample\0"`, the seed, `"\0"` and the cells joined by U+001F. Of
/// rows that are equal the earlier is taken first.
///
/// ```
/// let rows = [vec!["甲", "1"], vec!["乙", "2"], vec!["丙", "3"]];
/// assert_eq!(wire::sample::draw(&rows, 5, "2022-06-10"), [0, 1, 2]);
/// assert_eq!(wire::sample::draw(&rows, 2, "2022-06-10").len(), 2);
/// ```
pub fn draw<Row, Cell>(rows: &[Row], size: usize, seed: &str) -> Vec<usize>
where
    Row: AsRef<[Cell]>,
    Cell: AsRef<str>,
{
    let mut taken: Vec<usize> = (0..rows.len()).collect();
    if rows.len() > size {
        taken.sort_by_cached_key(|&place| (hash(seed, rows[place].as_ref()), place));
        taken.truncate(size);
        taken.sort_unstable();
    }
    taken
}

fn hash<Cell: AsRef<str>>(seed: &str, cells: &[Cell]) -> [u8; 32] {
    let mut sha = Sha256::new();
    sha.update(b"pingyi-sample\0");
    sha.update(seed.as_bytes());
    sha.update(b"\0");
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            sha.update(b"\x1f");
        }
        sha.update(cell.as_ref().as_bytes());
    }
    sha.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By `printf 'pingyi-sample\0s\0甲\x1f1' | sha256sum` and its like.
    #[test]
    fn a_row_is_hashed_as_sha256sum_does() {
        assert_eq!(
            crate::code::hex(&hash("s", &["甲", "1"])),
            "c46a1d7910fa8e2049917486ff67755855a15e0458814aa6e259ef70600482b4"
        );
        assert_eq!(
            crate::code::hex(&hash("", &["a"])),
            "d084ab231edef1668a45c796a1d528ec941dd10dfde9946c11d5c616f77bc96d"
        );
    }

    /// Of two units with three and one of their people, two of each are asked at most.
    #[test]
    fn a_column_divides_the_list() {
        let rows = [["甲", "林业站"], ["乙", "村建所"], ["丙", " 林业站"], ["丁", "林业站"]].map(|row| row.to_vec());
        let taken = draw_by(&rows, Some(1), 2, "2022-06-10");
        assert!(taken.contains(&1) && taken.len() == 3 && taken.is_sorted(), "{taken:?}");
        assert_eq!(draw_by(&rows, None, 9, "x"), [0, 1, 2, 3]);
    }

    #[test]
    fn equal_rows_are_taken_from_the_front_and_the_order_stays() {
        let rows = [["b"], ["a"], ["b"], ["a"]];
        let two = draw(&rows, 2, "x");
        // Whichever of the two cells has the smaller hash, both rows of it are taken.
        assert!(two == [0, 2] || two == [1, 3], "{two:?}");
        let one = draw(&rows, 1, "x");
        assert_eq!(one, [two[0]]);
        let three = draw(&rows, 3, "x");
        assert!(two.iter().all(|place| three.contains(place)));
        assert!(draw(&rows, 0, "x").is_empty());
    }
}
