//! Codes that spreadsheets took for numbers: the zeros in front of them are gone.

use std::collections::HashMap;

/// No code has more digits; a longer one is not padded.
const MOST_DIGITS: usize = 64;

/// A code with zeros in front up to so many digits; nothing if it has that many, or is not made of digits.
pub(super) fn padded(code: &str, digits: usize) -> Option<String> {
    let missing = digits.checked_sub(code.len()).filter(|missing| *missing > 0 && digits <= MOST_DIGITS)?;
    is_number(code).then(|| "0".repeat(missing) + code)
}

/// Keys by what is left of them without the zeros in front; nothing where several leave the same.
pub(super) struct Bare<'k>(HashMap<&'k str, Option<&'k str>>);

impl<'k> Bare<'k> {
    /// The keys that are made of digits.
    pub fn of(keys: impl Iterator<Item = &'k str>) -> Self {
        let mut bare: HashMap<&str, Option<&str>> = HashMap::new();
        for key in keys.filter(|key| is_number(key)) {
            bare.entry(rest(key)).and_modify(|only| *only = only.filter(|only| *only == key)).or_insert(Some(key));
        }
        Self(bare)
    }

    /// The one key that differs from a code in its zeros only.
    pub fn find(&self, code: &str) -> Option<&'k str> {
        self.0.get(rest(code)).copied().flatten().filter(|key| *key != code && is_number(code))
    }
}

/// The digits that all these codes can be written with; nothing if one is not made of digits, or if two keys would become
/// one.
pub(super) fn width<'k>(keys: &Bare<'_>, mut codes: impl Iterator<Item = &'k str>) -> Option<usize> {
    let most = codes.try_fold(0, |most, code| is_number(code).then_some(most.max(code.len())))?;
    keys.0.values().all(Option::is_some).then_some(most)
}

fn is_number(code: &str) -> bool {
    !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn rest(code: &str) -> &str {
    code.trim_start_matches('0')
}
