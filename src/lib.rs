//! A rules engine for emulation campaigns.
//!
//! An office issues a directive with targets, deadlines and awards; units report their data; this says for every unit
//! which targets are met, what it scores, where it ranks and which awards it may have — exact, and with the reason.
//! What a directive says is TOML, how each thing is measured is rhai, and the data are CSV files or rows built in code.
//!
//! # From files
//!
//! ```
//! use thidua::evaluate::Verdict;
//! use thidua::load::{self, Request};
//!
//! let run = load::evaluate(&Request { campaign: "rules/lao-cai-2024".into(), ..Request::default() });
//! let run = run.expect("the campaign is sound");
//! let unions = run.outcome.level("unions").expect("it is judged");
//! let h03 = unions.unit("H03").expect("it is a unit");
//! assert_eq!(h03.verdict("union_coverage"), Some(Verdict::Met));
//! ```
//!
//! # From rows built in code
//!
//! ```
//! use thidua::campaign;
//! use thidua::data::{assemble, from_rows};
//! use thidua::document;
//! use thidua::evaluate::{Options, Plan, Verdict, evaluate};
//! use thidua::rule::Library;
//! use thidua::source::Source;
//! use thidua::value::Day;
//!
//! let text = Source::new("campaign.toml", r#"
//!     id       = "small"
//!     period   = { from = 2026-01-01, to = 2026-12-31, clause = "1" }
//!     levels   = { whole = { whole = true } }
//!     criteria = { coverage = { levels = ["whole"], clause = "2", at_least = "95%" } }
//!     [tables.firms]
//!     file    = "firms.csv"
//!     columns = { workers = { type = "number" }, has_union = { type = "flag" } }
//! "#);
//! let rules = Source::new("rules.rhai", "fn coverage() { unit.firms.share(|f| f.has_union) }");
//!
//! let mut faults = Vec::new();
//! let campaign = campaign::read(&document::parse(&text, &mut faults), &mut faults).expect("no fault");
//! let plan = Plan::new(campaign, Library::read(&[rules], &mut faults), None).expect("the rules fit");
//!
//! let schema = &plan.campaign.schema;
//! let firms = schema.find("firms").expect("it is declared");
//! let row = |workers: &str, union: &str| vec![Some(workers.to_owned()), Some(union.to_owned())];
//! let rows = [row("40", "true"), row("25", "true"), row("30", "")];
//! let raw = from_rows(schema, firms, "firms", &rows, &plan.wanted()[firms.0], &mut faults);
//!
//! let as_of = Day::new(2026, 12, 31).expect("a day");
//! let data = assemble(schema, vec![raw], as_of, &mut faults).expect("keys and links are sound");
//! let outcome = evaluate(&plan, &data, Options { as_of, threads: 1 }, &mut faults);
//! let whole = outcome.level("whole").and_then(|level| level.unit("whole")).expect("it is judged");
//! assert_eq!(whole.verdict("coverage"), Some(Verdict::Undetermined));
//! assert!(faults.is_empty());
//! ```
//!
//! The third firm has not said whether it has a union, so the answer is open.
//!
//! # Modules
//!
//! | module | subject |
//! |---|---|
//! | [`value`] | exact numbers, days, three answers, sets of possibilities |
//! | [`source`], [`diagnostic`] | where something stands; what is wrong, and what to do about it |
//! | [`document`], [`schema`] | TOML as a tree with places; what the data look like |
//! | [`campaign`], [`patch`] | what a directive says; edits of it |
//! | [`data`] | CSV and rows into typed columns |
//! | [`rule`] | rules read, checked, lowered, and what they mean |
//! | [`evaluate`] | plan, measures, verdicts, points, ranks, awards; [explanations](evaluate::explain) |
//! | [`scenario`] | what if: compare, sweep, seek, robust |
//! | [`case`] | a few rows and what must come out of them |
//! | [`load`] | the only file access |
//! | [`report`] | an outcome for people and programs |
//!
//! Without the default feature `cli` there is no program, and neither tables for the terminal nor JSON Schemas.

pub mod campaign;
pub mod case;
pub mod data;
pub mod diagnostic;
pub mod document;
pub mod evaluate;
pub mod load;
pub mod patch;
pub mod report;
pub mod rule;
pub mod scenario;
pub mod schema;
pub mod source;
pub mod value;
