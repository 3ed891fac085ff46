//! A compiled rhai expression for each predicate, called for every row; the row has getters.

use std::sync::Arc;

use rhai::{AST, Dynamic, Engine, Scope};
use thidua_peers::{Anything, Firm, Rows, run};

const PREDICATES: [[&str; 2]; 10] = [
    ["!f.state_owned && f.workers >= 25", "f.has_union"],
    ["f.workers >= 10", "f.held_on != () && f.held_on >= 20240101 && f.held_on <= 20241231"],
    ["f.has_union", "f.members != () && f.members * 10 >= f.workers * 8"],
    ["f.has_union && f.workers >= 25", "f.agreed_on != () && f.agreed_on >= 20240101 && f.agreed_on <= 20241231"],
    ["true", "f.wage >= 5.25"],
    [r#"f.sector == "xây dựng" || f.sector == "khai khoáng""#, "f.accidents == 0"],
    ["f.workers > 0", "f.trained * 10 >= f.workers * 5"],
    ["f.state_owned", "f.held_on != () && f.held_on <= 20240930"],
    ["f.has_union && !f.state_owned", "f.members != () && f.members > 0 && f.accidents == 0"],
    ["true", "f.held_on != () || f.agreed_on != ()"],
];

type Row = Arc<Firm>;

struct Script {
    engine: Engine,
    predicates: Vec<[AST; 2]>,
    scope: Scope<'static>,
}

fn main() -> Anything<()> {
    run(|| Ok(Box::new(Script::new()?)))
}

impl Script {
    fn new() -> Anything<Self> {
        let mut engine = Engine::new();
        let maybe = |number: Option<i64>| number.map_or(Dynamic::UNIT, Dynamic::from);
        engine.register_type_with_name::<Row>("Row");
        engine.register_get("sector", |row: &mut Row| row.sector.clone());
        engine.register_get("state_owned", |row: &mut Row| row.state_owned);
        engine.register_get("workers", |row: &mut Row| row.workers);
        engine.register_get("members", move |row: &mut Row| maybe(row.members));
        engine.register_get("trained", |row: &mut Row| row.trained);
        engine.register_get("has_union", |row: &mut Row| row.has_union);
        engine.register_get("held_on", move |row: &mut Row| maybe(row.held_on));
        engine.register_get("agreed_on", move |row: &mut Row| maybe(row.agreed_on));
        engine.register_get("wage", |row: &mut Row| row.wage);
        engine.register_get("accidents", |row: &mut Row| row.accidents);
        let mut predicates = Vec::new();
        for [population, property] in PREDICATES {
            predicates.push([engine.compile_expression(population)?, engine.compile_expression(property)?]);
        }
        Ok(Self { engine, predicates, scope: Scope::new() })
    }

    fn truth(&mut self, criterion: usize, which: usize) -> Anything<bool> {
        Ok(self.engine.eval_ast_with_scope::<bool>(&mut self.scope, &self.predicates[criterion][which])?)
    }
}

impl Rows for Script {
    fn begin(&mut self, firm: &Firm) {
        self.scope.set_value("f", Row::new(firm.clone()));
    }

    fn answer(&mut self, criterion: usize) -> Anything<(bool, bool)> {
        let counts = self.truth(criterion, 0)?;
        Ok((counts, counts && self.truth(criterion, 1)?))
    }
}
