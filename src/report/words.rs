//! The words of reports, in English and Vietnamese.
//!
//! Ids and data never pass through here: JSON and CSV say the same in every language.

use crate::campaign::{BoundKind, Direction, LastWord, Scorers};
use crate::diagnostic::Language;
pub use crate::diagnostic::Phrase;
use crate::evaluate::{AwardVerdict, Beside, KeyHead, LevelOutcome, Otherwise, UnitOutcome, Verdict};
use crate::schema::Title;
use crate::value::{Day, Truth};

/// Declares phrases by name.
macro_rules! phrases {
    ($($name:ident $en:literal $vi:literal)*) => {
        $(#[doc = concat!("“", $en, "”, «", $vi, "»")] pub const $name: Phrase = Phrase { en: $en, vi: $vi };)*
    };
}
pub(super) use phrases;

phrases! {
    ISSUER "Issuer" "Đơn vị phát động"
    AS_OF "As of" "Ngày đánh giá"
    ROUND "Round" "Đợt"
    SHOWN_ONLY "Shown only" "Chỉ hiển thị"
    OPEN "Left open by blanks" "Chưa rõ do thiếu số liệu"
    ASSUMED "Assumptions" "Giả định"
    WARNED "Warnings" "Cảnh báo"
    FILE "File" "Tệp"
    ROWS "Rows" "Số dòng"
    FAULTS "Faults" "Lỗi"
    ABSENT "Not there yet or no longer" "Chưa có hoặc không còn"
    SET_ASIDE "Set aside" "Không tính"
    COLUMN_TITLE "Column" "Cột"
    RESULTS "Results" "Kết quả"
    SOURCES "Sources" "Nguồn số liệu"
    LEVEL "Level" "Cấp"
    NAME "Name" "Tên"
    LEFT_OUT_TITLE "Left out" "Bỏ qua"
    CELLS_IN_DOUBT_TITLE "Cells in doubt" "Ô chưa tin được"
    ROWS_IN_DOUBT_TITLE "Rows in doubt" "Dòng có lỗi"
    HEADER_LINE_TITLE "Header line" "Dòng tiêu đề"
    READ_AS_TITLE "Read as" "Cách đọc"
    KIND "Kind" "Loại"
    FINDING "Finding" "Phát hiện"
    COUNT "Count" "Số lượng"
    FAULT "fault" "lỗi"
    WARNING "warning" "cảnh báo"
    NO_FAULTS "Nothing is wrong with the data." "Số liệu không có lỗi."
    SEVERITY "Severity" "Mức độ"
    CODE "Code" "Mã lỗi"
    PLACE "Place" "Vị trí"
    ROW "Row" "Dòng dữ liệu"
    CELL "Cell" "Ô"
    MESSAGE "Message" "Nội dung"
    REMEDY "Remedy" "Cách sửa"
    ENCODED "read as {value}" "đọc theo bảng mã {value}"
    APART_BY "cells apart by `{value}`" "ô cách nhau bằng `{value}`"
    APART_BY_TABS "cells apart by tabs" "ô cách nhau bằng dấu tab"
    SHEET "sheet {value}" "trang tính {value}"
    HEADER_LINE "header on line {value}" "tiêu đề ở dòng {value}"
    HEADER_ROWS "header of {value} rows" "tiêu đề gồm {value} dòng"
    COMPOSED "letters composed (NFC)" "chữ đã đưa về dựng sẵn (NFC)"
    LEFT_OUT "rows left out: {value}" "số dòng bỏ qua: {value}"
    CELLS_IN_DOUBT "cells in doubt: {value}" "số ô chưa tin được: {value}"
    ROWS_IN_DOUBT "rows in doubt: {value}" "số dòng có lỗi: {value}"
    PADDED "zeros put back: {value}" "đã thêm lại số 0: {value}"
    RENAMED "headers: {value}" "tiêu đề: {value}"
    EXTRA_COLUMNS "columns left alone: {value}" "cột không dùng: {value}"
    NOTHING_SHOWN "Nothing matches the filters." "Không có gì khớp với bộ lọc."

    CRITERION "Criterion" "Chỉ tiêu"
    CRITERIA "Criteria" "Các chỉ tiêu"
    VERDICT "Verdict" "Kết quả"
    VALUE "Value" "Thực hiện"
    TARGET "Target" "Mục tiêu"
    POINTS "Points" "Điểm"
    UNIT "Unit" "Đơn vị"
    UNITS "Units" "Đơn vị"
    RANK "Rank" "Hạng"
    RANKING "Ranking" "Xếp hạng"
    SCORE "Score" "Điểm"
    MET "Met" "Đạt"
    GRADE "Grade" "Xếp loại"
    AWARD "Award" "Khen thưởng"
    AWARDS "Awards" "Khen thưởng"
    DECISION "Decision" "Kết quả"
    CONDITIONS "Conditions" "Điều kiện"
    LACKING "Lacking or open" "Còn thiếu hoặc chưa rõ"
    CLUSTER "Cluster" "Cụm"
    NO_CLUSTER "No known cluster: unranked" "Không rõ cụm: không xếp hạng"
    VERDICTS_BY_CRITERION "Verdicts by criterion" "Kết quả theo chỉ tiêu"
    FIRST_AND_LAST "First and last places" "Đầu bảng và cuối bảng"
    SUMMARISED "A summary; --all shows every unit." "Bản tóm tắt; dùng --all để xem mọi đơn vị."
    NOT_RANKED "not ranked: {conditions}" "không xếp hạng: {conditions}"
    PERHAPS_NOT_RANKED "perhaps not ranked: {conditions}" "có thể không được xếp hạng: {conditions}"
    UNROUNDED_SCORE "unrounded score" "điểm chưa làm tròn"
    ROUNDED_TO "{key}, rounded to {places} decimals" "{key}, làm tròn {places} chữ số thập phân"
    RANKED_BY "By {keys}." "Xếp theo {keys}."
    TIED_NOTE "= tied: equal in every key" "= đồng hạng: bằng nhau ở mọi tiêu chí xếp hạng"

    MEASURED_BY "Measured by" "Đo bằng"
    COMPUTED "How" "Cách tính"
    AT_ONCE "for all units at once" "một lượt cho mọi đơn vị"
    INTERPRETED "interpreted, unit by unit" "thông dịch từng đơn vị"
    RULE "rule" "quy tắc"
    COLUMN "column" "cột"
    ADDITION "How the points add up" "Cách cộng điểm"
    BASE_POINTS "points" "điểm"
    BONUS "bonus" "điểm thưởng"
    PENALTY "penalty" "điểm trừ"
    PASSED_OVER "not “{grade}”: {lacks}" "chưa được xếp loại “{grade}”: {lacks}"
    SCORERS "scorers" "các bên chấm"
    SCORED "Scored" "Chấm điểm"
    NOT_SCORED "not scored" "chưa chấm"
    REASON "reason" "lý do"
    CLAIMED_MORE "the first claims {gap} more than what counts" "bên chấm đầu kê khai cao hơn kết quả được tính {gap}"
    CLAIMED_LESS "the first claims {gap} less than what counts" "bên chấm đầu kê khai thấp hơn kết quả được tính {gap}"
    LAST_WORD "the last who has scored" "bên chấm sau cùng"
    LEAST_WORD "the least that was scored" "mức chấm thấp nhất"
    GREATEST_WORD "the greatest that was scored" "mức chấm cao nhất"
    MEAN_WORD "the mean of what was scored" "trung bình các mức chấm"
    NOT_MEASURED "on no level" "không thuộc cấp nào"
    CHECKED "levels: {levels}, criteria: {criteria}, awards: {awards}, warnings: {warnings}" "cấp: {levels}, chỉ tiêu: {criteria}, hình thức khen thưởng: {awards}, cảnh báo: {warnings}"

    CLAUSE "clause" "mục"
    BESIDE "the place depends on" "suất còn tuỳ thuộc"
    DESCENDING "descending" "giảm dần"
    ASCENDING "ascending" "tăng dần"
    READINGS "Other readings" "Cách hiểu khác"
    READING_CHANGES "changes" "làm đổi"
    READING_CHANGES_NOTHING "changes nothing" "không làm đổi gì"
    OF_POINTS "points of criteria" "điểm chỉ tiêu"
    OF_SCORES "scores" "tổng điểm"
    OF_GRADES "grades" "xếp loại"
    ONLY_THE_BEST "only the best counts" "chỉ tính mục cao nhất"
    MISSES "gives nothing without" "không được tính vì thiếu"
    PERHAPS_MISSES "perhaps gives nothing, by" "có thể không được tính, tuỳ"
    IN_ALL "All together" "Tổng cộng"
    AT_LEAST "at least" "tối thiểu"
    BAND "the band" "mức"
    IN_NO_BAND "in no band: what it gives is open" "không thuộc mức nào: số điểm để ngỏ"
    NEXT_BANDS "The nearest other bands:" "Các mức gần nhất:"
    AWAY "{far} away" "cách {far}"
    ON_THE_EDGE "the value stands on its edge" "giá trị nằm ngay ở ranh giới"
    LOOKED_AT "What the rule of points looked at:" "Quy tắc tính điểm đã xét:"
    IN_ITS_TERM "it came in its term" "đúng hạn"
    AFTER_ITS_TERM "it came outside its term" "ngoài hạn"
    NOT_COME "it has not come" "chưa có"
    TERM_OPEN "it is open whether it came in its term" "chưa rõ có đúng hạn không"
    STANDS_BEFORE "Before it" "Xếp trên"
    STANDS_BEHIND "Behind it" "Xếp dưới"
    STANDS_BESIDE "Equal to it" "Đồng hạng"
    EQUAL_IN "equal in {keys}" "bằng nhau về {keys}"
    BUT_AT_LEAST "but at least" "nhưng ít nhất"
    HANGS_ON_READING "* another reading of the directive gives another answer" "* cách hiểu khác cho kết quả khác"
    AWAITED_OF "Awaited of" "Còn chờ"
    DAYS_LEFT "Left" "Còn lại"
    FULFILLED "Done" "Đã xong"
    NO_LAST_DAY "no last day" "không có hạn"
    PERIOD "Period" "Thời gian"
    UNKNOWN_FIRST_DAY "first day not known" "chưa rõ ngày đầu"
    NOTHING_AWAITED "Nothing is awaited: everybody has fulfilled everything that binds." "Không còn gì phải chờ: mọi yêu cầu bắt buộc đã được thực hiện."
    CARRIED_BY "Carried by" "Thể hiện bằng"
    CLAUSE_ABOUT "What it says" "Nội dung"
    CLAUSE_FIELD "Clause" "Mục"
    CLAUSE_KIND "Kind" "Loại"
    NOTHING_TO_CHECK "nothing to check" "không có gì để kiểm tra"
    NOT_CARRIED "not carried" "chưa được thể hiện"
    NO_REGISTER "The campaign has no register of clauses." "Phong trào chưa có danh mục điều khoản."
    REGISTERED "{clauses} clauses: {carried} carried, {nothing} with nothing to check, {missing} not carried" "{clauses} điều khoản: {carried} đã thể hiện, {nothing} không có gì để kiểm tra, {missing} chưa được thể hiện"
    THE_PERIOD "the period and its rounds" "thời gian và các đợt"
    DUE "Due" "Hạn"
    ONLY_A_MOTTO " (a motto: it fails nobody)" " (phương châm: không làm đơn vị nào không đạt)"
    ONLY_FOR_INFORMATION " (for information: it fails nobody)" " (để tham khảo: không làm đơn vị nào không đạt)"
    PROVISIONAL "provisional" "tạm tính"
    PROVISIONAL_TITLE "Provisional" "Tạm tính"
    PROVISIONAL_MARK "~ provisional: it rests on figures that are not final" "~ tạm tính: dựa trên số liệu chưa chính thức"
    PROVISIONAL_WHY "It is provisional: figures that it rests on, its own or those of what its rule reads, are not final." "Kết quả tạm tính: số liệu mà nó dựa vào, của chính nó hoặc của những gì quy tắc đọc đến, chưa chính thức."
    SO_FAR "so far" "đến nay"
    UNKNOWN "unknown" "chưa rõ"
    NONE "none" "không có"
    NOT_YET "not yet" "chưa có"
    YES "yes" "có"
    NO "no" "không"
    OR "or" "hoặc"
    AND_MORE "and {count} more" "và {count} đơn vị nữa"
    LIST_MISSING "rows not delivered" "chưa nộp danh sách"
    ALL_MET "all obligations and targets met" "đạt mọi nhiệm vụ và chỉ tiêu"
    AT_MOST "at most" "tối đa"
    PER_CLUSTER "in each cluster" "mỗi cụm"
    PER_EACH "for each {per}" "theo từng {per}"
    PART_OF "{part} of {set}" "{part} của {set}"
    SET_OF_UNITS "those who may win it" "đối tượng được xét"
    SET_OF_ELIGIBLE "those eligible" "đối tượng đủ điều kiện"
    KEPT_FOR "some of them kept for: {whom}" "trong đó có suất dành cho: {whom}"
    WHOLE_LEVEL "the whole level" "toàn cấp"
    NOTHING_KEPT "those for whom no places are kept" "đối tượng không được dành suất"
    GROUP "Group" "Nhóm"
    PLACES "Places" "Số suất"
    PLACES_TAKEN "Won" "Được tặng"
    LAST_IN "Last in" "Suất cuối"
    FIRST_OUT "First out" "Người kế tiếp"
    APART_TITLE "Apart" "Chênh lệch"
    BOTH_KEYS "{key}: {theirs} and {mine}" "{key}: {theirs} và {mine}"
    APART "{by} apart" "cách nhau {by}"
    TIED_SHORT "tied" "bằng nhau"
    OPEN_SHORT "open" "chưa rõ"
    OUTSIDE "In no group of the quota" "Không thuộc nhóm nào để tính số lượng"
    REPLACED_BY "given up for" "nhường cho"
    NO_ROOM "no room" "hết suất"
    NOT_GRANTED "not granted" "không được tặng"
    TIE_BROKEN_BY "ahead by" "hơn nhờ"
    OF_VERDICTS "verdicts" "kết quả"
    OF_RANKS "ranks" "thứ hạng"
    OF_AWARDS "awards" "khen thưởng"
}

/// What an answer is called.
#[must_use]
pub fn verdict(verdict: Verdict) -> Phrase {
    verdict.phrase()
}

/// The mark of an answer where there is room for one character.
#[must_use]
pub fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Met => "✓",
        Verdict::Exceeded => "+",
        Verdict::NotMet => "✗",
        Verdict::Undetermined => "?",
        Verdict::NotApplicable => "–",
        Verdict::NotDue => "…",
        Verdict::NoTarget => "○",
        Verdict::Measured => "·",
    }
}

