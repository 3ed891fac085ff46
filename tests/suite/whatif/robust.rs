//! How sure it is: sound, seeded, and no wider than what occurs.

use std::path::Path;

use thidua::evaluate::AwardVerdict;
use thidua::scenario::{Base, Range, Robust, Vary, Weight, robust};
use thidua::source::Place;
use thidua::value::Number;

use crate::campaigns::told;

use super::{after, asked, base, campaigns};

const LAO_CAI: &str = "rules/lao-cai-2024";

fn looked(base: &Base, seed: u64) -> Robust {
    let part = |of| Number::ratio(1, of).unwrap();
    let vary = Vary { by: part(100), draws: 40, seed, near: part(200), ..Vary::default() };
    robust(base, vary).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

#[test]
fn draws_repeat_and_hold_what_is_known_today() {
    let base = base(Path::new(LAO_CAI));
    let (one, same) = (looked(&base, 7), looked(&base, 7));
    assert_eq!(one.units, same.units);
    assert_eq!(one.weights.len(), 5);
    let mut open = 0;
    for unit in &one.units {
        let level = base.outcome.levels.iter().find(|level| level.id == unit.level).unwrap();
        let today = level.units.iter().find(|known| known.id == unit.unit).unwrap();
        assert_eq!(unit.today, today.rank.as_ref().map(|rank| (rank.best, rank.worst)));
        if let Some((best, worst)) = unit.drawn {
            assert!(best >= 1 && best <= worst && worst <= level.units.len());
            open += usize::from(best != worst);
        }
        assert!(unit.awards.iter().all(|(_, sure, perhaps)| sure <= perhaps && *perhaps <= 40));
        let places: Vec<usize> = unit.places.iter().map(|(place, ..)| *place).collect();
        assert_eq!(unit.drawn, places.first().copied().zip(places.last().copied()));
        assert!(unit.drawn.is_none() || unit.places.iter().map(|(.., perhaps)| perhaps).sum::<u32>() >= 40);
    }
    assert!(open > 2, "only {open} ranks moved or are open");
    // Sa Pa has everything: no weight takes the flag from it.
    let sa_pa = one.units.iter().find(|unit| unit.unit == "H02").unwrap();
    assert_eq!(sa_pa.awards[0], ("flag".to_owned(), 40, 40));
    assert_eq!(
        one.warnings.iter().map(thidua::diagnostic::Diagnostic::code).collect::<Vec<_>>(),
        ["ranks-may-be-wide"]
    );
}

#[test]
fn the_span_of_a_weight_holds_the_winners() {
    let base = base(Path::new(LAO_CAI));
    let winners = |outcome: &thidua::evaluate::Outcome| {
        let units = outcome.levels.iter().flat_map(|level| &level.units);
        let granted = |award: Option<&thidua::evaluate::AwardOutcome>| {
            award.is_some_and(|award| award.verdict == thidua::evaluate::AwardVerdict::Granted)
        };
        units.map(|unit| unit.awards.iter().map(granted).collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    for weight in &looked(&base, 1).stable {
        let (from, to) = weight.span;
        assert!(from.at <= weight.today && weight.today <= to.at, "{weight:?}");
        let middle = from.at.plus(to.at).unwrap().over(Number::whole(2)).unwrap().round(4).unwrap();
        let edit = format!("{}={middle}", weight.path);
        let ran = base.run(&after(&base, &asked(&[&edit], &[]).changes)).unwrap();
        assert_eq!(winners(&ran.outcome), winners(&base.outcome), "{edit}");
    }
}

#[test]
fn units_near_a_bar_are_told_with_what_hangs_on_it() {
    let base = base(Path::new(LAO_CAI));
    let found = looked(&base, 1).cliffs;
    let half = Number::ratio(1, 200).unwrap();
    assert!(found.iter().any(|cliff| cliff.met) && found.iter().any(|cliff| !cliff.met));
    for cliff in &found {
        let far = cliff.value.minus(cliff.bar).unwrap().absolute();
        assert!(cliff.one_row || far <= cliff.bar.times(half).unwrap(), "{cliff:?}");
        assert_eq!(cliff.met, cliff.value >= cliff.bar, "{cliff:?}");
    }
}

/// Draws are not planned anew, and what weights do not reach is not judged anew: it must come to the same.
#[test]
fn what_is_drawn_is_what_a_scenario_says() {
    let mut compared = 0;
    for campaign in campaigns() {
        let base = base(&campaign);
        // A range of one weight each, so that every draw is this one.
        let moved = |(at, weight): (i64, &Weight)| {
            let only = weight.today.times(Number::ratio(at % 5 + 1, 4).unwrap()).unwrap();
            Range { criterion: weight.criterion.clone(), from: only, to: only, place: Place::Nowhere }
        };
        let weights = looked(&base, 1).weights;
        // Where a list of criteria shares one number, no path sets that of one alone.
        if weights.iter().any(|weight| thidua::patch::find(&base.world.document, &weight.path).is_none()) {
            continue;
        }
        let ranges: Vec<Range> = (0..).zip(&weights).map(moved).collect();
        let set = |range: &Range| {
            let path = range.criterion.replace('.', ".each.");
            format!("criteria.{path}.points.max={{ value = {}, assumed = \"x\" }}", range.from)
        };
        let sets: Vec<String> = ranges.iter().map(set).collect();
        if sets.is_empty() {
            continue;
        }
        let scenario = asked(&sets.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        let full =
            base.run_in_full(&after(&base, &scenario.changes)).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        let vary = Vary { ranges, draws: 3, ..Vary::default() };
        let drawn = robust(&base, vary).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        for unit in &drawn.units {
            let level = full.outcome.levels.iter().find(|level| level.id == unit.level).unwrap();
            let then = level.units.iter().find(|known| known.id == unit.unit).unwrap();
            assert_eq!(unit.drawn, then.rank.as_ref().map(|rank| (rank.best, rank.worst)), "{campaign:?} {unit:?}");
            compared += usize::from(unit.drawn != unit.today);
            for ((_, sure, _), award) in unit.awards.iter().zip(then.awards.iter()) {
                let granted = award.as_ref().is_some_and(|it| it.verdict == AwardVerdict::Granted);
                assert_eq!(*sure, if granted { 3 } else { 0 }, "{campaign:?} {unit:?}");
            }
        }
    }
    assert!(compared > 5, "only {compared} units stand elsewhere");
}

#[test]
fn a_campaign_declares_ranges_and_arguments_go_before_them() {
    let dir = tempfile::tempdir().unwrap();
    crate::fixture::copy(Path::new("src/load/template"), dir.path());
    let path = dir.path().join("campaign.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let first = looked(&base(dir.path()), 1).weights[0].criterion.clone();
    std::fs::write(&path, format!("{text}\n[vary.{first}]\nfrom = 3\nto = 4\nassumed = \"x\"\n")).unwrap();
    let ends = |ranges| {
        let vary = Vary { ranges, draws: 3, ..Vary::default() };
        let found = robust(&base(dir.path()), vary).unwrap_or_else(|faults| panic!("{}", told(&faults)));
        (found.weights[0].from, found.weights[0].to)
    };
    assert_eq!(ends(Vec::new()), (Number::whole(3), Number::whole(4)));
    let asked = Range::parse(&format!("{first}=1..2"), &mut Vec::new()).unwrap();
    assert_eq!(ends(vec![asked]), (Number::whole(1), Number::whole(2)));
    let unknown = Range { criterion: "nobody".into(), from: Number::ONE, to: Number::ONE, place: Place::Nowhere };
    let vary = Vary { ranges: vec![unknown], ..Vary::default() };
    assert_eq!(robust(&base(dir.path()), vary).unwrap_err()[0].code(), "unknown-reference");
}
