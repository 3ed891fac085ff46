//! Two numbers at once: each cell says what an evaluation inside it says.

use std::path::Path;

use thidua::evaluate::{AwardVerdict, Outcome};
use thidua::scenario::{Base, MOST_CELLS, Mapped, Over, Weights, Won, map};
use thidua::value::Number;

use crate::campaigns::told;

use super::{after, asked, base};

const LAO_CAI: &str = "rules/lao-cai-2024";

fn overs(texts: [&str; 2]) -> [Over; 2] {
    texts.map(|text| {
        let mut faults = Vec::new();
        Over::parse(text, Weights::Absolute, &mut faults).unwrap_or_else(|| panic!("{}", told(&faults)))
    })
}

fn mapped(base: &Base, texts: [&str; 2], most: usize) -> Mapped {
    map(base, &overs(texts), most).unwrap_or_else(|faults| panic!("{}", told(&faults)))
}

/// Who wins what, as a map says it.
fn winners(outcome: &Outcome) -> Vec<Won> {
    let of = |(level, at): (&thidua::evaluate::LevelOutcome, usize)| {
        let granted = level
            .units
            .iter()
            .filter(|unit| unit.awards.get(at).is_some_and(|award| award.verdict == AwardVerdict::Granted));
        let units = granted.map(|unit| (unit.id.to_owned(), unit.name.map(str::to_owned))).collect();
        Won { level: level.id.clone(), award: level.awards[at].id.clone(), units }
    };
    outcome.levels.iter().flat_map(|level| (0..level.awards.len()).map(move |at| (level, at))).map(of).collect()
}

/// Holds a map against whole evaluations on a grid that is no multiple of anything in the data.
fn as_by_force(base: &Base, map: &Mapped, parts: i64) {
    let [first, second] = &map.overs;
    let value = |over: &Over, part: i64| {
        let way = over.to.minus(over.from).unwrap().times(Number::ratio(part, parts).unwrap()).unwrap();
        over.from.plus(way).unwrap().round(6).unwrap()
    };
    for x in 0..=parts {
        for y in 0..=parts {
            let (a, b) = (value(first, x), value(second, y));
            let edits = [(first, a), (second, b)].map(|(over, at)| format!("{}={}", over.path, over.written(at)));
            let world = after(base, &asked(&edits.each_ref().map(String::as_str), &[]).changes);
            let ran = base.run(&world).unwrap_or_else(|faults| panic!("{edits:?}: {}", told(&faults)));
            let class = map.at([a, b]).unwrap_or_else(|| panic!("{edits:?} lies in no cell"));
            assert_eq!(map.classes[class], winners(&ran.outcome), "{edits:?}");
        }
    }
}

#[test]
fn every_cell_says_what_an_evaluation_inside_it_says() {
    let base = base(Path::new(LAO_CAI));
    let texts = ["params.large_firm=22..25", "criteria.union_coverage.at_least=94%..95%"];
    let forth = mapped(&base, texts, MOST_CELLS);
    assert!(forth.exact && forth.cut.is_none(), "{:?}", forth.warnings);
    assert!(forth.strips.len() > 1 && forth.classes.len() > 1, "{:?}", forth.strips);
    as_by_force(&base, &forth, 6);
    assert_eq!(forth.today_is().map(|class| forth.classes[class].clone()), Some(winners(&base.outcome)));
    // What is measured hangs on the param: whichever is named first, the param cuts the strips.
    let [a, b] = texts;
    let back = mapped(&base, [b, a], MOST_CELLS);
    assert!(back.exact);
    assert_eq!(back.strips, forth.strips);
}

#[test]
fn two_targets_and_a_quota_make_maps_too() {
    let base = base(Path::new(LAO_CAI));
    let targets = ["criteria.agency_conference.at_least=99.9%..100%", "criteria.union_coverage.at_least=96.5%..96.8%"];
    let quota = ["awards.flag.quota.0.at_most=0..3", "criteria.good_base_unions.at_least=89.8%..90.4%"];
    let map = mapped(&base, targets, MOST_CELLS);
    assert!(map.exact, "{:?}", map.warnings);
    as_by_force(&base, &map, 5);
    let map = mapped(&base, quota, MOST_CELLS);
    assert!(map.exact && map.classes.len() > 1, "{:?}", map.warnings);
    as_by_force(&base, &map, 3);
}

#[test]
fn a_map_that_is_cut_says_where() {
    let base = base(Path::new(LAO_CAI));
    let texts = ["params.large_firm=20..30", "criteria.union_coverage.at_least=94%..95%"];
    let map = mapped(&base, texts, 1_500);
    let cut = map.cut.expect("it is cut");
    assert!(
        map.evaluations <= 1_500 && Number::whole(20) < cut && cut < Number::whole(30),
        "{} {cut}",
        map.evaluations
    );
    assert_eq!(map.strips.last().map(|strip| strip.to.at), Some(cut));
    assert_eq!(map.warnings.iter().map(thidua::diagnostic::Diagnostic::code).collect::<Vec<_>>(), ["map-cut"]);
    assert_eq!(map.at([Number::whole(30), Number::ONE]), None);
}

#[test]
fn weights_that_hang_on_each_other_are_not_called_proved() {
    let base = base(Path::new(LAO_CAI));
    let texts = ["criteria.union_coverage.points.max=19.9..20", "criteria.agency_conference.points.max=19.9..20"];
    let map = mapped(&base, texts, 200);
    assert!(!map.exact && !map.strips.is_empty());
    assert!(map.warnings.iter().any(|fault| fault.code() == "map-not-proved"), "{:?}", map.warnings);
}
