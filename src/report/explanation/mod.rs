//! Why a verdict is what it is, in words that can be read out to the people concerned.

mod addition;
mod lack;
mod reckoning;
mod rows;
mod scored;
mod standing;

use crate::campaign::{Basis, Form, Strength};
use crate::diagnostic::Language;
use crate::evaluate::explain::{Explanation, MeasuredBy, Setting, Standing};
use crate::evaluate::{Counts, LevelOutcome, UnitOutcome};
use crate::schema::Title;

use super::figure::Figures;
use super::page::{Block, Page};
use super::words::{self, Phrase};

/// Lays out explanations of one unit; `whole` adds how its points add up, its score, rank and awards.
#[must_use]
pub fn explanation(
    level: &LevelOutcome,
    unit: &UnitOutcome<'_>,
    explanations: &[Explanation],
    whole: Option<&Standing>,
    language: Language,
) -> Page {
    let mut writer = Writer { language, figures: Figures { language }, page: Page::default() };
    writer.push(Block::Heading(1, writer.unit(level, unit)));
    for explanation in explanations {
        writer.criterion(level, explanation);
    }
    if let Some(behind) = whole {
        writer.addition(level, unit, behind.in_all.as_ref());
        writer.standing(level, unit, behind);
    }
    writer.page
}

struct Writer {
    language: Language,
    figures: Figures,
    page: Page,
}

impl Writer {
    fn push(&mut self, block: Block) {
        self.page.blocks.push(block);
    }

    fn line(&mut self, text: String) {
        self.push(Block::Line(text));
    }

