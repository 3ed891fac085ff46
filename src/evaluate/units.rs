//! What an evaluation says of the units of a level: columns, of which a line is put together when it is asked for.

use std::collections::BTreeMap;

use crate::data::Texts;
use crate::value::Truth;

use super::awarded::AwardOutcome;
use super::columns::{Grow, Uniform};
use super::judgements::Judgements;
use super::outcome::{
    Bar, Earns, GradeOutcome, GroupSum, Judgement, Measured, Otherwise, Points, Ranking, Score, Timing, Verdict,
};
use super::standings::{Ranks, Scores};

/// What an evaluation says of the units of a level.
///
/// ```
/// use thidua::load::{self, Request};
///
/// let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() }).expect("sound");
/// let unions = run.outcome.level("unions").expect("it is judged");
/// let first = unions.units.iter().find(|unit| unit.rank.as_ref().is_some_and(|rank| rank.best == 1));
/// let first = first.expect("somebody is the first");
/// assert_eq!(unions.unit(first.id), Some(first));
/// ```
#[derive(Clone, Default)]
pub struct Units {
    pub(super) rows: Vec<usize>,
    pub(super) ids: Texts,
    /// What people call them; blank for whom nobody calls by a name.
    pub(super) names: Names,
    pub(super) clusters: Names,
    /// By criterion.
    pub(super) criteria: Vec<Judgements>,
    pub(super) scores: Scores,
    pub(super) ranks: Ranks,
    /// What must hold for a unit to be ranked, and does not, or perhaps does not.
    pub(super) unranked: BTreeMap<usize, Vec<(String, Truth)>>,
    pub(super) grades: Vec<Option<GradeOutcome>>,
    /// By award.
    pub(super) awards: Vec<Vec<Option<AwardOutcome>>>,
    /// By unit, on levels with groups of points.
    pub(super) groups: Vec<Vec<GroupSum>>,
    /// What some of them earn under other readings.
    pub(super) otherwise: BTreeMap<usize, Vec<Otherwise<Earns>>>,
}

/// Names, where there are some.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    known: Uniform<bool>,
    texts: Texts,
}

impl Names {
    pub fn get(&self, at: usize) -> Option<&str> {
        if *self.known.get(at)? { self.texts.get(at) } else { None }
    }

    pub fn push(&mut self, name: Option<&str>) {
        self.known.push(name.is_some());
        self.texts.push(name.unwrap_or_default());
    }
}

/// What an evaluation says of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitOutcome<'o> {
    /// The row in its table; 0 for the whole.
    pub row: usize,
    /// The key; the id of the level for the whole.
    pub id: &'o str,
    /// The name that people use, if the table has one.
    pub name: Option<&'o str>,
    /// The cluster, if it is known.
    pub cluster: Option<&'o str>,
    /// One judgement for each criterion.
    pub criteria: UnitCriteria<'o>,
    /// The score, on levels that score.
    pub score: Option<Score>,
    /// The rank, on levels that rank; units without a cluster have none where there are clusters.
    pub rank: Option<Ranking>,
    /// What must hold for it to be ranked, and does not, or perhaps does not.
    pub unranked: &'o [(String, Truth)],
    /// The grade, on levels that grade.
    pub grade: Option<&'o GradeOutcome>,
    /// One decision for each award; nothing for an award that the unit cannot win.
    pub awards: UnitAwards<'o>,
    /// What the groups give in which its points add up; nothing where there are none, or no score.
    pub groups: &'o [GroupSum],
    /// What it earns under other readings, where that is something else.
    pub otherwise: &'o [Otherwise<Earns>],
}

/// What is to be said of a unit, one by one: what [`Units`] are made of where nothing evaluates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnitLine {
    /// The row in its table; 0 for the whole.
    pub row: usize,
    /// The key; the id of the level for the whole.
    pub id: String,
    /// The name that people use, if the table has one.
    pub name: Option<String>,
    /// The cluster, if it is known.
    pub cluster: Option<String>,
    /// One judgement for each criterion.
    pub criteria: Vec<Judgement>,
    /// The score, on levels that score.
    pub score: Option<Score>,
    /// The rank, on levels that rank.
    pub rank: Option<Ranking>,
    /// What must hold for it to be ranked, and does not, or perhaps does not.
    pub unranked: Vec<(String, Truth)>,
    /// The grade, on levels that grade.
    pub grade: Option<GradeOutcome>,
    /// One decision for each award; nothing for an award that the unit cannot win.
    pub awards: Vec<Option<AwardOutcome>>,
    /// What the groups give in which its points add up.
    pub groups: Vec<GroupSum>,
    /// What it earns under other readings, where that is something else.
    pub otherwise: Vec<Otherwise<Earns>>,
}

