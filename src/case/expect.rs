//! What came out, held against what a case says.

use crate::diagnostic::Language;
use crate::document::{Content, Node};
use crate::evaluate::{GroupSum, Judgement, LevelOutcome, Measured, Outcome, Ranking, Sums, UnitOutcome};
use crate::source::Place;
use crate::value::{Number, Parts, Possible};

use super::read::{Case, Expectation, entries};

/// Something that came out differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What: `union_coverage.verdict`.
    pub path: String,
    /// What the case says.
    pub expected: String,
    /// What came out; empty if nothing did.
    pub found: String,
    /// Where the case says so.
    pub place: Place,
}

pub(super) fn compare(case: &Case, outcome: &Outcome) -> Vec<Mismatch> {
    let Some((level, unit)) = looked_at(case, outcome) else {
        let found = outcome.levels.iter().map(|level| level.id.as_str()).collect::<Vec<_>>().join(", ");
        let expected = case.unit.clone().or(case.level.clone()).unwrap_or_else(|| "a unit".into());
        return vec![Mismatch { path: "unit".into(), expected, found, place: case.place.clone() }];
    };
    let mut mismatches = Vec::new();
    for expectation in &case.expect {
        let Some(named) = named(expectation, outcome, level, &unit) else {
            mismatches.push(unknown(expectation, level));
            continue;
        };
        for entry in entries(Some(&expectation.values)) {
            let found = match &named {
                Named::Unit(level, unit) => of_unit(&expectation.criterion, &entry.key, &entry.node, level, unit),
                Named::Criterion(judgement) => {
                    let path = format!("{}.{}", expectation.criterion, entry.key);
                    mismatch(path, &entry.node, judged(judgement, &entry.key)).into_iter().collect()
                }
            };
            mismatches.extend(found);
        }
    }
    for entry in entries(case.expect_unit.as_ref()) {
        mismatches.extend(of_unit("", &entry.key, &entry.node, level, &unit));
    }
    mismatches
}

fn looked_at<'o>(case: &Case, outcome: &'o Outcome) -> Option<(&'o LevelOutcome, UnitOutcome<'o>)> {
    let level = match &case.level {
        Some(id) => outcome.levels.iter().find(|level| level.id == *id)?,
        // The whole has one unit that is called like its level; other levels are looked at first.
        None => outcome
            .levels
            .iter()
            .find(|level| level.units.iter().any(|unit| unit.id != level.id))
            .or(outcome.levels.first())?,
    };
    let unit = match &case.unit {
        Some(id) => level.unit(id)?,
        None => level.units.first()?,
    };
    Some((level, unit))
}

/// What an expectation is about.
enum Named<'o> {
    Unit(&'o LevelOutcome, Box<UnitOutcome<'o>>),
    Criterion(Box<Judgement>),
}

/// The unit, the criterion of the unit that is looked at, or the criterion of a unit that is named.
fn named<'o>(
    expectation: &Expectation,
    outcome: &'o Outcome,
    level: &'o LevelOutcome,
    unit: &UnitOutcome<'o>,
) -> Option<Named<'o>> {
    let name = expectation.criterion.as_str();
    if expectation.of_unit {
        return find(name, outcome, level).map(|(level, unit)| Named::Unit(level, Box::new(unit)));
    }
    let of_unit = |level: &LevelOutcome, unit: &UnitOutcome<'o>, id: &str| {
        unit.criteria.get(level.criteria.iter().position(|criterion| criterion.id == id)?)
    };
    let own = of_unit(level, unit, name);
    let other = || {
        let mut dots = name.match_indices('.').map(|(at, _)| (&name[..at], &name[at + 1..]));
        dots.find_map(|(of, criterion)| {
            let (level, unit) = find(of, outcome, level)?;
            of_unit(level, &unit, criterion)
        })
    };
    own.or_else(other).map(|judgement| Named::Criterion(Box::new(judgement)))
}

/// A unit by its id: one of the level that is looked at, else one of another.
fn find<'o>(id: &str, outcome: &'o Outcome, level: &'o LevelOutcome) -> Option<(&'o LevelOutcome, UnitOutcome<'o>)> {
    let mut levels = std::iter::once(level).chain(&outcome.levels);
    levels.find_map(|level| Some((level, level.unit(id)?)))
}

/// That something is named which is not there.
fn unknown(expectation: &Expectation, level: &LevelOutcome) -> Mismatch {
    let units = level.units.ids();
    let criteria = level.criteria.iter().map(|criterion| criterion.id.as_str());
    let known: Vec<_> = if expectation.of_unit { units.collect() } else { criteria.chain(units).collect() };
    let path = if expectation.of_unit { "unit" } else { "criterion" };
    Mismatch {
        path: path.into(),
        expected: expectation.criterion.clone(),
        found: known.join(", "),
        place: expectation.place.clone(),
    }
}

