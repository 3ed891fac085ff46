//! The values at which something can change.

use crate::campaign::Quantity;
use crate::evaluate::{Counts, FormPlan, Judgement, LevelOutcome, Measured, Outcome, Plan, Reach};
use crate::value::Number;

use super::{Over, Unit, rescaled};

/// More values than this are not tried: then not every one at which something changes is found.
pub const MOST_CANDIDATES: usize = 100_000;

/// The values to be tried.
pub(super) struct Candidates {
    pub values: Vec<Number>,
    /// Whether nothing changes but at these.
    pub exact: bool,
    /// Whether there is nothing between them.
    pub discrete: bool,
}

/// The steps of a number of which nothing is known: every day, or every whole number. Between days there is nothing, so
/// those are all; whole numbers are not.
pub(super) fn steps(over: &Over) -> Candidates {
    let mut steps = Vec::new();
    let mut at = over.from.floor();
    while at <= over.to && steps.len() < MOST_CANDIDATES {
        steps.push(at);
        let Ok(next) = at.plus(Number::ONE) else { break };
        at = next;
    }
    let all = over.unit == Unit::Day && steps.last().is_some_and(|last| *last >= over.to);
    Candidates { values: steps, exact: all, discrete: true }
}

/// The values that follow from where a number enters and from what the ends of the range give.
pub(super) fn values(over: &Over, reach: &Reach, plan: &Plan, ends: &[Outcome; 2]) -> Candidates {
    let mut all = Gathered { over, values: reach.values.clone(), exact: !reach.open };
    if reach.quota {
        // A quota is a whole number: it cannot be anything between.
        let whole = |value: &Number| over.from <= *value && *value <= over.to;
        let steps = steps(over);
        let exact = all.exact
            && reach.shares.is_empty()
            && steps.values.last().is_some_and(|last| last.plus(Number::ONE).is_ok_and(|it| it > over.to));
        return Candidates { values: steps.values.into_iter().filter(whole).collect(), exact, discrete: true };
    }
    for (level, criterion) in &reach.bars {
        all.bar(*level, *criterion, plan, ends);
    }
    for (level, criterion) in &reach.weights {
        all.weight(*level, *criterion, plan, ends, reach);
    }
    let mut scaled: Vec<usize> = reach.weights.iter().map(|(level, _)| *level).collect();
    scaled.dedup();
    for level in scaled {
        all.scores(level, plan, ends);
    }
    for level in &reach.grades {
        all.grade(*level, ends, reach);
    }
    for (level, award) in &reach.shares {
        all.share(*level, *award, ends, reach);
    }
    all.values.sort_unstable();
    all.values.dedup();
    all.values.retain(|value| over.from <= *value && *value <= over.to);
    if all.values.len() > MOST_CANDIDATES {
        all.values.truncate(MOST_CANDIDATES);
        all.exact = false;
    }
    Candidates { values: all.values, exact: all.exact, discrete: false }
}

pub(super) struct Gathered<'g> {
    over: &'g Over,
    values: Vec<Number>,
    exact: bool,
}

/// Points at stake that go from one number to another, and the part of them that is earned.
pub(super) struct Stake {
    pub low: Number,
    pub high: Number,
    pub part: Number,
    pub places: u32,
}

impl Stake {
    /// How far on the way the part rounds to the next number; nothing where that is too often.
    pub fn steps(&self) -> Option<Vec<Number>> {
        let unit = Number::whole(10_i64.checked_pow(self.places)?);
        let scaled = |stake: Number| stake.times(self.part).ok()?.times(unit).ok();
        let (from, to) = (scaled(self.low)?, scaled(self.high)?);
        let way = to.minus(from).ok()?;
        let mut steps = Vec::new();
        if way == Number::ZERO {
            return Some(steps);
        }
        let mut step = from.min(to).floor().minus(Number::ratio(1, 2)?).ok()?;
        while step <= from.max(to) {
            if step >= from.min(to) {
                steps.push(step.minus(from).ok()?.over(way).ok()?);
            }
            if steps.len() > MOST_CANDIDATES * 4 {
                return None;
            }
            step = step.plus(Number::ONE).ok()?;
        }
        Some(steps)
    }
}

