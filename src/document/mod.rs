//! TOML in which every key and value knows its place, so that any later check can underline it.

mod merge;
mod toml;
mod tree;

pub use merge::{RIVALS, merge};
pub use toml::{parse, parse_value, quoted};
pub use tree::{Content, Entry, Node, Table};
