//! Files as offices have them, made by `tests/fixtures/office/make.py`: what comes out of each stands in
//! `expected/`, and how it is declared in `tables/`, where more is declared than columns.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use thidua::campaign;
use thidua::data::{Column, Found, RawTable, Values, read_file};
use thidua::diagnostic::{Diagnostic, Language};
use thidua::document;
use thidua::report::diagnostics::{Style, diagnostics};
use thidua::schema::{Encoding, Schema};
use thidua::source::Source;

const OFFICE: &str = "tests/fixtures/office";

/// The columns that most of the files have.
const COLUMNS: &str = r#"
[tables.t.columns]
code    = { type = "text", header = "Mã đơn vị" }
name    = { type = "text", header = "Tên đơn vị" }
workers = { type = "number", header = "Số lao động" }
day     = { type = "date", header = "Ngày báo cáo" }
met     = { type = "flag", header = "Đạt" }
"#;

fn schema(declared: &str) -> Schema {
    let (of_table, columns) = match declared.split_once("[tables.t.columns]") {
        Some((before, after)) => (before, format!("[tables.t.columns]{after}")),
        None => (declared, COLUMNS.to_owned()),
    };
    let text = format!(
        "id = \"office\"\nperiod = {{ from = 2024-01-01, to = 2024-12-31, clause = \"1\" }}\n[tables.t]\nfile = \"t\"\n\
         key = \"code\"\n{of_table}\n{columns}"
    );
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", text), &mut faults);
    let campaign = campaign::read(&document, &mut faults);
    assert!(faults.is_empty(), "{declared}: {faults:?}");
    campaign.unwrap().schema
}

/// What comes out of a file: how it was read, its rows, and what was told.
fn outcome(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let declared = fs::read_to_string(format!("{OFFICE}/tables/{stem}.toml")).unwrap_or_default();
    let schema = schema(&declared);
    let bytes = fs::read(path).unwrap();
    let mut faults = Vec::new();
    let raw = read_file(&schema, schema.find("t").unwrap(), name, &bytes, &[true; 16], &mut faults);
    let mut text = String::new();
    if let Some(raw) = raw {
        text += &found(&raw.found);
        for row in 0..raw.lines.len() {
            writeln!(text, "{:>3} {}", raw.lines[row], cells(&raw, row)).unwrap();
        }
    }
    text += &told(&faults);
    text
}

fn told(faults: &[Diagnostic]) -> String {
    diagnostics(faults, Style { language: Language::En, colour: false })
}

fn found(found: &Found) -> String {
    let Found { encoding, delimiter, sheet, header_line, header_rows, renamed, extra, composed, padded } = found;
    let mut parts = Vec::new();
    parts.extend(encoding.map(|encoding: Encoding| encoding.name().to_owned()));
    parts.extend(delimiter.map(|delimiter| format!("{delimiter:?}")));
    parts.extend(sheet.iter().map(|sheet| format!("sheet {sheet}")));
    parts.push(format!("header {header_line}+{header_rows}"));
    parts.extend(composed.then(|| "composed".to_owned()));
    parts.extend(renamed.iter().map(|[here, declared]| format!("{here} = {declared}")));
    parts.extend(extra.iter().map(|extra| format!("extra {extra}")));
    parts.extend(padded.iter().map(|(header, count)| format!("padded {header} {count}")));
    parts.join(", ") + "\n"
}

fn cells(raw: &RawTable, row: usize) -> String {
    let cells: Vec<String> = raw.columns.iter().flatten().map(|column| cell(column, row)).collect();
    cells.join(" | ")
}

fn cell(column: &Column, row: usize) -> String {
    if let Some((first, last)) = column.days_between(row) {
        return format!("{first}…{last}");
    }
    match (&column.values, column.unknown.get(row), column.none.get(row)) {
        (_, true, _) => "?".to_owned(),
        (_, _, true) => "–".to_owned(),
        (Values::Flags(flags), ..) => flags.get(row).to_string(),
        (Values::Numbers(numbers), ..) => numbers.get(row).unwrap().to_string(),
        (Values::Days(_), ..) => column.day(row).unwrap().to_string(),
        _ => column.text(row).unwrap_or_default().to_owned(),
    }
}

fn files() -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(format!("{OFFICE}/files")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Set `THIDUA_ACCEPT` to write what comes out today, then read what changed.
#[test]
#[expect(clippy::disallowed_methods, reason = "expectations are accepted by hand")]
fn every_file_is_read_as_it_should_be() {
    let accept = std::env::var_os("THIDUA_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for path in files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let expected = format!("{OFFICE}/expected/{name}.txt");
        let outcome = outcome(&path);
        if accept {
            fs::create_dir_all(format!("{OFFICE}/expected")).unwrap();
            fs::write(expected, outcome).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != outcome {
            wrong.push(format!("{name} comes out otherwise:\n{outcome}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(files().len() >= 40);
    assert_eq!(
        fs::read_dir(format!("{OFFICE}/expected")).unwrap().count(),
        files().len(),
        "expected of a file that is gone"
    );
}

/// What several programs saved of the same table comes out as the same rows.
#[test]
fn the_same_table_is_the_same_rows_in_every_format() {
    let rows = |name: &str| {
        let text = outcome(Path::new(&format!("{OFFICE}/files/{name}")));
        let rows = text.lines().filter(|line| line.trim_start().starts_with(|c: char| c.is_ascii_digit()));
        rows.map(|row| row.trim_start().split_once(' ').unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let clean = rows("utf8-comma.csv");
    assert_eq!(clean.len(), 3);
    let others = [
        "utf8-bom-crlf.csv",
        "utf8-tab.csv",
        "utf16.csv",
        "windows-1258.csv",
        "utf8-bom-crlf.csv",
        "utf16le-bom.csv",
        "utf16be-bom.csv",
        "decomposed.csv",
        "sep-line.csv",
        "trailing-empties.csv",
        "decimal-comma.csv",
        "units.xlsx",
        "units.ods",
        "title-rows.xlsx",
        "title-rows.ods",
        "sheets.xlsx",
    ];
    for other in others {
        assert_eq!(rows(other), clean, "{other}");
    }
}
