//! Findings in rule files.

super::entries! {
    RULE_SYNTAX Error "rule-syntax" {
        "this is not a rule: {reason}"
        "đoạn này không phải quy tắc hợp lệ: {reason}"
    }
    RULE_TOO_LONG Error "rule-too-long" {
        "the rule file has {size} bytes; at most {limit} are read"
        "tệp quy tắc dài {size} byte; chỉ đọc tối đa {limit} byte"
    }
    RULE_TOO_LARGE Error "rule-too-large" {
        "rule `{name}` grows too large or too deep once the functions that it calls stand in place of their calls"
        "quy tắc `{name}` quá lớn hoặc quá sâu khi thay lời gọi bằng thân hàm"
        => "compute less in one rule, and nest less" "hãy tính ít hơn trong một quy tắc và bớt lồng nhau"
    }
    MISSING_RULE Error "missing-rule" {
        "there is no rule `{name}`"
        "không có quy tắc `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "write `fn {name}() {…}` in a rule file" "hãy viết `fn {name}() {…}` trong tệp quy tắc"
    }
    RULE_TAKES_PARAMETERS Error "rule-takes-parameters" {
        "rule `{name}` takes {count} parameter(s); a rule takes none"
        "quy tắc `{name}` có {count} tham số; quy tắc không nhận tham số"
        => "`unit`, `params`, `args`, `period`, `round` and `as_of` are simply there" "`unit`, `params`, `args`, `period`, `round`, `as_of` luôn có sẵn"
    }
    OUTSIDE_SUBSET Error "outside-subset" {
        "{construct} cannot be used in a predicate"
        "không dùng được {construct} trong điều kiện"
        => "{remedy}" "{remedy}"
    }
    INTERPRETED_RULE Warning "interpreted-rule" {
        "rule `{name}` is interpreted for each unit, because of {construct}"
        "quy tắc `{name}` phải diễn giải cho từng đơn vị, vì có {construct}"
        => "it is slower, and the first unknown it touches makes its result undetermined" "chậm hơn, và gặp số liệu chưa biết là kết quả thành chưa xác định"
    }
    MUST_BE_LOWERED Error "must-be-lowered" {
        "rule `{name}` is used as {role} and must stay in the subset; {construct} is outside it"
        "quy tắc `{name}` dùng làm {role} nên phải nằm trong tập con; {construct} nằm ngoài"
    }
    UNKNOWN_VARIABLE Error "unknown-variable" {
        "there is nothing called `{name}` here"
        "ở đây không có gì tên là `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    UNKNOWN_COLUMN Error "unknown-column" {
        "{table} has no column or table `{name}`"
        "{table} không có cột hay bảng `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it has {known}" "hiện có: {known}"
    }
    UNKNOWN_FIELD Error "unknown-field" {
        "{owner} has no `{name}`"
        "{owner} không có `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it has {known}" "hiện có: {known}"
    }
    UNKNOWN_FUNCTION Error "unknown-function" {
        "there is no function `{name}`"
        "không có hàm `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    UNKNOWN_METHOD Error "unknown-method" {
        "{kind} has no method `{name}`"
        "{kind} không có phương thức `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it has {known}" "hiện có: {known}"
    }
    WRONG_ARGUMENT_COUNT Error "wrong-argument-count" {
        "`{name}` takes {expected} argument(s), not {found}"
        "`{name}` nhận {expected} đối số, không phải {found}"
    }
    DIFFERENT_TYPES Error "different-types" {
        "{left} is compared with {right}"
        "đem {left} so với {right}"
        => "both sides must be of the same type" "hai vế phải cùng loại"
    }
    WRONG_TYPE Error "wrong-type" {
        "{expected} is needed here, not {found}"
        "ở đây cần {expected}, không phải {found}"
        => "{remedy}" "{remedy}"
    }
    MAY_BE_NONE Error "may-be-none" {
        "this may be none; {use} needs a value"
        "giá trị này có thể không có; {use} cần có giá trị"
        => "say what then: `x ?? 0`" "hãy nói khi đó lấy gì: `x ?? 0`"
    }
    UNKNOWN_CHOICE Error "unknown-choice" {
        "`{word}` is not a word of `{of}`"
        "`{word}` không có trong các từ của `{of}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it may be {known}" "có thể là: {known}"
    }
    NOT_AMONG_TIED Error "not-among-tied" {
        "who is tied is asked only by a key of a ranking that says so"
        "chỉ tiêu chí xếp hạng có khai báo mới hỏi được đơn vị nào đang bằng nhau"
        => "in `rank.by` of a level, give the key as a table with `rule`, `order` and `among = \"tied\"`" "trong `rank.by` của một cấp, viết tiêu chí thành bảng có `rule`, `order` và `among = \"tied\"`"
    }
    NOT_JUDGED Error "not-judged" {
        "no level judges `{judged}` of {units}"
        "không cấp nào xét `{judged}` cho {units}"
        => "it is judged on {known}" "được xét ở cấp: {known}"
    }
    COLUMN_AND_JUDGED Error "column-and-judged" {
        "`{name}` is a column of {table} and also what a level judges of its rows"
        "`{name}` vừa là cột của {table}, vừa là kết quả một cấp xét cho các dòng của bảng"
        => "give the column another id; its header may stay" "hãy đặt mã khác cho cột; tiêu đề cột giữ nguyên được"
    }
    TYPE_DEPENDS_ON_LEVEL Error "type-depends-on-level" {
        "the levels that judge these rows give {left} and {right}"
        "các cấp xét những dòng này cho {left} và {right}"
        => "filter the rows, and let only one level judge it" "hãy lọc các dòng và chỉ để một cấp xét"
    }
    STAGE_CIRCLE Error "stage-circle" {
        "what is judged rests on itself: {path}"
        "kết quả xét phụ thuộc vào chính nó: {path}"
        => "a rule may read only what is judged before it" "quy tắc chỉ được đọc kết quả đã xét trước đó"
    }
    OWN_OR_ALL Error "own-or-all" {
        "`{name}` can hang on the unit itself and on units below it"
        "`{name}` có thể thuộc chính đơn vị và cả các đơn vị cấp dưới"
        => "write `{unit}.own.{name}` or `{unit}.all.{name}`" "viết `{unit}.own.{name}` hoặc `{unit}.all.{name}`"
    }
    NOT_BELOW Error "not-below" {
        "no link leads from `{table}` up to `{owner}`"
        "không có liên kết nào từ `{table}` lên `{owner}`"
    }
    SEVERAL_WAYS Error "several-ways" {
        "several links lead from `{table}` up to `{owner}`"
        "có nhiều liên kết từ `{table}` lên `{owner}`"
        => "declare one of them as `parent`" "hãy khai báo một liên kết làm `parent`"
    }
    OUTER_ROW_OUT_OF_REACH Error "outer-row-out-of-reach" {
        "this row cannot be read here: no links lead to it from the rows of the closure"
        "ở đây không đọc được dòng này: không có liên kết nào dẫn đến nó từ các dòng của hàm"
        => "use `own` instead of `all`, or a row set that hangs on that row" "dùng `own` thay cho `all`, hoặc tập dòng thuộc chính dòng đó"
    }
    RECURSIVE_RULE Error "recursive-rule" {
        "`{name}` calls itself: {path}"
        "`{name}` tự gọi chính nó: {path}"
    }
    NUMBER_IN_RULE Warning "number-in-rule" {
        "the number {number} is hidden in a rule"
        "con số {number} nằm lẫn trong quy tắc"
        => "move it to `params` with its clause" "hãy đưa vào `params` kèm điều khoản"
    }
    MEASURE_MISMATCH Error "measure-mismatch" {
        "`{criterion}` measures {measure}, but its target `{key}` is {target}"
        "`{criterion}` đo {measure}, nhưng chỉ tiêu `{key}` là {target}"
        => "{remedy}" "{remedy}"
    }
    NOT_A_MEASURE Error "not-a-measure" {
        "rule `{name}` returns {found}; a criterion needs a share, a ratio, a number, a date, a flag or a category"
        "quy tắc `{name}` trả về {found}; tiêu chí cần tỉ lệ, tỉ số, số, ngày, có/không hoặc hạng mục"
    }
    FORBIDDEN_IN_RULES Error "forbidden-in-rules" {
        "{construct} is not allowed in a rule file"
        "tệp quy tắc không được dùng {construct}"
        => "{remedy}" "{remedy}"
    }
    TYPE_DEPENDS_ON_BRANCH Error "type-depends-on-branch" {
        "the branches give {left} and {right}"
        "các nhánh cho {left} và {right}"
        => "all branches must give the same type" "các nhánh phải cùng loại"
    }
}
