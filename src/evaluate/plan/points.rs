//! What criteria earn, and the groups in which points add up.

use crate::campaign::{
    Band, BoundKind, Criterion, Form, Group, Level, Points, Pot, Quantity, Reference, Sourced, Value, When,
};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::rule::{Base, Expression, Purpose, Scored, Type};
use crate::value::Number;

use super::value::At;
use super::{BoundPlan, ConditionPlan, CriterionPlan, Planner};

const POINTS: Phrase = Phrase::new("points", "điểm");
const A_NUMBER_OR_SHARE: Phrase = Phrase::new("a number or a share", "số hoặc tỉ lệ");

/// What a criterion earns.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsPlan {
    /// The points at stake.
    pub max: Option<Expression>,
    /// How they are earned.
    pub form: FormPlan,
    /// What they add to.
    pub pot: Pot,
    /// The group in which they add up, by its position in the campaign.
    pub group: Option<usize>,
}

/// How points are earned.
#[derive(Clone, Debug, PartialEq)]
pub enum FormPlan {
    /// All for a target met.
    AllOrNothing,
    /// In proportion to the bar.
    Proportional,
    /// Those of the band that the value lies in.
    Bands {
        /// The bands.
        bands: Vec<BandPlan>,
        /// Whether every number lies in one of them.
        covers_all: bool,
    },
    /// So many for each occurrence.
    Each {
        /// For one.
        each: Expression,
        /// For all of them.
        cap: Option<Expression>,
    },
    /// A first amount above a bar, and more for each further step.
    Steps(Box<StepsPlan>),
    /// One amount for a day in its term, another for a later one.
    Term {
        /// In the term.
        met: Expression,
        /// After it.
        late: Option<Expression>,
        /// If it never came.
        never: Option<Expression>,
    },
    /// The measured value.
    AsMeasured,
    /// What a rule says.
    Rule {
        /// The points.
        points: Expression,
        /// Whether it takes the unit that earns them; then it also says what those earn for whom no target was set.
        of_a_unit: bool,
    },
}

/// Points between bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct BandPlan {
    /// The units that it is for.
    pub when: Option<Expression>,
    /// The bounds.
    pub bounds: Vec<BoundPlan>,
    /// The points.
    pub points: Expression,
}

/// Points that rise by steps.
#[derive(Clone, Debug, PartialEq)]
pub struct StepsPlan {
    /// Above this, the first amount.
    pub above: Expression,
    /// The first amount.
    pub first: Expression,
    /// How far each further step is.
    pub every: Expression,
    /// What it adds.
    pub add: Expression,
    /// At most so many.
    pub cap: Option<Expression>,
}

/// Points that add up together on a level.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPlan {
    /// The group above, by its position.
    pub within: Option<usize>,
    /// The most of the full score.
    pub max: Option<Expression>,
    /// The most bonus.
    pub cap_bonus: Option<Expression>,
    /// The most penalty.
    pub cap_penalty: Option<Expression>,
    /// Whether only the best item counts.
    pub only_best: bool,
    /// What must hold.
    pub requires: Vec<ConditionPlan>,
}

impl PointsPlan {
    /// Everything that must be computed for a unit.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expression> {
        let mut found: Vec<&Expression> = self.max.iter().collect();
        match &self.form {
            FormPlan::AllOrNothing | FormPlan::Proportional | FormPlan::AsMeasured => {}
            FormPlan::Bands { bands, .. } => {
                found.extend(bands.iter().filter_map(|band| band.when.as_ref()));
                found.extend(bands.iter().flat_map(|band| &band.bounds).map(|bound| &bound.bar));
                found.extend(bands.iter().map(|band| &band.points));
            }
            FormPlan::Each { each, cap } => found.extend([each].into_iter().chain(cap)),
            FormPlan::Steps(steps) => {
                found.extend([&steps.above, &steps.first, &steps.every, &steps.add].into_iter().chain(&steps.cap));
            }
            FormPlan::Term { met, late, never } => found.extend([met].into_iter().chain(late).chain(never)),
            FormPlan::Rule { points, .. } => found.push(points),
        }
        found
    }
}

