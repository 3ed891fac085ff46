//! What is lacking, and what may still be lost.

use crate::campaign::{BoundKind, Quantity};
use crate::value::{Day, Fraction, Number, Parts, Possible, Tally};

use super::super::outcome::{Judgement, Measured, Verdict};

/// What would have to change for the target to be met.
#[derive(Clone, Debug, PartialEq)]
pub enum Lack {
    /// Rows must gain the property (or lose it, where the share must stay low).
    Rows {
        /// How many, if everything unknown turns out well.
        rows: u64,
        /// How many there are to choose from.
        of: u64,
        /// Whether they must gain the property or lose it.
        gain: bool,
        /// How many rows are unknown and counted as turning out well.
        unknown: u64,
        /// How many rows could leave the population instead, where that helps.
        leave: Option<u64>,
    },
    /// Of the rows that are unknown, so many must turn out well.
    Reports {
        /// How many.
        rows: u64,
        /// How many are unknown.
        of: u64,
    },
    /// A list that nobody delivered must come first.
    List,
    /// The value must rise or fall by so much.
    Amount {
        /// By how much, at the best that is possible.
        by: Number,
        /// Whether it must rise.
        rise: bool,
        /// Whether reaching the bar is not enough: it must be passed.
        beyond: bool,
    },
    /// It must happen by this day.
    By(Day),
    /// It happened too late by so many days.
    Late {
        /// How many.
        days: i64,
        /// The last day that would have done.
        last: Day,
    },
    /// It must not happen before this day.
    NotBefore(Day),
    /// It must be yes.
    Yes,
    /// It must be one of these words, or a better step than it is.
    Category(String),
    /// The value itself must be reported.
    Value,
    /// Nothing helps any more.
    Nothing,
}

/// How much may be lost before the target is missed.
#[derive(Clone, Debug, PartialEq)]
pub enum Slack {
    /// So many rows may lose the property.
    Rows(u64),
    /// The value may change by so much.
    Amount(Number),
}

/// What a judgement lacks; nothing where it lacks nothing.
pub(super) fn lacking(judgement: &Judgement, too_late: bool) -> Option<Lack> {
    let verdict = judgement.so_far.unwrap_or(judgement.verdict);
    if !matches!(verdict, Verdict::NotMet | Verdict::Undetermined) {
        return None;
    }
    judgement.target.iter().find_map(|bar| {
        let (kind, bar) = (bar.kind, bar.value.as_ref());
        match (&judgement.measured, bar) {
            (Measured::Fraction(fraction), Some(Quantity::Number { number, .. })) => of_fraction(fraction, kind, *number, verdict),
            (Measured::Number(value), Some(Quantity::Number { number, .. })) => of_number(value, kind, *number),
            (Measured::Day(day), Some(Quantity::Day(bar))) => of_day(day, kind, *bar, too_late),
            (Measured::Flag(flag), _) => Some(if flag.value().is_some() { Lack::Yes } else { Lack::Value }),
            (Measured::Category(..), Some(words)) => Some(Lack::Category(words.to_string())),
            (Measured::Category(..), None) => Some(Lack::Category(String::new())),
            _ => Some(Lack::Value),
        }
    })
}

fn of_fraction(fraction: &Fraction, kind: BoundKind, bar: Number, verdict: Verdict) -> Option<Lack> {
    match &fraction.parts {
        Parts::Rows(tally) if tally.rows_missing && verdict == Verdict::Undetermined => Some(Lack::List),
        Parts::Rows(tally) if verdict == Verdict::Undetermined => of_unknown_rows(tally, kind, bar),
        Parts::Rows(tally) => of_rows(tally, kind, bar),
        Parts::Sums { numerator, denominator } => of_sums(numerator, denominator, kind, bar),
        Parts::Several => Some(Lack::Value),
    }
}

/// The fewest unknown rows that must turn out well, even if all others turn out badly.
fn of_unknown_rows(tally: &Tally, kind: BoundKind, bar: Number) -> Option<Lack> {
    let open = tally.unsure + tally.maybe_unsure;
    let whole = tally.of() + tally.maybe_failing + tally.maybe_unsure;
    let rows = (0..=open).find(|more| reaches(tally.met + more, whole, kind, bar))?;
    Some(Lack::Reports { rows, of: tally.unknown() })
}

