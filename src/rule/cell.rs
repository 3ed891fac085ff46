//! What is known of one value of any type.

use std::sync::Arc;

use crate::value::{Day, Fraction, List, Number, Possible, Truth};

/// What is known of one value of any type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'d> {
    /// Yes or no.
    Flag(Possible<bool>),
    /// A number.
    Number(Possible<Number>),
    /// A day.
    Day(Possible<Day>),
    /// A word of a choice or a scale, by its position.
    Code(Possible<u32>),
    /// A text.
    Text(Possible<&'d str>),
    /// A share or a ratio.
    Fraction(Box<Fraction>),
    /// The values of a row set, or the numbers of a param; nothing where nothing is known of them.
    List(Option<Arc<List>>),
    /// `none` as it is written.
    None,
    /// `not_applicable` as it is written.
    NotApplicable,
}

impl Cell<'_> {
    /// Yes, no or unknown.
    #[must_use]
    pub fn truth(truth: Truth) -> Self {
        Self::Flag(match truth {
            Truth::True => Possible::known(true),
            Truth::False => Possible::known(false),
            Truth::Unknown => Possible::between(Some(false), Some(true)),
        })
    }

    /// The answer of a flag; anything else, and a flag that may be none, is unknown.
    #[must_use]
    pub fn as_truth(&self) -> Truth {
        match self {
            Self::Flag(flag) => flag.value().map_or(Truth::Unknown, Truth::from),
            _ => Truth::Unknown,
        }
    }

    /// The number of a number or of a fraction.
    #[must_use]
    pub fn as_number(&self) -> Option<Possible<Number>> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Fraction(fraction) => Some(fraction.number()),
            Self::None | Self::NotApplicable => Some(Possible::none()),
            _ => None,
        }
    }

    /// Whether nothing about it is open.
    #[must_use]
    pub fn is_known(&self) -> bool {
        match self {
            Self::Flag(flag) => flag.is_known(),
            Self::Number(number) => number.is_known(),
            Self::Day(day) => day.is_known(),
            Self::Code(code) => code.is_known(),
            Self::Text(text) => text.is_known(),
            Self::Fraction(fraction) => fraction.number().is_known(),
            Self::List(list) => list.as_ref().is_some_and(|list| list.known().is_some()),
            Self::None | Self::NotApplicable => true,
        }
    }

    /// Whether there is surely none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        match self {
            Self::Flag(flag) => flag.is_none(),
            Self::Number(number) => number.is_none(),
            Self::Day(day) => day.is_none(),
            Self::Code(code) => code.is_none(),
            Self::Text(text) => text.is_none(),
            Self::Fraction(fraction) => fraction.range.is_none(),
            Self::List(_) => false,
            Self::None | Self::NotApplicable => true,
        }
    }

    /// The same without ties to the data; nothing for a text, which lies among them.
    #[must_use]
    pub fn detached(&self) -> Option<Cell<'static>> {
        Some(match self {
            Self::Flag(flag) => Cell::Flag(*flag),
            Self::Number(number) => Cell::Number(*number),
            Self::Day(day) => Cell::Day(*day),
            Self::Code(code) => Cell::Code(*code),
            Self::Fraction(fraction) => Cell::Fraction(fraction.clone()),
            Self::List(list) => Cell::List(list.clone()),
            Self::None => Cell::None,
            Self::NotApplicable => Cell::NotApplicable,
            Self::Text(_) => return None,
        })
    }

    /// Either of two values, by something unknown.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        match (self, other) {
            (Self::Flag(a), Self::Flag(b)) => Self::Flag(a.join(b)),
            (Self::Number(a), Self::Number(b)) => Self::Number(a.join(b)),
            (Self::Day(a), Self::Day(b)) => Self::Day(a.join(b)),
            (Self::Code(a), Self::Code(b)) => Self::Code(a.join(b)),
            (Self::Text(a), Self::Text(b)) => Self::Text(a.join(b)),
            (Self::Fraction(a), Self::Fraction(b)) => Self::Fraction(a.join(*b).into()),
            (Self::List(a), Self::List(b)) => Self::List(a.zip(b).and_then(|(a, b)| a.join(&b)).map(Arc::new)),
            (Self::NotApplicable, Self::Fraction(a)) | (Self::Fraction(a), Self::NotApplicable) => {
                Self::Fraction(a.join(Fraction::not_applicable()).into())
            }
            // Of what is surely none it must still show that it perhaps does not even apply; yes or no of nothing says so.
            (Self::NotApplicable, b) | (b, Self::NotApplicable)
                if b.is_none() && !matches!(b, Self::NotApplicable | Self::Flag(_)) =>
            {
                Self::Number(Possible::unknown().or_none())
            }
            (Self::None | Self::NotApplicable, b) => b.or_none(),
            (a, Self::None | Self::NotApplicable) => a.or_none(),
            // Types were checked: one side is so unknown that not even its type is kept.
            _ => Self::Number(Possible::unknown().or_none()),
        }
    }

    /// The same values, or none.
    #[must_use]
    fn or_none(self) -> Self {
        match self {
            Self::Flag(flag) => Self::Flag(flag.or_none()),
            Self::Number(number) => Self::Number(number.or_none()),
            Self::Day(day) => Self::Day(day.or_none()),
            Self::Code(code) => Self::Code(code.or_none()),
            Self::Text(text) => Self::Text(text.or_none()),
            other => other,
        }
    }

    /// The same without the possibility of none, if it may be anything else.
    #[must_use]
    pub(super) fn present(self) -> Self {
        fn only<T: Copy + Ord>(value: Possible<T>) -> Possible<T> {
            value.range().map_or(value, |range| Possible::between(range.least, range.greatest))
        }
        match self {
            Self::Flag(flag) => Self::Flag(only(flag)),
            Self::Number(number) => Self::Number(only(number)),
            Self::Day(day) => Self::Day(only(day)),
            Self::Code(code) => Self::Code(only(code)),
            Self::Text(text) => Self::Text(only(text)),
            other => other,
        }
    }

    /// The values of the first that is not none.
    #[must_use]
    pub fn or_else(self, other: Self) -> Self {
        match (self, other) {
            (Self::Flag(a), Self::Flag(b)) => Self::Flag(a.or_else(b)),
            (Self::Number(a), Self::Number(b)) => Self::Number(a.or_else(b)),
            (Self::Day(a), Self::Day(b)) => Self::Day(a.or_else(b)),
            (Self::Code(a), Self::Code(b)) => Self::Code(a.or_else(b)),
            (Self::Text(a), Self::Text(b)) => Self::Text(a.or_else(b)),
            (a, b) if a.is_none() => b,
            (a, Self::None) => a,
            (a, Self::NotApplicable) if a.absence() == Truth::False => a,
            (a, Self::NotApplicable) => a.present().join(Self::NotApplicable),
            // As in `join`.
            _ => Self::Number(Possible::unknown().or_none()),
        }
    }

    /// Whether both are the same.
    #[must_use]
    pub fn equals(&self, other: &Self) -> Truth {
        match (self, other) {
            (Self::Flag(a), Self::Flag(b)) => a.equals(b),
            (Self::Day(a), Self::Day(b)) => a.equals(b),
            (Self::Code(a), Self::Code(b)) => a.equals(b),
            (Self::Text(a), Self::Text(b)) => a.equals(b),
            (Self::None | Self::NotApplicable, other) | (other, Self::None | Self::NotApplicable) => other.absence(),
            (a, b) => match (a.as_number(), b.as_number()) {
                (Some(a), Some(b)) => a.equals(&b),
                // Types were checked: one side is so unknown that not even its type is kept.
                _ => Truth::Unknown,
            },
        }
    }

    /// Whether there is none.
    #[must_use]
    pub fn absence(&self) -> Truth {
        match self {
            Self::Flag(flag) => flag.equals(&Possible::none()),
            Self::Number(number) => number.equals(&Possible::none()),
            Self::Day(day) => day.equals(&Possible::none()),
            Self::Code(code) => code.equals(&Possible::none()),
            Self::Text(text) => text.equals(&Possible::none()),
            Self::Fraction(fraction) => fraction.not_applicable,
            Self::List(_) => Truth::False,
            Self::None | Self::NotApplicable => Truth::True,
        }
    }

    /// Whether this is less, or (`or_equal`) less or equal; never with none.
    #[must_use]
    pub fn below(&self, other: &Self, or_equal: bool) -> Truth {
        fn order<T: Copy + Ord>(a: &Possible<T>, b: &Possible<T>, or_equal: bool) -> Truth {
            if or_equal { a.at_most(b) } else { a.less(b) }
        }
        match (self, other) {
            (Self::Day(a), Self::Day(b)) => order(a, b, or_equal),
            (Self::Code(a), Self::Code(b)) => order(a, b, or_equal),
            (Self::None | Self::NotApplicable, _) | (_, Self::None | Self::NotApplicable) => Truth::False,
            (a, b) => match (a.as_number(), b.as_number()) {
                (Some(a), Some(b)) => order(&a, &b, or_equal),
                // As in `equals`.
                _ => Truth::Unknown,
            },
        }
    }
}
