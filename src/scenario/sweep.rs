//! One number of a campaign, moved from one end to another, and every value at which something changes.
//!
//! No grid is laid. A target, a param, a weight or a quota can change an answer only at values that follow from the data:
//! those that rows have beside it, those that units have measured, those at which points round to the next one, or whole
//! numbers. The campaign is evaluated at each of them and once between each two; what is the same on both sides of a
//! value is the same at every value between.

mod candidate;
mod map;
mod rescaled;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::{Content, Node};
use crate::evaluate::{
    AwardVerdict, Between, Brief, Line, Open, Options, Outcome, Plan, UnitOutcome, Written, evaluate_again, reach,
};
use crate::patch;
use crate::source::{Place, Source};
use crate::value::{Day, Number};

use super::base::{Base, Ready, World};
use super::change::{Change, Kind};
use super::difference::{Indexed, Item, Said, items};
use super::weights::Weights;
use super::work::on_all_with;

use candidate::Candidates;

pub use candidate::MOST_CANDIDATES;
pub use map::{Cell, MOST_CELLS, Mapped, Strip, Won, map};

/// What is moved, and from where to where.
#[derive(Clone, Debug)]
pub struct Over {
    /// The path of the number.
    pub path: String,
    /// The first value.
    pub from: Number,
    /// The last value.
    pub to: Number,
    /// How it is written.
    pub unit: Unit,
    /// What a weight does to the others.
    pub weights: Weights,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// As a number.
    Plain,
    /// As a percentage.
    Percent,
    /// As a day, counted from 1970-01-01.
    Day,
}

/// What came of a sweep.
#[derive(Debug)]
pub struct Swept {
    /// What was moved.
    pub over: Over,
    /// What it is today, if that is one number.
    pub today: Option<Number>,
    /// Whether every value at which something changes was found.
    pub exact: bool,
    /// How many evaluations it took.
    pub evaluations: usize,
    /// The values at which something changes, in order.
    pub breaks: Vec<Break>,
    /// The values around today's at which nothing changes; nothing where today's lies outside.
    pub stable: Option<(End, End)>,
    /// How many units have each award, before, between and behind the breaks: by level and award.
    pub awards: Vec<((String, String), Vec<Winners>)>,
    /// The outcome today, for titles.
    pub outcome: Outcome,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// Who has an award.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Winners {
    /// How many units.
    pub units: usize,
    /// In how many clusters.
    pub clusters: usize,
}

/// A value at which something changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// The value.
    pub at: Number,
    /// Whether it changes from this value on, or only beyond it.
    pub included: bool,
    /// What changes there.
    pub flips: Vec<Flip>,
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: Option<String>,
    /// What changes.
    pub item: Item,
    /// What is said below.
    pub before: Said,
    /// What is said from there on.
    pub after: Said,
}

/// An end of a span of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The value.
    pub at: Number,
    /// Whether it belongs to the span.
    pub included: bool,
}

impl Over {
    /// Reads `params.large_firm=15..30`, with percentages and days as a campaign writes them.
    pub fn parse(text: &str, weights: Weights, faults: &mut Vec<Diagnostic>) -> Option<Self> {
        let source = Source::new(format!("--over {text}"), text);
        let parts = text.split_once('=').and_then(|(path, span)| Some((path.trim(), span.split_once("..")?)));
        let over = parts.and_then(|(path, (from, to))| {
            let ((from, unit), (to, other)) = (number(from.trim())?, number(to.trim())?);
            let over = Self { path: path.to_owned(), from, to, unit, weights };
            (unit == other && from < to && !path.is_empty()).then_some(over)
        });
        if over.is_none() {
            faults.push(
                Diagnostic::new(&catalogue::BAD_RANGE).with("text", text).at(Place::text(&source, 0..text.len())),
            );
        }
        over
    }

    /// How far on the way from its first value to its last a value lies.
    fn way(&self, value: Number) -> Option<Number> {
        value.minus(self.from).ok()?.over(self.to.minus(self.from).ok()?).ok()
    }

