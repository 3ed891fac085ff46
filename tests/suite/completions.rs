//! Evaluation with blanks against evaluation of every completion of the blanks.
//!
//! The engine is its own oracle: a completed dataset has nothing unknown in it. What is said with blanks must hold in
//! every completion; where no unknown cell is read twice, it must also be no vaguer than the completions are.

use std::collections::{BTreeMap, BTreeSet};

use thidua::campaign::Missing;
use thidua::evaluate::{AwardOutcome, AwardVerdict, Counts, Judgement, Measured, Outcome, UnitLine, Verdict};
use thidua::schema::{Blank, Kind, NoRows, Schema};
use thidua::value::{Number, Possible};

use crate::campaigns::{Campaign, Dice, Rows, UNKNOWN};

/// More completions of one dataset would only take time.
const MOST_COMPLETIONS: usize = 120;

const TABLES: &str = r#"
[scales.grade]
poor = {}
good = {}
best = {}

[tables.units]
file = "units.csv"
key  = "code"
[tables.units.columns]
code     = { type = "text" }
cluster  = { type = "choice", values = ["A", "B"] }
kind     = { type = "choice", values = ["small", "large"] }
plan     = { type = "number", min = 0, max = 3, blank = "none" }
paid     = { type = "number", min = 0, max = 4 }
deadline = { type = "date", future = true }
listed   = { type = "flag" }

[tables.firms]
file    = "firms.csv"
key     = "code"
parent  = "owner"
no_rows = { delivered = "listed" }
[tables.firms.columns]
code  = { type = "text" }
owner = { type = "link", to = "units" }
big   = { type = "flag" }
done  = { type = "flag" }
size  = { type = "number", min = 0, max = 2 }
cost  = { type = "number", min = 1, max = 2 }
on    = { type = "date", blank = "none" }
grade = { type = "scale", scale = "grade" }
"#;

const CRITERIA: &str = r#"
[defaults.criteria]
clause = "1"
levels = ["units", "province"]

[criteria.done]
at_least = "50%"
points   = { max = 8, clause = "1", by = "proportional" }
[criteria.big_done]
at_least = "60%"
points   = { max = 10, clause = "1", by = "proportional" }
[criteria.in_period]
at_least = "50%"
[criteria.grown]
at_least = "50%"
[criteria.several]
at_least = 1
exceeded = { more_than = 1 }
points   = { max = 5, clause = "1", by = "proportional" }
[criteria.few]
rule     = "several"
at_most  = 1
[criteria.total]
at_least = 2
exceeded = { at_least = 4 }
points   = { max = 4, clause = "1", by = "proportional" }
[criteria.average]
at_least = "100%"
[criteria.dear]
at_least = "75%"
points   = { max = 3, clause = "1", by = "proportional" }
[criteria.smallest]
at_least = 1
points   = { max = 7, clause = "1", by = "proportional" }
[criteria.largest]
at_least = 2
[criteria.last_day]
by       = 2024-06-30
points   = { max = 2, clause = "1" }
[criteria.any_done]
present  = true
points   = { max = 2, clause = "1" }
[criteria.all_done]
present  = true
[criteria.in_a_row]
at_least = { value = 2, clause = "1" }

[criteria.grades]
at_least = 2
[criteria.last_grade]
at_least = "good"
[criteria.worst_grade]
at_least = "good"
"#;

/// Criteria that only units have: they read the unit's own cells.
const OWN: &str = r#"
[criteria.payment]
levels   = ["units"]
rule     = "paid"
at_least = { column = "plan" }
exceeded = { more_than = { column = "plan" } }
points   = { max = 9, clause = "1", by = "proportional" }
[criteria.payment_of_large]
levels   = ["units"]
column   = "paid"
when     = { kind = "large" }
at_least = 2
points   = { max = 5, clause = "1" }
[criteria.payment_by_kind]
levels   = ["units"]
column   = "paid"
at_least = [{ when = { kind = "large" }, value = 3 }, { value = 1 }]
points   = { max = 1, clause = "1", by = "proportional" }
[criteria.payment_in_time]
levels   = ["units"]
column   = "paid"
at_least = 2
due      = { column = "deadline" }
points   = { max = 4, clause = "1" }
[criteria.large]
levels   = ["units"]
column   = "kind"
is       = "large"
"#;

/// An unreported property is not met; an unreported membership is as open as ever.
const STRICT: &str = r#"
[defaults.criteria]
clause  = "1"
levels  = ["units", "province"]
missing = "not_met"

