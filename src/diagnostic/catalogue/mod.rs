//! Every kind of finding, in English and Vietnamese.
//!
//! One file per part of the house. Codes are stable: a code is never given a second meaning.

mod campaign;
mod data;
mod rule;
mod run;

pub use campaign::*;
pub use data::*;
pub use rule::*;
pub use run::*;

use super::Entry;

/// All entries, for tests and listings.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    [campaign::ALL, data::ALL, rule::ALL, run::ALL].into_iter().flatten().copied()
}

/// Declares entries and the list of them.
macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident $severity:ident $code:literal {
        $en:literal
        $vi:literal
        $(=> $help_en:literal $help_vi:literal)*
    })*) => {
        $(
            #[doc = concat!("`", $code, "`: ", $en)]
            $(#[$doc])*
            pub const $name: crate::diagnostic::Entry = crate::diagnostic::Entry {
                code: $code,
                severity: crate::diagnostic::Severity::$severity,
                en: $en,
                vi: $vi,
                help: &[$(crate::diagnostic::Phrase::new($help_en, $help_vi)),*],
            };
        )*
        pub(super) const ALL: &[&crate::diagnostic::Entry] = &[$(&$name),*];
    };
}
use entries;
