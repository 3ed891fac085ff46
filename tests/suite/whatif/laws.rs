//! The laws that need data, on every campaign that is shipped: there and back, the order of changes, what is kept,
//! breakpoints against trying every value, the least change against every single move.
//!
//! What is tried is a fixed choice: of numbers, cells and units some, from the first to the last, so many that all
//! campaigns take some seconds.

use std::path::Path;

use thidua::document::{Content, Node};
use thidua::evaluate::{Judgement, Measured, Outcome};
use thidua::load::{self, Request};
use thidua::patch::{Action, Edit, Rows, Word};
use thidua::scenario::{
    Answer, Base, Break, Change, Deed, Goal, Kind, Move, Over, Question, Sought, Step, Weights, World, seek, sweep,
};
use thidua::schema::{ColumnId, TableId};
use thidua::source::Place;
use thidua::value::Number;

use crate::campaigns::{Dice, told};

use super::{after, asked, base, campaigns};

/// Of each campaign so many cells are edited.
const CELLS: usize = 8;
/// Of each campaign so many numbers are swept.
const NUMBERS: usize = 2;
/// So many distinct values stand on each side of today's in a range.
const VALUES: usize = 4;

fn word(text: &str) -> Word {
    Word { text: text.to_owned(), place: Place::Nowhere }
}

fn change(edit: Edit) -> Change {
    Change { label: edit.label.clone(), kind: Kind::Edit(edit), place: Place::Nowhere }
}

/// A row of a table says something in some columns.
fn says(base: &Base, table: TableId, key: &str, cells: &[(ColumnId, String)]) -> Change {
    let schema = base.plan.campaign.schema.table(table);
    let cells = cells.iter().map(|(column, text)| (word(&schema.column(*column).id), word(text))).collect();
    let action = Action::Set { rows: Rows::Keys(vec![word(key)]), cells };
    change(Edit { table: word(&schema.id), action, label: format!("{}[{key}]", schema.id), place: Place::Nowhere })
}

fn levels(outcome: &Outcome) -> String {
    format!("{:?}", outcome.levels)
}

fn run(base: &Base, world: &World, what: &str) -> Outcome {
    base.run(world).unwrap_or_else(|faults| panic!("{what}: {}", told(&faults))).outcome
}

/// Some cells of a campaign, each with another text of its column and what it says today.
fn cells(base: &Base) -> Vec<(TableId, String, ColumnId, String, String)> {
    let schema = &base.plan.campaign.schema;
    let mut found = Vec::new();
    for table in (0..schema.tables.len()).map(TableId) {
        let (of, data) = (schema.table(table), base.data.table(table));
        // What has no key cannot be named by one.
        if of.key.is_empty() {
            continue;
        }
        let columns = (0..of.columns.len()).map(ColumnId).filter(|id| {
            let places = of.is_anchor(*id) || of.column(*id).link().is_some();
            !places && ![of.valid.from, of.valid.to].contains(&Some(*id))
        });
        for column in columns {
            let Some(read) = data.column(column) else { continue };
            let known: Vec<usize> = (0..data.rows).filter(|row| read.is_known(*row)).collect();
            let Some(row) = known.get(known.len() / 2) else { continue };
            let own = data.text(*row, column);
            let Some(other) = known.iter().map(|row| data.text(*row, column)).find(|text| *text != own) else {
                continue;
            };
            // A key that stands twice names more than one row.
            let key = data.key(*row).to_owned();
            if (0..data.rows).filter(|row| data.key(*row) == key).count() == 1 {
                found.push((table, key, column, other, own));
            }
        }
    }
    let step = found.len().div_ceil(CELLS).max(1);
    found.into_iter().step_by(step).collect()
}

#[test]
fn data_there_and_back_are_the_same_and_what_is_kept_equals_what_is_full() {
    let (mut tried, mut moved) = (0, 0);
    for campaign in campaigns() {
        let base = base(&campaign);
        let before = levels(&base.outcome);
        for (table, key, column, other, own) in cells(&base) {
            let what = format!("{campaign:?} {}[{key}] {other}", base.plan.campaign.schema.table(table).id);
            let there = says(&base, table, &key, &[(column, other)]);
            let back = says(&base, table, &key, &[(column, own)]);
            let world = after(&base, [&there]);
            let ran = base.run(&world).unwrap_or_else(|faults| panic!("{what}: {}", told(&faults)));
            let full = base.run_in_full(&world).expect("it ran before");
            assert_eq!(format!("{:?}", ran.outcome), format!("{:?}", full.outcome), "{what}");
            assert_eq!(ran.faults, full.faults, "{what}");
            let home = run(&base, &after(&base, [&there, &back]), &what);
            assert_eq!(levels(&home), before, "{what}");
            tried += 1;
            moved += usize::from(levels(&ran.outcome) != before);
        }
    }
    assert!(tried > 60 && moved > 25, "of {tried} cells {moved} change anything");
}

