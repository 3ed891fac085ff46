//! What a scenario costs, beside a full evaluation: `cargo bench --bench whatif`.
//!
//! Each scenario changes a param that a predicate over 100,000 rows reads, to a value that no other has. Bounds, points,
//! scores, ranks and awards of all units are judged anew for each; the rows are sorted once for all values of the number.
//! What comes out is held against full evaluations.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark looks at the clock, prints, and has nothing to say where it cannot run"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};

use thidua::diagnostic::Diagnostic;
use thidua::document;
use thidua::evaluate::Brief;
use thidua::rule::Library;
use thidua::scenario::{Base, Change, File, Kind, Over, Ran, Weights, World, decided, sweep};
use thidua::source::{Place, Source};
use thidua::value::Number;

const ROWS: usize = 100_000;
const UNITS: usize = 50;
const SCENARIOS: usize = 1_000;

const CAMPAIGN: &str = r#"
id     = "large"
period = { from = 2024-01-01, to = 2024-12-31, clause = "1" }
data   = { dir = ".", as_of = 2024-12-31 }
[params]
large = { value = 500, clause = "2" }
[levels.units]
table = "units"
score = { round = { items = 2, score = 2 }, not_applicable = "zero", assumed = "x" }
rank  = { by = ["score desc"], ties = "competition", assumed = "x" }
[defaults.criteria]
levels = ["units"]
clause = "2"
[criteria.coverage]
at_least = "50%"
points   = { max = 20, by = "proportional", clause = "2" }
[criteria.held]
at_least = "50%"
points   = { max = 20, by = "proportional", clause = "2" }
[criteria.workers]
[awards.flag]
levels   = ["units"]
requires = ["all_met"]
by       = ["score desc"]
quota    = [{ at_most = 5, assumed = "x" }]
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code = { type = "text" }
[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "unit"
no_rows = "none"
[tables.firms.columns]
code      = { type = "text" }
unit      = { type = "link", to = "units" }
workers   = { type = "number", min = 0 }
has_union = { type = "flag" }
held_on   = { type = "date", blank = "none" }
"#;

const RULES: &str = "
fn coverage() { unit.firms.filter(|f| f.workers >= params.large).share(|f| f.has_union) }
fn held()     { unit.firms.share(|f| f.held_on in period) }
fn workers()  { unit.firms.sum(|f| f.workers) }
";

fn file(name: &str, text: String) -> (String, Result<File, Diagnostic>) {
    let id = name.trim_end_matches(".csv").to_owned();
    (id, Ok(File { name: name.to_owned(), bytes: text.into_bytes().into() }))
}

fn world() -> World {
    let mut units = "code\n".to_owned();
    (0..UNITS).for_each(|unit| writeln!(units, "u{unit}").expect("a text can be written to"));
    let mut firms = "code,unit,workers,has_union,held_on\n".to_owned();
    for row in 0..ROWS {
        let mixed = row.wrapping_mul(2_654_435_761) >> 7;
        let (workers, union) = (mixed % 1000, mixed.is_multiple_of(3));
        let held = if mixed.is_multiple_of(5) { "" } else { "2024-06-01" };
        writeln!(firms, "f{row},u{},{workers},{union},{held}", mixed % UNITS).expect("a text can be written to");
    }
    let mut faults = Vec::new();
    let document = document::parse(&Source::new("campaign.toml", CAMPAIGN), &mut faults);
    let library = Library::read(&[Source::new("rules.rhai", RULES)], &mut faults);
    let files: BTreeMap<_, _> = [file("units.csv", units), file("firms.csv", firms)].into();
    World { document, library, as_of: None, files: files.into(), edits: Vec::new() }
}

fn told(what: &str, count: usize, took: Duration) {
    let each = took / u32::try_from(count).unwrap_or(u32::MAX);
    println!("{what:<44} {count:>6} in {took:>10.2?}, {each:>10.2?} each, {:>8.0} a second", 1.0 / each.as_secs_f64());
}

type All = [Result<Ran, Vec<Diagnostic>>];

/// Every fifth value is whole: that of a scenario, of which every twentieth was evaluated in full.
fn checked(full: &All, outcomes: &All, briefs: &[Brief]) {
    for (scenario, ran) in outcomes.iter().enumerate() {
        let said = brief(ran);
        assert!(briefs.get(scenario * 5).is_none_or(|known| *known == said), "at {scenario}");
        if scenario % 20 == 0 {
            assert!(full.get(scenario / 20).is_some_and(|full| brief(full) == said), "at {scenario}");
        }
    }
    println!("answers are the same: {} scenarios, of which {} in full", outcomes.len(), full.len());
}

fn brief(ran: &Result<Ran, Vec<Diagnostic>>) -> Brief {
    Brief::of(&ran.as_ref().expect("it is sound").outcome)
}

fn main() {
    let base = Base::new(world(), None, 0, &[]).expect("the campaign is sound");
    let edit = |value: usize| Change {
        label: String::new(),
        kind: Kind::Set { edit: format!("params.large={value}"), weights: Weights::Absolute },
        place: Place::Nowhere,
    };
    let worlds: Vec<World> = (0..SCENARIOS)
        .map(|value| {
            let mut world = base.world.clone();
            edit(value).apply(&mut world, &mut Vec::new());
            world
        })
        .collect();

    let some: Vec<&World> = worlds.iter().step_by(20).collect();
    let started = Instant::now();
    let full: Vec<_> = some.iter().map(|world| base.run_in_full(world)).collect();
    told("full evaluation", full.len(), started.elapsed());

    let started = Instant::now();
    let outcomes = base.run_all(&worlds);
    told("scenario", outcomes.len(), started.elapsed());

    let over = Over::parse("params.large=0..999", Weights::Absolute, &mut Vec::new()).expect("a range");
    // Fifths, so that no value comes twice.
    let values: Vec<Number> =
        (0..4 * SCENARIOS).filter_map(|value| Number::ratio(i64::try_from(value).ok()?, 5)).collect();
    let started = Instant::now();
    let briefs = decided(&base, &over, &values).expect("it is sound");
    told("value of a number", briefs.len(), started.elapsed());
    let started = Instant::now();
    decided(&base, &over, values.get(..SCENARIOS).unwrap_or_default()).expect("it is sound");
    told("the same for a thousand", SCENARIOS, started.elapsed());
    checked(&full, &outcomes, &briefs);

    let started = Instant::now();
    let swept = sweep(&base, &over).expect("it is sound");
    told("sweep (values and what lies between them)", swept.evaluations, started.elapsed());
}
