//! How the scores of a category are spread, component by component.

use scoring::{CategoryIndex, Score};

use crate::columns::{Figure, columns, row};
use crate::results::Results;

/// A component's scores in a category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spread {
    /// As its column is called.
    pub(crate) name: String,
    /// How many units it applies to.
    pub(crate) units: usize,
    pub(crate) mean: Score,
    pub(crate) highest: Score,
    pub(crate) lowest: Score,
}

/// The mean of scores, rounded half away from zero to a millionth.
pub(crate) fn mean(scores: &[Score]) -> Score {
    let (sum, number) = (scores.iter().copied().sum::<Score>(), scores.len().max(1) as i128);
    let half = if sum < Score::ZERO { -number / 2 } else { number / 2 };
    Score::from_millionths((sum.millionths() + half) / number)
}

/// The components that apply to any unit of a category.
pub(crate) fn spreads(results: &Results<'_>, category: CategoryIndex) -> Vec<Spread> {
    let columns = columns(results);
    let rows: Vec<_> =
        results.ranked(category).into_iter().map(|unit| row(results, &columns, None, unit).components).collect();
    let of_column = |(place, column): (usize, &crate::columns::Column)| {
        let score = |row: &Vec<Figure>| match row[place] {
            Figure::Score(score) => Some(score),
            Figure::None => None,
        };
        let scores: Vec<Score> = rows.iter().filter_map(score).collect();
        let (highest, lowest) = (*scores.iter().max()?, *scores.iter().min()?);
        Some(Spread { name: column.name.clone(), units: scores.len(), mean: mean(&scores), highest, lowest })
    };
    columns.iter().enumerate().filter_map(of_column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_rounded_half_away_from_zero() {
        let of = |scores: &[i128]| {
            let scores: Vec<Score> = scores.iter().copied().map(Score::from_millionths).collect();
            mean(&scores).millionths()
        };
        assert_eq!([of(&[1, 2]), of(&[-1, -2]), of(&[1, 1, 2]), of(&[])], [2, -2, 1, 0]);
    }
}
