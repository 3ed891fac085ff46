//! A table that hangs on itself.

use super::{Bits, NO_ROW};

/// What is wrong with the tree that the parents make.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// Rows that hang, directly or not, on a row that does not count.
    pub orphans: Vec<usize>,
    /// Rows that are their own ancestors, each circle once and in order.
    pub circles: Vec<Vec<usize>>,
}

/// Where the way up from a row ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    NotYetSought,
    BeingSought,
    Root,
    LostRow,
    Circle,
}

impl Tree {
    /// Goes up from every row that counts; each row is visited once.
    pub fn of(kept: &Bits, parents: &[u32]) -> Self {
        let mut tree = Self::default();
        let mut ends = vec![End::NotYetSought; parents.len()];
        for row in kept.iter() {
            let (path, end) = tree.climb(row, kept, parents, &mut ends);
            for passed in path {
                set(&mut ends, passed, end);
            }
            if ends.get(row) == Some(&End::LostRow) {
                tree.orphans.push(row);
            }
        }
        tree
    }

    /// The rows on the way up that were not visited before, and where it ends.
    fn climb(&mut self, start: usize, kept: &Bits, parents: &[u32], ends: &mut [End]) -> (Vec<usize>, End) {
        let mut path = Vec::new();
        let mut at = start;
        loop {
            match ends.get(at).copied().unwrap_or(End::LostRow) {
                End::NotYetSought => {}
                End::BeingSought => {
                    self.circles.push(path.iter().copied().skip_while(|row| *row != at).collect());
                    return (path, End::Circle);
                }
                end => return (path, end),
            }
            set(ends, at, End::BeingSought);
            path.push(at);
            match parents.get(at).copied().unwrap_or(NO_ROW) {
                NO_ROW => return (path, End::Root),
                parent if !kept.get(parent as usize) => return (path, End::LostRow),
                parent => at = parent as usize,
            }
        }
    }
}

fn set(ends: &mut [End], row: usize, end: End) {
    if let Some(slot) = ends.get_mut(row) {
        *slot = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_up_ends_at_a_root_a_lost_row_or_in_a_circle() {
        let lost = |rows: &[usize], len| Bits::from_fn(len, |row| !rows.contains(&row));
        let cases: [(&str, &[usize], &[u32], Tree); 5] = [
            ("a chain", &[], &[NO_ROW, 0, 1], Tree::default()),
            ("a lost root", &[0], &[NO_ROW, 0, 1, 1, NO_ROW], Tree { orphans: vec![1, 2, 3], circles: vec![] }),
            ("one's own parent", &[], &[0], Tree { orphans: vec![], circles: vec![vec![0]] }),
            ("a circle with a tail", &[], &[1, 2, 3, 1], Tree { orphans: vec![], circles: vec![vec![1, 2, 3]] }),
            ("two circles", &[], &[1, 0, 3, 2], Tree { orphans: vec![], circles: vec![vec![0, 1], vec![2, 3]] }),
        ];
        for (what, missing, parents, expected) in cases {
            assert_eq!(Tree::of(&lost(missing, parents.len()), parents), expected, "{what}");
        }
    }

    #[test]
    fn a_long_chain_is_climbed_once() {
        let parents: Vec<u32> = (0..1_000_000).map(|row: u32| if row == 999_999 { NO_ROW } else { row + 1 }).collect();
        assert_eq!(Tree::of(&Bits::ones(parents.len()), &parents), Tree::default());
    }
}
