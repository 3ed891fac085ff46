//! Ranks before and after, of those that move: one panel for each cluster.

use std::collections::BTreeMap;
use std::io;

use crate::diagnostic::Language;
use crate::report::words::title;
use crate::scenario::{Compared, Item, LevelCompared, Moved, Said, UnitCompared};

use super::super::spreadsheet::inert;
use super::super::whatif::words;
use super::paper::{Ink, LINE, Paper, Side, count, width};
use super::words as captions;
use super::{Plot, lines};

/// A unit that moves.
struct Mover<'m> {
    unit: &'m UnitCompared,
    before: (usize, usize),
    after: (usize, usize),
    moved: Moved,
}

/// The movers of one cluster.
struct Panel<'m> {
    level: &'m LevelCompared,
    cluster: Option<&'m str>,
    movers: Vec<Mover<'m>>,
}

const WAY: i32 = 320;
const MARGIN: i32 = 24;

pub(super) fn plot(compared: &Compared, language: Language) -> io::Result<Plot> {
    let panels = panels(compared);
    let called = |mover: &Mover<'_>| mover.unit.name.clone().unwrap_or_else(|| mover.unit.id.clone());
    let longest = panels.iter().flat_map(|panel| &panel.movers).map(|mover| width(&called(mover)) + 64).max();
    let side = longest.unwrap_or(160);
    let rows: usize = panels.iter().map(|panel| panel.movers.len() + 3).sum();
    let mut paper = Paper::new(2 * (side + MARGIN) + WAY, 3 * LINE + count(rows + 1) * LINE + MARGIN);
    paper.heading((MARGIN, MARGIN), captions::RANKS_MOVE.text(language));
    let mut top = MARGIN + 2 * LINE;
    if panels.is_empty() {
        paper.label((MARGIN, top), captions::NO_RANK_MOVES.text(language), Ink::Plain, Side::Right);
    }
    for panel in &panels {
        let (left, right) = (MARGIN + side, MARGIN + side + WAY);
        let level = title(&panel.level.title, &panel.level.id, language);
        let group = panel.cluster.map(|cluster| format!(" · {} {cluster}", words::GROUP.text(language)));
        paper.label((MARGIN, top), &format!("{level}{}", group.unwrap_or_default()), Ink::Text, Side::Right);
        paper.label((left, top), words::BEFORE.text(language), Ink::Plain, Side::Middle);
        paper.label((right, top), words::AFTER.text(language), Ink::Plain, Side::Middle);
        top += LINE + LINE / 2;
        let (before, after) = (slots(panel, |mover| mover.before), slots(panel, |mover| mover.after));
        for (at, mover) in panel.movers.iter().enumerate() {
            let ink = match mover.moved {
                Moved::Better => Ink::Better,
                Moved::Worse => Ink::Worse,
                Moved::Otherwise => Ink::Plain,
            };
            let height = |slots: &BTreeMap<usize, usize>| top + count(slots.get(&at).copied().unwrap_or(0)) * LINE;
            let (from, to) = ((left, height(&before)), (right, height(&after)));
            paper.line(vec![from, to], ink, 2);
            paper.dot(from, ink);
            paper.dot(to, ink);
            let name = called(mover);
            paper.label((left - 12, from.1), &format!("{name}  {}", places(mover.before)), Ink::Text, Side::Left);
            paper.label((right + 12, to.1), &format!("{}  {name}", places(mover.after)), Ink::Text, Side::Right);
        }
        top += (count(panel.movers.len()) + 1) * LINE + LINE / 2;
    }
    Ok(Plot { svg: paper.svg()?, csv: csv(&panels)? })
}

/// Whose rank is another, or is known more or less exactly, by level and cluster.
fn panels(compared: &Compared) -> Vec<Panel<'_>> {
    let mut panels: Vec<Panel<'_>> = Vec::new();
    for level in &compared.levels {
        let mut clusters: BTreeMap<Option<&str>, Vec<Mover<'_>>> = BTreeMap::new();
        for unit in &level.units {
            let rank = unit.differences.iter().find(|difference| difference.item == Item::Rank);
            let Some(rank) = rank else { continue };
            if let (Said::Places(a, b, _), Said::Places(x, y, _)) = (&rank.before, &rank.after)
                && (a, b) != (x, y)
            {
                let mover = Mover { unit, before: (*a, *b), after: (*x, *y), moved: rank.moved };
                clusters.entry(unit.cluster.as_deref()).or_default().push(mover);
            }
        }
        panels.extend(clusters.into_iter().map(|(cluster, movers)| Panel { level, cluster, movers }));
    }
    panels
}

/// On which line each mover stands: by place, then in the order of the outcome, so that no two names meet.
fn slots(panel: &Panel<'_>, place: impl Fn(&Mover<'_>) -> (usize, usize)) -> BTreeMap<usize, usize> {
    let mut order: Vec<usize> = (0..panel.movers.len()).collect();
    order.sort_by_key(|at| panel.movers.get(*at).map(&place));
    order.into_iter().enumerate().map(|(slot, at)| (at, slot)).collect()
}

fn places((best, worst): (usize, usize)) -> String {
    if best == worst { best.to_string() } else { format!("{best}–{worst}") }
}

fn csv(panels: &[Panel<'_>]) -> io::Result<Vec<u8>> {
    let columns = ["level", "unit", "name", "cluster", "best_before", "worst_before", "best_after", "worst_after"];
    let mut rows = Vec::new();
    for panel in panels {
        for mover in &panel.movers {
            let unit = mover.unit;
            let text = |text: Option<&str>| text.map(inert).unwrap_or_default();
            let head = [panel.level.id.clone(), inert(&unit.id), text(unit.name.as_deref()), text(panel.cluster)];
            let places = [mover.before.0, mover.before.1, mover.after.0, mover.after.1];
            rows.push(head.into_iter().chain(places.map(|place| place.to_string())).collect());
        }
    }
    lines(&columns, rows)
}
