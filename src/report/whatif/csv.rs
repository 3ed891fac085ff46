//! The long form of the what-ifs, for spreadsheets and scripts: exact, and with no words of any language.

use std::io;

use crate::scenario::{Compared, Swept};

use super::super::csv::inert;
use super::{item_id, said_id};

/// Writes rows under a header; cells that a row does not have are empty.
fn write(columns: &[&str], rows: Vec<Vec<String>>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    writer.write_record(columns)?;
    for mut row in rows {
        row.resize(columns.len(), String::new());
        writer.write_record(row)?;
    }
    writer.flush()
}

/// One line for each difference, and one more for each change that has a part in it.
///
/// # Errors
/// If `out` cannot be written to.
pub fn compared(compared: &Compared, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = [
        "level", "unit", "name", "cluster", "fate", "kind", "item", "before", "after", "change", "alone", "stacked",
        "share",
    ];
    let mut rows = Vec::new();
    for level in &compared.levels {
        for unit in &level.units {
            for difference in &unit.differences {
                let (kind, item) = item_id(&difference.item);
                let text = |said| said_id(said).unwrap_or_default();
                let head = || {
                    let name = unit.name.as_deref().map(inert).unwrap_or_default();
                    let cluster = unit.cluster.as_deref().map(inert).unwrap_or_default();
                    let of_unit = [level.id.clone(), inert(&unit.id), name, cluster, unit.fate.id().into()];
                    let said = [kind.into(), item.into(), text(&difference.before), text(&difference.after)];
                    of_unit.into_iter().chain(said).collect::<Vec<String>>()
                };
                rows.push(head());
                for (at, cause) in difference.causes.iter().enumerate() {
                    let share = cause.share.map(|share| share.to_string()).unwrap_or_default();
                    let change = compared.changes.get(at).map(|label| inert(label)).unwrap_or_default();
                    rows.push(
                        head().into_iter().chain([change, text(&cause.alone), text(&cause.stacked), share]).collect(),
                    );
                }
            }
        }
    }
    write(&columns, rows, out)
}

/// One line for each thing that changes at each value.
///
/// # Errors
/// If `out` cannot be written to.
pub fn swept(swept: &Swept, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = ["path", "at", "included", "level", "unit", "name", "kind", "item", "before", "after"];
    let rows = swept.breaks.iter().flat_map(|at| {
        at.flips.iter().map(|flip| {
            let (kind, item) = item_id(&flip.item);
            let said = |said| said_id(said).unwrap_or_default();
            let head =
                [swept.over.path.clone(), swept.over.written(at.at), at.included.to_string(), flip.level.clone()];
            let unit = [inert(&flip.unit), flip.name.as_deref().map(inert).unwrap_or_default()];
            let what = [kind.to_owned(), item.to_owned(), said(&flip.before), said(&flip.after)];
            head.into_iter().chain(unit).chain(what).collect()
        })
    });
    write(&columns, rows.collect(), out)
}
