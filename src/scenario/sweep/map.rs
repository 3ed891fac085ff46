//! Two numbers of a campaign, moved together: who wins what in each cell between their breakpoints.
//!
//! The first number cuts the map into strips: the values at which it can change anything, and what lies between them. In
//! each strip the second is swept with the first held inside it. Where the values of one number hang on the other, it is
//! put second; where each hangs on the other, strips are cut at both ends of the other, and the map says that it is not
//! proved.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::{
    AwardVerdict, Between, Brief, Open, Options, Outcome, Part, Plan, Reach, Written, evaluate_again, reach,
};
use crate::rule::Derived;
use crate::value::Number;

use super::super::base::{Base, Ready, World};
use super::super::work::on_all;
use super::candidate::{self, Candidates};
use super::{End, Over, Piece, Unit, change, is_number_of_plan, pieces, today};

/// The most cells that are evaluated where nobody says another number.
pub const MOST_CELLS: usize = 200_000;

/// What came of a map.
#[derive(Debug)]
pub struct Mapped {
    /// What was moved: the number that cuts strips, and the one that cuts them into cells.
    pub overs: [Over; 2],
    /// What they are today, where that is one number.
    pub today: [Option<Number>; 2],
    /// Whether every value at which anybody else wins was found.
    pub exact: bool,
    /// Where the map ends, if before its range does: there were too many cells.
    pub cut: Option<Number>,
    /// How many evaluations it took.
    pub evaluations: usize,
    /// The strips, in order.
    pub strips: Vec<Strip>,
    /// Who wins what in the cells, by their classes.
    pub classes: Vec<Vec<Won>>,
    /// The outcome today, for titles.
    pub outcome: Outcome,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// All values of the first number between which the second matters in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// The first value.
    pub from: End,
    /// The last value.
    pub to: End,
    /// Its cells, in order.
    pub cells: Vec<Cell>,
}

/// All values of the second number with which the same units win the same awards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The first value.
    pub from: End,
    /// The last value.
    pub to: End,
    /// Who wins, by position.
    pub class: usize,
}

/// Who wins an award.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Won {
    /// The level.
    pub level: String,
    /// The award.
    pub award: String,
    /// The units, by id and name.
    pub units: Vec<(String, Option<String>)>,
}

impl Mapped {
    /// Who wins at two values; nothing where the map does not reach.
    #[must_use]
    pub fn at(&self, values: [Number; 2]) -> Option<usize> {
        let [strip, cell] = values;
        let strip = self.strips.iter().find(|it| holds(it.from, it.to, strip))?;
        strip.cells.iter().find(|it| holds(it.from, it.to, cell)).map(|cell| cell.class)
    }

    /// Who wins today.
    #[must_use]
    pub fn today_is(&self) -> Option<usize> {
        let [strip, cell] = self.today;
        self.at([strip?, cell?])
    }
}

fn holds(from: End, to: End, value: Number) -> bool {
    (from.at < value || (from.included && from.at == value)) && (value < to.at || (to.included && to.at == value))
}

/// Moves two numbers of a campaign together. `most` bounds the cells that are evaluated.
///
/// # Errors
/// Other than two ranges, two of one number, a path that leads nowhere, and all that keeps the campaign from being evaluated at the
/// corners.
pub fn map(base: &Base, overs: &[Over], most: usize) -> Result<Mapped, Vec<Diagnostic>> {
    let [first, second] = overs else {
        return Err(vec![Diagnostic::new(&catalogue::NOT_TWO_RANGES).with("count", overs.len())]);
    };
    if first.path == second.path {
        return Err(vec![Diagnostic::new(&catalogue::ONE_NUMBER_TWICE).with("path", &first.path)]);
    }
    let mapper = Mapper::new(base, &[first.clone(), second.clone()])?;
    let given = mapper.settled(0);
    let turned = given != Some(true) && mapper.settled(1) == Some(true);
    let mapper = if turned { Mapper::new(base, &[second.clone(), first.clone()])? } else { mapper };
    mapper.map(most, turned || given == Some(true))
}

/// A map on its way: the number that cuts strips, and the one that cuts cells.
struct Mapper<'m> {
    base: &'m Base,
    overs: [Over; 2],
    low: Ready,
    /// The worlds in which one number is at its end.
    ends: [Ready; 2],
}

/// The plan with both numbers left open.
struct Opened<'o> {
    between: [Between<'o>; 2],
    open: Open,
}

impl<'m> Mapper<'m> {
    fn new(base: &'m Base, overs: &[Over; 2]) -> Result<Self, Vec<Diagnostic>> {
        let [first, second] = overs;
        let ready = |a: Number, b: Number| base.ready(&world(base, overs, [a, b])?, &mut Vec::new());
        let low = ready(first.from, second.from)?;
        let ends = [ready(first.to, second.from)?, ready(first.from, second.to)?];
        ready(first.to, second.to)?;
        Ok(Self { base, overs: overs.clone(), low, ends })
    }

