//! Values as rules compute with them, and how the engine holds them.
//!
//! A number is a whole one of the engine's, a decimal as it was written, or a [`Number`]; all three are the same
//! type to a rule. None is the engine's `()`, so that `??` sees it, and `not_applicable` is a marked `()`. A word of a
//! choice or a scale is its text, so that `switch` sees it, marked with the list that it belongs to.

use std::collections::BTreeSet;
use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::super::cell::Cell;
use super::halt::{Outcome, Unanswered};
use crate::schema::{Kind, Literal, Schema, Words};
use crate::value::{Day, Fraction, Number, Possible};

const NOT_APPLICABLE: i32 = 1;

/// A value as rules compute with it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Value {
    None,
    NotApplicable,
    Flag(bool),
    Number(Number),
    /// A share, a ratio or a mean: compared as a number, but no operand of arithmetic.
    Share(Number),
    Day(Day),
    /// A word, by its list and its position there.
    Word(usize, u32),
    Text(ImmutableString),
}

/// Every list of words in a schema.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    lists: Vec<List>,
}

#[derive(Clone, Debug, PartialEq)]
struct List {
    words: Arc<Words>,
    is_scale: bool,
}

impl Vocabulary {
    pub fn of(schema: &Schema) -> Self {
        let mut lists: Vec<List> = Vec::new();
        for column in schema.tables.iter().flat_map(|table| &table.columns) {
            if let Some(list) = List::of(&column.kind).filter(|list| !lists.contains(list)) {
                lists.push(list);
            }
        }
        Self { lists }
    }

    /// A word of a column.
    pub fn word(&self, kind: &Kind, code: u32) -> Option<Dynamic> {
        let list = List::of(kind)?;
        let at = self.lists.iter().position(|known| *known == list)?;
        let mut word = Dynamic::from(list.words.get(code)?.id.clone());
        word.set_tag(i32::try_from(at).ok()? + 1);
        Some(word)
    }

    /// The position of a text in a list.
    pub fn code(&self, list: usize, text: &str) -> Outcome<u32> {
        let code = self.lists.get(list).and_then(|list| list.words.by_id(text));
        code.ok_or_else(|| Unanswered::failed(format!("`{text}` is no word of the list it is compared with")))
    }

    pub fn is_scale(&self, list: usize) -> bool {
        self.lists.get(list).is_some_and(|list| list.is_scale)
    }

    /// Two texts as steps, if one scale alone has both: in `(b.grade ?? "poor") >= "good"` neither side may say which.
    pub fn steps(&self, a: &str, b: &str) -> Option<(u32, u32)> {
        let both = |list: &List| list.words.by_id(a).zip(list.words.by_id(b));
        let mut found = self.lists.iter().filter(|list| list.is_scale).filter_map(both);
        found.next().filter(|_| found.next().is_none())
    }

    /// The same values, with texts beside words read as those words: `f.rating ?? "poor"` may be either.
    pub fn as_words(&self, values: BTreeSet<Value>) -> BTreeSet<Value> {
        let of_word = |value: &Value| if let Value::Word(list, _) = value { Some(*list) } else { None };
        let Some(list) = values.iter().find_map(of_word) else { return values };
        let as_word = |value: Value| match &value {
            Value::Text(text) => self.code(list, text).map_or(value, |code| Value::Word(list, code)),
            _ => value,
        };
        values.into_iter().map(as_word).collect()
    }

    /// What the engine holds, as a value.
    pub fn value(&self, held: &Dynamic) -> Outcome<Value> {
        let held = held.flatten_clone();
        let tag = held.tag();
        if held.is_unit() {
            return Ok(if tag == NOT_APPLICABLE { Value::NotApplicable } else { Value::None });
        }
        if let Ok(flag) = held.as_bool() {
            return Ok(Value::Flag(flag));
        }
        if let Ok(text) = held.as_immutable_string_ref() {
            return match usize::try_from(tag).ok().and_then(|tag| tag.checked_sub(1)) {
                Some(list) => Ok(Value::Word(list, self.code(list, &text)?)),
                None => Ok(Value::Text(text.clone())),
            };
        }
        if let Some(number) = number(&held) {
            return Ok(Value::Number(number));
        }
        let day = || held.clone().try_cast::<Day>().map(Value::Day);
        let share = || held.clone().try_cast::<Fraction>()?.number().value().map(Value::Share);
        day().or_else(share).ok_or_else(|| Unanswered::failed("a row, a row set or a list where a value is meant"))
    }

    /// What a rule returned, as a cell; a text stands for itself.
    pub fn answer(&self, held: &Dynamic) -> Outcome<Answer> {
        if let Some(fraction) = held.flatten_clone().try_cast::<Fraction>() {
            return Ok(Answer::Cell(Cell::Fraction(fraction.into())));
        }
        Ok(Answer::Cell(match self.value(held)? {
            Value::None => Cell::None,
            Value::NotApplicable => Cell::NotApplicable,
            Value::Flag(flag) => Cell::Flag(Possible::known(flag)),
            Value::Number(number) | Value::Share(number) => Cell::Number(Possible::known(number)),
            Value::Day(day) => Cell::Day(Possible::known(day)),
            Value::Word(_, code) => Cell::Code(Possible::known(code)),
            Value::Text(text) => return Ok(Answer::Text(text.to_string())),
        }))
    }
}

/// What a rule returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A value that is known, or none.
    Cell(Cell<'static>),
    /// A text.
    Text(String),
}

impl List {
    fn of(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Choice(words) => Some(Self { words: Arc::clone(words), is_scale: false }),
            Kind::Scale(words) => Some(Self { words: Arc::clone(words), is_scale: true }),
            _ => None,
        }
    }
}

impl Value {
    /// The type, in the words of messages.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NotApplicable => "not_applicable",
            Self::Flag(_) => "yes or no",
            Self::Number(_) => "a number",
            Self::Share(_) => "a share",
            Self::Day(_) => "a day",
            Self::Word(..) => "a word",
            Self::Text(_) => "a text",
        }
    }
}

/// The values of rows, least first, or the numbers of a param, as written.
#[derive(Clone, Debug)]
pub(super) struct Listed(pub Vec<Number>);

fn number(held: &Dynamic) -> Option<Number> {
    if let Ok(whole) = held.as_int() {
        return Some(Number::whole(whole));
    }
    if let Ok(decimal) = held.as_decimal() {
        return Number::scaled(decimal.mantissa(), decimal.scale());
    }
    held.clone().try_cast()
}

/// A number as the engine holds it: a whole one as its own, so that it can end a range.
pub(super) fn from_number(number: Number) -> Dynamic {
    number.to_whole().map_or_else(|| Dynamic::from(number), Dynamic::from)
}

/// A share as the engine holds it.
pub(super) fn from_fraction(fraction: &Fraction) -> Dynamic {
    if fraction.number().is_none() { not_applicable() } else { Dynamic::from(*fraction) }
}

pub(super) fn from_literal(literal: &Literal) -> Dynamic {
    match literal {
        Literal::Text(text) => Dynamic::from(text.clone()),
        Literal::Number(number) => from_number(*number),
        Literal::Day(day) => Dynamic::from(*day),
        Literal::Flag(flag) => Dynamic::from(*flag),
        Literal::List(numbers) => Dynamic::from(Listed(numbers.clone())),
    }
}

pub(super) fn not_applicable() -> Dynamic {
    let mut held = Dynamic::UNIT;
    held.set_tag(NOT_APPLICABLE);
    held
}
