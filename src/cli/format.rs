//! The forms that an outcome may be written in.

use std::io;
use std::path::Path;

use clap::ValueEnum;

use thidua::diagnostic::Diagnostic;
use thidua::evaluate::Outcome;
use thidua::report::View;
use thidua::report::csv;
use thidua::report::json::json;
use thidua::report::markdown::markdown;
use thidua::report::page::page;
use thidua::report::table::table;
use thidua::report::xlsx::xlsx;

use super::{Exit, Terminal, output};

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
    /// For Excel: a workbook of results, criteria, awards, faults and sources
    Xlsx,
}

/// What is shown, and for whom.
#[derive(Clone, Copy)]
pub(super) struct Shown<'s> {
    /// The filters.
    pub view: &'s View,
    /// What was wrong with the data.
    pub faults: &'s [Diagnostic],
    /// Whether CSV is written for Excel.
    pub excel: bool,
    /// On how many threads it is written.
    pub threads: usize,
}

impl Format {
    /// Writes the outcome in this form, to a file or to standard output.
    pub(super) fn write(self, outcome: &Outcome, shown: Shown, file: Option<&Path>, terminal: Terminal) -> Exit {
        if self == Self::Csv && !shown.excel {
            return output::write_with(|out| csv::csv_on(outcome, shown.threads, out), file, terminal);
        }
        output::write_rendered(self.render(outcome, shown, terminal), file, terminal)
    }

    fn render(self, outcome: &Outcome, shown: Shown, terminal: Terminal) -> io::Result<Vec<u8>> {
        let Shown { view, faults, excel, threads } = shown;
        let page = || page(outcome, view, terminal.language);
        match self {
            Self::Table => Ok(table(&page(), terminal.width).into_bytes()),
            Self::Markdown => Ok(markdown(&page()).into_bytes()),
            Self::Json => output::in_memory(|data| json(outcome, terminal.language, data)),
            Self::Csv if excel => output::in_memory(|data| csv::excel(outcome, data)),
            Self::Xlsx => xlsx(outcome, faults, terminal.language),
            Self::Csv => output::in_memory(|data| csv::csv_on(outcome, threads, data)),
        }
    }

    /// Whether the form itself says what was warned of.
    pub(super) fn tells_warnings(self) -> bool {
        self != Self::Csv
    }
}
