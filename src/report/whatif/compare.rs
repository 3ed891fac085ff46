//! Who gains and who loses, for people.

use crate::diagnostic::Language;
use crate::evaluate::{AwardVerdict, LevelOutcome};
use crate::scenario::{Compared, Difference, Fate, Item, LevelCompared, Said, UnitCompared};

use super::super::page::Page;
use super::super::words::{AWARDS, UNIT};
use super::said::level_of;
use super::{Paper, words};

/// Lays out a comparison. `points` are shown only where they are asked for: they move whenever a score does.
#[must_use]
pub fn page(compared: &Compared, points: bool, language: Language) -> Page {
    let mut paper = Paper::new(language);
    paper.heading(1, compared_title(&paper, compared));
    let about = compared.scenarios.iter().filter_map(|scenario| scenario.about.clone()).collect();
    paper.list(about);
    if !compared.changes.is_empty() {
        paper.heading(2, paper.word(words::CHANGES));
        let numbered = compared.changes.iter().enumerate().map(|(at, label)| format!("{}. {label}", at + 1)).collect();
        paper.list(numbered);
    }
    let differs = compared.levels.iter().flat_map(|level| &level.units).any(|unit| unit.fate != Fate::Same);
    if !differs {
        paper.line(paper.word(words::NOTHING_CHANGES));
    }
    for level in compared.levels.iter().filter(|level| level.units.iter().any(|unit| unit.fate != Fate::Same)) {
        let outcome = level_of(&level.id, [&compared.before, &compared.after]);
        paper.level(level, outcome, points);
        if compared.changes.len() > 1 {
            paper.causes(level, outcome, points);
        }
    }
    paper.warnings(&compared.warnings);
    paper.page
}

fn compared_title(paper: &Paper, compared: &Compared) -> String {
    let names: Vec<&str> =
        compared.scenarios.iter().map(|scenario| paper.title(&scenario.title, &scenario.id)).collect();
    let what = paper.word(words::COMPARED);
    if names.is_empty() { what.to_owned() } else { format!("{what}: {}", names.join(" + ")) }
}

fn shown(unit: &UnitCompared, points: bool) -> impl Iterator<Item = &Difference> {
    unit.differences.iter().filter(move |difference| points || !matches!(difference.item, Item::Points(_)))
}

impl Paper {
    fn level(&mut self, level: &LevelCompared, outcome: Option<&LevelOutcome>, points: bool) {
        self.heading(2, self.title(&level.title, &level.id).to_owned());
        if let Some(all) = level.groups.last() {
            let [gains, loses, mixed, differs, same] = all.fates.map(|count| count.to_string());
            let holes = [("gains", gains), ("loses", loses), ("mixed", mixed), ("differs", differs), ("same", same)];
            self.line(self.filled(words::SUMMARY, &holes));
        }
        let news = self.news(level, outcome);
        self.list(news);
        if level.groups.len() > 1 {
            self.groups(level, outcome);
        }
        let rows = level.units.iter().flat_map(|unit| {
            shown(unit, points).enumerate().map(|(at, difference)| {
                let name = if at == 0 { Self::unit(unit.name.as_deref(), &unit.id) } else { String::new() };
                vec![
                    name,
                    words::sign(difference.moved).to_owned(),
                    self.item(&difference.item, outcome),
                    self.said(&difference.before),
                    self.said(&difference.after),
                ]
            })
        });
        let rows = rows.collect();
        let columns =
            [(UNIT, false), (words::MOVED, false), (words::WHAT, false), (words::BEFORE, false), (words::AFTER, false)];
        self.grid(&columns, rows);
    }

    /// Who wins what and who loses it, in a sentence for each award.
    fn news(&self, level: &LevelCompared, outcome: Option<&LevelOutcome>) -> Vec<String> {
        let Some(all) = level.groups.last() else { return Vec::new() };
        let mut news = Vec::new();
        for (id, before, after) in &all.awards {
            let granted = Said::Award(AwardVerdict::Granted);
            let units = |holds: &dyn Fn(&Difference) -> bool| {
                let of = level
                    .units
                    .iter()
                    .filter(|unit| unit.differences.iter().any(|it| it.item == Item::Award(id.clone()) && holds(it)));
                of.map(|unit| unit.name.clone().unwrap_or_else(|| unit.id.clone())).collect::<Vec<_>>().join(", ")
            };
            let award = self.award_called(id, outcome);
            let (won, lost) = (units(&|it| it.after == granted), units(&|it| it.before == granted));
            if won.is_empty() && lost.is_empty() {
                continue;
            }
            let holes = [("award", award.clone()), ("before", before.to_string()), ("after", after.to_string())];
            let mut sentence = self.filled(words::NEW_AWARD, &holes) + ".";
            for (phrase, units) in [(words::WON, won), (words::LOST, lost)] {
                if !units.is_empty() {
                    sentence =
                        format!("{sentence} {}", self.filled(phrase, &[("award", award.clone()), ("units", units)]));
                }
            }
            news.push(sentence);
        }
        news
    }

    fn groups(&mut self, level: &LevelCompared, outcome: Option<&LevelOutcome>) {
        self.heading(3, self.word(words::GAINERS));
        let row = |group: &crate::scenario::Group| {
            let name = group.cluster.clone().unwrap_or_else(|| self.word(words::ALL).to_owned());
            let awards = group.awards.iter().filter(|(_, before, after)| before + after > 0);
            let awards =
                awards.map(|(id, before, after)| format!("{} {before}→{after}", self.award_called(id, outcome)));
            let fates = group.fates.iter().map(ToString::to_string);
            let cells = [name].into_iter().chain(fates).chain([awards.collect::<Vec<_>>().join("; ")]);
            cells.collect()
        };
        let rows = level.groups.iter().map(row).collect();
        let columns = [
            (words::GROUP, false),
            (words::GAIN, true),
            (words::LOSE, true),
            (words::MIX, true),
            (words::DIFFER, true),
            (words::STAY, true),
            (AWARDS, false),
        ];
        self.grid(&columns, rows);
    }

    /// Which change causes what: verdicts, ranks and awards.
    fn causes(&mut self, level: &LevelCompared, outcome: Option<&LevelOutcome>, points: bool) {
        let mut rows = Vec::new();
        for unit in &level.units {
            for difference in shown(unit, points).filter(|difference| !difference.causes.is_empty()) {
                for (at, cause) in difference.causes.iter().enumerate() {
                    let first = at == 0;
                    let head = |text: String| if first { text } else { String::new() };
                    rows.push(vec![
                        head(unit.name.clone().unwrap_or_else(|| unit.id.clone())),
                        head(self.item(&difference.item, outcome)),
                        (at + 1).to_string(),
                        self.said(&cause.alone),
                        self.said(&cause.stacked),
                        cause.share.map(|share| self.figures.number(share)).unwrap_or_default(),
                    ]);
                }
            }
        }
        if rows.is_empty() {
            return;
        }
        self.heading(3, self.word(words::CAUSES));
        self.line(self.word(words::CAUSES_NOTE));
        let columns = [
            (UNIT, false),
            (words::WHAT, false),
            (words::CHANGE, true),
            (words::ALONE, false),
            (words::STACKED, false),
            (words::SHARE, true),
        ];
        self.grid(&columns, rows);
    }
}
