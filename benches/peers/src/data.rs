//! A campaign of one share and as many firms as wanted, without blanks.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::Anything;

const CAMPAIGN: &str = r#"
id     = "peers"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
rules  = ["criteria.rhai"]
data   = { dir = ".", as_of = 2024-12-31 }
params = { large = { value = 25, clause = "1" } }
levels = { units = { table = "units" } }
criteria = { coverage = { levels = ["units"], clause = "1", at_least = "95%" } }
[tables.units]
file    = "units.csv"
key     = "code"
columns = { code = { type = "text" } }
[tables.firms]
file    = "firms.csv"
parent  = "unit"
no_rows = "none"
[tables.firms.columns]
unit        = { type = "link", to = "units" }
state_owned = { type = "flag" }
workers     = { type = "number" }
has_union   = { type = "flag" }
"#;
const RULES: &str = "fn coverage() {
    unit.firms.filter(|f| !f.state_owned && f.workers >= params.large).share(|f| f.has_union)
}";
const UNITS: usize = 100;

/// Writes the campaign and its data.
pub fn write(dir: &Path, firms: usize) -> Anything<()> {
    let units = (0..UNITS).fold(String::from("code\n"), |all, unit| all + &format!("u{unit}\n"));
    let mut text = String::from("unit,state_owned,workers,has_union\n");
    for firm in 0..firms {
        // Spread without a pattern that a branch could learn.
        let dice = firm.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        writeln!(text, "u{},{},{},{}", dice % UNITS, dice % 7 == 0, dice / 7 % 60, dice / 11 % 20 != 0)?;
    }
    for (name, text) in
        [("campaign.toml", CAMPAIGN), ("criteria.rhai", RULES), ("units.csv", &units), ("firms.csv", &text)]
    {
        fs::write(dir.join(name), text)?;
    }
    Ok(())
}
