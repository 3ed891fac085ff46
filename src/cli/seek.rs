//! `thidua seek`.

use thidua::diagnostic::{Diagnostic, catalogue};
use thidua::load::{self, Stopped};
use thidua::report::whatif::{csv, json, seek::nearest, seek::page};
use thidua::scenario::{Goal, MOST_TRIED, Over, Question, Sought, Swept, Weights, Winners, seek, sweep};

use super::inputs::Inputs;
use super::progress::watched;
use super::whatif::{self, To, Today};
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
}

const EXAMPLES: &str = "\
Examples:
  thidua seek rules/lao-cai-2024 --unit H06 --goal 'award flag'
  thidua seek rules/lao-cai-2024 --unit 'LĐLĐ huyện Bát Xát' --goal 'rank <= 1'
  thidua seek rules/lao-cai-2024 --goal 'met union_coverage' --set params.large_firm=20
  thidua seek rules/lao-cai-2024 --goal 'award flag' --over criteria.agency_conference.at_least=90%..100% --units 2";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    match &args.over {
        Some(over) => organiser(args, over, terminal),
        None => of_unit(args, terminal),
    }
}

fn of_unit(args: &Args, terminal: Terminal) -> Exit {
    match watched(terminal, || sought(args)) {
        Ok((sought, faults)) => {
            terminal.tell(&faults);
            let language = terminal.language;
            let written = args.to.write(
                &|| page(&sought, language),
                &|out| json::sought(&sought, language, out),
                &|out| csv::sought(&sought, out),
                terminal,
            );
            written.max(Exit::after(&faults))
        }
        Err(stopped) => whatif::stopped(&stopped, terminal),
    }
}

fn misuse(diagnostics: Vec<Diagnostic>) -> Stopped {
    Stopped { diagnostics, misuse: true }
}

fn goal(args: &Args) -> Result<Goal, Stopped> {
    let mut faults = Vec::new();
    Goal::parse(&args.goal, &mut faults).ok_or_else(|| misuse(faults))
}

fn sought(args: &Args) -> Result<(Sought, Vec<Diagnostic>), Stopped> {
    let question = Question { unit: args.unit.clone(), level: args.level.clone(), goal: goal(args)?, most: args.most };
    let request = args.inputs.request();
    // What moves may change is read too, though no rule may read it.
    let columns = load::columns_of_moves(&request)?;
    let base = args.today.base(&request, &columns)?;
    let sought = seek(&base, &question).map_err(misuse)?;
    Ok((sought, base.faults))
}

fn organiser(args: &Args, over: &str, terminal: Terminal) -> Exit {
    match watched(terminal, || swept(args, over)) {
        Ok((swept, award)) => {
            let clusters = swept.outcome.levels.iter().find(|level| level.awards.iter().any(|head| head.id == award));
            let clusters: std::collections::BTreeSet<&str> = clusters
                .into_iter()
                .flat_map(|level| level.units.iter().filter_map(|unit| unit.cluster.as_deref()))
                .collect();
            let enough = |winners: Winners| {
                if args.each_cluster { winners.clusters >= clusters.len() } else { winners.units >= args.units }
            };
            let reached = swept.nearest(&award, enough);
            let wanted = (!args.each_cluster).then_some(args.units);
            let language = terminal.language;
            args.to.write(
                &|| nearest(&swept, &award, wanted, reached.as_ref(), language),
                &|out| json::swept(&swept, language, out),
                &|out| csv::swept(&swept, out),
                terminal,
            )
        }
        Err(stopped) => whatif::stopped(&stopped, terminal),
    }
}

fn swept(args: &Args, over: &str) -> Result<(Swept, String), Stopped> {
    let mut faults = Vec::new();
    let Goal::Award(award) = goal(args)? else {
        let fault = Diagnostic::new(&catalogue::BAD_GOAL).with("text", &args.goal);
        return Err(misuse(vec![fault]));
    };
    let over = Over::parse(over, Weights::Absolute, &mut faults).ok_or_else(|| misuse(faults))?;
    let base = args.today.base(&args.inputs.request(), &[])?;
    Ok((sweep(&base, &over).map_err(misuse)?, award))
}
