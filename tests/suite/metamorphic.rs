//! What must not change an outcome, and which way better data may move it.

use std::collections::BTreeMap;

use thidua::data::{Dataset, assemble, from_rows};
use thidua::evaluate::{Options, Outcome, UnitLine, evaluate};
use thidua::load;
use thidua::value::Number;

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN, told};
use crate::completions::{DONE, random_rows, whole_campaign};

/// The position of the number of a firm that counts the better the greater it is.
const SIZE: usize = 4;

/// What an outcome says of every unit, whatever the order of units.
fn by_unit(outcome: &Outcome) -> BTreeMap<(String, String), String> {
    let mut said = BTreeMap::new();
    for level in &outcome.levels {
        for unit in level.units.lines() {
            let of_unit = format!("{:#?}", UnitLine { row: 0, ..unit.clone() });
            said.insert((level.id.clone(), unit.id.clone()), of_unit);
        }
    }
    said
}

fn random_data(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (Campaign, Rows, Dice)> {
    seeds.map(|seed| {
        let campaign = whole_campaign("rescale");
        let mut dice = Dice(seed);
        let rows = random_rows(campaign.schema(), &mut dice);
        (campaign, rows, dice)
    })
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for (campaign, rows, mut dice) in random_data(0..40) {
        let mut shuffled = rows.clone();
        shuffled.0.values_mut().for_each(|rows| dice.shuffle(rows));
        let (before, after) = (campaign.evaluate(&rows), campaign.evaluate(&shuffled));
        assert_eq!(by_unit(&before.outcome), by_unit(&after.outcome), "{rows:?}\n{shuffled:?}");
    }
}

#[test]
fn a_row_that_stands_twice_changes_nothing() {
    for (campaign, rows, mut dice) in random_data(100..130) {
        let mut doubled = rows.clone();
        let firms = doubled.0.get_mut("firms").expect("there are firms");
        let Some(firm) = firms.first().cloned() else { continue };
        firms.insert(dice.below(firms.len() + 1), firm);
        let (before, after) = (campaign.evaluate(&rows), campaign.evaluate(&doubled));
        assert_eq!(by_unit(&before.outcome), by_unit(&after.outcome), "{rows:?}");
    }
}

#[test]
fn keys_are_only_names() {
    // Their order may decide between firms of the same day, so they keep it.
    let renamed = |key: &str| format!("renamed-{key}");
    for (campaign, rows, _) in random_data(200..230) {
        let mut other = rows.clone();
        for row in other.0.values_mut().flatten() {
            for cell in row.iter_mut().take(2).filter(|cell| cell.starts_with('u')) {
                *cell = renamed(cell);
            }
        }
        let (mut before, after) = (campaign.evaluate(&rows).outcome, campaign.evaluate(&other).outcome);
        for level in before.levels.iter_mut().filter(|level| level.id == "units") {
            let units = level.units.lines().map(|mut unit| {
                unit.id = renamed(&unit.id);
                for name in unit.awards.iter_mut().flatten().flat_map(|award| &mut award.beside.units) {
                    *name = renamed(name);
                }
                unit
            });
            level.units = units.collect();
        }
        assert!(by_unit(&before) == by_unit(&after), "{rows:?}");
    }
}

#[test]
fn a_unit_of_another_cluster_changes_no_rank() {
    for (campaign, rows, _) in random_data(300..330) {
        let more = rows.clone().with("units", ["stranger,,?,?,?,?,?"]);
        let (before, after) = (campaign.evaluate(&rows), campaign.evaluate(&more));
        let judged = |evaluated: &Evaluated| {
            let units = evaluated
                .outcome
                .levels
                .iter()
                .find(|level| level.id == "units")
                .map(|level| level.units.clone())
                .unwrap_or_default();
            let known = units.into_iter().filter(|unit| unit.id != "stranger");
            known
                .map(|unit| format!("{:?} {:?} {:?} {:?}", unit.id, unit.criteria, unit.score, unit.rank))
                .collect::<Vec<_>>()
        };
        assert_eq!(judged(&before), judged(&after), "{rows:?}");
    }
}

/// Score, best and worst rank of a unit; more of each is better.
fn standing(unit: &UnitLine) -> (Option<[Number; 2]>, [isize; 2]) {
    let score = unit.score.and_then(|score| Some([score.least?, score.greatest?]));
    let rank = unit.rank.as_ref().map_or([0, 0], |rank| [rank.best, rank.worst].map(|place| -place.cast_signed()));
    (score, rank)
}

#[test]
fn better_data_never_score_less() {
    let mut improved = 0;
    for (campaign, rows, _) in random_data(400..440) {
        let before = campaign.evaluate(&rows);
        for (at, firm) in rows.0["firms"].iter().enumerate() {
            let mut better = rows.clone();
            match (firm[DONE].as_str(), firm[SIZE].as_str()) {
                ("false", _) => better.set("firms", at, DONE, "true"),
                (_, "0") => better.set("firms", at, SIZE, "1"),
                (_, "1") => better.set("firms", at, SIZE, "2"),
                _ => continue,
            }
            let after = campaign.evaluate(&better);
            let (old, new) = (standing(&before.unit("units", &firm[1])), standing(&after.unit("units", &firm[1])));
            assert!(
                old.0 <= new.0 && old.0.zip(new.0).is_none_or(|(old, new)| old[1] <= new[1]),
                "{old:?} → {new:?} by firm {at} of {rows:?}"
            );
            assert!(old.1[0] <= new.1[0] && old.1[1] <= new.1[1], "{old:?} → {new:?} by firm {at} of {rows:?}");
            improved += usize::from(old.0 < new.0);
        }
    }
    assert!(improved > 20, "only {improved} scores rose at all");
}

#[test]
fn a_param_that_is_set_to_its_own_value_changes_nothing() {
    let levels = |set: &[&str]| {
        let set = set.iter().map(|edit| (*edit).to_owned()).collect();
        let request = load::Request { campaign: "rules/lao-cai-2024".into(), set, ..load::Request::default() };
        let run = load::evaluate(&request).unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)));
        format!("{:?}", run.outcome.levels)
    };
    let plain = levels(&[]);
    assert_eq!(plain, levels(&["params.large_firm=25"]));
    assert_eq!(plain, levels(&["params.large_firm=30", "params.large_firm=25"]), "there and back");
    assert_ne!(plain, levels(&["params.large_firm=30"]));
}

