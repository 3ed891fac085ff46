//! Scores: the sum of points, and an interval where something is undetermined.

use crate::campaign::{NotApplicable, ScorePolicy};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::value::{ArithmeticFault, Number};

use super::super::outcome::{Counts, Points, Score};
use super::Judge;
use super::sheet::{Sheet, Unit};

impl<'d> Judge<'_, 'd> {
    /// The score of every unit, on levels that score.
    pub(super) fn scores(&mut self, sheet: &mut Sheet<'d>) {
        let Some(policy) = &sheet.level.score else { return };
        let at_stake = sheet.plan.criteria.iter().filter(|criterion| criterion.points.is_some()).count();
        if at_stake == 0 {
            return;
        }
        let mut scores = Vec::with_capacity(sheet.units.len());
        for (at, unit) in sheet.units.iter().enumerate() {
            let items: Vec<Points> = sheet.judgements(at).filter_map(|judgement| judgement.points).collect();
            // Where it is unknown what is at stake in some criterion, there is no score.
            scores.push(if items.len() < at_stake { None } else { self.score(policy, &items, sheet, unit) });
        }
        sheet.scores = scores;
    }

    fn score(&mut self, policy: &ScorePolicy, items: &[Points], sheet: &Sheet<'d>, unit: &Unit) -> Option<Score> {
        if policy.not_applicable.is_none() && items.iter().any(|item| item.counts == Counts::NotApplicable) {
            let fault = Diagnostic::new(&catalogue::POLICY_NOT_APPLICABLE_MISSING).with("level", &sheet.level.id);
            self.faults.push(fault.with("unit", &unit.id).at(&policy.place));
        }
        self.answered(score(policy, items).map_err(Into::into), "score", sheet.plan, unit.row)
    }
}

fn score(policy: &ScorePolicy, items: &[Points]) -> Result<Score, ArithmeticFault> {
    let due: Vec<&Points> = items.iter().filter(|item| item.counts != Counts::LeftOut).collect();
    let provisional = items.iter().any(|item| matches!(item.counts, Counts::LeftOut | Counts::PerhapsLeftOut));
    let of = sum(due.iter().map(|item| item.of))?;
    let ends = match policy.not_applicable {
        Some(NotApplicable::Full) => Some(total(&due, |item| item.of)?),
        Some(NotApplicable::Zero) => Some(total(&due, |_| Number::ZERO)?),
        Some(NotApplicable::Rescale) | None => rescaled(&due, of)?,
    };
    let rounded = |end: Number| policy.rounding.score.map_or(Ok(end), |places| end.round(places));
    let ends = ends.map(|(least, greatest)| Ok((rounded(least)?, rounded(greatest)?))).transpose()?;
    let rescales = !matches!(policy.not_applicable, Some(NotApplicable::Full | NotApplicable::Zero));
    let nothing_sure = due.iter().all(|item| item.counts != Counts::Fully || item.of == Number::ZERO);
    let perhaps_none = rescales && ends.is_some() && nothing_sure;
    Ok(Score { least: ends.map(|ends| ends.0), greatest: ends.map(|ends| ends.1), perhaps_none, of, provisional })
}

/// The least and the greatest sum, where a criterion that does not apply has points of its own.
fn total(items: &[&Points], without: impl Fn(&Points) -> Number) -> Result<(Number, Number), ArithmeticFault> {
    let ends = |item: &&Points| match item.counts {
        Counts::NotApplicable => (without(item), without(item)),
        Counts::PerhapsNotApplicable => (item.least.min(without(item)), item.greatest.max(without(item))),
        Counts::PerhapsLeftOut => (Number::ZERO, item.greatest.max(without(item))),
        Counts::Fully | Counts::LeftOut => (item.least, item.greatest),
    };
    Ok((sum(items.iter().map(|item| ends(item).0))?, sum(items.iter().map(|item| ends(item).1))?))
}

/// The least and the greatest part of the points at stake that is earned, scaled up to the full score; nothing where
/// nothing applies.
///
/// Exact where all is due. What is perhaps left out, and earns nothing if it is not, lowers the part by as much as it
/// lowers the full score, or by more: the ends hold for either.
fn rescaled(items: &[&Points], of: Number) -> Result<Option<(Number, Number)>, ArithmeticFault> {
    let least = part(items, |item| item.least, false)?;
    let greatest = part(items, |item| item.greatest, true)?;
    let Some((least, greatest)) = least.zip(greatest) else { return Ok(None) };
    Ok(Some((least.times(of)?, greatest.times(of)?)))
}

/// The least or greatest part that can be earned, whichever of the open items apply.
///
/// An item moves the part towards its own: the best choice takes the open items from one end of the order of their
/// own parts, as long as that helps. One of these prefixes is the best of all choices.
fn part(
    items: &[&Points],
    earned: impl Fn(&Points) -> Number,
    greatest: bool,
) -> Result<Option<Number>, ArithmeticFault> {
    let mut open = Vec::new();
    let (mut sum, mut of) = (Number::ZERO, Number::ZERO);
    for item in items.iter().filter(|item| item.of != Number::ZERO) {
        match item.counts {
            Counts::Fully => (sum, of) = (sum.plus(earned(item))?, of.plus(item.of)?),
            Counts::PerhapsNotApplicable | Counts::PerhapsLeftOut => {
                open.push((earned(item).over(item.of)?, earned(item), item.of));
            }
            Counts::NotApplicable | Counts::LeftOut => {}
        }
    }
    open.sort_unstable();
    if greatest {
        open.reverse();
    }
    let better = |best: Option<Number>, part: Number| {
        Some(best.map_or(part, |best| if greatest { best.max(part) } else { best.min(part) }))
    };
    let mut best = if of == Number::ZERO { None } else { Some(sum.over(of)?) };
    for (_, points, at_stake) in open {
        (sum, of) = (sum.plus(points)?, of.plus(at_stake)?);
        best = better(best, sum.over(of)?);
    }
    Ok(best)
}

fn sum(numbers: impl Iterator<Item = Number>) -> Result<Number, ArithmeticFault> {
    numbers.into_iter().try_fold(Number::ZERO, Number::plus)
}
