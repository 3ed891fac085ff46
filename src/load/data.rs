//! Data from disk.

use std::path::Path;

use crate::data::{Dataset, assemble, read_file};
use crate::diagnostic::Diagnostic;
use crate::evaluate::Plan;
use crate::schema::TableId;
use crate::value::Day;

use super::{Stopped, text};

/// Reads the tables that a plan needs, and those that plans of the same tables need beside it.
///
/// # Errors
/// [`Stopped`] where a file cannot be used, with all that was found in all files.
pub fn dataset(
    plan: &Plan,
    others: &[&Plan],
    dir: &Path,
    as_of: Day,
    faults: &mut Vec<Diagnostic>,
) -> Result<Dataset, Stopped> {
    let schema = &plan.campaign.schema;
    let (mut raw, mut unreadable, mut unusable) = (Vec::new(), Vec::new(), false);
    let needed = |at: usize| plan.needs(TableId(at)) || others.iter().any(|other| other.needs(TableId(at)));
    for (at, wanted) in wanted(plan, others).into_iter().enumerate().filter(|(at, _)| needed(*at)) {
        let path = dir.join(&schema.table(TableId(at)).file);
        match text::DataFile::open(&path) {
            Ok(input) => match read_file(schema, TableId(at), &path.display().to_string(), &input, &wanted, faults) {
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
