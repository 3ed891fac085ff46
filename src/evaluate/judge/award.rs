//! Awards: conditions, and a quota that chooses among those for whom they hold.

use std::collections::BTreeMap;

use crate::campaign::Per;
use crate::rule::Expression;
use crate::value::{Number, Truth};

use super::super::outcome::{AwardOutcome, AwardVerdict, Beside, Judgement, Verdict};
use super::super::plan::{AwardPlan, ConditionPlan, Plan};
use super::Judge;
use super::field::Field;
use super::sheet::{Sheet, Unit, fill};
use super::standing::Standing;

/// So many of the units beside one are named.
const MOST_NAMED: usize = 20;

impl<'d> Judge<'_, 'd> {
    /// Who wins an award, by its position in the level's plan.
    pub(super) fn award(&mut self, sheet: &mut Sheet<'d>, at: usize) {
        let Some(award) = sheet.plan.awards.get(at) else { return };
        let mut decisions = Vec::with_capacity(sheet.units.len());
        for unit in 0..sheet.units.len() {
            decisions.push(self.conditions(award, sheet, unit));
        }
        self.choose(award, sheet, &mut decisions);
        fill(&mut sheet.awards, at, decisions);
    }

    /// The conditions of an award for a unit; nothing for a unit that cannot win it.
    fn conditions(&mut self, award: &'d AwardPlan, sheet: &Sheet<'d>, unit: usize) -> Option<AwardOutcome> {
        let may_win = match &award.when {
            Some(when) => self.holds(when, "when", sheet, unit),
            None => Truth::True,
        };
        if may_win == Truth::False {
            return None;
        }
        let mut conditions = Vec::with_capacity(award.conditions.len());
        for (name, condition) in &award.conditions {
            conditions.push((name.clone(), self.condition(condition, sheet, unit)));
        }
        let all = conditions.iter().map(|(_, truth)| *truth).fold(may_win, Truth::and);
        let verdict = match all {
            Truth::True => AwardVerdict::Eligible,
            Truth::False => AwardVerdict::NotEligible,
            Truth::Unknown => AwardVerdict::Undetermined,
        };
        let is_due =
            |at: &usize| sheet.judgement(*at, unit).is_none_or(|judgement| judgement.verdict != Verdict::NotDue);
        let provisional = !award.rests_on.iter().all(is_due);
        Some(AwardOutcome { verdict, conditions, beside: Beside::default(), provisional, otherwise: Vec::new() })
    }

    pub(super) fn condition(&mut self, condition: &'d ConditionPlan, sheet: &Sheet<'d>, unit: usize) -> Truth {
        match condition {
            ConditionPlan::AllMet => all_met(self.plan, sheet, unit),
            ConditionPlan::Met(at) => sheet.judgement(*at, unit).map_or(Truth::Unknown, met),
            ConditionPlan::Granted(at) => {
                let other = sheet.awards.get(*at).and_then(|column| column.get(unit));
                other.map_or(Truth::Unknown, |outcome| granted(outcome.as_ref()))
            }
            ConditionPlan::Rule(expression) => self.holds(expression, "award", sheet, unit),
        }
    }

    pub(super) fn holds(&mut self, expression: &'d Expression, rule: &str, sheet: &Sheet<'d>, unit: usize) -> Truth {
        let row = sheet.units.get(unit).map_or(0, |unit| unit.row);
        let answer = self.context.truth(expression, row);
        self.answered(answer, rule, sheet.plan, row).unwrap_or(Truth::Unknown)
    }

    /// Decides who of those eligible wins. Without a quota all do.
    fn choose(&mut self, award: &'d AwardPlan, sheet: &Sheet<'d>, decisions: &mut [Option<AwardOutcome>]) {
        let Some(at_most) = &award.at_most else {
            for outcome in decisions.iter_mut().flatten().filter(|it| it.verdict == AwardVerdict::Eligible) {
                outcome.verdict = AwardVerdict::Granted;
            }
            return;
        };
        let quota = self.plan.campaign.awards.get(award.award).and_then(|award| award.quota.as_ref());
        let per_cluster = quota.is_some_and(|quota| quota.per == Per::Cluster);
        let standings = self.standings(&award.by, sheet);
        let mut decided = Vec::new();
        for members in groups(per_cluster, &sheet.units).into_values() {
            let runner = |at: &usize| Runner::new(*at, &sheet.units, decisions, &standings);
            let mut runners: Vec<Runner<'_>> = members.iter().filter_map(runner).collect();
            runners.sort_unstable_by_key(|runner| runner.id);
            let race = Race::new(&runners);
            for runner in &runners {
                let row = sheet.units.get(runner.at).map_or(0, |unit| unit.row);
                let places = self.amount(at_most, "at_most", Number::is_count, sheet.plan, row);
                let verdict = race.decide(runner, places);
                decided.push((runner.at, verdict, race.beside(runner, verdict, &runners)));
            }
        }
        for (at, verdict, beside) in decided {
            if let Some(Some(outcome)) = decisions.get_mut(at) {
                (outcome.verdict, outcome.beside) = (verdict, beside);
            }
        }
    }
}

/// The Kleene *and* over obligations and targets that apply and are due. Where nothing is left, nothing is known.
fn all_met(plan: &Plan, sheet: &Sheet<'_>, unit: usize) -> Truth {
    let judged = sheet.plan.binding(&plan.campaign).filter_map(|at| sheet.judgement(at, unit));
    judged.filter(|judgement| !is_left_out(judgement)).map(met).reduce(Truth::and).unwrap_or(Truth::Unknown)
}

