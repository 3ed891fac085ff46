//! One plan, judged again and again on data that differ from those of today in a few rows.
//!
//! Whoever looks for the least change asks the same of thousands of data that are nearly the same. What the changed rows
//! add to what is derived is found once for each and then only added up ([`Shift`]); and only those stages are done that
//! the answer rests on and that a change reaches.

use crate::data::Dataset;
use crate::rule::{Context, Derived};

use super::judge::{Judge, Sheets};
use super::measure::{Results, Shift, measure};
use super::plan::{Item, Plan, Stage};
use super::reuse::Kept;
use super::{AwardVerdict, Interpret, Measured, Options, Points, Score, UnitOutcome, Verdict, days, interpret, params};

/// Data that are held at once: what is derived of each stays until the last.
const AT_ONCE: usize = 1024;

/// What is said of one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Of each criterion of the level; nothing of one that was not judged.
    pub criteria: Vec<Option<ToldOf>>,
    /// The score.
    pub score: Option<Score>,
    /// The grade, by its id.
    pub grade: Option<String>,
    /// The best and the worst place.
    pub rank: Option<(usize, usize)>,
    /// The decisions, by award.
    pub awards: Vec<Option<AwardVerdict>>,
}

/// What is said of one criterion of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldOf {
    /// The verdict.
    pub verdict: Verdict,
    /// Before the due day: what it would be today.
    pub so_far: Option<Verdict>,
    /// What was measured.
    pub measured: Measured,
    /// What it earned.
    pub points: Option<Points>,
}

impl Told {
    /// What an outcome says of a unit.
    #[must_use]
    pub fn of(unit: &UnitOutcome<'_>) -> Self {
        let criterion = |it: crate::evaluate::Judgement| {
            Some(ToldOf { verdict: it.verdict, so_far: it.so_far, measured: it.measured, points: it.points })
        };
        Self {
            criteria: unit.criteria.iter().map(criterion).collect(),
            score: unit.score,
            grade: unit.grade.and_then(|grade| grade.id.clone()),
            rank: unit.rank.as_ref().map(|rank| (rank.best, rank.worst)),
            awards: unit.awards.iter().map(|award| award.as_ref().map(|award| award.verdict)).collect(),
        }
    }
}

/// Who is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// All units, for what one does may move the others.
    All,
    /// One unit of the level by itself.
    Alone,
}

/// A question about one unit that is asked many times.
#[derive(Clone, Debug)]
pub struct Nearby<'k> {
    plan: &'k Plan,
    kept: &'k Kept,
    options: Options,
    level: usize,
    row: usize,
    whom: Whom,
    needed: Vec<bool>,
    touched: Vec<bool>,
}

impl<'k> Nearby<'k> {
    /// What some stages say of the unit in a row of a level's table, where `touched` tells of each stage whether a change
    /// may reach it.
    #[must_use]
    pub fn new(
        (plan, kept): (&'k Plan, &'k Kept),
        options: Options,
        (level, row): (usize, usize),
        whom: Whom,
        last: &[Stage],
        touched: Vec<bool>,
    ) -> Self {
        Self { plan, kept, options, level, row, whom, needed: plan.needed_for(last), touched }
    }

    /// What is said with each of some shifts of what is derived of the data.
    #[must_use]
    pub fn told(&self, data: &Dataset, shifts: &[&Shift]) -> Vec<Option<Told>> {
        shifts.chunks(AT_ONCE).flat_map(|shifts| self.in_one_go(data, shifts)).collect()
    }

    fn in_one_go(&self, data: &Dataset, shifts: &[&Shift]) -> Vec<Option<Told>> {
        let plan = self.plan;
        let days = days(plan, self.options.as_of);
        let unchanged = self.kept.unchanged(plan, data, self.options);
        let interpreter = interpret::interpreter(plan, data, days);
        let interpreter = interpreter.as_ref().map(|interpreter| interpreter as &dyn Interpret<'_>);
        let params = params(&plan.campaign);
        let results: Vec<_> = shifts.iter().map(|_| Results::with_room_for(plan.derived.len())).collect();
        let (mut sheets, mut told) = (Sheets::new(plan), Vec::with_capacity(shifts.len()));
        let mut before: Option<&Results<'_>> = None;
        for (shift, results) in shifts.iter().zip(&results) {
            let context = Context { schema: &plan.campaign.schema, data, params: &params, days, derived: results };
            // What is wrong with single rows is told by a whole evaluation.
            let faults = &mut Vec::new();
            let mut judge = Judge { plan, context: &context, interpreter, threads: 1, again: true, faults };
            let mut moved_all = true;
            for ((stage, needed), touched) in plan.stages.iter().zip(&self.needed).zip(&self.touched) {
                if !needed {
                    continue;
                }
                match (*stage, before.filter(|_| !touched)) {
                    (Stage::Derived(id), Some(before)) => results.share(id, before),
                    (Stage::Of { .. }, Some(_)) => {}
                    (Stage::Of { level, item }, None) => {
                        sheets.judge(level, item, &mut judge);
                        if (level, item, self.whom) == (self.level, Item::Units, Whom::Alone) {
                            sheets.only(level, self.row);
                        }
                    }
                    (Stage::Derived(id), None) => match (plan.derived.get(id), unchanged.get(id).cloned().flatten()) {
                        (Some(Derived::Aggregate(_)), Some(slot)) => match shift.moves(id, &slot) {
                            Some(Some(moved)) => results.put(id, moved.into()),
                            Some(None) => results.take_over(id, slot, judge.faults),
                            None => moved_all = false,
                        },
                        (Some(Derived::Aggregate(aggregate)), None) => {
                            moved_all &= shift.moved().all(|(derived, _)| derived != id);
                            measure(id, aggregate, &context, results, 1, judge.faults);
                        }
                        (Some(Derived::Fact(fact)), _) => {
                            results.set(id, fact.of, sheets.fact(fact, super::rows(fact.of, data)));
                        }
                        (None, _) => {}
                    },
                }
            }
            told.push(sheets.told(self.level, self.row).filter(|_| moved_all));
            before = Some(results);
        }
        told
    }
}

impl Kept {
    /// What data that differ from those of today in a few rows add to some derived columns, which must read nothing that
    /// is derived; nothing where that is no sum.
    #[must_use]
    pub fn shift_to(&self, data: &Dataset, options: Options, derived: &[usize]) -> Option<Shift> {
        let plan = self.plan();
        let (days, params) = (days(plan, options.as_of), params(&plan.campaign));
        let results = Results::with_room_for(plan.derived.len());
        let context = Context { schema: &plan.campaign.schema, data, params: &params, days, derived: &results };
        let mut shift = Shift::default();
        for id in derived {
            let aggregate = plan.derived.get(*id)?.aggregate()?;
            measure(*id, aggregate, &context, &results, 1, &mut Vec::new());
            shift.add(*id, self.slot(*id)?, results.slot(*id)?)?;
        }
        Some(shift)
    }
}
