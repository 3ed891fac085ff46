//! Rules as they are computed: typed expressions over the rows of a table.
//!
//! There is one kind of expression for predicates and for whole rules: a rule is an expression over the rows of its
//! level's table, and a row set inside it is an [`Aggregate`] over another table, computed for all units at once and
//! read back by the row of its anchor. What a closure captures from the rows around it is reached by links, so
//! nothing is ever evaluated in two tables at a time.

use super::calculation::Calculation;
use crate::schema::{Blank, ColumnId, Schema, TableId};
use crate::source::Place;
use crate::value::{Day, Number};

/// An expression over the rows of one table.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A written value.
    Constant(Constant),
    /// A day that the run decides.
    Ambient(Ambient),
    /// A param, by its position in the campaign.
    Param(usize),
    /// A cell of the row, or of a row that links lead to.
    Field(Field),
    /// What is derived for the row, or for a row that links lead to.
    Derived {
        /// The position of what is derived in its program.
        id: usize,
        /// The links from the row to the one that it is derived for.
        path: Vec<Link>,
    },
    /// `!x`
    Not(Box<Expression>),
    /// `x && y`
    And(Vec<Expression>),
    /// `x || y`
    Or(Vec<Expression>),
    /// `x <= y`
    Compare(Comparison, Box<Expression>, Box<Expression>),
    /// `x in period`: both ends count.
    Within {
        /// The day.
        day: Box<Expression>,
        /// The first day.
        from: Box<Expression>,
        /// The last day.
        to: Box<Expression>,
    },
    /// `x in ["a", "b"]`
    OneOf(Box<Expression>, Vec<Expression>),
    /// `x + y`
    Arithmetic(Operation, Box<Expression>, Box<Expression>),
    /// A day so many days or months later.
    Later(Step, Box<Expression>, Box<Expression>),
    /// The days from the second to the first.
    DaysBetween(Box<Expression>, Box<Expression>),
    /// The year, month or day of the month.
    PartOfDay(DayPart, Box<Expression>),
    /// A test of a text.
    TextTest(TextTest, Box<Expression>, Box<Expression>),
    /// `[x, y]`: numbers one after the other, for the best of them and the like; what is none does not count.
    Listed(Vec<Expression>),
    /// A number rounded to so many places; a half goes away from zero.
    Round(Box<Expression>, u32),
    /// A function of a number or a list, and perhaps of a second number.
    Calculated(Calculation, Box<Expression>, Option<Box<Expression>>),
    /// `if c { x } else { y }`
    If(Box<Expression>, Box<Expression>, Box<Expression>),
    /// `x ?? y`
    OrElse(Box<Expression>, Box<Expression>),
    /// `let name = x; y`, where `x` may fail and `y` may not look at it: it fails where `x` fails, else it is `y`.
    Then(Box<Expression>, Box<Expression>),
    /// `not_applicable`
    NotApplicable,
}

/// A written value.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A number.
    Number(Number),
    /// A day.
    Day(Day),
    /// A text.
    Text(String),
    /// A word, by its position.
    Code(u32),
    /// Yes or no.
    Flag(bool),
    /// There is none.
    None,
    /// A number that nobody knows yet.
    UnknownNumber,
    /// A day that nobody knows yet.
    UnknownDay,
}

/// A day that the run decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ambient {
    /// The day that everything is measured as of.
    AsOf(AsOf),
    /// A day that is known when the rule is read, if anybody knows it.
    Fixed(Option<Day>),
    /// The first day of the campaign.
    PeriodFrom,
    /// The last day of the campaign.
    PeriodTo,
    /// The first day of the round, or of the campaign where no round was chosen.
    RoundFrom,
    /// The last day of the round, or of the campaign where no round was chosen.
    RoundTo,
}

/// The day up to which days have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The day of evaluation.
    Run,
    /// The day of evaluation, but not later than this one.
    NotAfter(Day),
}

/// What days are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Days.
    Days,
    /// Months: the same day of the month, or its last one.
    Months,
}

