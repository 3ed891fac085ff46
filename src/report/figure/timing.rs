//! Days and the terms that they belong to.

use crate::diagnostic::Language;
use crate::evaluate::{CriterionHead, Judgement, Measured, Timing};
use crate::value::Day;

use super::super::words;
use super::{FIRM_SPACE, Figures, NOTHING};

impl Figures {
    /// What was measured; of a day that is not simply in time also how it stands to its term.
    #[must_use]
    pub fn measured_in_time(self, head: &CriterionHead, judgement: &Judgement) -> String {
        let measured = match &judgement.measured {
            Measured::Number(number) if head.in_percent => self.number_in_percent(number, &judgement.target),
            measured => self.measured(measured, &judgement.target),
        };
        match judgement.timing {
            None | Some(Timing::OnTime(_) | Timing::Open | Timing::Awaited) => measured,
            Some(_) if measured == NOTHING => measured,
            Some(timing) => format!("{measured} ({})", self.timing(timing)),
        }
    }

    /// How a day stands to its term.
    #[must_use]
    pub fn timing(self, timing: Timing) -> String {
        let say = |en: String, vi: String| if self.language == Language::En { en } else { vi };
        let days = |days: i64| format!("{days} {}", if days == 1 { "day" } else { "days" });
        let text = match timing {
            Timing::Early(n) => say(format!("{} too early", days(n)), format!("sớm {n} ngày")),
            Timing::OnTime(_) => say("in time".into(), "đúng hạn".into()),
            Timing::OnTheDay => say("on the very day".into(), "đúng ngày".into()),
            Timing::Late(n) => say(format!("{} late", days(n)), format!("muộn {n} ngày")),
            Timing::Missed(0) => say("the last day has come".into(), "đã đến hạn chót".into()),
            Timing::Missed(n) => say(format!("{} overdue", days(n)), format!("quá hạn {n} ngày")),
            Timing::NotDue(n) => say(format!("{} left", days(n)), format!("còn {n} ngày")),
            Timing::Open | Timing::Awaited => say("no due day".into(), "không có hạn".into()),
        };
        text.replace(' ', &FIRM_SPACE.to_string())
    }

    /// The days that are left, or for which something is overdue.
    #[must_use]
    pub fn days_left(self, days: i64) -> String {
        self.timing(if days > 0 { Timing::NotDue(days) } else { Timing::Missed(-days) })
    }

    /// A day with its day of the week, as terms print it.
    #[must_use]
    pub fn last_day(self, day: Day) -> String {
        format!("{} ({})", self.day(day), words::weekday(day, self.language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_print_in_both_languages() {
        let [en, vi] = [Language::En, Language::Vi].map(|language| Figures { language });
        let plain = |text: String| text.replace(FIRM_SPACE, " ");
        assert_eq!(plain(en.timing(Timing::Late(1))), "1 day late");
        assert_eq!(plain(vi.timing(Timing::Late(2))), "muộn 2 ngày");
        assert_eq!(plain(en.timing(Timing::NotDue(3))), "3 days left");
        let friday = Day::new(2024, 7, 19).unwrap();
        assert_eq!(en.last_day(friday), "2024-07-19 (Fri)");
        assert_eq!(vi.last_day(friday), "19/7/2024 (thứ sáu)");
    }
}