/// Whose word is final, where it is not that of one scorer.
#[must_use]
pub fn last_word(word: LastWord) -> Option<Phrase> {
    match word {
        LastWord::Last => Some(LAST_WORD),
        LastWord::Least => Some(LEAST_WORD),
        LastWord::Greatest => Some(GREATEST_WORD),
        LastWord::Mean => Some(MEAN_WORD),
        LastWord::Of(_) => None,
    }
}

/// Who scores something, by their ids.
#[must_use]
pub fn scorers(scorers: &Scorers, language: Language) -> String {
    let ids: Vec<&str> = scorers.by.iter().map(|scorer| scorer.id.as_str()).collect();
    format!("{} {}", SCORERS.text(language), ids.join(", "))
}

/// The keys of a level's ranking, most important first.
#[must_use]
pub fn ranked_by(level: &LevelOutcome, language: Language) -> String {
    level.settings.rank_by.iter().map(|key| ranking_key(level, key, language)).collect::<Vec<_>>().join(", ")
}

/// What a key is called.
#[must_use]
pub fn key(level: &LevelOutcome, key: &KeyHead, language: Language) -> String {
    match key.subject.as_str() {
        "score" => SCORE.text(language).to_lowercase(),
        "unrounded_score" => UNROUNDED_SCORE.text(language).to_owned(),
        subject => condition(level, subject, language),
    }
}

