//! Sheets of workbooks: XLSX and ODS.
//!
//! A workbook is an archive, and a small archive can unpack to anything: all of it is counted before any of it is read.

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Data, DataRef, ExcelDateTime, Ods, Reader, Xlsx};
use zip::ZipArchive;

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::schema::Sheet;
use crate::value::{fold, nearest};

use super::Input;
use super::grid::{Full, Grid};
use super::row::Sort;

/// The most bytes of a workbook.
const MOST_BYTES: u64 = 256 << 20;
/// The most bytes that the sheets of an XLSX file unpack to; they are read one cell after the other.
const MOST_IN_SHEETS: u64 = 1 << 30;
/// The most bytes that anything else unpacks to, which is held as a whole.
const MOST_HELD: u64 = 128 << 20;
/// The most cells that an ODS file may repeat its way to.
const MOST_REPEATED: u64 = 8 << 20;

const NO_WORKBOOK: Phrase = Phrase::new("an archive without a workbook", "tệp nén không chứa bảng tính");
const NO_SHEET: Phrase = Phrase::new("a workbook without a sheet", "bảng tính không có trang nào");
const BROKEN: Phrase = Phrase::new("the workbook is damaged: {reason}", "bảng tính bị hỏng: {reason}");
const PROTECTED: Phrase = Phrase::new("it is protected by a password", "tệp được bảo vệ bằng mật khẩu");

/// Reads a sheet, the first one if none is named; returns its name too.
///
/// # Errors
/// Why there is none, or why it cannot be read.
pub(super) fn read(input: &dyn Input, wanted: Option<&Sheet>) -> Result<(String, Grid), Diagnostic> {
    let mut bytes = Vec::new();
    let opened = input.open().and_then(|reader| reader.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    opened.map_err(|error| Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", error))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large(MOST_BYTES));
    }
    let format = weigh(&bytes)?;
    // Whatever the library makes of a damaged file, it is a damaged file.
    let sheet = catch_unwind(AssertUnwindSafe(|| match format {
        Format::Xlsx => xlsx(&bytes, wanted),
        Format::Ods => ods(&bytes, wanted),
    }));
    sheet.unwrap_or_else(|_| Err(broken("?")))
}

enum Format {
    Xlsx,
    Ods,
}

/// Unpacks an archive into nothing, to know what it would take.
fn weigh(bytes: &[u8]) -> Result<Format, Diagnostic> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    let format = if has("xl/workbook.xml") {
        Format::Xlsx
    } else if has("content.xml") {
        Format::Ods
    } else {
        return Err(Diagnostic::new(&catalogue::NOT_A_TABLE).with("reason", NO_WORKBOOK));
    };
    let (mut sheets, mut held) = (0, 0);
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => protected(),
            other => broken(other),
        })?;
        let name = entry.name().map_err(broken)?.to_ascii_lowercase();
        let is_sheet = name.starts_with("xl/worksheets/") || !name.contains(".xml");
        let (weight, most) = if is_sheet { (&mut sheets, MOST_IN_SHEETS) } else { (&mut held, MOST_HELD) };
        if matches!(format, Format::Ods) && name == "content.xml" {
            let mut content = Vec::new();
            entry.take(most + 1).read_to_end(&mut content).map_err(broken)?;
            *weight += content.len() as u64;
            if *weight <= most {
                weigh_content(&content)?;
            }
        } else {
            *weight += io::copy(&mut (&mut entry).take(most + 1), &mut io::sink()).map_err(broken)?;
        }
        if *weight > most {
            return Err(too_large(most));
        }
    }
    Ok(format)
}

