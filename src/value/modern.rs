//! The same loop, compiled for what the processor at hand can do.
//!
//! A program for every processor of a kind may not use what only some of them have. So a loop that profits is compiled
//! twice, from one source text without unsafe code: for all, and for those of the last ten years, which compare 32 bytes
//! at once and count bits in one step. Which it is is asked when the program runs.

/// A loop over many small things.
///
/// All of it has to be compiled into whoever calls it (`#[inline(always)]`): what is called instead stays what it is.
pub trait Loop {
    /// What comes of it.
    type Output;

    /// Runs it.
    fn run(self) -> Self::Output;
}

/// Runs a loop in the better way that the processor knows.
pub fn run<L: Loop>(work: L) -> L::Output {
    #[cfg(target_arch = "x86_64")]
    if is_modern() {
        #[expect(unsafe_code, reason = "whether the processor has what the function is compiled for was asked")]
        // SAFETY: a function for certain features may be called where the processor has them.
        return unsafe { run_modern(work) };
    }
    work.run()
}

/// Whether the processor has all that [`run_modern`] is compiled for.
#[cfg(target_arch = "x86_64")]
fn is_modern() -> bool {
    use std::arch::is_x86_feature_detected as has;
    has!("avx2") && has!("bmi1") && has!("bmi2") && has!("lzcnt") && has!("popcnt")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn run_modern<L: Loop>(work: L) -> L::Output {
    work.run()
}
