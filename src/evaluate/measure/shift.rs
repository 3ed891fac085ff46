//! What a change of some rows adds to what is derived.
//!
//! Where rows add up, a row that says something else moves what is derived of its anchor by so much, whatever the other
//! rows say. So what several rows do together is the sum of what each does alone, and nothing is added up over rows again.

use std::sync::Arc;

use crate::rule::{Aggregate, Cell, Failure, Measure};
use crate::value::{Fraction, Number, Parts, Possible, Tally};

use super::tally::Counted;
use super::{Finished, Slot};

/// By how much derived columns move: a number for each part of each value that does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Shift(Vec<(Place, Number)>);

/// A part of a value: the derived column, the row of its anchor, and which count or sum of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    derived: usize,
    row: usize,
    part: usize,
}

impl Shift {
    /// Whether nothing moves.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// What moves of some derived columns.
    #[must_use]
    pub fn of(&self, wanted: impl Fn(usize) -> bool) -> Self {
        Self(self.0.iter().filter(|(place, _)| wanted(place.derived)).copied().collect())
    }

    /// The derived columns and rows that move.
    pub fn moved(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().map(|(place, _)| (place.derived, place.row))
    }

    /// Both together; nothing where a number cannot be kept.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        let (mut mine, mut theirs) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut both = Vec::with_capacity(self.0.len().max(other.0.len()));
        loop {
            let next = match (mine.peek(), theirs.peek()) {
                (None, None) => return Some(Self(both)),
                (Some((a, _)), Some((b, _))) if a == b => {
                    let (Some((place, one)), Some((_, two))) = (mine.next(), theirs.next()) else { return None };
                    Some((*place, one.plus(*two).ok()?)).filter(|(_, sum)| *sum != Number::ZERO)
                }
                (Some((a, _)), Some((b, _))) if a > b => theirs.next().copied(),
                (None, Some(_)) => theirs.next().copied(),
                (Some(_), _) => mine.next().copied(),
            };
            both.extend(next);
        }
    }

    /// The same so many times; nothing where a number cannot be kept.
    #[must_use]
    pub fn times(&self, times: u64) -> Option<Self> {
        let many = Number::count(times);
        let parts = self.0.iter().filter(|_| times > 0);
        Some(Self(parts.map(|(place, by)| Some((*place, by.times(many).ok()?))).collect::<Option<_>>()?))
    }

    /// Adds what a derived column differs by; nothing where that is no sum.
    pub(in super::super) fn add(&mut self, derived: usize, before: &Slot<'_>, after: &Slot<'_>) -> Option<()> {
        if before.anchor != after.anchor || before.failed != after.failed {
            return None;
        }
        for (row, from, to) in differing(&before.finished, &after.finished)? {
            let (from, to) = (from?, to?);
            for (part, (from, to)) in from.into_iter().zip(to).enumerate().filter(|(_, (from, to))| from != to) {
                self.0.push((Place { derived, row, part }, to.minus(from).ok()?));
            }
        }
        self.0.sort_unstable_by_key(|(place, _)| *place);
        Some(())
    }

    /// A derived column as it is then, if it moves at all; nothing where that cannot be said.
    #[expect(clippy::option_option, reason = "it cannot be said, it does not move, or it does")]
    pub(in super::super) fn moves<'d>(&self, derived: usize, slot: &Arc<Slot<'d>>) -> Option<Option<Slot<'d>>> {
        let from = self.0.partition_point(|(place, _)| place.derived < derived);
        let mine = self.0.get(from..)?.iter().take_while(|(place, _)| place.derived == derived);
        let mut rows: Vec<(usize, Parted)> = Vec::new();
        for (place, by) in mine {
            if rows.last().is_none_or(|(row, _)| *row != place.row) {
                rows.push((place.row, slot.finished.parted(place.row)?));
            }
            let part = rows.last_mut().and_then(|(_, parted)| parted.parts.get_mut(place.part))?;
            *part = part.plus(*by).ok()?;
        }
        if rows.is_empty() {
            return Some(None);
        }
        let rows = rows.into_iter().map(|(row, parted)| Some((row, Ok(parted.cell()?)))).collect::<Option<_>>()?;
        let finished = Finished::Moved(Arc::clone(slot), rows);
        Some(Some(Slot { anchor: slot.anchor, finished, failed: slot.failed.clone() }))
    }
}

/// Whether the rows of an aggregate add up, and hang on one row of the anchor each.
pub(in super::super) fn adds_up(aggregate: &Aggregate) -> bool {
    let sums = matches!(
        aggregate.measure,
        Measure::Count | Measure::Share(_) | Measure::Any(_) | Measure::All(_) | Measure::Sum(_) | Measure::Ratio(..)
    );
    sums && aggregate.peers.is_none()
}

