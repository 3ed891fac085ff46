//! The day that the answers describe.

use crate::campaign::Campaign;
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::value::Day;

const ROUND: Phrase = Phrase::new("round", "đợt");
const PERIOD: Phrase = Phrase::new("period", "phong trào");

/// The day that was asked for; else that of the dataset, but not beyond the chosen round; else the last day of the
/// round or period, which is an assumption.
pub fn day_of_evaluation(
    asked: Option<Day>,
    round: Option<&str>,
    campaign: &Campaign,
    warnings: &mut Vec<Diagnostic>,
) -> Day {
    let round = round.and_then(|round| campaign.round(round));
    let last = round.map_or(campaign.period.to, |round| round.span.to);
    match (asked, campaign.as_of) {
        (Some(day), _) => day,
        (None, Some(day)) => {
            if round.is_some() {
                day.min(last)
            } else {
                day
            }
        }
        (None, None) => {
            let span = if round.is_some() { ROUND } else { PERIOD };
            warnings.push(Diagnostic::new(&catalogue::AS_OF_ASSUMED).with("day", last).with("span", span));
            last
        }
    }
}