    /// A value as `--set` takes it.
    #[must_use]
    pub fn written(&self, value: Number) -> String {
        self.unit.written(value)
    }
}

impl Unit {
    /// A value as a campaign writes it.
    #[must_use]
    pub fn written(self, value: Number) -> String {
        match self {
            Self::Plain => value.to_string(),
            Self::Percent => match value.times(Number::whole(100)) {
                Ok(hundredths) => format!("{hundredths}%"),
                Err(_) => value.to_string(),
            },
            Self::Day => day(value).map_or_else(|| value.to_string(), |day| day.to_string()),
        }
    }
}

fn number(text: &str) -> Option<(Number, Unit)> {
    if let Some(day) = Day::parse(text) {
        return Some((Number::whole(i64::from(day.days())), Unit::Day));
    }
    let share = Number::parse_percentage(text).map(|share| (share, Unit::Percent));
    share.or_else(|| Some((Number::parse(text).ok()?, Unit::Plain)))
}

fn day(value: Number) -> Option<Day> {
    value.to_whole().and_then(|days| i32::try_from(days).ok()).map(Day::from_days)
}

/// A piece of the range: one value, or all values between two.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Piece {
    At(Number),
    Between(Number, Number),
}

impl Piece {
    fn sample(self) -> Option<Number> {
        match self {
            Self::At(value) => Some(value),
            Self::Between(from, to) => from.plus(to).ok()?.over(Number::whole(2)).ok(),
        }
    }

    /// Its first and its last value.
    fn ends(self) -> (End, End) {
        let end = |at, included| End { at, included };
        match self {
            Self::At(at) => (end(at, true), end(at, true)),
            Self::Between(from, to) => (end(from, false), end(to, false)),
        }
    }

    fn holds(self, value: Number) -> bool {
        match self {
            Self::At(at) => at == value,
            Self::Between(from, to) => from < value && value < to,
        }
    }
}

/// Moves a number of a campaign over a range.
///
/// # Errors
/// A path that leads nowhere, and all that keeps the campaign from being evaluated at both ends.
pub fn sweep(base: &Base, over: &Over) -> Result<Swept, Vec<Diagnostic>> {
    let mut warnings = Vec::new();
    let today = today(base, over)?;
    let sweeper = Sweeper::new(base, over, &mut warnings)?;
    let Candidates { values, exact, discrete } = sweeper.candidates();
    let pieces = pieces(over, &values, discrete);
    let (found, briefs) = sweeper.runs(&pieces, Brief::decides_as)?;
    let evaluations = pieces.len();
    if !exact {
        let fault = Diagnostic::new(&catalogue::NOT_EVERY_BREAKPOINT).with("path", &over.path);
        warnings.push(fault.with("count", values.len()));
    }
    let breaks = sweeper.breaks(&pieces, &briefs, &found)?;
    let stable = today.and_then(|today| stable(today, over, &pieces, &found));
    let awards = awards(&base.outcome, &briefs);
    Ok(Swept {
        over: over.clone(),
        today,
        exact,
        evaluations,
        breaks,
        stable,
        awards,
        outcome: base.outcome.clone(),
        warnings,
    })
}

/// What is decided at some values of a number, in their order: scores, verdicts, grades, ranks and awards of all units.
/// The campaign is planned once, and only what the number reaches is judged again; both ends of the range must be sound,
/// and what lies between is taken for sound.
///
/// # Errors
/// As [`sweep`].
///
/// ```
/// use thidua::load::{self, Request};
/// use thidua::scenario::{Over, Weights, decided};
/// use thidua::value::Number;
///
/// let request = Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() };
/// let base = load::base(&request, &[], &[], &[]).expect("it is sound");
/// let over = Over::parse("params.large_firm=10..40", Weights::Absolute, &mut Vec::new()).expect("a range");
/// let briefs = decided(&base, &over, &[20, 25, 30].map(Number::whole)).expect("it is sound");
/// assert!(!briefs[0].decides_as(&briefs[1]));
/// ```
pub fn decided(base: &Base, over: &Over, values: &[Number]) -> Result<Vec<Brief>, Vec<Diagnostic>> {
    let pieces: Vec<Piece> = values.iter().copied().map(Piece::At).collect();
    let sweeper = Sweeper::new(base, over, &mut Vec::new())?;
    sweeper.briefs(sweeper.varied().as_ref(), &pieces)
}

