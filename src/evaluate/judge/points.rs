//! Points: what a criterion earns, exactly.

use crate::campaign::PointsBy;
use crate::diagnostic::{Diagnostic, catalogue};
use crate::rule::Cell;
use crate::value::{ArithmeticFault, Number, Possible, Truth};

use super::super::outcome::{Counts, Judgement, Points, Verdict};
use super::super::plan::{CriterionPlan, LevelPlan};
use super::Judge;

/// The points of a criterion. A level that does not say how it scores gives none.
pub(super) fn points<'d>(
    judge: &mut Judge<'_, 'd>,
    plan: &'d CriterionPlan,
    level: &'d LevelPlan,
    judgement: &Judgement,
    cell: &Cell<'d>,
    row: usize,
) -> Option<Points> {
    let points = plan.points.as_ref()?;
    judge.policy(level)?;
    let of = judge.known_number(&points.max, row)?;
    let counts = counts(judgement.verdict, cell);
    let nothing = Points { least: Number::ZERO, greatest: Number::ZERO, of, counts };
    let earned = match (counts, points.by) {
        (Counts::NotApplicable | Counts::LeftOut, _) => return Some(nothing),
        (_, PointsBy::AllOrNothing) => Ok(all_or_nothing(judgement.verdict, of)),
        (_, PointsBy::Proportional) => proportional(judge, plan, cell, of, row),
    };
    let rounded = earned.and_then(|(least, greatest)| judge.rounded(plan, level, row, least, greatest));
    match rounded {
        Ok((least, greatest)) => Some(Points { least, greatest, ..nothing }),
        Err(why) => {
            judge.answered::<()>(Err(why.into()), "points", level, row);
            Some(Points { greatest: of, ..nothing })
        }
    }
}

fn counts(verdict: Verdict, cell: &Cell<'_>) -> Counts {
    match verdict {
        Verdict::NotApplicable | Verdict::NoTarget => Counts::NotApplicable,
        Verdict::NotDue => Counts::LeftOut,
        Verdict::Undetermined if may_not_apply(cell) => Counts::PerhapsNotApplicable,
        _ => Counts::Fully,
    }
}

fn may_not_apply(cell: &Cell<'_>) -> bool {
    match cell {
        Cell::Fraction(fraction) => fraction.not_applicable.can_be_true(),
        Cell::Flag(flag) => flag.may_be_none(),
        Cell::NotApplicable => true,
        _ => false,
    }
}

fn all_or_nothing(verdict: Verdict, of: Number) -> (Number, Number) {
    match verdict {
        Verdict::Met | Verdict::Exceeded => (of, of),
        Verdict::Undetermined => (Number::ZERO, of),
        _ => (Number::ZERO, Number::ZERO),
    }
}

/// max × min(1, value ÷ bar), at both ends of what is known.
fn proportional<'d>(judge: &Judge<'_, 'd>, plan: &'d CriterionPlan, cell: &Cell<'d>, of: Number, row: usize) -> Result<(Number, Number), ArithmeticFault> {
    let bar = plan.target.iter().find(|bound| bound.kind.is_lower()).map(|bound| judge.bar_cell(bound, row));
    let bar = bar.and_then(|bar| bar.as_number()).unwrap_or_else(Possible::unknown);
    let value = cell.as_number().unwrap_or_else(Possible::unknown);
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
    Ok((part(value.least(), bar.greatest(), Number::ZERO)?, part(value.greatest(), bar.least(), of)?))
}

impl<'d> Judge<'_, 'd> {
    /// Points as the level declares them; what cannot be written as a decimal must be rounded.
    fn rounded(&mut self, plan: &CriterionPlan, level: &'d LevelPlan, row: usize, least: Number, greatest: Number) -> Result<(Number, Number), ArithmeticFault> {
        let policy = self.policy(level);
        if let Some(places) = policy.and_then(|policy| policy.rounding.items) {
            return Ok((least.round(places)?, greatest.round(places)?));
        }
        if policy.is_some() && !(least.is_decimal() && greatest.is_decimal()) {
            let criterion = self.plan.campaign.criteria.get(plan.criterion).map_or("", |criterion| criterion.id.as_str());
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
