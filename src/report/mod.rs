//! An outcome as people and programs read it: one small file for each format.
//!
//! Nothing here opens a file. A [`View`] chooses what is shown; [`page`] lays it out once for people, and
//! [`table`](mod@table) and [`markdown`] write that page; [`csv`] and [`json`] say the same to programs, with exact
//! values and no words of any language. [`diagnostics`] shows what was found on the way.

pub mod campaign_schema;
pub mod checked;
pub mod csv;
#[cfg(feature = "cli")]
pub mod diagnostics;
pub mod explanation;
mod figure;
pub mod json;
pub mod markdown;
pub mod page;
#[cfg(feature = "cli")]
pub mod table;
mod view;
pub mod words;

pub use figure::Figures;
pub use view::View;

use crate::data::Intake;

/// The name of a data file without its folder: reports say the same wherever the data lie.
fn file_name(intake: &Intake) -> &str {
    intake.file.rsplit(['/', '\\']).next().unwrap_or(&intake.file)
}

#[cfg(test)]
mod testing;
