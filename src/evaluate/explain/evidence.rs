//! The rows behind a measure.

use crate::data::{Table, Values};
use crate::rule::{Aggregate, Context, Expression, Field, Measure, Type};
use crate::schema::{ColumnId, TableId, TableSchema};
use crate::value::Truth;

use super::super::judge::measured;
use super::super::measure::Owners;
use super::super::outcome::Measured;
use super::super::plan::{CriterionPlan, Plan, Program};
use super::ROWS_NAMED;

/// The rows of one row set that count for a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// The table.
    pub table: String,
    /// The file.
    pub file: String,
    /// Rows that hang on the unit, in the population or not.
    pub rows: usize,
    /// Rows surely in the population.
    pub members: usize,
    /// Rows in the population that have the property; nothing where no property is asked for.
    pub met: Option<usize>,
    /// Whether the rows set the target and not the measure.
    pub of_target: bool,
    /// Rows in the population that have the property, with what proves them; nothing where the table cites nothing.
    pub proven: Listed,
    /// Rows in the population that lack the property.
    pub failing: Listed,
    /// Rows of which it is not known whether they are in the population or have the property.
    pub unknown: Listed,
    /// Rows whose figures are declared to be provisional, in the population or not.
    pub provisional: Listed,
    /// Whether there may be rows that nobody delivered.
    pub rows_missing: bool,
}

/// Rows by name: the first few in the order of their keys, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listed {
    /// The first few.
    pub rows: Vec<ListedRow>,
    /// How many more there are.
    pub more: usize,
}

/// A row by name.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedRow {
    /// Its key.
    pub key: String,
    /// The name that people use, if its table has one.
    pub name: Option<String>,
    /// The cells that decide, by their headers.
    pub cells: Vec<(String, Measured)>,
    /// The headers of its cells that are unknown and read.
    pub blank: Vec<String>,
}

impl Listed {
    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() + self.more
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Names the first few of some rows.
    fn of(mut rows: Vec<usize>, table: &Table, named: impl Fn(usize) -> ListedRow) -> Self {
        rows.sort_by_cached_key(|row| natural(table.key(*row)));
        let more = rows.len().saturating_sub(ROWS_NAMED);
        rows.truncate(ROWS_NAMED);
        Self { rows: rows.into_iter().map(named).collect(), more }
    }
}

/// What sorts keys as people count: line 9 comes before line 10.
fn natural(key: &str) -> (&str, usize, &str) {
    (key.trim_end_matches(|letter: char| letter.is_ascii_digit()), key.len(), key)
}

/// The evidence of every row set that a measure reads of the unit itself.
pub(super) fn evidence<'d>(
    plan: &'d Plan,
    context: &Context<'d>,
    criterion: &'d CriterionPlan,
    unit: usize,
) -> Vec<Evidence> {
    let measure = if let Program::Computed(measure) = &criterion.measure { Some(measure) } else { None };
    let bars = criterion.target.iter().map(|bound| &bound.bar);
    let read = measure.into_iter().map(|it| (it, false)).chain(bars.map(|it| (it, true)));
    let mut found: Vec<(usize, usize, bool)> = Vec::new();
    for (expression, of_target) in read {
        expression.walk(&mut |inner| {
            if let Expression::Derived { id, path } = inner
                && let Some(anchor) = context.follow(path, unit)
                && !found.iter().any(|(known, ..)| known == id)
            {
                found.push((*id, anchor, of_target));
            }
        });
    }
    let rows = |(id, anchor, of_target): (usize, usize, bool)| {
        let aggregate = plan.derived.get(id)?.aggregate()?;
        Some(Evidence { of_target, ..of_rows(aggregate, context, anchor) })
    };
    found.into_iter().filter_map(rows).collect()
}

