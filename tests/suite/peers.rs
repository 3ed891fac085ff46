//! Points that look at the other units of a cluster.

use std::collections::BTreeMap;

use thidua::value::Number;

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN, told};

/// A contest in clusters: all points for whoever leads among those beyond their targets, half for a target just
/// reached, and points by the best result for whoever was given none.
const CONTEST: &str = r#"
[params]
half = { value = 0.5, clause = "6" }
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code    = { type = "text" }
cluster = { type = "choice", values = ["A", "B"] }
active  = { type = "flag" }
goal    = { type = "number", min = 0, max = 4, blank = "none" }
result  = { type = "number", min = 0, max = 4 }
[levels.units]
table   = "units"
when    = { active = true }
cluster = "cluster"
score   = { not_applicable = "zero", round = { items = 4 }, assumed = "a test" }
[criteria.result]
clause   = "6"
levels   = ["units"]
column   = "result"
at_least = { column = "goal" }
points   = { max = 10, rule = "relative", clause = "6" }
"#;

const RULES: &str = r"
/// Points of one item.
fn relative(me) {
    if me.target == none {
        let best = me.peers.filter(|p| p.target == none).max(|p| p.value);
        return if best > 0 { me.max * me.value / best } else { 0 };
    }
    if me.value < me.target { return me.max * params.half * me.value / me.target; }
    if me.value == me.target { return me.max * params.half; }
    let leader = me.peers.filter(|p| p.target != none && p.value > p.target).latest(|p| p.value);
    if leader.value == none || leader.target == none || me.value == leader.value { return me.max; }
    let part = (me.value - me.target) / (leader.value - leader.target);
    me.max * params.half + me.max * params.half * (if part > 1 { 1 } else { part })
}
";

fn contest(units: &[String]) -> Evaluated {
    let evaluated = Campaign::new(CONTEST, RULES).evaluate(&Rows::default().with("units", units));
    assert!(evaluated.faults.is_empty(), "{}", told(&evaluated.faults));
    evaluated
}

fn points(evaluated: &Evaluated, unit: &str) -> [Number; 2] {
    let points = evaluated.judgement("units", unit, "result").points.expect("points are at stake");
    [points.least, points.greatest]
}

/// A unit of the second computation, which knows nothing of rules.
struct Unit {
    code: String,
    cluster: &'static str,
    goal: Option<i64>,
    result: i64,
}

/// The formula, unit by unit; `leader` is the target and result of whoever leads the cluster.
fn expected(unit: &Unit, peers: &[&Unit]) -> Number {
    let over = |a: i64, b: i64| Number::whole(a).over(Number::whole(b)).unwrap();
    let Some(goal) = unit.goal else {
        let best = peers.iter().filter(|peer| peer.goal.is_none()).map(|peer| peer.result).max().unwrap();
        return if best == 0 { Number::ZERO } else { over(10 * unit.result, best).round(4).unwrap() };
    };
    if unit.result < goal {
        return over(5 * unit.result, goal).round(4).unwrap();
    }
    if unit.result == goal {
        return Number::whole(5);
    }
    let beyond = peers.iter().filter(|peer| peer.goal.is_some_and(|goal| peer.result > goal));
    let most = beyond.clone().map(|peer| peer.result).max().unwrap();
    if unit.result == most {
        return Number::whole(10);
    }
    let leader = beyond.max_by_key(|peer| peer.result).unwrap();
    let part = over(unit.result - goal, leader.result - leader.goal.unwrap()).min(Number::ONE);
    Number::whole(5).plus(part.times(Number::whole(5)).unwrap()).unwrap().round(4).unwrap()
}

