//! What would it take: the least change of its data with which a unit reaches a goal.
//!
//! Every candidate is evaluated completely, on all units: where scores are taken relative to others, or places are few,
//! what one unit does moves the others too. The candidates come in the order of their cost, so the first that reaches
//! the goal is the least. What is certain beforehand shortens the way: a criterion that the goal asks for can only be
//! reached by the moves that touch it, so these must be made in any case.

mod goal;
mod moves;
mod search;
mod space;

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::explain::locate;
use crate::evaluate::{LevelOutcome, Outcome, UnitOutcome};
use crate::value::Number;

use super::base::Base;
use super::compare::{Difference, differences};

pub use goal::Goal;
pub use moves::{Deed, Move, declared as declared_moves};

use goal::Need;
use search::{Bounds, Chains, End, cheapest};
use space::{Done, Space, State, Who};

/// The most candidates that are evaluated where nobody says another number.
pub const MOST_TRIED: usize = 1_000_000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// The unit, by id or name; nothing for the one that owns every row.
    pub unit: Option<String>,
    /// The level, where a unit stands on several.
    pub level: Option<String>,
    /// What is to be reached.
    pub goal: Goal,
    /// The most candidates to evaluate.
    pub most: usize,
}

/// What came of it.
#[derive(Debug)]
pub struct Sought {
    /// The level.
    pub level: String,
    /// The unit.
    pub unit: String,
    /// Its name.
    pub name: Option<String>,
    /// What is to be reached.
    pub goal: Goal,
    /// The moves that may be made.
    pub moves: Vec<Move>,
    /// Whether the campaign declares them.
    pub declared: bool,
    /// For each criterion that is not met: the cheapest way to meet it alone.
    pub singles: Vec<Single>,
    /// The cheapest way to the goal.
    pub answer: Answer,
    /// Where the goal is reached today: how much may be lost.
    pub losses: Vec<Loss>,
    /// How many candidates were evaluated.
    pub tried: usize,
    /// The outcome today, for titles.
    pub outcome: Outcome,
    /// Findings that did not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// The cheapest way to meet one criterion.
#[derive(Clone, Debug)]
pub struct Single {
    /// The criterion.
    pub criterion: String,
    /// The way; nothing where it is impossible, or was not found.
    pub way: Option<Way>,
    /// Whether that is proved: there is no cheaper one, or none at all.
    pub proved: bool,
    /// Whether the goal is reached with it.
    pub reaches: bool,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Way {
    /// What it costs.
    pub cost: Number,
    /// The steps.
    pub steps: Vec<Step>,
    /// What changes for the unit.
    pub differences: Vec<Difference>,
}

/// One move, and the rows that it is made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The moves that are made on each of the rows together, by their positions, and how often each.
    pub made: Vec<(usize, usize)>,
    /// How many rows.
    pub count: usize,
    /// The keys of the rows; nothing for added ones.
    pub rows: Vec<String>,
    /// How many rows would do as well.
    pub of: usize,
}

/// How the search ended.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The goal is reached today.
    Already,
    /// The least change, proved.
    Least(Way),
    /// A change that reaches it; no way costs less than the bound.
    NotProved(Way, Number),
    /// No way exists within the bounds of the moves, proved; the criteria that no move can reach, and what changes
    /// with everything done.
    Impossible(Vec<String>, Vec<Difference>),
    /// None was found; whatever reaches it costs at least this much.
    NotFound(Number),
}

/// How much may be lost of one kind.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The move whose opposite it is, by its position.
    pub made: usize,
    /// How many rows may be lost while the goal still holds; all of them, where nothing is said of more.
    pub may_lose: usize,
    /// How many there are.
    pub of: usize,
    /// The rows with which it no longer holds.
    pub rows: Vec<String>,
    /// Whether fewer of other rows cannot do as much.
    pub proved: bool,
}