/// A span of values, and whether every value of it was looked at.
pub(super) type Stays = ((End, End), bool);

/// The values around today's at which nobody else wins anything; nothing where today's lies outside the range.
pub(super) fn winners_stay(base: &Base, over: &Over, today: Number) -> Result<Option<Stays>, Vec<Diagnostic>> {
    let sweeper = Sweeper::new(base, over, &mut Vec::new())?;
    let Candidates { values, exact, discrete } = sweeper.candidates();
    let pieces = pieces(over, &values, discrete);
    let (found, _) = sweeper.runs(&pieces, Brief::wins_as)?;
    Ok(stable(today, over, &pieces, &found).map(|span| (span, exact)))
}

/// What stands at the path today.
fn today(base: &Base, over: &Over) -> Result<Option<Number>, Vec<Diagnostic>> {
    let mut world = base.world.clone();
    let mut faults = Vec::new();
    change(over, over.from).apply(&mut world, &mut faults);
    if faults.iter().any(Diagnostic::is_error) {
        return Err(faults);
    }
    let node = patch::find(&base.world.document, &over.path);
    let node = node.map(|node| node.get("value").unwrap_or(node));
    Ok(node.and_then(|node| match &node.content {
        Content::Number(number) => Some(*number),
        Content::Day(day) => Some(Number::whole(i64::from(day.days()))),
        Content::Text(text) => number(text).map(|(number, _)| number),
        _ => referred(base, node),
    }))
}

/// The value of a param that stands there instead of a number.
fn referred(base: &Base, node: &Node) -> Option<Number> {
    let param = node.get("param")?.text()?;
    let node = patch::find(&base.world.document, &format!("params.{param}"))?;
    node.get("value").unwrap_or(node).number()
}

fn change(over: &Over, value: Number) -> Change {
    let edit = format!("{}={}", over.path, over.written(value));
    Change { label: edit.clone(), kind: Kind::Set { edit, weights: over.weights }, place: Place::Nowhere }
}

/// The range in pieces: the values, and what lies between them, unless there is nothing.
fn pieces(over: &Over, values: &[Number], discrete: bool) -> Vec<Piece> {
    let inside = values.iter().copied().filter(|value| over.from < *value && *value < over.to);
    let mut points: Vec<Number> = [over.from].into_iter().chain(inside).chain([over.to]).collect();
    points.sort_unstable();
    points.dedup();
    let mut pieces = Vec::with_capacity(points.len() * 2);
    let mut last: Option<Number> = None;
    for point in points {
        if let Some(last) = last {
            pieces.extend((!discrete).then_some(Piece::Between(last, point)));
        }
        pieces.push(Piece::At(point));
        last = Some(point);
    }
    pieces
}

/// The span around today's value in which nothing changes.
fn stable(today: Number, over: &Over, pieces: &[Piece], found: &[(usize, Piece)]) -> Option<(End, End)> {
    let here = pieces.iter().position(|piece| piece.holds(today))?;
    let first = found.iter().rev().find(|(at, _)| *at <= here);
    let next = found.iter().find(|(at, _)| *at > here);
    let from = first.map_or(End { at: over.from, included: true }, |(_, piece)| match piece {
        Piece::At(at) => End { at: *at, included: true },
        Piece::Between(at, _) => End { at: *at, included: false },
    });
    let to = next.map_or(End { at: over.to, included: true }, |(_, piece)| match piece {
        Piece::At(at) => End { at: *at, included: false },
        Piece::Between(at, _) => End { at: *at, included: true },
    });
    Some((from, to))
}

