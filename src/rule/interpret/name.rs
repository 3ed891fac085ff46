//! Names that are simply there in every rule.

use std::sync::Arc;

use rhai::{Dynamic, Engine, EvalContext, ImmutableString};

use super::halt::{Native, Outcome, Unanswered};
use super::row::Row;
use super::set::Rows;
use super::value::{from_literal, not_applicable};
use super::world::World;
use crate::schema::Literal;

/// For which unit a rule runs, and with which `args`: what the engine carries along as the tag of a run.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub unit: Row,
    pub args: Arc<[(String, Literal)]>,
}

/// `params`
#[derive(Clone, Copy, Debug)]
struct Params;

/// `args`
#[derive(Clone, Debug)]
struct Args(Arc<[(String, Literal)]>);

pub(super) fn register(engine: &mut Engine, world: &Arc<World>) {
    engine.register_type_with_name::<Params>("all params").register_type_with_name::<Args>("all args");
    let of = Arc::clone(world);
    engine
        .register_indexer_get(move |_: &mut Params, name: ImmutableString| -> Native<Dynamic> { Ok(of.param(&name)?) });
    engine.register_indexer_get(|args: &mut Args, name: ImmutableString| -> Native<Dynamic> { Ok(args.get(&name)?) });
    let of = Arc::clone(world);
    #[expect(deprecated, reason = "the library marks the hook as volatile; its version is pinned")]
    engine.on_var(move |name, _, context| Ok(resolve(name, &context, &of)));
}

impl Args {
    fn get(&self, name: &str) -> Outcome<Dynamic> {
        let found = self.0.iter().find(|(id, _)| id == name);
        found
            .map(|(_, literal)| from_literal(literal))
            .ok_or_else(|| Unanswered::failed(format!("there is no arg `{name}`")))
    }
}

/// What a name stands for, where the engine must not look it up itself.
fn resolve(name: &str, context: &EvalContext<'_, '_, '_, '_, '_, '_>, world: &World) -> Option<Dynamic> {
    match context.scope().get(name) {
        Some(bound) => unshared(bound),
        None => ambient(name, context.tag(), world),
    }
}

/// A row or row set that a closure captured. The engine keeps a captured value locked while it calls a method on it,
/// and `f.visits.any(|v| v.day > f.signed)` reads `f` inside: a copy needs no lock.
fn unshared(bound: &Dynamic) -> Option<Dynamic> {
    (bound.is_shared() && (bound.is::<Row>() || bound.is::<Rows>())).then(|| bound.flatten_clone())
}

fn ambient(name: &str, tag: &Dynamic, world: &World) -> Option<Dynamic> {
    let run = || tag.clone().try_cast::<Run>();
    Some(match name {
        "unit" => Dynamic::from(run()?.unit),
        "args" => Dynamic::from(Args(run()?.args)),
        "params" => Dynamic::from(Params),
        "period" => Dynamic::from(world.days.period),
        "round" => Dynamic::from(world.days.round),
        "as_of" => Dynamic::from(world.days.as_of),
        "none" => Dynamic::UNIT,
        "not_applicable" => not_applicable(),
        _ => return None,
    })
}
