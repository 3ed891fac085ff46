//! All that a unit can do: which of its rows take which moves, and which rows are alike.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::data::{Dataset, can_say, compare_cells};
use crate::diagnostic::{Diagnostic, catalogue};
use crate::evaluate::{Options, Outcome, Reader, Shift, Stage, evaluate_again};
use crate::patch::{Action, Edit, Rows, Word};
use crate::schema::{ColumnId, TableId};
use crate::source::Place;
use crate::value::Number;

use super::super::base::Base;
use super::super::work::on_all;
use super::bundle::Counted;
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
    /// What it adds to what is derived, each time; nothing where that hangs on what else is done.
    pub shift: Option<Shift>,
    /// Who reads what it changes; nothing where anybody may.
    pub readers: Option<Vec<Reader>>,
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
    /// Whether some ways of changing a row were too many to be tried.
    left_out: AtomicBool,
}

/// More ways of changing one row are not tried: then nothing is proved that costs as much as a move.
const MOST_WAYS: usize = 1024;

/// How often each item is done.
pub(super) type State = Vec<u16>;

/// The moves that are made on one row, by their positions, and how often each.
pub(super) type Made = Vec<(usize, usize)>;

/// A row that is changed, and how.
pub(super) type Done = (TableId, usize, Made);

/// The ways in which a row can be changed, each with what it adds.
type Ways = Vec<(Made, Option<Shift>)>;

impl<'s> Space<'s> {
    /// Finds the rows of a unit that can take a move, and puts those together that are alike.
    pub fn new(base: &'s Base, moves: &'s [Move], who: Who, warnings: &mut Vec<Diagnostic>) -> Self {
        let mut space =
            Self { base, moves, who, classes: Vec::new(), items: Vec::new(), left_out: AtomicBool::new(false) };
        let schema = &base.plan.campaign.schema;
        for table in (0..schema.tables.len()).map(TableId) {
            let of_table: Vec<usize> = (0..moves.len())
                .filter(|at| moves.get(*at).is_some_and(|it| it.table == table && !matches!(it.deed, Deed::Add(_))))
                .collect();
            if of_table.is_empty() {
                continue;
            }
            let rows = space.rows(table);
            if !space.add_alike(table, &rows, &of_table) {
                if rows.len() > 1 {
                    let name = &schema.table(table).id;
                    warnings.push(Diagnostic::new(&catalogue::ROWS_NOT_ALIKE).with("table", name));
                }
                space.add_each(table, &rows, &of_table);
            }
        }
        for (at, of) in moves.iter().enumerate().filter(|(_, of)| matches!(of.deed, Deed::Add(_))) {
            space.classes.push(Class { table: of.table, rows: Vec::new() });
            let (class, made) = (space.classes.len() - 1, vec![(at, 1)]);
            let readers = space.readers(&made);
            space.items.push(Item { class, made, cost: of.cost, most: of.at_most, shift: None, readers });
        }
        // What nobody reads is of no use.
        space.items.retain(|item| item.readers.as_ref().is_none_or(|readers| !readers.is_empty()));
        space
    }

