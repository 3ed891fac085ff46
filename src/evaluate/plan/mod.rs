//! Campaign and rules, checked together: a [`Plan`].
//!
//! All that can be known to be wrong without data is found here, all at once. Every rule, target, condition and key
//! becomes an expression over the rows of its level's table.

mod award;
mod between;
mod check;
mod criterion;
mod level;
mod points;
mod quota;
mod reads;
mod scorers;
mod stage;
mod sums;
mod touched;
mod value;
mod within;

use crate::campaign::{BoundKind, Campaign, Direction, Quantity, Round};
use crate::diagnostic::Diagnostic;
use crate::rule::{Aggregate, Anchor, Derived, Expression, Judging, Library, Lowered, Request, Scope, Type, lower};
use crate::schema::{ColumnId, Literal, TableId};
use crate::source::Place;
use crate::value::{Day, Number};

use value::At;

pub use between::{Between, Part, Written};
pub use points::{BandPlan, FormPlan, GroupPlan, PointsPlan, StepsPlan};
pub use quota::{BasePlan, KeepPlan, PerPlan, QuotaPlan, SharePlan};
pub(super) use reads::Reads;
pub use scorers::ScorerPlan;
pub use stage::{Item, Stage};
pub use within::{Reader, Within};

/// A campaign and its rules, checked and ready to be evaluated on data.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The campaign.
    pub campaign: Campaign,
    /// The functions of its rule files.
    pub library: Library,
    /// The round that was chosen.
    pub round: Option<Round>,
    /// Everything that is computed over row sets or read of an earlier stage.
    pub derived: Vec<Derived>,
    /// One plan for each level.
    pub levels: Vec<LevelPlan>,
    /// All that is to be done, each after what it reads.
    pub stages: Vec<Stage>,
    /// Findings that do not stop the work.
    pub warnings: Vec<Diagnostic>,
}

/// How a level is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelPlan {
    /// The table of its units; `None` for the whole.
    pub units: Option<TableId>,
    /// Which rows are units.
    pub when: Option<Expression>,
    /// Its criteria, in the order of the campaign.
    pub criteria: Vec<CriterionPlan>,
    /// The groups in which points add up, in the order of the campaign; none where no criterion names one.
    pub groups: Vec<GroupPlan>,
    /// The most bonus on top of the full score, and the most that a score can be, where they are written out.
    pub most: [Option<Number>; 2],
    /// The full score that what was earned is scaled to.
    pub score_of: Option<Expression>,
    /// The least and the most that a score can be.
    pub score_bounds: [Option<Expression>; 2],
    /// Its awards, in the order of the campaign.
    pub awards: Vec<AwardPlan>,
    /// The keys of its ranking.
    pub rank: Vec<KeyPlan>,
    /// What must hold for a unit to be ranked.
    pub rank_requires: Vec<(String, ConditionPlan)>,
    /// Its grades, best first.
    pub grades: Vec<GradePlan>,
}

/// When a unit gets a grade.
#[derive(Clone, Debug, PartialEq)]
pub struct GradePlan {
    /// The units that it may be given to.
    pub when: Option<Expression>,
    /// The score that it takes; a grade without one takes whoever is left.
    pub bar: Option<Expression>,
    /// What must hold beside it.
    pub requires: Vec<ConditionPlan>,
}

/// How a criterion is measured and judged on one level.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionPlan {
    /// Its position in the campaign.
    pub criterion: usize,
    /// Whether it is judged in the chosen round.
    pub in_round: bool,
    /// The units that it applies to.
    pub when: Option<Expression>,
    /// What is measured.
    pub measure: Program,
    /// Who says so, where several score it.
    pub scorers: Vec<ScorerPlan>,
    /// What kind of value that is; unknown before it runs for an interpreted rule.
    pub kind: Option<Type>,
    /// The target.
    pub target: Vec<BoundPlan>,
    /// When it is exceeded.
    pub exceeded: Vec<BoundPlan>,
    /// The day on which it must be fulfilled, if it says one beside its target.
    pub due: Option<Expression>,
    /// Whether no last day is set.
    pub never_due: bool,
    /// The last day of its rounds or of the campaign: it is due then, where neither it nor its target says a day.
    pub end: Day,
    /// What it earns.
    pub points: Option<PointsPlan>,
}

impl CriterionPlan {
    /// Everything that what it measures is held against: the target, and the bands of its points.
    pub fn bounds(&self) -> impl Iterator<Item = &BoundPlan> {
        let bands = self.points.iter().filter_map(|points| match &points.form {
            FormPlan::Bands { bands, .. } => Some(bands),
            _ => None,
        });
        self.target.iter().chain(bands.flatten().flat_map(|band| &band.bounds))
    }
}

