//! Methods of values and row sets.

use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::source::Place;
use crate::value::nearest;

use super::super::calculation::{Calculation, OF_LISTS};
use super::super::expression::{Expression, Ordered, Step, TextTest};
use super::super::syntax::Syntax;
use super::super::types::{Base, Type};
use super::{Lowering, Outcome, Term, Typed};

const METHODS_OF_TEXT: [&str; 3] = ["contains", "ends_with", "starts_with"];
const METHODS_OF_DAY: [&str; 1] = ["plus_months"];
const METHODS_OF_NUMBER: [&str; 1] = ["round"];
const METHODS_OF_NUMBERS: [&str; 1] = ["at"];

impl Lowering<'_> {
    pub(super) fn method(&mut self, on: &Syntax, name: &str, arguments: &[Syntax], place: &Place) -> Outcome<Term> {
        match self.term(on)? {
            Term::Rows(rows) => self.method_of_rows(rows, name, arguments, place),
            Term::Row(row) => self.method_of_row(&row, name, arguments, place),
            Term::Picked(picked) => {
                self.take(picked, place, |lowering, row| lowering.method_of_row(row, name, arguments, place))
            }
            Term::Value(_, Type { base: Base::Number, .. }) => match (name, arguments) {
                ("round", [places]) => self.round(on, places),
                _ => self.unknown_method(Base::Number, name, &METHODS_OF_NUMBER, place),
            },
            Term::Value(text, Type { base: Base::Text, optional }) => {
                self.method_of_text(text, optional, name, arguments, on, place)
            }
            Term::Value(day, Type { base: Base::Day, optional }) => match (name, arguments) {
                ("plus_months", _) if optional => {
                    self.may_be_none(Phrase::new("a day so many months later", "ngày sau bấy nhiêu tháng"), &on.place)
                }
                ("plus_months", [months]) => {
                    let (months, _) = self.number(months)?;
                    let later = Expression::Later(Step::Months, day.into(), months.into());
                    Ok(Term::Value(later, Type::of(Base::Day)))
                }
                _ => self.unknown_method(Base::Day, name, &METHODS_OF_DAY, place),
            },
            Term::List(items) => {
                let list = self.listed(items, on)?;
                self.method_of_list(list, name, arguments, place)
            }
            Term::Value(list, kind @ Type { base: Base::List(_) | Base::Numbers, .. }) => {
                self.method_of_list((list, kind), name, arguments, place)
            }
            Term::Value(_, kind) => self.unknown_method(kind, name, &[], place),
            other => self.unknown_method(other.describe(), name, &[], place),
        }
    }

    /// A written list of numbers, some of which may be none.
    fn listed(&mut self, items: Vec<Typed>, on: &Syntax) -> Outcome<Typed> {
        let mut numbers = Vec::with_capacity(items.len());
        for (expression, kind) in items {
            if !matches!(kind.base, Base::Number | Base::None) {
                return self.wrong_type(Base::Number, kind, &on.place);
            }
            numbers.push(expression);
        }
        Ok((Expression::Listed(numbers), Type::of(Base::List(Ordered::Number))))
    }

    /// What is computed of a list: of the values of rows, or of the numbers of a param.
    fn method_of_list(&mut self, list: Typed, name: &str, arguments: &[Syntax], place: &Place) -> Outcome<Term> {
        let (list, kind) = list;
        let of_rows = matches!(kind.base, Base::List(_));
        let known = OF_LISTS.map(|(known, ..)| known);
        let known: &[&str] = if of_rows { &known } else { &METHODS_OF_NUMBERS };
        let found = OF_LISTS.iter().find(|(known, ..)| of_rows && *known == name);
        let (calculation, count) = match found {
            Some((_, calculation, count)) => (*calculation, *count),
            None if !of_rows && name == "at" => (Calculation::At, 1),
            None => return self.unknown_method(kind, name, known, place),
        };
        if of_rows && kind.base != Base::List(Ordered::Number) && calculation != Calculation::Count {
            return self.wrong_type(Base::Numbers, kind, place);
        }
        self.count_arguments(name, count, arguments.len(), place)?;
        let number = match arguments {
            // No place has none.
            [place] if calculation == Calculation::At => Some(self.number_or_none(place)?),
            [number] => Some(self.number(number)?),
            _ => None,
        };
        let optional = calculation.may_be_none();
        let result = Type { base: Base::Number, optional };
        let kind = if matches!(calculation, Calculation::Kept(_)) { kind } else { result };
        let number = number.map(|(number, _)| number.into());
        Ok(Term::Value(Expression::Calculated(calculation, list.into(), number), kind))
    }

    fn method_of_text(
        &mut self,
        on_text: Expression,
        optional: bool,
        name: &str,
        arguments: &[Syntax],
        on: &Syntax,
        place: &Place,
    ) -> Outcome<Term> {
        let test = match name {
            "contains" => TextTest::Contains,
            "starts_with" => TextTest::StartsWith,
            "ends_with" => TextTest::EndsWith,
            _ => return self.unknown_method(Base::Text, name, &METHODS_OF_TEXT, place),
        };
        self.count_arguments(name, 1, arguments.len(), place)?;
        if optional {
            return self.may_be_none(Phrase::new("a test of a text", "phép thử chữ"), &on.place);
        }
        let [argument] = arguments else { return Err(super::Refused) };
        let (other, kind) = self.value(argument)?;
        if kind != Type::of(Base::Text) {
            return self.wrong_type(Base::Text, kind, &argument.place);
        }
        Ok(super::flag(Expression::TextTest(test, on_text.into(), other.into())))
    }

    pub(super) fn unknown_method<T>(
        &mut self,
        kind: impl Into<Wording>,
        name: &str,
        known: &[&str],
        place: &Place,
    ) -> Outcome<T> {
        let near = nearest(name, known.iter().copied());
        let list = (near.is_none() && !known.is_empty()).then(|| known.join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_METHOD).with("kind", kind).with("name", name);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place))
    }
}
