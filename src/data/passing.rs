//! A table that is looked at while it is read, and not kept.
//!
//! What is asked of the rows of a large table is mostly asked of each row by itself, once. Such a table passes: each
//! stretch of its file becomes a small table, is looked at, and is forgotten.
//!
//! Only what is ordinary passes. Where anything is found that somebody has to be told, nothing is said here: the file is
//! then read and kept as any other, which finds the same and tells it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::schema::{Schema, TableId, TableSchema};
use crate::value;

use super::builder::{Part, TableBuilder};
use super::file::take;
use super::gate::{Above, Gate, left};
use super::header;
use super::input::open_at;
use super::key::any_twice;
use super::screen::Screen;
use super::sniff::Look;
use super::source::Source;
use super::stretch::Stretches;
use super::stretches::{Reader, Threads, locked};
use super::{Bits, Dataset, Input, Intake, Table};

/// A file of a table that may pass.
#[derive(Clone, Copy)]
pub struct Passing<'a> {
    /// What the data look like.
    pub schema: &'a Schema,
    /// The table. Nothing links to it, and its rows exist on every day.
    pub table: TableId,
    /// The name of the file.
    pub file: &'a str,
    /// Its bytes.
    pub input: &'a dyn Input,
    /// The columns that are read, by their positions in the schema.
    pub wanted: &'a [bool],
    /// On how many threads; 0 for all cores.
    pub threads: usize,
    /// The tables that its links lead to.
    pub above: &'a Dataset,
}

/// Looks at rows that pass, on one thread.
pub trait Watch: Send {
    /// Looks at some rows more; returns whether they may pass.
    fn look(&mut self, rows: Table) -> bool;
}

/// A table that has passed.
#[derive(Debug)]
pub struct Passed<W> {
    /// What is left of it: what came in, and a row for each row above that has any.
    pub table: Table,
    /// Who looked at its rows.
    pub watches: Vec<W>,
}

/// Lets a table pass; nothing if it has to be read as any other is.
pub fn pass<W: Watch>(passing: Passing<'_>, watch: impl Fn() -> W) -> Option<Passed<W>> {
    let Passing { schema, table: id, file, input, wanted, above, .. } = passing;
    let table = schema.table(id);
    let mut builder = TableBuilder::new(schema, id, file, wanted);
    let columns: Vec<_> = builder.columns().collect();
    let headers: Vec<&str> = columns.iter().map(|(_, column)| &*column.header).collect();
    let mut source = Source::open(file, input, &table.writing, &headers, Look::Start).ok()?;
    let (layout, ahead) = header::find(&mut source, file, table, &columns).ok()?;
    let mut screen = Screen::new(table, &layout);
    for row in ahead {
        take(&row, &layout, &mut screen, &mut builder);
    }
    let (rest, anchor) = (source.rest()?, screen.anchor()?);
    let above = Above::of(schema, id, above)?;
    let threads = Threads::all_of(passing.threads);
    let ward = |number, builder| Ward {
        reader: Reader::new(number, builder, &layout, anchor, rest.delimiter),
        gate: Gate::new(table, &above),
        watch: watch(),
    };
    let begun = builder.rows_so_far();
    let mut first = ward(0, builder);
    let stretches = Mutex::new(Stretches::of(open_at(input, rest.offset).ok()?, threads.stretch));
    let passes = first.pass(begun) && first.next(&stretches);
    let wards = if !passes {
        return None;
    } else if locked(&stretches).ended() {
        vec![first]
    } else {
        let others = (1..threads.count).map(|number| ward(number, TableBuilder::new(schema, id, file, wanted)));
        side_by_side(std::iter::once(first).chain(others).collect(), &stretches)?
    };
    let mut found = source.found;
    found.composed = wards.iter().any(|ward| ward.reader.composed());
    passed(wards, table, Intake { file: file.to_owned(), found, ..Intake::default() })
}

/// What reads rows on one thread, makes a table of them, and looks at it.
struct Ward<'l, 's, W> {
    reader: Reader<'l, 's>,
    gate: Gate<'l>,
    watch: W,
}

impl<W: Watch> Ward<'_, '_, W> {
    /// Lets the next stretch pass, if there is one; returns whether it may.
    fn next(&mut self, stretches: &Mutex<Stretches>) -> bool {
        match self.reader.next(stretches) {
            Some(found) => found.read.is_ok_and(|part| self.pass(part)),
            None => true,
        }
    }

    fn pass(&mut self, part: Part) -> bool {
        self.gate.pass(part).is_some_and(|rows| self.watch.look(rows))
    }
}

/// Lets all stretches pass; nothing if one may not.
fn side_by_side<'l, 's, W: Watch>(
    wards: Vec<Ward<'l, 's, W>>,
    stretches: &Mutex<Stretches>,
) -> Option<Vec<Ward<'l, 's, W>>> {
    let stopped = AtomicBool::new(false);
    let work = |mut ward: Ward<'l, 's, W>| {
        while !stopped.load(Ordering::Relaxed) && !locked(stretches).ended() {
            if !ward.next(stretches) {
                stopped.store(true, Ordering::Relaxed);
            }
        }
        ward
    };
    let wards = value::side_by_side(wards.into_iter().map(|ward| || work(ward)));
    (!stopped.into_inner()).then_some(wards)
}

/// What is left when all rows have passed; nothing if two of them may have the same key.
fn passed<W>(wards: Vec<Ward<'_, '_, W>>, table: &TableSchema, intake: Intake) -> Option<Passed<W>> {
    let marks: Vec<&[u64]> = wards.iter().map(|ward| ward.gate.marks.as_slice()).collect();
    if any_twice(&marks, wards.len()) {
        return None;
    }
    let rows = wards.iter().map(|ward| ward.gate.rows).sum();
    let parents = wards.iter().map(|ward| &ward.gate.parents).fold(Bits::default(), |all, more| {
        let mut all = if all.is_empty() { Bits::zeros(more.len()) } else { all };
        all.or(more);
        all
    });
    let mut table = left(table, &parents);
    table.intake = Intake { rows, ..intake };
    Some(Passed { table, watches: wards.into_iter().map(|ward| ward.watch).collect() })
}
