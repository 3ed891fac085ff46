//! `thidua sweep`.

use thidua::diagnostic::Diagnostic;
use thidua::load::Stopped;
use thidua::report::whatif::{csv, json, sweep::page};
use thidua::scenario::{Over, Swept, sweep};

use super::inputs::Inputs;
use super::progress::watched;
use super::whatif::{self, Others, To, Today};
use super::{Exit, Terminal};

/// What to move, and from where to where.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    today: Today,
    /// The path of a target, a param, a weight or a quota, and its range
    #[arg(long, value_name = "PATH=FROM..TO")]
    over: String,
    /// What a weight does to the other weights
    #[arg(long, value_enum, default_value = "absolute", value_name = "POLICY")]
    weights: Others,
    /// Show only what concerns this unit, by id or name; everything is looked at all the same
    #[arg(long, value_name = "ID")]
    unit: Option<String>,
    #[command(flatten)]
    to: To,
}

const EXAMPLES: &str = "\
Examples:
  thidua sweep rules/lao-cai-2024 --over params.large_firm=15..30
  thidua sweep rules/lao-cai-2024 --over criteria.union_coverage.at_least=90%..100%
  thidua sweep rules/lao-cai-2024 --over awards.flag.quota.0.at_most=0..5";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match watched(terminal, || swept(args)) {
        Ok((swept, faults)) => {
            terminal.tell(&faults);
            let language = terminal.language;
            let written = args.to.write(
                &|| page(&swept, args.unit.as_deref(), language),
                &|out| json::swept(&swept, language, out),
                &|out| csv::swept(&swept, out),
                terminal,
            );
            written.max(Exit::after(&faults))
        }
        Err(stopped) => whatif::stopped(&stopped, terminal),
    }
}

fn swept(args: &Args) -> Result<(Swept, Vec<Diagnostic>), Stopped> {
    let mut faults = Vec::new();
    let over = Over::parse(&args.over, args.weights.into(), &mut faults);
    let Some(over) = over else { return Err(Stopped { diagnostics: faults, misuse: true }) };
    let base = args.today.base(&args.inputs.request(), &[])?;
    let swept = sweep(&base, &over).map_err(|diagnostics| Stopped { diagnostics, misuse: true })?;
    Ok((swept, base.faults))
}
