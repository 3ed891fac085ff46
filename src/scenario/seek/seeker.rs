//! One question about one unit.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::{
    Item, LevelOutcome, LevelPlan, Nearby, Options, Outcome, Stage, Told, UnitOutcome, Verdict, Whom,
};
use crate::value::Number;

use super::super::base::Base;
use super::super::compare::{Difference, differences};
use super::bound::Field;
use super::bundle::Counted;
use super::goal::{Goal, Need};
use super::moves::{self, Move};
use super::part::{Choice, Part, Parts, judged};
use super::search::{End, Wanted, cheapest};
use super::space::{Done, Space, State, Who};
use super::{Answer, MOST_TRIED, Question, Single, Step, Way};

/// So many choices of each part are kept, at first and then.
const MOST_CHOICES: [usize; 3] = [1_000, 10_000, 100_000];

/// A question, and the unit that it is about.
pub(super) struct Seeker<'s> {
    pub base: &'s Base,
    pub goal: &'s Goal,
    pub who: Who,
    pub level: &'s LevelOutcome,
    pub unit: UnitOutcome<'s>,
    pub moves: Vec<Move>,
    pub declared: bool,
}

impl<'s> Seeker<'s> {
    pub fn new(
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

    fn holds_where(&self, goal: &Goal, told: &Told) -> bool {
        let of = self.base.plan.campaign.levels.get(self.who.level);
        of.is_some_and(|of| goal.holds_where(self.level, of, told))
    }

    fn holds(&self, goal: &Goal, outcome: &Outcome) -> bool {
        self.of(outcome).is_some_and(|(_, unit)| self.holds_where(goal, &Told::of(&unit)))
    }

    pub fn reaches(&self, outcome: &Outcome) -> bool {
        self.holds(self.goal, outcome)
    }

    /// For each of some ways, whether it makes a goal hold, or no longer hold, for all that all units do. What seems to
    /// is evaluated completely.
    pub fn turned(&self, space: &Space<'_>, goal: &Goal, holds: bool, ways: &[Counted]) -> Vec<bool> {
        let last = goal.decided_by(self.level, self.who.level);
        let options = Options { as_of: self.base.as_of, threads: 1 };
        let plan = &self.base.plan;
        let readers = space.items.iter().flat_map(|item| item.readers.iter().flatten());
        let readers: BTreeSet<Stage> = readers.map(|(stage, _)| *stage).collect();
        let everything = space.items.iter().any(|item| item.readers.is_none());
        let touched = plan.reached(|stage| everything || readers.contains(&stage));
        let at = (self.who.level, space.unit_row());
        let nearby = Nearby::new((plan, self.base.kept()), options, at, Whom::All, &last, touched);
        let adds: Vec<_> = ways.iter().map(|way| space.adds(way).unwrap_or_default()).collect();
        let told = judged(space, &nearby, &adds.iter().map(|(shift, others)| (shift, others)).collect::<Vec<_>>());
        let mut turned = Vec::with_capacity(ways.len());
        for (way, told) in ways.iter().zip(told) {
            let seems = told.is_none_or(|told| self.holds_where(goal, &told) == holds);
            // Of several the first is taken: those after it need no second look.
            let surely = seems
                && !turned.contains(&true)
                && space.outcome(&space.state(way)).is_some_and(|outcome| self.holds(goal, &outcome) == holds);
            turned.push(surely);
        }
        turned
    }

    pub fn answer(&self, space: &Space<'_>, left: &mut usize) -> Answer {
        if self.reaches(&self.base.outcome) {
            return Answer::Already;
        }
        let Some(planned) = self.base.plan.levels.get(self.who.level) else { return Answer::NotFound(Number::ZERO) };
        let needs = self.goal.needs(&self.base.plan, planned, self.level, &self.unit);
        let needs: Vec<Need> = needs.into_iter().filter(|need| !need.holds(&self.unit)).collect();
        let mut lacking = Vec::new();
        let asked = self.goal.decided_by(self.level, self.who.level);
        let end = growing(space, &asked, left, |parts, left| {
            let (least, none_brings) = self.needed(space, parts, &needs);
            lacking = none_brings;
            if !lacking.is_empty() {
                return End::Nowhere;
            }
            let wanted = Wanted {
                gain: self.field(planned).filter(|_| parts.judged && parts.adds_up).and_then(|it| it.gain(self.goal)),
                least,
                may: &|part, choice| needs.iter().all(|need| meets(*need, part, choice)),
                reached: &|ways| self.turned(space, self.goal, true, ways),
            };
            cheapest(&parts.all, &wanted, left)
        });
        match end {
            End::Found(way) => {
                self.way(space, &space.state(&way)).map_or(Answer::NotFound(Number::ZERO), Answer::Least)
            }
            End::Nowhere => Answer::Impossible(lacking, self.best(space)),
            End::TooMany(least) => match self.some_way(space) {
                Some(way) => Answer::NotProved(way, least),
                None => Answer::NotFound(least),
            },
        }
    }

    fn field<'f>(&'f self, of: &'f LevelPlan) -> Option<Field<'f>> {
        let plan = &self.base.plan;
        let level = plan.campaign.levels.get(self.who.level)?;
        Some(Field { plan, of, level, outcome: self.level, unit: &self.unit })
    }

    /// What the criteria that a goal needs cost at least, and those that no move can bring.
    fn needed(&self, space: &Space<'_>, parts: &Parts, needs: &[Need]) -> (Number, Vec<String>) {
        let (mut least, mut lacking) = (Number::ZERO, Vec::new());
        for need in needs {
            let alone;
            let parts = if parts.judged {
                parts
            } else {
                alone = Parts::new(space, &self.verdict_on(need.criterion), MOST_CHOICES[0]);
                &alone
            };
            let bound = match parts.all.iter().find(|part| !parts.judged || part.criteria.contains(&need.criterion)) {
                Some(_) if !parts.judged => Some(Number::ZERO),
                Some(part) => {
                    let found = part.choices.iter().find(|choice| meets(*need, part, choice)).map(|choice| choice.cost);
                    [found, part.cut].into_iter().flatten().min()
                }
                None => None,
            };
            match bound {
                Some(bound) => least = least.max(bound),
                None => lacking.extend(self.level.criteria.get(need.criterion).map(|head| head.id.clone())),
            }
        }
        (least, lacking)
    }

    /// What says whether a criterion is met.
    fn verdict_on(&self, criterion: usize) -> [Stage; 1] {
        [Stage::Of { level: self.who.level, item: Item::Verdict(criterion) }]
    }

    /// What differs with everything done.
    fn best(&self, space: &Space<'_>) -> Vec<Difference> {
        Self::all_done(space).map(|(_, outcome)| self.differences(&outcome)).unwrap_or_default()
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
    pub fn singles(&self, space: &Space<'_>, left: &mut usize) -> Vec<Single> {
        let missed = self.unit.criteria.iter().enumerate().filter(|(at, judgement)| {
            let strength = self.level.criteria.get(*at).map(|head| head.strength);
            let asked = matches!(self.goal, Goal::Met(_)) || strength.is_some_and(crate::campaign::Strength::binds);
            asked && judgement.verdict == Verdict::NotMet
        });
        let missed: Vec<usize> = missed.map(|(at, _)| at).collect();
        missed.into_iter().filter_map(|criterion| self.single(space, criterion, left)).collect()
    }

    fn single(&self, space: &Space<'_>, criterion: usize, left: &mut usize) -> Option<Single> {
        let id = self.level.criteria.get(criterion)?.id.clone();
        let goal = Goal::Met(id.clone());
        let need = Need { criterion, met: true };
        // One criterion by itself is a side question: it may not use up what the goal needs.
        let mut own = (*left).min(MOST_TRIED / 50);
        let before = own;
        let end = growing(space, &self.verdict_on(criterion), &mut own, |parts, left| {
            let wanted = Wanted {
                gain: None,
                least: Number::ZERO,
                may: &|part, choice| meets(need, part, choice),
                reached: &|ways| self.turned(space, &goal, true, ways),
            };
            cheapest(&parts.all, &wanted, left)
        });
        *left -= before - own;
        let (way, proved, reaches) = match end {
            End::Found(way) => {
                let state = space.state(&way);
                let reaches = space.outcome(&state).is_some_and(|outcome| self.reaches(&outcome));
                (self.way(space, &state), true, reaches)
            }
            End::Nowhere => (None, true, false),
            End::TooMany(_) => (None, false, false),
        };
        Some(Single { criterion: id, way, proved, reaches })
    }
}

/// Searches among a few choices first, and among more where these are not enough.
pub(super) fn growing(
    space: &Space<'_>,
    last: &[Stage],
    left: &mut usize,
    mut search: impl FnMut(&Parts, &mut usize) -> End,
) -> End {
    let mut end = End::Nowhere;
    for most in MOST_CHOICES {
        // Who allows few candidates wants no more choices either.
        let parts = Parts::new(space, last, most.min(*left).max(1));
        end = search(&parts, left);
        let more = parts.all.iter().any(|part| part.cut.is_some());
        if !(more && matches!(end, End::TooMany(_)) && *left > most) {
            break;
        }
    }
    end
}

/// Whether a choice meets a need, as far as that can be said of it: one that was not judged may.
fn meets(need: Need, part: &Part, choice: &Choice) -> bool {
    let at = part.criteria.iter().position(|criterion| *criterion == need.criterion);
    let told = at.and_then(|at| choice.told.get(at));
    told.is_none_or(|told| need.holds_where(told.verdict, told.so_far))
}
