//! What the what-if commands share: where the world of today comes from, and how a result is written.

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use thidua::load::{self, Request, Stopped};
use thidua::report::markdown::markdown;
use thidua::report::page::Page;
use thidua::report::table::table;
use thidua::scenario::{Scenario, Weights};

use super::output;
use super::{Exit, Terminal};

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

/// What a changed weight does to the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Others {
    /// Nothing: the full score changes
    Absolute,
    /// They shrink or grow in proportion; the full score stays
    Proportional,
    /// They share equally what is left of the full score
    Equal,
}

impl From<Others> for Weights {
    fn from(others: Others) -> Self {
        match others {
            Others::Absolute => Self::Absolute,
            Others::Proportional => Self::Proportional,
            Others::Equal => Self::Equal,
        }
    }
}

/// Writes into a list of bytes.
type Write<'w> = &'w dyn Fn(&mut dyn io::Write) -> io::Result<()>;

impl To {
    /// Writes a result in the form that was asked for.
    pub(super) fn write(&self, page: &dyn Fn() -> Page, json: Write<'_>, csv: Write<'_>, terminal: Terminal) -> Exit {
        let mut data = Vec::new();
        let written = match self.format {
            Form::Table => {
                data.extend(table(&page(), terminal.width).into_bytes());
                Ok(())
            }
            Form::Markdown => {
                data.extend(markdown(&page()).into_bytes());
                Ok(())
            }
            Form::Json => json(&mut data),
            Form::Csv => csv(&mut data),
        };
        match written {
            Ok(()) => output::write(&data, self.output.as_deref(), terminal),
            Err(fault) => output::failed("memory", &fault, terminal),
        }
    }
}

/// The scenarios that are named, in order.
pub(super) fn scenarios(request: &Request, names: &[PathBuf]) -> Result<Vec<Scenario>, Stopped> {
    names.iter().map(|name| load::scenario(&request.campaign, name)).collect()
}

/// Tells why there is no result.
pub(super) fn stopped(stopped: &Stopped, terminal: Terminal) -> Exit {
    terminal.tell(&stopped.diagnostics);
    Exit::from(stopped)
}
