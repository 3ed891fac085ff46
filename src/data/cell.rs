//! What one cell says.

use std::cmp::Ordering;

use crate::diagnostic::{Diagnostic, Entry, catalogue};
use crate::schema::{Blank, CellWriting, Kind, Literal, Words};
use crate::value::{Day, Number, NumberFault, bare, fold, nearest};

use super::legacy::{Legacy, Looks, has_lost_letters};
use super::notation;
use super::row::Sort;
use super::zeros;

/// What a cell says, typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cell<'a> {
    /// Nobody has said.
    Unknown,
    /// There is none.
    None,
    /// A text, or the key of the row that a link leads to.
    Text(&'a str),
    /// The position of a word.
    Word(u32),
    /// The digits of a decimal and how many of them follow the point.
    Number(i128, u32),
    /// A number that no decimal is.
    Ratio(Number),
    /// A day.
    Day(Day),
    /// One of the days from the first to the last.
    Days(Day, Day),
    /// Yes or no.
    Flag(bool),
}

/// Why a cell cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CellFault {
    NotANumber,
    NumberTooLong,
    NumberOutOfRange,
    AmbiguousNumber,
    NotARatio,
    NotADate,
    DayAsNumber,
    NotAFlag,
    UnknownWord,
    WrongLength,
    ErrorValue,
    LostLetters,
    LegacyLetters,
    FormulaWithoutValue,
}

/// The words for yes and no, in small letters.
const FLAGS: [(&str, bool); 6] =
    [("có", true), ("không", false), ("true", true), ("false", false), ("1", true), ("0", false)];

impl<'a> Cell<'a> {
    /// Reads a trimmed cell that is not blank.
    pub fn parse(kind: &Kind, writing: &CellWriting, text: &'a str, sort: Sort) -> Result<Self, CellFault> {
        if text.starts_with('#') && is_error(text) {
            return Err(CellFault::ErrorValue);
        }
        match kind {
            Kind::Text { .. } | Kind::Link { .. } if has_lost_letters(text) => Err(CellFault::LostLetters),
            Kind::Text { .. } | Kind::Link { .. } if legacy(text).is_some() => Err(CellFault::LegacyLetters),
            Kind::Text { digits: Some(digits) } if !is_digits(text, *digits) => Err(CellFault::WrongLength),
            Kind::Text { .. } | Kind::Link { .. } => Ok(Self::Text(text)),
            Kind::Choice(words) | Kind::Scale(words) => {
                words.by_cell(text).or_else(|| by_fold(words, text)).map(Self::Word).ok_or(CellFault::UnknownWord)
            }
            Kind::Number { min, max } => {
                let read = notation::number(text, sort, writing)?;
                if read.is_outside(min.as_ref(), max.as_ref()) { Err(CellFault::NumberOutOfRange) } else { Ok(read) }
            }
            Kind::Date { .. } => notation::date(text, writing),
            Kind::Flag => flag(text, writing).map(Self::Flag).ok_or(CellFault::NotAFlag),
        }
    }

    /// What a blank cell says. A declared value that does not fit the column says nothing.
    pub fn blank(kind: &Kind, blank: &'a Blank) -> Self {
        match blank {
            Blank::Unknown | Blank::Value(Literal::List(_)) => Self::Unknown,
            Blank::None => Self::None,
            Blank::Value(Literal::Text(text)) => {
                Self::parse(kind, &CellWriting::default(), text, Sort::Exact).unwrap_or(Self::Unknown)
            }
            Blank::Value(Literal::Number(number)) => Number::parse_scaled(&number.to_string())
                .map_or(Self::Unknown, |(mantissa, scale)| Self::Number(mantissa, scale)),
            Blank::Value(Literal::Day(day)) => Self::Day(*day),
            Blank::Value(Literal::Flag(flag)) => Self::Flag(*flag),
        }
    }
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Cell<'_> {
    /// Whether a number lies outside two limits.
    fn is_outside(&self, min: Option<&Number>, max: Option<&Number>) -> bool {
        let order = |limit: &Number| match self {
            Self::Number(mantissa, scale) => compare(*mantissa, *scale, limit),
            Self::Ratio(number) => Some(number.cmp(limit)),
            _ => None,
        };
        min.is_some_and(|min| order(min).is_some_and(Ordering::is_lt))
            || max.is_some_and(|max| order(max).is_some_and(Ordering::is_gt))
    }
}

