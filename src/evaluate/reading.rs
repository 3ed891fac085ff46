//! Where the verdict hangs on how an ambiguous clause is read.

use std::sync::Arc;

use crate::campaign::{self, Bound, Campaign, Criterion, Quantity, Reading, Value};
use crate::data::Dataset;
use crate::diagnostic::{Diagnostic, Wording, catalogue};
use crate::document::Node;
use crate::patch;
use crate::rule::{Cell, Comparison, compare};
use crate::schema::Title;
use crate::value::{Number, Possible, Truth};

use super::Options;
use super::awarded::AwardOutcome;
use super::judgements::Judgements;
use super::outcome::{
    Earns, Judgement, LevelOutcome, Measured, Otherwise, Outcome, Points, ReadingOutcome, Score, Verdict,
};
use super::passing::Counted;
use super::plan::Plan;
use super::reuse::{after, keep};
use super::standings::Ranks;
use super::units::Units;

/// A campaign under another reading of one of its clauses.
#[derive(Clone, Debug)]
pub struct Reinterpreted {
    /// The reading.
    pub reading: Reading,
    /// The campaign that it makes.
    pub campaign: Campaign,
}

/// The campaign under each of its readings.
///
/// # Errors
/// All faults of the readings.
pub fn readings(document: &Node, campaign: &Campaign) -> Result<Vec<Reinterpreted>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut readings = Vec::new();
    for reading in &campaign.readings {
        let mut other = document.clone();
        patch::apply_reading(&mut other, &reading.id, &mut faults);
        if faults.iter().any(Diagnostic::is_error) {
            continue;
        }
        if let Some(campaign) = campaign::read(&other, &mut faults) {
            readings.push(Reinterpreted { reading: reading.clone(), campaign });
        }
    }
    if faults.iter().any(Diagnostic::is_error) { Err(faults) } else { Ok(readings) }
}

/// Evaluates a campaign and each other reading of it on the same data, and marks each verdict, rank and decision that
/// would be another. What a reading does not reach is derived once for all; what was `counted` while tables passed, for
/// the campaign and for each reading, is taken over.
pub fn evaluate_readings(
    plan: &Arc<Plan>,
    readings: &[(Reading, Plan)],
    data: &Dataset,
    counted: &Counted,
    options: Options,
    faults: &mut Vec<Diagnostic>,
) -> Outcome {
    if readings.is_empty() {
        return after(plan, data, options, counted.of(0), faults);
    }
    let (mut outcome, kept) = keep(plan, data, options, counted.of(0), faults);
    for (at, (reading, plan)) in readings.iter().enumerate() {
        let mut found = Vec::new();
        let mut before = kept.unchanged(plan, data, options);
        before.iter_mut().zip(counted.of(at + 1)).for_each(|(slot, counted)| *slot = slot.take().or(counted));
        let other = after(plan, data, options, before, &mut found);
        let new: Vec<_> = found.into_iter().filter(|fault| !faults.contains(fault)).collect();
        faults.extend(new);
        let difference = mark(&mut outcome, reading, &other);
        outcome.readings.push(difference);
    }
    outcome
}

fn mark(outcome: &mut Outcome, reading: &Reading, other: &Outcome) -> ReadingOutcome {
    let mut found =
        ReadingOutcome { reading: reading.clone(), verdicts: 0, points: 0, scores: 0, grades: 0, ranks: 0, awards: 0 };
    for level in &mut outcome.levels {
        let Some(there) = other.levels.iter().find(|there| there.id == level.id) else { continue };
        let criterion = |id: &String| there.criteria.iter().position(|head| head.id == *id);
        let award = |id: &String| there.awards.iter().position(|head| head.id == *id);
        let criteria: Vec<_> = level.criteria.iter().map(|head| criterion(&head.id)).collect();
        let awards: Vec<_> = level.awards.iter().map(|head| award(&head.id)).collect();
        let mut change = Change { reading, found: &mut found };
        for (here, there_at) in pairs(&level.units, &there.units) {
            change.earns(&mut level.units, here, (&there.units, there_at), &criteria);
            for (at, other) in criteria.iter().enumerate() {
                let verdict = other.and_then(|other| there.units.criteria.get(other)?.verdict(there_at));
                change.verdict(level.units.criteria.get_mut(at), here, verdict);
            }
            change.rank(&mut level.units.ranks, here, there.units.ranks.places(there_at));
            for (column, other) in level.units.awards.iter_mut().zip(&awards) {
                let award = other.and_then(|other| there.units.awards.get(other)?.get(there_at)?.as_ref());
                change.award(column.get_mut(here).and_then(Option::as_mut), award);
            }
        }
    }
    found
}

