//! How the cells of a text are kept apart.

use csv::ReaderBuilder;

use crate::value::fold;

/// How a text keeps its cells apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// What stands between two cells.
    pub delimiter: u8,
    /// How many bytes in front only say that.
    pub skip: usize,
}

/// What may stand between cells; the first is preferred.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So many rows are looked at.
const ROWS: usize = 40;

impl Dialect {
    /// The dialect of a text whose beginning is known: what is declared, else what its line `sep=` says, else that under
    /// which most of the expected headers are found, else that which makes the most cells.
    pub fn find(sample: &str, declared: Option<u8>, headers: &[&str]) -> Self {
        let (said, skip) = sep_line(sample);
        let text = sample.get(skip..).unwrap_or_default();
        let delimiter = declared.or(said).unwrap_or_else(|| best(text, headers));
        Self { delimiter, skip }
    }
}

/// What a line `sep=;` says, and its length. Excel writes and reads it, and shows it to nobody.
fn sep_line(sample: &str) -> (Option<u8>, usize) {
    let Some(line) = sample.split_inclusive('\n').next() else { return (None, 0) };
    let said = line.trim_end_matches(['\r', '\n', ',', ';', '\t']);
    let bare = line.trim_end_matches(['\r', '\n']);
    let quoted = bare.trim_matches('"');
    match quoted.as_bytes() {
        [s, e, p, b'=', delimiter] if [s, e, p].map(u8::to_ascii_lowercase) == [b's', b'e', b'p'] => {
            (DELIMITERS.contains(delimiter).then_some(*delimiter), line.len())
        }
        _ if said.eq_ignore_ascii_case("sep=") && bare.len() > said.len() => {
            (bare.as_bytes().get(said.len()).copied(), line.len())
        }
        _ => (None, 0),
    }
}

fn best(text: &str, headers: &[&str]) -> u8 {
    let headers: Vec<String> = headers.iter().map(|header| fold(header)).collect();
    let (mut most, mut best) = ((0, 0), b',');
    for delimiter in DELIMITERS {
        let score = score(text, delimiter, &headers, most.0);
        if score > most {
            (most, best) = (score, delimiter);
        }
    }
    best
}

/// How many of the headers one row has, and into how many cells the rows are cut. Folding is slow, so no row is looked
/// at that cannot have more of them than were found so far, here or, as `elsewhere` says, under another delimiter.
fn score(text: &str, delimiter: u8, headers: &[String], elsewhere: usize) -> (usize, usize) {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let (mut found, mut cells) = (0, 0);
    for record in reader.records().take(ROWS).map_while(Result::ok) {
        cells += record.len() - 1;
        if record.len() <= found || record.len() < elsewhere || found == headers.len() {
            continue;
        }
        let here = record.iter().filter(|cell| !cell.trim().is_empty() && headers.contains(&fold(cell))).count();
        found = found.max(here);
    }
    (found, cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialect_is_what_the_file_says_or_shows() {
        let cases: [(&str, &[&str], u8, usize); 10] = [
            ("Mã,Tên\nA,B;C\n", &["Mã", "Tên"], b',', 0),
            ("Mã;Tên\nA;1,5\nB;2,5\n", &["Mã", "Tên"], b';', 0),
            ("Mã\tTên\nA\t1,5\n", &["Mã", "Tên"], b'\t', 0),
            ("sep=;\r\nMã;Tên\r\n", &["Mã", "Tên"], b';', 7),
            ("\"sep=;\"\nMã;Tên\n", &["Mã", "Tên"], b';', 8),
            ("sep=,,,\nMã,Tên\n", &["Mã", "Tên"], b',', 8),
            ("Bảng 1, kèm theo, công văn, số 5\n\nMã;Tên\nA;B\n", &["Mã", "Tên"], b';', 0),
            ("\"Mã, đơn vị\";Tên\nA;B\n", &["Mã, đơn vị", "Tên"], b';', 0),
            ("a;b;c\n1;2;3\n", &[], b';', 0),
            ("only\n1\n", &[], b',', 0),
        ];
        for (text, headers, delimiter, skip) in cases {
            assert_eq!(Dialect::find(text, None, headers), Dialect { delimiter, skip }, "{text:?}");
        }
        assert_eq!(Dialect::find("Mã;Tên\n", Some(b','), &["Mã", "Tên"]).delimiter, b',');
    }
}
