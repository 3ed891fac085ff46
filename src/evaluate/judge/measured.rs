//! What was measured, as reports keep it.

use std::sync::Arc;

use crate::rule::{Base, Cell, Type};

use super::super::outcome::Measured;

/// A cell without its ties to the data.
pub(in super::super) fn measured(cell: &Cell<'_>, kind: Option<&Type>) -> Measured {
    match cell {
        Cell::Flag(flag) => Measured::Flag(*flag),
        Cell::Number(number) => Measured::Number(*number),
        Cell::Day(day) => Measured::Day(*day),
        Cell::Code(code) => match kind.map(|kind| &kind.base) {
            Some(Base::Choice(words) | Base::Scale(words)) => Measured::Category(*code, Arc::clone(words)),
            _ => Measured::Nothing,
        },
        Cell::Text(text) => Measured::Text(text.value().map(str::to_owned)),
        Cell::Fraction(fraction) => Measured::Fraction(fraction.clone()),
        Cell::List(_) | Cell::None | Cell::NotApplicable => Measured::Nothing,
    }
}
