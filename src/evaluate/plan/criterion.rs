//! Criteria on a level.

use crate::campaign::{AsOf, Bound, BoundKind, Criterion, MeasureSource, Missing, Quantity, Sourced, Value};
use crate::diagnostic::{Diagnostic, Phrase, Wording, catalogue};
use crate::rule::{Aggregate, Base, Constant, Derived, Expression, Lowered, Measure, Moment, Type, reads_facts};
use crate::source::Place;
use crate::value::{Day, Number};

use super::value::{At, is_zero};
use super::{BoundPlan, CriterionPlan, Planner, Program, ScorerPlan, scorers};

const READS_WHAT_IS_JUDGED: Phrase = Phrase::new("a reader of what is judged", "nơi đọc kết quả xét");
const MEASURED_EARLIER: Phrase =
    Phrase::new("a measure of a round or of a day of its own", "số đo của một đợt hoặc một ngày riêng");
const A_LIST_OF_WORDS: Phrase = Phrase::new("a list of words", "danh sách từ");
const A_PERCENTAGE: Phrase = Phrase::new("a percentage", "tỉ lệ phần trăm");

// Remedies where a bound does not fit its measure.
const IS_FOR_WORDS: Phrase =
    Phrase::new("use `is` for a choice or a scale, and only there", "dùng `is` cho lựa chọn hoặc thang, và chỉ ở đó");
const AT_LEAST_FOR_NUMBERS: Phrase =
    Phrase::new("use `at_least` for a number or a share", "dùng `at_least` cho số hoặc tỉ lệ");
const DAYS_BY_DAYS: Phrase = Phrase::new(
    "bound a day with `by`, `before`, `from` or `after` and a day",
    "chặn ngày bằng `by`, `before`, `from` hoặc `after` và một ngày",
);
const ONLY_DAYS: Phrase =
    Phrase::new("`by`, `before`, `from` and `after` bound days", "`by`, `before`, `from` và `after` chỉ chặn ngày");
const AS_PERCENTAGE: Phrase =
    Phrase::new("write the share as a percentage such as \"95%\"", "viết tỉ lệ theo phần trăm như \"95%\"");
const NO_PERCENTAGE: Phrase = Phrase::new("write the number without `%`", "viết số không có `%`");
const PRESENT_FOR_FLAGS: Phrase =
    Phrase::new("use `present = true` for yes or no", "dùng `present = true` cho có hoặc không");
const WITHOUT_QUOTES: Phrase = Phrase::new(
    "write the day as TOML does: 2024-07-15, without quotes",
    "viết ngày theo TOML: 2024-07-15, không có ngoặc kép",
);
const A_STEP: Phrase = Phrase::new("write a step of the scale", "viết một bậc của thang");
const SAME_TYPE: Phrase = Phrase::new("give a bar of the same type as the measure", "đặt mức cùng loại với số đo");

pub(super) fn plan(at: usize, place: At<'_>, planner: &mut Planner<'_>) -> Option<CriterionPlan> {
    let criterion = planner.campaign.criteria.get(at)?;
    let place = At { args: &criterion.args, moment: planner.moment(criterion), ..place };
    let scorers = criterion.scorers().map_or(Some(Vec::new()), |scorers| planner.scorers(scorers, place));
    let measured = planner.measured(criterion, scorers.as_deref(), place);
    let when = planner.when(&criterion.when, place);
    let kind = measured.as_ref().and_then(|(_, kind)| kind.clone());
    let target = planner.bounds(criterion, &criterion.target, kind.as_ref(), place);
    let exceeded = planner.bounds(criterion, &criterion.exceeded, kind.as_ref(), place);
    if let Some((Program::Computed(measure), Some(kind))) = &measured {
        planner.numbers(criterion, measure, kind);
    }
    let points = planner.points(at, kind.as_ref(), place);
    let due = planner.due(criterion, place);
    Some(CriterionPlan {
        criterion: at,
        in_round: planner.round.is_none_or(|round| {
            criterion.rounds.is_empty() || criterion.rounds.iter().any(|id| id == "each" || *id == round.id)
        }),
        when: when?,
        measure: measured?.0,
        scorers: scorers?,
        kind,
        target: target?,
        exceeded: exceeded?,
        due: due?,
        never_due: criterion.never_due,
        end: planner.end_of_rounds(criterion),
        points: points?,
    })
}

