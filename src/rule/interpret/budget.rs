//! How much work one run of a rule may be.
//!
//! The engine counts operations for each call that native code makes into the script anew, so a closure in a loop
//! would never come to an end. Here all operations of a run are counted together.

use std::cell::Cell;

use rhai::{Dynamic, Engine};

use super::super::sandbox::MAX_OPERATIONS;
use super::halt::Unanswered;

thread_local! {
    /// The operations that are left to the rule that runs on this thread.
    static LEFT: Cell<u64> = const { Cell::new(0) };
}

/// Grants a new run its operations.
pub(super) fn grant() {
    LEFT.set(MAX_OPERATIONS);
}

/// Whether the last run on this thread used them up.
pub(super) fn is_spent() -> bool {
    LEFT.get() == 0
}

pub(super) fn register(engine: &mut Engine) {
    engine.on_progress(|_| {
        LEFT.set(LEFT.get().saturating_sub(1));
        is_spent().then(|| Dynamic::from(Unanswered::failed("more operations than a rule may take")))
    });
}