[criteria.done]
at_least = "50%"
points   = { max = 6, clause = "1" }
[criteria.big_done]
at_least = "60%"
points   = { max = 6, clause = "1", by = "proportional" }
[criteria.any_done]
present  = true
[criteria.all_done]
present  = true
"#;

const RULES: &str = r#"
fn done()        { unit.firms.share(|f| f.done) }
fn big_done()    { unit.firms.filter(|f| f.big).share(|f| f.done) }
fn in_period()   { unit.firms.share(|f| f.on in period && f.done) }
fn grown()       { unit.firms.filter(|f| f.size >= 1).share(|f| f.size > 1) }
fn several()     { unit.firms.count(|f| f.big && f.done) }
fn total()       { unit.firms.filter(|f| f.big).sum(|f| f.size) }
fn average()     { unit.firms.filter(|f| f.big).mean(|f| f.size) }
fn dear()        { unit.firms.ratio(|f| f.size, |f| f.cost) }
fn smallest()    { unit.firms.filter(|f| f.big).min(|f| f.size) }
fn largest()     { unit.firms.filter(|f| f.big).max(|f| f.size) }
fn last_day()    { unit.firms.max(|f| f.on) }
fn any_done()    { unit.firms.filter(|f| f.big).any(|f| f.done) }
fn all_done()    { unit.firms.filter(|f| f.big).all(|f| f.done) }
fn grades()      { unit.firms.distinct(|f| f.grade) }
fn in_a_row()    { unit.firms.run(|f| f.size) }
fn last_grade()  { unit.firms.latest(|f| f.on).grade }
fn worst_grade() { unit.firms.min(|f| f.grade) }
fn paid()        { unit.paid }
fn not_small()   { unit.kind != "small" }
"#;

/// Criteria in which some unknown cell may be read twice, or whose value is joined or divided: sound, not tight.
const NOT_TIGHT: [&str; 12] = [
    "grown",
    "average",
    "dear",
    "grades",
    "in_a_row",
    "last_grade",
    "any_done",
    "all_done",
    "payment_by_kind",
    "each_paid",
    "to_plan",
    "rooted",
];

/// What is computed of the values of rows in order, and of numbers of which a condition says something.
const COMPUTED: &str = r#"
[defaults.criteria]
clause = "1"
levels = ["units"]

[criteria.best_two]
at_least = 3
points   = { max = 8, clause = "1", by = "proportional" }
[criteria.without_dearest]
at_least = 2
[criteria.middle]
at_least = 1
[criteria.trimmed]
at_least = 1
[criteria.second]
at_least = 1
[criteria.cited]
at_least = 1
[criteria.places]
at_most = 4
[criteria.clamped]
at_least = 2
[criteria.beyond]
at_least = 1
points   = { max = 4, clause = "1", by = "proportional" }
[criteria.each_paid]
at_least = 3
[criteria.to_plan]
at_least = "100%"
[criteria.rooted]
at_least = 1.5
[criteria.if_it_applies]
at_most = 0.5
[criteria.listed_best]
at_least = 3
"#;

const RULES_COMPUTED: &str = r"
fn best_two()        { unit.firms.filter(|f| f.big).list(|f| f.size).greatest(params.two).sum() }
fn without_dearest() { unit.firms.list(|f| f.cost).without_greatest(1).sum() }
fn middle()          { unit.firms.filter(|f| f.big).list(|f| f.size).median() }
fn trimmed()         { unit.firms.list(|f| f.size).without_least(1).without_greatest(1).mean() }
fn second()          { unit.firms.filter(|f| f.done).list(|f| f.size).nth_greatest(params.two) }
fn cited()           { unit.firms.filter(|f| f.big).list(|f| f.size).h_index() }
fn places()          { unit.firms.sum(|f| params.by_place.at(f.size) ?? 0) }
fn clamped()         { max(1, min(unit.paid, params.two)) }
fn beyond()          { if unit.paid > 1 { unit.paid - 1 } else { 0 } }
fn each_paid()       { if unit.paid > 0 { params.six / unit.paid } else { 0 } }
fn to_plan()         { share_of(unit.paid, unit.plan ?? 0) }
fn rooted()          { root(unit.paid, 2, 3) + power(params.two, unit.paid - 1, 3) + ln(unit.paid + 1, 3) - unit.paid }
fn if_it_applies()   { let paid = if unit.paid > params.two { not_applicable } else { unit.paid }; round(paid / 3, 1) }
fn listed_best()     { [unit.paid, unit.plan, 1].greatest(params.two).sum() }
";

