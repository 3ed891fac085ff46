//! What a check without data says when it finds no errors: how each criterion will be measured.

use crate::campaign::{Criterion, MeasureSource};
use crate::diagnostic::Language;
use crate::evaluate::{Plan, Program};

use super::page::{Block, Column, Grid, Page};
use super::words::{self, Phrase};

/// Lays out a plan.
#[must_use]
pub fn checked(plan: &Plan, language: Language) -> Page {
    let campaign = &plan.campaign;
    let columns = [words::CRITERION, words::MEASURED_BY, words::COMPUTED];
    let columns = columns.map(|title| Column { title: title.text(language).to_owned(), figures: false });
    let rows = campaign.criteria.iter().enumerate().map(|(at, criterion)| {
        vec![criterion.id.clone(), source(criterion, language), how(plan, at).text(language).to_owned()]
    });
    let grid = Grid { columns: columns.into(), rows: rows.collect(), spaced: false };
    let title = words::title(&campaign.title, &campaign.id, language).to_owned();
    Page { blocks: vec![Block::Heading(1, title), Block::Grid(grid), Block::Line(counts(plan, language))] }
}

fn source(criterion: &Criterion, language: Language) -> String {
    match &criterion.source {
        MeasureSource::Rule(rule) => format!("{} {}", words::RULE.text(language), rule.name),
        MeasureSource::Scorers(scorers) => words::scorers(scorers, language),
        MeasureSource::Column(column) => format!("{} {}", words::COLUMN.text(language), column.name),
    }
}

/// Interpreted on any level is worth saying; the rest is fast.
fn how(plan: &Plan, criterion: usize) -> Phrase {
    let planned = plan.levels.iter().flat_map(|level| &level.criteria).filter(|planned| planned.criterion == criterion);
    let interpreted: Vec<bool> = planned.map(|planned| matches!(planned.measure, Program::Interpreted(..))).collect();
    match interpreted.as_slice() {
        [] => words::NOT_MEASURED,
        levels if levels.contains(&true) => words::INTERPRETED,
        _ => words::AT_ONCE,
    }
}

fn counts(plan: &Plan, language: Language) -> String {
    let campaign = &plan.campaign;
    let counts = [
        ("{levels}", campaign.levels.len()),
        ("{criteria}", campaign.criteria.len()),
        ("{awards}", campaign.awards.len()),
        ("{warnings}", plan.warnings.len()),
    ];
    let text = words::CHECKED.text(language).to_owned();
    counts.iter().fold(text, |text, (hole, count)| text.replace(hole, &count.to_string()))
}
