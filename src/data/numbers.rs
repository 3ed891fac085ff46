//! A column of exact decimals.

use crate::value::{Number, NumberFault};

/// Exact decimals.
#[derive(Clone, Debug, PartialEq)]
pub enum Numbers {
    /// `value / 10^scale`.
    Small {
        /// The digits after the point.
        scale: u32,
        /// The values.
        values: Vec<i64>,
    },
    /// For columns whose values do not all fit into 64 bits at one scale.
    Large(Vec<Number>),
}

/// No values yet, at the smallest scale.
impl Default for Numbers {
    fn default() -> Self {
        Self::Small { scale: 0, values: Vec::new() }
    }
}

impl Numbers {
    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<Number> {
        match self {
            Self::Small { scale, values } => Number::scaled(i128::from(*values.get(row)?), *scale),
            Self::Large(values) => values.get(row).copied(),
        }
    }

    /// Appends `mantissa / 10^scale`: the scale of the column grows as needed, and a column that outgrows 64 bits
    /// becomes [`Numbers::Large`].
    ///
    /// # Errors
    /// [`NumberFault::TooLong`] if the value cannot be kept exactly; nothing is appended then.
    pub fn push(&mut self, mantissa: i128, scale: u32) -> Result<(), NumberFault> {
        if let Self::Small { scale: kept, values } = self {
            if scale > *kept
                && let Some(finer) = rescaled(values, scale - *kept)
            {
                (*kept, *values) = (scale, finer);
            }
            if let Some(value) = kept.checked_sub(scale).and_then(|places| shifted(mantissa, places)) {
                values.push(value);
                return Ok(());
            }
        }
        let value = Number::scaled(mantissa, scale).ok_or(NumberFault::TooLong)?;
        match self {
            Self::Large(values) => values.push(value),
            Self::Small { .. } => *self = Self::Large(self.iter().chain([value]).collect()),
        }
        Ok(())
    }

    /// Appends a number that may be no decimal.
    pub(super) fn push_ratio(&mut self, number: Number) {
        match self {
            Self::Large(values) => values.push(number),
            Self::Small { .. } => *self = Self::Large(self.iter().chain([number]).collect()),
        }
    }

    /// Appends a nought for a cell that has no value.
    pub(super) fn push_filler(&mut self) {
        match self {
            Self::Small { values, .. } => values.push(0),
            Self::Large(values) => values.push(Number::ZERO),
        }
    }

    /// Appends a value and returns true, or a nought and false if it cannot be kept.
    pub(super) fn push_or_filler(&mut self, mantissa: i128, scale: u32) -> bool {
        let kept = self.push(mantissa, scale).is_ok();
        if !kept {
            self.push_filler();
        }
        kept
    }

    /// Appends the values of other rows.
    pub(super) fn append(&mut self, more: Self) {
        match (&mut *self, more) {
            (Self::Small { scale, values }, Self::Small { scale: same, values: more }) if *scale == same => {
                values.extend(more);
            }
            (_, Self::Small { scale, values }) => {
                for value in values {
                    self.push_or_filler(i128::from(value), scale);
                }
            }
            (_, Self::Large(more)) => more.into_iter().for_each(|number| self.push_ratio(number)),
        }
    }

    /// The values of some rows.
    pub(super) fn take(&self, rows: &[u32]) -> Self {
        match self {
            Self::Small { scale, values } => Self::Small { scale: *scale, values: super::column::gather(values, rows) },
            Self::Large(values) => Self::Large(super::column::gather(values, rows)),
        }
    }

    fn iter(&self) -> impl Iterator<Item = Number> {
        (0..).map_while(|row| self.get(row))
    }
}

fn rescaled(values: &[i64], places: u32) -> Option<Vec<i64>> {
    values.iter().map(|value| shifted(i128::from(*value), places)).collect()
}

/// `mantissa × 10^places`, if it fits into 64 bits.
fn shifted(mantissa: i128, places: u32) -> Option<i64> {
    i64::try_from(mantissa.checked_mul(10_i128.checked_pow(places)?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(texts: &[&str]) -> Numbers {
        let mut numbers = Numbers::default();
        for text in texts {
            let (mantissa, scale) = Number::parse_scaled(text).unwrap();
            numbers.push(mantissa, scale).unwrap();
        }
        numbers
    }

    #[test]
    fn the_scale_grows_with_the_values() {
        let Numbers::Small { scale, values } = column(&["25", "0.5", "-1.25", "3"]) else { panic!("large") };
        assert_eq!((scale, values), (2, vec![2500, 50, -125, 300]));
    }

    #[test]
    fn small_and_large_columns_hold_the_same_values() {
        let beyond = [
            &["9223372036854775808"][..],              // more than 64 bits
            &["0.1", "9223372036854775807"],           // does not fit at the scale of the column
            &["9223372036854775807", "0.1", "2"],      // cannot be rescaled
            &["1", "0.00000000000000000000000000001"], // 29 digits after the point
            &["-999999999999999999999999999999", "1.5"],
        ];
        for texts in beyond {
            let numbers = column(texts);
            assert!(matches!(numbers, Numbers::Large(_)), "{texts:?}");
            let expected: Vec<_> = texts.iter().map(|text| Number::parse(text).unwrap()).collect();
            assert_eq!(numbers.iter().collect::<Vec<_>>(), expected);
        }
        let edge = column(&["9223372036854775807", "-9223372036854775808"]);
        assert!(matches!(edge, Numbers::Small { scale: 0, .. }));
        assert_eq!(edge.get(1), Number::parse("-9223372036854775808").ok());
    }

    #[test]
    fn rows_are_taken_in_either_layout() {
        for texts in [["1.5", "2", "3"], ["1.5", "99999999999999999999", "3"]] {
            let numbers = column(&texts);
            let taken = numbers.take(&[2, 0]);
            assert_eq!((taken.get(0), taken.get(1), taken.get(2)), (numbers.get(2), numbers.get(0), None));
        }
    }
}
