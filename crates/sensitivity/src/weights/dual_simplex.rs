//! A small linear programme, solved in whole numbers.
//!
//! Owns the dual simplex method on a dictionary with one common denominator (Edmonds' pivoting: every
//! division comes out even), so that "there is no solution" is a proof. Rows can be added after solving.
//! Meant for tens of variables.

use num_bigint::{BigInt, Sign};

use scoring::fraction::Fraction;

/// Least Σ cost × variable over variables at or above zero, under rows Σ coefficient × variable ≥ bound.
#[derive(Debug, Clone)]
pub(crate) struct Programme {
    variables: usize,
    denominator: BigInt,
    /// Names of what stands at each column: variables, then rows by number.
    columns: Vec<usize>,
    /// The cost of each column; never below zero.
    costs: Vec<BigInt>,
    /// What stands on the left of each equation, its value and its coefficients.
    rows: Vec<(usize, BigInt, Vec<BigInt>)>,
    rows_added: usize,
}

/// There is no solution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Infeasible;

impl Programme {
    /// Without rows all variables are zero. Costs are not below zero.
    pub(crate) fn new(costs: Vec<BigInt>) -> Programme {
        let variables = costs.len();
        Programme {
            variables,
            denominator: BigInt::from(1),
            columns: (0..variables).collect(),
            costs,
            rows: Vec::new(),
            rows_added: 0,
        }
    }

    /// Adds Σ coefficient × variable ≥ bound. Solve again afterwards.
    pub(crate) fn add_row(&mut self, coefficients: &[BigInt], bound: &BigInt) {
        let mut value = -(bound * &self.denominator);
        let mut row = vec![BigInt::default(); self.columns.len()];
        for (place, name) in self.columns.iter().enumerate() {
            if let Some(coefficient) = coefficients.get(*name) {
                row[place] += coefficient * &self.denominator;
            }
        }
        for (name, known, terms) in &self.rows {
            if let Some(coefficient) = coefficients.get(*name).filter(|c| c.sign() != Sign::NoSign) {
                value += coefficient * known;
                for (sum, term) in row.iter_mut().zip(terms) {
                    *sum += coefficient * term;
                }
            }
        }
        self.rows.push((self.variables + self.rows_added, value, row));
        self.rows_added += 1;
    }

    /// Pivots until no row is broken.
    pub(crate) fn solve(&mut self) -> Result<(), Infeasible> {
        // Bland's rule: of all choices the lowest name, so that it ends.
        while let Some(row) = (0..self.rows.len())
            .filter(|&row| self.rows[row].1.sign() == Sign::Minus)
            .min_by_key(|&row| self.rows[row].0)
        {
            let terms = &self.rows[row].2;
            let mut entering: Option<usize> = None;
            for column in (0..self.columns.len()).filter(|&column| terms[column].sign() == Sign::Plus) {
                entering = Some(match entering {
                    None => column,
                    Some(best) => {
                        let (here, there) = (&self.costs[column] * &terms[best], &self.costs[best] * &terms[column]);
                        let lower_name = self.columns[column] < self.columns[best];
                        if here < there || here == there && lower_name { column } else { best }
                    }
                });
            }
            self.pivot(row, entering.ok_or(Infeasible)?);
        }
        Ok(())
    }

    /// A variable's value.
    pub(crate) fn value(&self, variable: usize) -> Fraction {
        let basic = self.rows.iter().find(|row| row.0 == variable);
        basic.map_or_else(|| Fraction::ZERO, |row| Fraction::of_terms(row.1.clone(), self.denominator.clone()))
    }

