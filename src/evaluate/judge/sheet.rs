//! The sheet of a level: a line for each unit, filled in stage by stage.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::campaign::{Level, Per, Quantity, Quota, Requirement, Scorers, Value};
use crate::rule::{Cell, Context, Expression, Short};
use crate::schema::{ColumnId, TableSchema, Title};
use crate::value::{Number, Possible, Truth};

use super::super::awarded::{AwardHead, AwardOutcome, ConditionHead, QuotaHead};
use super::super::columns::{Column, Grow, Parts, Repeat, Uniform};
use super::super::judgements::Judgements;
use super::super::outcome::{
    CriterionHead, GradeOutcome, GroupHead, GroupSum, Judgement, KeyHead, LevelOutcome, Points, Settings, Verdict,
};
use super::super::plan::{AwardPlan, BoundPlan, ConditionPlan, CriterionPlan, KeyPlan, LevelPlan, Plan};
use super::super::standings::{Ranks, Scores};
use super::super::units::Units;
use super::super::{Line, Told, ToldOf};
use super::Judge;
use super::award::Cuts;
use super::score::in_order;
use super::verdict::{Possibilities, Stakes};

/// What is known so far of the units of a level; all lists by unit are in the order of `units`.
pub(super) struct Sheet<'d> {
    pub level: &'d Level,
    pub plan: &'d LevelPlan,
    pub units: Vec<Unit<'d>>,
    /// Rows of which nobody knows whether they are units.
    pub perhaps: Vec<usize>,
    /// What each criterion measured, by criterion and unit.
    pub measured: Vec<Measurements<'d>>,
    /// The verdicts, by criterion and unit.
    pub judged: Vec<Judged<'d>>,
    pub scores: Scores,
    pub grades: Vec<Option<Graded>>,
    pub ranks: Ranks,
    /// What must hold for a unit to be ranked, and does not, or perhaps does not.
    pub unranked: BTreeMap<usize, Vec<(String, Truth)>>,
    /// Who is equal in all keys before one, by key and unit.
    pub ties: BTreeMap<usize, Vec<Possible<Number>>>,
    /// The decisions, by award and unit.
    pub awards: Vec<Vec<Option<AwardOutcome>>>,
    /// How the places of each award went.
    pub cuts: Vec<Cuts>,
}

/// A unit of a level.
pub(super) struct Unit<'d> {
    /// The row in its table.
    pub row: usize,
    pub id: &'d str,
    pub name: Option<&'d str>,
    pub cluster: Option<&'d str>,
}

/// What a criterion measured for a unit.
pub(super) struct Measurement<'d> {
    pub applies: Truth,
    pub cell: Cell<'d>,
}

/// What a criterion measured for all units.
#[derive(Default)]
pub(super) struct Measurements<'d> {
    applies: Uniform<Truth>,
    cells: Column<Cell<'d>>,
}

/// The verdicts on a criterion for all units.
#[derive(Default)]
pub(super) struct Judged<'d> {
    pub said: Judgements,
    /// What their points depend on, as long as that is needed.
    stakes: Option<(Vec<Possibilities>, Uniform<Bars<'d>>)>,
}

/// The bars that a measure is held against; one without an answer is nothing.
pub(super) type Bars<'d> = Arc<[Option<Cell<'d>>]>;

/// The grade of a unit.
pub(super) struct Graded {
    pub outcome: GradeOutcome,
    /// The grades that it may be, as steps of the scale of grades: worst first.
    pub steps: Possible<u32>,
}

impl<'d> Measurements<'d> {
    pub fn get(&self, unit: usize) -> Option<Measurement<'d>> {
        Some(Measurement { applies: *self.applies.get(unit)?, cell: self.cells.get(unit)? })
    }

    /// Appends what a criterion measured that applies.
    pub fn push_short(&mut self, measured: Short) {
        self.applies.push(Truth::True);
        self.cells.push_short(measured);
    }

    /// What was measured, where the criterion surely applies and it is short.
    pub fn short(&self, unit: usize) -> Option<Short> {
        self.cells.short(unit).filter(|_| self.applies.get(unit) == Some(&Truth::True))
    }
}

impl<'d> Grow<Measurement<'d>> for Measurements<'d> {
    fn push(&mut self, measurement: Measurement<'d>) {
        self.applies.push(measurement.applies);
        self.cells.push(measurement.cell);
    }
}

