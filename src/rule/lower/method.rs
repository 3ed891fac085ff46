//! Methods of values and row sets.

use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::source::Place;
use crate::value::nearest;

use super::super::expression::{Expression, Step, TextTest};
use super::super::syntax::Syntax;
use super::super::types::{Base, Type};
use super::{Lowering, Outcome, Term};

const METHODS_OF_TEXT: [&str; 3] = ["contains", "ends_with", "starts_with"];
const METHODS_OF_DAY: [&str; 1] = ["plus_months"];
const METHODS_OF_NUMBER: [&str; 1] = ["round"];

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
            Term::Value(_, kind) => self.unknown_method(kind, name, &[], place),
            other => self.unknown_method(other.describe(), name, &[], place),
        }
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
