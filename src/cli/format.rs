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

use super::Terminal;

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
        let mut data = Vec::new();
        match self {
            Self::Table => data.extend(table(&page(), terminal.width).into_bytes()),
            Self::Markdown => data.extend(markdown(&page()).into_bytes()),
            Self::Json => json(outcome, terminal.language, &mut data)?,
            Self::Csv => csv(outcome, &mut data)?,
        }
        Ok(data)
    }

    /// Whether the form itself says what was warned of.
    pub(super) fn tells_warnings(self) -> bool {
        self != Self::Csv
    }
}
