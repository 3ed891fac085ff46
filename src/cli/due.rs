//! `thidua due`.

use std::path::PathBuf;

use clap::ValueEnum;

use thidua::load;
use thidua::report::due;
use thidua::report::markdown::markdown;
use thidua::report::table::table;

use super::inputs::Inputs;
use super::progress::watched;
use super::selection::Selection;
use super::{Exit, Terminal, output};

/// What is awaited, and in which form.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    selection: Selection,
    /// The form of the list
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Form,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

/// The forms of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people, as wide as the terminal
    Table,
    /// For programs: thidua.due/1
    Json,
    /// For spreadsheets: one line for each unit and criterion
    Csv,
    /// For documents
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  thidua due rules/lao-cai-2024 --as-of 2024-12-01
  thidua due rules/lao-cai-2024 --as-of 2024-12-01 --level unions --all
  thidua due rules/lao-cai-2024 --as-of 2024-12-01 --format csv";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let run = match watched(terminal, || load::evaluate(&args.inputs.request())) {
        Ok(run) => run,
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            return Exit::from(&stopped);
        }
    };
    if output::is_input(args.output.as_deref(), &run, terminal) {
        return Exit::Misuse;
    }
    let view = args.selection.view();
    let outcome = match view.apply(run.outcome) {
        Ok(outcome) => outcome,
        Err(unknown) => {
            terminal.tell(&unknown);
            return Exit::Misuse;
        }
    };
    terminal.tell(&run.faults);
    let page = || due::page(&outcome, view.all, terminal.language);
    let rendered = match args.format {
        Form::Table => Ok(table(&page(), terminal.width).into_bytes()),
        Form::Markdown => Ok(markdown(&page()).into_bytes()),
        Form::Json => output::in_memory(|data| due::json(&outcome, data)),
        Form::Csv => output::in_memory(|data| due::csv(&outcome, data)),
    };
    output::write_rendered(rendered, args.output.as_deref(), terminal).max(Exit::after(&run.faults))
}
