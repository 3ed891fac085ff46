//! What is judged of units, read by rules of a later stage: `unit.score`, `b.met("plan")`.
//!
//! Which stage comes first is not decided here: the plan orders all stages of all levels, and finds circles.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use crate::campaign::{Award, Campaign, Criterion, Grade, Level, MeasureSource, Missing};
use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::schema::{Schema, TableId, Word, Words};
use crate::source::Place;
use crate::value::nearest;

use super::super::expression::{Anchor, Comparison, Constant, Derived, Expression, Fact, Judged};
use super::super::library::Library;
use super::super::syntax::Syntax;
use super::super::types::{Base, Type};
use super::frame::{Role, Row};
use super::{A_ROW, Lowered, Lowering, Moment, Outcome, Purpose, Refused, Request, Term, Units, lower};

const CRITERION: Phrase = Phrase::new("criterion", "tiêu chí");
const LEVEL: Phrase = Phrase::new("level of this table", "cấp của bảng này");
const AWARD: Phrase = Phrase::new("award", "hình thức khen thưởng");
const A_TARGET: Phrase = Phrase::new("a criterion with a target", "tiêu chí có chỉ tiêu");
const ONLY_MEASURED: Phrase = Phrase::new("`{name}`, which is only measured", "`{name}` vì tiêu chí này chỉ đo");
const A_WRITTEN_ID: Phrase = Phrase::new("an id in quotation marks", "mã đặt trong ngoặc kép");
const READ_BY_OTHERS: Phrase = Phrase::new("a value that other rules read", "giá trị mà quy tắc khác đọc");

const A_UNIT: Phrase = Phrase::new("a unit of the level that is ranked", "đơn vị của cấp được xếp hạng");

const SCORER: Phrase = Phrase::new("scorer", "bên chấm");

/// What a rule asks of several who score one thing.
const SCORED_BY: &str = "scored_by";

/// What a ranking key asks of two units.
const TIED_WITH: &str = "tied_with";

/// What says on which level a row is looked up.
const ON: &str = "on";

/// What rows say of what was judged of them, beside their grade, rank and score.
const METHODS: [&str; 9] = ["applies", "awarded", "met", "met_so_far", ON, "points", SCORED_BY, TIED_WITH, "value"];

/// What is judged of which units, for rules that read it.
#[derive(Debug, Default)]
pub struct Judging<'a> {
    levels: &'a [Level],
    criteria: &'a [Criterion],
    awards: &'a [Award],
    /// The types of what criteria measure on levels, as far as anybody asked; a faulty criterion has none.
    kinds: RefCell<BTreeMap<Asked, Option<Found>>>,
    /// The criteria whose types are being found out, each asked for by the one before it.
    asking: RefCell<Vec<Asked>>,
    /// How deep the rule is nested that asked last.
    nesting: Cell<usize>,
}

/// A criterion on a level, by their positions.
type Asked = (usize, usize);

/// The type of what a criterion measures, and whether it may not apply.
type Found = (Type, bool);

impl<'a> Judging<'a> {
    /// Everything that a campaign judges.
    #[must_use]
    pub fn of(campaign: &'a Campaign) -> Self {
        Self { levels: &campaign.levels, criteria: &campaign.criteria, awards: &campaign.awards, ..Self::default() }
    }

    /// How deep the rule is nested that asks for the type of another.
    pub(super) fn nesting(&self) -> usize {
        self.nesting.get()
    }

    /// Whether a level judges something.
    fn is_judged(&self, level: &Level, judged: Judged) -> bool {
        let criterion = |at: usize| self.criteria.get(at).filter(|criterion| criterion.levels.contains(&level.id));
        let scores = level.score.is_some();
        match judged {
            Judged::Unit | Judged::Tie(_) => true,
            Judged::Value(at)
            | Judged::Met(at)
            | Judged::MetSoFar(at)
            | Judged::Applies(at)
            | Judged::ScoredBy(at, _) => criterion(at).is_some(),
            Judged::Points(at) => scores && criterion(at).is_some_and(|criterion| criterion.points.is_some()),
            Judged::Score => scores,
            Judged::Grade => !level.grades.is_empty(),
            Judged::Rank => level.rank.is_some(),
            Judged::Awarded(at) => self.awards.get(at).is_some_and(|award| award.levels.contains(&level.id)),
        }
    }

