//! What stands above everything: what was evaluated, on which data, and what they left open.

use crate::data::Intake;
use crate::diagnostic::{Diagnostic, Language};
use crate::evaluate::{AwardVerdict, LevelOutcome, Outcome, Verdict};

use crate::schema::Encoding;

use super::super::file_name;
use super::super::view::View;
use super::super::words::{self, Phrase};
use super::{Grid, Writer};

/// What blanks left undetermined.
#[derive(Default)]
struct Open {
    verdicts: usize,
    ranks: usize,
    awards: usize,
}

impl Writer {
    pub(super) fn header(&mut self, outcome: &Outcome, view: &View) {
        self.heading(1, words::title(&outcome.title, &outcome.campaign, self.language));
        let mut fields = Vec::new();
        let mut field = |name: Phrase, text: String| fields.push((name.text(self.language).to_owned(), text));
        if let Some(issuer) = &outcome.issuer {
            field(words::ISSUER, issuer.clone());
        }
        field(words::AS_OF, self.figures.day(outcome.as_of));
        if let Some(round) = &outcome.round {
            field(words::ROUND, round.clone());
        }
        if view.filters() {
            field(words::SHOWN_ONLY, filters(view));
        }
        field(words::OPEN, self.open(&Open::of(&outcome.levels)));
        field(words::ASSUMED, outcome.assumptions.len().to_string());
        field(words::WARNED, outcome.warnings.len().to_string());
        self.fields(fields);
        self.files(&outcome.data);
    }

    /// The findings by kind, with their counts.
    pub(super) fn kinds(&mut self, findings: &[Diagnostic]) {
        let mut kinds: Vec<(&'static str, bool, usize)> = Vec::new();
        for finding in findings {
            match kinds.iter_mut().find(|(code, ..)| *code == finding.code()) {
                Some((.., count)) => *count += 1,
                None => kinds.push((finding.code(), finding.is_error(), 1)),
            }
        }
        kinds.sort_by_key(|(_, is_error, count)| (!is_error, std::cmp::Reverse(*count)));
        if kinds.is_empty() {
            self.line(self.word(words::NO_FAULTS));
            return;
        }
        let columns = vec![self.text(words::KIND), self.text(words::FINDING), self.figure(words::COUNT)];
        let row = |(code, is_error, count): (&'static str, bool, usize)| {
            let sort = if is_error { words::FAULT } else { words::WARNING };
            vec![code.to_owned(), self.word(sort).to_owned(), self.count(count)]
        };
        let rows = kinds.into_iter().map(row).collect();
        self.grid(Grid { columns, rows, spaced: false });
    }

    fn open(&self, open: &Open) -> String {
        let counts =
            [(open.verdicts, words::OF_VERDICTS), (open.ranks, words::OF_RANKS), (open.awards, words::OF_AWARDS)];
        let counts = counts.map(|(count, of)| format!("{}\u{a0}{count}", self.word(of)));
        counts.join(", ")
    }

    /// What came in, by file, and how it was read.
    pub(super) fn files(&mut self, data: &[Intake]) {
        if data.is_empty() {
            return;
        }
        // Few data have rows that exist on some days only.
        let absent = data.iter().any(|file| file.absent > 0);
        let counted = if absent { 4 } else { 3 };
        let titles = [words::ROWS, words::FAULTS, words::SET_ASIDE, words::ABSENT].map(|title| self.figure(title));
        let columns = [self.text(words::FILE)].into_iter().chain(titles.into_iter().take(counted)).collect();
        let row = |file: &crate::data::Intake| {
            let counts = [file.rows, file.faults, file.set_aside, file.absent].map(|count| self.count(count));
            [file_name(file).to_owned()].into_iter().chain(counts.into_iter().take(counted)).collect()
        };
        let rows = data.iter().map(row).collect();
        self.grid(Grid { columns, rows, spaced: false });
        let read_as: Vec<String> = data.iter().filter_map(|file| read_as(file, self.language)).collect();
        if !read_as.is_empty() {
            self.list(read_as);
        }
    }

    /// A count of things.
    pub(super) fn count(&self, count: usize) -> String {
        self.figures.number(crate::value::Number::count(count as u64))
    }
}

/// What is not plain about a file: `units.csv: windows-1258, cells apart by ";"`.
fn read_as(intake: &Intake, language: Language) -> Option<String> {
    let found = &intake.found;
    let mut parts = Vec::new();
    let mut say = |phrase: Phrase, value: &str| parts.push(phrase.text(language).replace("{value}", value));
    if let Some(encoding) = found.encoding.filter(|encoding| *encoding != Encoding::Utf8) {
        say(words::ENCODED, encoding.name());
    }
    match found.delimiter {
        None | Some(',') => {}
        Some('\t') => say(words::APART_BY_TABS, ""),
        Some(delimiter) => say(words::APART_BY, &delimiter.to_string()),
    }
    if let Some(sheet) = &found.sheet {
        say(words::SHEET, sheet);
    }
    if found.header_line > 1 {
        say(words::HEADER_LINE, &found.header_line.to_string());
    }
    if found.header_rows > 1 {
        say(words::HEADER_ROWS, &found.header_rows.to_string());
    }
    if found.composed {
        say(words::COMPOSED, "");
    }
    if intake.left_out > 0 {
        say(words::LEFT_OUT, &intake.left_out.to_string());
    }
    if intake.cells_in_doubt + intake.rows_in_doubt > 0 {
        say(words::CELLS_IN_DOUBT, &intake.cells_in_doubt.to_string());
        say(words::ROWS_IN_DOUBT, &intake.rows_in_doubt.to_string());
    }
    for (header, count) in &found.padded {
        say(words::PADDED, &format!("{header} ({count})"));
    }
    if !found.renamed.is_empty() {
        let pairs: Vec<String> =
            found.renamed.iter().map(|[here, declared]| format!("“{here}” = “{declared}”")).collect();
        say(words::RENAMED, &pairs.join(", "));
    }
    if !found.extra.is_empty() {
        say(words::EXTRA_COLUMNS, &found.extra.join(", "));
    }
    (!parts.is_empty()).then(|| format!("{}: {}", file_name(intake), parts.join("; ")))
}

impl Open {
    fn of(levels: &[LevelOutcome]) -> Self {
        let mut open = Self::default();
        for unit in levels.iter().flat_map(|level| &level.units) {
            open.verdicts += unit.criteria.verdicts().filter(|verdict| *verdict == Verdict::Undetermined).count();
            open.ranks += usize::from(unit.rank.as_ref().is_some_and(|rank| rank.place().is_none()));
            let undetermined = |award: &&crate::evaluate::AwardOutcome| award.verdict == AwardVerdict::Undetermined;
            open.awards += unit.awards.iter().flatten().filter(undetermined).count();
        }
        open
    }
}

/// The filters as the program's arguments write them.
fn filters(view: &View) -> String {
    let verdicts: Vec<String> = view.verdicts.iter().map(|verdict| verdict.id().to_owned()).collect();
    let lists = [
        ("level", &view.levels),
        ("cluster", &view.clusters),
        ("unit", &view.units),
        ("criterion", &view.criteria),
        ("verdict", &verdicts),
    ];
    let parts: Vec<_> = lists
        .iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(name, list)| format!("{name} {}", list.join(", ")))
        .collect();
    parts.join("; ")
}
