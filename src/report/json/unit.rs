//! Levels and their units.

use serde::Serialize;

use crate::evaluate::{LevelOutcome, Otherwise, Ranking, Score, UnitOutcome};
use crate::value::Number;

use super::award::{AwardHeadJson, AwardJson, answer};
use super::criterion::CriterionJson;
use super::group::GroupJson;
use super::keyed::Keyed;

/// What an evaluation says of a level.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Level"))]
pub struct LevelJson {
    /// The id.
    pub id: String,
    /// Its awards, in the order of the campaign.
    pub awards: Vec<AwardHeadJson>,
    /// Its units, in the order of their table.
    pub units: Vec<UnitJson>,
}

/// What an evaluation says of a unit.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Unit"))]
#[expect(clippy::struct_excessive_bools, reason = "each is an answer of its own")]
pub struct UnitJson {
    /// The key; the id of the level for the whole.
    pub id: String,
    /// The name that people use.
    pub name: Option<String>,
    /// The cluster, if it is known.
    pub cluster: Option<String>,
    /// The score, where it is only one.
    pub score: Option<String>,
    /// The least that it can be.
    pub score_least: Option<String>,
    /// The most that it can be.
    pub score_greatest: Option<String>,
    /// The full score; null where the level does not score.
    pub score_of: Option<String>,
    /// Whether something is not due yet, or the score rests on provisional figures.
    pub provisional: bool,
    /// The score by reading, for other readings of the directive that give another.
    pub score_otherwise: Keyed<ScoreJson>,
    /// What the groups give in which points add up, by id; left out where there are none.
    #[serde(skip_serializing_if = "Keyed::is_empty")]
    pub groups: Keyed<GroupJson>,
    /// The place, where it is only one.
    pub rank: Option<usize>,
    /// The best place that is possible.
    pub rank_best: Option<usize>,
    /// The worst place that is possible.
    pub rank_worst: Option<usize>,
    /// The mean of the places that it shares with its equals, where ties are fractional.
    pub rank_mean: Option<String>,
    /// What must hold for it to be ranked, and does not, or, where it is null, perhaps does not.
    pub unranked: Keyed<Option<bool>>,
    /// Whether another unit is surely equal in every key.
    pub tied: bool,
    /// Whether a score or a key in the cluster is provisional.
    pub rank_provisional: bool,
    /// The best and the worst place by reading, for other readings of the directive that give others.
    pub rank_otherwise: Keyed<[usize; 2]>,
    /// The id of the grade, if it is decided.
    pub grade: Option<String>,
    /// Whether the score or something that the grade requires is provisional.
    pub grade_provisional: bool,
    /// The grade by reading, for other readings of the directive that give another; null where it is open.
    pub grade_otherwise: Keyed<Option<String>>,
    /// The awards that the unit could win, in the order of the campaign.
    pub awards: Vec<AwardJson>,
    /// The criteria by id, in the order of the campaign.
    pub criteria: Keyed<CriterionJson>,
}

/// A score under another reading.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "ScoreOtherwise"))]
pub struct ScoreJson {
    /// The least that it can be; null where nothing applies.
    pub least: Option<String>,
    /// The most that it can be.
    pub greatest: Option<String>,
}

impl ScoreJson {
    fn new(score: &Score) -> Self {
        let print = |number: Option<Number>| number.map(|number| number.to_string());
        Self { least: print(score.least), greatest: print(score.greatest) }
    }
}

/// What comes out under other readings, by their ids.
fn keyed<T, J>(others: Vec<Otherwise<T>>, say: impl Fn(T) -> J) -> Keyed<J> {
    others.into_iter().map(|other| (other.reading, say(other.result))).collect()
}

impl LevelJson {
    pub(super) fn new(level: &LevelOutcome) -> Self {
        Self {
            id: level.id.clone(),
            awards: level.awards.iter().map(AwardHeadJson::new).collect(),
            units: level.units.iter().map(|unit| UnitJson::new(level, &unit)).collect(),
        }
    }
}

impl UnitJson {
    fn new(level: &LevelOutcome, unit: &UnitOutcome<'_>) -> Self {
        let print = |number: Option<Number>| number.map(|number| number.to_string());
        let score = unit.score.as_ref();
        let rank = unit.rank.as_ref();
        let awards = level.awards.iter().zip(unit.awards.iter()).filter_map(|(head, award)| Some((head, award?)));
        let criteria = level.criteria.iter().zip(unit.criteria.iter());
        Self {
            id: unit.id.to_owned(),
            name: unit.name.map(str::to_owned),
            cluster: unit.cluster.map(str::to_owned),
            score: print(score.and_then(Score::value)),
            score_least: print(score.and_then(|score| score.least)),
            score_greatest: print(score.and_then(|score| score.greatest)),
            score_of: print(score.map(|score| score.of)),
            provisional: score.is_some_and(|score| score.provisional),
            score_otherwise: keyed(unit.score_otherwise(), |score| ScoreJson::new(&score)),
            groups: unit.groups.iter().filter_map(|sum| GroupJson::new(level, sum)).collect(),
            rank: rank.and_then(Ranking::place),
            rank_best: rank.map(|rank| rank.best),
            rank_worst: rank.map(|rank| rank.worst),
            rank_mean: print(rank.and_then(|rank| rank.mean)),
            unranked: unit.unranked.iter().map(|(id, truth)| (id.clone(), answer(*truth))).collect(),
            tied: rank.is_some_and(|rank| rank.tied),
            rank_provisional: rank.is_some_and(|rank| rank.provisional),
            rank_otherwise: rank
                .into_iter()
                .flat_map(|rank| &rank.otherwise)
                .map(|other| (other.reading.clone(), [other.result.0, other.result.1]))
                .collect(),
            grade: unit.grade.and_then(|grade| grade.id.clone()),
            grade_provisional: unit.grade.is_some_and(|grade| grade.provisional),
            grade_otherwise: keyed(unit.grade_otherwise(), |grade| grade.id),
            awards: awards.map(|(head, award)| AwardJson::new(&head.id, award)).collect(),
            criteria: criteria
                .enumerate()
                .map(|(at, (head, judgement))| {
                    let points = unit.points_otherwise(at);
                    (head.id.clone(), CriterionJson::new(head, &judgement, &points))
                })
                .collect(),
        }
    }
}
