//! Calls of functions: those of the rule files are put in place of their calls.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::source::Place;
use crate::value::nearest;

use super::super::calculation::Calculation;
use super::super::expression::Expression;
use super::super::syntax::{Syntax, SyntaxKind};
use super::super::types::{Base, Type};
use super::operator::where_they_apply;
use super::{Binding, Lowering, Outcome, Term, strict};

const PLACES: Phrase = Phrase::new("a written number of places from 0 to 9", "số chữ số viết sẵn, từ 0 đến 9");
pub(super) const SOMETHING_ELSE: Phrase = Phrase::new("something else", "thứ khác");

/// Functions that are simply there.
const BUILT_IN: [&str; 10] = ["abs", "ceiling", "floor", "ln", "max", "min", "power", "root", "round", "share_of"];

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
            ("abs", [number]) => self.calculated(Calculation::Absolute, number, None),
            ("floor", [number]) => self.calculated(Calculation::Floor, number, None),
            ("ceiling", [number]) => self.calculated(Calculation::Ceiling, number, None),
            ("min", [a, b]) => self.calculated(Calculation::Least, a, Some(b)),
            ("max", [a, b]) => self.calculated(Calculation::Greatest, a, Some(b)),
            ("share_of", [part, whole]) => self.calculated(Calculation::ShareOf, part, Some(whole)),
            ("ln", [number, places]) => {
                let places = self.places(places)?;
                self.calculated(Calculation::Logarithm(places), number, None)
            }
            ("root", [number, degree, places]) => {
                let places = self.places(places)?;
                self.calculated(Calculation::Root(places), number, Some(degree))
            }
            ("power", [number, exponent, places]) => {
                let places = self.places(places)?;
                self.calculated(Calculation::Power(places), number, Some(exponent))
            }
            (name, _) if BUILT_IN.contains(&name) => {
                let expected = match name {
                    "abs" | "ceiling" | "floor" => 1,
                    "power" | "root" => 3,
                    _ => 2,
                };
                self.count_arguments(name, expected, arguments.len(), place)?;
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
        let places = self.places(places)?;
        let rounded = Expression::Round(expression.clone().into(), places);
        Ok(Term::Value(where_they_apply(&[expression], rounded), kind))
    }

    /// A number of places, written out.
    fn places(&mut self, places: &Syntax) -> Outcome<u32> {
        let digits = match &places.kind {
            SyntaxKind::Number(number) => number.to_whole().and_then(|digits| u32::try_from(digits).ok()),
            _ => None,
        };
        match digits.filter(|digits| *digits <= 9) {
            Some(digits) => Ok(digits),
            None => self.wrong_type(PLACES, SOMETHING_ELSE, &places.place),
        }
    }

    fn calculated(&mut self, calculation: Calculation, a: &Syntax, b: Option<&Syntax>) -> Outcome<Term> {
        let (a, b) = (self.number(a), b.map(|b| self.number(b)).transpose());
        let ((a, _), b) = (a?, b?.map(|(b, _)| b));
        let operands: Vec<_> = std::iter::once(a.clone()).chain(b.clone()).collect();
        let result = Expression::Calculated(calculation, a.into(), b.map(Into::into));
        let base = if calculation == Calculation::ShareOf { Base::Fraction } else { Base::Number };
        Ok(Term::Value(where_they_apply(&operands, result), Type::of(base)))
    }
}
