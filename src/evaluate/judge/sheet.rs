//! The sheet of a level: a line for each unit, filled in stage by stage.

use std::collections::BTreeMap;

use crate::campaign::{Level, Per, Quota, Requirement, Scorers};
use crate::rule::{Cell, Context};
use crate::schema::{ColumnId, TableSchema, Title};
use crate::value::{Number, Possible, Truth};

use super::super::Line;
use super::super::awarded::{AwardHead, AwardOutcome, ConditionHead, QuotaHead};
use super::super::outcome::{
    CriterionHead, GradeOutcome, Judgement, KeyHead, LevelOutcome, Ranking, Score, Settings, UnitOutcome,
};
use super::super::plan::{AwardPlan, ConditionPlan, CriterionPlan, KeyPlan, LevelPlan};
use super::Judge;
use super::award::Cuts;
use super::verdict::Stakes;

/// What is known so far of the units of a level; all lists by unit are in the order of `units`.
pub(super) struct Sheet<'d> {
    pub level: &'d Level,
    pub plan: &'d LevelPlan,
    pub units: Vec<Unit>,
    /// Rows of which nobody knows whether they are units.
    pub perhaps: Vec<usize>,
    /// What each criterion measured, by criterion and unit.
    pub measured: Vec<Vec<Measurement<'d>>>,
    /// The verdicts, by criterion and unit.
    pub judged: Vec<Vec<Judged<'d>>>,
    pub scores: Vec<Option<Score>>,
    pub grades: Vec<Option<Graded>>,
    pub ranks: Vec<Option<Ranking>>,
    /// What must hold for a unit to be ranked, and does not, or perhaps does not.
    pub unranked: Vec<Vec<(String, Truth)>>,
    /// Who is equal in all keys before one, by key and unit.
    pub ties: BTreeMap<usize, Vec<Possible<Number>>>,
    /// The decisions, by award and unit.
    pub awards: Vec<Vec<Option<AwardOutcome>>>,
    /// How the places of each award went.
    pub cuts: Vec<Cuts>,
}

/// A unit of a level.
pub(super) struct Unit {
    /// The row in its table.
    pub row: usize,
    pub id: String,
    pub name: Option<String>,
    pub cluster: Option<String>,
}

/// What a criterion measured for a unit.
pub(super) struct Measurement<'d> {
    pub applies: Truth,
    pub cell: Cell<'d>,
}

/// The verdict on a criterion for a unit.
pub(super) struct Judged<'d> {
    pub judgement: Judgement,
    /// What its points depend on.
    pub stakes: Option<Stakes<'d>>,
}

