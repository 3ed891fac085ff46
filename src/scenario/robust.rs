//! How sure is it: ranks and awards when points vary, when what is unknown turns out, when a criterion is left out.
//!
//! What is unknown needs no drawing of lots: the outcome itself is sound for every completion, and its ranks lie between
//! a best and a worst place. Weights are drawn, with a seed, so the chances are the same every time; how far one weight
//! may move before the set of winners changes is not drawn but swept.

use crate::campaign::{Campaign, Quantity};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::merge;
use crate::evaluate::{AwardVerdict, LevelOutcome, Measured, Outcome, UnitOutcome};
use crate::patch;
use crate::source::Place;
use crate::value::{Number, Possible};

use super::base::{Base, World};
use super::sweep::{End, Over, Swept, Unit, sweep};
use super::weights::Weights;
use super::work::on_all;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Vary {
    /// How far every weight may move up or down, as a part of itself.
    pub by: Number,
    /// How many times weights are drawn.
    pub draws: u32,
    /// What the draws begin with.
    pub seed: u64,
    /// Units nearer to a bar than this are told, as a part of the bar.
    pub near: Number,
}

impl Default for Vary {
    /// A quarter up or down, a thousand draws, a hundredth of a bar.
    fn default() -> Self {
        let part = |of: i64| Number::ratio(1, of).unwrap_or(Number::ZERO);
        Self { by: part(4), draws: 1000, seed: 1, near: part(100) }
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Robust {
    /// What was asked.
    pub vary: Vary,
    /// The weights that were moved: the paths of their numbers.
    pub weights: Vec<String>,
    /// One for each unit of a level that scores.
    pub units: Vec<Standing>,
    /// For each weight: how far it may move alone before the set of winners changes.
    pub stable: Vec<Stable>,
    /// Units near a bar, and how many points hang on it.
    pub cliffs: Vec<Cliff>,
    /// The outcome today.
    pub outcome: Outcome,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// How sure the standing of a unit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: Option<String>,
    /// Its cluster.
    pub cluster: Option<String>,
    /// The best and the worst place today, whatever is unknown; sound, though perhaps wider than need be.
    pub today: Option<(usize, usize)>,
    /// The best and the worst place that occurred when weights were drawn.
    pub drawn: Option<(usize, usize)>,
    /// The best and the worst place that occurred when one criterion was left out.
    pub left_out: Option<(usize, usize)>,
    /// For each award, by id: in how many draws it was surely granted, and in how many it may have been.
    pub awards: Vec<(String, u32, u32)>,
}

/// How far a weight may move alone.
#[derive(Clone, Debug)]
pub struct Stable {
    /// The path of the weight.
    pub path: String,
    /// Its value today.
    pub today: Number,
    /// The values around it at which nobody else wins anything.
    pub span: (End, End),
    /// Whether every value was looked at.
    pub exact: bool,
}

/// A unit near a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cliff {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: Option<String>,
    /// The criterion.
    pub criterion: String,
    /// What it measured.
    pub value: Number,
    /// The bar.
    pub bar: Number,
    /// Whether it is written as a percentage.
    pub percent: bool,
    /// Whether it stands on the side that is met.
    pub met: bool,
    /// The points that it has of how many.
    pub points: Option<(Number, Number)>,
}

/// Looks at how sure the ranks and awards of a campaign are.
///
/// # Errors
/// All that keeps the campaign with other weights from being evaluated.
pub fn robust(base: &Base, vary: Vary) -> Result<Robust, Vec<Diagnostic>> {
    let mut warnings = Vec::new();
    let weights = weights(&base.plan.campaign);
    let turns: Vec<u32> = (0..vary.draws).collect();
    let runs = on_all(base.threads, &turns, |turn| {
        let mut dice = Dice(vary.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(*turn)));
        let mut world = base.world.clone();
        for (id, weight) in &weights {
            let moved = dice.around(*weight, vary.by).unwrap_or(*weight);
            put(&mut world, id, moved);
        }
        base.run(&world).map(|ran| standings(&ran.outcome))
    });
    let drawn: Vec<Vec<Drawn>> = runs.into_iter().collect::<Result<_, _>>()?;
    let mut left_out = Vec::new();
    for (id, _) in &weights {
        let mut world = base.world.clone();
        put(&mut world, id, Number::ZERO);
        left_out.push(standings(&base.run(&world)?.outcome));
    }
    let mut stable = Vec::new();
    for (id, weight) in &weights {
        stable.extend(stability(base, &path(id), *weight, vary.by)?);
    }
    if base.outcome.levels.iter().flat_map(|level| &level.units).any(is_open) {
        warnings.push(Diagnostic::new(&catalogue::RANKS_MAY_BE_WIDE));
    }
    Ok(Robust {
        vary,
        weights: weights.iter().map(|(id, _)| path(id)).collect(),
        units: units(&base.outcome, &drawn, &left_out),
        stable,
        cliffs: cliffs(&base.outcome, vary.near),
        outcome: base.outcome.clone(),
        warnings,
    })
}

