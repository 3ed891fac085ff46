//! What is shown: the filters that every command on an outcome shares.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use thidua::evaluate::Verdict;
use thidua::report::View;

/// Filters; ranks, scores and awards stay those of the whole.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters")]
pub struct Selection {
    /// Only this level; may be repeated
    #[arg(long, value_name = "ID")]
    level: Vec<String>,
    /// Only this unit, by id or name; may be repeated
    #[arg(long, value_name = "ID")]
    unit: Vec<String>,
    /// Only this cluster; may be repeated
    #[arg(long, value_name = "ID")]
    cluster: Vec<String>,
    /// Only this criterion, or `claimed.*`: all that `each` makes of one; may be repeated
    #[arg(long, value_name = "ID")]
    criterion: Vec<String>,
    /// Only units with this verdict on a criterion that is shown; may be repeated
    #[arg(long, value_parser = verdicts())]
    verdict: Vec<Verdict>,
    /// Every unit of a level of more than 50, not a summary
    #[arg(long)]
    all: bool,
}

impl Selection {
    pub(super) fn view(&self) -> View {
        View {
            units: self.unit.clone(),
            clusters: self.cluster.clone(),
            criteria: self.criterion.clone(),
            verdicts: self.verdict.clone(),
            levels: self.level.clone(),
            all: self.all,
        }
    }
}

fn verdicts() -> impl TypedValueParser<Value = Verdict> {
    let named = |id: String| Verdict::ALL.into_iter().find(|verdict| verdict.id() == id).ok_or("no such verdict");
    PossibleValuesParser::new(Verdict::ALL.map(Verdict::id)).try_map(named)
}
