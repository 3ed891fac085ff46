//! Rows built in code.

use crate::diagnostic::Diagnostic;
use crate::schema::{Schema, TableId};

use super::RawTable;
use super::builder::TableBuilder;
use super::row::{RawCell, Sort};

/// Reads rows of texts, each by the position of its column in the schema, as if a file said so; what is not given is
/// blank. Unlike in a file, a row without any text is a row.
#[must_use]
pub fn from_rows(
    schema: &Schema,
    table: TableId,
    file: &str,
    rows: &[Vec<Option<String>>],
    wanted: &[bool],
    faults: &mut Vec<Diagnostic>,
) -> RawTable {
    let mut builder = TableBuilder::new(schema, table, file, wanted);
    for row in rows {
        builder.push(0, |column| {
            let text = row.get(column).and_then(Option::as_deref).unwrap_or("");
            Some(RawCell { text, sort: Sort::Exact })
        });
    }
    builder.finish(faults)
}
