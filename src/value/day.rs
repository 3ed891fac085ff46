//! Calendar days.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// A calendar day in Vietnam, kept as days since 1970-01-01.
///
/// ```
/// use thidua::value::Day;
///
/// let day = Day::parse("2024-07-15").unwrap();
/// assert_eq!(Day::parse("15/7/2024"), Some(day));
/// assert_eq!(day.plus(-1).unwrap().to_string(), "2024-07-14");
/// assert_eq!(Day::parse("31/02/2024"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// The day with this count of days since 1970-01-01.
    #[must_use]
    pub fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i32 {
        self.0
    }

    /// The day of this year, month and day of the month, if there is one.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(|date| Self(date.to_epoch_days()))
    }

    /// Reads `2024-07-15` or `15/7/2024`; the year has four digits, the month never comes first.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mark = if text.contains('/') { '/' } else { '-' };
        let mut parts = text.split(mark);
        let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
        let (year, month, day) = if mark == '/' { (third, second, first) } else { (first, second, third) };
        let digits = |s: &str, most: usize| (1..=most).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The day so many days later (earlier if negative), if the calendar reaches so far.
    #[must_use]
    pub fn plus(self, days: i64) -> Option<Self> {
        let day = i64::from(self.0).checked_add(days).and_then(|d| i32::try_from(d).ok()).map(Self)?;
        day.date().is_some().then_some(day)
    }

    /// The same day of the month so many months later (earlier if negative), or the last day of that month.
    ///
    /// ```
    /// use thidua::value::Day;
    ///
    /// let last = Day::new(2024, 1, 31).unwrap();
    /// assert_eq!(last.plus_months(1), Day::new(2024, 2, 29));
    /// assert_eq!(last.plus_months(-2), Day::new(2023, 11, 30));
    /// ```
    #[must_use]
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let count = u32::try_from(months.unsigned_abs()).ok().map(Months::new)?;
        let date = self.date()?;
        let later = if months < 0 { date.checked_sub_months(count) } else { date.checked_add_months(count) };
        later.map(|date| Self(date.to_epoch_days()))
    }

    /// Days from `earlier` to this one.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }

    /// Year, month (1–12) and day of the month (1–31).
    #[must_use]
    pub fn parts(self) -> (i32, u32, u32) {
        self.date().map_or((1970, 1, 1), |date| (date.year(), date.month(), date.day()))
    }

    /// Day of the week: 0 is Monday, 6 is Sunday.
    #[must_use]
    pub fn weekday(self) -> u32 {
        // 1970-01-01 was a Thursday.
        (self.0 + 3).rem_euclid(7).unsigned_abs()
    }

    /// Appends the day as it is displayed.
    pub(crate) fn append_to(self, out: &mut Vec<u8>) {
        let (year, month, day) = self.parts();
        let Ok(year @ 0..=9999) = u32::try_from(year) else {
            out.extend_from_slice(self.to_string().as_bytes());
            return;
        };
        let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
        let two = |number: u32| [digit(number / 10), digit(number)];
        out.extend_from_slice(&two(year / 100));
        out.extend_from_slice(&two(year));
        for part in [month, day] {
            out.push(b'-');
            out.extend_from_slice(&two(part));
        }
    }

    fn date(self) -> Option<NaiveDate> {
        NaiveDate::from_epoch_days(self.0)
    }
}

/// ISO 8601: `2024-07-15`.
impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_office_spellings_are_read() {
        for bad in
            ["", "2024", "7/15/2024", "15.7.2024", "15/7/24", "2024-13-01", "2023-02-29", "1/1/1/2024", "+1/1/2024"]
        {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        assert_eq!(Day::parse("01/02/2024"), Day::new(2024, 2, 1));
    }

    #[test]
    fn days_are_appended_as_they_are_displayed() {
        for day in [(2024, 7, 5), (1, 1, 1), (9999, 12, 31), (10_000, 1, 1), (-1, 2, 3), (0, 10, 20)] {
            let day = Day::new(day.0, day.1, day.2).unwrap();
            let mut out = b"x".to_vec();
            day.append_to(&mut out);
            assert_eq!(String::from_utf8(out).unwrap(), format!("x{day}"));
        }
    }

    #[test]
    fn weekdays_start_on_monday() {
        assert_eq!(Day::new(2024, 7, 15).map(Day::weekday), Some(0));
        assert_eq!(Day::new(2024, 7, 14).map(Day::weekday), Some(6));
        assert_eq!(Day::new(1969, 12, 31).map(Day::weekday), Some(2));
    }
}
