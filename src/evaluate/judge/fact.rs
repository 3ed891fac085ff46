//! What was judged of units, as a column that rules of later stages read.

use crate::rule::{Cell, Failure, Judged};
use crate::value::{Number, Possible, Truth};

use super::super::measure::Finished;
use super::super::outcome::{Counts, Points, Ranking};
use super::award::{granted, is_met};
use super::sheet::Sheet;
use super::verdict::does_not_apply;

/// What is judged, for each of so many rows. A row that is no unit has no answer, and neither has one that is a unit of
/// two levels; of one that is perhaps a unit nothing is known.
pub(super) fn column<'s, 'd: 's>(
    judged: Judged,
    sheets: impl Iterator<Item = &'s Sheet<'d>>,
    rows: usize,
) -> Finished<'d> {
    let otherwise = match judged {
        Judged::Unit => Ok(Cell::truth(Truth::False)),
        Judged::Tie(_) => Ok(Cell::Number(Possible::none())),
        _ => Err(Failure::NotJudged),
    };
    let mut cells: Vec<Result<Cell<'d>, Failure>> = vec![otherwise.clone(); rows];
    for sheet in sheets {
        let fact = Reader::of(judged, sheet);
        let units = sheet.units.iter().enumerate().map(|(at, unit)| (unit.row, fact.cell(at)));
        let perhaps = sheet.perhaps.iter().map(|row| (*row, fact.perhaps()));
        for (row, answer) in units.chain(perhaps) {
            if let Some(cell) = cells.get_mut(row) {
                *cell = if *cell == otherwise { Ok(answer) } else { Err(Failure::JudgedTwice) };
            }
        }
    }
    Finished::Cells(cells)
}

/// Reads one thing from a sheet, unit by unit. Criteria and awards are named by their positions in the sheet.
struct Reader<'s, 'd> {
    sheet: &'s Sheet<'d>,
    judged: Judged,
}

impl<'s, 'd> Reader<'s, 'd> {
    fn of(judged: Judged, sheet: &'s Sheet<'d>) -> Self {
        let criterion = |at: usize| {
            let position = sheet.plan.criteria.iter().position(|plan| plan.criterion == at);
            position.unwrap_or(usize::MAX)
        };
        let award = |at: usize| sheet.plan.awards.iter().position(|plan| plan.award == at).unwrap_or(usize::MAX);
        let judged = match judged {
            Judged::Value(at) => Judged::Value(criterion(at)),
            Judged::Met(at) => Judged::Met(criterion(at)),
            Judged::MetSoFar(at) => Judged::MetSoFar(criterion(at)),
            Judged::Applies(at) => Judged::Applies(criterion(at)),
            Judged::Points(at) => Judged::Points(criterion(at)),
            Judged::Awarded(at) => Judged::Awarded(award(at)),
            Judged::ScoredBy(at, scorer) => Judged::ScoredBy(criterion(at), scorer),
            Judged::Unit | Judged::Score | Judged::Grade | Judged::Rank | Judged::Tie(_) => judged,
        };
        Self { sheet, judged }
    }

    /// What is said of a row that is perhaps a unit.
    fn perhaps(&self) -> Cell<'d> {
        if self.judged == Judged::Unit { Cell::truth(Truth::Unknown) } else { unknown() }
    }

    fn cell(&self, unit: usize) -> Cell<'d> {
        let sheet = self.sheet;
        let measured = |at: usize| sheet.measured.get(at)?.get(unit);
        match self.judged {
            Judged::Unit => Cell::truth(Truth::True),
            Judged::Value(at) => measured(at).map_or_else(unknown, |measurement| measurement.known()),
            Judged::Applies(at) => {
                let applies = measured(at).zip(sheet.plan.criteria.get(at));
                let applies = applies.map(|(of, plan)| of.applies.and(!does_not_apply(plan, &of.cell)));
                Cell::truth(applies.unwrap_or(Truth::Unknown))
            }
            Judged::Met(at) => Cell::truth(sheet.verdict(at, unit).map_or(Truth::Unknown, is_met)),
            Judged::MetSoFar(at) => {
                let so_far = sheet.said(at).and_then(|said| said.so_far(unit).or(said.verdict(unit)));
                Cell::truth(so_far.map_or(Truth::Unknown, is_met))
            }
            Judged::ScoredBy(at, scorer) => {
                let said = sheet.said(at).and_then(|said| said.scored(unit).get(scorer));
                said.map_or_else(unknown, |said| Cell::Number(said.value))
            }
            Judged::Points(at) => {
                let points = sheet.points(at, unit);
                points.map_or_else(unknown, |points| Cell::Number(earned(points)))
            }
            Judged::Score => {
                let score = sheet.scores.get(unit);
                score.map_or_else(unknown, |score| Cell::Number(score.known()))
            }
            Judged::Grade => {
                let grade = sheet.grades.get(unit).and_then(Option::as_ref);
                Cell::Code(grade.map_or_else(|| Possible::unknown().or_none(), |grade| grade.steps))
            }
            Judged::Rank => {
                let place = place(sheet.ranks.get(unit).as_ref());
                // Whoever is perhaps not ranked has perhaps no place.
                let perhaps_none = sheet.unranked.contains_key(&unit);
                Cell::Number(if perhaps_none { place.or_none() } else { place })
            }
            Judged::Tie(key) => {
                let ties = sheet.ties.get(&key).and_then(|ties| ties.get(unit));
                ties.map_or_else(unknown, |ties| Cell::Number(*ties))
            }
            Judged::Awarded(at) => {
                let award = sheet.awards.get(at).and_then(|column| column.get(unit));
                Cell::truth(award.map_or(Truth::Unknown, |award| granted(award.as_ref())))
            }
        }
    }
}

/// Something of which not even its type matters: what nobody knows compares with everything as unknown.
fn unknown<'d>() -> Cell<'d> {
    Cell::Number(Possible::unknown().or_none())
}

/// The points that a criterion earned; none where it does not count.
fn earned(points: Points) -> Possible<Number> {
    let earned = Possible::between(Some(points.least), Some(points.greatest));
    match points.counts {
        Counts::Fully => earned,
        Counts::NotApplicable | Counts::LeftOut => Possible::none(),
        Counts::PerhapsNotApplicable | Counts::PerhapsLeftOut => earned.or_none(),
    }
}

/// The rank; none for a unit that is not ranked, because nobody knows its cluster.
fn place(rank: Option<&Ranking>) -> Possible<Number> {
    let number = |place: usize| Some(Number::count(place as u64));
    rank.map_or_else(Possible::none, |rank| match rank.mean {
        Some(mean) => Possible::known(mean),
        None => Possible::between(number(rank.best), number(rank.worst)),
    })
}
