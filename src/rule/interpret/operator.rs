//! Operators, for every pair of values: what does not fit together is a fault, never silently false.

use std::sync::Arc;

use rhai::{Array, Dynamic, Engine, NativeCallContext};

use super::halt::{Native, Outcome, Unanswered};
use super::value::{Value, Vocabulary, from_number, not_applicable};
use super::world::World;
use crate::rule::Failure;
use crate::value::{Day, Number};

type Operator = fn(&Vocabulary, Value, Value) -> Outcome<Dynamic>;

const COMPARISONS: [(&str, Operator); 6] = [
    ("==", |words, a, b| Ok(equal(words, &a, &b)?.into())),
    ("!=", |words, a, b| Ok((!equal(words, &a, &b)?).into())),
    ("<", |words, a, b| Ok(ordered(words, &a, &b, |a, b| a < b)?.into())),
    ("<=", |words, a, b| Ok(ordered(words, &a, &b, |a, b| a <= b)?.into())),
    (">", |words, a, b| Ok(ordered(words, &a, &b, |a, b| a > b)?.into())),
    (">=", |words, a, b| Ok(ordered(words, &a, &b, |a, b| a >= b)?.into())),
];

/// Arithmetic, with the operator that assigns as it computes.
const ARITHMETIC: [(&str, &str, Operator); 5] = [
    ("+", "+=", |_, a, b| match (&a, &b) {
        (Value::Day(day), Value::Number(days)) => later(*day, *days),
        _ => Ok(from_number(number(&a)?.plus(number(&b)?)?)),
    }),
    ("-", "-=", |_, a, b| match (&a, &b) {
        (Value::Day(day), Value::Number(days)) => later(*day, days.negated()),
        (Value::Day(to), Value::Day(from)) => Ok(from_number(Number::whole(to.days_since(*from)))),
        _ => Ok(from_number(number(&a)?.minus(number(&b)?)?)),
    }),
    ("*", "*=", |_, a, b| Ok(from_number(number(&a)?.times(number(&b)?)?))),
    ("/", "/=", |_, a, b| Ok(from_number(number(&a)?.over(number(&b)?)?))),
    ("%", "%=", |_, a, b| Ok(from_number(number(&a)?.remainder(number(&b)?)?))),
];

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    for (name, operator) in COMPARISONS {
        register_binary(engine, name, operator, world);
    }
    for (name, assigning, operator) in ARITHMETIC {
        register_binary(engine, name, operator, world);
        register_assigning(engine, assigning, operator, world);
    }
    let of = Arc::clone(world);
    engine.register_fn("!", move |a: Dynamic| -> Native<bool> { Ok(!flag(&of.vocabulary.value(&a)?)?) });
    let of = Arc::clone(world);
    engine.register_fn("-", move |a: Dynamic| -> Native<Dynamic> {
        Ok(from_number(number(&of.vocabulary.value(&a)?)?.negated()))
    });
    let of = Arc::clone(world);
    engine.register_fn("contains", move |list: &mut Array, item: Dynamic| -> Native<bool> {
        Ok(one_of(&of.vocabulary, list, &item)?)
    });
}

fn register_binary(engine: &mut Engine, name: &str, operator: Operator, world: &Arc<World>) {
    let world = Arc::clone(world);
    let is_arithmetic = ARITHMETIC.iter().any(|(known, ..)| *known == name);
    engine.register_fn(name, move |a: Dynamic, b: Dynamic| -> Native<Dynamic> {
        let words = &world.vocabulary;
        let (a, b) = (words.value(&a)?, words.value(&b)?);
        // What is computed of something that does not apply does not apply either.
        if is_arithmetic && (a == Value::NotApplicable || b == Value::NotApplicable) {
            return Ok(not_applicable());
        }
        Ok(operator(words, a, b)?)
    });
}

/// `x += y` must be what `x = x + y` is; the engine has its own for its own numbers.
fn register_assigning(engine: &mut Engine, name: &str, operator: Operator, world: &Arc<World>) {
    let world = Arc::clone(world);
    let types = [std::any::TypeId::of::<Dynamic>(); 2];
    engine.register_raw_fn(name, types, move |_: NativeCallContext<'_>, operands: &mut [&mut Dynamic]| -> Native<()> {
        let words = &world.vocabulary;
        if let [target, by] = operands {
            **target = operator(words, words.value(target)?, words.value(by)?)?;
        }
        Ok(())
    });
}

