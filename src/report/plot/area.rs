//! Who wins in which cell while two numbers move together, with today's values marked.

use std::io;

use crate::diagnostic::Language;
use crate::scenario::{End, Mapped, Over};

use super::super::whatif::map::{letter, winners_of};
use super::super::whatif::{csv, words};
use super::Plot;
use super::paper::{Frame, Ink, LINE, Mark, Paper, Side, count, float, short, width};
use super::steps::written;

const WIDTH: i32 = 860;
const PANEL: i32 = 460;
const MARGIN: i32 = 24;

pub(super) fn plot(mapped: &Mapped, language: Language) -> io::Result<Plot> {
    let [first, second] = &mapped.overs;
    let legend: Vec<String> = mapped
        .classes
        .iter()
        .enumerate()
        .map(|(at, won)| format!("{}: {}", letter(at), winners_of(mapped, won, language)))
        .collect();
    let across = legend.iter().map(|text| width(text) + 3 * MARGIN).max().unwrap_or(0).max(WIDTH);
    let mut paper = Paper::new(across, PANEL + (count(legend.len()) + 7) * LINE);
    paper.heading((MARGIN, MARGIN), words::WHO_WINS.text(language));
    paper.label((MARGIN, MARGIN + LINE + LINE / 2), &format!("↑ {}", second.path), Ink::Plain, Side::Right);
    let top = MARGIN + 2 * LINE;
    paper.frame(frame(mapped, top, language));
    paper.label((WIDTH / 2, top + PANEL + LINE / 2), &format!("{} →", first.path), Ink::Plain, Side::Middle);
    for (at, text) in legend.iter().enumerate() {
        let line = top + PANEL + (count(at) + 2) * LINE;
        paper.bar((MARGIN, line - 6), (MARGIN + 16, line + 6), Ink::Kind(at));
        paper.label((MARGIN + 24, line), text, Ink::Text, Side::Right);
    }
    let mut figures = Vec::new();
    csv::mapped(mapped, &mut figures)?;
    Ok(Plot { svg: paper.svg()?, csv: figures })
}

fn frame(mapped: &Mapped, top: i32, language: Language) -> Frame {
    let [first, second] = &mapped.overs;
    let ends = |over: &Over| (float(over.from), float(over.to));
    let ((left, right), (low, high)) = (ends(first), ends(second));
    let mut marks = Vec::new();
    for strip in &mapped.strips {
        let (from, to) = span(strip.from, strip.to);
        for cell in &strip.cells {
            let (bottom, above) = span(cell.from, cell.to);
            // A cell that is a single value has no breadth, and no room for its letter.
            if from < to && bottom < above {
                marks.push(Mark::Bar((from, bottom), (to, above), Ink::Kind(cell.class)));
            } else {
                marks.push(Mark::Line(vec![(from, bottom), (to, above)], Ink::Kind(cell.class), 2));
            }
            let broad = (to - from) * 30.0 > right - left && (above - bottom) * 25.0 > high - low;
            if broad {
                let middle = (f64::midpoint(from, to), f64::midpoint(bottom, above));
                marks.push(Mark::Label(middle, letter(cell.class), Ink::Text, Side::Middle, (0, 0)));
            }
        }
    }
    if let [Some(a), Some(b)] = mapped.today.map(|today| today.map(float))
        && left <= a
        && a <= right
        && low <= b
        && b <= high
    {
        marks.push(Mark::Line(vec![(a, low), (a, high)], Ink::Worse, 1));
        marks.push(Mark::Line(vec![(left, b), (right, b)], Ink::Worse, 1));
        marks.push(Mark::Label((a, b), words::BEFORE.text(language).to_owned(), Ink::Worse, Side::Right, (6, -9)));
    }
    let (unit, other) = (first.unit, second.unit);
    Frame {
        at: (MARGIN, top),
        size: (WIDTH - 2 * MARGIN, PANEL),
        across: (left, right),
        upward: (low, high),
        marks,
        says_across: Some(Box::new(move |value| written(short(value), unit, language))),
        says_upward: Some(Box::new(move |value| written(short(value), other, language))),
    }
}

fn span(from: End, to: End) -> (f64, f64) {
    (float(from.at), float(to.at))
}
