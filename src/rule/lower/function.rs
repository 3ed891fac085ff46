//! Calls of functions: those of the rule files are put in place of their calls.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::source::Place;
use crate::value::nearest;

use super::super::expression::{Comparison, Constant, Expression, Operation};
use super::super::syntax::{Syntax, SyntaxKind};
use super::super::types::{Base, Type};
use super::{Binding, Lowering, Outcome, Term, strict};

const PLACES: Phrase = Phrase::new("a written number of places from 0 to 9", "số chữ số viết sẵn, từ 0 đến 9");
pub(super) const SOMETHING_ELSE: Phrase = Phrase::new("something else", "thứ khác");

/// Functions that are simply there.
const BUILT_IN: [&str; 4] = ["abs", "max", "min", "round"];

impl Lowering<'_> {
    pub(super) fn call(&mut self, name: &str, arguments: &[Syntax], place: &Place) -> Outcome<Term> {
        let library = self.scope.library;
        if let Some(function) = library.get(name) {
            self.count_arguments(name, function.parameters.len(), arguments.len(), place)?;
            if self.calls.iter().any(|call| call == name) {
                let path = self.calls.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join(" → ");
                return self.fault(
                    Diagnostic::new(&catalogue::RECURSIVE_RULE).with("name", name).with("path", path).at(place),
                );
            }
            let terms = self.all(arguments, Self::term)?;
            let depth = self.depth();
            let bind = |(name, term): (&String, &Term)| Binding { name: name.clone(), depth, term: term.clone() };
            let parameters: Vec<_> = function.parameters.iter().zip(&terms).map(bind).collect();
            // A function sees its parameters and nothing of its caller.
            let outer = std::mem::replace(&mut self.names, parameters);
            self.calls.push(name.to_owned());
            let result = self.term(&function.body);
            self.calls.pop();
            self.names = outer;
            return Ok(terms.iter().fold(result?, |result, argument| strict::after(argument, result)));
        }
        match (name, arguments) {
            ("round", [number, places]) => self.round(number, places),
            ("abs", [number]) => {
                let (number, kind) = self.number(number)?;
                Ok(Term::Value(
                    either(Comparison::AtLeast, number.clone(), zero(), number.clone(), negated(number)),
                    kind,
                ))
            }
            ("min", [a, b]) => self.extreme(Comparison::AtMost, a, b),
            ("max", [a, b]) => self.extreme(Comparison::AtLeast, a, b),
            (name, _) if BUILT_IN.contains(&name) => {
                self.count_arguments(name, if name == "abs" { 1 } else { 2 }, arguments.len(), place)?;
                Err(super::Refused)
            }
            _ => {
                let near = nearest(name, library.names().chain(BUILT_IN));
                self.fault(
                    Diagnostic::new(&catalogue::UNKNOWN_FUNCTION).with("name", name).maybe("near", near).at(place),
                )
            }
        }
    }

    pub(super) fn count_arguments(&mut self, name: &str, expected: usize, found: usize, place: &Place) -> Outcome<()> {
        if expected == found {
            return Ok(());
        }
        let fault = Diagnostic::new(&catalogue::WRONG_ARGUMENT_COUNT).with("name", name).with("expected", expected);
        self.fault(fault.with("found", found).at(place))
    }

    pub(super) fn round(&mut self, number: &Syntax, places: &Syntax) -> Outcome<Term> {
        let (expression, kind) = self.number(number)?;
        let digits = match &places.kind {
            SyntaxKind::Number(number) => number.to_whole().and_then(|digits| u32::try_from(digits).ok()),
            _ => None,
        };
        match digits.filter(|digits| *digits <= 9) {
            Some(digits) => Ok(Term::Value(Expression::Round(expression.into(), digits), kind)),
            None => self.wrong_type(PLACES, SOMETHING_ELSE, &places.place),
        }
    }

    fn extreme(&mut self, comparison: Comparison, a: &Syntax, b: &Syntax) -> Outcome<Term> {
        let (a, b) = (self.number(a), self.number(b));
        let ((a, _), (b, _)) = (a?, b?);
        Ok(Term::Value(either(comparison, a.clone(), b.clone(), a, b), Type::of(Base::Number)))
    }
}

fn either(comparison: Comparison, a: Expression, b: Expression, then: Expression, otherwise: Expression) -> Expression {
    Expression::If(Expression::Compare(comparison, a.into(), b.into()).into(), then.into(), otherwise.into())
}

fn zero() -> Expression {
    Expression::Constant(Constant::Number(crate::value::Number::ZERO))
}

fn negated(number: Expression) -> Expression {
    Expression::Arithmetic(Operation::Minus, zero().into(), number.into())
}