/// Who has each award in each stretch between two breaks.
fn awards(outcome: &Outcome, briefs: &[Brief]) -> Vec<((String, String), Vec<Winners>)> {
    let mut winners = Vec::new();
    for (place, level) in outcome.levels.iter().enumerate() {
        let clusters: BTreeMap<usize, &str> =
            level.units.iter().filter_map(|unit| Some((unit.row, unit.cluster?))).collect();
        for (at, award) in level.awards.iter().enumerate() {
            let granted = |brief: &Brief| {
                let lines = brief.levels.get(place).into_iter().flatten();
                let won = lines.filter(|line| line.awards.get(at) == Some(&Some(AwardVerdict::Granted)));
                let won: Vec<_> = won.map(|line| clusters.get(&line.row)).collect();
                let clusters: std::collections::BTreeSet<_> = won.iter().flatten().collect();
                Winners { units: won.len(), clusters: clusters.len() }
            };
            winners.push(((level.id.clone(), award.id.clone()), briefs.iter().map(granted).collect()));
        }
    }
    winners
}

/// The least change of a number with which an award reaches enough units, or one in each cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// The value: it is enough, or, if it is not included, whatever lies next to it.
    pub at: End,
    /// Whether the value must rise to get there.
    pub rises: bool,
    /// Who has the award then.
    pub winners: Winners,
}

impl Swept {
    /// How far today's value must move before an award is had by so many units, or in so many clusters; nothing where
    /// it is not so anywhere in the range, or where today's value lies outside.
    #[must_use]
    pub fn nearest(&self, award: &str, enough: impl Fn(Winners) -> bool) -> Option<Reached> {
        let today = self.today?;
        let (_, winners) = self.awards.iter().find(|((_, id), _)| id == award)?;
        let end = |at: Option<&Break>, other: Number, from: bool| match at {
            Some(at) => End { at: at.at, included: at.included == from },
            None => End { at: other, included: true },
        };
        let stretch = |(at, winners): (usize, &Winners)| {
            let from = end(at.checked_sub(1).and_then(|at| self.breaks.get(at)), self.over.from, true);
            let to = end(self.breaks.get(at), self.over.to, false);
            let inside = (from.at < today || (from.included && from.at == today))
                && (today < to.at || (to.included && to.at == today));
            let rises = today <= from.at;
            let at = if inside {
                End { at: today, included: true }
            } else if rises {
                from
            } else {
                to
            };
            let way = at.at.minus(today).map(Number::absolute).ok()?;
            Some((way, Reached { at, rises: rises && !inside, winners: *winners }))
        };
        let enough = winners.iter().enumerate().filter(|(_, winners)| enough(**winners)).filter_map(stretch);
        enough.min_by(|(a, x), (b, y)| a.cmp(b).then(y.at.included.cmp(&x.at.included))).map(|(_, reached)| reached)
    }
}

/// The pieces in which something changes, and what is decided in the first piece and in each of them.
type Runs = (Vec<(usize, Piece)>, Vec<Brief>);

/// A plan whose moved numbers are left open.
struct Varied<'s> {
    between: Between<'s>,
    open: Open,
}

/// A sweep on its way.
struct Sweeper<'s> {
    base: &'s Base,
    over: &'s Over,
    low: Ready,
    high: Ready,
}

impl<'s> Sweeper<'s> {
    fn new(base: &'s Base, over: &'s Over, faults: &mut Vec<Diagnostic>) -> Result<Self, Vec<Diagnostic>> {
        let low = base.ready(&world(base, over, over.from)?, faults)?;
        let high = base.ready(&world(base, over, over.to)?, faults)?;
        Ok(Self { base, over, low, high })
    }

