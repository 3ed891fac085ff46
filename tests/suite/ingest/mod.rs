//! Laws of reading files, held against cases that nobody thought of: any bytes give a dataset or faults, and a clean
//! table is the same table however it is written. A case that fails is made as small as it can be before it is shown.
//!
//! The same cases come each time; `PROPTEST_CASES=20000 PROPTEST_RNG_SEED=7 cargo test --test suite ingest::` looks at
//! others.

mod damaged;
mod written;

use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use thidua::campaign;
use thidua::data::{Input, RawTable, assemble, from_texts, plain, read_file};
use thidua::diagnostic::Diagnostic;
use thidua::document;
use thidua::schema::{FileWriting, Schema, TableId};
use thidua::source::Source;
use thidua::value::Day;

use self::written::{Style, Table};
use super::campaigns::told;

fn config() -> ProptestConfig {
    let given = ProptestConfig::default();
    let rng_seed = if given.rng_seed == RngSeed::Random { RngSeed::Fixed(2024) } else { given.rng_seed };
    ProptestConfig { rng_seed, failure_persistence: None, ..given }
}

/// Tables that hang on themselves and on each other, with a column of every type.
const TABLES: &str = r#"
[scales.grade]
poor = {}
good = {}
[tables.units]
file   = "units.csv"
key    = "code"
parent = "above"
name   = "name"
[tables.units.columns]
code  = { type = "text", header = "Mã" }
name  = { type = "text", header = "Tên" }
above = { type = "link", header = "Cấp trên", to = "units" }
[tables.firms]
file        = "firms.csv"
key         = "code"
parent      = "unit"
no_rows     = "none"
decimal     = ","
blanks      = ["-"]
skip        = ["Trong đó"]
provisional = "draft"
repeated    = { last_by = "day" }
valid       = { from = "day" }
[tables.firms.columns]
code   = { type = "text", header = "MST", digits = 3, pad = true }
unit   = { type = "link", header = "Đơn vị", to = "units" }
number = { type = "number", header = "Số", min = 0, max = 1000 }
share  = { type = "number", header = "Tỉ lệ", percent = "of_1", fraction = "quotient" }
day    = { type = "date", header = "Ngày", blank = "none", serial = true, months = true }
draft  = { type = "flag", header = "Tạm", yes = ["x"], blank = false }
kind   = { type = "choice", header = "Loại", values = ["good", "poor"] }
grade  = { type = "scale", header = "Hạng", scale = "grade" }
host   = { type = "link", header = "Chủ", to = "units" }
[tables.plans]
file    = "plans.csv"
key     = ["unit", "year"]
parent  = "unit"
no_rows = "none"
[tables.plans.columns]
unit = { type = "link", header = "Đơn vị", to = "units" }
year = { type = "number", header = "Năm" }
"#;

fn schema(tables: &str) -> Schema {
    let head = "id = \"ingest\"\nperiod = { from = 2024-01-01, to = 2024-12-31, clause = \"1\" }\n";
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", format!("{head}{tables}")), &mut faults);
    let campaign = campaign::read(&document, &mut faults);
    assert!(faults.is_empty(), "{faults:?}");
    campaign.unwrap().schema
}

/// Bytes that are asked for only so often: whoever goes on after the end goes on without end.
struct Counted<'b> {
    bytes: &'b [u8],
    reads: AtomicUsize,
}

impl<'b> Counted<'b> {
    fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, reads: AtomicUsize::new(0) }
    }
}

impl Input for Counted<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        Ok(Box::new(CountedBytes { left: self.bytes, of: self }))
    }
}

struct CountedBytes<'b> {
    left: &'b [u8],
    of: &'b Counted<'b>,
}

impl Read for CountedBytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        const MOST: usize = 1_000;
        assert!(self.of.reads.fetch_add(1, Ordering::Relaxed) < MOST, "the file is read without end");
        self.left.read(buffer)
    }
}

/// Reads bytes for a table and assembles what came out. There is a table or a fault, and every row is accounted for.
fn take_in(schema: &Schema, table: TableId, bytes: &[u8]) {
    let mut faults = Vec::new();
    let raw = read_file(schema, table, "file", &Counted::new(bytes), &[true; 16], 0, &mut faults);
    assert!(raw.is_some() || faults.iter().any(Diagnostic::is_error), "nothing came out, and nobody said why");
    let read = raw.as_ref().map_or(0, |raw| raw.lines.len());
    assert!(read <= bytes.len() || bytes.starts_with(b"PK"), "{read} rows of {} bytes", bytes.len());
    let dataset = assemble(schema, raw.into_iter().collect(), Day::new(2024, 12, 31).unwrap(), &mut faults);
    assert!(dataset.is_some() || faults.iter().any(Diagnostic::is_error), "evaluation stops, and nobody said why");
    let Some(dataset) = dataset else { return };
    let table = dataset.table(table);
    assert!(table.rows + table.intake.set_aside + table.intake.absent <= read);
    assert!((0..table.rows).all(|row| !table.key(row).is_empty()));
    assert!(table.columns.iter().flatten().all(|column| column.len() == table.rows));
    assert!(table.intake.faults >= table.intake.cells_in_doubt.min(1), "a cell is in doubt, and nothing is at fault");
    // What is wrong can be told in both languages, without a hole in a sentence.
    for finding in &faults {
        assert!(!finding.to_string().is_empty());
    }
}

