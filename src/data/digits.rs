//! Numbers that are digits with at most one point: what most cells hold. [`super::notation`] says what the others mean.

use crate::schema::{CellWriting, DecimalMark, Kind};
use crate::value::Number;

/// No number of so many letters is more than 64 bits hold.
const MOST_LETTERS: usize = 18;

/// Powers of ten.
const UNITS: [i64; 10] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

/// How a column writes numbers, where digits with a point can be nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainNumbers {
    least: i64,
    most: i64,
    /// Whether `1.234` may be a thousand times as large for who wrote it.
    grouped: bool,
}

impl PlainNumbers {
    /// For a column of plain numbers between whole limits.
    pub fn of(kind: &Kind, writing: &CellWriting) -> Option<Self> {
        let Kind::Number { min, max } = kind else { return None };
        let other = writing.fraction.is_some()
            || writing.percent.is_some()
            || writing.decimal.is_some_and(|mark| mark != DecimalMark::Point);
        let limit = |limit: Option<Number>, none: i64| limit.map_or(Some(none), Number::to_whole);
        let (least, most) = (limit(*min, i64::MIN)?, limit(*max, i64::MAX)?);
        (!other).then_some(Self { least, most, grouped: writing.decimal.is_none() })
    }

    /// The value of a cell as so many decimal places are kept; nothing for whatever is not plain, or too exact, or out
    /// of the limits.
    pub fn read(&self, text: &str, scale: u32) -> Option<i64> {
        let (negative, digits) = match text.as_bytes() {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        if digits.is_empty() || digits.len() > MOST_LETTERS {
            return None;
        }
        let (mut value, mut point) = (0_i64, None);
        for (at, byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' => value = value * 10 + i64::from(byte - b'0'),
                b'.' if point.is_none() && at > 0 => point = Some(at),
                _ => return None,
            }
        }
        let places = point.map_or(0, |point| digits.len() - 1 - point);
        if point.is_some() && (places == 0 || (self.grouped && places == 3)) {
            return None;
        }
        let (value, places) = without_zeros(value, u32::try_from(places).ok()?);
        let value = value.checked_mul(*UNITS.get(scale.checked_sub(places)? as usize)?)?;
        let value = if negative { -value } else { value };
        let unit = *UNITS.get(scale as usize)?;
        (self.least.saturating_mul(unit)..=self.most.saturating_mul(unit)).contains(&value).then_some(value)
    }
}

/// Without the noughts at the end of its decimal places.
fn without_zeros(mut value: i64, mut places: u32) -> (i64, u32) {
    while places > 0 && value % 10 == 0 {
        value /= 10;
        places -= 1;
    }
    (value, places)
}

#[cfg(test)]
mod tests {
    use super::super::cell::Cell;
    use super::super::row::Sort;
    use super::super::testing::number;
    use super::*;

    #[test]
    fn plain_numbers_say_what_their_notation_says() {
        let mark = |decimal| CellWriting { decimal, ..CellWriting::default() };
        let kinds = [number(None, None), number(Some("0"), None), number(Some("-5"), Some("100"))];
        let texts = [
            "0",
            "7",
            "007",
            "25",
            "-3",
            "-0",
            "100",
            "101",
            "1.5",
            "1.50",
            "1.234",
            "1234.567",
            "0.125",
            "12.",
            ".5",
            "1,5",
            "--1",
            "-",
            "",
            "1 000",
            "999999999999999999",
            "9999999999999999999",
            "1.2.3",
            "+4",
            "x",
            "100.01",
        ];
        for writing in [mark(None), mark(Some(DecimalMark::Point))] {
            for kind in &kinds {
                let plain = PlainNumbers::of(kind, &writing).unwrap();
                for text in texts {
                    let Some(value) = plain.read(text, 2) else { continue };
                    let Ok(Cell::Number(mantissa, scale)) = Cell::parse(kind, &writing, text, Sort::Plain) else {
                        panic!("{text} is {value}")
                    };
                    assert_eq!(i128::from(value), mantissa * 10_i128.pow(2 - scale), "{text}");
                }
                assert_eq!(plain.read("25", 0), Some(25));
                assert_eq!(plain.read("1.50", 1), Some(15));
                assert_eq!(plain.read("1.55", 1), None);
            }
        }
        assert!(PlainNumbers::of(&number(None, None), &mark(Some(DecimalMark::Comma))).is_none());
        assert!(PlainNumbers::of(&number(Some("0.5"), None), &mark(None)).is_none());
    }
}
