//! What a condition that is open says of values in either branch.
//!
//! `if claimed > found { claimed - found } else { 0 }`: where nobody knows whether the condition holds, both branches
//! are looked at, and in the first the claim is no less than what was found, whatever else it may be.

use super::cell::Cell;
use super::expression::{Comparison, Expression};
use crate::value::{Number, Possible};

/// Something that is known of the value of an expression, as long as a condition holds or does not.
#[derive(Clone, Debug)]
pub(super) struct Fact<'d> {
    of: &'d Expression,
    /// The numbers that it may be, if it is one.
    within: Possible<Number>,
    /// Whether it is not zero.
    nonzero: bool,
}

/// All that is known.
pub(super) type Facts<'d> = [Fact<'d>];

/// A value with all that is known of it.
pub(super) fn narrowed<'d>(cell: Cell<'d>, expression: &Expression, facts: &Facts<'d>) -> Cell<'d> {
    facts.iter().filter(|fact| fact.of == expression).fold(cell, |cell, fact| match cell.present() {
        Cell::Number(number) => Cell::Number(both(&number, &fact.within)),
        other => other,
    })
}

/// Whether it is known of an expression that it is not zero.
pub(super) fn is_nonzero(expression: &Expression, facts: &Facts<'_>) -> bool {
    facts.iter().any(|fact| fact.nonzero && fact.of == expression)
}

/// Adds what a condition says where it holds, or where it does not; `evaluate` gives what is known of an expression.
pub(super) fn learn<'d>(
    condition: &'d Expression,
    holds: bool,
    evaluate: &impl Fn(&'d Expression) -> Option<Cell<'d>>,
    facts: &mut Vec<Fact<'d>>,
) {
    match (condition, holds) {
        (Expression::Not(inner), _) => learn(inner, !holds, evaluate, facts),
        (Expression::And(items), true) | (Expression::Or(items), false) => {
            for item in items {
                learn(item, holds, evaluate, facts);
            }
        }
        (Expression::Compare(comparison, a, b), _) => {
            if let Some(values) = evaluate(a).zip(evaluate(b)) {
                compared(*comparison, holds, [(a, &values.0), (b, &values.1)], facts);
            }
        }
        _ => {}
    }
}

fn compared<'d>(
    comparison: Comparison,
    holds: bool,
    [(a, left), (b, right)]: [(&'d Expression, &Cell<'d>); 2],
    facts: &mut Vec<Fact<'d>>,
) {
    let equal = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    if equal && (comparison == Comparison::Equal) != holds {
        // They differ: what differs from none is there, and what differs from zero is not zero.
        for (expression, other) in [(a, right), (b, left)] {
            let nonzero = other.as_number().and_then(|number| number.value()) == Some(Number::ZERO);
            if other.is_none() || nonzero {
                facts.push(Fact { of: expression, within: Possible::unknown(), nonzero });
            }
        }
        return;
    }
    let (Some(x), Some(y)) = (range(left), range(right)) else { return };
    if equal {
        if !x.may_be_none() && !y.may_be_none() {
            facts.extend([(a, y), (b, x)].map(|(of, within)| Fact { of, within, nonzero: false }));
        }
        return;
    }
    // Between none and anything no order holds; so where it does not hold, one of them may be none.
    if !holds && (x.may_be_none() || y.may_be_none()) {
        return;
    }
    let upward = matches!(comparison, Comparison::Less | Comparison::AtMost) == holds;
    let strictly = matches!(comparison, Comparison::Less | Comparison::Greater) == holds;
    let ((low, x), (high, y)) = if upward { ((a, x), (b, y)) } else { ((b, y), (a, x)) };
    let at_zero = |end: Option<Number>| strictly && end == Some(Number::ZERO);
    facts.push(Fact { of: low, within: Possible::between(None, y.greatest()), nonzero: at_zero(y.greatest()) });
    facts.push(Fact { of: high, within: Possible::between(x.least(), None), nonzero: at_zero(x.least()) });
}

/// The numbers that a cell may be, if it is a number that may be one.
fn range(cell: &Cell<'_>) -> Option<Possible<Number>> {
    if matches!(cell, Cell::Number(_) | Cell::Fraction(_)) {
        cell.as_number().filter(|number| !number.is_none())
    } else {
        None
    }
}

/// What both allow; where they allow nothing together, the branch is none that is ever taken, and anything may be said.
fn both(a: &Possible<Number>, b: &Possible<Number>) -> Possible<Number> {
    if a.is_none() {
        return *a;
    }
    let pick = |a: Option<Number>, b: Option<Number>, pick: fn(Number, Number) -> Number| match (a, b) {
        (Some(a), Some(b)) => Some(pick(a, b)),
        (a, b) => a.or(b),
    };
    let (least, greatest) = (pick(a.least(), b.least(), Number::max), pick(a.greatest(), b.greatest(), Number::min));
    if least.zip(greatest).is_some_and(|(least, greatest)| least > greatest) {
        return *a;
    }
    Possible::between(least, greatest)
}
