//! Who wins what while two numbers move together, for people.

use crate::diagnostic::Language;
use crate::scenario::{Cell, End, Mapped, Over, Strip, Won};

use super::super::page::Page;
use super::said::level_of;
use super::{Paper, words};

/// Lays out a map.
#[must_use]
pub fn page(mapped: &Mapped, language: Language) -> Page {
    let mut paper = Paper::new(language);
    let [strips, cells] = &mapped.overs;
    let span = |paper: &Paper, over: &Over| {
        let holes = [
            ("path", over.path.clone()),
            ("from", paper.value(over.from, over.unit)),
            ("to", paper.value(over.to, over.unit)),
        ];
        paper.filled(words::MAP_OF, &holes)
    };
    let heading = [("first", span(&paper, strips)), ("second", span(&paper, cells))];
    paper.heading(1, paper.filled(words::MAPPED, &heading));
    let here = mapped.today_is();
    if let [Some(a), Some(b)] = mapped.today {
        let values = [("first", paper.value(a, strips.unit)), ("second", paper.value(b, cells.unit))];
        let class = here.map_or_else(|| paper.word(words::MAP_OUTSIDE).to_owned(), letter);
        let holes: Vec<_> = values.into_iter().chain([("class", class)]).collect();
        paper.line(paper.filled(words::MAP_TODAY, &holes));
    }
    if mapped.exact && mapped.cut.is_none() {
        let count = mapped.strips.iter().map(|strip| strip.cells.len()).sum::<usize>().to_string();
        paper.line(paper.filled(words::MAP_EXACT, &[("count", count)]));
    }
    let columns = [(words::AT_VALUE, false), (words::AT_VALUE, false), (words::WINNERS, false)];
    let titles = vec![strips.path.clone(), cells.path.clone(), paper.word(words::WINNERS).to_owned()];
    let rows = mapped.strips.iter().flat_map(|strip| paper.strip(mapped, strip)).collect();
    paper.grid_called(&columns, titles, rows);
    paper.heading(2, paper.word(words::WHO_WINS));
    let classes = mapped.classes.iter().enumerate().map(|(at, won)| {
        let today = if here == Some(at) { paper.word(words::AS_TODAY) } else { "" };
        format!("{}{today}: {}", letter(at), paper.winners(mapped, won))
    });
    let classes = classes.collect();
    paper.list(classes);
    paper.warnings(&mapped.warnings);
    paper.page
}

/// The name of a class: A to Z, then AA.
#[must_use]
pub fn letter(class: usize) -> String {
    let mut name = String::new();
    let mut rest = class;
    loop {
        let letter = u8::try_from(rest % 26).map_or('?', |at| char::from(b'A' + at));
        name.insert(0, letter);
        match (rest / 26).checked_sub(1) {
            Some(more) => rest = more,
            None => return name,
        }
    }
}

/// Who wins in a class, in words.
#[must_use]
pub fn winners_of(mapped: &Mapped, won: &[Won], language: Language) -> String {
    Paper::new(language).winners(mapped, won)
}

impl Paper {
    fn strip(&self, mapped: &Mapped, strip: &Strip) -> Vec<Vec<String>> {
        let [strips, cells] = &mapped.overs;
        let row = |(position, cell): (usize, &Cell)| {
            let first = if position == 0 { self.span(strip.from, strip.to, strips) } else { String::new() };
            vec![first, self.span(cell.from, cell.to, cells), letter(cell.class)]
        };
        strip.cells.iter().enumerate().map(row).collect()
    }

    /// All values from one end to another.
    fn span(&self, from: End, to: End, over: &Over) -> String {
        let value = |end: End| self.value(end.at, over.unit);
        if from == to {
            return value(from);
        }
        let first = if from.included { words::FROM_ON } else { words::BEYOND };
        let last = if to.included { words::UP_TO } else { words::SHORT_OF };
        let [first, last] = [(first, from), (last, to)].map(|(phrase, end)| self.filled(phrase, &[("at", value(end))]));
        format!("{first} {last}")
    }

    fn winners(&self, mapped: &Mapped, won: &[Won]) -> String {
        let some = won.iter().filter(|won| !won.units.is_empty()).map(|won| {
            let level = level_of(&won.level, [&mapped.outcome, &mapped.outcome]);
            let units: Vec<&str> = won.units.iter().map(|(id, name)| name.as_deref().unwrap_or(id)).collect();
            format!("{}: {}", self.award_called(&won.award, level), units.join(", "))
        });
        let some: Vec<String> = some.collect();
        if some.is_empty() { self.word(words::NOBODY).to_owned() } else { some.join("; ") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_called_like_columns_of_a_sheet() {
        assert_eq!([0, 1, 25, 26, 27, 701, 702].map(letter), ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
