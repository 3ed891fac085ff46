//! Scores: the sum of points, and an interval where something is undetermined.

use crate::campaign::{Level, NotApplicable, ScorePolicy};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::value::{ArithmeticFault, Number};

use super::super::outcome::{Counts, Points, Score, UnitOutcome};
use super::super::plan::{LevelPlan, Plan};
use super::Judge;

/// Of so many criteria that perhaps do not apply, every combination is tried.
const MOST_COMBINED: usize = 12;

pub(super) fn scores<'d>(policy: &ScorePolicy, level: &Level, level_plan: &'d LevelPlan, plan: &Plan, units: &mut [UnitOutcome], judge: &mut Judge<'_, 'd>) {
    if !level_plan.criteria.iter().any(|criterion| criterion.points.is_some()) {
        return;
    }
    for unit in units {
        let items: Vec<Points> = unit.criteria.iter().filter_map(|judgement| judgement.points).collect();
        if policy.not_applicable.is_none() && items.iter().any(|item| item.counts == Counts::NotApplicable) {
            let fault = Diagnostic::new(&catalogue::POLICY_NOT_APPLICABLE_MISSING).with("level", &level.id).with("unit", &unit.id);
            judge.faults.push(fault.at(&policy.place));
        }
        let scored = score(policy, &items);
        unit.score = judge.answered(scored.map_err(Into::into), "score", level_plan, unit.row);
    }
    let _ = plan;
}

fn score(policy: &ScorePolicy, items: &[Points]) -> Result<Score, ArithmeticFault> {
    let due: Vec<_> = items.iter().filter(|item| item.counts != Counts::LeftOut).collect();
    let of = sum(due.iter().map(|item| item.of))?;
    let provisional = due.len() < items.len();
    let mut ends: Option<(Number, Number)> = None;
    for choice in choices(&due) {
        if let Some((least, greatest)) = total(policy, &due, &choice, of)? {
            ends = Some(ends.map_or((least, greatest), |(low, high)| (low.min(least), high.max(greatest))));
        }
    }
    let rounded = |end: Number| policy.rounding.score.map_or(Ok(end), |places| end.round(places));
    let ends = ends.map(|(least, greatest)| Ok((rounded(least)?, rounded(greatest)?))).transpose()?;
    Ok(Score { least: ends.map(|ends| ends.0), greatest: ends.map(|ends| ends.1), of, provisional })
}

/// Whether each item applies, in every way that is possible. Of very many open ones, each is taken as applying: what
/// they may earn is bounded all the same.
fn choices(items: &[&Points]) -> Vec<Vec<bool>> {
    let applies = |item: &&Points| item.counts != Counts::NotApplicable;
    let open: Vec<usize> = (0..items.len()).filter(|at| items.get(*at).is_some_and(|item| item.counts == Counts::PerhapsNotApplicable)).collect();
    let base: Vec<bool> = items.iter().map(applies).collect();
    let combined = open.iter().take(MOST_COMBINED).copied().collect::<Vec<_>>();
    (0..1_u32 << combined.len())
        .map(|bits| {
            let mut choice = base.clone();
            for (bit, at) in combined.iter().enumerate() {
                if let Some(applies) = choice.get_mut(*at) {
                    *applies = bits >> bit & 1 == 0;
                }
            }
            choice
        })
        .collect()
}

/// The least and greatest total where so many items apply; nothing where none does.
fn total(policy: &ScorePolicy, items: &[&Points], applies: &[bool], of: Number) -> Result<Option<(Number, Number)>, ArithmeticFault> {
    let counted = || items.iter().zip(applies).filter(|(_, applies)| **applies).map(|(item, _)| item);
    let not_counted = || items.iter().zip(applies).filter(|(_, applies)| !**applies).map(|(item, _)| item.of);
    let (least, greatest) = (sum(counted().map(|item| item.least))?, sum(counted().map(|item| item.greatest))?);
    Ok(match policy.not_applicable {
        Some(NotApplicable::Full) => {
            let full = sum(not_counted())?;
            Some((least.plus(full)?, greatest.plus(full)?))
        }
        Some(NotApplicable::Zero) => Some((least, greatest)),
        Some(NotApplicable::Rescale) | None => {
            let at_stake = sum(counted().map(|item| item.of))?;
            if at_stake == Number::ZERO {
                return Ok(None);
            }
            let scale = of.over(at_stake)?;
            Some((least.times(scale)?, greatest.times(scale)?))
        }
    })
}

fn sum(numbers: impl Iterator<Item = Number>) -> Result<Number, ArithmeticFault> {
    numbers.into_iter().try_fold(Number::ZERO, Number::plus)
}
