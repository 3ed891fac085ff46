//! Several who score one thing.

use crate::campaign::{LastWord, Said, Scorer, Scorers};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::rule::{Base, Comparison, Constant, Expression, Operation, Type};
use crate::value::Number;

use super::Planner;
use super::value::At;

const A_SCORE: Phrase = Phrase::new("what a scorer says", "nội dung bên chấm đưa ra");

/// One who scores.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorerPlan {
    /// What it says.
    pub value: Expression,
    /// Its reason for what differs from the scorer before.
    pub reason: Option<Expression>,
}

impl ScorerPlan {
    /// Everything that must be computed for a unit.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        [&self.value].into_iter().chain(&self.reason)
    }
}

impl Planner<'_> {
    /// Who scores a criterion.
    pub(super) fn scorers(&mut self, scorers: &Scorers, at: At<'_>) -> Option<Vec<ScorerPlan>> {
        let planned: Vec<_> = scorers.by.iter().map(|scorer| self.scorer(scorer, at)).collect();
        planned.into_iter().collect()
    }

    fn scorer(&mut self, scorer: &Scorer, at: At<'_>) -> Option<ScorerPlan> {
        let value = self.said(&scorer.value, Base::Number, at)?;
        let reason = match &scorer.reason {
            Some(reason) => Some(self.said(reason, Base::Text, at)?),
            None => None,
        };
        Some(ScorerPlan { value, reason })
    }

    fn said(&mut self, said: &Said, base: Base, at: At<'_>) -> Option<Expression> {
        let ((expression, kind), place) = match said {
            Said::Column(column) => (self.column(&column.name, at, &column.place)?, &column.place),
            Said::Rule(rule) => (self.rule(&rule.name, at, A_SCORE, &rule.place)?, &rule.place),
        };
        if kind.base != base {
            let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", base).with("found", kind);
            self.fault(fault.at(place));
            return None;
        }
        Some(expression)
    }
}

/// What counts of what several have said: none where nobody has scored.
pub(super) fn measure(scorers: &[ScorerPlan], last_word: LastWord) -> (Expression, Type) {
    let values = || scorers.iter().map(|scorer| scorer.value.clone());
    let none = Expression::Constant(Constant::None);
    let measure = match last_word {
        LastWord::Of(at) => values().nth(at),
        LastWord::Last => values().reduce(|earlier, later| Expression::OrElse(later.into(), earlier.into())),
        LastWord::Least => values().reduce(|one, two| better(Comparison::AtMost, &one, &two)),
        LastWord::Greatest => values().reduce(|one, two| better(Comparison::AtLeast, &one, &two)),
        LastWord::Mean => mean(values()),
    };
    (measure.unwrap_or(none), Type::maybe(Base::Number))
}

/// The one of two values that comes first, else the other one where there is only that.
fn better(comes_first: Comparison, one: &Expression, two: &Expression) -> Expression {
    let first = Expression::Compare(comes_first, one.clone().into(), two.clone().into());
    // Where either is missing the comparison does not hold, and whichever is there is taken.
    let takes_one = Expression::Or(vec![first, is_none(two)]);
    let or_else = |one: &Expression, two: &Expression| Expression::OrElse(one.clone().into(), two.clone().into());
    Expression::If(takes_one.into(), or_else(one, two).into(), or_else(two, one).into())
}

fn mean(values: impl Iterator<Item = Expression> + Clone) -> Option<Expression> {
    let number = |number: Number| Expression::Constant(Constant::Number(number));
    let plus = |a: Expression, b: Expression| Expression::Arithmetic(Operation::Plus, a.into(), b.into());
    let count = values
        .clone()
        .map(|value| Expression::If(is_none(&value).into(), number(Number::ZERO).into(), number(Number::ONE).into()));
    let count = count.reduce(plus)?;
    let sum = values.map(|value| Expression::OrElse(value.into(), number(Number::ZERO).into())).reduce(plus)?;
    let nobody = Expression::Compare(Comparison::Equal, count.clone().into(), number(Number::ZERO).into());
    let mean = Expression::Arithmetic(Operation::Over, sum.into(), count.into());
    Some(Expression::If(nobody.into(), Expression::Constant(Constant::None).into(), mean.into()))
}

fn is_none(value: &Expression) -> Expression {
    Expression::Compare(Comparison::Equal, value.clone().into(), Expression::Constant(Constant::None).into())
}
