//! The ends of all cells of a text.
#![expect(clippy::inline_always, reason = "a loop is compiled as a whole: see `value::modern`")]

use crate::value::modern::{self, Loop};

use super::marks::{BLOCK, Carried, Needles};

/// Appends where the cells of a text end; what is left open says whether that is in doubt.
pub(super) fn find(text: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Carried {
    modern::run(Find { text, delimiter, ends })
}

/// Where the cells of a text end.
struct Find<'f> {
    text: &'f [u8],
    delimiter: u8,
    ends: &'f mut Vec<u32>,
}

impl Loop for Find<'_> {
    type Output = Carried;

    #[inline(always)]
    fn run(self) -> Carried {
        let Self { text, delimiter, ends } = self;
        let (needles, mut carried) = (Needles::of(text, delimiter), Carried::default());
        let (blocks, rest) = text.as_chunks();
        for (at, block) in blocks.iter().enumerate() {
            note(ends, at * BLOCK, carried.ends(needles.find(block), 0));
        }
        let mut block = [0; BLOCK];
        block.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        note(ends, blocks.len() * BLOCK, carried.ends(needles.find(&block), 1 << rest.len()));
        carried
    }
}

/// Notes the ends in a block: eight at a time, for it costs more to ask after each whether there is another.
#[inline(always)]
fn note(all: &mut Vec<u32>, start: usize, mut ends: u64) {
    let (start, count) = (short(start), all.len() + ends.count_ones() as usize);
    while ends != 0 {
        let next = std::array::from_fn::<_, 8, _>(|_| {
            let end = start.wrapping_add(ends.trailing_zeros());
            ends &= ends.wrapping_sub(1);
            end
        });
        all.extend_from_slice(&next);
    }
    all.truncate(count);
}

/// A position in a stretch, which is shorter than 32 bits count.
pub(super) fn short(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What means something, in all orders, between stretches of what means nothing.
    fn texts() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            4 => proptest::sample::select(vec![&b","[..], b"\n", b"\"", b"\r", b"\r\n", b"\",\"", b"\"\""]).prop_map(<[u8]>::to_vec),
            1 => proptest::collection::vec(any::<u8>(), 0..70),
        ];
        proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
    }

    /// The ends of cells and what is left open, byte by byte.
    fn plainly(text: &[u8]) -> (Vec<u32>, bool) {
        let (mut quoted, mut ends) = (false, Vec::new());
        for (at, byte) in text.iter().enumerate() {
            quoted ^= *byte == b'"';
            if !quoted && matches!(byte, b',' | b'\n') {
                ends.push(short(at));
            }
        }
        (ends, quoted)
    }

    proptest! {
        #[test]
        fn all_processors_find_the_same_ends(text in texts()) {
            let (mut here, mut anywhere) = (Vec::new(), Vec::new());
            let one = find(&text, b',', &mut here);
            let other = Find { text: &text, delimiter: b',', ends: &mut anywhere }.run();
            prop_assert_eq!(&here, &anywhere);
            prop_assert_eq!((one.in_doubt(), one.odd), (other.in_doubt(), other.odd));
            let (plain, open) = plainly(&text);
            prop_assert_eq!(here, plain);
            prop_assert!(one.in_doubt() || !open);
        }
    }
}
