//! A value of one row: the only one, the first or the latest.

use std::ops::Range;

use crate::rule::{Cell, Constant, Expression, Failure, Which};
use crate::value::{Number, Possible};

use super::extreme::{as_number, turned};
use super::{Failed, Finished, Mergeable, Part, Work};

/// The key of rows of which only one is expected.
const ALL_ALIKE: Expression = Expression::Constant(Constant::Number(Number::ZERO));

/// Rows that may be the one that is picked.
#[derive(Clone, Debug, Default)]
struct Candidates {
    rows: Vec<Candidate>,
    /// How many were left when rows were last left out.
    left: usize,
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    row: usize,
    /// What it is picked by; greater wins.
    key: Possible<Number>,
    /// Whether it is surely meant and surely has a key.
    surely: bool,
}

impl Candidates {
    fn add(&mut self, candidate: Candidate) {
        self.rows.push(candidate);
        // Far more rows than can win would only be carried along. Twice as many as last time, so that many rows with
        // the same key are not gone through again for each of them.
        if self.rows.len() >= 64.max(2 * self.left) {
            self.prune();
            self.left = self.rows.len();
        }
    }

    /// Leaves out rows that a surely meant one beats.
    fn prune(&mut self) {
        let bar = self.rows.iter().filter(|row| row.surely).filter_map(|row| row.key.least()).max();
        if let Some(bar) = bar {
            self.rows.retain(|row| row.key.greatest().is_none_or(|greatest| greatest >= bar));
        }
    }
}

impl Mergeable for Candidates {
    fn merge(&mut self, other: &Self) {
        other.rows.iter().for_each(|row| self.add(*row));
    }
}

impl<'d> Work<'_, 'd> {
    pub(super) fn picks(&self, which: &'d Which, take: &'d Expression) -> (Finished<'d>, Failed) {
        let part = self.states(|range| self.candidates(which, range));
        let missing = self.missing();
        let cells = part.states.into_iter().zip(missing).map(|(candidates, missing)| match which {
            Which::Only => self.only(&candidates, take, missing),
            Which::First(_) | Which::Latest(_) => self.best(candidates, take, missing),
        });
        (Finished::Cells(cells.collect()), part.failed)
    }

    fn candidates(&self, which: &'d Which, range: Range<usize>) -> Part<Candidates> {
        let mut part = Part::<Candidates>::of(self.owners.anchors);
        let key = match which {
            Which::Only => &ALL_ALIKE,
            Which::First(key) | Which::Latest(key) => key,
        };
        self.each_member(range, &mut part, key, |candidates, row| {
            let key = as_number(&row.value);
            let key = if matches!(which, Which::First(_)) { turned(&key) } else { key };
            // A row without a key is neither first nor latest.
            if !key.is_none() {
                candidates.add(Candidate { row: row.row, key, surely: row.surely && !key.may_be_none() });
            }
        });
        part
    }

    /// The value of the only row. Rows that are perhaps meant would make two of them, which is a fault, so a sure one
    /// stands.
    fn only(&self, candidates: &Candidates, take: &'d Expression, missing: bool) -> Result<Cell<'d>, Failure> {
        let mut sure = candidates.rows.iter().filter(|row| row.surely);
        match (sure.next(), sure.next()) {
            (Some(_), Some(_)) => Err(Failure::SeveralRows),
            (Some(one), None) => self.context.evaluate(take, one.row),
            (None, _) => self.any_of(candidates, take, true, missing),
        }
    }

    /// The value of the row with the greatest key; of rows with the same known key, that of the greatest row key. Where
    /// rows have no key, only their order could decide: each of them may be meant.
    fn best(&self, mut candidates: Candidates, take: &'d Expression, missing: bool) -> Result<Cell<'d>, Failure> {
        candidates.prune();
        let all_known = candidates.rows.iter().all(|row| row.surely && row.key.is_known());
        let table = self.context.data.table(self.aggregate.table);
        let has_keys = !self.context.schema.table(self.aggregate.table).key.is_empty();
        if all_known && has_keys && !missing {
            let best = candidates.rows.iter().max_by_key(|row| (row.key.least(), table.key(row.row)));
            return best.map_or(Ok(Cell::None), |best| self.context.evaluate(take, best.row));
        }
        let none_sure = !candidates.rows.iter().any(|row| row.surely);
        self.any_of(&candidates, take, none_sure, missing)
    }

    fn any_of(
        &self,
        candidates: &Candidates,
        take: &'d Expression,
        perhaps_none: bool,
        missing: bool,
    ) -> Result<Cell<'d>, Failure> {
        let mut values = Vec::new();
        for candidate in &candidates.rows {
            values.push(self.context.evaluate(take, candidate.row)?);
        }
        if missing {
            values.push(self.any_value(take));
        }
        let value = values.into_iter().reduce(Cell::join).unwrap_or(Cell::None);
        Ok(if perhaps_none { value.join(Cell::None) } else { value })
    }
}
