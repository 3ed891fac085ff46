//! Plans that differ only in numbers that are written out, and those that lie between them.

use crate::campaign::{Param, Quantity, Value};
use crate::rule::{Constant, Expression};
use crate::value::{ArithmeticFault, Day, Number};

use super::{BoundPlan, Plan};

/// Two plans that differ only in written numbers and days.
#[derive(Debug)]
pub struct Between<'p> {
    low: &'p Plan,
    high: &'p Plan,
    /// What differs.
    pub parts: Vec<Part>,
}

/// A written number, by its positions in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// A param.
    Param(usize),
    /// A bar of a target.
    Bar {
        /// The level.
        level: usize,
        /// The criterion in the level's plan.
        criterion: usize,
        /// The side of the target.
        bound: usize,
    },
    /// A bar beyond which a target is exceeded.
    Exceeded {
        /// The level.
        level: usize,
        /// The criterion in the level's plan.
        criterion: usize,
        /// The side.
        bound: usize,
    },
    /// The points of a criterion.
    Weight {
        /// The level.
        level: usize,
        /// The criterion in the level's plan.
        criterion: usize,
    },
    /// The bar of a grade.
    Grade {
        /// The level.
        level: usize,
        /// The grade.
        grade: usize,
    },
    /// The quota of an award.
    Quota {
        /// The level.
        level: usize,
        /// The award in the level's plan.
        award: usize,
        /// Which of its quotas.
        quota: usize,
    },
}

impl<'p> Between<'p> {
    /// What differs between two plans; nothing if anything but written numbers does.
    #[must_use]
    pub fn of(low: &'p Plan, high: &'p Plan) -> Option<Self> {
        let differs = |part: &Part| get(low, *part) != get(high, *part);
        let parts: Vec<Part> = all(low).into_iter().filter(differs).collect();
        let between = Self { low, high, parts };
        let mut moved = low.clone();
        between.set(&mut moved, Number::ONE).ok()?;
        let values = |plan: &Plan| plan.campaign.params.iter().map(|param| literal(param).cloned()).collect::<Vec<_>>();
        let same = moved.levels == high.levels
            && moved.derived == high.derived
            && moved.stages == high.stages
            && moved.campaign.schema == high.campaign.schema
            && values(&moved) == values(high);
        same.then_some(between)
    }

    /// What is written in each part, some way from the low plan to the high one.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub fn values(&self, way: Number) -> Result<Vec<Written>, ArithmeticFault> {
        let ends = self.parts.iter().filter_map(|at| get(self.low, *at).zip(get(self.high, *at)));
        ends.map(|(low, high)| low.toward(high, way)).collect()
    }

    /// Makes a plan, which was the low one, that which lies a part of the way to the high one.
    ///
    /// # Errors
    /// [`ArithmeticFault`].
    pub fn set(&self, plan: &mut Plan, way: Number) -> Result<(), ArithmeticFault> {
        for (at, value) in self.parts.iter().zip(self.values(way)?) {
            put(plan, *at, value);
        }
        Ok(())
    }
}

impl Part {
    /// Has a plan read this number from outside, and returns the param that it is from now on. What is no param yet
    /// becomes the one at `next`.
    pub(in super::super) fn leave_open(self, plan: &mut Plan, next: usize) -> usize {
        if let Self::Param(at) = self {
            return at;
        }
        let param = Expression::Param(next);
        if let Some(bound) = bound(plan, self) {
            bound.bar = param;
        } else if let Some(expression) = expression(plan, self) {
            *expression = param;
        }
        next
    }
}

/// A number or a day that is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A number.
    Number(Number),
    /// A day.
    Day(Day),
}

impl Written {
    fn toward(self, other: Self, part: Number) -> Result<Self, ArithmeticFault> {
        match (self, other) {
            (Self::Number(low), Self::Number(high)) => Ok(Self::Number(low.plus(high.minus(low)?.times(part)?)?)),
            (Self::Day(low), Self::Day(high)) => {
                let days = Number::whole(i64::from(high.days() - low.days())).times(part)?;
                Ok(Self::Day(low.plus(days.floor().to_whole().unwrap_or(0)).unwrap_or(low)))
            }
            _ => Ok(self),
        }
    }
}

fn literal(param: &Param) -> Option<&Quantity> {
    if let Value::Literal(quantity) = &param.value.value { Some(quantity) } else { None }
}

