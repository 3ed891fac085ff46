//! The list of faults as a file that a spreadsheet opens: all that was found, one line each.

use std::io;

use crate::diagnostic::{Diagnostic, Language};
use crate::source::Place;

use super::spreadsheet::{self, inert};
use super::words;

/// Writes findings as a spreadsheet of Vietnam reads them: with a byte order mark, semicolons and `\r\n`.
///
/// # Errors
/// If `out` cannot be written to.
pub fn faults(findings: &[Diagnostic], language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = spreadsheet::writer(out)?;
    writer.write_record(titles(language))?;
    for finding in findings {
        writer.write_record(record(finding, language).map(|cell| inert(&cell)))?;
    }
    writer.flush()
}

/// The titles of the columns.
pub(super) fn titles(language: Language) -> [&'static str; 9] {
    let titles = [
        words::SEVERITY,
        words::CODE,
        words::FILE,
        words::PLACE,
        words::ROW,
        words::COLUMN_TITLE,
        words::CELL,
        words::MESSAGE,
        words::REMEDY,
    ];
    titles.map(|title| title.text(language))
}

/// One finding; the fields are the columns.
pub(super) fn record(finding: &Diagnostic, language: Language) -> [String; 9] {
    let severity = if finding.is_error() { words::FAULT } else { words::WARNING };
    let [file, place, row, column, cell] = match &finding.place {
        Place::Nowhere => Default::default(),
        Place::File(file) => [file.clone(), String::new(), String::new(), String::new(), String::new()],
        Place::Text { source, span } => {
            let (line, column) = source.line_and_column(span.start);
            [source.name.clone(), format!("{line}:{column}"), String::new(), String::new(), String::new()]
        }
        Place::Cell(cell) => [
            cell.file.to_string(),
            cell.spot().unwrap_or_else(|| cell.line.to_string()),
            cell.row.to_string(),
            cell.column.as_deref().unwrap_or_default().to_owned(),
            cell.cell.clone().unwrap_or_default(),
        ],
    };
    [
        severity.text(language).to_owned(),
        finding.code().to_owned(),
        file,
        place,
        row,
        column,
        cell,
        finding.message(language),
        finding.help(language).join("; "),
    ]
}
