//! What the what-if commands share: where the world of today comes from, and how a result is written.

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;

use thidua::load::{self, Request, Stopped};
use thidua::patch::{Edit, parse_edit};
use thidua::report::markdown::markdown;
use thidua::report::page::Page;
use thidua::report::table::table;
use thidua::scenario::{Base, Scenario, Weights, stacked};

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

/// The world of today, changed before anything is asked.
#[derive(Debug, clap::Args)]
pub struct Today {
    /// A scenario that is taken for today's state: a TOML file, or a name in the campaign's folder `scenarios`; may be
    /// repeated
    #[arg(long, value_name = "FILE")]
    scenario: Vec<PathBuf>,
    /// Edit the data first, as in `firms[0100000001].union_founded=2024-11-01`; may be repeated
    #[arg(long, value_name = "EDIT")]
    edit: Vec<String>,
}

impl Today {
    /// The campaign as it is, with what is asked to be so; `columns` are read beside those of its rules.
    pub(super) fn base(&self, request: &Request, columns: &[(String, String)]) -> Result<Base, Stopped> {
        let edits = edits(&self.edit)?;
        let scenarios = scenarios(request, &self.scenario)?;
        let base = load::base(request, &edits, &scenarios, columns)?;
        if scenarios.is_empty() {
            return Ok(base);
        }
        let refused = |diagnostics| Stopped { diagnostics, misuse: true };
        let (world, warnings) = stacked(&base, &scenarios).map_err(refused)?;
        let mut named = thidua::scenario::columns(&world.edits.iter().collect::<Vec<_>>());
        named.extend(columns.iter().cloned());
        let mut changed = Base::new(world, base.round.as_deref(), base.threads, &named).map_err(Stopped::faulty)?;
        changed.outcome.warnings.extend(warnings);
        Ok(changed)
    }
}

/// Edits of data as arguments write them.
pub(super) fn edits(edits: &[String]) -> Result<Vec<Edit>, Stopped> {
    let mut faults = Vec::new();
    let edits: Vec<Edit> = edits.iter().filter_map(|edit| parse_edit(edit, &mut faults)).collect();
    if faults.is_empty() { Ok(edits) } else { Err(Stopped { diagnostics: faults, misuse: true }) }
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
