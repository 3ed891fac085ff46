//! What a criterion earns, and the groups in which points add up.

use crate::schema::Title;
use crate::source::Place;

use super::{Bound, Reference, Sourced, Value, When};

/// What a criterion earns.
#[derive(Clone, Debug)]
pub struct Points {
    /// The points at stake; beside the full score there need be none.
    pub max: Option<Sourced<Value>>,
    /// How they are earned.
    pub form: Form,
    /// What they add to.
    pub pot: Pot,
    /// Where they are declared.
    pub place: Place,
}

impl Points {
    /// Every amount that is written, with its path below the points.
    #[must_use]
    pub fn amounts(&self) -> Vec<(String, &Sourced<Value>)> {
        let mut found: Vec<(String, &Sourced<Value>)> = self.max.iter().map(|max| ("max".to_owned(), max)).collect();
        let mut add = |key: String, amount| found.push((key, amount));
        match &self.form {
            Form::AllOrNothing | Form::Proportional | Form::AsMeasured | Form::Rule(_) => {}
            Form::Bands(bands) => {
                for (at, band) in bands.iter().enumerate() {
                    for bound in &band.bounds {
                        add(format!("bands.{at}.{}", bound.key), &bound.bar);
                    }
                    add(format!("bands.{at}.points"), &band.points);
                }
            }
            Form::Each { each, cap } => {
                for (key, amount) in [("each", each)].into_iter().chain(cap.iter().map(|cap| ("cap", cap))) {
                    add(key.into(), amount);
                }
            }
            Form::Steps(steps) => {
                let Steps { above, first, every, add: more, cap } = steps.as_ref();
                let amounts = [("above", above), ("first", first), ("every", every), ("add", more)];
                for (key, amount) in amounts.into_iter().chain(cap.iter().map(|cap| ("cap", cap))) {
                    add(format!("steps.{key}"), amount);
                }
            }
            Form::Term { met, late, never } => {
                let others = late.iter().map(|late| ("late", late)).chain(never.iter().map(|never| ("never", never)));
                for (key, amount) in [("met", met)].into_iter().chain(others) {
                    add(key.into(), amount);
                }
            }
        }
        found
    }
}

/// What points add to. Each group may cap each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pot {
    /// The full score.
    #[default]
    Base,
    /// What comes on top of it.
    Bonus,
    /// What is taken from it.
    Penalty,
}

/// How points are earned.
#[derive(Clone, Debug)]
pub enum Form {
    /// All for a target met, nothing else.
    AllOrNothing,
    /// In proportion to the bar, at most all.
    Proportional,
    /// Those of the band that the value lies in.
    Bands(Vec<Band>),
    /// So many for each occurrence.
    Each {
        /// For one.
        each: Sourced<Value>,
        /// For all of them together, at most so many; of a penalty, at least.
        cap: Option<Sourced<Value>>,
    },
    /// A first amount above a bar, and more for each further step.
    Steps(Box<Steps>),
    /// One amount for a day in its term, another for a later one.
    Term {
        /// In the term.
        met: Sourced<Value>,
        /// After it; nothing where it is left out.
        late: Option<Sourced<Value>>,
        /// If it never came, where that is not nothing.
        never: Option<Sourced<Value>>,
    },
    /// The value that was measured is the points.
    AsMeasured,
    /// A rule says how many.
    Rule(Reference),
}

/// Points for values between bounds.
#[derive(Clone, Debug)]
pub struct Band {
    /// The units that it is for: the row of a table with two ways in.
    pub when: When,
    /// The bounds, all of which must hold.
    pub bounds: Vec<Bound>,
    /// The points.
    pub points: Sourced<Value>,
    /// Where it is declared.
    pub place: Place,
}

/// Points that rise by steps.
#[derive(Clone, Debug)]
pub struct Steps {
    /// Above this, the first amount.
    pub above: Sourced<Value>,
    /// The first amount.
    pub first: Sourced<Value>,
    /// How far each further step is.
    pub every: Sourced<Value>,
    /// What each further step adds.
    pub add: Sourced<Value>,
    /// At most so many.
    pub cap: Option<Sourced<Value>>,
}

/// Points that add up together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The id.
    pub id: String,
    /// What reports call it.
    pub title: Title,
    /// The clause of the directive.
    pub clause: Option<String>,
    /// The group that it belongs to.
    pub within: Option<Reference>,
    /// The most of the full score that it gives.
    pub max: Option<Sourced<Value>>,
    /// The most bonus.
    pub cap_bonus: Option<Sourced<Value>>,
    /// The most penalty.
    pub cap_penalty: Option<Sourced<Value>>,
    /// Whether only the best of its items counts.
    pub only_best: bool,
    /// What must hold for it to give anything: criteria and rules.
    pub requires: Vec<Reference>,
    /// Where it is declared.
    pub place: Place,
}
