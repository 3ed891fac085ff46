//! The values of rows, in order, as far as they are known.

use super::{ArithmeticFault, Number, Possible, Truth};

/// More combinations of rows that are perhaps there, and of counts that are open, are not told apart.
const MOST_WAYS: usize = 64;

/// Numbers in order, the least first. Where it is open which rows count, there are several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    ways: Vec<Way>,
}

/// One of the ways that a list may be: as many values as there are ends, each between the two ends in its place.
///
/// The first of some values is no less than the first of their least ends and no greater than the first of their
/// greatest ends, and so is each further one in its place. So whatever never falls where a value grows has its least
/// answer at the least ends and its greatest at the greatest.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Way {
    least: Vec<Option<Number>>,
    greatest: Vec<Option<Number>>,
}

/// Which values of a list are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// So many of the greatest.
    Greatest,
    /// So many of the least.
    Least,
    /// All but so many of the greatest.
    WithoutGreatest,
    /// All but so many of the least.
    WithoutLeast,
}

type Outcome = Result<Possible<Number>, ArithmeticFault>;

impl List {
    /// The values of rows that are there, and of rows that are perhaps there; nothing where that would be too many ways.
    ///
    /// ```
    /// use thidua::value::{List, Number, Possible};
    ///
    /// let points = [18, 25, 10].map(|points| Possible::known(Number::whole(points)));
    /// let points = List::of(&points, &[]).unwrap();
    /// assert_eq!(points.median(), Ok(Possible::known(Number::whole(18))));
    /// ```
    #[must_use]
    pub fn of(surely: &[Possible<Number>], perhaps: &[Possible<Number>]) -> Option<Self> {
        let subsets = u32::try_from(perhaps.len()).ok().and_then(|count| 1_usize.checked_shl(count));
        let subsets = subsets.filter(|subsets| *subsets <= MOST_WAYS)?;
        let ways = (0..subsets).map(|subset| {
            let chosen = perhaps.iter().enumerate().filter(|(at, _)| subset >> at & 1 == 1).map(|(_, value)| value);
            Way::of(surely.iter().chain(chosen))
        });
        Some(Self { ways: ways.collect() })
    }

    /// Numbers that somebody wrote one after the other, in that order.
    #[must_use]
    pub fn as_written(numbers: &[Number]) -> Self {
        let ends: Vec<_> = numbers.iter().copied().map(Some).collect();
        Self { ways: vec![Way { least: ends.clone(), greatest: ends }] }
    }

    /// The values, least first, if nothing about them is open.
    #[must_use]
    pub fn known(&self) -> Option<Vec<Number>> {
        let [way] = self.ways.as_slice() else { return None };
        if way.least == way.greatest { way.least.iter().copied().collect() } else { None }
    }

    /// Those that are kept; nothing where it is open how many, and that would be too many ways.
    #[must_use]
    pub fn kept(&self, keep: Keep, count: &Possible<Number>) -> Option<Self> {
        let whole = |end: Option<Number>| usize::try_from(end?.to_whole()?).ok();
        let (from, to) = (whole(count.least())?, whole(count.greatest())?);
        if (to - from + 1).checked_mul(self.ways.len())? > MOST_WAYS {
            return None;
        }
        let mut ways: Vec<Way> = Vec::new();
        for count in from..=to {
            for way in &self.ways {
                let kept = way.kept(keep, count);
                if !ways.contains(&kept) {
                    ways.push(kept);
                }
            }
        }
        Some(Self { ways })
    }

    /// The list of either.
    #[must_use]
    pub fn join(&self, other: &Self) -> Option<Self> {
        let mut ways = self.ways.clone();
        ways.extend(other.ways.iter().filter(|way| !self.ways.contains(way)).cloned());
        (ways.len() <= MOST_WAYS).then_some(Self { ways })
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> Possible<Number> {
        let count = |way: &Way| Possible::known(Number::count(way.least.len() as u64));
        self.ways.iter().map(count).reduce(Possible::join).unwrap_or_else(Possible::none)
    }

    /// The sum; nothing adds up to zero.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn sum(&self) -> Outcome {
        self.ascending(|ends| sum(ends).map(Some))
    }

