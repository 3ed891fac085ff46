//! The same with the scripting engine alone: parsed rows, and a compiled function that is called for each of them.

use std::path::Path;

use rhai::{AST, Engine, Scope};

use crate::{Anything, Counts};

const FUNCTIONS: &str = "
    fn counts(state_owned, workers, large) { !state_owned && workers >= large }
    fn met(has_union) { has_union }
";

/// A firm, parsed.
pub struct Firm {
    unit: String,
    state_owned: bool,
    workers: i64,
    has_union: bool,
}

/// Reads the firms before the clock starts.
pub fn read(dir: &Path) -> Anything<Vec<Firm>> {
    let mut reader = csv::Reader::from_path(dir.join("firms.csv"))?;
    let firm = |row: csv::StringRecord| -> Anything<Firm> {
        Ok(Firm {
            unit: row[0].to_owned(),
            state_owned: row[1].parse()?,
            workers: row[2].parse()?,
            has_union: row[3].parse()?,
        })
    };
    reader.records().map(|row| firm(row?)).collect()
}

/// The compiled functions.
pub struct Script {
    engine: Engine,
    ast: AST,
}

impl Script {
    pub fn new() -> Anything<Self> {
        let engine = Engine::new();
        let ast = engine.compile(FUNCTIONS)?;
        Ok(Self { engine, ast })
    }

    /// Counts firm by firm.
    pub fn counts(&self, firms: &[Firm]) -> Anything<Counts> {
        let mut scope = Scope::new();
        let mut counts = Counts::new();
        for firm in firms {
            let args = (firm.state_owned, firm.workers, 25_i64);
            if self.engine.call_fn::<bool>(&mut scope, &self.ast, "counts", args)? {
                let met = self.engine.call_fn::<bool>(&mut scope, &self.ast, "met", (firm.has_union,))?;
                let of_unit = counts.entry(firm.unit.clone()).or_default();
                *of_unit = (of_unit.0 + u64::from(met), of_unit.1 + 1);
            }
        }
        Ok(counts)
    }
}
