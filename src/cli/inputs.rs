//! What is evaluated: the arguments that every command on a campaign shares.

use std::path::PathBuf;

use thidua::load::{Request, Rows};
use thidua::value::Day;

/// The campaign and what it is evaluated on.
#[derive(Debug, clap::Args)]
pub struct Inputs {
    /// The campaign: a folder with a campaign.toml, or such a file
    campaign: PathBuf,
    /// The folder of the data, if not the campaign's own
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The day of evaluation, as 2024-12-31 or 31/12/2024
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Day>,
    /// The round
    #[arg(long, value_name = "ID")]
    round: Option<String>,
    /// Change a value of the campaign, as in `params.large_firm=20`; may be repeated
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// How many threads to use; 0 for all cores
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

impl Inputs {
    /// The same as the library asks for it.
    pub(super) fn request(&self) -> Request {
        Request {
            campaign: self.campaign.clone(),
            data: self.data.clone(),
            as_of: self.as_of,
            round: self.round.clone(),
            set: self.set.clone(),
            threads: self.threads,
            rows: Rows::Kept,
        }
    }
}

pub(super) fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as 2024-12-31 or 31/12/2024".to_owned())
}
