//! Data from disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::data::{Dataset, Passed, Passing, Table, assemble, pass, read_file};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::{Counted, Counting, Options, Plan};
use crate::schema::{Schema, TableId};
use crate::source::Place;

use super::{Stopped, text};

/// Reads the tables that a plan needs, and those that plans of the same tables need beside it.
///
/// # Errors
/// [`Stopped`] where a file cannot be used, with all that was found in all files.
pub fn dataset(
    plan: &Plan,
    others: &[&Plan],
    dir: &Path,
    options: Options,
    faults: &mut Vec<Diagnostic>,
) -> Result<Dataset, Stopped> {
    tables_of(&plan.campaign.schema, needed(plan, others), dir, options, faults)
}

/// Reads the same tables, but keeps no rows of those of which nothing but counts is asked, where nothing is wrong with
/// any row: what was counted for each plan comes beside the data.
///
/// # Errors
/// As [`dataset`].
pub fn counted(
    plan: &Plan,
    others: &[&Plan],
    dir: &Path,
    options: Options,
    faults: &mut Vec<Diagnostic>,
) -> Result<(Dataset, Counted), Stopped> {
    let schema = &plan.campaign.schema;
    let plans: Vec<&Plan> = std::iter::once(plan).chain(others.iter().copied()).collect();
    let only_counted = |at: usize| plans.iter().all(|plan| plan.only_counts(TableId(at)));
    let (passing, mut kept): (Vec<_>, Vec<_>) = needed(plan, others).into_iter().partition(|(at, _)| only_counted(*at));
    let all_kept = |faults: &mut _| Ok((dataset(plan, others, dir, options, faults)?, Counted::default()));
    if passing.is_empty() {
        return all_kept(faults);
    }
    let mut told = Vec::new();
    let Ok(mut data) = tables_of(schema, kept.clone(), dir, options, &mut told) else {
        // What is wrong with any file is told together with what is wrong with the others.
        return all_kept(faults);
    };
    let (mut counted, mut passed, before) = (Counted::default(), Vec::new(), kept.len());
    for (at, wanted) in passing {
        let counting = Counting::new(TableId(at), plans.clone(), &data, options);
        match passed_by(schema, (TableId(at), &wanted), &counting, &data, dir, options.threads) {
            Some((left, counts)) => {
                passed.push((at, left));
                counted.append(counts);
            }
            None => kept.push((at, wanted)),
        }
    }
    if kept.len() > before {
        kept.sort_unstable_by_key(|(at, _)| *at);
        told.clear();
        data = tables_of(schema, kept, dir, options, faults)?;
    }
    faults.append(&mut told);
    for (at, left) in passed {
        if let Some(table) = data.tables.get_mut(at) {
            *table = Arc::new(left);
        }
    }
    Ok((data, counted))
}

/// Counts what is asked of a table while it is read; nothing if its rows have to be kept.
fn passed_by(
    schema: &Schema,
    (table, wanted): (TableId, &[bool]),
    counting: &Counting<'_>,
    data: &Dataset,
    dir: &Path,
    threads: usize,
) -> Option<(Table, Counted)> {
    let (file, input) = opened(schema, table, dir).ok()?;
    let passing = Passing { schema, table, file: &file, input: &input, wanted, threads, above: data };
    let Passed { table: left, watches } = pass(passing, || counting.counter())?;
    let counted = counting.finish(watches, &left);
    Some((left, counted))
}

/// The tables that any of the plans needs, and the columns that any of them reads.
fn needed(plan: &Plan, others: &[&Plan]) -> Vec<(usize, Vec<bool>)> {
    let needed = |at: usize| plan.needs(TableId(at)) || others.iter().any(|other| other.needs(TableId(at)));
    wanted(plan, others).into_iter().enumerate().filter(|(at, _)| needed(*at)).collect()
}

/// For each table, the columns that any of the plans reads.
fn wanted(plan: &Plan, others: &[&Plan]) -> Vec<Vec<bool>> {
    let mut wanted = plan.wanted();
    for other in others {
        for (columns, more) in wanted.iter_mut().zip(other.wanted()) {
            columns.iter_mut().zip(more).for_each(|(column, more)| *column |= more);
        }
    }
    wanted
}

/// Reads every column of every table of a campaign.
///
/// # Errors
/// As [`dataset`].
pub(super) fn whole(
    schema: &Schema,
    dir: &Path,
    options: Options,
    faults: &mut Vec<Diagnostic>,
) -> Result<Dataset, Stopped> {
    let all = |(at, table): (usize, &crate::schema::TableSchema)| (at, vec![true; table.columns.len()]);
    let tables = schema.tables.iter().enumerate().map(all).collect();
    tables_of(schema, tables, dir, options, faults)
}

fn tables_of(
    schema: &Schema,
    tables: Vec<(usize, Vec<bool>)>,
    dir: &Path,
    options: Options,
    faults: &mut Vec<Diagnostic>,
) -> Result<Dataset, Stopped> {
    let Options { as_of, threads } = options;
    let (mut raw, mut unreadable, mut unusable) = (Vec::new(), Vec::new(), false);
    for (at, wanted) in tables {
        match opened(schema, TableId(at), dir) {
            Ok((file, input)) => match read_file(schema, TableId(at), &file, &input, &wanted, threads, faults) {
                Some(table) => raw.push(table),
                None => unusable = true,
            },
            Err(fault) => unreadable.push(fault.with("table", &schema.table(TableId(at)).id)),
        }
    }
    if !unreadable.is_empty() {
        unreadable.append(faults);
        return Err(Stopped { diagnostics: unreadable, misuse: true });
    }
    let dataset = if unusable { None } else { assemble(schema, raw, as_of, faults) };
    dataset.ok_or_else(|| Stopped::faulty(std::mem::take(faults)))
}

/// The file of a table and its name.
fn opened(schema: &Schema, table: TableId, dir: &Path) -> Result<(String, text::DataFile), Diagnostic> {
    let path = found(&dir.join(&schema.table(table).file))?;
    let input = text::DataFile::open(&path)?;
    Ok((path.display().to_string(), input))
}

/// The file; where it is not there, the one of the same name that another program saved. Which one is read is said in
/// the outcome.
pub(super) fn found(path: &Path) -> Result<PathBuf, Diagnostic> {
    const FORMATS: [&str; 5] = ["csv", "xlsx", "ods", "tsv", "txt"];
    if path.exists() {
        return Ok(path.to_owned());
    }
    let others: Vec<PathBuf> =
        FORMATS.iter().map(|format| path.with_extension(format)).filter(|other| other.is_file()).collect();
    match others.as_slice() {
        [] => Ok(path.to_owned()),
        [other] => Ok(other.clone()),
        others => {
            let names: Vec<String> = others.iter().map(|other| other.display().to_string()).collect();
            let name = path.display().to_string();
            let fault = Diagnostic::new(&catalogue::SEVERAL_FILES).with("file", &name).with("others", names.join(", "));
            Err(fault.at(Place::File(name)))
        }
    }
}