    /// The sum divided by the count; none of nothing.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn mean(&self) -> Outcome {
        self.ascending(mean)
    }

    /// The value in the middle, or the mean of both; none of nothing.
    ///
    /// # Errors
    /// [`ArithmeticFault::Overflow`].
    pub fn median(&self) -> Outcome {
        self.ascending(|ends| {
            let middle = ends.len().saturating_sub(1) / 2..ends.len() / 2 + 1;
            mean(ends.get(middle).unwrap_or_default())
        })
    }

    /// The value in a place, counted from the least or from the greatest; none where there are not so many.
    ///
    /// # Errors
    /// None; as [`Self::sum`].
    pub fn nth(&self, place: &Possible<Number>, from_greatest: bool) -> Outcome {
        let mut result: Option<Possible<Number>> = None;
        let longest = self.ways.iter().map(|way| way.least.len()).max().unwrap_or(0);
        for nth in 1..=longest {
            if place.equals(&Possible::known(Number::count(nth as u64))).can_be_true() {
                let at =
                    |ends: &[Option<Number>]| if from_greatest { ends.len().checked_sub(nth) } else { Some(nth - 1) };
                let there = self.ascending(|ends| Ok(at(ends).and_then(|at| ends.get(at).copied())))?;
                result = Some(result.map_or(there, |result| result.join(there)));
            }
        }
        let last = Possible::known(Number::count(longest as u64));
        let surely_there = place.at_least(&Possible::known(Number::ONE)).and(place.at_most(&last)) == Truth::True;
        Ok(match result {
            Some(result) if surely_there => result,
            Some(result) => result.or_none(),
            None => Possible::none(),
        })
    }

    /// The greatest number of which as many values are no less: the h-index of citations.
    ///
    /// # Errors
    /// None; as [`Self::sum`].
    pub fn h_index(&self) -> Outcome {
        let reached = |end: Option<Number>, rank: u64, open: bool| end.map_or(open, |end| end >= Number::count(rank));
        let index = |ends: &[Option<Number>], open: bool| {
            let from_best = ends.iter().rev().zip(1_u64..);
            Number::count(from_best.take_while(|(end, rank)| reached(**end, *rank, open)).count() as u64)
        };
        let of = |way: &Way| Possible::between(Some(index(&way.least, false)), Some(index(&way.greatest, true)));
        Ok(self.ways.iter().map(of).reduce(Possible::join).unwrap_or_else(Possible::none))
    }

    /// What never falls where a value grows, at both ends of every way; nothing where there is none of it, and an open
    /// end where an open end goes into it.
    fn ascending(&self, of: impl Fn(&[Option<Number>]) -> Result<Option<Option<Number>>, ArithmeticFault>) -> Outcome {
        let mut result: Option<Possible<Number>> = None;
        for way in &self.ways {
            let one = match of(&way.least)?.zip(of(&way.greatest)?) {
                Some((least, greatest)) => Possible::between(least, greatest),
                None => Possible::none(),
            };
            result = Some(result.map_or(one, |result| result.join(one)));
        }
        Ok(result.unwrap_or_else(Possible::none))
    }
}

impl Way {
    fn of<'v>(values: impl Iterator<Item = &'v Possible<Number>> + Clone) -> Self {
        let mut least: Vec<_> = values.clone().map(Possible::least).collect();
        let mut greatest: Vec<_> = values.map(Possible::greatest).collect();
        // An open end is below all others on the one side, and above them on the other.
        least.sort_unstable();
        greatest.sort_unstable_by_key(|end| (end.is_none(), *end));
        Self { least, greatest }
    }

    fn kept(&self, keep: Keep, count: usize) -> Self {
        let len = self.least.len();
        let range = match keep {
            Keep::Greatest => len.saturating_sub(count)..len,
            Keep::Least => 0..count.min(len),
            Keep::WithoutGreatest => 0..len.saturating_sub(count),
            Keep::WithoutLeast => count.min(len)..len,
        };
        let kept = |ends: &[Option<Number>]| ends.get(range.clone()).unwrap_or_default().to_vec();
        Self { least: kept(&self.least), greatest: kept(&self.greatest) }
    }
}

fn sum(ends: &[Option<Number>]) -> Result<Option<Number>, ArithmeticFault> {
    ends.iter().try_fold(Some(Number::ZERO), |sum, end| sum.zip(*end).map(|(sum, end)| sum.plus(end)).transpose())
}