    pub(super) fn level(&self, at: usize) -> Option<&'a Level> {
        self.levels.get(at)
    }

    /// What was judged, as rules write it: `met("plan")`.
    fn written(&self, judged: Judged) -> String {
        judged.written(self.criteria, self.awards)
    }

    /// The path of questions that leads back to where it began.
    fn circle(&self, asked: Asked) -> Option<String> {
        let asking = self.asking.borrow();
        let from = asking.iter().position(|known| *known == asked)?;
        let name = |(level, criterion): &Asked| {
            let level = self.level(*level).map_or("", |level| level.id.as_str());
            format!("{level}.{}", self.written(Judged::Value(*criterion)))
        };
        let path: Vec<_> = asking.iter().skip(from).chain([&asked]).map(name).collect();
        Some(path.join(" → "))
    }
}

impl Judged {
    /// As rules write it: `met("plan")`, `score`.
    #[must_use]
    pub fn written(self, criteria: &[Criterion], awards: &[Award]) -> String {
        let criterion = |at: usize| criteria.get(at).map_or("", |criterion| criterion.id.as_str());
        match self {
            Self::Unit => "when".to_owned(),
            Self::Tie(_) => TIED_WITH.to_owned(),
            Self::Value(at) => format!("value(\"{}\")", criterion(at)),
            Self::ScoredBy(at, scorer) => {
                let scorers = criteria.get(at).and_then(Criterion::scorers);
                let scorer = scorers.and_then(|scorers| scorers.by.get(scorer)).map_or("", |scorer| scorer.id.as_str());
                format!("scored_by(\"{}\", \"{scorer}\")", criterion(at))
            }
            Self::Met(at) => format!("met(\"{}\")", criterion(at)),
            Self::MetSoFar(at) => format!("met_so_far(\"{}\")", criterion(at)),
            Self::Applies(at) => format!("applies(\"{}\")", criterion(at)),
            Self::Points(at) => format!("points(\"{}\")", criterion(at)),
            Self::Score => "score".to_owned(),
            Self::Grade => "grade".to_owned(),
            Self::Rank => "rank".to_owned(),
            Self::Awarded(at) => {
                format!("awarded(\"{}\")", awards.get(at).map_or("", |award| award.id.as_str()))
            }
        }
    }

    /// What a field of a unit may be, beside a column or a table.
    pub(super) fn field(name: &str) -> Option<Self> {
        match name {
            "score" => Some(Self::Score),
            "grade" => Some(Self::Grade),
            "rank" => Some(Self::Rank),
            _ => None,
        }
    }
}

