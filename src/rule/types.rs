//! The types of expressions.

use std::fmt;
use std::sync::Arc;

use crate::schema::{Blank, ColumnSchema, Kind, Words};

/// What an expression can be, and whether it may be none.
#[derive(Clone, Debug, PartialEq)]
pub struct Type {
    /// What it is.
    pub base: Base,
    /// Whether it may be none.
    pub optional: bool,
}

/// What an expression can be.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    /// An exact number.
    Number,
    /// A day.
    Day,
    /// A text.
    Text,
    /// One of some words without order.
    Choice(Arc<Words>),
    /// One of some words, worst first.
    Scale(Arc<Words>),
    /// Yes or no.
    Flag,
    /// A share of rows, or a ratio of sums.
    Fraction,
    /// `none`, before it is known of what.
    None,
    /// `not_applicable`, before it is known of what.
    NotApplicable,
}

impl Type {
    /// A type that is never none.
    #[must_use]
    pub fn of(base: Base) -> Self {
        Self { base, optional: false }
    }

    /// A type that may be none.
    #[must_use]
    pub fn maybe(base: Base) -> Self {
        Self { base, optional: true }
    }

    /// The type of a column's cells. A day that means that something has happened may always be none: on an earlier
    /// day it has not happened yet.
    #[must_use]
    pub fn of_column(column: &ColumnSchema) -> Self {
        let base = match &column.kind {
            Kind::Text { .. } | Kind::Link { .. } => Base::Text,
            Kind::Choice(words) => Base::Choice(Arc::clone(words)),
            Kind::Scale(words) => Base::Scale(Arc::clone(words)),
            Kind::Number { .. } => Base::Number,
            Kind::Date { .. } => Base::Day,
            Kind::Flag => Base::Flag,
        };
        let happened = column.kind == (Kind::Date { future: false });
        Self { base, optional: happened || column.blank == Blank::None }
    }

    /// The type that holds the values of both, if there is one.
    #[must_use]
    pub fn join(&self, other: &Self) -> Option<Self> {
        let optional = self.optional || other.optional;
        match (&self.base, &other.base) {
            (a, b) if a == b => Some(Self { base: a.clone(), optional }),
            (Base::None, b) | (b, Base::None) => Some(Self { base: b.clone(), optional: true }),
            (Base::NotApplicable, b) | (b, Base::NotApplicable) => Some(Self { base: b.clone(), optional }),
            _ => None,
        }
    }
}

impl Base {
    /// Whether values have an order.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        matches!(self, Self::Number | Self::Day | Self::Scale(_) | Self::Fraction)
    }
}

/// In words: `a number`, `a day`.
impl fmt::Display for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number => f.write_str("a number"),
            Self::Day => f.write_str("a day"),
            Self::Text => f.write_str("a text"),
            Self::Choice(words) => write!(f, "a choice of `{}`", words.id),
            Self::Scale(words) => write!(f, "a step of the scale `{}`", words.id),
            Self::Flag => f.write_str("yes or no"),
            Self::Fraction => f.write_str("a share"),
            Self::None => f.write_str("none"),
            Self::NotApplicable => f.write_str("not_applicable"),
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.base.fmt(f)
    }
}
