//! How sure is it: ranks and awards when points vary, when what is unknown turns out, when a criterion is left out.
//!
//! What is unknown needs no drawing of lots: the outcome itself is sound for every completion, and its ranks lie between
//! a best and a worst place. Weights are drawn, with a seed, so the chances are the same every time; how far one weight
//! may move before the set of winners changes is not drawn but swept.

use crate::campaign::{Campaign, Quantity};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::document::{Entry, Node, Table, merge};
use crate::evaluate::{
    AwardVerdict, Brief, FormPlan, LevelOutcome, Line, Measured, Open, Outcome, Part, UnitOutcome, Verdict, Written,
};
use crate::patch;
use crate::source::{Place, Source};
use crate::value::{Number, Parts, Possible, nearest};

use super::base::{Base, Ready, World};
use super::sweep::{End, Over, Unit, winners_stay};
use super::weights::Weights;
use super::work::on_all;

const CRITERION: Phrase = Phrase::new("criterion with points", "tiêu chí có điểm");

/// What is asked.
#[derive(Clone, Debug)]
pub struct Vary {
    /// How far every weight may move up or down, as a part of itself, where no range is said.
    pub by: Number,
    /// Ranges of single weights; they go before those that the campaign declares.
    pub ranges: Vec<Range>,
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
        Self { by: part(4), ranges: Vec::new(), draws: 1000, seed: 1, near: part(100) }
    }
}

/// A range in which the weight of a criterion may lie.
#[derive(Clone, Debug)]
pub struct Range {
    /// The criterion.
    pub criterion: String,
    /// The least weight.
    pub from: Number,
    /// The greatest.
    pub to: Number,
    /// Where it is said.
    pub place: Place,
}

impl Range {
    /// Reads `union_coverage=15..30`.
    pub fn parse(text: &str, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let source = Source::new(format!("--range {text}"), text);
        let place = Place::text(&source, 0..text.len());
        let range = text.split_once('=').and_then(|(criterion, span)| {
            let (from, to) = span.split_once("..")?;
            let (from, to) = (Number::parse(from.trim()).ok()?, Number::parse(to.trim()).ok()?);
            Some(Self { criterion: criterion.trim().to_owned(), from, to, place: place.clone() })
        });
        let range = range.filter(Self::is_possible);
        if range.is_none() {
            faults.push(Diagnostic::new(&catalogue::BAD_RANGE).with("text", text).at(&place));
        }
        range
    }

    fn is_possible(&self) -> bool {
        !self.from.is_negative() && self.from <= self.to
    }
}

/// The ranges that a campaign declares; one that names no criterion with a weight is reported.
pub fn declared_ranges(document: &Node, campaign: &Campaign, faults: &mut Vec<Diagnostic>) -> Vec<Range> {
    let entries: Vec<&Entry> = document.get("vary").and_then(Node::table).into_iter().flat_map(Table::iter).collect();
    let mut ranges = Vec::new();
    for entry in entries {
        let end = |key: &str| entry.node.get(key).and_then(Node::number);
        let Some((from, to)) = end("from").zip(end("to")) else { continue };
        let range = Range { criterion: entry.key.clone(), from, to, place: entry.place.clone() };
        if entry.node.get("clause").is_none() && entry.node.get("assumed").is_none() {
            faults.push(Diagnostic::new(&catalogue::NUMBER_WITHOUT_SOURCE).with("key", "vary").at(&range.place));
        }
        if !range.is_possible() {
            let text = format!("{from}..{to}");
            faults.push(Diagnostic::new(&catalogue::BAD_RANGE).with("text", text).at(&range.place));
        }
        faults.extend(unknown(&range, campaign));
        ranges.push(range);
    }
    ranges
}

