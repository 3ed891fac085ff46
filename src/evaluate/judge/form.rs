//! The forms in which points are earned, each at both ends of what is known.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::{Cell, Expression};
use crate::value::{ArithmeticFault, Number, Possible, Truth};

use super::super::plan::{BandPlan, FormPlan, LevelPlan, StepsPlan};
use super::Judge;
use super::points::Earning;
use super::verdict::all_hold;

/// The least and the greatest that may be earned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Earned {
    pub least: Number,
    pub greatest: Number,
    /// The points at stake, where the form itself says them.
    pub of: Option<Number>,
}

type Outcome = Result<Earned, ArithmeticFault>;

impl Earned {
    fn known(points: Number) -> Self {
        Self { least: points, greatest: points, of: None }
    }

    fn between(a: Number, b: Number) -> Self {
        Self { least: a.min(b), greatest: a.max(b), of: None }
    }

    fn join(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            greatest: self.greatest.max(other.greatest),
            of: self.of.or(other.of),
        }
    }

    fn of(self, of: Number) -> Self {
        Self { of: Some(of), ..self }
    }

    /// At most a cap; of what is taken away, at least.
    fn capped(self, cap: Option<Number>) -> Self {
        let Some(cap) = cap else { return self };
        let limit = |points: Number| if cap.is_negative() { points.max(cap) } else { points.min(cap) };
        Self { least: limit(self.least), greatest: limit(self.greatest), of: self.of }
    }
}