impl Planner<'_> {
    fn measured(
        &mut self,
        criterion: &Criterion,
        scorers: Option<&[ScorerPlan]>,
        at: At<'_>,
    ) -> Option<(Program, Option<Type>)> {
        match &criterion.source {
            MeasureSource::Scorers(source) => {
                let (expression, kind) = scorers::measure(scorers?, source.last_word);
                Some((Program::Computed(expression), Some(kind)))
            }
            MeasureSource::Column(column) => {
                let (expression, kind) = self.column(&column.name, at, &column.place)?;
                Some((Program::Computed(expression), Some(kind)))
            }
            MeasureSource::Rule(rule) => {
                let missing_fails = criterion.missing == Missing::NotMet;
                match self.lower(&rule.name, at, missing_fails, &rule.place) {
                    Lowered::Faulty => None,
                    Lowered::Computed(
                        _,
                        Type {
                            base: base @ (Base::None | Base::NotApplicable | Base::List(_) | Base::Numbers), ..
                        },
                    ) => {
                        let fault =
                            Diagnostic::new(&catalogue::NOT_A_MEASURE).with("name", &rule.name).with("found", base);
                        self.fault(fault.at(&rule.place));
                        None
                    }
                    Lowered::Computed(expression, kind) => {
                        Some((Program::Computed(self.unless_empty(expression)), Some(kind)))
                    }
                    Lowered::Outside { construct, place } => {
                        if at.moment != Moment::default() {
                            self.must_be_lowered(&rule.name, MEASURED_EARLIER, construct, place);
                            return None;
                        }
                        if reads_facts(&rule.name, self.library, &self.campaign.schema) {
                            self.must_be_lowered(&rule.name, READS_WHAT_IS_JUDGED, construct, place);
                            return None;
                        }
                        let fault = Diagnostic::new(&catalogue::INTERPRETED_RULE).with("name", &rule.name);
                        self.fault(fault.with("construct", construct).at(place));
                        Some((Program::Interpreted(rule.name.clone(), criterion.args.clone()), None))
                    }
                }
            }
        }
    }

    /// Whether any or all of no rows have a property is a fine question inside a rule; as a criterion it does not apply.
    fn unless_empty(&mut self, expression: Expression) -> Expression {
        let Expression::Derived { id, path } = &expression else { return expression };
        let Some(aggregate @ Aggregate { measure: Measure::Any(_) | Measure::All(_), .. }) = self.aggregate(*id) else {
            return expression;
        };
        let count = Derived::Aggregate(Aggregate { measure: Measure::Count, ..aggregate.clone() }.into());
        let found = self.derived.iter().position(|known| *known == count);
        let id = found.unwrap_or_else(|| {
            self.derived.push(count);
            self.derived.len() - 1
        });
        let empty = is_zero(Expression::Derived { id, path: path.clone() });
        Expression::If(empty.into(), Expression::NotApplicable.into(), expression.into())
    }

    fn aggregate(&self, id: usize) -> Option<&Aggregate> {
        self.derived.get(id)?.aggregate()
    }

    pub(super) fn bounds(
        &mut self,
        criterion: &Criterion,
        bounds: &[Bound],
        kind: Option<&Type>,
        at: At<'_>,
    ) -> Option<Vec<BoundPlan>> {
        let planned: Vec<_> = bounds.iter().map(|bound| self.bound(criterion, bound, kind, at)).collect();
        planned.into_iter().collect()
    }

    fn bound(&mut self, criterion: &Criterion, bound: &Bound, kind: Option<&Type>, at: At<'_>) -> Option<BoundPlan> {
        let written = self.written(&bound.bar.value);
        if bound.kind == BoundKind::Is {
            return self.words(criterion, bound, kind, written);
        }
        let wanted = if bound.kind.is_day() { Base::Day } else { Base::Number };
        let (bar, bar_kind) = self.value(&bound.bar, &wanted, at)?;
        let (bar, bar_kind) = self.beside_scale(bar, bar_kind, kind, bound)?;
        if let Some(kind) = kind
            && let Some(remedy) = quoted_day(kind, &bar).or_else(|| mismatch(bound.kind, kind, &bar_kind))
        {
            self.mismatch(criterion, bound, kind, bar_kind, remedy, &bound.bar.place);
            return None;
        }
        Some(BoundPlan { kind: bound.kind, key: bound.key, bar, words: Vec::new(), written })
    }

    /// How a bar is written: out, or by a param.
    fn written(&self, bar: &Value) -> Option<Quantity> {
        match bar {
            Value::Literal(quantity) => Some(quantity.clone()),
            Value::Param(id) => {
                let param = self.campaign.params.iter().find(|param| param.id == *id)?;
                if let Value::Literal(quantity) = &param.value.value { Some(quantity.clone()) } else { None }
            }
            _ => None,
        }
    }

    /// Whether every number that the bar may be is written in percent for a share and without for a number. A ratio or
    /// a mean may be held against either.
    fn percent_signs(
        &mut self,
        criterion: &Criterion,
        bound: &Bound,
        (kind, share): (&Type, bool),
        bar: &Sourced<Value>,
    ) {
        let params = &self.campaign.params;
        let param = |id: &String| params.iter().find(|param| param.id == *id).map(|param| &param.value.value);
        let written = if let Value::Param(id) = &bar.value { param(id) } else { Some(&bar.value) };
        match (&kind.base, written) {
            (_, Some(Value::Cases(cases))) => {
                for case in cases {
                    self.percent_signs(criterion, bound, (kind, share), &case.value);
                }
            }
            (Base::Fraction, Some(Value::Literal(Quantity::Number { percent: false, .. }))) if share => {
                self.mismatch(criterion, bound, kind, Base::Number, AS_PERCENTAGE, &bar.place);
            }
            (Base::Number, Some(Value::Literal(Quantity::Number { percent: true, .. }))) => {
                self.mismatch(criterion, bound, kind, A_PERCENTAGE, NO_PERCENTAGE, &bar.place);
            }
            _ => {}
        }
    }

    /// A text beside a scale is one of its steps.
    fn beside_scale(
        &mut self,
        bar: Expression,
        bar_kind: Type,
        kind: Option<&Type>,
        bound: &Bound,
    ) -> Option<(Expression, Type)> {
        let (Expression::Constant(Constant::Text(text)), Some(Type { base: base @ Base::Scale(words), .. })) =
            (&bar, kind)
        else {
            return Some((bar, bar_kind));
        };
        let code = words.by_id(text);
        if code.is_none() {
            self.unknown_word(words, text, &bound.bar.place);
        }
        Some((Expression::Constant(Constant::Code(code?)), Type::of(base.clone())))
    }

    fn words(
        &mut self,
        criterion: &Criterion,
        bound: &Bound,
        kind: Option<&Type>,
        written: Option<Quantity>,
    ) -> Option<BoundPlan> {
        let (Some(Type { base: Base::Choice(words) | Base::Scale(words), .. }), Some(Quantity::Text(text))) =
            (kind, &written)
        else {
            if let Some(kind) = kind {
                self.mismatch(criterion, bound, kind, A_LIST_OF_WORDS, IS_FOR_WORDS, &bound.bar.place);
            }
            return None;
        };
        let mut codes = Vec::new();
        for word in text.split(" | ") {
            match words.by_id(word) {
                Some(code) => codes.push(code),
                None => self.unknown_word(words, word, &bound.bar.place),
            }
        }
        Some(BoundPlan {
            kind: bound.kind,
            key: bound.key,
            bar: Expression::Constant(Constant::None),
            words: codes,
            written,
        })
    }

    fn mismatch(
        &mut self,
        criterion: &Criterion,
        bound: &Bound,
        measure: &Type,
        target: impl Into<Wording>,
        remedy: Phrase,
        place: &Place,
    ) {
        let fault =
            Diagnostic::new(&catalogue::MEASURE_MISMATCH).with("criterion", &criterion.id).with("measure", measure);
        let fault = fault.with("key", bound.key).with("target", target).with("remedy", remedy);
        self.fault(fault.at(place));
    }

    /// Looks at the numbers of all bounds.
    fn numbers(&mut self, criterion: &Criterion, measure: &Expression, kind: &Type) {
        let share = self.is_share(measure);
        for bound in criterion.target.iter().chain(&criterion.exceeded) {
            self.percent_signs(criterion, bound, (kind, share), &bound.bar);
            if share {
                self.reachable(bound);
            }
        }
    }

    /// Whether rows are counted: a ratio of sums may pass the whole, a share of rows may not.
    fn is_share(&self, measure: &Expression) -> bool {
        match measure {
            Expression::Derived { id, .. } => {
                self.aggregate(*id).is_some_and(|aggregate| matches!(aggregate.measure, Measure::Share(_)))
            }
            Expression::If(_, a, b) | Expression::OrElse(a, b) => self.is_share(a) || self.is_share(b),
            _ => false,
        }
    }

    /// A share is never above the whole nor below nothing.
    fn reachable(&mut self, bound: &Bound) {
        let Value::Literal(bar @ Quantity::Number { number, percent: true }) = &bound.bar.value else { return };
        let never = match bound.kind {
            BoundKind::AtLeast => *number > Number::ONE,
            BoundKind::MoreThan => *number >= Number::ONE,
            BoundKind::AtMost => number.is_negative(),
            BoundKind::LessThan => *number <= Number::ZERO,
            _ => false,
        };
        if never {
            let fault = Diagnostic::new(&catalogue::TARGET_OUT_OF_REACH).with("key", bound.key);
            self.fault(fault.with("bar", bar).at(&bound.bar.place));
        }
    }

    /// Its own due day: `Some(None)` where the target or the end of its rounds decides, `None` where it is faulty.
    #[expect(clippy::option_option, reason = "faulty, none, or an expression")]
    fn due(&mut self, criterion: &Criterion, at: At<'_>) -> Option<Option<Expression>> {
        let Some(due) = &criterion.due else { return Some(None) };
        self.of_type(Base::Day, due, at).map(Some)
    }

    /// When a criterion is measured. One of a single round reads that one as `round`, where none was chosen.
    fn moment(&self, criterion: &Criterion) -> Moment {
        let not_after = match criterion.at {
            AsOf::Run => None,
            AsOf::Day(day) => Some(day),
            AsOf::RoundEnd => Some(self.end_of_rounds(criterion)),
        };
        let own = if let [round] = criterion.rounds.as_slice() { self.campaign.round(round) } else { None };
        Moment { not_after, round: own.filter(|_| self.round.is_none()).map(|round| round.span) }
    }

    fn end_of_rounds(&self, criterion: &Criterion) -> Day {
        let campaign = self.campaign;
        let judged = |id: &str| criterion.rounds.iter().any(|round| round == "each" || round == id);
        let rounds = campaign.rounds.iter().filter(|round| judged(&round.id));
        let chosen = rounds.clone().find(|round| self.round.is_some_and(|chosen| chosen.id == round.id));
        chosen.or_else(|| rounds.max_by_key(|round| round.span.to)).map_or(campaign.period.to, |round| round.span.to)
    }
}

