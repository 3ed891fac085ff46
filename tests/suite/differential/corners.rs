//! Corners of the language that random rules rarely or never turn into.

use super::bench::{Bench, Seen, agree};
use super::province::{self, COMPLETE, UNIONS};
use super::random::Random;

/// Each in a rule of its own, for unions.
const BODIES: [&str; 56] = [
    "unit.firms.filter(|f| f.founded != none).run(|f| (f.founded ?? as_of).year + 0)",
    "unit.firms.distinct(|f| f.rating ?? \"poor\")",
    "unit.firms.distinct(|f| f.visits.share(|v| v.good))",
    "unit.firms.share(|f| f.state) ?? unit.firms.share(|f| true)",
    "if unit.firms.share(|f| f.state) == none { not_applicable } else { unit.firms.share(|f| f.state) }",
    "let rows = unit.firms.filter(|f| f.state); rows.count() + rows.filter(|f| f.workers > rows.count()).count()",
    "let rows = unit.firms; rows.count(|f| rows.count() > f.workers)",
    "unit.firms.count(|f| f.visits.any(|v| v.day > f.founded && v.people > unit.size))",
    "unit.firms.count(|f| f.visits.count(|v| v.people > f.workers) > f.union.firms.count(|g| g.workers > f.union.size))",
    "unit.firms.count(|round| round.workers > 3)",
    "unit.firms.count(|none| none.state)",
    "let period = unit.size; period + 1",
    "let unit = 3; unit + 1",
    "let x = 1; let x = x + 1; let f = unit.firms.count(|f| f.workers > x); f * x",
    "unit.firms.filter(|f| f.rating != none).first(|f| f.rating).workers ?? -1",
    "unit.firms.first(|f| 1).code",
    "unit.firms.latest(|f| f.grade).code",
    "unit.firms.first(|f| f.founded).founded",
    "unit.firms.min(|f| f.rating ?? \"poor\")",
    "(unit.grade ?? \"poor\") >= \"fair\"",
    "let grade = if unit.strong { unit.grade ?? \"fair\" } else { \"good\" }; grade > \"poor\"",
    "switch unit.grade ?? \"poor\" { \"poor\" => 1, \"fair\" | \"good\" => 2, _ => 3 }",
    "unit.grade in [\"poor\", \"good\"] || unit.region !in [\"north\"]",
    "unit.size in [] || unit.size in [1, 2.0, params.least]",
    "unit.firms.count(|f| f.sponsor?.strong ?? false)",
    "unit.firms.sum(|f| f.sponsor.firms.count() ?? 100)",
    "unit.firms.all(|f| f.sponsor.firms.all(|g| g.state) ?? true)",
    "sized(unit)",
    "unit.firms.count(|f| sized(f.union) > 2 && both(f, unit))",
    "999999999999999999 * 999999999999999999 * 999999999999999999",
    "1000000000000000000 * 1000000000000000000 - 1 / 3",
    "unit.firms.sum(|f| 1 / (f.workers + 1)) == unit.firms.sum(|f| 1 / (1 + f.workers))",
    "(0.1 + 0.2 == 0.3) && (1/3 * 3 == 1) && (7.5 % 2 == 1.5) && (-7 % 3 == -1) && (2.5).round(0) == 3",
    "let bad = 1 / (unit.size - unit.size); true || bad > 0",
    "floor(unit.size / 3) + ceiling(unit.size / 3) + floor(-7 / 2) * 10 + ceiling(-7 / 2)",
    "root(unit.size, 2, 4) + root(-8, 3, 2)",
    "root(unit.size - 3, 2, 4)",
    "ln(unit.size + 1, 6) - ln(1, 0)",
    "ln(unit.size, 3)",
    "power(unit.size + 0.5, 1.81, 9) + power(2, -3, 4)",
    "power(unit.size - 1, -1, 2)",
    "share_of(unit.size, unit.firms.count()) ?? share_of(1, 7)",
    "share_of(unit.size, unit.firms.count()) >= 0.5",
    "unit.firms.list(|f| f.workers).greatest(2).sum()",
    "unit.firms.list(|f| f.workers).least(unit.size).mean()",
    "unit.firms.list(|f| f.workers + 0.5).without_greatest(1).without_least(1).median() ?? -1",
    "unit.firms.list(|f| f.bonus).nth_greatest(2)",
    "unit.firms.list(|f| f.bonus).nth_least(unit.size) ?? -1",
    "unit.firms.list(|f| f.workers).h_index() + unit.firms.list(|f| f.bonus).count()",
    "unit.firms.sum(|f| f.visits.list(|v| v.people).greatest(params.least).sum())",
    "unit.firms.filter(|f| f.visits.list(|v| v.people).median() > 2).count()",
    "[unit.size, 3, unit.firms.count(), 0.5].without_least(1).sum() + ([1, 2].mean() ?? 0)",
    "unit.firms.list(|f| f.workers).greatest(1.5).sum()",
    "let na = if unit.strong { not_applicable } else { unit.size }; round(na / 3, 2)",
    "let na = if unit.strong { not_applicable } else { unit.size }; max(na, 3) - 1",
    "unit.firms.only(|f| f.workers > 6).workers ?? not_applicable",
];

const FUNCTIONS: &str = "
fn sized(u) { let firms = u.firms; firms.count() + u.size }
fn both(f, u) { f.state || u.strong }
";

#[test]
fn corners_of_the_language_mean_the_same() {
    let schema = province::schema();
    let rules: Vec<_> = BODIES.iter().enumerate().map(|(at, body)| format!("fn rule_{at}() {{ {body} }}\n")).collect();
    let data = province::data(&schema, COMPLETE, &mut Random::new(7));
    let bench = Bench::new(&schema, data, &format!("{FUNCTIONS}{}", rules.concat()));
    for (at, body) in BODIES.iter().enumerate() {
        let mut faults = Vec::new();
        let Some(rule) = bench.lower(&format!("rule_{at}"), Some(UNIONS), &mut faults) else {
            panic!("{body}: {}", faults.first().map_or_else(|| "outside the subset".to_owned(), ToString::to_string));
        };
        let (lowered, a_predicate_failed) = bench.lowered(&rule, Some(UNIONS));
        let interpreted = bench.interpreted(&format!("rule_{at}"), &rule.kind, Some(UNIONS));
        for (lowered, interpreted) in lowered.iter().zip(&interpreted) {
            assert!(
                agree(lowered, interpreted, a_predicate_failed),
                "{body}: lowered {lowered:?}, interpreted {interpreted:?}"
            );
            assert_ne!(*interpreted, Seen::Open, "{body}");
        }
    }
}
