//! Counts of rows by what is known of them.

use std::ops::Range;

use crate::data::Bits;
use crate::rule::{Cell, Columnar, Expression, Mask, Measure};
use crate::value::{Fraction, Number, Possible, Tally, Truth};

use super::{Failed, Finished, Part, Work};

/// What follows from counts of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Counted {
    Count,
    Share,
    Any,
    All,
}

impl Counted {
    /// The value that follows.
    pub fn value<'d>(self, tally: &Tally) -> Cell<'d> {
        match self {
            Self::Count => count(tally),
            Self::Share => Cell::Fraction(Fraction::of_rows(*tally).into()),
            Self::Any => any(tally),
            Self::All => all(tally),
        }
    }
}

/// Rows of one kind: their bits in the population and in the property, and where they are counted.
type Class<'b> = (&'b Bits, &'b Bits, fn(&mut Tally));

impl<'d> Work<'_, 'd> {
    pub(super) fn tallies(&self) -> (Finished<'d>, Failed) {
        let (property, value) = match &self.aggregate.measure {
            Measure::Share(property) => (Some(property), Counted::Share),
            Measure::Any(property) => (Some(property), Counted::Any),
            Measure::All(property) => (Some(property), Counted::All),
            _ => (None, Counted::Count),
        };
        let part = self.states(|range| self.tally(property, range));
        let mut tallies = part.states;
        for (tally, missing) in tallies.iter_mut().zip(self.owners.missing()) {
            tally.rows_missing |= missing;
        }
        (Finished::Tallies(tallies, value), part.failed)
    }

    fn tally(&self, property: Option<&'d Expression>, range: Range<usize>) -> Part<Tally> {
        let mut part = Part { states: self.empty::<Tally>(), failed: Failed::default() };
        let mut columnar = Columnar::new(self.context);
        for block in Self::blocks(range) {
            let member = self.members(&mut columnar, &block, &mut part.failed);
            let mut property = match property {
                Some(property) => columnar.mask(property, &block, &member.yes),
                None => Mask::always(block.len()),
            };
            let mut failed = property.failed.clone();
            failed.and(&member.yes);
            part.failed.count += failed.count();
            property = property.with_failures_unknown();
            if self.aggregate.missing_fails {
                self.decide(&member, &mut property, block.start, &mut part.states);
            }
            self.count_block(&member, &property, block.start, &mut part.states);
        }
        part.failed.first = columnar.failure;
        part
    }

    /// The population: rows for which the filter may be yes.
    pub(super) fn members(&self, columnar: &mut Columnar<'_, 'd>, block: &Range<usize>, failed: &mut Failed) -> Mask {
        let Some(filter) = &self.aggregate.filter else { return Mask::always(block.len()) };
        let mask = columnar.mask(filter, block, &Bits::ones(block.len()));
        failed.count += mask.failed.count();
        mask.with_failures_unknown()
    }

    /// An unreported property counts as not met; how often it decided is kept.
    fn decide(&self, member: &Mask, property: &mut Mask, start: usize, tallies: &mut [Tally]) {
        let mut unreported = property.yes.clone();
        unreported.and(&property.no);
        unreported.and(&member.yes);
        for row in unreported.iter() {
            if let Some(tally) = self.owners.owner(start + row).and_then(|owner| tallies.get_mut(owner)) {
                tally.decided += 1;
            }
        }
        property.yes.and_not(&unreported);
    }

    fn count_block(&self, member: &Mask, property: &Mask, start: usize, tallies: &mut [Tally]) {
        // Of the three bits each, only six pairs count: rows surely outside the population do not.
        let mut surely_in = member.yes.clone();
        surely_in.and_not(&member.no);
        let mut perhaps_in = member.yes.clone();
        perhaps_in.and(&member.no);
        let mut with = property.yes.clone();
        with.and_not(&property.no);
        let mut without = property.no.clone();
        without.and_not(&property.yes);
        let mut unsure = property.yes.clone();
        unsure.and(&property.no);
        let classes: [Class<'_>; 6] = [
            (&surely_in, &with, |tally| tally.met += 1),
            (&surely_in, &without, |tally| tally.failing += 1),
            (&surely_in, &unsure, |tally| tally.unsure += 1),
            (&perhaps_in, &with, |tally| tally.maybe_met += 1),
            (&perhaps_in, &without, |tally| tally.maybe_failing += 1),
            (&perhaps_in, &unsure, |tally| tally.maybe_unsure += 1),
        ];
        for (member, property, add) in classes {
            if !member.any() || !property.any() {
                continue;
            }
            let mut rows = member.clone();
            rows.and(property);
            for row in rows.iter() {
                if let Some(tally) = self.owners.owner(start + row).and_then(|owner| tallies.get_mut(owner)) {
                    add(tally);
                }
            }
        }
    }
}

fn count<'d>(tally: &Tally) -> Cell<'d> {
    let least = Number::count(tally.met);
    let greatest = (!tally.rows_missing).then(|| Number::count(tally.met + tally.maybe_met));
    Cell::Number(Possible::between(Some(least), greatest))
}

fn any<'d>(tally: &Tally) -> Cell<'d> {
    let open = tally.unsure + tally.maybe_met + tally.maybe_unsure > 0 || tally.rows_missing;
    Cell::truth(Truth::from(tally.met > 0).or(if open { Truth::Unknown } else { Truth::False }))
}

fn all<'d>(tally: &Tally) -> Cell<'d> {
    let open = tally.unsure + tally.maybe_failing + tally.maybe_unsure > 0 || tally.rows_missing;
    Cell::truth(Truth::from(tally.failing == 0).and(if open { Truth::Unknown } else { Truth::True }))
}
