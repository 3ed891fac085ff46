//! The only file access: campaigns, rules and data from disk, and outcomes back.

use std::path::PathBuf;

use crate::data::Dataset;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Outcome, Plan};
use crate::value::Day;

/// What to evaluate.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// A folder with a `campaign.toml`, or such a file.
    pub campaign: PathBuf,
    /// The folder of the data, if not the campaign's own.
    pub data: Option<PathBuf>,
    /// The day of evaluation, if not the dataset's.
    pub as_of: Option<Day>,
    /// The round, if one is chosen.
    pub round: Option<String>,
    /// Edits such as `params.large_firm=20`, in order.
    pub set: Vec<String>,
    /// How many threads to use; 0 for all cores.
    pub threads: usize,
}

/// An evaluation with everything that it rests on.
#[derive(Debug)]
pub struct Run {
    /// What it says.
    pub outcome: Outcome,
    /// The campaign and its rules.
    pub plan: Plan,
    /// The data.
    pub dataset: Dataset,
    /// What was wrong with the data.
    pub faults: Vec<Diagnostic>,
}

/// Why there is no outcome.
#[derive(Debug)]
pub struct Stopped {
    /// Everything that was found.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether the caller is at fault (a file that cannot be read, an unknown path), not the campaign or the data.
    pub misuse: bool,
}

/// Evaluates a campaign from disk.
///
/// # Errors
/// [`Stopped`] with all that was found.
pub fn evaluate(_request: &Request) -> Result<Run, Stopped> {
    Err(Stopped { diagnostics: Vec::new(), misuse: true })
}

/// Checks a campaign without its data.
///
/// # Errors
/// [`Stopped`] with all that was found.
pub fn check(_request: &Request) -> Result<Plan, Stopped> {
    Err(Stopped { diagnostics: Vec::new(), misuse: true })
}
