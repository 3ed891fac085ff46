//! Where a written number enters, and the values of the data at which moving it can change an answer.

use crate::data::Dataset;
use crate::rule::{Aggregate, Calculation, Cell, Context, Derived, Expression, Measure};
use crate::schema::TableId;
use crate::value::{Number, Possible};

use super::plan::{Part, Plan, Program, Stage};
use super::{Kept, Options, in_context};

/// Where numbers enter a plan. Criteria and awards are named by their level and their position in its plan.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The values that rows have beside a param, wherever the two are compared; days as days since 1970-01-01.
    pub values: Vec<Number>,
    /// The criteria that are held against it.
    pub bars: Vec<(usize, usize)>,
    /// The criteria that it is the points of.
    pub weights: Vec<(usize, usize)>,
    /// Whether it is a count: a quota, or how many of a list are kept.
    pub quota: bool,
    /// The awards of which it is a quota that is a percentage.
    pub shares: Vec<(usize, usize)>,
    /// The levels of whose grades it is a bar.
    pub grades: Vec<usize>,
    /// Whether it also enters in a way in which nothing is known of where answers change.
    pub open: bool,
}

/// Where parts of a plan enter, if they are moved together.
#[must_use]
pub fn reach(plan: &Plan, data: &Dataset, options: Options, kept: Option<&Kept>, parts: &[Part]) -> Reach {
    let before = kept.map(|kept| kept.unchanged(plan, data, options)).unwrap_or_default();
    in_context(plan, data, options, before, &mut Vec::new(), |judge, _, _| {
        let params = parts.iter().filter_map(|part| if let Part::Param(at) = part { Some(*at) } else { None });
        let seeker = Seeker { plan: judge.plan, context: judge.context, params: params.collect() };
        seeker.reach(parts)
    })
}

impl Reach {
    fn quota_of(&mut self, level: usize, award: usize, is_share: bool) {
        if is_share {
            self.shares.push((level, award));
        } else {
            self.quota = true;
        }
    }
}

struct Seeker<'s, 'd> {
    plan: &'d Plan,
    context: &'s Context<'d>,
    params: Vec<usize>,
}

