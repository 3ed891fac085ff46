//! Days of rest, and what becomes of a last day that is one.

use crate::value::Day;

use super::Basis;

/// When people work.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// What becomes of a last day that is a day of rest.
    pub weekend: Weekend,
    /// Days of rest beside Saturdays and Sundays.
    pub holidays: Vec<Day>,
    /// Saturdays and Sundays that are worked.
    pub working: Vec<Day>,
    /// On what authority.
    pub basis: Basis,
}

/// What becomes of a last day that is a day of rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekend {
    /// It stays the last day.
    AsIs,
    /// The next working day is the last one, as article 148(5) of the Civil Code of 2015 has it.
    NextWorkingDay,
}

impl Default for Calendar {
    fn default() -> Self {
        Self { weekend: Weekend::AsIs, holidays: Vec::new(), working: Vec::new(), basis: Basis::Unstated }
    }
}

impl Calendar {
    /// Whether people work on a day.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        const SATURDAY: u32 = 5;
        if self.holidays.contains(&day) { false } else { day.weekday() < SATURDAY || self.working.contains(&day) }
    }

    /// The last day of a term that ends on a day.
    ///
    /// ```
    /// use thidua::campaign::{Calendar, Weekend};
    /// use thidua::value::Day;
    ///
    /// let sunday = Day::new(2024, 7, 14).unwrap();
    /// let calendar = Calendar { weekend: Weekend::NextWorkingDay, ..Calendar::default() };
    /// assert_eq!(calendar.last_day(sunday), Day::new(2024, 7, 15).unwrap());
    /// assert_eq!(Calendar::default().last_day(sunday), sunday);
    /// ```
    #[must_use]
    pub fn last_day(&self, day: Day) -> Day {
        match self.weekend {
            Weekend::AsIs => day,
            Weekend::NextWorkingDay => {
                let later = std::iter::successors(Some(day), |day| day.plus(1));
                // Behind the last holiday there is a working day within a week; at the end of the calendar there may be none.
                later.take(self.holidays.len() + 8).find(|day| self.is_working(*day)).unwrap_or(day)
            }
        }
    }
}