/// All parts of a plan that may be written numbers.
fn all(plan: &Plan) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..plan.campaign.params.len()).map(Part::Param).collect();
    for (level, of) in plan.levels.iter().enumerate() {
        for (criterion, judged) in of.criteria.iter().enumerate() {
            parts.extend((0..judged.target.len()).map(|bound| Part::Bar { level, criterion, bound }));
            parts.extend((0..judged.exceeded.len()).map(|bound| Part::Exceeded { level, criterion, bound }));
            parts.extend(judged.points.iter().map(|_| Part::Weight { level, criterion }));
        }
        parts.extend((0..of.grades.len()).map(|grade| Part::Grade { level, grade }));
        for (award, won) in of.awards.iter().enumerate() {
            parts.extend((0..won.quotas.len()).map(|quota| Part::Quota { level, award, quota }));
        }
    }
    parts
}

fn get(plan: &Plan, part: Part) -> Option<Written> {
    let expression = match part {
        Part::Param(at) => {
            return match literal(plan.campaign.params.get(at)?)? {
                Quantity::Number { number, .. } => Some(Written::Number(*number)),
                Quantity::Day(day) => Some(Written::Day(*day)),
                Quantity::Text(_) | Quantity::Flag(_) | Quantity::List(_) => None,
            };
        }
        Part::Bar { level, criterion, bound } => {
            &plan.levels.get(level)?.criteria.get(criterion)?.target.get(bound)?.bar
        }
        Part::Exceeded { level, criterion, bound } => {
            &plan.levels.get(level)?.criteria.get(criterion)?.exceeded.get(bound)?.bar
        }
        Part::Weight { level, criterion } => {
            plan.levels.get(level)?.criteria.get(criterion)?.points.as_ref()?.max.as_ref()?
        }
        Part::Grade { level, grade } => plan.levels.get(level)?.grades.get(grade)?.bar.as_ref()?,
        Part::Quota { level, award, quota } => &plan.levels.get(level)?.awards.get(award)?.quotas.get(quota)?.at_most,
    };
    match expression {
        Expression::Constant(Constant::Number(number)) => Some(Written::Number(*number)),
        Expression::Constant(Constant::Day(day)) => Some(Written::Day(*day)),
        _ => None,
    }
}

fn put(plan: &mut Plan, part: Part, value: Written) {
    let constant = Expression::Constant(match value {
        Written::Number(number) => Constant::Number(number),
        Written::Day(day) => Constant::Day(day),
    });
    if let Part::Param(at) = part {
        let param = plan.campaign.params.get_mut(at);
        if let Some(Value::Literal(quantity)) = param.map(|param| &mut param.value.value) {
            write(quantity, value);
        }
    } else if let Some(bound) = bound(plan, part) {
        bound.bar = constant;
        if let Some(written) = &mut bound.written {
            write(written, value);
        }
    } else if let Some(expression) = expression(plan, part) {
        *expression = constant;
    }
}

fn bound(plan: &mut Plan, part: Part) -> Option<&mut BoundPlan> {
    match part {
        Part::Bar { level, criterion, bound } => {
            plan.levels.get_mut(level)?.criteria.get_mut(criterion)?.target.get_mut(bound)
        }
        Part::Exceeded { level, criterion, bound } => {
            plan.levels.get_mut(level)?.criteria.get_mut(criterion)?.exceeded.get_mut(bound)
        }
        _ => None,
    }
}

fn expression(plan: &mut Plan, part: Part) -> Option<&mut Expression> {
    match part {
        Part::Weight { level, criterion } => {
            plan.levels.get_mut(level)?.criteria.get_mut(criterion)?.points.as_mut()?.max.as_mut()
        }
        Part::Grade { level, grade } => plan.levels.get_mut(level)?.grades.get_mut(grade)?.bar.as_mut(),
        Part::Quota { level, award, quota } => {
            let quota = plan.levels.get_mut(level)?.awards.get_mut(award)?.quotas.get_mut(quota)?;
            Some(&mut quota.at_most)
        }
        _ => None,
    }
}

fn write(quantity: &mut Quantity, value: Written) {
    match (quantity, value) {
        (Quantity::Number { number, .. }, Written::Number(new)) => *number = new,
        (Quantity::Day(day), Written::Day(new)) => *day = new,
        _ => {}
    }
}
