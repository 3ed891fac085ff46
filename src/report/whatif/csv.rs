//! The long form of the what-ifs, for spreadsheets and scripts: exact, and with no words of any language.

use std::io;

use crate::scenario::{Answer, Compared, End, Mapped, Over, Robust, Sought, Standing, Swept, Way};

use super::super::spreadsheet::inert;
use super::{item_id, said_id};

/// Writes rows under a header; cells that a row does not have are empty.
pub(in crate::report) fn write(columns: &[&str], rows: Vec<Vec<String>>, out: &mut dyn io::Write) -> io::Result<()> {
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

/// One line for each winner in each cell, and one for a cell in which nobody wins.
///
/// # Errors
/// If `out` cannot be written to.
pub fn mapped(mapped: &Mapped, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = [
        "first",
        "first_from",
        "from_included",
        "first_to",
        "to_included",
        "second",
        "second_from",
        "from_included",
        "second_to",
        "to_included",
        "class",
        "level",
        "award",
        "unit",
        "name",
    ];
    let [first, second] = &mapped.overs;
    let span = |over: &Over, from: End, to: End| {
        let ends = [(from.at, from.included), (to.at, to.included)];
        let ends = ends.into_iter().flat_map(|(at, included)| [over.written(at), included.to_string()]);
        [over.path.clone()].into_iter().chain(ends).collect::<Vec<_>>()
    };
    let mut rows = Vec::new();
    for strip in &mapped.strips {
        for cell in &strip.cells {
            let mut head = [span(first, strip.from, strip.to), span(second, cell.from, cell.to)].concat();
            head.push(cell.class.to_string());
            let before = rows.len();
            for won in mapped.classes.get(cell.class).into_iter().flatten() {
                rows.extend(won.units.iter().map(|(id, name)| {
                    let name = name.as_deref().map(inert).unwrap_or_default();
                    let of_unit = [won.level.clone(), won.award.clone(), inert(id), name];
                    head.iter().cloned().chain(of_unit).collect::<Vec<_>>()
                }));
            }
            if rows.len() == before {
                rows.push(head);
            }
        }
    }
    write(&columns, rows, out)
}

/// One line for each row that a way to the goal changes: the answer, and the ways to single criteria.
///
/// # Errors
/// If `out` cannot be written to.
pub fn sought(sought: &Sought, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = ["level", "unit", "answer", "criterion", "cost", "moves", "row", "rows_alike"];
    let mut rows = Vec::new();
    let mut add = |answer: &str, criterion: &str, way: &Way| {
        for step in &way.steps {
            let moves = super::seek::moves_of(step, sought);
            let keys = if step.rows.is_empty() { vec![String::new(); step.count] } else { step.rows.clone() };
            for key in keys {
                let head = [&sought.level, &sought.unit].map(|text| inert(text));
                let said = [answer, criterion, &way.cost.to_string(), &moves, &inert(&key), &step.of.to_string()];
                rows.push(head.into_iter().chain(said.map(str::to_owned)).collect());
            }
        }
    };
    match &sought.answer {
        Answer::Least(way) => add("least", "", way),
        Answer::NotProved(way, _) => add("not_proved_least", "", way),
        _ => {}
    }
    for single in &sought.singles {
        single.way.iter().for_each(|way| add("single", &single.criterion, way));
    }
    write(&columns, rows, out)
}

/// The columns that say which places a unit may have.
pub(in crate::report) const PLACES: [&str; 10] = [
    "level",
    "unit",
    "name",
    "cluster",
    "best",
    "worst",
    "drawn_best",
    "drawn_worst",
    "left_out_best",
    "left_out_worst",
];

/// The places that a unit may have: today, in draws, and with one criterion left out.
pub(in crate::report) fn places(unit: &Standing) -> Vec<String> {
    let text = |text: &Option<String>| text.as_deref().map(inert).unwrap_or_default();
    let head = [unit.level.clone(), inert(&unit.unit), text(&unit.name), text(&unit.cluster)];
    let places = [unit.today, unit.drawn, unit.left_out].into_iter().flat_map(|span| {
        [span.map(|span| span.0), span.map(|span| span.1)]
            .map(|place| place.map(|place| place.to_string()).unwrap_or_default())
    });
    head.into_iter().chain(places).collect()
}

/// One line for each award of a unit and for each place that it had in a draw.
///
/// # Errors
/// If `out` cannot be written to.
pub fn robust(robust: &Robust, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = [PLACES.as_slice(), &["kind", "item", "sure", "perhaps", "draws"]].concat();
    let mut rows = Vec::new();
    for unit in &robust.units {
        let head = places(unit);
        let awards = unit.awards.iter().map(|(award, sure, perhaps)| ("award", award.clone(), sure, perhaps));
        let places = unit.places.iter().map(|(place, sure, perhaps)| ("place", place.to_string(), sure, perhaps));
        let before = rows.len();
        for (kind, item, sure, perhaps) in awards.chain(places) {
            let counts = [sure, perhaps, &robust.vary.draws].map(u32::to_string);
            rows.push(head.iter().cloned().chain([kind.to_owned(), item]).chain(counts).collect());
        }
        if rows.len() == before {
            rows.push(head);
        }
    }
    write(&columns, rows, out)
}
