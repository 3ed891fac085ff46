//! Counts of rows as steps of one number that their predicate compares with a value of the row.
//!
//! `f.workers >= params.large_firm` is yes for a row up to its own value and no beyond it, whatever else the predicate
//! asks. So the count of an anchor changes only at the values of its rows: these are sorted once, and its tally for any
//! number is then found by halving. A row of which it is not known on which side it stands is looked at each time.

use crate::rule::{Aggregate, Cell, Columnar, Comparison, Constant, Context, Expression, Measure};
use crate::value::{Number, Row, Tally, Truth};

use super::owner::Owners;
use super::tally::Counted;
use super::{Failed, Finished, Results, Slot, Work};

/// An aggregate whose predicate compares one param with a value of the row, taken apart.
#[derive(Clone, Debug)]
pub(in super::super) struct Stepped {
    /// The param.
    pub param: usize,
    /// The aggregate where the comparison is yes.
    yes: Aggregate,
    /// The aggregate where it is no.
    no: Aggregate,
    /// What the param is compared with.
    beside: Expression,
    /// Whether the answer is yes for values of the row above the param.
    above: bool,
    /// Whether it is for a value that is the param itself.
    at: bool,
}

/// What a predicate comes to, and the comparison that was found in it.
struct Found {
    beside: Expression,
    above: bool,
    at: bool,
}

impl Stepped {
    /// Takes an aggregate apart that reads one of some params in one comparison, and nothing else that moves with them.
    pub fn of(aggregate: &Aggregate, params: &[usize], is_moved: impl Fn(usize) -> bool) -> Option<Self> {
        if !matches!(aggregate.measure, Measure::Count | Measure::Share(_) | Measure::Any(_) | Measure::All(_)) {
            return None;
        }
        let mut reads = Vec::new();
        let mut moved = false;
        for expression in aggregate.expressions().chain(&aggregate.alive) {
            expression.walk(&mut |inner| match inner {
                Expression::Param(at) if params.contains(at) => reads.push(*at),
                Expression::Derived { id, .. } => moved |= is_moved(*id),
                _ => {}
            });
        }
        let [param] = reads.as_slice() else { return None };
        let mut found = None;
        let (yes, no) = (decided(aggregate, *param, true, &mut found), decided(aggregate, *param, false, &mut found));
        let Found { beside, above, at } = found.filter(|_| !moved)?;
        Some(Self { param: *param, yes, no, beside, above, at })
    }
}

/// An aggregate with the comparison decided.
fn decided(aggregate: &Aggregate, param: usize, answer: bool, found: &mut Option<Found>) -> Aggregate {
    let mut put = |expression: &Expression| replaced(expression, param, answer, found);
    Aggregate {
        filter: aggregate.filter.as_ref().map(&mut put),
        measure: match &aggregate.measure {
            Measure::Share(property) => Measure::Share(put(property)),
            Measure::Any(property) => Measure::Any(put(property)),
            Measure::All(property) => Measure::All(put(property)),
            other => other.clone(),
        },
        ..aggregate.clone()
    }
}

/// A predicate with the comparison decided. Only *and*, *or* and *not* are looked into.
fn replaced(expression: &Expression, param: usize, answer: bool, found: &mut Option<Found>) -> Expression {
    let mut all = |items: &[Expression]| items.iter().map(|item| replaced(item, param, answer, found)).collect();
    match expression {
        Expression::And(items) => Expression::And(all(items)),
        Expression::Or(items) => Expression::Or(all(items)),
        Expression::Not(inner) => Expression::Not(Box::new(replaced(inner, param, answer, found))),
        Expression::Compare(comparison, a, b) => {
            let is_param = |side: &Expression| matches!(side, Expression::Param(at) if *at == param);
            let (beside, is_right) = match (is_param(a), is_param(b)) {
                (false, true) => (a, true),
                (true, false) => (b, false),
                _ => return expression.clone(),
            };
            let (above, at) = match comparison {
                Comparison::AtLeast => (is_right, true),
                Comparison::Greater => (is_right, false),
                Comparison::AtMost => (!is_right, true),
                Comparison::Less => (!is_right, false),
                Comparison::Equal | Comparison::NotEqual => return expression.clone(),
            };
            *found = Some(Found { beside: Expression::clone(beside), above, at });
            Expression::Constant(Constant::Flag(answer))
        }
        other => other.clone(),
    }
}

