//! The outcome as a workbook: results, criteria, awards, faults and sources.
//!
//! Codes and names are texts, which no spreadsheet computes; numbers and days are numbers and days. The same outcome is
//! the same bytes: no clock is asked.

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::diagnostic::{Diagnostic, Language};
use crate::evaluate::{LevelOutcome, Outcome, UnitOutcome, Verdict};
use crate::value::{Day, Number, visible};

use super::csv::{COLUMNS, records};
use super::faults::{record, titles};
use super::file_name;
use super::words::{self, Phrase};

/// The most letters of a cell that Excel takes.
const MOST_LETTERS: usize = 32_000;

/// A workbook of an outcome and what was wrong with its data.
///
/// # Errors
/// If there are more rows than a sheet holds.
pub fn xlsx(outcome: &Outcome, faults: &[Diagnostic], language: Language) -> io::Result<Vec<u8>> {
    write(outcome, faults, language).map_err(io::Error::other)
}

fn write(outcome: &Outcome, faults: &[Diagnostic], language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without it the clock would be asked.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let word = |phrase: Phrase| phrase.text(language).to_owned();
    let lines = |kind: &str| -> Vec<Vec<String>> {
        let of_kind = records(outcome).filter(|line| line.get(4) == Some(kind));
        of_kind.map(|line| line.iter().map(str::to_owned).collect()).collect()
    };
    let columns: Vec<String> = COLUMNS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let findings: Vec<Vec<String>> =
        faults.iter().chain(&outcome.warnings).map(|finding| record(finding, language).to_vec()).collect();
    sheet(&mut book, &word(words::RESULTS), &results_header(language), &results(outcome, language))?;
    sheet(&mut book, &word(words::CRITERIA), &columns, &lines("criterion"))?;
    sheet(&mut book, &word(words::AWARDS), &columns, &lines("award"))?;
    let titles: Vec<String> = titles(language).map(str::to_owned).into();
    sheet(&mut book, &word(words::FAULTS), &titles, &findings)?;
    sheet(&mut book, &word(words::SOURCES), &sources_header(language), &sources(outcome, language))?;
    book.save_to_buffer()
}

/// A sheet with a header that stays and filters.
fn sheet(book: &mut Workbook, name: &str, header: &[String], rows: &[Vec<String>]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let sheet = book.add_worksheet();
    // Names of sheets differ although titles may not.
    sheet.set_name(name.chars().filter(|letter| !"[]:*?/\\".contains(*letter)).take(31).collect::<String>())?;
    for (at, title) in header.iter().enumerate() {
        sheet.write_string_with_format(0, column(at), title, &bold)?;
        sheet.set_column_width(column(at), if at < 4 { 18 } else { 14 })?;
    }
    for (at, row) in rows.iter().enumerate() {
        let line = u32::try_from(at + 1).unwrap_or(u32::MAX);
        for (at, text) in row.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let title = header.get(at).map(String::as_str).unwrap_or_default();
            cell(sheet, (line, column(at)), text, is_figure(title, row), &day)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if !header.is_empty() {
        let last = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        sheet.autofilter(0, 0, last, column(header.len() - 1))?;
    }
    Ok(())
}

/// A number or a day where the column has figures and the text is one; else a text.
fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    figure: bool,
    day: &Format,
) -> Result<(), XlsxError> {
    if figure && let Some(number) = float(text) {
        sheet.write_number(row, column, number)?;
        return Ok(());
    }
    if figure && let Some(date) = date(text) {
        sheet.write_datetime_with_format(row, column, &date, day)?;
        return Ok(());
    }
    sheet.write_string(row, column, visible(text).chars().take(MOST_LETTERS).collect::<String>())?;
    Ok(())
}

/// A number as a spreadsheet keeps it. Nothing is decided by it any more.
fn float(text: &str) -> Option<f64> {
    let (top, bottom) = text.split_once('/').unwrap_or((text, "1"));
    Number::parse(top).and(Number::parse(bottom)).ok()?;
    let (top, bottom): (f64, f64) = (top.parse().ok()?, bottom.parse().ok()?);
    (bottom != 0.0).then_some(top / bottom)
}