impl Parts for Measurements<'_> {
    fn append(&mut self, more: Self) {
        self.applies.append(more.applies);
        self.cells.append(more.cells);
    }
}

impl<'d> Judged<'d> {
    /// What the points of a unit depend on.
    pub fn stakes(&self, unit: usize) -> Option<Stakes<'_, 'd>> {
        let (possibilities, bars) = self.stakes.as_ref()?;
        Some(Stakes { possibilities: *possibilities.get(unit)?, bars: bars.get(unit)? })
    }

    /// Forgets what points depended on.
    pub fn settle(&mut self) {
        self.stakes = None;
    }
}

impl<'d> Grow<(Judgement, Option<(Possibilities, Bars<'d>)>)> for Judged<'d> {
    fn push(&mut self, (judgement, stakes): (Judgement, Option<(Possibilities, Bars<'d>)>)) {
        self.said.push(judgement);
        if let Some((possibilities, bars)) = stakes {
            let kept = self.stakes.get_or_insert_default();
            kept.0.push(possibilities);
            kept.1.push(bars);
        }
    }
}

impl Repeat for Judged<'_> {
    fn repeat(&mut self, at: usize, measured: Short) {
        self.said.repeat(at, measured);
        if let Some((possibilities, bars)) = &mut self.stakes {
            possibilities.extend(possibilities.get(at).copied());
            bars.repeat(at);
        }
    }
}

impl Parts for Judged<'_> {
    fn append(&mut self, more: Self) {
        self.said.append(more.said);
        if let Some((possibilities, bars)) = more.stakes {
            let kept = self.stakes.get_or_insert_default();
            kept.0.extend(possibilities);
            kept.1.append(bars);
        }
    }
}

impl<'d> Measurement<'d> {
    /// What was measured: what perhaps does not apply is perhaps none.
    pub fn known(&self) -> Cell<'d> {
        if self.applies == Truth::Unknown { self.cell.clone().join(Cell::NotApplicable) } else { self.cell.clone() }
    }
}

impl<'d> Sheet<'d> {
    pub fn new(level: &'d Level, plan: &'d LevelPlan) -> Self {
        let by_criterion = plan.criteria.len();
        Self {
            level,
            plan,
            units: Vec::new(),
            perhaps: Vec::new(),
            measured: (0..by_criterion).map(|_| Measurements::default()).collect(),
            judged: (0..by_criterion).map(|_| Judged::default()).collect(),
            scores: Scores::default(),
            grades: Vec::new(),
            ranks: Ranks::default(),
            unranked: BTreeMap::new(),
            ties: BTreeMap::new(),
            awards: plan.awards.iter().map(|_| Vec::new()).collect(),
            cuts: plan.awards.iter().map(|_| Cuts::default()).collect(),
        }
    }

