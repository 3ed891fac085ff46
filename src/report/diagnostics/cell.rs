//! Where a cell stands, in words.

use crate::diagnostic::Language;
use crate::source::CellPlace;
use crate::value::cut;

/// So many letters of a header or a cell show which one is meant.
const MOST_LETTERS: usize = 80;

/// `firms.csv:17, row 16, column “Số lao động”, cell “abc”`; rows that were built in code have no line, a line before the data
/// is no row, and a blank cell is not shown.
pub(super) fn place(place: &CellPlace, language: Language) -> String {
    let (row, column, cell) = match language {
        Language::En => ("row", "column", "cell"),
        Language::Vi => ("dòng dữ liệu", "cột", "ô"),
    };
    let file = if let Some(spot) = place.spot() {
        format!("{}, {spot}", place.file)
    } else if place.line > 0 {
        format!("{}:{}", place.file, place.line)
    } else {
        place.file.to_string()
    };
    let row = (place.row > 0).then(|| format!("{row} {}", place.row));
    let column = place.column.as_ref().map(|header| format!("{column} “{}”", cut(header, MOST_LETTERS)));
    let cell =
        place.cell.as_ref().filter(|text| !text.is_empty()).map(|text| format!("{cell} “{}”", cut(text, MOST_LETTERS)));
    let parts: Vec<_> = [Some(file), row, column, cell].into_iter().flatten().collect();
    parts.join(", ")
}
