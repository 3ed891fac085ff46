//! All that a unit can do: which of its rows take which moves, and which rows are alike.

use std::sync::{Arc, OnceLock};

use crate::data::{Dataset, compare_cells};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::{Kept, LevelOutcome, Options, Outcome, Plan, evaluate_again, evaluate_and_keep};
use crate::patch::{Action, Edit, Rows, Word};
use crate::rule::{Derived, Expression, Measure};
use crate::schema::{ColumnId, TableId};
use crate::source::Place;
use crate::value::Number;

use super::super::base::Base;
use super::super::work::on_all;
use super::moves::{Deed, Move};

/// The unit that is asked about.
#[derive(Clone, Copy, Debug)]
pub(super) struct Who {
    pub level: usize,
    pub unit: usize,
}

/// Something that may be done to a row of a class, so many times in all.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The rows that it may be done to.
    pub class: usize,
    /// The moves, by their positions, and how often each is made on the row.
    pub made: Made,
    pub cost: Number,
    /// How many rows there are to do it to.
    pub most: usize,
}

/// Rows that are alike: whatever is done to one of them has the same effect on any other.
#[derive(Clone, Debug)]
pub(super) struct Class {
    pub table: TableId,
    /// The rows; nothing where rows are added.
    pub rows: Vec<usize>,
}

/// What may be done, and how often.
pub(super) struct Space<'s> {
    pub base: &'s Base,
    pub moves: &'s [Move],
    pub who: Who,
    pub classes: Vec<Class>,
    pub items: Vec<Item>,
    /// What is said when an item is done once and nothing else; found when somebody first asks.
    alone: OnceLock<Vec<Option<Outcome>>>,
}

/// How often each item is done.
pub(super) type State = Vec<u16>;

/// The moves that are made on one row, by their positions, and how often each.
pub(super) type Made = Vec<(usize, usize)>;

/// A row that is changed, and how.
pub(super) type Done = (TableId, usize, Made);

/// A class, the ways in which its first row can be changed, and what they come to.
type Known = (usize, Vec<Made>, Vec<Option<Effect>>);

impl<'s> Space<'s> {
    /// Finds the rows of a unit that can take a move, and puts those together that are alike.
    pub fn new(base: &'s Base, moves: &'s [Move], who: Who, warnings: &mut Vec<Diagnostic>) -> Self {
        let mut space = Self { base, moves, who, classes: Vec::new(), items: Vec::new(), alone: OnceLock::new() };
        let schema = &base.plan.campaign.schema;
        for table in (0..schema.tables.len()).map(TableId) {
            let of_table: Vec<usize> = (0..moves.len())
                .filter(|at| moves.get(*at).is_some_and(|it| it.table == table && !matches!(it.deed, Deed::Add(_))))
                .collect();
            if of_table.is_empty() {
                continue;
            }
            let alike = rows_add_up(&base.plan, table);
            let rows = space.rows(table);
            if !alike && rows.len() > 1 {
                let name = &schema.table(table).id;
                warnings.push(Diagnostic::new(&catalogue::ROWS_NOT_ALIKE).with("table", name));
            }
            space.add_rows(table, &rows, &of_table, alike);
        }
        for (at, of) in moves.iter().enumerate().filter(|(_, of)| matches!(of.deed, Deed::Add(_))) {
            space.classes.push(Class { table: of.table, rows: Vec::new() });
            let class = space.classes.len() - 1;
            space.items.push(Item { class, made: vec![(at, 1)], cost: of.cost, most: of.at_most });
        }
        space
    }

    /// The rows of a table that hang on the unit, or the unit's own.
    fn rows(&self, table: TableId) -> Vec<usize> {
        let schema = &self.base.plan.campaign.schema;
        let data = &self.base.data;
        let level = self.base.plan.levels.get(self.who.level);
        let row = self.unit_row();
        let Some(units) = level.and_then(|level| level.units) else { return (0..data.table(table).rows).collect() };
        let above = |at: TableId, row: usize| {
            let column = schema.table(at).parent?;
            let to = schema.parent_of(at)?;
            Some((to, data.table(at).column(column)?.target(row)?))
        };
        let belongs = |start: usize| {
            let mut at = (table, start);
            for _ in 0..=schema.tables.len() {
                if at.0 == units {
                    return at.1 == row;
                }
                match above(at.0, at.1) {
                    Some(next) => at = next,
                    None => return false,
                }
            }
            false
        };
        (0..data.table(table).rows).filter(|row| belongs(*row)).collect()
    }

    fn unit_row(&self) -> usize {
        let level = self.base.outcome.levels.get(self.who.level);
        level.and_then(|level| level.units.get(self.who.unit)).map_or(0, |unit| unit.row)
    }

