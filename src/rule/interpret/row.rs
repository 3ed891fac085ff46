//! Rows as rules hold them: only numbers, the cells stay in their columns.

use std::sync::Arc;

use rhai::{Dynamic, Engine, ImmutableString};

use super::halt::{Native, Outcome, Unanswered};
use super::hanging::{Hook, any_undelivered};
use super::set::Rows;
use super::world::World;
use crate::schema::TableId;

/// A row of a table, or the whole, which is one unit without columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its table; nothing for the whole.
    pub table: Option<TableId>,
    /// Which row; nothing where a link leads to none, or no row was picked. Whatever is read of it is none.
    pub row: Option<usize>,
}

/// `unit.own` or `unit.all`: which rows a table contributes where units stand above units.
#[derive(Clone, Copy, Debug)]
struct Reach {
    row: Row,
    all: bool,
}

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    engine.register_type_with_name::<Row>("a row").register_type_with_name::<Reach>("a part of the tables");
    let of = Arc::clone(world);
    engine.register_indexer_get(move |row: &mut Row, name: ImmutableString| -> Native<Dynamic> {
        Ok(of.field(*row, &name)?)
    });
    let of = Arc::clone(world);
    engine.register_indexer_get(move |reach: &mut Reach, name: ImmutableString| -> Native<Rows> {
        Ok(of.rows(reach.row, &name, Some(reach.all))?)
    });
}

impl World {
    /// What `row.name` is.
    pub fn field(&self, row: Row, name: &str) -> Outcome<Dynamic> {
        match name {
            "own" => return Ok(Dynamic::from(Reach { row, all: false })),
            "all" => return Ok(Dynamic::from(Reach { row, all: true })),
            _ => {}
        }
        let column = row.table.and_then(|table| Some((table, self.schema.table(table).find(name)?)));
        let Some((table, column)) = column else { return Ok(Dynamic::from(self.rows(row, name, None)?)) };
        match (self.schema.column(table, column).link(), row.row) {
            (Some(to), None) => Ok(Dynamic::from(Row { table: Some(to), row: None })),
            (Some(to), Some(row)) => Ok(Dynamic::from(Row { table: Some(to), row: self.target(table, column, row)? })),
            (None, None) => Ok(Dynamic::UNIT),
            (None, Some(row)) => self.cell(table, column, row),
        }
    }

    /// The rows of a table that hang on a row. To ask for rows that may not have been delivered is to touch an unknown.
    fn rows(&self, row: Row, name: &str, all: Option<bool>) -> Outcome<Rows> {
        let Some(table) = self.schema.find(name) else {
            return Err(Unanswered::failed(format!("there is no column and no table `{name}` here")));
        };
        let Some(owner) = row.table else { return self.every_row(table) };
        let stacked = self.schema.parent_of(owner) == Some(owner);
        if stacked && table != owner && all.is_none() {
            return Err(Unanswered::failed(format!("say `own.{name}` or `all.{name}`: units stand above units here")));
        }
        let hanging = self.hanging(Hook { table, owner, below: stacked && all == Some(true) })?;
        let Some(at) = row.row else { return Ok(Rows { table, list: None }) };
        let unknown =
            || Unanswered::Unknown(format!("which rows of `{name}` belong to {}", self.data.table(owner).key(at)));
        Ok(Rows { table, list: Some(hanging.on(at).ok_or_else(unknown)?) })
    }

    fn every_row(&self, table: TableId) -> Outcome<Rows> {
        if any_undelivered(table, self) {
            return Err(Unanswered::Unknown(format!(
                "whether all rows of `{}` were delivered",
                self.schema.table(table).id
            )));
        }
        let rows = u32::try_from(self.data.table(table).rows).unwrap_or(u32::MAX);
        Ok(Rows { table, list: Some((0..rows).collect()) })
    }
}
