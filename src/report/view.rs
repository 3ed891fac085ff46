//! Which part of an outcome is shown.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::evaluate::{LevelOutcome, Outcome, UnitOutcome, Verdict};
use crate::value::nearest;

/// Filters; an empty list lets everything through. Every format shows what they leave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Units, by id or name.
    pub units: Vec<String>,
    /// Clusters.
    pub clusters: Vec<String>,
    /// Criteria, by id.
    pub criteria: Vec<String>,
    /// Only units that got one of these verdicts on a criterion that is shown.
    pub verdicts: Vec<Verdict>,
    /// Levels, by id.
    pub levels: Vec<String>,
    /// Every unit of a large level, not a summary of it.
    pub all: bool,
}

impl View {
    /// The part of an outcome that the filters leave. Ranks, scores and decisions stay those of the whole.
    ///
    /// # Errors
    /// Every name in the filters that the outcome does not have, with what was probably meant.
    pub fn apply(&self, mut outcome: Outcome) -> Result<Outcome, Vec<Diagnostic>> {
        if !self.filters() {
            return Ok(outcome);
        }
        let unknown = self.unknown_names(&outcome);
        if !unknown.is_empty() {
            return Err(unknown);
        }
        outcome.levels.retain(|level| allows(&self.levels, &level.id));
        for level in &mut outcome.levels {
            self.keep_criteria(level);
            level.units.retain(|unit| self.shows(unit));
        }
        let judged = |level: &LevelOutcome| self.criteria.is_empty() || !level.criteria.is_empty();
        outcome.levels.retain(|level| !level.units.is_empty() && judged(level));
        Ok(outcome)
    }

    /// Whether anything may be left out.
    #[must_use]
    pub fn filters(&self) -> bool {
        let Self { units, clusters, criteria, verdicts, levels, all: _ } = self;
        !(units.is_empty() && clusters.is_empty() && criteria.is_empty() && verdicts.is_empty() && levels.is_empty())
    }

    fn keep_criteria(&self, level: &mut LevelOutcome) {
        let kept: Vec<bool> = level.criteria.iter().map(|head| allows(&self.criteria, &head.id)).collect();
        keep(&mut level.criteria, &kept);
        level.units.retain_criteria(&kept);
    }

    fn shows(&self, unit: &UnitOutcome<'_>) -> bool {
        let named = self.units.is_empty() || self.units.iter().any(|name| is_called(unit, name));
        let clustered = self.clusters.is_empty() || unit.cluster.is_some_and(|id| allows(&self.clusters, id));
        let judged = || unit.criteria.verdicts().any(|verdict| self.verdicts.contains(&verdict));
        named && clustered && (self.verdicts.is_empty() || judged())
    }

    fn unknown_names(&self, outcome: &Outcome) -> Vec<Diagnostic> {
        let units = || outcome.levels.iter().flat_map(|level| &level.units);
        let levels: Vec<_> = outcome.levels.iter().map(|level| level.id.as_str()).collect();
        let criteria = distinct(outcome.levels.iter().flat_map(|level| &level.criteria).map(|head| head.id.as_str()));
        let clusters = distinct(units().filter_map(|unit| unit.cluster));
        let strangers = self.units.iter().filter(|name| !units().any(|unit| is_called(&unit, name)));
        let mut faults = unknown(Phrase::new("level", "cấp"), &self.levels, &levels);
        faults.extend(strangers.map(|name| no_unit(name, outcome)));
        faults.extend(unknown(Phrase::new("cluster", "cụm"), &self.clusters, &clusters));
        faults.extend(unknown(Phrase::new("criterion", "tiêu chí"), &self.criteria, &criteria));
        faults
    }
}

/// Whether a name means this unit.
fn is_called(unit: &UnitOutcome<'_>, name: &str) -> bool {
    unit.id == name || unit.name == Some(name)
}

fn allows(filter: &[String], id: &str) -> bool {
    filter.is_empty() || filter.iter().any(|allowed| means(allowed, id))
}

/// Whether a name means this id: itself, or with `claimed.*` all that `each` makes of one.
#[must_use]
pub fn means(name: &str, id: &str) -> bool {
    let of_group = |group: &str| id.strip_prefix(group).is_some_and(|rest| rest.starts_with('.'));
    name == id || name.strip_suffix(".*").is_some_and(of_group)
}

