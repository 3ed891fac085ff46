//! What is lowered against rhai's own interpreter on the same text, and whole blocks against single rows.

mod bench;
mod grammar;
mod province;
mod random;

use std::collections::{BTreeMap, BTreeSet};

use thidua::schema::{Schema, TableId};

use bench::{Bench, Seen, agree};
use grammar::Grammar;
use province::{DISTRICTS, FIRMS, Size, UNIONS};
use random::Random;

const SEED: u64 = 20_241_120;
const COMPLETE: Size = Size { rows: [12, 40, 120, 10, 30], unknown_once_in: None };
const LEVELS: [Option<TableId>; 4] = [Some(UNIONS), Some(FIRMS), Some(DISTRICTS), None];

/// A random rule: its name, units, text, and what occurs in it.
struct Written {
    name: String,
    units: Option<TableId>,
    text: String,
    used: BTreeSet<String>,
}

fn write(schema: &Schema, seed: u64, count: usize) -> Vec<Written> {
    let mut grammar = Grammar::new(schema, Random::new(seed));
    let rule = |at: usize| {
        let (name, units) = (format!("rule_{at}"), LEVELS[at % LEVELS.len()]);
        let text = grammar.rule(&name, units);
        Written { name, units, text, used: grammar.used.clone() }
    };
    (0..count).map(rule).collect()
}

fn bench(schema: &Schema, seed: u64, rules: &[Written]) -> Bench<'static> {
    let schema: &'static Schema = Box::leak(Box::new(schema.clone()));
    let data = province::data(schema, COMPLETE, &mut Random::new(seed ^ 0xda7a));
    let text: String = rules.iter().map(|rule| rule.text.as_str()).collect();
    Bench::new(schema, data, &text)
}

#[test]
fn the_lowered_rule_says_what_the_interpreter_says() {
    let schema = province::schema();
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    let (mut evaluations, mut written, mut lowered_rules) = (0, 0, 0);
    let mut said = [0_usize; 4];
    for seed in SEED..SEED + 10 {
        let rules = write(&schema, seed, 100);
        let bench = bench(&schema, seed, &rules);
        for written_rule in &rules {
            written += 1;
            let mut faults = Vec::new();
            let Some(rule) = bench.lower(&written_rule.name, written_rule.units, &mut faults) else {
                if std::env::var("SHOW").is_ok() { for f in &faults { eprintln!("{f}"); } }
                continue };
            lowered_rules += 1;
            let rows = |aggregate: &thidua::rule::Aggregate| bench.data.table(aggregate.table).rows;
            evaluations += bench.units(written_rule.units) + rule.aggregates.iter().map(rows).sum::<usize>();
            let (lowered, a_predicate_failed) = bench.lowered(&rule, written_rule.units, 1);
            let interpreted = bench.interpreted(&written_rule.name, &rule.kind, written_rule.units);
            for (row, (lowered, interpreted)) in lowered.iter().zip(&interpreted).enumerate() {
                let text = &written_rule.text;
                assert!(
                    agree(lowered, interpreted, a_predicate_failed),
                    "seed {seed}, unit {row} of {:?}: lowered {lowered:?}, interpreted {interpreted:?} {:?}\n{text}\n{:#?}\n{:?}",
                    written_rule.units,
                    bench.interpreter.run(&written_rule.name, &bench.args, written_rule.units, row),
                    rule.expression, rule.aggregates.iter().map(|a| (&a.measure, &a.filter)).collect::<Vec<_>>()
                );
                said[kind_of(interpreted)] += 1;
            }
            for what in &written_rule.used {
                *used.entry(what.clone()).or_default() += 1;
            }
        }
    }
    eprintln!("{evaluations} evaluations, {lowered_rules} of {written} rules, said {said:?}\n{used:#?}");
}

/// A value, nothing, a failure, or something open.
fn kind_of(seen: &Seen) -> usize {
    match seen {
        Seen::None | Seen::NotApplicable => 1,
        Seen::Failed => 2,
        Seen::Open => 3,
        _ => 0,
    }
}