    /// The plans at both ends of a number, if only written numbers differ between them.
    fn between(&self, at: usize) -> Option<Between<'_>> {
        let high = self.ends.get(at)?;
        let same = self.low.as_of == high.as_of && self.low.data.tables == high.data.tables;
        let of_plan = is_number_of_plan(&self.overs.get(at)?.path);
        Between::of(&self.low.plan, &high.plan).filter(|_| same && of_plan)
    }

    fn opened(&self) -> Option<Opened<'_>> {
        let (first, second) = (self.between(0)?, self.between(1)?);
        if first.parts.iter().any(|part| second.parts.contains(part)) {
            return None;
        }
        let parts: Vec<Part> = first.parts.iter().chain(&second.parts).copied().collect();
        let open = Open::new(&self.low.plan, &parts)?;
        Some(Opened { between: [first, second], open })
    }

    fn options(&self) -> Options {
        Options { as_of: self.low.as_of, threads: self.base.threads }
    }

    fn reach(&self, plan: &Plan, parts: &[Part]) -> Reach {
        reach(plan, &self.low.data, self.options(), Some(self.base.kept()), parts)
    }

    /// Whether the values at which a number can change anything are the same whatever the other is; nothing where a
    /// number has no such values.
    fn settled(&self, at: usize) -> Option<bool> {
        let plan = &self.low.plan;
        let (mine, other) = (self.between(at)?, self.between(1 - at)?);
        if [at, 1 - at].iter().any(|at| self.overs.get(*at).is_none_or(|over| over.unit == Unit::Day)) {
            return None;
        }
        let (here, there) = (self.reach(plan, &mine.parts), self.reach(plan, &other.parts));
        if here.open || plan.has_interpreted() {
            return Some(false);
        }
        let is_param = other.parts.iter().any(|part| matches!(part, Part::Param(_)));
        let only_compared =
            here.bars.is_empty() && here.weights.is_empty() && here.grades.is_empty() && here.shares.is_empty();
        if only_compared {
            // What it is compared with reads nothing that is judged; it must not move with the other either.
            let parts: Vec<Part> = mine.parts.iter().chain(&other.parts).copied().collect();
            return Some(!is_param || !self.reach(plan, &parts).open);
        }
        // What is held against it is measured: that may move with a param. What its points are part of may be judged, too.
        let derives = plan.derived.iter().any(|derived| matches!(derived, Derived::Fact(_)));
        if is_param || (derives && !here.weights.is_empty()) {
            return Some(false);
        }
        let level = |(level, _): &(usize, usize)| *level;
        let scored = there.bars.iter().chain(&there.weights).map(level).collect::<Vec<_>>();
        // Where scores are made of both, or what is compared are scores and those who have them.
        let weighed = here.weights.iter().any(|it| scored.contains(&level(it)));
        let barred = here.bars.iter().any(|it| there.weights.contains(it));
        Some(!weighed && !barred && here.grades.is_empty() && here.shares.is_empty())
    }

    fn map(&self, most: usize, settled: bool) -> Result<Mapped, Vec<Diagnostic>> {
        let opened = self.opened();
        let [first, second] = &self.overs;
        let strips = self.candidates(opened.as_ref());
        let mut exact = strips.exact && settled;
        let (mut classes, mut found): (Vec<Vec<Won>>, Vec<Strip>) = (Vec::new(), Vec::new());
        let (mut evaluations, mut cut) = (0, None);
        for strip in pieces(first, &strips.values, strips.discrete) {
            let inside = self.inside(opened.as_ref(), strip);
            exact &= inside.exact;
            let cells = pieces(second, &inside.values, inside.discrete);
            evaluations += cells.len();
            if evaluations > most && !found.is_empty() {
                evaluations -= cells.len();
                cut = Some(strip.ends().0.at);
                break;
            }
            let briefs = self.briefs(opened.as_ref(), strip, &cells)?;
            let won = briefs.iter().map(|brief| class(&mut classes, winners(&self.base.outcome, brief)));
            let cells = merged(cells.iter().copied().zip(won));
            let (from, to) = strip.ends();
            match found.last_mut().filter(|last| last.cells == cells) {
                Some(last) => last.to = to,
                None => found.push(Strip { from, to, cells }),
            }
        }
        let mut warnings = Vec::new();
        if !exact {
            let count = found.iter().map(|strip| strip.cells.len()).sum::<usize>();
            let fault =
                Diagnostic::new(&catalogue::MAP_NOT_PROVED).with("paths", format!("{}`, `{}", first.path, second.path));
            warnings.push(fault.with("count", count));
        }
        if let Some(at) = cut {
            let fault = Diagnostic::new(&catalogue::MAP_CUT).with("path", &first.path).with("at", first.written(at));
            warnings.push(fault.with("most", most));
        }
        Ok(Mapped {
            overs: self.overs.clone(),
            today: [today(self.base, first)?, today(self.base, second)?],
            exact,
            cut,
            evaluations,
            strips: found,
            classes,
            outcome: self.base.outcome.clone(),
            warnings,
        })
    }

    /// The values that cut strips: those with the second number at either end.
    fn candidates(&self, opened: Option<&Opened<'_>>) -> Candidates {
        let [first, second] = &self.overs;
        let Some(opened) = opened else { return candidate::steps(first) };
        let [mine, other] = &opened.between;
        let at = |way: Number| {
            let mut plan = Plan::clone(&self.low.plan);
            other.set(&mut plan, way).ok()?;
            self.of_plan(first, &plan, mine)
        };
        let (Some(low), Some(high)) = (at(Number::ZERO), at(Number::ONE)) else { return candidate::steps(first) };
        let exact = low.exact && high.exact && second.unit != Unit::Day;
        Candidates { values: [low.values, high.values].concat(), exact, discrete: low.discrete && high.discrete }
    }

    /// The values that cut a strip into cells.
    fn inside(&self, opened: Option<&Opened<'_>>, strip: Piece) -> Candidates {
        let [first, second] = &self.overs;
        let of_plan = opened.and_then(|opened| {
            let [mine, other] = &opened.between;
            let mut plan = Plan::clone(&self.low.plan);
            mine.set(&mut plan, first.way(strip.sample()?)?).ok()?;
            self.of_plan(second, &plan, other)
        });
        of_plan.unwrap_or_else(|| candidate::steps(second))
    }

    /// The values at which a number can change anything in a plan that is otherwise fixed.
    fn of_plan(&self, over: &Over, plan: &Plan, between: &Between<'_>) -> Option<Candidates> {
        if over.unit == Unit::Day {
            return None;
        }
        let ends = [Number::ZERO, Number::ONE].map(|way| {
            let mut plan = plan.clone();
            between.set(&mut plan, way).ok()?;
            Some(evaluate_again(&plan, &self.low.data, self.options(), self.base.kept(), &mut Vec::new()))
        });
        let [Some(low), Some(high)] = ends else { return None };
        let mut at_low = plan.clone();
        between.set(&mut at_low, Number::ZERO).ok()?;
        Some(candidate::values(over, &self.reach(&at_low, &between.parts), &at_low, &[low, high]))
    }

    /// What is decided in the cells of a strip.
    fn briefs(
        &self,
        opened: Option<&Opened<'_>>,
        strip: Piece,
        cells: &[Piece],
    ) -> Result<Vec<Brief>, Vec<Diagnostic>> {
        let values = opened.and_then(|it| cells.iter().map(|cell| self.values(it, strip, *cell)).collect());
        if let Some((opened, values)) = opened.zip::<Vec<Vec<Written>>>(values) {
            return Ok(self.base.briefs(&opened.open, &self.low, &values));
        }
        let [first, second] = &self.overs;
        let run = |cell: &Piece| {
            let values = [strip.sample().unwrap_or(first.from), cell.sample().unwrap_or(second.from)];
            Ok(Brief::of(&self.base.run(&world(self.base, &self.overs, values)?)?.outcome))
        };
        on_all(self.base.threads, cells, run).into_iter().collect()
    }

    fn values(&self, opened: &Opened<'_>, strip: Piece, cell: Piece) -> Option<Vec<Written>> {
        let [first, second] = &self.overs;
        let [mine, other] = &opened.between;
        let mut values = mine.values(first.way(strip.sample()?)?).ok()?;
        values.extend(other.values(second.way(cell.sample()?)?).ok()?);
        Some(values)
    }
}

