//! What is lowered against rhai's own interpreter on the same text, and whole blocks against single rows.
//!
//! Rules and data are random, but the same in every run; a failure names its seed.

mod bench;
mod blocks;
mod bugs;
mod corners;
mod grammar;
mod province;
mod random;

use std::collections::BTreeMap;

use thidua::schema::{Schema, TableId};

use bench::{Bench, Rule, Seen, agree};
use grammar::Grammar;
use province::{COMPLETE, DISTRICTS, FIRMS, Size, UNIONS};
use random::Random;

const SEED: u64 = 20_241_120;
const RULES_PER_SEED: usize = 100;
const LEVELS: [Option<TableId>; 4] = [Some(UNIONS), Some(FIRMS), Some(DISTRICTS), None];

/// Everything that the generator must have written, so that nothing is left out unseen.
const MUST_OCCUR: &str = "!, &&, ||, +, -, *, /, %, negate, abs, round, min of two, max of two, floor, \
    ceiling, root, power, ln, […], list, greatest, least, without_greatest, without_least, median, nth_greatest, \
    nth_least, h_index, list count, if, let, return, function, ??, == none, if \
    none, not_applicable, in period, in list, contains, starts_with, ends_with, days between, day + number, day - \
    number, .year, .month, .day, switch Text, switch Grade, switch Region, switch Flag, Number ==, Number !=, Number \
    <, Number <=, Number >, Number >=, Day ==, Day !=, Day <, Day <=, Day >, Day >=, Grade ==, Grade !=, Grade <, \
    Grade <=, Grade >, Grade >=, Text ==, Text !=, Region ==, Region !=, Flag ==, Flag !=, count, count(), sum, \
    mean, min, max, share, ratio, any, all, first, latest, only, distinct, run, filter, share compared, row set, nested \
    row set, captured row, link up, link to none, unit.own, unit.all, column Number unknown, column Number none, \
    column Number value, column Day unknown, column Day none, column Day future, column Text unknown, column Text \
    none, column Text value, column Region unknown, column Region none, column Region value, column Grade unknown, \
    column Grade none, column Grade value, column Flag unknown, column Flag none, column Flag value";

/// A rule in both forms, and what the interpreter says of it.
struct Case {
    seed: u64,
    text: String,
    units: Option<TableId>,
    rule: Rule,
    used: std::collections::BTreeSet<String>,
    interpreted: Vec<Seen>,
}

/// Random rules and data; those rules that are in the subset, as the interpreter runs them.
fn cases(schema: &Schema, seed: u64, size: Size) -> (Bench<'_>, Vec<Case>) {
    let mut grammar = Grammar::new(schema, Random::new(seed));
    let mut written = Vec::new();
    for at in 0..RULES_PER_SEED {
        let (name, units) = (format!("rule_{at}"), LEVELS[at % LEVELS.len()]);
        let text = grammar.rule(&name, units);
        written.push((name, units, text, grammar.used.clone()));
    }
    let text: String = written.iter().map(|(_, _, text, _)| text.as_str()).collect();
    let bench = Bench::new(schema, province::data(schema, size, &mut Random::new(!seed)), &text);
    let mut cases = Vec::new();
    for (name, units, text, used) in written {
        // Some read a row that is out of reach, which no generator of texts can know.
        let Some(rule) = bench.lower(&name, units, &mut Vec::new()) else { continue };
        let interpreted = bench.interpreted(&name, &rule.kind, units);
        cases.push(Case { seed, text, units, rule, used, interpreted });
    }
    assert!(cases.len() > RULES_PER_SEED * 2 / 3, "seed {seed}: only {} rules are in the subset", cases.len());
    (bench, cases)
}

impl Case {
    /// Whether an answer may be open on complete data: of several rows without a key one is meant, but not which. What
    /// is lowered may know all the same, if it does not matter.
    fn may_be_open(&self, interpreted: &Seen) -> bool {
        *interpreted == Seen::Open && (self.used.contains("first") || self.used.contains("latest"))
    }
}

