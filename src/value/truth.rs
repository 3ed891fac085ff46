//! Kleene's logic.

use std::ops::Not;

/// Yes, no, or not known yet.
///
/// ```
/// use thidua::value::Truth::{False, True, Unknown};
///
/// assert_eq!(False.and(Unknown), False);
/// assert_eq!(Unknown.or(True), True);
/// assert_eq!(!Unknown, Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Truth {
    /// No, whatever the unknown turns out to be.
    False,
    /// Yes, whatever the unknown turns out to be.
    True,
    /// It depends on something unknown.
    Unknown,
}

impl Truth {
    /// Both; `False` decides in either order.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            _ => Self::Unknown,
        }
    }

    /// Either; `True` decides in either order.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        !(!self).and(!other)
    }

    /// What is common to both: the same answer, else unknown.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        if self == other { self } else { Self::Unknown }
    }

    /// From what can still be: `None` if nothing can.
    #[must_use]
    pub fn from_possible(can_be_true: bool, can_be_false: bool) -> Option<Self> {
        match (can_be_true, can_be_false) {
            (true, true) => Some(Self::Unknown),
            (true, false) => Some(Self::True),
            (false, true) => Some(Self::False),
            (false, false) => None,
        }
    }

    /// Whether it can turn out true.
    #[must_use]
    pub fn can_be_true(self) -> bool {
        self != Self::False
    }

    /// Whether it can turn out false.
    #[must_use]
    pub fn can_be_false(self) -> bool {
        self != Self::True
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::True => Self::False,
            Self::Unknown => Self::Unknown,
        }
    }
}
