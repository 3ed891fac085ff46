//! How sure it is: sound, seeded, and no wider than what occurs.

use std::path::Path;

use thidua::scenario::{Base, Robust, Vary, robust};
use thidua::value::Number;

use crate::campaigns::told;

use super::{after, asked, base};

const LAO_CAI: &str = "rules/lao-cai-2024";

fn looked(base: &Base, seed: u64) -> Robust {
    let vary = Vary { by: Number::ratio(1, 100).unwrap(), draws: 40, seed, near: Number::ratio(1, 200).unwrap() };
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
        let granted = |award: &Option<thidua::evaluate::AwardOutcome>| {
            award.as_ref().is_some_and(|award| award.verdict == thidua::evaluate::AwardVerdict::Granted)
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
        assert!(far <= cliff.bar.times(half).unwrap(), "{cliff:?}");
        assert_eq!(cliff.met, cliff.value >= cliff.bar, "{cliff:?}");
    }
}
