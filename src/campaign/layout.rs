//! The keys of `campaign.toml` and of the files that it includes.

use super::clause::ClauseKind;
use super::shape::{Field, Ids, Shape};

const CLAUSE: Field = Field::may("clause", Shape::Text, "the clause of the directive that says so");
const ASSUMED: Field = Field::may("assumed", Shape::Text, "why it is assumed where the directive is silent");
const TITLE: Field = Field::may("title", Shape::Title, "what reports call it");
const TEXTS: Shape = Shape::OneOrMany(&Shape::Text);

/// A whole campaign.
pub static CAMPAIGN: Shape = Shape::Record(&[
    Field::must(
        "id",
        Shape::Text,
        "the name of the campaign in files and arguments",
        "tên của phong trào trong tệp và đối số",
    ),
    TITLE,
    Field::may("issuer", Shape::Text, "the office that issued the directive"),
    Field::must(
        "period",
        Shape::Record(SPAN),
        "the first and the last day of the campaign; both count",
        "ngày đầu và ngày cuối của phong trào, tính cả hai ngày",
    ),
    Field::may("base", Shape::Text, "the campaign that this one builds on: its folder or file, relative to this file"),
    Field::may("remove", TEXTS, "paths of the base campaign that are taken away"),
    Field::may("include", TEXTS, "files whose keys belong to this campaign, relative to this file"),
    Field::may("rules", TEXTS, "rule files, relative to this file; a later function replaces an earlier one"),
    Field::may("data", Shape::Record(DATA), "the dataset that the campaign is evaluated on"),
    Field::may("rounds", Shape::Rounds(ROUND), "the parts of the period; `every = \"year\"` makes one of each year"),
    Field::may("calendar", Shape::Record(CALENDAR), "days of rest, and what becomes of a last day that is one"),
    Field::may(
        "clauses",
        Shape::Map(&Shape::Record(CLAUSE_ENTRY), Ids::Free),
        "what the directive says, clause by clause",
    ),
    Field::may("params", Shape::Map(&Shape::Param, Ids::Named), "numbers, days and flags that rules read"),
    Field::may(
        "scales",
        Shape::Map(&Shape::Map(&Shape::Record(WORD), Ids::Named), Ids::Named),
        "ordered words, worst first",
    ),
    Field::may("tables", Shape::Map(&Shape::Record(TABLE), Ids::Named), "what the data look like"),
    Field::may("levels", Shape::Map(&Shape::Record(LEVEL), Ids::Named), "who is judged"),
    Field::may(
        "defaults",
        Shape::Record(&[Field::may("criteria", Shape::Record(&CRITERION), "merged under every criterion")]),
        "what is merged under others",
    ),
    Field::may("criteria", Shape::Map(&EACH, Ids::Named), "what is measured and judged"),
    Field::may("groups", Shape::Map(&Shape::Record(GROUP), Ids::Named), "where points add up together"),
    Field::may("awards", Shape::Map(&Shape::Record(AWARD), Ids::Named), "what may be won"),
    Field::may(
        "moves",
        Shape::Map(&Shape::Record(MOVE), Ids::Named),
        "what units can do about their data, for `thidua seek`",
    ),
    Field::may(
        "vary",
        Shape::Map(&Shape::Record(VARY), Ids::Free),
        "the ranges of weights by criterion, for `thidua robust`",
    ),
    Field::may(
        "readings",
        Shape::Map(&Shape::Any, Ids::Named),
        "other ways to read an ambiguous clause: patches with a reason",
    ),
]);

/// What becomes of each clause of the directive.
const CLAUSE_ENTRY: &[Field] = &[
    Field::must(
        "about",
        Shape::Text,
        "what the clause says, in other words",
        "điều khoản nói gì, diễn đạt bằng lời khác",
    ),
    Field::must(
        "kind",
        Shape::OneOrMany(&Shape::Word(&ClauseKind::WORDS)),
        "how it can be checked",
        "loại kiểm tra được",
    ),
    Field::may("nothing", Shape::Text, "why nothing can be checked"),
    Field::may("by", TEXTS, "criteria and awards that carry it, beside those whose own clause it is"),
];