/// The numbers of a campaign that may be moved, with what stands there today: params, bars, points, quotas, grades.
fn numbers(document: &Node) -> Vec<(String, Number, bool)> {
    fn walk(path: &str, node: &Node, found: &mut Vec<(String, Number, bool)>) {
        let last = path.rsplit('.').next().unwrap_or_default();
        let is_number = path.starts_with("params.") && path.split('.').count() == 2
            || ["at_least", "more_than", "at_most", "less_than", "max"].contains(&last);
        let value = node.get("value").unwrap_or(node);
        if is_number {
            match &value.content {
                Content::Number(number) => return found.push((path.to_owned(), *number, false)),
                Content::Text(text) => {
                    if let Some(share) = Number::parse_percentage(text) {
                        found.push((path.to_owned(), share, true));
                    }
                    return;
                }
                _ => {}
            }
        }
        match &node.content {
            Content::Table(table) => {
                for entry in table.iter() {
                    walk(&format!("{path}.{}", entry.key), &entry.node, found);
                }
            }
            Content::List(items) => {
                items.iter().enumerate().for_each(|(at, item)| walk(&format!("{path}.{at}"), item, found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    for part in ["params", "criteria", "awards", "levels"] {
        let entries = document.get(part).and_then(Node::table).into_iter().flat_map(thidua::document::Table::iter);
        entries.for_each(|entry| walk(&format!("{part}.{}", entry.key), &entry.node, &mut found));
    }
    found
}

/// Some of the numbers, of every kind.
fn some_numbers(document: &Node) -> Vec<(String, Number, bool)> {
    let all = numbers(document);
    let of = |part: &str, points: bool| {
        let mine = all.iter().filter(|(path, ..)| path.starts_with(part) && path.contains(".points") == points);
        let mine: Vec<_> = mine.cloned().collect();
        let step = mine.len().div_ceil(NUMBERS).max(1);
        mine.into_iter().step_by(step).collect::<Vec<_>>()
    };
    [of("params", false), of("criteria", false), of("criteria", true), of("awards", false), of("levels", false)]
        .concat()
}

/// What units measured, as numbers.
fn measured(judgement: &Judgement) -> Vec<Number> {
    let number = match &judgement.measured {
        Measured::Fraction(fraction) => fraction.number(),
        Measured::Number(number) => *number,
        _ => return Vec::new(),
    };
    [number.least(), number.greatest()].into_iter().flatten().collect()
}

/// Every distinct number that stands in the data or that a unit measured or scored.
fn distinct(base: &Base) -> Vec<Number> {
    let mut values: Vec<Number> = Vec::new();
    for table in &base.data.tables {
        for column in table.columns.iter().flatten() {
            if let thidua::data::Values::Numbers(numbers) = &column.values {
                values.extend((0..column.len()).filter(|row| column.is_known(*row)).filter_map(|row| numbers.get(row)));
            }
        }
    }
    for unit in base.outcome.levels.iter().flat_map(|level| &level.units) {
        values.extend(unit.criteria.iter().flat_map(|judgement| measured(&judgement)));
        values.extend(unit.score.iter().flat_map(|score| [score.least, score.greatest]).flatten());
    }
    values.sort_unstable();
    values.dedup();
    values
}

/// The decimals at which a campaign is tried: the distinct values around today's, and the midpoints between. A value that
/// is no decimal is tried just below and just above.
fn tried(today: Number, percent: bool, distinct: &[Number]) -> Vec<Number> {
    let fine = if percent { 8 } else { 6 };
    let near: Vec<Number> = distinct
        .iter()
        .copied()
        .filter(|value| !percent || (Number::ZERO <= *value && *value <= Number::ONE))
        .collect();
    let at = near.partition_point(|value| *value < today);
    let some = near.get(at.saturating_sub(VALUES)..(at + VALUES).min(near.len())).unwrap_or_default();
    let mut all: Vec<Number> = some.iter().copied().chain([today]).collect();
    all.sort_unstable();
    all.dedup();
    let mut tried: Vec<Number> = Vec::new();
    for (at, value) in all.iter().enumerate() {
        let rounded = value.round(fine).expect("it is small");
        if rounded == *value {
            tried.push(*value);
        } else {
            let step = Number::ratio(1, 10_i64.pow(fine)).unwrap();
            tried.extend([rounded.minus(step), rounded.plus(step)].into_iter().flatten());
        }
        let next =
            all.get(at + 1).and_then(|next| next.plus(*value).ok()?.over(Number::whole(2)).ok()?.round(fine).ok());
        tried.extend(next);
    }
    tried.sort_unstable();
    tried.dedup();
    tried
}

/// Verdicts, ranks, grades and awards, and nothing that moves all the time.
fn said(outcome: &Outcome) -> String {
    let units = outcome.levels.iter().flat_map(|level| &level.units).map(|unit| {
        let verdicts: Vec<_> = unit.criteria.iter().map(|judgement| judgement.verdict).collect();
        let awards: Vec<_> = unit.awards.iter().map(|award| award.as_ref().map(|award| award.verdict)).collect();
        let rank = unit.rank.as_ref().map(|rank| (rank.best, rank.worst, rank.tied));
        format!("{} {verdicts:?} {rank:?} {:?} {awards:?}\n", unit.id, unit.grade)
    });
    units.collect()
}

#[test]
fn breakpoints_are_those_of_trying_every_value_and_the_midpoints_between() {
    let (mut exact, mut breaks) = (0, 0);
    for campaign in campaigns() {
        let base = base(&campaign);
        let distinct = distinct(&base);
        for (path, today, percent) in some_numbers(&base.world.document) {
            let unit = if percent { thidua::scenario::Unit::Percent } else { thidua::scenario::Unit::Plain };
            let mut grid = tried(today, percent, &distinct);
            if path.starts_with("awards.") && !percent {
                grid.retain(|value| value.is_whole());
            }
            let at = |value: Number| {
                let world = after(&base, &asked(&[&format!("{path}={}", unit.written(value))], &[]).changes);
                base.run(&world).map(|ran| said(&ran.outcome))
            };
            // What a campaign refuses, a range cannot hold.
            let all: Vec<(Number, String)> =
                grid.into_iter().filter_map(|value| Some((value, at(value).ok()?))).collect();
            let [(from, _), .., (to, _)] = all.as_slice() else { continue };
            let over = Over { path: path.clone(), from: *from, to: *to, unit, weights: Weights::Absolute };
            let swept = sweep(&base, &over).unwrap_or_else(|faults| panic!("{path}: {}", told(&faults)));
            if !swept.exact {
                continue;
            }
            exact += 1;
            breaks += swept.breaks.len();
            let within = |found: &&Break, low: Number, high: Number| {
                (low < found.at || (low == found.at && !found.included))
                    && (found.at < high || (found.at == high && found.included))
            };
            for pair in all.windows(2) {
                let [(low, before), (high, then)] = pair else { continue };
                let here = swept.breaks.iter().filter(|found| within(found, *low, *high)).count();
                assert!(
                    here > 0 || before == then,
                    "{campaign:?} {path}: something changes from {low} to {high}\n{before}\n{then}"
                );
                assert!(here != 1 || before != then, "{campaign:?} {path}: nothing changes from {low} to {high}");
            }
        }
    }
    assert!(exact > 30 && breaks > 30, "{exact} sweeps with {breaks} breaks");
}

#[test]
fn the_order_of_independent_changes_does_not_matter() {
    let mut moved = 0;
    for campaign in campaigns() {
        let base = base(&campaign);
        let mut changes: Vec<Change> = Vec::new();
        let mut parts: Vec<String> = Vec::new();
        for (path, today, percent) in some_numbers(&base.world.document) {
            // Of each criterion, param and award one number: others of the same may hang on it.
            let part: String = path.split('.').take(2).collect::<Vec<_>>().join(".");
            let (step, unit) = if percent {
                (Number::ratio(1, 100).unwrap(), thidua::scenario::Unit::Percent)
            } else {
                (Number::ONE, thidua::scenario::Unit::Plain)
            };
            let edit = format!("{path}={}", unit.written(today.plus(step).unwrap()));
            let one = asked(&[&edit], &[]).changes;
            // What is sound alone may contradict another.
            let together = changes.iter().chain(&one).cloned().collect::<Vec<_>>();
            if changes.len() < 4 && !parts.contains(&part) && base.run(&after(&base, &together)).is_ok() {
                parts.push(part);
                changes = together;
            }
        }
        changes.extend(
            cells(&base)
                .into_iter()
                .take(3)
                .map(|(table, key, column, other, _)| says(&base, table, &key, &[(column, other)])),
        );
        let first = levels(&run(&base, &after(&base, &changes), "together"));
        moved += usize::from(first != levels(&base.outcome));
        let mut dice = Dice(5);
        for _ in 0..6 {
            dice.shuffle(&mut changes);
            assert_eq!(levels(&run(&base, &after(&base, &changes), "shuffled")), first, "{campaign:?}");
        }
    }
    assert!(moved > 8, "{moved}");
}

fn with_moves(campaign: &Path) -> Base {
    let request = Request { campaign: campaign.to_path_buf(), threads: 0, ..Request::default() };
    let columns = load::columns_of_moves(&request).unwrap();
    load::base(&request, &[], &[], &columns).unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)))
}

/// A row after some moves, each so often; nothing where rows come or go.
fn made(base: &Base, moves: &[Move], table: TableId, row: usize, made: &[(usize, usize)]) -> Option<Change> {
    let data = base.data.table(table);
    let mut cells: Vec<(ColumnId, String)> = Vec::new();
    for (at, times) in made {
        match &moves[*at].deed {
            Deed::Set(new) => cells.extend(new.iter().cloned()),
            Deed::Step(column, by) => {
                let now = Number::parse(&data.text(row, *column)).ok()?;
                let way = by.times(Number::count(*times as u64)).unwrap();
                cells.push((*column, now.plus(way).unwrap().to_string()));
            }
            Deed::Add(_) | Deed::Remove => return None,
        }
    }
    Some(says(base, table, data.key(row), &cells))
}

fn steps(base: &Base, sought: &Sought, step: &Step) -> Option<Vec<Change>> {
    let table = sought.moves[step.made.first()?.0].table;
    let data = base.data.table(table);
    let row = |key: &String| (0..data.rows).find(|row| data.key(*row) == key);
    step.rows.iter().map(|key| made(base, &sought.moves, table, row(key)?, &step.made)).collect()
}

/// The rows of a table that hang on a unit of a level, by what their links say.
fn rows_of(base: &Base, table: TableId, units: TableId, unit: usize) -> Vec<usize> {
    let schema = &base.plan.campaign.schema;
    let owner = |row: usize| {
        let (mut table, mut row) = (table, row);
        while table != units {
            let column = schema.table(table).parent?;
            let up = base.data.table(table).column(column)?.target(row)?;
            (table, row) = (schema.parent_of(table)?, up);
        }
        Some(row)
    };
    (0..base.data.table(table).rows).filter(|row| owner(*row) == Some(unit)).collect()
}

#[test]
fn an_answer_reaches_its_goal_and_no_cheaper_single_move_does() {
    // Of each level one unit and its first criterion that is missed and that something can be done about.
    const MOST: usize = 100;
    let (mut answers, mut singles) = (0, 0);
    for campaign in campaigns() {
        let base = with_moves(&campaign);
        for (place, level) in base.outcome.levels.iter().enumerate() {
            let Some(units) = base.plan.levels[place].units else { continue };
            let missed = level.units.iter().flat_map(|unit| {
                let missed = unit.criteria.iter().zip(&level.criteria);
                let missed = missed.filter(|(it, _)| it.verdict == thidua::evaluate::Verdict::NotMet);
                missed.map(move |(_, head)| (unit.clone(), &head.id))
            });
            let found = missed.take(4).find_map(|(unit, id)| {
                let goal = Goal::parse(&format!("met {id}"), &mut Vec::new())?;
                let question = Question {
                    unit: Some(unit.id.to_owned()),
                    level: Some(level.id.clone()),
                    goal: goal.clone(),
                    most: MOST,
                };
                let sought = seek(&base, &question).ok()?;
                matches!(sought.answer, Answer::Least(_)).then_some((unit, goal, sought))
            });
            let Some((unit, goal, sought)) = found else { continue };
            let Answer::Least(way) = &sought.answer else { continue };
            let holds = |world: &World| {
                let outcome = run(&base, world, "a move");
                let level = &outcome.levels[place];
                let unit = level.units.iter().find(|other| other.id == unit.id).expect("it stays");
                goal.holds(level, &base.plan.campaign.levels[place], &unit)
            };
            let Some(changes) = way.steps.iter().map(|step| steps(&base, &sought, step)).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            let changes = changes.concat();
            assert!(holds(&after(&base, &changes)), "{campaign:?} {} {goal:?}", unit.id);
            assert!(!holds(&base.world));
            answers += 1;
            for (at, of) in sought.moves.iter().enumerate() {
                let times = if matches!(of.deed, Deed::Step(..)) { of.at_most } else { 1 };
                for row in rows_of(&base, of.table, units, unit.row) {
                    for times in 1..=times {
                        let cost = of.cost.times(Number::count(times as u64)).unwrap();
                        if cost >= way.cost {
                            break;
                        }
                        let Some(one) = made(&base, &sought.moves, of.table, row, &[(at, times)]) else { continue };
                        singles += 1;
                        assert!(
                            !holds(&after(&base, [&one])),
                            "{campaign:?} {} {goal:?}: {} is enough",
                            unit.id,
                            of.id
                        );
                    }
                }
            }
        }
    }
    assert!(answers >= 3 && singles > 100, "{answers} answers, {singles} single moves");
}
