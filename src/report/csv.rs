//! The long form for spreadsheets and scripts: one line for each level, unit and item.
//!
//! RFC 4180, UTF-8, no words of any language. [`COLUMNS`] says what each column holds; a cell without a value is
//! empty. Numbers are exact: a decimal where it ends, else a fraction such as `1/3`.
//!
//! Ids, names and clusters come from whoever reports: one that a spreadsheet would compute gets an apostrophe in front,
//! and controls are shown.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;
use std::ops::Range;
use std::sync::mpsc;

use csv::StringRecord;

use crate::evaluate::{
    AwardOutcome, Bar, GradeOutcome, LevelOutcome, Measured, Outcome, Ranking, Score, Timing, UnitCriteria,
    UnitOutcome, Verdict,
};
use crate::value::{Day, Number, Parts, Truth};

use super::json::text_of;
use super::spreadsheet::{self, as_inert, inert};

/// The columns and what they hold.
pub const COLUMNS: [(&str, &str); 19] = [
    ("level", "the id of the level"),
    ("unit", "the id of the unit"),
    ("name", "its name"),
    ("cluster", "its cluster"),
    ("kind", "`criterion`, `score`, `rank`, `grade` or `award`"),
    ("item", "the id of the criterion or award"),
    ("verdict", "of a criterion or an award"),
    ("so_far", "of a criterion that is not due: what the verdict would be today"),
    ("value", "the value, score, rank or grade, where it is only one"),
    ("least", "the least that it can be"),
    ("greatest", "the greatest that it can be"),
    ("met", "of a share: the rows with the property"),
    ("of", "of a share: the rows in the population; of a score: the full score"),
    ("unknown", "of a share: the rows that are open"),
    ("target", "the bars, as in `at_least 95%`"),
    ("points_least", "the least points that the criterion can earn"),
    ("points_greatest", "the most points that it can earn"),
    ("points_of", "the points at stake"),
    (
        "notes",
        "`tied`, the key that broke a tie, the conditions of an award with `yes`, `no`, `unknown`; `provisional`",
    ),
];

/// Units whose lines are written into one buffer: few enough to stay in cache.
const STRETCH: usize = 1024;

/// Writes the outcome.
///
/// # Errors
/// If `out` cannot be written to.
pub fn csv(outcome: &Outcome, out: &mut dyn io::Write) -> io::Result<()> {
    csv_on(outcome, 1, out)
}

/// Writes the outcome, on some threads; 0 for all cores. The bytes do not depend on how many.
///
/// # Errors
/// If `out` cannot be written to.
pub fn csv_on(outcome: &Outcome, threads: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let threads = crate::value::threads(threads);
    writeln!(out, "{}", COLUMNS.map(|(name, _)| name).join(","))?;
    for level in &outcome.levels {
        let starts = (0..level.units.len()).step_by(STRETCH);
        let stretches: Vec<_> = starts.map(|start| start..(start + STRETCH).min(level.units.len())).collect();
        if threads == 1 || stretches.len() == 1 {
            let mut buffer = Vec::new();
            for stretch in stretches {
                lines(level, stretch, true, &mut buffer);
                out.write_all(&buffer)?;
            }
        } else {
            side_by_side(level, &stretches, threads, out)?;
        }
    }
    out.flush()
}

/// Writes stretches in their order, while others are made ready.
fn side_by_side(
    level: &LevelOutcome,
    stretches: &[Range<usize>],
    threads: usize,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    std::thread::scope(|scope| {
        let worker = |first: usize| {
            let (ready, lines_of) = mpsc::sync_channel(1);
            let (back, written) = mpsc::sync_channel::<Vec<u8>>(2);
            scope.spawn(move || {
                let own = stretches.iter().skip(first).step_by(threads);
                let buffers = own.map(|stretch| {
                    let mut buffer = written.try_recv().unwrap_or_default();
                    lines(level, stretch.clone(), true, &mut buffer);
                    buffer
                });
                // Who receives them stops at a fault of the output; there is nobody left to write for.
                for buffer in buffers {
                    if ready.send(buffer).is_err() {
                        break;
                    }
                }
            });
            (lines_of, back)
        };
        let workers: Vec<_> = (0..threads).map(worker).collect();
        // A worker that panics ends the list early, and the scope panics with it.
        workers
            .iter()
            .cycle()
            .take(stretches.len())
            .map_while(|(lines_of, back)| Some((lines_of.recv().ok()?, back)))
            .try_for_each(|(lines, back)| {
                out.write_all(&lines)?;
                // Its memory serves again, if somebody still waits for it.
                let _ = back.try_send(lines);
                Ok(())
            })
    })
}

