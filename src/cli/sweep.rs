//! `thidua sweep`.

use thidua::load::Stopped;
use thidua::report::whatif::{csv, json, sweep::page};
use thidua::scenario::{Over, Swept, sweep};

use super::answer::{Answer, To, misuse};
use super::inputs::Inputs;
use super::whatif::{Others, Today};
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
    let page = |swept: &Swept| page(swept, args.unit.as_deref(), terminal.language);
    args.to.answer(terminal, || swept(args), page, json::swept, csv::swept)
}

fn swept(args: &Args) -> Result<Answer<Swept>, Stopped> {
    let mut faults = Vec::new();
    let over = Over::parse(&args.over, args.weights.into(), &mut faults).ok_or_else(|| misuse(faults))?;
    let base = args.today.base(&args.inputs.request(), &[])?;
    let swept = sweep(&base, &over).map_err(misuse)?;
    Ok(Answer::of(base, swept))
}