impl Gathered<'_> {
    /// A bar: what units measured; and where points are in proportion, where they round to the next.
    fn bar(&mut self, level: usize, criterion: usize, plan: &Plan, ends: &[Outcome; 2]) {
        let [low, _] = ends;
        let Some((of, judged)) = low.levels.get(level).zip(planned(plan, level, criterion)) else { return };
        let form = judged.points.as_ref().map(|points| &points.form);
        let proportional = matches!(form, Some(FormPlan::Proportional));
        for judgement in judgements(of, criterion) {
            let measured = measured(&judgement);
            self.values.extend(&measured);
            let scored = of.settings.rounding.is_some();
            if let Some(points) = judgement.points.filter(|_| proportional && scored) {
                match of.settings.rounding.and_then(|rounding| rounding.items) {
                    Some(places) => {
                        for value in measured {
                            self.proportions(value, points.of, places);
                        }
                    }
                    // Without rounding points move all the time.
                    None => self.exact = false,
                }
            }
        }
    }

    /// The bars at which `of × value ÷ bar` rounds to the next number: `of × value ÷ (k + ½) × 10^places`.
    fn proportions(&mut self, value: Number, of: Number, places: u32) {
        let all = (|| {
            let unit = Number::whole(10_i64.checked_pow(places)?);
            let whole = of.times(value).ok()?.times(unit).ok()?;
            let from =
                if self.over.from > Number::ZERO { whole.over(self.over.from).ok()? } else { of.times(unit).ok()? };
            let least = whole.over(self.over.to).ok()?.floor();
            let half = Number::ratio(1, 2)?;
            let mut step = least.minus(half).ok()?;
            while step <= from.min(of.times(unit).ok()?.plus(Number::ONE).ok()?) {
                if step > Number::ZERO {
                    self.values.push(whole.over(step).ok()?);
                }
                if self.values.len() > MOST_CANDIDATES * 4 {
                    return None;
                }
                step = step.plus(Number::ONE).ok()?;
            }
            Some(())
        })();
        self.exact &= all.is_some();
    }

    /// Points at stake: where the part that a unit earns rounds to the next number. The stakes lie on a line between
    /// both ends of the range.
    fn weight(&mut self, level: usize, criterion: usize, plan: &Plan, ends: &[Outcome; 2], reach: &Reach) {
        let [low, high] = ends;
        let Some((of, judged)) = low.levels.get(level).zip(planned(plan, level, criterion)) else { return };
        let Some(at_high) = high.levels.get(level) else { return };
        let Some(rounding) = of.settings.rounding else { return };
        let Some(form) = judged.points.as_ref().map(|points| &points.form) else { return };
        let Some(places) = rounding.items else {
            self.exact = false;
            return;
        };
        // Where the bar moves too, points round nowhere in particular.
        let is_scaled = plan.levels.get(level).is_none_or(|level| level.score_of.is_some());
        let other = !matches!(form, FormPlan::AllOrNothing | FormPlan::Proportional);
        self.exact &= !(reach.bars.contains(&(level, criterion)) || is_scaled || other);
        for (judgement, at_the_end) in judgements(of, criterion).zip(judgements(at_high, criterion)) {
            let Some((stake, then)) = judgement.points.zip(at_the_end.points) else { continue };
            let parts = match form {
                FormPlan::Proportional => parts(&judgement),
                _ => vec![Number::ONE],
            };
            for part in parts {
                self.rounded(&Stake { low: stake.of, high: then.of, part, places });
            }
        }
    }

    /// A value that lies so far on the way from one end of the range to the other; nothing where there are too many.
    pub fn put(&mut self, way: Number) -> Option<()> {
        let range = self.over.to.minus(self.over.from).ok()?;
        self.values.push(way.times(range).ok()?.plus(self.over.from).ok()?);
        (self.values.len() <= MOST_CANDIDATES * 4).then_some(())
    }

    /// The values at which a part of a stake rounds to the next number.
    fn rounded(&mut self, stake: &Stake) {
        let all = stake.steps().and_then(|steps| steps.into_iter().try_for_each(|step| self.put(step)));
        self.exact &= all.is_some();
    }

    /// Scores of a level that are scaled up for what does not apply: where they round to the next number.
    fn scores(&mut self, level: usize, plan: &Plan, ends: &[Outcome; 2]) {
        let [low, high] = ends;
        let (Some(low), Some(high)) = (low.levels.get(level), high.levels.get(level)) else { return };
        let rescales =
            low.settings.not_applicable.is_none_or(|policy| policy == crate::campaign::NotApplicable::Rescale);
        let points = low.units.iter().flat_map(|unit| unit.criteria.iter()).filter_map(|judgement| judgement.points);
        let scaled = points.into_iter().any(|points| !matches!(points.counts, Counts::Fully | Counts::LeftOut));
        if rescales && scaled {
            let all = plan.levels.get(level).and_then(|plan| rescaled::scores(self, plan, [low, high]));
            self.exact &= all.is_some();
        }
    }

    /// A part of a set: where it comes to a whole place, or to a half of one.
    fn share(&mut self, level: usize, award: usize, ends: &[Outcome; 2], reach: &Reach) {
        let sizes = |outcome: &Outcome| {
            let cuts = outcome.levels.get(level).and_then(|level| level.awards.get(award)).map(|head| &head.cuts);
            let measures = cuts.into_iter().flatten().filter_map(|cut| cut.measure);
            measures.flat_map(|measure| [measure.of.0, measure.of.1]).collect::<Vec<_>>()
        };
        let [low, high] = ends;
        let of = sizes(low);
        // The sets must not move themselves.
        let others = reach.bars.iter().chain(&reach.weights).any(|(of, _)| *of == level);
        self.exact &= of == sizes(high) && !others && reach.grades.is_empty() && reach.shares.len() == 1;
        for size in of {
            self.exact &= self.parts(size).is_some();
        }
    }

    fn parts(&mut self, size: usize) -> Option<()> {
        let Some(two) = size.checked_mul(2).filter(|two| *two > 0) else { return Some(()) };
        let halves = Number::count(two as u64);
        let mut step = self.over.from.times(halves).ok()?.floor();
        while step <= self.over.to.times(halves).ok()? {
            self.values.push(step.over(halves).ok()?);
            if self.values.len() > MOST_CANDIDATES * 4 {
                return None;
            }
            step = step.plus(Number::ONE).ok()?;
        }
        Some(())
    }

    /// The bar of a grade: the scores of units.
    fn grade(&mut self, level: usize, ends: &[Outcome; 2], reach: &Reach) {
        let [low, _] = ends;
        self.exact &= !reach.bars.iter().chain(&reach.weights).any(|(of, _)| *of == level);
        for score in low.levels.get(level).into_iter().flat_map(|level| &level.units).filter_map(|unit| unit.score) {
            self.values.extend([score.least, score.greatest].into_iter().flatten());
        }
    }
}