/// The positions of units that both readings judge. Units come in the order of their table under every reading; a
/// reading may judge others of them.
fn pairs(here: &Units, there: &Units) -> Vec<(usize, usize)> {
    let mut others = there.rows.iter().enumerate().peekable();
    let mut pairs = Vec::with_capacity(here.len());
    for (at, row) in here.rows.iter().enumerate() {
        while others.next_if(|(_, other)| *other < row).is_some() {}
        pairs.extend(others.next_if(|(_, other)| *other == row).map(|(other, _)| (at, other)));
    }
    pairs
}

/// Notes what another reading changes for one unit.
struct Change<'c> {
    reading: &'c Reading,
    found: &'c mut ReadingOutcome,
}

impl Change<'_> {
    fn otherwise<T>(&self, result: T) -> Otherwise<T> {
        Otherwise { reading: self.reading.id.clone(), result }
    }

    /// Points, score and grade, as far as they are others.
    fn earns(&mut self, units: &mut Units, here: usize, there: (&Units, usize), criteria: &[Option<usize>]) {
        let (others, there) = there;
        let mut earns = Earns::default();
        for (at, (column, other)) in units.criteria.iter().zip(criteria).enumerate() {
            let other = other.and_then(|other| others.criteria.get(other)).and_then(|other| other.points(there));
            let ends = |points: &Points| (points.least, points.greatest);
            let own = column.points(here);
            let differs = |points: &Points| own.as_ref().map(ends) != Some(ends(points));
            earns.points.extend(other.filter(differs).map(|points| (at, points)));
        }
        let ends = |score: &Score| (score.least, score.greatest, score.perhaps_none);
        let own = units.scores.get(here);
        earns.score = others.scores.get(there).filter(|score| own.as_ref().map(ends) != Some(ends(score)));
        let own = units.grades.get(here).and_then(Option::as_ref).map(|grade| &grade.id);
        let grade = others.grades.get(there).and_then(Option::as_ref).filter(|grade| own != Some(&grade.id));
        earns.grade = grade.cloned();
        self.found.points += earns.points.len();
        self.found.scores += usize::from(earns.score.is_some());
        self.found.grades += usize::from(earns.grade.is_some());
        if earns != Earns::default() {
            units.otherwise.entry(here).or_default().push(self.otherwise(earns));
        }
    }

    fn verdict(&mut self, column: Option<&mut Judgements>, here: usize, there: Option<Verdict>) {
        let Some((column, there)) = column.zip(there) else { return };
        if column.verdict(here).is_some_and(|verdict| verdict != there) {
            column.add_otherwise(here, self.otherwise(there));
            self.found.verdicts += 1;
        }
    }

    fn rank(&mut self, column: &mut Ranks, here: usize, there: Option<(usize, usize)>) {
        let Some((places, there)) = column.places(here).zip(there) else { return };
        if places != there {
            column.add_otherwise(here, self.otherwise(there));
            self.found.ranks += 1;
        }
    }

    fn award(&mut self, here: Option<&mut AwardOutcome>, there: Option<&AwardOutcome>) {
        let Some((here, there)) = here.zip(there) else { return };
        if there.verdict != here.verdict {
            here.otherwise.push(self.otherwise(there.verdict));
            self.found.awards += 1;
        }
    }
}

