//! Files into typed columns.

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::{ColumnId, Schema, TableId};

use super::builder::TableBuilder;
use super::header::{self, Layout};
use super::row::Row;
use super::screen::{Kept, Screen};
use super::sniff::Look;
use super::source::Source;
use super::stretches::{self, Stretched, Threads};
use super::{Input, RawTable};

/// Reads a file of a table: a text with a header row, its cells kept apart by commas, semicolons or tabs, or a sheet of
/// a workbook.
///
/// `wanted` says which columns to read, by their positions in the table's schema; the columns of key, parent, name and
/// validity are always read, and columns that the schema does not know are left alone. Faulty cells become unknown.
/// What is not declared about the file is found in it, and told in [`RawTable::found`]. On how many threads it is read
/// (0 for all cores) changes nothing of what is found.
///
/// Returns nothing if the file cannot be used: an encoding that is not known, no header row, a column missing or there
/// twice, a quotation mark that is never closed. `faults` then says why.
#[must_use]
pub fn read_file(
    schema: &Schema,
    table: TableId,
    file: &str,
    input: &dyn Input,
    wanted: &[bool],
    threads: usize,
    faults: &mut Vec<Diagnostic>,
) -> Option<RawTable> {
    read_in(Some(Threads::all_of(threads)), schema, table, file, input, wanted, faults)
}

/// Reads a file; without threads row by row, whatever it is.
pub(super) fn read_in(
    threads: Option<Threads>,
    schema: &Schema,
    table: TableId,
    file: &str,
    input: &dyn Input,
    wanted: &[bool],
    faults: &mut Vec<Diagnostic>,
) -> Option<RawTable> {
    let read = |look| {
        let mut builder = TableBuilder::new(schema, table, file, wanted);
        read_rows(&mut builder, file, input, look, threads, || TableBuilder::new(schema, table, file, wanted))
            .map(|()| builder)
    };
    let is_other = |reason: &Diagnostic| reason.code() == catalogue::NOT_UTF8.code;
    // A file that begins as UTF-8 and does not go on so is looked through, and read once more.
    let read = match read(Look::Start) {
        Err(reasons) if reasons.iter().any(is_other) => read(Look::All),
        read => read,
    };
    match read {
        Ok(builder) => Some(builder.finish(faults)),
        Err(mut reasons) => {
            faults.append(&mut reasons);
            None
        }
    }
}

fn read_rows<'s>(
    builder: &mut TableBuilder<'s>,
    file: &str,
    input: &dyn Input,
    look: Look,
    threads: Option<Threads>,
    apart: impl Fn() -> TableBuilder<'s>,
) -> Result<(), Vec<Diagnostic>> {
    let table = builder.schema;
    let columns: Vec<_> = builder.columns().collect();
    let headers: Vec<&str> = columns.iter().map(|(_, column)| &*column.header).collect();
    let mut source = Source::open(file, input, &table.writing, &headers, look)?;
    let (layout, ahead) = header::find(&mut source, file, table, &columns)?;
    builder.log.spots = Arc::new(layout.spots(table, source.found.sheet.as_deref()));
    let mut screen = Screen::new(table, &layout);
    for row in ahead {
        take(&row, &layout, &mut screen, builder);
    }
    if let (Some(threads), Some(rest)) = (threads, source.rest()) {
        let mut table = Stretched { file, layout: &layout, screen: &mut screen, builder };
        let rest = stretches::read(input, rest, &mut table, threads, apart)?;
        source.go_on(input, rest)?;
    }
    let mut row = Row::default();
    while source.next(&mut row)? {
        take(&row, &layout, &mut screen, builder);
    }
    screen.hold_totals(builder);
    let composed = builder.found.composed;
    builder.found = source.found;
    builder.found.composed = composed;
    Ok(())
}

/// Takes a row in, or leaves it out.
pub(super) fn take(row: &Row, layout: &Layout, screen: &mut Screen, builder: &mut TableBuilder) {
    match screen.keeps(row) {
        Kept::Data => push(layout, builder, row),
        Kept::LeftOut(reason) => screen.leave_out(builder, row, reason),
    }
}

/// Appends a row of the file as a row of the table.
fn push(layout: &Layout, builder: &mut TableBuilder, row: &Row) {
    let (found, expected) = (row.record.len(), layout.width);
    let count = |fault: Diagnostic| fault.with("found", found).with("expected", expected);
    let too_many = found > layout.cells && row.record.iter().skip(layout.cells).any(|cell| !cell.trim().is_empty());
    if found < expected && row.sorts.is_empty() {
        builder.log.row(&catalogue::TOO_FEW_CELLS, builder.next_place(row.line), count);
    } else if too_many {
        builder.log.row(&catalogue::TOO_MANY_CELLS, builder.next_place(row.line), count);
    }
    if row.misquoted {
        builder.log.note(&catalogue::MISPLACED_QUOTE, builder.next_place(row.line), None, |note| note);
    }
    let schema = builder.schema;
    builder.push(row.line, |column| {
        let believed = !too_many || schema.is_anchor(ColumnId(column));
        let position = layout.positions.get(column).copied().flatten()?;
        row.cell(position).filter(|_| believed)
    });
}

