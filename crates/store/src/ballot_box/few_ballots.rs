//! Which counts of ballots the public may see.
//!
//! A count under ten is withheld, for it would say nearly who voted. The number of all ballots is public, so a single
//! withheld count would be that number less the others: the smallest of the others is then withheld, too, and so on
//! until at least two counts are withheld that are ten ballots together.

use crate::limits::FEWEST_SHOWN;

/// The counts as the public sees them; `None`: withheld.
#[must_use]
pub fn public_counts(counts: &[u64]) -> Vec<Option<u64>> {
    let mut shown: Vec<Option<u64>> = counts.iter().map(|count| (*count >= FEWEST_SHOWN).then_some(*count)).collect();
    if shown.iter().all(Option::is_some) {
        return shown;
    }
    loop {
        let withheld = || counts.iter().zip(&shown).filter(|(_, shown)| shown.is_none()).map(|(count, _)| *count);
        if withheld().count() >= 2 && withheld().sum::<u64>() >= FEWEST_SHOWN {
            return shown;
        }
        let next = shown.iter().enumerate().filter_map(|(place, count)| Some((count.as_ref()?, place))).min();
        match next.map(|(_, place)| place) {
            Some(place) => shown[place] = None,
            None => return shown,
        }
    }
}

/// The number of all ballots as the public sees it.
#[must_use]
pub fn public_total(total: u64) -> Option<u64> {
    (total >= FEWEST_SHOWN).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The withheld ones as 0, which is never shown.
    fn seen(counts: &[u64]) -> Vec<u64> {
        public_counts(counts).into_iter().map(|count| count.unwrap_or(0)).collect()
    }

    #[test]
    fn counts_of_ten_and_more_are_shown() {
        assert_eq!(seen(&[10, 250, 31]), [10, 250, 31]);
        assert_eq!(seen(&[]), [0; 0]);
    }

    /// 288 in all, less 31 and 250, would be the 7: the 31 is withheld with it, and 38 is all that can be known.
    #[test]
    fn one_small_count_takes_the_smallest_of_the_others_with_it() {
        assert_eq!(seen(&[7, 250, 31]), [0, 250, 0]);
        assert_eq!(seen(&[40, 40, 9]), [0, 40, 0]);
        assert_eq!(seen(&[0, 12]), [0, 0]);
    }

    /// 4 and 5 are 9 together: a count under ten, and it would be 109 less 100. 6 and 5 are eleven, and hide each other.
    #[test]
    fn small_counts_hide_each_other_once_they_are_ten_together() {
        assert_eq!(seen(&[4, 5, 100]), [0, 0, 0]);
        assert_eq!(seen(&[4, 5, 100, 200]), [0, 0, 0, 200]);
        assert_eq!(seen(&[6, 5, 100]), [0, 0, 100]);
    }

    #[test]
    fn a_single_small_group_is_the_total_which_is_withheld_itself() {
        assert_eq!(seen(&[9]), [0]);
        assert_eq!((public_total(9), public_total(10)), (None, Some(10)));
    }
}
