//! Score, rank and awards of a unit.

use crate::evaluate::explain::{Neighbour, Standing};
use crate::evaluate::{AwardHead, AwardOutcome, AwardVerdict, GradeOutcome, LevelOutcome, PassedOver, UnitOutcome};
use crate::value::Truth;

use super::super::page::Block;
use super::super::words;
use super::Writer;

impl Writer {
    pub(super) fn standing(&mut self, level: &LevelOutcome, unit: &UnitOutcome<'_>, behind: &Standing) {
        let mut fields = Vec::new();
        if let Some(score) = &unit.score {
            let text = self.figures.score_of(score, &level.settings, &unit.score_otherwise());
            fields.push((self.word(words::SCORE).to_owned(), text));
        }
        if let Some(rank) = &unit.rank {
            fields.push((
                self.word(words::RANK).to_owned(),
                format!(
                    "{}, {}{}{}",
                    self.figures.rank(rank),
                    self.field_of(level, unit),
                    self.provisional(rank.provisional),
                    words::otherwise(&rank.otherwise, |(best, worst)| self.figures.places(*best, *worst))
                ),
            ));
        }
        for neighbour in &behind.neighbours {
            fields.extend(self.neighbour(level, neighbour));
        }
        if let Some(why) = words::unranked(level, unit, self.language) {
            fields.push((self.word(words::RANK).to_owned(), why));
        }
        if let Some(grade) = &unit.grade {
            let name = |grade: &GradeOutcome| {
                let id = grade.id.as_deref();
                id.map_or(self.word(words::UNKNOWN), |id| words::title(&grade.title, id, self.language)).to_owned()
            };
            let otherwise = words::otherwise(&unit.grade_otherwise(), name);
            let name = name(grade) + &self.provisional(grade.provisional) + &otherwise;
            fields.push((self.word(words::GRADE).to_owned(), name));
        }
        if !fields.is_empty() || unit.awards.iter().any(|award| award.is_some()) {
            self.push(Block::Heading(2, self.say("Score, rank, awards".into(), "Điểm, hạng, khen thưởng".into())));
            self.push(Block::Fields(fields));
        }
        let passed_over: Vec<String> = behind.passed_over.iter().map(|grade| self.passed_over(level, grade)).collect();
        if !passed_over.is_empty() {
            self.push(Block::List(passed_over));
        }
        for (head, award) in level.awards.iter().zip(unit.awards.iter()) {
            if let Some(award) = award {
                let title = words::title(&head.title, &head.id, self.language).to_owned();
                let provisional = self.provisional(award.provisional);
                let word = |verdict: &AwardVerdict| self.word(words::award(*verdict)).to_owned();
                let otherwise = words::otherwise(&award.otherwise, word);
                self.line(format!("{title}: {}{provisional}{otherwise}", word(&award.verdict)));
                if !award.beside.units.is_empty() {
                    let beside = words::beside(&award.beside, self.language);
                    self.line(format!("{}: {beside}", self.word(words::BESIDE)));
                }
                for line in self.why(level, head, unit, award) {
                    self.line(line);
                }
                let conditions = self.conditions(level, award, behind);
                self.push(Block::List(conditions));
            }
        }
    }

    /// Who stands next to it, by how much, and in which keys before that they are equal.
    fn neighbour(&self, level: &LevelOutcome, neighbour: &Neighbour) -> Option<(String, String)> {
        let name = match neighbour.before {
            Some(true) => words::STANDS_BEFORE,
            Some(false) => words::STANDS_BEHIND,
            None => words::STANDS_BESIDE,
        };
        let other = level.units.iter().find(|other| other.row == neighbour.row)?;
        let mut text = self.unit(level, &other);
        if let Some(gap) = &neighbour.gap {
            if !neighbour.equal_in.is_empty() {
                let keys = neighbour.equal_in.iter().map(|key| match key.as_str() {
                    "score" => self.word(words::SCORE).to_lowercase(),
                    key => words::condition(level, key, self.language),
                });
                let keys = keys.collect::<Vec<_>>().join(", ");
                text = format!("{text}; {}", self.word(words::EQUAL_IN).replace("{keys}", &keys));
            }
            text = format!("{text}; {}", self.figures.gap(level, gap));
        }
        Some((self.word(name).to_owned(), text))
    }

