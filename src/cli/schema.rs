//! `thidua schema`.

use clap::ValueEnum;

use thidua::report::campaign_schema::campaign_schema;
use thidua::report::due::due_schema;
use thidua::report::json::outcome_schema;

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
    };
    output::write(format!("{schema:#}\n").as_bytes(), None, terminal)
}
