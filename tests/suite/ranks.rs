//! Ranks, ties and quotas against their definitions, tried on small random clusters.

use std::cmp::{Ordering, Reverse};

use thidua::evaluate::{AwardVerdict, Measured, UnitLine};
use thidua::value::{Number, Possible};

use crate::campaigns::{Campaign, Dice, Evaluated, Rows, UNKNOWN};

/// Units with two keys, ranked by the first upwards and by the second downwards; nothing comes last in both.
fn campaign(ties: &str, quota: usize) -> Campaign {
    let toml = format!(
        r#"
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code    = {{ type = "text" }}
cluster = {{ type = "choice", values = ["A", "B"] }}
first   = {{ type = "number", min = 0, max = 2, blank = "none" }}
second  = {{ type = "number", min = 0, max = 2 }}
clean   = {{ type = "flag" }}
[levels.units]
table   = "units"
cluster = "cluster"
rank    = {{ by = ["first desc", "second asc"], ties = "{ties}", clause = "1" }}
[defaults.criteria]
levels = ["units"]
clause = "1"
[criteria.first]
column = "first"
[criteria.second]
column = "second"
[awards.prize]
levels   = ["units"]
requires = ["clean"]
by       = ["first desc", "second asc"]
quota    = [{{ at_most = {quota}, per = "cluster", clause = "1" }}]
"#
    );
    Campaign::new(&toml, "fn clean() { unit.clean }")
}

const TIES: [&str; 5] = ["competition", "modified", "dense", "fractional", "total"];

/// A unit whose keys are known.
#[derive(Clone, Debug)]
struct Known {
    cluster: &'static str,
    first: Option<u8>,
    second: u8,
    clean: bool,
}

impl Known {
    fn random(dice: &mut Dice) -> Self {
        let value = |dice: &mut Dice| u8::try_from(dice.below(3)).expect("it is small");
        Self {
            cluster: *dice.pick(&["A", "A", "B", ""]),
            first: (!dice.percent(15)).then(|| value(dice)),
            second: value(dice),
            clean: dice.percent(70),
        }
    }

    fn row(&self, at: usize) -> String {
        let first = self.first.map_or(String::new(), |first| first.to_string());
        format!("u{at},{},{first},{},{}", self.cluster, self.second, self.clean)
    }

    /// Least is best.
    fn order(&self) -> (Reverse<Option<u8>>, u8) {
        (Reverse(self.first), self.second)
    }

    fn against(&self, other: &Self) -> Ordering {
        self.order().cmp(&other.order())
    }
}

/// The place of a unit among those of its cluster, by definition.
fn place(mine: &Known, cluster: &[&Known], ties: &str) -> usize {
    let before = cluster.iter().filter(|other| other.against(mine) == Ordering::Less);
    match ties {
        "competition" | "fractional" | "total" => 1 + before.count(),
        "modified" => cluster.iter().filter(|other| other.against(mine) != Ordering::Greater).count(),
        _ => {
            let mut orders: Vec<_> = before.map(|other| other.order()).collect();
            orders.sort_unstable();
            orders.dedup();
            1 + orders.len()
        }
    }
}

fn decision(mine: &Known, cluster: &[&Known], quota: usize) -> AwardVerdict {
    let field = || cluster.iter().filter(|other| other.clean);
    let before = field().filter(|other| other.against(mine) == Ordering::Less).count();
    let level = field().filter(|other| other.against(mine) == Ordering::Equal).count();
    match () {
        () if !mine.clean => AwardVerdict::NotEligible,
        () if before + level <= quota => AwardVerdict::Granted,
        () if before >= quota => AwardVerdict::Eligible,
        () => AwardVerdict::TiedAtCut,
    }
}

fn rows(units: &[Known]) -> Rows {
    Rows::default().with("units", units.iter().enumerate().map(|(at, unit)| unit.row(at)))
}

fn line(evaluated: &Evaluated, at: usize) -> UnitLine {
    evaluated.outcome.levels[0].units.get(at).expect("it is there").to_line()
}

fn units(evaluated: &Evaluated) -> Vec<UnitLine> {
    evaluated.outcome.levels[0].units.lines().collect()
}

fn award(unit: &UnitLine) -> AwardVerdict {
    unit.awards[0].as_ref().expect("everybody may win it").verdict
}

fn random_units(dice: &mut Dice) -> Vec<Known> {
    (0..=dice.below(9)).map(|_| Known::random(dice)).collect()
}

