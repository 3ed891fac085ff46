//! The what-ifs for programs: `thidua.compare/1` and its kin.
//!
//! As in the outcome, decimals are exact strings, and no key is ever left out.

mod compare;
mod map;
mod robust;
mod seek;
mod sweep;

use std::io;

use serde::Serialize;

pub use compare::{CompareJson, compared};
pub use map::{MapJson, mapped};
pub use robust::{RobustJson, robust};
pub use seek::{SeekJson, sought};
pub use sweep::{SweepJson, swept};

fn write<T: Serialize>(value: &T, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}

/// The JSON Schema of a type.
#[cfg(feature = "cli")]
#[must_use]
pub fn schema_of<T: schemars::JsonSchema>() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft07().for_serialize();
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::report::testing;

    #[test]
    fn the_schemas_in_the_repository_are_current() {
        testing::checked_in("schemas/compare.json", &schema_of::<CompareJson>());
        testing::checked_in("schemas/map.json", &schema_of::<MapJson>());
        testing::checked_in("schemas/robust.json", &schema_of::<RobustJson>());
        testing::checked_in("schemas/seek.json", &schema_of::<SeekJson>());
        testing::checked_in("schemas/sweep.json", &schema_of::<SweepJson>());
    }
}