#[test]
fn points_beside_the_leader_of_the_cluster_are_those_of_the_formula() {
    let mut dice = Dice(6);
    for _ in 0..200 {
        // Results of one cluster differ, so that one leads alone: which of two rows `first` takes is another matter.
        let mut results = BTreeMap::from([("A", vec![0, 1, 2, 3, 4]), ("B", vec![0, 1, 2, 3, 4])]);
        let mut units = Vec::new();
        for at in 0..7 {
            let cluster = if dice.below(2) == 0 { "A" } else { "B" };
            let left = results.get_mut(cluster).unwrap();
            if left.is_empty() {
                continue;
            }
            let result = left.remove(dice.below(left.len()));
            let goal = [None, Some(0), Some(1), Some(2), Some(3)][dice.below(5)];
            units.push(Unit { code: format!("u{at}"), cluster, goal, result });
        }
        let row = |unit: &Unit| {
            let goal = unit.goal.map_or_else(String::new, |goal| goal.to_string());
            format!("{}, {}, true, {goal}, {}", unit.code, unit.cluster, unit.result)
        };
        // Whoever takes no part is nobody's peer.
        let outside = ["x, A, false, 0, 4".to_owned(), "y, B, false, , 4".to_owned()];
        let rows: Vec<String> = units.iter().map(row).chain(outside).collect();
        let evaluated = contest(&rows);
        for unit in &units {
            let peers: Vec<&Unit> = units.iter().filter(|peer| peer.cluster == unit.cluster).collect();
            let expected = expected(unit, &peers);
            assert_eq!(points(&evaluated, &unit.code), [expected; 2], "{} of {rows:?}", unit.code);
        }
    }
}

#[test]
fn whatever_a_peer_turns_out_to_have_done_the_points_lie_between_the_ends() {
    let rows = |of_c: &str| {
        ["a, A, true, 1, 2", "b, A, true, , 3", of_c, "d, A, true, 3, 1", "e, B, true, 1, 1"].map(str::to_owned)
    };
    let open = contest(&rows(&format!("c, A, true, 1, {UNKNOWN}")));
    let [least, greatest] = points(&open, "a");
    assert!(least < greatest, "who leads depends on c");
    for result in 0..=4 {
        let known = contest(&rows(&format!("c, A, true, 1, {result}")));
        for unit in ["a", "b", "c", "d", "e"] {
            let ([least, greatest], [points, _]) = (points(&open, unit), points(&known, unit));
            assert!(least <= points && points <= greatest, "{unit}: {points} of {least} to {greatest} with {result}");
        }
    }
    assert_eq!(points(&open, "e"), [Number::whole(5); 2], "another cluster is not concerned");
}

#[test]
fn what_was_filtered_by_is_known_of_the_rows_that_are_left() {
    let rules = "fn relative(me) {
        let best = me.peers.filter(|p| p.target != none && p.target > 0).max(|p| p.value_by_target());
        best ?? 0
    }";
    let rules = rules.replace("p.value_by_target()", "(if p.value == none { 0 } else { p.value }) / p.target");
    let rows = ["a, A, true, 2, 1", "b, A, true, , 3", "c, A, true, 4, 3"];
    let evaluated = Campaign::new(CONTEST, &rules).evaluate(&Rows::default().with("units", rows));
    assert_eq!(points(&evaluated, "b"), [Number::parse("0.75").unwrap(); 2]);
}

#[test]
fn a_unit_without_a_cluster_has_peers_that_nobody_knows() {
    let rows = ["a, A, true, 1, 2", "b, A, true, 1, 3", "c, ?, true, 1, 3"].map(str::to_owned);
    let evaluated = Campaign::new(CONTEST, RULES).evaluate(&Rows::default().with("units", &rows));
    assert_eq!(points(&evaluated, "b"), [Number::whole(10); 2]);
    let [least, greatest] = points(&evaluated, "c");
    assert!(least < greatest, "whether it leads is unknown");
}

#[test]
fn any_rule_may_look_at_peers_and_without_clusters_all_units_are() {
    let more = CONTEST.replace("cluster = \"cluster\"\n", "").replace("rule = \"relative\", ", "");
    let more = format!(
        "{more}[criteria.behind]\nclause = \"6\"\nlevels = [\"units\"]\nat_most = 1\npoints.max = {{ value = 1, clause = \"6\" }}\n"
    );
    let rules = "fn behind() { (unit.peers.max(|p| p.value(\"result\")) ?? 0) - (unit.value(\"result\") ?? 0) }";
    let rows = ["a, A, true, 1, 2", "b, B, true, 1, 3", "c, B, true, 1, 1", "d, B, false, 1, 4"];
    let evaluated = Campaign::new(&more, rules).evaluate(&Rows::default().with("units", rows));
    let verdicts = ["a", "b", "c"].map(|unit| evaluated.verdict("units", unit, "behind"));
    assert_eq!(verdicts, ["met", "met", "not_met"]);
}
