//! How files and cells are written, as far as somebody declared it.

use super::ColumnId;

/// How bytes become letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    Utf8,
    /// UTF-16, the lower byte first, as Excel writes "Unicode text".
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// The Windows code page of Vietnam: letters with their tone marks beside them.
    Windows1258,
}

impl Encoding {
    /// All of them, for messages.
    pub const NAMES: [&'static str; 4] = ["utf-8", "utf-16", "utf-16be", "windows-1258"];

    /// The encoding that a campaign names.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "utf-8" => Self::Utf8,
            "utf-16" | "utf-16le" => Self::Utf16Le,
            "utf-16be" => Self::Utf16Be,
            "windows-1258" => Self::Windows1258,
            _ => return None,
        })
    }

    /// Its name in a campaign and in an outcome.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16",
            Self::Utf16Be => "utf-16be",
            Self::Windows1258 => "windows-1258",
        }
    }
}

/// The mark between the whole part of a number and its decimals; the other one may group thousands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

/// What a number in a column of percentages says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Percent {
    /// 95 is 95 %.
    OfHundred,
    /// 0.95 is 95 %.
    OfOne,
}

/// What a cell such as `19/20` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fraction {
    /// The first number divided by the second.
    Quotient,
    /// The first number; the second says of how much.
    Numerator,
}

/// Which row of those with one key counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeated {
    /// None for certain: cells that differ are unknown.
    #[default]
    Unknown,
    /// No key may be repeated: evaluation stops.
    Refuse,
    /// The row with the latest day in this column.
    LastBy(ColumnId),
}

/// The sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// By its name.
    Name(String),
    /// By its position, counted from one.
    Position(usize),
}

/// How a file is written, as far as it is declared; what is not is found in the file and told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileWriting {
    /// How its bytes become letters.
    pub encoding: Option<Encoding>,
    /// What stands between its cells.
    pub delimiter: Option<u8>,
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// The line of the header row, counted from one.
    pub header_line: Option<u64>,
    /// How many rows the header has, if it is declared.
    pub header_rows: Option<usize>,
    /// Beginnings of rows that are no data.
    pub skip: Vec<String>,
    /// Cells that say no more than a blank one.
    pub blanks: Vec<String>,
    /// Which row of those with one key counts.
    pub repeated: Repeated,
    /// The flag that says that the figures of a row are provisional.
    pub provisional: Option<ColumnId>,
}

/// How the cells of a column are written, as far as it is declared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellWriting {
    /// Other texts that may stand in the header row.
    pub aliases: Vec<String>,
    /// The decimal mark of numbers.
    pub decimal: Option<DecimalMark>,
    /// What a number says, in a column of percentages.
    pub percent: Option<Percent>,
    /// What `19/20` says, where it may be written.
    pub fraction: Option<Fraction>,
    /// Whether a whole number may be a day, counted as spreadsheets do.
    pub serial: bool,
    /// Whether a month may stand for one of its days.
    pub months: bool,
    /// Whether zeros that a spreadsheet dropped are put back in front.
    pub pad: bool,
    /// More words for yes.
    pub yes: Vec<String>,
    /// More words for no.
    pub no: Vec<String>,
}
