//! How commands answer: what is told, in which form the answer is written, and where it goes.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use thidua::diagnostic::{Diagnostic, Language};
use thidua::load::Stopped;
use thidua::report::markdown::markdown;
use thidua::report::page::Page;
use thidua::report::plot::Plot;
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

/// The picture of a result.
#[derive(Debug, clap::Args)]
pub struct Picture {
    /// Draw it, too: an SVG, and its figures as CSV in a file of the same name beside it
    #[arg(long, value_name = "FILE.svg", value_parser = picture, help_heading = "Output")]
    plot: Option<PathBuf>,
}

impl Picture {
    /// How it is drawn, if it is asked for.
    pub(super) fn drawn<T>(&self, draw: fn(&T, Language) -> io::Result<Plot>) -> Option<Drawing<'_, T>> {
        self.plot.as_deref().map(|file| Drawing { file, draw })
    }
}

/// A picture that is asked for.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'d, T> {
    file: &'d Path,
    draw: fn(&T, Language) -> io::Result<Plot>,
}

/// The file of a picture: its figures go beside it, so its name must not be theirs.
fn picture(text: &str) -> Result<PathBuf, String> {
    let file = PathBuf::from(text);
    let is_svg = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if is_svg { Ok(file) } else { Err("write a name that ends in .svg".to_owned()) }
}

/// The forms of an answer.
pub(super) struct Forms<T> {
    /// For programs.
    pub json: fn(&T, Language, &mut dyn io::Write) -> io::Result<()>,
    /// For spreadsheets.
    pub csv: fn(&T, &mut dyn io::Write) -> io::Result<()>,
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
        forms: &Forms<T>,
        drawing: Option<Drawing<'_, T>>,
    ) -> Exit {
        let answer = match watched(terminal, find) {
            Ok(answer) => answer,
            Err(stopped) => {
                terminal.tell(&stopped.diagnostics);
                return Exit::from(&stopped);
            }
        };
        let picture = drawing.as_ref().map(|drawing| drawing.file);
        let figures = picture.map(|file| file.with_extension("csv"));
        let written = [self.output.as_deref(), picture, figures.as_deref()];
        if written.into_iter().any(|file| output::is_input(file, &answer.read, terminal)) {
            return Exit::Misuse;
        }
        terminal.tell(&answer.faults);
        let (what, language) = (&answer.what, terminal.language);
        let rendered = match self.format {
            Form::Table => Ok(table(&page(what), terminal.width).into_bytes()),
            Form::Markdown => Ok(markdown(&page(what)).into_bytes()),
            Form::Json => output::in_memory(|data| (forms.json)(what, language, data)),
            Form::Csv => output::in_memory(|data| (forms.csv)(what, data)),
        };
        let drawn = drawing.map_or(Exit::Done, |drawing| drawing.write(what, terminal));
        output::write_rendered(rendered, self.output.as_deref(), terminal).max(drawn).max(Exit::after(&answer.faults))
    }
}

impl<T> Drawing<'_, T> {
    /// Writes the picture, and its figures beside it.
    fn write(&self, what: &T, terminal: Terminal) -> Exit {
        let (svg, csv) = match (self.draw)(what, terminal.language) {
            Ok(plot) => (Ok(plot.svg.into_bytes()), Ok(plot.csv)),
            Err(fault) => return output::write_rendered(Err(fault), Some(self.file), terminal),
        };
        let drawn = output::write_rendered(svg, Some(self.file), terminal);
        drawn.max(output::write_rendered(csv, Some(&self.file.with_extension("csv")), terminal))
    }
}

/// What was asked in vain: the caller named something that is not there.
pub(super) fn misuse(diagnostics: Vec<Diagnostic>) -> Stopped {
    Stopped { diagnostics, misuse: true }
}