    /// The plans at both ends, if only written numbers differ between them.
    fn between(&self) -> Option<Between<'_>> {
        let same = self.low.as_of == self.high.as_of && self.low.data.tables == self.high.data.tables;
        Between::of(&self.low.plan, &self.high.plan).filter(|_| same && is_number_of_plan(&self.over.path))
    }

    /// The values at which something can change, and whether they are all.
    fn candidates(&self) -> Candidates {
        let between = self.between().filter(|_| self.over.unit != Unit::Day);
        let Some(between) = between else { return candidate::steps(self.over) };
        let options = Options { as_of: self.low.as_of, threads: self.base.threads };
        let reach = reach(&self.low.plan, &self.low.data, options, Some(self.base.kept()), &between.parts);
        let ends = [&self.low, &self.high].map(|ready| {
            let mut faults = Vec::new();
            evaluate_again(&ready.plan, &ready.data, options, self.base.kept(), &mut faults)
        });
        candidate::values(self.over, &reach, &self.low.plan, &ends)
    }

    /// The plan with the numbers left open that are moved, if only such differ between its ends.
    fn varied(&self) -> Option<Varied<'_>> {
        let between = self.between()?;
        let open = Open::new(&self.low.plan, &between.parts)?;
        Some(Varied { between, open })
    }

    /// The pieces, after the first, in which something else is decided than in the one before, and what is decided in the
    /// first piece and in each of them.
    fn runs(&self, pieces: &[Piece], same: fn(&Brief, &Brief) -> bool) -> Result<Runs, Vec<Diagnostic>> {
        // A long range has many pieces, and what is decided in most of them need not be kept.
        const AT_ONCE: usize = 2048;
        let varied = self.varied();
        let (mut found, mut briefs): (Vec<(usize, Piece)>, Vec<Brief>) = (Vec::new(), Vec::new());
        for (turn, some) in pieces.chunks(AT_ONCE).enumerate() {
            let decided = self.briefs(varied.as_ref(), some)?;
            for ((at, piece), brief) in (turn * AT_ONCE..).zip(some).zip(decided) {
                if briefs.last().is_some_and(|last| same(last, &brief)) {
                    continue;
                }
                if !briefs.is_empty() {
                    found.push((at, *piece));
                }
                briefs.push(brief);
            }
        }
        Ok((found, briefs))
    }

    /// What is decided in each piece.
    fn briefs(&self, varied: Option<&Varied<'_>>, pieces: &[Piece]) -> Result<Vec<Brief>, Vec<Diagnostic>> {
        let values = varied.and_then(|it| pieces.iter().map(|piece| self.values(&it.between, *piece)).collect());
        match varied.zip::<Vec<_>>(values) {
            Some((varied, values)) => Ok(self.base.briefs(&varied.open, &self.low, &values)),
            None => self.outcomes(pieces, Brief::of).into_iter().collect(),
        }
    }

    /// What is written in each part in a piece.
    fn values(&self, between: &Between<'_>, piece: Piece) -> Option<Vec<Written>> {
        between.values(self.over.way(piece.sample()?)?).ok()
    }

    /// Evaluates the campaign in each piece.
    fn outcomes<R: Send>(
        &self,
        pieces: &[Piece],
        work: impl Fn(&Outcome) -> R + Sync,
    ) -> Vec<Result<R, Vec<Diagnostic>>> {
        let between = self.between();
        let options = Options { as_of: self.low.as_of, threads: 1 };
        let plan = || Plan::clone(&self.low.plan);
        on_all_with(self.base.threads, pieces, plan, |plan, piece| {
            let value = piece.sample().unwrap_or(self.over.from);
            let part = self.over.way(value);
            let set = part.zip(between.as_ref()).is_some_and(|(part, between)| between.set(plan, part).is_ok());
            if set {
                let outcome = evaluate_again(plan, &self.low.data, options, self.base.kept(), &mut Vec::new());
                return Ok(work(&outcome));
            }
            self.base.run(&world(self.base, self.over, value)?).map(|ran| work(&ran.outcome))
        })
    }

    /// What changes at each break.
    fn breaks(
        &self,
        pieces: &[Piece],
        briefs: &[Brief],
        found: &[(usize, Piece)],
    ) -> Result<Vec<Break>, Vec<Diagnostic>> {
        let sides = briefs.windows(2).filter_map(|sides| if let [a, b] = sides { Some((a, b)) } else { None });
        let flips: Option<Vec<Vec<Flip>>> = match self.between() {
            Some(_) => {
                sides.into_iter().map(|(before, after)| flips_in_brief(&self.base.outcome, before, after)).collect()
            }
            None => None,
        };
        let flips = match flips {
            Some(flips) => flips,
            None => self.flips_in_full(pieces, found)?,
        };
        let breaks = found.iter().zip(flips).map(|((_, piece), flips)| {
            let (at, included) = match *piece {
                Piece::At(at) => (at, true),
                Piece::Between(at, _) => (at, false),
            };
            Break { at, included, flips }
        });
        Ok(breaks.collect())
    }

    /// What changes at each break, where units or what is asked of them may be others than today.
    fn flips_in_full(&self, pieces: &[Piece], found: &[(usize, Piece)]) -> Result<Vec<Vec<Flip>>, Vec<Diagnostic>> {
        let sides: Vec<Piece> =
            found.iter().flat_map(|(at, piece)| [pieces.get(at - 1).copied(), Some(*piece)]).flatten().collect();
        let outcomes: Vec<Outcome> = self.outcomes(&sides, Outcome::clone).into_iter().collect::<Result<_, _>>()?;
        let pairs = outcomes.chunks(2).filter_map(|sides| if let [a, b] = sides { Some((a, b)) } else { None });
        Ok(pairs.map(|(before, after)| flips(before, after)).collect())
    }
}