fn ranking_key(level: &LevelOutcome, of: &KeyHead, language: Language) -> String {
    let (key, name) = (of, key(level, of, language));
    let way = match key.direction {
        Direction::Descending => DESCENDING,
        Direction::Ascending => ASCENDING,
    };
    let written = format!("{name} {}", way.text(language));
    match key.places {
        Some(places) => {
            let text = ROUNDED_TO.text(language).replace("{places}", &places.to_string());
            text.replace("{key}", &written)
        }
        None => written,
    }
}

/// Why a unit is not ranked, or perhaps not; nothing for one that is.
#[must_use]
pub fn unranked(level: &LevelOutcome, unit: &UnitOutcome<'_>, language: Language) -> Option<String> {
    let named = unit.unranked.iter().map(|(id, truth)| match truth {
        Truth::Unknown => format!("{} ({})", condition(level, id, language), UNKNOWN.text(language)),
        _ => condition(level, id, language),
    });
    let conditions = named.collect::<Vec<_>>().join("; ");
    let text = if unit.rank.is_some() { PERHAPS_NOT_RANKED } else { NOT_RANKED };
    (!unit.unranked.is_empty()).then(|| text.text(language).replace("{conditions}", &conditions))
}

/// What a condition of an award is called: the title of the criterion or award that it names, what a rule says of
/// itself, else its own name.
#[must_use]
pub fn condition(level: &LevelOutcome, id: &str, language: Language) -> String {
    if id == "all_met" {
        return ALL_MET.text(language).to_owned();
    }
    if let Some(other) = id.strip_prefix('!') {
        return format!("{}: {}", NOT_GRANTED.text(language), condition(level, other, language));
    }
    let asked = level.awards.iter().flat_map(|head| &head.conditions).find(|head| head.id == id);
    if let Some(asked) = asked.filter(|asked| asked.title != Title::default()) {
        return title(&asked.title, id, language).to_owned();
    }
    let criterion = level.criteria.iter().find(|head| head.id == id).map(|head| &head.title);
    let named = criterion.or_else(|| level.awards.iter().find(|head| head.id == id).map(|head| &head.title));
    let rule = || level.rules.iter().find(|(name, doc)| name == id && !doc.is_empty());
    match named {
        Some(known) => title(known, id, language).to_owned(),
        None => rule().map_or(id, |(_, doc)| doc.trim_end_matches('.')).to_owned(),
    }
}