const AWARDS: &str = r#"
[awards.medal]
levels   = ["units"]
requires = ["several", "not_small"]
[awards.flag]
levels   = ["units"]
requires = ["done"]
by       = ["score desc"]
quota    = [{ at_most = 1, per = "cluster", clause = "1" }]
[awards.cup]
levels   = ["units"]
requires = ["payment"]
by       = ["payment_of_large desc", "several desc"]
quota    = [{ at_most = 1, clause = "1" }]
[awards.crown]
levels   = ["units"]
when     = { kind = "large" }
requires = ["flag"]
[awards.everything]
levels   = ["units"]
requires = ["all_met"]
"#;

fn levels(not_applicable: &str, rank_by: &str) -> String {
    format!(
        r#"
[levels.province]
whole = true
score = {{ round = {{ items = 2, score = 2 }}, not_applicable = "{not_applicable}", clause = "1" }}
[levels.units]
table   = "units"
cluster = "cluster"
score   = {{ round = {{ items = 2, score = 2 }}, not_applicable = "{not_applicable}", clause = "1" }}
rank    = {{ by = {rank_by}, ties = "competition", clause = "1" }}
[levels.units.grades]
good = {{ at_least = 40, clause = "1" }}
fair = {{ more_than = 20, clause = "1" }}
rest = {{ clause = "1" }}
"#
    )
}

/// Everything that the language can say of firms and their units.
pub fn whole_campaign(not_applicable: &str) -> Campaign {
    let rank_by = r#"["score desc", "payment_of_large desc", "last_day asc"]"#;
    Campaign::new(&[TABLES, &levels(not_applicable, rank_by), CRITERIA, OWN, AWARDS].concat(), RULES)
}

/// The column of firms whose unreported cells count as not met where the campaign says so.
pub const DONE: usize = 3;

/// Something unknown in a dataset, and the ways in which it may turn out.
enum Gap {
    Cell {
        table: String,
        row: usize,
        column: usize,
        values: Vec<String>,
    },
    /// The list of a unit's firms was never delivered: it may turn out to hold any of these.
    Firms {
        unit: String,
        lists: Vec<Vec<String>>,
    },
}

impl Gap {
    fn ways(&self) -> usize {
        match self {
            Self::Cell { values, .. } => values.len(),
            Self::Firms { lists, .. } => lists.len(),
        }
    }

    fn fill(&self, way: usize, rows: &mut Rows) {
        match self {
            Self::Cell { table, row, column, values } => rows.set(table, *row, *column, &values[way]),
            Self::Firms { unit, lists } => {
                let firms = lists[way].iter().enumerate().map(|(at, firm)| format!("{unit}new{at},{unit},{firm}"));
                *rows = std::mem::take(rows).with("firms", firms);
            }
        }
    }
}

/// Every value that an unknown cell of a column may turn out to have.
fn values(schema: &Schema, table: &str, column: usize) -> Vec<String> {
    let table = schema.table(schema.find(table).unwrap());
    let column = &table.columns[column];
    let own: Vec<String> = match &column.kind {
        Kind::Flag => vec!["true".into(), "false".into()],
        Kind::Choice(words) | Kind::Scale(words) => words.words.iter().map(|word| word.id.clone()).collect(),
        Kind::Number { min: Some(min), max: Some(max) } => {
            (min.to_whole().unwrap()..=max.to_whole().unwrap()).map(|value| value.to_string()).collect()
        }
        // Before the period, on both days of evaluation, and after them.
        Kind::Date { .. } => ["2023-12-31", "2024-06-30", "2024-12-31", "2025-01-15"].map(str::to_owned).into(),
        other => panic!("{other:?} has too many values to try"),
    };
    let none = (column.blank == Blank::None).then(String::new);
    own.into_iter().chain(none).collect()
}

