//! `thidua compare`.

use std::path::PathBuf;

use thidua::load::{self, Request, Stopped};
use thidua::report::plot;
use thidua::report::whatif::{compare::page, csv, json};
use thidua::scenario::{Compared, Scenario, compare, from_arguments};
use thidua::value::Day;

use super::answer::{Answer, Forms, Picture, To, misuse};
use super::inputs::Inputs;
use super::whatif::{self, Others};
use super::{Exit, Terminal};

/// What to compare with the campaign as it is.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Scenarios, stacked in this order: TOML files, or names of files in the campaign's folder `scenarios`
    scenario: Vec<PathBuf>,
    /// Edit the data, as in `firms[0100000001].union_founded=2024-11-01`; may be repeated
    #[arg(long, value_name = "EDIT")]
    edit: Vec<String>,
    /// Another day of evaluation
    #[arg(long, value_name = "DATE", value_parser = super::inputs::day)]
    on: Option<Day>,
    /// What a changed weight of --set does to the other weights
    #[arg(long, value_enum, default_value = "absolute", value_name = "POLICY")]
    weights: Others,
    /// The same rules on the data of another folder, such as last year's
    #[arg(long, value_name = "DIR")]
    other_data: Option<PathBuf>,
    /// The same data under the rules of another campaign, such as last year's
    #[arg(long, value_name = "CAMPAIGN", conflicts_with_all = ["scenario", "edit", "on", "other_data"])]
    other_rules: Option<PathBuf>,
    /// The points of every criterion too
    #[arg(long)]
    points: bool,
    #[command(flatten)]
    to: To,
    #[command(flatten)]
    picture: Picture,
}

const EXAMPLES: &str = "\
Examples:
  thidua compare rules/lao-cai-2024 twenty-workers
  thidua compare rules/lao-cai-2024 --set params.large_firm=20
  thidua compare rules/lao-cai-2024 --edit 'agencies[union=H06,held=false].held=true'
  thidua compare rules/lao-cai-2024 stricter bac-ha-catches-up --format json";

const FORMS: Forms<Compared> = Forms { json: json::compared, csv: csv::compared };

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let page = |compared: &Compared| page(compared, args.points, terminal.language);
    args.to.answer(terminal, || compared(args), page, &FORMS, args.picture.drawn(plot::compared))
}

fn compared(args: &Args) -> Result<Answer<Compared>, Stopped> {
    let asked = args.inputs.request();
    let request = Request { set: Vec::new(), ..asked.clone() };
    if let Some(other) = &args.other_rules {
        return other_rules(&asked, other);
    }
    let mut scenarios: Vec<Scenario> = Vec::new();
    if let Some(dir) = &args.other_data {
        scenarios.push(load::other_data(&request.campaign, dir)?);
    }
    scenarios.extend(whatif::scenarios(&request, &args.scenario)?);
    let mut faults = Vec::new();
    scenarios.extend(from_arguments(&asked.set, &args.edit, args.on, args.weights.into(), &mut faults));
    if !faults.is_empty() {
        return Err(misuse(faults));
    }
    let base = load::base(&request, &[], &scenarios, &[])?;
    let compared = compare(&base, &scenarios).map_err(misuse)?;
    Ok(Answer::of(base, compared))
}

/// The same data under both rules.
fn other_rules(request: &Request, other: &std::path::Path) -> Result<Answer<Compared>, Stopped> {
    let before = load::evaluate(request)?;
    let data = before.data_dir.clone();
    let after = load::evaluate(&Request {
        campaign: other.to_path_buf(),
        data: Some(data),
        as_of: Some(before.outcome.as_of),
        ..Request::default()
    })?;
    Ok(Answer {
        what: Compared::of_two(before.outcome, after.outcome, &other.display().to_string()),
        faults: before.faults.into_iter().chain(after.faults).collect(),
        read: before.read.into_iter().chain(after.read).collect(),
    })
}
