//! The first and the last of rows, and the only one.

use std::sync::Arc;

use rhai::{Dynamic, Engine, ImmutableString};

use super::halt::{Native, Outcome, Unanswered};
use super::operator::ordered;
use super::row::Row;
use super::set::{Closure, Rows, filter};
use super::value::Value;
use super::world::World;
use crate::rule::Failure;
use crate::schema::TableId;
use crate::value::Number;

/// Several rows of which one is meant, and only their order in the file could say which.
#[derive(Clone, Debug)]
struct AnyOf {
    table: TableId,
    rows: Vec<usize>,
}

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    engine.register_type_with_name::<AnyOf>("a row");
    let of = Arc::clone(world);
    engine.register_indexer_get(move |rows: &mut AnyOf, name: ImmutableString| -> Native<Dynamic> {
        Ok(of.common_field(rows, &name)?)
    });
}

impl World {
    /// The field of several rows, if it is the same in all of them; else it is not known.
    fn common_field(&self, of: &AnyOf, name: &str) -> Outcome<Dynamic> {
        let field = |row: &usize| self.field(Row { table: Some(of.table), row: Some(*row) }, name);
        let mut fields = of.rows.iter().map(field);
        let Some(first) = fields.next().transpose()? else { return Ok(Dynamic::UNIT) };
        let value = self.vocabulary.value(&first)?;
        for other in fields {
            if self.vocabulary.value(&other?)? != value {
                let table = &self.schema.table(of.table).id;
                return Err(Unanswered::Unknown(format!("which of several rows of `{table}` without a key is meant")));
            }
        }
        Ok(first)
    }
}

/// Which of two numbers comes first.
pub(super) type Before = fn(Number, Number) -> bool;

/// Where a value stands against the best so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    First,
    Tied,
    Behind,
}

/// How a value stands against the best so far; what is none never comes first. A value is compared even where nothing
/// is yet, so that one without an order is a fault.
fn standing(value: &Value, best: Option<&Value>, before: Before, world: &World) -> Outcome<Standing> {
    let against = best.unwrap_or(value);
    let goes_before = ordered(&world.vocabulary, value, against, before)?;
    let stays_behind = ordered(&world.vocabulary, against, value, before)?;
    Ok(match (value, best) {
        (Value::None | Value::NotApplicable, _) => Standing::Behind,
        (_, None) => Standing::First,
        _ if goes_before => Standing::First,
        _ if stays_behind => Standing::Behind,
        _ => Standing::Tied,
    })
}

/// The value of the row that comes before all others; rows that have none do not count.
pub(super) fn extreme(rows: &Rows, closure: &Closure<'_>, before: Before) -> Native<Dynamic> {
    let mut best: Option<(Value, Dynamic)> = None;
    for row in rows.clone() {
        let held = closure.call(row)?;
        let value = closure.world.vocabulary.value(&held)?;
        if standing(&value, best.as_ref().map(|(best, _)| best), before, closure.world)? == Standing::First {
            best = Some((value, held));
        }
    }
    Ok(best.map_or(Dynamic::UNIT, |(_, held)| held))
}

/// The row whose key comes first; of several, the one that is itself called last.
pub(super) fn pick(rows: &Rows, key: &Closure<'_>, before: Before) -> Native<Dynamic> {
    let mut best: Option<Value> = None;
    let mut tied: Vec<usize> = Vec::new();
    for row in rows.clone() {
        let value = key.value(row)?;
        match standing(&value, best.as_ref(), before, key.world)? {
            Standing::Behind => continue,
            Standing::First => tied.clear(),
            Standing::Tied => {}
        }
        best = Some(value);
        tied.extend(row.row);
    }
    Ok(one_of(rows.table, tied, key.world))
}

fn one_of(table: TableId, rows: Vec<usize>, world: &World) -> Dynamic {
    let has_key = !world.schema.table(table).key.is_empty();
    if rows.len() > 1 && !has_key {
        return Dynamic::from(AnyOf { table, rows });
    }
    let last = rows.into_iter().max_by_key(|row| world.data.table(table).key(*row));
    Dynamic::from(Row { table: Some(table), row: last })
}

/// The one row with a property; two are a fault.
pub(super) fn only(rows: &Rows, property: &Closure<'_>) -> Native<Row> {
    let mut found = filter(rows, property)?.into_iter();
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Err(Unanswered::from(Failure::SeveralRows).into()),
        (Some(row), None) => Ok(row),
        (None, _) => Ok(Row { table: Some(rows.table), row: None }),
    }
}
