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
    /// Of the rows that are unknown, some must turn out well: have the property, or not be in the population.
    Reports {
        /// Fewer than these are not enough, whichever they are.
        fewest: u64,
        /// These are enough, whichever they are and however the others turn out.
        enough: u64,
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
        /// Whether it is the sum above of a ratio that must change, not the value itself.
        of_sum: bool,
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
        let (kind, last, bar) = (bar.kind, bar.last, bar.value.as_ref());
        match (&judgement.measured, bar) {
            (Measured::Fraction(fraction), Some(Quantity::Number { number, .. })) => {
                of_fraction(fraction, kind, *number, verdict)
            }
            (Measured::Number(value), Some(Quantity::Number { number, .. })) => of_number(value, kind, *number),
            (Measured::Day(day), Some(Quantity::Day(bar))) => of_day(day, kind, *bar, last, too_late),
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
        Parts::Rows(tally) => Some(of_rows(tally, kind, bar)),
        Parts::Sums { numerator, denominator } => of_sums(numerator, denominator, kind, bar),
        Parts::Mean { .. } => of_number(&fraction.number(), kind, bar),
        Parts::Several => Some(Lack::Value),
    }
}

/// What a row that is unknown does to the share when it turns out well instead of badly: rows with the property and
/// rows in the population, more or fewer.
type Gain = (i64, i64);

/// The orders in which rows of three kinds can turn out well.
const ORDERS: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// How many unknown rows must turn out well, from all of them turning out badly. So many rows do least or most for a
/// share when they are taken kind after kind in some order, so trying every order of kinds tries everything.
fn of_unknown_rows(tally: &Tally, kind: BoundKind, bar: Number) -> Option<Lack> {
    let unsure = tally.unsure + tally.maybe_unsure;
    let (worst, kinds): (_, [(u64, Gain); 3]) = if kind.is_lower() {
        (tally.least_counts(), [(tally.maybe_met, (1, 1)), (unsure, (1, 0)), (tally.maybe_failing, (0, -1))])
    } else {
        (tally.greatest_counts(), [(tally.maybe_failing, (0, 1)), (unsure, (-1, 0)), (tally.maybe_met, (-1, -1))])
    };
    let rows = |order: [usize; 3]| {
        let kinds = order.into_iter().filter_map(|at| kinds.get(at).copied());
        let gains = kinds.flat_map(|(rows, gain)| (0..rows).map(move |_| gain));
        first_that_reaches(worst, gains, kind, bar)
    };
    let found = ORDERS.map(rows).into_iter().collect::<Option<Vec<u64>>>()?;
    Some(Lack::Reports { fewest: *found.iter().min()?, enough: *found.iter().max()?, of: tally.unknown() })
}

fn first_that_reaches(
    worst: (u64, u64),
    gains: impl Iterator<Item = Gain>,
    kind: BoundKind,
    bar: Number,
) -> Option<u64> {
    let (mut met, mut of) = worst;
    if reaches(met, of, kind, bar) {
        return Some(0);
    }
    for (rows, (more_met, more_of)) in (1..).zip(gains) {
        met = met.saturating_add_signed(more_met);
        of = of.saturating_add_signed(more_of);
        if reaches(met, of, kind, bar) {
            return Some(rows);
        }
    }
    None
}

/// The fewest rows that must change, if everything unknown turns out well.
fn of_rows(tally: &Tally, kind: BoundKind, bar: Number) -> Lack {
    let unknown = tally.unknown();
    if kind.is_lower() {
        let (met, of) = tally.greatest_counts();
        let rows = (0..=tally.failing).find(|more| reaches(met + more, of, kind, bar));
        let leave = (1..=tally.failing).find(|gone| *gone < of && reaches(met, of - gone, kind, bar));
        return rows.map_or(Lack::Nothing, |rows| Lack::Rows { rows, of: tally.failing, gain: true, unknown, leave });
    }
    let (met, of) = tally.least_counts();
    let rows = (0..=met).find(|fewer| reaches(met - fewer, of, kind, bar));
    rows.map_or(Lack::Nothing, |rows| Lack::Rows { rows, of: met, gain: false, unknown, leave: None })
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
    match of_number(&Possible::known(above), kind, needed)? {
        Lack::Amount { by, rise, beyond, .. } => Some(Lack::Amount { by, rise, beyond, of_sum: true }),
        other => Some(other),
    }
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
    Some(Lack::Amount { by, rise, beyond: matches!(kind, BoundKind::MoreThan | BoundKind::LessThan), of_sum: false })
}

