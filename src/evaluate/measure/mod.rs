//! What rules compute over row sets, for all units at once.
//!
//! Each aggregate is measured over ranges of rows, each range giving small mergeable states, one for each row of the
//! anchor. Merging is associative and commutative, so threads may split the rows as they like: the merged states of
//! the parts are those of the whole.

mod distinct;
mod extreme;
mod list;
mod owner;
mod pick;
mod running;
mod shift;
mod steps;
mod sum;
mod tally;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Aggregate, Anchor, Cell, Context, DerivedValues, Failure, FirstFailure, Measure, Short, Shorten};
use crate::source::Place;
use crate::value::{Tally, side_by_side};

use distinct::Values;

pub(super) use extreme::as_number;

pub(super) use owner::Owners;
pub(super) use running::Running;
pub use shift::Shift;
pub(super) use shift::adds_up;
pub(super) use steps::{Stepped, Steps};

use tally::Counted;

/// Rows that are evaluated at a time: few enough to stay in cache.
const BLOCK: usize = 4096;
/// Below so many rows a second thread costs more than it saves.
const ROWS_PER_THREAD: usize = 20_000;

/// What was derived, by its position in the plan; each is set once and then only read.
#[derive(Debug, Default)]
pub struct Results<'d> {
    slots: Vec<OnceLock<Arc<Slot<'d>>>>,
}

/// What was derived once, with the finding that it raised.
#[derive(Debug, PartialEq)]
pub(super) struct Slot<'d> {
    anchor: Anchor,
    finished: Finished<'d>,
    failed: Option<Diagnostic>,
}

/// What was derived for each row of an anchor.
#[derive(Debug, PartialEq)]
pub(super) enum Finished<'d> {
    /// Counts of rows, from which the value follows.
    Tallies(Vec<Tally>, Counted),
    /// Values.
    Cells(Vec<Result<Cell<'d>, Failure>>),
    /// What was derived before, and the rows that say something else.
    Moved(Arc<Slot<'d>>, Vec<(usize, Result<Cell<'d>, Failure>)>),
}

impl<'d> Results<'d> {
    /// Room for so many.
    #[must_use]
    pub fn with_room_for(derived: usize) -> Self {
        Self { slots: (0..derived).map(|_| OnceLock::new()).collect() }
    }

    pub(super) fn set(&self, id: usize, anchor: Anchor, finished: Finished<'d>) {
        self.put(id, Slot { anchor, finished, failed: None }.into());
    }

    /// Takes over what was derived before; the finding that it raised is raised again.
    pub(super) fn take_over(&self, id: usize, slot: Arc<Slot<'d>>, faults: &mut Vec<Diagnostic>) {
        faults.extend(slot.failed.clone());
        self.put(id, slot);
    }

    /// Takes over what was derived a moment ago from the same data; its finding has been told.
    pub(super) fn share(&self, id: usize, before: &Self) {
        if let Some(slot) = before.slots.get(id).and_then(OnceLock::get) {
            self.put(id, Arc::clone(slot));
        }
    }

    /// What was derived.
    pub(super) fn slot(&self, id: usize) -> Option<&Arc<Slot<'d>>> {
        self.slots.get(id)?.get()
    }

    pub(super) fn put(&self, id: usize, slot: Arc<Slot<'d>>) {
        if let Some(place) = self.slots.get(id) {
            // Each is derived once; a second result would be the same.
            let _ = place.set(slot);
        }
    }

    /// All that was derived, without ties to the data; nothing for what holds texts.
    pub(super) fn detached(&self) -> Vec<Option<Arc<Slot<'static>>>> {
        self.slots.iter().map(|slot| Some(Arc::new(slot.get()?.detached()?))).collect()
    }
}

impl<'d> Slot<'d> {
    fn value(&self, row: usize) -> Result<Cell<'d>, Failure> {
        // The whole is the same from every row.
        let row = if self.anchor == Anchor::Whole { 0 } else { row };
        match &self.finished {
            Finished::Tallies(tallies, value) => Ok(tallies.get(row).map_or(Cell::None, |tally| value.value(tally))),
            Finished::Cells(cells) => cells.get(row).cloned().unwrap_or(Ok(Cell::None)),
            Finished::Moved(before, rows) => shift::moved(rows, row).cloned().unwrap_or_else(|| before.value(row)),
        }
    }

    fn short(&self, row: usize) -> Option<Short> {
        match &self.finished {
            Finished::Tallies(tallies, Counted::Share) => {
                let row = if self.anchor == Anchor::Whole { 0 } else { row };
                Short::share(tallies.get(row)?)
            }
            _ => self.value(row).ok()?.shorten(),
        }
    }

    fn detached(&self) -> Option<Slot<'static>> {
        let finished = match &self.finished {
            Finished::Tallies(tallies, value) => Finished::Tallies(tallies.clone(), *value),
            Finished::Cells(cells) => {
                let cell = |cell: &Result<Cell<'_>, Failure>| match cell {
                    Ok(cell) => cell.detached().map(Ok),
                    Err(why) => Some(Err(*why)),
                };
                Finished::Cells(cells.iter().map(cell).collect::<Option<_>>()?)
            }
            Finished::Moved(..) => return None,
        };
        Some(Slot { anchor: self.anchor, finished, failed: self.failed.clone() })
    }
}

