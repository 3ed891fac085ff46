//! Points: what a criterion earns, exactly.

use crate::campaign::{Level, PointsBy, ScorePolicy};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{ArithmeticFault, Number, Possible, Truth};

use super::super::outcome::{Counts, Points, Verdict};
use super::super::plan::{CriterionPlan, LevelPlan, PointsPlan};
use super::Judge;
use super::sheet::Sheet;
use super::verdict::{Possibilities, Stakes};

impl<'d> Judge<'_, 'd> {
    /// The points of a criterion for every unit. A level that does not say how it scores gives none.
    pub(super) fn points(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let (level, plan) = (sheet.level, sheet.plan);
        let Some(policy) = &level.score else { return };
        let Some(criterion) = plan.criteria.get(at) else { return };
        let Some(points) = &criterion.points else { return };
        let Some((measured, judged)) = sheet.measured.get(at).zip(sheet.judged.get_mut(at)) else { return };
        for ((unit, measurement), judged) in sheet.units.iter().zip(measured).zip(judged) {
            let Some(stakes) = judged.stakes.take() else { continue };
            let max = self.amount(&points.max, "points.max", |number| !number.is_negative(), plan, unit.row);
            let Some(of) = max else { continue };
            let verdict = judged.judgement.verdict;
            let earned = Earning { criterion, points, verdict, stakes: &stakes, cell: &measurement.cell, of };
            judged.judgement.points = Some(self.earned(&earned, policy, level, plan, unit.row));
        }
    }

    fn earned(
        &mut self,
        earning: &Earning<'_, 'd>,
        policy: &ScorePolicy,
        level: &Level,
        plan: &'d LevelPlan,
        row: usize,
    ) -> Points {
        let of = earning.of;
        let counts = counts(earning.verdict, &earning.stakes.possibilities);
        let nothing = Points { least: Number::ZERO, greatest: Number::ZERO, of, counts };
        if matches!(counts, Counts::NotApplicable | Counts::LeftOut) {
            return nothing;
        }
        let earned = match earning.points.by {
            PointsBy::AllOrNothing => Ok(all_or_nothing(earning.verdict, of)),
            PointsBy::Proportional => proportional(earning),
        };
        match earned.and_then(|ends| self.rounded(earning.criterion, policy, level, plan, row, ends)) {
            Ok((_, greatest)) if counts == Counts::PerhapsLeftOut => Points { greatest, ..nothing },
            Ok((least, greatest)) => Points { least, greatest, ..nothing },
            Err(why) => {
                self.answered::<()>(Err(why.into()), "points", plan, row);
                Points { greatest: of, ..nothing }
            }
        }
    }

    /// Points as the level declares them; what cannot be written as a decimal must be rounded.
    fn rounded(
        &mut self,
        criterion: &CriterionPlan,
        policy: &ScorePolicy,
        level: &Level,
        plan: &LevelPlan,
        row: usize,
        (least, greatest): (Number, Number),
    ) -> Result<(Number, Number), ArithmeticFault> {
        if let Some(places) = policy.rounding.items {
            return Ok((least.round(places)?, greatest.round(places)?));
        }
        if !(least.is_decimal() && greatest.is_decimal()) {
            let criterion =
                self.plan.campaign.criteria.get(criterion.criterion).map_or("", |criterion| criterion.id.as_str());
            let unit = self.name_of(plan, row);
            let fault = Diagnostic::new(&catalogue::SCORE_NOT_ROUNDED).with("criterion", criterion).with("unit", unit);
            self.faults.push(fault.with("level", &level.id));
        }
        Ok((least, greatest))
    }
}

/// What the points of a criterion for a unit are made of.
struct Earning<'e, 'd> {
    criterion: &'d CriterionPlan,
    points: &'d PointsPlan,
    verdict: Verdict,
    stakes: &'e Stakes<'d>,
    cell: &'e Cell<'d>,
    /// The points at stake.
    of: Number,
}

fn counts(verdict: Verdict, possibilities: &Possibilities) -> Counts {
    match verdict {
        Verdict::NotApplicable | Verdict::NoTarget => Counts::NotApplicable,
        Verdict::NotDue => Counts::LeftOut,
        Verdict::Undetermined if possibilities.early.can_be_true() => Counts::PerhapsLeftOut,
        Verdict::Undetermined if possibilities.not_applicable.or(possibilities.no_target).can_be_true() => {
            Counts::PerhapsNotApplicable
        }
        _ => Counts::Fully,
    }
}

fn all_or_nothing(verdict: Verdict, of: Number) -> (Number, Number) {
    match verdict {
        Verdict::Met | Verdict::Exceeded => (of, of),
        Verdict::Undetermined => (Number::ZERO, of),
        _ => (Number::ZERO, Number::ZERO),
    }
}

/// max × min(1, value ÷ bar), at both ends of what is known; whoever has no value has nothing.
fn proportional(earning: &Earning<'_, '_>) -> Result<(Number, Number), ArithmeticFault> {
    let of = earning.of;
    let mut bars = earning.criterion.target.iter().zip(&earning.stakes.bars);
    let bar = bars.find(|(bound, _)| bound.kind.is_lower()).and_then(|(_, bar)| bar.as_ref());
    let bar = bar.and_then(Cell::as_number).unwrap_or_else(Possible::unknown);
    let value = value(earning.cell);
    if value.is_none() {
        return Ok((Number::ZERO, Number::ZERO));
    }
    if bar.greater(&Possible::known(Number::ZERO)) != Truth::True {
        // Against a bar of nothing there is no proportion: whoever reaches it has all.
        return Ok(match value.at_least(&bar) {
            Truth::True => (of, of),
            Truth::False => (Number::ZERO, Number::ZERO),
            Truth::Unknown => (Number::ZERO, of),
        });
    }
    let part = |value: Option<Number>, bar: Option<Number>, open: Number| match value.zip(bar) {
        Some((value, bar)) => of.times(value.over(bar)?.min(Number::ONE).max(Number::ZERO)),
        None => Ok(open),
    };
    let least = if value.may_be_none() { Number::ZERO } else { part(value.least(), bar.greatest(), Number::ZERO)? };
    Ok((least, part(value.greatest(), bar.least(), of)?))
}

/// The number that earns points. A share that perhaps does not apply earns what it earns where it applies.
fn value(cell: &Cell<'_>) -> Possible<Number> {
    match cell {
        Cell::Fraction(fraction) => {
            fraction.range.map_or_else(Possible::none, |range| Possible::between(range.least, range.greatest))
        }
        other => other.as_number().unwrap_or_else(Possible::unknown),
    }
}