const CALENDAR: &[Field] = &[
    Field::may(
        "weekend",
        Shape::Word(&["as_is", "next_working_day"]),
        "what becomes of a last day that is a day of rest",
    ),
    Field::may("holidays", Shape::List(&Shape::Day), "days of rest beside Saturdays and Sundays"),
    Field::may("working", Shape::List(&Shape::Day), "Saturdays and Sundays that are worked"),
    CLAUSE,
    ASSUMED,
];

const SPAN: &[Field] = &[
    Field::must(
        "from",
        Shape::Value,
        "the first day, or `{ unknown = \"why\" }`",
        "ngày đầu, hoặc `{ unknown = \"lý do\" }`",
    ),
    Field::must("to", Shape::Day, "the last day", "ngày cuối"),
    CLAUSE,
    ASSUMED,
];

const ROUND: &[Field] = &[
    TITLE,
    Field::must(
        "from",
        Shape::Value,
        "the first day, or `{ unknown = \"why\" }`",
        "ngày đầu, hoặc `{ unknown = \"lý do\" }`",
    ),
    Field::must("to", Shape::Day, "the last day", "ngày cuối"),
    CLAUSE,
    ASSUMED,
];

const DATA: &[Field] = &[
    Field::must(
        "dir",
        Shape::Text,
        "the folder of the data files, relative to this file",
        "thư mục dữ liệu, tính từ tệp này",
    ),
    Field::may("as_of", Shape::Day, "the day that the figures describe"),
];

const WORD: &[Field] = &[
    Field::may("header", Shape::Text, "what cells say, if not the id"),
    Field::may("also", TEXTS, "what cells may say too"),
    TITLE,
];

const TABLE: &[Field] = &[
    Field::must(
        "file",
        Shape::Text,
        "the file, CSV, XLSX or ODS, relative to the data folder",
        "tệp CSV, XLSX hoặc ODS, tính từ thư mục dữ liệu",
    ),
    Field::may("key", TEXTS, "the column or columns that name a row"),
    Field::may("name", Shape::Text, "the column with the name that people use"),
    Field::may("parent", Shape::Text, "the link that is the edge of the tree"),
    Field::may(
        "no_rows",
        Shape::Either(&Shape::Word(&["none", "unknown"]), &Shape::Record(DELIVERED)),
        "what it means that a unit has no row here; required beside `parent`",
    ),
    Field::may("valid", Shape::Record(VALID), "the columns with the first and last day of a row's life"),
    Field::may("cite", TEXTS, "columns that explanations print of the rows that count: number, day, address"),
    Field::must(
        "columns",
        Shape::Map(&Shape::Record(COLUMN), Ids::Named),
        "the columns that rules may read",
        "các cột mà quy tắc được đọc",
    ),
    Field::may(
        "encoding",
        Shape::Word(&["utf-8", "utf-16", "utf-16be", "windows-1258"]),
        "how the bytes of a text file become letters, if that is not to be found out",
    ),
    Field::may(
        "delimiter",
        Shape::Word(&[",", ";", "tab", "|"]),
        "what stands between the cells of a text file, if that is not to be found out",
    ),
    Field::may("sheet", Shape::Literal, "the sheet of a workbook, by name or by position; the first, if left out"),
    Field::may("header", Shape::Record(HEADER), "where the header row is, if that is not to be found out"),
    Field::may("decimal", MARK, "the decimal mark of its numbers; the other mark may group thousands"),
    Field::may("skip", TEXTS, "how rows begin that are no data"),
    Field::may("blanks", TEXTS, "cells that say no more than a blank one, such as `-`"),
    Field::may(
        "repeated",
        Shape::Either(&Shape::Word(&["unknown", "refuse"]), &Shape::Record(REPEATED)),
        "which row of those with one key counts: none for certain (default), no repeated key at all, or the last",
    ),
    Field::may("provisional", Shape::Text, "the flag that says that the figures of a row are provisional"),
];