    /// A row of the level's table as a unit.
    pub fn unit(&self, row: usize, context: &Context<'d>) -> Unit<'d> {
        let data = context.data;
        let text_of = |column: fn(&TableSchema, &Level) -> Option<ColumnId>| {
            let table = self.plan.units?;
            let column = column(context.schema.table(table), self.level)?;
            context.said(table, column, row)
        };
        Unit {
            row,
            id: self.plan.units.map_or(&self.level.id, |table| data.table(table).key(row)),
            name: text_of(|table, _| table.name),
            cluster: text_of(|_, level| level.cluster),
        }
    }

    /// What is said of a criterion.
    pub fn said(&self, criterion: usize) -> Option<&Judgements> {
        Some(&self.judged.get(criterion)?.said)
    }

    /// The verdict on a criterion for a unit.
    pub fn verdict(&self, criterion: usize, unit: usize) -> Option<Verdict> {
        self.said(criterion)?.verdict(unit)
    }

    /// The points of a unit for a criterion.
    pub fn points(&self, criterion: usize, unit: usize) -> Option<Points> {
        self.said(criterion)?.points(unit)
    }

    /// What the level says when all stages are done.
    pub fn outcome(self, judge: &Judge<'_, 'd>) -> LevelOutcome {
        let level = self.level;
        LevelOutcome {
            id: level.id.clone(),
            title: level.title.clone(),
            criteria: self.heads(judge),
            groups: self.group_heads(judge),
            awards: self.award_heads(judge),
            rules: self.rules_required(judge),
            settings: Settings {
                rounding: level.score.as_ref().map(|score| score.rounding),
                not_applicable: level.score.as_ref().and_then(|score| score.not_applicable),
                rank_by: self.rank_by(),
                ties: level.rank.as_ref().map(|rank| rank.ties),
                people: level.people,
                bonus: self.plan.most[0],
                at_most: self.plan.most[1],
            },
            units: self.said_of_units(judge),
        }
    }

    fn rank_by(&self) -> Vec<KeyHead> {
        let shown = self.plan.shown_keys();
        let head = |(at, key)| KeyHead { shown: shown.contains(&at), ..KeyHead::from(key) };
        self.plan.rank.iter().enumerate().map(head).collect()
    }

    /// What is decided of the units.
    pub fn brief(&self) -> Vec<Line> {
        let line = |(at, unit): (usize, &Unit<'_>)| Line {
            row: unit.row,
            verdicts: self.judged.iter().filter_map(|column| column.said.verdict(at)).collect(),
            score: self.scores.get(at),
            grade: self.grades.get(at).and_then(Option::as_ref).map(|grade| grade.outcome.clone()),
            rank: self.ranks.places(at).map(|(best, worst)| (best, worst, self.ranks.is_tied(at))),
            awards: self
                .awards
                .iter()
                .filter_map(|column| Some(column.get(at)?.as_ref().map(|it| it.verdict)))
                .collect(),
        };
        self.units.iter().enumerate().map(line).collect()
    }

    /// Forgets all units but one.
    pub fn only(&mut self, row: usize) {
        self.units.retain(|unit| unit.row == row);
    }

    /// What is said of the unit in a row; nothing of what was not judged.
    pub fn told(&self, row: usize) -> Option<Told> {
        let at = self.units.iter().position(|unit| unit.row == row)?;
        let criterion = |column: &Judged<'_>| {
            let said = &column.said;
            Some(ToldOf {
                verdict: said.verdict(at)?,
                so_far: said.so_far(at),
                measured: said.measured(at)?,
                points: said.points(at),
            })
        };
        Some(Told {
            criteria: self.judged.iter().map(criterion).collect(),
            score: self.scores.get(at),
            grade: self.grades.get(at).and_then(Option::as_ref).and_then(|grade| grade.outcome.id.clone()),
            rank: self.ranks.places(at),
            awards: self.awards.iter().map(|column| Some(column.get(at)?.as_ref()?.verdict)).collect(),
        })
    }

    fn heads(&self, judge: &Judge<'_, 'd>) -> Vec<CriterionHead> {
        let criterion = |plan: &CriterionPlan| judge.plan.campaign.criteria.get(plan.criterion);
        let head = |(plan, criterion): (&CriterionPlan, &crate::campaign::Criterion)| CriterionHead {
            id: criterion.id.clone(),
            title: criterion.title.clone(),
            clause: criterion.clause.clone(),
            strength: criterion.strength,
            scorers: criterion.scorers().map(scorer_heads).unwrap_or_default(),
            in_percent: plan.bounds().any(|bound| is_percent(bound, judge.plan)),
        };
        self.plan.criteria.iter().filter_map(|plan| Some((plan, criterion(plan)?))).map(head).collect()
    }

    fn group_heads(&self, judge: &Judge<'_, 'd>) -> Vec<GroupHead> {
        let head = |(at, depth): (usize, usize)| {
            let group = judge.plan.campaign.groups.get(at)?;
            Some(GroupHead { id: group.id.clone(), title: group.title.clone(), depth, only_best: group.only_best })
        };
        in_order(&self.plan.groups).into_iter().filter_map(head).collect()
    }

    /// The rules that awards, ranks, grades and groups require, with the comments above them.
    fn rules_required(&self, judge: &Judge<'_, 'd>) -> Vec<(String, String)> {
        let doc = |name: &String| Some((name.clone(), judge.plan.library.get(name)?.doc.clone()));
        let groups = in_order(&self.plan.groups).into_iter().filter_map(|(at, _)| judge.plan.campaign.groups.get(at));
        let of_points = groups.flat_map(|group| &group.requires).map(|name| &name.name);
        let of_grades = self.level.grades.iter().flat_map(|grade| &grade.requires).map(|name| &name.name);
        let conditions = self.plan.awards.iter().flat_map(|award| &award.conditions).chain(&self.plan.rank_requires);
        let rules = conditions.filter(|(_, condition)| matches!(condition, ConditionPlan::Rule(_)));
        rules.map(|(name, _)| name).chain(of_grades).chain(of_points).filter_map(doc).collect()
    }