/// What is said of a range whose criterion has no weight.
fn unknown(range: &Range, campaign: &Campaign) -> Option<Diagnostic> {
    let known = weights(campaign);
    let ids = known.iter().map(|(id, _)| id.as_str());
    if ids.clone().any(|id| id == range.criterion) {
        return None;
    }
    let near = nearest(&range.criterion, ids.clone());
    let list = near.is_none().then(|| ids.collect::<Vec<_>>().join(", "));
    let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", CRITERION).with("name", &range.criterion);
    Some(fault.maybe("near", near).maybe("known", list).at(&range.place))
}

/// What came of it.
#[derive(Debug)]
pub struct Robust {
    /// What was asked.
    pub vary: Vary,
    /// The weights that were moved.
    pub weights: Vec<Weight>,
    /// One for each unit of a level that scores.
    pub units: Vec<Standing>,
    /// For each weight: how far it may move alone before the set of winners changes.
    pub stable: Vec<Stable>,
    /// Units near a bar, and how many points hang on it.
    pub cliffs: Vec<Cliff>,
    /// How many units stand just above and just below each bar.
    pub heaps: Vec<Heap>,
    /// The outcome today.
    pub outcome: Outcome,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// A weight that was moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weight {
    /// The criterion.
    pub criterion: String,
    /// The path of its number.
    pub path: String,
    /// What it is today.
    pub today: Number,
    /// The least that was drawn from.
    pub from: Number,
    /// The greatest.
    pub to: Number,
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
    /// For each place that occurred in a draw: in how many it surely was the unit's, and in how many it may have been.
    pub places: Vec<(usize, u32, u32)>,
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
    /// Whether one row more or less with the property takes it to the other side.
    pub one_row: bool,
    /// The points that it has of how many.
    pub points: Option<(Number, Number)>,
}

/// The units around a bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heap {
    /// The level.
    pub level: String,
    /// The criterion.
    pub criterion: String,
    /// How many units near the bar meet it.
    pub above: usize,
    /// How many near it miss it.
    pub below: usize,
    /// How many points the last step to the bar brings; nothing where their form does not say it.
    pub jump: Option<Number>,
}

/// Looks at how sure the ranks and awards of a campaign are.
///
/// # Errors
/// A range of what has no weight, and all that keeps the campaign with other weights from being evaluated.
pub fn robust(base: &Base, vary: Vary) -> Result<Robust, Vec<Diagnostic>> {
    let mut warnings = Vec::new();
    let weights = ranged(base, &vary)?;
    let runs = Runs::new(base, &weights)?;
    let drawn = runs.drawn(&(0..vary.draws).map(|turn| draw(&weights, vary.seed, turn)).collect::<Vec<_>>())?;
    let left_out = runs.judged_again(&(0..weights.len()).map(|at| without(&weights, at)).collect::<Vec<_>>())?;
    let mut stable = Vec::new();
    for weight in &weights {
        stable.extend(stability(base, weight)?);
    }
    if base.outcome.levels.iter().flat_map(|level| &level.units).any(|unit| is_open(&unit)) {
        warnings.push(Diagnostic::new(&catalogue::RANKS_MAY_BE_WIDE));
    }
    let cliffs = cliffs(&base.outcome, vary.near);
    Ok(Robust {
        units: units(&base.outcome, &drawn, &left_out),
        heaps: heaps(base, &cliffs),
        vary,
        weights,
        stable,
        cliffs,
        outcome: base.outcome.clone(),
        warnings,
    })
}