/// A day in quotes is a text to TOML.
fn quoted_day(measure: &Type, bar: &Expression) -> Option<Phrase> {
    let Expression::Constant(Constant::Text(text)) = bar else { return None };
    (measure.base == Base::Day && Day::parse(text).is_some()).then_some(WITHOUT_QUOTES)
}

/// Why a bound does not fit a measure, as the remedy.
fn mismatch(kind: BoundKind, measure: &Type, bar: &Type) -> Option<Phrase> {
    match (&measure.base, &bar.base) {
        _ if kind == BoundKind::Present => match measure.base {
            Base::Fraction | Base::Number => Some(AT_LEAST_FOR_NUMBERS),
            _ => None,
        },
        (Base::Day, Base::Day) if kind.is_day() => None,
        (Base::Day, _) => Some(DAYS_BY_DAYS),
        _ if kind.is_day() => Some(ONLY_DAYS),
        (Base::Fraction | Base::Number, Base::Number | Base::None) => None,
        (Base::Scale(a), Base::Scale(b)) if a == b => None,
        (Base::Flag, _) => Some(PRESENT_FOR_FLAGS),
        (Base::Choice(_), _) => Some(IS_FOR_WORDS),
        (Base::Scale(_), _) => Some(A_STEP),
        _ => Some(SAME_TYPE),
    }
}
