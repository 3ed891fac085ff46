//! The texts of a drafted campaign.

use std::collections::BTreeMap;

use crate::diagnostic::{Language, Phrase};
use crate::document::quoted;
use crate::schema::Encoding;

use super::sheet::{Column, Sheet};

/// The texts, and what somebody has to look at.
pub(super) struct Texts {
    /// `campaign.toml`, `tables.toml` and `criteria.rhai`.
    pub files: [String; 3],
    /// What somebody has to look at.
    pub questions: Vec<String>,
}

const TABLES: Phrase = Phrase::new(
    "# What the data look like, guessed from the files. After each guess stands its evidence; mend what is wrong.",
    "# Số liệu trông thế nào, đoán từ các tệp. Sau mỗi phỏng đoán là căn cứ; hãy sửa chỗ sai.",
);
const READ_AS: Phrase = Phrase::new("{rows} rows; {how}", "{rows} dòng; {how}");
const KEY: Phrase = Phrase::new("every row has another one", "mỗi dòng một mã khác nhau");
const NO_KEY: Phrase =
    Phrase::new("no column of codes has another one in every row", "không có cột mã nào khác nhau ở mọi dòng");
const NO_ROWS: Phrase = Phrase::new(
    "a unit without rows: nobody delivered its list. If it has none, write \"none\"",
    "đơn vị không có dòng nào: chưa nộp danh sách. Nếu là không có, ghi \"none\"",
);
const NO_ROWS_ASKED: Phrase = Phrase::new(
    "tables.{table}.no_rows: has a unit without rows none (\"none\"), or was its list not delivered (\"unknown\")?",
    "tables.{table}.no_rows: đơn vị không có dòng nào là không có (\"none\") hay chưa nộp danh sách (\"unknown\")?",
);
const CAMPAIGN: Phrase = Phrase::new(
    "# What the directive says. Every number has a clause or a reason; the period and the criteria are a beginning.",
    "# Văn bản phát động nói gì. Mỗi con số có mục hoặc lý do; thời gian và chỉ tiêu chỉ là bản nháp.",
);
const PERIOD: Phrase =
    Phrase::new("the year that most days in the data lie in", "năm có nhiều ngày nhất trong số liệu");
const PERIOD_ASKED: Phrase = Phrase::new(
    "campaign.toml, period: which days does the campaign run?",
    "campaign.toml, period: phong trào diễn ra từ ngày nào đến ngày nào?",
);
const TARGET: Phrase = Phrase::new(
    "# A target: at_least = 10, and clause = \"…\" for where the directive says so",
    "# Chỉ tiêu: at_least = 10, và clause = \"…\" là mục của văn bản",
);
const HOW_MANY: Phrase = Phrase::new("/// How many rows `{table}` has.", "/// Số dòng của bảng `{table}`.");
const RULES: Phrase = Phrase::new("// How things are measured.", "// Cách đo từng nội dung.");

/// Writes the three texts.
pub(super) fn texts(sheets: &[Sheet], data: &str, language: Language) -> Texts {
    let mut questions = vec![PERIOD_ASKED.text(language).to_owned()];
    let tables = tables(sheets, language, &mut questions);
    let (campaign, rules) = campaign(sheets, data, language);
    Texts { files: [campaign, tables, rules], questions }
}

fn tables(sheets: &[Sheet], language: Language, questions: &mut Vec<String>) -> String {
    let mut text = vec![format!("{}\n", TABLES.text(language))];
    for sheet in sheets {
        let how = READ_AS.with("rows", sheet.rows).with("how", how(sheet));
        text.push(format!(
            "\n# {}: {}\n[tables.{}]\nfile = {}\n",
            sheet.file,
            how.text(language),
            sheet.id,
            quoted(&sheet.file)
        ));
        let id = |at: usize| sheet.columns.get(at).map_or("", |column| column.id.as_str());
        match sheet.key {
            Some(at) => text.push(format!("key = \"{}\"{:24}# {}\n", id(at), "", KEY.text(language))),
            None => text.push(format!("# key: {}\n", NO_KEY.text(language))),
        }
        if let Some(at) = sheet.name {
            text.push(format!("name = \"{}\"\n", id(at)));
        }
        if let Some(at) = sheet.parent {
            text.push(format!("parent = \"{}\"\nno_rows = \"unknown\"{:16}# {}\n", id(at), "", NO_ROWS.text(language)));
            questions.push(NO_ROWS_ASKED.with("table", &sheet.id).text(language).to_owned());
        }
        text.push(format!("[tables.{}.columns]\n", sheet.id));
        for column in sheet.columns.iter().filter(|column| !column.guess.is_counter) {
            text.push(line(column, language));
            if let Some(question) = &column.guess.question {
                questions.push(format!("tables.{}.columns.{}: {}", sheet.id, column.id, question.text(language)));
            }
        }
    }
    text.concat()
}

