//! Campaigns and data written inside a test, so that the test reads like a case.

use std::collections::BTreeMap;

use thidua::campaign;
use thidua::data::{assemble, from_rows};
use thidua::diagnostic::Diagnostic;
use thidua::document;
use thidua::evaluate::{Judgement, Options, Outcome, Plan, UnitLine, evaluate};
use thidua::load::texts;
use thidua::rule::Library;
use thidua::schema::Schema;
use thidua::source::Source;
use thidua::value::{Day, Number};

/// How a test writes a cell that nobody knows: no type but text reads it.
pub const UNKNOWN: &str = "?";

/// A campaign, ready to be evaluated on rows.
pub struct Campaign {
    pub plan: Plan,
    pub as_of: Day,
    pub threads: usize,
}

/// The rows of all tables: each a list of cells in the order of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows(pub BTreeMap<String, Vec<Vec<String>>>);

/// What came of an evaluation.
pub struct Evaluated {
    pub outcome: Outcome,
    /// What evaluation itself found; faulty cells are not among it.
    pub faults: Vec<Diagnostic>,
}

impl Campaign {
    /// A campaign of 2024 in one text, with its rules, evaluated at the end of the year.
    pub fn new(toml: &str, rules: &str) -> Self {
        let head = "id = \"test\"\nperiod = { from = 2024-01-01, to = 2024-12-31, clause = \"1\" }\n";
        let mut faults = Vec::new();
        let document = document::parse(&Source::new("campaign.toml", format!("{head}{toml}")), &mut faults);
        let campaign = campaign::read(&document, &mut faults);
        let library = Library::read(&[Source::new("criteria.rhai", rules)], &mut faults);
        let campaign = campaign.unwrap_or_else(|| panic!("the campaign is faulty: {}", told(&faults)));
        assert!(!faults.iter().any(Diagnostic::is_error), "{}", told(&faults));
        let plan = Plan::new(campaign, library, None).unwrap_or_else(|faults| panic!("no plan: {}", told(&faults)));
        Self { plan, as_of: day("2024-12-31"), threads: 1 }
    }

    /// A shipped campaign, evaluated at the end of the year.
    pub fn shipped(path: &str) -> Self {
        let texts = texts(path.as_ref(), &[]).unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)));
        let plan = Plan::new(texts.campaign, texts.library, None)
            .unwrap_or_else(|faults| panic!("no plan: {}", told(&faults)));
        Self { plan, as_of: day("2024-12-31"), threads: 1 }
    }

    pub fn on(self, text: &str) -> Self {
        Self { as_of: day(text), ..self }
    }

    pub fn schema(&self) -> &Schema {
        &self.plan.campaign.schema
    }

    pub fn evaluate(&self, rows: &Rows) -> Evaluated {
        let schema = self.schema();
        let wanted = self.plan.wanted();
        let mut in_cells = Vec::new();
        let raw = rows.0.iter().map(|(name, rows)| {
            let table = schema.find(name).unwrap_or_else(|| panic!("no table {name}"));
            let rows: Vec<Vec<_>> = rows.iter().map(|row| row.iter().cloned().map(Some).collect()).collect();
            from_rows(schema, table, name, &rows, &wanted[table.0], &mut in_cells)
        });
        let raw = raw.collect();
        let data = assemble(schema, raw, self.as_of, &mut in_cells);
        let data = data.unwrap_or_else(|| panic!("no data: {}", told(&in_cells)));
        let mut faults = Vec::new();
        let outcome = evaluate(&self.plan, &data, Options { as_of: self.as_of, threads: self.threads }, &mut faults);
        Evaluated { outcome, faults }
    }
}

impl Rows {
    /// Adds the rows of a table, each with its cells between commas.
    pub fn with<S: AsRef<str>>(mut self, table: &str, rows: impl IntoIterator<Item = S>) -> Self {
        let cells = |row: S| row.as_ref().split(',').map(|cell| cell.trim().to_owned()).collect();
        self.0.entry(table.to_owned()).or_default().extend(rows.into_iter().map(cells));
        self
    }

    /// The places of all cells that nobody knows.
    pub fn unknown(&self) -> Vec<(String, usize, usize)> {
        let cells = self.0.iter().flat_map(|(table, rows)| {
            let row = |(at, row): (usize, &Vec<String>)| {
                let unknown = row.iter().enumerate().filter(|(_, cell)| *cell == UNKNOWN);
                unknown.map(|(column, _)| (table.clone(), at, column)).collect::<Vec<_>>()
            };
            rows.iter().enumerate().flat_map(row).collect::<Vec<_>>()
        });
        cells.collect()
    }

    pub fn set(&mut self, table: &str, row: usize, column: usize, cell: &str) {
        cell.clone_into(&mut self.0.get_mut(table).unwrap()[row][column]);
    }
}

impl Evaluated {
    /// A unit of a level, by its key.
    pub fn unit(&self, level: &str, unit: &str) -> UnitLine {
        let level = self.outcome.levels.iter().find(|found| found.id == level).expect("the level is there");
        level.unit(unit).unwrap_or_else(|| panic!("no unit {unit}")).to_line()
    }

    /// What a criterion says of a unit.
    pub fn judgement(&self, level: &str, unit: &str, criterion: &str) -> Judgement {
        judgement(&self.outcome, level, unit, criterion)
    }

    /// The verdict of a criterion on a unit, as the word in data.
    pub fn verdict(&self, level: &str, unit: &str, criterion: &str) -> &'static str {
        self.judgement(level, unit, criterion).verdict.id()
    }

    /// The codes of what evaluation found.
    pub fn codes(&self) -> Vec<&'static str> {
        self.faults.iter().map(Diagnostic::code).collect()
    }
}

/// What a criterion says of a unit.
pub fn judgement(outcome: &Outcome, level: &str, unit: &str, criterion: &str) -> Judgement {
    let level = outcome.levels.iter().find(|found| found.id == level).expect("the level is there");
    let at = level
        .criteria
        .iter()
        .position(|head| head.id == criterion)
        .unwrap_or_else(|| panic!("no criterion {criterion}"));
    let unit = level.unit(unit).unwrap_or_else(|| panic!("no unit {unit}"));
    unit.criteria.get(at).expect("every unit is judged")
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|| panic!("{text} is not a day"))
}

pub fn number(text: &str) -> Number {
    Number::parse(text).unwrap_or_else(|_| panic!("{text} is not a number"))
}

pub fn told(faults: &[Diagnostic]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// `SplitMix64`, the generator of Steele, Lea and Flood (2014): small, and the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("it is below a usize")
    }

    /// Yes, so many times out of a hundred.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}