fn date(text: &str) -> Option<ExcelDateTime> {
    Day::parse(text)?;
    let parts: Vec<u16> = text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    ExcelDateTime::from_ymd(*year, u8::try_from(*month).ok()?, u8::try_from(*day).ok()?).ok()
}

/// The columns of figures; whatever stands in another one is a text, even if it looks like a number: a code, a cluster.
fn is_figure(title: &str, row: &[String]) -> bool {
    const FIGURES: [&str; 9] =
        ["value", "least", "greatest", "met", "of", "unknown", "points_least", "points_greatest", "points_of"];
    let counted = [
        words::SCORE,
        words::RANK,
        words::MET,
        words::ROWS,
        words::FAULTS,
        words::SET_ASIDE,
        words::LEFT_OUT_TITLE,
        words::CELLS_IN_DOUBT_TITLE,
        words::ROWS_IN_DOUBT_TITLE,
        words::HEADER_LINE_TITLE,
        words::ROW,
    ];
    let is_counted = counted.iter().any(|phrase| phrase.en == title || phrase.vi == title);
    FIGURES.contains(&title) || (is_counted && !row.is_empty())
}

fn results_header(language: Language) -> Vec<String> {
    let titles = [
        words::LEVEL,
        words::UNIT,
        words::NAME,
        words::CLUSTER,
        words::SCORE,
        words::RANK,
        words::GRADE,
        words::MET,
        words::AWARDS,
        words::PROVISIONAL_TITLE,
    ];
    titles.map(|title| title.text(language).to_owned()).into()
}

fn results(outcome: &Outcome, language: Language) -> Vec<Vec<String>> {
    let levels = outcome.levels.iter();
    levels.flat_map(|level| level.units.iter().map(move |unit| result(level, &unit, language))).collect()
}

fn result(level: &LevelOutcome, unit: &UnitOutcome<'_>, language: Language) -> Vec<String> {
    let range =
        |least: String, greatest: String| if least == greatest { least } else { format!("{least}–{greatest}") };
    let print = |number: Option<Number>| number.map(|number| number.to_string()).unwrap_or_default();
    let met = unit.criteria.verdicts().filter(|verdict| matches!(verdict, Verdict::Met | Verdict::Exceeded)).count();
    let awards = level.awards.iter().zip(unit.awards.iter()).filter_map(|(head, award)| {
        let title = words::title(&head.title, &head.id, language);
        Some(format!("{title}: {}", words::award(award?.verdict).text(language)))
    });
    vec![
        level.id.clone(),
        unit.id.to_owned(),
        unit.name.unwrap_or_default().to_owned(),
        unit.cluster.unwrap_or_default().to_owned(),
        unit.score.map(|score| range(print(score.least), print(score.greatest))).unwrap_or_default(),
        unit.rank.as_ref().map(|rank| range(rank.best.to_string(), rank.worst.to_string())).unwrap_or_default(),
        unit.grade.and_then(|grade| grade.id.clone()).unwrap_or_default(),
        met.to_string(),
        awards.collect::<Vec<_>>().join("; "),
        provisional(level, unit, language),
    ]
}

/// What of a unit rests on provisional figures, or on something that is not due.
fn provisional(level: &LevelOutcome, unit: &UnitOutcome<'_>, language: Language) -> String {
    let word = |phrase: Phrase| phrase.text(language).to_owned();
    let verdicts = unit.criteria.iter().filter(|judged| judged.provisional).count();
    let standing = [
        (verdicts > 0, format!("{} ({verdicts})", word(words::CRITERIA))),
        (unit.score.is_some_and(|score| score.provisional), word(words::SCORE)),
        (unit.rank.as_ref().is_some_and(|rank| rank.provisional), word(words::RANK)),
        (unit.grade.is_some_and(|grade| grade.provisional), word(words::GRADE)),
    ];
    let awards = level.awards.iter().zip(unit.awards.iter()).map(|(head, award)| {
        let title = words::title(&head.title, &head.id, language).to_owned();
        (award.is_some_and(|award| award.provisional), title)
    });
    let named = standing.into_iter().chain(awards).filter(|(is, _)| *is).map(|(_, name)| name);
    named.collect::<Vec<_>>().join("; ")
}

