//! `thidua schema`.

use clap::ValueEnum;

use thidua::report::campaign_schema::campaign_schema;
use thidua::report::due::due_schema;
use thidua::report::json::outcome_schema;
use thidua::report::whatif::json::{CompareJson, MapJson, RobustJson, SeekJson, SweepJson, schema_of};

use super::{Exit, Terminal, output};

/// Which schema.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Of what
    #[arg(value_enum)]
    of: Of,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// The file campaign.toml
    Campaign,
    /// What `evaluate --format json` writes
    Outcome,
    /// What `due --format json` writes
    Due,
    /// What `compare --format json` writes
    Compare,
    /// What `sweep --format json` writes
    Sweep,
    /// What `sweep` of two numbers writes with `--format json`
    Map,
    /// What `seek --format json` writes
    Seek,
    /// What `robust --format json` writes
    Robust,
}

const EXAMPLES: &str = "\
Examples:
  thidua schema campaign > campaign.schema.json      then, on top of campaign.toml:
                                                     #:schema ./campaign.schema.json
  thidua schema outcome";

pub(super) fn run(args: &Args, terminal: Terminal) -> Exit {
    let schema = match args.of {
        Of::Campaign => campaign_schema(),
        Of::Outcome => outcome_schema(),
        Of::Due => due_schema(),
        Of::Compare => schema_of::<CompareJson>(),
        Of::Sweep => schema_of::<SweepJson>(),
        Of::Map => schema_of::<MapJson>(),
        Of::Seek => schema_of::<SeekJson>(),
        Of::Robust => schema_of::<RobustJson>(),
    };
    output::write(format!("{schema:#}\n").as_bytes(), None, terminal)
}
