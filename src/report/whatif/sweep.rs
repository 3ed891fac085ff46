//! Every value at which something changes, for people.

use crate::diagnostic::Language;
use crate::scenario::{Break, End, Swept, Unit};
use crate::value::{Day, Number};

use super::super::page::Page;
use super::super::words::UNIT;
use super::said::level_of;
use super::{Paper, words};

/// Lays out a sweep; `unit` shows only what concerns one unit.
#[must_use]
pub fn page(swept: &Swept, unit: Option<&str>, language: Language) -> Page {
    let mut paper = Paper::new(language);
    let over = &swept.over;
    let value = |paper: &Paper, number| paper.value(number, over.unit);
    let holes = [("path", over.path.clone()), ("from", value(&paper, over.from)), ("to", value(&paper, over.to))];
    paper.heading(1, paper.filled(words::SWEPT, &holes));
    if let Some(today) = swept.today {
        paper.line(paper.filled(words::TODAY_IS, &[("today", value(&paper, today))]));
    }
    match swept.stable {
        Some((from, to)) => {
            let end = |end: End| {
                let phrase = if end.included { words::INCLUDED } else { words::EXCLUDED };
                paper.filled(phrase, &[("at", value(&paper, end.at))])
            };
            paper.line(paper.filled(words::STABLE, &[("from", end(from)), ("to", end(to))]));
        }
        None => paper.line(paper.word(words::OUTSIDE)),
    }
    if swept.exact {
        paper.line(paper.filled(words::EXACT, &[("count", swept.breaks.len().to_string())]));
    }
    paper.flips(swept, unit);
    paper.steps(swept);
    paper.warnings(&swept.warnings);
    paper.page
}

impl Paper {
    /// A value as the campaign writes it.
    pub(super) fn value(&self, value: Number, unit: Unit) -> String {
        match unit {
            Unit::Plain => self.figures.number(value),
            Unit::Percent => {
                let hundredths = value.times(Number::whole(100)).unwrap_or(value);
                format!("{}\u{a0}%", self.figures.number(hundredths))
            }
            Unit::Day => {
                let day = value.to_whole().and_then(|days| i32::try_from(days).ok()).map(Day::from_days);
                day.map_or_else(|| value.to_string(), |day| self.figures.day(day))
            }
        }
    }

    fn place(&self, swept: &Swept, at: &Break) -> String {
        let phrase = if at.included { words::FROM_ON } else { words::BEYOND };
        self.filled(phrase, &[("at", self.value(at.at, swept.over.unit))])
    }

    fn flips(&mut self, swept: &Swept, unit: Option<&str>) {
        let mut rows = Vec::new();
        for at in &swept.breaks {
            let wanted = |flip: &&crate::scenario::Flip| {
                unit.is_none_or(|unit| flip.unit == unit || flip.name.as_deref() == Some(unit))
            };
            for (position, flip) in at.flips.iter().filter(wanted).enumerate() {
                let level = level_of(&flip.level, [&swept.outcome, &swept.outcome]);
                let own = flip.unit == flip.level;
                let name = level.filter(|_| own).map(|level| self.title(&level.title, &level.id).to_owned());
                rows.push(vec![
                    if position == 0 { self.place(swept, at) } else { String::new() },
                    name.unwrap_or_else(|| flip.name.clone().unwrap_or_else(|| flip.unit.clone())),
                    self.item(&flip.item, level),
                    self.said(&flip.before),
                    self.said(&flip.after),
                ]);
            }
        }
        if rows.is_empty() {
            return;
        }
        let columns = [
            (words::AT_VALUE, false),
            (UNIT, false),
            (words::WHAT, false),
            (words::BELOW, false),
            (words::THEN_ON, false),
        ];
        self.grid(&columns, rows);
    }

    /// How many have each award between the breaks at which that changes.
    fn steps(&mut self, swept: &Swept) {
        let mut items = Vec::new();
        for ((level, award), counts) in &swept.awards {
            let level = level_of(level, [&swept.outcome, &swept.outcome]);
            let mut steps = Vec::new();
            for (at, count) in counts.iter().enumerate() {
                let same = at > 0 && counts.get(at - 1).map(|before| before.units) == Some(count.units);
                let count = count.units;
                let place = at.checked_sub(1).and_then(|at| swept.breaks.get(at)).map(|at| self.place(swept, at));
                if !same {
                    steps.push(place.map_or_else(|| count.to_string(), |place| format!("{count} {place}")));
                }
            }
            if steps.len() > 1 {
                items.push(format!("{}: {}", self.award_called(award, level), steps.join(", ")));
            }
        }
        if !items.is_empty() {
            self.heading(2, self.word(words::AWARD_STEPS));
            self.list(items);
        }
    }
}
