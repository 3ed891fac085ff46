//! CSV into typed columns.

use csv::StringRecord;

use crate::diagnostic::{Diagnostic, Entry, catalogue};
use crate::schema::{ColumnId, ColumnSchema, Schema, TableId};
use crate::source::Place;
use crate::value::{nearest, nfc};

use super::RawTable;
use super::builder::TableBuilder;
use super::records::Records;

/// Reads a file of comma-separated values in UTF-8 with a header row.
///
/// `wanted` says which columns to read, by their positions in the table's schema; the columns of key, parent, name and
/// validity are always read, and columns that the schema does not know are left alone. Faulty cells become unknown.
///
/// Returns nothing if the file cannot be used: another encoding, no header row, a column missing or there twice, a
/// quotation mark that is never closed. `faults` then says why.
#[must_use]
pub fn read_csv(
    schema: &Schema,
    table: TableId,
    file: &str,
    bytes: &[u8],
    wanted: &[bool],
    faults: &mut Vec<Diagnostic>,
) -> Option<RawTable> {
    let mut builder = TableBuilder::new(schema, table, file, wanted);
    match read_rows(&mut builder, file, bytes) {
        Ok(()) => Some(builder.finish(faults)),
        Err(mut reasons) => {
            faults.append(&mut reasons);
            None
        }
    }
}

fn read_rows(builder: &mut TableBuilder, file: &str, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
    let mut records = Records::new(file, decode(file, bytes)?);
    let Some((_, header)) = records.next()? else {
        return Err(vec![about_file(&catalogue::EMPTY_FILE, file)]);
    };
    let layout = Layout::find(file, header, builder.columns())?;
    while let Some((line, record)) = records.next()? {
        layout.push(builder, line, record);
    }
    Ok(())
}

/// The text of a file, without the byte order mark that spreadsheets put in front.
fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Diagnostic>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(fault) => Err(vec![about_file(&catalogue::NOT_UTF8, file).with("offset", fault.valid_up_to())]),
    }
}

/// Where the columns of the schema stand in the records of a file.
struct Layout {
    /// The position of each column that is read.
    positions: Vec<Option<usize>>,
    /// How many cells a record has.
    width: usize,
}

impl Layout {
    /// Finds the columns by the texts of the header row.
    fn find<'c>(
        file: &str,
        header: &StringRecord,
        columns: impl Iterator<Item = (usize, &'c ColumnSchema)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let known: Vec<_> = header.iter().map(|text| nfc(text.trim())).collect();
        let known: Vec<&str> = known.iter().map(AsRef::as_ref).collect();
        let (mut positions, mut faults) = (Vec::new(), Vec::new());
        for (at, column) in columns {
            match position(file, &known, &column.header) {
                Ok(position) => {
                    positions.resize(at, None);
                    positions.push(Some(position));
                }
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(Self { positions, width: known.len() }) } else { Err(faults) }
    }

    /// Appends a record as a row.
    fn push(&self, builder: &mut TableBuilder, line: u64, record: &StringRecord) {
        let (found, expected) = (record.len(), self.width);
        let count = |fault: Diagnostic| fault.with("found", found).with("expected", expected);
        if found < expected {
            builder.log.row(&catalogue::TOO_FEW_CELLS, builder.next_place(line), count);
        } else if found > expected {
            builder.log.row(&catalogue::TOO_MANY_CELLS, builder.next_place(line), count);
        }
        let schema = builder.schema;
        builder.push(line, |column| {
            let believed = found <= expected || schema.is_anchor(ColumnId(column));
            let position = self.positions.get(column).copied().flatten()?;
            record.get(position).filter(|_| believed)
        });
    }
}

/// The one position of a header.
fn position(file: &str, known: &[&str], header: &str) -> Result<usize, Diagnostic> {
    let mut found = known.iter().enumerate().filter(|(_, text)| **text == header).map(|(at, _)| at);
    match (found.next(), found.next()) {
        (Some(position), None) => Ok(position),
        (Some(_), Some(_)) => Err(about_file(&catalogue::REPEATED_COLUMN, file).with("header", header)),
        (None, _) => Err(about_file(&catalogue::MISSING_COLUMN, file)
            .with("header", header)
            .maybe("near", nearest(header, known.iter().copied()))
            .with("known", known.join(", "))),
    }
}

fn about_file(entry: &'static Entry, file: &str) -> Diagnostic {
    Diagnostic::new(entry).at(Place::File(file.to_owned()))
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
        let rows =
            raw.map(|raw| (0..raw.lines.len()).map(|at| format!("{} {}", raw.lines[at], row(&raw, at))).collect());
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
            (b"\xff\xfeM\0", &["not-utf8 units.csv"]),
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
