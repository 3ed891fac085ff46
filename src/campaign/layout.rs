//! The keys of `campaign.toml` and of the files that it includes.

use super::shape::{Field, Ids, Shape};

const fn may(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, shape, required: false, about }
}

const fn must(key: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { key, shape, required: true, about }
}

const CLAUSE: Field = may("clause", Shape::Text, "the clause of the directive that says so");
const ASSUMED: Field = may("assumed", Shape::Text, "why it is assumed where the directive is silent");
const TITLE: Field = may("title", Shape::Title, "what reports call it");
const TEXTS: Shape = Shape::OneOrMany(&Shape::Text);

/// A whole campaign.
pub static CAMPAIGN: Shape = Shape::Record(&[
    must("id", Shape::Text, "the name of the campaign in files and arguments"),
    TITLE,
    may("issuer", Shape::Text, "the office that issued the directive"),
    must("period", Shape::Record(SPAN), "the first and the last day of the campaign; both count"),
    may("base", Shape::Text, "the campaign that this one builds on: its folder or file, relative to this file"),
    may("remove", TEXTS, "paths of the base campaign that are taken away"),
    may("include", TEXTS, "files whose keys belong to this campaign, relative to this file"),
    may("rules", TEXTS, "rule files, relative to this file; a later function replaces an earlier one"),
    may("data", Shape::Record(DATA), "the dataset that the campaign is evaluated on"),
    may("rounds", Shape::Map(&Shape::Record(ROUND), Ids::Plain), "the parts of the period"),
    may("params", Shape::Map(&Shape::Value, Ids::Named), "numbers, days and flags that rules read"),
    may("scales", Shape::Map(&Shape::Map(&Shape::Record(WORD), Ids::Named), Ids::Named), "ordered words, worst first"),
    may("tables", Shape::Map(&Shape::Record(TABLE), Ids::Named), "what the data look like"),
    may("levels", Shape::Map(&Shape::Record(LEVEL), Ids::Named), "who is judged"),
    may("defaults", Shape::Record(&[may("criteria", Shape::Record(&CRITERION), "merged under every criterion")]), "what is merged under others"),
    may("criteria", Shape::Map(&EACH, Ids::Named), "what is measured and judged"),
    may("awards", Shape::Map(&Shape::Record(AWARD), Ids::Named), "what may be won"),
    may("readings", Shape::Map(&Shape::Any, Ids::Named), "other ways to read an ambiguous clause: patches with a reason"),
]);

const SPAN: &[Field] = &[
    must("from", Shape::Day, "the first day"),
    must("to", Shape::Day, "the last day"),
    CLAUSE,
    ASSUMED,
];

const ROUND: &[Field] = &[
    TITLE,
    must("from", Shape::Day, "the first day"),
    must("to", Shape::Day, "the last day"),
    CLAUSE,
    ASSUMED,
];

const DATA: &[Field] = &[
    must("dir", Shape::Text, "the folder of the data files, relative to this file"),
    may("as_of", Shape::Day, "the day that the figures describe"),
];

const WORD: &[Field] = &[
    may("header", Shape::Text, "what cells say, if not the id"),
    TITLE,
];

const TABLE: &[Field] = &[
    must("file", Shape::Text, "the CSV file, relative to the data folder"),
    may("key", TEXTS, "the column or columns that name a row"),
    may("name", Shape::Text, "the column with the name that people use"),
    may("parent", Shape::Text, "the link that is the edge of the tree"),
    may(
        "no_rows",
        Shape::Either(&Shape::Word(&["none", "unknown"]), &Shape::Record(DELIVERED)),
        "what it means that a unit has no row here; required beside `parent`",
    ),
    may("valid", Shape::Record(VALID), "the columns with the first and last day of a row's life"),
    must("columns", Shape::Map(&Shape::Record(COLUMN), Ids::Named), "the columns that rules may read"),
];

const DELIVERED: &[Field] = &[must("delivered", Shape::Text, "the flag of the parent that says that its list was delivered")];

const VALID: &[Field] = &[
    may("from", Shape::Text, "a row exists from the day in this column"),
    may("to", Shape::Text, "a row exists up to the day in this column"),
];

const COLUMN: &[Field] = &[
    must("type", Shape::Word(&["text", "choice", "scale", "number", "date", "flag", "link"]), "the type of its cells"),
    may("header", Shape::Text, "the text in the header row, if not the id"),
    may("blank", Shape::Literal, "what a blank cell means: `\"unknown\"` (default), `\"none\"`, or a value"),
    may("digits", Shape::Number, "of a text: every cell has exactly so many digits"),
    may("min", Shape::Number, "of a number: no value is less"),
    may("max", Shape::Number, "of a number: no value is greater"),
    may(
        "values",
        Shape::Either(&Shape::List(&Shape::Text), &Shape::Map(&Shape::Record(WORD), Ids::Plain)),
        "of a choice: its words",
    ),
    may("scale", Shape::Text, "of a scale: which one"),
    may("to", Shape::Text, "of a link: the table that it leads to"),
    may("future", Shape::Flag, "of a date: whether it may lie after the day of evaluation, as due days do"),
];

