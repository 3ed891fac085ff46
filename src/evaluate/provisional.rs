//! Which answers rest on provisional figures.
//!
//! A table may have a flag that marks rows whose figures are not final. Whatever reads such a row is provisional, and
//! whatever reads what is provisional is so too: the mark goes through all stages, in their order, as the answers
//! themselves do. A score from which something is left out because it is not due is provisional from the beginning.

use std::collections::{BTreeMap, BTreeSet};

use crate::campaign::Per;
use crate::data::{Bits, Dataset, Values};
use crate::rule::{Aggregate, Anchor, Derived, Expression, Fact, Link};
use crate::schema::{ColumnId, TableId};

use super::{AwardVerdict, Item, LevelOutcome, LevelPlan, Plan, Program, Reads, Stage, UnitOutcome, Units};

/// Marks all answers that rest on provisional figures.
pub(super) fn mark(plan: &Plan, data: &Dataset, levels: &mut [LevelOutcome]) {
    let rows: Vec<Option<Bits>> = (0..data.tables.len()).map(|at| flagged(plan, data, TableId(at))).collect();
    if rows.iter().all(Option::is_none) && !levels.iter().any(|level| begins(&level.units)) {
        return;
    }
    let below = below(plan, data, &rows);
    let mut marks = Marks { plan, data, rows, below, derived: vec![None; plan.derived.len()], judged: BTreeMap::new() };
    for stage in &plan.stages {
        marks.go_through(*stage, levels);
    }
    for (at, level) in levels.iter_mut().enumerate() {
        marks.write(at, &mut level.units);
    }
}

/// Whether something of a unit is provisional because it is not due.
fn begins(units: &Units) -> bool {
    let awards = || units.awards.iter().flatten().flatten().any(|award| award.provisional);
    (0..units.len()).any(|unit| units.scores.is_provisional(unit)) || awards()
}

/// The rows of a table whose figures are provisional; nothing if there are none.
fn flagged(plan: &Plan, data: &Dataset, id: TableId) -> Option<Bits> {
    let table = data.table(id);
    let column = table.column(plan.campaign.schema.table(id).writing.provisional?)?;
    let Values::Flags(flags) = &column.values else { return None };
    some(Bits::from_fn(table.rows, |row| column.is_known(row) && flags.get(row)))
}

/// The rows of each table that have provisional figures themselves or in rows that hang on them. Only what is
/// interpreted is held against it: nobody knows what it reads.
fn below(plan: &Plan, data: &Dataset, rows: &[Option<Bits>]) -> Vec<Bits> {
    let schema = &plan.campaign.schema;
    let mut below: Vec<Bits> = data.tables.iter().map(|table| Bits::zeros(table.rows)).collect();
    let above = |table: TableId, row: usize| {
        let (column, above) = schema.table(table).parent.zip(schema.parent_of(table))?;
        Some((above, data.table(table).column(column)?.target(row)?))
    };
    for (at, rows) in rows.iter().enumerate().filter(|_| plan.has_interpreted()) {
        for row in rows.iter().flat_map(Bits::iter) {
            let mut next = Some((TableId(at), row));
            while let Some((table, row)) = next {
                let Some(bits) = below.get_mut(table.0).filter(|bits| !bits.get(row)) else { break };
                bits.set(row, true);
                next = above(table, row);
            }
        }
    }
    below
}

fn some(bits: Bits) -> Option<Bits> {
    bits.any().then_some(bits)
}

/// What is known so far to be provisional.
struct Marks<'p> {
    plan: &'p Plan,
    data: &'p Dataset,
    /// The rows, by table.
    rows: Vec<Option<Bits>>,
    below: Vec<Bits>,
    /// What is derived, by the rows that it is derived for.
    derived: Vec<Option<Bits>>,
    /// What was judged, by unit.
    judged: BTreeMap<(usize, Item), Bits>,
}

/// Something that an expression reads and that may be provisional: the links to it, and what stands at their end.
struct Read<'p> {
    path: &'p [Link],
    end: End,
}

enum End {
    Row(TableId),
    Derived(usize),
}

impl<'p> Marks<'p> {
    fn go_through(&mut self, stage: Stage, levels: &[LevelOutcome]) {
        match stage {
            Stage::Derived(id) => {
                let bits = match self.plan.derived.get(id) {
                    Some(Derived::Aggregate(aggregate)) => self.aggregate(aggregate),
                    Some(Derived::Fact(fact)) => self.fact(fact, levels),
                    None => None,
                };
                if let Some(derived) = self.derived.get_mut(id) {
                    *derived = bits;
                }
            }
            Stage::Of { level, item } => {
                let (Some(plan), Some(outcome)) = (self.plan.levels.get(level), levels.get(level)) else { return };
                if let Some(bits) = some(self.of_units(level, plan, item, outcome)) {
                    self.judged.insert((level, item), bits);
                }
            }
        }
    }

