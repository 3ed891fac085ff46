//! The campaign as it is, evaluated, and the worlds that changes make of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use crate::campaign;
use crate::data::{Dataset, RawTable, assemble, read_file};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::document::Node;
use crate::evaluate::{
    Brief, Kept, Open, Options, Outcome, Plan, Written, day_of_evaluation, evaluate, evaluate_again, evaluate_and_keep,
};
use crate::patch::Edit;
use crate::rule::Library;
use crate::schema::TableId;
use crate::value::Day;

use super::rows;
use super::work::on_all;

/// A data file, as it was read.
#[derive(Clone, Debug)]
pub struct File {
    /// Its name, as messages call it.
    pub name: String,
    /// What is in it.
    pub bytes: Arc<[u8]>,
}

/// The data files by the ids of their tables; a file that cannot be read is a fault only where it is needed.
pub type Files = BTreeMap<String, Result<File, Diagnostic>>;

/// Everything that an evaluation is made of.
#[derive(Clone, Debug)]
pub struct World {
    /// The campaign with what it includes.
    pub document: Node,
    /// Its rules.
    pub library: Library,
    /// The day of evaluation, if somebody asks for one.
    pub as_of: Option<Day>,
    /// The data files.
    pub files: Arc<Files>,
    /// Edits of the data, in order.
    pub edits: Vec<Edit>,
}

/// A campaign as it is, evaluated once, with all that a scenario can share with it.
#[derive(Debug)]
pub struct Base {
    /// What it is made of.
    pub world: World,
    /// The round, if one is chosen.
    pub round: Option<String>,
    /// How many threads an evaluation may use.
    pub threads: usize,
    /// The campaign and its rules, checked.
    pub plan: Arc<Plan>,
    /// The day of evaluation.
    pub as_of: Day,
    /// The data.
    pub data: Dataset,
    /// What it says.
    pub outcome: Outcome,
    /// What was wrong with the data.
    pub faults: Vec<Diagnostic>,
    /// The files that it was read from, with those of its scenarios, as canonical paths; none if it was built in code.
    pub read: BTreeSet<PathBuf>,
    raw: Vec<Option<RawTable>>,
    kept: Kept,
}

/// What became of a world.
#[derive(Debug)]
pub struct Ran {
    /// What it says.
    pub outcome: Outcome,
    /// What was wrong with its data that is not wrong today.
    pub faults: Vec<Diagnostic>,
}

/// A world that is ready to be evaluated.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    pub plan: Arc<Plan>,
    pub as_of: Day,
    pub data: Dataset,
}

impl Base {
    /// Evaluates a campaign as it is. `columns` are read beside those that its rules read, by table and column id.
    ///
    /// # Errors
    /// All faults that keep it from being evaluated.
    pub fn new(
        world: World,
        round: Option<&str>,
        threads: usize,
        columns: &[(String, String)],
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let (plan, as_of) = plan(&world, round, &mut faults)?;
        let mut wanted = plan.wanted();
        also(&mut wanted, &plan, columns);
        let mut raw = raw_tables(&world, &plan, &wanted, threads, &mut faults)?;
        rows::edit(&world.edits, &plan.campaign.schema, &world.files, &mut raw, &mut faults);
        let data = whole(&plan, &raw, as_of, &mut faults)?;
        let plan = Arc::new(plan);
        let options = Options { as_of, threads };
        let (outcome, kept) = evaluate_and_keep(&plan, &data, options, None, &mut faults);
        let round = round.map(str::to_owned);
        Ok(Self { world, round, threads, plan, as_of, data, outcome, faults, read: BTreeSet::new(), raw, kept })
    }

