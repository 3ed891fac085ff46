//! What a column is, by its cells.

use std::collections::BTreeMap;

use crate::data::{is_date, is_number};
use crate::diagnostic::{Language, Phrase, Wording};
use crate::schema::DecimalMark;
use crate::value::fold;

/// A choice has at most so many words.
const MOST_WORDS: usize = 8;

/// What a column is, what it is declared with, and why.
pub(super) struct Guess {
    /// The type.
    pub kind: &'static str,
    /// What else is declared, as it stands in TOML.
    pub keys: Vec<String>,
    /// Why.
    pub evidence: Wording,
    /// What the user should look at, if the guess may be wrong.
    pub question: Option<Wording>,
    /// Whether the column only numbers the rows.
    pub is_counter: bool,
}

impl Guess {
    fn new(kind: &'static str, evidence: impl Into<Wording>) -> Self {
        Self { kind, keys: Vec::new(), evidence: evidence.into(), question: None, is_counter: false }
    }

    fn with(mut self, key: impl Into<String>) -> Self {
        self.keys.push(key.into());
        self
    }

    fn ask(mut self, question: impl Into<Wording>) -> Self {
        self.question = Some(question.into());
        self
    }

    /// A link to a table, of whose keys so many of its values are.
    pub fn link(table: &str, known: usize, of: usize) -> Self {
        let evidence = LINK.with("known", known).with("of", of).with("table", table);
        let guess = Self::new("link", evidence).with(format!("to = \"{table}\""));
        if known < of { guess.ask(LOST.with("count", of - known).with("table", table)) } else { guess }
    }

    /// A key that other tables write with other zeros in front.
    pub fn lost_zeros(digits: usize) -> Self {
        let guess = Self::new("text", OTHER_ZEROS.with("digits", digits)).with(format!("digits = {digits}"));
        guess.with("pad = true").ask(PADDING)
    }

    /// Whether it is a text.
    pub fn is_text(&self) -> bool {
        self.kind == "text"
    }

    /// The evidence in a language.
    pub fn why(&self, language: Language) -> &str {
        self.evidence.text(language)
    }
}

const LINK: Phrase = Phrase::new(
    "{known} of {of} different values are keys of `{table}`",
    "{known}/{of} giá trị khác nhau là mã của bảng `{table}`",
);
const LOST: Phrase =
    Phrase::new("{count} values are no keys of `{table}`", "có {count} giá trị không có trong bảng `{table}`");
const CODES: Phrase = Phrase::new("a code: no sums are made of it", "là mã: không dùng để tính toán");
const SAME_LENGTH: Phrase =
    Phrase::new("all {count} codes have {digits} digits", "cả {count} mã đều có {digits} chữ số");
const LOST_ZEROS: Phrase = Phrase::new(
    "codes of {short} to {digits} digits; the short ones may have lost zeros",
    "mã có từ {short} đến {digits} chữ số; mã ngắn có thể đã mất số 0 ở đầu",
);
const OTHER_ZEROS: Phrase = Phrase::new(
    "other tables write its codes with other zeros in front; all fit into {digits} digits",
    "bảng khác ghi các mã này với số 0 ở đầu khác đi; tất cả đều vừa {digits} chữ số",
);
const TAX_CODES: Phrase = Phrase::new(
    "codes of 9 digits; a tax code has 10, the first of them is often a zero",
    "mã có 9 chữ số; mã số thuế có 10, chữ số đầu thường là 0",
);
const PADDING: Phrase = Phrase::new(
    "have the short codes lost zeros? with `pad = true` they are put back",
    "các mã ngắn có bị mất số 0 không? `pad = true` sẽ thêm lại",
);
const BLANK: Phrase = Phrase::new("no cell says anything", "không ô nào có nội dung");
const FLAG: Phrase = Phrase::new("every cell says {words}", "mọi ô ghi {words}");
const CROSSES: Phrase = Phrase::new("every cell that is not blank says {words}", "mọi ô không trống đều ghi {words}");
const BLANK_IS_NO: Phrase = Phrase::new(
    "is a blank cell a no? then add `blank = false`; else it is unknown",
    "ô trống có nghĩa là không? nếu đúng, thêm `blank = false`; nếu không, coi như chưa có số liệu",
);
const DAYS: Phrase =
    Phrase::new("{count} of {of} cells are days, the day in front", "{count}/{of} ô là ngày, ngày đứng trước tháng");