    /// An item of all units of a level.
    fn of_units(&self, level: usize, plan: &'p LevelPlan, item: Item, outcome: &LevelOutcome) -> Bits {
        let Reads { items, expressions } = plan.reads(&self.plan.campaign, item);
        let reads = self.reads(expressions.into_iter());
        let before: Vec<&Bits> = items.iter().filter_map(|item| self.judged.get(&(level, *item))).collect();
        let own = Bits::from_fn(outcome.units.len(), |at| {
            let row = outcome.units.rows.get(at).copied().unwrap_or(0);
            is_not_due(item, &outcome.units, at)
                || before.iter().any(|bits| bits.get(at))
                || self.rest(&reads, row)
                || self.interpreted(plan, item, row)
        });
        self.with_rivals(plan, item, outcome, own)
    }

    /// What units contend for is provisional for all who may have it if it is so for one who contends.
    fn with_rivals(&self, plan: &LevelPlan, item: Item, outcome: &LevelOutcome, own: Bits) -> Bits {
        match item {
            Item::Rank | Item::Tie(_) => spread(outcome, own, true, |unit| unit.rank.as_ref().map(|_| true)),
            Item::Choice(at) if plan.awards.get(at).is_some_and(|award| !award.quotas.is_empty()) => {
                let award = plan.awards.get(at).and_then(|award| self.plan.campaign.awards.get(award.award));
                let in_clusters = award.is_some_and(|it| it.quotas.iter().all(|it| it.per.contains(&Per::Cluster)));
                spread(outcome, own, in_clusters, |unit| {
                    Some(unit.awards.get(at)?.verdict != AwardVerdict::NotEligible)
                })
            }
            _ => own,
        }
    }

    /// Whether a rule is interpreted for a row that something provisional hangs on.
    fn interpreted(&self, plan: &LevelPlan, item: Item, row: usize) -> bool {
        let Item::Measure(at) = item else { return false };
        let interpreted = plan.criteria.get(at).is_some_and(|it| matches!(it.measure, Program::Interpreted(..)));
        let rests = || match plan.units {
            Some(table) => self.below.get(table.0).is_some_and(|bits| bits.get(row)),
            None => self.rows.iter().any(Option::is_some),
        };
        interpreted && rests()
    }

    /// What rows of another table add up to, for each row that they hang on.
    fn aggregate(&self, aggregate: &'p Aggregate) -> Option<Bits> {
        let reads = self.reads(aggregate.expressions());
        let own = self.rows.get(aggregate.table.0).and_then(Option::as_ref);
        if own.is_none() && reads.is_empty() {
            return None;
        }
        let rows = 0..self.data.table(aggregate.table).rows;
        let marked = rows.filter(|row| own.is_some_and(|own| own.get(*row)) || self.rest(&reads, *row));
        if let (Some(column), Anchor::Table(table)) = (aggregate.peers, aggregate.anchor) {
            return some(self.with_peers(table, column, marked));
        }
        let mut bits = Bits::zeros(self.rows_of(aggregate.anchor));
        for row in marked {
            let mut at = self.follow(&aggregate.route, row).filter(|row| !bits.get(*row));
            while let Some(row) = at {
                bits.set(row, true);
                let above = aggregate.below.and_then(|link| self.target(link, row));
                at = above.filter(|row| !bits.get(*row));
            }
        }
        some(bits)
    }

    /// The rows that say the same in a column as one that is marked. Of a row that says nothing nobody knows to whom it
    /// belongs.
    fn with_peers(&self, table: TableId, column: ColumnId, marked: impl Iterator<Item = usize>) -> Bits {
        let table = self.data.table(table);
        let said: BTreeSet<String> = marked.map(|row| table.text(row, column)).collect();
        let belongs = |says: String| says.is_empty() || said.contains("") || said.contains(&says);
        Bits::from_fn(table.rows, |row| !said.is_empty() && belongs(table.text(row, column)))
    }

    /// What was judged of the units of some levels, by their rows.
    fn fact(&self, fact: &Fact, levels: &[LevelOutcome]) -> Option<Bits> {
        let mut bits = Bits::zeros(self.rows_of(fact.of));
        for at in &fact.levels {
            let item = self.plan.levels.get(*at).and_then(|plan| plan.judging(fact.judged));
            let marked = item.and_then(|item| self.judged.get(&(*at, item)));
            let rows = levels.get(*at).map(|level| level.units.rows.as_slice()).unwrap_or_default();
            for row in marked.into_iter().flat_map(Bits::iter).filter_map(|unit| rows.get(unit)) {
                bits.set(*row, true);
            }
        }
        some(bits)
    }