    fn word(&self, phrase: Phrase) -> &'static str {
        phrase.text(self.language)
    }

    /// A sentence in the reader's language; both are written side by side where they are used.
    fn say(&self, en: String, vi: String) -> String {
        match self.language {
            Language::En => en,
            Language::Vi => vi,
        }
    }

    fn unit(&self, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> String {
        match &unit.name {
            Some(name) => format!("{name} ({})", unit.id),
            None if unit.id == level.id => words::title(&level.title, &level.id, self.language).to_owned(),
            None => unit.id.to_owned(),
        }
    }

    fn criterion(&mut self, level: &LevelOutcome, explanation: &Explanation) {
        let head = &explanation.criterion;
        self.push(Block::Heading(2, words::title(&head.title, &head.id, self.language).to_owned()));
        let fields = self.fields(explanation);
        self.push(Block::Fields(fields));
        if explanation.judgement.provisional {
            self.line(self.word(words::PROVISIONAL_WHY).to_owned());
        }
        for evidence in &explanation.evidence {
            self.evidence(evidence);
        }
        self.lack(explanation);
        self.beside_points(level, explanation);
        self.settings(&explanation.settings);
    }

    fn fields(&self, explanation: &Explanation) -> Vec<(String, String)> {
        let judgement = &explanation.judgement;
        let mut fields = Vec::new();
        let mut field = |phrase: Phrase, text: String| fields.push((self.word(phrase).to_owned(), text));
        field(words::VERDICT, self.verdict(explanation));
        if let Some(clause) = &explanation.criterion.clause {
            field(words::CLAUSE_FIELD, clause.clone());
        }
        field(words::VALUE, self.figures.measured_in_time(&explanation.criterion, judgement));
        if !judgement.target.is_empty() {
            field(words::TARGET, self.figures.target(&judgement.target, &judgement.measured));
        }
        if let Some(due) = judgement.due {
            field(words::DUE, self.figures.last_day(due));
        }
        if !judgement.scored.is_empty() {
            field(words::SCORED, self.scored(explanation));
        }
        if judgement.points.is_some() {
            field(words::POINTS, self.points(explanation));
        }
        field(words::MEASURED_BY, self.measured_by(&explanation.measured_by, &explanation.criterion.scorers));
        fields
    }

    fn verdict(&self, explanation: &Explanation) -> String {
        let judgement = &explanation.judgement;
        let mut text = self.word(words::verdict(judgement.verdict)).to_owned();
        if let Some(so_far) = judgement.so_far.filter(|so_far| *so_far != judgement.verdict) {
            text = format!("{text} ({}: {})", self.word(words::SO_FAR), self.word(words::verdict(so_far)));
        }
        text += &self.provisional(judgement.provisional);
        text += &words::otherwise(&judgement.otherwise, |verdict| self.word(words::verdict(*verdict)).to_owned());
        match explanation.strength {
            Strength::Motto => text + self.word(words::ONLY_A_MOTTO),
            Strength::Info => text + self.word(words::ONLY_FOR_INFORMATION),
            Strength::Obligation | Strength::Target => text,
        }
    }

    /// ` (provisional)`, where something is.
    fn provisional(&self, provisional: bool) -> String {
        if provisional { format!(" ({})", self.word(words::PROVISIONAL)) } else { String::new() }
    }

    /// The points and how they came.
    fn points(&self, explanation: &Explanation) -> String {
        let Some(points) = explanation.judgement.points else { return String::new() };
        let earned = self.figures.points(&points);
        if matches!(points.counts, Counts::NotApplicable | Counts::LeftOut) {
            return earned;
        }
        if let Some(reckoning) = self.reckoning(explanation) {
            return format!("{earned}: {reckoning}");
        }
        match &explanation.points_by {
            Some(form) => format!("{earned}: {}", self.form(form, &self.figures.number(points.of))),
            None => earned,
        }
    }

    /// How points are earned; the amounts themselves are among the settings.
    fn form(&self, form: &Form, of: &str) -> String {
        let (english, vietnamese) = match form {
            Form::Proportional => {
                let english = format!("{of} × value ÷ target, at most {of}");
                return self.say(english, format!("{of} × thực hiện ÷ mục tiêu, tối đa {of}"));
            }
            Form::AllOrNothing => ("all for a target met, else none", "đạt thì được cả, không đạt thì không có điểm"),
            Form::Bands(_) => ("those of the band that the value lies in", "theo mức mà giá trị thực hiện thuộc về"),
            Form::Each { .. } => ("so many for each, up to the cap", "theo từng trường hợp, đến mức trần"),
            Form::Steps(_) => (
                "a first amount above the bar, and more for each further step",
                "điểm khởi đầu khi vượt mốc, thêm điểm cho mỗi bậc tiếp theo",
            ),
            Form::Term { .. } => ("one amount in the term, another after it", "một mức trong hạn, một mức khi trễ hạn"),
            Form::AsMeasured => ("the value is the points", "giá trị chính là số điểm"),
            Form::Rule(_) => ("as the rule of points says", "theo quy tắc tính điểm"),
        };
        self.say(english.into(), vietnamese.into())
    }

    fn measured_by(&self, by: &MeasuredBy, heads: &[(String, Title)]) -> String {
        match by {
            MeasuredBy::Column(column) => format!("{} {column}", self.word(words::COLUMN)),
            MeasuredBy::Scorers(word) => self.last_word(*word, heads),
            MeasuredBy::Rule { name, doc, place } if doc.is_empty() => {
                format!("{} {name}, {place}", self.word(words::RULE))
            }
            MeasuredBy::Rule { name, doc, place } => format!("{doc} ({} {name}, {place})", self.word(words::RULE)),
        }
    }

    fn settings(&mut self, settings: &[Setting]) {
        if settings.is_empty() {
            return;
        }
        self.line(self.say("The numbers behind it:".into(), "Các con số làm căn cứ:".into()));
        let items = settings
            .iter()
            .map(|setting| format!("{} = {}: {}", setting.path, setting.value, self.basis(&setting.basis)));
        let items = items.collect();
        self.push(Block::List(items));
    }

    fn basis(&self, basis: &Basis) -> String {
        match basis {
            Basis::Clause(clause) => format!("{} {clause}", self.word(words::CLAUSE)),
            Basis::Assumed(reason) => self.say(format!("assumed, {reason}"), format!("giả định: {reason}")),
            Basis::SetBy { by, was } => {
                self.say(format!("set by {by} (was {was})"), format!("đặt bởi {by} (trước là {was})"))
            }
            Basis::Unstated => self.say("no source is given".into(), "không ghi căn cứ".into()),
        }
    }
}
