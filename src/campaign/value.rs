//! Values that somebody decided, and on what authority.

use std::fmt;

use crate::schema::Literal;
use crate::source::Place;
use crate::value::{Day, Number};

/// A value with its authority.
#[derive(Clone, Debug)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// On what authority.
    pub basis: Basis,
    /// Where it stands.
    pub place: Place,
}

/// On what authority a value stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A clause of the directive.
    Clause(String),
    /// An assumption, with its reason.
    Assumed(String),
    /// An edit: by whom, and what stood there before.
    SetBy {
        /// The argument, reading or scenario.
        by: String,
        /// What stood there before.
        was: String,
    },
    /// Nobody says.
    Unstated,
}

/// A value as a campaign may write it.
#[derive(Clone, Debug)]
pub enum Value {
    /// Written out.
    Literal(Quantity),
    /// The value of a param.
    Param(String),
    /// The unit's own value in a column.
    Column(String),
    /// What a rule returns.
    Rule(String),
    /// Nobody knows it yet, and why.
    Unknown(String),
    /// The first case that holds.
    Cases(Vec<Case>),
}

/// One case of a value.
#[derive(Clone, Debug)]
pub struct Case {
    /// When it holds.
    pub when: When,
    /// The value then.
    pub value: Sourced<Value>,
}

/// A written value: what targets, params and points are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// A number; a percentage is kept as what it is a hundredth of.
    Number {
        /// The number: `95 %` is 0.95.
        number: Number,
        /// Whether it was written with a percent sign.
        percent: bool,
    },
    /// A day.
    Day(Day),
    /// A text or a word.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Numbers one after the other: points by place.
    List(Vec<Number>),
}

/// Conditions that all must hold; without any it always holds.
#[derive(Clone, Debug, Default)]
pub struct When(pub Vec<Condition>);

impl When {
    /// Whether both are written alike, wherever they stand.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        let alike = |(one, two): (&Condition, &Condition)| one.subject == two.subject && one.any_of == two.any_of;
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(alike)
    }
}

/// One condition: a column, rule, level or round equals one of some values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The column or rule, or `level`, or `round`.
    pub subject: String,
    /// The values.
    pub any_of: Vec<Literal>,
    /// Where it stands.
    pub place: Place,
}

/// What rules read as `params.id`.
#[derive(Clone, Debug)]
pub struct Param {
    /// The id.
    pub id: String,
    /// Its value: written out, or unknown.
    pub value: Sourced<Value>,
    /// What kind of value it is. Of what nobody knows yet the campaign says it, or it is a day: it is dates that
    /// directives leave blank.
    pub sort: Sort,
    /// What it means.
    pub about: Option<String>,
}

/// The kinds of written values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A number.
    Number,
    /// A day.
    Day,
    /// A text.
    Text,
    /// Yes or no.
    Flag,
    /// Numbers one after the other.
    List,
}

/// Something that no clause says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// The path of the value in the campaign.
    pub path: String,
    /// The value as it is written.
    pub value: String,
    /// Why it is assumed, or who set it and what it was.
    pub reason: String,
}

impl Value {
    /// A written number.
    #[must_use]
    pub fn number(number: Number) -> Self {
        Self::Literal(Quantity::Number { number, percent: false })
    }
}

impl Sort {
    /// As campaigns write them: the types of columns.
    pub(crate) const WORDS: [&str; 4] = ["number", "date", "text", "flag"];

    /// The one that is written so.
    pub(super) fn from_word(word: &str) -> Option<Self> {
        let sorts = [Self::Number, Self::Day, Self::Text, Self::Flag];
        Self::WORDS.iter().zip(sorts).find(|(known, _)| **known == word).map(|(_, sort)| sort)
    }
}

impl Quantity {
    /// What kind of value it is.
    #[must_use]
    pub fn sort(&self) -> Sort {
        match self {
            Self::Number { .. } => Sort::Number,
            Self::Day(_) => Sort::Day,
            Self::Text(_) => Sort::Text,
            Self::Flag(_) => Sort::Flag,
            Self::List(_) => Sort::List,
        }
    }

    /// A number as this quantity is written: in percent if this one is.
    #[must_use]
    pub fn write_alike(&self, number: Number) -> String {
        match self {
            Self::Number { percent: true, .. } => percent(number),
            _ => number.to_string(),
        }
    }
}

/// A number in percent: `95%`, or a fraction of a percent where no decimal is exact.
fn percent(number: Number) -> String {
    number.times(Number::whole(100)).map_or_else(|_| number.to_string(), |hundredfold| format!("{hundredfold}%"))
}

/// As a campaign writes it: `95%`, `25`, `2024-12-31`, `good`, `true`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number { number, percent: true } => f.write_str(&percent(*number)),
            Self::Number { number, percent: false } => number.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Flag(flag) => flag.fmt(f),
            Self::List(numbers) => {
                write!(f, "[{}]", numbers.iter().map(Number::to_string).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// How the value is found, in a few words.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(quantity) => quantity.fmt(f),
            Self::Param(id) => write!(f, "params.{id}"),
            Self::Column(id) => write!(f, "column {id}"),
            Self::Rule(id) => write!(f, "rule {id}"),
            Self::Unknown(why) => write!(f, "unknown: {why}"),
            Self::Cases(_) => f.write_str("by cases"),
        }
    }
}