    /// A grade that it does not have, and what it lacks for it.
    fn passed_over(&self, level: &LevelOutcome, grade: &PassedOver) -> String {
        let open = |truth: Truth| match truth {
            Truth::Unknown => format!(" ({})", self.word(words::UNKNOWN)),
            _ => String::new(),
        };
        let bar = grade.bar.as_ref().map(|(kind, bar, reached)| {
            let score = self.word(words::SCORE).to_lowercase();
            format!("{score} {} {}{}", self.word(words::bound(*kind)), self.figures.number(*bar), open(*reached))
        });
        let conditions = grade.conditions.iter();
        let conditions =
            conditions.map(|(id, truth)| format!("{}{}", words::condition(level, id, self.language), open(*truth)));
        let lacks: Vec<String> = bar.into_iter().chain(conditions).collect();
        let title = words::title(&grade.title, &grade.id, self.language);
        let text = self.word(words::PASSED_OVER).replace("{grade}", title);
        text.replace("{lacks}", &lacks.join("; "))
    }

    /// Why an award went elsewhere: for which other one it was given up, which group had no room and by how much the
    /// unit missed it, or that it is in no group.
    fn why(&self, level: &LevelOutcome, head: &AwardHead, unit: &UnitOutcome<'_>, award: &AwardOutcome) -> Vec<String> {
        let mut why = Vec::new();
        if let Some(other) = &award.replaced_by {
            let other = words::condition(level, other, self.language);
            why.push(format!("{}: {other}", self.word(words::REPLACED_BY)));
        }
        if let Some(cut) = award.stopped_by.and_then(|at| head.cuts.get(at)) {
            let quota = head.quotas.get(cut.quota).and_then(|quota| self.figures.quota(level, quota));
            let places = format!("{}: {}", self.word(words::PLACES).to_lowercase(), self.figures.places_of(cut));
            let quota = quota.map(|quota| format!(" ({quota})")).unwrap_or_default();
            why.push(format!("{}: {}{quota}; {places}", self.word(words::NO_ROOM), self.figures.group(cut)));
            let last = cut.last_in.as_ref().zip(award.gap.as_ref());
            why.extend(last.map(|(last, gap)| {
                let last = level.unit(last).map_or_else(|| last.clone(), |it| self.unit(level, &it));
                let title = self.word(words::LAST_IN).to_lowercase();
                format!("{title}: {last}; {}", self.figures.gap(level, gap))
            }));
        }
        if head.outside.iter().any(|id| id == unit.id) {
            why.push(self.word(words::OUTSIDE).to_lowercase());
        }
        why
    }

    /// Among how many, and by which keys.
    fn field_of(&self, level: &LevelOutcome, unit: &UnitOutcome<'_>) -> String {
        let peers = level.units.iter().filter(|other| other.rank.is_some() && other.cluster == unit.cluster).count();
        let keys = words::ranked_by(level, self.language);
        match &unit.cluster {
            Some(cluster) => self.say(
                format!("of {peers} in cluster {cluster}, by {keys}"),
                format!("trong {peers} đơn vị của cụm {cluster}, theo {keys}"),
            ),
            None => self.say(format!("of {peers}, by {keys}"), format!("trong {peers} đơn vị, theo {keys}")),
        }
    }

    fn conditions(&self, level: &LevelOutcome, award: &AwardOutcome, behind: &Standing) -> Vec<String> {
        let answer = |truth: Truth| self.word(words::truth(truth));
        award
            .conditions
            .iter()
            .map(|(id, truth)| {
                let heads = level.awards.iter().flat_map(|head| &head.conditions);
                let clause = heads.filter(|head| head.id == *id).find_map(|head| head.clause.as_ref());
                let clause = clause.map(|clause| format!(" ({} {clause})", self.word(words::CLAUSE)));
                let name = words::condition(level, id, self.language);
                let looked_at = behind.looked_at.iter().find(|(rule, _)| rule == id).map(|(_, inputs)| {
                    let told: Vec<_> = inputs.iter().map(|input| self.input(level, input, None)).collect();
                    format!(" [{}]", told.join("; "))
                });
                let looked_at = looked_at.unwrap_or_default();
                format!("{name}{}: {}{looked_at}", clause.unwrap_or_default(), answer(*truth))
            })
            .collect()
    }
}
