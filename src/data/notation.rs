//! Numbers and days as people write them.

use crate::schema::{CellWriting, DecimalMark, Fraction, Percent};
use crate::value::{Day, Number};

use super::cell::{Cell, CellFault};
use super::row::Sort;

/// Reads a number as its column writes it.
pub(super) fn number(text: &str, sort: Sort, writing: &CellWriting) -> Result<Cell<'static>, CellFault> {
    if let Some(fraction) = writing.fraction
        && let Some((first, second)) = text.split_once('/')
    {
        return of_two(fraction, plain(first.trim(), sort, writing)?, plain(second.trim(), sort, writing)?);
    }
    let Some(percent) = writing.percent else {
        let (mantissa, scale) = plain(text, sort, writing)?;
        return Ok(Cell::Number(mantissa, scale));
    };
    let (digits, of_hundred) = match text.strip_suffix('%') {
        Some(digits) => (digits.trim_end(), true),
        None => (text, percent == Percent::OfHundred),
    };
    let (mantissa, scale) = plain(digits, sort, writing)?;
    if of_hundred {
        return Ok(Cell::Number(mantissa, scale + 2));
    }
    let most = 15 * 10_i128.checked_pow(scale).ok_or(CellFault::NumberTooLong)?;
    // A share of more than one and a half is a percentage that forgot its sign.
    if mantissa * 10 > most { Err(CellFault::NotARatio) } else { Ok(Cell::Number(mantissa, scale)) }
}

fn of_two(fraction: Fraction, first: (i128, u32), second: (i128, u32)) -> Result<Cell<'static>, CellFault> {
    let number = |(mantissa, scale)| Number::scaled(mantissa, scale).ok_or(CellFault::NumberTooLong);
    let (whole, part) = (number(second)?, number(first)?);
    if whole == Number::ZERO {
        return Err(CellFault::NotANumber);
    }
    match fraction {
        Fraction::Numerator => Ok(Cell::Number(first.0, first.1)),
        Fraction::Quotient => part.over(whole).map(Cell::Ratio).map_err(|_| CellFault::NumberTooLong),
    }
}

/// The digits of a number and how many of them follow the decimal mark.
fn plain(text: &str, sort: Sort, writing: &CellWriting) -> Result<(i128, u32), CellFault> {
    if sort == Sort::Exact {
        return Ok(Number::parse_scaled(text)?);
    }
    match writing.decimal {
        None if is_ambiguous(text) => Err(CellFault::AmbiguousNumber),
        None => Ok(Number::parse_scaled(text)?),
        Some(DecimalMark::Point) => Ok(Number::parse_scaled(&normal(text, '.', ',')?)?),
        Some(DecimalMark::Comma) => Ok(Number::parse_scaled(&normal(text, ',', '.')?)?),
    }
}

/// Whether a number with one point may be a thousand times as large for a reader who groups with points: `1.234`.
fn is_ambiguous(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text).as_bytes();
    let [whole @ .., b'.', a, b, c] = digits else { return false };
    let all_digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
    (1..=3).contains(&whole.len()) && whole.first() != Some(&b'0') && all_digits(whole) && all_digits(&[*a, *b, *c])
}

/// The number with a point and without groups.
fn normal(text: &str, mark: char, group: char) -> Result<String, CellFault> {
    let (whole, part) = match text.split_once(mark) {
        Some((whole, part)) => (whole, Some(part)),
        None => (text, None),
    };
    let sign = usize::from(whole.starts_with(['-', '+']));
    let (sign, digits) = whole.split_at(sign);
    let separator = if digits.contains(group) { group } else { ' ' };
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    let grouped = digits.contains(separator);
    if grouped
        && !((1..=3).contains(&first.len()) && !first.starts_with('0') && groups.clone().all(|group| group.len() == 3))
    {
        return Err(CellFault::NotANumber);
    }
    let mut normal = format!("{sign}{first}");
    groups.for_each(|group| normal.push_str(group));
    if let Some(part) = part {
        normal.push('.');
        normal.push_str(part);
    }
    Ok(normal)
}

