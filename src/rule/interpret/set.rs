//! Row sets and their methods.

use std::collections::BTreeSet;
use std::sync::Arc;

use rhai::{Dynamic, Engine, FnPtr, NativeCallContext};

use super::halt::{Native, Outcome, Unanswered};
use super::operator::{flag, number};
use super::pick::{extreme, only, pick};
use super::row::Row;
use super::value::{Value, from_fraction, from_number};
use super::world::World;
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
pub(super) struct Closure<'c> {
    pointer: FnPtr,
    context: NativeCallContext<'c>,
    pub world: &'c World,
}

impl<'c> Closure<'c> {
    pub fn new(pointer: FnPtr, context: NativeCallContext<'c>, world: &'c World) -> Self {
        Self { pointer, context, world }
    }

    /// What the closure returns for a row, as the engine holds it.
    pub fn call(&self, row: Row) -> Native<Dynamic> {
        self.pointer.call_within_context(&self.context, (row,))
    }

    pub fn value(&self, row: Row) -> Native<Value> {
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

const METHODS: [(&str, Method); 13] = [
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
    ("run", run),
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

pub(super) fn filter(rows: &Rows, property: &Closure<'_>) -> Native<Rows> {
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
    Ok(from_fraction(&Fraction::of_rows(tally)))
}

fn mean(rows: &Rows, value: &Closure<'_>) -> Native<Dynamic> {
    Ok(fraction(value.sum(rows)?, rows.count())?)
}

fn fraction(above: Number, below: Number) -> Outcome<Dynamic> {
    Ok(from_fraction(&Fraction::of_sums(Possible::known(above), Possible::known(below))?))
}

/// Years in a row up to the latest one.
fn run(rows: &Rows, value: &Closure<'_>) -> Native<Dynamic> {
    let mut numbers = BTreeSet::new();
    for row in rows.clone() {
        numbers.insert(value.number(row)?);
    }
    let mut length = 0;
    let mut expected = None;
    for number in numbers.into_iter().rev() {
        if expected.is_some_and(|expected| expected != number) {
            break;
        }
        length += 1;
        expected = Some(number.minus(Number::ONE).map_err(Unanswered::from)?);
    }
    Ok(from_number(Number::count(length)))
}

fn distinct(rows: &Rows, value: &Closure<'_>) -> Native<Dynamic> {
    let mut values = BTreeSet::new();
    for row in rows.clone() {
        match value.value(row)? {
            Value::None | Value::NotApplicable => {}
            Value::Share(number) => _ = values.insert(Value::Number(number)),
            value => _ = values.insert(value),
        }
    }
    let values = value.world.vocabulary.as_words(values);
    Ok(from_number(Number::count(values.len() as u64)))
}
