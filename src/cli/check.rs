//! `thidua check`.

use thidua::load;
use thidua::report::checked::checked;
use thidua::report::table::table;

use super::inputs::Inputs;
use super::{Exit, Terminal, output};

/// What to check. The data are not read.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
}

const EXAMPLES: &str = "\
Examples:
  thidua check rules/lao-cai-2024
  thidua check rules/lao-cai-2024 --set criteria.union_coverage.at_least=96%";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match load::check(&args.inputs.request()) {
        Ok(plan) => {
            terminal.tell(&plan.warnings);
            let page = checked(&plan, terminal.language);
            output::write(table(&page, terminal.width).as_bytes(), None, terminal)
        }
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            Exit::from(&stopped)
        }
    }
}
