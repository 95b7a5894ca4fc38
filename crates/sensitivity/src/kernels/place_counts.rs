//! Counting who was where in many orders.
//!
//! One rank is mostly the same few units', and adding to one counter again and again waits each time for the last
//! addition to be stored. So neighbours in a row of orders are counted in tables of their own, summed at the end.

/// How many neighbours are counted apart.
const APART: usize = 4;

/// Tables for so many places, to be handed to [`count_places`] again and again.
pub(crate) fn tables_for(places: usize) -> Vec<u16> {
    vec![0; APART * places]
}

/// Adds to `counts` how often each place stands in `seen`: fewer than 2¹⁶ of them, each below the number of counts.
#[inline(always)]
pub(crate) fn count_places(counts: &mut [u32], seen: &[u16], tables: &mut [u16]) {
    let places = counts.len();
    let (one, rest) = tables.split_at_mut(places);
    let (two, rest) = rest.split_at_mut(places);
    let (three, four) = rest.split_at_mut(places);
    let whole = seen.chunks_exact(APART);
    for &place in whole.remainder() {
        one[usize::from(place)] += 1;
    }
    for group in whole {
        one[usize::from(group[0])] += 1;
        two[usize::from(group[1])] += 1;
        three[usize::from(group[2])] += 1;
        four[usize::from(group[3])] += 1;
    }
    for (place, count) in counts.iter_mut().enumerate() {
        *count += u32::from(one[place]) + u32::from(two[place]) + u32::from(three[place]) + u32::from(four[place]);
    }
    tables.fill(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_add_up_over_calls() {
        let (mut counts, mut tables) = (vec![0; 3], tables_for(3));
        // Seven and five, so that a rest is counted as well.
        count_places(&mut counts, &[0, 0, 2, 0, 1, 0, 0], &mut tables);
        count_places(&mut counts, &[2, 2, 2, 0, 1], &mut tables);
        assert_eq!(counts, [6, 2, 4]);
    }
}
