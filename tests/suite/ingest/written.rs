//! A clean table, and the ways in which the programs of offices write it.

use encoding_rs::WINDOWS_1258;
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use unicode_normalization::UnicodeNormalization;

use thidua::schema::Encoding;
use thidua::value::{Day, Number};

const HEADERS: [&str; 5] = ["Mã đơn vị", "Tên đơn vị", "Đã đóng (đồng)", "Ngày nộp", "Đã họp"];

/// A row: what its cells mean.
#[derive(Clone, Debug)]
struct Row {
    code: String,
    name: Option<String>,
    number: Option<(i64, u32)>,
    day: Option<Day>,
    held: bool,
}

#[derive(Clone, Debug)]
pub struct Table(Vec<Row>);

impl Table {
    pub fn of_one(code: &str, name: &str, number: &str, day: &str, held: bool) -> Self {
        let (mantissa, scale) = Number::parse_scaled(number).unwrap();
        let number = Some((i64::try_from(mantissa).unwrap(), scale));
        let (code, name, day) = (code.to_owned(), Some(name.to_owned()), Day::parse(day));
        Self(vec![Row { code, name, number, day, held }])
    }

    /// What comes out: the cells as the engine writes them.
    pub fn cells(&self) -> Vec<Vec<Option<String>>> {
        let row = |row: &Row| {
            let number = row.number.map(|(mantissa, scale)| Number::parse(&decimal(mantissa, scale)).unwrap());
            let cells = [
                row.code.clone(),
                row.name.clone().unwrap_or_default(),
                number.map(|number| number.to_string()).unwrap_or_default(),
                row.day.map(|day| day.to_string()).unwrap_or_default(),
                row.held.to_string(),
            ];
            cells.map(Some).to_vec()
        };
        self.0.iter().map(row).collect()
    }
}

