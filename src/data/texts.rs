//! A column of texts.

use std::sync::Arc;

/// Texts: one after the other, or, where few different ones are said again and again, each once.
#[derive(Clone, Debug)]
pub struct Texts(Kept);

#[derive(Clone, Debug)]
enum Kept {
    Each(List),
    Shared(Shared),
}

/// Texts one after the other in one buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    /// Where each ends, as long as that fits into 32 bits.
    ends: Vec<u32>,
    /// Where the others end.
    far: Vec<usize>,
    buffer: String,
}

/// Positions in a list of texts, the first of which is the blank one.
#[derive(Clone, Debug)]
pub(super) struct Shared {
    /// The position of the text of each row.
    pub codes: Vec<u32>,
    /// The texts.
    pub distinct: Arc<List>,
}

impl List {
    pub fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        match u32::try_from(self.buffer.len()) {
            Ok(end) => self.ends.push(end),
            Err(_) => self.far.push(self.buffer.len()),
        }
    }

    pub fn get(&self, row: usize) -> Option<&str> {
        let start = row.checked_sub(1).and_then(|before| self.end(before)).unwrap_or(0);
        self.buffer.get(start..self.end(row)?)
    }

    fn end(&self, row: usize) -> Option<usize> {
        match self.ends.get(row) {
            Some(end) => Some(*end as usize),
            None => self.far.get(row - self.ends.len()).copied(),
        }
    }

    pub fn len(&self) -> usize {
        self.ends.len() + self.far.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let ends = self.ends.iter().map(|end| *end as usize).chain(self.far.iter().copied());
        ends.scan(0, |start, end| self.buffer.get(std::mem::replace(start, end)..end))
    }

    fn append(&mut self, more: &Self) {
        let base = self.buffer.len();
        match u32::try_from(base + more.buffer.len()) {
            Ok(_) => {
                self.buffer.push_str(&more.buffer);
                let base = u32::try_from(base).unwrap_or(u32::MAX);
                self.ends.extend(more.ends.iter().map(|end| base + end));
            }
            Err(_) => more.iter().for_each(|text| self.push(text)),
        }
    }
}

impl Shared {
    /// Adds a text that no row says so far, and returns its position.
    pub fn add(&mut self, text: &str) -> u32 {
        let distinct = Arc::make_mut(&mut self.distinct);
        distinct.push(text);
        // No list that fits into memory has a position that does not fit; it would be no text.
        u32::try_from(distinct.len() - 1).unwrap_or(u32::MAX)
    }
}

impl Texts {
    /// No texts yet, each of which will be said once or seldom.
    #[must_use]
    pub fn each() -> Self {
        Self(Kept::Each(List::default()))
    }

    /// No rows yet, for positions in a list of different texts.
    pub(super) fn shared() -> Self {
        let mut distinct = List::default();
        distinct.push("");
        Self(Kept::Shared(Shared { codes: Vec::new(), distinct: distinct.into() }))
    }

    /// Appends a text.
    pub fn push(&mut self, text: &str) {
        match &mut self.0 {
            Kept::Each(list) => list.push(text),
            Kept::Shared(shared) => {
                let code = if text.is_empty() { 0 } else { shared.add(text) };
                shared.codes.push(code);
            }
        }
    }

    /// The text of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<&str> {
        match &self.0 {
            Kept::Each(list) => list.get(row),
            Kept::Shared(shared) => shared.distinct.get(*shared.codes.get(row)? as usize),
        }
    }

    /// The texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|row| self.get(row))
    }

    /// How many texts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match &self.0 {
            Kept::Each(list) => list.len(),
            Kept::Shared(shared) => shared.codes.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The texts of all rows, where they are kept one after the other.
    pub(super) fn as_each(&self) -> Option<&List> {
        if let Kept::Each(list) = &self.0 { Some(list) } else { None }
    }

    /// The different texts and which of them each row says, where they are kept so.
    pub(super) fn as_shared(&self) -> Option<&Shared> {
        if let Kept::Shared(shared) = &self.0 { Some(shared) } else { None }
    }

    /// The same, to be added to.
    pub(super) fn as_shared_mut(&mut self) -> Option<&mut Shared> {
        if let Kept::Shared(shared) = &mut self.0 { Some(shared) } else { None }
    }

    /// Keeps one after the other from here on.
    pub(super) fn keep_each(&mut self) {
        if self.as_shared().is_some() {
            *self = self.iter().collect();
        }
    }

    /// No rows, for more of the same texts.
    pub(super) fn emptied(&self) -> Self {
        match &self.0 {
            Kept::Each(_) => Self::each(),
            Kept::Shared(Shared { distinct, .. }) => {
                Self(Kept::Shared(Shared { codes: Vec::new(), distinct: Arc::clone(distinct) }))
            }
        }
    }

    /// Appends the texts of other rows.
    pub(super) fn append(&mut self, more: &Self) {
        match (&mut self.0, &more.0) {
            (Kept::Each(list), Kept::Each(more)) => list.append(more),
            _ => more.iter().for_each(|text| self.push(text)),
        }
    }

    /// The texts of some rows.
    pub(super) fn take(&self, rows: &[u32]) -> Self {
        match &self.0 {
            Kept::Each(list) => rows.iter().filter_map(|row| list.get(*row as usize)).collect(),
            Kept::Shared(Shared { codes, distinct }) => {
                Self(Kept::Shared(Shared { codes: super::column::gather(codes, rows), distinct: Arc::clone(distinct) }))
            }
        }
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::each()
    }
}

/// The same texts, however they are kept.
impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl<'a> FromIterator<&'a str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut result = Self::default();
        texts.into_iter().for_each(|text| result.push(text));
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_however_they_are_kept() {
        let said = ["a", "", "Hội", "a"];
        let each: Texts = said.into_iter().collect();
        let mut shared = Texts::shared();
        for text in said {
            shared.push(text);
        }
        assert_eq!(each, shared);
        assert_eq!((shared.get(2), shared.get(4)), (Some("Hội"), None));
        assert_eq!(each.take(&[3, 2]), shared.take(&[3, 2]));
        for mut texts in [each.clone(), shared.clone()] {
            texts.append(&shared);
            texts.append(&each);
            assert_eq!(texts.iter().collect::<Vec<_>>(), [said, said, said].concat());
            texts.keep_each();
            assert_eq!((texts.len(), texts.as_shared().is_none()), (12, true));
        }
    }
}