fn world(base: &Base, overs: &[Over; 2], values: [Number; 2]) -> Result<World, Vec<Diagnostic>> {
    let mut world = base.world.clone();
    let mut faults = Vec::new();
    for (over, value) in overs.iter().zip(values) {
        change(over, value).apply(&mut world, &mut faults);
    }
    if faults.iter().any(Diagnostic::is_error) { Err(faults) } else { Ok(world) }
}

/// Neighbours of one class as one.
fn merged(cells: impl Iterator<Item = (Piece, usize)>) -> Vec<Cell> {
    let mut merged: Vec<Cell> = Vec::new();
    for (piece, class) in cells {
        let (from, to) = piece.ends();
        match merged.last_mut().filter(|last| last.class == class) {
            Some(last) => last.to = to,
            None => merged.push(Cell { from, to, class }),
        }
    }
    merged
}

/// The position of a set of winners among those that are known.
fn class(known: &mut Vec<Vec<Won>>, won: Vec<Won>) -> usize {
    known.iter().position(|it| *it == won).unwrap_or_else(|| {
        known.push(won);
        known.len() - 1
    })
}

/// Who wins which award; awards that nobody wins are there too.
fn winners(today: &Outcome, brief: &Brief) -> Vec<Won> {
    let mut all = Vec::new();
    for (level, lines) in today.levels.iter().zip(&brief.levels) {
        let units: BTreeMap<usize, _> = level.units.iter().map(|unit| (unit.row, unit)).collect();
        for (at, award) in level.awards.iter().enumerate() {
            let won = lines.iter().filter(|line| line.awards.get(at) == Some(&Some(AwardVerdict::Granted)));
            let units = won.map(|line| match units.get(&line.row) {
                Some(unit) => (unit.id.to_owned(), unit.name.map(str::to_owned)),
                None => (line.row.to_string(), None),
            });
            all.push(Won { level: level.id.clone(), award: award.id.clone(), units: units.collect() });
        }
    }
    all
}