fn line(column: &Column, language: Language) -> String {
    let guess = &column.guess;
    let keys = guess.keys.iter().fold(String::new(), |keys, key| keys + ", " + key);
    let declared =
        format!("{} = {{ type = \"{}\", header = {}{keys} }}", column.id, guess.kind, quoted(&column.header));
    format!("{declared:<72} # {}\n", guess.why(language))
}

fn how(sheet: &Sheet) -> String {
    let found = &sheet.found;
    let encoding = found.encoding.map(|encoding: Encoding| encoding.name().to_owned());
    let delimiter = found.delimiter.map(|delimiter| format!("{delimiter:?}"));
    let name = found.sheet.as_ref().map(|sheet| format!("sheet {sheet}"));
    let header = format!("header {}", found.header_line);
    [encoding, delimiter, name, Some(header)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn campaign(sheets: &[Sheet], data: &str, language: Language) -> (String, String) {
    let year = year(sheets);
    let units = units(sheets);
    let mut text = vec![format!(
        "{}\n\nid      = \"draft\"\nperiod  = {{ from = {year}-01-01, to = {year}-12-31, assumed = {} }}\n\
         include = [\"tables.toml\"]\nrules   = [\"criteria.rhai\"]\ndata    = {{ dir = {} }}\n",
        CAMPAIGN.text(language),
        quoted(PERIOD.text(language)),
        quoted(data),
    )];
    let mut rules = vec![format!("{}\n", RULES.text(language))];
    let Some(units) = units else { return (text.concat(), rules.concat()) };
    text.push(format!(
        "\n[levels.{0}]\ntable = \"{0}\"\n\n[defaults.criteria]\nlevels   = [\"{0}\"]\nstrength = \"info\"\n",
        units.id
    ));
    text.push(format!("\n{}\n", TARGET.text(language)));
    let below = sheets.iter().filter(|sheet| hangs_on(sheet, units));
    for sheet in below {
        let id = format!("count_{}", sheet.id);
        text.push(format!("\n[criteria.{id}]\n"));
        rules.push(format!(
            "\n{}\nfn {id}() {{ unit.{}.count() }}\n",
            HOW_MANY.with("table", &sheet.id).text(language),
            sheet.id
        ));
    }
    for column in units.columns.iter().filter(|column| matches!(column.guess.kind, "number" | "flag" | "date")) {
        text.push(format!("\n[criteria.{0}]\ntitle  = {1}\ncolumn = \"{0}\"\n", column.id, quoted(&column.header)));
    }
    (text.concat(), rules.concat())
}

/// The table that most others hang on; else the first with a key.
fn units(sheets: &[Sheet]) -> Option<&Sheet> {
    let children = |sheet: &Sheet| sheets.iter().filter(|other| hangs_on(other, sheet)).count();
    let keyed = || sheets.iter().filter(|sheet| sheet.key.is_some());
    let most = keyed().map(children).max()?;
    keyed().find(|sheet| children(sheet) == most)
}

fn hangs_on(sheet: &Sheet, other: &Sheet) -> bool {
    let parent = sheet.parent.and_then(|at| sheet.columns.get(at));
    parent.is_some_and(|column| column.guess.keys.iter().any(|key| *key == format!("to = \"{}\"", other.id)))
}

/// The year of most days.
fn year(sheets: &[Sheet]) -> i32 {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    let dates = sheets.iter().flat_map(|sheet| &sheet.columns).filter(|column| column.guess.kind == "date");
    for cell in dates.flat_map(|column| &column.cells) {
        let parts = cell.split(|letter: char| !letter.is_ascii_digit()).filter(|part| part.len() == 4);
        for year in parts.filter_map(|part| part.parse().ok()).filter(|year| (1990..2100).contains(year)) {
            *years.entry(year).or_default() += 1;
        }
    }
    let most = years.values().max().copied().unwrap_or(0);
    years.iter().rev().find(|(_, count)| **count == most).map_or(2026, |(year, _)| *year)
}