/// How many cells an ODS file repeats its way to; and whether its comments end, behind which the library would look
/// for an end without one.
fn weigh_content(content: &[u8]) -> Result<(), Diagnostic> {
    let text = String::from_utf8_lossy(content);
    let (mut rows, mut width, mut widest, mut times, mut comment) = (0_u64, 0_u64, 0_u64, 1_u64, false);
    let mut blank = 0_u64;
    for tag in text.split('<').skip(1) {
        let name = tag.split([' ', '>', '/', '\n', '\t', '\r']).find(|part| !part.is_empty()).unwrap_or_default();
        let repeated = |attribute: &str| {
            let value = tag.split(attribute).nth(1).and_then(|rest| rest.split(['"', '\'']).nth(1));
            value.and_then(|value| value.parse::<u64>().ok()).unwrap_or(1).max(1)
        };
        match (name, tag.starts_with('/')) {
            ("table:table-row", false) => (width, blank, times) = (0, 0, repeated("number-rows-repeated")),
            ("table:table-row", true) if width > 0 => {
                rows = rows.saturating_add(times);
                widest = widest.max(width);
            }
            ("table:table-cell" | "table:covered-table-cell", false) => {
                let count = repeated("number-columns-repeated");
                if tag.contains("value") || tag.contains("formula") {
                    width = width.saturating_add(blank).saturating_add(count);
                    blank = 0;
                } else {
                    blank = blank.saturating_add(count);
                }
            }
            ("table:table", true) => (rows, widest) = (0, 0),
            ("office:annotation", end) => {
                if comment != end {
                    return Err(broken("office:annotation"));
                }
                comment = !end && !tag.split('>').next().is_some_and(|tag| tag.ends_with('/'));
            }
            _ => {}
        }
        if rows.saturating_mul(widest) > MOST_REPEATED || width > MOST_REPEATED {
            return Err(too_large(MOST_REPEATED));
        }
    }
    if comment { Err(broken("office:annotation")) } else { Ok(()) }
}

fn xlsx(bytes: &[u8], wanted: Option<&Sheet>) -> Result<(String, Grid), Diagnostic> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsxError::Password => protected(),
        other => broken(other),
    })?;
    let name = choose(&book.sheet_names(), wanted)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(broken)?;
    let mut grid = Grid::default();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(broken)? {
        let added = match cell.value {
            DataRef::Empty if cell.formula.is_some() => grid.add(cell.pos, "", Sort::NoValue),
            DataRef::Empty => Ok(()),
            DataRef::String(text) if text.is_empty() && cell.formula.is_some() => Ok(()),
            DataRef::SharedString(text) => grid.add(cell.pos, text, Sort::Plain),
            DataRef::Int(number) => grid.add(cell.pos, &number.to_string(), Sort::Exact),
            DataRef::Float(number) => grid.add(cell.pos, &decimal(number), Sort::Exact),
            DataRef::Bool(flag) => grid.add(cell.pos, if flag { "true" } else { "false" }, Sort::Exact),
            DataRef::DateTime(day) => grid.add(cell.pos, &date(&day), Sort::Exact),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                grid.add(cell.pos, &text, Sort::Plain)
            }
            DataRef::Error(error) => grid.add(cell.pos, &error.to_string(), Sort::Plain),
        };
        added.map_err(full)?;
    }
    grid.order();
    Ok((name, grid))
}

fn ods(bytes: &[u8], wanted: Option<&Sheet>) -> Result<(String, Grid), Diagnostic> {
    let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::OdsError::Password => protected(),
        other => broken(other),
    })?;
    let name = choose(&book.sheet_names(), wanted)?;
    let cells = book.worksheet_range(&name).map_err(broken)?;
    let formulas = book.worksheet_formula(&name).map_err(broken)?;
    let mut grid = Grid::default();
    let (top, left) = cells.start().unwrap_or_default();
    for (row, column, value) in cells.used_cells() {
        let at = (top.saturating_add(whole(row)), left.saturating_add(whole(column)));
        let added = match value {
            Data::Empty => Ok(()),
            Data::Int(number) => grid.add(at, &number.to_string(), Sort::Exact),
            Data::Float(number) => grid.add(at, &decimal(*number), Sort::Exact),
            Data::Bool(flag) => grid.add(at, if *flag { "true" } else { "false" }, Sort::Exact),
            Data::DateTime(day) => grid.add(at, &date(day), Sort::Exact),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => grid.add(at, text, Sort::Plain),
            Data::Error(error) => grid.add(at, &error.to_string(), Sort::Plain),
        };
        added.map_err(full)?;
    }
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        let at = (top.saturating_add(whole(row)), left.saturating_add(whole(column)));
        if !formula.is_empty() && matches!(cells.get_value(at), None | Some(Data::Empty)) {
            grid.add(at, "", Sort::NoValue).map_err(full)?;
        }
    }
    grid.order();
    Ok((name, grid))
}