    fn add_rows(&mut self, table: TableId, rows: &[usize], moves: &[usize], alike: bool) {
        let ways: Vec<(usize, Vec<Made>)> =
            rows.iter().map(|row| (*row, self.ways(table, *row, moves))).filter(|(_, ways)| !ways.is_empty()).collect();
        let jobs: Vec<(usize, &Made)> =
            ways.iter().flat_map(|(row, ways)| ways.iter().map(|way| (*row, way))).collect();
        let effects = on_all(self.base.threads, &jobs, |(row, way)| {
            let data = self.changed(&[(table, *row, (*way).clone())])?;
            let options = Options { as_of: self.base.as_of, threads: 1 };
            let (outcome, kept) =
                evaluate_and_keep(&self.base.plan, &data, options, Some(self.base.kept()), &mut Vec::new());
            Some(Effect { judged: judged(&outcome), said: outcome.levels, kept })
        });
        let mut effects = effects.into_iter();
        // Of each class: the ways of its first row, and what they come to.
        let mut known: Vec<Known> = Vec::new();
        for (row, ways) in ways {
            let mine: Vec<Option<Effect>> = effects.by_ref().take(ways.len()).collect();
            let same = |(_, others, theirs): &&Known| {
                alike && *others == ways && theirs.iter().zip(&mine).all(|(a, b)| same_effect(a.as_ref(), b.as_ref()))
            };
            match known.iter().find(same).map(|(class, ..)| *class) {
                Some(class) => self.classes.get_mut(class).into_iter().for_each(|class| class.rows.push(row)),
                None => {
                    self.classes.push(Class { table, rows: vec![row] });
                    known.push((self.classes.len() - 1, ways, mine));
                }
            }
        }
        for (class, ways, effects) in known {
            let most = self.classes.get(class).map_or(0, |class| class.rows.len());
            let mut last: Option<&Effect> = None;
            let today = &self.base.outcome.levels;
            for (made, effect) in ways.into_iter().zip(&effects) {
                // A step of a measure that brings nothing more than the step before it is not worth its cost.
                let stepped = self.steps_only_a_measure(&made);
                let idle = stepped && last.zip(effect.as_ref()).is_some_and(|(before, now)| before.comes_to(now));
                let useless = effect
                    .as_ref()
                    .is_none_or(|effect| effect.kept.derives_the_same(self.base.kept()) && effect.said == *today);
                if let Some(effect) = effect {
                    last = Some(effect);
                }
                if idle || useless {
                    continue;
                }
                let cost = made.iter().try_fold(Number::ZERO, |sum, (at, times)| {
                    let one = self.moves.get(*at).map_or(Number::ZERO, |of| of.cost);
                    sum.plus(one.times(Number::count(*times as u64))?)
                });
                let Ok(cost) = cost else { continue };
                self.items.push(Item { class, made, cost, most });
            }
        }
    }

    /// Whether a further step of a number is made that nothing reads but a criterion that it is the measure of.
    fn steps_only_a_measure(&self, made: &Made) -> bool {
        made.iter().filter(|(_, times)| *times > 1).any(|(at, _)| match self.moves.get(*at) {
            Some(Move { table, deed: Deed::Step(column, _), .. }) => self.base.plan.only_measured(*table, *column),
            _ => false,
        })
    }

    /// The ways in which a row can be changed: every choice of the moves that it can take.
    fn ways(&self, table: TableId, row: usize, moves: &[usize]) -> Vec<Made> {
        const MOST_AT_ONCE: usize = 4;
        let fitting: Vec<usize> =
            moves.iter().copied().filter(|at| self.fits(table, row, *at)).take(MOST_AT_ONCE).collect();
        let mut ways: Vec<Made> = vec![Vec::new()];
        for at in fitting {
            let Some(of) = self.moves.get(at) else { continue };
            let most = if matches!(of.deed, Deed::Step(..)) { of.at_most } else { 1 };
            let more: Vec<_> = ways
                .iter()
                .flat_map(|way| (1..=most).map(move |times| way.iter().copied().chain([(at, times)]).collect()))
                .collect();
            ways.extend::<Vec<Made>>(more);
        }
        ways.retain(|way| !way.is_empty());
        ways
    }

    fn fits(&self, table: TableId, row: usize, at: usize) -> bool {
        let Some(of) = self.moves.get(at) else { return false };
        let schema = self.base.plan.campaign.schema.table(table);
        let data = self.base.data.table(table);
        let says = |column: ColumnId| self.says(table, row, column);
        let passes = of.tests.iter().all(|(column, test)| {
            let holds = |value: &Word| {
                let order = compare_cells(schema.column(*column), &says(*column), &value.text);
                order.is_some_and(|order| test.compares.holds(order))
            };
            test.values.iter().any(holds)
        });
        let changes = match &of.deed {
            Deed::Set(cells) => cells.iter().any(|(column, text)| {
                let order = compare_cells(schema.column(*column), &says(*column), text);
                order.is_none_or(std::cmp::Ordering::is_ne)
            }),
            Deed::Step(column, _) => data.column(*column).is_some_and(|column| column.is_known(row)),
            Deed::Remove => true,
            Deed::Add(_) => false,
        };
        passes && changes
    }

