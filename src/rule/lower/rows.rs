//! Row sets and what is computed over them.

use crate::campaign::UnitsOf;
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::schema::{ColumnId, TableId};
use crate::source::Place;

use super::super::expression::{
    Aggregate, Ambient, Anchor, AsOf, Comparison, Derived, Expression, Field, Judged, Link, Measure, Ordered, Which,
};
use super::super::route::{NoRoute, route};
use super::super::syntax::{Syntax, SyntaxKind};
use super::super::types::{Base, Type};
use super::frame::{Role, Row};
use super::function::SOMETHING_ELSE;
use super::{A_ROW_SET, Lowering, Outcome, Reach, Refused, Term, Typed};

const A_CLOSURE: Phrase = Phrase::new("a closure such as `|row| row.workers > 0`", "hàm như `|row| row.workers > 0`");
const ONE_PARAMETER: Phrase = Phrase::new("a closure with one parameter", "hàm có một tham số");
const SO_MANY: Phrase = Phrase::new("one with {count}", "hàm có {count}");
const ORDERED: Phrase = Phrase::new("a number, a day or a step of a scale", "số, ngày hoặc bậc của một thang");

/// The rows of a table that hang on a row, filtered.
#[derive(Clone, Debug)]
pub(super) struct RowSet {
    /// The row that they hang on.
    anchor: Row,
    /// Their table.
    table: TableId,
    /// The links from each of them up to the anchor.
    route: Vec<Link>,
    /// The anchor's link to the unit above, where rows of all units below count.
    below: Option<Link>,
    /// Which of them are meant.
    filter: Option<Expression>,
    /// The column that says who are peers, where these are the peers of a unit.
    peers: Option<ColumnId>,
    /// What each of them is to the rule.
    role: Role,
}

/// A row picked out of a row set, if there is one.
#[derive(Clone, Debug)]
pub(super) struct Picked {
    rows: RowSet,
    which: Which,
    place: Place,
}

/// The methods of row sets.
pub(super) const METHODS: [&str; 16] = [
    "all", "any", "count", "distinct", "filter", "first", "latest", "list", "max", "mean", "min", "only", "ratio",
    "run", "share", "sum",
];

impl RowSet {
    /// Those of them that have a property.
    fn with(self, property: Expression) -> Self {
        let filter = Some(match self.filter {
            Some(Expression::And(mut all)) => {
                all.push(property);
                Expression::And(all)
            }
            Some(filter) => Expression::And(vec![filter, property]),
            None => property,
        });
        Self { filter, ..self }
    }
}

