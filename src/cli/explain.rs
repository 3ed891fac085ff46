//! `thidua explain`.

use std::collections::BTreeSet;

use thidua::diagnostic::{Diagnostic, Phrase, catalogue};
use thidua::evaluate::Options;
use thidua::evaluate::explain::{explain, locate, of_clause, standing};
use thidua::load::{self, Run};
use thidua::report::became;
use thidua::report::explanation::explanation;
use thidua::report::means;
use thidua::report::page::Page;
use thidua::report::table::table;
use thidua::value::nearest;

use super::inputs::Inputs;
use super::progress::watched;
use super::{Exit, Terminal, output};

/// Which verdicts to explain.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// The unit, by id or name; left out: the one that owns every row
    unit: Option<String>,
    /// Only this criterion; `claimed.*`: all that `each` makes of one
    #[arg(long, value_name = "ID")]
    criterion: Option<String>,
    /// Only the criteria of this clause of the directive
    #[arg(long, value_name = "NO")]
    clause: Option<String>,
    /// The level, where a unit stands on several
    #[arg(long, value_name = "ID")]
    level: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  thidua explain rules/lao-cai-2024                  the province
  thidua explain rules/lao-cai-2024 H01
  thidua explain rules/lao-cai-2024 H03 --criterion union_coverage
  thidua explain rules/lao-cai-2024 --clause 2.7";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let request = args.inputs.request();
    let run = match watched(terminal, || load::evaluate(&request)) {
        Ok(run) => run,
        Err(stopped) => {
            terminal.tell(&stopped.diagnostics);
            return Exit::from(&stopped);
        }
    };
    let became = became(args, &run, terminal);
    if let Some((page, true)) = &became {
        return output::write(table(page, terminal.width).as_bytes(), None, terminal);
    }
    let found = locate(&run.outcome, args.level.as_deref(), args.unit.as_deref())
        .and_then(|(level, unit)| Ok((level, unit, criteria(args, &run, level)?)));
    let (level, unit, criteria) = match found {
        Ok(found) => found,
        Err(unknown) => {
            // A unit may be missing because its row is faulty.
            terminal.tell(&[run.faults.as_slice(), &[unknown]].concat());
            return Exit::Misuse;
        }
    };
    terminal.tell(&run.faults);
    let options = Options { as_of: run.outcome.as_of, threads: request.threads };
    let explanations = explain(&run.plan, &run.dataset, &run.outcome, options, level, unit, &criteria);
    let whole = args.criterion.is_none() && args.clause.is_none();
    let outcome = run.outcome.levels.get(level).and_then(|level| Some((level, level.units.get(unit)?)));
    let Some((of_level, of_unit)) = outcome else { return Exit::Misuse };
    let behind = whole.then(|| standing(&run.plan, &run.dataset, options, level, unit, of_unit.row));
    let explained = explanation(of_level, &of_unit, &explanations, behind.as_ref(), terminal.language);
    let blocks = became.into_iter().flat_map(|(page, _)| page.blocks).chain(explained.blocks);
    let page = Page { blocks: blocks.collect() };
    let written = output::write(table(&page, terminal.width).as_bytes(), None, terminal);
    written.max(Exit::after(&run.faults))
}

/// What became of a clause over all units, where no unit is chosen or no criterion measures it on any level; and whether
/// that is all there is to say.
fn became(args: &Args, run: &Run, terminal: Terminal) -> Option<(Page, bool)> {
    let clause = args.clause.as_deref()?;
    let measured = |level: usize| !of_clause(&run.plan.campaign, &run.plan, level, clause).is_empty();
    let more = if args.unit.is_some() {
        (0..run.plan.levels.len()).any(measured)
    } else {
        locate(&run.outcome, args.level.as_deref(), None).is_ok_and(|(level, _)| measured(level))
    };
    if args.unit.is_some() && more {
        return None;
    }
    Some((became::clause(&run.plan.campaign, &run.outcome, clause, terminal.language)?, !more))
}

/// The positions of the criteria in the level.
fn criteria(args: &Args, run: &Run, level: usize) -> Result<Vec<usize>, Diagnostic> {
    let heads = run.outcome.levels.get(level).map(|level| level.criteria.as_slice()).unwrap_or_default();
    if let Some(id) = &args.criterion {
        let found: Vec<usize> =
            (0..heads.len()).filter(|at| heads.get(*at).is_some_and(|it| means(id, &it.id))).collect();
        if found.is_empty() {
            return Err(unknown(CRITERION, id, heads.iter().map(|head| head.id.as_str())));
        }
        return Ok(found);
    }
    let Some(clause) = &args.clause else { return Ok((0..heads.len()).collect()) };
    let found = of_clause(&run.plan.campaign, &run.plan, level, clause);
    if found.is_empty() {
        let registered = run.plan.campaign.clauses.iter().map(|clause| clause.id.as_str());
        let of_level = heads.iter().filter_map(|head| head.clause.as_deref());
        let known: BTreeSet<&str> = registered.chain(of_level).collect();
        return Err(unknown(CLAUSE, clause, known.into_iter()));
    }
    Ok(found)
}

const CRITERION: Phrase = Phrase { en: "criterion", vi: "chỉ tiêu" };
const CLAUSE: Phrase = Phrase { en: "clause", vi: "mục" };

fn unknown<'k>(kind: Phrase, name: &str, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let mut known: Vec<_> = known.collect();
    known.sort_unstable();
    known.dedup();
    let near = nearest(name, known.iter().copied());
    Diagnostic::new(&catalogue::UNKNOWN_NAME)
        .with("kind", kind)
        .with("name", name)
        .maybe("near", near)
        .with("known", known.join(", "))
}
