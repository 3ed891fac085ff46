//! How the places of each group went: who was the last in and the first out, and by how much.

use crate::rule::{Base, Cell};
use crate::value::Number;

use super::super::super::awarded::{Cut, Gap};
use super::super::super::plan::{AwardPlan, KeyPlan, KeySource};
use super::super::Judge;
use super::super::sheet::Sheet;
use super::choice::Decision;
use super::limit::Limit;
use super::{Candidate, named};

/// How the places of an award went.
#[derive(Clone, Debug, Default)]
pub(in crate::evaluate::judge) struct Cuts {
    /// Group by group.
    pub cuts: Vec<Cut>,
    /// The units that are in no group of some quota.
    pub outside: Vec<String>,
}

/// Everything that the cuts of an award are read from.
pub(super) struct Settled<'f, 'd> {
    pub award: &'d AwardPlan,
    pub sheet: &'f Sheet<'d>,
    /// For each place in a standing the key that it belongs to.
    pub owners: &'f [usize],
    pub candidates: &'f [Candidate<'f>],
    pub decisions: &'f [Decision],
    pub limits: &'f [Limit],
}

impl<'d> Judge<'_, 'd> {
    /// How the places went, group by group; every unit that a group stopped is told by how much.
    pub(super) fn cuts(&self, settled: &Settled<'_, 'd>) -> (Cuts, Vec<(usize, Gap)>) {
        let (mut cuts, mut gaps) = (Vec::new(), Vec::new());
        for (at, limit) in settled.limits.iter().enumerate() {
            let known = settled.is_known(limit);
            let last_in = settled.last_in(limit).filter(|_| known);
            let stopped: Vec<&Candidate<'_>> = settled.those(limit, |decision| decision == Decision::Out(at)).collect();
            let best = |a: &&Candidate<'_>, b: &&Candidate<'_>| b.standing.cmp(a.standing).then_with(|| a.id.cmp(b.id));
            let first_out = stopped.iter().copied().min_by(best).filter(|_| known);
            let gap = |mine: &Candidate<'_>| self.gap(settled, last_in?, mine);
            let between = first_out.and_then(gap);
            gaps.extend(stopped.iter().filter_map(|mine| Some((mine.unit, gap(mine)?))));
            cuts.push(Cut {
                quota: limit.quota,
                group: limit.group.clone(),
                rest: limit.rest,
                measure: limit.measure,
                places: limit.places.least,
                most_places: limit.places.greatest,
                granted: settled.those(limit, |decision| decision == Decision::In).count(),
                open: settled.those(limit, |decision| decision == Decision::Open).count(),
                tied: named(settled.those(limit, |it| matches!(it, Decision::Tied(_))).map(|it| it.id)),
                last_in: last_in.map(|it| it.id.to_owned()),
                first_out: first_out.map(|it| it.id.to_owned()),
                gap: between,
            });
        }
        (Cuts { cuts, outside: Vec::new() }, gaps)
    }

    /// By how much one stands before another.
    fn gap(&self, settled: &Settled<'_, 'd>, theirs: &Candidate<'_>, mine: &Candidate<'_>) -> Option<Gap> {
        let parted = mine.standing.parted_at(theirs.standing)?;
        let key = settled.award.by.get(*settled.owners.get(parted)?)?;
        Some(self.apart(key, settled.sheet, theirs.unit, mine.unit))
    }

    /// By how much two units of a level are apart in a key.
    pub(in crate::evaluate::judge) fn apart(
        &self,
        key: &'d KeyPlan,
        sheet: &Sheet<'d>,
        theirs: usize,
        mine: usize,
    ) -> Gap {
        let [theirs, mine] = [theirs, mine].map(|unit| self.shown(key, sheet, unit));
        let apart = theirs.1.zip(mine.1).and_then(|(theirs, mine)| Some(theirs.minus(mine).ok()?.absolute()));
        Gap { key: key.subject.clone(), theirs: theirs.0, mine: mine.0, apart }
    }

    /// A key of a unit as a text, and as a number where it is one.
    fn shown(&self, key: &'d KeyPlan, sheet: &Sheet<'d>, unit: usize) -> (Option<String>, Option<Number>) {
        let number = |number: Option<Number>| {
            let number = number.and_then(|number| key.places.map_or(Some(number), |places| number.round(places).ok()));
            (number.map(|number| number.to_string()), number)
        };
        let score = sheet.scores.get(unit);
        let (cell, words) = match &key.source {
            KeySource::Score => return number(score.and_then(|score| score.value())),
            KeySource::UnroundedScore => return number(score.and_then(|score| score.known_unrounded().value())),
            KeySource::Measure(at) => {
                let measured = sheet.measured.get(*at).and_then(|column| column.get(unit));
                let base = sheet.plan.criteria.get(*at).and_then(|criterion| Some(&criterion.kind.as_ref()?.base));
                let words = if let Some(Base::Choice(words) | Base::Scale(words)) = base { Some(words) } else { None };
                (measured.map_or(Cell::None, |measurement| measurement.known()), words)
            }
            KeySource::Rule(expression) => {
                let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
                // A rule that fails was told when standings were compared.
                (self.context.evaluate(expression, row).unwrap_or(Cell::None), None)
            }
        };
        match &cell {
            Cell::Day(day) => {
                let day = day.value();
                (day.map(|day| day.to_string()), day.map(|day| Number::whole(i64::from(day.days()))))
            }
            Cell::Flag(flag) => (flag.value().map(|flag| flag.to_string()), None),
            Cell::Code(code) => {
                let word = code.value().and_then(|code| Some(words?.words.get(code as usize)?.id.clone()));
                (word, code.value().map(|code| Number::whole(i64::from(code))))
            }
            Cell::Text(_) | Cell::None | Cell::NotApplicable => (None, None),
            cell => number(cell.as_number().and_then(|known| known.value())),
        }
    }
}

impl<'f> Settled<'f, '_> {
    /// The candidates of a group about whom this was decided.
    fn those(&self, limit: &Limit, decided: impl Fn(Decision) -> bool) -> impl Iterator<Item = &'f Candidate<'f>> {
        let holds = |at: &usize| self.decisions.get(*at).is_some_and(|decision| decided(*decision));
        let found: Vec<usize> = limit.everybody().into_iter().filter(holds).collect();
        let candidates = self.candidates;
        found.into_iter().filter_map(move |at| candidates.get(at))
    }

    /// Whether everybody's standing in a group is known, and who is in it.
    fn is_known(&self, limit: &Limit) -> bool {
        limit.perhaps.is_empty() && self.those(limit, |_| true).all(|it| it.surely && it.standing.is_known())
    }

    /// The last of a group who wins, if everybody's standing is known.
    fn last_in(&self, limit: &Limit) -> Option<&'f Candidate<'f>> {
        let winners = self.those(limit, |decision| decision == Decision::In);
        winners.min_by(|a, b| a.standing.cmp(b.standing).then_with(|| a.id.cmp(b.id)))
    }
}
