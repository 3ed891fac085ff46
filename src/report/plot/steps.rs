//! How many units have each award over the range of a number, with today's value marked.

use std::io;

use crate::diagnostic::Language;
use crate::report::figure::Figures;
use crate::report::words::title;
use crate::scenario::{End, Swept, Unit, Winners};
use crate::value::{Day, Number};

use super::super::whatif::words;
use super::paper::{Frame, Ink, LINE, Mark, Paper, Side, count, float, short};
use super::{Plot, lines};

const WIDTH: i32 = 860;
const PANEL: i32 = 170;
const MARGIN: i32 = 24;

pub(super) fn plot(swept: &Swept, language: Language) -> io::Result<Plot> {
    let panels = count(swept.awards.len().max(1));
    let mut paper = Paper::new(WIDTH, 4 * LINE + panels * (PANEL + 2 * LINE));
    paper.heading((MARGIN, MARGIN), &format!("{}: {}", words::AWARD_STEPS.text(language), swept.over.path));
    let mut top = MARGIN + LINE + LINE / 2;
    if let Some(today) = swept.today {
        let today = words::TODAY_IS.text(language).replace("{today}", &written(today, swept.over.unit, language));
        paper.label((MARGIN, top), &today, Ink::Worse, Side::Right);
    }
    top += 2 * LINE;
    for ((level, award), winners) in &swept.awards {
        let of = swept.outcome.levels.iter().find(|it| it.id == *level);
        let head = of.and_then(|level| level.awards.iter().find(|head| head.id == *award));
        let name = head.map_or(award.as_str(), |head| title(&head.title, &head.id, language));
        let level = of.map_or(level.as_str(), |level| title(&level.title, &level.id, language));
        paper.label((MARGIN, top), &format!("{name} · {level}"), Ink::Text, Side::Right);
        paper.frame(frame(swept, winners, top + LINE / 2, language));
        top += PANEL + 2 * LINE;
    }
    Ok(Plot { svg: paper.svg()?, csv: csv(swept)? })
}

/// The stretches between two breaks, with what is counted in each.
fn stretches<'s>(swept: &'s Swept, winners: &'s [Winners]) -> impl Iterator<Item = (End, End, Winners)> + 's {
    winners.iter().enumerate().map(|(at, winners)| {
        let below = at.checked_sub(1).and_then(|at| swept.breaks.get(at));
        let from =
            below.map_or(End { at: swept.over.from, included: true }, |it| End { at: it.at, included: it.included });
        let above = swept.breaks.get(at);
        let to =
            above.map_or(End { at: swept.over.to, included: true }, |it| End { at: it.at, included: !it.included });
        (from, to, *winners)
    })
}

fn frame(swept: &Swept, winners: &[Winners], top: i32, language: Language) -> Frame {
    let units = |winners: &Winners| f64::from(u32::try_from(winners.units).unwrap_or(u32::MAX));
    let most = winners.iter().map(units).fold(1.0, f64::max);
    let (from, to) = (float(swept.over.from), float(swept.over.to));
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (start, end, winners) in stretches(swept, winners) {
        points.extend([start, end].map(|end| (float(end.at), units(&winners))));
    }
    let mut marks = vec![Mark::Line(points, Ink::Better, 3)];
    if let Some(today) = swept.today.map(float).filter(|today| from <= *today && *today <= to) {
        marks.push(Mark::Line(vec![(today, 0.0), (today, most * 1.15)], Ink::Worse, 1));
        let label = words::BEFORE.text(language).to_owned();
        marks.push(Mark::Label((today, most * 1.15), label, Ink::Worse, Side::Right, (6, 6)));
    }
    let unit = swept.over.unit;
    Frame {
        at: (MARGIN, top),
        size: (WIDTH - 2 * MARGIN, PANEL),
        across: (from, to),
        upward: (0.0, most * 1.15),
        marks,
        says_across: Some(Box::new(move |value| written(short(value), unit, language))),
        says_upward: Some(Box::new(move |value| whole(value, language))),
    }
}

/// A number of an axis that counts; nothing between two counts.
fn whole(value: f64, language: Language) -> String {
    let number = short(value);
    if number.is_whole() { Figures { language }.number(number) } else { String::new() }
}

pub(super) fn written(value: Number, unit: Unit, language: Language) -> String {
    let figures = Figures { language };
    match unit {
        Unit::Plain => figures.number(value),
        Unit::Percent => {
            let hundredths = value.times(Number::whole(100)).unwrap_or(value);
            format!("{}\u{a0}%", figures.number(hundredths))
        }
        Unit::Day => {
            let day = value.floor().to_whole().and_then(|days| i32::try_from(days).ok()).map(Day::from_days);
            day.map_or_else(String::new, |day| figures.day(day))
        }
    }
}

fn csv(swept: &Swept) -> io::Result<Vec<u8>> {
    let columns = ["level", "award", "path", "from", "from_included", "to", "to_included", "units", "clusters"];
    let mut rows = Vec::new();
    for ((level, award), winners) in &swept.awards {
        for (from, to, winners) in stretches(swept, winners) {
            let ends = [from, to].map(|end| [swept.over.written(end.at), end.included.to_string()]).concat();
            let head = [level.clone(), award.clone(), swept.over.path.clone()];
            let counts = [winners.units, winners.clusters].map(|many| many.to_string());
            rows.push(head.into_iter().chain(ends).chain(counts).collect());
        }
    }
    lines(&columns, rows)
}