fn is_open(unit: &UnitOutcome) -> bool {
    unit.rank.as_ref().is_some_and(|rank| rank.best != rank.worst)
}

/// The criteria that have a weight, with its number. Where several share a param, each is moved by itself.
fn weights(campaign: &Campaign) -> Vec<(String, Number)> {
    let weighed = campaign.criteria.iter().filter_map(|criterion| {
        Some((criterion.id.clone(), super::weights::weight(criterion, campaign).filter(|it| *it != Number::ZERO)?))
    });
    weighed.collect()
}

/// `criteria.x.points.max`; a criterion of a group stands under `each`.
fn path(id: &str) -> String {
    format!("criteria.{}.points.max", id.split('.').collect::<Vec<_>>().join(".each."))
}

/// Puts a weight in place of whatever stands there: a number, a param that others share, or what the defaults say.
fn put(world: &mut World, id: &str, weight: Number) {
    let part = super::weights::patch(id, weight, "drawn".to_owned(), &Place::Nowhere);
    world.document.table_mut().into_iter().for_each(|table| merge(table, &part));
}

/// What is drawn of a unit.
type Drawn = (Option<(usize, usize)>, Vec<Option<AwardVerdict>>);

fn standings(outcome: &Outcome) -> Vec<Drawn> {
    let of = |unit: &UnitOutcome| {
        let awards = unit.awards.iter().map(|award| award.as_ref().map(|award| award.verdict)).collect();
        (unit.rank.as_ref().map(|rank| (rank.best, rank.worst)), awards)
    };
    outcome.levels.iter().flat_map(|level| &level.units).map(of).collect()
}

fn units(outcome: &Outcome, drawn: &[Vec<Drawn>], left_out: &[Vec<Drawn>]) -> Vec<Standing> {
    let mut standings = Vec::new();
    let mut at = 0;
    for level in &outcome.levels {
        for unit in &level.units {
            standings.push(standing(level, unit, at, drawn, left_out));
            at += 1;
        }
    }
    standings.into_iter().filter(|standing| standing.today.is_some() || !standing.awards.is_empty()).collect()
}

