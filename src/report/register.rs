//! The register of a directive's clauses.

use crate::campaign::{Campaign, Registered};
use crate::diagnostic::Language;

use super::page::{Block, Column, Grid, Page};
use super::words;

/// Lays out every clause with what carries it, and counts them.
#[must_use]
pub fn register(campaign: &Campaign, language: Language) -> Page {
    let title = words::title(&campaign.title, &campaign.id, language).to_owned();
    let mut blocks = vec![Block::Heading(1, title)];
    let registered = campaign.register();
    if registered.is_empty() {
        blocks.push(Block::Line(words::NO_REGISTER.text(language).to_owned()));
        return Page { blocks };
    }
    let columns = [words::CLAUSE_FIELD, words::CLAUSE_KIND, words::CLAUSE_ABOUT, words::CARRIED_BY];
    let columns = columns.map(|title| Column { title: title.text(language).to_owned(), figures: false });
    let rows = registered.iter().map(|it| {
        let kinds: Vec<_> = it.clause.kinds.iter().map(|kind| kind.word()).collect();
        vec![it.clause.id.clone(), kinds.join(", "), it.clause.about.clone(), carriers(it, language)]
    });
    blocks.push(Block::Grid(Grid { columns: columns.into(), rows: rows.collect(), spaced: true }));
    blocks.push(Block::Line(counts(&registered, language)));
    Page { blocks }
}

/// The criteria and awards that carry a clause, or why nothing does.
pub(super) fn carriers(registered: &Registered<'_>, language: Language) -> String {
    let criteria = registered.criteria.iter().map(|criterion| criterion.id.as_str());
    let awards = registered.awards.iter().map(|award| award.id.as_str());
    let mut parts: Vec<String> = criteria.chain(awards).map(str::to_owned).collect();
    if let Some(nothing) = &registered.clause.nothing {
        parts.push(format!("{}: {nothing}", words::NOTHING_TO_CHECK.text(language)));
    }
    if !registered.missing.is_empty() {
        let kinds: Vec<_> = registered.missing.iter().map(|kind| kind.word()).collect();
        parts.push(format!("{}: {}", words::NOT_CARRIED.text(language), kinds.join(", ")));
    }
    if parts.is_empty() { words::THE_PERIOD.text(language).to_owned() } else { parts.join("; ") }
}

fn counts(registered: &[Registered<'_>], language: Language) -> String {
    let missing = registered.iter().filter(|it| !it.missing.is_empty()).count();
    let nothing = registered.iter().filter(|it| it.clause.nothing.is_some()).count();
    let carried = registered.len() - missing - nothing;
    let counts =
        [("{clauses}", registered.len()), ("{carried}", carried), ("{nothing}", nothing), ("{missing}", missing)];
    let text = words::REGISTERED.text(language).to_owned();
    counts.iter().fold(text, |text, (hole, count)| text.replace(hole, &count.to_string()))
}
