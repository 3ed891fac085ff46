//! Functions and methods of numbers, texts, days and spans of days.

use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use rhai::{Dynamic, Engine};

use super::super::scalar::Failure;
use super::halt::{Native, Outcome, Unanswered};
use super::operator::{number, ordered};
use super::value::{Value, from_fraction, from_number, not_applicable};
use super::world::World;
use crate::campaign::Span;
use crate::value::{ArithmeticFault, Day, Fraction, Number, Possible};

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    numbers(engine, world);
    texts(engine, world);
    days(engine, world);
    engine.register_iterator::<Range<i64>>().register_iterator::<RangeInclusive<i64>>();
}

fn numbers(engine: &mut Engine, world: &Arc<World>) {
    let of = Arc::clone(world);
    engine.register_fn("abs", move |a: Dynamic| -> Native<Dynamic> { of.applied(&a, None, |a, _| Ok(a.absolute())) });
    let of = Arc::clone(world);
    engine.register_fn("round", move |a: Dynamic, places: i64| -> Native<Dynamic> {
        of.applied(&a, None, |a, _| Ok(a.round(digits(places)?)?))
    });
    let ends: [(&str, End); 2] = [("floor", Number::floor), ("ceiling", Number::ceiling)];
    for (name, end) in ends {
        let of = Arc::clone(world);
        engine.register_fn(name, move |a: Dynamic| -> Native<Dynamic> { of.applied(&a, None, |a, _| Ok(end(a))) });
    }
    let of = Arc::clone(world);
    engine.register_fn("ln", move |a: Dynamic, places: i64| -> Native<Dynamic> {
        of.applied(&a, None, |a, _| Ok(a.ln(digits(places)?)?))
    });
    let of = Arc::clone(world);
    engine.register_fn("share_of", move |a: Dynamic, b: Dynamic| -> Native<Dynamic> {
        let (part, whole) = (of.vocabulary.value(&a)?, of.vocabulary.value(&b)?);
        if part == Value::NotApplicable || whole == Value::NotApplicable {
            return Ok(not_applicable());
        }
        let known = |value: &Value| Ok::<_, Unanswered>(Possible::known(number(value)?));
        let share = Fraction::of_sums(known(&part)?, known(&whole)?).map_err(Unanswered::from)?;
        Ok(from_fraction(&share))
    });
    let powers: [(&str, Power); 2] = [("root", Number::root), ("power", Number::power)];
    for (name, power) in powers {
        let of = Arc::clone(world);
        engine.register_fn(name, move |a: Dynamic, b: Dynamic, places: i64| -> Native<Dynamic> {
            of.applied(&a, Some(&b), |a, b| Ok(power(a, b, digits(places)?)?))
        });
    }
    let of = Arc::clone(world);
    engine.register_fn("min", move |a: Dynamic, b: Dynamic| -> Native<Dynamic> {
        of.applied(&a, Some(&b), |a, b| Ok(a.min(b)))
    });
    let of = Arc::clone(world);
    engine.register_fn("max", move |a: Dynamic, b: Dynamic| -> Native<Dynamic> {
        of.applied(&a, Some(&b), |a, b| Ok(a.max(b)))
    });
}

type End = fn(Number) -> Number;

type Power = fn(Number, Number, u32) -> Result<Number, ArithmeticFault>;

fn digits(places: i64) -> Outcome<u32> {
    let places = u32::try_from(places).ok().filter(|places| *places <= 9);
    places.ok_or_else(|| Unanswered::failed("a number is rounded to 0 to 9 places"))
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
    /// A function of one or two numbers; where one of them does not apply, neither does what is made of it.
    fn applied(
        &self,
        a: &Dynamic,
        b: Option<&Dynamic>,
        function: impl FnOnce(Number, Number) -> Outcome<Number>,
    ) -> Native<Dynamic> {
        let a = self.vocabulary.value(a)?;
        let b = b.map_or(Ok(Value::Number(Number::ZERO)), |b| self.vocabulary.value(b))?;
        if a == Value::NotApplicable || b == Value::NotApplicable {
            return Ok(not_applicable());
        }
        Ok(from_number(function(number(&a)?, number(&b)?)?))
    }

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