    /// What expressions read, as far as any of it is provisional.
    fn reads(&self, expressions: impl Iterator<Item = &'p Expression>) -> Vec<Read<'p>> {
        let mut reads = Vec::new();
        for expression in expressions {
            expression.walk(&mut |inner| match inner {
                Expression::Field(field) => reads.push(Read { path: &field.path, end: End::Row(field.table) }),
                Expression::Derived { id, path } => reads.push(Read { path, end: End::Derived(*id) }),
                _ => {}
            });
        }
        reads.retain(|read| read.tables().any(|table| self.has_rows(table)) || self.has_derived(&read.end));
        reads
    }

    fn has_rows(&self, table: TableId) -> bool {
        self.rows.get(table.0).is_some_and(Option::is_some)
    }

    fn has_derived(&self, end: &End) -> bool {
        matches!(end, End::Derived(id) if self.derived.get(*id).is_some_and(Option::is_some))
    }

    /// Whether something that is read of a row, or a row on the way to it, is provisional.
    fn rest(&self, reads: &[Read<'_>], row: usize) -> bool {
        let is_marked = |bits: &[Option<Bits>], at: usize, row| {
            bits.get(at).and_then(Option::as_ref).is_some_and(|bits| bits.get(row))
        };
        reads.iter().any(|read| {
            let mut at = row;
            for link in read.path {
                if is_marked(&self.rows, link.table.0, at) {
                    return true;
                }
                match self.target(*link, at) {
                    Some(next) => at = next,
                    None => return false,
                }
            }
            match read.end {
                End::Row(table) => is_marked(&self.rows, table.0, at),
                End::Derived(id) => is_marked(&self.derived, id, at),
            }
        })
    }

    fn follow(&self, path: &[Link], row: usize) -> Option<usize> {
        path.iter().try_fold(row, |row, link| self.target(*link, row))
    }

    fn target(&self, link: Link, row: usize) -> Option<usize> {
        self.data.table(link.table).column(link.column)?.target(row)
    }

    fn rows_of(&self, anchor: Anchor) -> usize {
        match anchor {
            Anchor::Whole => 1,
            Anchor::Table(table) => self.data.table(table).rows,
        }
    }

    /// Writes the marks of a level into its outcome.
    fn write(&self, level: usize, units: &mut Units) {
        let all = units.len();
        let marked = |item: Item| self.judged.get(&(level, item));
        for (at, column) in units.criteria.iter_mut().enumerate() {
            let mut bits = Bits::zeros(all);
            for item in [Item::Verdict(at), Item::Points(at)] {
                if let Some(marked) = marked(item) {
                    bits.or(marked);
                }
            }
            column.set_provisional(bits);
        }
        for unit in marked(Item::Score).into_iter().flat_map(Bits::iter) {
            units.scores.set_provisional(unit);
        }
        units.ranks.set_provisional(marked(Item::Rank).cloned().unwrap_or_else(|| Bits::zeros(all)));
        let is = |item: Item, unit: usize| marked(item).is_some_and(|bits| bits.get(unit));
        for (unit, grade) in units.grades.iter_mut().enumerate() {
            if let Some(grade) = grade {
                grade.provisional = is(Item::Grade, unit);
            }
        }
        for (at, column) in units.awards.iter_mut().enumerate() {
            for (unit, award) in column.iter_mut().enumerate() {
                if let Some(award) = award {
                    award.provisional |= is(Item::Award(at), unit);
                }
            }
        }
    }
}

impl Read<'_> {
    /// The tables of all rows that are read.
    fn tables(&self) -> impl Iterator<Item = TableId> {
        let end = if let End::Row(table) = self.end { Some(table) } else { None };
        self.path.iter().map(|link| link.table).chain(end)
    }
}

/// Whether an item of a unit is provisional because something is not due.
fn is_not_due(item: Item, units: &Units, unit: usize) -> bool {
    match item {
        Item::Score => units.scores.is_provisional(unit),
        Item::Choice(at) | Item::Award(at) => {
            let award = units.awards.get(at).and_then(|column| column.get(unit)?.as_ref());
            award.is_some_and(|award| award.provisional)
        }
        _ => false,
    }
}

/// Marks all units that may have what one of them, in the same cluster or on the level, contends for while it is marked.
/// `may_have` says nothing of a unit that does not contend.
fn spread(
    outcome: &LevelOutcome,
    own: Bits,
    by_cluster: bool,
    may_have: impl Fn(&UnitOutcome<'_>) -> Option<bool>,
) -> Bits {
    fn field<'o>(unit: &UnitOutcome<'o>, by_cluster: bool) -> Option<&'o str> {
        unit.cluster.filter(|_| by_cluster)
    }
    let marked = own.iter().filter_map(|at| outcome.units.get(at)).filter(|unit| may_have(unit).is_some());
    let open: BTreeSet<Option<&str>> = marked.map(|unit| field(&unit, by_cluster)).collect();
    if open.is_empty() {
        return own;
    }
    let is_rival = |unit: UnitOutcome<'_>| may_have(&unit) == Some(true) && open.contains(&field(&unit, by_cluster));
    Bits::from_fn(outcome.units.len(), |at| own.get(at) || outcome.units.get(at).is_some_and(is_rival))
}