/// Writes the outcome as the Excel of a Vietnamese office opens it: semicolons, decimal commas, a byte order mark. A
/// ratio that no decimal is has twelve of its digits: `1/3` would be opened as a day.
///
/// # Errors
/// If `out` cannot be written to.
pub fn excel(outcome: &Outcome, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = spreadsheet::writer(out)?;
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for record in records(outcome) {
        let cell = |(at, cell): (usize, &str)| if FIGURES.contains(&at) { figure(cell) } else { inert(cell) };
        writer.write_record(record.iter().enumerate().map(cell))?;
    }
    writer.flush()
}

/// The columns of figures.
const FIGURES: [usize; 9] = [8, 9, 10, 11, 12, 13, 15, 16, 17];

fn figure(text: &str) -> String {
    const PLACES: u32 = 12;
    let ratio = || {
        let (top, bottom) = text.split_once('/')?;
        let (top, bottom) = (Number::parse(top).ok()?, Number::parse(bottom).ok()?);
        top.over(bottom).ok()?.round(PLACES).ok()
    };
    match Number::parse(text).ok().or_else(ratio) {
        Some(number) => number.to_string().replace('.', ","),
        None => inert(text),
    }
}

/// The lines of an outcome as they are, to be made harmless by whoever writes them.
pub(super) fn records(outcome: &Outcome) -> impl Iterator<Item = StringRecord> {
    let stretches = outcome.levels.iter().flat_map(|level| (0..level.units.len()).map(move |at| (level, at..at + 1)));
    stretches.flat_map(|(level, stretch)| {
        let mut buffer = Vec::new();
        lines(level, stretch, false, &mut buffer);
        let written = io::Cursor::new(buffer);
        // What was written a moment ago can be read.
        csv::ReaderBuilder::new().has_headers(false).from_reader(written).into_records().filter_map(Result::ok)
    })
}

/// The lines of some units, instead of what is in the buffer. Texts of whoever reports are made `harmless`, or stay as
/// they are.
fn lines(level: &LevelOutcome, units: Range<usize>, harmless: bool, out: &mut Vec<u8>) {
    out.clear();
    let before = level.criteria.iter().map(|_| Before::default()).collect();
    let mut lines = Lines { level, harmless, front: Vec::new(), before, notes: String::new(), out };
    let heads = Heads::of(level);
    for unit in units.filter_map(|at| level.units.get(at)) {
        lines.unit(&unit, &heads);
    }
}

/// The kind and the item of lines, with commas around them.
struct Heads {
    criteria: Vec<Vec<u8>>,
    awards: Vec<Vec<u8>>,
}

impl Heads {
    fn of(level: &LevelOutcome) -> Self {
        let head = |kind: &str, item: &str| {
            let mut head = format!(",{kind},").into_bytes();
            add_text(&mut head, item);
            head.push(b',');
            head
        };
        Self {
            criteria: level.criteria.iter().map(|criterion| head("criterion", &criterion.id)).collect(),
            awards: level.awards.iter().map(|award| head("award", &award.id)).collect(),
        }
    }
}

/// One line; the fields are the columns behind those of the unit.
#[derive(Default)]
struct Line<'o> {
    /// Kind and item, with commas around them.
    head: &'o [u8],
    verdict: &'static str,
    so_far: &'static str,
    value: Value,
    of: Of,
    /// Of a criterion: its position.
    criterion: Option<usize>,
    points: Option<[Number; 3]>,
    timing: Option<Timing>,
    notes: Cow<'o, str>,
    provisional: bool,
}