/// Keeps the items whose flag is set.
fn keep<T>(items: &mut Vec<T>, kept: &[bool]) {
    let mut flags = kept.iter();
    items.retain(|_| flags.next().copied().unwrap_or(true));
}

fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

fn unknown(kind: Phrase, names: &[String], known: &[&str]) -> Vec<Diagnostic> {
    let finding = |name: &String| {
        let near = nearest(name, known.iter().copied());
        let list = (near.is_none() && !known.is_empty()).then(|| known.join(", "));
        let fault = Diagnostic::new(&catalogue::UNKNOWN_NAME).with("kind", kind).with("name", name);
        fault.maybe("near", near).maybe("known", list)
    };
    names.iter().filter(|name| !known.iter().any(|known| means(name, known))).map(finding).collect()
}

fn no_unit(name: &str, outcome: &Outcome) -> Diagnostic {
    let units = outcome.levels.iter().flat_map(|level| &level.units);
    let known = units.flat_map(|unit| [Some(unit.id), unit.name]).flatten();
    Diagnostic::new(&catalogue::UNKNOWN_UNIT).with("unit", name).maybe("near", nearest(name, known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::evaluate::{UnitLine, Units};
    use crate::report::testing::sample;

    /// Each level with its units and the count of its criteria.
    fn ids(outcome: &Outcome) -> Vec<(&str, Vec<&str>, usize)> {
        outcome.levels.iter().map(shown).collect()
    }

    fn shown(level: &LevelOutcome) -> (&str, Vec<&str>, usize) {
        let units = level.units.ids().collect();
        (&level.id, units, level.units.first().map_or(0, |unit| unit.criteria.len()))
    }

    #[test]
    fn filters_leave_the_units_and_criteria_that_were_asked_for() {
        let view = View { clusters: vec!["1".into()], criteria: vec!["coverage".into()], ..View::default() };
        let shown = view.apply(sample()).unwrap();
        assert_eq!(ids(&shown), [("unions", vec!["H01", "H02", "H03"], 1)]);
        let open = View { verdicts: vec![Verdict::Undetermined], ..View::default() }.apply(sample()).unwrap();
        assert_eq!(ids(&open), [("province", vec!["province"], 3), ("unions", vec!["H03"], 4)]);
    }

    #[test]
    fn a_star_means_all_that_each_makes_of_one() {
        assert!(means("claimed.*", "claimed.c2") && means("claimed", "claimed"));
        assert!(!means("claimed.*", "claimed") && !means("claimed.*", "claimed_in_all") && !means("*", "claimed.c2"));
        let unknown = View { criteria: vec!["claimed.*".into()], ..View::default() }.apply(sample()).unwrap_err();
        assert_eq!(unknown[0].code(), "unknown-name");
    }

    #[test]
    fn a_unit_answers_to_its_name() {
        let view = View { units: vec!["CĐ ngành Giáo dục".into()], ..View::default() };
        assert_eq!(ids(&view.apply(sample()).unwrap()), [("unions", vec!["N02"], 4)]);
    }

    #[test]
    fn an_unknown_name_is_an_error_with_what_was_probably_meant() {
        let view = View {
            units: vec!["H1".into()],
            criteria: vec!["coverge".into()],
            levels: vec!["zzz".into()],
            ..View::default()
        };
        let found = view.apply(sample()).unwrap_err();
        let help: Vec<_> = found.iter().map(|finding| finding.help(Language::En).join("; ")).collect();
        assert_eq!(help, ["it has province, unions", "did you mean `H01`?", "did you mean `coverage`?"]);
    }

    #[test]
    fn lines_put_into_columns_come_out_as_they_were() {
        let outcome = sample();
        for level in &outcome.levels {
            let lines: Vec<UnitLine> = level.units.lines().collect();
            assert_eq!(lines.iter().cloned().collect::<Units>(), level.units);
            assert_eq!(
                lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(),
                level.units.ids().collect::<Vec<_>>()
            );
            let mut some = level.units.clone();
            some.retain(|unit| unit.id != "H02");
            let expected: Vec<UnitLine> = lines.iter().filter(|line| line.id != "H02").cloned().collect();
            assert_eq!(some.lines().collect::<Vec<_>>(), expected);
        }
    }
}