/// The first unit for which a lowered rule says something else than the interpreter, and what it says.
fn difference(bench: &Bench<'_>, case: &Case, rule: &Rule) -> Option<(usize, Seen)> {
    let (lowered, a_predicate_failed) = bench.lowered(rule, case.units);
    let differ = |lowered: &Seen, interpreted: &Seen| {
        !case.may_be_open(interpreted) && !agree(lowered, interpreted, a_predicate_failed)
    };
    let mut pairs = lowered.into_iter().zip(&case.interpreted).enumerate();
    pairs.find(|(_, (lowered, interpreted))| differ(lowered, interpreted)).map(|(row, (lowered, _))| (row, lowered))
}

#[test]
fn a_lowered_rule_says_what_the_interpreter_says() {
    let schema = province::schema();
    let (mut evaluations, mut failed, mut known) = (0, 0, 0);
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for seed in SEED..SEED + 20 {
        let (bench, cases) = cases(&schema, seed, COMPLETE);
        for case in &cases {
            if let Some((row, lowered)) = difference(&bench, case, &case.rule) {
                let (said, Case { seed, text, units, rule, .. }) = (&case.interpreted[row], case);
                panic!(
                    "seed {seed}, row {row} of {units:?}: lowered {lowered:?}, interpreted {said:?}\n{text}\n{:#?}",
                    rule.expression
                );
            }
            let rows = case.rule.aggregates.iter().map(|aggregate| bench.data.table(aggregate.table).rows);
            evaluations += case.interpreted.len() + rows.sum::<usize>();
            failed += case.interpreted.iter().filter(|seen| **seen == Seen::Failed).count();
            known += case.interpreted.iter().filter(|seen| !matches!(seen, Seen::Failed | Seen::None)).count();
            case.used.iter().for_each(|what| *used.entry(what.clone()).or_default() += 1);
        }
    }
    assert!(
        evaluations >= 100_000 && failed >= 500 && known >= 10_000,
        "{evaluations} evaluations, {failed} failed, {known} known"
    );
    let rare: Vec<_> = MUST_OCCUR.split(", ").filter(|what| used.get(*what).is_none_or(|times| *times < 5)).collect();
    assert!(rare.is_empty(), "hardly ever written: {rare:?}");
}

#[test]
fn where_the_interpreter_needs_nothing_unknown_the_lowered_rule_says_the_same() {
    let schema = province::schema();
    let (mut open, mut known) = (0, 0);
    for seed in SEED..SEED + 10 {
        let (bench, cases) = cases(&schema, seed, Size { unknown_once_in: Some(12), ..COMPLETE });
        for case in &cases {
            let (lowered, a_predicate_failed) = bench.lowered(&case.rule, case.units);
            for (row, (lowered, interpreted)) in lowered.iter().zip(&case.interpreted).enumerate() {
                let is_open = *interpreted == Seen::Open;
                assert!(
                    is_open || agree(lowered, interpreted, a_predicate_failed),
                    "seed {seed}, row {row}: lowered {lowered:?}, interpreted {interpreted:?}\n{}",
                    case.text
                );
                if is_open { open += 1 } else { known += 1 }
            }
        }
    }
    assert!(open > 1_000 && known > 1_000, "{open} open, {known} known");
}

#[test]
fn every_planted_bug_is_found() {
    let schema = province::schema();
    let mut at_large = bugs::all();
    for seed in SEED..SEED + 40 {
        let (bench, cases) = cases(&schema, seed, COMPLETE);
        let shows =
            |case: &Case, rule: Option<Rule>| rule.is_some_and(|rule| difference(&bench, case, &rule).is_some());
        for case in &cases {
            at_large.retain(|bug| !shows(case, bug.planted_in(&case.rule)));
        }
        if at_large.is_empty() {
            return;
        }
    }
    panic!("never found: {:?}", at_large.iter().map(|bug| bug.name).collect::<Vec<_>>());
}
