//! Spans of days.

use crate::schema::Title;
use crate::value::Day;

/// Days from a first to a last; both count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day, if it is known.
    pub from: Option<Day>,
    /// The last day.
    pub to: Day,
}

/// A part of the period.
#[derive(Clone, Debug)]
pub struct Round {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// Its days.
    pub span: Span,
}
