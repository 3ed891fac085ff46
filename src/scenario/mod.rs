//! What if: the same evaluation with a change.
//!
//! A [`Base`] is a campaign with its rules and data, evaluated once. A [`Scenario`] is a list of [`Change`]s of it: of
//! what the campaign says, of its rules, of its data, of the day. Nothing here knows how anything is judged: a changed
//! world is evaluated like any other, and only what the change reaches is computed again over rows.

mod base;
mod change;
mod compare;
mod difference;
mod read;
mod robust;
mod rows;
mod seek;
mod sweep;
mod weights;
mod work;

pub use base::{Base, File, Files, Ran, World};
pub use change::{Change, Kind};
pub use compare::*;
pub use difference::{Item, Moved, Said};
pub use read::{Scenario, from_arguments, read};
pub use robust::{Cliff, Heap, Range, Robust, Stable, Standing, Vary, Weight, declared_ranges, robust};
pub use rows::columns;
pub use seek::{Answer, Deed, Goal, Loss, MOST_TRIED, Move, Question, Single, Sought, Step, Way, declared_moves, seek};
pub use sweep::{
    Break, Cell, End, Flip, MOST_CANDIDATES, MOST_CELLS, Mapped, Over, Reached, Strip, Swept, Unit, Winners, Won,
    decided, map, sweep,
};
pub use weights::Weights;
