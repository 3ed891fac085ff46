//! Scores that are scaled up for what does not apply, as a weight moves.
//!
//! A unit has `earned × full ÷ stake`: the full score and the stake of what applies to it lie on lines between both ends
//! of the range, and what it earned stays the same between two values at which one of its items rounds to the next number.
//! So where its score rounds to the next number is the root of an equation of the first degree, and exact.

use crate::campaign::Pot;
use crate::evaluate::{Counts, FormPlan, KeySource, LevelOutcome, LevelPlan, Score, UnitOutcome};
use crate::value::Number;

use super::candidate::{Gathered, Stake, measured_part};

/// What a number is at both ends of the range.
#[derive(Clone, Copy)]
struct Line {
    low: Number,
    high: Number,
}

/// The score of a unit at one end of what is known.
struct Scored {
    /// What is earned in items that do not move.
    fixed: Number,
    /// The items that move: their stakes, and the part of it that is earned.
    moved: Vec<(Line, Number)>,
    /// The sum of all stakes.
    full: Line,
    /// The sum of those that apply.
    stake: Line,
    /// What stands beside the full score.
    beside: Number,
}

/// Adds the values at which scores of a level round to the next number; nothing where that is not certain.
pub(super) fn scores(all: &mut Gathered<'_>, level: &LevelPlan, ends: [&LevelOutcome; 2]) -> Option<()> {
    let rounding = ends[0].settings.rounding?;
    let (items, places) = (rounding.items?, rounding.score?);
    let by_score = level.rank.iter().chain(level.awards.iter().flat_map(|award| &award.by));
    if by_score.into_iter().any(|key| matches!(key.source, KeySource::UnroundedScore)) || level.score_of.is_some() {
        return None;
    }
    for (low, high) in ends[0].units.iter().zip(ends[1].units.iter()) {
        if low.row != high.row {
            return None;
        }
        let (Some(score), Some(then)) = (low.score, high.score) else { continue };
        let mut known: Option<Number> = None;
        for greatest in [false, true] {
            let (Some(at_low), Some(at_high)) = (unrounded(&score, greatest), unrounded(&then, greatest)) else {
                continue;
            };
            if greatest && known == Some(at_low) && unrounded(&then, false) == Some(at_high) {
                continue;
            }
            known = Some(at_low);
            let scored = Scored::of(level, &low, &high, greatest, items)?;
            scored.steps(all, Line { low: at_low, high: at_high }, items, places)?;
        }
    }
    Some(())
}

fn unrounded(score: &Score, greatest: bool) -> Option<Number> {
    score.unrounded.map(|(least, most)| if greatest { most } else { least })
}

impl Scored {
    fn of(
        level: &LevelPlan,
        low: &UnitOutcome<'_>,
        high: &UnitOutcome<'_>,
        greatest: bool,
        places: u32,
    ) -> Option<Self> {
        let nothing = Line { low: Number::ZERO, high: Number::ZERO };
        let mut scored =
            Self { fixed: Number::ZERO, moved: Vec::new(), full: nothing, stake: nothing, beside: Number::ZERO };
        for (criterion, (low, high)) in level.criteria.iter().zip(low.criteria.iter().zip(high.criteria.iter())) {
            let (Some(here), Some(there)) = (low.points, high.points) else { continue };
            if here.pot != Pot::Base || here.counts == Counts::LeftOut {
                continue;
            }
            let of = Line { low: here.of, high: there.of };
            scored.full = scored.full.plus(of)?;
            match here.counts {
                Counts::NotApplicable => continue,
                Counts::Fully if here.counts == there.counts => scored.stake = scored.stake.plus(of)?,
                _ => return None,
            }
            let earned = |points: &crate::evaluate::Points| if greatest { points.greatest } else { points.least };
            let (earned, then) = (earned(&here), earned(&there));
            if of.low == of.high && earned == then {
                scored.fixed = scored.fixed.plus(earned).ok()?;
                continue;
            }
            let form = criterion.points.as_ref().map(|points| &points.form)?;
            let part = match form {
                FormPlan::AllOrNothing if earned == Number::ZERO && then == Number::ZERO => Number::ZERO,
                FormPlan::AllOrNothing => Number::ONE,
                FormPlan::Proportional => measured_part(&low, greatest),
                _ => return None,
            };
            // What is known of both ends holds it to account.
            let rounded = |of: Number| of.times(part).ok()?.round(places).ok();
            if rounded(of.low) != Some(earned) || rounded(of.high) != Some(then) {
                return None;
            }
            scored.moved.push((of, part));
        }
        Some(scored)
    }

