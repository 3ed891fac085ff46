//! An outcome as people and programs read it: one small file for each format.
//!
//! Nothing here opens a file. A [`View`] chooses what is shown; [`page`] lays it out once for people, and
//! [`table`](mod@table) and [`markdown`] write that page; [`csv`] and [`json`] say the same to programs, with exact
//! values and no words of any language. [`diagnostics`] shows what was found on the way.
//!
//! ```
//! use thidua::diagnostic::Language;
//! use thidua::load::{self, Request};
//! use thidua::report::{View, json::json, markdown::markdown, page::page};
//!
//! let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("sound");
//! let view = View { units: vec!["H03".into()], ..View::default() };
//! let outcome = view.apply(run.outcome).expect("the unit is there");
//!
//! let text = markdown(&page(&outcome, &view, Language::Vi));
//! assert!(text.contains("LĐLĐ huyện Bát Xát"));
//!
//! let mut bytes = Vec::new();
//! json(&outcome, Language::En, &mut bytes).expect("a vector can be written to");
//! assert!(bytes.starts_with(b"{"));
//! ```

pub mod became;
pub mod campaign_schema;
pub mod checked;
pub mod clean;
pub mod csv;
#[cfg(feature = "cli")]
pub mod diagnostics;
pub mod due;
pub mod explanation;
pub mod faults;
mod figure;
pub mod json;
pub mod markdown;
mod order;
pub mod page;
#[cfg(feature = "cli")]
pub mod plot;
pub mod register;
mod spreadsheet;
#[cfg(feature = "cli")]
pub mod table;
mod view;
pub mod whatif;
pub mod words;
#[cfg(feature = "cli")]
pub mod xlsx;

pub use figure::Figures;
pub use view::{View, means};

use crate::data::Intake;

/// The name of a data file without its folder: reports say the same wherever the data lie.
fn file_name(intake: &Intake) -> &str {
    intake.file.rsplit(['/', '\\']).next().unwrap_or(&intake.file)
}

#[cfg(test)]
mod testing;
