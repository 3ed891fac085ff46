//! `thidua evaluate`.

use std::path::PathBuf;

use thidua::load::{self, Request, Rows};

use super::faults::Faults;
use super::format::{Format, Shown};
use super::inputs::Inputs;
use super::progress::watched;
use super::selection::Selection;
use super::{Exit, Terminal, output};

/// What to evaluate, what to show of it, and where.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    faults: Faults,
    /// The form of the report
    #[arg(long, value_enum, default_value = "table", help_heading = "Output")]
    format: Format,
    /// With `--format csv`: as Excel opens it, with semicolons and decimal commas
    #[arg(long, help_heading = "Output")]
    excel: bool,
    /// Write to a file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  thidua evaluate rules/lao-cai-2024
  thidua evaluate rules/lao-cai-2024 --round dot-1 --as-of 31/7/2024
  thidua evaluate rules/lao-cai-2024 --cluster 2 --verdict undetermined
  thidua evaluate rules/lao-cai-2024 --set params.large_firm=20 --unit H01
  thidua evaluate rules/lao-cai-2024 --format json --output outcome.json
  thidua evaluate rules/lao-cai-2024 --faults faults.csv --strict";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let run = match watched(terminal, || load::evaluate(&Request { rows: Rows::Counted, ..args.inputs.request() })) {
        Ok(run) => run,
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            return args.faults.write(stopped.diagnostics.iter(), terminal).max(Exit::from(&stopped));
        }
    };
    let outputs = [args.output.as_deref(), args.faults.file().map(PathBuf::as_path)];
    if outputs.into_iter().any(|file| output::is_input(file, &run.read, terminal)) {
        return Exit::Misuse;
    }
    let listed = args.faults.write(run.faults.iter().chain(&run.outcome.warnings), terminal);
    if args.faults.stop(&run.faults) {
        terminal.tell(&run.faults);
        return listed.max(Exit::Faults);
    }
    let view = args.selection.view();
    let outcome = match view.apply(run.outcome) {
        Ok(outcome) => outcome,
        Err(unknown) => {
            // A unit may be missing because its row is faulty.
            terminal.tell(&[run.faults.as_slice(), unknown.as_slice()].concat());
            return Exit::Misuse;
        }
    };
    terminal.tell(&run.faults);
    if !args.format.tells_warnings() {
        terminal.tell(&outcome.warnings);
    }
    let threads = args.inputs.request().threads;
    let shown = Shown { view: &view, faults: &run.faults, excel: args.excel, threads };
    let written = args.format.write(&outcome, shown, args.output.as_deref(), terminal);
    written.max(listed).max(Exit::after(&run.faults))
}