/// Reads a day, the day before the month whatever stands between them.
pub(super) fn date(text: &str, writing: &CellWriting) -> Result<Cell<'static>, CellFault> {
    if let Some(day) = Day::parse(text).or_else(|| day_first(text)) {
        return Ok(Cell::Day(day));
    }
    if let Some(day) = serial(text) {
        return if writing.serial { Ok(Cell::Day(day)) } else { Err(CellFault::DayAsNumber) };
    }
    match month(text).filter(|_| writing.months) {
        Some((first, last)) => Ok(Cell::Days(first, last)),
        None => Err(CellFault::NotADate),
    }
}

/// `15.7.2024`, `15-7-2024`, and `2024-07-15 00:00:00` as other programs export it.
fn day_first(text: &str) -> Option<Day> {
    if let Some((day, time)) = text.split_once([' ', 'T'])
        && !time.is_empty()
        && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
    {
        return Day::parse(day);
    }
    let separator = ['.', '-', '/'].into_iter().find(|separator| text.contains(*separator))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    Day::parse(&format!("{day}/{month}/{year}"))
}

/// Whether a text is a day only if its month stands in front: `07/15/2024`.
pub(super) fn is_month_first(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let [month, day, year] = parts.as_slice() else { return false };
    year.len() == 4 && Day::parse(&format!("{day}/{month}/{year}")).is_some()
}

/// A day counted as Excel counts: 1 is 1900-01-01, and there is a 29 February 1900, which is no day.
fn serial(text: &str) -> Option<Day> {
    const LAST: i32 = 2_958_465;
    const THE_FIRST: i32 = -25_567;
    let whole = match text.split_once('.') {
        // A time of the day; `31.02` and `31.02.2024` are days that somebody mistyped.
        Some((whole, part)) if whole.len() == 5 && part.bytes().all(|byte| byte.is_ascii_digit()) => whole,
        Some(_) => return None,
        None => text,
    };
    let count: i32 = whole.parse().ok().filter(|count| (1..=LAST).contains(count) && *count != 60)?;
    Some(Day::from_days(THE_FIRST + count - 1 - i32::from(count > 60)))
}

