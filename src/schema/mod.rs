//! What the data look like: tables, their columns, and how they hang together.
//!
//! Tables and columns are named by their ids in texts and by their position ([`TableId`], [`ColumnId`]) inside the
//! engine.

mod writing;

use std::sync::Arc;

pub use writing::{CellWriting, DecimalMark, Encoding, FileWriting, Fraction, Percent, Repeated, Sheet};

use crate::source::Place;
use crate::value::{Day, Number};

/// The position of a table in the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableId(pub usize);

/// The position of a column in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId(pub usize);

/// A text in Vietnamese and, where somebody wrote one, in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Title {
    /// Vietnamese.
    pub vi: Option<String>,
    /// English.
    pub en: Option<String>,
}

/// The schema of all tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The tables, in the order of the campaign.
    pub tables: Vec<TableSchema>,
}

/// One table: a file with a header row.
#[derive(Clone, Debug, PartialEq)]
pub struct TableSchema {
    /// The id that rules use.
    pub id: String,
    /// The file, relative to the data folder.
    pub file: String,
    /// The columns that together name a row, if any do.
    pub key: Vec<ColumnId>,
    /// The column with the name that people use.
    pub name: Option<ColumnId>,
    /// The link that is the edge of the tree.
    pub parent: Option<ColumnId>,
    /// What it means that a unit has no row here; `None` for tables without a parent.
    pub no_rows: Option<NoRows>,
    /// The columns with the days between which a row exists.
    pub valid: Validity,
    /// The columns that explanations print of rows that count: what proves them.
    pub cite: Vec<ColumnId>,
    /// The columns, in the order of the campaign.
    pub columns: Vec<ColumnSchema>,
    /// How its file is written.
    pub writing: FileWriting,
    /// Where it is declared.
    pub place: Place,
}

/// The columns with the first and the last day of a row's life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The row exists from this day on.
    pub from: Option<ColumnId>,
    /// The row exists up to this day.
    pub to: Option<ColumnId>,
}

/// What it means that a unit has no row in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRows {
    /// There are none.
    None,
    /// Nobody delivered the list.
    Unknown,
    /// There are none if this flag of the parent says that the list was delivered.
    Delivered(ColumnId),
}

/// One column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnSchema {
    /// The id that rules use.
    pub id: String,
    /// The text in the header row of the file.
    pub header: Arc<str>,
    /// The type of its cells.
    pub kind: Kind,
    /// What a blank cell means.
    pub blank: Blank,
    /// How its cells are written.
    pub writing: CellWriting,
    /// Where it is declared.
    pub place: Place,
}

/// The type of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Any text; with `digits`, exactly so many digits.
    Text {
        /// The count of digits that every cell must have.
        digits: Option<usize>,
    },
    /// One of some words without order.
    Choice(Arc<Words>),
    /// One of some words, worst first.
    Scale(Arc<Words>),
    /// An exact number between two limits, if they are given.
    Number {
        /// No value is less.
        min: Option<Number>,
        /// No value is greater.
        max: Option<Number>,
    },
    /// A day. A day that is not a `future` one means that something has happened.
    Date {
        /// Whether the day may lie after the day of evaluation.
        future: bool,
    },
    /// Yes or no.
    Flag,
    /// A row of another table, by its key.
    Link {
        /// That table.
        to: TableId,
    },
}

/// The words of a choice or a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// What the words belong to: the id of the scale, or of the column.
    pub id: String,
    /// The words; of a scale, worst first.
    pub words: Vec<Word>,
}

/// A word of a choice or a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// What rules write.
    pub id: String,
    /// What cells say.
    pub header: String,
    /// What reports say.
    pub title: Title,
    /// What cells may say too.
    pub also: Vec<String>,
}

/// What a blank cell means.
#[derive(Clone, Debug, PartialEq)]
pub enum Blank {
    /// Nobody has said.
    Unknown,
    /// There is no such thing.
    None,
    /// This value.
    Value(Literal),
}

/// A value that somebody wrote down.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text or a word.
    Text(String),
    /// A number.
    Number(Number),
    /// A day.
    Day(Day),
    /// Yes or no.
    Flag(bool),
    /// Numbers one after the other.
    List(Vec<Number>),
}

impl Schema {
    /// The table with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<TableId> {
        self.tables.iter().position(|table| table.id == id).map(TableId)
    }

    /// A table.
    ///
    /// # Panics
    /// If the id comes from another schema.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made only by the schema itself")]
    pub fn table(&self, id: TableId) -> &TableSchema {
        &self.tables[id.0]
    }

    /// A column of a table.
    #[must_use]
    pub fn column(&self, table: TableId, column: ColumnId) -> &ColumnSchema {
        self.table(table).column(column)
    }

    /// The tables whose rows hang on rows of `table` by their parent link.
    pub fn children(&self, table: TableId) -> impl Iterator<Item = TableId> {
        (0..self.tables.len()).map(TableId).filter(move |child| self.parent_of(*child) == Some(table))
    }

    /// The table that a table's parent link points to.
    #[must_use]
    pub fn parent_of(&self, table: TableId) -> Option<TableId> {
        let schema = self.table(table);
        schema.parent.and_then(|column| schema.column(column).link())
    }
}

impl TableSchema {
    /// The column with an id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<ColumnId> {
        self.columns.iter().position(|column| column.id == id).map(ColumnId)
    }

    /// A column.
    ///
    /// # Panics
    /// If the id comes from another table.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made only by the schema itself")]
    pub fn column(&self, id: ColumnId) -> &ColumnSchema {
        &self.columns[id.0]
    }

    /// Whether a column says which row this is or to whom it belongs.
    #[must_use]
    pub fn is_anchor(&self, column: ColumnId) -> bool {
        self.key.contains(&column) || self.parent == Some(column)
    }
}

impl ColumnSchema {
    /// The table that the column links to, if it is a link.
    #[must_use]
    pub fn link(&self) -> Option<TableId> {
        if let Kind::Link { to } = self.kind { Some(to) } else { None }
    }
}

impl Words {
    /// The position of the word that rules write so.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<u32> {
        self.position(|word| word.id == id)
    }

    /// The position of the word that a cell says, by its header or its id.
    #[must_use]
    pub fn by_cell(&self, cell: &str) -> Option<u32> {
        self.position(|word| word.header == cell).or_else(|| self.by_id(cell))
    }

    /// The word at a position.
    #[must_use]
    pub fn get(&self, at: u32) -> Option<&Word> {
        self.words.get(at as usize)
    }

    fn position(&self, found: impl Fn(&Word) -> bool) -> Option<u32> {
        self.words.iter().position(found).and_then(|at| u32::try_from(at).ok())
    }
}
