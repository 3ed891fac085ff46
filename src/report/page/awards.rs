//! Who wins what, and which conditions keep the others from it.

use crate::evaluate::{AwardHead, AwardOutcome, AwardVerdict, Cut, LevelOutcome, UnitOutcome};
use crate::value::Truth;

use super::super::words;
use super::{Grid, Writer};

/// Units on which an award was decided in the same way, for the same conditions.
struct Group {
    lacking: String,
    units: Vec<String>,
}

/// The name of a unit, marked where the decision hangs on how a clause is read.
fn named(unit: &UnitOutcome<'_>, award: &AwardOutcome) -> String {
    unit.called().to_owned() + words::hangs_on_reading(&award.otherwise)
}

impl Writer {
    /// At most `most` units are named in each group.
    pub(super) fn awards(&mut self, level: &LevelOutcome, most: usize) {
        if level.awards.is_empty() {
            return;
        }
        self.heading(3, self.word(words::AWARDS));
        for (at, head) in level.awards.iter().enumerate() {
            let title = self.award(level, head);
            self.heading(4, title);
            let grid = self.decided(level, at, most);
            self.grid(grid);
            self.places_taken(level, head, most);
        }
    }

    /// How the places of an award went: for each group the last in and the first out.
    fn places_taken(&mut self, level: &LevelOutcome, head: &AwardHead, most: usize) {
        let columns = [words::GROUP, words::PLACES, words::PLACES_TAKEN, words::LAST_IN, words::FIRST_OUT];
        let columns = columns.into_iter().chain([words::APART_TITLE]).map(|title| self.text(title)).collect();
        let rows: Vec<_> = head.cuts.iter().take(most).map(|cut| self.place_of_group(level, cut)).collect();
        let more = head.cuts.len() - rows.len();
        if !rows.is_empty() {
            self.grid(Grid { columns, rows, spaced: false });
        }
        let more = (more > 0).then(|| words::and_more(more, self.language));
        let outside = (!head.outside.is_empty())
            .then(|| format!("{}: {}", self.word(words::OUTSIDE), self.names(&head.outside, most)));
        let notes: Vec<_> = more.into_iter().chain(outside).collect();
        if !notes.is_empty() {
            self.list(notes);
        }
    }

    fn place_of_group(&self, level: &LevelOutcome, cut: &Cut) -> Vec<String> {
        let named = |id: &Option<String>| {
            let unit = id.as_ref().and_then(|id| level.unit(id));
            unit.map_or_else(String::new, |unit| unit.called().to_owned())
        };
        let tied = cut.tied.units.len() + cut.tied.more;
        let shared = [(tied, words::TIED_SHORT), (cut.open, words::OPEN_SHORT)];
        let shared = shared.into_iter().filter(|(count, _)| *count > 0);
        let shared = shared.map(|(count, word)| format!("{} {}", self.count(count), self.word(word)));
        let taken: Vec<_> = [self.count(cut.granted)].into_iter().chain(shared).collect();
        vec![
            self.figures.group(cut),
            self.figures.places_of(cut),
            taken.join(", "),
            named(&cut.last_in),
            named(&cut.first_out),
            cut.gap.as_ref().map_or_else(String::new, |gap| self.figures.gap(level, gap)),
        ]
    }

    fn decided(&self, level: &LevelOutcome, at: usize, most: usize) -> Grid {
        let columns = vec![self.text(words::DECISION), self.text(words::UNITS), self.text(words::LACKING)];
        let mut rows = Vec::new();
        for verdict in AwardVerdict::ALL {
            for group in self.groups(level, at, verdict) {
                let decision = format!("{} ({})", self.word(words::award(verdict)), group.units.len());
                rows.push(vec![decision, self.names(&group.units, most), group.lacking]);
            }
        }
        Grid { columns, rows, spaced: true }
    }

    fn groups(&self, level: &LevelOutcome, at: usize, verdict: AwardVerdict) -> Vec<Group> {
        let decided = level.units.iter().filter_map(|unit| {
            let award = unit.awards.get(at)?;
            Some((unit, award))
        });
        let mut groups: Vec<Group> = Vec::new();
        for (unit, award) in decided.filter(|(_, award)| award.verdict == verdict) {
            let lacking = self.lacking(level, award);
            match groups.iter_mut().find(|group| group.lacking == lacking) {
                Some(group) => group.units.push(named(&unit, award)),
                None => groups.push(Group { lacking, units: vec![named(&unit, award)] }),
            }
        }
        groups
    }

    /// The conditions that do not hold, and those that are open.
    fn lacking(&self, level: &LevelOutcome, award: &AwardOutcome) -> String {
        let lacking = award.conditions.iter().filter(|(_, truth)| *truth != Truth::True);
        let named = lacking.map(|(id, truth)| {
            let mark = if *truth == Truth::False { "✗" } else { "?" };
            format!("{mark}\u{a0}{}", words::condition(level, id, self.language))
        });
        let beside = (!award.beside.units.is_empty())
            .then(|| format!("{}\u{a0}{}", self.word(words::BESIDE), words::beside(&award.beside, self.language)));
        let provisional = (award.provisional && award.verdict != AwardVerdict::NotEligible)
            .then(|| self.word(words::PROVISIONAL).to_owned());
        let replaced = award.replaced_by.as_ref().map(|other| {
            format!("{}\u{a0}{}", self.word(words::REPLACED_BY), words::condition(level, other, self.language))
        });
        named.chain(beside).chain(replaced).chain(provisional).collect::<Vec<_>>().join("; ")
    }

    fn names(&self, units: &[String], most: usize) -> String {
        let shown: Vec<_> = units.iter().take(most).map(String::as_str).collect();
        match units.len() - shown.len() {
            0 => shown.join("; "),
            more => format!("{}; {}", shown.join("; "), words::and_more(more, self.language)),
        }
    }

    /// What an award is called, with its quotas.
    pub(super) fn award(&self, level: &LevelOutcome, head: &AwardHead) -> String {
        let title = words::title(&head.title, &head.id, self.language);
        let quotas: Vec<_> = head.quotas.iter().filter_map(|quota| self.figures.quota(level, quota)).collect();
        if quotas.is_empty() { title.to_owned() } else { format!("{title} ({})", quotas.join("; ")) }
    }
}
