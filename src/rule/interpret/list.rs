//! Lists of the values of rows, and of the numbers of a param.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, FnPtr, NativeCallContext};

use super::super::calculation::{Calculation, OF_LISTS};
use super::super::cell::Cell;
use super::halt::{Native, Outcome, Unanswered};
use super::operator::number;
use super::set::{Closure, Rows};
use super::value::{Listed, Value, from_number};
use super::world::World;
use crate::value::{List, Possible};

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    engine.register_type_with_name::<Listed>("a list of numbers");
    let of = Arc::clone(world);
    engine.register_fn(
        "list",
        move |context: NativeCallContext<'_>, rows: &mut Rows, pointer: FnPtr| -> Native<Dynamic> {
            if rows.list.is_none() {
                return Ok(Dynamic::UNIT);
            }
            values(rows, &Closure::new(pointer, context, &of))
        },
    );
    for (name, calculation, count) in OF_LISTS {
        if count == 0 {
            engine.register_fn(name, move |list: &mut Listed| -> Native<Dynamic> {
                Ok(calculated(calculation, list, None)?)
            });
            let of = Arc::clone(world);
            engine.register_fn(name, move |list: &mut Array| -> Native<Dynamic> {
                Ok(calculated(calculation, &written(list, &of)?, None)?)
            });
            continue;
        }
        let of = Arc::clone(world);
        engine.register_fn(name, move |list: &mut Listed, count: Dynamic| -> Native<Dynamic> {
            Ok(calculated(calculation, list, Some(&of.count(&count)?))?)
        });
        let of = Arc::clone(world);
        engine.register_fn(name, move |list: &mut Array, count: Dynamic| -> Native<Dynamic> {
            Ok(calculated(calculation, &written(list, &of)?, Some(&of.count(&count)?))?)
        });
    }
    let of = Arc::clone(world);
    engine.register_fn("at", move |list: &mut Listed, place: Dynamic| -> Native<Dynamic> {
        let place = match of.vocabulary.value(&place)? {
            Value::None => Cell::None,
            place => Cell::Number(Possible::known(number(&place)?)),
        };
        Ok(calculated(Calculation::At, list, Some(&place))?)
    });
}

/// The values of rows, least first; rows that have none do not count.
fn values(rows: &Rows, closure: &Closure<'_>) -> Native<Dynamic> {
    let mut values = Vec::new();
    for row in rows.clone() {
        match closure.value(row)? {
            Value::None | Value::NotApplicable => {}
            Value::Share(share) => values.push(share),
            value => values.push(number(&value)?),
        }
    }
    values.sort_unstable();
    Ok(Dynamic::from(Listed(values)))
}

/// The numbers of a written list; those that are none do not count.
fn written(list: &Array, world: &World) -> Outcome<Listed> {
    let mut values = Vec::new();
    for item in list {
        match world.vocabulary.value(item)? {
            Value::None | Value::NotApplicable => {}
            value => values.push(number(&value)?),
        }
    }
    values.sort_unstable();
    Ok(Listed(values))
}

impl World {
    fn count(&self, held: &Dynamic) -> Outcome<Cell<'static>> {
        Ok(Cell::Number(Possible::known(number(&self.vocabulary.value(held)?)?)))
    }
}

fn calculated(calculation: Calculation, list: &Listed, second: Option<&Cell<'static>>) -> Outcome<Dynamic> {
    let list = Cell::List(Some(List::as_written(&list.0).into()));
    match calculation.of(&list, second)? {
        Cell::List(Some(list)) => Ok(Dynamic::from(Listed(list.known().unwrap_or_default()))),
        Cell::Number(number) if number.is_none() => Ok(Dynamic::UNIT),
        Cell::Number(number) => {
            Ok(from_number(number.value().ok_or_else(|| Unanswered::failed("what is computed of a list"))?))
        }
        _ => Err(Unanswered::failed("a list of values that are open")),
    }
}
