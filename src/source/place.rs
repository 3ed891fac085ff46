//! Where something stands.

use std::ops::Range;
use std::sync::Arc;

/// A named text: a TOML file, a rule file, an argument.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// The name that messages use, usually the path as the user gave it.
    pub name: String,
    /// The text itself, in NFC.
    pub text: String,
    /// The offset at which each line begins.
    lines: Vec<usize>,
}

impl Source {
    /// A text under a name.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        let text = text.into();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Arc::new(Self { name: name.into(), text, lines })
    }

    /// The byte offset of a line and column, both counted from one, the column in characters.
    #[must_use]
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..).unwrap_or("");
        rest.char_indices().nth(column.saturating_sub(1)).map_or(self.text.len(), |(at, _)| start + at)
    }

    /// The line and column of a byte offset, both counted from one, the column in characters.
    #[must_use]
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}

/// A cell of a data file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPlace {
    /// The file as the user gave it.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The line that the record starts on, counted from one; 0 for rows that were built in code.
    pub line: u64,
    /// The data row, counted from one.
    pub row: u64,
    /// The position of the column in the file, counted from nought, if one cell is meant and it is known.
    pub at: Option<u32>,
    /// The header of the column, if one cell is meant.
    pub column: Option<Arc<str>>,
    /// What the cell says, if one cell is meant.
    pub cell: Option<String>,
}

/// Where something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// Nowhere in particular.
    #[default]
    Nowhere,
    /// A part of a text, in bytes.
    Text {
        /// The text.
        source: Arc<Source>,
        /// The part.
        span: Range<usize>,
    },
    /// A row or a cell of a data file. Boxed: faulty cells are rare, places are many.
    Cell(Box<CellPlace>),
    /// A file as a whole.
    File(String),
}

impl CellPlace {
    /// Where it stands in a workbook, as spreadsheets write it: `Sheet1!C14`; a row as a whole by its first cell.
    #[must_use]
    pub fn spot(&self) -> Option<String> {
        let sheet = self.sheet.as_deref()?;
        let plain = sheet.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        let sheet = if plain { sheet.to_owned() } else { format!("'{}'", sheet.replace('\'', "''")) };
        Some(format!("{sheet}!{}{}", letters(self.at.unwrap_or(0)), self.line))
    }
}

/// The letters of a column: A to Z, then AA.
fn letters(at: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl Place {
    /// A part of a text.
    #[must_use]
    pub fn text(source: &Arc<Source>, span: Range<usize>) -> Self {
        Self::Text { source: Arc::clone(source), span }
    }
}

/// `file:line:column` of a text, `file:line` of a row, the name of a file.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Nowhere => Ok(()),
            Self::Text { source, span } => {
                let (line, column) = source.line_and_column(span.start);
                write!(f, "{}:{line}:{column}", source.name)
            }
            Self::Cell(cell) if cell.sheet.is_some() => {
                write!(f, "{} {}", cell.file, cell.spot().unwrap_or_default())
            }
            Self::Cell(cell) if cell.line == 0 => write!(f, "{}, row {}", cell.file, cell.row),
            Self::Cell(cell) => write!(f, "{}:{}", cell.file, cell.line),
            Self::File(name) => f.write_str(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_workbooks_are_named_as_spreadsheets_do() {
        let place = |sheet: &str, at, line| CellPlace {
            file: "a.xlsx".into(),
            sheet: Some(sheet.into()),
            line,
            row: 1,
            at: Some(at),
            column: None,
            cell: None,
        };
        let spots = [("Sheet1", 2, 14), ("Bảng 1", 26, 3), ("It's", 701, 1), ("S", 702, 1), ("S", 16_383, 1)];
        let spots = spots.map(|(sheet, at, line)| place(sheet, at, line).spot().unwrap());
        assert_eq!(spots, ["Sheet1!C14", "'Bảng 1'!AA3", "'It''s'!ZZ1", "S!AAA1", "S!XFD1"]);
    }

    #[test]
    fn offsets_and_positions_are_inverse_on_vietnamese_text() {
        let source = Source::new("x", "tỉ lệ\nđạt = 95\n");
        for (offset, _) in source.text.char_indices() {
            let (line, column) = source.line_and_column(offset);
            assert_eq!(source.offset(line, column), offset);
        }
        assert_eq!(source.line_and_column(source.offset(2, 4)), (2, 4));
    }
}
