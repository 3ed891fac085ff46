//! All values of rows, for a ranking key that compares them place by place.

use std::ops::Range;
use std::sync::Arc;

use crate::rule::{Cell, Expression};
use crate::value::Number;

use super::extreme::as_number;
use super::{Failed, Finished, Mergeable, Part, Work};

/// The values of rows.
#[derive(Clone, Debug, Default)]
struct Values {
    known: Vec<Number>,
    /// Whether some row is only perhaps meant, or has a value that nobody knows: then so is the list.
    open: bool,
}

impl Mergeable for Values {
    fn merge(&mut self, other: &Self) {
        self.known.extend(&other.known);
        self.open |= other.open;
    }
}

impl<'d> Work<'_, 'd> {
    pub(super) fn lists(&self, value: &'d Expression) -> (Finished<'d>, Failed) {
        let part = self.states(|range| self.values(value, range));
        let cells = part.states.into_iter().zip(self.owners.missing()).map(|(mut values, missing)| {
            // Rows have no order, so the list has one of its own.
            values.known.sort_unstable();
            Ok(Cell::List((!values.open && !missing).then(|| Arc::from(values.known))))
        });
        (Finished::Cells(cells.collect()), part.failed)
    }

    fn values(&self, value: &'d Expression, range: Range<usize>) -> Part<Values> {
        let mut part = Part { states: self.empty::<Values>(), failed: Failed::default() };
        self.each_member(range, &mut part, value, |values, row| {
            let value = as_number(&row.value);
            match value.value() {
                Some(number) if row.surely => values.known.push(number),
                _ if value.is_none() => {}
                _ => values.open = true,
            }
        });
        part
    }
}
