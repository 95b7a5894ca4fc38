//! The float nearest an exact figure, for what is only drawn or sampled.

use scoring::fraction::Fraction;

/// The nearest `f64`, to a hair.
#[must_use]
pub fn near(figure: &Fraction) -> f64 {
    let (numerator, denominator) = figure.short_terms().unwrap_or_else(|| {
        // Beyond 128 bits both give away the same number of their last ones.
        let (numerator, denominator) = figure.terms();
        let cut = numerator.bits().max(denominator.bits()).saturating_sub(120);
        let short = |number| i128::try_from(number >> cut).unwrap_or(i128::MAX);
        (short(numerator), short(denominator))
    });
    numerator as f64 / denominator as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_short_fractions_have_their_float() {
        assert!((near(&Fraction::new(-1, 3)) + 1.0 / 3.0).abs() < 1e-15);
        let huge = &Fraction::new(10_i128.pow(38), 3) * &Fraction::new(10_i128.pow(38), 7);
        let hardly_more = &huge + &Fraction::new(1, 11);
        assert!((near(&(&hardly_more / &(&huge * &Fraction::whole(2)))) - 0.5).abs() < 1e-15);
    }
}
