//! A sample out of a list that anyone who has the list and the seed can draw again.
//!
//! Where an office must report at most so many people (the county document: 服务对象在500人以内的全部上报，超过500人的上报500人),
//! chance decides and not the office: each row has a hash of the seed and its cells, and the rows with the smallest
//! hashes are taken. The browser, the command and whoever checks them compute the same.

use sha2::{Digest, Sha256};

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