const MARK: Shape = Shape::Word(&[",", "."]);

const HEADER: &[Field] = &[
    Field::may("line", Shape::Number, "the line on which it stands, counted from one"),
    Field::may("rows", Shape::Number, "how many rows it has: one or two"),
];

const REPEATED: &[Field] = &[Field::must(
    "last_by",
    Shape::Text,
    "the column of days by which the last row counts",
    "cột ngày để lấy dòng cuối cùng",
)];

const DELIVERED: &[Field] = &[Field::must(
    "delivered",
    Shape::Text,
    "the flag of the parent that says that its list was delivered",
    "cột có/không của cấp trên cho biết đã nộp danh sách",
)];

const VALID: &[Field] = &[
    Field::may("from", Shape::Text, "a row exists from the day in this column"),
    Field::may("to", Shape::Text, "a row exists up to the day in this column"),
];

const COLUMN: &[Field] = &[
    Field::must(
        "type",
        Shape::Word(&["text", "choice", "scale", "number", "date", "flag", "link"]),
        "the type of its cells",
        "loại của các ô",
    ),
    Field::may("header", Shape::Text, "the text in the header row, if not the id"),
    Field::may("aliases", TEXTS, "other texts that may stand in the header row"),
    Field::may("blank", Shape::Literal, "what a blank cell means: `\"unknown\"` (default), `\"none\"`, or a value"),
    Field::may("digits", Shape::Number, "of a text: every cell has exactly so many digits"),
    Field::may(
        "pad",
        Shape::Flag,
        "of a text with `digits`: zeros that a spreadsheet dropped are put back in front, here and in links to it",
    ),
    Field::may("min", Shape::Number, "of a number: no value is less"),
    Field::may("max", Shape::Number, "of a number: no value is greater"),
    Field::may("decimal", MARK, "of a number: its decimal mark; the other mark may group thousands"),
    Field::may("percent", Shape::Word(&["of_100", "of_1"]), "of a number: a share, where 95 or 0.95 is 95%"),
    Field::may(
        "fraction",
        Shape::Word(&["quotient", "numerator"]),
        "of a number: cells may say `19/20`, which is 0.95 or 19",
    ),
    Field::may(
        "values",
        Shape::Either(&Shape::List(&Shape::Text), &Shape::Map(&Shape::Record(WORD), Ids::Plain)),
        "of a choice: its words",
    ),
    Field::may("scale", Shape::Text, "of a scale: which one"),
    Field::may("to", Shape::Text, "of a link: the table that it leads to"),
    Field::may("future", Shape::Flag, "of a date: whether it may lie after the day of evaluation, as due days do"),
    Field::may("serial", Shape::Flag, "of a date: a whole number counts days as spreadsheets do"),
    Field::may("months", Shape::Flag, "of a date: a month may stand for one of its days"),
    Field::may("yes", TEXTS, "of a flag: more words for yes"),
    Field::may("no", TEXTS, "of a flag: more words for no"),
];

const LEVEL: &[Field] = &[
    TITLE,
    Field::may("whole", Shape::Flag, "one unit that owns every row"),
    Field::may("table", Shape::Text, "the table whose rows are the units"),
    Field::may("when", Shape::When, "which of its rows"),
    Field::may("cluster", Shape::Text, "the column with the cluster of a unit"),
    Field::may("people", Shape::Flag, "its units are people: equal ones are listed by their given names"),
    Field::may("score", Shape::Record(SCORE), "how points become a score"),
    Field::may("rank", Shape::Record(RANK), "how units are ranked inside their cluster"),
    Field::may("grades", Shape::Map(&Shape::Record(GRADE), Ids::Named), "grades by score, best first"),
];