/// The steps of an aggregate on some data.
pub(in super::super) struct Steps<'d> {
    stepped: &'d Stepped,
    aggregate: &'d Aggregate,
    owners: Owners<'d>,
    missing: Vec<bool>,
    counted: Counted,
    anchors: Vec<Staircase>,
    /// Rows whose side is not known, with their anchors.
    open: Vec<(usize, usize)>,
}

/// The tallies of an anchor: the first below all values of its rows, each other one from or beyond its value.
#[derive(Default)]
struct Staircase {
    values: Vec<Number>,
    tallies: Vec<Tally>,
}

impl<'d> Steps<'d> {
    /// Finds the steps; nothing where a predicate fails for some row.
    pub fn of(stepped: &'d Stepped, aggregate: &'d Aggregate, context: &Context<'d>) -> Option<Self> {
        let (yes, no) = (kinds(&stepped.yes, context)?, kinds(&stepped.no, context)?);
        let owners = Owners::of(aggregate, context);
        let mut rows: Vec<Vec<(Number, usize)>> = vec![Vec::new(); owners.anchors];
        let mut firsts = vec![Tally::default(); owners.anchors];
        let mut open = Vec::new();
        for row in 0..yes.len() {
            let Some(owner) = owners.owner(row) else { continue };
            let (Some(of_owner), Some(first)) = (rows.get_mut(owner), firsts.get_mut(owner)) else { continue };
            let (with, without) = (yes.get(row)?, no.get(row)?);
            let value = match context.evaluate(&stepped.beside, row).ok()? {
                Cell::Number(number) => number.value(),
                _ => None,
            };
            match value {
                _ if with == without => with.add_to(first, true),
                Some(value) => {
                    // Below all values, the rows whose value is above the number say yes.
                    (if stepped.above { with } else { without }).add_to(first, true);
                    of_owner.push((value, row));
                }
                None => open.push((row, owner)),
            }
        }
        let anchors = rows.into_iter().zip(firsts).map(|(mut rows, first)| {
            rows.sort_unstable();
            let mut stairs = Staircase { values: Vec::new(), tallies: vec![first] };
            let mut tally = first;
            for same in rows.chunk_by(|a, b| a.0 == b.0) {
                for (_, row) in same {
                    let (with, without) = yes.get(*row).zip(no.get(*row)).unwrap_or((&Kind::OUT, &Kind::OUT));
                    let (before, after) = if stepped.above { (with, without) } else { (without, with) };
                    before.add_to(&mut tally, false);
                    after.add_to(&mut tally, true);
                }
                stairs.values.extend(same.first().map(|(value, _)| *value));
                stairs.tallies.push(tally);
            }
            stairs
        });
        let counted = match aggregate.measure {
            Measure::Share(_) => Counted::Share,
            Measure::Any(_) => Counted::Any,
            Measure::All(_) => Counted::All,
            _ => Counted::Count,
        };
        Some(Self {
            stepped,
            aggregate,
            missing: owners.missing(aggregate, context),
            anchors: anchors.collect(),
            counted,
            open,
            owners,
        })
    }

    /// Puts what is derived with a number in its place; whether that could be done.
    pub fn put(&self, id: usize, at: Number, context: &Context<'d>, results: &Results<'d>) -> bool {
        let Some(finished) = self.finished(at, context) else { return false };
        results.put(id, Slot { anchor: self.aggregate.anchor, finished, failed: None }.into());
        true
    }

