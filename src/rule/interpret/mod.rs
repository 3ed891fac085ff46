//! The second evaluator: rules as the script engine itself runs them, one unit at a time.
//!
//! It runs what cannot be lowered, and it is the measure of what can: on complete data both give the same answer. It
//! is strict: the first unknown that a rule touches leaves the whole rule without an answer.
//!
//! The engine's values are small: a row is two numbers, a row set a list of them, and the cells stay in their columns.

mod budget;
mod function;
mod halt;
mod hanging;
mod list;
mod name;
mod operator;
mod pick;
mod row;
mod set;
mod value;
mod world;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{AST, CallFnOptions, Dynamic, Engine, Scope};

pub use halt::Unanswered;
pub use value::Answer;

use super::library::Library;
use super::sandbox;
use super::scalar::Days;
use crate::data::Dataset;
use crate::schema::{Literal, Schema, TableId};
use name::Run;
use row::Row;
use world::World;

/// Runs rules one unit at a time.
pub struct Interpreter {
    engine: Engine,
    script: AST,
    world: Arc<World>,
    /// Rules that took too long for some unit: each further unit would cost as much.
    given_up: Mutex<BTreeSet<String>>,
}

impl Interpreter {
    /// An interpreter of a library's rules. A param without a value is unknown.
    #[must_use]
    pub fn new(
        library: &Library,
        schema: &Schema,
        data: &Dataset,
        days: Days,
        params: Vec<(String, Option<Literal>)>,
    ) -> Self {
        let world = Arc::new(World::new(schema.clone(), data.clone(), days, params));
        let mut engine = sandbox::engine();
        budget::register(&mut engine);
        engine.register_iterator::<rhai::Array>();
        name::register(&mut engine, &world);
        row::register(&mut engine, &world);
        set::register(&mut engine, &world);
        list::register(&mut engine, &world);
        pick::register(&mut engine, &world);
        operator::register(&mut engine, &world);
        function::register(&mut engine, &world);
        // A function of a later file replaces an earlier one of the same name.
        let script = library.scripts.iter().fold(AST::empty(), |all, script| all.merge(script));
        Self { engine, script, world, given_up: Mutex::default() }
    }

    /// What a rule returns for a unit: a row of `units`, or the whole.
    ///
    /// # Errors
    /// [`Unanswered`] if the rule touches something unknown, or fails.
    pub fn run(
        &self,
        rule: &str,
        args: &[(String, Literal)],
        units: Option<TableId>,
        row: usize,
    ) -> Result<Answer, Unanswered> {
        if self.given_up.lock().unwrap_or_else(PoisonError::into_inner).contains(rule) {
            return Err(Unanswered::failed("it took too many operations for another unit"));
        }
        let run = Run { unit: Row { table: units, row: Some(row) }, args: args.into() };
        budget::grant();
        // The one place where the engine runs rules. It can panic, on constant maps for one, and a rule must not take
        // the host with it. Nothing of the engine is changed by a run, so nothing is left half done.
        let returned = catch_unwind(AssertUnwindSafe(|| self.call(rule, run)));
        if budget::is_spent() {
            self.given_up.lock().unwrap_or_else(PoisonError::into_inner).insert(rule.to_owned());
        }
        let held = returned.unwrap_or_else(|_| Err(Unanswered::failed("the script engine gave up")))?;
        self.world.vocabulary.answer(&held)
    }

    fn call(&self, rule: &str, run: Run) -> Result<Dynamic, Unanswered> {
        let options = CallFnOptions::new().eval_ast(false).with_tag(run);
        let returned = self.engine.call_fn_with_options(options, &mut Scope::new(), &self.script, rule, ());
        returned.map_err(|error| Unanswered::of(&error))
    }
}

impl std::fmt::Debug for Interpreter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Interpreter").field("script", &self.script).finish_non_exhaustive()
    }
}