/// A link column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The table that has it.
    pub table: TableId,
    /// The column.
    pub column: ColumnId,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The links from the row to the one that has the cell.
    pub path: Vec<Link>,
    /// The table that has it.
    pub table: TableId,
    /// The column.
    pub column: ColumnId,
    /// The day by which it must have come, else there is none yet; for days that mean that something has happened.
    pub happened: Option<AsOf>,
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// An operation on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
    /// `%`
    Remainder,
}

/// A part of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// The year.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month, 1 to 31.
    Day,
}

/// A test of a text against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextTest {
    /// The second is somewhere in the first.
    Contains,
    /// The first begins with the second.
    StartsWith,
    /// The first ends with the second.
    EndsWith,
}

/// Something that is derived for each row of a table, or for the whole, and read by expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Derived {
    /// Computed over the rows that hang on it.
    Aggregate(Box<Aggregate>),
    /// Judged of it, at an earlier stage.
    Fact(Fact),
}

/// Something computed over the rows of a table for each row that they hang on.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// What the rows hang on.
    pub anchor: Anchor,
    /// The table of the rows.
    pub table: TableId,
    /// The links from a row up to its anchor; empty where the anchor is the whole.
    pub route: Vec<Link>,
    /// The column of the anchor's table that says who belongs together, where the rows are the peers of a unit: every
    /// row hangs on all that say the same.
    pub peers: Option<ColumnId>,
    /// The link of the anchor's table to itself, where the rows of all units below count too.
    pub below: Option<Link>,
    /// Which rows are in the population.
    pub filter: Option<Expression>,
    /// What is computed.
    pub measure: Measure,
    /// Which rows there are at all, where they are measured as of an earlier day; the filter says so too.
    pub alive: Option<Expression>,
    /// Whether an unreported property counts as not met.
    pub missing_fails: bool,
    /// Where it is written.
    pub place: Place,
}

/// What rows hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The one unit that owns every row.
    Whole,
    /// The rows of a table.
    Table(TableId),
}

/// Something judged of the units of a level, for rules of a later stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The rows that are units.
    pub of: Anchor,
    /// The levels that judge it, by their positions in the campaign. A row must be a unit of exactly one of them.
    pub levels: Vec<usize>,
    /// What was judged.
    pub judged: Judged,
    /// Where it is read first.
    pub place: Place,
}

/// What is judged of a unit. Criteria and awards are named by their positions in the campaign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Whether the row is a unit at all.
    Unit,
    /// What a criterion measured; none where it does not apply.
    Value(usize),
    /// Whether a criterion is met. One that does not apply is not.
    Met(usize),
    /// Whether a criterion would be met if everything were due today.
    MetSoFar(usize),
    /// Whether a criterion applies.
    Applies(usize),
    /// What one of those who score a criterion said, by its position; none where it has not scored.
    ScoredBy(usize, usize),
    /// The points that a criterion earned; none where it does not count.
    Points(usize),
    /// The score.
    Score,
    /// The grade, as a step of the scale that the level's grades make.
    Grade,
    /// The rank in the cluster.
    Rank,
    /// Who is equal in all keys of the ranking before this one: a number that these units share.
    Tie(usize),
    /// Whether an award is granted.
    Awarded(usize),
}

/// What is computed over a row set.
#[derive(Clone, Debug, PartialEq)]
pub enum Measure {
    /// How many rows there are.
    Count,
    /// The share of rows with a property.
    Share(Expression),
    /// Whether any row has a property.
    Any(Expression),
    /// Whether all rows have a property.
    All(Expression),
    /// The sum.
    Sum(Expression),
    /// The sum divided by the count of rows that have a value.
    Mean(Expression),
    /// A sum divided by a sum.
    Ratio(Expression, Expression),
    /// The least value; rows that have none do not count.
    Min(Expression, Ordered),
    /// The greatest value; rows that have none do not count.
    Max(Expression, Ordered),
    /// How many different values there are.
    Distinct(Expression),
    /// All values, for a ranking key that compares them place by place; rows that have none do not count.
    List(Expression),
    /// How many whole numbers follow each other without a gap up to the greatest: years in a row.
    Run(Expression),
    /// A value of the one row that is picked.
    Pick {
        /// Which row.
        which: Which,
        /// The value.
        take: Expression,
    },
}