    fn award_heads(&self, judge: &Judge<'_, 'd>) -> Vec<AwardHead> {
        let head = |(plan, cuts): (&'d AwardPlan, &Cuts)| {
            let award = judge.plan.campaign.awards.get(plan.award)?;
            let quotas = award.quotas.iter().zip(&plan.quotas);
            Some(AwardHead {
                id: award.id.clone(),
                title: award.title.clone(),
                conditions: award.requires.iter().filter_map(condition_head).collect(),
                quotas: quotas
                    .map(|(quota, plan)| {
                        let at_least = plan.share.as_ref().and_then(|share| share.at_least.as_ref());
                        let at_least = at_least.and_then(|at_least| judge.same_for_all(at_least));
                        quota_head(quota, judge.same_for_all(&plan.at_most), at_least)
                    })
                    .collect(),
                cuts: cuts.cuts.clone(),
                outside: cuts.outside.clone(),
            })
        };
        self.plan.awards.iter().zip(&self.cuts).filter_map(head).collect()
    }

    /// How the points of each unit add up in groups. What is found on the way was told when scores were added up.
    fn groups(&self, judge: &Judge<'_, 'd>) -> Vec<Vec<GroupSum>> {
        if self.plan.groups.is_empty() {
            return Vec::new();
        }
        let mut told = Vec::new();
        let mut judge = judge.aside(&mut told);
        judge.column_of(&self.units, |judge, at, _| judge.added_up(self, at))
    }

    /// What is said of the units, without what it took to say it.
    fn said_of_units(self, judge: &Judge<'_, 'd>) -> Units {
        let groups = self.groups(judge);
        let plans = self.plan.criteria.iter();
        let said = plans.zip(self.judged).map(|(plan, judged)| judged.said.of(judge.id_of(plan)));
        let mut units = Units {
            criteria: said.collect(),
            scores: self.scores,
            ranks: self.ranks,
            unranked: self.unranked,
            grades: self.grades.into_iter().map(|grade| grade.map(|grade| grade.outcome)).collect(),
            awards: self.awards,
            groups,
            ..Units::default()
        };
        for unit in self.units {
            units.rows.push(unit.row);
            units.ids.push(unit.id);
            units.names.push(unit.name);
            units.clusters.push(unit.cluster);
        }
        units
    }
}

/// What is said of a condition that has a title or a clause of its own.
fn condition_head(asked: &Requirement) -> Option<ConditionHead> {
    let own = asked.clause.is_some() || asked.title != Title::default();
    own.then(|| ConditionHead { id: asked.id.clone(), title: asked.title.clone(), clause: asked.clause.clone() })
}

/// Whether a bar is written in percent, itself or in the param that it names.
fn is_percent(bound: &BoundPlan, plan: &Plan) -> bool {
    let percent = |quantity: &Quantity| matches!(quantity, Quantity::Number { percent: true, .. });
    match (&bound.written, &bound.bar) {
        (Some(written), _) => percent(written),
        (None, Expression::Param(at)) => {
            let param = plan.campaign.params.get(*at).map(|param| &param.value.value);
            matches!(param, Some(Value::Literal(quantity)) if percent(quantity))
        }
        _ => false,
    }
}

fn quota_head(quota: &Quota, at_most: Option<Number>, at_least: Option<Number>) -> QuotaHead {
    let per = quota.per.iter().filter(|per| **per != Per::Level).map(|per| per.word().to_owned());
    QuotaHead {
        at_most,
        share: quota.share.as_ref().map(|share| (share.of.name.clone(), share.round)),
        per: per.collect(),
        at_least,
        at_cut: quota.at_cut,
        kept_for: quota.keep.as_ref().map(|keep| keep.whom.name.clone()),
    }
}

/// Puts a column in its place.
pub(super) fn fill<T>(columns: &mut [Vec<T>], at: usize, column: Vec<T>) {
    if let Some(place) = columns.get_mut(at) {
        *place = column;
    }
}

fn scorer_heads(scorers: &Scorers) -> Vec<(String, Title)> {
    scorers.by.iter().map(|scorer| (scorer.id.clone(), scorer.title.clone())).collect()
}

impl From<&KeyPlan> for KeyHead {
    fn from(key: &KeyPlan) -> Self {
        Self { subject: key.subject.clone(), direction: key.direction, places: key.places, shown: false }
    }
}