const NOT_ALL: Phrase =
    Phrase::new("{count} cells are not: see `thidua validate`", "{count} ô không phải: xem `thidua validate`");
const NUMBERS: Phrase = Phrase::new("{count} of {of} cells are numbers", "{count}/{of} ô là số");
const COMMA: Phrase = Phrase::new(
    "{count} of {of} cells are numbers with a decimal comma, such as `{example}`",
    "{count}/{of} ô là số dùng dấu phẩy thập phân, ví dụ `{example}`",
);
const THOUSANDS: Phrase = Phrase::new(
    "is `{example}` a number of thousands? then `decimal = \",\"` is right; if not, write `decimal = \".\"`",
    "`{example}` là số hàng nghìn? nếu đúng, giữ `decimal = \",\"`; nếu không, ghi `decimal = \".\"`",
);
const PERCENT: Phrase = Phrase::new("percentages such as `{example}`", "tỉ lệ phần trăm, ví dụ `{example}`");
const PERCENT_SCALE: Phrase = Phrase::new(
    "does `{example}` mean per cent? then `percent` is right, else take it away",
    "`{example}` có phải là phần trăm? nếu không, hãy bỏ `percent`",
);
const WORDS: Phrase = Phrase::new("{count} different words in {of} cells", "{count} từ khác nhau trong {of} ô");
const TEXT: Phrase = Phrase::new("{count} different texts", "{count} nội dung khác nhau");
const COUNTER: Phrase = Phrase::new("numbers the rows", "số thứ tự");

/// Guesses what a column is; `exact` of its cells are numbers or days of a workbook.
pub(super) fn guess(header: &str, cells: &[String], exact: usize) -> Guess {
    let said: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let folded = fold(header);
    if ["stt", "tt", "so tt"].contains(&folded.as_str()) || folded == fold("số thứ tự") {
        return Guess { is_counter: true, ..Guess::new("text", COUNTER) };
    }
    if said.is_empty() {
        return Guess::new("text", BLANK);
    }
    let blanks = cells.len() - said.len();
    code(&folded, &said)
        .or_else(|| flag(&said, blanks))
        .or_else(|| days(&said))
        .or_else(|| number(&folded, &said, exact))
        .unwrap_or_else(|| words(&folded, &said))
}

/// A code: so it is called, or it has zeros in front.
fn code(header: &str, said: &[&str]) -> Option<Guess> {
    let called =
        ["mã", "mst", "code"].iter().any(|name| header == fold(name) || header.starts_with(&(fold(name) + " ")));
    let digits = |cell: &&str| cell.bytes().all(|byte| byte.is_ascii_digit());
    let all_digits = said.iter().all(digits);
    let leading = all_digits && said.iter().any(|cell| cell.len() > 1 && cell.starts_with('0'));
    if !called && !leading {
        return None;
    }
    let (short, long) = (said.iter().map(|cell| cell.len()).min()?, said.iter().map(|cell| cell.len()).max()?);
    if is_tax_code(header) && all_digits && (short, long) == (9, 9) {
        return Some(Guess::new("text", TAX_CODES).with("digits = 10").with("pad = true").ask(PADDING));
    }
    Some(match (all_digits && long >= 3, short == long) {
        (true, true) => Guess::new("text", SAME_LENGTH.with("count", said.len()).with("digits", long))
            .with(format!("digits = {long}")),
        (true, false) => Guess::new("text", LOST_ZEROS.with("short", short).with("digits", long))
            .with(format!("digits = {long}"))
            .with("pad = true")
            .ask(PADDING),
        (false, _) => Guess::new("text", CODES),
    })
}

