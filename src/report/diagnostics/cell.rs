//! Where a cell stands, in words.

use crate::diagnostic::Language;
use crate::source::CellPlace;

/// `firms.csv:17, row 16, column “Số lao động”, cell “abc”`; rows that were built in code have no line.
pub(super) fn place(place: &CellPlace, language: Language) -> String {
    let (row, column, cell) = match language {
        Language::En => ("row", "column", "cell"),
        Language::Vi => ("dòng dữ liệu", "cột", "ô"),
    };
    let mut text = place.file.to_string();
    if place.line > 0 {
        text.push_str(&format!(":{}", place.line));
    }
    text.push_str(&format!(", {row} {}", place.row));
    let parts = [(column, place.column.as_deref()), (cell, place.cell.as_deref())];
    for (name, part) in parts.into_iter().filter_map(|(name, part)| Some((name, part?))) {
        text.push_str(&format!(", {name} “{part}”"));
    }
    text
}