    fn pivot(&mut self, row: usize, column: usize) {
        let (_, value, terms) = self.rows[row].clone();
        let pivot = terms[column].clone();
        let old = std::mem::replace(&mut self.denominator, pivot.clone());
        let step = |own: &BigInt, factor: &BigInt, other: &BigInt| (own * &pivot - factor * other) / &old;
        for (place, (_, known, own)) in self.rows.iter_mut().enumerate() {
            if place == row {
                continue;
            }
            let factor = own[column].clone();
            *known = step(known, &factor, &value);
            for (at, term) in own.iter_mut().enumerate() {
                if at != column {
                    *term = step(term, &factor, &terms[at]);
                }
            }
        }
        let factor = self.costs[column].clone();
        for (at, cost) in self.costs.iter_mut().enumerate() {
            if at != column {
                *cost = step(cost, &factor, &terms[at]);
            }
        }
        let (name, known, own) = &mut self.rows[row];
        std::mem::swap(name, &mut self.columns[column]);
        *known = -value;
        for (at, term) in own.iter_mut().enumerate() {
            *term = if at == column { old.clone() } else { -&terms[at] };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(numbers: &[i64]) -> Vec<BigInt> {
        numbers.iter().map(|&number| BigInt::from(number)).collect()
    }

    #[test]
    fn a_programme_worked_by_hand() {
        // Least 2x + 3y with x + y ≥ 4 and x + 3y ≥ 6: at (3, 1), where both rows hold with equality.
        let mut programme = Programme::new(whole(&[2, 3]));
        programme.add_row(&whole(&[1, 1]), &BigInt::from(4));
        programme.add_row(&whole(&[1, 3]), &BigInt::from(6));
        assert_eq!(programme.solve(), Ok(()));
        assert_eq!([0, 1].map(|v| programme.value(v)), [3, 1].map(Fraction::whole));
        // A row added afterwards: x ≤ 2 makes it (2, 2).
        programme.add_row(&whole(&[-1, 0]), &BigInt::from(-2));
        assert_eq!(programme.solve(), Ok(()));
        assert_eq!([0, 1].map(|v| programme.value(v)), [2, 2].map(Fraction::whole));
        // And y ≤ 1 leaves nothing.
        programme.add_row(&whole(&[0, -1]), &BigInt::from(-1));
        assert_eq!(programme.solve(), Err(Infeasible));
    }

    #[test]
    fn the_best_corner_of_small_programmes_is_found() {
        // All corners of random programmes in two variables, by crossing every two borders.
        let mut dice = crate::kernels::dice::SplitMix::new(4);
        for round in 0..200 {
            let cost = [dice.below(9) as i64 + 1, dice.below(9) as i64 + 1];
            let rows: Vec<[i64; 3]> = (0..4)
                .map(|_| [dice.below(21) as i64 - 10, dice.below(21) as i64 - 10, dice.below(41) as i64 - 20])
                .collect();
            let borders: Vec<[i64; 3]> = rows.iter().copied().chain([[1, 0, 0], [0, 1, 0]]).collect();
            let mut best: Option<Fraction> = None;
            for (i, a) in borders.iter().enumerate() {
                for b in &borders[i + 1..] {
                    let determinant = a[0] * b[1] - a[1] * b[0];
                    if determinant == 0 {
                        continue;
                    }
                    let x = Fraction::new(a[2] * b[1] - a[1] * b[2], determinant);
                    let y = Fraction::new(a[0] * b[2] - a[2] * b[0], determinant);
                    let at = |row: &[i64; 3]| {
                        let sum = &(&x * &Fraction::whole(row[0])) + &(&y * &Fraction::whole(row[1]));
                        &sum - &Fraction::whole(row[2])
                    };
                    if borders.iter().all(|row| at(row).signum() >= 0) {
                        let value = at(&[cost[0], cost[1], 0]);
                        best = Some(best.map_or(value.clone(), |best| best.min(value)));
                    }
                }
            }
            let mut programme = Programme::new(whole(&cost));
            for row in &rows {
                programme.add_row(&whole(&row[..2]), &BigInt::from(row[2]));
            }
            let solved = programme.solve().ok().map(|()| {
                let part = |variable: usize| &programme.value(variable) * &Fraction::whole(cost[variable]);
                &part(0) + &part(1)
            });
            assert_eq!(solved, best, "round {round}");
        }
    }
}