/// The weights with the ranges in which they move: that which is asked for, else the declared one, else around today's.
fn ranged(base: &Base, vary: &Vary) -> Result<Vec<Weight>, Vec<Diagnostic>> {
    let campaign = &base.plan.campaign;
    let mut faults: Vec<Diagnostic> = vary.ranges.iter().filter_map(|range| unknown(range, campaign)).collect();
    let declared = declared_ranges(&base.world.document, campaign, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let weight = |(criterion, today): (String, Number)| {
        let said = vary.ranges.iter().rev().chain(&declared).find(|range| range.criterion == criterion);
        let way = today.times(vary.by).unwrap_or(Number::ZERO);
        let around = (today.minus(way).unwrap_or(today), today.plus(way).unwrap_or(today));
        let (from, to) = said.map_or(around, |range| (range.from, range.to));
        let path = path(&criterion);
        Weight { criterion, path, today, from: from.max(Number::ZERO), to }
    };
    Ok(weights(campaign).into_iter().map(weight).collect())
}

/// Weights as they are drawn: in thousandths of the way from the middle of a range to its ends.
fn draw(weights: &[Weight], seed: u64, turn: u32) -> Vec<Number> {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(turn)));
    weights.iter().map(|weight| dice.between(weight.from, weight.to).unwrap_or(weight.today)).collect()
}

/// Today's weights, one of them nothing.
fn without(weights: &[Weight], left_out: usize) -> Vec<Number> {
    let of = |(at, weight): (usize, &Weight)| if at == left_out { Number::ZERO } else { weight.today };
    weights.iter().enumerate().map(of).collect()
}

/// The campaign with other weights. It is planned once: only numbers differ.
struct Runs<'r> {
    base: &'r Base,
    ready: Ready,
    open: Option<Open>,
    /// For each number of the plan that is left open, the weight that it is.
    of: Vec<usize>,
    criteria: Vec<String>,
    /// Whether rules say what some of the criteria earn: the points at stake are then written into these rules too.
    is_written_into_rules: bool,
}

impl<'r> Runs<'r> {
    fn new(base: &'r Base, weights: &[Weight]) -> Result<Self, Vec<Diagnostic>> {
        let criteria: Vec<String> = weights.iter().map(|weight| weight.criterion.clone()).collect();
        let today: Vec<Number> = weights.iter().map(|weight| weight.today).collect();
        let ready = base.ready(&world(base, &criteria, &today), &mut Vec::new())?;
        let (mut parts, mut of, mut is_written_into_rules) = (Vec::new(), Vec::new(), false);
        for (level, planned) in ready.plan.levels.iter().enumerate() {
            for (criterion, judged) in planned.criteria.iter().enumerate().filter(|(_, it)| it.points.is_some()) {
                let id = ready.plan.campaign.criteria.get(judged.criterion).map(|it| &it.id);
                let weight = criteria.iter().position(|known| Some(known) == id);
                parts.extend(weight.map(|_| Part::Weight { level, criterion }));
                of.extend(weight);
                let form = judged.points.as_ref().map(|points| &points.form);
                is_written_into_rules |= weight.is_some() && matches!(form, Some(FormPlan::Rule { .. }));
            }
        }
        let open = Open::new(&ready.plan, &parts);
        Ok(Self { base, ready, open, of, criteria, is_written_into_rules })
    }

    /// What is decided with each of some weights.
    fn drawn(&self, weights: &[Vec<Number>]) -> Result<Vec<Brief>, Vec<Diagnostic>> {
        if self.is_written_into_rules { self.planned_anew(weights) } else { self.judged_again(weights) }
    }

    fn planned_anew(&self, weights: &[Vec<Number>]) -> Result<Vec<Brief>, Vec<Diagnostic>> {
        let run = |weights: &Vec<Number>| self.base.run(&world(self.base, &self.criteria, weights));
        let runs = on_all(self.base.threads, weights, |weights| run(weights).map(|ran| Brief::of(&ran.outcome)));
        runs.into_iter().collect()
    }

    /// The same without a new plan, which has today's weights in its rules: right where rules have none in them, and
    /// where weights are today's or nothing, for what a rule makes of points does not matter if none are at stake.
    fn judged_again(&self, weights: &[Vec<Number>]) -> Result<Vec<Brief>, Vec<Diagnostic>> {
        let Some(open) = &self.open else { return self.planned_anew(weights) };
        let number = |weights: &Vec<Number>| {
            let of = self.of.iter().filter_map(|at| weights.get(*at).copied().map(Written::Number));
            of.collect::<Vec<_>>()
        };
        let values: Vec<Vec<Written>> = weights.iter().map(number).collect();
        Ok(self.base.briefs(open, &self.ready, &values))
    }
}

