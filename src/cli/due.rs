//! `thidua due`.

use thidua::evaluate::Outcome;
use thidua::load::{self, Stopped};
use thidua::report::due;

use super::answer::{Answer, Forms, To, misuse};
use super::inputs::Inputs;
use super::selection::Selection;
use super::{Exit, Terminal};

/// What is awaited, and in which form.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    selection: Selection,
    #[command(flatten)]
    to: To,
}

const EXAMPLES: &str = "\
Examples:
  thidua due rules/lao-cai-2024 --as-of 2024-12-01
  thidua due rules/lao-cai-2024 --as-of 2024-12-01 --level unions --all
  thidua due rules/lao-cai-2024 --as-of 2024-12-01 --format csv";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let page = |outcome: &Outcome| due::page(outcome, args.selection.view().all, terminal.language);
    let forms = Forms { json: |outcome: &Outcome, _, out| due::json(outcome, out), csv: due::csv };
    args.to.answer(terminal, || seen(args), page, &forms, None)
}

/// The outcome of what is selected.
fn seen(args: &Args) -> Result<Answer<Outcome>, Stopped> {
    let run = load::evaluate(&args.inputs.request())?;
    let what = args.selection.view().apply(run.outcome);
    // A unit may be missing because its row is faulty.
    let what = what.map_err(|unknown| misuse([run.faults.as_slice(), unknown.as_slice()].concat()))?;
    Ok(Answer { what, faults: run.faults, read: run.read })
}