/// Whether two values are the same; none is the same as none.
pub(super) fn equal(words: &Vocabulary, a: &Value, b: &Value) -> Outcome<bool> {
    match (a, b) {
        (Value::None | Value::NotApplicable, other) | (other, Value::None | Value::NotApplicable) => {
            Ok(matches!(other, Value::None | Value::NotApplicable))
        }
        (Value::Number(a) | Value::Share(a), Value::Number(b) | Value::Share(b)) => Ok(a == b),
        (Value::Flag(a), Value::Flag(b)) => Ok(a == b),
        (Value::Day(a), Value::Day(b)) => Ok(a == b),
        (Value::Text(a), Value::Text(b)) => Ok(a == b),
        (Value::Word(list, a), Value::Word(other, b)) if list == other => Ok(a == b),
        (Value::Word(list, code), Value::Text(text)) | (Value::Text(text), Value::Word(list, code)) => {
            Ok(*code == words.code(*list, text)?)
        }
        _ => Err(different(a, b)),
    }
}

/// Whether an order holds between two values; between none and anything none does.
pub(super) fn ordered(words: &Vocabulary, a: &Value, b: &Value, holds: fn(Number, Number) -> bool) -> Outcome<bool> {
    let (none, has_order) =
        (|value: &Value| matches!(value, Value::None | Value::NotApplicable), |value| has_order(words, value));
    match (none(a), none(b)) {
        (true, true) => Ok(false),
        (true, false) if has_order(b) => Ok(false),
        (false, true) if has_order(a) => Ok(false),
        (false, false) => places(words, a, b).map(|(a, b)| holds(a, b)).ok_or_else(|| different(a, b)),
        _ => Err(different(a, b)),
    }
}

/// Whether values of its type have an order; a text may be meant as a step of a scale.
fn has_order(words: &Vocabulary, value: &Value) -> bool {
    match value {
        Value::Number(_) | Value::Share(_) | Value::Day(_) | Value::Text(_) => true,
        Value::Word(list, _) => words.is_scale(*list),
        Value::None | Value::NotApplicable | Value::Flag(_) => false,
    }
}

/// Where two values stand in the order of their type, if they are of one and it has one.
fn places(words: &Vocabulary, a: &Value, b: &Value) -> Option<(Number, Number)> {
    let step = |code: u32| Number::whole(i64::from(code));
    let steps = |list: usize, a: u32, b: u32| words.is_scale(list).then(|| (step(a), step(b)));
    match (a, b) {
        (Value::Number(a) | Value::Share(a), Value::Number(b) | Value::Share(b)) => Some((*a, *b)),
        (Value::Day(a), Value::Day(b)) => {
            Some((Number::whole(i64::from(a.days())), Number::whole(i64::from(b.days()))))
        }
        (Value::Word(list, a), Value::Word(other, b)) if list == other => steps(*list, *a, *b),
        (Value::Word(list, a), Value::Text(b)) => steps(*list, *a, words.code(*list, b).ok()?),
        (Value::Text(a), Value::Word(list, b)) => steps(*list, words.code(*list, a).ok()?, *b),
        (Value::Text(a), Value::Text(b)) => words.steps(a, b).map(|(a, b)| (step(a), step(b))),
        _ => None,
    }
}

/// Whether an item is in a list. Every item is compared, as every one is computed.
fn one_of(words: &Vocabulary, list: &[Dynamic], item: &Dynamic) -> Outcome<bool> {
    let item = words.value(item)?;
    list.iter().try_fold(false, |found, word| Ok(equal(words, &item, &words.value(word)?)? || found))
}

fn later(day: Day, days: Number) -> Outcome<Dynamic> {
    let later = days.to_whole().and_then(|days| day.plus(days));
    Ok(Dynamic::from(later.ok_or(Failure::Calendar)?))
}

/// The number that a value must be.
pub(super) fn number(value: &Value) -> Outcome<Number> {
    match value {
        Value::Number(number) => Ok(*number),
        other => Err(Unanswered::failed(format!("{} where a number is meant", other.describe()))),
    }
}

/// The flag that a value must be.
pub(super) fn flag(value: &Value) -> Outcome<bool> {
    match value {
        Value::Flag(flag) => Ok(*flag),
        other => Err(Unanswered::failed(format!("{} where yes or no is meant", other.describe()))),
    }
}

fn different(a: &Value, b: &Value) -> Unanswered {
    Unanswered::failed(format!("{} and {} cannot be compared so", a.describe(), b.describe()))
}
