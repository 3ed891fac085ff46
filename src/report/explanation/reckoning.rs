//! How points came to be.

use crate::evaluate::explain::{BandOf, Explanation, Input, Reckoning};
use crate::evaluate::{LevelOutcome, Measured};
use crate::value::{Number, Possible, Truth};

use super::super::figure::NOTHING;
use super::super::page::Block;
use super::super::words;
use super::Writer;

impl Writer {
    /// How the points of a criterion came to be, in one phrase; nothing where only their form can be told.
    pub(super) fn reckoning(&self, explanation: &Explanation) -> Option<String> {
        Some(match explanation.reckoning.as_ref()? {
            Reckoning::Band { within, .. } => self.bands(within),
            Reckoning::Each { times, each, cap } => {
                let count = self.possible(times);
                let each = self.figures.number(*each);
                format!("{count} × {each}{}", self.cap(*cap))
            }
            Reckoning::Steps { above, first, further, every, add, cap } => {
                let [above, first, every, add] = [above, first, every, add].map(|it| self.figures.number(*it));
                match further {
                    Some(further) => {
                        let further = self.figures.number(*further);
                        let steps = self.say(
                            format!(
                                "{first} above {above}, and {further} × {add} for {further} further steps of {every}"
                            ),
                            format!(
                                "{first} khi vượt {above}, thêm {further} × {add} cho {further} bậc, mỗi bậc {every}"
                            ),
                        );
                        steps + &self.cap(*cap)
                    }
                    None => {
                        self.say(
                            format!("{first} above {above}, and {add} for each further {every}"),
                            format!("{first} khi vượt {above}, thêm {add} cho mỗi bậc {every}"),
                        ) + &self.cap(*cap)
                    }
                }
            }
            Reckoning::Term { met, happened } => self.word(in_term(*met, *happened)).to_owned(),
            Reckoning::Proportional { value, bar } => {
                let of = explanation.judgement.points.map_or(Number::ZERO, |points| points.of);
                let of = self.figures.number(of);
                let percent = explanation.criterion.in_percent;
                let [value, bar] = [*value, *bar]
                    .map(|number| if percent { self.figures.percent(number) } else { self.figures.number(number) });
                let over = self.say(format!(", at most {of}"), format!(", tối đa {of}"));
                format!("{of} × {value} ÷ {bar}{over}")
            }
            Reckoning::Rule(_) => return None,
        })
    }

    /// What else is told of it: the bands on either side, and what a rule looked at.
    pub(super) fn beside_points(&mut self, level: &LevelOutcome, explanation: &Explanation) {
        match &explanation.reckoning {
            Some(Reckoning::Band { beside, in_days, .. }) => {
                let percent = explanation.criterion.in_percent;
                let lines = beside.iter().map(|(of, distance)| self.next_band(of, *distance, *in_days, percent));
                let lines: Vec<String> = lines.collect();
                if !lines.is_empty() {
                    self.line(self.word(words::NEXT_BANDS).to_owned());
                    self.push(Block::List(lines));
                }
            }
            Some(Reckoning::Rule(inputs)) if !inputs.is_empty() => {
                self.line(self.word(words::LOOKED_AT).to_owned());
                let of = level.criteria.iter().position(|head| head.id == explanation.criterion.id);
                let lines = inputs.iter().map(|input| self.input(level, input, of)).collect();
                self.push(Block::List(lines));
            }
            _ => {}
        }
    }

    /// Something that a rule looked at, and whose it is.
    pub(super) fn input(&self, level: &LevelOutcome, input: &Input, criterion: Option<usize>) -> String {
        const NAMED: usize = 3;
        let value = match &input.value {
            Measured::Nothing => NOTHING.to_owned(),
            value => self.figures.measured(value, &[]),
        };
        let units = input.of.iter().filter_map(|row| level.units.iter().find(|unit| unit.row == *row));
        let mut of: Vec<String> = units
            .take(NAMED)
            .map(|unit| {
                let judged = criterion.and_then(|at| Some((level.criteria.get(at)?, unit.criteria.get(at)?)));
                let told = judged.map(|(head, judgement)| {
                    let value = self.figures.measured_in_time(head, &judgement);
                    let target = self.figures.target(&judgement.target, &judgement.measured);
                    let target = if target == NOTHING { String::new() } else { format!(", {target}") };
                    format!(": {value}{target}")
                });
                format!("{}{}", self.unit(level, &unit), told.unwrap_or_default())
            })
            .collect();
        if input.of.len() > NAMED {
            of.push(words::and_more(input.of.len() - NAMED, self.language));
        }
        let of = if of.is_empty() { String::new() } else { format!(" – {}", of.join("; ")) };
        format!("{}: {value}{of}", input.what)
    }

    fn bands(&self, within: &[BandOf]) -> String {
        match within {
            [] => self.word(words::IN_NO_BAND).to_owned(),
            [only] => format!("{} {}", self.word(words::BAND), self.bounds(only)),
            several => {
                let each = several.iter().map(|of| format!("{}: {}", self.bounds(of), self.figures.number(of.points)));
                let each = each.collect::<Vec<_>>().join(&format!(" {} ", self.word(words::OR)));
                format!("{} {each}", self.word(words::BAND))
            }
        }
    }

    fn next_band(&self, of: &BandOf, distance: Number, in_days: bool, percent: bool) -> String {
        if distance == Number::ZERO {
            let points = self.figures.number(of.points);
            return format!("{}: {points} ({})", self.bounds(of), self.word(words::ON_THE_EDGE));
        }
        let far = match (in_days, percent) {
            (true, _) => self.say(
                format!("{} days", self.figures.number(distance)),
                format!("{} ngày", self.figures.number(distance)),
            ),
            (false, true) => self.figures.percent(distance),
            (false, false) => self.figures.number(distance),
        };
        let away = self.word(words::AWAY).replace("{far}", &far);
        format!("{}: {} ({away})", self.bounds(of), self.figures.number(of.points))
    }

    /// The bounds of a band as they are written.
    fn bounds(&self, of: &BandOf) -> String {
        self.figures.target(&of.bounds, &Measured::Nothing)
    }

    fn cap(&self, cap: Option<Number>) -> String {
        let limit = |cap: Number| if cap.is_negative() { words::AT_LEAST } else { words::AT_MOST };
        cap.map_or_else(String::new, |cap| format!(", {} {}", self.word(limit(cap)), self.figures.number(cap)))
    }

    fn possible(&self, number: &Possible<Number>) -> String {
        self.figures.measured(&Measured::Number(*number), &[])
    }
}

fn in_term(met: Truth, happened: Truth) -> words::Phrase {
    match (met, happened) {
        (Truth::True, _) => words::IN_ITS_TERM,
        (Truth::False, Truth::True) => words::AFTER_ITS_TERM,
        (Truth::False, Truth::False) => words::NOT_COME,
        _ => words::TERM_OPEN,
    }
}
