//! `thidua validate`.

use thidua::load;
use thidua::report::page::intake;
use thidua::report::table::table;
use thidua::report::words;

use super::faults::Faults;
use super::inputs::Inputs;
use super::progress::watched;
use super::{Exit, Terminal, output};

/// Whose data to look at. No rule is run.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    faults: Faults,
}

const EXAMPLES: &str = "\
Examples:
  thidua validate rules/lao-cai-2024
  thidua validate rules/lao-cai-2024 --data from-the-offices --faults faults.csv";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let validated = match watched(terminal, || load::validate(&args.inputs.request())) {
        Ok(validated) => validated,
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            return args.faults.write(stopped.diagnostics.iter(), terminal).max(Exit::from(&stopped));
        }
    };
    let found: Vec<_> = validated.faults.iter().chain(&validated.warnings).cloned().collect();
    terminal.tell(&found);
    let listed = args.faults.write(found.iter(), terminal);
    let title = words::title(&validated.title, &validated.campaign, terminal.language);
    let page = intake(title, &validated.data, &found, terminal.language);
    let written = output::write(table(&page, terminal.width).as_bytes(), None, terminal);
    written.max(listed).max(Exit::after(&validated.faults))
}
