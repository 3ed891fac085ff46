//! The types of expressions.

use std::sync::Arc;

use super::expression::Ordered;
use crate::diagnostic::{Phrase, Wording};
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
    /// All values of a row set.
    List(Ordered),
    /// The numbers of a param, in the order in which they are written.
    Numbers,
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
impl From<&Base> for Wording {
    fn from(base: &Base) -> Self {
        let phrase = match base {
            Base::Number => Phrase::new("a number", "số"),
            Base::Day => Phrase::new("a day", "ngày"),
            Base::Text => Phrase::new("a text", "chữ"),
            Base::Choice(words) => {
                return Phrase::new("a choice of `{of}`", "lựa chọn của `{of}`").with("of", &words.id);
            }
            Base::Scale(words) => {
                return Phrase::new("a step of the scale `{of}`", "bậc của thang `{of}`").with("of", &words.id);
            }
            Base::Flag => Phrase::new("yes or no", "có hoặc không"),
            Base::Fraction => Phrase::new("a share", "tỉ lệ"),
            Base::List(_) => Phrase::new("a list of the values of rows", "danh sách giá trị của các dòng"),
            Base::Numbers => Phrase::new("a list of numbers", "danh sách số"),
            Base::None => Phrase::new("none", "giá trị rỗng `none`"),
            Base::NotApplicable => Phrase::new("`not_applicable`", "`not_applicable`"),
        };
        phrase.into()
    }
}

impl From<Base> for Wording {
    fn from(base: Base) -> Self {
        Self::from(&base)
    }
}

impl From<&Type> for Wording {
    fn from(kind: &Type) -> Self {
        Self::from(&kind.base)
    }
}

impl From<Type> for Wording {
    fn from(kind: Type) -> Self {
        Self::from(&kind.base)
    }
}