#[test]
fn known_ranks_and_quotas_are_what_they_are_defined_to_be() {
    for ties in TIES {
        for quota in 0..3 {
            let campaign = campaign(ties, quota);
            for seed in 0..40 {
                let known = random_units(&mut Dice(seed));
                let evaluated = campaign.evaluate(&rows(&known));
                for (mine, unit) in known.iter().zip(units(&evaluated)) {
                    let what = format!("seed {seed}, {ties}, quota {quota}: {} of {known:?}", unit.id);
                    let cluster: Vec<&Known> = known.iter().filter(|other| other.cluster == mine.cluster).collect();
                    if mine.cluster.is_empty() {
                        assert_eq!(unit.rank, None, "{what}");
                        // Outside the quotas per cluster, nobody chooses.
                        let expected = if mine.clean { AwardVerdict::Eligible } else { AwardVerdict::NotEligible };
                        assert_eq!(award(&unit), expected, "{what}");
                        continue;
                    }
                    let rank = unit.rank.as_ref().expect("it has a cluster");
                    let place = place(mine, &cluster, ties);
                    let level = cluster.iter().filter(|other| other.against(mine) == Ordering::Equal).count();
                    let parted = cluster.iter().any(|other| other.first == mine.first && other.second != mine.second);
                    let places = if ties == "total" { (place, place + level - 1) } else { (place, place) };
                    assert_eq!((rank.best, rank.worst, rank.tied), (places.0, places.1, level > 1), "{what}");
                    let mean = Number::whole(i64::try_from(2 * place + level - 1).unwrap()).over(Number::whole(2));
                    let shared = ties == "fractional" && level > 1;
                    assert_eq!(rank.mean, shared.then(|| mean.unwrap()), "{what}");
                    assert_eq!(rank.tie_broken_by.as_deref(), parted.then_some("second"), "{what}");
                    assert_eq!(award(&unit), decision(mine, &cluster, quota), "{what}");
                }
                let outside = known.iter().filter(|unit| unit.cluster.is_empty()).count();
                let told = evaluated.codes().iter().filter(|code| **code == "unit-without-cluster").count();
                assert_eq!(told, outside, "seed {seed}");
            }
        }
    }
}

/// Every way to know what is unknown of some units; each unknown key has three values, and the first may be none.
fn completions(rows: &Rows) -> Vec<Rows> {
    let mut done = vec![rows.clone()];
    for (table, row, column) in rows.unknown() {
        let values: &[&str] = match column {
            2 => &["0", "1", "2", ""],
            3 => &["0", "1", "2"],
            _ => &["true", "false"],
        };
        let fill = |rows: &Rows| {
            let with = |value: &&str| {
                let mut rows = rows.clone();
                rows.set(&table, row, column, value);
                rows
            };
            values.iter().map(with).collect::<Vec<_>>()
        };
        done = done.iter().flat_map(fill).collect();
    }
    done
}

fn rounded_up(mean: Number) -> usize {
    let whole = mean.floor().to_whole().expect("it is small");
    usize::try_from(whole).expect("it is a place") + usize::from(mean != mean.floor())
}

#[test]
fn open_ranks_and_quotas_hold_whatever_turns_out() {
    for ties in TIES {
        let campaign = campaign(ties, 1);
        for seed in 0..25 {
            let mut dice = Dice(seed);
            let known: Vec<Known> =
                (0..2 + dice.below(4)).map(|_| Known { cluster: "A", ..Known::random(&mut dice) }).collect();
            let mut rows = rows(&known);
            for _ in 0..=dice.below(3) {
                rows.set("units", dice.below(known.len()), 2 + dice.below(3), UNKNOWN);
            }
            let open = campaign.evaluate(&rows);
            let completed: Vec<Evaluated> = completions(&rows).iter().map(|rows| campaign.evaluate(rows)).collect();
            for (at, unit) in units(&open).iter().enumerate() {
                let what = format!("seed {seed}, {ties}: {} of {rows:?}", unit.id);
                let rank = unit.rank.as_ref().expect("it has a cluster");
                let places = || completed.iter().filter_map(|evaluated| line(evaluated, at).rank.clone());
                let best = places().map(|rank| rank.best).min().unwrap_or(0);
                let worst = places().map(|rank| rank.mean.map_or(rank.worst, rounded_up)).max().unwrap_or(0);
                let own_worst = rank.mean.map_or(rank.worst, rounded_up);
                assert!(rank.best <= best && worst <= own_worst, "{best} to {worst}, not {rank:?}: {what}");
                if ties == "competition" {
                    assert_eq!((rank.best, rank.worst), (best, worst), "{what}");
                }
                let decisions: Vec<AwardVerdict> =
                    completed.iter().map(|evaluated| award(&line(evaluated, at))).collect();
                let told = award(unit);
                assert!(
                    told == AwardVerdict::Undetermined || decisions.iter().all(|exact| *exact == told),
                    "{told:?} of {decisions:?}: {what}"
                );
            }
        }
    }
}