/// Whether a criterion neither helps nor hurts `all_met`. What is met or not due yet does neither, whichever it is.
fn is_left_out(judgement: &Judgement) -> bool {
    let met_or_not_due = judgement.verdict == Verdict::Undetermined && judgement.so_far == Some(Verdict::Undetermined);
    met_or_not_due
        || matches!(judgement.verdict, Verdict::NotApplicable | Verdict::NotDue | Verdict::NoTarget | Verdict::Measured)
}

/// Whether a criterion that an award names is met. One that does not apply is not: the award asks for the deed.
pub(super) fn met(judgement: &Judgement) -> Truth {
    is_met(judgement.verdict)
}

/// Whether a verdict says that the target is met.
pub(super) fn is_met(verdict: Verdict) -> Truth {
    match verdict {
        Verdict::Met | Verdict::Exceeded => Truth::True,
        Verdict::NotMet | Verdict::NotApplicable | Verdict::NoTarget => Truth::False,
        Verdict::Undetermined | Verdict::NotDue | Verdict::Measured => Truth::Unknown,
    }
}

/// Whether an award is granted to a unit; one that it cannot win is not.
pub(super) fn granted(outcome: Option<&AwardOutcome>) -> Truth {
    match outcome.map(|outcome| outcome.verdict) {
        Some(AwardVerdict::Granted) => Truth::True,
        Some(AwardVerdict::NotEligible | AwardVerdict::Eligible) | None => Truth::False,
        Some(AwardVerdict::Undetermined | AwardVerdict::TiedAtCut) => Truth::Unknown,
    }
}

/// The units among which a quota chooses. A unit without a cluster stands outside the quotas per cluster.
fn groups(per_cluster: bool, units: &[Unit]) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        match &unit.cluster {
            Some(cluster) if per_cluster => groups.entry(cluster.clone()).or_default().push(at),
            None if per_cluster => {}
            _ => groups.entry(String::new()).or_default().push(at),
        }
    }
    groups
}

/// A unit that may be eligible.
struct Runner<'s> {
    at: usize,
    id: &'s str,
    surely_eligible: bool,
    standing: &'s Standing,
}

impl<'s> Runner<'s> {
    fn new(at: usize, units: &'s [Unit], outcomes: &[Option<AwardOutcome>], standings: &'s [Standing]) -> Option<Self> {
        let surely_eligible = match outcomes.get(at)?.as_ref()?.verdict {
            AwardVerdict::Eligible => true,
            AwardVerdict::Undetermined => false,
            _ => return None,
        };
        Some(Self { at, id: &units.get(at)?.id, surely_eligible, standing: standings.get(at)? })
    }
}

/// Those who compete for the places of a quota.
struct Race<'s> {
    all: Field<'s>,
    surely_eligible: Field<'s>,
}

impl<'s> Race<'s> {
    fn new(runners: &[Runner<'s>]) -> Self {
        let all: Vec<_> = runners.iter().map(|runner| runner.standing).collect();
        let eligible: Vec<_> = runners.iter().filter(|runner| runner.surely_eligible).map(|it| it.standing).collect();
        Self { all: Field::new(&all), surely_eligible: Field::new(&eligible) }
    }

    /// The decision that is the same whatever turns out, else undetermined; a tie at the cut is never broken.
    fn decide(&self, runner: &Runner<'_>, places: Option<Number>) -> AwardVerdict {
        let Some(places) = places.filter(|_| runner.surely_eligible) else { return AwardVerdict::Undetermined };
        let place_left = |count: usize| Number::count(count as u64) < places;
        let (mine, others) = (runner.standing, self.all.len() - 1);
        if place_left(others - self.all.surely_behind(mine)) {
            return AwardVerdict::Granted;
        }
        let before = self.surely_eligible.surely_before(mine);
        if !place_left(before) {
            return AwardVerdict::Eligible;
        }
        // However it turns out, too few stand before it to close the places and too many beside it to share them.
        let never_closed = place_left(self.all.perhaps_before(mine));
        let always_shared = !place_left(before + self.surely_eligible.surely_level(mine));
        if never_closed && always_shared { AwardVerdict::TiedAtCut } else { AwardVerdict::Undetermined }
    }

    /// The units that leave a place open or share it: neither surely before this one nor surely behind it.
    fn beside(&self, runner: &Runner<'_>, verdict: AwardVerdict, runners: &[Runner<'_>]) -> Beside {
        let open = matches!(verdict, AwardVerdict::Undetermined | AwardVerdict::TiedAtCut);
        if !open || !runner.surely_eligible {
            return Beside::default();
        }
        let mine = runner.standing;
        let count = self.all.len() - 1 - self.surely_eligible.surely_before(mine) - self.all.surely_behind(mine);
        let parted = |other: &&Runner<'_>| {
            let before = other.surely_eligible && other.standing.least() > mine.greatest();
            other.at != runner.at && !before && other.standing.greatest() >= mine.least()
        };
        let named = runners.iter().filter(parted).take(count.min(MOST_NAMED));
        let units: Vec<String> = named.map(|other| other.id.to_owned()).collect();
        Beside { more: count - units.len(), units }
    }
}
