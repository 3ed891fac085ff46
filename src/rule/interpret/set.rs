//! Row sets and their methods.

use std::sync::Arc;

use rhai::{Dynamic, Engine, FnPtr, NativeCallContext};

use super::halt::{Native, Outcome, Unanswered};
use super::operator::{flag, number, ordered};
use super::row::Row;
use super::value::{Value, from_fraction, from_number};
use super::world::World;
use crate::rule::Failure;
use crate::schema::TableId;
use crate::value::{Fraction, Number, Possible, Tally};

/// Some rows of a table, by their numbers.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub table: TableId,
    /// Which rows; nothing where there is no row that they could hang on: whatever is computed over them is none.
    pub list: Option<Arc<[u32]>>,
}

impl IntoIterator for Rows {
    type Item = Row;
    type IntoIter = std::vec::IntoIter<Row>;

    fn into_iter(self) -> Self::IntoIter {
        let row = |row: &u32| Row { table: Some(self.table), row: Some(*row as usize) };
        self.list.iter().flat_map(|list| list.iter()).map(row).collect::<Vec<_>>().into_iter()
    }
}

/// A closure, and what is needed to call it on rows.
struct Closure<'c> {
    pointer: FnPtr,
    context: NativeCallContext<'c>,
    world: &'c World,
}

impl Closure<'_> {
    /// What the closure returns for a row, as the engine holds it.
    fn call(&self, row: Row) -> Native<Dynamic> {
        self.pointer.call_within_context(&self.context, (row,))
    }

    fn value(&self, row: Row) -> Native<Value> {
        Ok(self.world.vocabulary.value(&self.call(row)?)?)
    }

    fn flag(&self, row: Row) -> Native<bool> {
        Ok(flag(&self.value(row)?)?)
    }

    fn number(&self, row: Row) -> Native<Number> {
        Ok(number(&self.value(row)?)?)
    }

    fn sum(&self, rows: &Rows) -> Native<Number> {
        let mut sum = Number::ZERO;
        for row in rows.clone() {
            sum = sum.plus(self.number(row)?).map_err(Unanswered::from)?;
        }
        Ok(sum)
    }
}

type Method = fn(&Rows, &Closure<'_>) -> Native<Dynamic>;

const METHODS: [(&str, Method); 12] = [
    ("all", all),
    ("any", any),
    ("count", |rows, closure| Ok(from_number(filter(rows, closure)?.count()))),
    ("distinct", distinct),
    ("filter", |rows, closure| Ok(Dynamic::from(filter(rows, closure)?))),
    ("first", |rows, key| pick(rows, key, |a, b| a < b)),
    ("latest", |rows, key| pick(rows, key, |a, b| a > b)),
    ("max", |rows, closure| extreme(rows, closure, |a, b| a > b)),
    ("mean", mean),
    ("min", |rows, closure| extreme(rows, closure, |a, b| a < b)),
    ("share", share),
    ("sum", |rows, closure| Ok(from_number(closure.sum(rows)?))),
];

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    engine.register_type_with_name::<Rows>("a row set").register_iterator::<Rows>();
    for (name, method) in METHODS {
        let of = Arc::clone(world);
        engine.register_fn(
            name,
            move |context: NativeCallContext<'_>, rows: &mut Rows, pointer: FnPtr| -> Native<Dynamic> {
                if rows.list.is_none() && name != "filter" {
                    return Ok(Dynamic::UNIT);
                }
                method(rows, &Closure { pointer, context, world: &of })
            },
        );
    }
    engine.register_fn("count", |rows: &mut Rows| match rows.list {
        Some(_) => from_number(rows.count()),
        None => Dynamic::UNIT,
    });
    let of = Arc::clone(world);
    engine.register_fn("only", move |context: NativeCallContext<'_>, rows: &mut Rows, pointer: FnPtr| -> Native<Row> {
        only(rows, &Closure { pointer, context, world: &of })
    });
    let of = Arc::clone(world);
    engine.register_fn(
        "ratio",
        move |context: NativeCallContext<'_>, rows: &mut Rows, part: FnPtr, whole: FnPtr| -> Native<Dynamic> {
            if rows.list.is_none() {
                return Ok(Dynamic::UNIT);
            }
            let part = Closure { pointer: part, context, world: &of };
            let above = part.sum(rows)?;
            let below = Closure { pointer: whole, ..part }.sum(rows)?;
            Ok(fraction(above, below)?)
        },
    );
}