fn planned(plan: &Plan, level: usize, criterion: usize) -> Option<&crate::evaluate::CriterionPlan> {
    plan.levels.get(level)?.criteria.get(criterion)
}

fn judgements(level: &LevelOutcome, criterion: usize) -> impl Iterator<Item = Judgement> {
    level.units.iter().filter_map(move |unit| unit.criteria.get(criterion))
}

/// The ends of what was measured.
fn measured(judgement: &Judgement) -> Vec<Number> {
    let number = match &judgement.measured {
        Measured::Fraction(fraction) => fraction.number(),
        Measured::Number(number) => *number,
        _ => return Vec::new(),
    };
    [number.least(), number.greatest()].into_iter().flatten().collect()
}

/// The part of its stake that a unit earns in proportion, at one end of what is known.
pub(super) fn measured_part(judgement: &Judgement, greatest: bool) -> Number {
    let all = parts(judgement);
    let measured = all.get(..all.len().saturating_sub(1)).unwrap_or_default();
    let part = if greatest { measured.iter().max() } else { measured.iter().min() };
    part.copied().unwrap_or(Number::ONE)
}

/// The parts of its stake that a unit earns, at both ends of what is known: value ÷ bar, at most all.
fn parts(judgement: &Judgement) -> Vec<Number> {
    let lower = judgement.target.iter().find(|bar| bar.kind.is_lower());
    let Some(Quantity::Number { number: bar, .. }) = lower.and_then(|bar| bar.value.as_ref()) else {
        return vec![Number::ONE];
    };
    let part = |value: Number| value.over(*bar).map_or(Number::ONE, |part| part.min(Number::ONE).max(Number::ZERO));
    measured(judgement).into_iter().map(part).chain([Number::ONE]).collect()
}
