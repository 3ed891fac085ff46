//! The same work on many things, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::value::side_by_side;

/// Does some work on every item; the results stand in the order of the items, whichever core did what.
pub(super) fn on_all<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    on_all_with(threads, items, || (), |(), item| work(item))
}

/// The same with something that each core has for itself.
pub(super) fn on_all_with<T: Sync, S, R: Send>(
    threads: usize,
    items: &[T],
    own: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> R + Sync,
) -> Vec<R> {
    let threads = crate::value::threads(threads).min(items.len());
    if threads <= 1 {
        let mut own = own();
        return items.iter().map(|item| work(&mut own, item)).collect();
    }
    let next = AtomicUsize::new(0);
    let worker = || {
        let (mut done, mut own) = (Vec::new(), own());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return done };
            done.push((at, work(&mut own, item)));
        }
    };
    let mut done: Vec<(usize, R)> = side_by_side((0..threads).map(|_| &worker)).into_iter().flatten().collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        let squares: Vec<usize> = items.iter().map(|item| item * item).collect();
        for threads in [0, 1, 3, 2000] {
            assert_eq!(on_all(threads, &items, |item| item * item), squares);
        }
        assert_eq!(on_all(4, &[0_usize; 0], |item| *item), [0; 0]);
    }
}
