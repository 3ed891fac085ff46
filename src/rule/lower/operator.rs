//! Operators, conditions and cases.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::source::Place;
use crate::value::Number;

use super::super::construct;
use super::super::expression::{Comparison, Constant, Expression, Operation, Step};
use super::super::syntax::{BinaryOperator, Syntax, SyntaxKind};
use super::super::types::{Base, Type};
use super::{ARITHMETIC, Lowering, Outcome, Term, Typed};

impl Lowering<'_> {
    pub(super) fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &Syntax,
        right: &Syntax,
        place: &Place,
    ) -> Outcome<Typed> {
        let (a, b) = (self.value(left), self.value(right));
        let (a, b) = (a?, b?);
        if let Some(comparison) = comparison(operator) {
            return self.compare(comparison, a, b, left, right, place);
        }
        self.calculate(operator, a, b, left, right, place)
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        a: Typed,
        b: Typed,
        left: &Syntax,
        right: &Syntax,
        place: &Place,
    ) -> Outcome<Typed> {
        let a = self.adapt(a, &b.1, &left.place)?;
        let b = self.adapt(b, &a.1, &right.place)?;
        if !comparable(comparison, &a.1.base, &b.1.base) {
            let fault = Diagnostic::new(&catalogue::DIFFERENT_TYPES).with("left", &a.1).with("right", &b.1);
            return self.fault(fault.at(place));
        }
        Ok((Expression::Compare(comparison, a.0.into(), b.0.into()), Type::of(Base::Flag)))
    }

    fn calculate(
        &mut self,
        operator: BinaryOperator,
        a: Typed,
        b: Typed,
        left: &Syntax,
        right: &Syntax,
        place: &Place,
    ) -> Outcome<Typed> {
        for ((_, kind), operand) in [(&a, left), (&b, right)] {
            if kind.optional {
                return self.may_be_none(ARITHMETIC, &operand.place);
            }
        }
        let number = |expression| Ok((expression, Type::of(Base::Number)));
        match (operator, &a.1.base, &b.1.base) {
            (_, Base::Number, Base::Number) => match operation(operator) {
                Some(operation) => {
                    let operands = [a.0.clone(), b.0.clone()];
                    number(where_they_apply(&operands, Expression::Arithmetic(operation, a.0.into(), b.0.into())))
                }
                None => self.wrong_type(Base::Number, b.1, place),
            },
            (BinaryOperator::Plus, Base::Day, Base::Number) => {
                Ok((Expression::Later(Step::Days, a.0.into(), b.0.into()), a.1))
            }
            (BinaryOperator::Minus, Base::Day, Base::Number) => {
                Ok((Expression::Later(Step::Days, a.0.into(), opposite(b.0).into()), a.1))
            }
            (BinaryOperator::Minus, Base::Day, Base::Day) => number(Expression::DaysBetween(a.0.into(), b.0.into())),
            (_, Base::Number | Base::Day, _) => self.wrong_type(Base::Number, b.1, &right.place),
            _ => self.wrong_type(Base::Number, a.1, &left.place),
        }
    }

    pub(super) fn negate(&mut self, inner: &Syntax) -> Outcome<Typed> {
        let (expression, kind) = self.number(inner)?;
        Ok((opposite(expression), kind))
    }

    /// Lowers something that must be a number.
    pub(super) fn number(&mut self, syntax: &Syntax) -> Outcome<Typed> {
        let (expression, kind) = self.value(syntax)?;
        match kind {
            Type { base: Base::Number, optional: false } => Ok((expression, kind)),
            Type { base: Base::Number, optional: true } => self.may_be_none(ARITHMETIC, &syntax.place),
            other => self.wrong_type(Base::Number, other, &syntax.place),
        }
    }

    /// Lowers something that must be a number, or none.
    pub(super) fn number_or_none(&mut self, syntax: &Syntax) -> Outcome<Typed> {
        match self.value(syntax)? {
            (expression, kind) if kind.base == Base::Number => Ok((expression, kind)),
            (_, other) => self.wrong_type(Base::Number, other, &syntax.place),
        }
    }

    pub(super) fn or_else(&mut self, items: &[Syntax]) -> Outcome<Typed> {
        let mut lowered = self.all(items, Self::value)?.into_iter().zip(items);
        let Some((mut result, _)) = lowered.next() else { return Err(super::Refused) };
        for (next, syntax) in lowered {
            let next = self.adapt(next, &result.1, &syntax.place)?;
            let kind = self.joined(&Type { optional: false, ..result.1.clone() }, &next.1, &syntax.place)?;
            result = (Expression::OrElse(result.0.into(), next.0.into()), kind);
        }
        Ok(result)
    }

    pub(super) fn is_in(&mut self, item: &Syntax, of: &Syntax) -> Outcome<Typed> {
        let (value, kind) = self.value(item)?;
        match self.term(of)? {
            Term::Span(from, to) if kind.base == Base::Day => {
                let (from, to) = (Expression::Ambient(from).into(), Expression::Ambient(to).into());
                Ok((Expression::Within { day: value.into(), from, to }, Type::of(Base::Flag)))
            }
            Term::Span(..) => self.wrong_type(Base::Day, kind, &item.place),
            Term::List(items) => {
                let written = if let SyntaxKind::List(written) = &of.kind { written.as_slice() } else { &[] };
                let places = written.iter().map(|item| &item.place).chain(std::iter::repeat(&of.place));
                let words = items.into_iter().zip(places).map(|(word, place)| self.equal_to(word, &kind, place));
                let words = words.collect::<Vec<_>>().into_iter().collect::<Outcome<Vec<_>>>()?;
                Ok((Expression::OneOf(value.into(), words), Type::of(Base::Flag)))
            }
            other => self.wrong_type(
                Phrase::new("a span of days or a list", "khoảng ngày hoặc danh sách"),
                other.describe(),
                &of.place,
            ),
        }
    }

    pub(super) fn if_else(&mut self, condition: &Syntax, then: &Syntax, otherwise: &Syntax) -> Outcome<Typed> {
        let condition = self.flag(condition);
        let known = self.narrowed.len();
        self.learn(condition.as_ref().ok(), true);
        let a = self.value(then);
        self.narrowed.truncate(known);
        self.learn(condition.as_ref().ok(), false);
        let b = self.value(otherwise);
        self.narrowed.truncate(known);
        let (condition, a, b) = (condition?, a?, b?);
        let a = self.adapt(a, &b.1, &then.place)?;
        let b = self.adapt(b, &a.1, &otherwise.place)?;
        let kind = self.joined(&a.1, &b.1, &otherwise.place)?;
        Ok((Expression::If(condition.into(), a.0.into(), b.0.into()), kind))
    }

    /// `switch` is a chain of `if`.
    pub(super) fn switch(
        &mut self,
        subject: &Syntax,
        cases: &[(Vec<Syntax>, Syntax)],
        default: Option<&Syntax>,
        place: &Place,
    ) -> Outcome<Typed> {
        let (subject, kind) = self.value(subject)?;
        let Some(default) = default else { return self.outside(construct::SWITCH_WITHOUT_DEFAULT, place) };
        let mut result = self.value(default)?;
        for (literals, value) in cases.iter().rev() {
            let words = self.all(literals, |lowering, literal| {
                let word = lowering.value(literal)?;
                lowering.equal_to(word, &kind, &literal.place)
            })?;
            let (value, value_kind) = self.value(value)?;
            let joined = self.joined(&value_kind, &result.1, place)?;
            let condition = Expression::OneOf(subject.clone().into(), words);
            result = (Expression::If(condition.into(), value.into(), result.0.into()), joined);
        }
        Ok(result)
    }

    /// A value that something of a type may equal.
    fn equal_to(&mut self, value: Typed, kind: &Type, place: &Place) -> Outcome<Expression> {
        let (value, of_kind) = self.adapt(value, kind, place)?;
        if comparable(Comparison::Equal, &kind.base, &of_kind.base) {
            return Ok(value);
        }
        self.fault(Diagnostic::new(&catalogue::DIFFERENT_TYPES).with("left", kind).with("right", &of_kind).at(place))
    }

    fn joined(&mut self, a: &Type, b: &Type, place: &Place) -> Outcome<Type> {
        match a.join(b) {
            Some(kind) => Ok(kind),
            None => {
                let fault = Diagnostic::new(&catalogue::TYPE_DEPENDS_ON_BRANCH).with("left", a).with("right", b);
                self.fault(fault.at(place))
            }
        }
    }
}

