//! Rows of texts as CSV in UTF-8 with commas, each as long as the longest.

use crate::data::Plain;

/// The rows of a file, without those and without columns that are entirely blank at the end.
#[must_use]
pub fn clean(plain: &Plain) -> Vec<u8> {
    let filled = |cells: &Vec<String>| cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    let width = plain.rows.iter().map(|row| filled(&row.cells)).max().unwrap_or(0);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in &plain.rows {
        let cells = (0..width).map(|at| row.cells.get(at).map_or("", String::as_str));
        // A vector takes whatever is written.
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}
