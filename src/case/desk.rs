//! Where cases are run: a campaign is read and planned once for all of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::campaign::{self, Campaign};
use crate::data::{Dataset, assemble};
use crate::diagnostic::Diagnostic;
use crate::document::Node;
use crate::evaluate::{self, Options, Outcome, Plan, Reinterpreted};
use crate::patch;
use crate::rule::Library;
use crate::value::Day;

use super::{Case, Report, mismatches, rows, unexpected};

/// A campaign and its rules, on which cases are run.
pub(super) struct Desk<'a> {
    document: &'a Node,
    library: &'a Library,
    /// The campaign with the edits of a case.
    campaigns: BTreeMap<Vec<String>, Result<Read, Vec<Diagnostic>>>,
    /// The plan for a round of it.
    plans: BTreeMap<(Vec<String>, Option<String>), Planned>,
}

/// A plan, or why there is none.
pub(super) type Planned = Arc<Result<Prepared, Vec<Diagnostic>>>;

struct Read {
    document: Node,
    campaign: Campaign,
}

/// A campaign that is ready for cases.
pub(super) struct Prepared {
    pub plan: Plan,
    /// Its other readings, of which warnings speak.
    pub readings: Vec<Reinterpreted>,
    /// The columns that it wants.
    wanted: Vec<Vec<bool>>,
}

/// The rows of a case as one plan reads them.
pub(super) struct Laid {
    pub data: Option<Dataset>,
    pub faults: Vec<Diagnostic>,
    as_of: Option<Day>,
}

impl<'a> Desk<'a> {
    pub fn new(document: &'a Node, library: &'a Library) -> Self {
        Self { document, library, campaigns: BTreeMap::new(), plans: BTreeMap::new() }
    }

    pub fn run(&mut self, case: &Case) -> Report {
        match &*self.plan(case) {
            Ok(prepared) => {
                let laid = Laid::new(case, prepared);
                judge(case, prepared, &laid)
            }
            Err(faults) => report(case, Vec::new(), unexpected(case, faults.clone())),
        }
    }

    /// The plan on which a case is run.
    pub fn plan(&mut self, case: &Case) -> Planned {
        let read = self.campaigns.entry(case.set.clone());
        let read = read.or_insert_with(|| edited(&case.set, self.document));
        let round = match read {
            Ok(Read { campaign, .. }) => {
                let of_the_year = campaign.round_of_the_year(case.as_of.unwrap_or(campaign.period.to));
                case.round.clone().or_else(|| of_the_year.map(|round| round.id.clone()))
            }
            Err(_) => None,
        };
        let library = self.library;
        let plan = self.plans.entry((case.set.clone(), round.clone()));
        let plan = plan.or_insert_with(|| Arc::new(planned(read, library, round.as_deref())));
        Arc::clone(plan)
    }
}

/// The campaign with some edits.
fn edited(edits: &[String], document: &Node) -> Result<Read, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut document = document.clone();
    for edit in edits {
        patch::set(&mut document, edit, &mut faults);
    }
    let campaign = campaign::read(&document, &mut faults);
    match campaign.filter(|_| !faults.iter().any(Diagnostic::is_error)) {
        Some(campaign) => Ok(Read { document, campaign }),
        None => Err(faults),
    }
}

fn planned(
    read: &Result<Read, Vec<Diagnostic>>,
    library: &Library,
    round: Option<&str>,
) -> Result<Prepared, Vec<Diagnostic>> {
    let Read { document, campaign } = read.as_ref().map_err(Clone::clone)?;
    let readings = evaluate::readings(document, campaign)?;
    let plan = Plan::new(campaign.clone(), library.clone(), round)?;
    let wanted = plan.wanted();
    Ok(Prepared { plan, readings, wanted })
}

impl Prepared {
    /// The day on which a case is judged, if it names none: the last of the round or of the campaign, for a case
    /// describes a state, not a moment in between.
    fn day(&self, case: &Case) -> Day {
        let last = || self.plan.round.as_ref().map_or(self.plan.campaign.period.to, |round| round.span.to);
        case.as_of.unwrap_or_else(last)
    }

    /// Whether rows look the same to another plan.
    pub fn reads_as(&self, other: &Self) -> bool {
        self.wanted == other.wanted && self.plan.campaign.schema == other.plan.campaign.schema
    }
}

impl Laid {
    pub fn new(case: &Case, prepared: &Prepared) -> Self {
        let (mut faults, as_of) = (Vec::new(), prepared.day(case));
        let raw = rows::tables(case, &prepared.plan, &prepared.wanted, &mut faults);
        let data = assemble(&prepared.plan.campaign.schema, raw, as_of, &mut faults);
        Self { data, faults, as_of: Some(as_of) }
    }

    /// No rows, on no day: of a case that expects a campaign to be refused.
    pub fn nothing() -> Self {
        Self { data: None, faults: Vec::new(), as_of: None }
    }

    /// Whether the same rows are read on the same day under another plan.
    pub fn holds_for(&self, case: &Case, prepared: &Prepared) -> bool {
        self.as_of == Some(prepared.day(case))
    }
}

/// Runs a case on rows that were read.
pub(super) fn judge(case: &Case, prepared: &Prepared, laid: &Laid) -> Report {
    let mut faults = laid.faults.clone();
    let Some((data, as_of)) = laid.data.as_ref().zip(laid.as_of) else {
        return report(case, Vec::new(), unexpected(case, faults));
    };
    let options = Options { as_of, threads: 1 };
    let mut outcome: Outcome = evaluate::evaluate(&prepared.plan, data, options, &mut faults);
    if !case.warnings.is_empty() {
        outcome.warnings.extend(faults.iter().filter(|fault| !fault.is_error()).cloned());
        outcome.warnings.extend(evaluate::on_the_bar(&prepared.plan, &outcome, &prepared.readings));
    }
    report(case, mismatches(case, &outcome), unexpected(case, faults))
}

fn report(case: &Case, mismatches: Vec<super::Mismatch>, faults: Vec<Diagnostic>) -> Report {
    Report { name: case.name.clone(), mismatches, faults }
}