fn of_unit(name: &str, key: &str, node: &Node, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> Vec<Mismatch> {
    let path = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match key {
        "awards" => {
            let compared = entries(Some(node)).filter_map(|entry| {
                let at = level.awards.iter().position(|award| award.id == entry.key);
                let found = at.and_then(|at| unit.awards.get(at)).map(|award| award.verdict.id().to_owned());
                mismatch(path(&format!("awards.{}", entry.key)), &entry.node, found)
            });
            return compared.collect();
        }
        "groups" => {
            let compared = entries(Some(node)).flat_map(|entry| {
                let at = level.groups.iter().position(|group| group.id == entry.key);
                let group = at.and_then(|at| unit.groups.iter().find(|sum| sum.group == at));
                of_group(&path(&format!("groups.{}", entry.key)), &entry.node, group)
            });
            return compared.collect();
        }
        _ => {}
    }
    let number = |number: Option<Number>| number.map(|number| number.to_string());
    let rank = unit.rank.as_ref();
    let found = match key {
        "score" => number(unit.score.and_then(|score| score.value())),
        "score_least" => number(unit.score.and_then(|score| score.least)),
        "score_greatest" => number(unit.score.and_then(|score| score.greatest)),
        "score_of" => number(unit.score.map(|score| score.of)),
        "rank" if rank.is_none() && level.settings.ties.is_some() => Some("none".into()),
        "rank" => rank.and_then(Ranking::place).map(|place| place.to_string()),
        "rank_best" => rank.map(|rank| rank.best.to_string()),
        "rank_worst" => rank.map(|rank| rank.worst.to_string()),
        "tied" => rank.map(|rank| rank.tied.to_string()),
        "grade" => unit.grade.and_then(|grade| grade.id.clone()),
        _ => None,
    };
    mismatch(path(key), node, found).into_iter().collect()
}

/// What a group of points gives: all together, or pot by pot.
fn of_group(path: &str, node: &Node, group: Option<&GroupSum>) -> Vec<Mismatch> {
    let ends = group.map(|group| [group.least[1], group.greatest[1]]);
    let of = |read: fn(&Sums) -> Number| {
        let [least, greatest] = ends.map(|ends| ends.map(|sums| read(&sums)))?;
        (least == greatest).then(|| least.to_string())
    };
    let Some(table) = node.table() else { return mismatch(path.to_owned(), node, of(together)).into_iter().collect() };
    let compared = table.iter().filter_map(|entry| {
        let found = match entry.key.as_str() {
            "points" => of(|sums| sums.base),
            "bonus" => of(|sums| sums.bonus),
            "penalty" => of(|sums| sums.penalty),
            "least" => ends.map(|[least, _]| together(&least).to_string()),
            _ => ends.map(|[_, greatest]| together(&greatest).to_string()),
        };
        mismatch(format!("{path}.{}", entry.key), &entry.node, found)
    });
    compared.collect()
}

/// All pots of a group; they were added up before, so they can be.
fn together(sums: &Sums) -> Number {
    sums.base.plus(sums.bonus).and_then(|sum| sum.plus(sums.penalty)).unwrap_or(Number::ZERO)
}

fn mismatch(path: String, node: &Node, found: Option<String>) -> Option<Mismatch> {
    let expected = expected(node);
    let found = found.unwrap_or_default();
    (expected != found).then(|| Mismatch { path, expected, found, place: node.place.clone() })
}

/// What a case says, as values are written here: a percentage is the number that it is.
fn expected(node: &Node) -> String {
    match &node.content {
        Content::Text(text) => Number::parse_percentage(text).map_or_else(|| text.clone(), |it| it.to_string()),
        _ => node.to_string(),
    }
}

fn judged(judgement: &Judgement, key: &str) -> Option<String> {
    let tally = match &judgement.measured {
        Measured::Fraction(fraction) => {
            if let Parts::Rows(tally) = fraction.parts {
                Some(tally)
            } else {
                None
            }
        }
        _ => None,
    };
    let points = judgement.points;
    Some(match key {
        "verdict" => judgement.verdict.id().into(),
        "so_far" => judgement.so_far?.id().into(),
        "met" => tally?.met.to_string(),
        "of" => tally?.of().to_string(),
        "unknown" => tally?.unknown().to_string(),
        "points" => points.filter(|points| points.least == points.greatest)?.least.to_string(),
        "points_least" => points?.least.to_string(),
        "points_greatest" => points?.greatest.to_string(),
        end => value(&judgement.measured, end)?,
    })
}

/// The one value, or one end of what is possible.
fn value(measured: &Measured, end: &str) -> Option<String> {
    fn of<T: Copy + Ord>(value: &Possible<T>, end: &str, written: impl Fn(T) -> String) -> Option<String> {
        match end {
            "value" if value.is_none() => Some("none".into()),
            "value" => value.value().map(written),
            "least" => value.least().map(written),
            _ => value.greatest().map(written),
        }
    }
    match measured {
        Measured::Fraction(fraction) => of(&fraction.number(), end, |number| number.to_string()),
        Measured::Number(number) => of(number, end, |number| number.to_string()),
        Measured::Day(day) => of(day, end, |day| day.to_string()),
        Measured::Flag(flag) => of(flag, end, |flag| flag.to_string()),
        Measured::Category(code, words) => {
            of(code, end, |code| words.get(code).map(|word| word.id.clone()).unwrap_or_default())
        }
        Measured::Text(text) => text.clone(),
        Measured::Nothing => None,
    }
}

/// One line: what, what it should be, what it is.
impl Mismatch {
    /// The line in a language.
    #[must_use]
    pub fn line(&self, language: Language) -> String {
        let (expected, found) = match language {
            Language::En => ("expected", "found"),
            Language::Vi => ("mong đợi", "nhận được"),
        };
        let nothing = if language == Language::En { "nothing" } else { "không có gì" };
        let came = if self.found.is_empty() { nothing } else { &self.found };
        format!("{}: {expected} {}, {found} {came}", self.path, self.expected)
    }
}