/// What a value is of.
#[derive(Default)]
enum Of {
    #[default]
    Nothing,
    /// Of a share: rows with the property, rows in the population, rows that are open.
    Rows([u64; 3]),
    /// Of a score: the full score.
    Full(Number),
}

/// A value, the least and the greatest that it can be.
#[derive(Default)]
enum Value {
    #[default]
    Nothing,
    Number(Number),
    Day(Day),
    Flag(bool),
    Ends([Option<String>; 3]),
}

/// Writes lines into a buffer.
struct Lines<'o> {
    level: &'o LevelOutcome,
    harmless: bool,
    /// What every line of the unit begins with.
    front: Vec<u8>,
    /// What was written of each criterion before.
    before: Vec<Before<'o>>,
    /// The notes of a line.
    notes: String,
    out: &'o mut Vec<u8>,
}

/// What was written of a criterion before: many units have the same.
#[derive(Default)]
struct Before<'o> {
    target: &'o [Bar],
    /// How the target is written.
    written: Vec<u8>,
    least: Digits,
    of: Digits,
}

/// A number and how it is written.
#[derive(Default)]
struct Digits {
    number: Option<Number>,
    written: Vec<u8>,
}

impl Digits {
    fn append(&mut self, number: Number, out: &mut Vec<u8>) {
        if self.number != Some(number) {
            self.number = Some(number);
            self.written.clear();
            number.append_to(&mut self.written);
        }
        out.extend_from_slice(&self.written);
    }
}

impl<'o> Lines<'o> {
    fn unit(&mut self, unit: &UnitOutcome<'o>, heads: &'o Heads) {
        let level = self.level;
        self.front.clear();
        add_text(&mut self.front, &level.id);
        for text in [unit.id, unit.name.unwrap_or_default(), unit.cluster.unwrap_or_default()] {
            self.front.push(b',');
            add_text(&mut self.front, &if self.harmless { as_inert(text) } else { Cow::Borrowed(text) });
        }
        for (at, head) in heads.criteria.iter().enumerate() {
            let target = unit.criteria.target(at);
            if let Some(before) = self.before.get_mut(at)
                && !std::ptr::eq(before.target, target)
            {
                (before.target, before.written) = (target, written(target));
            }
            if let Some(line) = criterion(head, unit.criteria, at) {
                self.add(&line);
            }
        }
        if let Some(score) = &unit.score {
            self.add(&self::score(score));
        }
        if let Some(rank) = &unit.rank {
            self.add(&self::rank(rank));
        }
        if let Some(grade) = unit.grade {
            self.add(&self::grade(grade));
        }
        for (head, award) in heads.awards.iter().zip(unit.awards.iter()) {
            if let Some(award) = award {
                self.add(&self::award(head, award));
            }
        }
    }

    fn add(&mut self, line: &Line<'_>) {
        let out = &mut *self.out;
        out.extend_from_slice(&self.front);
        out.extend_from_slice(line.head);
        for word in [line.verdict, line.so_far] {
            out.extend_from_slice(word.as_bytes());
            out.push(b',');
        }
        match &line.value {
            Value::Nothing => out.extend_from_slice(b",,"),
            Value::Number(number) => repeated(out, 3, |out| number.append_to(out)),
            Value::Day(day) => repeated(out, 3, |out| day.append_to(out)),
            Value::Flag(flag) => repeated(out, 3, |out| out.extend_from_slice(if *flag { b"true" } else { b"false" })),
            Value::Ends([value, least, greatest]) => {
                add_text(out, value.as_deref().unwrap_or_default());
                for text in [least, greatest] {
                    out.push(b',');
                    add_text(out, text.as_deref().unwrap_or_default());
                }
            }
        }
        out.push(b',');
        match &line.of {
            Of::Nothing => out.extend_from_slice(b",,,"),
            Of::Rows(counts) => {
                for count in counts {
                    Number::count(*count).append_to(out);
                    out.push(b',');
                }
            }
            Of::Full(score) => {
                out.push(b',');
                score.append_to(out);
                out.extend_from_slice(b",,");
            }
        }
        match line.criterion.and_then(|at| self.before.get_mut(at)) {
            Some(before) => {
                out.extend_from_slice(&before.written);
                before.add_points(line.points, out);
            }
            None => out.extend_from_slice(b",,,"),
        }
        out.push(b',');
        self.notes.clear();
        line.add_notes(&mut self.notes);
        add_text(out, &self.notes);
        out.push(b'\n');
    }
}