#[cfg(test)]
mod tests {
    use super::super::testing::{cell, column, number, read_all, table, text, told};
    use super::*;
    use crate::diagnostic::Language;

    fn schema() -> Schema {
        Schema { tables: vec![table("units", 1, vec![column("Mã", text()), column("Tỉ lệ", number(None, None))])] }
    }

    /// The findings and the rows of a file.
    fn read(bytes: &[u8]) -> (Vec<String>, Option<Vec<String>>) {
        let mut faults = Vec::new();
        let raw = read_all(&schema(), "units", bytes, &mut faults);
        let row = |raw: &RawTable, row| {
            raw.columns.iter().flatten().map(|column| cell(column, row)).collect::<Vec<_>>().join("|")
        };
        let rows = raw.map(|raw| {
            (0..raw.lines.len()).map(|at| format!("{} {}", raw.lines.get(at).unwrap(), row(&raw, at))).collect()
        });
        (told(&faults), rows)
    }

    #[test]
    fn files_of_many_programs_say_the_same() {
        let decomposed = "Ma\u{303},Ti\u{309} lê\u{323}\nHô\u{323}i,0.5\n";
        let files = [
            "Mã,Tỉ lệ\nHội,0.5\n",
            "\u{feff}Mã,Tỉ lệ\r\nHội,0.50\r\n",
            "Mã,Tỉ lệ\nHội,0.5",
            "Mã,Tỉ lệ\rHội,0.5\r",
            "\"Mã\",\"Tỉ lệ\"\n\"Hội\",\"0.5\"\n",
            " Mã\u{a0},\tTỉ lệ \n  Hội , 0.5 \n",
            decomposed,
        ];
        for file in files {
            assert_eq!(read(file.as_bytes()), (vec![], Some(vec!["2 Hội|0.5".to_owned()])), "{file:?}");
        }
    }

    #[test]
    fn columns_are_found_by_header_and_others_left_alone() {
        let expected = (vec![], Some(vec!["2 A|1".to_owned()]));
        assert_eq!(read("STT,Tỉ lệ,,Mã,\n7,1,,A,x\n".as_bytes()), expected);
    }

    #[test]
    fn lines_are_exact() {
        let text = "\r\n\r\nMã,Tỉ lệ\r\n\r\n\"A\r\nB\",1\r\n,\r\n\r\nC,2\rD,3\n\n\nE,4";
        let expected = ["5 A\r\nB|1", "9 C|2", "10 D|3", "13 E|4"].map(str::to_owned).to_vec();
        assert_eq!(read(text.as_bytes()), (vec![], Some(expected)));
    }

    #[test]
    fn a_file_that_cannot_be_used_says_why() {
        let cases: [(&[u8], &[&str]); 9] = [
            (b"", &["empty-file units.csv"]),
            (b"\n , \n\n", &["empty-file units.csv"]),
            (b"\xef\xbb\xbf", &["empty-file units.csv"]),
            (b"M\xc3\xa3,\xff\n", &["not-utf8 units.csv"]),
            (b"\xff\xfeM\0", &["missing-column units.csv", "missing-column units.csv"]),
            ("Mã,Tỷ lệ\n".as_bytes(), &["missing-column units.csv"]),
            (b"a,b\n", &["missing-column units.csv", "missing-column units.csv"]),
            ("Mã,Tỉ lệ,Mã \n".as_bytes(), &["repeated-column units.csv"]),
            ("Mã,Tỉ lệ\nA,1\n\"B,2\nC,3\n".as_bytes(), &["unclosed-quote units.csv:3"]),
        ];
        for (bytes, expected) in cases {
            let expected = expected.iter().map(ToString::to_string).collect();
            assert_eq!(read(bytes), (expected, None), "{bytes:?}");
        }
        for header_only in ["\"Mã,Tỉ lệ\nA,1\n", "\u{feff}\"Mã,Tỉ lệ\nA,1\n"] {
            assert_eq!(read(header_only.as_bytes()).0, ["unclosed-quote units.csv:1"]);
        }
    }

    #[test]
    fn a_missing_column_is_looked_for_among_those_there() {
        let mut faults = Vec::new();
        let raw = read_all(&schema(), "units", "Mã,Tỷ lệ\n".as_bytes(), &mut faults);
        let help: Vec<_> = faults.iter().map(|fault| fault.help(Language::En)).collect();
        assert!(raw.is_none());
        assert_eq!(help, [["did you mean `Tỷ lệ`?", "its columns are Mã, Tỷ lệ"]]);
    }
}
