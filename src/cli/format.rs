//! The forms that an outcome may be written in.

use std::io;

use clap::ValueEnum;

use thidua::evaluate::Outcome;
use thidua::report::View;
use thidua::report::csv::csv;
use thidua::report::json::json;
use thidua::report::markdown::markdown;
use thidua::report::page::page;
use thidua::report::table::table;

use super::{Terminal, output};

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, as wide as the terminal
    Table,
    /// For programs: thidua.outcome/1
    Json,
    /// For spreadsheets: one line for each level, unit and item
    Csv,
    /// For documents
    Markdown,
}

impl Format {
    /// The outcome in this form.
    pub(super) fn render(self, outcome: &Outcome, view: &View, terminal: Terminal) -> io::Result<Vec<u8>> {
        let page = || page(outcome, view, terminal.language);
        match self {
            Self::Table => Ok(table(&page(), terminal.width).into_bytes()),
            Self::Markdown => Ok(markdown(&page()).into_bytes()),
            Self::Json => output::in_memory(|data| json(outcome, terminal.language, data)),
            Self::Csv => output::in_memory(|data| csv(outcome, data)),
        }
    }

    /// Whether the form itself says what was warned of.
    pub(super) fn tells_warnings(self) -> bool {
        self != Self::Csv
    }
}
