//! Whole blocks of rows against single rows, with unknown cells; one thread against several.

use std::collections::BTreeMap;
use std::ops::Range;

use thidua::data::Bits;
use thidua::rule::{Columnar, Expression, Measure, Shorten};
use thidua::schema::TableId;
use thidua::value::Truth;

use super::bench::{Bench, Rule};
use super::grammar::Grammar;
use super::province::{self, FIRMS, Size, UNIONS, VISITS};
use super::random::Random;

const SEED: u64 = 41;

/// More rows than fit into a block.
const UNKNOWN: Size = Size { rows: [40, 4_200, 4_500, 10, 30], unknown_once_in: Some(5) };

/// Predicates over firms that fail for some of them, and where that may or may not be seen.
const FAILING: [&str; 6] = [
    "1 / f.workers > 0",
    "f.state && 1 / f.workers > 0",
    "1 / f.workers > 0 && f.state",
    "f.workers > 4 || 1 / f.workers > 0 || !f.state",
    "!(f.workers == 0 || f.bonus > 2) && f.bonus % f.workers == 1",
    "f.expiry in period && (f.founded ?? as_of) + 1 / f.workers in round",
];

/// What the rules are about: firms, then unions, visits and firms in turn.
fn table_of(rule: usize) -> TableId {
    match (rule < FAILING.len(), rule % 3) {
        (false, 0) => UNIONS,
        (false, 1) => VISITS,
        _ => FIRMS,
    }
}

#[test]
fn a_block_says_of_each_row_what_the_row_says_of_itself() {
    let schema = province::schema();
    let data = province::data(&schema, UNKNOWN, &mut Random::new(SEED));
    let mut grammar = Grammar::new(&schema, Random::new(SEED));
    let text = |at: usize| match FAILING.get(at) {
        Some(body) => format!("fn rule_{at}() {{ unit.firms.count(|f| {body}) }}\n"),
        None => grammar.predicate(&format!("rule_{at}"), table_of(at)),
    };
    let texts: Vec<_> = (0..150).map(text).collect();
    let bench = Bench::new(&schema, data, &texts.concat());
    let mut answers = [0_usize; 4];
    for (at, text) in texts.iter().enumerate() {
        let Some(rule) = bench.lower(&format!("rule_{at}"), None, &mut Vec::new()) else { continue };
        let range = some_range(bench.data.table(table_of(at)).rows, &mut Random::new(at as u64));
        let (answered, first_failure) = both(&bench, &rule, range);
        let failed = answered.iter().find(|(.., alone)| *alone == Answer::Failed);
        assert_eq!(first_failure, failed.map(|(row, ..)| *row), "seed {SEED}\n{text}");
        for (row, block, alone) in answered {
            assert_eq!(block, alone, "seed {SEED}, row {row}\n{text}");
            answers[block as usize] += 1;
        }
    }
    assert!(answers.iter().all(|answers| *answers > 100), "yes, no, unknown and failed: {answers:?}");
}

#[test]
fn a_block_has_of_each_row_the_value_that_the_row_has() {
    let schema = province::schema();
    let data = province::data(&schema, UNKNOWN, &mut Random::new(SEED));
    let mut grammar = Grammar::new(&schema, Random::new(SEED));
    let mut texts: Vec<_> = (0..150).map(|at| grammar.predicate(&format!("rule_{at}"), table_of(at))).collect();
    for body in ["f.bonus / f.workers > 0", "(f.workers - f.bonus * 3) / (f.bonus + 1.5) > 0", "f.bonus * 2 - 1.5 > 0"]
    {
        texts.push(format!("fn rule_{}() {{ unit.firms.count(|f| {body}) }}\n", texts.len()));
    }
    let bench = Bench::new(&schema, data, &texts.concat());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, text) in texts.iter().enumerate() {
        let rule = bench.lower(&format!("rule_{at}"), None, &mut Vec::new());
        assert!(rule.is_some() || at < 150, "{text}");
        let Some(rule) = rule else { continue };
        bench.computed(&rule, 1, |context, rule, _| {
            let Some(aggregate) = rule.aggregates.last() else { return };
            let range = some_range(context.data.table(aggregate.table).rows, &mut Random::new(at as u64));
            let mut parts = Vec::new();
            aggregate.filter.iter().for_each(|filter| filter.walk(&mut |part| parts.push(part)));
            for part in parts {
                let Some(values) = Columnar::new(context).values(part, &range) else { continue };
                assert_eq!(values.len(), range.len());
                for (row, value) in range.clone().zip(values) {
                    let Some(value) = value else { continue };
                    let alone = context.evaluate(part, row).ok().and_then(|cell| cell.shorten());
                    assert_eq!(Some(value), alone, "seed {SEED}, row {row} of {part:?}\n{text}");
                    let kind = format!("{value:?}").split('(').next().map(str::to_owned);
                    *seen.entry(kind.unwrap_or_default()).or_default() += 1;
                }
            }
        });
    }
    for kind in ["Number", "Day", "Flag", "Code", "NoNumber", "NoDay", "NoFlag", "NoCode"] {
        assert!(seen.get(kind).is_some_and(|times| *times > 100), "{kind}: {seen:?}");
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Unknown,
    Failed,
}