fn gaps(campaign: &Campaign, rows: &Rows) -> Vec<Gap> {
    let schema = campaign.schema();
    let strict = campaign.plan.campaign.criteria.iter().all(|criterion| criterion.missing == Missing::NotMet);
    let mut gaps: Vec<Gap> = Vec::new();
    let firms = schema.table(schema.find("firms").unwrap());
    let flag = match firms.no_rows {
        Some(NoRows::Delivered(flag)) => flag.0,
        other => panic!("{other:?}"),
    };
    for unit in &rows.0["units"] {
        let has_firms = rows.0["firms"].iter().any(|firm| firm[1] == unit[0]);
        if !has_firms && unit[flag] != "true" {
            let one = |cells: &str| vec![cells.to_owned()];
            let two = vec!["true,true,2,1,2024-06-30,best".to_owned(), "true,false,0,2,,poor".to_owned()];
            let lists = vec![
                vec![],
                one("true,true,1,2,2024-12-31,good"),
                one("true,false,0,1,2023-12-31,poor"),
                one("false,true,2,2,,best"),
                two,
            ];
            gaps.push(Gap::Firms { unit: unit[0].clone(), lists });
        }
    }
    for (table, row, column) in rows.unknown() {
        let values = match (table.as_str(), column) {
            ("units", column) if column == flag => vec!["true".to_owned()],
            ("firms", DONE) if strict => vec!["false".to_owned()],
            _ => values(schema, &table, column),
        };
        gaps.push(Gap::Cell { table, row, column, values });
    }
    gaps
}

/// Every way to fill the gaps of a dataset; nothing if there are too many.
fn completions(campaign: &Campaign, rows: &Rows) -> Option<Vec<Rows>> {
    let gaps = gaps(campaign, rows);
    let ways = gaps.iter().try_fold(1_usize, |ways, gap| ways.checked_mul(gap.ways()))?;
    if ways > MOST_COMPLETIONS {
        return None;
    }
    let complete = |mut code: usize| {
        let mut rows = rows.clone();
        for gap in &gaps {
            gap.fill(code % gap.ways(), &mut rows);
            code /= gap.ways();
        }
        // Whatever the list says, it has been delivered now.
        for unit in rows.0.get_mut("units").unwrap() {
            unit[6] = "true".into();
        }
        rows
    };
    Some((0..ways).map(complete).collect())
}

/// Two or three units with up to three firms each, and some cells that nobody knows.
pub fn random_rows(schema: &Schema, dice: &mut Dice) -> Rows {
    let chance = *dice.pick(&[10, 20, 35]);
    let cell = |table: &str, column: usize, dice: &mut Dice| {
        if dice.percent(chance) { UNKNOWN.to_owned() } else { dice.pick(&values(schema, table, column)).clone() }
    };
    let mut rows = Rows::default().with("units", [""; 0]).with("firms", [""; 0]);
    for unit in ["u1", "u2", "u3"].into_iter().take(2 + dice.below(2)) {
        let cluster = *dice.pick(&["A", "A", "B"]);
        let own: Vec<String> = (2..7).map(|column| cell("units", column, dice)).collect();
        rows = rows.with("units", [format!("{unit},{cluster},{}", own.join(","))]);
        for firm in 0..dice.below(4) {
            let cells: Vec<String> = (2..8).map(|column| cell("firms", column, dice)).collect();
            rows = rows.with("firms", [format!("{unit}f{firm},{unit},{}", cells.join(","))]);
        }
    }
    rows
}

/// What was measured, as numbers: days and words are ordered as their positions.
fn measured(judgement: &Judgement) -> Possible<Number> {
    fn of<T: Copy + Ord>(value: &Possible<T>, number: impl Fn(T) -> i64) -> Possible<Number> {
        let end = |end: Option<T>| end.map(|end| Number::whole(number(end)));
        match value.range() {
            None => Possible::none(),
            Some(range) if value.may_be_none() => Possible::between(end(range.least), end(range.greatest)).or_none(),
            Some(range) => Possible::between(end(range.least), end(range.greatest)),
        }
    }
    match &judgement.measured {
        Measured::Fraction(fraction) => fraction.number(),
        Measured::Number(number) => *number,
        Measured::Day(day) => of(day, |day| i64::from(day.days())),
        Measured::Flag(flag) => of(flag, i64::from),
        Measured::Category(code, _) => of(code, i64::from),
        Measured::Nothing => Possible::none(),
        text @ Measured::Text(_) => panic!("{text:?}"),
    }
}

fn contains(known: &Possible<Number>, value: &Possible<Number>) -> bool {
    match value.value() {
        None => known.may_be_none() || known.is_none(),
        Some(value) => {
            !known.is_none()
                && known.least().is_none_or(|least| least <= value)
                && known.greatest().is_none_or(|greatest| value <= greatest)
        }
    }
}

/// One dataset with blanks, what it says, and what its completions say.
struct Trial<'t> {
    /// What to print where something is wrong.
    what: String,
    blank: &'t Outcome,
    completed: &'t [Outcome],
    /// Whether some list was never delivered: then the completions that are tried are only some of them.
    open: bool,
}