/// A value taken apart into what adds up.
struct Parted {
    parts: Vec<Number>,
    form: Form,
}

/// How a value is put together again.
enum Form {
    Rows { counted: Counted, missing: bool },
    Sum,
    Ratio,
}

/// A row, and the parts of what it says before and after; nothing for what does not come apart.
type Differing = (usize, Option<Vec<Number>>, Option<Vec<Number>>);

/// The rows in which two columns differ; nothing where they are not alike.
fn differing(before: &Finished<'_>, after: &Finished<'_>) -> Option<Vec<Differing>> {
    let differ: Vec<usize> = match (before, after) {
        (Finished::Tallies(mine, counted), Finished::Tallies(theirs, other)) => {
            if counted != other || mine.len() != theirs.len() {
                return None;
            }
            let same_lists = mine.iter().zip(theirs).all(|(a, b)| a.rows_missing == b.rows_missing);
            same_lists.then(|| rows(mine, theirs))?
        }
        (Finished::Cells(mine), Finished::Cells(theirs)) if mine.len() == theirs.len() => rows(mine, theirs),
        _ => return None,
    };
    let parts = |finished: &Finished<'_>, row: usize| finished.parted(row).map(|parted| parted.parts);
    Some(differ.into_iter().map(|row| (row, parts(before, row), parts(after, row))).collect())
}

fn rows<T: PartialEq>(mine: &[T], theirs: &[T]) -> Vec<usize> {
    mine.iter().zip(theirs).enumerate().filter(|(_, (a, b))| a != b).map(|(row, _)| row).collect()
}

impl Finished<'_> {
    fn parted(&self, row: usize) -> Option<Parted> {
        match self {
            Self::Tallies(tallies, counted) => {
                let tally = tallies.get(row)?;
                let counts = counts(tally).map(Number::count);
                let form = Form::Rows { counted: *counted, missing: tally.rows_missing };
                Some(Parted { parts: counts.to_vec(), form })
            }
            Self::Cells(cells) => match cells.get(row)? {
                Ok(Cell::Number(number)) => Some(Parted { parts: ends(number)?.to_vec(), form: Form::Sum }),
                Ok(Cell::Fraction(fraction)) => match fraction.parts {
                    Parts::Sums { numerator, denominator } => {
                        let parts = [ends(&numerator)?, ends(&denominator)?].concat();
                        Some(Parted { parts, form: Form::Ratio })
                    }
                    _ => None,
                },
                _ => None,
            },
            Self::Moved(..) => None,
        }
    }
}

impl Parted {
    fn cell<'d>(self) -> Option<Cell<'d>> {
        match (self.form, self.parts.as_slice()) {
            (Form::Rows { counted, missing }, parts) => Some(counted.value(&tally(parts, missing)?)),
            (Form::Sum, [least, greatest]) => Some(Cell::Number(Possible::between(Some(*least), Some(*greatest)))),
            (Form::Ratio, [a, b, c, d]) => {
                let between = |least: &Number, greatest: &Number| Possible::between(Some(*least), Some(*greatest));
                Some(Cell::Fraction(Fraction::of_sums(between(a, b), between(c, d)).ok()?.into()))
            }
            _ => None,
        }
    }
}

/// Both ends of a sum; nothing where one is open.
fn ends(sum: &Possible<Number>) -> Option<[Number; 2]> {
    let known = !sum.may_be_none();
    sum.least().zip(sum.greatest()).filter(|_| known).map(|(least, greatest)| [least, greatest])
}

fn counts(tally: &Tally) -> [u64; 7] {
    let Tally { met, failing, unsure, maybe_met, maybe_failing, maybe_unsure, decided, rows_missing: _ } = *tally;
    [met, failing, unsure, maybe_met, maybe_failing, maybe_unsure, decided]
}

fn tally(parts: &[Number], rows_missing: bool) -> Option<Tally> {
    let counts: Vec<u64> = parts.iter().map(|part| u64::try_from(part.to_whole()?).ok()).collect::<Option<_>>()?;
    let [met, failing, unsure, maybe_met, maybe_failing, maybe_unsure, decided] = *counts.as_slice() else {
        return None;
    };
    Some(Tally { met, failing, unsure, maybe_met, maybe_failing, maybe_unsure, rows_missing, decided })
}

/// What is moved beside what it was.
pub(super) fn moved<'s, 'd>(
    rows: &'s [(usize, Result<Cell<'d>, Failure>)],
    row: usize,
) -> Option<&'s Result<Cell<'d>, Failure>> {
    rows.iter().find(|(at, _)| *at == row).map(|(_, cell)| cell)
}
