//! Scenarios and what they change.

use std::path::Path;

use thidua::evaluate::AwardVerdict;
use thidua::load;
use thidua::scenario::{Base, Compared, Fate, Item, Said, Scenario, Weights, compare};
use thidua::value::Number;

use crate::campaigns::{Dice, told};

use super::{after, asked, base, base_with, campaigns, small_edits};

const LAO_CAI: &str = "rules/lao-cai-2024";

fn compared(base: &Base, scenarios: &[Scenario]) -> Compared {
    compare(base, scenarios).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

fn codes(compared: &Compared) -> Vec<&'static str> {
    compared.warnings.iter().map(thidua::diagnostic::Diagnostic::code).collect()
}

/// What two outcomes say, level by level.
fn levels(outcome: &thidua::evaluate::Outcome) -> String {
    format!("{:?}", outcome.levels)
}

#[test]
fn no_scenario_changes_nothing() {
    for campaign in campaigns() {
        let base = base(&campaign);
        let nothing = compared(&base, &[]);
        assert_eq!(levels(&nothing.before), levels(&nothing.after), "{campaign:?}");
        assert!(nothing.levels.iter().flat_map(|level| &level.units).all(|unit| unit.fate == Fate::Same));
        assert_eq!(codes(&nothing), [""; 0]);
    }
}

#[test]
fn there_and_back_is_nowhere() {
    let mut moved = 0;
    for campaign in campaigns() {
        let base = base(&campaign);
        for edit in small_edits(&campaign) {
            let path = edit.split_once('=').expect("an edit").0;
            let Some(was) = thidua::patch::find(&base.world.document, path) else { continue };
            let was = was.get("value").unwrap_or(was).to_string();
            let there = asked(&[&edit], &[]);
            let back = asked(&[&edit, &format!("{path}={was}")], &[]);
            let Ok(there) = base.run(&after(&base, &there.changes)) else { continue };
            let back = base.run(&after(&base, &back.changes)).expect("it was sound before");
            assert_eq!(levels(&back.outcome), levels(&base.outcome), "{edit}");
            moved += usize::from(levels(&there.outcome) != levels(&base.outcome));
        }
    }
    assert!(moved > 10, "only {moved} edits changed anything");
}

#[test]
fn data_there_and_back_are_the_same() {
    let there = "agencies[union=H06,held=false].held=true";
    let forth = asked(&[], &[there]);
    let base = base_with(Path::new(LAO_CAI), std::slice::from_ref(&forth));
    let rows: Vec<String> = keys_of(&base, "agencies", "held", "false", "H06");
    assert!(!rows.is_empty());
    let both = asked(&[], &[there, &format!("agencies[{}].held=false", rows.join(","))]);
    let (there, back) = (after(&base, &forth.changes), after(&base, &both.changes));
    assert_ne!(levels(&base.run(&there).unwrap().outcome), levels(&base.outcome));
    assert_eq!(levels(&base.run(&back).unwrap().outcome), levels(&base.outcome));
}

/// The keys of the rows of a unit in which a column says something, read from the file.
fn keys_of(base: &Base, table: &str, column: &str, says: &str, unit: &str) -> Vec<String> {
    let schema = &base.plan.campaign.schema;
    let id = schema.find(table).unwrap();
    let at = schema.table(id).find(column).unwrap();
    let of = schema.table(id).find("union").unwrap();
    let table = base.data.table(id);
    let unions = base.data.table(schema.find("unions").unwrap());
    let flags = table.column(at).unwrap();
    let thidua::data::Values::Flags(bits) = &flags.values else { panic!("{column} is no flag") };
    let rows = (0..table.rows).filter(|row| flags.is_known(*row) && bits.get(*row) == (says == "true"));
    let of_unit = rows.filter(|row| table.column(of).unwrap().target(*row).is_some_and(|up| unions.key(up) == unit));
    of_unit.map(|row| table.key(row).to_owned()).collect()
}

#[test]
fn the_order_of_independent_changes_does_not_matter() {
    let sets = ["params.large_firm=20", "criteria.agency_conference.at_least=98%", "awards.flag.quota.0.at_most=2"];
    let edits = ["agencies[union=H06,held=false].held=true", "-violations[union=H01]"];
    let changes = asked(&sets, &edits).changes;
    let base = base_with(Path::new(LAO_CAI), &[asked(&sets, &edits)]);
    let first = levels(&base.run(&after(&base, &changes)).unwrap().outcome);
    assert_ne!(first, levels(&base.outcome));
    let mut dice = Dice(5);
    for _ in 0..20 {
        let mut other = changes.clone();
        dice.shuffle(&mut other);
        assert_eq!(levels(&base.run(&after(&base, &other)).unwrap().outcome), first);
    }
}