/// Looks for the least change with which a unit reaches a goal.
///
/// # Errors
/// A unit, a goal or a move that names what does not exist.
pub fn seek(base: &Base, question: &Question) -> Result<Sought, Vec<Diagnostic>> {
    let who =
        locate(&base.outcome, question.level.as_deref(), question.unit.as_deref()).map_err(|fault| vec![fault])?;
    let who = Who { level: who.0, unit: who.1 };
    let mut faults = Vec::new();
    let seeker = Seeker::new(base, question, who, &mut faults)?;
    let mut left = question.most;
    let space = Space::new(base, &seeker.moves, who, &mut faults);
    let answer = seeker.answer(&space, &mut left);
    let singles = seeker.singles(&space, &mut left);
    let losses = if matches!(answer, Answer::Already) { seeker.losses(&mut left) } else { Vec::new() };
    let (level, unit) = (seeker.level, seeker.unit);
    Ok(Sought {
        level: level.id.clone(),
        unit: unit.id.to_owned(),
        name: unit.name.map(str::to_owned),
        goal: question.goal.clone(),
        declared: seeker.declared,
        singles,
        answer,
        losses,
        tried: question.most - left,
        outcome: base.outcome.clone(),
        warnings: faults,
        moves: seeker.moves,
    })
}

struct Seeker<'s> {
    base: &'s Base,
    goal: &'s Goal,
    who: Who,
    level: &'s LevelOutcome,
    unit: UnitOutcome<'s>,
    moves: Vec<Move>,
    declared: bool,
}

impl<'s> Seeker<'s> {
    fn new(
        base: &'s Base,
        question: &'s Question,
        who: Who,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let found = base.outcome.levels.get(who.level).and_then(|level| Some((level, level.units.get(who.unit)?)));
        let Some((level, unit)) = found else { return Err(Vec::new()) };
        let of = base.plan.campaign.levels.get(who.level);
        if let Some(fault) = of.and_then(|of| question.goal.check(level, of)) {
            return Err(vec![fault]);
        }
        let schema = &base.plan.campaign.schema;
        let mut moves = moves::declared(&base.world.document, schema, faults);
        if faults.iter().any(Diagnostic::is_error) {
            return Err(std::mem::take(faults));
        }
        let declared = !moves.is_empty();
        if let (false, Some(planned)) = (declared, base.plan.levels.get(who.level)) {
            moves = moves::implied(&base.plan, planned, base.as_of);
            faults.push(Diagnostic::new(&catalogue::MOVES_IMPLIED));
        }
        Ok(Self { base, goal: &question.goal, who, level, unit, moves, declared })
    }