/// Pieces of tables: what separates, what is nearly a number or a day, and letters in several forms.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![",", ";", "\t", "\n", "\r\n", "\r", "\"", "\"\"", " "]).prop_map(String::from),
        6 => prop::sample::select(vec![
            "A", "001", "12", "1.5", "1,5", "1.234", "-7", "19/20", "95%", "2024-02-30", "3/2021", "45488", "Có", "x", "good",
            "Tổng cộng", "Người lập biểu", "#N/A", "-", "Trong đó", "I", "MST", "Đơn vị", "sep=;", "e\u{302}\u{323}", "\u{200b}",
            "C«ng ®oµn", "Coâng ñoaøn", "Li?n",
        ])
        .prop_map(String::from),
        1 => any::<String>(),
    ];
    let bytes = prop_oneof![
        20 => piece.prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..4),
    ];
    prop::collection::vec(bytes, 0..80).prop_map(|pieces| pieces.concat())
}

/// What stands in front: a header that fits, a mark of an encoding, a title, nothing.
fn beginning() -> impl Strategy<Value = &'static [u8]> {
    prop::sample::select(vec![
        &b""[..],
        "Mã,Tên,Cấp trên\n".as_bytes(),
        "Mã;Tên;Cấp trên\r\n".as_bytes(),
        "MST,Đơn vị,Số,Tỉ lệ,Ngày,Tạm,Loại,Hạng,Chủ\n".as_bytes(),
        "BIỂU 1\n\nMST;Đơn vị;Số;Tỉ lệ;Ngày;Tạm;Loại;Hạng;Chủ\n".as_bytes(),
        "\u{feff}Đơn vị\tNăm\n".as_bytes(),
        &b"\xff\xfe"[..],
        &b"\xfe\xff\0M"[..],
        &b"PK\x03\x04"[..],
        &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
    ])
}

/// The rows of a raw table as texts; nothing in a cell that nobody knows.
fn texts(raw: &RawTable) -> Vec<Vec<Option<String>>> {
    raw.texts().into_iter().map(|(_, cells)| cells).collect()
}

/// Reads what should be a clean table: no finding but those that tell what was left out.
fn read_clean(style: &Style, bytes: &[u8]) -> RawTable {
    let (schema, mut faults) = (schema(&style.declared()), Vec::new());
    let raw = read_file(&schema, TableId(0), "t.csv", &Counted::new(bytes), &[true; 16], 0, &mut faults);
    assert!(faults.is_empty(), "{}", told(&faults));
    raw.unwrap()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_give_a_dataset_or_faults(beginning in beginning(), rest in pieces(), table in 0_usize..3) {
        let bytes = [beginning, &rest].concat();
        take_in(&schema(TABLES), TableId(table), &bytes);
        let _ = plain("file", &Counted::new(&bytes), &FileWriting::default(), 10_000);
    }

    #[test]
    fn a_clean_table_is_the_same_however_it_is_written(table in written::table(), style in written::style()) {
        let raw = read_clean(&style, &style.write(&table));
        prop_assert_eq!(texts(&raw), table.cells());
        prop_assert_eq!(raw.found.encoding.map(thidua::schema::Encoding::name), Some(style.encoding.name()));
        prop_assert_eq!(raw.found.header_rows, 1);
    }

    #[test]
    fn a_clean_table_is_the_same_in_a_workbook(table in written::table(), style in written::style()) {
        let raw = read_clean(&style, &style.workbook(&table));
        prop_assert_eq!(texts(&raw), table.cells());
    }

    #[test]
    fn what_was_read_can_be_written_and_read_again(table in written::table(), style in written::style()) {
        let raw = read_clean(&style, &style.write(&table));
        let (schema, mut faults) = (schema(&style.declared()), Vec::new());
        let again = from_texts(&schema, &raw, &raw.texts(), &[true; 16], &mut faults);
        prop_assert!(faults.is_empty());
        prop_assert_eq!(again.columns, raw.columns);
    }

    #[test]
    fn a_damaged_file_gives_rows_or_faults(file in damaged::file()) {
        let schema = schema(&Style::plain().declared());
        take_in(&schema, TableId(0), &file.bytes());
        let _ = plain("file", &Counted::new(&file.bytes()), &FileWriting::default(), 1_000);
    }
}

/// The table of these laws is one that has everything.
#[test]
fn the_smallest_table_is_read_as_it_is_written() {
    let table = Table::of_one("00042", "Một", "1.5", "2024-07-15", true);
    let text = String::from_utf8(Style::plain().write(&table)).unwrap();
    assert_eq!(text, "Mã đơn vị,Tên đơn vị,Đã đóng (đồng),Ngày nộp,Đã họp\n00042,Một,1.5,2024-07-15,Có\n");
    let cells = ["00042", "Một", "1.5", "2024-07-15", "true"].map(|cell| Some(cell.to_owned()));
    assert_eq!(texts(&read_clean(&Style::plain(), text.as_bytes())), [cells.to_vec()]);
}
