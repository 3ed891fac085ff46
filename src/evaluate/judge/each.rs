//! The same asked of all units.

use super::Judge;

/// For fewer units another thread costs more than it saves.
const UNITS_PER_THREAD: usize = 500;

impl<'d> Judge<'_, 'd> {
    /// What comes of asking the same of all units, in their order; what is found is told in this order too. Units are
    /// asked side by side, unless rules are interpreted.
    pub fn of_each<U: Sync, T: Send>(
        &mut self,
        units: &[U],
        ask: impl Fn(&mut Judge<'_, 'd>, usize, &U) -> T + Sync,
    ) -> Vec<T> {
        let worth = if self.interpreter.is_some() { 1 } else { self.threads.min(units.len() / UNITS_PER_THREAD) };
        if worth <= 1 {
            return units.iter().enumerate().map(|(at, unit)| ask(self, at, unit)).collect();
        }
        let (plan, context, again) = (self.plan, self.context, self.again);
        let size = units.len().div_ceil(worth);
        let of_part = |(part, units): (usize, &[U])| {
            let mut faults = Vec::new();
            let mut judge = Judge { plan, context, interpreter: None, threads: 1, again, faults: &mut faults };
            let answers = units.iter().enumerate().map(|(at, unit)| ask(&mut judge, part * size + at, unit));
            (answers.collect::<Vec<T>>(), faults)
        };
        let parts: Vec<_> = std::thread::scope(|scope| {
            let of_part = &of_part;
            let workers: Vec<_> =
                units.chunks(size).enumerate().map(|part| scope.spawn(move || of_part(part))).collect();
            // A worker that panics takes the evaluation with it: there is no outcome without its units.
            let join = |worker: std::thread::ScopedJoinHandle<'_, _>| {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            workers.into_iter().map(join).collect()
        });
        let mut all = Vec::with_capacity(units.len());
        for (answers, faults) in parts {
            all.extend(answers);
            self.faults.extend(faults);
        }
        all
    }
}