impl Lowering<'_> {
    /// A method of a row: something judged of it.
    pub(super) fn method_of_row(
        &mut self,
        row: &Row,
        name: &str,
        arguments: &[Syntax],
        place: &Place,
    ) -> Outcome<Term> {
        match name {
            TIED_WITH => return self.tied_with(row, arguments, place),
            SCORED_BY => return self.scored_by(row, arguments, place),
            ON => return self.on(row, arguments, place),
            _ => {}
        }
        if !METHODS.contains(&name) {
            return self.unknown_method(A_ROW, name, &METHODS, place);
        }
        self.count_arguments(name, 1, arguments.len(), place)?;
        let [argument] = arguments else { return Err(Refused) };
        let id = self.written_id(argument)?;
        let judged = if name == "awarded" {
            Judged::Awarded(self.award(&id, &argument.place)?)
        } else {
            let at = self.criterion(&id, &argument.place)?;
            match name {
                "met" => Judged::Met(self.with_target(at, &argument.place)?),
                "met_so_far" => Judged::MetSoFar(self.with_target(at, &argument.place)?),
                "applies" => Judged::Applies(at),
                "points" => Judged::Points(at),
                _ => Judged::Value(at),
            }
        };
        self.fact(row, judged, place)
    }

    fn written_id(&mut self, argument: &Syntax) -> Outcome<String> {
        match self.value(argument)? {
            (Expression::Constant(Constant::Text(id)), _) => Ok(id),
            _ => self.wrong_type(A_WRITTEN_ID, super::function::SOMETHING_ELSE, &argument.place),
        }
    }

    /// The row as a unit of another level of the same table.
    fn on(&mut self, row: &Row, arguments: &[Syntax], place: &Place) -> Outcome<Term> {
        self.count_arguments(ON, 1, arguments.len(), place)?;
        let [argument] = arguments else { return Err(Refused) };
        let id = self.written_id(argument)?;
        let levels = self.scope.judging.levels;
        match levels.iter().position(|level| level.id == id && level.units.table() == row.table) {
            Some(level) => Ok(Term::Row(Row { role: Role::On(level), ..row.clone() })),
            None => {
                let of_table = levels.iter().filter(|level| level.units.table() == row.table);
                let known: Vec<_> = of_table.map(|level| level.id.as_str()).collect();
                self.unknown_id(LEVEL, &id, known.into_iter(), &argument.place)
            }
        }
    }

    /// What one of those who score a criterion said of a row.
    fn scored_by(&mut self, row: &Row, arguments: &[Syntax], place: &Place) -> Outcome<Term> {
        self.count_arguments(SCORED_BY, 2, arguments.len(), place)?;
        let [criterion, scorer] = arguments else { return Err(Refused) };
        let at = self.written_id(criterion)?;
        let at = self.criterion(&at, &criterion.place)?;
        let id = self.written_id(scorer)?;
        let scorers = self.scope.judging.criteria.get(at).and_then(Criterion::scorers);
        let known = || scorers.into_iter().flat_map(|scorers| &scorers.by).map(|scorer| scorer.id.as_str());
        match known().position(|known| known == id) {
            Some(position) => self.fact(row, Judged::ScoredBy(at, position), place),
            None => self.unknown_id(SCORER, &id, known().collect::<Vec<_>>().into_iter(), &scorer.place),
        }
    }

    /// Whether a row is equal to a unit in all keys of the ranking before the one that asks.
    fn tied_with(&mut self, row: &Row, arguments: &[Syntax], place: &Place) -> Outcome<Term> {
        let Purpose::KeyAmongTied(key) = self.request.purpose else {
            return self.fault(Diagnostic::new(&catalogue::NOT_AMONG_TIED).at(place));
        };
        self.count_arguments(TIED_WITH, 1, arguments.len(), place)?;
        let [argument] = arguments else { return Err(Refused) };
        let Term::Row(other) = self.term(argument)? else {
            return self.wrong_type(A_ROW, super::function::SOMETHING_ELSE, &argument.place);
        };
        let units = self.request.units.table;
        for (row, place) in [(row, place), (&other, &argument.place)] {
            if row.table != units {
                return self.wrong_type(A_UNIT, self.owner(row.table), place);
            }
        }
        let mut group =
            |row: &Row| match self.fact(&Row { role: Role::Unit, ..row.clone() }, Judged::Tie(key), place)? {
                Term::Value(expression, _) => Ok(expression),
                _ => Err(Refused),
            };
        let (one, two) = (group(row)?, group(&other)?);
        Ok(Term::Value(Expression::Compare(Comparison::Equal, one.into(), two.into()), Type::of(Base::Flag)))
    }

    /// Something judged of a row, on every level that it may be a unit of.
    pub(super) fn fact(&mut self, row: &Row, judged: Judged, place: &Place) -> Outcome<Term> {
        let levels = self.levels_of(row, judged);
        if levels.is_empty() {
            return self.not_judged(row.table, judged, place);
        }
        let mut kind: Option<Type> = None;
        for level in &levels {
            let on_level = self.kind_of(*level, judged, place)?;
            kind = Some(match kind {
                None => on_level,
                Some(kind) => match kind.join(&on_level) {
                    Some(joined) => joined,
                    None => return self.branches_differ(&kind, &on_level, place),
                },
            });
        }
        let kind = self.read_of(row, kind.ok_or(Refused)?);
        let path = self.path_to(row, place)?;
        let fact = Fact { of: Anchor::from(row.table), levels, judged, place: place.clone() };
        let id = self.register(Derived::Fact(fact));
        Ok(Term::Value(Expression::Derived { id, path }, kind))
    }

    /// What the rule whose points are asked for says of a row: `me.value`, `me.target`, `me.max`, as far as it is
    /// asked of a row that has them.
    pub(super) fn scored(&mut self, row: &Row, name: &str, place: &Place) -> Option<Outcome<Term>> {
        let scored = self.request.purpose.scored().filter(|_| row.role == Role::Scored)?;
        let known = match name {
            "value" => return Some(self.value_of(row, scored.criterion, place)),
            "target" => scored.target.as_ref(),
            "max" => scored.max.as_ref(),
            _ => return None,
        };
        let none = || (Expression::Constant(Constant::None), Type::maybe(Base::None));
        let (expression, kind) = known.cloned().unwrap_or_else(none);
        let lifted = self.lift(&expression, row.depth, place);
        Some(lifted.map(|expression| Term::Value(expression, kind)))
    }

    /// What a criterion measured. Of the unit that earns points it is there: where there is none, no rule is asked.
    fn value_of(&mut self, row: &Row, criterion: usize, place: &Place) -> Outcome<Term> {
        let value = self.fact(row, Judged::Value(criterion), place)?;
        let Term::Value(expression, kind) = value else { return Err(Refused) };
        if !row.is_the_unit() {
            return Ok(Term::Value(expression, kind));
        }
        let optional = self.measured((self.request.units.level, criterion), place)?.0.optional;
        Ok(Term::Value(expression, Type { optional, ..kind }))
    }

    /// Whether a column of a table has the name of something that is judged of its rows.
    pub(super) fn is_judged_too(&self, row: &Row, name: &str) -> bool {
        let scored = row.role == Role::Scored && ["value", "target", "max"].contains(&name);
        scored || Judged::field(name).is_some_and(|judged| !self.levels_of(row, judged).is_empty())
    }

    /// The levels that judge something of a row; the unit of the rule is one of the rule's own level.
    fn levels_of(&self, row: &Row, judged: Judged) -> Vec<usize> {
        let judging = self.scope.judging;
        let is_unit = row.is_unit();
        let own = self.request.units.level;
        let levels = judging.levels.iter().enumerate().filter(|(at, level)| {
            let units = level.units.table();
            let here = match row.role {
                Role::On(level) => *at == level,
                _ if is_unit => *at == own,
                _ => units.is_some() && units == row.table,
            };
            here && judging.is_judged(level, judged)
        });
        levels.map(|(at, _)| at).collect()
    }

    fn not_judged<T>(&mut self, table: Option<TableId>, judged: Judged, place: &Place) -> Outcome<T> {
        let judging = self.scope.judging;
        let levels = judging.levels.iter().filter(|level| judging.is_judged(level, judged));
        let known: Vec<_> = levels.map(|level| level.id.as_str()).collect();
        let fault = Diagnostic::new(&catalogue::NOT_JUDGED).with("judged", judging.written(judged));
        let known = (!known.is_empty()).then(|| known.join(", "));
        self.fault(fault.with("units", self.owner(table)).maybe("known", known).at(place))
    }

    fn branches_differ<T>(&mut self, a: &Type, b: &Type, place: &Place) -> Outcome<T> {
        let fault = Diagnostic::new(&catalogue::TYPE_DEPENDS_ON_LEVEL).with("left", a).with("right", b);
        self.fault(fault.at(place))
    }

    fn criterion(&mut self, id: &str, place: &Place) -> Outcome<usize> {
        let criteria = self.scope.judging.criteria;
        match criteria.iter().position(|criterion| criterion.id == id) {
            Some(at) => Ok(at),
            None => self.unknown_id(CRITERION, id, criteria.iter().map(|criterion| criterion.id.as_str()), place),
        }
    }

    fn award(&mut self, id: &str, place: &Place) -> Outcome<usize> {
        let awards = self.scope.judging.awards;
        match awards.iter().position(|award| award.id == id) {
            Some(at) => Ok(at),
            None => self.unknown_id(AWARD, id, awards.iter().map(|award| award.id.as_str()), place),
        }
    }

    fn unknown_id<'n, T>(
        &mut self,
        kind: Phrase,
        id: &str,
        known: impl Iterator<Item = &'n str> + Clone,
        place: &Place,
    ) -> Outcome<T> {
        let near = nearest(id, known.clone());
        let list = near.is_none().then(|| known.collect::<Vec<_>>().join(", ")).filter(|list| !list.is_empty());
        let fault = Diagnostic::new(&catalogue::UNKNOWN_REFERENCE).with("kind", kind).with("name", id);
        self.fault(fault.maybe("near", near).maybe("known", list).at(place))
    }

    /// A criterion that can be met: one that has a target.
    fn with_target(&mut self, at: usize, place: &Place) -> Outcome<usize> {
        match self.scope.judging.criteria.get(at) {
            Some(criterion) if criterion.target.is_empty() => {
                self.wrong_type(A_TARGET, ONLY_MEASURED.with("name", &criterion.id), place)
            }
            _ => Ok(at),
        }
    }

    fn kind_of(&mut self, level: usize, judged: Judged, place: &Place) -> Outcome<Type> {
        match judged {
            Judged::Unit | Judged::Met(_) | Judged::MetSoFar(_) | Judged::Applies(_) | Judged::Awarded(_) => {
                Ok(Type::of(Base::Flag))
            }
            Judged::Points(_) | Judged::Score | Judged::Rank | Judged::Tie(_) | Judged::ScoredBy(..) => {
                Ok(Type::maybe(Base::Number))
            }
            Judged::Grade => {
                let level = self.scope.judging.level(level).ok_or(Refused)?;
                Ok(Type::maybe(Base::Scale(grades(level).into())))
            }
            Judged::Value(at) => {
                let (kind, may_not_apply) = self.measured((level, at), place)?;
                Ok(Type { optional: kind.optional || may_not_apply, ..kind })
            }
        }
    }

    /// The type of what a criterion measures on a level, found out once.
    fn measured(&mut self, asked: Asked, place: &Place) -> Outcome<Found> {
        let judging = self.scope.judging;
        if let Some(path) = judging.circle(asked) {
            return self.fault(Diagnostic::new(&catalogue::STAGE_CIRCLE).with("path", path).at(place));
        }
        let known = judging.kinds.borrow().get(&asked).cloned();
        let kind = known.unwrap_or_else(|| {
            judging.asking.borrow_mut().push(asked);
            let outer = judging.nesting.replace(self.nesting);
            let kind = self.find_out(asked);
            judging.nesting.set(outer);
            judging.asking.borrow_mut().pop();
            judging.kinds.borrow_mut().insert(asked, kind.clone());
            kind
        });
        kind.ok_or(Refused)
    }

    fn find_out(&mut self, (at, criterion): Asked) -> Option<Found> {
        let judging = self.scope.judging;
        let (level, criterion) = judging.level(at).zip(judging.criteria.get(criterion))?;
        let units = Units { table: level.units.table(), level: at };
        // A share may be of nothing, and so may yes or no of rows.
        let conditional = !criterion.when.0.is_empty() || !criterion.rounds.is_empty();
        let may_not = |kind: &Type| conditional || matches!(kind.base, Base::Fraction | Base::Flag);
        match &criterion.source {
            MeasureSource::Scorers(_) => Some((Type::maybe(Base::Number), true)),
            MeasureSource::Column(column) => {
                let kind = self.kind_of_column(units.table, &column.name)?;
                let may_not = may_not(&kind);
                Some((kind, may_not))
            }
            MeasureSource::Rule(rule) => {
                let missing_fails = criterion.missing == Missing::NotMet;
                let moment = Moment::default();
                let request = Request {
                    name: &rule.name,
                    units,
                    args: &criterion.args,
                    missing_fails,
                    moment,
                    purpose: Purpose::Any,
                };
                let (kind, says_so) = self.kind_of_rule(request)?;
                let may_not = says_so || may_not(&kind);
                Some((kind, may_not))
            }
        }
    }

    fn kind_of_column(&self, table: Option<TableId>, name: &str) -> Option<Type> {
        let schema = self.scope.schema.table(table?);
        Some(Type::of_column(schema.column(schema.find(name)?)))
    }

    fn kind_of_rule(&mut self, request: Request<'_>) -> Option<Found> {
        // Only the type is asked for: what the rule computes is lowered where its criterion is planned.
        match lower(request, self.scope, &mut Vec::new(), self.faults) {
            Lowered::Computed(measure, kind) => {
                let mut says_so = false;
                measure.walk(&mut |part| says_so |= *part == Expression::NotApplicable);
                Some((kind, says_so))
            }
            Lowered::Faulty => None,
            Lowered::Outside { construct, place } => {
                let fault = Diagnostic::new(&catalogue::MUST_BE_LOWERED).with("name", request.name);
                self.faults.push(fault.with("role", READ_BY_OTHERS).with("construct", construct).at(place));
                None
            }
        }
    }
}

