//! The same asked of all units.

use crate::diagnostic::Diagnostic;

use super::super::columns::Grow;
use super::Judge;

/// For fewer units another thread costs more than it saves.
const UNITS_PER_THREAD: usize = 500;

impl<'d> Judge<'_, 'd> {
    /// The same judge, who tells what it finds somewhere else.
    pub fn aside<'a>(&'a self, faults: &'a mut Vec<Diagnostic>) -> Judge<'a, 'd> {
        let Self { plan, context, interpreter, threads, again, .. } = *self;
        Judge { plan, context, interpreter, threads, again, faults }
    }

    /// A column of what comes of asking the same of all units, in their order; what is found is told in this order too.
    /// Units are asked side by side, unless rules are interpreted, each with what was prepared for its part.
    pub fn column_of<U: Sync, P, T, C: Grow<T>>(
        &mut self,
        units: &[U],
        prepare: impl Fn(&mut Judge<'_, 'd>) -> P + Sync,
        ask: impl Fn(&mut Judge<'_, 'd>, &P, usize, &U) -> T + Sync,
    ) -> C {
        let worth = self.worth(units.len());
        self.column_on(worth, units, prepare, ask)
    }

    /// How many threads so many units are worth.
    pub fn worth(&self, units: usize) -> usize {
        if self.interpreter.is_some() { 1 } else { self.threads.min(units / UNITS_PER_THREAD) }
    }

    /// The same on so many threads, whatever is asked.
    pub fn column_on<U: Sync, P, T, C: Grow<T>>(
        &mut self,
        worth: usize,
        units: &[U],
        prepare: impl Fn(&mut Judge<'_, 'd>) -> P + Sync,
        ask: impl Fn(&mut Judge<'_, 'd>, &P, usize, &U) -> T + Sync,
    ) -> C {
        let size = if worth <= 1 { units.len() } else { units.len().div_ceil(worth) }.max(1);
        let of_part = |judge: &mut Judge<'_, 'd>, part: usize, units: &[U]| {
            let (mut column, prepared) = (C::default(), prepare(judge));
            for (at, unit) in units.iter().enumerate() {
                column.push(ask(judge, &prepared, part * size + at, unit));
            }
            column
        };
        if worth <= 1 {
            return of_part(self, 0, units);
        }
        let (plan, context, again) = (self.plan, self.context, self.again);
        let by_itself = |(part, units): (usize, &[U])| {
            let mut faults = Vec::new();
            let mut judge = Judge { plan, context, interpreter: None, threads: 1, again, faults: &mut faults };
            (of_part(&mut judge, part, units), faults)
        };
        let parts: Vec<_> = std::thread::scope(|scope| {
            let by_itself = &by_itself;
            let workers: Vec<_> =
                units.chunks(size).enumerate().map(|part| scope.spawn(move || by_itself(part))).collect();
            // A worker that panics takes the evaluation with it: there is no outcome without its units.
            let join = |worker: std::thread::ScopedJoinHandle<'_, _>| {
                worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            workers.into_iter().map(join).collect()
        });
        let mut all = C::default();
        for (column, faults) in parts {
            all.append(column);
            self.faults.extend(faults);
        }
        all
    }
}
