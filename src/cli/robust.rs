//! `thidua robust`.

use thidua::load::Stopped;
use thidua::report::plot;
use thidua::report::whatif::{csv, json, robust::page};
use thidua::scenario::{Range, Robust, Vary, robust};
use thidua::value::Number;

use super::answer::{Answer, Forms, Picture, To, misuse};
use super::inputs::Inputs;
use super::whatif::Today;
use super::{Exit, Terminal};

/// How far what may vary.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    today: Today,
    /// How far every weight may move up or down
    #[arg(long, value_name = "PERCENT", value_parser = percent, default_value = "25%")]
    by: Number,
    /// The range of one weight instead, as in `union_coverage=10..30`; may be repeated, and goes before what the campaign
    /// declares under `[vary]`
    #[arg(long, value_name = "CRITERION=FROM..TO")]
    range: Vec<String>,
    /// How many times weights are drawn
    #[arg(long, value_name = "N", default_value_t = 1000)]
    draws: u32,
    /// What the draws begin with: the same seed gives the same result
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Tell units nearer to a bar than this part of it
    #[arg(long, value_name = "PERCENT", value_parser = percent, default_value = "1%")]
    near: Number,
    #[command(flatten)]
    to: To,
    #[command(flatten)]
    picture: Picture,
}

const EXAMPLES: &str = "\
Examples:
  thidua robust rules/lao-cai-2024
  thidua robust rules/lao-cai-2024 --by 10% --draws 200 --seed 7
  thidua robust rules/lao-cai-2024 --by 0% --range union_coverage=10..30";

const FORMS: Forms<Robust> = Forms { json: json::robust, csv: csv::robust };

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let page = |robust: &Robust| page(robust, terminal.language);
    args.to.answer(terminal, || looked(args), page, &FORMS, args.picture.drawn(plot::robust))
}

fn looked(args: &Args) -> Result<Answer<Robust>, Stopped> {
    let mut faults = Vec::new();
    let ranges = args.range.iter().filter_map(|range| Range::parse(range, &mut faults)).collect();
    if !faults.is_empty() {
        return Err(misuse(faults));
    }
    let base = args.today.base(&args.inputs.request(), &[])?;
    let vary = Vary { by: args.by, ranges, draws: args.draws, seed: args.seed, near: args.near };
    let robust = robust(&base, vary).map_err(misuse)?;
    Ok(Answer::of(base, robust))
}

fn percent(text: &str) -> Result<Number, String> {
    let share = Number::parse_percentage(text).filter(|share| !share.is_negative());
    share.ok_or_else(|| "write a percentage such as 25%".to_owned())
}
