//! Functions of numbers and of lists, and what they mean.

use std::sync::Arc;

use super::cell::Cell;
use super::scalar::Failure;
use crate::value::{ArithmeticFault, Fraction, Keep, List, Number, Possible};

/// A function that rules may call on numbers and lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Calculation {
    /// `min(x, y)`
    Least,
    /// `max(x, y)`
    Greatest,
    /// `abs(x)`
    Absolute,
    /// `floor(x)`
    Floor,
    /// `ceiling(x)`
    Ceiling,
    /// `root(x, degree, places)`
    Root(u32),
    /// `power(x, exponent, places)`
    Power(u32),
    /// `ln(x, places)`
    Logarithm(u32),
    /// `share_of(part, whole)`
    ShareOf,
    /// `params.list.at(place)`
    At,
    /// `list.greatest(count)` and its like
    Kept(Keep),
    /// `list.count()`
    Count,
    /// `list.sum()`
    Sum,
    /// `list.mean()`
    Mean,
    /// `list.median()`
    Median,
    /// `list.nth_greatest(place)`
    NthGreatest,
    /// `list.nth_least(place)`
    NthLeast,
    /// `list.h_index()`
    HIndex,
}

/// The methods of a list of the values of rows, with how many arguments each takes.
pub(super) const OF_LISTS: [(&str, Calculation, usize); 11] = [
    ("count", Calculation::Count, 0),
    ("greatest", Calculation::Kept(Keep::Greatest), 1),
    ("h_index", Calculation::HIndex, 0),
    ("least", Calculation::Kept(Keep::Least), 1),
    ("mean", Calculation::Mean, 0),
    ("median", Calculation::Median, 0),
    ("nth_greatest", Calculation::NthGreatest, 1),
    ("nth_least", Calculation::NthLeast, 1),
    ("sum", Calculation::Sum, 0),
    ("without_greatest", Calculation::Kept(Keep::WithoutGreatest), 1),
    ("without_least", Calculation::Kept(Keep::WithoutLeast), 1),
];

type Outcome<'d> = Result<Cell<'d>, Failure>;

impl Calculation {
    /// Whether there may be no answer to it, where there is one to what goes into it.
    pub(super) fn may_be_none(self) -> bool {
        matches!(self, Self::At | Self::Mean | Self::Median | Self::NthGreatest | Self::NthLeast)
    }

    /// What it makes of a list or a number, and perhaps a second number.
    ///
    /// # Errors
    /// [`Failure::Arithmetic`].
    pub(super) fn of<'d>(self, first: &Cell<'d>, second: Option<&Cell<'d>>) -> Outcome<'d> {
        match first {
            Cell::List(list) => self.of_list(list.as_deref(), second),
            first if self == Self::ShareOf => {
                let whole = second.map_or_else(Possible::unknown, number);
                Ok(Cell::Fraction(Fraction::of_sums(number(first), whole)?.into()))
            }
            first => self.of_numbers(&number(first), &second.map_or_else(Possible::unknown, number)).map(Cell::Number),
        }
    }

    fn of_numbers(self, x: &Possible<Number>, y: &Possible<Number>) -> Result<Possible<Number>, Failure> {
        Ok(match self {
            Self::Least => x.extreme(y, false),
            Self::Greatest => x.extreme(y, true),
            Self::Absolute => x.absolute(),
            Self::Floor => x.ascending(|x| Ok(x.floor()))?,
            Self::Ceiling => x.ascending(|x| Ok(x.ceiling()))?,
            Self::Logarithm(places) => match x.value() {
                Some(x) => Possible::known(x.ln(places)?),
                None if x.least().is_some_and(|least| least > Number::ZERO) => x.ascending(|x| x.ln(places))?,
                None => Possible::unknown(),
            },
            Self::Root(places) => match (x.value(), y.value()) {
                (Some(x), Some(degree)) => Possible::known(x.root(degree, places)?),
                (None, Some(degree)) if is_not_negative(x) => x.ascending(|x| x.root(degree, places))?,
                _ => Possible::unknown(),
            },
            Self::Power(places) => power(x, y, places)?,
            // Of a list that is so unknown that not even that is known of it.
            _ => Possible::unknown().or_none(),
        })
    }

