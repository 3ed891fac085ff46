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

/// Counts of the rows of each anchor: what is certain, as it is of nearly all, close together.
pub(super) struct Counts {
    known: Vec<Known>,
    /// Of rows that are not certain; empty as long as all are.
    open: Vec<Tally>,
    /// Rows that failed.
    pub failed: Failed,
}

/// Rows of which everything is known. No count is larger than the number of rows of a table, which fits.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    met: u32,
    failing: u32,
}

impl Counts {
    /// Of so many anchors, without rows.
    pub fn of(anchors: usize) -> Self {
        Self { known: vec![Known::default(); anchors], open: Vec::new(), failed: Failed::default() }
    }

    /// Adds other counts of the same anchors.
    pub fn merge(&mut self, more: &Self) {
        for (known, more) in self.known.iter_mut().zip(&more.known) {
            known.met += more.met;
            known.failing += more.failing;
        }
        if !more.open.is_empty() {
            self.open.resize_with(self.known.len(), Tally::default);
        }
        for (open, more) in self.open.iter_mut().zip(&more.open) {
            open.merge(more);
        }
        self.failed.merge(more.failed);
    }

    /// The tally of an anchor for rows that are not certain.
    fn open(&mut self, anchor: usize) -> Option<&mut Tally> {
        self.open.resize_with(self.known.len(), Tally::default);
        self.open.get_mut(anchor)
    }

    /// The tally of each anchor.
    pub fn tallied(&self) -> Part<Tally> {
        let tally = |(anchor, known): (usize, &Known)| {
            let mut tally = self.open.get(anchor).copied().unwrap_or_default();
            tally.met += u64::from(known.met);
            tally.failing += u64::from(known.failing);
            tally
        };
        Part { states: self.known.iter().enumerate().map(tally).collect(), failed: self.failed }
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
        let Part { mut states, failed } = self.states(|range| {
            let mut counts = Counts::of(self.owners.anchors);
            self.tally(property, range, &mut counts);
            counts.tallied()
        });
        self.note_missing(&mut states);
        (Finished::Tallies(states, value), failed)
    }

    /// Notes the anchors of which there may be rows that nobody delivered.
    pub(super) fn note_missing(&self, tallies: &mut [Tally]) {
        for (tally, missing) in tallies.iter_mut().zip(self.missing()) {
            tally.rows_missing |= missing;
        }
    }

    /// Counts the rows of a range.
    pub(super) fn tally(&self, property: Option<&'d Expression>, range: Range<usize>, counts: &mut Counts) {
        let mut columnar = Columnar::new(self.context);
        for block in Self::blocks(range) {
            let member = self.members(&mut columnar, &block, &mut counts.failed);
            let mut property = match property {
                Some(property) => columnar.mask(property, &block, &member.yes),
                None => Mask::always(block.len()),
            };
            let mut failed = property.failed.clone();
            failed.and(&member.yes);
            counts.failed.count += failed.count();
            property = property.with_failures_unknown();
            if self.aggregate.missing_fails {
                self.decide(&member, &mut property, block.start, counts);
            }
            self.count_block(&member, &property, block.start, counts);
        }
        counts.failed.merge(Failed { count: 0, first: columnar.failure });
    }

    /// The population: rows for which the filter may be yes.
    pub(super) fn members(&self, columnar: &mut Columnar<'_, 'd>, block: &Range<usize>, failed: &mut Failed) -> Mask {
        let Some(filter) = &self.aggregate.filter else { return Mask::always(block.len()) };
        let mask = columnar.mask(filter, block, &Bits::ones(block.len()));
        failed.count += mask.failed.count();
        mask.with_failures_unknown()
    }

    /// An unreported property counts as not met; how often it decided is kept.
    fn decide(&self, member: &Mask, property: &mut Mask, start: usize, counts: &mut Counts) {
        let mut unreported = property.yes.clone();
        unreported.and(&property.no);
        unreported.and(&member.yes);
        for row in unreported.iter() {
            if let Some(open) = self.owners.owner(start + row).and_then(|owner| counts.open(owner)) {
                open.decided += 1;
            }
        }
        property.yes.and_not(&unreported);
    }

    /// Of the three bits each, only six pairs count: rows surely outside the population do not.
    fn count_block(&self, member: &Mask, property: &Mask, start: usize, counts: &mut Counts) {
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
                if let Some(open) = self.owners.owner(start + row).and_then(|owner| counts.open(owner)) {
                    add(open);
                }
            }
        }
    }

    /// Counts the rows of which everything is known: nearly all, so that they are not asked one by one whether they are.
    fn count_known(&self, member: &Bits, with: &Bits, without: &Bits, start: usize, counts: &mut Counts) {
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
                        if let Some(known) = counts.known.get_mut(*owner as usize) {
                            known.met += bit(*met, at);
                            known.failing += bit(*failing, at);
                        }
                    }
                }
            }
            None => counts.known.iter_mut().take(1).for_each(|known| {
                known.met += u32::try_from(met.count()).unwrap_or(u32::MAX);
                known.failing += u32::try_from(failing.count()).unwrap_or(u32::MAX);
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