impl Units {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What is said of a unit, by its position.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<UnitOutcome<'_>> {
        Some(UnitOutcome {
            row: *self.rows.get(at)?,
            id: self.ids.get(at)?,
            name: self.names.get(at),
            cluster: self.clusters.get(at),
            criteria: UnitCriteria { units: self, at },
            score: self.scores.get(at),
            rank: self.ranks.get(at),
            unranked: self.unranked.get(&at).map(Vec::as_slice).unwrap_or_default(),
            grade: self.grades.get(at).and_then(Option::as_ref),
            awards: UnitAwards { units: self, at },
            groups: self.groups.get(at).map(Vec::as_slice).unwrap_or_default(),
            otherwise: self.otherwise.get(&at).map(Vec::as_slice).unwrap_or_default(),
        })
    }

    /// What is said of the first unit.
    #[must_use]
    pub fn first(&self) -> Option<UnitOutcome<'_>> {
        self.get(0)
    }

    /// The units, in the order of their table.
    #[must_use]
    pub fn iter(&self) -> UnitsIter<'_> {
        UnitsIter { units: self, next: 0 }
    }

    /// What is said of each unit, by itself.
    pub fn lines(&self) -> impl Iterator<Item = UnitLine> {
        self.iter().map(|unit| unit.to_line())
    }

    /// The ids, in the order of the table.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter()
    }

    /// The position of a unit, by its id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.ids.iter().position(|other| other == id)
    }

    /// Only the units that are chosen stay.
    pub fn retain(&mut self, keep: impl Fn(&UnitOutcome<'_>) -> bool) {
        let chosen: Vec<usize> = self.iter().enumerate().filter(|(_, unit)| keep(unit)).map(|(at, _)| at).collect();
        if chosen.len() < self.len() {
            *self = self.select(&chosen);
        }
    }

    /// Only the criteria whose flag is set stay.
    pub fn retain_criteria(&mut self, kept: &[bool]) {
        let mut flags = kept.iter();
        self.criteria.retain(|_| flags.next().copied().unwrap_or(false));
        // Where each of those that stay stands then.
        let stays = |at: usize| kept.get(at).copied().unwrap_or(false);
        let moved = |at: usize| stays(at).then(|| (0..at).filter(|before| stays(*before)).count());
        for points in self.otherwise.values_mut().flatten().map(|other| &mut other.result.points) {
            *points = points.iter().filter_map(|(at, points)| Some((moved(*at)?, *points))).collect();
        }
    }

    fn select(&self, chosen: &[usize]) -> Self {
        let names = |names: &Names| {
            let mut some = Names::default();
            for at in chosen {
                some.push(names.get(*at));
            }
            some
        };
        let mut ids = Texts::default();
        chosen.iter().filter_map(|at| self.ids.get(*at)).for_each(|id| ids.push(id));
        let unranked = chosen.iter().enumerate().filter_map(|(new, at)| Some((new, self.unranked.get(at)?.clone())));
        let otherwise = chosen.iter().enumerate().filter_map(|(new, at)| Some((new, self.otherwise.get(at)?.clone())));
        Self {
            rows: chosen.iter().filter_map(|at| self.rows.get(*at)).copied().collect(),
            ids,
            names: names(&self.names),
            clusters: names(&self.clusters),
            criteria: self.criteria.iter().map(|column| column.select(chosen)).collect(),
            scores: self.scores.select(chosen),
            ranks: self.ranks.select(chosen),
            unranked: unranked.collect(),
            grades: chosen.iter().filter_map(|at| self.grades.get(*at)).cloned().collect(),
            awards: self
                .awards
                .iter()
                .map(|column| chosen.iter().filter_map(|at| column.get(*at)).cloned().collect())
                .collect(),
            groups: chosen.iter().filter_map(|at| self.groups.get(*at)).cloned().collect(),
            otherwise: otherwise.collect(),
        }
    }
}

