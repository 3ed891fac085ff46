//! A row as it stands in a file.

use csv::StringRecord;

/// What a cell is, as far as its file says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    /// A text: what it means depends on the column.
    #[default]
    Plain,
    /// A number, a day or yes or no, written as the engine itself writes it.
    Exact,
    /// A formula whose value was not stored.
    NoValue,
}

/// A cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct RawCell<'r> {
    /// What stands there.
    pub text: &'r str,
    /// What it is.
    pub sort: Sort,
}

/// A row: its line, its cells, and, in a workbook, what they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The line that it starts on, counted from one.
    pub line: u64,
    /// The cells.
    pub record: StringRecord,
    /// What the cells are; empty where all are plain.
    pub sorts: Vec<Sort>,
    /// Whether text stands behind a closing quotation mark.
    pub misquoted: bool,
}

impl Row {
    /// A cell; a workbook has no cells where nothing stands, and they are blank.
    pub fn cell(&self, at: usize) -> Option<RawCell<'_>> {
        if at >= self.record.len() && !self.sorts.is_empty() {
            return Some(RawCell { text: "", sort: Sort::Plain });
        }
        let sort = self.sorts.get(at).copied().unwrap_or_default();
        self.record.get(at).map(|text| RawCell { text, sort })
    }

    /// A cell without blanks around it; blank where there is none.
    pub fn text(&self, at: usize) -> &str {
        self.record.get(at).unwrap_or_default().trim()
    }

    /// The positions of the cells that are not blank.
    pub fn filled(&self) -> impl Iterator<Item = usize> {
        self.record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).map(|(at, _)| at)
    }
}
