//! What is due next, as a page, as JSON and as CSV.

use std::io;

use serde::Serialize;

use crate::diagnostic::Language;
use crate::evaluate::{Awaited, Outcome, Term, due};

use super::figure::Figures;
use super::page::{Block, Column, Grid, Page};
use super::words;

/// So many units are named for one term.
const MOST_NAMED: usize = 12;

/// Lays out everything that is awaited, the first last day first.
#[must_use]
pub fn page(outcome: &Outcome, all: bool, language: Language) -> Page {
    let figures = Figures { language };
    let text = |phrase: words::Phrase| phrase.text(language).to_owned();
    let title = words::title(&outcome.title, &outcome.campaign, language).to_owned();
    let as_of = (text(words::AS_OF), figures.day(outcome.as_of));
    let mut blocks = vec![Block::Heading(1, title), Block::Fields(vec![as_of])];
    let terms = due(outcome);
    if terms.is_empty() {
        blocks.push(Block::Line(text(words::NOTHING_AWAITED)));
        return Page { blocks };
    }
    let columns = [words::DUE, words::DAYS_LEFT, words::CRITERION, words::FULFILLED, words::AWAITED_OF];
    let columns = columns.map(|title| Column { title: text(title), figures: false });
    let most = if all { usize::MAX } else { MOST_NAMED };
    let rows = terms.iter().map(|term| row(term, outcome, most, figures)).collect();
    blocks.push(Block::Grid(Grid { columns: columns.into(), rows, spaced: true }));
    Page { blocks }
}

fn row(term: &Term, outcome: &Outcome, most: usize, figures: Figures) -> Vec<String> {
    let language = figures.language;
    let level = outcome.levels.iter().find(|level| level.id == term.level);
    let level = level.map_or(term.level.as_str(), |level| words::title(&level.title, &level.id, language));
    let title = words::title(&term.criterion.title, &term.criterion.id, language);
    let clause = term.criterion.clause.as_ref().map(|clause| format!(", {} {clause}", words::CLAUSE.text(language)));
    let named: Vec<&str> =
        term.awaited.iter().take(most).map(|unit| unit.name.as_deref().unwrap_or(&unit.unit)).collect();
    let more = term.awaited.len() - named.len();
    let more = if more > 0 { format!("; {}", words::and_more(more, language)) } else { String::new() };
    vec![
        term.due.map_or_else(|| words::NO_LAST_DAY.text(language).to_owned(), |day| figures.last_day(day)),
        term.days.map(|days| figures.days_left(days)).unwrap_or_default(),
        format!("{title} ({level}{})", clause.unwrap_or_default()),
        format!("{}/{}", term.fulfilled, term.fulfilled + term.awaited.len()),
        named.join("; ") + &more,
    ]
}

/// What is due, for programs.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.due/1"))]
pub struct DueJson {
    /// The name and version of this form: `thidua.due/1`.
    #[cfg_attr(feature = "cli", schemars(extend("const" = SCHEMA)))]
    pub schema: &'static str,
    /// The id of the campaign.
    pub campaign: String,
    /// The day of evaluation, as in 2024-12-31.
    pub as_of: String,
    /// What is awaited, the first last day first.
    pub terms: Vec<TermJson>,
}

/// A criterion of a level, and the units of which it is awaited.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Term"))]
pub struct TermJson {
    /// The last day; null where none is set or nobody knows it yet.
    pub due: Option<String>,
    /// The days that are left; negative where the last day is over.
    pub days: Option<i64>,
    /// The id of the level.
    pub level: String,
    /// The id of the criterion.
    pub criterion: String,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// How many units have fulfilled it.
    pub fulfilled: usize,
    /// The units that have not, or of which it is not known.
    pub awaited: Vec<AwaitedJson>,
}

/// A unit that has not fulfilled a criterion.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Awaited"))]
pub struct AwaitedJson {
    /// The id.
    pub unit: String,
    /// The name that people use.
    pub name: Option<String>,
    /// `not_due`, `not_met` or `undetermined`.
    pub verdict: &'static str,
}

/// The name and version of the JSON form.
pub const SCHEMA: &str = "thidua.due/1";

/// Writes what is due as JSON, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn json(outcome: &Outcome, out: &mut dyn io::Write) -> io::Result<()> {
    let terms = due(outcome).into_iter().map(TermJson::from).collect();
    let (campaign, as_of) = (outcome.campaign.clone(), outcome.as_of.to_string());
    serde_json::to_writer_pretty(&mut *out, &DueJson { schema: SCHEMA, campaign, as_of, terms })?;
    out.write_all(b"\n")
}

impl From<Term> for TermJson {
    fn from(term: Term) -> Self {
        let awaited = |unit: Awaited| AwaitedJson { unit: unit.unit, name: unit.name, verdict: unit.verdict.id() };
        Self {
            due: term.due.map(|day| day.to_string()),
            days: term.days,
            level: term.level,
            criterion: term.criterion.id,
            clause: term.criterion.clause,
            fulfilled: term.fulfilled,
            awaited: term.awaited.into_iter().map(awaited).collect(),
        }
    }
}

/// Writes one line for each term and unit.
///
/// # Errors
/// If `out` cannot be written to.
pub fn csv(outcome: &Outcome, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["due", "days", "level", "criterion", "clause", "unit", "name", "verdict"])?;
    for term in due(outcome) {
        let day = term.due.map(|day| day.to_string()).unwrap_or_default();
        let days = term.days.map(|days| days.to_string()).unwrap_or_default();
        let clause = term.criterion.clause.unwrap_or_default();
        for unit in &term.awaited {
            let (id, name) =
                (super::spreadsheet::inert(&unit.unit), unit.name.as_deref().map(super::spreadsheet::inert));
            let name = name.unwrap_or_default();
            writer.write_record([
                &day,
                &days,
                &term.level,
                &term.criterion.id,
                &clause,
                &id,
                &name,
                unit.verdict.id(),
            ])?;
        }
    }
    writer.flush()
}

/// The JSON Schema of [`DueJson`].
#[cfg(feature = "cli")]
#[must_use]
pub fn due_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft07().for_serialize();
    settings.into_generator().into_root_schema_for::<DueJson>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn all_forms_read_as_they_did() {
        let sample = testing::sample();
        let (mut as_json, mut as_csv) = (Vec::new(), Vec::new());
        json(&sample, &mut as_json).unwrap();
        csv(&sample, &mut as_csv).unwrap();
        testing::snapshot("due.json", &String::from_utf8(as_json).unwrap());
        testing::snapshot("due.csv", &String::from_utf8(as_csv).unwrap());
    }

    #[test]
    #[cfg(feature = "cli")]
    fn the_schema_in_the_repository_is_current() {
        testing::checked_in("schemas/due.json", &due_schema());
    }
}