/// `-123.45`
fn decimal(mantissa: i64, scale: u32) -> String {
    let (sign, digits) = (if mantissa < 0 { "-" } else { "" }, mantissa.unsigned_abs().to_string());
    let scale = scale as usize;
    let digits = format!("{digits:0>width$}", width = scale + 1);
    let (whole, part) = digits.split_at(digits.len() - scale);
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

pub fn table() -> impl Strategy<Value = Table> {
    let words = prop::sample::select(vec![
        "Liên",
        "đoàn",
        "Lao",
        "động",
        "huyện",
        "Bảo",
        "Thắng",
        "Đất",
        "Việt",
        "Thuỷ",
        "quyền",
        "ngữ",
        "A&B",
        "(khối II)",
        "100%",
        "x;y",
        "a, b",
        "\"Sao\"",
        "hai\ndòng",
        "=1+1",
        "ô\tô",
        "'",
        "1.234",
        "<b>",
        "…",
    ]);
    let name = prop::collection::vec(words, 1..5).prop_map(|words| words.join(" "));
    let day = (-25_567_i32..73_000).prop_map(Day::from_days);
    let number = (-999_999_999_999_i64..=999_999_999_999, 0_u32..5);
    let cells = (prop::option::of(name), prop::option::of(number), prop::option::of(day), any::<bool>());
    prop::collection::btree_map(0_u32..100_000, cells, 1..12).prop_map(|rows| {
        let row = |(code, (name, number, day, held))| Row { code: format!("{code:05}"), name, number, day, held };
        Table(rows.into_iter().map(row).collect())
    })
}

/// How a program writes a table.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit that some program has")]
pub struct Style {
    pub encoding: Encoding,
    delimiter: char,
    sep_line: bool,
    mark: bool,
    quote_all: bool,
    crlf: bool,
    decomposed: bool,
    decimal: Option<char>,
    grouped: bool,
    days: char,
    flags: [&'static str; 2],
    titles: usize,
    blank_rows: usize,
    empty_columns: usize,
    empty_rows: usize,
    order: Vec<usize>,
}

impl Style {
    /// As the engine itself would.
    pub fn plain() -> Self {
        Self {
            encoding: Encoding::Utf8,
            delimiter: ',',
            sep_line: false,
            mark: false,
            quote_all: false,
            crlf: false,
            decomposed: false,
            decimal: None,
            grouped: false,
            days: '-',
            flags: ["Có", "Không"],
            titles: 0,
            blank_rows: 0,
            empty_columns: 0,
            empty_rows: 0,
            order: (0..HEADERS.len()).collect(),
        }
    }

    /// What a campaign must declare of it: only what a file cannot show.
    pub fn declared(&self) -> String {
        let decimal = self.decimal.map(|mark| format!("decimal = \"{mark}\"\n")).unwrap_or_default();
        format!(
            "[tables.t]\nfile = \"t.csv\"\nkey = \"code\"\n{decimal}[tables.t.columns]\n\
             code = {{ type = \"text\", header = \"Mã đơn vị\", digits = 5 }}\n\
             name = {{ type = \"text\", header = \"Tên đơn vị\", blank = \"none\" }}\n\
             paid = {{ type = \"number\", header = \"Đã đóng (đồng)\", blank = \"none\" }}\n\
             on = {{ type = \"date\", header = \"Ngày nộp\", blank = \"none\" }}\n\
             held = {{ type = \"flag\", header = \"Đã họp\", yes = [\"x\"], no = [\"o\"] }}\n"
        )
    }

    pub fn write(&self, table: &Table) -> Vec<u8> {
        let width = HEADERS.len() + self.empty_columns;
        let blank = || vec![String::new(); width];
        let mut rows: Vec<Vec<String>> = self.titles().map(|title| vec![title.to_owned()]).collect();
        rows.extend((0..self.blank_rows).map(|_| blank()));
        rows.push(self.in_order(&HEADERS.map(str::to_owned)));
        rows.extend(table.0.iter().map(|row| self.in_order(&self.cells(row))));
        rows.extend((0..self.empty_rows).map(|_| blank()));
        let end = if self.crlf { "\r\n" } else { "\n" };
        let line = |row: &Vec<String>| {
            let cells: Vec<String> = row.iter().map(|cell| self.quoted(cell)).collect();
            cells.join(&self.delimiter.to_string()) + end
        };
        let mut text = if self.sep_line { format!("sep={}{end}", self.delimiter) } else { String::new() };
        text.extend(rows.iter().map(line));
        self.encoded(&text)
    }

    fn titles(&self) -> impl Iterator<Item = &'static str> {
        ["LIÊN ĐOÀN LAO ĐỘNG TỈNH", "Biểu 1: kết quả đến ngày 31/12, đơn vị tính: đồng"].into_iter().take(self.titles)
    }

    /// The cells in the order of this file, and the empty ones behind them.
    fn in_order(&self, cells: &[String; 5]) -> Vec<String> {
        let empty = (0..self.empty_columns).map(|_| String::new());
        self.order.iter().map(|at| cells[*at].clone()).chain(empty).collect()
    }

    fn cells(&self, row: &Row) -> [String; 5] {
        [
            row.code.clone(),
            row.name.clone().unwrap_or_default(),
            row.number.map(|(mantissa, scale)| self.number(mantissa, scale)).unwrap_or_default(),
            row.day.map(|day| self.day(day)).unwrap_or_default(),
            self.flags[usize::from(!row.held)].to_owned(),
        ]
    }

    fn number(&self, mantissa: i64, scale: u32) -> String {
        let plain = decimal(mantissa, scale);
        let Some(mark) = self.decimal else {
            // Three decimals may be thousands: nobody may read that without being told.
            return if scale == 3 { plain + "0" } else { plain };
        };
        let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
        let group = if mark == ',' { '.' } else { ',' };
        let whole = if self.grouped { grouped(whole, group) } else { whole.to_owned() };
        if part.is_empty() { whole } else { format!("{whole}{mark}{part}") }
    }

    fn day(&self, day: Day) -> String {
        let iso = day.to_string();
        let parts: Vec<&str> = iso.split('-').collect();
        match self.days {
            '/' => format!("{}/{}/{}", parts[2].trim_start_matches('0'), parts[1].trim_start_matches('0'), parts[0]),
            '.' => format!("{}.{}.{}", parts[2], parts[1], parts[0]),
            _ => iso,
        }
    }

    fn quoted(&self, cell: &str) -> String {
        let special = |letter: char| letter == self.delimiter || matches!(letter, '"' | '\n' | '\r');
        if self.quote_all || cell.contains(special) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    }

    fn encoded(&self, text: &str) -> Vec<u8> {
        let composed: String = text.nfc().collect();
        let text: String = if self.decomposed { text.nfd().collect() } else { text.to_owned() };
        let units = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
        };
        match self.encoding {
            Encoding::Utf8 if self.mark => format!("\u{feff}{text}").into(),
            Encoding::Utf8 => text.into(),
            Encoding::Utf16Le => units(&text, u16::to_le_bytes),
            Encoding::Utf16Be => units(&text, u16::to_be_bytes),
            Encoding::Windows1258 => composed.chars().flat_map(windows_1258).collect(),
        }
    }

    /// The same in a workbook: numbers and days as such, the title over merged cells.
    pub fn workbook(&self, table: &Table) -> Vec<u8> {
        let (mut book, bold) = (Workbook::new(), Format::new().set_bold());
        let day_format = Format::new().set_num_format("dd/mm/yyyy");
        let sheet = book.add_worksheet();
        let mut line = 0;
        for title in self.titles() {
            sheet.merge_range(line, 0, line, 4, title, &bold).unwrap();
            line += 1;
        }
        line += u32::try_from(self.blank_rows).unwrap();
        let column = |at: usize| u16::try_from(self.order.iter().position(|here| *here == at).unwrap()).unwrap();
        for (at, header) in HEADERS.iter().enumerate() {
            sheet.write_string(line, column(at), *header).unwrap();
        }
        for row in &table.0 {
            line += 1;
            sheet.write_string(line, column(0), &row.code).unwrap();
            if let Some(name) = &row.name {
                sheet.write_string(line, column(1), name).unwrap();
            }
            if let Some((mantissa, scale)) = row.number {
                sheet.write_number(line, column(2), decimal(mantissa, scale).parse::<f64>().unwrap()).unwrap();
            }
            if let Some(day) = row.day {
                let text = day.to_string();
                // Excel has no days before 1900, and none in January and February of that year that others agree on.
                let written = match ExcelDateTime::parse_from_str(&text).ok().filter(|_| text.as_str() >= "1900-03-01")
                {
                    Some(day) => sheet.write_datetime_with_format(line, column(3), &day, &day_format),
                    None => sheet.write_string(line, column(3), text),
                };
                written.unwrap();
            }
            sheet.write_boolean(line, column(4), row.held).unwrap();
        }
        book.save_to_buffer().unwrap()
    }
}

