//! Rows inside rows.
//!
//! Each closure opens a frame: the rows of one table. From a row of an inner frame, the rows of outer frames are
//! reached by links, if they are reached at all; so a value of an outer frame can be read in an inner one by going
//! those links first.

use crate::diagnostic::{Diagnostic, catalogue};
use crate::schema::TableId;
use crate::source::Place;

use super::super::expression::{Expression, Field, Link};
use super::super::types::Type;
use super::{Lowering, Outcome};

/// The rows that a closure runs over; the outermost frame holds the units.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The table; `None` for the whole, which is one unit without columns.
    pub table: Option<TableId>,
    /// For each outer frame, the links that lead from a row of this one to its row.
    pub reach: Vec<Option<Vec<Link>>>,
}

/// A row: that of a frame, or one that links lead to from there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// The frame.
    pub depth: usize,
    /// The links from the frame's row.
    pub path: Vec<Link>,
    /// The table of the row; `None` for the whole.
    pub table: Option<TableId>,
    /// What is known of it beside its table.
    pub role: Role,
}

/// What a row is to the rule that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Any row.
    Row,
    /// A unit of the rule's own level.
    Unit,
    /// A unit whose points the rule says, or one of its peers.
    Scored,
    /// A unit of another level, by its position in the campaign.
    On(usize),
}

impl Row {
    /// Whether it is a unit of the rule's own level.
    pub fn is_unit(&self) -> bool {
        match self.role {
            Role::Unit | Role::Scored => true,
            Role::Row => self.is_the_unit(),
            Role::On(_) => false,
        }
    }

    /// Whether it is the unit that the rule is for.
    pub fn is_the_unit(&self) -> bool {
        self.depth == 0 && self.path.is_empty()
    }
}

impl Frame {
    pub fn outermost(units: Option<TableId>) -> Self {
        Self { table: units, reach: Vec::new() }
    }
}

impl Lowering<'_> {
    /// The depth of the frame in which expressions are built now.
    pub(super) fn depth(&self) -> usize {
        self.frames.len() - 1
    }

    /// The links from the innermost frame's row to the row of another frame.
    fn links_to(&self, depth: usize) -> Option<Vec<Link>> {
        // The whole is the same from everywhere.
        let is_whole = self.frames.get(depth).is_some_and(|frame| frame.table.is_none());
        if depth == self.depth() || is_whole {
            return Some(Vec::new());
        }
        self.frames.last()?.reach.get(depth)?.clone()
    }

    /// The links from the innermost frame's row to a row.
    pub(super) fn path_to(&mut self, row: &Row, place: &Place) -> Outcome<Vec<Link>> {
        match self.links_to(row.depth) {
            Some(mut links) => {
                links.extend(&row.path);
                Ok(links)
            }
            None => self.fault(Diagnostic::new(&catalogue::OUTER_ROW_OUT_OF_REACH).at(place)),
        }
    }

    /// The type of something read of a row: none where a link on the way to the row leads to none.
    pub(super) fn read_of(&self, row: &Row, kind: Type) -> Type {
        let may_miss = row.path.iter().any(|link| self.scope.schema.may_lead_nowhere(*link));
        Type { optional: kind.optional || may_miss, ..kind }
    }

    /// A value that was built in the frame at `depth`, read in the innermost one.
    pub(super) fn lift(&mut self, expression: &Expression, depth: usize, place: &Place) -> Outcome<Expression> {
        if depth == self.depth() || !reads_its_row(expression) {
            return Ok(expression.clone());
        }
        match self.links_to(depth) {
            Some(links) => Ok(expression.via(&links)),
            None => self.fault(Diagnostic::new(&catalogue::OUTER_ROW_OUT_OF_REACH).at(place)),
        }
    }

    /// The same row, named by the outermost frame that it is the row of: `f.union` may be the unit itself.
    pub(super) fn normalize(&self, row: Row) -> Row {
        let Some(frame) = self.frames.get(row.depth) else { return row };
        // The whole is no row, so no links lead to it.
        let is_row = |depth: usize| self.frames.get(depth).is_some_and(|outer| outer.table.is_some());
        let mut reach = frame.reach.iter().enumerate();
        match reach.find(|(depth, links)| is_row(*depth) && links.as_ref() == Some(&row.path)) {
            Some((depth, _)) if !row.path.is_empty() => Row { depth, path: Vec::new(), ..row },
            _ => row,
        }
    }

    /// Runs `inner` in a frame over rows that hang on `anchor` by `route`; without a route outer rows are not reached.
    pub(super) fn inside<T>(
        &mut self,
        table: TableId,
        anchor: &Row,
        route: Option<&[Link]>,
        inner: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let reach = (0..self.frames.len()).map(|depth| self.reach_through(anchor, route?, depth)).collect();
        self.frames.push(Frame { table: Some(table), reach });
        let result = inner(self);
        self.frames.pop();
        result
    }

    /// The links from a row that hangs on `anchor` to the row of the frame at `depth`.
    fn reach_through(&self, anchor: &Row, route: &[Link], depth: usize) -> Option<Vec<Link>> {
        if !anchor.path.is_empty() {
            return None;
        }
        let beyond = if depth == anchor.depth {
            &[][..]
        } else {
            self.frames.get(anchor.depth)?.reach.get(depth)?.as_deref()?
        };
        Some(route.iter().chain(beyond).copied().collect())
    }
}