    /// What a cell says; a link says the key that it leads to.
    fn says(&self, table: TableId, row: usize, column: ColumnId) -> String {
        let data = self.base.data.table(table);
        let to = self.base.plan.campaign.schema.column(table, column).link();
        let target = data.column(column).and_then(|column| column.target(row));
        match to.zip(target) {
            Some((to, target)) => self.base.data.table(to).key(target).to_owned(),
            None => data.text(row, column),
        }
    }

    /// The data after some rows were changed; nothing where that cannot be.
    pub fn changed(&self, changes: &[Done]) -> Option<Dataset> {
        let mut data = self.base.data.clone();
        let mut edits: Vec<Edit> = Vec::new();
        for table in (0..data.tables.len()).map(TableId) {
            let mut cells: Vec<(usize, ColumnId, String)> = Vec::new();
            for (_, row, made) in changes.iter().filter(|(of, ..)| *of == table) {
                for (at, times) in made {
                    match &self.moves.get(*at)?.deed {
                        Deed::Set(new) => cells.extend(new.iter().map(|(column, text)| (*row, *column, text.clone()))),
                        Deed::Step(column, by) => {
                            let now = Number::parse(&self.says(table, *row, *column)).ok()?;
                            let way = by.times(Number::count(*times as u64)).ok()?;
                            cells.push((*row, *column, now.plus(way).ok()?.to_string()));
                        }
                        Deed::Remove => edits.push(self.removal(table, *row)),
                        Deed::Add(new) => (0..*times).for_each(|_| edits.push(self.addition(table, new, edits.len()))),
                    }
                }
            }
            if cells.is_empty() {
                continue;
            }
            let new: Vec<_> = cells.iter().map(|(row, column, text)| (*row, *column, text.as_str())).collect();
            let new_table =
                self.base.data.table(table).with_cells(self.base.plan.campaign.schema.table(table), &new)?;
            *data.tables.get_mut(table.0)? = Arc::new(new_table);
            edits.extend(new.iter().map(|(row, column, text)| self.setting(table, *row, *column, text)));
        }
        // Rows that come or go move others: then the tables are put together anew.
        let moved = edits.iter().any(|edit| !matches!(edit.action, Action::Set { .. }));
        if !moved {
            return Some(data);
        }
        let mut world = self.base.world.clone();
        world.edits.extend(edits);
        self.base.ready(&world, &mut Vec::new()).ok().map(|ready| ready.data)
    }

    fn word(text: &str) -> Word {
        Word { text: text.to_owned(), place: Place::Nowhere }
    }

    fn edit(&self, table: TableId, action: Action) -> Edit {
        let id = &self.base.plan.campaign.schema.table(table).id;
        Edit { table: Self::word(id), action, label: String::new(), place: Place::Nowhere }
    }

    fn row(&self, table: TableId, row: usize) -> Rows {
        Rows::Keys(vec![Self::word(self.base.data.table(table).key(row))])
    }

    fn removal(&self, table: TableId, row: usize) -> Edit {
        self.edit(table, Action::Remove(self.row(table, row)))
    }

    fn setting(&self, table: TableId, row: usize, column: ColumnId, text: &str) -> Edit {
        let column = &self.base.plan.campaign.schema.column(table, column).id;
        let cells = vec![(Self::word(column), Self::word(text))];
        self.edit(table, Action::Set { rows: self.row(table, row), cells })
    }

    /// A row that hangs on the unit, with a key that no other has.
    fn addition(&self, table: TableId, cells: &[(ColumnId, String)], at: usize) -> Edit {
        let schema = self.base.plan.campaign.schema.table(table);
        let mut row: Vec<(Word, Word)> = Vec::new();
        let outcome = self.base.outcome.levels.get(self.who.level);
        let unit = outcome.and_then(|level| level.units.get(self.who.unit)).map(|unit| unit.id);
        let mut put = |column: ColumnId, text: &str| {
            row.push((Self::word(&schema.column(column).id), Self::word(text)));
        };
        schema.parent.into_iter().for_each(|parent| put(parent, unit.unwrap_or_default()));
        for key in schema.key.iter().filter(|key| schema.parent != Some(**key)) {
            let digits = if let crate::schema::Kind::Text { digits: Some(digits) } = schema.column(*key).kind {
                digits
            } else {
                12
            };
            put(
                *key,
                &"9".repeat(digits.saturating_sub(3))
                    .chars()
                    .chain(format!("{:03}", 999 - at % 1000).chars())
                    .collect::<String>(),
            );
        }
        for (column, text) in cells {
            put(*column, text);
        }
        self.edit(table, Action::Add(vec![row]))
    }

