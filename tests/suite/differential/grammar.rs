//! Random rules out of the grammar of the subset, as text.
//!
//! Each function writes an expression of its type. `depth` is how much deeper it may go.

use std::collections::BTreeSet;

use thidua::schema::{Blank, ColumnSchema, Kind, Schema, TableId};

use super::province::{GRADES, REGIONS, TEXTS};
use super::random::Random;

/// What a column holds, as far as rules can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Flag,
    Number,
    Day,
    Text,
    Region,
    Grade,
}

/// Writes rules and remembers what occurred in them.
pub struct Grammar<'s> {
    pub random: Random,
    /// What occurs in the rule that is being written.
    pub used: BTreeSet<String>,
    schema: &'s Schema,
    /// The rows in scope, innermost last.
    rows: Vec<(String, Option<TableId>)>,
    /// Names bound with `let` and their types.
    names: Vec<(String, Of)>,
    fresh: usize,
}

impl<'s> Grammar<'s> {
    pub fn new(schema: &'s Schema, random: Random) -> Self {
        Self { random, used: BTreeSet::new(), schema, rows: Vec::new(), names: Vec::new(), fresh: 0 }
    }

    /// A rule for the units of a table, with the functions that it calls.
    pub fn rule(&mut self, name: &str, units: Option<TableId>) -> String {
        self.used.clear();
        self.fresh = 0;
        self.names.clear();
        self.rows = vec![("unit".to_owned(), units)];
        let body = match self.random.below(5) {
            0 => self.in_let(3, Self::result),
            1 => {
                let condition = self.flag(2);
                self.saw("if");
                let early = self.flag(1);
                let result = self.flag(3);
                self.saw("return");
                format!("if {condition} {{ return {early}; }} {result}")
            }
            _ => self.result(3),
        };
        format!("fn {name}() {{ {body} }}\n")
    }

    /// A predicate over the rows of a table, as a rule that counts them.
    pub fn predicate(&mut self, name: &str, table: TableId) -> String {
        self.used.clear();
        self.names.clear();
        self.rows = vec![("unit".to_owned(), None)];
        let closure = self.closure(table, 3, Self::flag);
        format!("fn {name}() {{ unit.{}.count({closure}) }}\n", self.schema.table(table).id)
    }

    fn result(&mut self, depth: usize) -> String {
        match self.random.below(9) {
            0 | 1 => self.number(depth),
            2 | 3 => self.flag(depth),
            4 => self.share(depth).unwrap_or_else(|| self.number(depth)),
            5 => self.day(depth),
            6 => {
                self.saw("not_applicable");
                let (condition, value) = (self.flag(2), self.number(depth));
                format!("if {condition} {{ not_applicable }} else {{ {value} }}")
            }
            7 => self
                .maybe(Of::Grade, depth)
                .or_else(|| self.maybe(Of::Region, depth))
                .unwrap_or_else(|| self.text(depth)),
            _ => self.maybe(Of::Number, depth).unwrap_or_else(|| self.text(depth)),
        }
    }

    fn saw(&mut self, what: &str) {
        self.used.insert(what.to_owned());
    }

    fn name(&mut self) -> String {
        self.fresh += 1;
        format!("x{}", self.fresh)
    }

    fn in_let(&mut self, depth: usize, then: fn(&mut Self, usize) -> String) -> String {
        self.saw("let");
        let name = self.name();
        let (value, of) = match self.random.below(3) {
            0 => (self.flag(depth - 1), Of::Flag),
            1 => (self.day(depth - 1), Of::Day),
            _ => (self.number(depth - 1), Of::Number),
        };
        self.names.push((name.clone(), of));
        let then = then(self, depth);
        self.names.pop();
        format!("let {name} = {value}; {then}")
    }