const MANY: &str = r#"
[scales.grade]
poor = {}
good = {}
best = {}
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code = { type = "text" }
[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "owner"
no_rows = "none"
[tables.firms.columns]
code  = { type = "text" }
owner = { type = "link", to = "units" }
done  = { type = "flag" }
size  = { type = "number", min = 0, max = 9 }
on    = { type = "date", blank = "none" }
grade = { type = "scale", scale = "grade" }
[levels.units]
table = "units"
[levels.province]
whole = true
[defaults.criteria]
clause = "1"
levels = ["units", "province"]
[criteria.done]
[criteria.total]
[criteria.average]
[criteria.broken]
[criteria.last_grade]
[criteria.smallest]
[criteria.days]
"#;

const MANY_RULES: &str = "
fn done()       { unit.firms.filter(|f| f.size >= 3).share(|f| f.done) }
fn total()      { unit.firms.sum(|f| f.size) }
fn average()    { unit.firms.filter(|f| f.done).mean(|f| f.size) }
fn broken()     { unit.firms.filter(|f| f.size < 1).min(|f| 1 / f.size) }
fn last_grade() { unit.firms.latest(|f| f.on).grade }
fn smallest()   { unit.firms.min(|f| f.size) }
fn days()       { unit.firms.distinct(|f| f.on) }
";

/// Enough rows for seven threads, and then some that fill no block.
const ROWS: usize = 140_500;

fn many_rows(campaign: &Campaign, order: impl Fn(&mut Vec<Vec<Option<String>>>)) -> Dataset {
    let mut dice = Dice(7);
    let days: Vec<String> = (1..29).map(|day| format!("2024-02-{day:02}")).collect();
    let firm = |at: usize| {
        let size = if dice.percent(2) { UNKNOWN.to_owned() } else { dice.below(10).to_string() };
        let unit = format!("u{}", dice.below(4));
        let done = *dice.pick(&["true", "false", "false", ""]);
        let on = if dice.percent(30) { String::new() } else { dice.pick(&days).clone() };
        let grade = *dice.pick(&["poor", "good", "best"]);
        [format!("{at:07}"), unit, done.to_owned(), size, on, grade.to_owned()].map(Some).into()
    };
    let mut firms: Vec<Vec<Option<String>>> = (0..ROWS).map(firm).collect();
    order(&mut firms);
    let units: Vec<Vec<Option<String>>> = (0..4).map(|at| vec![Some(format!("u{at}"))]).collect();
    let (schema, wanted, mut faults) = (campaign.schema(), campaign.plan.wanted(), Vec::new());
    let raw = [("units", units), ("firms", firms)].map(|(name, rows)| {
        let table = schema.find(name).expect("the table is there");
        from_rows(schema, table, name, &rows, &wanted[table.0], &mut faults)
    });
    assemble(schema, raw.into(), campaign.as_of, &mut faults).expect("the data are usable")
}

#[test]
fn threads_change_nothing_nor_does_the_order_of_many_rows() {
    let campaign = Campaign::new(MANY, MANY_RULES);
    let run = |data: &Dataset, threads: usize| {
        let mut faults = Vec::new();
        let outcome = evaluate(&campaign.plan, data, Options { as_of: campaign.as_of, threads }, &mut faults);
        (by_unit(&outcome), told(&faults))
    };
    let data = many_rows(&campaign, |_| {});
    let alone = run(&data, 1);
    assert!(alone.1.contains("predicate-failed"), "some rows divide by nothing: {}", alone.1);
    for threads in [2, 3, 7] {
        assert_eq!(alone, run(&data, threads), "{threads} threads");
    }
    let turned = many_rows(&campaign, |rows| rows.reverse());
    assert_eq!(alone.0, run(&turned, 3).0);
}
