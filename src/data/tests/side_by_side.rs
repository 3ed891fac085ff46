//! A file says the same whether it is read row by row, or in stretches, on however many threads.

use std::fmt::{Debug, Display, Write};
use std::fs;
use std::path::{Path, PathBuf};

use crate::data::RawTable;
use crate::data::file::read_in;
use crate::data::stretches::Threads;
use crate::data::testing::{FIRMS, column, number, schema, table, text};
use crate::schema::{FileWriting, Schema, TableId};

/// Knuth's linear congruential generator: the same inputs everywhere.
struct Lcg(u64);

impl Lcg {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

fn read(schema: &Schema, id: TableId, bytes: &[u8], threads: Option<Threads>) -> (String, Option<RawTable>) {
    let mut faults = Vec::new();
    let raw = read_in(threads, schema, id, "a.csv", &bytes, &[true; 32], &mut faults);
    (faults.iter().map(|fault| format!("{fault:?}")).collect::<Vec<_>>().join("\n"), raw)
}

fn same<T: PartialEq + Debug>(one: &T, other: &T, what: &str) {
    assert!(one == other, "{what}: {one:?} is not {other:?}");
}

fn says_the_same(schema: &Schema, id: TableId, bytes: &[u8], what: &dyn Display) {
    let (told, plain) = read(schema, id, bytes, None);
    for (count, stretch) in [(1, 1), (1, 64), (2, 48), (3, 200), (1, 1 << 20)] {
        let what = format!("{what} on {count} threads, {stretch} bytes at a time");
        let (told_here, here) = read(schema, id, bytes, Some(Threads { count, stretch }));
        assert_eq!(told_here, told, "{what}");
        assert_eq!(here.is_some(), plain.is_some(), "{what}");
        let Some((one, other)) = here.as_ref().zip(plain.as_ref()) else { continue };
        for (one, other) in one.columns.iter().zip(&other.columns) {
            same(one, other, &what);
        }
        same(&one.lines, &other.lines, &what);
        same(&one.keyless, &other.keyless, &what);
        let counts = |raw: &RawTable| (raw.faults, raw.cells_in_doubt, raw.left_out);
        same(&counts(one), &counts(other), &what);
        same(&one.doubtful, &other.doubtful, &what);
        same(&one.found, &other.found, &what);
    }
}

/// A file of firms of which most rows are ordinary.
fn firms(random: &mut Lcg) -> Vec<u8> {
    let mut one_of = |pieces: &[&'static str]| pieces[random.below(pieces.len())];
    let mut file = FIRMS.as_bytes().to_vec();
    let line_break = one_of(&["\n", "\n", "\r\n"]);
    for row in 0..40 {
        if one_of(&["", "", "", "", "", "", "", "", "odd"]) == "odd" {
            let odd = [
                "\n",
                ",,,,,,\n",
                "Tổng cộng,,25,,,,\n",
                "I,Khối sản xuất\n",
                "Người lập biểu\n",
                "001\n",
                "\r",
                "\"",
                "5\"",
                "001,A,1,,1,,B,,,x\n",
                "002,A,1,,1,,B,,\n",
                "\"003\"x,A,1,,1,,B\n",
                " \n",
                "003,A,1,,\"1\rx\",,B\n",
            ];
            file.extend_from_slice(one_of(&odd).as_bytes());
            continue;
        }
        let cells = [
            one_of(&["001", "002", "010", "999", "\"017\"", "12", "1x1", "é01", "total"]),
            one_of(&["A", "B", "C", "A", "B", "\"A\"", " B ", "a?b", "#N/A", "Hô\u{323}i", "Hội", "A\u{200b}"]),
            one_of(&["25", "7", "0", "1000", "1001", "-1", "2.5", "0.25", "1.234", "x", "", "\"1,5\"", "12.50"]),
            one_of(&["2024-01-05", "2024-01-05", "5/1/2024", "13/25/2024", "", "2024-02-30", "45000", "01/15/2024"]),
            one_of(&["Có", "Không", "1", "true", "có", "CÓ", "?", ""]),
            one_of(&["<good>", "<poor>", "good", "<god>", "", "\"<good>\"", "\"\"\"good\"\"\""]),
            one_of(&["A", "B", "", "\"A\nB\"", "\"A\r\nB\"", "\"say \"\"A\"\"\"", "D"]),
        ];
        file.extend_from_slice(format!("{row:03},{}", cells[1..].join(",")).as_bytes());
        if one_of(&["", "", "", "", "", "again"]) == "again" {
            file.extend_from_slice(format!("{line_break}{}", cells.join(",")).as_bytes());
        }
        file.extend_from_slice(line_break.as_bytes());
    }
    if one_of(&["", "", "", "bad"]) == "bad" {
        file.extend_from_slice(b"011,A,1,,1,,\xff\n012,A,1,,1,,B\n");
    }
    file
}

#[test]
fn random_files_say_the_same() {
    let mut random = Lcg(7);
    let schema = schema();
    let firms_table = schema.find("firms").unwrap();
    for number in 0..300 {
        says_the_same(&schema, firms_table, &firms(&mut random), &format!("file {number}"));
    }
}

#[test]
fn what_is_told_too_often_is_told_as_often() {
    let schema = schema();
    let mut file = FIRMS.to_owned();
    for row in 0..1_300 {
        let workers = if row % 3 == 0 { "25" } else { "many" };
        writeln!(file, "{:03},A,{workers},,1,<good>,A", row % 1000).unwrap();
    }
    says_the_same(&schema, schema.find("firms").unwrap(), file.as_bytes(), &"a file full of faults");
}

#[test]
fn columns_of_many_texts_say_the_same() {
    let columns = vec![column("Code", text()), column("Name", text()), column("Count", number(None, None))];
    let schema = Schema { tables: vec![table("t", 1, columns)] };
    let mut file = "Code,Name,Count\n".to_owned();
    for row in 0..40_000 {
        let count = if row == 30_000 { "99999999999999999999" } else { "1.5" };
        writeln!(file, "c{row},name {},{count}", row % 20_000).unwrap();
    }
    let (told, plain) = read(&schema, TableId(0), file.as_bytes(), None);
    for (count, stretch) in [(1, 1 << 14), (3, 1 << 12)] {
        let (told_here, here) = read(&schema, TableId(0), file.as_bytes(), Some(Threads { count, stretch }));
        assert_eq!(told_here, told);
        assert!(here.map(|raw| raw.columns) == plain.as_ref().map(|raw| raw.columns.clone()));
    }
}

/// The texts of offices and the shipped data, with all their columns as texts, and as numbers.
#[test]
fn files_of_offices_say_the_same() {
    let mut files = Vec::new();
    for folder in ["tests/fixtures/office/files", "datasets"] {
        texts_in(Path::new(folder), &mut files);
    }
    assert!(files.len() > 40, "{files:?}");
    for file in files {
        let mut bytes = fs::read(&file).unwrap();
        // The shipped data are more of the same.
        bytes.truncate(16 << 10);
        let start = String::from_utf8_lossy(&bytes).lines().next().unwrap_or_default().replace('\u{feff}', "");
        let delimiter = if start.contains(';') { ';' } else { ',' };
        let headers: Vec<&str> = start.split(delimiter).map(|header| header.trim_matches('"')).take(32).collect();
        for kind in [text(), number(None, None)] {
            let kind_of = |at: usize| if at == 0 { text() } else { kind.clone() };
            let columns = headers.iter().enumerate().map(|(at, header)| column(header, kind_of(at))).collect();
            let mut table = table("t", 1, columns);
            table.writing = FileWriting { blanks: vec!["x".to_owned(), "0".to_owned()], ..table.writing };
            says_the_same(&Schema { tables: vec![table] }, TableId(0), &bytes, &file.display());
        }
    }
}

fn texts_in(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts_in(&path, files);
        } else if path
            .extension()
            .is_some_and(|extension| ["csv", "txt", "tsv"].iter().any(|known| extension == *known))
        {
            files.push(path);
        }
    }
}
