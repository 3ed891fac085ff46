//! What can be done, in parts that have nothing to do with each other.
//!
//! Items that reach no criterion together, and take no rows from each other, can be looked at apart: what a part comes to
//! for the unit's criteria is the same whatever is done in the others. So the choices of each part are judged once, on the
//! unit alone, and of those that come to the same only the cheapest is kept.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::data::Dataset;
use crate::evaluate::Item as Judged;
use crate::evaluate::{Nearby, Options, Points, Reader, Shift, Stage, Told, ToldOf, Verdict, Whom, Within};
use crate::value::Number;

use super::super::work::on_all;
use super::bundle::{Bundle, Bundles, Counted};
use super::space::Space;

/// Bundles that one thread judges at a time.
const SHARE: usize = 2048;

/// Some items, and everything that can be done with them.
pub(super) struct Part {
    /// The criteria that they reach.
    pub criteria: Vec<usize>,
    /// What can be done, the cheapest first: nothing is first of all.
    pub choices: Vec<Choice>,
    /// What was left out costs at least this much.
    pub cut: Option<Number>,
}

/// Something that can be done in a part.
pub(super) struct Choice {
    pub cost: Number,
    pub items: Counted,
    /// What it adds to the score before it is rounded, at its least, if all else stays.
    pub gain: Number,
    /// What it comes to for the criteria of the part, in their order; nothing where choices are only counted.
    pub told: Vec<ToldOf>,
}

/// All parts, and what they leave open.
pub(super) struct Parts {
    pub all: Vec<Part>,
    /// Whether each part was judged by itself, so that its choices say what they come to for its criteria.
    pub judged: bool,
    /// Whether what the parts gain adds up to what the score gains.
    pub adds_up: bool,
}

/// What of a choice anybody looks at.
type Signature = (Vec<(Verdict, Option<Verdict>, Option<Points>)>, String);

impl Parts {
    /// All that can be done about some stages of the unit: of each part so many choices, the cheapest.
    pub fn new(space: &Space<'_>, last: &[Stage], most: usize) -> Self {
        let (plan, level) = (&space.base.plan, space.who.level);
        let of_item: Vec<Option<Within>> = space
            .items
            .iter()
            .map(|item| item.readers.as_ref().map(|readers| plan.within(level, readers, last)))
            .collect();
        // What reaches nothing that is asked for is of no use.
        let needed = plan.needed_for(last);
        let useful = |at: &usize| match of_item.get(*at) {
            Some(Some(within)) => within.touched.iter().zip(&needed).any(|(touched, needed)| *touched && *needed),
            _ => true,
        };
        let useful: Vec<usize> = (0..space.items.len()).filter(useful).collect();
        let readers: Option<BTreeSet<Reader>> = useful.iter().try_fold(BTreeSet::new(), |mut all, at| {
            all.extend(space.items.get(*at)?.readers.as_ref()?.iter().copied());
            Some(all)
        });
        let readers: Option<Vec<Reader>> = readers.map(|readers| readers.into_iter().collect());
        match readers.map(|readers| plan.within(level, &readers, last)).filter(|within| within.alone) {
            Some(within) => Self::apart(space, &useful, &of_item, &within, most),
            None => Self::in_one(space, &useful, most),
        }
    }

    /// Everything in one part, of which nothing is known but what it costs.
    fn in_one(space: &Space<'_>, items: &[usize], most: usize) -> Self {
        let Bundles { all, cut } = bundles(space, items, &|_| true, most);
        let choice = |of: Bundle| Choice { cost: of.cost, items: of.items, gain: Number::ZERO, told: Vec::new() };
        let part = Part { criteria: Vec::new(), choices: all.into_iter().map(choice).collect(), cut };
        Self { all: vec![part], judged: false, adds_up: false }
    }

    fn apart(space: &Space<'_>, useful: &[usize], of_item: &[Option<Within>], within: &Within, most: usize) -> Self {
        let asked = &within.derived;
        let mut groups: Vec<(BTreeSet<usize>, BTreeSet<usize>, Vec<usize>)> = Vec::new();
        for at in useful {
            let (Some(item), Some(Some(reached))) = (space.items.get(*at), of_item.get(*at)) else { continue };
            let criteria: BTreeSet<usize> = reached.criteria.iter().copied().collect();
            let (shared, others): (Vec<_>, Vec<_>) = groups
                .into_iter()
                .partition(|(theirs, classes, _)| !theirs.is_disjoint(&criteria) || classes.contains(&item.class));
            groups = others;
            let mut all = (criteria, BTreeSet::from([item.class]), vec![*at]);
            for (criteria, classes, items) in shared {
                all.0.extend(criteria);
                all.1.extend(classes);
                all.2.extend(items);
            }
            groups.push(all);
        }
        let mut parts = Self { all: Vec::new(), judged: true, adds_up: true };
        for (criteria, _, mut items) in groups {
            items.sort_unstable();
            let criteria: Vec<usize> = criteria.into_iter().collect();
            let part =
                parts.judge(space, criteria, bundles(space, &items, &|derived| asked.contains(&derived), most), within);
            parts.all.push(part);
        }
        // The one with the most choices first: its choices are gone through only once.
        parts.all.sort_by_key(|part| std::cmp::Reverse(part.choices.len()));
        parts
    }