impl<'d> Seeker<'_, 'd> {
    fn reach(&self, parts: &[Part]) -> Reach {
        let mut reach = Reach::default();
        let moved = self.moved();
        for part in parts {
            match *part {
                Part::Param(_) => {}
                Part::Bar { level, criterion, .. } | Part::Exceeded { level, criterion, .. } => {
                    reach.bars.push((level, criterion));
                }
                Part::Weight { level, criterion } => reach.weights.push((level, criterion)),
                Part::Grade { level, .. } => reach.grades.push(level),
                Part::Quota { level, award, quota } => {
                    let won = self.plan.levels.get(level).and_then(|level| level.awards.get(award));
                    let quota = won.and_then(|award| award.quotas.get(quota));
                    reach.quota_of(level, award, quota.is_some_and(|quota| quota.share.is_some()));
                }
            }
        }
        for aggregate in self.plan.derived.iter().filter_map(Derived::aggregate) {
            for expression in aggregate.expressions() {
                self.compared(expression, self.rows(Some(aggregate.table)), &moved, &mut reach);
            }
        }
        for (at, level) in self.plan.levels.iter().enumerate() {
            self.level(at, level, &moved, &mut reach);
        }
        reach.values.sort_unstable();
        reach.values.dedup();
        reach
    }

    fn level(&self, at: usize, level: &'d super::LevelPlan, moved: &[bool], reach: &mut Reach) {
        let rows = self.rows(level.units);
        let mut plain: Vec<&'d Expression> = level.when.iter().collect();
        plain.extend(level.rank.iter().chain(level.awards.iter().flat_map(|award| &award.by)).filter_map(|key| {
            if let super::KeySource::Rule(expression) = &key.source { Some(expression) } else { None }
        }));
        for (position, criterion) in level.criteria.iter().enumerate() {
            plain.extend(&criterion.when);
            plain.extend(&criterion.due);
            match &criterion.measure {
                Program::Computed(expression) => plain.push(expression),
                // What an interpreted rule reads shows only when it runs.
                Program::Interpreted(..) => reach.open |= !self.params.is_empty(),
            }
            for bound in criterion.target.iter().chain(&criterion.exceeded) {
                if self.is_leaf(&bound.bar, reach) {
                    reach.bars.push((at, position));
                }
            }
            if let Some(points) = &criterion.points {
                if points.max.as_ref().is_some_and(|max| self.is_leaf(max, reach)) {
                    reach.weights.push((at, position));
                }
                let others = points.expressions().into_iter().skip(points.max.iter().count());
                reach.open |= others.into_iter().any(|expression| self.reads(expression, &[]));
            }
            // What moves with it cannot be the value that it is held against.
            let measured = if let Program::Computed(expression) = &criterion.measure { Some(expression) } else { None };
            let itself = measured.is_some_and(|expression| self.reads(expression, moved));
            reach.open |= itself && reach.bars.contains(&(at, position));
        }
        // How groups of points and scores are bounded is no step that the data make.
        let bounded = level.groups.iter().flat_map(super::GroupPlan::expressions);
        let bounded = bounded.chain(&level.score_of).chain(level.score_bounds.iter().flatten());
        reach.open |= bounded.into_iter().any(|expression| self.reads(expression, &[]));
        for grade in &level.grades {
            plain.extend(&grade.when);
            plain.extend(grade.requires.iter().filter_map(|condition| match condition {
                super::ConditionPlan::Rule(expression) => Some(expression),
                _ => None,
            }));
            if grade.bar.as_ref().is_some_and(|bar| self.is_leaf(bar, reach)) {
                reach.grades.push(at);
            }
        }
        for (position, award) in level.awards.iter().enumerate() {
            plain.extend(&award.when);
            plain.extend(award.conditions.iter().filter_map(|(_, condition)| match condition {
                super::ConditionPlan::Rule(expression) => Some(expression),
                _ => None,
            }));
            for quota in &award.quotas {
                if self.is_leaf(&quota.at_most, reach) {
                    reach.quota_of(at, position, quota.share.is_some());
                }
                // What bounds places otherwise, or names their groups, is no step that is known beforehand.
                let others = quota.expressions().skip(1);
                reach.open |= others.into_iter().any(|expression| self.reads(expression, &[]));
            }
        }
        for expression in plain {
            self.compared(expression, rows, moved, reach);
        }
    }

    fn rows(&self, table: Option<TableId>) -> usize {
        table.map_or(1, |table| self.context.data.table(table).rows)
    }

    fn is_param(&self, expression: &Expression) -> bool {
        matches!(expression, Expression::Param(at) if self.params.contains(at))
    }

    /// Whether a value is the param itself, or one of cases of which some are; used otherwise, it is open.
    fn is_leaf(&self, expression: &Expression, reach: &mut Reach) -> bool {
        match expression {
            Expression::If(condition, then, otherwise) if !self.reads(condition, &[]) => {
                let then = self.is_leaf(then, reach);
                self.is_leaf(otherwise, reach) || then
            }
            Expression::Param(_) => self.is_param(expression),
            other => {
                reach.open |= self.reads(other, &[]);
                false
            }
        }
    }

    /// What is derived and moves with the params: that which reads them, or what does, and all that is judged.
    fn moved(&self) -> Vec<bool> {
        let mut moved = vec![false; self.plan.derived.len()];
        for stage in &self.plan.stages {
            let Stage::Derived(id) = stage else { continue };
            let it_moves = match self.plan.derived.get(*id) {
                Some(Derived::Aggregate(aggregate)) => self.moves(aggregate, &moved),
                Some(Derived::Fact(_)) => true,
                None => false,
            };
            if let Some(flag) = moved.get_mut(*id) {
                *flag = it_moves;
            }
        }
        moved
    }

    fn moves(&self, aggregate: &Aggregate, moved: &[bool]) -> bool {
        aggregate.expressions().any(|expression| self.reads(expression, moved))
    }

    /// Whether an expression reads a param, or something that moves with one.
    fn reads(&self, expression: &Expression, moved: &[bool]) -> bool {
        let mut reads = false;
        expression.walk(&mut |inner| {
            reads |= match inner {
                Expression::Param(_) => self.is_param(inner),
                Expression::Derived { id, .. } => moved.get(*id).copied().unwrap_or(false),
                _ => false,
            };
        });
        reads
    }

    /// Finds the comparisons with a param, and the values beside it. What reads it in another way is open.
    fn compared(&self, expression: &'d Expression, rows: usize, moved: &[bool], reach: &mut Reach) {
        let (mut read, mut closed) = (0, 0);
        expression.walk(&mut |inner| {
            read += usize::from(self.is_param(inner));
            match inner {
                Expression::Compare(_, a, b) => {
                    for (param, beside) in [(a, b), (b, a)] {
                        if self.is_param(param) && !self.reads(beside, moved) {
                            closed += 1;
                            self.values(beside, rows, &mut reach.values);
                        }
                    }
                }
                // So many of a list is a whole number, as a quota is.
                Expression::Calculated(_, list, Some(count)) if self.is_param(count) && self.is_list(list) => {
                    closed += 1;
                    reach.quota = true;
                }
                Expression::Within { day, from, to } if !self.reads(day, moved) => {
                    for bound in [from, to] {
                        if self.is_param(bound) {
                            closed += 1;
                            self.values(day, rows, &mut reach.values);
                        }
                    }
                }
                _ => {}
            }
        });
        if read > closed {
            reach.open = true;
            self.fields(expression, rows, &mut reach.values);
        }
    }

    /// Whether an expression is a list: its kept part, or the values of rows.
    fn is_list(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Listed(_) | Expression::Calculated(Calculation::Kept(_), ..) => true,
            Expression::Derived { id, .. } => {
                let aggregate = self.plan.derived.get(*id).and_then(Derived::aggregate);
                aggregate.is_some_and(|aggregate| matches!(aggregate.measure, Measure::List(_)))
            }
            _ => false,
        }
    }

    /// What stands in the data where nothing better is known.
    fn fields(&self, expression: &'d Expression, rows: usize, values: &mut Vec<Number>) {
        expression.walk(&mut |inner| {
            if matches!(inner, Expression::Field(_)) {
                self.values(inner, rows, values);
            }
        });
    }

    /// The values that an expression has in some row, and the ends of those that are open.
    fn values(&self, expression: &'d Expression, rows: usize, values: &mut Vec<Number>) {
        for row in 0..rows {
            let ends = match self.context.evaluate(expression, row) {
                Ok(Cell::Day(day)) => {
                    [day.least(), day.greatest()].map(|day| day.map(|day| Number::whole(i64::from(day.days()))))
                }
                Ok(cell) => {
                    let number = cell.as_number().unwrap_or_else(Possible::none);
                    [number.least(), number.greatest()]
                }
                Err(_) => [None, None],
            };
            values.extend(ends.into_iter().flatten());
        }
        values.sort_unstable();
        values.dedup();
    }
}