/// The first and the last day of `tháng 3/2021`, `3/2021` or `2021-03`.
fn month(text: &str) -> Option<(Day, Day)> {
    let lower = text.to_lowercase();
    let text = lower.strip_prefix("tháng").unwrap_or(&lower).trim();
    let (first, second) = text.split_once(['/', '-', '.'])?;
    let (month, year) = if first.len() == 4 { (second, first) } else { (first, second) };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(month) || !digits(year) || year.len() != 4 {
        return None;
    }
    let (month, year): (u32, i32) = (month.parse().ok()?, year.parse().ok()?);
    let first = Day::new(year, month, 1)?;
    let next = if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) }?;
    Some((first, Day::from_days(next.days() - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn read(text: &str, writing: &CellWriting) -> Result<Number, CellFault> {
        number(text, Sort::Plain, writing).map(|cell| match cell {
            Cell::Number(mantissa, scale) => Number::scaled(mantissa, scale).unwrap(),
            Cell::Ratio(number) => number,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn the_decimal_mark_is_declared_or_clear() {
        let mark = |decimal| CellWriting { decimal, ..CellWriting::default() };
        let (none, point, comma) = (mark(None), mark(Some(DecimalMark::Point)), mark(Some(DecimalMark::Comma)));
        let not = Err(CellFault::NotANumber);
        let ambiguous = Err(CellFault::AmbiguousNumber);
        let cases = [
            ("1234.5", Ok(n("1234.5")), Ok(n("1234.5")), not),
            ("1.234,5", not, not, Ok(n("1234.5"))),
            ("1,234.5", not, Ok(n("1234.5")), not),
            ("1.234", ambiguous, Ok(n("1.234")), Ok(n("1234"))),
            ("-999.000", ambiguous, Ok(n("-999")), Ok(n("-999000"))),
            ("1.234.567", not, not, Ok(n("1234567"))),
            ("0.125", Ok(n("0.125")), Ok(n("0.125")), not),
            ("1234.567", Ok(n("1234.567")), Ok(n("1234.567")), not),
            ("12,5", not, not, Ok(n("12.5"))),
            ("1 234 567", not, Ok(n("1234567")), Ok(n("1234567"))),
            ("12.34,5", not, not, not),
            ("1.2345", Ok(n("1.2345")), Ok(n("1.2345")), not),
            (",5", not, not, not),
            ("1.", not, not, not),
            ("", not, not, not),
        ];
        for (text, plain, with_point, with_comma) in cases {
            assert_eq!(read(text, &none), plain, "{text}");
            assert_eq!(read(text, &point), with_point, "{text} with a point");
            assert_eq!(read(text, &comma), with_comma, "{text} with a comma");
        }
        // What a workbook stores is a number already.
        assert_eq!(number("1.234", Sort::Exact, &comma), Ok(Cell::Number(1234, 3)));
    }

    #[test]
    fn percentages_have_a_declared_scale() {
        let percent = |percent| CellWriting {
            percent: Some(percent),
            decimal: Some(DecimalMark::Comma),
            ..CellWriting::default()
        };
        let (hundred, one) = (percent(Percent::OfHundred), percent(Percent::OfOne));
        for (text, of_hundred, of_one) in [
            ("95", Ok(n("0.95")), Err(CellFault::NotARatio)),
            ("95%", Ok(n("0.95")), Ok(n("0.95"))),
            ("98,06 %", Ok(n("0.9806")), Ok(n("0.9806"))),
            ("0,95", Ok(n("0.0095")), Ok(n("0.95"))),
            ("1,5", Ok(n("0.015")), Ok(n("1.5"))),
            ("150%", Ok(n("1.5")), Ok(n("1.5"))),
        ] {
            assert_eq!(read(text, &hundred), of_hundred, "{text} of a hundred");
            assert_eq!(read(text, &one), of_one, "{text} of one");
        }
        assert_eq!(read("95%", &CellWriting::default()), Err(CellFault::NotANumber));
    }

    #[test]
    fn fractions_are_read_where_they_are_declared() {
        let fraction = |fraction| CellWriting { fraction: Some(fraction), ..CellWriting::default() };
        let (quotient, numerator) = (fraction(Fraction::Quotient), fraction(Fraction::Numerator));
        assert_eq!(read("19/20", &quotient), Ok(n("0.95")));
        assert_eq!(read("1 / 3", &quotient), Ok(Number::ratio(1, 3).unwrap()));
        assert_eq!(read("03/3", &numerator), Ok(n("3")));
        assert_eq!(read("7", &quotient), Ok(n("7")));
        for text in ["1/0", "1/", "/2", "1/2/3", "2069/2110 hộ"] {
            assert_eq!(read(text, &quotient), Err(CellFault::NotANumber), "{text}");
        }
        assert_eq!(read("19/20", &CellWriting::default()), Err(CellFault::NotANumber));
    }

    #[test]
    fn the_day_stands_before_the_month() {
        let day = |text: &str| Cell::Day(Day::parse(text).unwrap());
        let plain = CellWriting::default();
        for text in ["15/7/2024", "15.7.2024", "15-7-2024", "2024-07-15", "2024-07-15 00:00:00", "2024-07-15T08:30:00"]
        {
            assert_eq!(date(text, &plain), Ok(day("2024-07-15")), "{text}");
        }
        for text in ["7/15/2024", "15/7/24", "15/7", "31/2/2024", "tháng 3/2021", "quý II", "hôm qua"] {
            assert_eq!(date(text, &plain), Err(CellFault::NotADate), "{text}");
        }
    }

    #[test]
    fn serial_days_and_months_are_read_where_they_are_declared() {
        let day = |text: &str| Day::parse(text).unwrap();
        let serial = CellWriting { serial: true, ..CellWriting::default() };
        for (text, expected) in
            [("45488", "2024-07-15"), ("1", "1900-01-01"), ("59", "1900-02-28"), ("61", "1900-03-01")]
        {
            assert_eq!(date(text, &serial), Ok(Cell::Day(day(expected))), "{text}");
            assert_eq!(date(text, &CellWriting::default()), Err(CellFault::DayAsNumber), "{text}");
        }
        assert_eq!(date("45488.75", &serial), Ok(Cell::Day(day("2024-07-15"))));
        for text in ["60", "31.02", "31.02.2024", "45488.x"] {
            assert_eq!(date(text, &serial), Err(CellFault::NotADate), "{text}");
        }
        let months = CellWriting { months: true, ..CellWriting::default() };
        for text in ["tháng 2/2024", "Tháng 02/2024", "2/2024", "2024-02"] {
            let expected = Cell::Days(day("2024-02-01"), day("2024-02-29"));
            assert_eq!(date(text, &months), Ok(expected), "{text}");
        }
        assert_eq!(date("13/2024", &months), Err(CellFault::NotADate));
    }
}