impl Before<'_> {
    /// The least and the greatest points, and those at stake.
    fn add_points(&mut self, points: Option<[Number; 3]>, out: &mut Vec<u8>) {
        let Some([least, greatest, of]) = points else {
            out.extend_from_slice(b",,,");
            return;
        };
        out.push(b',');
        self.least.append(least, out);
        out.push(b',');
        if greatest == least {
            out.extend_from_slice(&self.least.written);
        } else {
            greatest.append_to(out);
        }
        out.push(b',');
        self.of.append(of, out);
    }
}

impl Line<'_> {
    /// What else is to be said: how a day stands to its term, what it notes, and whether it is provisional.
    fn add_notes(&self, notes: &mut String) {
        if let Some((word, days)) = self.timing.map(Timing::id) {
            notes.push_str(word);
            if let Some(days) = days {
                // A text takes everything.
                let _ = write!(notes, " {days}");
            }
        }
        for note in [&*self.notes, if self.provisional { "provisional" } else { "" }] {
            if !note.is_empty() && !notes.is_empty() {
                notes.push_str("; ");
            }
            notes.push_str(note);
        }
    }
}

/// The same in so many cells: it is written once and copied.
fn repeated(out: &mut Vec<u8>, cells: usize, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    write(out);
    let end = out.len();
    for _ in 1..cells {
        out.push(b',');
        out.extend_from_within(start..end);
    }
}

/// The bars of a target, as a cell.
fn written(target: &[Bar]) -> Vec<u8> {
    let bars: Vec<_> = target.iter().filter_map(|bar| Some(format!("{} {}", bar.key, bar.value.as_ref()?))).collect();
    let mut cell = Vec::new();
    add_text(&mut cell, &bars.join("; "));
    cell
}

/// A cell, in quotation marks where it needs them.
fn add_text(out: &mut Vec<u8>, text: &str) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.push(b'"');
    for byte in text.bytes() {
        out.extend(std::iter::repeat_n(byte, if byte == b'"' { 2 } else { 1 }));
    }
    out.push(b'"');
}

fn criterion<'o>(head: &'o [u8], criteria: UnitCriteria<'o>, at: usize) -> Option<Line<'o>> {
    let measured = criteria.measured(at)?;
    Some(Line {
        head,
        verdict: criteria.verdict(at)?.id(),
        so_far: criteria.so_far(at).map(Verdict::id).unwrap_or_default(),
        value: known(&measured).unwrap_or_else(|| Value::Ends(text_of(&measured))),
        of: share(&measured).map_or(Of::Nothing, Of::Rows),
        criterion: Some(at),
        points: criteria.points(at).map(|points| [points.least, points.greatest, points.of]),
        timing: criteria.timing(at),
        notes: Cow::Borrowed(""),
        provisional: criteria.is_provisional(at),
    })
}

/// What was measured, where it is one number, day or flag.
fn known(measured: &Measured) -> Option<Value> {
    match measured {
        Measured::Number(number) => number.value().map(Value::Number),
        Measured::Day(day) => day.value().map(Value::Day),
        Measured::Flag(flag) => flag.value().map(Value::Flag),
        Measured::Fraction(fraction) => fraction.number().value().map(Value::Number),
        _ => None,
    }
}

/// Rows with the property, rows in the population, rows that are open.
fn share(measured: &Measured) -> Option<[u64; 3]> {
    let Measured::Fraction(fraction) = measured else { return None };
    let Parts::Rows(tally) = fraction.parts else { return None };
    Some([tally.met, tally.of(), tally.unknown()])
}

fn score<'o>(score: &Score) -> Line<'o> {
    let print = |number: Option<Number>| number.map(|number| number.to_string());
    Line {
        head: b",score,,",
        value: match score.value() {
            Some(value) => Value::Number(value),
            None => Value::Ends([None, print(score.least), print(score.greatest)]),
        },
        of: Of::Full(score.of),
        provisional: score.provisional,
        ..Line::default()
    }
}