    /// Who reads what some moves of one table change; nothing where anybody may.
    fn readers(&self, made: &Made) -> Option<Vec<Reader>> {
        let plan = &self.base.plan;
        let mut readers: Vec<Reader> = Vec::new();
        for of in made.iter().filter_map(|(at, _)| self.moves.get(*at)) {
            readers.extend(match &of.deed {
                Deed::Set(cells) => {
                    plan.readers(of.table, &cells.iter().map(|(column, _)| *column).collect::<Vec<_>>())?
                }
                Deed::Step(column, _) => plan.readers(of.table, &[*column])?,
                Deed::Add(_) | Deed::Remove => plan.readers_of_rows(of.table)?,
            });
        }
        readers.sort_unstable();
        readers.dedup();
        Some(readers)
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

    pub fn unit_row(&self) -> usize {
        let level = self.base.outcome.levels.get(self.who.level);
        level.and_then(|level| level.units.get(self.who.unit)).map_or(0, |unit| unit.row)
    }

    /// Adds the rows of a table of which those with the same effect are alike, whatever is done to others: what rules
    /// derive of them adds up row by row, and nothing else reads them. Whether that is so.
    fn add_alike(&mut self, table: TableId, rows: &[usize], moves: &[usize]) -> bool {
        let made: Made = moves.iter().map(|at| (*at, 1)).collect();
        let changing: Vec<TableId> = self.moves.iter().map(|of| of.table).collect();
        let stays = moves.iter().all(|at| self.moves.get(*at).is_some_and(|of| !matches!(of.deed, Deed::Remove)));
        let plan = &self.base.plan;
        let readers = self.readers(&made).filter(|_| stays);
        let Some(derived) = readers.and_then(|readers| plan.adding_up(table, &readers, &changing)) else {
            return false;
        };
        let ways: Vec<(usize, Vec<Made>)> =
            rows.iter().map(|row| (*row, self.ways(table, *row, moves))).filter(|(_, ways)| !ways.is_empty()).collect();
        let jobs: Vec<(usize, &Made)> =
            ways.iter().flat_map(|(row, ways)| ways.iter().map(|way| (*row, way))).collect();
        let options = Options { as_of: self.base.as_of, threads: 1 };
        let shifts = on_all(self.base.threads, &jobs, |(row, way)| {
            let data = self.changed(&[(table, *row, (*way).clone())])?;
            self.base.kept().shift_to(&data, options, &derived)
        });
        if shifts.iter().any(Option::is_none) {
            return false;
        }
        let mut shifts = shifts.into_iter();
        let mut alike: Vec<(Ways, Vec<usize>)> = Vec::new();
        for (row, ways) in ways {
            let of_row: Ways = ways.into_iter().zip(shifts.by_ref()).collect();
            match alike.iter_mut().find(|(known, _)| *known == of_row) {
                Some((_, rows)) => rows.push(row),
                None => alike.push((of_row, vec![row])),
            }
        }
        for (ways, rows) in alike {
            self.add_class(Class { table, rows }, ways);
        }
        true
    }

    /// Adds rows of which each is a class of its own.
    fn add_each(&mut self, table: TableId, rows: &[usize], moves: &[usize]) {
        for row in rows {
            let ways = self.ways(table, *row, moves).into_iter().map(|made| (made, None)).collect();
            self.add_class(Class { table, rows: vec![*row] }, ways);
        }
    }

    fn add_class(&mut self, class: Class, ways: Ways) {
        let most = class.rows.len();
        self.classes.push(class);
        let class = self.classes.len() - 1;
        for (made, shift) in ways {
            let cost = made.iter().try_fold(Number::ZERO, |sum, (at, times)| {
                let one = self.moves.get(*at).map_or(Number::ZERO, |of| of.cost);
                sum.plus(one.times(Number::count(*times as u64))?)
            });
            let Ok(cost) = cost else { continue };
            let readers = match &shift {
                Some(shift) => {
                    let moved: BTreeSet<usize> = shift.moved().map(|(derived, _)| derived).collect();
                    Some(moved.into_iter().map(|derived| (Stage::Derived(derived), true)).collect())
                }
                None => self.readers(&made),
            };
            self.items.push(Item { class, made, cost, most, shift, readers });
        }
    }

    /// The ways in which a row can be changed: every choice of the moves that it can take.
    fn ways(&self, table: TableId, row: usize, moves: &[usize]) -> Vec<Made> {
        let mut ways: Vec<Made> = vec![Vec::new()];
        for at in moves.iter().copied().filter(|at| self.fits(table, row, *at)) {
            let Some(of) = self.moves.get(at) else { continue };
            let most = if matches!(of.deed, Deed::Step(..)) { self.steps(table, row, of) } else { 1 };
            let more: Vec<Made> = ways
                .iter()
                .flat_map(|way| (1..=most).map(move |times| way.iter().copied().chain([(at, times)]).collect()))
                .take(MOST_WAYS)
                .collect();
            if more.len() >= MOST_WAYS || ways.len() + more.len() > 2 * MOST_WAYS {
                self.left_out.store(true, Ordering::Relaxed);
                continue;
            }
            ways.extend(more);
        }
        ways.retain(|way| !way.is_empty());
        ways
    }

    /// How many steps of a number its column can say.
    fn steps(&self, table: TableId, row: usize, of: &Move) -> usize {
        let Deed::Step(column, _) = of.deed else { return 0 };
        let schema = self.base.plan.campaign.schema.column(table, column);
        let says = |times: &usize| self.stepped(table, row, of, *times).is_some_and(|text| can_say(schema, &text));
        (1..=of.at_most).take_while(says).count()
    }

    /// What a number says after some steps.
    fn stepped(&self, table: TableId, row: usize, of: &Move, times: usize) -> Option<String> {
        let Deed::Step(column, by) = of.deed else { return None };
        let now = Number::parse(&self.says(table, row, column)).ok()?;
        Some(now.plus(by.times(Number::count(times as u64)).ok()?).ok()?.to_string())
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
                        Deed::Step(column, _) => {
                            cells.push((*row, *column, self.stepped(table, *row, self.moves.get(*at)?, *times)?));
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

    /// What was left out costs at least this much, if anything was.
    pub fn cut(&self) -> Option<Number> {
        let cheapest = self.moves.iter().map(|of| of.cost).min();
        cheapest.filter(|_| self.left_out.load(Ordering::Relaxed))
    }

    /// How often each item is done.
    pub fn state(&self, counted: &Counted) -> State {
        let mut state: State = vec![0; self.items.len()];
        for (item, count) in counted {
            state.get_mut(*item).into_iter().for_each(|place| *place += count);
        }
        state
    }

    /// The data after some items; nothing where that cannot be.
    pub fn with(&self, counted: &Counted) -> Option<Dataset> {
        if counted.is_empty() {
            return Some(self.base.data.clone());
        }
        self.changed(&self.rows_of(&self.state(counted)))
    }

    /// What some items add to what is derived, and those of which that is not known.
    pub fn adds(&self, counted: &Counted) -> Option<(Shift, Counted)> {
        let (mut shift, mut others) = (Shift::default(), Counted::new());
        for (at, count) in counted {
            match &self.items.get(*at)?.shift {
                Some(one) => shift = shift.plus(&one.times(u64::from(*count))?)?,
                None => others.push((*at, *count)),
            }
        }
        Some((shift, others))
    }

    /// What is said after a state; nothing where it cannot be.
    pub fn outcome(&self, state: &State) -> Option<Outcome> {
        let data = self.changed(&self.rows_of(state))?;
        let options = Options { as_of: self.base.as_of, threads: 1 };
        Some(evaluate_again(&self.base.plan, &data, options, self.base.kept(), &mut Vec::new()))
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
