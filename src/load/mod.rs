//! The only file access: campaigns, rules and data from disk.

mod campaign;
mod cases;
mod data;
mod init;
mod new;
mod scenario;
mod text;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use campaign::{Texts, texts};
pub use cases::cases;
pub use data::dataset;
pub use init::{Drafted, init};
pub use new::new;
pub use scenario::{base, columns_of_moves, other_data, scenario};

use crate::campaign::Reading;
use crate::data::{Dataset, Intake, Plain, plain};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::evaluate::{self, Counted, Options, Outcome, Plan, Reinterpreted};
use crate::scenario::{declared_moves, declared_ranges};
use crate::value::Day;

use campaign::unknown_name;

const ROUND: Phrase = Phrase::new("round", "đợt");

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
    /// What becomes of the rows.
    pub rows: Rows,
}

/// What becomes of rows that were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// They are kept, so that verdicts can be explained and changed worlds evaluated.
    #[default]
    Kept,
    /// Of tables of which only counts are asked nothing is kept: that takes less time and little memory.
    Counted,
}

/// An evaluation with everything that it rests on.
#[derive(Debug)]
pub struct Run {
    /// What it says.
    pub outcome: Outcome,
    /// The campaign and its rules.
    pub plan: Plan,
    /// The data, but for the rows that were not kept.
    pub dataset: Dataset,
    /// What was wrong with the data.
    pub faults: Vec<Diagnostic>,
    /// The folder of the data.
    pub data_dir: PathBuf,
    /// The files that it was read from, as canonical paths.
    pub read: BTreeSet<PathBuf>,
}

