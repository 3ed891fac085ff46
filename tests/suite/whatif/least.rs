//! The least change against trying everything, on campaigns small enough for that: of every form of points, ranks, grades
//! and awards, where the bounds of the search hold and where they do not.

use std::fmt::Write;

use thidua::scenario::{Answer, Base, Goal, Sought, World};
use thidua::value::Number;

use crate::campaigns::Dice;

use super::seek::{base, small, sought};
use super::{after, asked};

/// What makes the small campaign another one.
const VARIANTS: [(&str, &[(&str, &str)]); 9] = [
    ("as it is", &[]),
    ("what does not apply is zero", &[("\"rescale\"", "\"zero\"")]),
    (
        "a second key",
        &[(
            "by = [\"score desc\"], ties = \"competition\"",
            "by = [\"score desc\", \"held desc\"], ties = \"modified\"",
        )],
    ),
    (
        "dense ranks by rounded scores",
        &[("by = [\"score desc\"], ties = \"competition\"", "by = [\"score desc\"], ties = \"dense\"")],
    ),
    (
        "by what is measured",
        &[("by = [\"score desc\"], ties = \"competition\"", "by = [\"covered desc\"], ties = \"competition\"")],
    ),
    ("an award for some", &[("requires = [\"all_met\"]", "requires = [\"covered\"]")]),
    (
        "points beside others",
        &[("points = { max = 5", "points = { max = 5, rule = \"beside\""), ("\"rescale\"", "\"zero\"")],
    ),
    (
        "groups",
        &[
            ("\"rescale\"", "\"zero\""),
            ("points = { max = 5", "in = \"money\"\npoints = { max = 5"),
            (
                "[awards.flag]",
                "[groups.money]\nmax = { value = 5, clause = \"1\" }\nrequires = [\"covered\"]\n[awards.flag]",
            ),
        ],
    ),
    (
        "the least of all firms",
        &[(
            "[criteria.paid]\nat_least = 100\npoints = { max = 5",
            "[criteria.least]\nat_least = 2\npoints = { max = 7, clause = \"1\" }\n[criteria.paid]\nat_least = 100\npoints = { max = 5",
        )],
    ),
];
const BESIDE: &str = "
fn beside(me) { let best = me.peers.max(|p| p.value); if best > 0 { me.max * me.value / best } else { 0 } }
fn least() { unit.firms.min(|f| f.size) }";
const GOALS: [&str; 11] = [
    "met covered",
    "met held",
    "met paid",
    "award flag",
    "rank <= 1",
    "rank <= 2",
    "grade >= good",
    "score >= 12",
    "score >= 19.99",
    "score >= 25",
    "score >= 33",
];

struct Data {
    firms: Vec<[String; 3]>,
    units: Vec<(String, i64)>,
}

fn drawn(dice: &mut Dice) -> Data {
    let mut firms = Vec::new();
    for (unit, count) in [("A", 3), ("B", 2), ("C", 2)] {
        for at in 0..count {
            let flag = |yes: bool| yes.to_string();
            firms.push([format!("{unit}{at}"), flag(dice.percent(50)), flag(dice.percent(50))]);
        }
    }
    let units = ["A", "B", "C"].map(|unit| (unit.to_owned(), 70 + 10 * i64::try_from(dice.below(5)).unwrap()));
    Data { firms, units: units.to_vec() }
}

/// Every choice of moves of A: what it costs, and the edits.
fn everything(data: &Data) -> Vec<(i64, Vec<String>)> {
    let mut all: Vec<(i64, Vec<String>)> = vec![(0, Vec::new())];
    let paid = data.units[0].1;
    let mut also = |options: Vec<(i64, String)>| {
        let more: Vec<_> = all
            .iter()
            .flat_map(|(cost, edits)| {
                options
                    .iter()
                    .map(move |(more, edit)| (cost + more, [edits.as_slice(), std::slice::from_ref(edit)].concat()))
            })
            .collect();
        all.extend(more);
    };
    for [code, union, held] in data.firms.iter().filter(|firm| firm[0].starts_with('A')) {
        if union == "false" {
            also(vec![(3, format!("firms[{code}].union=true"))]);
        }
        if held == "false" {
            also(vec![(2, format!("firms[{code}].held=true"))]);
        }
    }
    also((1..=6).map(|step| (step, format!("units[A].paid={}", paid + 10 * step))).collect());
    all
}

fn world(base: &Base, edits: &[String]) -> World {
    let edits: Vec<&str> = edits.iter().map(String::as_str).collect();
    if edits.is_empty() { base.world.clone() } else { after(base, &asked(&[], &edits).changes) }
}

