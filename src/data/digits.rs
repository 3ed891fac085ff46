//! Numbers that are digits with at most one point: what most cells hold. [`super::notation`] says what the others mean.

use crate::schema::{CellWriting, DecimalMark, Kind};
use crate::value::Number;

use super::cuts::Piece;
use super::quick::Says;

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
    /// Whether blank cells are read too.
    blank: bool,
}

/// The same, for so many decimal places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scaled {
    plain: PlainNumbers,
    scale: u32,
    /// For so many places as are written, what the digits are multiplied by; nought if they may not be so many.
    factors: [i64; 8],
    /// The limits.
    least: i64,
    most: i64,
}

impl PlainNumbers {
    /// For a column of plain numbers between whole limits, and blank cells if they say nothing.
    pub fn of(kind: &Kind, writing: &CellWriting, blank: bool) -> Option<Self> {
        let Kind::Number { min, max } = kind else { return None };
        let other = writing.fraction.is_some()
            || writing.percent.is_some()
            || writing.decimal.is_some_and(|mark| mark != DecimalMark::Point);
        let limit = |limit: Option<Number>, none: i64| limit.map_or(Some(none), Number::to_whole);
        let (least, most) = (limit(*min, i64::MIN)?, limit(*max, i64::MAX)?);
        (!other).then_some(Self { least, most, grouped: writing.decimal.is_none(), blank })
    }

    /// For as many decimal places as are kept; nothing if they are very many.
    pub fn at(self, scale: u32) -> Option<Scaled> {
        let unit = *UNITS.get(scale as usize)?;
        let (least, most) = (self.least.saturating_mul(unit), self.most.saturating_mul(unit));
        let factor = |places: usize| {
            let more = (scale as usize).checked_sub(places).filter(|_| !(self.grouped && places == 3));
            more.and_then(|more| UNITS.get(more).copied()).unwrap_or(0)
        };
        Some(Scaled { plain: self, scale, factors: std::array::from_fn(factor), least, most })
    }
}

impl Says for Scaled {
    type Value = i64;

    #[expect(clippy::inline_always, reason = "it is most of the work for a cell")]
    #[inline(always)]
    fn says(&self, piece: Piece) -> Option<i64> {
        let few = few_digits(piece).and_then(|(digits, places)| Some((digits, *self.factors.get(places)?)));
        let value = match few {
            Some((digits, factor)) if factor > 0 => i64::from(digits) * factor,
            _ => self.decimal(piece.bytes())?,
        };
        let fits = (self.least..=self.most).contains(&value);
        (if piece.is_empty() { self.plain.blank } else { fits }).then_some(value)
    }
}

impl Scaled {
    /// The value of a cell of more letters, or of more places than are kept.
    #[inline(never)]
    fn decimal(&self, text: &[u8]) -> Option<i64> {
        let (negative, digits) = match text {
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
        if point.is_some() && (places == 0 || (self.plain.grouped && places == 3)) {
            return None;
        }
        let (value, places) = without_zeros(value, u32::try_from(places).ok()?);
        let value = value.checked_mul(*UNITS.get(self.scale.checked_sub(places)? as usize)?)?;
        Some(if negative { -value } else { value })
    }
}

/// The digits of a cell of at most eight letters, with at most one point among them, and how many stand behind it: all
/// of them at once, each pair of neighbours brought together three times.
#[inline]
fn few_digits(piece: Piece) -> Option<(u32, usize)> {
    const NOUGHTS: u64 = 0x3030_3030_3030_3030;
    let missing = 8_u32.checked_sub(u32::try_from(piece.len()).ok()?)?;
    // The last letter goes to the highest byte; noughts stand in front of the first. No shift is by all 64 bits.
    let letters = (u64::from_le_bytes(*piece.ahead()?) ^ NOUGHTS) << (4 * missing) << (4 * missing);
    // A byte above nine has one of its upper bits, or gets one when six is added.
    let others = (letters | letters.wrapping_add(0x0606_0606_0606_0606)) & 0xf0f0_f0f0_f0f0_f0f0;
    let (digits, places) = if others == 0 { (letters, 0) } else { without_point(letters, others, missing)? };
    let pairs = (digits.wrapping_mul(10).wrapping_add(digits >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs.wrapping_mul(100).wrapping_add(pairs >> 16)) & 0x0000_ffff_0000_ffff;
    let eight = fours.wrapping_mul(10_000).wrapping_add(fours >> 32);
    Some((u32::try_from(eight & 0xffff_ffff).ok()?, places))
}

/// Letters without the point between them, and how many stand behind it; nothing if `others` than digits are more, or
/// the point is the first or the last letter.
#[inline]
fn without_point(letters: u64, others: u64, missing: u32) -> Option<(u64, usize)> {
    const POINT: u64 = (b'.' ^ b'0') as u64;
    let at = others.trailing_zeros() / 8;
    let below = letters & ((1 << (8 * at)) - 1);
    let above = (letters ^ below) >> (8 * at);
    let alone = others >> (8 * at) < 0x100 && above & 0xff == POINT && at > missing && at < 7;
    alone.then(|| (((above & !0xff) << (8 * at)) | below << 8, 7 - at as usize))
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
            "12345678",
            "123456789",
            "12/34:56",
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
                let plain = PlainNumbers::of(kind, &writing, false).unwrap();
                let read = |scale, text: &str| {
                    let (plain, followed) = (plain.at(scale).unwrap(), format!("{text},123456789"));
                    let read = plain.says(text.into());
                    assert_eq!(plain.says(Piece::front(&followed, text.len())), read, "{text}");
                    read
                };
                for text in texts {
                    let Some(value) = read(2, text) else { continue };
                    let Ok(Cell::Number(mantissa, scale)) = Cell::parse(kind, &writing, text, Sort::Plain) else {
                        panic!("{text} is {value}")
                    };
                    assert_eq!(i128::from(value), mantissa * 10_i128.pow(2 - scale), "{text}");
                }
                assert_eq!(read(0, "25"), Some(25));
                assert_eq!(read(1, "1.50"), Some(15));
                assert_eq!(read(1, "1.55"), None);
            }
        }
        assert!(PlainNumbers::of(&number(None, None), &mark(Some(DecimalMark::Comma)), true).is_none());
        assert!(PlainNumbers::of(&number(Some("0.5"), None), &mark(None), true).is_none());
    }
}
