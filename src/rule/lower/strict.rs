//! What is computed even where nobody looks at it.
//!
//! A name stands for its value wherever it is used, so a value that is used nowhere, or only behind a condition, would
//! not be computed. The script computes it all the same, and fails where it fails; so must what it is lowered to.

use super::super::expression::Expression;
use super::Term;

/// A term that fails where a value bound before it fails.
pub(super) fn after(bound: &Term, then: Term) -> Term {
    match (bound, then) {
        (Term::Value(value, _), Term::Value(then, kind)) if can_fail(value) && !computes(&then, value) => {
            Term::Value(Expression::Then(value.clone().into(), then.into()), kind)
        }
        (_, then) => then,
    }
}

fn can_fail(expression: &Expression) -> bool {
    let mut can_fail = false;
    expression.walk(&mut |inner| {
        can_fail |= matches!(
            inner,
            Expression::Derived { .. }
                | Expression::Arithmetic(..)
                | Expression::Calculated(..)
                | Expression::Later(..)
                | Expression::Round(..)
        );
    });
    can_fail
}

/// Whether an expression computes a value in any case.
fn computes(expression: &Expression, value: &Expression) -> bool {
    expression == value || always(expression).into_iter().any(|part| computes(part, value))
}

/// The parts of an expression that are computed in any case.
fn always(expression: &Expression) -> Vec<&Expression> {
    match expression {
        Expression::Constant(_)
        | Expression::Ambient(_)
        | Expression::Param(_)
        | Expression::Field(_)
        | Expression::Derived { .. }
        | Expression::NotApplicable => Vec::new(),
        Expression::Not(a)
        | Expression::PartOfDay(_, a)
        | Expression::Round(a, _)
        | Expression::If(a, ..)
        | Expression::OrElse(a, _) => vec![a],
        Expression::And(items) | Expression::Or(items) => items.iter().take(1).collect(),
        Expression::Listed(items) => items.iter().collect(),
        Expression::Compare(_, a, b)
        | Expression::Arithmetic(_, a, b)
        | Expression::Later(_, a, b)
        | Expression::DaysBetween(a, b)
        | Expression::TextTest(_, a, b)
        | Expression::Then(a, b) => vec![a, b],
        Expression::Calculated(_, a, b) => std::iter::once(a.as_ref()).chain(b.as_deref()).collect(),
        Expression::Within { day, from, to } => vec![day, from, to],
        Expression::OneOf(a, items) => std::iter::once(a.as_ref()).chain(items).collect(),
    }
}
