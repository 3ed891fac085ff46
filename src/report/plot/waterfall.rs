//! The points of a unit, criterion by criterion, up to its score today, and what the way to its goal adds.

use std::io;

use crate::diagnostic::Language;
use crate::report::figure::Figures;
use crate::report::words::title;
use crate::scenario::{Answer, Difference, Item, Said, Sought};
use crate::value::Number;

use super::paper::{Frame, Ink, LINE, Mark, Paper, Side, count, float, short, width};
use super::words;
use super::{Plot, lines};

const MARGIN: i32 = 24;
const BAR: i32 = 30;

/// One bar: from where to where.
struct Step {
    kind: &'static str,
    item: String,
    label: String,
    from: Number,
    to: Number,
}

pub(super) fn plot(sought: &Sought, language: Language) -> io::Result<Plot> {
    let steps = steps(sought, language);
    let figures = Figures { language };
    let side = steps.iter().map(|step| width(&step.label)).max().unwrap_or(120) + 2 * MARGIN;
    let height = count(steps.len().max(1)) * BAR;
    let mut paper = Paper::new(side + 560, 5 * LINE + height + 40);
    let unit = sought.name.as_deref().unwrap_or(&sought.unit);
    paper.heading((MARGIN, MARGIN), &words::POINTS_UP_TO.text(language).replace("{unit}", unit));
    if steps.is_empty() {
        paper.label((MARGIN, MARGIN + 2 * LINE), words::NO_SCORE.text(language), Ink::Plain, Side::Right);
    }
    let top = MARGIN + LINE;
    let most = steps.iter().map(|step| float(step.to.max(step.from))).fold(1.0, f64::max);
    let least = steps.iter().map(|step| float(step.to.min(step.from))).fold(0.0, f64::min);
    let rows = f64::from(count(steps.len().max(1)));
    let mut marks = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let ink = match step.kind {
            "gain" if step.to < step.from => Ink::Worse,
            "gain" => Ink::Better,
            "points" => Ink::Faint,
            _ => Ink::Text,
        };
        let height = rows - f64::from(count(at));
        let (from, to) = (float(step.from), float(step.to));
        marks.push(Mark::Bar((from, height - 0.2), (to, height - 0.8), ink));
        let by = step.to.minus(step.from).unwrap_or(Number::ZERO);
        let sign = if step.kind == "gain" && !by.is_negative() { "+" } else { "" };
        let text = format!("{sign}{}", figures.number(by));
        marks.push(Mark::Label((to.max(from), height - 0.5), text, Ink::Text, Side::Right, (6, 0)));
        let middle = top + 8 + count(at) * BAR + BAR / 2;
        paper.label((side - 6, middle), &step.label, Ink::Text, Side::Left);
    }
    paper.frame(Frame {
        at: (side - 48, top),
        size: (560 + 48 - MARGIN, height + 36),
        across: (least, most * 1.12),
        upward: (0.0, rows),
        marks,
        says_across: Some(Box::new(move |value| figures.number(short(value)))),
        says_upward: None,
    });
    Ok(Plot { svg: paper.svg()?, csv: csv(&steps)? })
}

/// The bars. A score or points that are open count at what they surely are.
fn steps(sought: &Sought, language: Language) -> Vec<Step> {
    let level = sought.outcome.levels.iter().find(|level| level.id == sought.level);
    let unit = level.and_then(|level| level.units.iter().find(|unit| unit.id == sought.unit));
    let Some((level, unit)) = level.zip(unit) else { return Vec::new() };
    let Some(score) = unit.score.and_then(|score| score.least) else { return Vec::new() };
    let mut steps = Vec::new();
    let mut sum = Number::ZERO;
    let called =
        |at: usize| level.criteria.get(at).map_or("", |head| title(&head.title, &head.id, language)).to_owned();
    let id = |at: usize| level.criteria.get(at).map(|head| head.id.clone()).unwrap_or_default();
    let mut add = |kind, item: String, label: String, by: Number, sum: &mut Number| {
        let to = sum.plus(by).unwrap_or(*sum);
        if to != *sum {
            steps.push(Step { kind, item, label, from: *sum, to });
        }
        *sum = to;
    };
    for (at, judgement) in unit.criteria.iter().enumerate() {
        if let Some(points) = judgement.points {
            add("points", id(at), called(at), points.least, &mut sum);
        }
    }
    // What does not apply scales the rest up; bounds and groups may take away.
    let rest = score.minus(sum).unwrap_or(Number::ZERO);
    add("scaled", String::new(), words::SCALED.text(language).to_owned(), rest, &mut sum);
    steps.push(Step {
        kind: "today",
        item: String::new(),
        label: words::SCORE_TODAY.text(language).to_owned(),
        from: Number::ZERO,
        to: score,
    });
    let differences = after(&sought.answer);
    let then = differences.iter().find(|it| it.item == Item::Score).and_then(|it| least(&it.after));
    let Some(then) = then else { return steps };
    let mut sum = score;
    let mut gains = Vec::new();
    for (at, head) in level.criteria.iter().enumerate() {
        let points = differences.iter().find(|it| it.item == Item::Points(head.id.clone()));
        let by = points.and_then(|it| least(&it.after)?.minus(least(&it.before)?).ok());
        if let Some(by) = by.filter(|by| *by != Number::ZERO) {
            let to = sum.plus(by).unwrap_or(sum);
            gains.push(Step { kind: "gain", item: id(at), label: called(at), from: sum, to });
            sum = to;
        }
    }
    if sum != then {
        let label = words::SCALED.text(language).to_owned();
        gains.push(Step { kind: "gain", item: String::new(), label, from: sum, to: then });
    }
    steps.extend(gains);
    let label = words::SCORE_THEN.text(language).to_owned();
    steps.push(Step { kind: "then", item: String::new(), label, from: Number::ZERO, to: then });
    steps
}

/// What the way to the goal changes, or, where there is none, what everything that can be done changes.
fn after(answer: &Answer) -> &[Difference] {
    match answer {
        Answer::Least(way) | Answer::NotProved(way, _) => &way.differences,
        Answer::Impossible(_, best) => best,
        Answer::Already | Answer::NotFound(_) => &[],
    }
}

fn least(said: &Said) -> Option<Number> {
    if let Said::Between(least, _) = said { *least } else { None }
}

fn csv(steps: &[Step]) -> io::Result<Vec<u8>> {
    let row = |step: &Step| vec![step.kind.to_owned(), step.item.clone(), step.from.to_string(), step.to.to_string()];
    lines(&["kind", "item", "from", "to"], steps.iter().map(row).collect())
}
