//! `thidua seek`.

use std::collections::BTreeSet;

use thidua::diagnostic::{Diagnostic, catalogue};
use thidua::load::{self, Stopped};
use thidua::report::plot;
use thidua::report::whatif::{csv, json, seek::nearest, seek::page};
use thidua::scenario::{Goal, MOST_TRIED, Over, Question, Sought, Swept, Weights, Winners, seek, sweep};

use super::answer::{Answer, Forms, Picture, To, misuse};
use super::inputs::Inputs;
use super::whatif::Today;
use super::{Exit, Terminal};

/// Who wants what.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    today: Today,
    /// The unit, by id or name; left out: the one that owns every row
    #[arg(long, value_name = "ID")]
    unit: Option<String>,
    /// The level, where a unit stands on several
    #[arg(long, value_name = "ID")]
    level: Option<String>,
    /// What it wants: `award ID`, `rank <= N`, `grade >= ID`, `met ID` or `score >= N`
    #[arg(long, value_name = "GOAL")]
    goal: String,
    /// The most candidates to evaluate
    #[arg(long, value_name = "N", default_value_t = MOST_TRIED)]
    most: usize,
    /// What an organiser asks instead: the least change of this number with which an award reaches enough units
    #[arg(long, value_name = "PATH=FROM..TO", conflicts_with = "unit")]
    over: Option<String>,
    /// With --over: so many units
    #[arg(long, value_name = "N", requires = "over", default_value_t = 1)]
    units: usize,
    /// With --over: one in each cluster
    #[arg(long, requires = "over", conflicts_with = "units")]
    each_cluster: bool,
    #[command(flatten)]
    to: To,
    #[command(flatten)]
    picture: Picture,
}

const EXAMPLES: &str = "\
Examples:
  thidua seek rules/lao-cai-2024 --unit H06 --goal 'award flag'
  thidua seek rules/lao-cai-2024 --unit 'LĐLĐ huyện Bát Xát' --goal 'rank <= 1'
  thidua seek rules/lao-cai-2024 --goal 'met union_coverage' --set params.large_firm=20
  thidua seek rules/lao-cai-2024 --goal 'award flag' --over criteria.agency_conference.at_least=90%..100% --units 2";

const FORMS: Forms<Sought> = Forms { json: json::sought, csv: csv::sought };

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match &args.over {
        Some(over) => organiser(args, over, terminal),
        None => of_unit(args, terminal),
    }
}

fn of_unit(args: &Args, terminal: Terminal) -> Exit {
    let page = |sought: &Sought| page(sought, terminal.language);
    args.to.answer(terminal, || sought(args), page, &FORMS, args.picture.drawn(plot::sought))
}

fn goal(args: &Args) -> Result<Goal, Stopped> {
    let mut faults = Vec::new();
    Goal::parse(&args.goal, &mut faults).ok_or_else(|| misuse(faults))
}

fn sought(args: &Args) -> Result<Answer<Sought>, Stopped> {
    let question = Question { unit: args.unit.clone(), level: args.level.clone(), goal: goal(args)?, most: args.most };
    let request = args.inputs.request();
    // What moves may change is read too, though no rule may read it.
    let columns = load::columns_of_moves(&request)?;
    let base = args.today.base(&request, &columns)?;
    let sought = seek(&base, &question).map_err(misuse)?;
    Ok(Answer::of(base, sought))
}

fn organiser(args: &Args, over: &str, terminal: Terminal) -> Exit {
    let page = |(swept, award): &(Swept, String)| {
        let levels = swept.outcome.levels.iter();
        let level = levels.filter(|level| level.awards.iter().any(|head| head.id == *award)).take(1);
        let clusters: BTreeSet<&str> =
            level.flat_map(|level| level.units.iter().filter_map(|unit| unit.cluster)).collect();
        let enough = |winners: Winners| {
            if args.each_cluster { winners.clusters >= clusters.len() } else { winners.units >= args.units }
        };
        let wanted = (!args.each_cluster).then_some(args.units);
        nearest(swept, award, wanted, swept.nearest(award, enough).as_ref(), terminal.language)
    };
    let find = || swept(args, over);
    let forms = Forms {
        json: |of: &(Swept, String), language, out| json::swept(&of.0, language, out),
        csv: |of: &(Swept, String), out| csv::swept(&of.0, out),
    };
    let drawing = args.picture.drawn(|of: &(Swept, String), language| plot::swept(&of.0, language));
    args.to.answer(terminal, find, page, &forms, drawing)
}

fn swept(args: &Args, over: &str) -> Result<Answer<(Swept, String)>, Stopped> {
    let mut faults = Vec::new();
    let Goal::Award(award) = goal(args)? else {
        return Err(Stopped::misuse(Diagnostic::new(&catalogue::BAD_GOAL).with("text", &args.goal)));
    };
    let over = Over::parse(over, Weights::Absolute, &mut faults).ok_or_else(|| misuse(faults))?;
    let base = args.today.base(&args.inputs.request(), &[])?;
    let swept = sweep(&base, &over).map_err(misuse)?;
    Ok(Answer::of(base, (swept, award)))
}