fn world(base: &Base, criteria: &[String], weights: &[Number]) -> World {
    let mut world = base.world.clone();
    for (id, weight) in criteria.iter().zip(weights) {
        put(&mut world, id, *weight);
    }
    world
}

fn is_open(unit: &UnitOutcome<'_>) -> bool {
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

fn units(outcome: &Outcome, drawn: &[Brief], left_out: &[Brief]) -> Vec<Standing> {
    let mut standings = Vec::new();
    for (at, level) in outcome.levels.iter().enumerate() {
        for (place, unit) in level.units.iter().enumerate() {
            let lines = |briefs: &'_ [Brief]| -> Vec<Line> {
                briefs.iter().filter_map(|brief| brief.levels.get(at)?.get(place).cloned()).collect()
            };
            standings.push(standing(level, &unit, &lines(drawn), &lines(left_out)));
        }
    }
    standings.into_iter().filter(|standing| standing.today.is_some() || !standing.awards.is_empty()).collect()
}

fn standing(level: &LevelOutcome, unit: &UnitOutcome<'_>, drawn: &[Line], left_out: &[Line]) -> Standing {
    let span = |lines: &[Line]| {
        let places = lines.iter().filter_map(|line| line.rank.map(|(best, worst, _)| (best, worst)));
        places.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
    };
    let count = |holds: &dyn Fn(&&Line) -> bool| u32::try_from(drawn.iter().filter(holds).count()).unwrap_or(u32::MAX);
    let awards = level.awards.iter().enumerate().map(|(award, head)| {
        let is = |line: &Line, wanted: &[AwardVerdict]| {
            line.awards.get(award).copied().flatten().is_some_and(|verdict| wanted.contains(&verdict))
        };
        let sure = count(&|line| is(line, &[AwardVerdict::Granted]));
        let perhaps = [AwardVerdict::Granted, AwardVerdict::Undetermined, AwardVerdict::TiedAtCut];
        (head.id.clone(), sure, count(&|line| is(line, &perhaps)))
    });
    let drawn_span = span(drawn);
    let place = |place: usize| {
        let sure = count(&|line| line.rank.is_some_and(|(best, worst, _)| best == place && worst == place));
        let perhaps = count(&|line| line.rank.is_some_and(|(best, worst, _)| best <= place && place <= worst));
        (place, sure, perhaps)
    };
    let places = drawn_span.into_iter().flat_map(|(best, worst)| best..=worst).map(place);
    Standing {
        level: level.id.clone(),
        unit: unit.id.to_owned(),
        name: unit.name.map(str::to_owned),
        cluster: unit.cluster.map(str::to_owned),
        today: unit.rank.as_ref().map(|rank| (rank.best, rank.worst)),
        drawn: drawn_span,
        left_out: span(left_out),
        places: places.filter(|(_, _, perhaps)| *perhaps > 0).collect(),
        awards: awards.collect(),
    }
}

/// How far a weight may move alone before the set of winners changes.
fn stability(base: &Base, weight: &Weight) -> Result<Option<Stable>, Vec<Diagnostic>> {
    // A weight that only the defaults say has no path of its own.
    if weight.from >= weight.to || patch::find(&base.world.document, &weight.path).is_none() {
        return Ok(None);
    }
    let path = weight.path.clone();
    let over = Over { path, from: weight.from, to: weight.to, unit: Unit::Plain, weights: Weights::Absolute };
    let stays = winners_stay(base, &over, weight.today)?;
    let stable = |(span, exact)| Stable { path: weight.path.clone(), today: weight.today, span, exact };
    Ok(stays.map(stable))
}