/// Whether a cell shows what a spreadsheet could not compute.
pub(super) fn is_error(text: &str) -> bool {
    const ERRORS: [&str; 9] = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#####", "Err:502"];
    ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

/// The word that is written in other small or capital letters, or with its tone in another place.
fn by_fold(words: &Words, text: &str) -> Option<u32> {
    let folded = fold(text);
    let says = |word: &&crate::schema::Word| {
        fold(&word.header) == folded || word.also.iter().any(|other| fold(other) == folded)
    };
    let mut found = words.words.iter().enumerate().filter(|(_, word)| says(word)).map(|(at, _)| at);
    let only = found.next().filter(|_| found.next().is_none())?;
    u32::try_from(only).ok()
}

/// How `mantissa / 10^scale` compares with a limit. Most limits are whole: those need no ratio in lowest terms, which
/// would take longer than the rest of reading the cell.
fn compare(mantissa: i128, scale: u32, limit: &Number) -> Option<std::cmp::Ordering> {
    let limit_at_scale = limit.to_whole().and_then(|whole| i128::from(whole).checked_mul(10_i128.checked_pow(scale)?));
    match limit_at_scale {
        Some(limit) => Some(mantissa.cmp(&limit)),
        None => Some(Number::scaled(mantissa, scale)?.cmp(limit)),
    }
}

fn flag(text: &str, writing: &CellWriting) -> Option<bool> {
    if !(writing.yes.is_empty() && writing.no.is_empty()) {
        let folded = fold(text);
        let is_one = |words: &[String]| words.iter().any(|word| word == text || fold(word) == folded);
        match (is_one(&writing.yes), is_one(&writing.no)) {
            (true, false) => return Some(true),
            (false, true) => return Some(false),
            _ => {}
        }
    }
    match text {
        "Có" => return Some(true),
        "Không" => return Some(false),
        _ => {}
    }
    let says = |word: &str| text.chars().flat_map(char::to_lowercase).eq(word.chars());
    FLAGS.iter().find(|(word, _)| says(word)).map(|(_, flag)| *flag)
}

impl From<NumberFault> for CellFault {
    fn from(fault: NumberFault) -> Self {
        match fault {
            NumberFault::NotANumber => Self::NotANumber,
            NumberFault::TooLong => Self::NumberTooLong,
        }
    }
}

impl CellFault {
    /// The kind of finding.
    pub fn entry(self) -> &'static Entry {
        match self {
            Self::NotANumber => &catalogue::NOT_A_NUMBER,
            Self::NumberTooLong => &catalogue::NUMBER_TOO_LONG,
            Self::NumberOutOfRange => &catalogue::NUMBER_OUT_OF_RANGE,
            Self::AmbiguousNumber => &catalogue::AMBIGUOUS_NUMBER,
            Self::NotARatio => &catalogue::NOT_A_RATIO,
            Self::DayAsNumber => &catalogue::DAY_AS_NUMBER,
            Self::ErrorValue => &catalogue::ERROR_VALUE,
            Self::LostLetters => &catalogue::LOST_LETTERS,
            Self::LegacyLetters => &catalogue::LEGACY_LETTERS,
            Self::FormulaWithoutValue => &catalogue::FORMULA_WITHOUT_VALUE,
            Self::NotADate => &catalogue::NOT_A_DATE,
            Self::NotAFlag => &catalogue::NOT_A_FLAG,
            Self::UnknownWord => &catalogue::UNKNOWN_WORD,
            Self::WrongLength => &catalogue::WRONG_LENGTH,
        }
    }
}