    /// Judges every bundle of a part on the unit alone.
    fn judge(&mut self, space: &Space<'_>, criteria: Vec<usize>, bundles: Bundles, within: &Within) -> Part {
        let told = told(space, &criteria, &bundles.all, within);
        let mut part = Part { criteria, choices: Vec::new(), cut: bundles.cut };
        let today = told.first().cloned().flatten();
        let mut seen: HashSet<Signature> = HashSet::new();
        for (bundle, told) in bundles.all.into_iter().zip(told) {
            let of_criteria = told.as_ref().and_then(|told| {
                part.criteria.iter().map(|at| told.criteria.get(*at)?.clone()).collect::<Option<Vec<ToldOf>>>()
            });
            // What cannot be judged here may come to anything.
            let Some((told, of_criteria)) = told.zip(of_criteria) else {
                part.cut = Some(part.cut.map_or(bundle.cost, |cut| cut.min(bundle.cost)));
                continue;
            };
            if !seen.insert(signature(&of_criteria, within.measured)) {
                continue;
            }
            let gain = today.as_ref().and_then(|today| gain(today, &told));
            self.adds_up &= gain.is_some();
            let gain = gain.unwrap_or(Number::ZERO);
            part.choices.push(Choice { cost: bundle.cost, items: bundle.items, gain, told: of_criteria });
        }
        part
    }
}

fn signature(told: &[ToldOf], measured: bool) -> Signature {
    let verdicts = told.iter().map(|it| (it.verdict, it.so_far, it.points)).collect();
    let measured =
        if measured { format!("{:?}", told.iter().map(|it| &it.measured).collect::<Vec<_>>()) } else { String::new() };
    (verdicts, measured)
}

/// By how much the score rises before it is rounded; nothing where what is at stake moves too, so that it need not be the
/// same beside other changes.
fn gain(today: &Told, then: &Told) -> Option<Number> {
    let stake =
        |it: &Option<ToldOf>| it.as_ref().and_then(|it| it.points).map(|points| (points.of, points.counts, points.pot));
    let same = today.criteria.iter().zip(&then.criteria).all(|(a, b)| stake(a) == stake(b));
    match (today.score, then.score) {
        (None, None) => Some(Number::ZERO),
        (Some(before), Some(after)) if same => {
            let (before, after) = before.unrounded.zip(after.unrounded)?;
            after.0.minus(before.0).ok()
        }
        _ => None,
    }
}

/// What the unit is told with each of some bundles.
fn told(space: &Space<'_>, criteria: &[usize], bundles: &[Bundle], within: &Within) -> Vec<Option<Told>> {
    let (base, who) = (space.base, space.who);
    let stage = |item: Judged| Stage::Of { level: who.level, item };
    let mut last: Vec<Stage> =
        criteria.iter().flat_map(|at| [stage(Judged::Verdict(*at)), stage(Judged::Points(*at))]).collect();
    last.push(stage(Judged::Score));
    let options = Options { as_of: base.as_of, threads: 1 };
    let at = (who.level, space.unit_row());
    let nearby = Nearby::new((&base.plan, base.kept()), options, at, Whom::Alone, &last, within.touched.clone());
    judged(space, &nearby, &bundles.iter().map(|it| (&*it.shift, &it.others)).collect::<Vec<_>>())
}

/// What the unit is told with each of some shifts, and items done beside them of which it is not known what they add.
pub(super) fn judged(space: &Space<'_>, nearby: &Nearby<'_>, of: &[(&Shift, &Counted)]) -> Vec<Option<Told>> {
    let mut together: BTreeMap<&Counted, Vec<usize>> = BTreeMap::new();
    for (at, (_, others)) in of.iter().enumerate() {
        together.entry(others).or_default().push(at);
    }
    let jobs: Vec<(&Counted, &[usize])> =
        together.iter().flat_map(|(others, all)| all.chunks(SHARE).map(|some| (*others, some))).collect();
    let done = on_all(space.base.threads, &jobs, |(others, some)| {
        let data: Option<Dataset> = space.with(others);
        let shifts: Vec<&Shift> = some.iter().filter_map(|at| of.get(*at).map(|(shift, _)| *shift)).collect();
        data.map_or_else(|| vec![None; some.len()], |data| nearby.told(&data, &shifts))
    });
    let mut all: Vec<Option<Told>> = vec![None; of.len()];
    for ((_, some), told) in jobs.iter().zip(done) {
        for (at, told) in some.iter().zip(told) {
            all.get_mut(*at).into_iter().for_each(|place| place.clone_from(&told));
        }
    }
    all
}

/// Everything that can be done with some items: what it adds to the derived columns that anybody asks for.
fn bundles(space: &Space<'_>, items: &[usize], asked: &dyn Fn(usize) -> bool, most: usize) -> Bundles {
    let mut classes: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in items {
        if let Some(item) = space.items.get(*at) {
            classes.entry(item.class).or_default().push(*at);
        }
    }
    let mut all = Bundles::nothing();
    for (class, items) in classes {
        let rows = space.classes.get(class).map(|class| class.rows.len()).filter(|rows| *rows > 0);
        let mut of_class = Bundles::nothing();
        for at in items {
            let Some(item) = space.items.get(at) else { continue };
            let shift = item.shift.as_ref().map(|shift| shift.of(asked));
            let of_item = Bundles::of_item(at, item.cost, shift.as_ref(), item.most);
            of_class = of_class.with(&of_item, rows, most);
        }
        all = all.with(&of_class.settled(), None, most);
    }
    all.cut = [all.cut, space.cut()].into_iter().flatten().min();
    all
}
