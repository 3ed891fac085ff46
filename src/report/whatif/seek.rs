//! What it would take, for people.

use crate::diagnostic::Language;
use crate::evaluate::LevelOutcome;
use crate::scenario::{Answer, Difference, Goal, Item, Reached, Sought, Step, Swept, Unit, Way};
use crate::value::Number;

use super::super::page::Page;
use super::super::words::{CRITERION, NO, YES};
use super::said::level_of;
use super::{Paper, words};

/// So many rows are named; the rest is counted.
const MOST_NAMED: usize = 12;

/// Lays out what was sought.
#[must_use]
pub fn page(sought: &Sought, language: Language) -> Page {
    let mut paper = Paper::new(language);
    let level = level_of(&sought.level, [&sought.outcome, &sought.outcome]);
    let unit = sought.name.clone().unwrap_or_else(|| sought.unit.clone());
    let goal = paper.goal(sought, level);
    paper.heading(1, paper.filled(words::SOUGHT, &[("unit", unit), ("goal", goal)]));
    paper.answer(sought, level);
    if !sought.singles.is_empty() {
        paper.singles(sought, level);
    }
    if !sought.losses.is_empty() {
        paper.losses(sought);
    }
    paper.heading(2, paper.word(words::MOVES_TAKEN));
    let each = sought.moves.iter().map(|of| {
        let holes = [("move", paper.title(&of.title, &of.id).to_owned()), ("cost", paper.figures.number(of.cost))];
        paper.filled(words::COSTS_EACH, &holes)
    });
    let each = each.collect();
    paper.list(each);
    paper.warnings(&sought.warnings);
    paper.page
}

/// The moves of a step, for programs.
pub(super) fn moves_of(step: &Step, sought: &Sought) -> String {
    let moves = step.made.iter().filter_map(|(at, times)| {
        let id = &sought.moves.get(*at)?.id;
        Some(if *times > 1 { format!("{id} x{times}") } else { id.clone() })
    });
    moves.collect::<Vec<_>>().join(" + ")
}

impl Paper {
    fn goal(&self, sought: &Sought, level: Option<&LevelOutcome>) -> String {
        let (phrase, item) = match &sought.goal {
            Goal::Award(id) => (words::GOAL_AWARD, self.award_called(id, level)),
            Goal::Rank(place) => (words::GOAL_RANK, place.to_string()),
            Goal::Grade(id) => {
                let title = sought.grade.as_ref().map_or(id.as_str(), |title| self.title(title, id));
                (words::GOAL_GRADE, title.to_owned())
            }
            Goal::Met(id) => (words::GOAL_MET, self.item(&Item::Verdict(id.clone()), level)),
            Goal::Score(score) => (words::GOAL_SCORE, self.figures.number(*score)),
        };
        self.filled(phrase, &[("item", item)])
    }

    fn answer(&mut self, sought: &Sought, level: Option<&LevelOutcome>) {
        let tried = ("tried", sought.tried.to_string());
        let cost = |paper: &Self, cost: Number| paper.figures.number(cost);
        match &sought.answer {
            Answer::Already => self.line(self.word(words::ALREADY)),
            Answer::Least(way) => {
                self.line(self.filled(words::LEAST, &[("cost", cost(self, way.cost)), tried]));
                self.way(way, sought, level);
            }
            Answer::NotProved(way, bound) => {
                let holes = [("cost", cost(self, way.cost)), ("bound", cost(self, *bound)), tried];
                self.line(self.filled(words::NOT_PROVED, &holes));
                self.way(way, sought, level);
            }
            Answer::Impossible(lacking, best) => {
                let items: Vec<String> =
                    lacking.iter().map(|id| self.item(&Item::Verdict(id.clone()), level)).collect();
                let sentence = if items.is_empty() {
                    self.filled(words::IMPOSSIBLE, &[tried])
                } else {
                    self.filled(words::OUT_OF_REACH, &[("items", items.join(", "))])
                };
                self.line(sentence);
                self.differences(words::BEST, best, level);
            }
            Answer::NotFound(bound) => {
                self.line(self.filled(words::NOT_FOUND, &[("bound", cost(self, *bound)), tried]));
            }
        }
    }

    fn way(&mut self, way: &Way, sought: &Sought, level: Option<&LevelOutcome>) {
        self.heading(2, self.word(words::TO_DO));
        let rows = way.steps.iter().map(|step| {
            let of = if step.of > step.count { step.of.to_string() } else { String::new() };
            vec![self.made(step, sought), step.count.to_string(), of, Self::named(&step.rows)]
        });
        let rows = rows.collect();
        self.grid(&[(words::DEED, false), (words::TIMES, true), (words::CHOICE, true), (words::WHICH, false)], rows);
        self.differences(words::THEN, &way.differences, level);
    }

