//! What is added up over rows that come stretch by stretch and are not kept.

use crate::rule::{Aggregate, Context, Expression};

use super::sum::{Sums, added};
use super::tally::{Counted, Counts, counted};
use super::{Finished, Mergeable, Owners, Part, Slot, Work};

/// What was added up of an aggregate so far.
pub(in super::super) struct Running<'p> {
    aggregate: &'p Aggregate,
    so_far: SoFar<'p>,
}

enum SoFar<'p> {
    Counts(Option<&'p Expression>, Counted, Counts),
    Sums(Part<Sums>),
}

impl<'p> Running<'p> {
    /// Whether an aggregate is a count or a sum of rows, so that none is needed twice.
    pub fn suits(aggregate: &Aggregate) -> bool {
        counted(&aggregate.measure).is_some() || added(&aggregate.measure).is_some()
    }

    /// No rows yet, for so many anchors.
    pub fn begin(aggregate: &'p Aggregate, anchors: usize) -> Self {
        let so_far = match counted(&aggregate.measure) {
            Some((property, value)) => SoFar::Counts(property, value, Counts::of(anchors)),
            None => SoFar::Sums(Part::of(anchors)),
        };
        Self { aggregate, so_far }
    }

    /// Adds all rows of a context to those before; returns whether every predicate had an answer.
    pub fn add<'d>(&mut self, context: &Context<'d>) -> bool
    where
        'p: 'd,
    {
        let work = self.work(context);
        let rows = 0..context.data.table(self.aggregate.table).rows;
        let failed = match &mut self.so_far {
            SoFar::Counts(property, _, counts) => {
                work.tally(*property, rows, counts);
                counts.failed
            }
            SoFar::Sums(part) => {
                work.sum(rows, part);
                part.failed
            }
        };
        failed.count == 0
    }

    /// Adds what another added up too.
    pub fn merge(&mut self, other: Self) {
        match (&mut self.so_far, other.so_far) {
            (SoFar::Counts(_, _, counts), SoFar::Counts(_, _, more)) => counts.merge(&more),
            (SoFar::Sums(part), SoFar::Sums(more)) => merge(part, &more),
            // Both are of one aggregate.
            _ => {}
        }
    }

    /// What follows; the context has a row for each parent that had any.
    pub fn finish<'d>(mut self, context: &Context<'d>) -> Slot<'static>
    where
        'p: 'd,
    {
        let work = self.work(context);
        let finished = match &mut self.so_far {
            SoFar::Counts(_, value, counts) => {
                let mut tallies = counts.tallied().states;
                work.owners.settle(&mut tallies);
                work.note_missing(&mut tallies);
                Finished::Tallies(tallies, *value)
            }
            SoFar::Sums(part) => {
                work.owners.settle(&mut part.states);
                Finished::Cells(work.added(&part.states))
            }
        };
        Slot { anchor: self.aggregate.anchor, finished, failed: None }
    }

    fn work<'w, 'd>(&self, context: &'w Context<'d>) -> Work<'w, 'd>
    where
        'p: 'd,
    {
        Work { aggregate: self.aggregate, context, owners: Owners::of(self.aggregate, context), threads: 1 }
    }
}

fn merge<S: Mergeable>(part: &mut Part<S>, more: &Part<S>) {
    for (state, more) in part.states.iter_mut().zip(&more.states) {
        state.merge(more);
    }
}
