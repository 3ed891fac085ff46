//! The same asked of all units.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::value::side_by_side;

use super::super::columns::{Grow, Parts, Repeat};
use super::Judge;
use super::alike::Alike;
use super::sheet::Measurements;

/// For fewer units another thread costs more than it saves.
const UNITS_PER_THREAD: usize = 500;

impl<'d> Judge<'_, 'd> {
    /// The same judge, who tells what it finds somewhere else.
    pub fn aside<'a>(&'a self, faults: &'a mut Vec<Diagnostic>) -> Judge<'a, 'd> {
        let Self { plan, context, interpreter, threads, again, .. } = *self;
        Judge { plan, context, interpreter, threads, again, faults }
    }

    /// A column of what comes of asking the same of all units, in their order; what is found is told in this order too.
    /// Units are asked side by side, unless rules are interpreted.
    pub fn column_of<U: Sync, T, C: Grow<T>>(
        &mut self,
        units: &[U],
        ask: impl Fn(&mut Judge<'_, 'd>, usize, &U) -> T + Sync,
    ) -> C {
        self.in_parts(self.worth(units.len()), units.len(), |judge, part| {
            let mut column = C::default();
            for (at, unit) in part.clone().zip(units.get(part).unwrap_or_default()) {
                column.push(ask(judge, at, unit));
            }
            column
        })
    }

    /// A column of what is said of units by what they measured: of those that measured alike, what was said of the first
    /// of them, unless something was found on the way, which must be told of each. Nothing is alike where `alike` says
    /// so.
    pub(super) fn column_of_alike<P, T, C: Grow<T> + Repeat>(
        &mut self,
        measured: &Measurements<'d>,
        units: usize,
        prepare: impl Fn(&mut Judge<'_, 'd>) -> (Option<Alike>, P) + Sync,
        ask: impl Fn(&mut Judge<'_, 'd>, &P, usize) -> T + Sync,
    ) -> C {
        self.in_parts(self.worth(units), units, |judge, part| {
            let (mut column, (mut alike, prepared)) = (C::default(), prepare(judge));
            for (at, unit) in part.enumerate() {
                let short = alike.as_mut().zip(measured.short(unit));
                let Some((alike, measured)) = short else {
                    column.push(ask(judge, &prepared, unit));
                    continue;
                };
                match alike.before(measured) {
                    Some(before) => column.repeat(before, measured),
                    None => {
                        let told = judge.faults.len();
                        column.push(ask(judge, &prepared, unit));
                        if judge.faults.len() == told {
                            alike.remember(measured, at);
                        }
                    }
                }
            }
            column
        })
    }

    /// How many threads so many units are worth.
    pub fn worth(&self, units: usize) -> usize {
        if self.interpreter.is_some() { 1 } else { self.threads.min(units / UNITS_PER_THREAD) }
    }

    /// A column that is filled part by part, on so many threads.
    pub fn in_parts<C: Parts>(
        &mut self,
        worth: usize,
        len: usize,
        fill: impl Fn(&mut Judge<'_, 'd>, Range<usize>) -> C + Sync,
    ) -> C {
        if worth <= 1 {
            return fill(self, 0..len);
        }
        let (plan, context, again) = (self.plan, self.context, self.again);
        let by_itself = |part: Range<usize>| {
            let mut faults = Vec::new();
            let mut judge = Judge { plan, context, interpreter: None, threads: 1, again, faults: &mut faults };
            (fill(&mut judge, part), faults)
        };
        let size = len.div_ceil(worth).max(1);
        let ranges = (0..len).step_by(size).map(|start| start..(start + size).min(len));
        let parts = side_by_side(ranges.map(|part| || by_itself(part)));
        let mut all = C::default();
        for (column, faults) in parts {
            all.append(column);
            self.faults.extend(faults);
        }
        all
    }
}