impl<'d> Judge<'_, 'd> {
    /// What a criterion earns; nothing where an amount that it needs is unknown.
    pub(super) fn form(&mut self, earning: &Earning<'_, 'd>) -> Option<Outcome> {
        let max = earning.max.unwrap_or(Number::ZERO);
        match &earning.points.form {
            FormPlan::AllOrNothing => Some(Ok(all_or_nothing(earning.stakes.possibilities.met, max))),
            FormPlan::Proportional => Some(proportional(earning, max)),
            FormPlan::Bands { bands, covers_all } => self.bands(earning, bands, *covers_all, max),
            FormPlan::Each { each, cap } => self.each(earning, each, cap.as_ref()),
            FormPlan::Steps(steps) => self.steps(earning, steps),
            FormPlan::Term { met, late, never } => self.term(earning, met, [late.as_ref(), never.as_ref()]),
            FormPlan::AsMeasured => {
                let value = value(&earning.cell);
                self.within_reach(earning, &value)
            }
            FormPlan::Rule { points, .. } => {
                let answer = self.context.evaluate(points, earning.row);
                let value = self.answered(answer, "points", earning.plan, earning.row)?.as_number()?;
                self.within_reach(earning, &value)
            }
        }
    }

    fn points_of(&mut self, earning: &Earning<'_, 'd>, expression: &'d Expression, key: &str) -> Option<Number> {
        self.amount(expression, key, |_| true, earning.plan, earning.row)
    }

    #[expect(clippy::option_option, reason = "unknown, none, or an amount")]
    fn maybe_points(
        &mut self,
        earning: &Earning<'_, 'd>,
        expression: Option<&'d Expression>,
        key: &str,
    ) -> Option<Option<Number>> {
        self.maybe_amount(expression, key, |_| true, earning.plan, earning.row)
    }

    /// The points of the band that the value lies in. Where it may lie in several, or between two, they are open.
    fn bands(
        &mut self,
        earning: &Earning<'_, 'd>,
        bands: &'d [BandPlan],
        covers_all: bool,
        max: Number,
    ) -> Option<Outcome> {
        if value_is_none(&earning.cell) {
            return Some(Ok(Earned::known(Number::ZERO)));
        }
        let mut possible: Option<Earned> = None;
        // Whoever falls between two bands has no points that the table names: anything that it gives, or that is at stake.
        let mut anything = Earned::between(Number::ZERO, max);
        for band in bands {
            let named = self.bars(&band.bounds, earning.criterion, earning.plan, earning.row);
            let bars = self.in_force(&band.bounds, &named);
            let lies_in =
                self.band_is_for(band, earning.plan, earning.row).and(all_hold(&band.bounds, &earning.cell, &bars));
            let points = Earned::known(self.points_of(earning, &band.points, "points.bands")?);
            anything = anything.join(points);
            if lies_in == Truth::False {
                continue;
            }
            if lies_in == Truth::True {
                return Some(Ok(points));
            }
            possible = Some(possible.map_or(points, |possible| possible.join(points)));
        }
        Some(Ok(match possible {
            Some(possible) if covers_all => possible,
            Some(possible) => possible.join(anything),
            None => anything,
        }))
    }

    /// Whether a band is for a unit at all.
    pub(super) fn band_is_for(&mut self, band: &'d BandPlan, plan: &LevelPlan, row: usize) -> Truth {
        let Some(when) = &band.when else { return Truth::True };
        let answer = self.context.truth(when, row);
        self.answered(answer, "points.bands", plan, row).unwrap_or(Truth::Unknown)
    }

    fn each(
        &mut self,
        earning: &Earning<'_, 'd>,
        each: &'d Expression,
        cap: Option<&'d Expression>,
    ) -> Option<Outcome> {
        let each = self.points_of(earning, each, "points.each")?;
        let cap = self.maybe_points(earning, cap, "points.cap")?;
        let value = value(&earning.cell);
        let times = |end: Option<Number>, open: Option<Number>| match end {
            Some(count) => count.times(each),
            // Nobody knows how many there are: the cap, where there is one, is all that can be said.
            None => Ok(open.unwrap_or(Number::ZERO)),
        };
        let none = if value.may_be_none() { Some(Number::ZERO) } else { None };
        if value.greatest().is_none() && !value.is_none() && cap.is_none() {
            return None;
        }
        Some(times(value.least(), Some(Number::ZERO)).and_then(|least| {
            let earned = Earned::between(least, times(value.greatest(), cap)?);
            let earned = none.map_or(earned, |none| earned.join(Earned::known(none)));
            let of = cap.filter(|cap| !cap.is_negative());
            Ok(of.map_or(earned, |of| earned.of(of)).capped(cap))
        }))
    }

    fn steps(&mut self, earning: &Earning<'_, 'd>, steps: &'d StepsPlan) -> Option<Outcome> {
        let above = self.points_of(earning, &steps.above, "points.steps.above")?;
        let first = self.points_of(earning, &steps.first, "points.steps.first")?;
        let every =
            self.amount(&steps.every, "points.steps.every", |it| it > Number::ZERO, earning.plan, earning.row)?;
        let add = self.points_of(earning, &steps.add, "points.steps.add")?;
        let cap = self.maybe_points(earning, steps.cap.as_ref(), "points.steps.cap")?;
        let at = |value: Number| {
            if value <= above {
                return Ok(Number::ZERO);
            }
            value.minus(above)?.over(every)?.floor().times(add)?.plus(first)
        };
        let value = value(&earning.cell);
        let greatest = match (value.greatest(), cap) {
            (Some(greatest), _) => at(greatest),
            (None, _) if value.is_none() => Ok(Number::ZERO),
            (None, Some(cap)) => Ok(cap),
            (None, None) => return None,
        };
        let least = value.least().filter(|_| !value.may_be_none()).map_or(Ok(Number::ZERO), at);
        Some(least.and_then(|least| {
            let earned = Earned::between(least, greatest?);
            Ok(cap.map_or(earned, |cap| earned.of(cap)).capped(cap))
        }))
    }

    /// So many points for a day in its term, others for a later one, and others where it has not come.
    fn term(
        &mut self,
        earning: &Earning<'_, 'd>,
        met: &'d Expression,
        [late, never]: [Option<&'d Expression>; 2],
    ) -> Option<Outcome> {
        let met = self.points_of(earning, met, "points.met")?;
        let late = self.maybe_points(earning, late, "points.late")?.unwrap_or(Number::ZERO);
        let never = self.maybe_points(earning, never, "points.never")?.unwrap_or(Number::ZERO);
        let happened = !earning.cell.absence();
        let missed = match happened {
            Truth::True => Earned::known(late),
            Truth::False => Earned::known(never),
            Truth::Unknown => Earned::between(never, late),
        };
        let earned = match earning.stakes.possibilities.met {
            Truth::True => Earned::known(met),
            Truth::False => missed,
            Truth::Unknown => missed.join(Earned::known(met)),
        };
        Some(Ok(earned.of(met)))
    }

    /// Points that a measure or a rule says itself: not below nought, nor above those at stake.
    fn within_reach(&mut self, earning: &Earning<'_, 'd>, value: &Possible<Number>) -> Option<Outcome> {
        if value.is_none() {
            return Some(Ok(Earned::known(Number::ZERO)));
        }
        let floor = if earning.points.pot == crate::campaign::Pot::Penalty { None } else { Some(Number::ZERO) };
        let (least, greatest) = (value.least(), value.greatest());
        let below = least.zip(floor).is_some_and(|(least, floor)| least < floor);
        let beyond = greatest.zip(earning.max).is_some_and(|(greatest, max)| greatest > max);
        if (below || beyond) && value.value().is_some() {
            let unit = self.name_of(earning.plan, earning.row);
            let fault = Diagnostic::new(&catalogue::POINTS_OUT_OF_REACH).with("criterion", self.id(earning));
            let fault = fault.with("unit", unit).with("points", value.value().unwrap_or(Number::ZERO));
            self.faults.push(fault.with("max", earning.max.map_or_else(|| "∞".to_owned(), |max| max.to_string())));
        }
        let least = least.or(floor)?;
        let greatest = greatest.or(earning.max)?;
        let earned = Earned::between(least, greatest);
        let earned = if value.may_be_none() { earned.join(Earned::known(Number::ZERO)) } else { earned };
        let limit = |points: Number| {
            let points = floor.map_or(points, |floor| points.max(floor));
            earning.max.map_or(points, |max| points.min(max))
        };
        Some(Ok(Earned { least: limit(earned.least), greatest: limit(earned.greatest), of: None }))
    }
}

