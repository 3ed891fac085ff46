//! `thidua check`.

use thidua::evaluate::lints;
use thidua::load;
use thidua::report::checked::checked;
use thidua::report::register::register;
use thidua::report::table::table;

use super::inputs::Inputs;
use super::progress::watched;
use super::{Exit, Terminal, output};

/// What to check. The data are read only where that is asked for.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// What becomes of every clause of the directive; fails if nothing carries one
    #[arg(long)]
    clauses: bool,
    /// What the data show about the rules: criteria that always agree, grades and awards for nobody or everybody
    #[arg(long)]
    on_data: bool,
}

const EXAMPLES: &str = "\
Examples:
  thidua check rules/lao-cai-2024
  thidua check rules/kon-tum-2023 --clauses
  thidua check rules/lao-cai-2024 --on-data
  thidua check rules/lao-cai-2024 --set criteria.union_coverage.at_least=96%";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    if args.on_data {
        return on_data(args, terminal);
    }
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

/// Evaluates the campaign and tells what the outcome shows about its rules.
fn on_data(args: &Args, terminal: Terminal) -> Exit {
    let run = match watched(terminal, || load::evaluate(&args.inputs.request())) {
        Ok(run) => run,
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            return Exit::from(&stopped);
        }
    };
    terminal.tell(&run.faults);
    terminal.tell(&run.plan.warnings);
    terminal.tell(&lints(&run.plan, &run.outcome));
    let written =
        output::write(table(&checked(&run.plan, terminal.language), terminal.width).as_bytes(), None, terminal);
    written.max(Exit::after(&run.faults))
}
