//! The mirror image: how much a unit may lose before it no longer has what it has.

use crate::value::Number;

use super::Loss;
use super::moves::{Deed, Move};
use super::search::{End, Wanted, cheapest};
use super::seeker::{Seeker, growing};
use super::space::{Item, Space};

impl Seeker<'_> {
    /// How much of each kind may be lost before the goal no longer holds.
    pub fn losses(&self, left: &mut usize) -> Vec<Loss> {
        let all = self.moves.iter().enumerate().filter_map(|(made, of)| Some((made, opposite(of)?)));
        all.filter_map(|(made, opposite)| self.loss(made, opposite, left)).collect()
    }

    fn loss(&self, made: usize, opposite: Move, left: &mut usize) -> Option<Loss> {
        let moves = [opposite];
        let space = Space::new(self.base, &moves, self.who, &mut Vec::new());
        let most = |at: usize| space.items.iter().filter(move |item| item.class == at).map(of_row).max();
        let classes = space.classes.iter().enumerate();
        let all: usize = classes.map(|(at, class)| class.rows.len() * most(at).unwrap_or(0)).sum();
        if space.items.is_empty() {
            return None;
        }
        let asked = self.goal.decided_by(self.level, self.who.level);
        let end = growing(&space, &asked, left, |parts, left| {
            let wanted = Wanted {
                gain: None,
                least: Number::ZERO,
                may: &|_, _| true,
                reached: &|ways| self.turned(&space, self.goal, false, ways),
            };
            cheapest(&parts.all, &wanted, left)
        });
        let (may_lose, rows, proved) = match end {
            End::Found(way) => {
                let lost: usize = way
                    .iter()
                    .filter_map(|(at, count)| Some(of_row(space.items.get(*at)?) * usize::from(*count)))
                    .sum();
                let rows = space.rows_of(&space.state(&way));
                let keys: Vec<String> =
                    rows.iter().map(|(table, row, _)| self.base.data.table(*table).key(*row).to_owned()).collect();
                (lost.saturating_sub(1), keys, true)
            }
            End::Nowhere => (all, Vec::new(), true),
            End::TooMany(least) => {
                let least = least.to_whole().and_then(|least| usize::try_from(least).ok()).unwrap_or(0);
                (least.saturating_sub(1), Vec::new(), false)
            }
        };
        Some(Loss { made, may_lose, of: all, rows, proved })
    }
}

/// How much of a row is lost: the row, or so many steps of a number.
fn of_row(item: &Item) -> usize {
    item.made.iter().map(|(_, times)| times).sum()
}

/// What undoes a move: steps of a number go back; rows that say what it sets say again what it asks for.
fn opposite(of: &Move) -> Option<Move> {
    let cells = match &of.deed {
        Deed::Set(cells) => cells,
        Deed::Step(column, by) => {
            return Some(Move { deed: Deed::Step(*column, by.negated()), cost: Number::ONE, ..of.clone() });
        }
        Deed::Add(_) | Deed::Remove => return None,
    };
    let undone = |(column, _): &(crate::schema::ColumnId, String)| {
        let test = of.tests.iter().find(|(of, _)| of == column)?;
        let value = test.1.values.first().filter(|_| test.1.compares == crate::patch::Compares::Equal)?;
        Some((*column, value.text.clone()))
    };
    let undone: Vec<_> = cells.iter().filter_map(undone).collect();
    let kept = of.tests.iter().filter(|(column, _)| !undone.iter().any(|(of, _)| of == column)).cloned().collect();
    (!undone.is_empty()).then(|| Move { tests: kept, deed: Deed::Set(undone), cost: Number::ONE, ..of.clone() })
}