const LEVEL: &[Field] = &[
    TITLE,
    may("whole", Shape::Flag, "one unit that owns every row"),
    may("table", Shape::Text, "the table whose rows are the units"),
    may("when", Shape::When, "which of its rows"),
    may("cluster", Shape::Text, "the column with the cluster of a unit"),
    may("score", Shape::Record(SCORE), "how points become a score"),
    may("rank", Shape::Record(RANK), "how units are ranked inside their cluster"),
    may("grades", Shape::Map(&Shape::Record(GRADE), Ids::Named), "grades by score, best first"),
];

const SCORE: &[Field] = &[
    may("round", Shape::Record(ROUNDING), "the digits after the point that points and scores keep"),
    may("not_applicable", Shape::Word(&["rescale", "full", "zero"]), "what a criterion that does not apply counts"),
    may("undetermined", Shape::Word(&["interval"]), "undetermined points make the score an interval"),
    may("not_due", Shape::Word(&["leave_out"]), "what is not due is left out and the score is provisional"),
    CLAUSE,
    ASSUMED,
];

const ROUNDING: &[Field] = &[
    may("items", Shape::Number, "of the points of one criterion"),
    may("score", Shape::Number, "of the score"),
    may("mode", Shape::Word(&["half_up"]), "a half goes away from zero"),
];

const RANK: &[Field] = &[
    must("by", TEXTS, "the keys, most important first: `score desc`, a criterion or a rule with `asc` or `desc`"),
    may("ties", Shape::Word(&["competition", "modified", "dense"]), "1224, 1334 or 1223"),
    CLAUSE,
    ASSUMED,
];

const GRADE: &[Field] = &[
    TITLE,
    may("at_least", Shape::Value, "the score that it takes"),
    may("more_than", Shape::Value, "the score that must be passed"),
    CLAUSE,
    ASSUMED,
];

/// A criterion; also what `defaults.criteria` and `each` may say.
static CRITERION: [Field; 26] = [
    TITLE,
    CLAUSE,
    ASSUMED,
    may("about", Shape::Text, "what it means"),
    may("levels", TEXTS, "the levels that it judges"),
    may("rounds", TEXTS, "the rounds in which it is judged; left out: all"),
    may("strength", Shape::Word(&["obligation", "target", "motto", "info"]), "whether it can fail a unit"),
    may("when", Shape::When, "the units that it applies to"),
    may("rule", Shape::Text, "the rule that measures it, if not the one of its own name"),
    may("column", Shape::Text, "the column that is its measure"),
    may("args", Shape::Map(&Shape::Literal, Ids::Named), "values that the rule reads as `args`"),
    may("each", Shape::Map(&EACH, Ids::Named), "several criteria with one rule"),
    may("at_least", Shape::Value, "the target: this or more"),
    may("more_than", Shape::Value, "the target: more than this"),
    may("at_most", Shape::Value, "the target: this or less"),
    may("less_than", Shape::Value, "the target: less than this"),
    may("from", Shape::Value, "the target: on this day or later"),
    may("after", Shape::Value, "the target: after this day"),
    may("by", Shape::Value, "the target: on this day or earlier"),
    may("before", Shape::Value, "the target: before this day"),
    may("is", Shape::OneOrMany(&Shape::Text), "the target: one of these words"),
    may("present", Shape::Flag, "the target: yes"),
    may("exceeded", Shape::Record(EXCEEDED), "when the target is exceeded"),
    may("missing", Shape::Word(&["unknown", "not_met"]), "what an unreported property of a row counts"),
    may("due", Shape::Value, "the day on which it must be fulfilled"),
    may("points", Shape::Record(POINTS), "what it earns"),
];

/// What one criterion may say, as a shape of its own: `each` refers back to it.
pub static EACH: Shape = Shape::Record(&CRITERION);

const EXCEEDED: &[Field] = &[
    may("at_least", Shape::Value, "this or more"),
    may("more_than", Shape::Value, "more than this"),
    may("at_most", Shape::Value, "this or less"),
    may("less_than", Shape::Value, "less than this"),
    may("by", Shape::Value, "on this day or earlier"),
    may("before", Shape::Value, "before this day"),
];

const POINTS: &[Field] = &[
    must("max", Shape::Value, "the points at stake"),
    may("by", Shape::Word(&["all_or_nothing", "proportional"]), "all for a target met, or in proportion to the bar"),
    CLAUSE,
    ASSUMED,
];

const AWARD: &[Field] = &[
    TITLE,
    CLAUSE,
    ASSUMED,
    must("levels", TEXTS, "the levels whose units may win it"),
    may("when", Shape::When, "the units that may win it"),
    may("requires", TEXTS, "criteria, awards, rules, or `all_met`: every one must hold"),
    may("by", TEXTS, "the order among those eligible, as in `rank`"),
    may("quota", Shape::List(&Shape::Record(QUOTA)), "how many may win it"),
];

const QUOTA: &[Field] = &[
    must("at_most", Shape::Value, "so many"),
    may("per", Shape::Word(&["cluster", "level"]), "in each cluster, or in the whole level (default)"),
    may("at_cut", Shape::Word(&["show"]), "a tie at the cut is shown, never broken in silence"),
    CLAUSE,
    ASSUMED,
];

/// What a reading says of itself, beside its patch.
pub const READING: &[Field] = &[
    must("question", Shape::Text, "the question that it answers"),
    must("about", Shape::Text, "how it reads the clause"),
];