/// How a value is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Program {
    /// Computed for all units at once.
    Computed(Expression),
    /// Interpreted for each unit: the name of the function and its `args`.
    Interpreted(String, Vec<(String, Literal)>),
}

/// One side of a target.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundPlan {
    /// Which side.
    pub kind: BoundKind,
    /// Its key in the campaign: `by`, `within.to`.
    pub key: &'static str,
    /// The bar.
    pub bar: Expression,
    /// The words that `is` allows, by position.
    pub words: Vec<u32>,
    /// How the bar is written, if it is written out.
    pub written: Option<Quantity>,
}

/// How an award is decided on one level.
#[derive(Clone, Debug, PartialEq)]
pub struct AwardPlan {
    /// Its position in the campaign.
    pub award: usize,
    /// The units that may win it.
    pub when: Option<Expression>,
    /// What must hold.
    pub conditions: Vec<(String, ConditionPlan)>,
    /// The order among those eligible.
    pub by: Vec<KeyPlan>,
    /// How many may win it.
    pub quotas: Vec<QuotaPlan>,
    /// The awards of the level for which it is given up, by their positions in the level's plan.
    pub replaced_by: Vec<usize>,
    /// The criteria of the level that the decision rests on, by their positions in the level's plan.
    pub rests_on: Vec<usize>,
}

/// What a condition of an award looks at.
#[derive(Clone, Debug, PartialEq)]
pub enum ConditionPlan {
    /// Every obligation and target that applies and is due is met.
    AllMet,
    /// A criterion of the level is met, by its position in the level's plan.
    Met(usize),
    /// An award of the level is granted, by its position in the level's plan.
    Granted(usize),
    /// An award of the level was won, whether or not it is given up afterwards.
    Won(usize),
    /// An award of the level is not granted.
    NotGranted(usize),
    /// A rule says yes.
    Rule(Expression),
}

/// One key of an order.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyPlan {
    /// As the campaign writes it.
    pub subject: String,
    /// Which end comes first.
    pub direction: Direction,
    /// The digits after the point that are compared.
    pub places: Option<u32>,
    /// Whether it looks at the units that are equal in all keys before it.
    pub among_tied: bool,
    /// Whether it is a number, and no other thing that has an order.
    pub is_number: bool,
    /// What is compared.
    pub source: KeySource,
}

/// What a key compares.
#[derive(Clone, Debug, PartialEq)]
pub enum KeySource {
    /// The score.
    Score,
    /// The score before it was rounded.
    UnroundedScore,
    /// What a criterion measured, by its position in the level's plan.
    Measure(usize),
    /// What a rule returns.
    Rule(Expression),
}

impl Plan {
    /// Checks a campaign and its rules together. `round` must be one of the campaign's.
    ///
    /// # Errors
    /// All faults that can be found without data.
    ///
    /// ```
    /// use thidua::evaluate::Plan;
    /// use thidua::rule::Library;
    /// use thidua::source::Source;
    /// use thidua::{campaign, document};
    ///
    /// let text = Source::new("campaign.toml", r#"
    ///     id       = "small"
    ///     period   = { from = 2026-01-01, to = 2026-12-31, clause = "1" }
    ///     levels   = { whole = { whole = true } }
    ///     criteria = { large = { levels = ["whole"] } }
    ///     [tables.firms]
    ///     file    = "firms.csv"
    ///     columns = { workers = { type = "number" } }
    /// "#);
    /// let mut faults = Vec::new();
    /// let campaign = campaign::read(&document::parse(&text, &mut faults), &mut faults).expect("no fault");
    ///
    /// let rules = Source::new("rules.rhai", "fn large() { unit.firms.count(|f| f.worker > 0) }");
    /// let faults = Plan::new(campaign, Library::read(&[rules], &mut faults), None).expect_err("a name is misspelt");
    /// assert_eq!(faults[0].to_string(), "rules.rhai:1:37: `firms` has no column or table `worker` [unknown-column]");
    /// ```
    pub fn new(campaign: Campaign, library: Library, round: Option<&str>) -> Result<Self, Vec<Diagnostic>> {
        let round = round.and_then(|id| campaign.round(id)).cloned();
        let params = value::param_types(&campaign);
        let judging = Judging::of(&campaign);
        let mut planner = Planner {
            campaign: &campaign,
            library: &library,
            params: &params,
            judging: &judging,
            round: round.as_ref(),
            derived: Vec::new(),
            faults: Vec::new(),
        };
        check::campaign(&mut planner);
        let mut levels: Vec<_> = (0..campaign.levels.len()).filter_map(|at| level::plan(at, &mut planner)).collect();
        let stages = stage::in_order(&mut levels, &mut planner);
        let Planner { derived, faults, .. } = planner;
        let (errors, warnings): (Vec<_>, Vec<_>) = distinct(faults).into_iter().partition(Diagnostic::is_error);
        if errors.is_empty() {
            Ok(Self { campaign, library, round, derived, levels, stages, warnings })
        } else {
            Err(errors.into_iter().chain(warnings).collect())
        }
    }

