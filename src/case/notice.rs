//! Which boundaries the cases notice.
//!
//! Each boundary is moved, the campaign planned once, and the cases are run on it until one fails: first those that
//! speak of what was moved. Rows are read once for all boundaries that do not change how they are read.

use crate::document::Node;
use crate::patch;
use crate::rule::Library;
use crate::value::{side_by_side, threads};

use super::boundary::{self, Boundary};
use super::desk::{Desk, Laid, Planned, Prepared, judge};
use super::{Case, Report};

/// What the cases of a campaign notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// How many boundaries were moved and made a campaign that is sound.
    pub all: usize,
    /// Those that no case notices.
    pub unnoticed: Vec<Boundary>,
    /// How many moves were refused by the campaign itself.
    pub refused: usize,
    /// How many cases fail today, and notice nothing.
    pub failing: usize,
}

/// Everything that bounds something in a campaign, moved by one step.
#[must_use]
pub fn boundaries(document: &Node) -> Vec<Boundary> {
    boundary::boundaries(document)
}

/// What the cases of a campaign notice of its boundaries. Cases that fail today notice nothing.
#[must_use]
pub fn noticed(cases: &[Case], document: &Node, library: &Library) -> Noticed {
    let mut today = Desk::new(document, library);
    let passing: Vec<Passing<'_>> = cases.iter().filter_map(|case| Passing::of(case, &mut today)).collect();
    let boundaries = boundaries(document);
    let answers = of_all(&boundaries, |boundary| answer(boundary, &passing, document, library));
    let mut found = Noticed { failing: cases.len() - passing.len(), ..Noticed::default() };
    for (boundary, answer) in boundaries.into_iter().zip(answers) {
        match answer {
            Answer::Refused => found.refused += 1,
            Answer::Noticed => found.all += 1,
            Answer::Unnoticed => {
                found.all += 1;
                found.unnoticed.push(boundary);
            }
        }
    }
    found
}

/// What becomes of a boundary that is moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Noticed,
    Unnoticed,
    /// The campaign is not sound any more: `check` notices.
    Refused,
}

/// A case that passes today, and its rows.
struct Passing<'c> {
    case: &'c Case,
    today: Planned,
    laid: Laid,
}

impl<'c> Passing<'c> {
    fn of(case: &'c Case, today: &mut Desk<'_>) -> Option<Self> {
        let planned = today.plan(case);
        let Ok(prepared) = &*planned else {
            // It expects that the campaign is refused.
            let report = today.run(case);
            let laid = Laid::nothing();
            return report.passed().then_some(Self { case, today: planned, laid });
        };
        let laid = Laid::new(case, prepared);
        judge(case, prepared, &laid).passed().then(|| Self { case, today: planned.clone(), laid })
    }

    fn run(&self, moved: &Prepared) -> Report {
        match &*self.today {
            Ok(today) if moved.reads_as(today) && self.laid.holds_for(self.case, moved) => {
                judge(self.case, moved, &self.laid)
            }
            _ => judge(self.case, moved, &Laid::new(self.case, moved)),
        }
    }

    fn speaks_of(&self, subject: &str) -> bool {
        !subject.is_empty() && self.case.expect.iter().any(|expectation| expectation.criterion.starts_with(subject))
    }
}

fn answer(boundary: &Boundary, passing: &[Passing<'_>], document: &Node, library: &Library) -> Answer {
    let mut moved = document.clone();
    for edit in &boundary.edits {
        patch::set(&mut moved, edit, &mut Vec::new());
    }
    let mut desk = Desk::new(&moved, library);
    let (first, then): (Vec<_>, Vec<_>) = passing.iter().partition(|passing| passing.speaks_of(&boundary.subject));
    let mut sound = passing.is_empty();
    for passing in first.into_iter().chain(then) {
        match &*desk.plan(passing.case) {
            Ok(prepared) => {
                sound = true;
                if !passing.run(prepared).passed() {
                    return Answer::Noticed;
                }
            }
            Err(_) if passing.today.is_err() => {}
            Err(_) => return Answer::Refused,
        }
    }
    if sound { Answer::Unnoticed } else { Answer::Refused }
}

/// The same asked of all boundaries, on all cores; answers are in their order.
fn of_all<T: Send>(boundaries: &[Boundary], ask: impl Fn(&Boundary) -> T + Sync) -> Vec<T> {
    let size = boundaries.len().div_ceil(threads(0)).max(1);
    let ask = &ask;
    let parts = boundaries.chunks(size).map(|part| move || part.iter().map(ask).collect::<Vec<T>>());
    side_by_side(parts).into_iter().flatten().collect()
}