impl Lowering<'_> {
    /// The rows of the table `name` that hang on a row.
    pub(super) fn rows_by_name(&mut self, row: &Row, name: &str, reach: Option<Reach>, place: &Place) -> Outcome<Term> {
        let schema = self.scope.schema;
        let Some(table) = schema.find(name) else { return self.unknown_column(row.table, name, place) };
        let Some(owner) = row.table else {
            return Ok(Term::Rows(self.all_rows(row.clone(), table)));
        };
        let stacked = schema.parent_of(owner) == Some(owner);
        if stacked && table != owner && reach.is_none() {
            let fault = Diagnostic::new(&catalogue::OWN_OR_ALL).with("name", name).with("unit", "unit");
            return self.fault(fault.at(place));
        }
        let route = self.route(table, owner, place)?;
        let up = schema.table(owner).parent.map(|column| Link { table: owner, column });
        let below = up.filter(|_| stacked && reach == Some(Reach::All));
        let (anchor, filter) = (self.normalize(row.clone()), self.alive(table));
        Ok(Term::Rows(RowSet { anchor, table, route, below, filter, peers: None, role: Role::Row }))
    }

    /// Every row of a table.
    fn all_rows(&self, whole: Row, table: TableId) -> RowSet {
        let filter = self.alive(table);
        RowSet { anchor: whole, table, route: Vec::new(), below: None, filter, peers: None, role: Role::Row }
    }

    /// The units of the rule's own level that are in one cluster with a unit, itself among them; without clusters, all.
    pub(super) fn peers(&mut self, row: &Row, place: &Place) -> Outcome<Term> {
        let Some((level, table)) = self.scope.judging.level(self.request.units.level).zip(row.table) else {
            return self.rows_by_name(row, "peers", None, place);
        };
        let anchor = if level.cluster.is_some() { row.clone() } else { Row { table: None, ..row.clone() } };
        let rows = RowSet { peers: level.cluster, role: row.role, ..self.all_rows(anchor, table) };
        if !matches!(&level.units, UnitsOf::Table { when, .. } if !when.0.is_empty()) {
            return Ok(Term::Rows(rows));
        }
        let is_unit = self.in_frame_of(&rows, |lowering, row| lowering.fact(row, Judged::Unit, place))?;
        let Term::Value(is_unit, _) = is_unit else { return Err(Refused) };
        Ok(Term::Rows(rows.with(is_unit)))
    }

    /// Which rows of a table there are, where they are measured as of an earlier day than the others.
    fn alive(&self, table: TableId) -> Option<Expression> {
        let not_after = self.request.moment.not_after?;
        let column = self.scope.schema.table(table).valid.from?;
        let from = Field { path: Vec::new(), table, column, happened: None };
        let day = Expression::Ambient(Ambient::AsOf(AsOf::NotAfter(not_after)));
        Some(Expression::Compare(Comparison::AtMost, Expression::Field(from).into(), day.into()))
    }

    fn route(&mut self, table: TableId, owner: TableId, place: &Place) -> Outcome<Vec<Link>> {
        let schema = self.scope.schema;
        let (below, above) = (&schema.table(table).id, &schema.table(owner).id);
        match route(schema, table, owner) {
            Ok(route) => Ok(route),
            Err(NoRoute::NotBelow) => {
                self.fault(Diagnostic::new(&catalogue::NOT_BELOW).with("table", below).with("owner", above).at(place))
            }
            Err(NoRoute::SeveralWays) => self
                .fault(Diagnostic::new(&catalogue::SEVERAL_WAYS).with("table", below).with("owner", above).at(place)),
        }
    }

    pub(super) fn method_of_rows(
        &mut self,
        rows: RowSet,
        name: &str,
        arguments: &[Syntax],
        place: &Place,
    ) -> Outcome<Term> {
        let value = |(expression, kind)| Term::Value(expression, kind);
        match (name, arguments) {
            ("filter", [property]) => Ok(Term::Rows(self.filtered(rows, property)?)),
            ("count", []) => self.aggregate(&rows, Measure::Count, Type::of(Base::Number), place).map(value),
            ("count", [property]) => {
                let rows = self.filtered(rows, property)?;
                self.aggregate(&rows, Measure::Count, Type::of(Base::Number), place).map(value)
            }
            ("share", [property]) => self.with_property(&rows, property, Measure::Share, Base::Fraction, place),
            ("any", [property]) => self.with_property(&rows, property, Measure::Any, Base::Flag, place),
            ("all", [property]) => self.with_property(&rows, property, Measure::All, Base::Flag, place),
            ("sum", [number]) => self.with_number(&rows, number, Measure::Sum, Base::Number, place),
            ("mean", [number]) => self.with_number(&rows, number, Measure::Mean, Base::Fraction, place),
            ("ratio", [part, whole]) => {
                let (part, whole) = (self.of_each(&rows, part, Self::number), self.of_each(&rows, whole, Self::number));
                let measure = Measure::Ratio(part?.0, whole?.0);
                self.aggregate(&rows, measure, Type::of(Base::Fraction), place).map(value)
            }
            ("min", [key]) => self.extreme_of(&rows, key, Measure::Min, place),
            ("max", [key]) => self.extreme_of(&rows, key, Measure::Max, place),
            ("distinct", [key]) => {
                let (key, _) = self.of_each(&rows, key, Self::value)?;
                self.aggregate(&rows, Measure::Distinct(key), Type::of(Base::Number), place).map(value)
            }
            ("list", [key]) => {
                let (key, kind) = self.ordered(&rows, key)?;
                let kind = Type::of(Base::List(order_of(&kind)));
                self.aggregate(&rows, Measure::List(key), kind, place).map(value)
            }
            ("run", [number]) => self.with_number(&rows, number, Measure::Run, Base::Number, place),
            ("only", [property]) => {
                let rows = self.filtered(rows, property)?;
                Ok(Term::Picked(Picked { rows, which: Which::Only, place: place.clone() }))
            }
            ("first", [key]) => self.picked(rows, key, Which::First, place),
            ("latest", [key]) => self.picked(rows, key, Which::Latest, place),
            (name, _) if METHODS.contains(&name) => {
                let expected = if name == "ratio" { 2 } else { 1 };
                self.count_arguments(name, expected, arguments.len(), place)?;
                Err(Refused)
            }
            _ => self.unknown_method(A_ROW_SET, name, &METHODS, place),
        }
    }

    /// Lowers a closure over the rows of a set.
    fn of_each<T>(
        &mut self,
        rows: &RowSet,
        closure: &Syntax,
        lower: impl FnOnce(&mut Self, &Syntax) -> Outcome<T>,
    ) -> Outcome<T> {
        let SyntaxKind::Closure { parameters, body } = &closure.kind else {
            return self.wrong_type(A_CLOSURE, SOMETHING_ELSE, &closure.place);
        };
        let [parameter] = parameters.as_slice() else {
            return self.wrong_type(ONE_PARAMETER, SO_MANY.with("count", parameters.len()), &closure.place);
        };
        self.in_frame_of(rows, |lowering, row| {
            lowering.bound(parameter, Term::Row(row.clone()), |lowering| lower(lowering, body))
        })
    }

    /// Lowers something over the rows of a set. From where rows of other units count too, the unit is not reached.
    fn in_frame_of<T>(&mut self, rows: &RowSet, lower: impl FnOnce(&mut Self, &Row) -> T) -> T {
        let route = (rows.below.is_none() && rows.role == Role::Row).then_some(rows.route.as_slice());
        self.inside(rows.table, &rows.anchor, route, |lowering| {
            let row = Row { depth: lowering.depth(), path: Vec::new(), table: Some(rows.table), role: rows.role };
            let known = lowering.narrowed.len();
            // Whatever has been filtered by is known of every row that is left.
            lowering.learn(rows.filter.as_ref(), true);
            let result = lower(lowering, &row);
            lowering.narrowed.truncate(known);
            result
        })
    }

    fn filtered(&mut self, rows: RowSet, property: &Syntax) -> Outcome<RowSet> {
        let property = self.of_each(&rows, property, Self::flag)?;
        Ok(rows.with(property))
    }

    fn with_property(
        &mut self,
        rows: &RowSet,
        property: &Syntax,
        measure: fn(Expression) -> Measure,
        base: Base,
        place: &Place,
    ) -> Outcome<Term> {
        let property = self.of_each(rows, property, Self::flag)?;
        let (expression, kind) = self.aggregate(rows, measure(property), Type::of(base), place)?;
        Ok(Term::Value(expression, kind))
    }

    fn with_number(
        &mut self,
        rows: &RowSet,
        number: &Syntax,
        measure: fn(Expression) -> Measure,
        base: Base,
        place: &Place,
    ) -> Outcome<Term> {
        let (number, _) = self.of_each(rows, number, Self::number)?;
        let (expression, kind) = self.aggregate(rows, measure(number), Type::of(base), place)?;
        Ok(Term::Value(expression, kind))
    }

    /// The least or greatest of what rows have; rows that have none do not count.
    fn extreme_of(
        &mut self,
        rows: &RowSet,
        key: &Syntax,
        measure: fn(Expression, Ordered) -> Measure,
        place: &Place,
    ) -> Outcome<Term> {
        let (key, kind) = self.ordered(rows, key)?;
        let order = order_of(&kind);
        let (expression, kind) = self.aggregate(rows, measure(key, order), Type::maybe(kind.base), place)?;
        Ok(Term::Value(expression, kind))
    }

    fn picked(&mut self, rows: RowSet, key: &Syntax, which: fn(Expression) -> Which, place: &Place) -> Outcome<Term> {
        let (key, _) = self.ordered(&rows, key)?;
        Ok(Term::Picked(Picked { rows, which: which(key), place: place.clone() }))
    }

    fn ordered(&mut self, rows: &RowSet, closure: &Syntax) -> Outcome<Typed> {
        let (key, kind) = self.of_each(rows, closure, Self::value)?;
        match &kind.base {
            Base::Number | Base::Day | Base::Scale(_) => Ok((key, kind)),
            _ => self.wrong_type(ORDERED, kind, &closure.place),
        }
    }

    /// Something read of a picked row: none where there is no such row.
    pub(super) fn take(
        &mut self,
        picked: Picked,
        place: &Place,
        read: impl FnOnce(&mut Self, &Row) -> Outcome<Term>,
    ) -> Outcome<Term> {
        let (take, kind) = self.in_frame_of(&picked.rows, |lowering, row| match read(lowering, row)? {
            Term::Value(expression, kind) => Ok((expression, kind)),
            other => lowering.wrong_type(Phrase::new("a column", "một cột"), other.describe(), place),
        })?;
        let measure = Measure::Pick { which: picked.which, take };
        let (expression, kind) = self.aggregate(&picked.rows, measure, Type::maybe(kind.base), &picked.place)?;
        Ok(Term::Value(expression, kind))
    }

    fn aggregate(&mut self, rows: &RowSet, measure: Measure, kind: Type, place: &Place) -> Outcome<Typed> {
        let path = self.path_to(&rows.anchor, place)?;
        let anchor = Anchor::from(rows.anchor.table);
        let id = self.register(Derived::Aggregate(Box::new(Aggregate {
            anchor,
            table: rows.table,
            route: rows.route.clone(),
            peers: rows.peers,
            below: rows.below,
            filter: rows.filter.clone(),
            alive: self.alive(rows.table),
            measure,
            missing_fails: self.request.missing_fails,
            place: place.clone(),
        })));
        Ok((Expression::Derived { id, path }, self.read_of(&rows.anchor, kind)))
    }
}

fn order_of(kind: &Type) -> Ordered {
    match &kind.base {
        Base::Day => Ordered::Day,
        Base::Scale(_) => Ordered::Step,
        _ => Ordered::Number,
    }
}