fn reads_its_row(expression: &Expression) -> bool {
    let mut reads = false;
    expression.walk(&mut |inner| reads |= matches!(inner, Expression::Field(_) | Expression::Derived { .. }));
    reads
}

impl Expression {
    /// The same expression, of the row that `links` lead to.
    #[must_use]
    pub fn via(&self, links: &[Link]) -> Self {
        let prefixed = |path: &[Link]| links.iter().chain(path).copied().collect::<Vec<_>>();
        let one = |inner: &Self| Box::new(inner.via(links));
        let many = |items: &[Self]| items.iter().map(|item| item.via(links)).collect::<Vec<_>>();
        match self {
            Self::Constant(_) | Self::Ambient(_) | Self::Param(_) | Self::NotApplicable => self.clone(),
            Self::Field(field) => Self::Field(Field { path: prefixed(&field.path), ..field.clone() }),
            Self::Derived { id, path } => Self::Derived { id: *id, path: prefixed(path) },
            Self::Not(a) => Self::Not(one(a)),
            Self::And(items) => Self::And(many(items)),
            Self::Or(items) => Self::Or(many(items)),
            Self::Listed(items) => Self::Listed(many(items)),
            Self::Compare(comparison, a, b) => Self::Compare(*comparison, one(a), one(b)),
            Self::Within { day, from, to } => Self::Within { day: one(day), from: one(from), to: one(to) },
            Self::OneOf(a, items) => Self::OneOf(one(a), many(items)),
            Self::Arithmetic(operation, a, b) => Self::Arithmetic(*operation, one(a), one(b)),
            Self::Later(step, a, b) => Self::Later(*step, one(a), one(b)),
            Self::DaysBetween(a, b) => Self::DaysBetween(one(a), one(b)),
            Self::PartOfDay(part, a) => Self::PartOfDay(*part, one(a)),
            Self::TextTest(test, a, b) => Self::TextTest(*test, one(a), one(b)),
            Self::Calculated(calculation, a, b) => Self::Calculated(*calculation, one(a), b.as_deref().map(one)),
            Self::Round(a, places) => Self::Round(one(a), *places),
            Self::If(a, b, c) => Self::If(one(a), one(b), one(c)),
            Self::OrElse(a, b) => Self::OrElse(one(a), one(b)),
            Self::Then(a, b) => Self::Then(one(a), one(b)),
        }
    }
}