/// All where the target is met. Whether it applies is a question of what counts, not of what is earned.
fn all_or_nothing(met: Truth, of: Number) -> Earned {
    match met {
        Truth::True => Earned::known(of),
        Truth::Unknown => Earned::between(Number::ZERO, of),
        Truth::False => Earned::known(Number::ZERO),
    }
}

/// max × min(1, value ÷ bar), at both ends of what is known; whoever has no value has nothing.
fn proportional(earning: &Earning<'_, '_>, of: Number) -> Outcome {
    let mut bars = earning.criterion.target.iter().zip(earning.stakes.bars);
    let bar = bars.find(|(bound, _)| bound.kind.is_lower()).and_then(|(_, bar)| bar.as_ref());
    let bar = bar.and_then(Cell::as_number).unwrap_or_else(Possible::unknown);
    let value = value(&earning.cell);
    if value.is_none() {
        return Ok(Earned::known(Number::ZERO));
    }
    if bar.greater(&Possible::known(Number::ZERO)) != Truth::True {
        // Against a bar of nothing there is no proportion: whoever reaches it has all.
        return Ok(match value.at_least(&bar) {
            Truth::True => Earned::known(of),
            Truth::False => Earned::known(Number::ZERO),
            Truth::Unknown => Earned::between(Number::ZERO, of),
        });
    }
    let part = |value: Option<Number>, bar: Option<Number>, open: Number| match value.zip(bar) {
        Some((value, bar)) => of.times(value.over(bar)?.min(Number::ONE).max(Number::ZERO)),
        None => Ok(open),
    };
    if value.value().is_some() && bar.value().is_some() {
        return part(value.value(), bar.value(), of).map(Earned::known);
    }
    let least = if value.may_be_none() { Number::ZERO } else { part(value.least(), bar.greatest(), Number::ZERO)? };
    Ok(Earned::between(least, part(value.greatest(), bar.least(), of)?))
}

/// The number that earns points. A share that perhaps does not apply earns what it earns where it applies.
pub(super) fn value(cell: &Cell<'_>) -> Possible<Number> {
    match cell {
        Cell::Fraction(fraction) => {
            fraction.range.map_or_else(Possible::none, |range| Possible::between(range.least, range.greatest))
        }
        other => other.as_number().unwrap_or_else(Possible::unknown),
    }
}

fn value_is_none(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Fraction(fraction) => fraction.range.is_none(),
        other => other.is_none(),
    }
}