fn comparison(operator: BinaryOperator) -> Option<Comparison> {
    Some(match operator {
        BinaryOperator::Equal => Comparison::Equal,
        BinaryOperator::NotEqual => Comparison::NotEqual,
        BinaryOperator::Less => Comparison::Less,
        BinaryOperator::AtMost => Comparison::AtMost,
        BinaryOperator::Greater => Comparison::Greater,
        BinaryOperator::AtLeast => Comparison::AtLeast,
        _ => return None,
    })
}

fn operation(operator: BinaryOperator) -> Option<Operation> {
    Some(match operator {
        BinaryOperator::Plus => Operation::Plus,
        BinaryOperator::Minus => Operation::Minus,
        BinaryOperator::Times => Operation::Times,
        BinaryOperator::Over => Operation::Over,
        BinaryOperator::Remainder => Operation::Remainder,
        _ => return None,
    })
}

/// Whether two types may be compared so. A share is compared as the number that it is.
fn comparable(comparison: Comparison, a: &Base, b: &Base) -> bool {
    let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
    let number = |base: &Base| matches!(base, Base::Number | Base::Fraction);
    match (a, b) {
        (Base::NotApplicable | Base::List(_) | Base::Numbers, _)
        | (_, Base::NotApplicable | Base::List(_) | Base::Numbers) => false,
        (Base::None, _) | (_, Base::None) => equality,
        (a, b) if number(a) && number(b) => true,
        (a, b) => a == b && (equality || a.is_ordered()),
    }
}

/// What is computed of numbers of which some perhaps do not apply: then it does not apply either.
pub(super) fn where_they_apply(operands: &[Expression], result: Expression) -> Expression {
    operands.iter().filter(|operand| may_not_apply(operand)).fold(result, |result, operand| {
        let none = Expression::Constant(Constant::None).into();
        let missing = Expression::Compare(Comparison::Equal, operand.clone().into(), none);
        Expression::If(missing.into(), Expression::NotApplicable.into(), result.into())
    })
}

fn may_not_apply(expression: &Expression) -> bool {
    match expression {
        Expression::NotApplicable => true,
        Expression::If(_, a, b) => may_not_apply(a) || may_not_apply(b),
        Expression::OrElse(_, b) | Expression::Then(_, b) => may_not_apply(b),
        _ => false,
    }
}

fn opposite(expression: Expression) -> Expression {
    let zero = Expression::Constant(Constant::Number(Number::ZERO));
    match expression {
        Expression::Constant(Constant::Number(number)) => Expression::Constant(Constant::Number(number.negated())),
        other => Expression::Arithmetic(Operation::Minus, zero.into(), other.into()),
    }
}