/// The grades of a level as a scale, worst first. Levels with the same grades have the same scale, so it has no name but
/// its words.
fn grades(level: &Level) -> Words {
    let word = |grade: &Grade| Word {
        id: grade.id.clone(),
        header: grade.id.clone(),
        title: grade.title.clone(),
        also: Vec::new(),
    };
    let words: Vec<Word> = level.grades.iter().rev().map(word).collect();
    let ids: Vec<&str> = words.iter().map(|word| word.id.as_str()).collect();
    Words { id: ids.join(" < "), words }
}

/// Whether a rule, or a function that it calls, reads what was judged.
#[must_use]
pub fn reads_facts(name: &str, library: &Library, schema: &Schema) -> bool {
    let is_column = |word: &str| schema.tables.iter().any(|table| table.id == word || table.find(word).is_some());
    let is_field = |word: &str| word == "peers" || Judged::field(word).is_some();
    let is_fact = |word: &str| METHODS.contains(&word) || (is_field(word) && !is_column(word));
    let mut waiting = vec![name];
    let mut seen: Vec<&str> = Vec::new();
    while let Some(function) = waiting.pop().and_then(|name| library.get(name)) {
        if function.words.iter().any(|word| is_fact(word)) {
            return true;
        }
        seen.push(&function.name);
        let called = function.words.iter().map(String::as_str);
        waiting.extend(called.filter(|word| library.get(word).is_some() && !seen.contains(word)));
    }
    false
}
