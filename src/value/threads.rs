//! How many threads are used.

use std::sync::OnceLock;

/// So many threads as were asked for; 0 asks for all cores. The machine is asked once: it takes dozens of files to know
/// what a container may use.
#[must_use]
pub fn threads(asked: usize) -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    if asked == 0 { *CORES.get_or_init(cores) } else { asked }
}
