//! Values and bars.

use serde::Serialize;

use crate::campaign::{BoundKind, Quantity};
use crate::evaluate::{Bar, Measured};
use crate::value::{Fraction, Number, Parts, Possible, Tally};

/// A value that was measured, or an end of what it can be.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Value"))]
pub enum ValueJson {
    /// A share of rows.
    Share {
        /// Rows in the population with the property.
        met: u64,
        /// Rows surely in the population.
        of: u64,
        /// Rows whose membership or property is open and may matter.
        unknown: u64,
    },
    /// The least or the greatest share of rows that is possible.
    Counts {
        /// Rows with the property.
        met: u64,
        /// Rows in the population.
        of: u64,
    },
    /// A number, or a ratio of sums.
    Number {
        /// Exact; null where there surely is none.
        number: Option<String>,
    },
    /// A day.
    Date {
        /// As in 2024-12-31; null where it surely has not happened.
        date: Option<String>,
    },
    /// Yes or no.
    Flag {
        /// Null where there surely is none.
        flag: Option<bool>,
    },
    /// A word of a choice or a scale.
    Category {
        /// As rules write it; null where there surely is none.
        category: Option<String>,
    },
    /// A text.
    Text {
        /// The text.
        text: String,
    },
}

/// A bar: as the campaign writes numbers, percentages and days (`"95%"`), a list of words, or a flag; null where none
/// was set or nobody knows it yet.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Bar"))]
pub enum BarJson {
    /// Nothing.
    Nothing(Option<()>),
    /// A number, a percentage, a day, or a step of a scale.
    Text(String),
    /// The words that `is` allows.
    Words(Vec<String>),
    /// What `present` asks for.
    Flag(bool),
}

/// A value, the least that it can be, and the most.
#[derive(Debug, Default)]
pub(super) struct Ends {
    pub value: Option<ValueJson>,
    pub least: Option<ValueJson>,
    pub greatest: Option<ValueJson>,
}

impl Ends {
    pub fn of(measured: &Measured) -> Self {
        match measured {
            Measured::Fraction(fraction) => Self::of_fraction(fraction),
            Measured::Number(possible) => Self::possible(possible, number),
            Measured::Day(day) => Self::possible(day, |day| ValueJson::Date { date: day.map(|day| day.to_string()) }),
            Measured::Flag(flag) => Self::possible(flag, |flag| ValueJson::Flag { flag }),
            Measured::Category(code, words) => Self::possible(code, |code| {
                let word = code.and_then(|code| words.get(code));
                ValueJson::Category { category: word.map(|word| word.id.clone()) }
            }),
            Measured::Text(text) => {
                Self { value: text.clone().map(|text| ValueJson::Text { text }), ..Self::default() }
            }
            Measured::Nothing => Self::default(),
        }
    }

    fn of_fraction(fraction: &Fraction) -> Self {
        let Parts::Rows(tally) = &fraction.parts else { return Self::possible(&fraction.number(), number) };
        let end = |end: Option<Number>, counts| end.map(|end| share_end(end, counts));
        Self {
            value: Some(share(tally)),
            least: end(fraction.range.and_then(|range| range.least), tally.least_counts()),
            greatest: end(fraction.range.and_then(|range| range.greatest), tally.greatest_counts()),
        }
    }

    fn possible<T: Copy + Ord>(possible: &Possible<T>, json: impl Fn(Option<T>) -> ValueJson) -> Self {
        let end = |end: Option<T>| end.map(|value| json(Some(value)));
        let value = if possible.is_none() { Some(json(None)) } else { end(possible.value()) };
        Self { value, least: end(possible.least()), greatest: end(possible.greatest()) }
    }
}

fn number(number: Option<Number>) -> ValueJson {
    ValueJson::Number { number: number.map(|number| number.to_string()) }
}

fn share(tally: &Tally) -> ValueJson {
    ValueJson::Share { met: tally.met, of: tally.of(), unknown: tally.unknown() }
}

/// The counts behind an end, where they give it; where rows were never delivered there are no counts to give.
fn share_end(end: Number, (met, of): (u64, u64)) -> ValueJson {
    let counted = Number::count(met).over(Number::count(of));
    if counted == Ok(end) { ValueJson::Counts { met, of } } else { number(Some(end)) }
}

/// The value, the least and the greatest as plain texts, for CSV.
pub(in crate::report) fn text_of(measured: &Measured) -> [Option<String>; 3] {
    if let Measured::Fraction(fraction) = measured {
        let value = fraction.number();
        return [value.value(), value.least(), value.greatest()].map(|number| number.map(|number| number.to_string()));
    }
    let ends = Ends::of(measured);
    [ends.value, ends.least, ends.greatest].map(|end| end.as_ref().and_then(ValueJson::text))
}

impl ValueJson {
    fn text(&self) -> Option<String> {
        match self {
            Self::Share { .. } | Self::Counts { .. } => None,
            Self::Number { number: text } | Self::Date { date: text } | Self::Category { category: text } => {
                text.clone()
            }
            Self::Flag { flag } => flag.map(|flag| flag.to_string()),
            Self::Text { text } => Some(text.clone()),
        }
    }
}

impl BarJson {
    pub(super) fn new(bar: &Bar) -> Self {
        match &bar.value {
            None => Self::Nothing(None),
            Some(Quantity::Text(words)) if bar.kind == BoundKind::Is => {
                Self::Words(words.split(" | ").map(str::to_owned).collect())
            }
            Some(Quantity::Flag(flag)) => Self::Flag(*flag),
            Some(quantity) => Self::Text(quantity.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Day;

    fn json(measured: &Measured) -> [String; 3] {
        let ends = Ends::of(measured);
        [ends.value, ends.least, ends.greatest].map(|end| serde_json::to_string(&end).unwrap())
    }

    fn rows(tally: Tally) -> Measured {
        Measured::Fraction(Fraction::of_rows(tally).into())
    }

    #[test]
    fn a_share_keeps_its_counts_at_both_ends() {
        let open = Tally { met: 17, failing: 1, unsure: 2, ..Tally::default() };
        let expected = [r#"{"met":17,"of":20,"unknown":2}"#, r#"{"met":17,"of":20}"#, r#"{"met":19,"of":20}"#];
        assert_eq!(json(&rows(open)), expected);
        let missing = Tally { met: 3, rows_missing: true, ..Tally::default() };
        assert_eq!(
            json(&rows(missing)),
            [r#"{"met":3,"of":3,"unknown":0}"#, r#"{"number":"0"}"#, r#"{"met":3,"of":3}"#]
        );
        assert_eq!(json(&rows(Tally::default())), [r#"{"met":0,"of":0,"unknown":0}"#, "null", "null"]);
    }

    #[test]
    fn what_never_happened_is_not_what_nobody_knows() {
        assert_eq!(json(&Measured::Day(Possible::none())), [r#"{"date":null}"#, "null", "null"]);
        assert_eq!(json(&Measured::Day(Possible::unknown())), ["null", "null", "null"]);
        let day = Day::new(2024, 7, 5).unwrap();
        let said = r#"{"date":"2024-07-05"}"#;
        assert_eq!(json(&Measured::Day(Possible::known(day).or_none())), ["null", said, said]);
    }

    #[test]
    fn a_ratio_of_sums_is_an_exact_number() {
        let [third, one] = [Number::ONE, Number::whole(3)].map(Possible::known);
        let ratio = Fraction::of_sums(third, one).unwrap();
        let said = r#"{"number":"1/3"}"#;
        assert_eq!(json(&Measured::Fraction(ratio.into())), [said, said, said]);
    }
}
