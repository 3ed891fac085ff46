//! The steps of an evaluation, each by itself, over the data of `benches/peers/generate.py`.

use std::path::Path;

use thidua::data::{Dataset, RawTable, assemble, read_file};
use thidua::evaluate::{Options, Outcome, Plan, evaluate};
use thidua::load::{Request, check};
use thidua::schema::TableId;
use thidua::value::Day;

/// A campaign and the bytes of its files.
pub struct Job {
    plan: Plan,
    files: Vec<(TableId, String, Vec<u8>)>,
}

impl Job {
    /// A campaign in a folder with its data.
    pub fn open(folder: &Path) -> Self {
        let plan = check(&Request { campaign: folder.into(), ..Request::default() }).expect("the campaign is sound");
        let file = |(at, table): (usize, &thidua::schema::TableSchema)| {
            (TableId(at), table.file.clone(), std::fs::read(folder.join(&table.file)).expect("it is there"))
        };
        let files = plan.campaign.schema.tables.iter().enumerate().map(file).collect();
        Self { plan, files }
    }

    /// Bytes into typed columns.
    pub fn ingest(&self) -> Vec<RawTable> {
        let wanted = self.plan.wanted();
        let read = |(table, name, bytes): &(TableId, String, Vec<u8>)| {
            let schema = &self.plan.campaign.schema;
            read_file(schema, *table, name, bytes, &wanted[table.0], 1, &mut Vec::new()).expect("it is sound")
        };
        self.files.iter().map(read).collect()
    }

    /// Columns into tables with their keys and links.
    pub fn assemble(&self, raw: Vec<RawTable>) -> Dataset {
        assemble(&self.plan.campaign.schema, raw, day(), &mut Vec::new()).expect("it is sound")
    }

    /// All of an evaluation but the reading: over many rows and few units what is counted, over a level with a row for
    /// each unit what is judged.
    pub fn evaluate(&self, data: &Dataset) -> Outcome {
        evaluate(&self.plan, data, Options { as_of: day(), threads: 1 }, &mut Vec::new())
    }
}

fn day() -> Day {
    Day::new(2024, 12, 31).expect("it is a day")
}