fn choose(names: &[String], wanted: Option<&Sheet>) -> Result<String, Diagnostic> {
    let found = match wanted {
        None => names.first(),
        Some(Sheet::Position(at)) => at.checked_sub(1).and_then(|at| names.get(at)),
        Some(Sheet::Name(name)) => {
            names.iter().find(|known| *known == name).or_else(|| names.iter().find(|known| fold(known) == fold(name)))
        }
    };
    if names.is_empty() {
        return Err(Diagnostic::new(&catalogue::NOT_A_TABLE).with("reason", NO_SHEET));
    }
    found.cloned().ok_or_else(|| {
        let said = match wanted {
            Some(Sheet::Name(name)) => name.clone(),
            Some(Sheet::Position(at)) => at.to_string(),
            None => String::new(),
        };
        Diagnostic::new(&catalogue::MISSING_SHEET)
            .maybe("near", nearest(&said, names.iter().map(String::as_str)))
            .with("sheet", said)
            .with("known", names.join(", "))
    })
}

/// The number that people see in the cell: spreadsheets keep fifteen digits, and store more.
fn decimal(value: f64) -> String {
    let text = format!("{value:.14e}");
    let Some((digits, exponent)) = text.split_once('e') else { return "#NUM!".to_owned() };
    let Ok(exponent) = exponent.parse::<i32>() else { return "#NUM!".to_owned() };
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let digits: String = digits.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() {
        return "0".to_owned();
    }
    let point = usize::try_from(exponent + 1);
    match point {
        Ok(point) if point >= digits.len() => format!("{sign}{digits}{}", "0".repeat(point - digits.len())),
        Ok(point @ 1..) => {
            let (whole, part) = digits.split_at(point);
            format!("{sign}{whole}.{part}")
        }
        _ => format!("{sign}0.{}{digits}", "0".repeat(usize::try_from(-exponent - 1).unwrap_or(0))),
    }
}

/// A day; what is none, such as a time of the day or a number that is formatted as a day, stays the number.
fn date(day: &ExcelDateTime) -> String {
    const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;
    if day.is_duration() || !DAYS.contains(&day.as_f64()) {
        return decimal(day.as_f64());
    }
    let (year, month, day, ..) = day.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}

fn whole(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn full(full: Full) -> Diagnostic {
    match full {
        Full::Cell(limit) => Diagnostic::new(&catalogue::CELL_TOO_LONG).with("limit", limit),
        Full::Sheet(limit) => too_large(limit),
    }
}

fn too_large(limit: u64) -> Diagnostic {
    Diagnostic::new(&catalogue::WORKBOOK_TOO_LARGE).with("limit", limit)
}

fn protected() -> Diagnostic {
    Diagnostic::new(&catalogue::NOT_A_TABLE).with("reason", PROTECTED)
}

fn broken(reason: impl std::fmt::Display) -> Diagnostic {
    Diagnostic::new(&catalogue::NOT_A_TABLE).with("reason", BROKEN.with("reason", reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_numbers_are_those_that_people_see() {
        let cases = [
            (0.1 + 0.2, "0.3"),
            (1.1 * 1.1, "1.21"),
            (1234.5, "1234.5"),
            (-0.25, "-0.25"),
            (5_300_100_012.0, "5300100012"),
            (1e15, "1000000000000000"),
            (1e-7, "0.0000001"),
            (0.0, "0"),
            (-0.0, "0"),
            (0.95, "0.95"),
            (100.0, "100"),
            (f64::NAN, "#NUM!"),
            (f64::INFINITY, "#NUM!"),
        ];
        for (value, expected) in cases {
            assert_eq!(decimal(value), expected, "{value}");
        }
    }

    #[test]
    fn repeated_cells_are_counted_before_they_are_made() {
        let row = |rows: u64, columns: u64, value: &str| {
            format!(
                "<table:table><table:table-row table:number-rows-repeated=\"{rows}\"><table:table-cell \
                 table:number-columns-repeated=\"{columns}\" {value}/></table:table-row></table:table>"
            )
        };
        let value = "office:value=\"1\"";
        assert!(weigh_content(row(1_048_576, 16_384, "").as_bytes()).is_ok());
        assert!(weigh_content(row(1_000, 1_000, value).as_bytes()).is_ok());
        assert!(weigh_content(row(1_048_576, 16_384, value).as_bytes()).is_err());
        assert!(weigh_content(b"<office:annotation>").is_err());
        assert!(weigh_content(b"<office:annotation a=\"\"><text:p/></office:annotation>").is_ok());
    }
}