    /// Evaluates another world.
    ///
    /// # Errors
    /// All faults that keep it from being evaluated.
    pub fn run(&self, world: &World) -> Result<Ran, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let ready = self.ready(world, &mut faults)?;
        let outcome = self.evaluate(&ready.plan, &ready.data, ready.as_of, &mut faults);
        Ok(Ran { outcome, faults: self.new_faults(faults) })
    }

    /// Evaluates many worlds, side by side; the results stand in their order.
    #[must_use]
    pub fn run_all(&self, worlds: &[World]) -> Vec<Result<Ran, Vec<Diagnostic>>> {
        on_all(self.threads, worlds, |world| self.run(world))
    }

    /// The same without anything that was kept: what [`Base::run`] must equal.
    ///
    /// # Errors
    /// As [`Base::run`].
    pub fn run_in_full(&self, world: &World) -> Result<Ran, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let ready = self.ready(world, &mut faults)?;
        let options = Options { as_of: ready.as_of, threads: self.threads };
        let outcome = evaluate(&ready.plan, &ready.data, options, &mut faults);
        Ok(Ran { outcome, faults: self.new_faults(faults) })
    }

    /// Evaluates a plan on data, with what was kept of today's evaluation.
    pub(super) fn evaluate(&self, plan: &Plan, data: &Dataset, as_of: Day, faults: &mut Vec<Diagnostic>) -> Outcome {
        evaluate_again(plan, data, Options { as_of, threads: self.threads }, &self.kept, faults)
    }

    /// What is decided with each of some values of the numbers that a plan leaves open.
    pub(super) fn briefs(&self, open: &Open, ready: &Ready, values: &[Vec<Written>]) -> Vec<Brief> {
        // Neighbours have most in common, and what is sorted once for many values is sorted once for a share of them.
        let shares = crate::value::threads(self.threads);
        let options = Options { as_of: ready.as_of, threads: 1 };
        let shares: Vec<&[Vec<Written>]> = values.chunks(values.len().div_ceil(shares).max(1)).collect();
        let briefs = on_all(self.threads, &shares, |share| open.briefs(&ready.data, options, &self.kept, share));
        briefs.into_iter().flatten().collect()
    }

    /// What was derived of today's data.
    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    fn new_faults(&self, faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
        faults.into_iter().filter(|fault| !self.faults.contains(fault)).collect()
    }

    /// Plans a world and brings its data in.
    pub(super) fn ready(&self, world: &World, faults: &mut Vec<Diagnostic>) -> Result<Ready, Vec<Diagnostic>> {
        let (plan, as_of) = plan(world, self.round.as_deref(), faults)?;
        let data = self.data(world, &plan, as_of, faults)?;
        Ok(Ready { plan: Arc::new(plan), as_of, data })
    }

    /// The data of a world: today's where nothing about them changed.
    fn data(
        &self,
        world: &World,
        plan: &Plan,
        as_of: Day,
        faults: &mut Vec<Diagnostic>,
    ) -> Result<Dataset, Vec<Diagnostic>> {
        let mut wanted = plan.wanted();
        also(&mut wanted, plan, &rows::columns(&world.edits.iter().collect::<Vec<_>>()));
        let same_files = Arc::ptr_eq(&world.files, &self.world.files) || same(&world.files, &self.world.files);
        let alike = same_files && plan.campaign.schema == self.plan.campaign.schema;
        let new = world.edits.get(self.world.edits.len()..).unwrap_or_default();
        let read = alike && wanted.iter().enumerate().all(|(at, wanted)| self.has_read(plan, TableId(at), wanted));
        if read && new.is_empty() && as_of == self.as_of {
            return Ok(self.data.clone());
        }
        let mut raw = if read {
            self.raw.clone()
        } else {
            let mut raw = raw_tables(world, plan, &wanted, self.threads, faults)?;
            rows::edit(&self.world.edits, &plan.campaign.schema, &world.files, &mut raw, faults);
            raw
        };
        rows::edit(new, &plan.campaign.schema, &world.files, &mut raw, faults);
        if faults.iter().any(|fault| fault.is_error() && rows::stops(fault)) {
            return Err(std::mem::take(faults));
        }
        let mut data = whole(plan, &raw, as_of, faults)?;
        // A table that says the same is the same table, so that what was kept of it holds.
        for (table, mine) in data.tables.iter_mut().zip(&self.data.tables) {
            if table == mine {
                *table = Arc::clone(mine);
            }
        }
        Ok(data)
    }

    fn has_read(&self, plan: &Plan, table: TableId, wanted: &[bool]) -> bool {
        match self.raw.get(table.0).and_then(Option::as_ref) {
            Some(raw) => {
                let unread = |(at, wanted): (usize, &bool)| *wanted && !raw.has(crate::schema::ColumnId(at));
                !wanted.iter().enumerate().any(unread)
            }
            None => !plan.needs(table) && !wanted.contains(&true),
        }
    }
}