impl GroupPlan {
    /// Everything that must be computed for a unit.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let rules = self.requires.iter().filter_map(ConditionPlan::expression);
        self.max.iter().chain(&self.cap_bonus).chain(&self.cap_penalty).chain(rules)
    }
}

impl Planner<'_> {
    /// What a criterion earns: `Some(None)` where nothing is at stake, `None` where it is faulty.
    #[expect(clippy::option_option, reason = "faulty, none, or a plan")]
    pub(super) fn points(&mut self, position: usize, kind: Option<&Type>, at: At<'_>) -> Option<Option<PointsPlan>> {
        let criterion = self.campaign.criteria.get(position)?;
        let Some(points) = &criterion.points else { return Some(None) };
        self.form_fits(criterion, points, kind)?;
        let max = self.maybe_number(points.max.as_ref(), at)?;
        let form = match &points.form {
            Form::Rule(rule) => self.said_by_rule(position, max.as_ref(), rule, at)?,
            form => self.form(criterion, form, kind, at)?,
        };
        let group = criterion.group.as_ref().and_then(|name| self.group_at(&name.name));
        Some(Some(PointsPlan { max, form, pot: points.pot, group }))
    }

    fn group_at(&self, id: &str) -> Option<usize> {
        self.campaign.groups.iter().position(|group| group.id == *id)
    }

    /// Whether what is measured can earn points in this form.
    fn form_fits(&mut self, criterion: &Criterion, points: &Points, kind: Option<&Type>) -> Option<()> {
        let needs_target = matches!(points.form, Form::AllOrNothing | Form::Proportional | Form::Term { .. });
        if needs_target && criterion.target.is_empty() {
            let fault = Diagnostic::new(&catalogue::POINTS_WITHOUT_TARGET).with("criterion", &criterion.id);
            self.fault(fault.at(&points.place));
            return None;
        }
        let base = kind.map(|kind| &kind.base);
        let is_number = base.is_none_or(|base| matches!(base, Base::Number | Base::Fraction));
        let is_day = base.is_none_or(|base| *base == Base::Day);
        let lower = criterion.target.iter().any(|bound| bound.kind.is_lower());
        let (fits, expected) = match &points.form {
            Form::Proportional if !(lower && is_number) => {
                self.fault(Diagnostic::new(&catalogue::NEEDS_LOWER_BOUND).at(&points.place));
                return None;
            }
            Form::Each { .. } | Form::Steps(_) | Form::AsMeasured => (is_number, A_NUMBER_OR_SHARE),
            Form::Term { .. } => (is_day, Phrase::new("a day", "ngày")),
            _ => (true, POINTS),
        };
        if let (false, Some(kind)) = (fits, kind) {
            let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", expected).with("found", kind);
            self.fault(fault.at(&points.place));
            return None;
        }
        Some(())
    }

    fn form(&mut self, criterion: &Criterion, form: &Form, kind: Option<&Type>, at: At<'_>) -> Option<FormPlan> {
        Some(match form {
            Form::AllOrNothing => FormPlan::AllOrNothing,
            Form::Proportional => FormPlan::Proportional,
            Form::AsMeasured => FormPlan::AsMeasured,
            Form::Bands(bands) => {
                let covers_all = self.covers_all(criterion, bands, kind);
                let planned: Vec<_> = bands.iter().map(|band| self.band(criterion, band, kind, at)).collect();
                FormPlan::Bands { bands: planned.into_iter().collect::<Option<_>>()?, covers_all }
            }
            Form::Each { each, cap } => {
                FormPlan::Each { each: self.number(each, at)?, cap: self.maybe_number(cap.as_ref(), at)? }
            }
            Form::Steps(steps) => FormPlan::Steps(Box::new(StepsPlan {
                above: self.number(&steps.above, at)?,
                first: self.number(&steps.first, at)?,
                every: self.number(&steps.every, at)?,
                add: self.number(&steps.add, at)?,
                cap: self.maybe_number(steps.cap.as_ref(), at)?,
            })),
            Form::Term { met, late, never } => {
                let (late, never) = (self.maybe_number(late.as_ref(), at)?, self.maybe_number(never.as_ref(), at)?);
                FormPlan::Term { met: self.number(met, at)?, late, never }
            }
            Form::Rule(_) => return None,
        })
    }

    /// Points that a rule says. It may take the unit that earns them as its parameter.
    fn said_by_rule(
        &mut self,
        criterion: usize,
        max: Option<&Expression>,
        rule: &Reference,
        at: At<'_>,
    ) -> Option<FormPlan> {
        let bar = self.campaign.criteria.get(criterion)?.target.first();
        let wanted = if bar.is_some_and(|bound| bound.kind.is_day()) { Base::Day } else { Base::Number };
        let target = bar.and_then(|bound| self.value(&bound.bar, &wanted, at));
        let max = max.map(|max| (max.clone(), Type::of(Base::Number)));
        let scored = Scored { criterion, target, max };
        let (points, kind) =
            self.rule(&rule.name, At { purpose: Purpose::Points(&scored), ..at }, POINTS, &rule.place)?;
        if !matches!(kind.base, Base::Number | Base::Fraction) {
            let fault = Diagnostic::new(&catalogue::WRONG_TYPE).with("expected", POINTS).with("found", kind);
            self.fault(fault.at(&rule.place));
            return None;
        }
        let of_a_unit = self.library.get(&rule.name).is_some_and(|function| !function.parameters.is_empty());
        Some(FormPlan::Rule { points, of_a_unit })
    }

    fn band(&mut self, criterion: &Criterion, band: &Band, kind: Option<&Type>, at: At<'_>) -> Option<BandPlan> {
        let bounds = self.bounds(criterion, &band.bounds, kind, at)?;
        Some(BandPlan { when: self.when(&band.when, at)?, bounds, points: self.number(&band.points, at)? })
    }

    fn number(&mut self, value: &Sourced<Value>, at: At<'_>) -> Option<Expression> {
        self.of_type(Base::Number, value, at)
    }

    #[expect(clippy::option_option, reason = "faulty, none, or an expression")]
    pub(super) fn maybe_number(&mut self, value: Option<&Sourced<Value>>, at: At<'_>) -> Option<Option<Expression>> {
        match value {
            Some(value) => self.number(value, at).map(Some),
            None => Some(None),
        }
    }

    /// Whether bands of written numbers take every value of every unit. Those that are for the same units are looked at
    /// together.
    fn covers_all(&mut self, criterion: &Criterion, bands: &[Band], kind: Option<&Type>) -> bool {
        let mut same: Vec<(&When, Vec<&Band>)> = Vec::new();
        for band in bands {
            match same.iter_mut().find(|(when, _)| when.says_the_same(&band.when)) {
                Some((_, bands)) => bands.push(band),
                None => same.push((&band.when, vec![band])),
            }
        }
        let covered: Vec<bool> = same.iter().map(|(_, bands)| self.covers(criterion, bands, kind)).collect();
        matches!((same.as_slice(), covered.as_slice()), ([(when, _)], [true]) if when.0.is_empty())
    }

    /// Whether some bands take every value; a hole between two is warned of, an overlap is a fault.
    fn covers(&mut self, criterion: &Criterion, bands: &[&Band], kind: Option<&Type>) -> bool {
        let Some(mut spans) = bands.iter().map(|band| Span::of(band)).collect::<Option<Vec<_>>>() else { return false };
        spans.sort();
        for pair in spans.windows(2) {
            let [below, above] = pair else { continue };
            let Some((end, begin)) = below.to.zip(above.from) else {
                self.overlap(criterion, bands);
                return false;
            };
            match end.cmp(&begin) {
                std::cmp::Ordering::Greater => self.overlap(criterion, bands),
                std::cmp::Ordering::Less => self.hole(criterion, bands, end.number, begin.number),
                std::cmp::Ordering::Equal => continue,
            }
            return false;
        }
        let share = kind.is_some_and(|kind| kind.base == Base::Fraction);
        let (first, last) = (spans.first(), spans.last());
        let from_nothing = first.is_some_and(|it| it.from.is_none_or(|from| share && from.takes(Number::ZERO)));
        let to_all = last.is_some_and(|it| it.to.is_none_or(|to| share && !to.takes(Number::ONE)));
        from_nothing && to_all
    }

    fn overlap(&mut self, criterion: &Criterion, bands: &[&Band]) {
        let Some(band) = bands.first() else { return };
        let fault = Diagnostic::new(&catalogue::BANDS_OVERLAP).with("criterion", &criterion.id);
        self.fault(fault.at(&band.place));
    }

    fn hole(&mut self, criterion: &Criterion, bands: &[&Band], from: Number, to: Number) {
        let Some(band) = bands.first() else { return };
        let fault = Diagnostic::new(&catalogue::BANDS_LEAVE_HOLE).with("criterion", &criterion.id);
        let percent = bands
            .iter()
            .flat_map(|band| &band.bounds)
            .any(|bound| matches!(bound.bar.value, Value::Literal(Quantity::Number { percent: true, .. })));
        let [from, to] = [from, to].map(|number| Quantity::Number { number, percent }.to_string());
        let hole = if from == to {
            Phrase::new("exactly {from}", "đúng {from}").with("from", from)
        } else {
            let between = Phrase::new(
                "what lies between {from} and {to}, ends included or not as written",
                "giá trị giữa {from} và {to}, tính hay không tính hai đầu như đã ghi",
            );
            between.with("from", from).with("to", to)
        };
        self.fault(fault.with("hole", hole).at(&band.place));
    }

    /// The groups of a level.
    pub(super) fn groups(&mut self, level: &Level, criteria: &[CriterionPlan], at: At<'_>) -> Vec<GroupPlan> {
        let groups = &self.campaign.groups;
        let used = criteria.iter().any(|it| it.points.as_ref().is_some_and(|points| points.group.is_some()));
        if !used {
            return Vec::new();
        }
        let rescales = level
            .score
            .as_ref()
            .is_some_and(|score| matches!(score.not_applicable, Some(crate::campaign::NotApplicable::Rescale)));
        if rescales {
            self.fault(Diagnostic::new(&catalogue::GROUPS_RESCALED).with("level", &level.id).at(&level.place));
        }
        groups.iter().filter_map(|group| self.group(group, criteria, at)).collect()
    }

    fn group(&mut self, group: &Group, criteria: &[CriterionPlan], at: At<'_>) -> Option<GroupPlan> {
        let requires = group.requires.iter().filter_map(|name| self.condition_of(name, criteria, &[], at)).collect();
        Some(GroupPlan {
            within: group.within.as_ref().and_then(|name| self.group_at(&name.name)),
            max: self.maybe_number(group.max.as_ref(), at)?,
            cap_bonus: self.maybe_number(group.cap_bonus.as_ref(), at)?,
            cap_penalty: self.maybe_number(group.cap_penalty.as_ref(), at)?,
            only_best: group.only_best,
            requires,
        })
    }
}

/// Where a band begins or ends: at a number, or just above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    number: Number,
    above: bool,
}

impl Edge {
    /// Whether what begins here takes the number.
    fn takes(self, number: Number) -> bool {
        self.number < number || (self.number == number && !self.above)
    }
}

/// The values of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: Option<Edge>,
    to: Option<Edge>,
}

impl Span {
    /// The values of a band whose bounds are written numbers.
    fn of(band: &Band) -> Option<Self> {
        let mut span = Self { from: None, to: None };
        for bound in &band.bounds {
            let Value::Literal(Quantity::Number { number, .. }) = &bound.bar.value else { return None };
            let edge = |above: bool| Some(Edge { number: *number, above });
            match bound.kind {
                BoundKind::AtLeast => span.from = edge(false),
                BoundKind::MoreThan => span.from = edge(true),
                BoundKind::LessThan => span.to = edge(false),
                BoundKind::AtMost => span.to = edge(true),
                _ => return None,
            }
        }
        Some(span)
    }
}
