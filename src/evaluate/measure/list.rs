//! All values of rows: for the best of them, the middle one, or a ranking key that compares them place by place.

use std::ops::Range;
use std::sync::Arc;

use crate::rule::{Cell, Expression};
use crate::value::{List, Number, Possible};

use super::extreme::as_number;
use super::{Failed, Finished, Mergeable, Part, Work};

/// The values of rows.
#[derive(Clone, Debug, Default)]
struct Values {
    /// Of rows that are surely meant and have one.
    surely: Vec<Possible<Number>>,
    /// Of rows that are perhaps not meant, or perhaps have none.
    perhaps: Vec<Possible<Number>>,
}

impl Mergeable for Values {
    fn merge(&mut self, other: &Self) {
        self.surely.extend(&other.surely);
        self.perhaps.extend(&other.perhaps);
    }
}

impl<'d> Work<'_, 'd> {
    pub(super) fn lists(&self, value: &'d Expression) -> (Finished<'d>, Failed) {
        let part = self.states(|range| self.values(value, range));
        let cells = part.states.into_iter().zip(self.missing()).map(|(values, missing)| {
            let list = if missing { None } else { List::of(&values.surely, &values.perhaps) };
            Ok(Cell::List(list.map(Arc::new)))
        });
        (Finished::Cells(cells.collect()), part.failed)
    }

    fn values(&self, value: &'d Expression, range: Range<usize>) -> Part<Values> {
        let mut part = Part::<Values>::of(self.owners.anchors);
        self.each_member(range, &mut part, value, |values, row| {
            let value = as_number(&row.value);
            let Some(range) = value.range() else { return };
            let there = Possible::between(range.least, range.greatest);
            if row.surely && !value.may_be_none() { values.surely.push(there) } else { values.perhaps.push(there) }
        });
        part
    }
}
