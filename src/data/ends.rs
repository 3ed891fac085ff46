//! The ends of all cells of a text, found with what the processor at hand can do.
//!
//! It is one loop, compiled twice: for every processor of its kind, and for those of the last ten years that compare 32
//! bytes at once and count bits in one step. There it takes three fifths of the time.

use super::marks::{BLOCK, Carried, Needles};

/// Appends where the cells of a text end; what is left open says whether that is in doubt.
pub(super) fn find(text: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Carried {
    #[cfg(target_arch = "x86_64")]
    if is_modern() {
        #[expect(unsafe_code, reason = "the processor can do what the function is compiled for: that was asked")]
        // SAFETY: a function for certain features may be called where the processor has them.
        return unsafe { find_modern(text, delimiter, ends) };
    }
    find_anywhere(text, delimiter, ends)
}

/// Whether the processor has all that [`find_modern`] is compiled for.
#[cfg(target_arch = "x86_64")]
fn is_modern() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn find_modern(text: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Carried {
    find_anywhere(text, delimiter, ends)
}

#[expect(clippy::inline_always, reason = "it is compiled for whoever calls it")]
#[inline(always)]
fn find_anywhere(text: &[u8], delimiter: u8, ends: &mut Vec<u32>) -> Carried {
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

/// Notes the ends in a block: eight at a time, for it costs more to ask after each whether there is another.
#[expect(clippy::inline_always, reason = "it is compiled for whoever calls it")]
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
            let other = find_anywhere(&text, b',', &mut anywhere);
            prop_assert_eq!(&here, &anywhere);
            prop_assert_eq!((one.in_doubt(), one.odd), (other.in_doubt(), other.odd));
            let (plain, open) = plainly(&text);
            prop_assert_eq!(here, plain);
            prop_assert!(one.in_doubt() || !open);
        }
    }
}