    /// Adds the values at which the score rounds to the next number.
    fn steps(mut self, all: &mut Gathered<'_>, score: Line, items: u32, places: u32) -> Option<()> {
        self.beside = score.low.minus(self.scaled(self.earned(Number::ZERO, items)?, Number::ZERO)?).ok()?;
        // Where a score is held at a bound it lies on no such curve.
        let at_high = self.scaled(self.earned(Number::ONE, items)?, Number::ONE)?.plus(self.beside).ok()?;
        if at_high != score.high {
            return None;
        }
        let mut own = vec![Number::ZERO, Number::ONE];
        for (of, part) in &self.moved {
            own.extend(Stake { low: of.low, high: of.high, part: *part, places: items }.steps()?);
        }
        own.sort_unstable();
        own.dedup();
        for pair in own.windows(2) {
            let [from, to] = *pair else { continue };
            let middle = from.plus(to).ok()?.over(Number::whole(2)).ok()?;
            self.between(all, (from, to), self.earned(middle, items)?, places)?;
        }
        Some(())
    }

    /// The same between two values at which items round.
    fn between(&self, all: &mut Gathered<'_>, (from, to): (Number, Number), earned: Number, places: u32) -> Option<()> {
        let unit = Number::whole(10_i64.checked_pow(places)?);
        let (a, b) =
            (self.scaled(earned, from)?.plus(self.beside).ok()?, self.scaled(earned, to)?.plus(self.beside).ok()?);
        let half = Number::ratio(1, 2)?;
        let mut step = a.min(b).times(unit).ok()?.floor().minus(half).ok()?;
        while step <= a.max(b).times(unit).ok()? {
            let wanted = step.over(unit).ok()?.minus(self.beside).ok()?;
            // earned × (full + x × its way) = wanted × (stake + x × its way)
            let above = wanted.times(self.stake.low).ok()?.minus(earned.times(self.full.low).ok()?).ok()?;
            let below = earned.times(self.full.way()?).ok()?.minus(wanted.times(self.stake.way()?).ok()?).ok()?;
            if below != Number::ZERO {
                let at = above.over(below).ok()?;
                if from <= at && at <= to {
                    all.put(at)?;
                }
            }
            step = step.plus(Number::ONE).ok()?;
        }
        Some(())
    }

    /// What is earned, some way from the low end to the high one.
    fn earned(&self, way: Number, places: u32) -> Option<Number> {
        let moved = self.moved.iter().map(|(of, part)| of.at(way)?.times(*part).ok()?.round(places).ok());
        moved.into_iter().try_fold(self.fixed, |sum, item| sum.plus(item?).ok())
    }

    /// What was earned, scaled up to the full score; nothing where nothing applies.
    fn scaled(&self, earned: Number, way: Number) -> Option<Number> {
        earned.times(self.full.at(way)?).ok()?.over(self.stake.at(way)?).ok()
    }
}

impl Line {
    fn plus(self, other: Self) -> Option<Self> {
        Some(Self { low: self.low.plus(other.low).ok()?, high: self.high.plus(other.high).ok()? })
    }

    fn way(self) -> Option<Number> {
        self.high.minus(self.low).ok()
    }

    fn at(self, way: Number) -> Option<Number> {
        self.low.plus(self.way()?.times(way).ok()?).ok()
    }
}