fn standing(
    level: &LevelOutcome,
    unit: &UnitOutcome,
    at: usize,
    drawn: &[Vec<Drawn>],
    left_out: &[Vec<Drawn>],
) -> Standing {
    let span = |runs: &[Vec<Drawn>]| {
        let places = runs.iter().filter_map(|run| run.get(at)?.0);
        places.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let awards = level.awards.iter().enumerate().map(|(award, head)| {
        let verdicts = || drawn.iter().filter_map(|run| *run.get(at)?.1.get(award)?);
        let count =
            |holds: fn(&AwardVerdict) -> bool| u32::try_from(verdicts().filter(holds).count()).unwrap_or(u32::MAX);
        let sure = count(|verdict| *verdict == AwardVerdict::Granted);
        let perhaps = count(|verdict| {
            matches!(verdict, AwardVerdict::Granted | AwardVerdict::Undetermined | AwardVerdict::TiedAtCut)
        });
        (head.id.clone(), sure, perhaps)
    });
    Standing {
        level: level.id.clone(),
        unit: unit.id.clone(),
        name: unit.name.clone(),
        cluster: unit.cluster.clone(),
        today: unit.rank.as_ref().map(|rank| (rank.best, rank.worst)),
        drawn: span(drawn),
        left_out: span(left_out),
        awards: awards.collect(),
    }
}

/// How far a weight may move alone before the set of winners changes.
fn stability(base: &Base, path: &str, weight: Number, by: Number) -> Result<Option<Stable>, Vec<Diagnostic>> {
    let (Ok(less), Ok(more)) =
        (weight.times(by).and_then(|by| weight.minus(by)), weight.times(by).and_then(|by| weight.plus(by)))
    else {
        return Ok(None);
    };
    // A weight that only the defaults say has no path of its own.
    if less >= more || patch::find(&base.world.document, path).is_none() {
        return Ok(None);
    }
    let over = Over { path: path.to_owned(), from: less, to: more, unit: Unit::Plain, weights: Weights::Absolute };
    let swept = sweep(base, &over)?;
    Ok(Some(Stable { path: path.to_owned(), today: weight, span: winners_stay(&swept, weight), exact: swept.exact }))
}

/// The values around today's at which nobody else wins anything.
fn winners_stay(swept: &Swept, today: Number) -> (End, End) {
    let moves = |at: &&super::sweep::Break| {
        let wins = |said: &super::Said| *said == super::Said::Award(AwardVerdict::Granted);
        at.flips.iter().any(|flip| wins(&flip.before) != wins(&flip.after))
    };
    let below = |at: &&super::sweep::Break| at.at < today || (at.at == today && at.included);
    let from = swept.breaks.iter().filter(moves).rfind(below);
    let to = swept.breaks.iter().filter(moves).find(|at| !below(at));
    (
        from.map_or(End { at: swept.over.from, included: true }, |at| End { at: at.at, included: at.included }),
        to.map_or(End { at: swept.over.to, included: true }, |at| End { at: at.at, included: !at.included }),
    )
}

/// Units whose value lies near a bar.
fn cliffs(outcome: &Outcome, near: Number) -> Vec<Cliff> {
    let mut cliffs = Vec::new();
    for level in &outcome.levels {
        for unit in &level.units {
            for (head, judgement) in level.criteria.iter().zip(&unit.criteria) {
                let value = match &judgement.measured {
                    Measured::Fraction(fraction) => fraction.number(),
                    Measured::Number(number) => *number,
                    _ => Possible::none(),
                };
                let bar = judgement.target.iter().find_map(|bar| match bar.value {
                    Some(Quantity::Number { number, percent }) => Some((number, percent)),
                    _ => None,
                });
                let Some((value, (bar, percent))) = value.value().zip(bar) else { continue };
                let far = value.minus(bar).map(Number::absolute).ok().zip(bar.absolute().times(near).ok());
                if far.is_none_or(|(far, near)| far > near) {
                    continue;
                }
                cliffs.push(Cliff {
                    level: level.id.clone(),
                    unit: unit.id.clone(),
                    name: unit.name.clone(),
                    criterion: head.id.clone(),
                    value,
                    bar,
                    percent,
                    met: matches!(
                        judgement.verdict,
                        crate::evaluate::Verdict::Met | crate::evaluate::Verdict::Exceeded
                    ),
                    points: judgement.points.map(|points| (points.least, points.of)),
                });
            }
        }
    }
    cliffs
}

/// `SplitMix64`, the generator of Steele, Lea and Flood (2014): small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A value so far around another at most, in thousandths of the way: exact, as all numbers here.
    fn around(&mut self, value: Number, by: Number) -> Option<Number> {
        let thousandths = i64::try_from(self.next() % 2001).ok()? - 1000;
        let way = value.times(by).ok()?.times(Number::ratio(thousandths, 1000)?).ok()?;
        value.plus(way).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_around_and_repeat() {
        let (ten, half) = (Number::whole(10), Number::ratio(1, 2).unwrap());
        let draw = |seed| {
            let mut dice = Dice(seed);
            (0..200).map(|_| dice.around(ten, half).unwrap()).collect::<Vec<_>>()
        };
        let drawn = draw(7);
        assert_eq!(drawn, draw(7));
        assert_ne!(drawn, draw(8));
        assert!(drawn.iter().all(|value| Number::whole(5) <= *value && *value <= Number::whole(15)));
        assert!(drawn.iter().any(|value| *value < ten) && drawn.iter().any(|value| *value > ten));
    }
}
