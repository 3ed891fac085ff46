//! A plain text read stretch by stretch, on several threads.
//!
//! Most of a large file is ordinary: whole records, a code in each that says which row it is. Such a stretch is read
//! column by column, apart from all others, and its rows are appended in the order of the file. Whatever is not
//! ordinary is read row by row, as a small file is, so that there is only one place that knows what it means.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::diagnostic::Diagnostic;

use super::Input;
use super::builder::{Part, Positions, TableBuilder};
use super::cuts::{Cuts, Odd};
use super::file::take;
use super::header::Layout;
use super::input::open_at;
use super::records::{Records, line_breaks};
use super::row::Row;
use super::screen::{Screen, are_codes};
use super::source::Rest;
use super::stretch::Stretches;

/// On how many threads a text is read, and how much at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threads {
    /// How many threads.
    pub count: usize,
    /// How many bytes a stretch has.
    pub stretch: usize,
}

impl Threads {
    /// So many threads; all cores for 0.
    pub fn all_of(count: usize) -> Self {
        /// Few enough bytes to stay in the cache of a core while they are read, column by column.
        const STRETCH: usize = 256 << 10;
        Self { count: crate::value::threads(count), stretch: STRETCH }
    }
}

/// A table that is being read, and what is known of its file.
pub(super) struct Stretched<'r, 'l, 's> {
    /// The name of the file.
    pub file: &'r str,
    /// Where the columns stand.
    pub layout: &'l Layout,
    /// Tells data from what is none.
    pub screen: &'r mut Screen<'l>,
    /// The table so far.
    pub builder: &'r mut TableBuilder<'s>,
}

/// Reads the rest of a file as far as that can be done in stretches, and returns what is then left to be read row by
/// row; `apart` makes tables for readers.
///
/// # Errors
/// Why the rest of the file cannot be read.
pub(super) fn read<'s>(
    input: &dyn Input,
    rest: Rest,
    table: &mut Stretched<'_, '_, 's>,
    threads: Threads,
    apart: impl Fn() -> TableBuilder<'s>,
) -> Result<Rest, Vec<Diagnostic>> {
    let Some(anchor) = table.screen.anchor() else { return Ok(rest) };
    let Ok(bytes) = open_at(input, rest.offset) else { return Ok(rest) };
    let layout = table.layout;
    let spots = Arc::clone(&table.builder.log.spots);
    let reader = |number| {
        let mut builder = apart();
        builder.log.spots = Arc::clone(&spots);
        Reader::new(number, builder, layout, anchor, rest.delimiter)
    };
    let mut first = reader(0);
    let positions = (0..threads.count.max(1)).map(|_| Positions::new()).collect();
    let mut merge = Merge { table, rest, positions };
    let stretches = Mutex::new(Stretches::of(bytes, threads.stretch));
    // Most files are one stretch, and none is worth a thread before the first is read.
    while let Some(found) = first.next(&stretches) {
        if let Some(rest) = merge.settle(found)? {
            return Ok(rest);
        }
        if threads.count > 1 && !locked(&stretches).ended() {
            let readers = std::iter::once(first).chain((1..threads.count).map(reader)).collect();
            return merge.side_by_side(&stretches, readers);
        }
    }
    Ok(merge.rest)
}

/// What came of a stretch.
pub(super) struct Found {
    /// Its number.
    number: usize,
    /// Who read it.
    reader: usize,
    /// Its rows.
    pub read: Result<Part, Odd>,
    /// How many bytes it has.
    len: usize,
    /// They, where they have to be read again.
    bytes: Vec<u8>,
}

/// Reads stretches apart from each other.
pub(super) struct Reader<'l, 's> {
    number: usize,
    builder: TableBuilder<'s>,
    layout: &'l Layout,
    anchor: usize,
    cuts: Cuts,
    bytes: Vec<u8>,
}

impl<'l, 's> Reader<'l, 's> {
    /// A reader for rows that a builder types; `anchor` is the position of the cell that says which row it is.
    pub fn new(number: usize, builder: TableBuilder<'s>, layout: &'l Layout, anchor: usize, delimiter: u8) -> Self {
        Self { number, builder, layout, anchor, cuts: Cuts::new(delimiter, layout.cells), bytes: Vec::new() }
    }

    /// Whether letters were composed of their parts.
    pub fn composed(&self) -> bool {
        self.builder.found.composed
    }

