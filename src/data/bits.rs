//! A row of bits.
#![expect(clippy::inline_always, reason = "a loop is compiled as a whole: see `value::modern`")]

use crate::value::modern::{self, Loop};

/// One bit for each row, 64 to a word; bits past the end are nought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    /// `len` bits, all nought.
    #[must_use]
    pub fn zeros(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// `len` bits, all one.
    #[must_use]
    pub fn ones(len: usize) -> Self {
        let mut bits = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        bits.trim();
        bits
    }

    /// `len` bits, each as `bit` says.
    #[must_use]
    pub fn from_fn(len: usize, mut bit: impl FnMut(usize) -> bool) -> Self {
        let mut words = Vec::with_capacity(len.div_ceil(64));
        for start in (0..len).step_by(64) {
            let end = (start + 64).min(len);
            words.push((start..end).fold(0_u64, |word, at| word | (u64::from(bit(at)) << (at - start))));
        }
        Self { words, len }
    }

    /// One bit for each value, as `bit` says; 64 values at a time.
    #[must_use]
    pub fn of<T>(values: &[T], bit: impl Fn(&T) -> bool) -> Self {
        Self { words: modern::run(Words { values, bit }), len: values.len() }
    }

    /// How many bits there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bit of a row; nought past the end.
    #[must_use]
    pub fn get(&self, at: usize) -> bool {
        self.words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Sets the bit of a row; nothing happens past the end.
    pub fn set(&mut self, at: usize, bit: bool) {
        if at >= self.len {
            return;
        }
        if let Some(word) = self.words.get_mut(at / 64) {
            *word = (*word & !(1 << (at % 64))) | (u64::from(bit) << (at % 64));
        }
    }

    /// Appends a bit.
    pub fn push(&mut self, bit: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        self.len += 1;
        self.set(self.len - 1, bit);
    }

    /// Appends bits, 64 at a time.
    pub fn extend(&mut self, bits: impl Iterator<Item = bool>) {
        let mut filled = self.len % 64;
        let mut word = if filled > 0 { self.words.pop().unwrap_or_default() } else { 0 };
        for bit in bits {
            word |= u64::from(bit) << filled;
            filled += 1;
            self.len += 1;
            if filled == 64 {
                self.words.push(word);
                (word, filled) = (0, 0);
            }
        }
        if filled > 0 {
            self.words.push(word);
        }
    }

    /// Appends so many bits that are nought.
    pub fn push_zeros(&mut self, count: usize) {
        self.len += count;
        self.words.resize(self.len.div_ceil(64), 0);
    }

    /// Appends the lowest bits of a word, at most 64; the others are nought.
    pub fn push_word(&mut self, word: u64, count: usize) {
        let shift = self.len % 64;
        self.len += count;
        if shift > 0 {
            self.words.last_mut().into_iter().for_each(|last| *last |= word << shift);
        }
        let rest = if shift > 0 { word >> (64 - shift) } else { word };
        if self.words.len() < self.len.div_ceil(64) {
            self.words.push(rest);
        }
    }

    /// Appends other bits.
    pub fn append(&mut self, more: &Self) {
        let shift = self.len % 64;
        if shift == 0 {
            self.words.extend(&more.words);
        } else {
            for word in &more.words {
                self.words.last_mut().into_iter().for_each(|last| *last |= word << shift);
                self.words.push(word >> (64 - shift));
            }
        }
        self.len += more.len;
        self.words.truncate(self.len.div_ceil(64));
    }

    /// The bits, 64 to a word, the first lowest.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// How many bits are one.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether any bit is one.
    #[must_use]
    pub fn any(&self) -> bool {
        self.words.iter().any(|word| *word != 0)
    }

    /// The bits of the rows from `start` on, `len` of them.
    #[must_use]
    pub fn slice(&self, start: usize, len: usize) -> Self {
        let shift = start % 64;
        let word = |at: usize| self.words.get(at).copied().unwrap_or(0);
        let words = (start / 64..).take(len.div_ceil(64)).map(|at| match shift {
            0 => word(at),
            _ => word(at) >> shift | word(at + 1) << (64 - shift),
        });
        let mut bits = Self { words: words.collect(), len };
        bits.trim();
        bits
    }

    /// Bit by bit both.
    pub fn and(&mut self, other: &Self) {
        self.combine(other, |a, b| a & b);
    }

    /// Bit by bit either.
    pub fn or(&mut self, other: &Self) {
        self.combine(other, |a, b| a | b);
    }

    /// Bit by bit this one and not the other.
    pub fn and_not(&mut self, other: &Self) {
        self.combine(other, |a, b| a & !b);
    }

    fn combine(&mut self, other: &Self, op: impl Fn(u64, u64) -> u64) {
        for (a, b) in self.words.iter_mut().zip(&other.words) {
            *a = op(*a, *b);
        }
    }

    /// The rows whose bit is one, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }

    fn trim(&mut self) {
        if let Some(last) = self.words.last_mut().filter(|_| !self.len.is_multiple_of(64)) {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }
}

/// One bit for each value: each is first a byte, for bytes are made side by side.
struct Words<'v, T, F> {
    values: &'v [T],
    bit: F,
}

impl<T, F: Fn(&T) -> bool> Loop for Words<'_, T, F> {
    type Output = Vec<u64>;

    #[inline(always)]
    fn run(self) -> Vec<u64> {
        let Self { values, bit } = self;
        let (chunks, rest) = values.as_chunks();
        let mut words = Vec::with_capacity(values.len().div_ceil(64));
        for chunk in chunks {
            let (chunk, mut bytes): (&[T; 64], _) = (chunk, [0; 64]);
            bytes.iter_mut().zip(chunk).for_each(|(byte, value)| *byte = u8::from(bit(value)));
            words.push(packed(&bytes));
        }
        if !rest.is_empty() {
            words.push(rest.iter().rev().fold(0, |word, value| word << 1 | u64::from(bit(value))));
        }
        words
    }
}

