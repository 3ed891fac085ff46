//! How sure it is, for people.

use crate::diagnostic::Language;
use crate::scenario::{Cliff, End, Heap, Robust, Standing};
use crate::value::Number;

use super::super::page::Page;
use super::super::words::{CRITERION, LEVEL, POINTS, UNIT};
use super::said::level_of;
use super::{Paper, words};

/// Lays out how sure the standings are.
#[must_use]
pub fn page(robust: &Robust, language: Language) -> Page {
    let mut paper = Paper::new(language);
    paper.heading(1, paper.word(words::ROBUST));
    let vary = &robust.vary;
    let holes = [("by", paper.percent(vary.by)), ("draws", vary.draws.to_string()), ("seed", vary.seed.to_string())];
    paper.line(paper.filled(words::DRAWN_NOTE, &holes));
    for level in &robust.outcome.levels {
        let of: Vec<&Standing> = robust.units.iter().filter(|unit| unit.level == level.id).collect();
        if of.is_empty() {
            continue;
        }
        paper.heading(2, paper.title(&level.title, &level.id).to_owned());
        let rows = of.iter().map(|unit| {
            let span = |span: Option<(usize, usize)>| match span {
                Some((best, worst)) if best == worst => best.to_string(),
                Some((best, worst)) => format!("{best}–{worst}"),
                None => String::new(),
            };
            let name = unit.name.clone().unwrap_or_else(|| unit.unit.clone());
            let places = [unit.today, unit.drawn, unit.left_out].map(span);
            let cluster = unit.cluster.clone().unwrap_or_default();
            [name, cluster].into_iter().chain(places).chain([paper.chances(unit, robust)]).collect()
        });
        let rows = rows.collect();
        let columns = [
            (UNIT, false),
            (words::GROUP, false),
            (words::RANK_TODAY, true),
            (words::RANK_DRAWN, true),
            (words::RANK_LEFT_OUT, true),
            (words::CHANCES, false),
        ];
        paper.grid(&columns, rows);
    }
    paper.stable(robust);
    paper.cliffs(robust);
    paper.warnings(&robust.warnings);
    paper.page
}

impl Paper {
    fn percent(&self, part: Number) -> String {
        let hundredths = part.times(Number::whole(100)).and_then(|it| it.round(2)).unwrap_or(part);
        format!("{}\u{a0}%", self.figures.number(hundredths))
    }

    fn chances(&self, unit: &Standing, robust: &Robust) -> String {
        let level = level_of(&unit.level, [&robust.outcome, &robust.outcome]);
        let draws = Number::count(u64::from(robust.vary.draws.max(1)));
        let share = |count: u32| Number::count(u64::from(count)).over(draws).unwrap_or(Number::ZERO);
        let won = unit.awards.iter().filter(|(_, _, perhaps)| *perhaps > 0).map(|(id, sure, perhaps)| {
            let share = if sure == perhaps {
                self.percent(share(*sure))
            } else {
                format!("{}–{}", self.percent(share(*sure)), self.percent(share(*perhaps)))
            };
            self.filled(words::CHANCE, &[("award", self.award_called(id, level)), ("share", share)])
        });
        won.collect::<Vec<_>>().join("; ")
    }

    fn stable(&mut self, robust: &Robust) {
        if robust.stable.is_empty() {
            return;
        }
        self.heading(2, self.word(words::WEIGHTS_ALONE));
        let rows = robust.stable.iter().map(|weight| {
            let end = |end: End| {
                let phrase = if end.included { words::INCLUDED } else { words::EXCLUDED };
                self.filled(phrase, &[("at", self.figures.number(end.at))])
            };
            let (from, to) = weight.span;
            let drawn = robust.weights.iter().find(|drawn| drawn.path == weight.path);
            let drawn = drawn.map(|drawn| [drawn.from, drawn.to].map(|end| self.figures.number(end)).join("–"));
            let note = if weight.exact { String::new() } else { format!(" ({})", self.word(words::ABOUT)) };
            let span = format!("{} – {}{note}", end(from), end(to));
            vec![weight.path.clone(), self.figures.number(weight.today), drawn.unwrap_or_default(), span]
        });
        let rows = rows.collect();
        let columns = [(words::WEIGHT, false), (words::BEFORE, true), (words::DRAWN_FROM, true), (words::SPAN, false)];
        self.grid(&columns, rows);
    }

    fn cliffs(&mut self, robust: &Robust) {
        if robust.cliffs.is_empty() {
            return;
        }
        self.heading(2, self.word(words::CLIFFS));
        self.line(self.filled(words::CLIFFS_NOTE, &[("near", self.percent(robust.vary.near))]));
        let row = |cliff: &Cliff| {
            let level = level_of(&cliff.level, [&robust.outcome, &robust.outcome]);
            let number =
                |number: Number| if cliff.percent { self.percent(number) } else { self.figures.number(number) };
            let points =
                cliff.points.map(|(least, of)| format!("{}/{}", self.figures.number(least), self.figures.number(of)));
            let own = level.filter(|level| level.id == cliff.unit);
            let name = own.map(|level| self.title(&level.title, &level.id).to_owned());
            vec![
                name.or_else(|| cliff.name.clone()).unwrap_or_else(|| cliff.unit.clone()),
                self.item(&crate::scenario::Item::Verdict(cliff.criterion.clone()), level),
                number(cliff.value),
                number(cliff.bar),
                if cliff.met { "✓" } else { "✗" }.to_owned(),
                points.unwrap_or_default(),
            ]
        };
        let rows = robust.cliffs.iter().map(row).collect();
        let columns = [
            (UNIT, false),
            (CRITERION, false),
            (words::VALUE_IS, true),
            (words::BAR, true),
            (words::MOVED, false),
            (POINTS, true),
        ];
        self.grid(&columns, rows);
        self.heading(3, self.word(words::HEAPS));
        let row = |heap: &Heap| {
            let level = level_of(&heap.level, [&robust.outcome, &robust.outcome]);
            let title = level.map(|level| self.title(&level.title, &level.id).to_owned());
            let jump = heap.jump.map(|jump| self.figures.number(jump)).unwrap_or_default();
            let criterion = self.item(&crate::scenario::Item::Verdict(heap.criterion.clone()), level);
            vec![title.unwrap_or_default(), criterion, heap.above.to_string(), heap.below.to_string(), jump]
        };
        let rows = robust.heaps.iter().map(row).collect();
        let sides = [(words::JUST_MET, true), (words::JUST_MISSED, true), (words::JUMP, true)];
        self.grid(&[&[(LEVEL, false), (CRITERION, false)], &sides[..]].concat(), rows);
    }
}
