//! `thidua sweep`.

use thidua::load::Stopped;
use thidua::report::plot;
use thidua::report::whatif::{csv, json, map, sweep::page};
use thidua::scenario::{MOST_CELLS, Mapped, Over, Swept, Weights, sweep};

use super::answer::{Answer, Forms, Picture, To, misuse};
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
    /// The path of a target, a param, a weight or a quota, and its range; given twice, a map of both
    #[arg(long, value_name = "PATH=FROM..TO", required = true)]
    over: Vec<String>,
    /// What a weight does to the other weights
    #[arg(long, value_enum, default_value = "absolute", value_name = "POLICY")]
    weights: Others,
    /// Show only what concerns this unit, by id or name; everything is looked at all the same
    #[arg(long, value_name = "ID")]
    unit: Option<String>,
    /// With two ranges: the most cells to evaluate
    #[arg(long, value_name = "N", default_value_t = MOST_CELLS)]
    most: usize,
    #[command(flatten)]
    to: To,
    #[command(flatten)]
    picture: Picture,
}

const EXAMPLES: &str = "\
Examples:
  thidua sweep rules/lao-cai-2024 --over params.large_firm=15..30
  thidua sweep rules/lao-cai-2024 --over criteria.union_coverage.at_least=90%..100%
  thidua sweep rules/lao-cai-2024 --over awards.flag.quota.0.at_most=0..5
  thidua sweep rules/lao-cai-2024 --over params.large_firm=20..30 --over criteria.union_coverage.at_least=90%..100%";

const FORMS: Forms<Swept> = Forms { json: json::swept, csv: csv::swept };
const MAP: Forms<Mapped> = Forms { json: json::mapped, csv: csv::mapped };

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    if let [_, _, ..] = args.over.as_slice() {
        return args.to.answer(
            terminal,
            || mapped(args),
            |it| map::page(it, terminal.language),
            &MAP,
            args.picture.drawn(plot::mapped),
        );
    }
    let page = |swept: &Swept| page(swept, args.unit.as_deref(), terminal.language);
    args.to.answer(terminal, || swept(args), page, &FORMS, args.picture.drawn(plot::swept))
}

fn swept(args: &Args) -> Result<Answer<Swept>, Stopped> {
    let mut faults = Vec::new();
    let over = args.over.first().map_or("", String::as_str);
    let over = Over::parse(over, args.weights.into(), &mut faults).ok_or_else(|| misuse(faults))?;
    let base = args.today.base(&args.inputs.request(), &[])?;
    let swept = sweep(&base, &over).map_err(misuse)?;
    Ok(Answer::of(base, swept))
}

fn mapped(args: &Args) -> Result<Answer<Mapped>, Stopped> {
    let mut faults = Vec::new();
    let weights: Weights = args.weights.into();
    let overs = args.over.iter().filter_map(|over| Over::parse(over, weights, &mut faults)).collect::<Vec<_>>();
    if !faults.is_empty() {
        return Err(misuse(faults));
    }
    let base = args.today.base(&args.inputs.request(), &[])?;
    let mapped = thidua::scenario::map(&base, &overs, args.most).map_err(misuse)?;
    Ok(Answer::of(base, mapped))
}