/// The paths of files by their only name, so that two ways to a file are the same; files that are not there have none.
fn canonical(files: impl IntoIterator<Item = PathBuf>) -> BTreeSet<PathBuf> {
    files.into_iter().filter_map(|file| fs::canonicalize(file).ok()).collect()
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
///
/// ```
/// use thidua::load::{Request, evaluate};
///
/// let request = Request {
///     campaign: "rules/lao-cai-2024".into(),
///     set: vec!["params.large_firm=20".into()],
///     ..Request::default()
/// };
/// let run = evaluate(&request).expect("the campaign is sound");
/// assert_eq!(run.outcome.levels[1].units.len(), 18);
/// assert!(run.faults.is_empty(), "the data are clean");
///
/// let unknown = Request { set: vec!["params.larg_firm=20".into()], ..request };
/// let stopped = evaluate(&unknown).expect_err("there is no such param");
/// assert_eq!(stopped.diagnostics[0].code(), "unknown-path");
/// ```
pub fn evaluate(request: &Request) -> Result<Run, Stopped> {
    let prepared = prepare(request)?;
    let dir = folder(request, &prepared.plan.campaign, &prepared.root)?;
    let mut faults = Vec::new();
    let others: Vec<&Plan> = prepared.others.iter().map(|(_, plan)| plan).collect();
    let options = Options { as_of: prepared.as_of, threads: request.threads };
    let (dataset, counted) = match request.rows {
        Rows::Kept => (data::dataset(&prepared.plan, &others, &dir, options, &mut faults)?, Counted::default()),
        Rows::Counted => data::counted(&prepared.plan, &others, &dir, options, &mut faults)?,
    };
    let plan = Arc::new(prepared.plan);
    let mut outcome = evaluate::evaluate_readings(&plan, &prepared.others, &dataset, &counted, options, &mut faults);
    let (errors, warnings): (Vec<_>, Vec<_>) = faults.into_iter().partition(Diagnostic::is_error);
    outcome.warnings.splice(0..0, prepared.warnings);
    outcome.warnings.extend(warnings);
    outcome.warnings.extend(evaluate::on_the_bar(&plan, &outcome, &prepared.readings));
    let data = outcome.data.iter().map(|intake| PathBuf::from(&intake.file));
    let read = canonical(prepared.files.into_iter().chain(data));
    Ok(Run { outcome, plan: Arc::unwrap_or_clone(plan), dataset, faults: errors, data_dir: dir, read })
}

/// Data that were looked at without a campaign's rules.
#[derive(Debug)]
pub struct Validated {
    /// What the campaign is called.
    pub title: crate::schema::Title,
    /// Its id.
    pub campaign: String,
    /// What came in, by file.
    pub data: Vec<Intake>,
    /// What was wrong.
    pub faults: Vec<Diagnostic>,
    /// What somebody should look at.
    pub warnings: Vec<Diagnostic>,
}

/// Reads all data of a campaign, every column of every table, and says what is wrong with them; no rule is run.
///
/// # Errors
/// [`Stopped`] with all that was found, where no dataset can be made of the files.
///
/// ```
/// use thidua::load::{Request, validate};
///
/// let request = Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() };
/// let validated = validate(&request).expect("the files can be read");
/// assert_eq!((validated.data.len(), validated.faults.len()), (16, 0));
/// ```
pub fn validate(request: &Request) -> Result<Validated, Stopped> {
    let texts = texts(&request.campaign, &request.set)?;
    let mut faults = texts.warnings;
    let as_of = evaluate::day_of_evaluation(request.as_of, request.round.as_deref(), &texts.campaign, &mut faults);
    let dir = folder(request, &texts.campaign, &texts.root)?;
    let options = Options { as_of, threads: request.threads };
    let dataset = data::whole(&texts.campaign.schema, &dir, options, &mut faults)?;
    let (faults, warnings) = faults.into_iter().partition(Diagnostic::is_error);
    let data = dataset.tables.iter().map(|table| table.intake.clone()).collect();
    Ok(Validated { title: texts.campaign.title, campaign: texts.campaign.id, data, faults, warnings })
}

/// Reads a data file as rows of texts, without a campaign.
///
/// # Errors
/// [`Stopped`] where it cannot be read.
pub fn convert(file: &Path, writing: &crate::schema::FileWriting) -> Result<Plain, Stopped> {
    let input = text::DataFile::open(file).map_err(Stopped::misuse)?;
    plain(&file.display().to_string(), &input, writing, usize::MAX).map_err(Stopped::faulty)
}

/// The folder of the data: the one that was asked for, else the campaign's own.
fn folder(request: &Request, campaign: &crate::campaign::Campaign, root: &Path) -> Result<PathBuf, Stopped> {
    match (&request.data, &campaign.data_dir) {
        (Some(dir), _) => Ok(dir.clone()),
        (None, Some(dir)) => Ok(text::tidy(&root.join(dir))),
        (None, None) => {
            let about =
                Phrase::new("the folder of the data; or give --data DIR", "thư mục dữ liệu; hoặc cho --data DIR");
            let fault = Diagnostic::new(&catalogue::MISSING_KEY).with("key", "data.dir").with("about", about);
            Err(Stopped::misuse(fault))
        }
    }
}

/// Checks a campaign without its data: its own text, its rules, and every reading of it.
///
/// # Errors
/// [`Stopped`] with all that was found.
///
/// ```
/// use thidua::load::{Request, check};
///
/// let plan = check(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("it is sound");
/// assert_eq!(plan.campaign.levels.len(), 2);
/// ```
pub fn check(request: &Request) -> Result<Plan, Stopped> {
    let mut prepared = prepare(request)?;
    prepared.plan.warnings.splice(0..0, prepared.warnings);
    Ok(prepared.plan)
}

/// A campaign that is ready to be evaluated.
struct Prepared {
    root: PathBuf,
    files: BTreeSet<PathBuf>,
    plan: Plan,
    as_of: Day,
    readings: Vec<Reinterpreted>,
    /// The plan of each reading.
    others: Vec<(Reading, Plan)>,
    warnings: Vec<Diagnostic>,
}

fn prepare(request: &Request) -> Result<Prepared, Stopped> {
    let texts = texts(&request.campaign, &request.set)?;
    let round = request.round.as_deref();
    if let Some(round) = round.filter(|round| texts.campaign.round(round).is_none()) {
        let known = texts.campaign.rounds.iter().map(|round| round.id.as_str());
        return Err(unknown_name(ROUND, round, known));
    }
    let files = texts.files();
    let mut warnings = texts.warnings;
    let as_of = evaluate::day_of_evaluation(request.as_of, round, &texts.campaign, &mut warnings);
    let of_the_year = texts.campaign.round_of_the_year(as_of).map(|round| round.id.clone());
    let readings = evaluate::readings(&texts.document, &texts.campaign).map_err(Stopped::faulty)?;
    let mut what_ifs = Vec::new();
    declared_moves(&texts.document, &texts.campaign.schema, &mut what_ifs);
    declared_ranges(&texts.document, &texts.campaign, &mut what_ifs);
    if what_ifs.iter().any(Diagnostic::is_error) {
        return Err(Stopped::faulty(what_ifs));
    }
    let plan = Plan::new(texts.campaign, texts.library, round.or(of_the_year.as_deref())).map_err(Stopped::faulty)?;
    let round = plan.round.as_ref().map(|round| round.id.as_str());
    let of_reading = |other: &Reinterpreted| {
        let plan = Plan::new(other.campaign.clone(), plan.library.clone(), round)?;
        Ok((other.reading.clone(), plan))
    };
    let others = readings.iter().map(of_reading).collect::<Result<_, _>>().map_err(Stopped::faulty)?;
    Ok(Prepared { root: texts.root, files, plan, as_of, readings, others, warnings })
}
