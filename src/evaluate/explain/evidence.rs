//! The rows behind a measure.

use crate::rule::{Aggregate, Context, Expression, Measure};
use crate::value::Truth;

use super::super::measure::Owners;
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
    /// Rows in the population that lack the property.
    pub failing: Listed,
    /// Rows of which it is not known whether they are in the population or have the property.
    pub unknown: Listed,
    /// Whether there may be rows that nobody delivered.
    pub rows_missing: bool,
}

/// Rows by name: the first few in the order of their keys, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// The first few.
    pub rows: Vec<ListedRow>,
    /// How many more there are.
    pub more: usize,
}

/// A row by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListedRow {
    /// Its key.
    pub key: String,
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

    fn of(mut rows: Vec<ListedRow>) -> Self {
        rows.sort();
        let more = rows.len().saturating_sub(ROWS_NAMED);
        rows.truncate(ROWS_NAMED);
        Self { rows, more }
    }
}

/// The evidence of every row set that a measure reads of the unit itself.
pub(super) fn evidence<'d>(
    plan: &'d Plan,
    context: &Context<'d>,
    criterion: &'d CriterionPlan,
    unit: usize,
) -> Vec<Evidence> {
    let Program::Computed(measure) = &criterion.measure else { return Vec::new() };
    let mut found: Vec<(usize, usize)> = Vec::new();
    measure.walk(&mut |expression| {
        if let Expression::Aggregate { id, path } = expression
            && let Some(anchor) = context.follow(path, unit)
            && !found.iter().any(|(known, _)| known == id)
        {
            found.push((*id, anchor));
        }
    });
    let aggregates = found.into_iter().filter_map(|(id, anchor)| Some((plan.aggregates.get(id)?, anchor)));
    aggregates.map(|(aggregate, anchor)| of_rows(aggregate, context, anchor)).collect()
}

fn of_rows<'d>(aggregate: &'d Aggregate, context: &Context<'d>, anchor: usize) -> Evidence {
    let property = match &aggregate.measure {
        Measure::Share(property) | Measure::Any(property) | Measure::All(property) => Some(property),
        _ => None,
    };
    let owners = Owners::of(aggregate, context);
    let table = context.data.table(aggregate.table);
    let schema = context.schema.table(aggregate.table);
    let (mut rows, mut members, mut met, mut failing, mut unknown) = (0, 0, 0, Vec::new(), Vec::new());
    for row in (0..table.rows).filter(|row| owners.counts_for(*row, anchor)) {
        rows += 1;
        let truth = |expression: Option<&'d Expression>| {
            expression.map_or(Truth::True, |e| context.truth(e, row).unwrap_or(Truth::Unknown))
        };
        let member = truth(aggregate.filter.as_ref());
        let has = if member == Truth::False { Truth::False } else { truth(property) };
        let named = |blank| ListedRow { key: table.key(row).to_owned(), blank };
        members += usize::from(member == Truth::True);
        match (member, has) {
            (Truth::False, _) => {}
            (Truth::True, Truth::True) => met += 1,
            (Truth::True, Truth::False) => failing.push(named(Vec::new())),
            _ => unknown.push(named(blank(aggregate, context, row))),
        }
    }
    let unknown_values =
        if property.is_none() { unknown_values(aggregate, context, &owners, anchor) } else { Vec::new() };
    unknown.extend(unknown_values);
    Evidence {
        table: schema.id.clone(),
        file: table.intake.file.clone(),
        rows,
        members,
        met: property.map(|_| met),
        failing: Listed::of(failing),
        unknown: Listed::of(unknown),
        rows_missing: owners.missing().get(anchor).copied().unwrap_or(false),
    }
}

/// Rows whose own value is unknown, for sums, ratios and extremes.
fn unknown_values<'d>(
    aggregate: &'d Aggregate,
    context: &Context<'d>,
    owners: &Owners<'d>,
    anchor: usize,
) -> Vec<ListedRow> {
    let table = context.data.table(aggregate.table);
    let open = |row: &usize| {
        let member = aggregate
            .filter
            .as_ref()
            .map_or(Truth::True, |filter| context.truth(filter, *row).unwrap_or(Truth::Unknown));
        let known = |expression: &&'d Expression| context.evaluate(expression, *row).is_ok_and(|cell| cell.is_known());
        member == Truth::True && !aggregate.measure.expressions().iter().all(known)
    };
    let rows = (0..table.rows).filter(|row| owners.counts_for(*row, anchor)).filter(open);
    rows.map(|row| ListedRow { key: table.key(row).to_owned(), blank: blank(aggregate, context, row) }).collect()
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