/// The filter of the rule's last aggregate, over a range of rows: what the block says of each row, what the row says of
/// itself, and the first row of which the block says that it failed.
fn both(bench: &Bench<'_>, rule: &Rule, range: Range<usize>) -> (Vec<(usize, Answer, Answer)>, Option<usize>) {
    bench.computed(rule, 1, |context, rule, _| {
        let Some(predicate) = rule.aggregates.last().and_then(|aggregate| aggregate.filter.as_ref()) else {
            return Default::default();
        };
        let mut columnar = Columnar::new(context);
        let mask = columnar.mask(predicate, &range, &Bits::ones(range.len()));
        let block = |at: usize| match (mask.failed.get(at), mask.yes.get(at), mask.no.get(at)) {
            (true, ..) => Answer::Failed,
            (_, true, true) => Answer::Unknown,
            (_, true, false) => Answer::Yes,
            _ => Answer::No,
        };
        let alone = |row: usize| match context.truth(predicate, row) {
            Err(_) => Answer::Failed,
            Ok(Truth::True) => Answer::Yes,
            Ok(Truth::False) => Answer::No,
            Ok(Truth::Unknown) => Answer::Unknown,
        };
        let answered = range.clone().enumerate().map(|(at, row)| (row, block(at), alone(row))).collect();
        (answered, columnar.failure.map(|first| first.row))
    })
}

/// A range that begins and ends anywhere, but not far from all rows.
fn some_range(rows: usize, random: &mut Random) -> Range<usize> {
    let end = rows - random.below(rows / 10 + 1);
    random.below(end / 10 + 1)..end
}

/// So many rows that several threads share them.
const MANY: Size = Size { rows: [40, 300, 40_100, 10, 30], unknown_once_in: Some(9) };

const OVER_VISITS: &str = "
fn rule_0() { unit.visits.share(|v| v.people > 3) }
fn rule_1() { unit.visits.sum(|v| v.people * 2) }
fn rule_2() { unit.visits.max(|v| v.day) }
fn rule_3() { unit.visits.filter(|v| v.good).distinct(|v| v.topic) }
fn rule_4() { unit.visits.latest(|v| v.again).people }
fn rule_5() { unit.visits.filter(|v| v.mark >= \"fair\").mean(|v| v.cost ?? v.people) }
fn rule_6() { unit.visits.any(|v| v.people / v.people > 1) }
fn rule_7() { unit.visits.ratio(|v| v.people, |v| v.cost ?? 0) }
";

#[test]
fn several_threads_say_what_one_says() {
    let schema = province::schema();
    let data = province::data(&schema, MANY, &mut Random::new(SEED));
    let bench = Bench::new(&schema, data, OVER_VISITS);
    for at in 0..8 {
        for units in [Some(FIRMS), None] {
            let rule = bench.lower(&format!("rule_{at}"), units, &mut Vec::new()).expect("in the subset");
            assert_eq!(
                everything(&bench, &rule, units, 1),
                everything(&bench, &rule, units, 2),
                "rule_{at} of {units:?}"
            );
        }
    }
}

/// All that is known of a rule for each unit.
fn everything(bench: &Bench<'_>, rule: &Rule, units: Option<TableId>, threads: usize) -> Vec<String> {
    assert!(
        matches!(rule.expression, Expression::Derived { .. }) && !matches!(rule.aggregates[0].measure, Measure::Count)
    );
    bench.computed(rule, threads, |context, rule, failed| {
        (0..bench.units(units)).map(|row| format!("{failed} {:?}", context.evaluate(&rule.expression, row))).collect()
    })
}