/// Adds what a column of this kind allows to a finding about one of its cells.
pub(super) fn describe(fault: Diagnostic, kind: &Kind, writing: &CellWriting, cell: &str) -> Diagnostic {
    match kind {
        Kind::Flag => {
            let said = writing.yes.iter().chain(&writing.no).map(String::as_str);
            let known: Vec<&str> = said.chain(FLAGS.iter().map(|(word, _)| *word)).collect();
            let list = (!writing.yes.is_empty() || !writing.no.is_empty()).then(|| known.join(", "));
            fault.maybe("near", near(&cell.to_lowercase(), known.iter().copied())).maybe("known", list)
        }
        Kind::Text { digits: Some(digits) } => {
            let fault = fault.with("expected", digits).maybe("padded", padded(cell, *digits));
            fault.maybe("encoding", legacy(cell).map(Legacy::name))
        }
        Kind::Choice(words) | Kind::Scale(words) => {
            fault.maybe("near", near(cell, headers(words))).with("known", headers(words).collect::<Vec<_>>().join(", "))
        }
        Kind::Number { min, max } => {
            let (min, max) = (min.map(|min| format!("≥ {min}")), max.map(|max| format!("≤ {max}")));
            let limits = [min, max].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let comma = (writing.decimal.is_none() && cell.contains(',')).then_some("decimal = \",\"");
            fault.with("limits", limits).with("most", Number::MAX_DIGITS).maybe("declare", comma)
        }
        Kind::Text { digits: None } | Kind::Link { .. } => fault.maybe("encoding", legacy(cell).map(Legacy::name)),
        Kind::Date { .. } => fault,
    }
}

/// The word that a cell may mean: one that is the same without its marks, else the nearest.
fn near<'w>(cell: &str, words: impl Iterator<Item = &'w str> + Clone) -> Option<&'w str> {
    let plain = bare(cell);
    words.clone().find(|word| bare(word) == plain).or_else(|| nearest(cell, words))
}

/// The old way of writing that a cell is in beside others in Unicode. What stands between « and » is only quoted.
fn legacy(text: &str) -> Option<Legacy> {
    if text.is_ascii() {
        return None;
    }
    let quotes = ['«', '»'];
    if text.contains(quotes) { Looks::of(&text.replace(quotes, "")).legacy() } else { Looks::of(text).legacy() }
}

/// The cell with the zeros in front that a spreadsheet may have dropped; it keeps no number of more than 15 digits.
fn padded(cell: &str, digits: usize) -> Option<String> {
    if digits <= 15 { zeros::padded(cell, digits) } else { None }
}

