//! The long form for spreadsheets and scripts: one line for each level, unit and item.
//!
//! RFC 4180, UTF-8, no words of any language. [`COLUMNS`] says what each column holds; a cell without a value is
//! empty. Numbers are exact: a decimal where it ends, else a fraction such as `1/3`.
//!
//! Ids, names and clusters come from whoever reports: one that a spreadsheet would compute gets an apostrophe in front,
//! and controls are shown.

use std::borrow::Cow;
use std::io;

use crate::evaluate::{
    AwardOutcome, CriterionHead, Judgement, LevelOutcome, Measured, Outcome, Timing, UnitOutcome, Verdict,
};
use crate::value::{Number, Parts, Truth};

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

/// One line; the fields are the columns. What is said of many units is not copied for each of them.
#[derive(Default)]
struct Line<'o> {
    kind: &'static str,
    item: &'o str,
    verdict: &'static str,
    so_far: &'static str,
    value: Option<String>,
    least: Option<String>,
    greatest: Option<String>,
    met: Option<u64>,
    of: Option<String>,
    unknown: Option<u64>,
    target: String,
    points: Option<[Number; 3]>,
    notes: Cow<'o, str>,
}

/// The cells of a line.
type Record<'o> = [Cow<'o, str>; COLUMNS.len()];

/// Writes the outcome.
///
/// # Errors
/// If `out` cannot be written to.
pub fn csv(outcome: &Outcome, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS.map(|(name, _)| name))?;
    for record in records(outcome) {
        let name = |at: usize| (1..=3).contains(&at);
        for (at, cell) in record.iter().enumerate() {
            let cell = if name(at) { as_inert(cell) } else { Cow::Borrowed(&**cell) };
            writer.write_field(cell.as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
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
        let cell = |(at, cell): (usize, &Cow<'_, str>)| {
            if FIGURES.contains(&at) { figure(cell) } else { inert(cell) }
        };
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
pub(super) fn records(outcome: &Outcome) -> impl Iterator<Item = Record<'_>> {
    let levels = outcome.levels.iter();
    levels.flat_map(|level| {
        let of_unit = move |unit| lines(level, unit).into_iter().map(move |line| line.record(level, unit));
        level.units.iter().flat_map(of_unit)
    })
}

fn lines<'o>(level: &'o LevelOutcome, unit: &'o UnitOutcome) -> Vec<Line<'o>> {
    let criteria = level.criteria.iter().zip(&unit.criteria).map(|(head, judgement)| criterion(head, judgement));
    let awards =
        level.awards.iter().zip(&unit.awards).filter_map(|(head, award)| Some(self::award(&head.id, award.as_ref()?)));
    criteria.chain(standing(unit)).chain(awards).collect()
}

fn criterion<'o>(head: &'o CriterionHead, judgement: &Judgement) -> Line<'o> {
    let bars: Vec<_> =
        judgement.target.iter().filter_map(|bar| Some(format!("{} {}", bar.key, bar.value.as_ref()?))).collect();
    let counts = share(&judgement.measured);
    let [value, least, greatest] = text_of(&judgement.measured);
    Line {
        kind: "criterion",
        item: &head.id,
        verdict: judgement.verdict.id(),
        so_far: judgement.so_far.map(Verdict::id).unwrap_or_default(),
        value,
        least,
        greatest,
        met: counts.map(|(met, ..)| met),
        of: counts.map(|(_, of, _)| of.to_string()),
        unknown: counts.map(|(.., unknown)| unknown),
        target: bars.join("; "),
        points: judgement.points.map(|points| [points.least, points.greatest, points.of]),
        notes: notes(judgement).into(),
    }
}

/// What else is to be said of a verdict.
fn notes(judgement: &Judgement) -> String {
    joined(judgement.timing.map(timing), judgement.provisional)
}

fn joined(notes: impl IntoIterator<Item = String>, provisional: bool) -> String {
    let provisional = provisional.then(|| "provisional".to_owned());
    notes.into_iter().chain(provisional).collect::<Vec<_>>().join("; ")
}

/// How a day stands to its term: the word and the days.
fn timing(timing: Timing) -> String {
    let (word, days) = timing.id();
    days.map_or_else(|| word.to_owned(), |days| format!("{word} {days}"))
}

/// Rows with the property, rows in the population, rows that are open.
fn share(measured: &Measured) -> Option<(u64, u64, u64)> {
    let Measured::Fraction(fraction) = measured else { return None };
    let Parts::Rows(tally) = fraction.parts else { return None };
    Some((tally.met, tally.of(), tally.unknown()))
}

/// Score, rank and grade.
fn standing(unit: &UnitOutcome) -> impl Iterator<Item = Line<'_>> {
    let print = |number: Option<Number>| number.map(|number| number.to_string());
    let score = unit.score.map(|score| Line {
        kind: "score",
        value: print(score.value()),
        least: print(score.least),
        greatest: print(score.greatest),
        of: Some(score.of.to_string()),
        notes: joined(None, score.provisional).into(),
        ..Line::default()
    });
    let rank = unit.rank.as_ref().map(|rank| Line {
        kind: "rank",
        value: rank.place().map(|place| place.to_string()),
        least: Some(rank.best.to_string()),
        greatest: Some(rank.worst.to_string()),
        notes: joined(rank.tied.then(|| "tied".into()).or(rank.tie_broken_by.clone()), rank.provisional).into(),
        ..Line::default()
    });
    let grade = unit.grade.as_ref().map(|grade| Line {
        kind: "grade",
        value: grade.id.clone(),
        notes: joined(None, grade.provisional).into(),
        ..Line::default()
    });
    [score, rank, grade].into_iter().flatten()
}

fn award<'o>(id: &'o str, award: &AwardOutcome) -> Line<'o> {
    let answer = |truth: Truth| match truth {
        Truth::True => "yes",
        Truth::False => "no",
        Truth::Unknown => "unknown",
    };
    let conditions = award.conditions.iter().map(|(id, truth)| format!("{id}={}", answer(*truth)));
    Line {
        kind: "award",
        item: id,
        verdict: award.verdict.id(),
        notes: joined(conditions, award.provisional).into(),
        ..Line::default()
    }
}

impl<'o> Line<'o> {
    fn record(self, level: &'o LevelOutcome, unit: &'o UnitOutcome) -> Record<'o> {
        let text = |text: Option<String>| text.map(Cow::Owned).unwrap_or_default();
        let count = |count: Option<u64>| text(count.map(|count| count.to_string()));
        let number = |number: Number| -> Cow<'o, str> { number.to_string().into() };
        let [points_least, points_greatest, points_of] = match self.points {
            Some([least, greatest, of]) if least == greatest => {
                let known = number(least);
                [known.clone(), known, number(of)]
            }
            Some(points) => points.map(number),
            None => Default::default(),
        };
        [
            level.id.as_str().into(),
            unit.id.as_str().into(),
            unit.name.as_deref().unwrap_or_default().into(),
            unit.cluster.as_deref().unwrap_or_default().into(),
            self.kind.into(),
            self.item.into(),
            self.verdict.into(),
            self.so_far.into(),
            text(self.value),
            text(self.least),
            text(self.greatest),
            count(self.met),
            text(self.of),
            count(self.unknown),
            self.target.into(),
            points_least,
            points_greatest,
            points_of,
            self.notes,
        ]
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
    fn excel_opens_numbers_as_numbers_and_formulas_as_texts() {
        let mut outcome = testing::sample();
        if let Some(unit) = outcome.levels.last_mut().and_then(|level| level.units.first_mut()) {
            unit.name = Some("=1+1;\"x\"".into());
        }
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