impl<'d> DerivedValues<'d> for Results<'d> {
    fn value(&self, id: usize, row: usize) -> Result<Cell<'d>, Failure> {
        self.slots.get(id).and_then(OnceLock::get).map_or(Ok(Cell::None), |slot| slot.value(row))
    }

    fn short(&self, id: usize, row: usize) -> Option<Short> {
        self.slots.get(id).and_then(OnceLock::get)?.short(row)
    }
}

/// Measures an aggregate by its position in the plan, and reports predicates that failed. What it reads must have been
/// derived before.
pub fn measure<'d>(
    id: usize,
    aggregate: &'d Aggregate,
    context: &Context<'d>,
    results: &Results<'d>,
    threads: usize,
    faults: &mut Vec<Diagnostic>,
) {
    let work = Work { aggregate, context, owners: Owners::of(aggregate, context), threads };
    let (finished, failed) = work.finished();
    let failed = failed.map(|failed| failed.describe(aggregate, context));
    faults.extend(failed.clone());
    results.put(id, Slot { anchor: aggregate.anchor, finished, failed }.into());
}

/// One aggregate and what it needs to be measured.
struct Work<'w, 'd> {
    aggregate: &'d Aggregate,
    context: &'w Context<'d>,
    owners: Owners<'d>,
    threads: usize,
}

/// Rows for which a predicate has no answer.
#[derive(Clone, Copy, Debug, Default)]
struct Failed {
    count: usize,
    first: Option<FirstFailure>,
}

/// A state for each row of the anchor, and the rows that failed.
struct Part<S> {
    states: Vec<S>,
    failed: Failed,
}

/// A small state that adds up over rows in any order.
pub(super) trait Mergeable: Clone + Default + Send {
    fn merge(&mut self, other: &Self);
}

impl<'d> Work<'_, 'd> {
    fn finished(&self) -> (Finished<'d>, Option<Failed>) {
        let (finished, failed) = match &self.aggregate.measure {
            Measure::Count => self.tallies(None, Counted::Count),
            Measure::Share(property) => self.tallies(Some(property), Counted::Share),
            Measure::Any(property) => self.tallies(Some(property), Counted::Any),
            Measure::All(property) => self.tallies(Some(property), Counted::All),
            Measure::Sum(_) | Measure::Mean(_) | Measure::Ratio(..) => self.sums(),
            Measure::Min(value, order) => self.extremes(value, *order, false),
            Measure::Max(value, order) => self.extremes(value, *order, true),
            Measure::Distinct(value) => self.distinct(value, Values::count),
            Measure::List(value) => self.lists(value),
            Measure::Run(value) => self.distinct(value, Values::run),
            Measure::Pick { which, take } => self.picks(which, take),
        };
        (finished, (failed.count > 0).then_some(failed))
    }

    /// The states of all rows: ranges of rows are measured side by side and merged, then what hangs below counts above.
    fn states<S: Mergeable>(&self, measure: impl Fn(Range<usize>) -> Part<S> + Sync) -> Part<S> {
        let rows = self.context.data.table(self.aggregate.table).rows;
        let threads = self.threads.min(rows / ROWS_PER_THREAD).max(1);
        let size = rows.div_ceil(threads).next_multiple_of(BLOCK).max(1);
        let ranges = (0..rows.max(1)).step_by(size).map(|start| start..(start + size).min(rows));
        let parts = side_by_side(ranges.map(|range| || measure(range)));
        let mut whole =
            parts.into_iter().reduce(Part::merged).unwrap_or(Part { states: Vec::new(), failed: Failed::default() });
        self.owners.settle(&mut whole.states);
        whole
    }

    /// For each anchor, whether there may be rows that nobody delivered.
    fn missing(&self) -> Vec<bool> {
        self.owners.missing(self.aggregate, self.context)
    }

    /// The blocks of a range.
    fn blocks(range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        range.clone().step_by(BLOCK).map(move |start| start..(start + BLOCK).min(range.end))
    }
}

impl Mergeable for Tally {
    fn merge(&mut self, other: &Self) {
        Tally::merge(self, other);
    }
}

impl<S: Mergeable> Part<S> {
    /// Of so many anchors, without rows.
    fn of(anchors: usize) -> Self {
        Self { states: vec![S::default(); anchors], failed: Failed::default() }
    }

    fn merged(mut self, other: Self) -> Self {
        for (state, more) in self.states.iter_mut().zip(other.states) {
            state.merge(&more);
        }
        self.failed.merge(other.failed);
        self
    }
}

impl Failed {
    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.first = match (self.first, other.first) {
            (Some(a), Some(b)) => Some(if b.row < a.row { b } else { a }),
            (a, b) => a.or(b),
        };
    }

    fn describe(&self, aggregate: &Aggregate, context: &Context<'_>) -> Diagnostic {
        let table = context.data.table(aggregate.table);
        let key = self.first.map_or("", |first| table.key(first.row));
        let reason = self.first.map_or_else(String::new, |first| first.why.to_string());
        let fault = Diagnostic::new(&catalogue::PREDICATE_FAILED)
            .with("rule", rule_at(&aggregate.place))
            .with("count", self.count);
        let fault =
            fault.with("table", &context.schema.table(aggregate.table).id).with("key", key).with("reason", reason);
        fault.at(&aggregate.place)
    }
}

/// The file of a rule, for a message about one of its predicates.
fn rule_at(place: &Place) -> &str {
    if let Place::Text { source, .. } = place { &source.name } else { "a rule" }
}