/// The fewest rows that must change, if everything unknown turns out well.
fn of_rows(tally: &Tally, kind: BoundKind, bar: Number) -> Option<Lack> {
    let unknown = tally.unknown();
    if kind.is_lower() {
        let (met, of) = tally.greatest_counts();
        let rows = (0..=tally.failing).find(|more| reaches(met + more, of, kind, bar));
        let leave = (1..=tally.failing).find(|gone| *gone < of && reaches(met, of - gone, kind, bar));
        return Some(rows.map_or(Lack::Nothing, |rows| Lack::Rows { rows, of: tally.failing, gain: true, unknown, leave }));
    }
    let (met, of) = tally.least_counts();
    let rows = (0..=met).find(|fewer| reaches(met - fewer, of, kind, bar));
    Some(rows.map_or(Lack::Nothing, |rows| Lack::Rows { rows, of: met, gain: false, unknown, leave: None }))
}

fn reaches(met: u64, of: u64, kind: BoundKind, bar: Number) -> bool {
    let Ok(share) = Number::count(met).over(Number::count(of)) else { return false };
    holds(share, kind, bar)
}

fn holds(value: Number, kind: BoundKind, bar: Number) -> bool {
    match kind {
        BoundKind::AtLeast => value >= bar,
        BoundKind::MoreThan => value > bar,
        BoundKind::AtMost => value <= bar,
        BoundKind::LessThan => value < bar,
        _ => false,
    }
}

/// What the sum above must gain, with the sum below as it is.
fn of_sums(numerator: &Possible<Number>, denominator: &Possible<Number>, kind: BoundKind, bar: Number) -> Option<Lack> {
    let (Some(above), Some(below)) = (numerator.value(), denominator.value()) else { return Some(Lack::Value) };
    let needed = bar.times(below).ok()?;
    of_number(&Possible::known(above), kind, needed)
}

fn of_number(value: &Possible<Number>, kind: BoundKind, bar: Number) -> Option<Lack> {
    let rise = kind.is_lower();
    let best = if rise { value.greatest() } else { value.least() };
    let Some(best) = best else { return Some(Lack::Value) };
    if holds(best, kind, bar) {
        // At its best it reaches the bar: it is only not known.
        return (value.value().is_none()).then_some(Lack::Value);
    }
    let by = if rise { bar.minus(best) } else { best.minus(bar) }.ok()?;
    Some(Lack::Amount { by, rise, beyond: matches!(kind, BoundKind::MoreThan | BoundKind::LessThan) })
}

fn of_day(day: &Possible<Day>, kind: BoundKind, bar: Day, too_late: bool) -> Option<Lack> {
    let last = match kind {
        BoundKind::By => bar,
        BoundKind::Before => bar.plus(-1)?,
        BoundKind::From => return Some(Lack::NotBefore(bar)),
        BoundKind::After => return Some(Lack::NotBefore(bar.plus(1)?)),
        _ => return None,
    };
    Some(match day.value() {
        Some(day) if day > last => Lack::Late { days: day.days_since(last), last },
        Some(_) => return None,
        None if day.is_none() && too_late => Lack::Nothing,
        None if day.is_none() => Lack::By(last),
        None => Lack::Value,
    })
}

/// How much a met judgement may lose; nothing where it is not met or the loss cannot be counted.
pub(super) fn slack(judgement: &Judgement) -> Option<Slack> {
    if !matches!(judgement.verdict, Verdict::Met | Verdict::Exceeded) {
        return None;
    }
    let bar = judgement.target.first()?;
    let Some(Quantity::Number { number, .. }) = &bar.value else { return None };
    match &judgement.measured {
        Measured::Fraction(Fraction { parts: Parts::Rows(tally), .. }) if bar.kind.is_lower() => {
            let (met, of) = tally.least_counts();
            (0..=met).rev().find(|fewer| reaches(met - fewer, of, bar.kind, *number)).map(Slack::Rows)
        }
        Measured::Number(value) if bar.kind.is_lower() => value.least()?.minus(*number).ok().map(Slack::Amount),
        Measured::Number(value) => number.minus(value.greatest()?).ok().map(Slack::Amount),
        _ => None,
    }
}