/// Whether a path leads to a number that a plan holds, and not to one of how scores are made.
fn is_number_of_plan(path: &str) -> bool {
    ["params.", "criteria.", "awards."].iter().any(|part| path.starts_with(part))
        || (path.starts_with("levels.") && path.contains(".grades."))
}

fn world(base: &Base, over: &Over, value: Number) -> Result<World, Vec<Diagnostic>> {
    let mut world = base.world.clone();
    let mut faults = Vec::new();
    change(over, value).apply(&mut world, &mut faults);
    if faults.iter().any(Diagnostic::is_error) { Err(faults) } else { Ok(world) }
}

/// Verdicts, grades, ranks and awards that differ; points and scores move all the time.
fn flips(before: &Outcome, after: &Outcome) -> Vec<Flip> {
    let (old, new) = (Indexed::new(before), Indexed::new(after));
    let mut flips = Vec::new();
    for level in &before.levels {
        let items = items(Some(level), new.level(&level.id));
        let shown: Vec<&Item> = items.iter().filter(|item| !matches!(item, Item::Points(_) | Item::Score)).collect();
        for unit in &level.units {
            for item in &shown {
                let said = [&old, &new].map(|outcome| outcome.said(&level.id, unit.id, item));
                let [before, after] = said;
                if before != after {
                    let (level, unit, name) = (level.id.clone(), unit.id.to_owned(), unit.name.map(str::to_owned));
                    flips.push(Flip { level, unit, name, item: (*item).clone(), before, after });
                }
            }
        }
    }
    flips
}

/// The same from what is decided in brief; nothing where a unit is none today. Units and criteria are called by the
/// names that they have today.
fn flips_in_brief(today: &Outcome, before: &Brief, after: &Brief) -> Option<Vec<Flip>> {
    let mut flips = Vec::new();
    for (level, (old, new)) in today.levels.iter().zip(before.levels.iter().zip(&after.levels)) {
        let items = items(Some(level), None);
        let units: BTreeMap<usize, UnitOutcome<'_>> = level.units.iter().map(|unit| (unit.row, unit)).collect();
        let then: BTreeMap<usize, &Line> = new.iter().map(|line| (line.row, line)).collect();
        for line in old {
            let unit = units.get(&line.row)?;
            let then = then.get(&line.row).copied();
            if then.is_some_and(|then| then.decides_as(line)) {
                continue;
            }
            for item in items.iter().filter(|item| !matches!(item, Item::Points(_) | Item::Score)) {
                let after = then.map_or(Said::Nothing, |then| Said::in_brief(item, level, then));
                let before = Said::in_brief(item, level, line);
                if before != after {
                    let (level, unit, name) = (level.id.clone(), unit.id.to_owned(), unit.name.map(str::to_owned));
                    flips.push(Flip { level, unit, name, item: item.clone(), before, after });
                }
            }
        }
    }
    Some(flips)
}
