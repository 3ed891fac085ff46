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

/// Does pieces of work side by side, each on a thread of its own, and the last on this one; what came of each, in order.
///
/// # Panics
/// If a piece panics: there is no answer without all of them.
pub fn side_by_side<T: Send>(pieces: impl IntoIterator<Item = impl FnOnce() -> T + Send>) -> Vec<T> {
    let mut pieces: Vec<_> = pieces.into_iter().collect();
    let Some(last) = pieces.pop() else { return Vec::new() };
    if pieces.is_empty() {
        return vec![last()];
    }
    std::thread::scope(|scope| {
        let workers: Vec<_> = pieces.into_iter().map(|piece| scope.spawn(piece)).collect();
        let last = last();
        let joined = workers.into_iter().map(std::thread::ScopedJoinHandle::join);
        let done = joined.map(|done| done.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        done.chain([last]).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::side_by_side;

    #[test]
    fn what_is_done_side_by_side_comes_in_order() {
        let squares = |count: usize| side_by_side((0..count).map(|piece| move || piece * piece));
        assert_eq!((squares(0), squares(1), squares(4)), (vec![], vec![0], vec![0, 1, 4, 9]));
        let panicking = || side_by_side([0, 1].map(|piece| move || assert_ne!(piece, 0, "this one panics")));
        assert!(std::panic::catch_unwind(panicking).is_err());
    }
}
