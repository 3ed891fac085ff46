//! Points: what a criterion earns, exactly.

use crate::campaign::PointsBy;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{ArithmeticFault, Number, Possible, Truth};

use super::super::outcome::{Counts, Points, Verdict};
use super::super::plan::{CriterionPlan, LevelPlan};
use super::Judge;
use super::verdict::{Held, Possibilities};

/// The points of a criterion. A level that does not say how it scores gives none.
pub(super) fn points<'d>(
    judge: &mut Judge<'_, 'd>,
    plan: &'d CriterionPlan,
    level: &'d LevelPlan,
    verdict: Verdict,
    possibilities: &Possibilities,
    held: &Held<'_, 'd>,
    row: usize,
) -> Option<Points> {
    let points = plan.points.as_ref()?;
    judge.policy(level)?;
    let of = judge.amount(&points.max, "points.max", |number| !number.is_negative(), level, row)?;
    let counts = counts(verdict, possibilities);
    let nothing = Points { least: Number::ZERO, greatest: Number::ZERO, of, counts };
    let earned = match (counts, points.by) {
        (Counts::NotApplicable | Counts::LeftOut, _) => return Some(nothing),
        (_, PointsBy::AllOrNothing) => Ok(all_or_nothing(verdict, of)),
        (_, PointsBy::Proportional) => proportional(plan, held, of),
    };
    let rounded = earned.and_then(|(least, greatest)| judge.rounded(plan, level, row, least, greatest));
    match rounded {
        Ok((_, greatest)) if counts == Counts::PerhapsLeftOut => Some(Points { greatest, ..nothing }),
        Ok((least, greatest)) => Some(Points { least, greatest, ..nothing }),
        Err(why) => {
            judge.answered::<()>(Err(why.into()), "points", level, row);
            Some(Points { greatest: of, ..nothing })
        }
    }
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
fn proportional(plan: &CriterionPlan, held: &Held<'_, '_>, of: Number) -> Result<(Number, Number), ArithmeticFault> {
    let bar =
        plan.target.iter().zip(held.bars).find(|(bound, _)| bound.kind.is_lower()).and_then(|(_, bar)| bar.as_ref());
    let bar = bar.and_then(Cell::as_number).unwrap_or_else(Possible::unknown);
    let value = value(held.cell);
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

impl<'d> Judge<'_, 'd> {
    /// Points as the level declares them; what cannot be written as a decimal must be rounded.
    fn rounded(
        &mut self,
        plan: &CriterionPlan,
        level: &'d LevelPlan,
        row: usize,
        least: Number,
        greatest: Number,
    ) -> Result<(Number, Number), ArithmeticFault> {
        let policy = self.policy(level);
        if let Some(places) = policy.and_then(|policy| policy.rounding.items) {
            return Ok((least.round(places)?, greatest.round(places)?));
        }
        if policy.is_some() && !(least.is_decimal() && greatest.is_decimal()) {
            let criterion =
                self.plan.campaign.criteria.get(plan.criterion).map_or("", |criterion| criterion.id.as_str());
            let unit = self.name_of(level, row);
            let id = self.level_of(level).map_or("", |level| level.id.as_str());
            let fault = Diagnostic::new(&catalogue::SCORE_NOT_ROUNDED).with("criterion", criterion).with("unit", unit);
            self.faults.push(fault.with("level", id));
        }
        Ok((least, greatest))
    }

    fn level_of(&self, plan: &LevelPlan) -> Option<&'d crate::campaign::Level> {
        let at = self.plan.levels.iter().position(|level| std::ptr::eq(level, plan))?;
        self.plan.campaign.levels.get(at)
    }

    fn policy(&self, plan: &LevelPlan) -> Option<&'d crate::campaign::ScorePolicy> {
        self.level_of(plan)?.score.as_ref()
    }
}
