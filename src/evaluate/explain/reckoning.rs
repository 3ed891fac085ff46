//! How the points of a criterion came to be.

use std::sync::Arc;

use crate::value::{Number, Possible, Truth};

use super::super::outcome::{Bar, Measured};

/// How points came to be for one unit, beyond what their form says.
#[derive(Clone, Debug, PartialEq)]
pub enum Reckoning {
    /// By a band.
    Band {
        /// The band that the value lies in, or those that it may lie in; none where it lies between two.
        within: Vec<BandOf>,
        /// The nearest band on either side of a value that is known, and how far it is.
        beside: Vec<(BandOf, Number)>,
        /// Whether the value is a day, and distances are days.
        in_days: bool,
    },
    /// So many times an amount.
    Each {
        /// How many.
        times: Possible<Number>,
        /// For one.
        each: Number,
        /// For all of them.
        cap: Option<Number>,
    },
    /// A first amount and further steps.
    Steps {
        /// Above this, the first amount.
        above: Number,
        /// The first amount.
        first: Number,
        /// How many further steps, where the value is known and above the bar.
        further: Option<Number>,
        /// How far each is.
        every: Number,
        /// What each adds.
        add: Number,
        /// At most so many.
        cap: Option<Number>,
    },
    /// By a term: whether the day came in time, and whether it came at all.
    Term {
        /// Whether it came in time.
        met: Truth,
        /// Whether it came.
        happened: Truth,
    },
    /// In proportion: the value and the bar, where both are known.
    Proportional {
        /// The value.
        value: Number,
        /// The bar.
        bar: Number,
    },
    /// By a rule: what it looked at.
    Rule(Vec<Input>),
}

/// A band of points for one unit.
#[derive(Clone, Debug, PartialEq)]
pub struct BandOf {
    /// Its position.
    pub at: usize,
    /// Its bounds.
    pub bounds: Arc<[Bar]>,
    /// Its points.
    pub points: Number,
}

/// Something that a rule looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// As the rule writes it, or the header of a column.
    pub what: String,
    /// What it is.
    pub value: Measured,
    /// The units among the peers that it is of: the leader, or several who are equal; by their rows.
    pub of: Vec<usize>,
}