#[test]
fn incremental_equals_full() {
    for campaign in campaigns() {
        let base = base(&campaign);
        for edit in small_edits(&campaign) {
            let world = after(&base, &asked(&[&edit], &[]).changes);
            same_in_full(&base, &world, &edit);
        }
        same_in_full(&base, &base.world, "nothing");
    }
}

#[test]
fn incremental_equals_full_when_data_change() {
    let base = base(Path::new(LAO_CAI));
    for edit in [
        "firms[workers>=200].workers=",
        "firms[union=H06].union_founded=2024-03-01",
        "-firms[union=H03,workers<40]",
        "-agencies[held=false]",
        "+violations{union=\"H02\", serious=true}",
        "+firms{tax_code=\"9999999999\", union=\"H01\", workers=400, state_owned=false}",
        "unions[H01].cluster=2",
        "unions[H01].firms_listed=false",
        "-unions[N09]",
        "care[union=N03].cared=17",
    ] {
        let world = after(&base, &asked(&[], &[edit]).changes);
        same_in_full(&base, &world, edit);
        let both = after(&base, &asked(&["params.large_firm=22"], &[edit]).changes);
        same_in_full(&base, &both, edit);
    }
}

fn same_in_full(base: &Base, world: &thidua::scenario::World, what: &str) {
    match (base.run(world), base.run_in_full(world)) {
        (Ok(again), Ok(full)) => {
            assert_eq!(format!("{:?}", again.outcome), format!("{:?}", full.outcome), "{what}");
            assert_eq!(again.faults, full.faults, "{what}");
        }
        (Err(again), Err(full)) => assert_eq!(again, full, "{what}"),
        (again, full) => panic!("{what}: {:?} {:?}", again.is_ok(), full.is_ok()),
    }
}

#[test]
fn edits_do_what_they_say() {
    let campaign = Path::new("tests/fixtures/tiny");
    let value = |edits: &[&str]| {
        let scenario = asked(&["params.large=1"], edits);
        let base = base_with(campaign, std::slice::from_ref(&scenario));
        let ran = base.run(&after(&base, &scenario.changes)).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        let level = &ran.outcome.levels[0];
        level
            .units
            .iter()
            .map(|unit| format!("{}:{:?}", unit.id, tally(&unit.criteria.measured(0).unwrap())))
            .collect::<Vec<_>>()
    };
    assert_eq!(value(&[]), ["A:(1, 2, 0)", "B:(1, 1, 0)"]);
    assert_eq!(value(&["firms[002].has_union=true"]), ["A:(2, 2, 0)", "B:(1, 1, 0)"]);
    assert_eq!(value(&["firms[002,003].has_union="]), ["A:(1, 2, 1)", "B:(0, 1, 1)"]);
    assert_eq!(value(&["firms[founded<2021-06-01].has_union=false"]), ["A:(0, 2, 0)", "B:(1, 1, 0)"]);
    assert_eq!(value(&["-firms[has_union=true]"]), ["A:(0, 1, 0)", "B:(0, 0, 0)"]);
    assert_eq!(value(&["+firms{tax_code=\"004\", unit=\"B\", workers=3}"]), ["A:(1, 2, 0)", "B:(1, 2, 1)"]);
    assert_eq!(value(&["-units[B]"]), ["A:(1, 2, 0)"]);
    assert_eq!(value(&["firms[002].unit=B"]), ["A:(1, 1, 0)", "B:(1, 2, 0)"]);
}

fn tally(measured: &thidua::evaluate::Measured) -> (u64, u64, u64) {
    let thidua::evaluate::Measured::Fraction(fraction) = measured else { panic!("no share") };
    let thidua::value::Parts::Rows(tally) = fraction.parts else { panic!("no rows") };
    (tally.met, tally.of(), tally.unknown())
}

