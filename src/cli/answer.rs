//! How commands answer: what is told, in which form the answer is written, and where it goes.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use thidua::diagnostic::{Diagnostic, Language};
use thidua::load::Stopped;
use thidua::report::markdown::markdown;
use thidua::report::page::Page;
use thidua::report::table::table;
use thidua::scenario::Base;

use super::progress::watched;
use super::{Exit, Terminal, output};

/// A form of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people, as wide as the terminal
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For documents
    Markdown,
}

/// Where a result goes.
#[derive(Debug, clap::Args)]
pub struct To {
    /// The form of the result
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Form,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

/// What was asked for, with what is told beside it.
pub(super) struct Answer<T> {
    /// What was asked for.
    pub what: T,
    /// What was wrong with the data.
    pub faults: Vec<Diagnostic>,
    /// The files that it rests on; none of them is written over.
    pub read: BTreeSet<PathBuf>,
}

impl<T> Answer<T> {
    /// What was found out about the world of today.
    pub fn of(base: Base, what: T) -> Self {
        Self { what, faults: base.faults, read: base.read }
    }
}

impl To {
    /// Finds an answer, and writes it in the form that was asked for.
    pub(super) fn answer<T>(
        &self,
        terminal: Terminal,
        find: impl FnOnce() -> Result<Answer<T>, Stopped>,
        page: impl Fn(&T) -> Page,
        json: fn(&T, Language, &mut dyn io::Write) -> io::Result<()>,
        csv: fn(&T, &mut dyn io::Write) -> io::Result<()>,
    ) -> Exit {
        let answer = match watched(terminal, find) {
            Ok(answer) => answer,
            Err(stopped) => {
                terminal.tell(&stopped.diagnostics);
                return Exit::from(&stopped);
            }
        };
        if output::is_input(self.output.as_deref(), &answer.read, terminal) {
            return Exit::Misuse;
        }
        terminal.tell(&answer.faults);
        let (what, language) = (&answer.what, terminal.language);
        let rendered = match self.format {
            Form::Table => Ok(table(&page(what), terminal.width).into_bytes()),
            Form::Markdown => Ok(markdown(&page(what)).into_bytes()),
            Form::Json => output::in_memory(|data| json(what, language, data)),
            Form::Csv => output::in_memory(|data| csv(what, data)),
        };
        output::write_rendered(rendered, self.output.as_deref(), terminal).max(Exit::after(&answer.faults))
    }
}

/// What was asked in vain: the caller named something that is not there.
pub(super) fn misuse(diagnostics: Vec<Diagnostic>) -> Stopped {
    Stopped { diagnostics, misuse: true }
}