const SCORE: &[Field] = &[
    Field::may("round", Shape::Record(ROUNDING), "the digits after the point that points and scores keep"),
    Field::may(
        "not_applicable",
        Shape::Word(&["rescale", "full", "zero"]),
        "what a criterion that does not apply counts",
    ),
    Field::may("of", Shape::Value, "the full score that what was earned is scaled to"),
    Field::may("at_least", Shape::Value, "no score is less"),
    Field::may("at_most", Shape::Value, "no score is greater"),
    Field::may("undetermined", Shape::Word(&["interval"]), "undetermined points make the score an interval"),
    Field::may("not_due", Shape::Word(&["leave_out"]), "what is not due is left out and the score is provisional"),
    CLAUSE,
    ASSUMED,
];

const ROUNDING: &[Field] = &[
    Field::may("items", Shape::Number, "of the points of one criterion"),
    Field::may("score", Shape::Number, "of the score"),
    Field::may("mode", Shape::Word(&["half_up"]), "a half goes away from zero"),
];

const TIES: &str = "what equal units get: 1224, 1334, 1223, 1 2.5 2.5 4, or, where nobody may be equal, open places";

/// Keys of an order: `score desc`, or a table where more is to be said.
const KEYS: Shape = Shape::OneOrMany(&Shape::Either(&Shape::Text, &Shape::Record(KEY)));

const KEY: &[Field] = &[
    Field::may("key", Shape::Text, "`score`, `unrounded_score`, a criterion or a rule"),
    Field::may("rule", Shape::Text, "a rule"),
    Field::must("order", Shape::Word(&["asc", "desc"]), "which end comes first", "đầu nào đứng trước"),
    Field::may("round", Shape::Number, "the digits after the point that it is compared with"),
    Field::may(
        "among",
        Shape::Word(&["tied"]),
        "the rule may ask `tied_with(unit)`: who is equal in all keys before this one",
    ),
];

const RANK: &[Field] = &[
    Field::must(
        "by",
        KEYS,
        "the keys, most important first: `score desc`, a criterion or a rule with `asc` or `desc`",
        "các tiêu chí xếp hạng, quan trọng nhất trước: `score desc`, hoặc tiêu chí hay quy tắc với `asc` hoặc `desc`",
    ),
    Field::may("ties", Shape::Word(&["competition", "modified", "dense", "fractional", "total"]), TIES),
    Field::may("requires", TEXTS, "criteria, awards and rules that must hold for a unit to be ranked"),
    CLAUSE,
    ASSUMED,
];

const GRADE: &[Field] = &[
    TITLE,
    Field::may("at_least", Shape::Value, "the score that it takes"),
    Field::may("more_than", Shape::Value, "the score that must be passed"),
    Field::may("when", Shape::When, "the units that it may be given to"),
    Field::may("requires", TEXTS, "criteria, awards and rules that must hold beside the bar; else the next grade"),
    CLAUSE,
    ASSUMED,
];