    fn finished(&self, at: Number, context: &Context<'d>) -> Option<Finished<'d>> {
        let mut tallies: Vec<Tally> = self.anchors.iter().map(|stairs| self.tally(stairs, at)).collect();
        for (row, owner) in &self.open {
            let property = match &self.aggregate.measure {
                Measure::Share(property) | Measure::Any(property) | Measure::All(property) => Some(property),
                _ => None,
            };
            let asked =
                |predicate: Option<&'d Expression>| predicate.map_or(Ok(Truth::True), |it| context.truth(it, *row));
            let kind = Kind::of(asked(self.aggregate.filter.as_ref()).ok()?, asked(property).ok()?, self.aggregate);
            tallies.get_mut(*owner).into_iter().for_each(|tally| kind.add_to(tally, true));
        }
        self.owners.settle(&mut tallies);
        for (tally, missing) in tallies.iter_mut().zip(&self.missing) {
            tally.rows_missing |= missing;
        }
        Some(Finished::Tallies(tallies, self.counted))
    }

    fn tally(&self, stairs: &Staircase, at: Number) -> Tally {
        // A row whose value is the number itself has not changed yet where the comparison is yes there: above, `>=`.
        let stays = self.stepped.above == self.stepped.at;
        let passed = stairs.values.partition_point(|value| if stays { *value < at } else { *value <= at });
        stairs.tallies.get(passed).copied().unwrap_or_default()
    }
}

/// What is known of a row, as tallies count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kind {
    row: Row,
    decided: bool,
}

impl Kind {
    /// A row that is surely not in the population.
    const OUT: Self = Self { row: Row { member: Truth::False, property: Truth::False }, decided: false };

    fn of(member: Truth, property: Truth, aggregate: &Aggregate) -> Self {
        if member == Truth::False {
            return Self::OUT;
        }
        // An unreported property counts as not met where the campaign says so.
        let decided = aggregate.missing_fails && property == Truth::Unknown;
        Self { row: Row { member, property: if decided { Truth::False } else { property } }, decided }
    }

    fn add_to(self, tally: &mut Tally, more: bool) {
        let mut one = Tally { decided: u64::from(self.decided), ..Tally::default() };
        one.add(self.row, 1);
        if more {
            tally.merge(&one);
        } else {
            tally.met -= one.met;
            tally.failing -= one.failing;
            tally.unsure -= one.unsure;
            tally.maybe_met -= one.maybe_met;
            tally.maybe_failing -= one.maybe_failing;
            tally.maybe_unsure -= one.maybe_unsure;
            tally.decided -= one.decided;
        }
    }
}

/// What is known of each row; nothing where a predicate fails.
fn kinds<'d>(aggregate: &'d Aggregate, context: &Context<'d>) -> Option<Vec<Kind>> {
    let rows = context.data.table(aggregate.table).rows;
    let work = Work { aggregate, context, owners: Owners::nobody(), threads: 1 };
    let property = match &aggregate.measure {
        Measure::Share(property) | Measure::Any(property) | Measure::All(property) => Some(property),
        _ => None,
    };
    let (mut columnar, mut failed) = (Columnar::new(context), Failed::default());
    let mut kinds = Vec::with_capacity(rows);
    for block in Work::blocks(0..rows) {
        let member = work.members(&mut columnar, &block, &mut failed);
        let property = property.map(|property| columnar.mask(property, &block, &member.yes));
        if property.as_ref().is_some_and(|property| property.failed.any()) || failed.count > 0 {
            return None;
        }
        let truth = |yes: bool, no: bool| match (yes, no) {
            (true, true) => Truth::Unknown,
            (yes, _) => Truth::from(yes),
        };
        kinds.extend((0..block.len()).map(|at| {
            let member = truth(member.yes.get(at), member.no.get(at));
            let property = property.as_ref().map_or(Truth::True, |mask| truth(mask.yes.get(at), mask.no.get(at)));
            Kind::of(member, property, aggregate)
        }));
    }
    Some(kinds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_added_can_be_taken_away() {
        let all = [Truth::True, Truth::False, Truth::Unknown];
        let mut tally = Tally { met: 3, ..Tally::default() };
        for member in all {
            for property in all {
                for decided in [false, true] {
                    let kind = Kind { row: Row { member, property }, decided };
                    kind.add_to(&mut tally, true);
                    kind.add_to(&mut tally, false);
                }
            }
        }
        assert_eq!(tally, Tally { met: 3, ..Tally::default() });
    }
}
