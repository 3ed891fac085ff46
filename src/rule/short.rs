//! Values in short: a few bytes for nearly all of them, exact always.

use std::num::NonZeroU32;

use crate::value::{Day, Fraction, Number, Parts, Possible, Tally};

use super::cell::Cell;

/// Something short, in 16 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Short {
    /// A number, as a ratio in lowest terms.
    Number(i64, NonZeroU32),
    /// A day.
    Day(Day),
    /// Yes or no.
    Flag(bool),
    /// A word, by its position.
    Code(u32),
    /// A share of rows of which everything is known: so many with the property, so many without.
    Rows {
        /// With it.
        met: u32,
        /// Without it.
        failing: u32,
    },
    /// There is no number.
    NoNumber,
    /// There is no day.
    NoDay,
    /// There is neither yes nor no.
    NoFlag,
    /// There is no word.
    NoCode,
    /// `none` as it is written.
    None,
    /// Nothing to judge.
    NotApplicable,
    /// Something that is not short, by its position among such.
    Long(usize),
}

/// What may be short.
pub trait Shorten: Clone + Sized {
    /// The same in short, if it is.
    fn shorten(&self) -> Option<Short>;
    /// What was shortened.
    fn restore(short: Short) -> Option<Self>;
}

impl Short {
    /// A number, if it is short.
    #[must_use]
    pub fn number(number: Number) -> Option<Self> {
        number.in_short().map(|(top, bottom)| Self::Number(top, bottom))
    }

    /// A whole number.
    #[must_use]
    pub fn whole(number: i64) -> Self {
        Self::Number(number, NonZeroU32::MIN)
    }

    /// A ratio, if it is short; nothing over nought.
    pub(super) fn ratio(top: i64, bottom: i64) -> Option<Self> {
        Number::short_ratio(top, bottom).map(|(top, bottom)| Self::Number(top, bottom))
    }

    /// A share of rows, if it is nothing but that.
    fn rows(fraction: &Fraction) -> Option<Self> {
        let Parts::Rows(tally) = fraction.parts else { return None };
        Self::share(&tally).filter(|_| *fraction == Fraction::of_rows(tally))
    }

    /// The share of counted rows, if everything is known of them.
    #[must_use]
    pub fn share(tally: &Tally) -> Option<Self> {
        let (met, failing) = (u32::try_from(tally.met).ok()?, u32::try_from(tally.failing).ok()?);
        (*tally == known(met, failing)).then_some(Self::Rows { met, failing })
    }

    /// Something that may be known, if what it is, is short.
    pub fn of<T: Copy + Ord>(possible: &Possible<T>, none: Self, known: impl Fn(T) -> Option<Self>) -> Option<Self> {
        if possible.is_none() { Some(none) } else { known(possible.value()?) }
    }
}

/// Rows of which everything is known.
fn known(met: u32, failing: u32) -> Tally {
    Tally { met: met.into(), failing: failing.into(), ..Tally::default() }
}

impl Shorten for Fraction {
    fn shorten(&self) -> Option<Short> {
        Short::rows(self)
    }

    fn restore(short: Short) -> Option<Self> {
        if let Short::Rows { met, failing } = short { Some(Self::of_rows(known(met, failing))) } else { None }
    }
}

impl Shorten for Possible<Number> {
    fn shorten(&self) -> Option<Short> {
        Short::of(self, Short::NoNumber, Short::number)
    }

    fn restore(short: Short) -> Option<Self> {
        match short {
            Short::Number(top, bottom) => Some(Self::known(Number::from_short(top, bottom))),
            Short::NoNumber => Some(Self::none()),
            _ => None,
        }
    }
}

impl Shorten for Cell<'_> {
    fn shorten(&self) -> Option<Short> {
        match self {
            Self::Number(value) => Short::of(value, Short::NoNumber, Short::number),
            Self::Day(day) => Short::of(day, Short::NoDay, |day| Some(Short::Day(day))),
            Self::Flag(flag) => Short::of(flag, Short::NoFlag, |flag| Some(Short::Flag(flag))),
            Self::Code(code) => Short::of(code, Short::NoCode, |code| Some(Short::Code(code))),
            Self::None => Some(Short::None),
            Self::NotApplicable => Some(Short::NotApplicable),
            Self::Fraction(fraction) => fraction.shorten(),
            Self::Text(_) | Self::List(_) => None,
        }
    }

    fn restore(short: Short) -> Option<Self> {
        Some(match short {
            Short::Number(..) | Short::NoNumber => Self::Number(Possible::restore(short)?),
            Short::Day(day) => Self::Day(Possible::known(day)),
            Short::Flag(flag) => Self::Flag(Possible::known(flag)),
            Short::Code(code) => Self::Code(Possible::known(code)),
            Short::Rows { .. } => Self::Fraction(Fraction::restore(short)?.into()),
            Short::NoDay => Self::Day(Possible::none()),
            Short::NoFlag => Self::Flag(Possible::none()),
            Short::NoCode => Self::Code(Possible::none()),
            Short::None => Self::None,
            Short::NotApplicable => Self::NotApplicable,
            Short::Long(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shares_of_known_rows_are_short_and_come_back_as_they_were() {
        for (met, failing) in [(0, 0), (19, 1), (0, 7), (u32::MAX, u32::MAX)] {
            let cell = Cell::Fraction(Fraction::of_rows(known(met, failing)).into());
            assert_eq!(cell.shorten(), Some(Short::Rows { met, failing }));
            assert_eq!(Cell::restore(Short::Rows { met, failing }), Some(cell));
        }
        let of = known(19, 1);
        let others = [
            Tally { unsure: 1, ..of },
            Tally { maybe_met: 1, ..of },
            Tally { rows_missing: true, ..of },
            Tally { decided: 1, ..of },
            Tally { met: 1 << 32, ..of },
        ];
        for tally in others {
            assert_eq!((Short::share(&tally), Fraction::of_rows(tally).shorten()), (None, None), "{tally:?}");
        }
        let rounded = Fraction { range: Fraction::of_rows(known(1, 1)).range, ..Fraction::of_rows(of) };
        assert_eq!(rounded.shorten(), None);
    }
}
