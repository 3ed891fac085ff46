//! The lines that rows start on.

/// The line of each row. Most rows start one line after the row before, so only where that does not hold is anything
/// kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Rows that do not follow the row before, and their lines.
    runs: Vec<(usize, u64)>,
    len: usize,
}

impl Lines {
    /// So many lines from one on.
    pub(super) fn following(first: u64, len: usize) -> Self {
        Self { runs: if len > 0 { vec![(0, first)] } else { Vec::new() }, len }
    }

    /// Appends the line of a row; 0 for rows that were built in code.
    pub fn push(&mut self, line: u64) {
        if self.runs.last().is_none_or(|run| line_in(*run, self.len) != line) {
            self.runs.push((self.len, line));
        }
        self.len += 1;
    }

    /// The line of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<u64> {
        let run = self.runs.partition_point(|(first, _)| *first <= row).checked_sub(1)?;
        self.runs.get(run).filter(|_| row < self.len).map(|run| line_in(*run, row))
    }

    /// The lines, in the order of the rows.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        (0..self.len).filter_map(|row| self.get(row))
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Appends rows whose lines are counted from after a line.
    pub(super) fn append(&mut self, more: &Self, after: u64) {
        for (first, line) in &more.runs {
            let (first, line) = (self.len + first, line + after);
            if self.runs.last().is_none_or(|run| line_in(*run, first) != line) {
                self.runs.push((first, line));
            }
        }
        self.len += more.len;
    }
}

/// The line of a row that belongs to a run. Rows without lines have none that follow each other.
fn line_in((first, line): (usize, u64), row: usize) -> u64 {
    if line == 0 { 0 } else { line + (row - first) as u64 }
}

impl FromIterator<u64> for Lines {
    fn from_iter<I: IntoIterator<Item = u64>>(lines: I) -> Self {
        let mut result = Self::default();
        lines.into_iter().for_each(|line| result.push(line));
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_was_put_in() {
        for all in [&[2, 3, 4, 7, 8, 8, 20, 21][..], &[0, 0, 0], &[]] {
            let lines: Lines = all.iter().copied().collect();
            assert_eq!(lines.iter().collect::<Vec<_>>(), all);
            assert_eq!((lines.len(), lines.get(all.len())), (all.len(), None));
            let mut twice = lines.clone();
            if !all.contains(&0) {
                twice.append(&lines, 30);
                let expected: Vec<u64> = all.iter().copied().chain(all.iter().map(|line| line + 30)).collect();
                assert_eq!(twice, expected.into_iter().collect());
            }
        }
    }
}