/// Warnings for units that stand exactly on a bar which another reading takes the other way.
#[must_use]
pub fn on_the_bar(plan: &Plan, outcome: &Outcome, readings: &[Reinterpreted]) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for other in readings {
        for level in &outcome.levels {
            for (at, head) in level.criteria.iter().enumerate() {
                let here = plan.campaign.criterion(&head.id);
                let there = other.campaign.criterion(&head.id);
                if let Some((here, there)) = here.zip(there) {
                    warnings.extend(warning(level, at, here, there, &other.reading));
                }
            }
        }
    }
    warnings
}

fn warning(
    level: &LevelOutcome,
    at: usize,
    here: &Criterion,
    there: &Criterion,
    reading: &Reading,
) -> Option<Diagnostic> {
    let (bar, written) = shared_bar(here, there)?;
    let mut units = Vec::new();
    let mut words = None;
    for unit in &level.units {
        let judgement = unit.criteria.get(at)?;
        if value(&judgement) != Some(bar) {
            continue;
        }
        if let Some(answers) = differing(&judgement, there, bar) {
            units.push(unit.called());
            words = Some(answers);
        }
    }
    let (verdict, other) = words?;
    let fault =
        Diagnostic::new(&catalogue::EXACTLY_ON_THE_BAR).with("criterion", &here.id).with("units", units.join(", "));
    let fault = fault
        .with("bar", written)
        .with("verdict", verdict.phrase())
        .with("other", other.phrase())
        .with("reading", &reading.id);
    Some(fault.with("question", &reading.question).with("about", wording(&reading.about)))
}

fn wording(title: &Title) -> Wording {
    let text = |first: &Option<String>, second: &Option<String>| {
        first.as_ref().or(second.as_ref()).cloned().unwrap_or_default()
    };
    Wording::Both { en: text(&title.en, &title.vi), vi: text(&title.vi, &title.en) }
}

/// A bar that both campaigns write with the same number, but bound differently.
fn shared_bar<'c>(here: &'c Criterion, there: &Criterion) -> Option<(Number, &'c Quantity)> {
    here.target.iter().find_map(|bound| {
        let (number, written) = number(bound)?;
        let differs = |other: &Bound| {
            other.kind != bound.kind && super::reading::number(other).is_some_and(|(same, _)| same == number)
        };
        there.target.iter().any(differs).then_some((number, written))
    })
}

fn number(bound: &Bound) -> Option<(Number, &Quantity)> {
    match &bound.bar.value {
        Value::Literal(quantity @ Quantity::Number { number, .. }) => Some((*number, quantity)),
        _ => None,
    }
}

fn value(judgement: &Judgement) -> Option<Number> {
    match &judgement.measured {
        Measured::Fraction(fraction) => fraction.number().value(),
        Measured::Number(number) => number.value(),
        _ => None,
    }
}

/// The verdict here and there, if they differ.
fn differing(judgement: &Judgement, there: &Criterion, value: Number) -> Option<(Verdict, Verdict)> {
    let value = Cell::Number(Possible::known(value));
    let holds = |bound: &Bound| {
        let (bar, _) = number(bound)?;
        let comparison = match bound.kind {
            crate::campaign::BoundKind::AtLeast => Comparison::AtLeast,
            crate::campaign::BoundKind::MoreThan => Comparison::Greater,
            crate::campaign::BoundKind::AtMost => Comparison::AtMost,
            crate::campaign::BoundKind::LessThan => Comparison::Less,
            _ => return None,
        };
        Some(compare(comparison, &value, &Cell::Number(Possible::known(bar))) == Truth::True)
    };
    let met = there.target.iter().map(holds).collect::<Option<Vec<_>>>()?.into_iter().all(|holds| holds);
    match (judgement.verdict, met) {
        (here @ (Verdict::Met | Verdict::Exceeded), false) => Some((here, Verdict::NotMet)),
        (Verdict::NotMet, true) => Some((Verdict::NotMet, Verdict::Met)),
        _ => None,
    }
}