/// A criterion; also what `defaults.criteria` and `each` may say.
static CRITERION: [Field; 32] = [
    TITLE,
    CLAUSE,
    ASSUMED,
    Field::may("about", Shape::Text, "what it means"),
    Field::may("levels", TEXTS, "the levels that it judges"),
    Field::may("rounds", TEXTS, "the rounds in which it is judged; `each`, or left out: all"),
    Field::may("strength", Shape::Word(&["obligation", "target", "motto", "info"]), "whether it can fail a unit"),
    Field::may("when", Shape::When, "the units that it applies to"),
    Field::may("rule", Shape::Text, "the rule that measures it, if not the one of its own name"),
    Field::may("column", Shape::Text, "the column that is its measure"),
    Field::may(
        "scorers",
        Shape::Map(&Shape::Record(SCORER), Ids::Named),
        "several who score it, the unit itself first, instead of a rule or a column",
    ),
    Field::may(
        "final",
        Shape::Text,
        "with `scorers`: whose word counts: `last`, `least`, `greatest`, `mean`, or an id",
    ),
    Field::may("args", Shape::Map(&Shape::Literal, Ids::Named), "values that the rule reads as `args`"),
    Field::may("each", Shape::Map(&EACH, Ids::Named), "several criteria with one rule"),
    Field::may("at_least", Shape::Value, "the target: this or more"),
    Field::may("more_than", Shape::Value, "the target: more than this"),
    Field::may("at_most", Shape::Value, "the target: this or less"),
    Field::may("less_than", Shape::Value, "the target: less than this"),
    Field::may("from", Shape::Value, "the target: on this day or later"),
    Field::may("after", Shape::Value, "the target: after this day"),
    Field::may("by", Shape::Value, "the target: on this day or earlier"),
    Field::may("before", Shape::Value, "the target: before this day"),
    Field::may("within", Shape::Record(WITHIN), "the target: from a first to a last day, both included"),
    Field::may("is", Shape::OneOrMany(&Shape::Text), "the target: one of these words"),
    Field::may("present", Shape::Flag, "the target: yes"),
    Field::may("exceeded", Shape::Record(EXCEEDED), "when the target is exceeded"),
    Field::may("missing", Shape::Word(&["unknown", "not_met"]), "what an unreported property of a row counts"),
    Field::may("due", Shape::Value, "the day on which it must be fulfilled; `\"none\"`: the directive sets none"),
    Field::may(
        "at",
        Shape::DayOr(&["round_end"]),
        "the day that it is measured as of, if that comes before the day of evaluation",
    ),
    Field::may("follows", Shape::Text, "the criterion of lower units on which it rests"),
    Field::may("in", Shape::Text, "the group in which its points add up"),
    Field::may("points", Shape::Record(POINTS), "what it earns"),
];

/// What one criterion may say, as a shape of its own: `each` refers back to it.
pub static EACH: Shape = Shape::Record(&CRITERION);

const SCORER: &[Field] = &[
    TITLE,
    Field::may("column", Shape::Text, "the column with what it says; none where it has not scored"),
    Field::may("rule", Shape::Text, "the rule that says it"),
    Field::may(
        "reason",
        Shape::Either(&Shape::Text, &Shape::Record(REASON)),
        "the column with the reason for what differs from the scorer before, or `{ rule = \"…\" }`",
    ),
];

const REASON: &[Field] = &[Field::must("rule", Shape::Text, "the rule that says the reason", "quy tắc cho lý do")];

const WITHIN: &[Field] = &[
    Field::must("from", Shape::Value, "the first day", "ngày đầu"),
    Field::must("to", Shape::Value, "the last day", "ngày cuối"),
    CLAUSE,
    ASSUMED,
];

const EXCEEDED: &[Field] = &[
    Field::may("at_least", Shape::Value, "this or more"),
    Field::may("more_than", Shape::Value, "more than this"),
    Field::may("at_most", Shape::Value, "this or less"),
    Field::may("less_than", Shape::Value, "less than this"),
    Field::may("by", Shape::Value, "on this day or earlier"),
    Field::may("before", Shape::Value, "before this day"),
    CLAUSE,
    ASSUMED,
];

const POINTS: &[Field] = &[
    Field::may("max", Shape::Value, "the points at stake; needed in the full score"),
    Field::may(
        "pot",
        Shape::Word(&["base", "bonus", "penalty"]),
        "what they add to: the full score, or on top or off it",
    ),
    Field::may(
        "by",
        Shape::Word(&["all_or_nothing", "proportional"]),
        "all for a target met, or in proportion to the bar",
    ),
    Field::may("bands", Shape::List(&Shape::Record(BAND)), "points by the band that the value lies in"),
    Field::may("each", Shape::Value, "so many for each occurrence"),
    Field::may("cap", Shape::Value, "with `each`: for all of them together"),
    Field::may("steps", Shape::Record(STEPS), "a first amount above a bar, and more for each further step"),
    Field::may("met", Shape::Value, "of a day: so many in its term"),
    Field::may("late", Shape::Value, "with `met`: so many after it"),
    Field::may("never", Shape::Value, "with `met`: so many if it never came"),
    Field::may("value", Shape::Word(&["as_measured"]), "the value that was measured is the points"),
    Field::may("rule", Shape::Text, "a rule says how many"),
    CLAUSE,
    ASSUMED,
];