fn rank(rank: &Ranking) -> Line<'_> {
    let broken_by = || rank.tie_broken_by.as_deref().unwrap_or_default();
    Line {
        head: b",rank,,",
        value: match rank.place() {
            Some(place) => Value::Number(Number::count(place as u64)),
            None => Value::Ends([None, Some(rank.best.to_string()), Some(rank.worst.to_string())]),
        },
        notes: if rank.tied { "tied" } else { broken_by() }.into(),
        provisional: rank.provisional,
        ..Line::default()
    }
}

fn grade<'o>(grade: &GradeOutcome) -> Line<'o> {
    Line {
        head: b",grade,,",
        value: Value::Ends([grade.id.clone(), None, None]),
        provisional: grade.provisional,
        ..Line::default()
    }
}

fn award<'o>(head: &'o [u8], award: &AwardOutcome) -> Line<'o> {
    let answer = |truth: Truth| match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    };
    let conditions = award.conditions.iter().map(|(id, truth)| format!("{id}={}", answer(*truth)));
    let conditions: Vec<_> = conditions.collect();
    Line {
        head,
        verdict: award.verdict.id(),
        notes: conditions.join("; ").into(),
        provisional: award.provisional,
        ..Line::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_long_form_reads_as_it_did() {
        let mut out = Vec::new();
        csv(&testing::sample(), &mut out).unwrap();
        testing::snapshot("report.csv", &String::from_utf8(out).unwrap());
    }

    #[test]
    fn lines_are_as_the_library_for_csv_writes_them_on_any_number_of_threads() {
        let mut outcome = testing::many();
        testing::change_first(&mut outcome, |unit| unit.name = Some("a, \"b\"\r\nc".into()));
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(COLUMNS.map(|(name, _)| name)).unwrap();
        for record in records(&outcome) {
            let name = |at: usize| (1..=3).contains(&at);
            let cells =
                record.iter().enumerate().map(|(at, cell)| if name(at) { inert(cell) } else { cell.to_owned() });
            writer.write_record(cells).unwrap();
        }
        let expected = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        for threads in [0, 1, 2, 7] {
            let mut out = Vec::new();
            csv_on(&outcome, threads, &mut out).unwrap();
            assert!(String::from_utf8(out).unwrap() == expected, "{threads}");
        }
    }

    #[test]
    fn stretches_come_in_their_order_and_a_full_disk_ends_them() {
        struct Full(usize);
        impl io::Write for Full {
            fn write(&mut self, data: &[u8]) -> io::Result<usize> {
                self.0 = self.0.checked_sub(data.len()).ok_or(io::ErrorKind::StorageFull)?;
                Ok(data.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let outcome = testing::many();
        let level = outcome.levels.last().unwrap();
        let stretches: Vec<_> = (0..level.units.len()).map(|at| at..at + 1).collect();
        for threads in [2, 3] {
            let mut out = Vec::new();
            side_by_side(level, &stretches, threads, &mut out).unwrap();
            let mut alone = Vec::new();
            lines(level, 0..level.units.len(), true, &mut alone);
            assert!(out == alone);
            assert!(side_by_side(level, &stretches, threads, &mut Full(out.len() / 2)).is_err());
        }
    }

    #[test]
    fn excel_opens_numbers_as_numbers_and_formulas_as_texts() {
        let mut outcome = testing::sample();
        testing::change_first(&mut outcome, |unit| unit.name = Some("=1+1;\"x\"".into()));
        let mut out = Vec::new();
        excel(&outcome, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("\u{feff}level;unit;") && text.contains("\r\n"), "{text}");
        assert!(text.contains(";\"'=1+1;\"\"x\"\"\";"), "{text}");
        assert!(!text.contains(";1/3;") && !text.lines().any(|line| line.contains(";=")), "{text}");
        assert_eq!(
            (figure("0.5"), figure("1/3"), figure("-2"), figure("-x")),
            ("0,5".into(), "0,333333333333".into(), "-2".into(), "'-x".into())
        );
    }
}