fn headers(words: &Words) -> impl Iterator<Item = &str> + Clone {
    words.words.iter().map(|word| word.header.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{choice, n, number, text};
    use super::*;
    use crate::diagnostic::Language;

    const DATE: Kind = Kind::Date { future: false };

    fn day(year: i32, month: u32, day: u32) -> Cell<'static> {
        Cell::Day(Day::new(year, month, day).unwrap())
    }

    #[test]
    fn cells_are_what_their_column_says() {
        let tax_code = Kind::Text { digits: Some(10) };
        let cases = [
            (text(), "Sở Tài chính", Cell::Text("Sở Tài chính")),
            (tax_code, "0123456789", Cell::Text("0123456789")),
            (choice(&["poor", "good"]), "good", Cell::Word(1)),
            (choice(&["poor", "good"]), "<poor>", Cell::Word(0)),
            (number(None, None), "-12.50", Cell::Number(-125, 1)),
            (number(Some("0"), Some("100")), "100", Cell::Number(100, 0)),
            (number(Some("0.5"), None), "0.5", Cell::Number(5, 1)),
            (DATE, "2024-07-15", day(2024, 7, 15)),
            (DATE, "5/7/2024", day(2024, 7, 5)),
            (Kind::Flag, "Có", Cell::Flag(true)),
            (Kind::Flag, "KHÔNG", Cell::Flag(false)),
            (Kind::Flag, "True", Cell::Flag(true)),
            (Kind::Flag, "0", Cell::Flag(false)),
        ];
        for (kind, cell, expected) in cases {
            assert_eq!(Cell::parse(&kind, &CellWriting::default(), cell, Sort::Plain), Ok(expected), "{cell}");
        }
    }

    #[test]
    fn faulty_cells_say_what_the_column_allows() {
        let tax_code = || Kind::Text { digits: Some(10) };
        let percent = || number(Some("0"), Some("100"));
        let no_hints: &[&str] = &[];
        let cases = [
            (
                tax_code(),
                "123456789",
                "wrong-length",
                &["a spreadsheet may have dropped leading zeros: `0123456789`?"][..],
            ),
            (tax_code(), "01234567890", "wrong-length", no_hints),
            (tax_code(), "012345678x", "wrong-length", no_hints),
            (tax_code(), "٠١٢٣٤", "wrong-length", no_hints),
            (Kind::Text { digits: Some(usize::MAX) }, "1", "wrong-length", no_hints),
            (
                choice(&["poor", "good"]),
                "<god>",
                "unknown-word",
                &["did you mean `<good>`?", "it may say <poor>, <good>"],
            ),
            (choice(&["poor", "good"]), "Good", "unknown-word", &["it may say <poor>, <good>"]),
            (
                percent(),
                "1,5",
                "not-a-number",
                &[
                    "where the comma is the decimal mark, declare `decimal = \",\"` for the file or the column",
                    "write digits with at most one point, such as 1234.5",
                ],
            ),
            (percent(), "1e3", "not-a-number", &["write digits with at most one point, such as 1234.5"]),
            (percent(), "1234567890123456789012345678901", "number-too-long", no_hints),
            (percent(), "-0.01", "number-out-of-range", no_hints),
            (percent(), "100.000000000000000000000000001", "number-out-of-range", no_hints),
            (number(Some("0.5"), None), "0.49", "number-out-of-range", no_hints),
            (DATE, "31/02/2024", "not-a-date", &["write it as 2024-07-15 or 15/7/2024"]),
            (
                Kind::Flag,
                "x",
                "not-a-flag",
                &["write Có or Không, true or false, 1 or 0; other words are declared with `yes` and `no`"],
            ),
        ];
        for (kind, cell, code, hints) in cases {
            let fault = Cell::parse(&kind, &CellWriting::default(), cell, Sort::Plain).unwrap_err();
            let fault =
                describe(Diagnostic::new(fault.entry()).with("cell", cell), &kind, &CellWriting::default(), cell);
            assert_eq!(
                (fault.code(), fault.help(Language::En)),
                (code, hints.iter().map(ToString::to_string).collect()),
                "{cell}"
            );
            assert!(!fault.message(Language::Vi).contains('{'), "{}", fault.message(Language::Vi));
        }
    }

    #[test]
    fn limits_are_told_as_they_were_declared() {
        let kind = number(Some("0"), Some("99.5"));
        let fault = describe(
            Diagnostic::new(&catalogue::NUMBER_OUT_OF_RANGE).with("cell", "100"),
            &kind,
            &CellWriting::default(),
            "100",
        );
        assert!(fault.message(Language::En).contains("(≥ 0, ≤ 99.5)"), "{fault}");
    }

    #[test]
    fn a_blank_cell_says_what_was_declared() {
        let value = |text: &str| Blank::Value(Literal::Text(text.to_owned()));
        let cases = [
            (text(), Blank::Unknown, Cell::Unknown),
            (text(), Blank::None, Cell::None),
            (text(), value("x"), Cell::Text("x")),
            (choice(&["poor", "good"]), value("good"), Cell::Word(1)),
            (choice(&["poor", "good"]), value("bad"), Cell::Unknown),
            (number(None, None), Blank::Value(Literal::Number(n("2.5"))), Cell::Number(25, 1)),
            (DATE, Blank::Value(Literal::Day(Day::new(2024, 1, 2).unwrap())), day(2024, 1, 2)),
            (Kind::Flag, Blank::Value(Literal::Flag(false)), Cell::Flag(false)),
        ];
        for (kind, blank, expected) in cases {
            assert_eq!(Cell::blank(&kind, &blank), expected, "{kind:?} {blank:?}");
        }
    }
}