/// Units whose value lies near a bar.
fn cliffs(outcome: &Outcome, near: Number) -> Vec<Cliff> {
    let mut cliffs = Vec::new();
    for level in &outcome.levels {
        for unit in &level.units {
            for (head, judgement) in level.criteria.iter().zip(unit.criteria.iter()) {
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
                let one_row = crosses_with_one_row(&judgement.measured, value, bar);
                if !one_row && far.is_none_or(|(far, near)| far > near) {
                    continue;
                }
                cliffs.push(Cliff {
                    level: level.id.clone(),
                    unit: unit.id.to_owned(),
                    name: unit.name.map(str::to_owned),
                    criterion: head.id.clone(),
                    value,
                    bar,
                    percent,
                    met: matches!(judgement.verdict, Verdict::Met | Verdict::Exceeded),
                    one_row,
                    points: judgement.points.map(|points| (points.least, points.of)),
                });
            }
        }
    }
    cliffs
}

/// Whether a share comes to the other side of a bar with one row more or less that has the property.
fn crosses_with_one_row(measured: &Measured, value: Number, bar: Number) -> bool {
    let Measured::Fraction(fraction) = measured else { return false };
    let Parts::Rows(tally) = fraction.parts else { return false };
    let share = |met: u64| Number::count(met).over(Number::count(tally.of())).ok();
    if value < bar {
        share(tally.met + 1).is_some_and(|share| share >= bar)
    } else {
        tally.met.checked_sub(1).and_then(share).is_some_and(|share| share < bar)
    }
}

/// How many units stand on either side near each bar.
fn heaps(base: &Base, cliffs: &[Cliff]) -> Vec<Heap> {
    let mut heaps: Vec<Heap> = Vec::new();
    for cliff in cliffs {
        let same = |heap: &&mut Heap| heap.level == cliff.level && heap.criterion == cliff.criterion;
        let (above, below) = (usize::from(cliff.met), usize::from(!cliff.met));
        match heaps.iter_mut().find(same) {
            Some(heap) => (heap.above, heap.below) = (heap.above + above, heap.below + below),
            None => heaps.push(Heap {
                level: cliff.level.clone(),
                criterion: cliff.criterion.clone(),
                above,
                below,
                jump: jump(base, cliff),
            }),
        }
    }
    heaps
}

/// How many points the last step to a bar brings.
fn jump(base: &Base, cliff: &Cliff) -> Option<Number> {
    let levels = base.plan.campaign.levels.iter().zip(&base.plan.levels);
    let (_, planned) = levels.into_iter().find(|(level, _)| level.id == cliff.level)?;
    let is_it = |at: usize| base.plan.campaign.criteria.get(at).is_some_and(|it| it.id == cliff.criterion);
    let points = planned.criteria.iter().find(|it| is_it(it.criterion))?.points.as_ref()?;
    match points.form {
        FormPlan::AllOrNothing => cliff.points.map(|(_, of)| of),
        FormPlan::Proportional => Some(Number::ZERO),
        _ => None,
    }
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

    /// A value of a range, in steps of a two-thousandth of it: exact, as all numbers here.
    fn between(&mut self, from: Number, to: Number) -> Option<Number> {
        let steps = i64::try_from(self.next() % 2001).ok()?;
        from.plus(to.minus(from).ok()?.times(Number::ratio(steps, 2000)?).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_in_their_range_and_repeat() {
        let (five, fifteen) = (Number::whole(5), Number::whole(15));
        let draw = |seed| {
            let mut dice = Dice(seed);
            (0..200).map(|_| dice.between(five, fifteen).unwrap()).collect::<Vec<_>>()
        };
        let drawn = draw(7);
        assert_eq!(drawn, draw(7));
        assert_ne!(drawn, draw(8));
        assert!(drawn.iter().all(|value| five <= *value && *value <= fifteen));
        let ten = Number::whole(10);
        assert!(drawn.iter().any(|value| *value < ten) && drawn.iter().any(|value| *value > ten));
    }
}