impl Extend<UnitLine> for Units {
    /// All lines must have as many criteria and awards.
    fn extend<T: IntoIterator<Item = UnitLine>>(&mut self, lines: T) {
        for line in lines {
            let at = self.len();
            self.rows.push(line.row);
            self.ids.push(&line.id);
            self.names.push(line.name.as_deref());
            self.clusters.push(line.cluster.as_deref());
            self.criteria.resize_with(line.criteria.len().max(self.criteria.len()), Judgements::default);
            for (column, judgement) in self.criteria.iter_mut().zip(line.criteria) {
                column.push(judgement);
            }
            self.scores.push(line.score);
            self.ranks.push(line.rank);
            if !line.unranked.is_empty() {
                self.unranked.insert(at, line.unranked);
            }
            self.grades.push(line.grade);
            self.awards.resize_with(line.awards.len().max(self.awards.len()), Vec::new);
            for (column, award) in self.awards.iter_mut().zip(line.awards) {
                column.push(award);
            }
            self.groups.push(line.groups);
            if !line.otherwise.is_empty() {
                self.otherwise.insert(at, line.otherwise);
            }
        }
    }
}

impl FromIterator<UnitLine> for Units {
    fn from_iter<T: IntoIterator<Item = UnitLine>>(lines: T) -> Self {
        let mut units = Self::default();
        units.extend(lines);
        units
    }
}

impl PartialEq for Units {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other)
    }
}

impl std::fmt::Debug for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

impl<'o> IntoIterator for &'o Units {
    type Item = UnitOutcome<'o>;
    type IntoIter = UnitsIter<'o>;

    fn into_iter(self) -> UnitsIter<'o> {
        self.iter()
    }
}

/// The units of a level, one after the other.
#[derive(Clone, Debug)]
pub struct UnitsIter<'o> {
    units: &'o Units,
    next: usize,
}

impl<'o> Iterator for UnitsIter<'o> {
    type Item = UnitOutcome<'o>;

    fn next(&mut self) -> Option<UnitOutcome<'o>> {
        let unit = self.units.get(self.next)?;
        self.next += 1;
        Some(unit)
    }

    fn nth(&mut self, skipped: usize) -> Option<UnitOutcome<'o>> {
        self.next = self.next.saturating_add(skipped);
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.units.len().saturating_sub(self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for UnitsIter<'_> {}

impl<'o> UnitOutcome<'o> {
    /// The verdict on a criterion, by its id.
    #[must_use]
    pub fn verdict(&self, criterion: &str) -> Option<Verdict> {
        self.criteria.verdict(self.criteria.position(criterion)?)
    }

    /// All that is said of a criterion, by its id.
    #[must_use]
    pub fn judgement(&self, criterion: &str) -> Option<Judgement> {
        self.criteria.get(self.criteria.position(criterion)?)
    }

    /// What people call it: its name, else its id.
    #[must_use]
    pub fn called(&self) -> &'o str {
        self.name.unwrap_or(self.id)
    }

    /// The score under other readings, where it is another.
    #[must_use]
    pub fn score_otherwise(&self) -> Vec<Otherwise<Score>> {
        self.under(|earns| earns.score)
    }

    /// The grade under other readings, where it is another.
    #[must_use]
    pub fn grade_otherwise(&self) -> Vec<Otherwise<GradeOutcome>> {
        self.under(|earns| earns.grade.clone())
    }

    /// The points of a criterion under other readings, where they are others.
    #[must_use]
    pub fn points_otherwise(&self, criterion: usize) -> Vec<Otherwise<Points>> {
        self.under(|earns| earns.points.iter().find(|(at, _)| *at == criterion).map(|(_, points)| *points))
    }

    fn under<T>(&self, read: impl Fn(&Earns) -> Option<T>) -> Vec<Otherwise<T>> {
        let found =
            |other: &Otherwise<Earns>| Some(Otherwise { reading: other.reading.clone(), result: read(&other.result)? });
        self.otherwise.iter().filter_map(found).collect()
    }

    /// The same by itself.
    #[must_use]
    pub fn to_line(&self) -> UnitLine {
        UnitLine {
            row: self.row,
            id: self.id.to_owned(),
            name: self.name.map(str::to_owned),
            cluster: self.cluster.map(str::to_owned),
            criteria: self.criteria.iter().collect(),
            score: self.score,
            rank: self.rank.clone(),
            unranked: self.unranked.to_vec(),
            grade: self.grade.cloned(),
            awards: self.awards.iter().map(Option::<&AwardOutcome>::cloned).collect(),
            groups: self.groups.to_vec(),
            otherwise: self.otherwise.to_vec(),
        }
    }
}