    /// For each table, which columns are read.
    #[must_use]
    pub fn wanted(&self) -> Vec<Vec<bool>> {
        let schema = &self.campaign.schema;
        let mut wanted: Vec<Vec<bool>> = schema.tables.iter().map(|table| vec![false; table.columns.len()]).collect();
        let mut want = |table: TableId, column: ColumnId| {
            if let Some(flag) = wanted.get_mut(table.0).and_then(|columns| columns.get_mut(column.0)) {
                *flag = true;
            }
        };
        self.expressions(&mut |expression| {
            expression.walk(&mut |inner| match inner {
                Expression::Field(field) => {
                    want(field.table, field.column);
                    field.path.iter().for_each(|link| want(link.table, link.column));
                }
                Expression::Derived { path, .. } => path.iter().for_each(|link| want(link.table, link.column)),
                _ => {}
            });
        });
        for aggregate in self.aggregates() {
            aggregate.route.iter().chain(&aggregate.below).for_each(|link| want(link.table, link.column));
        }
        self.always_wanted(&mut want);
        wanted
    }

    /// Whether a table must be read: something is read of it, or its rows are counted or judged.
    #[must_use]
    pub fn needs(&self, table: TableId) -> bool {
        self.needed().get(table.0).copied().unwrap_or(false)
    }

    /// For each table, whether it must be read: see [`Plan::needs`].
    #[must_use]
    pub fn needed(&self) -> Vec<bool> {
        let schema = &self.campaign.schema;
        let mut needed: Vec<bool> = self.wanted().iter().map(|columns| columns.contains(&true)).collect();
        let mut need = |table: TableId| {
            if let Some(flag) = needed.get_mut(table.0) {
                *flag = true;
            }
        };
        for aggregate in self.aggregates() {
            need(aggregate.table);
            if let Anchor::Table(table) = aggregate.anchor {
                need(table);
            }
        }
        self.levels.iter().filter_map(|level| level.units).for_each(&mut need);
        // What hangs on a table cannot be read without it.
        for _ in 0..schema.tables.len() {
            let read = (0..schema.tables.len()).map(TableId).filter(|table| needed.get(table.0) == Some(&true));
            let above: Vec<TableId> = read.filter_map(|table| schema.parent_of(table)).collect();
            for table in above {
                if let Some(flag) = needed.get_mut(table.0) {
                    *flag = true;
                }
            }
        }
        needed
    }

    /// Whether a column is read only where it is itself the measure of a criterion.
    #[must_use]
    pub fn only_measured(&self, table: TableId, column: ColumnId) -> bool {
        let mut reads = 0_usize;
        self.expressions(&mut |expression| {
            expression.walk(&mut |inner| {
                let is_it = |field: &crate::rule::Field| field.table == table && field.column == column;
                reads += usize::from(matches!(inner, Expression::Field(field) if is_it(field)));
            });
        });
        let criteria = self.levels.iter().flat_map(|level| &level.criteria);
        let itself = criteria.filter(|criterion| {
            matches!(&criterion.measure, Program::Computed(Expression::Field(field))
                if field.path.is_empty() && field.table == table && field.column == column)
        });
        itself.count() == reads && !self.has_interpreted()
    }

    /// Clusters, the flags that tell whether a list was delivered, and all columns where a rule is interpreted.
    fn always_wanted(&self, want: &mut impl FnMut(TableId, ColumnId)) {
        let schema = &self.campaign.schema;
        for level in &self.campaign.levels {
            if let Some((table, cluster)) = level.units.table().zip(level.cluster) {
                want(table, cluster);
            }
        }
        for (at, table) in schema.tables.iter().enumerate() {
            if let (Some(crate::schema::NoRows::Delivered(flag)), Some(parent)) =
                (table.no_rows, schema.parent_of(TableId(at)))
            {
                want(parent, flag);
            }
            table.cite.iter().for_each(|column| want(TableId(at), *column));
            if self.has_interpreted() {
                (0..table.columns.len()).for_each(|column| want(TableId(at), ColumnId(column)));
            }
        }
    }

    /// Everything that is computed over row sets.
    pub(super) fn aggregates(&self) -> impl Iterator<Item = &Aggregate> {
        self.derived.iter().filter_map(Derived::aggregate)
    }