impl Trial<'_> {
    fn check(&self) {
        for (level, blank) in self.blank.levels.iter().enumerate() {
            for (at, unit) in blank.units.lines().enumerate() {
                let completed: Vec<UnitLine> = self
                    .completed
                    .iter()
                    .map(|outcome| outcome.levels[level].units.get(at).unwrap().to_line())
                    .collect();
                let completed: Vec<&UnitLine> = completed.iter().collect();
                for (criterion, head) in blank.criteria.iter().enumerate() {
                    let judgements: Vec<&Judgement> = completed.iter().map(|unit| &unit.criteria[criterion]).collect();
                    self.criterion(&head.id, &unit.id, &unit.criteria[criterion], &judgements);
                }
                self.score(&unit, &completed);
                self.rank(&unit, &completed);
                for (award, head) in blank.awards.iter().enumerate() {
                    let decisions: Vec<_> = completed.iter().map(|unit| unit.awards[award].as_ref()).collect();
                    self.award(&head.id, &unit.id, unit.awards[award].as_ref(), &decisions);
                }
            }
        }
    }

    fn criterion(&self, id: &str, unit: &str, blank: &Judgement, completed: &[&Judgement]) {
        let tight = !NOT_TIGHT.contains(&id);
        let what = format!("{id} of {unit}\n{blank:?}\n{}", self.what);
        self.verdict(blank.verdict, completed, tight, &what);
        let known = measured(blank);
        for value in completed.iter().map(|judgement| measured(judgement)) {
            assert!(contains(&known, &value), "{value:?} is possible: {what}");
        }
        if tight && !self.open {
            let values = || completed.iter().filter_map(|judgement| measured(judgement).value());
            assert!(
                known.least().is_none_or(|least| values().min() == Some(least)),
                "the least {:?} is too low: {what}",
                values().min()
            );
            assert!(
                known.greatest().is_none_or(|most| values().max() == Some(most)),
                "the greatest {:?} is too high: {what}",
                values().max()
            );
        }
        points(blank, completed, &what);
    }

    fn verdict(&self, blank: Verdict, completed: &[&Judgement], tight: bool, what: &str) {
        // What is surely met is met, even where it may be exceeded.
        let met = |verdict: Verdict| if verdict == Verdict::Exceeded { Verdict::Met } else { verdict };
        let exact: BTreeSet<&str> = completed.iter().map(|judgement| judgement.verdict.id()).collect();
        let coarse: BTreeSet<&str> = completed.iter().map(|judgement| met(judgement.verdict).id()).collect();
        let common = |verdicts: &BTreeSet<&'static str>| verdicts.first().copied().filter(|_| verdicts.len() == 1);
        let best = common(&exact).or(common(&coarse)).unwrap_or(Verdict::Undetermined.id());
        if tight && !self.open {
            assert_eq!(blank.id(), best, "{exact:?}: {what}");
        } else {
            let allowed = [Some(best), common(&coarse), Some(Verdict::Undetermined.id())];
            assert!(allowed.contains(&Some(blank.id())), "{exact:?}: {what}");
        }
    }

    fn score(&self, blank: &UnitLine, completed: &[&UnitLine]) {
        let Some(score) = blank.score else { return };
        for exact in completed.iter().filter_map(|unit| unit.score) {
            let what = || format!("the score {exact:?} of {} is possible, not only {score:?}: {}", blank.id, self.what);
            match exact.least.zip(exact.greatest) {
                None => assert!(score.perhaps_none || score.least.is_none(), "{}", what()),
                Some((least, greatest)) => {
                    assert_eq!(least, greatest, "{}", what());
                    assert!(
                        score.least.is_some_and(|low| low <= least)
                            && score.greatest.is_some_and(|high| greatest <= high),
                        "{}",
                        what()
                    );
                }
            }
        }
        if let Some(grade) = blank.grade.as_ref().and_then(|grade| grade.id.as_ref()) {
            let same = |unit: &&UnitLine| unit.grade.as_ref().and_then(|grade| grade.id.as_ref()) == Some(grade);
            assert!(completed.iter().all(same), "not always the grade {grade} for {}: {}", blank.id, self.what);
        }
    }

    fn rank(&self, blank: &UnitLine, completed: &[&UnitLine]) {
        let Some(rank) = &blank.rank else { return };
        for exact in completed.iter().filter_map(|unit| unit.rank.as_ref()) {
            let place = exact.place().expect("complete data have one rank");
            assert!(
                (rank.best..=rank.worst).contains(&place),
                "rank {place} of {} is possible, not only {rank:?}: {}",
                blank.id,
                self.what
            );
            assert!(!rank.tied || exact.tied, "{} is not always tied: {}", blank.id, self.what);
        }
    }

    fn award(&self, id: &str, unit: &str, blank: Option<&AwardOutcome>, completed: &[Option<&AwardOutcome>]) {
        // Whoever cannot win an award at all does not win it.
        let verdict =
            |outcome: Option<&AwardOutcome>| outcome.map_or(AwardVerdict::NotEligible, |outcome| outcome.verdict);
        let blank = verdict(blank);
        for exact in completed.iter().map(|outcome| verdict(*outcome)) {
            let told = blank == exact || blank == AwardVerdict::Undetermined;
            assert!(told, "{id} of {unit} may be {} and is said to be {}: {}", exact.id(), blank.id(), self.what);
        }
    }
}

