//! One share over many firms: columns against a script that is called for every row.
//!
//! Both read the same file and must find the same counts; what is printed is how long each took, best of several runs
//! in turn. `cargo run --release [-- FIRMS]`.

mod data;
mod script;

use std::collections::BTreeMap;
use std::error::Error;
use std::time::{Duration, Instant};

use thidua::evaluate::{Measured, Options, Outcome, UnitOutcome, evaluate};
use thidua::load::{self, Request, Run};
use thidua::value::Parts;

type Anything<T> = Result<T, Box<dyn Error>>;

/// Of the firms that count, those that have a union; by unit.
type Counts = BTreeMap<String, (u64, u64)>;

/// What is measured, by name.
type Contender<'w> = (&'static str, Box<dyn Fn() -> Anything<Counts> + 'w>);

const RUNS: usize = 5;

fn main() -> Anything<()> {
    let firms = std::env::args().nth(1).map_or(Ok(200_000), |count| count.parse())?;
    let dir = tempfile::tempdir()?;
    data::write(dir.path(), firms)?;
    let rows = script::read(dir.path())?;
    let script = script::Script::new()?;
    let request = Request { campaign: dir.path().into(), ..Request::default() };
    let run = from_files(&request)?;
    let expected = script.counts(&rows)?;
    let as_of = run.outcome.as_of;
    let once = |threads| evaluate(&run.plan, &run.dataset, Options { as_of, threads }, &mut Vec::new());

    let contenders: [Contender<'_>; 5] = [
        ("a rhai function per row", Box::new(|| script.counts(&rows))),
        ("thidua, 1 thread", Box::new(|| Ok(counts(&once(1))))),
        ("thidua, all cores", Box::new(|| Ok(counts(&once(0))))),
        ("a rhai function per row, files and all", Box::new(|| script.counts(&script::read(dir.path())?))),
        ("thidua, files and all", Box::new(|| Ok(counts(&from_files(&request)?.outcome)))),
    ];
    let mut best = [Duration::MAX; 5];
    for _ in 0..RUNS {
        for ((name, work), best) in contenders.iter().zip(&mut best) {
            let (found, took) = timed(work)?;
            assert_eq!(found, expected, "{name} counts the same");
            *best = took.min(*best);
        }
    }
    for ((name, _), took) in contenders.iter().zip(best) {
        println!("{name:<40} {:>10.3} ms", took.as_secs_f64() * 1000.0);
    }
    let ratio = |slow: usize, fast: usize| best[slow].as_secs_f64() / best[fast].as_secs_f64();
    println!("{:.0} times as fast on rows in memory, {:.1} times with the files", ratio(0, 1), ratio(3, 4));
    Ok(())
}

fn from_files(request: &Request) -> Anything<Run> {
    load::evaluate(request).map_err(|stopped| format!("{stopped:?}").into())
}

#[expect(clippy::disallowed_methods, reason = "an evaluation never reads a clock; a benchmark does nothing else")]
fn timed<T>(work: impl FnOnce() -> Anything<T>) -> Anything<(T, Duration)> {
    let since = Instant::now();
    let done = work()?;
    Ok((done, since.elapsed()))
}

fn counts(outcome: &Outcome) -> Counts {
    let units = outcome.levels.iter().flat_map(|level| &level.units);
    let of_unit = |unit: &UnitOutcome| {
        let Measured::Fraction(fraction) = &unit.criteria.first()?.measured else { return None };
        let Parts::Rows(tally) = fraction.parts else { return None };
        Some((unit.id.clone(), (tally.met, tally.met + tally.failing)))
    };
    units.filter_map(of_unit).collect()
}
