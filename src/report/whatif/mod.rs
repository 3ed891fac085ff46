//! What the what-if commands say: to people as a [`Page`], to programs as JSON and CSV.

pub mod compare;
pub mod csv;
pub mod json;
pub mod map;
pub mod robust;
mod said;
pub mod seek;
pub mod sweep;
pub(super) mod words;

use crate::diagnostic::{Diagnostic, Language};
use crate::schema::Title;

use super::figure::Figures;
use super::page::{Block, Column, Grid, Page};
use super::words::{Phrase, title};

pub(super) use said::{item_id, said_id};

/// Writes a page of a what-if in a language.
struct Paper {
    language: Language,
    figures: Figures,
    page: Page,
}

impl Paper {
    fn new(language: Language) -> Self {
        Self { language, figures: Figures { language }, page: Page::default() }
    }

    fn word(&self, phrase: Phrase) -> &'static str {
        phrase.text(self.language)
    }

    /// A phrase with its holes filled.
    fn filled(&self, phrase: Phrase, holes: &[(&str, String)]) -> String {
        holes
            .iter()
            .fold(self.word(phrase).to_owned(), |text, (hole, value)| text.replace(&format!("{{{hole}}}"), value))
    }

    fn heading(&mut self, depth: u8, text: impl Into<String>) {
        self.page.blocks.push(Block::Heading(depth, text.into()));
    }

    fn line(&mut self, text: impl Into<String>) {
        self.page.blocks.push(Block::Line(text.into()));
    }

    fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.page.blocks.push(Block::List(items));
        }
    }

    fn grid(&mut self, columns: &[(Phrase, bool)], rows: Vec<Vec<String>>) {
        let titles = columns.iter().map(|(title, _)| self.word(*title).to_owned()).collect();
        self.grid_called(columns, titles, rows);
    }

    /// A grid whose columns are called otherwise.
    fn grid_called(&mut self, columns: &[(Phrase, bool)], titles: Vec<String>, rows: Vec<Vec<String>>) {
        let columns = columns.iter().zip(titles).map(|((_, figures), title)| Column { title, figures: *figures });
        let columns = columns.collect();
        self.page.blocks.push(Block::Grid(Grid { columns, rows, spaced: false }));
    }

    fn warnings(&mut self, warnings: &[Diagnostic]) {
        if warnings.is_empty() {
            return;
        }
        self.heading(2, self.word(super::words::WARNED));
        let items = warnings.iter().map(|warning| warning.message(self.language)).collect();
        self.list(items);
    }

    fn title<'t>(&self, of: &'t Title, id: &'t str) -> &'t str {
        title(of, id, self.language)
    }

    /// A name with the id that filters know it by.
    fn unit(name: Option<&str>, id: &str) -> String {
        name.map_or_else(|| id.to_owned(), |name| format!("{name} ({id})"))
    }
}