#[test]
fn a_whole_file_and_rules_and_a_day_may_be_others() {
    let dir = tempfile::tempdir().unwrap();
    crate::fixture::copy(Path::new("tests/fixtures/tiny"), dir.path());
    let scenarios = dir.path().join("scenarios");
    std::fs::create_dir_all(&scenarios).unwrap();
    std::fs::write(scenarios.join("firms.csv"), "tax_code,unit,workers,founded,has_union\n007,A,90,2020-01-01,true\n")
        .unwrap();
    std::fs::write(
        scenarios.join("other.rhai"),
        "fn coverage() { unit.firms.filter(|f| f.founded <= as_of).share(|f| f.has_union) }",
    )
    .unwrap();
    std::fs::write(scenarios.join("file.toml"), "edits = [{ table = \"firms\", file = \"firms.csv\" }]").unwrap();
    std::fs::write(scenarios.join("rules.toml"), "rules = \"other.rhai\"\nas_of = 2021-06-30").unwrap();
    let shares = |name: &str| {
        let scenario = load::scenario(dir.path(), Path::new(name))
            .unwrap_or_else(|stopped| panic!("{}", told(&stopped.diagnostics)));
        let base = base_with(dir.path(), std::slice::from_ref(&scenario));
        let compared = compared(&base, &[scenario]);
        compared.after.levels[0].units.iter().map(|unit| tally(&unit.criteria.measured(0).unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(shares("file"), [(1, 1, 0), (0, 0, 0)]);
    assert_eq!(shares("rules"), [(1, 2, 0), (0, 0, 0)]);
}

#[test]
fn other_data_are_judged_by_the_same_rules() {
    let dir = tempfile::tempdir().unwrap();
    crate::fixture::copy(Path::new("datasets/lao-cai-2024"), dir.path());
    let path = dir.path().join("violations.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let none = text.lines().next().unwrap().to_owned() + "\n";
    std::fs::write(&path, none).unwrap();
    let other = load::other_data(Path::new(LAO_CAI), dir.path()).unwrap();
    let base = base(Path::new(LAO_CAI));
    let compared = compared(&base, &[other]);
    let changed: Vec<_> =
        compared.levels[1].units.iter().flat_map(|unit| &unit.differences).map(|it| &it.item).collect();
    assert!(!changed.is_empty());
    assert!(changed.iter().all(|item| **item == Item::Award("commendation".into())), "{changed:?}");
}

#[test]
fn shares_add_up_and_name_what_causes_it() {
    let stricter = load::scenario(Path::new(LAO_CAI), Path::new("stricter")).unwrap();
    let base = base_with(Path::new(LAO_CAI), std::slice::from_ref(&stricter));
    let compared = compared(&base, &[stricter]);
    assert_eq!(compared.changes.len(), 3);
    let mut told = 0;
    for difference in compared.levels.iter().flat_map(|level| &level.units).flat_map(|unit| &unit.differences) {
        assert_eq!(difference.causes.len(), 3);
        let sum = difference.causes.iter().map(|cause| cause.share.unwrap()).try_fold(Number::ZERO, Number::plus);
        assert_eq!(sum, Ok(Number::ONE), "{difference:?}");
        assert_eq!(difference.causes[2].stacked, difference.after);
        // A change that brings all of it alone, where the others bring nothing, has all of it.
        told += usize::from(difference.causes.iter().any(|cause| cause.share == Some(Number::ONE)));
    }
    assert!(told > 5, "only {told} differences have one cause");
}

#[test]
fn the_other_weights_follow_as_they_are_told() {
    let full = |policy: Weights| {
        let mut faults = Vec::new();
        let set = ["criteria.union_coverage.points.max=30".to_owned()];
        let scenario = thidua::scenario::from_arguments(&set, &[], None, policy, &mut faults).unwrap();
        let base = base(Path::new(LAO_CAI));
        let ran = base.run(&after(&base, &scenario.changes)).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        let unit = ran.outcome.levels[1].units.first().unwrap();
        let of: Vec<String> = unit.criteria.iter().filter_map(|it| Some(it.points?.of.to_string())).collect();
        (of.join(" "), unit.score.unwrap().of.to_string())
    };
    assert_eq!(full(Weights::Absolute), ("20 20 30 20 20".to_owned(), "110".to_owned()));
    assert_eq!(full(Weights::Proportional), ("17.5 17.5 30 17.5 17.5".to_owned(), "100".to_owned()));
    assert_eq!(full(Weights::Equal), ("17.5 17.5 30 17.5 17.5".to_owned(), "100".to_owned()));
}

#[test]
fn winners_and_losers_are_counted_from_the_units() {
    let scenario = load::scenario(Path::new(LAO_CAI), Path::new("twenty-workers")).unwrap();
    let base = base(Path::new(LAO_CAI));
    let compared = compared(&base, &[scenario]);
    let unions = &compared.levels[1];
    let all = unions.groups.last().unwrap();
    for (at, fate) in Fate::ALL.into_iter().enumerate() {
        let counted: usize =
            unions.groups.iter().filter(|group| group.cluster.is_some()).map(|group| group.fates[at]).sum();
        assert_eq!(all.fates[at], unions.units.iter().filter(|unit| unit.fate == fate).count());
        assert_eq!(all.fates[at], counted);
    }
    let sa_pa = unions.units.iter().find(|unit| unit.id == "H02").unwrap();
    let flag = sa_pa.differences.iter().find(|it| it.item == Item::Award("flag".into())).unwrap();
    assert_eq!(flag.before, Said::Award(AwardVerdict::Granted));
    assert_eq!((sa_pa.fate, flag.after.clone()), (Fate::Loses, Said::Award(AwardVerdict::NotEligible)));
}