    fn made(&self, step: &Step, sought: &Sought) -> String {
        let moves = step.made.iter().filter_map(|(at, times)| {
            let of = sought.moves.get(*at)?;
            let title = self.title(&of.title, &of.id);
            Some(if *times > 1 { format!("{title} × {times}") } else { title.to_owned() })
        });
        moves.collect::<Vec<_>>().join("; ")
    }

    fn named(rows: &[String]) -> String {
        let named: Vec<&str> = rows.iter().take(MOST_NAMED).map(String::as_str).collect();
        match rows.len() - named.len() {
            0 => named.join(", "),
            more => format!("{}, … (+{more})", named.join(", ")),
        }
    }

    fn differences(&mut self, title: super::Phrase, differences: &[Difference], level: Option<&LevelOutcome>) {
        let shown = differences.iter().filter(|difference| !matches!(difference.item, Item::Points(_)));
        let rows: Vec<Vec<String>> = shown
            .map(|difference| {
                vec![self.item(&difference.item, level), self.said(&difference.before), self.said(&difference.after)]
            })
            .collect();
        if rows.is_empty() {
            return;
        }
        self.heading(2, self.word(title));
        self.grid(&[(words::WHAT, false), (words::BEFORE, false), (words::AFTER, false)], rows);
    }

    fn singles(&mut self, sought: &Sought, level: Option<&LevelOutcome>) {
        self.heading(2, self.word(words::SINGLES));
        let rows = sought.singles.iter().map(|single| {
            let (way, cost) = match &single.way {
                Some(way) => {
                    let steps = way.steps.iter().map(|step| format!("{} × {}", step.count, self.made(step, sought)));
                    (steps.collect::<Vec<_>>().join("; "), self.figures.number(way.cost))
                }
                None if single.proved => (self.word(words::NO_WAY).to_owned(), String::new()),
                None => (self.word(words::NO_WAY_FOUND).to_owned(), String::new()),
            };
            let enough = self.word(if single.reaches { YES } else { NO }).to_owned();
            vec![self.item(&Item::Verdict(single.criterion.clone()), level), way, cost, enough]
        });
        let rows = rows.collect();
        self.grid(&[(CRITERION, false), (words::CHEAPEST, false), (words::COST, true), (words::ENOUGH, false)], rows);
    }

    fn losses(&mut self, sought: &Sought) {
        self.heading(2, self.word(words::LOSSES));
        let rows = sought.losses.iter().map(|loss| {
            let title = sought.moves.get(loss.made).map(|of| self.title(&of.title, &of.id).to_owned());
            let at_least = if loss.proved { "" } else { "≥ " };
            vec![
                title.unwrap_or_default(),
                format!("{at_least}{}", loss.may_lose),
                loss.of.to_string(),
                Self::named(&loss.rows),
            ]
        });
        let rows = rows.collect();
        self.grid(
            &[(words::DEED, false), (words::MAY_LOSE, true), (words::CHOICE, true), (words::LOST_WITH, false)],
            rows,
        );
    }
}

/// What an organiser asks: how far a number must move before an award reaches enough units.
#[must_use]
pub fn nearest(
    swept: &Swept,
    award: &str,
    wanted: Option<usize>,
    reached: Option<&Reached>,
    language: Language,
) -> Page {
    let mut paper = Paper::new(language);
    let level = swept.outcome.levels.iter().find(|level| level.awards.iter().any(|head| head.id == award));
    let award = paper.award_called(award, level);
    let over = &swept.over;
    let wanted = match wanted {
        Some(count) => paper.filled(words::UNITS_WANTED, &[("count", count.to_string())]),
        None => paper.word(words::EACH_CLUSTER).to_owned(),
    };
    let value = |number: Number| match over.unit {
        Unit::Percent => format!("{}\u{a0}%", paper.figures.number(number.times(Number::whole(100)).unwrap_or(number))),
        _ => over.written(number),
    };
    let sentence = match reached {
        Some(reached) => {
            let at = value(reached.at.at);
            let at = match (reached.at.included, reached.rises) {
                (true, _) => at,
                (false, true) => paper.filled(words::NEXT_ABOVE, &[("at", at)]),
                (false, false) => paper.filled(words::NEXT_BELOW, &[("at", at)]),
            };
            let holes = [
                ("path", over.path.clone()),
                ("award", award),
                ("wanted", wanted),
                ("at", at),
                ("today", swept.today.map(value).unwrap_or_default()),
                ("units", reached.winners.units.to_string()),
                ("clusters", reached.winners.clusters.to_string()),
            ];
            paper.filled(words::NEAREST, &holes)
        }
        None => paper.filled(words::NOWHERE, &[("award", award), ("wanted", wanted)]),
    };
    paper.line(sentence);
    paper.warnings(&swept.warnings);
    paper.page
}
