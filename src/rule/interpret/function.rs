//! Functions and methods of numbers, texts, days and spans of days.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use rhai::{Dynamic, Engine};

use super::super::scalar::Failure;
use super::halt::{Native, Outcome, Unanswered};
use super::operator::{number, ordered};
use super::value::{Value, from_number};
use super::world::World;
use crate::campaign::Span;
use crate::value::{Day, Number};

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    numbers(engine, world);
    texts(engine, world);
    days(engine, world);
    engine.register_iterator::<Range<i64>>().register_iterator::<RangeInclusive<i64>>();
}

fn numbers(engine: &mut Engine, world: &Arc<World>) {
    let of = Arc::clone(world);
    engine.register_fn("abs", move |a: Dynamic| -> Native<Dynamic> { Ok(from_number(of.number(&a)?.absolute())) });
    let of = Arc::clone(world);
    engine
        .register_fn("round", move |a: Dynamic, places: i64| -> Native<Dynamic> { Ok(round(of.number(&a)?, places)?) });
    let of = Arc::clone(world);
    engine.register_fn("min", move |a: Dynamic, b: Dynamic| -> Native<Dynamic> {
        Ok(from_number(of.number(&a)?.min(of.number(&b)?)))
    });
    let of = Arc::clone(world);
    engine.register_fn("max", move |a: Dynamic, b: Dynamic| -> Native<Dynamic> {
        Ok(from_number(of.number(&a)?.max(of.number(&b)?)))
    });
}

fn round(value: Number, places: i64) -> Outcome<Dynamic> {
    let places = u32::try_from(places).ok().filter(|places| *places <= 9);
    let places = places.ok_or_else(|| Unanswered::failed("a number is rounded to 0 to 9 places"))?;
    Ok(from_number(value.round(places)?))
}

type TextTest = fn(&str, &str) -> bool;

fn texts(engine: &mut Engine, world: &Arc<World>) {
    let tests: [(&str, TextTest); 3] = [
        ("contains", |a, b| a.contains(b)),
        ("starts_with", |a, b| a.starts_with(b)),
        ("ends_with", |a, b| a.ends_with(b)),
    ];
    for (name, test) in tests {
        let of = Arc::clone(world);
        engine.register_fn(name, move |a: Dynamic, b: Dynamic| -> Native<bool> {
            match (of.vocabulary.value(&a)?, of.vocabulary.value(&b)?) {
                (Value::Text(a), Value::Text(b)) => Ok(test(&a, &b)),
                (Value::Text(_), other) | (other, _) => {
                    Err(Unanswered::failed(format!("{} where a text is meant", other.describe())).into())
                }
            }
        });
    }
}

fn days(engine: &mut Engine, world: &Arc<World>) {
    engine.register_type_with_name::<Day>("a day").register_type_with_name::<Span>("a span of days");
    engine
        .register_get("year", |day: &mut Day| i64::from(day.parts().0))
        .register_get("month", |day: &mut Day| i64::from(day.parts().1))
        .register_get("day", |day: &mut Day| i64::from(day.parts().2))
        .register_get("from", |span: &mut Span| -> Native<Day> { Ok(first_day(*span)?) })
        .register_get("to", |span: &mut Span| span.to)
        .register_get("year", |span: &mut Span| i64::from(span.to.parts().0));
    let of = Arc::clone(world);
    engine.register_fn("plus_months", move |day: &mut Day, months: Dynamic| -> Native<Day> {
        let later = of.number(&months)?.to_whole().and_then(|months| day.plus_months(months));
        Ok(later.ok_or_else(|| Unanswered::from(Failure::Calendar))?)
    });
    let of = Arc::clone(world);
    engine
        .register_fn("contains", move |span: &mut Span, day: Dynamic| -> Native<bool> { Ok(of.lies_in(*span, &day)?) });
}

fn first_day(span: Span) -> Outcome<Day> {
    span.from.ok_or_else(|| Unanswered::Unknown("the first day of the period".to_owned()))
}

impl World {
    fn number(&self, held: &Dynamic) -> Outcome<Number> {
        number(&self.vocabulary.value(held)?)
    }

    /// Whether a day lies in a span; none does not.
    fn lies_in(&self, span: Span, day: &Dynamic) -> Outcome<bool> {
        let day = self.vocabulary.value(day)?;
        let not_after = |a: &Value, b: &Value| ordered(&self.vocabulary, a, b, |a, b| a <= b);
        Ok(not_after(&Value::Day(first_day(span)?), &day)? && not_after(&day, &Value::Day(span.to))?)
    }
}
