//! What became of a clause of the directive, over all units.

use crate::campaign::{Campaign, ClauseKind, Registered, Span};
use crate::diagnostic::Language;
use crate::evaluate::explain::is_part;
use crate::evaluate::{AwardVerdict, LevelOutcome, Outcome, Verdict};

use super::figure::Figures;
use super::page::{Block, Column, Grid, Page};
use super::register::carriers;
use super::words;

/// So many units are named for one answer.
const MOST_NAMED: usize = 5;

/// Lays out a clause and its parts: for each criterion and award that carries it how many units have which answer, and
/// the first of those that miss it. Nothing if the register has no such clause.
#[must_use]
pub fn clause(campaign: &Campaign, outcome: &Outcome, id: &str, language: Language) -> Option<Page> {
    let found: Vec<_> = campaign.register().into_iter().filter(|it| is_part(&it.clause.id, id)).collect();
    let figures = Figures { language };
    let blocks: Vec<Block> =
        found.iter().flat_map(|registered| blocks(registered, campaign, outcome, figures)).collect();
    (!blocks.is_empty()).then_some(Page { blocks })
}

fn blocks(registered: &Registered<'_>, campaign: &Campaign, outcome: &Outcome, figures: Figures) -> Vec<Block> {
    let language = figures.language;
    let mut blocks = vec![Block::Heading(2, format!("{}: {}", registered.clause.id, registered.clause.about))];
    if registered.clause.kinds.contains(&ClauseKind::Period) {
        blocks.push(Block::Fields(spans(campaign, figures)));
    }
    let levels = outcome.levels.iter();
    let rows: Vec<Vec<String>> = levels.flat_map(|level| rows(registered, level, language)).collect();
    if !rows.is_empty() {
        let columns = [words::CARRIED_BY, words::LEVEL, words::VERDICT];
        let columns = columns.map(|title| Column { title: title.text(language).to_owned(), figures: false });
        blocks.push(Block::Grid(Grid { columns: columns.into(), rows, spaced: true }));
    } else if !registered.clause.kinds.contains(&ClauseKind::Period) {
        blocks.push(Block::Line(carriers(registered, language)));
    }
    blocks
}

/// The days of the campaign and of its rounds.
fn spans(campaign: &Campaign, figures: Figures) -> Vec<(String, String)> {
    let language = figures.language;
    let days = |span: &Span| {
        let from = span.from.map_or_else(|| words::UNKNOWN_FIRST_DAY.text(language).to_owned(), |day| figures.day(day));
        format!("{from} – {}", figures.day(span.to))
    };
    let period = (words::PERIOD.text(language).to_owned(), days(&campaign.period));
    let rounds = campaign.rounds.iter();
    let rounds = rounds.map(|it| (words::title(&it.title, &it.id, language).to_owned(), days(&it.span)));
    [period].into_iter().chain(rounds).collect()
}

/// A row for each criterion and award of a level that carries a clause.
fn rows(registered: &Registered<'_>, level: &LevelOutcome, language: Language) -> Vec<Vec<String>> {
    let title = words::title(&level.title, &level.id, language);
    let row = |name: &str, tally: String| vec![name.to_owned(), title.to_owned(), tally];
    let criteria = level.criteria.iter().enumerate();
    let criteria = criteria.filter(|(_, head)| registered.criteria.iter().any(|it| it.id == head.id));
    let criteria = criteria.map(|(at, head)| {
        let verdicts = level.units.iter().filter_map(|unit| Some((unit.id, unit.criteria.verdict(at)?)));
        let missed = |verdict| matches!(verdict, Verdict::NotMet | Verdict::Undetermined);
        let tally = tally(level, verdicts, words::verdict, missed, language);
        row(words::title(&head.title, &head.id, language), tally)
    });
    let awards = level.awards.iter().enumerate();
    let awards = awards.filter(|(_, head)| registered.awards.iter().any(|it| it.id == head.id));
    let awards = awards.map(|(at, head)| {
        let decided = level.units.iter().filter_map(|unit| Some((unit.id, unit.awards.get(at)?.verdict)));
        let won = |verdict| matches!(verdict, AwardVerdict::Granted | AwardVerdict::Undetermined);
        let tally = tally(level, decided, words::award, won, language);
        row(words::title(&head.title, &head.id, language), tally)
    });
    // Where no unit of a level can win an award, there is nothing to say of it.
    criteria.chain(awards).filter(|row| row.last().is_some_and(|tally| !tally.is_empty())).collect()
}

/// `met 16; not met 2 (H03, H09)`: how many units have each answer, with the first of those that are named.
fn tally<'u, V: Copy + PartialEq>(
    level: &LevelOutcome,
    answers: impl Iterator<Item = (&'u str, V)>,
    say: impl Fn(V) -> words::Phrase,
    names: impl Fn(V) -> bool,
    language: Language,
) -> String {
    let mut groups: Vec<(V, Vec<&str>)> = Vec::new();
    for (unit, answer) in answers {
        match groups.iter_mut().find(|(known, _)| *known == answer) {
            Some((_, units)) => units.push(unit),
            None => groups.push((answer, vec![unit])),
        }
    }
    let group = |(answer, units): &(V, Vec<&str>)| {
        let word = say(*answer).text(language);
        if level.units.len() == 1 {
            return word.to_owned();
        }
        let count = units.len();
        if !names(*answer) {
            return format!("{word} {count}");
        }
        let more = (count > MOST_NAMED).then(|| words::and_more(count - MOST_NAMED, language));
        let first = units.iter().take(MOST_NAMED).map(|unit| (*unit).to_owned()).chain(more);
        format!("{word} {count} ({})", first.collect::<Vec<_>>().join(", "))
    };
    groups.iter().map(group).collect::<Vec<_>>().join("; ")
}