/// The judgements of a unit, in the order of the level's criteria.
#[derive(Clone, Copy)]
pub struct UnitCriteria<'o> {
    units: &'o Units,
    at: usize,
}

impl<'o> UnitCriteria<'o> {
    /// How many there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.units.criteria.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.units.criteria.is_empty()
    }

    /// The position of a criterion, by its id; nothing where no evaluation said so.
    #[must_use]
    pub fn position(self, id: &str) -> Option<usize> {
        self.units.criteria.iter().position(|column| column.is_of(id))
    }

    /// The verdict on a criterion, by its position.
    #[must_use]
    pub fn verdict(self, criterion: usize) -> Option<Verdict> {
        self.units.criteria.get(criterion)?.verdict(self.at)
    }

    /// All that is said of a criterion, by its position.
    #[must_use]
    pub fn get(self, criterion: usize) -> Option<Judgement> {
        self.units.criteria.get(criterion)?.get(self.at)
    }

    /// Of what is not due, or perhaps not: what the verdict on a criterion would be today.
    #[must_use]
    pub fn so_far(self, criterion: usize) -> Option<Verdict> {
        self.units.criteria.get(criterion)?.so_far(self.at)
    }

    /// What a criterion measured.
    #[must_use]
    pub fn measured(self, criterion: usize) -> Option<Measured> {
        self.units.criteria.get(criterion)?.measured(self.at)
    }

    /// The bars that a measure was held against.
    #[must_use]
    pub fn target(self, criterion: usize) -> &'o [Bar] {
        self.units.criteria.get(criterion).map(|column| column.target(self.at)).unwrap_or_default()
    }

    /// How a day stands to its term.
    #[must_use]
    pub fn timing(self, criterion: usize) -> Option<Timing> {
        self.units.criteria.get(criterion)?.timing(self.at)
    }

    /// What a criterion earned.
    #[must_use]
    pub fn points(self, criterion: usize) -> Option<Points> {
        self.units.criteria.get(criterion)?.points(self.at)
    }

    /// Whether the verdict on a criterion is provisional.
    #[must_use]
    pub fn is_provisional(self, criterion: usize) -> bool {
        self.units.criteria.get(criterion).is_some_and(|column| column.is_provisional(self.at))
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Judgement> + use<'o> {
        self.units.criteria.iter().filter_map(move |column| column.get(self.at))
    }

    /// The verdicts, one after the other.
    pub fn verdicts(self) -> impl Iterator<Item = Verdict> + use<'o> {
        self.units.criteria.iter().filter_map(move |column| column.verdict(self.at))
    }
}

impl PartialEq for UnitCriteria<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for UnitCriteria<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// The decisions on the awards of a unit, in the order of the level's awards.
#[derive(Clone, Copy)]
pub struct UnitAwards<'o> {
    units: &'o Units,
    at: usize,
}

impl<'o> UnitAwards<'o> {
    /// How many awards there are.
    #[must_use]
    pub fn len(self) -> usize {
        self.units.awards.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.units.awards.is_empty()
    }

    /// The decision on an award, by its position; nothing for one that the unit cannot win.
    #[must_use]
    pub fn get(self, award: usize) -> Option<&'o AwardOutcome> {
        self.units.awards.get(award)?.get(self.at)?.as_ref()
    }

    /// One after the other.
    pub fn iter(self) -> impl Iterator<Item = Option<&'o AwardOutcome>> + use<'o> {
        self.units.awards.iter().filter_map(move |column| Some(column.get(self.at)?.as_ref()))
    }
}

impl PartialEq for UnitAwards<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl std::fmt::Debug for UnitAwards<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