fn same(one: &Files, other: &Files) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|((a, x), (b, y))| match (x, y) {
            (Ok(x), Ok(y)) => a == b && Arc::ptr_eq(&x.bytes, &y.bytes),
            (Err(x), Err(y)) => a == b && x == y,
            _ => false,
        })
}

/// Checks the campaign of a world with its rules, and finds its day.
fn plan(world: &World, round: Option<&str>, warnings: &mut Vec<Diagnostic>) -> Result<(Plan, Day), Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let campaign = campaign::read(&world.document, &mut faults);
    let Some(campaign) = campaign.filter(|_| !faults.iter().any(Diagnostic::is_error)) else { return Err(faults) };
    let as_of = day_of_evaluation(world.as_of, round, &campaign, warnings);
    let of_the_year = campaign.round_of_the_year(as_of).map(|round| round.id.clone());
    Ok((Plan::new(campaign, world.library.clone(), round.or(of_the_year.as_deref()))?, as_of))
}

/// Wants more columns, by table and column id; an unknown name is reported where it is used.
fn also(wanted: &mut [Vec<bool>], plan: &Plan, columns: &[(String, String)]) {
    let schema = &plan.campaign.schema;
    for (table, column) in columns {
        let Some(id) = schema.find(table) else { continue };
        let column = schema.table(id).find(column);
        if let Some(flag) = column.and_then(|column| wanted.get_mut(id.0)?.get_mut(column.0)) {
            *flag = true;
        }
    }
}

/// Reads the tables that a plan needs.
fn raw_tables(
    world: &World,
    plan: &Plan,
    wanted: &[Vec<bool>],
    threads: usize,
    faults: &mut Vec<Diagnostic>,
) -> Result<Vec<Option<RawTable>>, Vec<Diagnostic>> {
    let schema = &plan.campaign.schema;
    let (mut raw, mut usable) = (Vec::new(), true);
    for (at, wanted) in wanted.iter().enumerate() {
        let id = TableId(at);
        if !plan.needs(id) && !wanted.contains(&true) {
            raw.push(None);
            continue;
        }
        let table = &schema.table(id).id;
        let read = match world.files.get(table) {
            Some(Ok(file)) => read_file(schema, id, &file.name, &file.bytes.as_ref(), wanted, threads, faults),
            Some(Err(fault)) => {
                faults.push(fault.clone().with("table", table));
                None
            }
            None => {
                let fault = Diagnostic::new(&catalogue::UNREADABLE_FILE).with("reason", "it was not read");
                faults.push(fault.with("table", table).at(&schema.table(id).place));
                None
            }
        };
        usable &= read.is_some();
        raw.push(read);
    }
    if usable { Ok(raw) } else { Err(std::mem::take(faults)) }
}

fn whole(
    plan: &Plan,
    raw: &[Option<RawTable>],
    as_of: Day,
    faults: &mut Vec<Diagnostic>,
) -> Result<Dataset, Vec<Diagnostic>> {
    let raw = raw.iter().flatten().cloned().collect();
    assemble(&plan.campaign.schema, raw, as_of, faults).ok_or_else(|| std::mem::take(faults))
}