fn grouped(whole: &str, group: char) -> String {
    let (sign, digits) = whole.split_at(usize::from(whole.starts_with('-')));
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    format!("{sign}{text}")
}

/// A letter in Windows-1258: composed where the code page has it, else the letter and its tone.
fn windows_1258(letter: char) -> Vec<u8> {
    let encoded = |letter: char| {
        let text = letter.to_string();
        let (bytes, _, lost) = WINDOWS_1258.encode(&text);
        (!lost).then(|| bytes.into_owned())
    };
    encoded(letter).unwrap_or_else(|| {
        let is_tone = |mark: &char| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*mark);
        let (tones, base): (String, String) = letter.nfd().partition(is_tone);
        let base = base.nfc().next().unwrap();
        [base, tones.chars().next().unwrap()].into_iter().flat_map(|part| encoded(part).unwrap()).collect()
    })
}

pub fn style() -> impl Strategy<Value = Style> {
    let encodings = vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1258];
    let bytes = (prop::sample::select(encodings), any::<bool>(), any::<bool>(), any::<bool>());
    let cells = (prop::sample::select(vec![',', ';', '\t']), any::<bool>(), any::<bool>());
    let decimal = prop::sample::select(vec![None, Some(','), Some('.')]);
    let days = prop::sample::select(vec!['-', '/', '.']);
    let flags = prop::sample::select(vec![["Có", "Không"], ["x", "o"], ["TRUE", "FALSE"], ["1", "0"]]);
    let around = (0_usize..3, 0_usize..3, 0_usize..4, 0_usize..3);
    let order = Just((0..HEADERS.len()).collect::<Vec<_>>()).prop_shuffle();
    (bytes, cells, decimal, any::<bool>(), days, flags, around, order).prop_map(
        |(bytes, cells, decimal, grouped, days, flags, around, order)| {
            let (encoding, mark, crlf, decomposed) = bytes;
            let (delimiter, sep_line, quote_all) = cells;
            let (titles, blank_rows, empty_columns, empty_rows) = around;
            Style {
                encoding,
                delimiter,
                sep_line,
                mark,
                quote_all,
                crlf,
                decomposed,
                decimal,
                grouped,
                days,
                flags,
                titles,
                blank_rows,
                empty_columns,
                empty_rows,
                order,
            }
        },
    )
}
