//! The way of a small campaign from its texts to an outcome, with any of the texts replaced.

use thidua::campaign;
use thidua::data::{Dataset, assemble, plain, read_file};
use thidua::diagnostic::Diagnostic;
use thidua::document;
use thidua::evaluate::{Options, Plan, evaluate};
use thidua::rule::Library;
use thidua::schema::FileWriting;
use thidua::source::Source;
use thidua::value::Day;

/// A campaign with its tables in one text.
pub const CAMPAIGN: &str = concat!(
    include_str!("../../tests/fixtures/tiny/campaign.toml"),
    include_str!("../../tests/fixtures/tiny/tables.toml")
);
/// Its rules.
pub const RULES: &str = include_str!("../../tests/fixtures/tiny/criteria.rhai");
const UNITS: &str = include_str!("../../tests/fixtures/tiny/data/units.csv");
/// The rows of its larger table.
pub const FIRMS: &str = include_str!("../../tests/fixtures/tiny/data/firms.csv");

/// Reads and evaluates the texts. Any text may be refused; nothing may stop the program.
pub fn run(campaign: &str, rules: &str, firms: &[u8]) {
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", campaign), &mut faults);
    let campaign = campaign::read(&document, &mut faults);
    let library = Library::read(&[Source::new("criteria.rhai", rules)], &mut faults);
    let sound = campaign.filter(|_| !faults.iter().any(Diagnostic::is_error));
    let Some(plan) = sound.and_then(|campaign| Plan::new(campaign, library, None).ok()) else { return };
    let as_of = Day::parse("2024-12-31").expect("it is a day");
    let Some(data) = dataset(&plan, firms, as_of) else { return };
    evaluate(&plan, &data, Options { as_of, threads: 1 }, &mut faults);
}

fn dataset(plan: &Plan, firms: &[u8], as_of: Day) -> Option<Dataset> {
    let schema = &plan.campaign.schema;
    let (wanted, mut faults) = (plan.wanted(), Vec::new());
    let tables = [("units", UNITS.as_bytes()), ("firms", firms)];
    let raw = tables.map(|(name, bytes)| {
        let table = schema.find(name)?;
        read_file(schema, table, name, &bytes, &wanted[table.0], 0, &mut faults)
    });
    assemble(schema, raw.into_iter().collect::<Option<_>>()?, as_of, &mut faults)
}

/// Reads bytes as a file of the larger table, and as rows without a campaign. They give rows or faults.
pub fn ingest(file: &[u8]) {
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", CAMPAIGN), &mut faults);
    let Some(campaign) = campaign::read(&document, &mut faults) else { return };
    let Some(table) = campaign.schema.find("firms") else { return };
    let raw = read_file(&campaign.schema, table, "firms", &file, &[true; 8], 0, &mut faults);
    assert!(raw.is_some() || !faults.is_empty(), "nothing came out, and nobody said why");
    let _ = plain("firms", &file, &FileWriting::default(), 10_000);
}
