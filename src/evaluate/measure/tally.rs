//! Counts of rows by what is known of them.

use std::ops::Range;

use crate::data::Bits;
use crate::rule::{Cell, Columnar, Expression, Mask, Measure};
use crate::value::{Fraction, Number, Possible, Tally, Truth};

use super::{Failed, Finished, Mergeable, Part, Work};

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

/// Counts of the rows of one anchor: what is certain, as it is of nearly all, close together.
///
/// No count is larger than the number of rows of a table, which fits.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    met: u32,
    failing: u32,
    open: Option<Box<Tally>>,
}

impl Counts {
    fn tally(&self) -> Tally {
        let mut tally = self.open.as_deref().copied().unwrap_or_default();
        tally.met += u64::from(self.met);
        tally.failing += u64::from(self.failing);
        tally
    }
}

impl Mergeable for Counts {
    fn merge(&mut self, other: &Self) {
        self.met += other.met;
        self.failing += other.failing;
        if let Some(open) = &other.open {
            self.open.get_or_insert_default().merge(open);
        }
    }
}

/// The property that is counted, if any, and what follows from the counts; nothing where more than counts are needed.
pub(super) fn counted(measure: &Measure) -> Option<(Option<&Expression>, Counted)> {
    Some(match measure {
        Measure::Count => (None, Counted::Count),
        Measure::Share(property) => (Some(property), Counted::Share),
        Measure::Any(property) => (Some(property), Counted::Any),
        Measure::All(property) => (Some(property), Counted::All),
        _ => return None,
    })
}

impl<'d> Work<'_, 'd> {
    pub(super) fn tallies(&self, property: Option<&'d Expression>, value: Counted) -> (Finished<'d>, Failed) {
        let part = self.states(|range| {
            let mut part = Part::of(self.owners.anchors);
            self.tally(property, range, &mut part);
            part
        });
        (Finished::Tallies(self.tallied(&part.states), value), part.failed)
    }

    /// The tallies of all anchors; there may be rows of some that nobody delivered.
    pub(super) fn tallied(&self, counts: &[Counts]) -> Vec<Tally> {
        let tally = |(counts, missing): (&Counts, bool)| {
            let mut tally = counts.tally();
            tally.rows_missing |= missing;
            tally
        };
        counts.iter().zip(self.owners.missing()).map(tally).collect()
    }

    /// Counts the rows of a range.
    pub(super) fn tally(&self, property: Option<&'d Expression>, range: Range<usize>, part: &mut Part<Counts>) {
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
        part.failed.merge(Failed { count: 0, first: columnar.failure });
    }

    /// The population: rows for which the filter may be yes.
    pub(super) fn members(&self, columnar: &mut Columnar<'_, 'd>, block: &Range<usize>, failed: &mut Failed) -> Mask {
        let Some(filter) = &self.aggregate.filter else { return Mask::always(block.len()) };
        let mask = columnar.mask(filter, block, &Bits::ones(block.len()));
        failed.count += mask.failed.count();
        mask.with_failures_unknown()
    }

    /// An unreported property counts as not met; how often it decided is kept.
    fn decide(&self, member: &Mask, property: &mut Mask, start: usize, counts: &mut [Counts]) {
        let mut unreported = property.yes.clone();
        unreported.and(&property.no);
        unreported.and(&member.yes);
        for row in unreported.iter() {
            if let Some(counts) = self.owners.owner(start + row).and_then(|owner| counts.get_mut(owner)) {
                counts.open.get_or_insert_default().decided += 1;
            }
        }
        property.yes.and_not(&unreported);
    }

    /// Of the three bits each, only six pairs count: rows surely outside the population do not.
    fn count_block(&self, member: &Mask, property: &Mask, start: usize, counts: &mut [Counts]) {
        let mut surely_in = member.yes.clone();
        surely_in.and_not(&member.no);
        let mut with = property.yes.clone();
        with.and_not(&property.no);
        let mut without = property.no.clone();
        without.and_not(&property.yes);
        self.count_known(&surely_in, &with, &without, start, counts);
        let mut perhaps_in = member.yes.clone();
        perhaps_in.and(&member.no);
        let mut unsure = property.yes.clone();
        unsure.and(&property.no);
        let classes: [Class<'_>; 4] = [
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
                if let Some(counts) = self.owners.owner(start + row).and_then(|owner| counts.get_mut(owner)) {
                    add(counts.open.get_or_insert_default());
                }
            }
        }
    }

    /// Counts the rows of which everything is known: nearly all, so that they are not asked one by one whether they are.
    fn count_known(&self, member: &Bits, with: &Bits, without: &Bits, start: usize, counts: &mut [Counts]) {
        let mut met = member.clone();
        met.and(with);
        let mut failing = member.clone();
        failing.and(without);
        match self.owners.of_rows(start..start + member.len()) {
            Some(owners) => {
                for (owners, (met, failing)) in owners.chunks(64).zip(met.words().iter().zip(failing.words())) {
                    if met | failing == 0 {
                        continue;
                    }
                    for (at, owner) in owners.iter().enumerate() {
                        if let Some(counts) = counts.get_mut(*owner as usize) {
                            counts.met += bit(*met, at);
                            counts.failing += bit(*failing, at);
                        }
                    }
                }
            }
            None => counts.iter_mut().take(1).for_each(|counts| {
                counts.met += u32::try_from(met.count()).unwrap_or(u32::MAX);
                counts.failing += u32::try_from(failing.count()).unwrap_or(u32::MAX);
            }),
        }
    }
}

/// The bit of a word, as a number.
#[expect(clippy::cast_possible_truncation, reason = "it is one bit")]
fn bit(word: u64, at: usize) -> u32 {
    (word >> at) as u32 & 1
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