impl Rows {
    fn count(&self) -> Number {
        Number::count(self.list.as_ref().map_or(0, |list| list.len() as u64))
    }
}

fn filter(rows: &Rows, property: &Closure<'_>) -> Native<Rows> {
    let Some(list) = &rows.list else { return Ok(rows.clone()) };
    let mut kept = Vec::new();
    for (number, row) in list.iter().zip(rows.clone()) {
        if property.flag(row)? {
            kept.push(*number);
        }
    }
    Ok(Rows { list: Some(kept.into()), ..*rows })
}

fn any(rows: &Rows, property: &Closure<'_>) -> Native<Dynamic> {
    for row in rows.clone() {
        if property.flag(row)? {
            return Ok(true.into());
        }
    }
    Ok(false.into())
}

fn all(rows: &Rows, property: &Closure<'_>) -> Native<Dynamic> {
    for row in rows.clone() {
        if !property.flag(row)? {
            return Ok(false.into());
        }
    }
    Ok(true.into())
}

fn share(rows: &Rows, property: &Closure<'_>) -> Native<Dynamic> {
    let mut tally = Tally::default();
    for row in rows.clone() {
        if property.flag(row)? { tally.met += 1 } else { tally.failing += 1 }
    }
    Ok(from_fraction(Fraction::of_rows(tally)))
}

fn mean(rows: &Rows, value: &Closure<'_>) -> Native<Dynamic> {
    Ok(fraction(value.sum(rows)?, rows.count())?)
}

fn fraction(above: Number, below: Number) -> Outcome<Dynamic> {
    Ok(from_fraction(Fraction::of_sums(Possible::known(above), Possible::known(below))?))
}

fn distinct(rows: &Rows, value: &Closure<'_>) -> Native<Dynamic> {
    let mut values = std::collections::BTreeSet::new();
    for row in rows.clone() {
        match value.value(row)? {
            Value::None | Value::NotApplicable => {}
            Value::Share(number) => _ = values.insert(Value::Number(number)),
            value => _ = values.insert(value),
        }
    }
    Ok(from_number(Number::count(values.len() as u64)))
}

type Before = fn(Number, Number) -> bool;

/// The value of the row that comes before all others; rows that have none do not count.
fn extreme(rows: &Rows, closure: &Closure<'_>, before: Before) -> Native<Dynamic> {
    let mut best: Option<(Value, Dynamic)> = None;
    for row in rows.clone() {
        let held = closure.call(row)?;
        let value = closure.world.vocabulary.value(&held)?;
        if comes_first(&value, best.as_ref().map(|(best, _)| best), before, closure.world)? {
            best = Some((value, held));
        }
    }
    Ok(best.map_or(Dynamic::UNIT, |(_, held)| held))
}

/// Whether a value goes before the best so far. A value is compared even where nothing is yet, so that one without an
/// order is a fault.
fn comes_first(value: &Value, best: Option<&Value>, before: Before, world: &World) -> Outcome<bool> {
    let goes_before = ordered(&world.vocabulary, value, best.unwrap_or(value), before)?;
    Ok(*value != Value::None && *value != Value::NotApplicable && (best.is_none() || goes_before))
}

/// The row whose key comes first; of rows with the same key, the one that is itself called last.
fn pick(rows: &Rows, key: &Closure<'_>, before: Before) -> Native<Dynamic> {
    let table = key.world.data.table(rows.table);
    let name = |row: Row| row.row.map(|row| table.key(row));
    let mut best: Option<(Value, Row)> = None;
    for row in rows.clone() {
        let value = key.value(row)?;
        let better = comes_first(&value, best.as_ref().map(|(best, _)| best), before, key.world)?;
        let tied = best.as_ref().is_some_and(|(best, other)| *best == value && name(row) >= name(*other));
        if better || tied {
            best = Some((value, row));
        }
    }
    let none = Row { table: Some(rows.table), row: None };
    Ok(Dynamic::from(best.map_or(none, |(_, row)| row)))
}

/// The one row with a property; two are a fault.
fn only(rows: &Rows, property: &Closure<'_>) -> Native<Row> {
    let mut found = filter(rows, property)?.into_iter();
    match (found.next(), found.next()) {
        (Some(_), Some(_)) => Err(Unanswered::from(Failure::SeveralRows).into()),
        (Some(row), None) => Ok(row),
        (None, _) => Ok(Row { table: Some(rows.table), row: None }),
    }
}