/// The lowest bits of bytes that are nought or one. The product of eight of them moves each to its place in the highest.
#[inline(always)]
fn packed(bytes: &[u8; 64]) -> u64 {
    let eights = bytes.as_chunks().0.iter();
    let packed = eights.map(|eight: &[u8; 8]| u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56);
    packed.rev().fold(0, |word, eight| word << 8 | eight)
}

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(bits: I) -> Self {
        let mut result = Self::default();
        result.extend(bits.into_iter());
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_what_was_put_in() {
        for len in [0, 1, 63, 64, 65, 200] {
            let bits = Bits::from_fn(len, |at| at % 3 == 0);
            assert_eq!(bits, (0..len).map(|at| at % 3 == 0).collect());
            assert_eq!(bits.iter().collect::<Vec<_>>(), (0..len).filter(|at| at % 3 == 0).collect::<Vec<_>>());
            assert_eq!(bits.count(), len.div_ceil(3));
            assert_eq!(Bits::of(&(0..len).collect::<Vec<_>>(), |at| at % 3 == 0), bits);
            assert_eq!(Bits::ones(len).count(), len);
            for more in [0, 1, 64, 70] {
                let (mut both, other) = (bits.clone(), Bits::from_fn(more, |at| at % 2 == 0));
                both.append(&other);
                assert_eq!(both, (0..len).map(|at| at % 3 == 0).chain((0..more).map(|at| at % 2 == 0)).collect());
                let mut extended = bits.clone();
                extended.extend((0..more).map(|at| at % 2 == 0));
                assert_eq!(extended, both);
                let mut zeros = bits.clone();
                zeros.push_zeros(more);
                assert_eq!(zeros, Bits::from_fn(len + more, |at| at < len && at % 3 == 0));
                let (mut words, some) = (bits.clone(), more.min(64));
                words.push_word(other.words().first().copied().unwrap_or_default(), some);
                extended = bits.clone();
                extended.extend((0..some).map(|at| at % 2 == 0));
                assert_eq!(words, extended);
            }
            for start in [0, 1, 64, 70] {
                let cut = len.saturating_sub(start).min(66);
                assert_eq!(bits.slice(start, cut), Bits::from_fn(cut, |at| (at + start) % 3 == 0));
            }
        }
    }
}
