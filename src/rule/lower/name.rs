//! Names and fields.

use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::schema::{Kind, Literal, TableId};
use crate::source::Place;
use crate::value::nearest;

use super::super::expression::{Ambient, Constant, DayPart, Expression, Field, Judged, Link};
use super::super::syntax::Syntax;
use super::super::types::{Base, Type};
use super::frame::{Role, Row};
use super::{A_ROW, A_SPAN, Lowering, Outcome, Reach, Term, Typed, constant};

const THE_WHOLE: Phrase = Phrase::new("the whole", "toàn thể");

/// What is simply there in every rule.
const AMBIENT: [&str; 8] = ["unit", "params", "args", "period", "round", "as_of", "none", "not_applicable"];

impl Lowering<'_> {
    pub(super) fn name(&mut self, name: &str, place: &Place) -> Outcome<Term> {
        if let Some(binding) = self.names.iter().rev().find(|binding| binding.name == name).cloned() {
            return match binding.term {
                Term::Value(expression, kind) => Ok(Term::Value(self.lift(&expression, binding.depth, place)?, kind)),
                other => Ok(other),
            };
        }
        let unit = Row { depth: 0, path: Vec::new(), table: self.request.units.table, role: Role::Unit };
        match name {
            "unit" => Ok(Term::Row(unit)),
            "params" => Ok(Term::Params),
            "args" => Ok(Term::Args),
            "period" => Ok(Term::Span(Ambient::PeriodFrom, Ambient::PeriodTo)),
            "round" => {
                let (from, to) = self.request.moment.round();
                Ok(Term::Span(from, to))
            }
            "as_of" => {
                let as_of = Ambient::AsOf(self.request.moment.as_of());
                Ok(Term::Value(Expression::Ambient(as_of), Type::of(Base::Day)))
            }
            "none" => Ok(Term::Value(Expression::Constant(Constant::None), Type::maybe(Base::None))),
            "not_applicable" => Ok(Term::Value(Expression::NotApplicable, Type::of(Base::NotApplicable))),
            _ => {
                let bound = self.names.iter().map(|binding| binding.name.as_str());
                let near = nearest(name, bound.chain(AMBIENT));
                let fault =
                    Diagnostic::new(&catalogue::UNKNOWN_VARIABLE).with("name", name).maybe("near", near).at(place);
                self.fault(fault)
            }
        }
    }

    pub(super) fn field(&mut self, on: &Syntax, name: &str, place: &Place) -> Outcome<Term> {
        match self.term(on)? {
            Term::Row(row) => self.field_of_row(&row, name, place),
            Term::Picked(picked) => self.take(picked, place, |lowering, row| lowering.field_of_row(row, name, place)),
            Term::Reach(row, reach) => self.rows_by_name(&row, name, Some(reach), place),
            Term::Params => self.param(name, place),
            Term::Args => self.arg(name, place),
            Term::Span(from, to) => self.field_of_span(from, to, name, on, place),
            Term::Value(day, Type { base: Base::Day, optional }) => self.field_of_day(day, optional, name, on, place),
            other => self.wrong_type(A_ROW, other.describe(), &on.place),
        }
    }

    fn field_of_row(&mut self, row: &Row, name: &str, place: &Place) -> Outcome<Term> {
        match name {
            "own" => return Ok(Term::Reach(row.clone(), Reach::Own)),
            "all" => return Ok(Term::Reach(row.clone(), Reach::All)),
            _ => {}
        }
        if let Some(table) = row.table
            && let Some(column) = self.scope.schema.table(table).find(name)
        {
            if self.is_judged_too(row, name) {
                let fault = Diagnostic::new(&catalogue::COLUMN_AND_JUDGED).with("name", name);
                return self.fault(fault.with("table", self.owner(Some(table))).at(place));
            }
            let schema = self.scope.schema.column(table, column);
            if let Some(to) = schema.link() {
                let mut path = row.path.clone();
                path.push(Link { table, column });
                let beyond = Row { depth: row.depth, path, table: Some(to), role: Role::Row };
                return Ok(Term::Row(self.normalize(beyond)));
            }
            let kind = self.read_of(row, Type::of_column(schema));
            let happened = (schema.kind == Kind::Date { future: false }).then(|| self.request.moment.as_of());
            let path = self.path_to(row, place)?;
            return Ok(Term::Value(Expression::Field(Field { path, table, column, happened }), kind));
        }
        if self.scope.schema.find(name).is_some() {
            return self.rows_by_name(row, name, None, place);
        }
        if let Some(scored) = self.scored(row, name, place) {
            return scored;
        }
        match Judged::field(name) {
            Some(fact) => self.fact(row, fact, place),
            None if name == "peers" && row.is_unit() => self.peers(row, place),
            None => self.rows_by_name(row, name, None, place),
        }
    }

    /// How messages call the table of a row.
    pub(super) fn owner(&self, table: Option<TableId>) -> Wording {
        table.map_or(THE_WHOLE.into(), |table| Wording::Plain(format!("`{}`", self.scope.schema.table(table).id)))
    }

    /// Reports a name that is neither a column nor a table.
    pub(super) fn unknown_column<T>(&mut self, table: Option<TableId>, name: &str, place: &Place) -> Outcome<T> {
        let schema = self.scope.schema;
        let columns = table.into_iter().flat_map(|table| &schema.table(table).columns).map(|column| column.id.as_str());
        let tables = schema.tables.iter().map(|table| table.id.as_str());
        let known: Vec<_> = columns.chain(tables).collect();
        let owner = self.owner(table);
        let near = nearest(name, known.iter().copied());
        let list = near.is_none().then(|| known.join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_COLUMN).with("table", owner).with("name", name);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place))
    }

    fn unknown_field<T>(
        &mut self,
        owner: impl Into<Wording>,
        name: &str,
        mut known: Vec<&str>,
        place: &Place,
    ) -> Outcome<T> {
        let near = nearest(name, known.iter().copied());
        let list = (near.is_none() && !known.is_empty()).then(|| {
            known.sort_unstable();
            known.join(", ")
        });
        let fault = Diagnostic::new(&catalogue::UNKNOWN_FIELD).with("owner", owner).with("name", name);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place))
    }

    fn param(&mut self, name: &str, place: &Place) -> Outcome<Term> {
        let params = self.scope.params;
        match params.iter().position(|(id, _)| id == name) {
            Some(at) => {
                let kind = params.get(at).map_or(Type::of(Base::None), |(_, kind)| kind.clone());
                Ok(Term::Value(Expression::Param(at), kind))
            }
            None => self.unknown_field("`params`", name, params.iter().map(|(id, _)| id.as_str()).collect(), place),
        }
    }

    fn arg(&mut self, name: &str, place: &Place) -> Outcome<Term> {
        let args = self.request.args;
        match args.iter().find(|(id, _)| id == name) {
            Some((_, literal)) => Ok(literal_term(literal)),
            None => self.unknown_field("`args`", name, args.iter().map(|(id, _)| id.as_str()).collect(), place),
        }
    }

    fn field_of_span(&mut self, from: Ambient, to: Ambient, name: &str, on: &Syntax, place: &Place) -> Outcome<Term> {
        let day = |ambient| Term::Value(Expression::Ambient(ambient), Type::of(Base::Day));
        match name {
            "from" => Ok(day(from)),
            "to" => Ok(day(to)),
            "year" => self.field_of_day(Expression::Ambient(to), false, "year", on, place),
            _ => self.unknown_field(A_SPAN, name, vec!["from", "to", "year"], place),
        }
    }

    fn field_of_day(
        &mut self,
        day: Expression,
        optional: bool,
        name: &str,
        on: &Syntax,
        place: &Place,
    ) -> Outcome<Term> {
        if optional {
            return self.may_be_none(Phrase::new("a part of a day", "phần của ngày"), &on.place);
        }
        let part = match name {
            "year" => DayPart::Year,
            "month" => DayPart::Month,
            "day" => DayPart::Day,
            _ => return self.unknown_field(Base::Day, name, vec!["year", "month", "day"], place),
        };
        Ok(Term::Value(Expression::PartOfDay(part, day.into()), Type::of(Base::Number)))
    }

    /// A value that a literal beside it turns into: a text beside a word is read as that word.
    pub(super) fn adapt(&mut self, typed: Typed, beside: &Type, place: &Place) -> Outcome<Typed> {
        let (Expression::Constant(Constant::Text(text)), Base::Choice(words) | Base::Scale(words)) =
            (&typed.0, &beside.base)
        else {
            return Ok(typed);
        };
        match words.by_id(text) {
            Some(code) => Ok((Expression::Constant(Constant::Code(code)), Type::of(beside.base.clone()))),
            None => {
                let known: Vec<_> = words.words.iter().map(|word| word.id.as_str()).collect();
                let near = nearest(text, known.iter().copied());
                let list = near.is_none().then(|| known.join(", "));
                let fault = Diagnostic::new(&catalogue::UNKNOWN_CHOICE).with("word", text).with("of", &words.id);
                self.fault(fault.maybe("near", near).maybe("known", list).at(place))
            }
        }
    }
}

fn literal_term(literal: &Literal) -> Term {
    match literal {
        Literal::Text(text) => constant(Constant::Text(text.clone()), Base::Text),
        Literal::Number(number) => constant(Constant::Number(*number), Base::Number),
        Literal::Day(day) => constant(Constant::Day(*day), Base::Day),
        Literal::Flag(flag) => constant(Constant::Flag(*flag), Base::Flag),
        // Only params are lists.
        Literal::List(_) => constant(Constant::None, Base::None),
    }
}
