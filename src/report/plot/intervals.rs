//! The places that each unit may have: today, in draws, and with one criterion left out.

use std::collections::BTreeMap;
use std::io;

use crate::diagnostic::Language;
use crate::report::words::title;
use crate::scenario::{Robust, Standing};

use super::super::whatif::csv::{PLACES, places};
use super::super::whatif::words;
use super::paper::{Ink, LINE, Paper, Side, count, width};
use super::words as captions;
use super::{Plot, lines};

const MARGIN: i32 = 24;
const PLACE: i32 = 36;

/// A cluster of a level, and its units from the best place to the worst.
type Panel<'p> = ((usize, &'p str, Option<&'p str>), Vec<&'p Standing>);

pub(super) fn plot(robust: &Robust, language: Language) -> io::Result<Plot> {
    let panels = panels(robust);
    let side = robust.units.iter().map(|unit| width(called(unit))).max().unwrap_or(120) + MARGIN;
    let rows: usize = panels.iter().map(|(_, units)| units.len() + 4).sum();
    let worst = robust.units.iter().flat_map(spans).filter_map(|(_, span)| span).map(|(_, worst)| worst);
    let most = count(worst.max().unwrap_or(1));
    let legend = [words::RANK_LEFT_OUT, words::RANK_DRAWN, words::RANK_TODAY];
    let across = (side + 2 * MARGIN + (most + 1) * PLACE).max(620);
    let mut paper = Paper::new(across, 5 * LINE + count(rows) * LINE);
    paper.heading((MARGIN, MARGIN), captions::PLACES_POSSIBLE.text(language));
    let mut left = MARGIN;
    for (ink, phrase) in inks().into_iter().zip(legend) {
        let text = phrase.text(language);
        mark(&mut paper, ink, (left, left + 24), MARGIN + LINE + LINE / 2);
        paper.label((left + 42, MARGIN + LINE + LINE / 2), text, Ink::Plain, Side::Right);
        left += 42 + width(text) + MARGIN;
    }
    let mut top = MARGIN + 3 * LINE + LINE / 2;
    for ((_, level, cluster), units) in &panels {
        let of = robust.outcome.levels.iter().find(|it| it.id == *level);
        let level = of.map_or(*level, |level| title(&level.title, &level.id, language));
        let group = cluster.map(|cluster| format!(" · {} {cluster}", words::GROUP.text(language)));
        paper.label((MARGIN, top), &format!("{level}{}", group.unwrap_or_default()), Ink::Text, Side::Right);
        top += LINE;
        let last = units.iter().flat_map(|unit| spans(unit)).filter_map(|(_, span)| span).map(|(_, worst)| worst).max();
        let place = |place: usize| side + MARGIN + count(place) * PLACE - PLACE / 2;
        let bottom = top + LINE + count(units.len()) * LINE;
        for at in 1..=last.unwrap_or(0) {
            paper.label((place(at), top), &at.to_string(), Ink::Plain, Side::Middle);
            paper.line(vec![(place(at), top + LINE / 2), (place(at), bottom)], Ink::Ground, 1);
        }
        top += LINE;
        for unit in units {
            paper.label((side + MARGIN / 2, top), called(unit), Ink::Text, Side::Left);
            for (ink, span) in spans(unit) {
                if let Some((best, worst)) = span {
                    mark(&mut paper, ink, (place(best), place(worst)), top);
                }
            }
            top += LINE;
        }
        top += 2 * LINE;
    }
    Ok(Plot { svg: paper.svg()?, csv: csv(robust)? })
}

fn inks() -> [Ink; 3] {
    [Ink::Ground, Ink::Better, Ink::Text]
}

/// The spans of a unit, from the one that is drawn first.
fn spans(unit: &Standing) -> [(Ink, Option<(usize, usize)>); 3] {
    let [left_out, drawn, today] = inks();
    [(left_out, unit.left_out), (drawn, unit.drawn), (today, unit.today)]
}

/// A span: the broad one behind, the narrow one in front, and a line with its ends for today.
fn mark(paper: &mut Paper, ink: Ink, (from, to): (i32, i32), at: i32) {
    let thick = match ink {
        Ink::Ground => 7,
        Ink::Better => 4,
        _ => {
            paper.line(vec![(from, at), (to, at)], ink, 1);
            paper.dot((from, at), ink);
            paper.dot((to, at), ink);
            return;
        }
    };
    paper.bar((from - 8, at - thick), (to + 8, at + thick), ink);
}

fn called(unit: &Standing) -> &str {
    unit.name.as_deref().unwrap_or(&unit.unit)
}

fn panels(robust: &Robust) -> Vec<Panel<'_>> {
    let mut panels: BTreeMap<(usize, &str, Option<&str>), Vec<&Standing>> = BTreeMap::new();
    for unit in &robust.units {
        let level = robust.outcome.levels.iter().position(|level| level.id == unit.level).unwrap_or(usize::MAX);
        // Who has no place has nothing to show.
        if unit.today.is_some() || unit.drawn.is_some() {
            panels.entry((level, &unit.level, unit.cluster.as_deref())).or_default().push(unit);
        }
    }
    for units in panels.values_mut() {
        units.sort_by_key(|unit| unit.today.or(unit.drawn));
    }
    panels.into_iter().collect()
}

fn csv(robust: &Robust) -> io::Result<Vec<u8>> {
    let units = panels(robust).into_iter().flat_map(|(_, units)| units);
    lines(&PLACES, units.map(places).collect())
}
