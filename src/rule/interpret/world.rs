//! Everything that a rule may read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::Dynamic;

use super::halt::{Outcome, Unanswered};
use super::hanging::{Hanging, Hook};
use super::value::{Vocabulary, from_literal, from_number};
use crate::data::{Column, Dataset, Values};
use crate::rule::Days;
use crate::schema::{ColumnId, Kind, Literal, Schema, TableId};
use crate::value::Day;

/// Everything that a rule may read, whichever unit it runs for.
#[derive(Debug)]
pub(super) struct World {
    pub schema: Schema,
    pub data: Dataset,
    pub days: Days,
    /// The params by name; a param without a value is unknown.
    pub params: Vec<(String, Option<Literal>)>,
    pub vocabulary: Vocabulary,
    hangings: Mutex<HashMap<Hook, Arc<Hanging>>>,
}

impl World {
    pub fn new(schema: Schema, data: Dataset, days: Days, params: Vec<(String, Option<Literal>)>) -> Self {
        let vocabulary = Vocabulary::of(&schema);
        Self { schema, data, days, params, vocabulary, hangings: Mutex::default() }
    }

    /// Which rows hang on which, found out once.
    pub fn hanging(&self, hook: Hook) -> Outcome<Arc<Hanging>> {
        let mut known = self.hangings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(hanging) = known.get(&hook) {
            return Ok(Arc::clone(hanging));
        }
        let hanging = Arc::new(Hanging::find(hook, self)?);
        known.insert(hook, Arc::clone(&hanging));
        Ok(hanging)
    }

    /// A param.
    pub fn param(&self, name: &str) -> Outcome<Dynamic> {
        match self.params.iter().find(|(id, _)| id == name) {
            Some((_, Some(literal))) => Ok(from_literal(literal)),
            Some((_, None)) => Err(Unanswered::Unknown(format!("param `{name}`"))),
            None => Err(Unanswered::failed(format!("there is no param `{name}`"))),
        }
    }

    /// The column of a table.
    pub fn column(&self, table: TableId, column: ColumnId) -> Outcome<&Column> {
        let missing = || Unanswered::failed(format!("column `{}` was not read", self.schema.column(table, column).id));
        self.data.table(table).column(column).ok_or_else(missing)
    }

    /// A cell that is no link.
    pub fn cell(&self, table: TableId, column: ColumnId, row: usize) -> Outcome<Dynamic> {
        let cells = self.column(table, column)?;
        if cells.unknown.get(row) {
            return Err(self.unknown(table, column, row));
        }
        if cells.none.get(row) {
            return Ok(Dynamic::UNIT);
        }
        let kind = &self.schema.column(table, column).kind;
        let held = match &cells.values {
            Values::Flags(flags) => Some(Dynamic::from(flags.get(row))),
            Values::Numbers(numbers) => numbers.get(row).map(from_number),
            Values::Days(days) => days.get(row).map(|day| self.day(kind, Day::from_days(*day))),
            Values::Words { codes, .. } => codes.get(row).and_then(|code| self.vocabulary.word(kind, *code)),
            Values::Texts(texts) => texts.get(row).map(|text| Dynamic::from(text.to_owned())),
            Values::Links(_) => None,
        };
        held.ok_or_else(|| {
            Unanswered::failed(format!("column `{}` has no such cell", self.schema.column(table, column).id))
        })
    }

    /// A day that means that something has happened is none as long as it has not.
    fn day(&self, kind: &Kind, day: Day) -> Dynamic {
        let future = *kind == Kind::Date { future: true };
        if future || day <= self.days.as_of { Dynamic::from(day) } else { Dynamic::UNIT }
    }

    /// The row that a link leads to, if it leads anywhere.
    pub fn target(&self, table: TableId, column: ColumnId, row: usize) -> Outcome<Option<usize>> {
        let cells = self.column(table, column)?;
        match cells.target(row) {
            None if !cells.none.get(row) => Err(self.unknown(table, column, row)),
            target => Ok(target),
        }
    }

    fn unknown(&self, table: TableId, column: ColumnId, row: usize) -> Unanswered {
        let schema = self.schema.table(table);
        let key = self.data.table(table).key(row);
        Unanswered::Unknown(format!("`{}` of {key} in `{}`", schema.column(column).id, schema.id))
    }
}