/// The units beside one, and how many more.
#[must_use]
pub fn beside(beside: &Beside, language: Language) -> String {
    let more = (beside.more > 0).then(|| and_more(beside.more, language));
    beside.units.iter().cloned().chain(more).collect::<Vec<_>>().join(", ")
}

/// That so many units are not named.
#[must_use]
pub fn and_more(count: usize, language: Language) -> String {
    AND_MORE.text(language).replace("{count}", &count.to_string())
}

/// What a decision on an award is called.
#[must_use]
pub fn award(verdict: AwardVerdict) -> Phrase {
    let (en, vi) = match verdict {
        AwardVerdict::Granted => ("granted", "được tặng"),
        AwardVerdict::Replaced => ("replaced", "nhường cho hình thức cao hơn"),
        AwardVerdict::Eligible => ("eligible", "đủ điều kiện"),
        AwardVerdict::NotEligible => ("not eligible", "không đủ điều kiện"),
        AwardVerdict::Undetermined => ("undetermined", "chưa xác định"),
        AwardVerdict::TiedAtCut => ("tied at the cut", "đồng hạng ở mức cuối"),
    };
    Phrase { en, vi }
}

/// What comes out under other readings, after what comes out here: ` [over_ninety: not met]`; nothing where it is the
/// same.
#[must_use]
pub fn otherwise<T>(others: &[Otherwise<T>], say: impl Fn(&T) -> String) -> String {
    if others.is_empty() {
        return String::new();
    }
    let each: Vec<_> = others.iter().map(|other| format!("{}: {}", other.reading, say(&other.result))).collect();
    format!(" [{}]", each.join("; "))
}

