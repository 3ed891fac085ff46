//! The outcome for programs: `thidua.outcome/1`.
//!
//! Decimals are strings, exact: `"95.5"`, or a fraction such as `"1/3"` where no decimal ends. Keys stand in the order
//! of the campaign, units in the order of their table. A value that is not there is `null`; no key is ever left out.
//! The schema of all this is derived from the types below.

mod award;
mod criterion;
mod group;
mod head;
mod keyed;
mod unit;
mod value;

use std::io;

use serde::Serialize;

pub use award::{AwardHeadJson, AwardJson, CutJson, GapJson, QuotaJson};
pub use criterion::{CriterionJson, PointsJson};
pub use group::{EndsJson, GroupJson};
pub use head::{AssumptionJson, FileJson, ReadingJson, WarningJson};
pub use keyed::Keyed;
pub use unit::{LevelJson, ScoreJson, UnitJson};
pub(super) use value::text_of;
pub use value::{BarJson, ValueJson};

use crate::diagnostic::Language;
use crate::evaluate::Outcome;
use crate::report::file_name;

/// The name and version of this form.
pub const SCHEMA: &str = "thidua.outcome/1";

/// What an evaluation says.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(title = "thidua.outcome/1"))]
pub struct OutcomeJson {
    /// The name and version of this form: `thidua.outcome/1`.
    #[cfg_attr(feature = "cli", schemars(extend("const" = SCHEMA)))]
    pub schema: &'static str,
    /// The engine and its version.
    pub engine: String,
    /// The id of the campaign.
    pub campaign: String,
    /// The day of evaluation, as in 2024-12-31.
    pub as_of: String,
    /// The round that was chosen.
    pub round: Option<String>,
    /// What no clause says.
    pub assumptions: Vec<AssumptionJson>,
    /// Findings that did not stop the work.
    pub warnings: Vec<WarningJson>,
    /// What came in, by file, in the order of the campaign.
    pub data: Keyed<FileJson>,
    /// What each other reading of the directive would change, by id.
    pub readings: Keyed<ReadingJson>,
    /// The levels, in the order of the campaign.
    pub levels: Vec<LevelJson>,
}

impl OutcomeJson {
    /// An outcome in this form; only the messages of its warnings depend on the language.
    #[must_use]
    pub fn new(outcome: &Outcome, language: Language) -> Self {
        Self {
            schema: SCHEMA,
            engine: concat!("thidua ", env!("CARGO_PKG_VERSION")).to_owned(),
            campaign: outcome.campaign.clone(),
            as_of: outcome.as_of.to_string(),
            round: outcome.round.clone(),
            assumptions: outcome.assumptions.iter().map(AssumptionJson::new).collect(),
            warnings: outcome.warnings.iter().map(|warning| WarningJson::new(warning, language)).collect(),
            data: outcome.data.iter().map(|intake| (file_name(intake).to_owned(), FileJson::new(intake))).collect(),
            readings: outcome
                .readings
                .iter()
                .map(|it| (it.reading.id.clone(), ReadingJson::new(it, language)))
                .collect(),
            levels: outcome.levels.iter().map(LevelJson::new).collect(),
        }
    }
}

/// Writes the outcome, indented, with a line end.
///
/// # Errors
/// If `out` cannot be written to.
pub fn json(outcome: &Outcome, language: Language, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &OutcomeJson::new(outcome, language))?;
    out.write_all(b"\n")
}

/// The JSON Schema of [`OutcomeJson`].
#[cfg(feature = "cli")]
#[must_use]
pub fn outcome_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft07().for_serialize();
    settings.into_generator().into_root_schema_for::<OutcomeJson>().to_value()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_outcome_reads_as_it_did() {
        let mut out = Vec::new();
        json(&testing::sample(), Language::En, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION");
        testing::snapshot("report.json", &text);
    }

    #[test]
    #[cfg(feature = "cli")]
    fn the_schema_in_the_repository_is_current() {
        testing::checked_in("schemas/outcome.json", &outcome_schema());
    }
}