    /// The unit in another outcome.
    fn of<'o>(&self, outcome: &'o Outcome) -> Option<(&'o LevelOutcome, UnitOutcome<'o>)> {
        let level = outcome.levels.get(self.who.level)?;
        // Rows that come or go may move it.
        let same = |unit: &UnitOutcome<'_>| unit.id == self.unit.id;
        Some((level, level.units.get(self.who.unit).filter(same).or_else(|| level.units.iter().find(same))?))
    }

    fn reaches(&self, outcome: &Outcome) -> bool {
        let of = self.base.plan.campaign.levels.get(self.who.level);
        of.zip(self.of(outcome)).is_some_and(|(of, (level, unit))| self.goal.holds(level, of, &unit))
    }

    fn answer(&self, space: &Space<'_>, left: &mut usize) -> Answer {
        if self.reaches(&self.base.outcome) {
            return Answer::Already;
        }
        let bounds = match self.bounds(space, left) {
            Ok((bounds, together)) => {
                // What is needed in any case may be enough, and then nothing is cheaper.
                let enough = together.filter(|state| space.outcome(state).is_some_and(|it| self.reaches(&it)));
                if let Some(way) = enough.and_then(|state| self.way(space, &state)) {
                    return Answer::Least(way);
                }
                bounds
            }
            Err(lacking) => {
                let done = Self::all_done(space).map(|(_, outcome)| self.differences(&outcome)).unwrap_or_default();
                return Answer::Impossible(lacking, done);
            }
        };
        match cheapest(space, &each_alone(space), &bounds, &|outcome| self.reaches(outcome), left) {
            End::Found(state) => self.way(space, &state).map_or(Answer::NotFound(Number::ZERO), Answer::Least),
            End::Nowhere => {
                let done = Self::all_done(space).map(|(_, outcome)| self.differences(&outcome)).unwrap_or_default();
                Answer::Impossible(Vec::new(), done)
            }
            End::TooMany(least) => match self.some_way(space) {
                Some(way) => Answer::NotProved(way, least),
                None => Answer::NotFound(least),
            },
        }
    }

    /// What must be paid in any case: for the criteria that the goal asks for, in groups that no move shares; and the
    /// cheapest that is enough for all of them.
    ///
    /// # Errors
    /// The criteria that no move can reach.
    fn bounds(&self, space: &Space<'_>, left: &mut usize) -> Result<(Bounds, Option<State>), Vec<String>> {
        let Some(planned) = self.base.plan.levels.get(self.who.level) else { return Ok((Bounds(Vec::new()), None)) };
        let needs = self.goal.needs(&self.base.plan, planned, self.level, &self.unit);
        let needs: Vec<Need> = needs.into_iter().filter(|need| !need.holds(&self.unit)).collect();
        let touched: Vec<(Need, BTreeSet<usize>)> =
            needs.into_iter().map(|need| (need, self.touching(space, need.criterion))).collect();
        let lacking: Vec<String> = touched
            .iter()
            .filter(|(_, items)| items.is_empty())
            .filter_map(|(need, _)| Some(self.level.criteria.get(need.criterion)?.id.clone()))
            .collect();
        if !lacking.is_empty() {
            return Err(lacking);
        }
        let mut groups: Vec<(Vec<Need>, BTreeSet<usize>)> = Vec::new();
        for (need, items) in touched {
            let (shared, others): (Vec<_>, Vec<_>) =
                groups.into_iter().partition(|(_, theirs)| !theirs.is_disjoint(&items));
            groups = others;
            let (mut needs, mut all) = (vec![need], items);
            for (more, theirs) in shared {
                needs.extend(more);
                all.extend(theirs);
            }
            groups.push((needs, all));
        }
        let (mut bounds, mut together) = (Vec::new(), Some(vec![0; space.items.len()]));
        for (needs, items) in groups {
            let items: Vec<usize> = items.into_iter().collect();
            let criteria: Vec<usize> = needs.iter().map(|need| need.criterion).collect();
            let chains = self.chains(space, &items, &criteria);
            let holds =
                |outcome: &Outcome| self.of(outcome).is_some_and(|(_, unit)| needs.iter().all(|it| it.holds(&unit)));
            match cheapest(space, &chains, &Bounds(Vec::new()), &holds, left) {
                End::Found(state) => {
                    bounds.push((items, space.cost(&state)));
                    together = together.map(|all: State| all.iter().zip(&state).map(|(a, b)| a + b).collect());
                }
                End::TooMany(least) => {
                    bounds.push((items, least));
                    together = None;
                }
                End::Nowhere => {
                    let name = |need: &Need| Some(self.level.criteria.get(need.criterion)?.id.clone());
                    return Err(needs.iter().filter_map(name).collect());
                }
            }
        }
        Ok((Bounds(bounds), together))
    }

    /// Items that change some criteria of the unit in the same way, the cheapest first.
    fn chains(&self, space: &Space<'_>, items: &[usize], criteria: &[usize]) -> Chains {
        let mut chains: Vec<(String, Vec<usize>)> = Vec::new();
        for item in items {
            let unit = space.alone(*item).and_then(|outcome| Some(self.of(outcome)?.1));
            let said = criteria.iter().map(|at| Some(unit.as_ref()?.criteria.get(*at)?.measured));
            let said = format!("{:?}", said.collect::<Vec<_>>());
            match chains.iter_mut().find(|(known, _)| *known == said) {
                Some((_, chain)) => chain.push(*item),
                None => chains.push((said, vec![*item])),
            }
        }
        let cost = |item: &usize| space.items.get(*item).map(|item| item.cost);
        for (_, chain) in &mut chains {
            chain.sort_by_key(cost);
        }
        chains.into_iter().map(|(_, chain)| chain).collect()
    }

    /// The items that change what a criterion measures for the unit.
    fn touching(&self, space: &Space<'_>, criterion: usize) -> BTreeSet<usize> {
        let today = self.unit.criteria.get(criterion);
        let touches = |item: &usize| {
            let then = space.alone(*item).and_then(|outcome| self.of(outcome)?.1.criteria.get(criterion));
            let said = |judgement: &Option<crate::evaluate::Judgement>| {
                judgement.as_ref().map(|it| (it.verdict, it.measured.clone(), it.target.clone()))
            };
            said(&then) != said(&today)
        };
        (0..space.items.len()).filter(touches).collect()
    }

    /// The state in which everything is done, and what is said then.
    fn all_done(space: &Space<'_>) -> Option<(State, Outcome)> {
        let mut state: State = vec![0; space.items.len()];
        // Of what can be done to a row, the most: later items make more moves.
        for item in (0..space.items.len()).rev() {
            while space.has_room(&state, item) {
                state.get_mut(item).into_iter().for_each(|count| *count += 1);
            }
        }
        let outcome = space.outcome(&state)?;
        Some((state, outcome))
    }

    /// A way that reaches the goal, though perhaps not the cheapest: everything, without what is not needed.
    fn some_way(&self, space: &Space<'_>) -> Option<Way> {
        let (mut state, outcome) = Self::all_done(space)?;
        if !self.reaches(&outcome) {
            return None;
        }
        let mut dearest: Vec<usize> = (0..space.items.len()).collect();
        dearest.sort_by_key(|item| std::cmp::Reverse(space.items.get(*item).map(|item| item.cost)));
        for item in dearest {
            // The fewest with which it still holds, by halving: what is needed is kept.
            let (mut least, mut most) = (0, state.get(item).copied().unwrap_or(0));
            while least < most {
                let half = least + (most - least) / 2;
                let mut fewer = state.clone();
                fewer.get_mut(item).into_iter().for_each(|count| *count = half);
                if space.outcome(&fewer).is_some_and(|outcome| self.reaches(&outcome)) {
                    most = half;
                } else {
                    least = half + 1;
                }
            }
            state.get_mut(item).into_iter().for_each(|count| *count = most);
        }
        let holds = space.outcome(&state).is_some_and(|outcome| self.reaches(&outcome));
        holds.then(|| self.way(space, &state)).flatten()
    }

    fn way(&self, space: &Space<'_>, state: &State) -> Option<Way> {
        let outcome = space.outcome(state)?;
        let mut steps: Vec<Step> = Vec::new();
        let chosen = space.rows_of(state);
        let key = |table, row: usize| self.base.data.table(table).key(row).to_owned();
        for (item, count) in space.items.iter().zip(state).filter(|(_, count)| **count > 0) {
            let class = space.classes.get(item.class)?;
            let count = usize::from(*count);
            let of = if class.rows.is_empty() { item.most } else { class.rows.len() };
            let rows = if class.rows.is_empty() {
                Vec::new()
            } else {
                let same = |(table, row, made): &&Done| {
                    *table == class.table && class.rows.contains(row) && *made == item.made
                };
                chosen.iter().filter(same).map(|(table, row, _)| key(*table, *row)).collect()
            };
            steps.push(Step { made: item.made.clone(), count, rows, of });
        }
        // The same move on rows of several kinds is one step.
        let mut merged: Vec<Step> = Vec::new();
        for step in steps {
            match merged.iter_mut().find(|known| known.made == step.made && !known.rows.is_empty()) {
                Some(known) => {
                    known.count += step.count;
                    known.of += step.of;
                    known.rows.extend(step.rows);
                }
                None => merged.push(step),
            }
        }
        Some(Way { cost: space.cost(state), steps: merged, differences: self.differences(&outcome) })
    }

    /// What differs for the unit.
    fn differences(&self, outcome: &Outcome) -> Vec<Difference> {
        let levels = differences(&self.base.outcome, outcome);
        let level = levels.into_iter().find(|level| level.id == self.level.id);
        let unit = level.and_then(|level| level.units.into_iter().find(|unit| unit.id == self.unit.id));
        unit.map(|unit| unit.differences).unwrap_or_default()
    }

    /// For each criterion that is missed: the cheapest way to meet it.
    fn singles(&self, space: &Space<'_>, left: &mut usize) -> Vec<Single> {
        let missed = self.unit.criteria.iter().enumerate().filter(|(at, judgement)| {
            let strength = self.level.criteria.get(*at).map(|head| head.strength);
            let asked = matches!(self.goal, Goal::Met(_)) || strength.is_some_and(crate::campaign::Strength::binds);
            asked && judgement.verdict == crate::evaluate::Verdict::NotMet
        });
        let missed: Vec<usize> = missed.map(|(at, _)| at).collect();
        missed.into_iter().filter_map(|criterion| self.single(space, criterion, left)).collect()
    }

    fn single(&self, space: &Space<'_>, criterion: usize, left: &mut usize) -> Option<Single> {
        let need = Need { criterion, met: true };
        let items: Vec<usize> = self.touching(space, criterion).into_iter().collect();
        let holds = |outcome: &Outcome| self.of(outcome).is_some_and(|(_, unit)| need.holds(&unit));
        // One criterion by itself is a side question: it may not use up what the goal needs.
        let mut own = (*left).min(MOST_TRIED / 50);
        let before = own;
        let chains = self.chains(space, &items, &[criterion]);
        let end = cheapest(space, &chains, &Bounds(Vec::new()), &holds, &mut own);
        *left -= before - own;
        let id = self.level.criteria.get(criterion)?.id.clone();
        let (way, proved, reaches) = match end {
            End::Found(state) => {
                let reaches = space.outcome(&state).is_some_and(|outcome| self.reaches(&outcome));
                (self.way(space, &state), true, reaches)
            }
            End::Nowhere => (None, true, false),
            End::TooMany(_) => (None, false, false),
        };
        Some(Single { criterion: id, way, proved, reaches })
    }

    /// How much of each kind may be lost before the goal no longer holds.
    fn losses(&self, left: &mut usize) -> Vec<Loss> {
        let mut losses = Vec::new();
        for (made, of) in self.moves.iter().enumerate() {
            let Some(opposite) = opposite(of) else { continue };
            let moves = [opposite];
            let space = Space::new(self.base, &moves, self.who, &mut Vec::new());
            let all: usize = space.classes.iter().map(|class| class.rows.len()).sum();
            if space.items.is_empty() {
                continue;
            }
            let lost = |outcome: &Outcome| !self.reaches(outcome);
            let (may_lose, rows, proved) = match cheapest(&space, &each_alone(&space), &Bounds(Vec::new()), &lost, left)
            {
                End::Found(state) => {
                    let rows = space.rows_of(&state);
                    let keys: Vec<String> =
                        rows.iter().map(|(table, row, _)| self.base.data.table(*table).key(*row).to_owned()).collect();
                    (keys.len().saturating_sub(1), keys, true)
                }
                End::Nowhere => (all, Vec::new(), true),
                End::TooMany(least) => {
                    let least = least.to_whole().and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
                    (least.saturating_sub(1), Vec::new(), false)
                }
            };
            losses.push(Loss { made, may_lose, of: all, rows, proved });
        }
        losses
    }
}

/// Every item a chain of its own.
fn each_alone(space: &Space<'_>) -> Chains {
    (0..space.items.len()).map(|item| vec![item]).collect()
}

/// What undoes a move: rows that say what it sets say again what it asks for.
fn opposite(of: &Move) -> Option<Move> {
    let Deed::Set(cells) = &of.deed else { return None };
    let undone = |(column, _): &(crate::schema::ColumnId, String)| {
        let test = of.tests.iter().find(|(of, _)| of == column)?;
        let value = test.1.values.first().filter(|_| test.1.compares == crate::patch::Compares::Equal)?;
        Some((*column, value.text.clone()))
    };
    let undone: Vec<_> = cells.iter().filter_map(undone).collect();
    let kept = of.tests.iter().filter(|(column, _)| !undone.iter().any(|(of, _)| of == column)).cloned().collect();
    (!undone.is_empty()).then(|| Move { tests: kept, deed: Deed::Set(undone), cost: Number::ONE, ..of.clone() })
}