fn is_tax_code(header: &str) -> bool {
    header == "mst" || header.starts_with("mst ") || header.contains(&fold("mã số thuế"))
}

/// Whether nearly all of some cells are of a type: four of five, or all but one.
fn nearly(count: usize, of: usize) -> bool {
    count * 10 >= of * 8 || (count >= 3 && count + 1 == of)
}

fn flag(said: &[&str], blanks: usize) -> Option<Guess> {
    let counts = counted(said);
    let forms: Vec<String> = counts.keys().map(|word| fold(word)).collect();
    let among = |words: &[&str]| forms.iter().all(|form| words.iter().any(|word| fold(word) == *form));
    let list = |words: Vec<&&str>| words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    let shown = list(counts.keys().collect());
    let quoted = |words: &[&str]| {
        let here = counts.keys().filter(|word| words.iter().any(|known| fold(known) == fold(word)));
        here.map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", ")
    };
    if among(&["có", "không", "true", "false"]) {
        return Some(Guess::new("flag", FLAG.with("words", shown)));
    }
    if among(&["x", "✓", "v"]) {
        let guess =
            Guess::new("flag", CROSSES.with("words", shown)).with(format!("yes = [{}]", quoted(&["x", "✓", "v"])));
        return Some(if blanks > 0 { guess.ask(BLANK_IS_NO) } else { guess });
    }
    let (yes, no) = (["đạt", "đã có", "rồi", "có"], ["chưa đạt", "không đạt", "chưa có", "chưa", "không"]);
    let both: Vec<&str> = yes.iter().chain(&no).copied().collect();
    (among(&both) && forms.len() > 1).then(|| {
        let guess = Guess::new("flag", FLAG.with("words", shown));
        guess.with(format!("yes = [{}]", quoted(&yes))).with(format!("no = [{}]", quoted(&no)))
    })
}

fn days(said: &[&str]) -> Option<Guess> {
    let days = said.iter().filter(|cell| is_date(cell, false)).count();
    let months = said.iter().filter(|cell| is_date(cell, true)).count();
    if !nearly(months, said.len()) || days == 0 {
        return None;
    }
    let guess = Guess::new("date", DAYS.with("count", days).with("of", said.len()));
    let guess = if months > days { guess.with("months = true") } else { guess };
    Some(if months < said.len() { guess.ask(NOT_ALL.with("count", said.len() - months)) } else { guess })
}

fn number(header: &str, said: &[&str], exact: usize) -> Option<Guess> {
    let bare: Vec<&str> = said.iter().map(|cell| cell.strip_suffix('%').unwrap_or(cell).trim_end()).collect();
    let count = |mark| bare.iter().filter(|cell| is_number(cell, mark)).count();
    let (plain, comma, point) = (count(None), count(Some(DecimalMark::Comma)), count(Some(DecimalMark::Point)));
    let best = plain.max(comma).max(point);
    if !nearly(best, said.len()) {
        return None;
    }
    let ambiguous = bare
        .iter()
        .find(|cell| is_number(cell, Some(DecimalMark::Point)) && !is_number(cell, None) && !cell.contains(','));
    let example = bare.iter().find(|cell| cell.contains(',') && is_number(cell, Some(DecimalMark::Comma)));
    let mut guess = if exact == said.len() || plain >= comma.max(point) {
        Guess::new("number", NUMBERS.with("count", plain).with("of", said.len()))
    } else if comma >= point {
        let example = example.or(ambiguous).unwrap_or(&"");
        let why = COMMA.with("count", comma).with("of", said.len()).with("example", example);
        let guess = Guess::new("number", why).with("decimal = \",\"");
        match ambiguous {
            Some(cell) if bare.iter().all(|cell| !cell.contains(',')) => guess.ask(THOUSANDS.with("example", cell)),
            _ => guess,
        }
    } else {
        Guess::new("number", NUMBERS.with("count", point).with("of", said.len())).with("decimal = \".\"")
    };
    let signed = said.iter().find(|cell| cell.ends_with('%'));
    let called = header.contains('%') || [fold("tỉ lệ"), fold("tỷ lệ")].iter().any(|name| header.contains(name));
    let small = bare.iter().all(|cell| matches!(cell.as_bytes(), [b'0' | b'1', b'.' | b',', ..] | [b'0' | b'1']));
    if let Some(example) = signed.or_else(|| said.first().filter(|_| called)) {
        let scale = if signed.is_none() && small { "of_1" } else { "of_100" };
        guess = guess.with(format!("percent = {scale:?}"));
        guess.evidence = PERCENT.with("example", example);
        if signed.is_none() {
            guess = guess.ask(PERCENT_SCALE.with("example", example));
        }
    }
    if guess.question.is_none() && best < said.len() {
        guess = guess.ask(NOT_ALL.with("count", said.len() - best));
    }
    Some(guess)
}

