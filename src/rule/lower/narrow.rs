//! What a condition says of values that may be none: where it holds, or where it does not, some of them are there.
//!
//! `if x == none { return 0; } x / 2` needs no `??`, and neither does `x != none && x / 2 > 1`.

use super::super::expression::{Comparison, Constant, Expression};
use super::Lowering;

/// A value that is there, and the frame in which it was built.
pub(super) type Narrowed = (usize, Expression);

impl Lowering<'_> {
    /// Remembers what a condition says where it holds, or where it does not; whoever asked forgets it. One that is faulty
    /// says nothing.
    pub(super) fn learn(&mut self, condition: Option<&Expression>, holds: bool) {
        let depth = self.depth();
        let mut found = Vec::new();
        if let Some(condition) = condition {
            there(condition, holds, &mut found);
        }
        self.narrowed.extend(found.into_iter().map(|value| (depth, value.clone())));
    }

    /// Whether a value of the innermost frame is surely there.
    pub(super) fn is_there(&self, value: &Expression) -> bool {
        let depth = self.depth();
        self.narrowed.iter().any(|(at, known)| *at == depth && known == value)
    }
}

/// The values that are there if a condition holds, or if it does not.
fn there<'e>(condition: &'e Expression, holds: bool, found: &mut Vec<&'e Expression>) {
    match (condition, holds) {
        (Expression::Not(inner), _) => there(inner, !holds, found),
        (Expression::And(items), true) | (Expression::Or(items), false) => {
            for item in items {
                there(item, holds, found);
            }
        }
        (Expression::Compare(Comparison::Equal, a, b), false)
        | (Expression::Compare(Comparison::NotEqual, a, b), true) => {
            for (value, other) in [(a, b), (b, a)] {
                if is_none(other) {
                    found.push(value);
                }
            }
        }
        // Nothing comes before or after none.
        (
            Expression::Compare(
                Comparison::Less | Comparison::AtMost | Comparison::Greater | Comparison::AtLeast,
                a,
                b,
            ),
            true,
        ) => found.extend([a.as_ref(), b.as_ref()]),
        _ => {}
    }
}

fn is_none(expression: &Expression) -> bool {
    matches!(expression, Expression::Constant(Constant::None))
}