fn points(blank: &Judgement, completed: &[&Judgement], what: &str) {
    let Some(points) = blank.points else {
        assert!(completed.iter().all(|judgement| judgement.points.is_none()), "no points: {what}");
        return;
    };
    for exact in completed.iter().filter_map(|judgement| judgement.points) {
        assert_eq!(exact.least, exact.greatest, "complete data have one answer: {what}");
        let holds = match exact.counts {
            Counts::Fully => points.least <= exact.least && exact.greatest <= points.greatest,
            Counts::LeftOut => matches!(points.counts, Counts::LeftOut | Counts::PerhapsLeftOut),
            _ => !matches!(points.counts, Counts::Fully | Counts::LeftOut),
        };
        assert!(holds, "{exact:?} is possible: {what}");
    }
}

fn try_random_rows(campaign: &Campaign, seeds: std::ops::Range<u64>) {
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in seeds {
        let mut dice = Dice(seed);
        let (rows, completions) = std::iter::repeat_with(|| random_rows(campaign.schema(), &mut dice))
            .find_map(|rows| completions(campaign, &rows).map(|completions| (rows, completions)))
            .expect("some dataset is small enough");
        let open = gaps(campaign, &rows).iter().any(|gap| matches!(gap, Gap::Firms { .. }));
        let blank = campaign.evaluate(&rows);
        let completed: Vec<Outcome> = completions.iter().map(|rows| campaign.evaluate(rows).outcome).collect();
        for judgement in
            blank.outcome.levels.iter().flat_map(|level| level.units.lines()).flat_map(|unit| unit.criteria)
        {
            *verdicts.entry(judgement.verdict.id()).or_default() += 1;
        }
        let what = format!("seed {seed}, as of {}\n{rows:?}", campaign.as_of);
        Trial { what, blank: &blank.outcome, completed: &completed, open }.check();
    }
    for verdict in ["met", "not_applicable", "undetermined"] {
        assert!(verdicts.contains_key(verdict), "{verdict} never occurred: {verdicts:?}");
    }
}

#[test]
fn what_is_said_with_blanks_holds_in_every_completion() {
    for (not_applicable, from) in [("rescale", 0), ("full", 1_000), ("zero", 2_000)] {
        try_random_rows(&whole_campaign(not_applicable), from..from + 30);
    }
}

#[test]
fn what_is_computed_of_open_numbers_holds_in_every_completion() {
    let params = r#"
[params]
two      = { value = 2, clause = "1" }
six      = { value = 6, clause = "1" }
by_place = { value = [5, 3], clause = "1" }
[levels.units]
table = "units"
score = { round = { items = 2 }, not_applicable = "zero", clause = "1" }
rank  = { by = ["score desc", "places asc"], ties = "competition", clause = "1" }
"#;
    try_random_rows(&Campaign::new(&[params, TABLES, COMPUTED].concat(), RULES_COMPUTED), 0..200);
}

#[test]
fn what_is_said_before_the_due_day_holds_in_every_completion() {
    try_random_rows(&whole_campaign("rescale").on("2024-06-30"), 3_000..3_030);
}

#[test]
fn what_is_not_reported_is_not_met_where_the_campaign_says_so() {
    let toml = [TABLES, &levels("rescale", r#"["score desc"]"#), STRICT].concat();
    try_random_rows(&Campaign::new(&toml, RULES), 4_000..4_050);
}
