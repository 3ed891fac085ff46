//! A compiled expression of zen, the engine of GoRules, for each predicate; the row is its context.

use serde_json::json;
use thidua_peers::{Anything, Firm, Rows, run};
use zen_expression::expression::Standard;
use zen_expression::variable::Variable;
use zen_expression::vm::VM;
use zen_expression::{Expression, compile_expression};

const PREDICATES: [[&str; 2]; 10] = [
    ["not state_owned and workers >= 25", "has_union"],
    ["workers >= 10", "held_on != null and held_on >= 20240101 and held_on <= 20241231"],
    ["has_union", "members != null and members * 10 >= workers * 8"],
    ["has_union and workers >= 25", "agreed_on != null and agreed_on >= 20240101 and agreed_on <= 20241231"],
    ["true", "wage >= 5.25"],
    ["sector == 'xây dựng' or sector == 'khai khoáng'", "accidents == 0"],
    ["workers > 0", "trained * 10 >= workers * 5"],
    ["state_owned", "held_on != null and held_on <= 20240930"],
    ["has_union and not state_owned", "members != null and members > 0 and accidents == 0"],
    ["true", "held_on != null or agreed_on != null"],
];

struct Zen {
    predicates: Vec<[Expression<Standard>; 2]>,
    vm: VM,
    context: Variable,
}

fn main() -> Anything<()> {
    run(|| {
        let compiled = |text: &str| compile_expression(text).map_err(|fault| format!("{text}: {fault}"));
        let mut predicates = Vec::new();
        for [population, property] in PREDICATES {
            predicates.push([compiled(population)?, compiled(property)?]);
        }
        Ok(Box::new(Zen { predicates, vm: VM::new(), context: Variable::Null }))
    })
}

impl Zen {
    fn truth(&mut self, criterion: usize, which: usize) -> Anything<bool> {
        let answer = self.predicates[criterion][which].evaluate_with(self.context.clone(), &mut self.vm);
        Ok(answer.map_err(|fault| fault.to_string())?.as_bool().ok_or("yes or no")?)
    }
}

impl Rows for Zen {
    fn begin(&mut self, firm: &Firm) {
        let row = json!({
            "sector": firm.sector, "state_owned": firm.state_owned, "workers": firm.workers, "members": firm.members,
            "trained": firm.trained, "has_union": firm.has_union, "held_on": firm.held_on, "agreed_on": firm.agreed_on,
            "wage": firm.wage, "accidents": firm.accidents,
        });
        self.context = row.into();
    }

    fn answer(&mut self, criterion: usize) -> Anything<(bool, bool)> {
        let counts = self.truth(criterion, 0)?;
        Ok((counts, counts && self.truth(criterion, 1)?))
    }
}
