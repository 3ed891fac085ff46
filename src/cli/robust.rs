//! `thidua robust`.

use thidua::load::Stopped;
use thidua::report::whatif::{csv, json, robust::page};
use thidua::scenario::{Robust, Vary, robust};
use thidua::value::Number;

use super::answer::{Answer, To};
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
}

const EXAMPLES: &str = "\
Examples:
  thidua robust rules/lao-cai-2024
  thidua robust rules/lao-cai-2024 --by 10% --draws 200 --seed 7";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let page = |robust: &Robust| page(robust, terminal.language);
    args.to.answer(terminal, || looked(args), page, json::robust, csv::robust)
}

fn looked(args: &Args) -> Result<Answer<Robust>, Stopped> {
    let base = args.today.base(&args.inputs.request(), &[])?;
    let vary = Vary { by: args.by, draws: args.draws, seed: args.seed, near: args.near };
    let robust = robust(&base, vary).map_err(Stopped::faulty)?;
    Ok(Answer::of(base, robust))
}

fn percent(text: &str) -> Result<Number, String> {
    let digits = text.strip_suffix('%').unwrap_or(text);
    let number = Number::parse(digits).ok().and_then(|number| number.over(Number::whole(100)).ok());
    number.filter(|number| !number.is_negative()).ok_or_else(|| "write a percentage such as 25%".to_owned())
}