    /// Which rows a state changes, and how: of alike rows the first ones.
    pub fn rows_of(&self, state: &State) -> Vec<Done> {
        let mut changes = Vec::new();
        for (class, of) in self.classes.iter().enumerate() {
            let mut rows = of.rows.iter();
            for (item, count) in self.items.iter().zip(state).filter(|(item, _)| item.class == class) {
                if of.rows.is_empty() {
                    let made = item.made.iter().map(|(at, times)| (*at, times * usize::from(*count))).collect();
                    changes.extend((*count > 0).then_some((of.table, usize::MAX, made)));
                    continue;
                }
                for row in rows.by_ref().take(usize::from(*count)) {
                    changes.push((of.table, *row, item.made.clone()));
                }
            }
        }
        changes
    }

    /// What is said after a state; nothing where it cannot be.
    pub fn outcome(&self, state: &State) -> Option<Outcome> {
        let data = self.changed(&self.rows_of(state))?;
        let options = Options { as_of: self.base.as_of, threads: 1 };
        Some(evaluate_again(&self.base.plan, &data, options, self.base.kept(), &mut Vec::new()))
    }

    /// What is said when an item is done once and nothing else.
    pub fn alone(&self, item: usize) -> Option<&Outcome> {
        let alone = self.alone.get_or_init(|| {
            let once = |item: &usize| {
                let mut state: State = vec![0; self.items.len()];
                state.get_mut(*item).into_iter().for_each(|count| *count = 1);
                self.outcome(&state)
            };
            on_all(self.base.threads, &(0..self.items.len()).collect::<Vec<_>>(), once)
        });
        alone.get(item).and_then(Option::as_ref)
    }

    pub fn cost(&self, state: &State) -> Number {
        let parts = self.items.iter().zip(state).map(|(item, count)| item.cost.times(Number::count(u64::from(*count))));
        parts.flatten().try_fold(Number::ZERO, Number::plus).unwrap_or(Number::ZERO)
    }

    /// Whether one more of an item can be done.
    pub fn has_room(&self, state: &State, item: usize) -> bool {
        let Some(of) = self.items.get(item) else { return false };
        let used: usize = self
            .items
            .iter()
            .zip(state)
            .filter(|(other, _)| other.class == of.class)
            .map(|(_, count)| usize::from(*count))
            .sum();
        used < of.most
    }
}

/// What comes of one way of changing one row.
struct Effect {
    kept: Kept,
    /// All that is said of all levels.
    said: Vec<LevelOutcome>,
    judged: Vec<Judged>,
}

/// A verdict and its points.
type Judged = (crate::evaluate::Verdict, Option<crate::evaluate::Points>);

impl Effect {
    /// Whether nothing tells two effects apart.
    fn is(&self, other: &Self) -> bool {
        self.kept.derives_the_same(&other.kept) && self.said == other.said
    }

    /// Whether two effects lead to the same judgements.
    fn comes_to(&self, other: &Self) -> bool {
        self.kept.derives_the_same(&other.kept) && self.judged == other.judged
    }
}

fn same_effect(one: Option<&Effect>, other: Option<&Effect>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.is(other),
        (None, None) => true,
        _ => false,
    }
}

/// All verdicts and points.
fn judged(outcome: &Outcome) -> Vec<Judged> {
    let units = outcome.levels.iter().flat_map(|level| &level.units);
    units.flat_map(|unit| unit.criteria.iter().map(|judgement| (judgement.verdict, judgement.points))).collect()
}

/// Whether what rules derive of a table adds up row by row, so that rows with the same effect stay alike whatever is
/// done to others.
fn rows_add_up(plan: &Plan, table: TableId) -> bool {
    let aggregates = plan.derived.iter().filter_map(Derived::aggregate);
    aggregates.filter(|aggregate| aggregate.table == table).all(|aggregate| {
        let sums = matches!(
            aggregate.measure,
            Measure::Count
                | Measure::Share(_)
                | Measure::Any(_)
                | Measure::All(_)
                | Measure::Sum(_)
                | Measure::Ratio(..)
        );
        let mut reads_rows_only = true;
        for expression in aggregate.expressions() {
            expression.walk(&mut |inner| reads_rows_only &= !matches!(inner, Expression::Derived { .. }));
        }
        sums && reads_rows_only
    }) && !plan.has_interpreted()
}