/// The grade of a unit.
pub(super) struct Graded {
    pub outcome: GradeOutcome,
    /// The grades that it may be, as steps of the scale of grades: worst first.
    pub steps: Possible<u32>,
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
            measured: (0..by_criterion).map(|_| Vec::new()).collect(),
            judged: (0..by_criterion).map(|_| Vec::new()).collect(),
            scores: Vec::new(),
            grades: Vec::new(),
            ranks: Vec::new(),
            unranked: Vec::new(),
            ties: BTreeMap::new(),
            awards: plan.awards.iter().map(|_| Vec::new()).collect(),
            cuts: plan.awards.iter().map(|_| Cuts::default()).collect(),
        }
    }

    /// A row of the level's table as a unit.
    pub fn unit(&self, row: usize, context: &Context<'_>) -> Unit {
        let text_of = |column: fn(&TableSchema, &Level) -> Option<ColumnId>| {
            let table = self.plan.units?;
            let column = column(context.schema.table(table), self.level)?;
            context.data.table(table).column(column)?.text(row).map(str::to_owned)
        };
        let key = |table| context.data.table(table).key(row).to_owned();
        Unit {
            row,
            id: self.plan.units.map_or_else(|| self.level.id.clone(), key),
            name: text_of(|table, _| table.name),
            cluster: text_of(|_, level| level.cluster),
        }
    }

    /// The judgement of a criterion for a unit.
    pub fn judgement(&self, criterion: usize, unit: usize) -> Option<&Judgement> {
        Some(&self.judged.get(criterion)?.get(unit)?.judgement)
    }

    /// What the level says when all stages are done.
    pub fn outcome(self, judge: &Judge<'_, 'd>) -> LevelOutcome {
        let level = self.level;
        LevelOutcome {
            id: level.id.clone(),
            title: level.title.clone(),
            criteria: self.heads(judge),
            awards: self.award_heads(judge),
            rules: self.rules_required(judge),
            settings: Settings {
                rounding: level.score.as_ref().map(|score| score.rounding),
                not_applicable: level.score.as_ref().and_then(|score| score.not_applicable),
                rank_by: self.plan.rank.iter().map(KeyHead::from).collect(),
                ties: level.rank.as_ref().map(|rank| rank.ties),
                people: level.people,
            },
            units: self.lines(),
        }
    }

    /// What is decided of the units.
    pub fn brief(&self) -> Vec<Line> {
        let line = |(at, unit): (usize, &Unit)| Line {
            row: unit.row,
            verdicts: self.judged.iter().filter_map(|column| Some(column.get(at)?.judgement.verdict)).collect(),
            score: self.scores.get(at).copied().flatten(),
            grade: self.grades.get(at).and_then(Option::as_ref).map(|grade| grade.outcome.clone()),
            rank: self.ranks.get(at).and_then(Option::as_ref).map(|rank| (rank.best, rank.worst, rank.tied)),
            awards: self
                .awards
                .iter()
                .filter_map(|column| Some(column.get(at)?.as_ref().map(|it| it.verdict)))
                .collect(),
        };
        self.units.iter().enumerate().map(line).collect()
    }

    fn heads(&self, judge: &Judge<'_, 'd>) -> Vec<CriterionHead> {
        let criterion = |plan: &CriterionPlan| judge.plan.campaign.criteria.get(plan.criterion);
        let head = |criterion: &crate::campaign::Criterion| CriterionHead {
            id: criterion.id.clone(),
            title: criterion.title.clone(),
            clause: criterion.clause.clone(),
            strength: criterion.strength,
            scorers: criterion.scorers().map(scorer_heads).unwrap_or_default(),
        };
        self.plan.criteria.iter().filter_map(criterion).map(head).collect()
    }

    /// The rules that awards and ranks require, with the comments above them.
    fn rules_required(&self, judge: &Judge<'_, 'd>) -> Vec<(String, String)> {
        let conditions = self.plan.awards.iter().flat_map(|award| &award.conditions).chain(&self.plan.rank_requires);
        let rules = conditions.filter(|(_, condition)| matches!(condition, ConditionPlan::Rule(_)));
        rules.filter_map(|(name, _)| Some((name.clone(), judge.plan.library.get(name)?.doc.clone()))).collect()
    }

    fn award_heads(&self, judge: &Judge<'_, 'd>) -> Vec<AwardHead> {
        let head = |(plan, cuts): (&'d AwardPlan, &Cuts)| {
            let award = judge.plan.campaign.awards.get(plan.award)?;
            let quotas = award.quotas.iter().zip(&plan.quotas);
            Some(AwardHead {
                id: award.id.clone(),
                title: award.title.clone(),
                conditions: award.requires.iter().filter_map(condition_head).collect(),
                quotas: quotas.map(|(quota, plan)| quota_head(quota, judge.same_for_all(&plan.at_most))).collect(),
                cuts: cuts.cuts.clone(),
                outside: cuts.outside.clone(),
            })
        };
        self.plan.awards.iter().zip(&self.cuts).filter_map(head).collect()
    }

    /// The columns of the sheet as one outcome for each unit.
    fn lines(self) -> Vec<UnitOutcome> {
        let mut lines: Vec<UnitOutcome> = self.units.into_iter().map(UnitOutcome::from).collect();
        for column in self.judged {
            for (line, judged) in lines.iter_mut().zip(column) {
                line.criteria.push(judged.judgement);
            }
        }
        for (line, score) in lines.iter_mut().zip(self.scores) {
            line.score = score;
        }
        for (line, grade) in lines.iter_mut().zip(self.grades) {
            line.grade = grade.map(|grade| grade.outcome);
        }
        for (line, rank) in lines.iter_mut().zip(self.ranks) {
            line.rank = rank;
        }
        for (line, unranked) in lines.iter_mut().zip(self.unranked) {
            line.unranked = unranked;
        }
        for column in self.awards {
            for (line, award) in lines.iter_mut().zip(column) {
                line.awards.push(award);
            }
        }
        lines
    }
}

/// What is said of a condition that has a title or a clause of its own.
fn condition_head(asked: &Requirement) -> Option<ConditionHead> {
    let own = asked.clause.is_some() || asked.title != Title::default();
    own.then(|| ConditionHead { id: asked.id.clone(), title: asked.title.clone(), clause: asked.clause.clone() })
}

fn quota_head(quota: &Quota, at_most: Option<Number>) -> QuotaHead {
    let per = quota.per.iter().filter(|per| **per != Per::Level).map(|per| per.word().to_owned());
    QuotaHead {
        at_most,
        share: quota.share.as_ref().map(|share| (share.of.name.clone(), share.round)),
        per: per.collect(),
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
        Self { subject: key.subject.clone(), direction: key.direction, places: key.places }
    }
}

/// A unit of which nothing is judged yet.
impl From<Unit> for UnitOutcome {
    fn from(unit: Unit) -> Self {
        Self {
            row: unit.row,
            id: unit.id,
            name: unit.name,
            cluster: unit.cluster,
            criteria: Vec::new(),
            score: None,
            rank: None,
            unranked: Vec::new(),
            grade: None,
            awards: Vec::new(),
        }
    }
}