fn of_rows<'d>(aggregate: &'d Aggregate, context: &Context<'d>, anchor: usize) -> Evidence {
    let property = match &aggregate.measure {
        Measure::Share(property) | Measure::Any(property) | Measure::All(property) => Some(property),
        _ => None,
    };
    let owners = Owners::of(aggregate, context);
    let table = context.data.table(aggregate.table);
    let schema = context.schema.table(aggregate.table);
    let (mut rows, mut members) = (0, 0);
    let (mut met, mut failing, mut unknown, mut provisional) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for row in (0..table.rows).filter(|row| owners.counts_for(*row, anchor)) {
        rows += 1;
        if is_provisional(schema, table, row) {
            provisional.push(row);
        }
        let truth = |expression: Option<&'d Expression>| {
            expression.map_or(Truth::True, |e| context.truth(e, row).unwrap_or(Truth::Unknown))
        };
        let member = truth(aggregate.filter.as_ref());
        let has = if member == Truth::False { Truth::False } else { truth(property) };
        members += usize::from(member == Truth::True);
        match (member, has) {
            (Truth::False, _) => {}
            (Truth::True, Truth::True) => met.push(row),
            (Truth::True, Truth::False) => failing.push(row),
            _ => unknown.push(row),
        }
    }
    let unknown_values =
        if property.is_none() { unknown_values(aggregate, context, &owners, anchor) } else { Vec::new() };
    unknown.extend(unknown_values);
    let name = |row: usize| table.column(schema.name?)?.text(row).map(str::to_owned);
    let listed =
        |row: usize, cells| ListedRow { key: table.key(row).to_owned(), name: name(row), cells, blank: Vec::new() };
    Evidence {
        table: schema.id.clone(),
        file: table.intake.file.clone(),
        rows,
        members,
        met: property.map(|_| met.len()),
        of_target: false,
        proven: if schema.cite.is_empty() {
            Listed::default()
        } else {
            Listed::of(met, table, |row| listed(row, cited(aggregate.table, context, row)))
        },
        failing: Listed::of(failing, table, |row| listed(row, cells(property, context, row))),
        unknown: Listed::of(unknown, table, |row| ListedRow {
            blank: blank(aggregate, context, row),
            ..listed(row, Vec::new())
        }),
        provisional: Listed::of(provisional, table, |row| listed(row, Vec::new())),
        rows_missing: owners.missing(aggregate, context).get(anchor).copied().unwrap_or(false),
    }
}

/// Whether the figures of a row are declared to be provisional.
fn is_provisional(schema: &TableSchema, table: &Table, row: usize) -> bool {
    let flag = schema.writing.provisional.and_then(|column| table.column(column));
    flag.is_some_and(|column| match &column.values {
        Values::Flags(flags) => column.is_known(row) && flags.get(row),
        _ => false,
    })
}

/// Rows whose own value is unknown, for sums, ratios and extremes.
fn unknown_values<'d>(
    aggregate: &'d Aggregate,
    context: &Context<'d>,
    owners: &Owners<'d>,
    anchor: usize,
) -> Vec<usize> {
    let table = context.data.table(aggregate.table);
    let open = |row: &usize| {
        let member = aggregate
            .filter
            .as_ref()
            .map_or(Truth::True, |filter| context.truth(filter, *row).unwrap_or(Truth::Unknown));
        let known = |expression: &&'d Expression| context.evaluate(expression, *row).is_ok_and(|cell| cell.is_known());
        member == Truth::True && !aggregate.measure.expressions().iter().all(known)
    };
    (0..table.rows).filter(|row| owners.counts_for(*row, anchor)).filter(open).collect()
}

/// The cells of a row that a property looks at, by their headers.
fn cells(property: Option<&Expression>, context: &Context<'_>, row: usize) -> Vec<(String, Measured)> {
    let mut cells: Vec<(String, Measured)> = Vec::new();
    for field in property.into_iter().flat_map(Expression::fields) {
        let column = context.schema.column(field.table, field.column);
        if !cells.iter().any(|(header, _)| **header == *column.header) {
            let kind = Type::of_column(column);
            cells.push((column.header.to_string(), measured(&context.field(field, row), Some(&kind))));
        }
    }
    cells
}

/// The cells that prove a row, by their headers; blank ones are left out.
fn cited(table: TableId, context: &Context<'_>, row: usize) -> Vec<(String, Measured)> {
    let schema = context.schema.table(table);
    let cell = |column: &ColumnId| {
        let header = schema.column(*column).header.to_string();
        Some((header, cited_cell(table, *column, context, row)?))
    };
    schema.cite.iter().filter_map(cell).collect()
}

/// What a cell says to a reader: of a link, the key of the row that it leads to.
fn cited_cell(table: TableId, column: ColumnId, context: &Context<'_>, row: usize) -> Option<Measured> {
    let described = context.schema.column(table, column);
    if let Some(to) = described.link() {
        let target = context.data.table(table).column(column)?.target(row)?;
        return Some(Measured::Text(Some(context.data.table(to).key(target).to_owned())));
    }
    let cell = context.field(&Field { path: Vec::new(), table, column, happened: None }, row);
    (!cell.is_none()).then(|| measured(&cell, Some(&Type::of_column(described))))
}

/// The headers of the unknown cells that a row set reads of a row.
fn blank(aggregate: &Aggregate, context: &Context<'_>, row: usize) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for field in aggregate.expressions().flat_map(Expression::fields) {
        let header = &context.schema.column(field.table, field.column).header;
        if !context.field(field, row).is_known() && !headers.iter().any(|known| **known == **header) {
            headers.push(header.to_string());
        }
    }
    headers
}