    /// Yes or no.
    fn flag(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => self.field(Of::Flag, false).unwrap_or_else(|| self.comparison(0)),
                1 => self.bound(Of::Flag).unwrap_or_else(|| self.random.pick(&["true", "false"]).to_owned()),
                _ => self.comparison(0),
            };
        }
        let depth = depth - 1;
        match self.random.below(20) {
            0 | 1 => self.joined("&&", depth),
            2 | 3 => self.joined("||", depth),
            4 => {
                self.saw("!");
                format!("!({})", self.flag(depth))
            }
            5 => {
                self.saw("if");
                let (condition, then, otherwise) = (self.flag(depth), self.flag(depth), self.flag(depth));
                format!("(if {condition} {{ {then} }} else {{ {otherwise} }})")
            }
            6 => self.switch(depth, Self::flag),
            7 => self.is_in(depth),
            8 => self.text_test(depth),
            9 | 10 => self.share_compared(depth).unwrap_or_else(|| self.comparison(depth)),
            11..=13 => self.of_rows("any", depth).unwrap_or_else(|| self.comparison(depth)),
            14 => self.of_rows("all", depth).unwrap_or_else(|| self.comparison(depth)),
            15 => {
                let (condition, then, otherwise) =
                    (self.flag(depth), self.in_let(depth + 1, Self::flag), self.flag(depth));
                format!("(if {condition} {{ {then} }} else {{ {otherwise} }})")
            }
            16 => {
                self.field(Of::Flag, true).map_or_else(|| self.comparison(depth), |flag| format!("({flag} ?? false)"))
            }
            17 => self.helper(depth),
            _ => self.comparison(depth),
        }
    }

    fn joined(&mut self, operator: &str, depth: usize) -> String {
        self.saw(operator);
        let items: Vec<_> = (0..2 + self.random.below(2)).map(|_| self.flag(depth)).collect();
        format!("({})", items.join(&format!(" {operator} ")))
    }

    /// A function of the library that takes a row, a number or a flag.
    fn helper(&mut self, depth: usize) -> String {
        self.saw("function");
        match self.random.below(3) {
            0 => format!("is_large({})", self.number(depth)),
            1 => {
                let (a, b) = (self.flag(depth), self.number(depth));
                format!("either({a}, {b})")
            }
            _ => match self.row_of("firms") {
                Some(row) => format!("is_old({row})"),
                None => format!("is_large({})", self.number(depth)),
            },
        }
    }

    fn row_of(&mut self, table: &str) -> Option<String> {
        let rows: Vec<_> =
            self.rows.iter().filter(|(_, of)| *of == self.schema.find(table)).map(|(name, _)| name.clone()).collect();
        (!rows.is_empty()).then(|| self.random.pick(&rows))
    }

    fn comparison(&mut self, depth: usize) -> String {
        let of = self.random.pick(&[
            Of::Number,
            Of::Number,
            Of::Number,
            Of::Day,
            Of::Day,
            Of::Text,
            Of::Region,
            Of::Grade,
            Of::Grade,
            Of::Flag,
        ]);
        let ordered = matches!(of, Of::Number | Of::Day | Of::Grade);
        let operators: &[&str] = if ordered { &["==", "!=", "<", "<=", ">", ">="] } else { &["==", "!="] };
        let operator = self.random.pick(operators);
        self.saw(&format!("{of:?} {operator}"));
        if self.random.once_in(6)
            && let Some(maybe) = self.maybe(of, depth)
        {
            self.saw("== none");
            return format!("({maybe} {} none)", self.random.pick(&["==", "!="]));
        }
        let left = self.maybe(of, depth).unwrap_or_else(|| self.surely(of, depth));
        let right = match of {
            Of::Grade | Of::Region if !left.starts_with('"') && self.random.once_in(2) => self.literal(of),
            _ => self.maybe(of, depth).unwrap_or_else(|| self.surely(of, depth)),
        };
        if left.starts_with('"') && right.starts_with('"') {
            return "true".to_owned();
        }
        if self.random.once_in(2) {
            format!("({left} {operator} {right})")
        } else {
            format!("({right} {operator} {left})")
        }
    }

    fn literal(&mut self, of: Of) -> String {
        match of {
            Of::Grade => format!("\"{}\"", self.random.pick(&GRADES)),
            Of::Region => format!("\"{}\"", self.random.pick(&REGIONS)),
            Of::Text => format!("\"{}\"", self.random.pick(&TEXTS)),
            Of::Flag => self.random.pick(&["true", "false"]).to_owned(),
            Of::Day => self
                .random
                .pick(&["as_of", "params.start", "period.from", "period.to", "round.from", "round.to", "args.start"])
                .to_owned(),
            Of::Number => self
                .random
                .pick(&["0", "1", "2", "3", "0.5", "1.25", "7", "params.least", "args.least", "period.year", "-2"])
                .to_owned(),
        }
    }

    /// A value of a type that is never none.
    fn surely(&mut self, of: Of, depth: usize) -> String {
        match of {
            Of::Flag => self.flag(depth),
            Of::Number => self.number(depth),
            Of::Day => self.day(depth),
            Of::Text => self.text(depth),
            Of::Grade | Of::Region => self.field(of, false).unwrap_or_else(|| self.literal(of)),
        }
    }

    /// A value of a type that may be none, if there is one in reach.
    fn maybe(&mut self, of: Of, depth: usize) -> Option<String> {
        if depth == 0 || self.random.once_in(2) {
            return self.field(of, true).or_else(|| self.field(of, false));
        }
        let depth = depth - 1;
        match self.random.below(4) {
            0 if matches!(of, Of::Number | Of::Day | Of::Grade) => self.extreme(of, depth),
            1 => self.picked(of, depth),
            2 => {
                self.saw("if none");
                let (condition, value) = (self.flag(depth), self.maybe(of, depth)?);
                Some(format!("(if {condition} {{ {value} }} else {{ none }})"))
            }
            _ => self.or_else(of, depth),
        }
    }

    fn or_else(&mut self, of: Of, depth: usize) -> Option<String> {
        self.saw("??");
        let first = self.maybe(of, depth)?;
        if first.starts_with('"') {
            return Some(first);
        }
        let second = if self.random.once_in(2) { self.maybe(of, depth)? } else { self.surely(of, depth) };
        Some(format!("({first} ?? {second})"))
    }

    fn number(&mut self, depth: usize) -> String {
        if depth == 0 {
            return match self.random.below(4) {
                0 => self.literal(Of::Number),
                1 => self.bound(Of::Number).unwrap_or_else(|| self.literal(Of::Number)),
                _ => self.field(Of::Number, false).unwrap_or_else(|| self.literal(Of::Number)),
            };
        }
        let depth = depth - 1;
        match self.random.below(20) {
            0..=3 => self.arithmetic(depth),
            4 => {
                self.saw("negate");
                format!("(-({}))", self.number(depth))
            }
            5 => {
                self.saw("abs");
                format!("abs({})", self.number(depth))
            }
            6 => {
                self.saw("round");
                let (number, places) = (self.number(depth), self.random.below(3));
                if self.random.once_in(2) {
                    format!("round({number}, {places})")
                } else {
                    format!("({number}).round({places})")
                }
            }
            7 if self.random.once_in(2) => {
                let which = self.random.pick(&["floor", "ceiling", "root", "power", "ln", "[…]"]);
                self.saw(which);
                let number = self.number(depth);
                match which {
                    "root" => format!("root({number}, {}, 2)", self.random.pick(&["2", "3"])),
                    "power" => format!("power({number}, {}, 2)", self.random.pick(&["2", "0.5", "-1", "1.5"])),
                    "ln" => format!("ln({number}, 3)"),
                    "[…]" => {
                        let (second, third) = (self.number(depth), self.maybe(Of::Number, depth));
                        let third = third.unwrap_or_else(|| "none".to_owned());
                        format!("([{number}, {second}, {third}].{})", self.of_list())
                    }
                    which => format!("{which}({number})"),
                }
            }
            7 => {
                let which = self.random.pick(&["min", "max"]);
                self.saw(&format!("{which} of two"));
                let (a, b) = (self.number(depth), self.number(depth));
                format!("{which}({a}, {b})")
            }
            8 => {
                self.saw("days between");
                let (a, b) = (self.day(depth), self.day(depth));
                format!("({a} - {b})")
            }
            9 => {
                let part = self.random.pick(&["year", "month", "day"]);
                self.saw(&format!(".{part}"));
                format!("({}).{part}", self.day(depth))
            }
            10..=13 => self.count(depth).unwrap_or_else(|| self.literal(Of::Number)),
            14 if self.random.once_in(2) => self.list(depth).unwrap_or_else(|| self.literal(Of::Number)),
            14 => self.of_rows("sum", depth).unwrap_or_else(|| self.literal(Of::Number)),
            15 => self.switch(depth, Self::number),
            16 => {
                self.saw("if");
                let (condition, then, otherwise) = (self.flag(depth), self.number(depth), self.number(depth));
                format!("(if {condition} {{ {then} }} else {{ {otherwise} }})")
            }
            17 | 18 => match self.maybe(Of::Number, depth) {
                Some(maybe) => {
                    self.saw("??");
                    format!("({maybe} ?? {})", self.number(depth))
                }
                None => self.arithmetic(depth),
            },
            _ => {
                self.saw("function");
                let (a, b) = (self.number(depth), self.number(depth));
                format!("half_of({a}, {b})")
            }
        }
    }

    fn arithmetic(&mut self, depth: usize) -> String {
        let operator = self.random.pick(&["+", "-", "*", "/", "%"]);
        self.saw(operator);
        let (a, b) = (self.number(depth), self.number(depth));
        // Three whole numbers joined by minus signs are taken for a date, and refused.
        let b = if operator == "-" && b.parse::<i64>().is_ok() { self.literal(Of::Day) + ".day" } else { b };
        format!("({a} {operator} {b})")
    }

    fn day(&mut self, depth: usize) -> String {
        if depth == 0 {
            return self.bound(Of::Day).or_else(|| self.field(Of::Day, false)).unwrap_or_else(|| self.literal(Of::Day));
        }
        let depth = depth - 1;
        match self.random.below(5) {
            4 => {
                self.saw("plus_months");
                let (day, number) = (self.day(depth), self.number(depth));
                format!("({day}).plus_months({number})")
            }
            0 => {
                let operator = self.random.pick(&["+", "-"]);
                self.saw(&format!("day {operator} number"));
                let (day, number) = (self.day(depth), self.number(depth));
                format!("({day} {operator} {number})")
            }
            1 => match self.maybe(Of::Day, depth) {
                Some(maybe) => {
                    self.saw("??");
                    format!("({maybe} ?? {})", self.day(depth))
                }
                None => self.literal(Of::Day),
            },
            _ => self.day(0),
        }
    }

    fn text(&mut self, depth: usize) -> String {
        match self.random.below(3) {
            0 => self.literal(Of::Text),
            1 if depth > 0 => match self.field(Of::Text, true) {
                Some(maybe) => {
                    self.saw("??");
                    format!("({maybe} ?? {})", self.literal(Of::Text))
                }
                None => self.literal(Of::Text),
            },
            _ => self.field(Of::Text, false).unwrap_or_else(|| self.literal(Of::Text)),
        }
    }

    fn text_test(&mut self, depth: usize) -> String {
        let method = self.random.pick(&["contains", "starts_with", "ends_with"]);
        self.saw(method);
        let (text, part) = (self.text(depth), self.text(depth));
        format!("({text}).{method}({part})")
    }

    fn is_in(&mut self, depth: usize) -> String {
        let operator = self.random.pick(&["in", "!in"]);
        if self.random.once_in(2) {
            self.saw("in period");
            let day = self.maybe(Of::Day, depth).unwrap_or_else(|| self.day(depth));
            return format!("({day} {operator} {})", self.random.pick(&["period", "round"]));
        }
        let of = self.random.pick(&[Of::Number, Of::Text, Of::Region, Of::Grade]);
        self.saw("in list");
        let item = self.maybe(of, depth).unwrap_or_else(|| self.surely(of, depth));
        if item.starts_with('"') {
            return "true".to_owned();
        }
        let words: Vec<_> = (0..self.random.below(4)).map(|_| self.literal(of)).collect();
        format!("({item} {operator} [{}])", words.join(", "))
    }

    fn switch(&mut self, depth: usize, value: fn(&mut Self, usize) -> String) -> String {
        let of = self.random.pick(&[Of::Text, Of::Region, Of::Grade, Of::Flag]);
        let Some(subject) = self.maybe(of, 0).filter(|subject| !subject.starts_with('"')) else {
            return value(self, depth);
        };
        self.saw(&format!("switch {of:?}"));
        let (first, second, third) = (self.literal(of), self.literal(of), self.literal(of));
        let (a, b, c) = (value(self, depth), value(self, depth), value(self, depth));
        format!("(switch {subject} {{ {first} | {second} => {a}, {third} => {b}, _ => {c} }})")
    }

    /// A name bound with `let`.
    fn bound(&mut self, of: Of) -> Option<String> {
        let names: Vec<_> = self.names.iter().filter(|(_, found)| *found == of).map(|(name, _)| name.clone()).collect();
        (!names.is_empty()).then(|| self.random.pick(&names))
    }

    /// A field of a row in scope, or of one that links lead to from there.
    fn field(&mut self, of: Of, may_be_none: bool) -> Option<String> {
        for _ in 0..3 {
            // The innermost row half the time.
            let at = if self.random.once_in(2) { self.rows.len() - 1 } else { self.random.below(self.rows.len()) };
            let (mut path, Some(mut table)) = self.rows[at].clone() else { continue };
            let mut may_miss = false;
            while self.random.once_in(4) {
                let links: Vec<_> =
                    self.schema.table(table).columns.iter().filter(|column| column.link().is_some()).collect();
                let Some(link) = (!links.is_empty()).then(|| self.random.pick(&links)) else { break };
                may_miss |= link.blank == Blank::None;
                path = format!("{path}.{}", link.id);
                table = link.link()?;
                self.saw("link up");
            }
            if may_miss && !may_be_none {
                continue;
            }
            let fits =
                |column: &&ColumnSchema| type_of(column) == Some(of) && (may_miss || optional(column) == may_be_none);
            let columns: Vec<_> = self.schema.table(table).columns.iter().filter(fits).collect();
            if columns.is_empty() {
                continue;
            }
            if at + 1 < self.rows.len() {
                self.saw("captured row");
            }
            if may_miss {
                self.saw("link to none");
            }
            let column = self.random.pick(&columns);
            self.saw(&format!("column {:?} {}", of, blank(column)));
            return Some(format!("{path}.{}", column.id));
        }
        None
    }

    /// A row set that hangs on a row in scope, or on one that a link leads to; and its table.
    fn row_set(&mut self, depth: usize) -> Option<(String, TableId)> {
        let at = if self.random.once_in(3) { self.random.below(self.rows.len()) } else { self.rows.len() - 1 };
        let (path, table) = self.rows[at].clone();
        let (set, of) = match table.map(|table| self.schema.table(table).id.as_str()) {
            None => self.random.pick(&[
                ("unions", "unions"),
                ("firms", "firms"),
                ("visits", "visits"),
                ("districts", "districts"),
                ("clubs", "clubs"),
            ]),
            Some("unions") => self.random.pick(&[("firms", "firms"), ("firms", "firms"), ("visits", "visits")]),
            Some("firms") => self.random.pick(&[
                ("visits", "visits"),
                ("visits", "visits"),
                ("union.firms", "firms"),
                ("clubs", "clubs"),
            ]),
            Some("districts") => self.random.pick(&[
                ("own.clubs", "clubs"),
                ("all.clubs", "clubs"),
                ("own.firms", "firms"),
                ("all.firms", "firms"),
                ("own.districts", "districts"),
                ("all.districts", "districts"),
                ("districts", "districts"),
            ]),
            Some("clubs") => ("district.own.clubs", "clubs"),
            Some(_) => ("firm.visits", "visits"),
        };
        self.saw(if set.starts_with("all.") {
            "unit.all"
        } else if set.contains("own.") {
            "unit.own"
        } else {
            "row set"
        });
        if self.rows.len() > 1 {
            self.saw("nested row set");
        }
        let (mut rows, table) = (format!("{path}.{set}"), self.schema.find(of)?);
        while depth > 0 && self.random.once_in(3) {
            self.saw("filter");
            rows = format!("{rows}.filter({})", self.closure(table, depth - 1, Self::flag));
        }
        Some((rows, table))
    }

    fn closure(&mut self, table: TableId, depth: usize, body: impl FnOnce(&mut Self, usize) -> String) -> String {
        let name = format!("r{}", self.rows.len());
        self.rows.push((name.clone(), Some(table)));
        let body = body(self, depth);
        self.rows.pop();
        format!("|{name}| {body}")
    }

    /// Rows may hang in rows only so deep: what is nested deeper only takes longer.
    fn rows_to_go(&mut self, depth: usize) -> Option<(String, TableId)> {
        if self.rows.len() > 3 { None } else { self.row_set(depth) }
    }

    fn of_rows(&mut self, method: &str, depth: usize) -> Option<String> {
        let (rows, table) = self.rows_to_go(depth)?;
        self.saw(method);
        let body = if method == "sum" { Self::number } else { Self::flag };
        Some(format!("{rows}.{method}({})", self.closure(table, depth, body)))
    }

    /// Something that is computed of the values of rows, in order.
    fn list(&mut self, depth: usize) -> Option<String> {
        let (rows, table) = self.rows_to_go(depth)?;
        self.saw("list");
        let closure = self.closure(table, depth, |grammar, depth| grammar.key(Of::Number, depth));
        Some(format!("({rows}.list({closure}).{})", self.of_list()))
    }

    fn of_list(&mut self) -> String {
        let count = |grammar: &mut Self| grammar.random.pick(&["0", "1", "2", "params.least"]);
        let mut words = Vec::new();
        while self.random.once_in(2) {
            let kept = self.random.pick(&["greatest", "least", "without_greatest", "without_least"]);
            self.saw(kept);
            words.push(format!("{kept}({})", count(self)));
        }
        let what = self.random.pick(&["sum", "mean", "median", "nth_greatest", "nth_least", "h_index", "list count"]);
        self.saw(what);
        words.push(match what {
            "mean" | "median" => format!("{what}() ?? 1"),
            "nth_greatest" | "nth_least" => format!("{what}({}) ?? 1", count(self)),
            "list count" => "count()".to_owned(),
            what => format!("{what}()"),
        });
        words.join(".")
    }

    fn count(&mut self, depth: usize) -> Option<String> {
        let (rows, table) = self.rows_to_go(depth)?;
        match self.random.below(4) {
            3 => {
                self.saw("run");
                let number = |grammar: &mut Self, depth: usize| grammar.surely(Of::Number, depth);
                Some(format!("{rows}.run({})", self.closure(table, depth, number)))
            }
            0 => {
                self.saw("count()");
                Some(format!("{rows}.count()"))
            }
            1 => {
                self.saw("count");
                Some(format!("{rows}.count({})", self.closure(table, depth, Self::flag)))
            }
            _ => {
                self.saw("distinct");
                let of = self.random.pick(&[Of::Number, Of::Day, Of::Text, Of::Region, Of::Grade, Of::Flag]);
                let share = self.random.once_in(6);
                let key = |grammar: &mut Self, depth: usize| {
                    let share = if share { grammar.share(depth) } else { None };
                    share.unwrap_or_else(|| grammar.key(of, depth))
                };
                Some(format!("{rows}.distinct({})", self.closure(table, depth, key)))
            }
        }
    }

    fn key(&mut self, of: Of, depth: usize) -> String {
        self.maybe(of, depth).unwrap_or_else(|| self.surely(of, depth))
    }

    fn share(&mut self, depth: usize) -> Option<String> {
        let (rows, table) = self.rows_to_go(depth)?;
        let method = self.random.pick(&["share", "ratio", "mean"]);
        self.saw(method);
        let arguments = match method {
            "share" => self.closure(table, depth, Self::flag),
            "mean" => self.closure(table, depth, Self::number),
            _ => format!("{}, {}", self.closure(table, depth, Self::number), self.closure(table, depth, Self::number)),
        };
        Some(format!("{rows}.{method}({arguments})"))
    }

    fn share_compared(&mut self, depth: usize) -> Option<String> {
        let share = self.share(depth)?;
        if self.random.once_in(5) {
            return Some(format!("({share} == none)"));
        }
        let operator = self.random.pick(&["==", "<", "<=", ">", ">="]);
        self.saw("share compared");
        Some(format!("({share} {operator} {})", self.number(depth)))
    }

    fn extreme(&mut self, of: Of, depth: usize) -> Option<String> {
        let (rows, table) = self.rows_to_go(depth)?;
        let method = self.random.pick(&["min", "max"]);
        self.saw(method);
        let closure = self.closure(table, depth, |grammar, depth| grammar.key(of, depth));
        Some(format!("{rows}.{method}({closure})"))
    }

    /// A field of a row that is picked out of a row set.
    fn picked(&mut self, of: Of, depth: usize) -> Option<String> {
        let (rows, table) = self.rows_to_go(depth)?;
        let method = self.random.pick(&["first", "latest", "only"]);
        let columns: Vec<_> =
            self.schema.table(table).columns.iter().filter(|column| type_of(column) == Some(of)).collect();
        let column = (!columns.is_empty()).then(|| self.random.pick(&columns))?;
        self.saw(method);
        let closure = match method {
            "only" => self.closure(table, depth, Self::flag),
            _ => {
                let key = self.random.pick(&[Of::Number, Of::Day, Of::Grade]);
                self.closure(table, depth, |grammar, depth| grammar.key(key, depth))
            }
        };
        Some(format!("{rows}.{method}({closure}).{}", column.id))
    }
}

fn type_of(column: &ColumnSchema) -> Option<Of> {
    Some(match &column.kind {
        Kind::Text { .. } => Of::Text,
        Kind::Choice(_) => Of::Region,
        Kind::Scale(_) => Of::Grade,
        Kind::Number { .. } => Of::Number,
        Kind::Date { .. } => Of::Day,
        Kind::Flag => Of::Flag,
        Kind::Link { .. } => return None,
    })
}

/// A day that means that something has happened may not have come yet.
fn optional(column: &ColumnSchema) -> bool {
    column.blank == Blank::None || column.kind == Kind::Date { future: false }
}

fn blank(column: &ColumnSchema) -> &'static str {
    match (&column.blank, &column.kind) {
        (_, Kind::Date { future: true }) => "future",
        (Blank::Unknown, _) => "unknown",
        (Blank::None, _) => "none",
        (Blank::Value(_), _) => "value",
    }
}

/// Functions that rules call.
pub const HELPERS: &str = "
fn is_large(x) { x > params.least }
fn either(a, b) { a || b < 1 }
fn is_old(f) { f.founded < params.start && f.workers >= 2 }
fn half_of(a, b) { let sum = a + b; sum / 2 }
";