/// What stands behind a mark that hangs on the reading of a clause.
#[must_use]
pub fn hangs_on_reading<T>(others: &[Otherwise<T>]) -> &'static str {
    if others.is_empty() { "" } else { "*" }
}

/// The sign behind what rests on provisional figures, for tables.
#[must_use]
pub fn rests_on_provisional(provisional: bool) -> &'static str {
    if provisional { "~" } else { "" }
}

/// The days of the week, Monday first.
const WEEKDAYS: [Phrase; 7] = [
    Phrase { en: "Mon", vi: "thứ hai" },
    Phrase { en: "Tue", vi: "thứ ba" },
    Phrase { en: "Wed", vi: "thứ tư" },
    Phrase { en: "Thu", vi: "thứ năm" },
    Phrase { en: "Fri", vi: "thứ sáu" },
    Phrase { en: "Sat", vi: "thứ bảy" },
    Phrase { en: "Sun", vi: "chủ nhật" },
];

/// The day of the week.
#[must_use]
pub fn weekday(day: Day, language: Language) -> &'static str {
    WEEKDAYS.get(day.weekday() as usize).map_or("", |name| name.text(language))
}

/// The answer to a condition.
#[must_use]
pub fn truth(truth: Truth) -> Phrase {
    match truth {
        Truth::True => YES,
        Truth::False => NO,
        Truth::Unknown => UNKNOWN,
    }
}

