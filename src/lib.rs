//! A rules engine for emulation campaigns.

pub mod campaign;
pub mod case;
pub mod data;
pub mod diagnostic;
pub mod document;
pub mod evaluate;
pub mod load;
pub mod patch;
pub mod report;
pub mod rule;
pub mod schema;
pub mod source;
pub mod value;