/// Which row is picked.
#[derive(Clone, Debug, PartialEq)]
pub enum Which {
    /// The only one; two are a fault.
    Only,
    /// The one with the least key.
    First(Expression),
    /// The one with the greatest key.
    Latest(Expression),
}

/// The types that have an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ordered {
    /// Numbers.
    Number,
    /// Days.
    Day,
    /// Steps of a scale.
    Step,
}

impl Schema {
    /// Whether the link of a row may lead to no row.
    #[must_use]
    pub(super) fn may_lead_nowhere(&self, link: Link) -> bool {
        self.column(link.table, link.column).blank == Blank::None
    }
}

impl Expression {
    /// Calls `visit` on this expression and on every one inside it.
    pub fn walk<'e>(&'e self, visit: &mut impl FnMut(&'e Self)) {
        visit(self);
        match self {
            Self::Constant(_)
            | Self::Ambient(_)
            | Self::Param(_)
            | Self::Field(_)
            | Self::Derived { .. }
            | Self::NotApplicable => {}
            Self::Not(a) | Self::PartOfDay(_, a) | Self::Round(a, _) => a.walk(visit),
            Self::Calculated(_, a, b) => {
                a.walk(visit);
                if let Some(b) = b {
                    b.walk(visit);
                }
            }
            Self::And(items) | Self::Or(items) | Self::Listed(items) => {
                for item in items {
                    item.walk(visit);
                }
            }
            Self::Compare(_, a, b)
            | Self::Arithmetic(_, a, b)
            | Self::Later(_, a, b)
            | Self::DaysBetween(a, b)
            | Self::TextTest(_, a, b)
            | Self::OrElse(a, b)
            | Self::Then(a, b) => [a, b].into_iter().for_each(|item| item.walk(visit)),
            Self::Within { day: a, from: b, to: c } | Self::If(a, b, c) => {
                for item in [a, b, c] {
                    item.walk(visit);
                }
            }
            Self::OneOf(a, items) => {
                a.walk(visit);
                for item in items {
                    item.walk(visit);
                }
            }
        }
    }

    /// The cells that the expression reads itself.
    #[must_use]
    pub fn fields(&self) -> Vec<&Field> {
        let mut fields = Vec::new();
        self.walk(&mut |expression| {
            if let Self::Field(field) = expression {
                fields.push(field);
            }
        });
        fields
    }
}

impl Derived {
    /// The row set behind it, if there is one.
    #[must_use]
    pub fn aggregate(&self) -> Option<&Aggregate> {
        if let Self::Aggregate(aggregate) = self { Some(aggregate) } else { None }
    }

    /// The same, written elsewhere.
    #[must_use]
    pub(super) fn at(mut self, place: Place) -> Self {
        match &mut self {
            Self::Aggregate(aggregate) => aggregate.place = place,
            Self::Fact(fact) => fact.place = place,
        }
        self
    }

    /// What is judged, if it is that.
    #[must_use]
    pub fn fact(&self) -> Option<&Fact> {
        if let Self::Fact(fact) = self { Some(fact) } else { None }
    }
}

impl Measure {
    /// The expressions that are evaluated on each row.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expression> {
        match self {
            Self::Count => Vec::new(),
            Self::Share(a)
            | Self::Any(a)
            | Self::All(a)
            | Self::Sum(a)
            | Self::Mean(a)
            | Self::Min(a, _)
            | Self::Max(a, _)
            | Self::Distinct(a)
            | Self::List(a)
            | Self::Run(a) => {
                vec![a]
            }
            Self::Ratio(a, b) => vec![a, b],
            Self::Pick { which: Which::Only, take } => vec![take],
            Self::Pick { which: Which::First(key) | Which::Latest(key), take } => vec![key, take],
        }
    }
}

impl Aggregate {
    /// Every expression that is evaluated on each row.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        self.filter.iter().chain(self.measure.expressions())
    }
}
