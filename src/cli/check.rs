//! `thidua check`.

use thidua::load;
use thidua::report::checked::checked;
use thidua::report::register::register;
use thidua::report::table::table;

use super::inputs::Inputs;
use super::{Exit, Terminal, output};

/// What to check. The data are not read.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// What becomes of every clause of the directive; fails if nothing carries one
    #[arg(long)]
    clauses: bool,
}

const EXAMPLES: &str = "\
Examples:
  thidua check rules/lao-cai-2024
  thidua check rules/kon-tum-2023 --clauses
  thidua check rules/lao-cai-2024 --set criteria.union_coverage.at_least=96%";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match load::check(&args.inputs.request()) {
        Ok(plan) => {
            terminal.tell(&plan.warnings);
            let campaign = &plan.campaign;
            let page =
                if args.clauses { register(campaign, terminal.language) } else { checked(&plan, terminal.language) };
            let written = output::write(table(&page, terminal.width).as_bytes(), None, terminal);
            let carried = campaign.register().iter().all(|registered| registered.missing.is_empty());
            let complete = carried && campaign.unregistered().next().is_none();
            if args.clauses && !complete { written.max(Exit::Faults) } else { written }
        }
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            Exit::from(&stopped)
        }
    }
}