#[expect(clippy::option_option, reason = "nothing there, or an end, which may be open")]
fn mean(ends: &[Option<Number>]) -> Result<Option<Option<Number>>, ArithmeticFault> {
    if ends.is_empty() {
        return Ok(None);
    }
    let count = Number::count(ends.len() as u64);
    Ok(Some(sum(ends)?.map(|sum| sum.over(count)).transpose()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(value: i64) -> Number {
        Number::whole(value)
    }

    /// What is said of a list, and what plain arithmetic says of values.
    type Said = fn(&List) -> Outcome;
    type Plain = fn(&[i64]) -> Option<Number>;

    fn total(values: &[i64]) -> Number {
        whole(values.iter().sum())
    }

    fn average(values: &[i64]) -> Option<Number> {
        Number::ratio(values.iter().sum(), i64::try_from(values.len()).unwrap())
    }

    const SAID: [(Said, Plain); 8] = [
        (List::sum, |values| Some(total(values))),
        (List::mean, average),
        (List::median, |values| {
            let half = values.len() / 2;
            if values.len() % 2 == 1 {
                Some(whole(values[half]))
            } else {
                average(values.get(half.checked_sub(1)?..=half)?)
            }
        }),
        (|list| list.nth(&Possible::known(whole(2)), true), |values| Some(whole(values[values.len().checked_sub(2)?]))),
        (|list| list.nth(&Possible::known(whole(1)), false), |values| values.first().copied().map(whole)),
        (List::h_index, |values| {
            let as_many = |h: i64| i64::try_from(values.iter().filter(|value| **value >= h).count()).unwrap() >= h;
            (0..9).filter(|h| as_many(*h)).max().map(whole)
        }),
        (
            |list| list.kept(Keep::Greatest, &Possible::known(whole(2))).unwrap().sum(),
            |values| Some(total(&values[values.len().saturating_sub(2)..])),
        ),
        (
            |list| {
                let one = Possible::known(whole(1));
                list.kept(Keep::WithoutLeast, &one).unwrap().kept(Keep::WithoutGreatest, &one).unwrap().mean()
            },
            |values| if values.len() > 2 { average(&values[1..values.len() - 1]) } else { None },
        ),
    ];

    /// Rows as what each may be; `None` is a row that is not there.
    type Rows = Vec<Vec<Option<i64>>>;

    fn completions(rows: &Rows) -> Vec<Vec<i64>> {
        rows.iter().fold(vec![Vec::new()], |begun, row| {
            let with = |begun: &Vec<i64>| {
                row.iter().map(|value| begun.iter().copied().chain(*value).collect()).collect::<Vec<_>>()
            };
            begun.iter().flat_map(with).collect()
        })
    }

    #[test]
    fn what_is_said_of_open_values_is_what_all_of_them_together_say() {
        let (certain, open, perhaps) = ([-1, 0, 2, 3], [(0, 2), (-2, 1), (1, 4)], [(1, 1), (-1, 3)]);
        for picked in 0..1_usize << 9 {
            let is_picked = |at: usize| picked >> at & 1 == 1;
            let (mut surely, mut maybe, mut rows) = (Vec::new(), Vec::new(), Rows::new());
            for (_, value) in certain.iter().enumerate().filter(|(at, _)| is_picked(*at)) {
                surely.push(Possible::known(whole(*value)));
                rows.push(vec![Some(*value)]);
            }
            for (_, (from, to)) in open.iter().enumerate().filter(|(at, _)| is_picked(at + 4)) {
                surely.push(Possible::between(Some(whole(*from)), Some(whole(*to))));
                rows.push((*from..=*to).map(Some).collect());
            }
            for (_, (from, to)) in perhaps.iter().enumerate().filter(|(at, _)| is_picked(at + 7)) {
                maybe.push(Possible::between(Some(whole(*from)), Some(whole(*to))));
                rows.push((*from..=*to).map(Some).chain([None]).collect());
            }
            let list = List::of(&surely, &maybe).unwrap();
            for (at, (said, plain)) in SAID.iter().enumerate() {
                let mut all = Vec::new();
                for mut values in completions(&rows) {
                    values.sort_unstable();
                    all.push(plain(&values));
                }
                let known = all.iter().flatten();
                let expected = match (known.clone().min(), known.max(), all.contains(&None)) {
                    (Some(least), Some(greatest), false) => Possible::between(Some(*least), Some(*greatest)),
                    (Some(least), Some(greatest), true) => Possible::between(Some(*least), Some(*greatest)).or_none(),
                    _ => Possible::none(),
                };
                assert_eq!(said(&list), Ok(expected), "{at}: {rows:?}");
            }
        }
    }

    #[test]
    fn an_open_end_stays_open_and_too_many_ways_are_none() {
        let open = Possible::between(Some(whole(3)), None);
        let list = List::of(&[Possible::known(whole(5)), open, Possible::unknown()], &[]).unwrap();
        let one = Possible::known(whole(1));
        assert_eq!(list.sum(), Ok(Possible::unknown()));
        assert_eq!(list.kept(Keep::WithoutLeast, &one).unwrap().sum(), Ok(Possible::between(Some(whole(8)), None)));
        assert_eq!(list.nth(&one, false), Ok(Possible::between(None, Some(whole(5)))));
        assert_eq!(List::of(&[], &[one; 7]), None);
        assert_eq!(list.kept(Keep::Greatest, &Possible::unknown()), None);
        let two = Possible::between(Some(whole(1)), Some(whole(2)));
        assert_eq!(list.nth(&two, true), Ok(Possible::between(Some(whole(3)), None)));
    }
}