fn words(header: &str, said: &[&str]) -> Guess {
    let counts = counted(said);
    let called_name = header.starts_with(&fold("tên")) || header.contains(&fold("họ tên"));
    if counts.len() > MOST_WORDS || said.len() < 2 * counts.len() || called_name {
        return Guess::new("text", TEXT.with("count", counts.len()));
    }
    let list: Vec<String> = counts.keys().map(|word| format!("{word:?}")).collect();
    let evidence = WORDS.with("count", counts.len()).with("of", said.len());
    Guess::new("choice", evidence).with(format!("values = [{}]", list.join(", ")))
}

fn counted<'c>(said: &[&'c str]) -> BTreeMap<&'c str, usize> {
    let mut counts = BTreeMap::new();
    for cell in said {
        *counts.entry(*cell).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(header: &str, cells: &[&str]) -> String {
        let cells: Vec<String> = cells.iter().map(ToString::to_string).collect();
        let guess = guess(header, &cells, 0);
        let asked = if guess.question.is_some() { " ?" } else { "" };
        std::iter::once(guess.kind.to_owned()).chain(guess.keys).collect::<Vec<_>>().join(", ") + asked
    }

    #[test]
    fn columns_are_guessed_by_their_cells_and_doubts_are_asked() {
        let cases: [(&str, &[&str], &str); 17] = [
            ("MST", &["100112233", "200112233"], "text, digits = 10, pad = true ?"),
            ("Ngày họp", &["5/3/2024", "12/4/2024", "chưa họp", "20/4/2024"], "date ?"),
            ("Mã số thuế", &["0100112233", "5300112233"], "text, digits = 10"),
            ("Mã số thuế", &["100112233", "5300112233"], "text, digits = 10, pad = true ?"),
            ("Mã đơn vị", &["H01", "H02"], "text"),
            ("Đã họp", &["Có", "Không", ""], "flag"),
            ("Đã họp", &["x", "", "x"], "flag, yes = [\"x\"] ?"),
            ("Kết quả", &["Đạt", "Chưa đạt", "Đạt"], "flag, yes = [\"Đạt\"], no = [\"Chưa đạt\"]"),
            ("Ngày", &["15/7/2024", "2024-01-02"], "date"),
            ("Ngày", &["15/7/2024", "tháng 3/2024"], "date, months = true"),
            ("Số lao động", &["12", "1500"], "number"),
            ("Số tiền", &["1.234,5", "12"], "number, decimal = \",\""),
            ("Số tiền", &["1.234", "12"], "number, decimal = \",\" ?"),
            ("Tỉ lệ", &["95%", "98,5%"], "number, decimal = \",\", percent = \"of_100\""),
            ("Tỉ lệ", &["0.95", "1"], "number, percent = \"of_1\" ?"),
            ("Cụm", &["Một", "Hai", "Một", "Hai"], "choice, values = [\"Hai\", \"Một\"]"),
            ("Tên", &["Một", "Hai", "Một", "Hai"], "text"),
        ];
        for (header, cells, expected) in cases {
            assert_eq!(declared(header, cells), expected, "{header} {cells:?}");
        }
    }
}