fn sources_header(language: Language) -> Vec<String> {
    let titles = [
        words::FILE,
        words::ROWS,
        words::FAULTS,
        words::SET_ASIDE,
        words::LEFT_OUT_TITLE,
        words::CELLS_IN_DOUBT_TITLE,
        words::ROWS_IN_DOUBT_TITLE,
        words::HEADER_LINE_TITLE,
        words::READ_AS_TITLE,
    ];
    titles.map(|title| title.text(language).to_owned()).into()
}

/// The files, and below them what no clause says.
fn sources(outcome: &Outcome, language: Language) -> Vec<Vec<String>> {
    let file = |intake: &crate::data::Intake| {
        let found = &intake.found;
        let read_as = [
            found.encoding.map(|encoding| encoding.name().to_owned()),
            found.delimiter.map(|delimiter| format!("{delimiter:?}")),
            found.sheet.clone(),
        ];
        vec![
            file_name(intake).to_owned(),
            intake.rows.to_string(),
            intake.faults.to_string(),
            intake.set_aside.to_string(),
            intake.left_out.to_string(),
            intake.cells_in_doubt.to_string(),
            intake.rows_in_doubt.to_string(),
            found.header_line.to_string(),
            read_as.into_iter().flatten().collect::<Vec<_>>().join(", "),
        ]
    };
    let assumption = |assumed: &crate::campaign::Assumption| {
        vec![format!("{}: {} = {}: {}", words::ASSUMED.text(language), assumed.path, assumed.value, assumed.reason)]
    };
    outcome.data.iter().map(file).chain(outcome.assumptions.iter().map(assumption)).collect()
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader, Xlsx};

    use super::*;
    use crate::report::testing::{change_first, sample};

    #[test]
    fn the_same_outcome_is_the_same_bytes_and_reads_back_typed() {
        let mut outcome = sample();
        change_first(&mut outcome, |unit| {
            unit.id = "007".into();
            unit.name = Some("=HYPERLINK(\"http://x\")".into());
        });
        let bytes = xlsx(&outcome, &[], Language::En).unwrap();
        assert_eq!(bytes, xlsx(&outcome, &[], Language::En).unwrap());
        let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
        assert_eq!(book.sheet_names(), ["Results", "Criteria", "Awards", "Faults", "Sources"]);
        let results = book.worksheet_range("Results").unwrap();
        let row = results.rows().find(|row| row[1] == Data::String("007".into())).expect("a code is a text");
        assert_eq!(row[2], Data::String("=HYPERLINK(\"http://x\")".into()));
        assert!(matches!(row[7], Data::Float(_)), "{row:?}");
        for name in ["Results", "Criteria", "Awards", "Faults", "Sources"] {
            assert!(book.worksheet_formula(name).unwrap().is_empty(), "{name} has a formula");
        }
        let criteria = book.worksheet_range("Criteria").unwrap();
        assert!(criteria.rows().any(|row| matches!(row[8], Data::Float(_))));
    }

    #[test]
    fn a_day_is_a_day_and_a_code_a_text() {
        let mut book = Workbook::new();
        let rows = vec![["0100112233".to_owned(), "2024-07-15".to_owned(), "1/3".to_owned()].to_vec()];
        sheet(&mut book, "S", &["unit", "value", "least"].map(str::to_owned), &rows).unwrap();
        let mut book = Xlsx::new(Cursor::new(book.save_to_buffer().unwrap())).unwrap();
        let range = book.worksheet_range("S").unwrap();
        let row = range.rows().nth(1).unwrap();
        assert_eq!(row[0], Data::String("0100112233".into()));
        assert!(matches!(&row[1], Data::DateTime(day) if day.to_ymd_hms_milli().0 == 2024), "{row:?}");
        assert_eq!(row[2], Data::Float(1.0 / 3.0));
    }

    #[test]
    fn numbers_are_numbers_and_ratios_too() {
        assert_eq!((float("19/20"), float("0.95"), float("1/0"), float("x")), (Some(0.95), Some(0.95), None, None));
    }
}