/// What stands before a bar.
#[must_use]
pub fn bound(kind: BoundKind) -> Phrase {
    let (en, vi) = match kind {
        BoundKind::AtLeast => ("≥", "≥"),
        BoundKind::MoreThan => (">", ">"),
        BoundKind::AtMost => ("≤", "≤"),
        BoundKind::LessThan => ("<", "<"),
        BoundKind::From => ("from", "từ"),
        BoundKind::After => ("after", "sau"),
        BoundKind::By => ("by", "chậm nhất"),
        BoundKind::Before => ("before", "trước"),
        BoundKind::Is => ("is", "là"),
        BoundKind::Present => ("present:", "có:"),
    };
    Phrase { en, vi }
}

/// What reports call something: its title in the language, else in the other one, else its id.
#[must_use]
pub fn title<'a>(title: &'a Title, id: &'a str, language: Language) -> &'a str {
    let (first, second) = match language {
        Language::En => (&title.en, &title.vi),
        Language::Vi => (&title.vi, &title.en),
    };
    first.as_deref().or(second.as_deref()).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_falls_back_to_the_other_language_and_then_to_the_id() {
        let both = Title { vi: Some("Cờ".into()), en: Some("Flag".into()) };
        let one = Title { vi: Some("Cờ".into()), en: None };
        assert_eq!(title(&both, "flag", Language::En), "Flag");
        assert_eq!(title(&one, "flag", Language::En), "Cờ");
        assert_eq!(title(&Title::default(), "flag", Language::Vi), "flag");
    }

    #[test]
    fn marks_tell_all_verdicts_apart() {
        let mut marks: Vec<_> = Verdict::ALL.into_iter().map(mark).collect();
        marks.sort_unstable();
        marks.dedup();
        assert_eq!(marks.len(), Verdict::ALL.len());
    }
}
