//! What a report says to people, before it is drawn: headings, fields, grids and lists.
//!
//! The page is laid out once; [`super::markdown`] and [`super::table`](mod@super::table) only draw it.

mod awards;
mod criteria;
mod header;
mod level;
mod matrix;
mod notes;
mod ranking;
mod summary;

use crate::data::Intake;
use crate::diagnostic::{Diagnostic, Language};
use crate::evaluate::{CriterionHead, LevelOutcome, Outcome, UnitOutcome};

use super::figure::Figures;
use super::view::View;
use super::words;

/// A whole report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// Its parts, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading; 1 is that of the page.
    Heading(u8, String),
    /// A sentence.
    Line(String),
    /// Names and what they are.
    Fields(Vec<(String, String)>),
    /// Rows under columns.
    Grid(Grid),
    /// One line for each item.
    List(Vec<String>),
}

/// Rows under columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows: one cell for each column.
    pub rows: Vec<Vec<String>>,
    /// Whether rows are long texts that need room between them.
    pub spaced: bool,
}

/// A column of a grid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// Whether its cells are figures, which line up on the right.
    pub figures: bool,
}

/// Lays out an outcome that a view has been applied to.
#[must_use]
pub fn page(outcome: &Outcome, view: &View, language: Language) -> Page {
    let mut writer = Writer { language, figures: Figures { language }, page: Page::default() };
    writer.header(outcome, view);
    for level in &outcome.levels {
        writer.level(level, view.all);
    }
    if outcome.levels.is_empty() {
        writer.line(words::NOTHING_SHOWN.text(language));
    }
    writer.readings(outcome);
    writer.assumptions(outcome);
    writer.warnings(outcome);
    writer.page
}

/// Lays out what came in, and what is wrong with it, by kind.
#[must_use]
pub fn intake(title: &str, files: &[Intake], findings: &[Diagnostic], language: Language) -> Page {
    let mut writer = Writer { language, figures: Figures { language }, page: Page::default() };
    writer.heading(1, title);
    writer.files(files);
    writer.kinds(findings);
    writer.page
}

/// Writes a page in a language.
struct Writer {
    language: Language,
    figures: Figures,
    page: Page,
}

impl Writer {
    fn word(&self, phrase: words::Phrase) -> &'static str {
        phrase.text(self.language)
    }

    fn heading(&mut self, depth: u8, text: impl Into<String>) {
        self.page.blocks.push(Block::Heading(depth, text.into()));
    }

    fn line(&mut self, text: impl Into<String>) {
        self.page.blocks.push(Block::Line(text.into()));
    }

    fn list(&mut self, items: Vec<String>) {
        self.page.blocks.push(Block::List(items));
    }

    fn fields(&mut self, fields: Vec<(String, String)>) {
        if !fields.is_empty() {
            self.page.blocks.push(Block::Fields(fields));
        }
    }

    fn grid(&mut self, grid: Grid) {
        self.page.blocks.push(Block::Grid(grid));
    }

    /// A column of texts.
    fn text(&self, title: words::Phrase) -> Column {
        Column { title: self.word(title).to_owned(), figures: false }
    }

    /// A column of figures.
    fn figure(&self, title: words::Phrase) -> Column {
        Column { title: self.word(title).to_owned(), figures: true }
    }

    /// What a criterion is called, with its clause.
    fn criterion(&self, head: &CriterionHead) -> String {
        let title = words::title(&head.title, &head.id, self.language);
        match &head.clause {
            Some(clause) => format!("{title} ({}\u{a0}{clause})", self.word(words::CLAUSE)),
            None => title.to_owned(),
        }
    }

    /// What a unit is called, with the id that filters know it by.
    fn unit(&self, unit: &UnitOutcome<'_>, level: &LevelOutcome) -> String {
        match &unit.name {
            Some(name) => format!("{name} ({})", unit.id),
            None if unit.id == level.id => words::title(&level.title, &level.id, self.language).to_owned(),
            None => unit.id.to_owned(),
        }
    }
}