#[test]
fn a_tie_at_the_cut_is_shown_and_never_broken() {
    let rows = |last: &str| Rows::default().with("units", ["a,A,2,0,true", "b,A,1,0,true", "c,A,1,0,true", last]);
    let decisions = |quota, last| {
        let evaluated = campaign("competition", quota).evaluate(&rows(last));
        units(&evaluated).iter().map(|unit| award(unit).id()).collect::<Vec<_>>()
    };
    assert_eq!(decisions(2, "d,A,0,0,true"), ["granted", "tied_at_cut", "tied_at_cut", "eligible"]);
    assert_eq!(decisions(3, "d,A,0,0,true"), ["granted", "granted", "granted", "eligible"]);
    assert_eq!(decisions(2, "d,A,2,0,true"), ["granted", "eligible", "eligible", "granted"]);
    // The other unit may turn out to be before the two that are equal, or not eligible at all.
    assert_eq!(decisions(2, "d,A,?,0,true"), ["granted", "undetermined", "undetermined", "undetermined"]);
    assert_eq!(decisions(2, "d,A,0,0,?"), ["granted", "tied_at_cut", "tied_at_cut", "undetermined"]);
}

#[test]
fn those_beside_an_open_place_are_named_twenty_at_most_and_the_rest_counted() {
    // One surely before them, 30 that share the places that are left, one behind them, and one that may be anywhere.
    let level = (0..30).map(|at| format!("m{at:02},A,1,0,true"));
    let others = ["a,A,2,0,true", "x,A,0,0,true", "z,A,?,0,true"].map(String::from);
    let rows = Rows::default().with("units", others.into_iter().chain(level));
    let evaluated = campaign("competition", 5).evaluate(&rows);
    let beside = |id: &str| {
        let unit = evaluated.outcome.levels[0].unit(id).expect("it is there");
        unit.awards.get(0).expect("everybody may win it").beside.clone()
    };
    let named: Vec<String> = (1..=20).map(|at| format!("m{at:02}")).collect();
    assert_eq!((&beside("m00").units, beside("m00").more), (&named, 10), "nine more of the thirty, and z");
    assert_eq!((&beside("a").units, beside("a").more), (&vec![], 0), "its place is sure");
    assert_eq!((&beside("x").units, beside("x").more), (&vec![], 0), "it surely has none");
}

/// A cluster is named by a column, which may lead to a row: those whose links lead to the same row are in one cluster. A
/// key may be a column too, and what comes before the score is shown.
#[test]
fn a_link_names_a_cluster_by_the_row_that_it_leads_to() {
    let toml = r#"
[tables.forms]
file = "forms.csv"
key  = "code"
[tables.forms.columns]
code = { type = "text" }
[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code = { type = "text" }
form = { type = "link", to = "forms" }
mark = { type = "number", min = 0, max = 10 }
[levels.units]
table   = "units"
cluster = "form"
rank    = { by = ["mark desc"], ties = "competition", clause = "1" }
[criteria.beside_the_best]
levels = ["units"]
clause = "1"
"#;
    let rules = "fn beside_the_best() { (unit.peers.max(|p| p.mark) ?? 0) - unit.mark }";
    let rows = Rows::default().with("forms", ["x", "y"]).with("units", ["a,x,7", "b,x,9", "c,y,3", "d,y,?"]);
    let evaluated = Campaign::new(toml, rules).evaluate(&rows);
    assert_eq!(evaluated.codes(), [""; 0]);
    let seen = |unit: &str| {
        let found = evaluated.unit("units", unit);
        let rank = found.rank.as_ref().expect("it is ranked");
        (found.cluster.clone().expect("it is in a cluster"), rank.best, rank.worst, rank.keys.clone())
    };
    let known = |value| vec![Possible::known(Number::whole(value))];
    assert_eq!(seen("a"), ("x".into(), 2, 2, known(7)));
    assert_eq!(seen("b"), ("x".into(), 1, 1, known(9)));
    assert_eq!(seen("c"), ("y".into(), 1, 2, known(3)));
    let open = Possible::between(Some(Number::ZERO), Some(Number::whole(10)));
    assert_eq!(seen("d"), ("y".into(), 1, 2, vec![open]));
    let beside = |unit| match evaluated.judgement("units", unit, "beside_the_best").measured {
        Measured::Number(number) => number.value(),
        _ => None,
    };
    assert_eq!([beside("a"), beside("b")], [2, 0].map(|value| Some(Number::whole(value))));
}