    /// Whether any rule must be interpreted.
    #[must_use]
    pub fn has_interpreted(&self) -> bool {
        let criteria = self.levels.iter().flat_map(|level| &level.criteria);
        criteria.into_iter().any(|criterion| matches!(criterion.measure, Program::Interpreted(..)))
    }

    fn expressions<'p>(&'p self, visit: &mut impl FnMut(&'p Expression)) {
        self.aggregates().flat_map(Aggregate::expressions).for_each(&mut *visit);
        for level in &self.levels {
            level.when.iter().for_each(&mut *visit);
            level.groups.iter().flat_map(GroupPlan::expressions).for_each(&mut *visit);
            level.score_of.iter().chain(level.score_bounds.iter().flatten()).for_each(&mut *visit);
            level.grades.iter().flat_map(GradePlan::expressions).for_each(&mut *visit);
            level.rank.iter().for_each(|key| key.expression().into_iter().for_each(&mut *visit));
            let to_be_ranked = level.rank_requires.iter().filter_map(|(_, condition)| condition.expression());
            to_be_ranked.for_each(&mut *visit);
            for criterion in &level.criteria {
                criterion.expressions().for_each(&mut *visit);
            }
            for award in &level.awards {
                award.when.iter().chain(award.quotas.iter().flat_map(QuotaPlan::expressions)).for_each(&mut *visit);
                award.by.iter().filter_map(KeyPlan::expression).for_each(&mut *visit);
                let conditions = award.conditions.iter().filter_map(|(_, condition)| condition.expression());
                conditions.for_each(&mut *visit);
            }
        }
    }
}

impl GradePlan {
    fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let rules = self.requires.iter().filter_map(ConditionPlan::expression);
        self.when.iter().chain(&self.bar).chain(rules)
    }
}

impl LevelPlan {
    /// The criteria that can fail a unit, by their positions in the plan.
    pub(super) fn binding(&self, campaign: &Campaign) -> impl Iterator<Item = usize> {
        let binds = |plan: &CriterionPlan| {
            campaign.criteria.get(plan.criterion).is_some_and(|criterion| criterion.strength.binds())
        };
        self.criteria.iter().enumerate().filter(move |(_, plan)| binds(plan)).map(|(at, _)| at)
    }
}

impl CriterionPlan {
    fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let measure = if let Program::Computed(expression) = &self.measure { Some(expression) } else { None };
        let bars = self.target.iter().chain(&self.exceeded).map(|bound| &bound.bar);
        let points = self.points.iter().flat_map(PointsPlan::expressions);
        let scorers = self.scorers.iter().flat_map(ScorerPlan::expressions);
        self.when.iter().chain(measure).chain(scorers).chain(bars).chain(&self.due).chain(points)
    }
}

impl KeyPlan {
    fn expression(&self) -> Option<&Expression> {
        if let KeySource::Rule(expression) = &self.source { Some(expression) } else { None }
    }
}

impl ConditionPlan {
    fn expression(&self) -> Option<&Expression> {
        if let Self::Rule(expression) = self { Some(expression) } else { None }
    }
}

/// The same rule is lowered on every level: its faults are told once.
fn distinct(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen: Vec<Diagnostic> = Vec::new();
    for fault in faults {
        if !seen.contains(&fault) {
            seen.push(fault);
        }
    }
    seen
}

/// What is gathered while planning.
struct Planner<'a> {
    campaign: &'a Campaign,
    library: &'a Library,
    params: &'a [(String, Type)],
    judging: &'a Judging<'a>,
    round: Option<&'a Round>,
    derived: Vec<Derived>,
    faults: Vec<Diagnostic>,
}

impl Planner<'_> {
    fn fault(&mut self, diagnostic: Diagnostic) {
        self.faults.push(diagnostic);
    }

    /// Lowers a rule for the units of a level; a rule that does not exist is reported at `place`. What is wrong with a
    /// rule is told for the first level only.
    fn lower(&mut self, name: &str, at: At<'_>, missing_fails: bool, place: &Place) -> Lowered {
        if !check::is_rule(self, name, at.purpose.scored().is_some(), place) {
            return Lowered::Faulty;
        }
        let (params, judging) = (self.params, self.judging);
        let scope = Scope { schema: &self.campaign.schema, library: self.library, params, judging };
        let At { units, args, moment, purpose, .. } = at;
        let request = Request { name, units, args, missing_fails, moment, purpose };
        let mut found = Vec::new();
        let lowered = lower(request, scope, &mut self.derived, &mut found);
        let told = |fault: &Diagnostic| {
            self.faults.iter().any(|known| known.code() == fault.code() && known.place == fault.place)
        };
        let new: Vec<_> = found.into_iter().filter(|fault| !told(fault)).collect();
        self.faults.extend(new);
        lowered
    }
}