const BAND: &[Field] = &[
    Field::may("when", Shape::When, "the units that it is for; all of them, where nothing is said"),
    Field::may("at_least", Shape::Value, "this or more"),
    Field::may("more_than", Shape::Value, "more than this"),
    Field::may("at_most", Shape::Value, "this or less"),
    Field::may("less_than", Shape::Value, "less than this"),
    Field::may("from", Shape::Value, "on this day or later"),
    Field::may("after", Shape::Value, "after this day"),
    Field::may("by", Shape::Value, "on this day or earlier"),
    Field::may("before", Shape::Value, "before this day"),
    Field::must("points", Shape::Value, "the points then", "số điểm khi đó"),
    CLAUSE,
    ASSUMED,
];

const STEPS: &[Field] = &[
    Field::must("above", Shape::Value, "above this, the first amount", "trên mức này được số điểm đầu"),
    Field::must("first", Shape::Value, "the first amount", "số điểm đầu"),
    Field::must("every", Shape::Value, "how far each further step is", "mỗi bậc tiếp theo cách bao nhiêu"),
    Field::must("add", Shape::Value, "what each further step adds", "mỗi bậc tiếp theo cộng bao nhiêu"),
    Field::may("cap", Shape::Value, "at most so many"),
    CLAUSE,
    ASSUMED,
];

/// Points that add up together.
const GROUP: &[Field] = &[
    TITLE,
    CLAUSE,
    ASSUMED,
    Field::may("in", Shape::Text, "the group that it belongs to"),
    Field::may("max", Shape::Value, "the most of the full score that it gives"),
    Field::may("cap", Shape::Record(CAPS), "the most bonus and the most penalty"),
    Field::may("of", Shape::Word(&["sum", "max"]), "the sum of its items (default), or only the best of them"),
    Field::may("requires", TEXTS, "criteria and rules that must hold for it to give anything"),
];

const CAPS: &[Field] = &[
    Field::may("bonus", Shape::Value, "the most bonus"),
    Field::may("penalty", Shape::Value, "the most penalty, without a sign"),
    CLAUSE,
    ASSUMED,
];

const AWARD: &[Field] = &[
    TITLE,
    CLAUSE,
    ASSUMED,
    Field::must("levels", TEXTS, "the levels whose units may win it", "các cấp có đơn vị được xét"),
    Field::may("when", Shape::When, "the units that may win it"),
    Field::may("args", Shape::Map(&Shape::Literal, Ids::Named), "values that its rules read as `args`"),
    Field::may(
        "requires",
        Shape::OneOrMany(&Shape::Either(&Shape::Text, &Shape::Record(REQUIREMENT))),
        "criteria, awards, rules, or `all_met`: every one must hold",
    ),
    Field::may("by", KEYS, "the order among those eligible, as in `rank`"),
    Field::may(
        "quota",
        Shape::List(&Shape::Record(QUOTA)),
        "how many may win it; every one must have room for a winner",
    ),
    Field::may("excludes", TEXTS, "awards: whoever is granted one of them cannot win this one, and the place goes on"),
    Field::may(
        "replaced_by",
        TEXTS,
        "awards: whoever is granted one of them gives this one up, and the place stays empty",
    ),
];