fn cost(sought: &Sought) -> Option<Number> {
    match &sought.answer {
        Answer::Least(way) => Some(way.cost),
        Answer::Already => Some(Number::ZERO),
        Answer::Impossible(..) => None,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_least_change_is_that_of_trying_everything_in_every_form_of_campaign() {
    let (mut dice, mut found, mut impossible) = (Dice(11), 0, 0);
    for (name, edits) in VARIANTS {
        for round in 0..3 {
            let data = drawn(&mut dice);
            let dir = small(edits, BESIDE, &files(&data));
            let base = base(dir.path());
            let goals = GOALS.map(|goal| Goal::parse(goal, &mut Vec::new()).unwrap());
            let mut best: [Option<i64>; GOALS.len()] = [None; GOALS.len()];
            for (cost, edits) in everything(&data) {
                if best.iter().all(|best| best.is_some_and(|best| best <= cost)) {
                    continue;
                }
                let outcome = base.run(&world(&base, &edits)).unwrap().outcome;
                let unit = outcome.levels[0].unit("A").unwrap();
                for (goal, best) in goals.iter().zip(&mut best) {
                    if goal.holds(&outcome.levels[0], &base.plan.campaign.levels[0], &unit) {
                        *best = Some(best.map_or(cost, |best| best.min(cost)));
                    }
                }
            }
            for (goal, forced) in GOALS.iter().zip(best) {
                let sought = sought(&base, "A", goal);
                assert_eq!(cost(&sought), forced.map(Number::whole), "{name}, {round}, {goal}: {:?}", sought.answer);
                found += usize::from(forced.is_some_and(|cost| cost > 0));
                impossible += usize::from(forced.is_none());
            }
        }
    }
    assert!(found > 60 && impossible > 20, "{found} found, {impossible} impossible");
}

/// The data as files: firms have sizes that do not move.
fn files(data: &Data) -> [(&'static str, String); 2] {
    let mut firms = "code,unit,union,held,size\n".to_owned();
    for (at, [code, union, held]) in data.firms.iter().enumerate() {
        writeln!(firms, "{code},{},{union},{held},{}", &code[..1], 1 + at % 3).unwrap();
    }
    let mut units = "code,paid\n".to_owned();
    data.units.iter().for_each(|(code, paid)| writeln!(units, "{code},{paid}").unwrap());
    [("firms.csv", firms), ("units.csv", units)]
}

#[test]
fn what_may_be_lost_is_that_of_trying_everything() {
    let (mut dice, mut some, mut all) = (Dice(3), 0, 0);
    for (name, edits) in VARIANTS {
        for _ in 0..3 {
            let data = drawn(&mut dice);
            let dir = small(edits, BESIDE, &files(&data));
            let base = base(dir.path());
            for goal in GOALS {
                let sought = sought(&base, "A", goal);
                if !matches!(sought.answer, Answer::Already) {
                    continue;
                }
                let parsed = Goal::parse(goal, &mut Vec::new()).unwrap();
                for loss in &sought.losses {
                    let id = sought.moves[loss.made].id.as_str();
                    let forced = lost(&base, &data, id, &parsed);
                    assert!(loss.proved, "{name}, {goal}, {id}");
                    let said = if loss.rows.is_empty() { None } else { Some(loss.may_lose + 1) };
                    assert_eq!(said, forced, "{name}, {goal}, {id}: {loss:?}");
                    some += usize::from(forced.is_some());
                    all += 1;
                }
            }
        }
    }
    assert!(some > 30 && all > some, "{some} of {all}");
}

/// The fewest rows, or steps, that A may not lose of a kind.
fn lost(base: &Base, data: &Data, id: &str, goal: &Goal) -> Option<usize> {
    let fails = |edits: &[String]| {
        let outcome = base.run(&world(base, edits)).unwrap().outcome;
        let unit = outcome.levels[0].unit("A").unwrap();
        !goal.holds(&outcome.levels[0], &base.plan.campaign.levels[0], &unit)
    };
    let column = match id {
        "found" => 1,
        "hold" => 2,
        "pay" => {
            return (1..=6_usize).find(|step| {
                fails(&[format!("units[A].paid={}", data.units[0].1 - 10 * i64::try_from(*step).unwrap())])
            });
        }
        other => panic!("{other}"),
    };
    let name = ["", "union", "held"][column];
    let rows: Vec<&[String; 3]> =
        data.firms.iter().filter(|firm| firm[0].starts_with('A') && firm[column] == "true").collect();
    let subsets = 1..1_usize << rows.len();
    let chosen = |subset: usize| {
        let rows = rows.iter().enumerate().filter(move |(at, _)| subset >> at & 1 == 1);
        rows.map(|(_, firm)| format!("firms[{}].{name}=false", firm[0])).collect::<Vec<_>>()
    };
    subsets.map(chosen).filter(|edits| fails(edits)).map(|edits| edits.len()).min()
}