fn of_day(day: &Possible<Day>, kind: BoundKind, bar: Day, last: Option<Day>, too_late: bool) -> Option<Lack> {
    let last = match kind {
        BoundKind::By | BoundKind::Before => last?,
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
        Measured::Fraction(fraction) if bar.kind.is_lower() => {
            let Parts::Rows(tally) = fraction.parts else { return None };
            let (met, of) = tally.least_counts();
            (0..=met).rev().find(|fewer| reaches(met - fewer, of, bar.kind, *number)).map(Slack::Rows)
        }
        Measured::Number(value) if bar.kind.is_lower() => value.least()?.minus(*number).ok().map(Slack::Amount),
        Measured::Number(value) => number.minus(value.greatest()?).ok().map(Slack::Amount),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Row, Truth};

    fn share(rows: &[(Truth, Truth, u64)]) -> Tally {
        let mut tally = Tally::default();
        for (member, property, times) in rows {
            tally.add(Row { member: *member, property: *property }, *times);
        }
        tally
    }

    fn percent(hundredths: i64) -> Number {
        Number::ratio(hundredths, 100).unwrap()
    }

    /// Every way in which each unknown row turns out well or badly, tried one by one.
    fn by_trying(tally: &Tally, kind: BoundKind, bar: Number) -> Option<(u64, u64)> {
        let gains =
            [(tally.maybe_met, (1, 1)), (tally.unsure + tally.maybe_unsure, (1, 0)), (tally.maybe_failing, (0, -1))];
        let gains: Vec<Gain> = gains.into_iter().flat_map(|(rows, gain)| (0..rows).map(move |_| gain)).collect();
        let (met, of) = tally.least_counts();
        let outcome = |chosen: u32| {
            let well = gains.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            let (met, of) =
                well.fold((met, of), |(m, n), (_, (a, b))| (m.saturating_add_signed(*a), n.saturating_add_signed(*b)));
            (chosen.count_ones(), reaches(met, of, kind, bar))
        };
        let all: Vec<_> = (0..1_u32 << gains.len()).map(outcome).collect();
        let fewest = all.iter().filter(|(_, reached)| *reached).map(|(rows, _)| *rows).min()?;
        let enough = all.iter().filter(|(_, reached)| !*reached).map(|(rows, _)| *rows + 1).max().unwrap_or(0);
        Some((u64::from(fewest), u64::from(enough)))
    }

    #[test]
    fn the_unknown_rows_that_would_do_are_those_found_by_trying() {
        use Truth::{False, True, Unknown};
        for code in 0..4_u64.pow(5) {
            let times = |at: u32| code / 4_u64.pow(at) % 4;
            let tally = share(&[
                (True, True, times(0) + 1),
                (True, False, times(1)),
                (True, Unknown, times(2)),
                (Unknown, True, times(3)),
                (Unknown, False, times(4)),
            ]);
            for bar in [30, 50, 75, 90, 100] {
                let found = of_unknown_rows(&tally, BoundKind::AtLeast, percent(bar));
                let tried = by_trying(&tally, BoundKind::AtLeast, percent(bar));
                let (fewest, enough) = match found {
                    Some(Lack::Reports { fewest, enough, .. }) => (Some(fewest), Some(enough)),
                    _ => (None, None),
                };
                assert_eq!((fewest, enough), (tried.map(|t| t.0), tried.map(|t| t.1)), "{tally:?} {bar}");
            }
        }
    }

    #[test]
    fn failing_rows_can_gain_the_property_or_leave() {
        let tally = share(&[(Truth::True, Truth::True, 30), (Truth::True, Truth::False, 10)]);
        let lack = of_rows(&tally, BoundKind::AtLeast, percent(85));
        assert_eq!(lack, Lack::Rows { rows: 4, of: 10, gain: true, unknown: 0, leave: Some(5) });
        let lack = of_rows(&tally, BoundKind::LessThan, percent(75));
        assert_eq!(lack, Lack::Rows { rows: 1, of: 30, gain: false, unknown: 0, leave: None });
    }
}