    fn of_list<'d>(self, list: Option<&List>, second: Option<&Cell<'d>>) -> Outcome<'d> {
        let count = second.map_or_else(Possible::unknown, number);
        if let Self::Kept(keep) = self {
            if count.value().is_some_and(|count| !count.is_count()) {
                return Err(ArithmeticFault::OutOfDomain.into());
            }
            return Ok(Cell::List(list.and_then(|list| list.kept(keep, &count)).map(Arc::new)));
        }
        let is_place = matches!(self, Self::At | Self::NthGreatest | Self::NthLeast);
        if is_place && count.value().is_some_and(|place| !place.is_whole()) {
            return Err(ArithmeticFault::OutOfDomain.into());
        }
        if self == Self::At && second.is_some_and(Cell::is_none) {
            return Ok(Cell::Number(Possible::none()));
        }
        let not_negative = Possible::between(Some(Number::ZERO), None);
        let Some(list) = list else {
            return Ok(Cell::Number(match self {
                Self::Count | Self::HIndex => not_negative,
                Self::Sum => Possible::unknown(),
                _ => Possible::unknown().or_none(),
            }));
        };
        Ok(Cell::Number(match self {
            Self::Count => list.count(),
            Self::Sum => list.sum()?,
            Self::Mean => list.mean()?,
            Self::Median => list.median()?,
            Self::HIndex => list.h_index()?,
            Self::NthGreatest => list.nth(&count, true)?,
            Self::NthLeast => list.nth(&count, false)?,
            Self::At => {
                let there = list.nth(&count, false)?;
                if second.and_then(Cell::as_number).is_some_and(|place| place.may_be_none()) {
                    there.or_none()
                } else {
                    there
                }
            }
            _ => Possible::unknown().or_none(),
        }))
    }
}

/// A base that is greater than nothing has all its powers between those of the four corners.
fn power(x: &Possible<Number>, y: &Possible<Number>, places: u32) -> Result<Possible<Number>, Failure> {
    if let (Some(x), Some(y)) = (x.value(), y.value()) {
        return Ok(Possible::known(x.power(y, places)?));
    }
    let corners = [x.least(), x.greatest()].into_iter().flat_map(|x| [y.least(), y.greatest()].map(|y| x.zip(y)));
    let Some(corners) = corners.collect::<Option<Vec<_>>>() else {
        // To a power that is known, what has no upper end has none either.
        return Ok(match (x.least(), y.value()) {
            (Some(least), Some(y)) if !least.is_negative() && !y.is_negative() => {
                Possible::between(Some(least.power(y, places)?), None)
            }
            _ => Possible::unknown(),
        });
    };
    let rises = y.least().is_some_and(|least| least > Number::ZERO);
    if corners.iter().any(|(x, _)| x.is_negative() || (*x == Number::ZERO && !rises)) {
        return Ok(Possible::unknown());
    }
    let mut hull: Option<Possible<Number>> = None;
    for (x, y) in corners {
        // An exponent that is open may be any ratio, but its ends are those that are written.
        let corner = Possible::known(x.power(y, places)?);
        hull = Some(hull.map_or(corner, |hull| hull.join(corner)));
    }
    Ok(hull.unwrap_or_else(Possible::unknown))
}

fn is_not_negative(x: &Possible<Number>) -> bool {
    x.least().is_some_and(|least| !least.is_negative())
}

/// The number of a cell; what may be none is unknown here, for the checker asked for a value.
fn number(cell: &Cell<'_>) -> Possible<Number> {
    let number = cell.as_number().filter(|number| !number.is_none());
    number.map_or_else(Possible::unknown, |number| Possible::between(number.least(), number.greatest()))
}