/// One thing that must hold, asked with arguments of its own.
const REQUIREMENT: &[Field] = &[
    Field::must("rule", Shape::Text, "the rule that says yes or no", "quy tắc cho biết có hay không"),
    Field::may("args", Shape::Map(&Shape::Literal, Ids::Named), "what the rule reads as `args`"),
    TITLE,
    CLAUSE,
    ASSUMED,
];

const QUOTA: &[Field] = &[
    Field::must("at_most", Shape::Value, "so many, or a percentage of a set", "số lượng tối đa, hoặc tỉ lệ phần trăm"),
    Field::may(
        "of",
        Shape::Text,
        "what a percentage is taken of: `units`, `eligible`, an award, a criterion or a rule",
    ),
    Field::may("round", ROUND_PLACES, "what becomes of a part of a place; required with a percentage"),
    Field::may("at_least", Shape::Value, "with a percentage: there are no fewer places than this"),
    Field::may(
        "per",
        TEXTS,
        "in each `cluster`, in the whole `level` (default), or for each value of columns and rules",
    ),
    Field::may(
        "at_cut",
        Shape::Word(&["show", "none", "all"]),
        "a tie at the cut is shown (default), or none or all of the tied win; it is never broken in silence",
    ),
    Field::may("up_to", Shape::Value, "with `at_cut = \"all\"`: all, if the winners are no more than this; else none"),
    Field::may("keep", Shape::Record(KEEP), "places that are kept for some"),
    CLAUSE,
    ASSUMED,
];

const KEEP: &[Field] = &[
    Field::must(
        "places",
        Shape::Value,
        "so many, or a percentage of the places",
        "số suất, hoặc tỉ lệ phần trăm số suất",
    ),
    Field::may("round", ROUND_PLACES, "what becomes of a part of a place; required with a percentage"),
    Field::must(
        "for",
        Shape::Text,
        "for whom: a criterion, an award or a rule",
        "dành cho ai: tiêu chí, hình thức khen thưởng hoặc quy tắc",
    ),
    Field::must(
        "unused",
        Shape::Word(&["empty", "pass_on"]),
        "what becomes of those that they do not fill: \"empty\" or \"pass_on\"",
        "suất không dùng hết thì thế nào: \"empty\" (để trống) hoặc \"pass_on\" (chuyển cho đơn vị khác)",
    ),
    CLAUSE,
    ASSUMED,
];

const ROUND_PLACES: Shape = Shape::Word(&["down", "up", "half_up"]);

/// In which range a weight may lie.
const VARY: &[Field] = &[
    Field::must("from", Shape::Number, "the least weight", "điểm nhỏ nhất"),
    Field::must("to", Shape::Number, "the greatest weight", "điểm lớn nhất"),
    CLAUSE,
    ASSUMED,
];

const MOVE: &[Field] = &[
    TITLE,
    Field::must("table", Shape::Text, "the table whose rows it changes", "bảng có dòng được sửa"),
    Field::may("where", Shape::Any, "the rows that can take it, as in an edit of data"),
    Field::may("set", Shape::Map(&Shape::Literal, Ids::Named), "what cells of a row say then"),
    Field::may("step", Shape::Map(&Shape::Number, Ids::Named), "by how much the number in one column moves at a time"),
    Field::may("add", Shape::Map(&Shape::Literal, Ids::Named), "what a row says that is added to the unit"),
    Field::may("remove", Shape::Flag, "the row goes"),
    Field::may("at_most", Shape::Number, "how many steps or added rows there may be; 20 where nothing is said"),
    Field::must("cost", Shape::Number, "what it costs, each time", "chi phí mỗi lần"),
    CLAUSE,
    ASSUMED,
];

/// What a reading says of itself, beside its patch.
pub const READING: &[Field] = &[
    Field::must("question", Shape::Text, "the question that it answers", "câu hỏi mà cách hiểu này trả lời"),
    Field::must("about", Shape::Title, "how it reads the clause", "điều khoản được hiểu thế nào"),
];