    /// Reads stretches until there are no more, or nobody wants to know of them.
    fn work(mut self, stretches: &Mutex<Stretches>, found: &SyncSender<Found>) {
        while let Some(next) = self.next(stretches) {
            if found.send(next).is_err() {
                return;
            }
        }
    }

    /// Reads the next stretch.
    pub fn next(&mut self, stretches: &Mutex<Stretches>) -> Option<Found> {
        let number = {
            let mut stretches = locked(stretches);
            match stretches.next(&mut self.bytes) {
                Ok(number) => number?,
                Err(_) => {
                    let (number, bytes) = (stretches.number(), Vec::new());
                    return Some(Found { number, reader: self.number, read: Err(Odd::Records), len: 0, bytes });
                }
            }
        };
        let read = self.read();
        let len = self.bytes.len();
        let bytes = if read.is_err() { std::mem::take(&mut self.bytes) } else { Vec::new() };
        Some(Found { number, reader: self.number, read, len, bytes })
    }

    fn read(&mut self) -> Result<Part, Odd> {
        let text = simdutf8::basic::from_utf8(&self.bytes).map_err(|_| Odd::Records)?;
        self.cuts.cut(&self.bytes)?;
        if !are_codes(self.cuts.column(text, self.anchor)) {
            return Err(Odd::Row);
        }
        self.builder.read(text, &self.cuts, self.layout)
    }
}

/// Puts together what was read apart, in the order of the file.
struct Merge<'m, 'r, 'l, 's> {
    table: &'m mut Stretched<'r, 'l, 's>,
    /// What is not put together yet.
    rest: Rest,
    /// The positions of the texts of each reader.
    positions: Vec<Positions>,
}

impl<'l, 's> Merge<'_, '_, 'l, 's> {
    /// Readers take stretches in turn, and this thread appends what they found.
    fn side_by_side(
        mut self,
        stretches: &Mutex<Stretches>,
        readers: Vec<Reader<'l, 's>>,
    ) -> Result<Rest, Vec<Diagnostic>> {
        let (sender, receiver) = sync_channel(2 * readers.len());
        std::thread::scope(|scope| {
            for reader in readers {
                let sender = sender.clone();
                scope.spawn(move || reader.work(stretches, &sender));
            }
            drop(sender);
            self.in_order(receiver)
        })
    }

    /// Settles what is found, in order; the readers stop as soon as nobody listens to them.
    fn in_order(&mut self, receiver: Receiver<Found>) -> Result<Rest, Vec<Diagnostic>> {
        let mut waiting = BTreeMap::new();
        let mut next = 1;
        for found in receiver {
            waiting.insert(found.number, found);
            while let Some(found) = waiting.remove(&next) {
                next += 1;
                if let Some(rest) = self.settle(found)? {
                    return Ok(rest);
                }
            }
        }
        Ok(self.rest)
    }

    /// Appends what was found in the next stretch; returns the rest if all of it has to be read row by row.
    fn settle(&mut self, found: Found) -> Result<Option<Rest>, Vec<Diagnostic>> {
        let lines = match found.read {
            Ok(part) => {
                let passed = part.passed;
                if let Some(positions) = self.positions.get_mut(found.reader) {
                    self.table.builder.append(part, self.rest.lines, positions);
                }
                passed
            }
            Err(Odd::Row) => {
                self.row_by_row(&found.bytes)?;
                line_breaks(&found.bytes)
            }
            Err(Odd::Records) => return Ok(Some(self.rest)),
        };
        self.rest.offset += found.len as u64;
        self.rest.lines += lines;
        // Below a table other rows are data than inside it.
        Ok(self.table.screen.anchor().is_none().then_some(self.rest))
    }

    fn row_by_row(&mut self, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
        let Rest { delimiter, lines, .. } = self.rest;
        let mut records = Records::after(lines, self.table.file, Box::new(bytes), delimiter);
        let mut row = Row::default();
        while let Some(line) = records.next(&mut row.record)? {
            (row.line, row.misquoted) = (line, records.misquoted);
            take(&row, self.table.layout, self.table.screen, self.table.builder);
        }
        Ok(())
    }
}

/// A reader that panicked left nothing half done that others would see.
pub(super) fn locked<'m, 'i>(stretches: &'m Mutex<Stretches<'i>>) -> MutexGuard<'m, Stretches<'i>> {
    stretches.lock().unwrap_or_else(PoisonError::into_inner)
}
