//! Findings about files, arguments and runs.

super::entries! {
    UNREADABLE_FILE Error "unreadable-file" {
        "cannot be read: {reason}"
        "không đọc được: {reason}"
        => "the data of `{table}` are looked for there: see `data.dir` and `tables.{table}.file`, or give --data DIR" "dữ liệu của `{table}` được tìm ở đó: xem `data.dir` và `tables.{table}.file`, hoặc cho --data THƯ_MỤC"
    }
    NOT_UTF8 Error "not-utf8" {
        "this is not UTF-8: the first bad byte is at offset {offset}"
        "không phải mã UTF-8: byte sai đầu tiên ở vị trí {offset}"
        => "save the file as UTF-8" "hãy lưu tệp theo mã UTF-8"
    }
    FILE_TOO_LARGE Error "file-too-large" {
        "the file has {size} bytes; at most {limit} are read"
        "tệp dài {size} byte; chỉ đọc tối đa {limit} byte"
    }
    UNWRITABLE_FILE Error "unwritable-file" {
        "cannot write `{file}`: {reason}"
        "không ghi được `{file}`: {reason}"
    }
    UNKNOWN_UNIT Error "unknown-unit" {
        "there is no unit `{unit}`"
        "không có đơn vị `{unit}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    UNIT_NEEDED Error "unit-needed" {
        "no unit is named, and no level has only one"
        "chưa nêu đơn vị, mà không có cấp nào chỉ có một đơn vị"
        => "name one of them: {known}" "hãy nêu một đơn vị: {known}"
    }
    UNKNOWN_NAME Error "unknown-name" {
        "there is no {kind} `{name}` in this campaign"
        "phong trào này không có {kind} `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it has {known}" "hiện có: {known}"
    }
    UNKNOWN_PATH Error "unknown-path" {
        "there is nothing at `{path}`"
        "không có gì ở `{path}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    BAD_EDIT Error "bad-edit" {
        "`{text}` is not PATH=VALUE"
        "`{text}` không có dạng ĐƯỜNG_DẪN=GIÁ_TRỊ"
        => "write for example params.large_firm=20" "ví dụ: params.large_firm=20"
    }
    EDIT_TOO_LATE Error "edit-too-late" {
        "`{path}` says which files a campaign is made of; an edit comes after they are read"
        "`{path}` cho biết phong trào gồm những tệp nào; sửa đổi chỉ được áp dụng sau khi đã đọc các tệp ấy"
        => "write it at the top of the campaign file" "hãy ghi ở đầu tệp phong trào"
    }
    EDIT_CHANGES_NOTHING Warning "edit-changes-nothing" {
        "`{path}` already says {value}; the edit changes nothing"
        "`{path}` vốn đã là {value}; sửa đổi không làm thay đổi gì"
    }
    AS_OF_ASSUMED Warning "as-of-assumed" {
        "no day of evaluation was given; {day} is assumed, the last day of the {span}"
        "chưa cho ngày đánh giá; lấy {day}, ngày cuối của {span}"
        => "give --as-of, or `data.as_of` in the campaign" "hãy cho --as-of, hoặc `data.as_of` trong phong trào"
    }
    EXISTS_ALREADY Error "exists-already" {
        "`{file}` is there already; nothing was written"
        "`{file}` đã có sẵn; không ghi gì cả"
        => "choose a folder that does not exist yet" "hãy chọn một thư mục chưa có"
    }
    NO_CASES Error "no-cases" {
        "there are no cases in `{dir}`"
        "không có ca kiểm thử nào trong `{dir}`"
        => "write one into cases/first.toml, as docs/writing-rules.md shows" "hãy viết một ca vào cases/first.toml như docs/writing-rules.md hướng dẫn"
    }
    EXACTLY_ON_THE_BAR Warning "exactly-on-the-bar" {
        "`{criterion}` of {units} is exactly {bar}: {verdict} here, {other} under the reading `{reading}`"
        "`{criterion}` của {units} đúng bằng {bar}: ở đây {verdict}, theo cách hiểu `{reading}` thì {other}"
        => "question {question}: {about}" "câu hỏi {question}: {about}"
    }
    CRITERIA_AGREE Warning "criteria-agree" {
        "of `{level}`, {criteria} have the same verdict on every unit"
        "với `{level}`, {criteria} cho cùng một kết quả ở mọi đơn vị"
        => "see whether they measure the same thing" "xem các chỉ tiêu này có đo cùng một việc không"
    }
    GRADE_NEVER_GIVEN Warning "grade-never-given" {
        "of `{level}`, nobody gets the grade `{grade}`"
        "với `{level}`, không đơn vị nào được xếp loại `{grade}`"
        => "see whether its bar and its conditions can be reached" "xem mức điểm và điều kiện của loại này có đạt được không"
    }
    AWARD_FOR_EVERYBODY Warning "award-for-everybody" {
        "of `{level}`, everybody who may win `{award}` does"
        "với `{level}`, mọi đơn vị được xét `{award}` đều đạt"
        => "see whether its conditions ask for enough" "xem điều kiện đặt ra đã đủ chặt chưa"
    }
    AWARD_FOR_NOBODY Warning "award-for-nobody" {
        "of `{level}`, nobody is eligible for `{award}`"
        "với `{level}`, không đơn vị nào đủ điều kiện xét `{award}`"
        => "{conditions}: this holds for nobody" "{conditions}: không đơn vị nào đạt"
    }
    QUOTA_LARGER_THAN_FIELD Warning "quota-larger-than-field" {
        "of `{level}`, `{award}` has {places} places for {field} units"
        "với `{level}`, `{award}` có {places} suất cho {field} đơn vị"
        => "see whether the quota is meant for another set" "xem chỉ tiêu số lượng có phải dành cho tập đơn vị khác không"
    }
    CHANGED_WITHOUT_REASON Error "changed-without-reason" {
        "`{scorer}` gives `{criterion}` of {unit} another value than the scorer before, without a reason"
        "`{scorer}` chấm `{criterion}` của {unit} khác bên chấm trước mà không nêu lý do"
        => "fill in the reason in the data" "ghi lý do vào dữ liệu"
    }
    TIED_IN_TOTAL_ORDER Warning "tied-in-total-order" {
        "`{unit}` is equal to another unit in every key, and the ranking allows no ties"
        "`{unit}` bằng đơn vị khác ở mọi tiêu chí xếp hạng, trong khi không được phép bằng nhau"
        => "add a key that parts them, such as lots that were drawn" "thêm tiêu chí để phân định, chẳng hạn kết quả bốc thăm"
    }
    UNIT_WITHOUT_CLUSTER Warning "unit-without-cluster" {
        "{unit} has no known cluster: judged, but unranked and outside the quotas per cluster"
        "{unit} không rõ cụm: vẫn được đánh giá nhưng không xếp hạng và nằm ngoài chỉ tiêu theo cụm"
    }
    POINTS_OUT_OF_REACH Error "points-out-of-reach" {
        "`{criterion}` earns {points} points for {unit}; it may earn from 0 to {max}"
        "`{criterion}` cho {unit} {points} điểm; chỉ được từ 0 đến {max}"
        => "let the rule stay within what is at stake, or say a greater `max`; the points were cut" "hãy để quy tắc cho điểm trong giới hạn, hoặc đặt `max` lớn hơn; số điểm đã bị cắt"
    }
    RULE_FAILED Error "rule-failed" {
        "rule `{rule}` has no answer for {unit}: {reason}; it is taken as unknown"
        "quy tắc `{rule}` không có kết quả cho {unit}: {reason}; coi như chưa biết"
    }
    IMPOSSIBLE_AMOUNT Error "impossible-amount" {
        "`{key}` comes out as {found} for {unit}, which cannot be; it is taken as unknown"
        "`{key}` của {unit} là {found}, không thể có giá trị này; coi như chưa biết"
        => "points are nought or more, a quota is a whole number: give the column its `min`, or mend the cell" "điểm không được âm, chỉ tiêu khen thưởng phải là số nguyên không âm: hãy khai báo `min` cho cột hoặc sửa ô dữ liệu"
    }
    PREDICATE_FAILED Error "predicate-failed" {
        "a predicate of `{rule}` has no answer for {count} row(s) of `{table}`, first {key}: {reason}; it is taken as unknown there"
        "điều kiện của `{rule}` không có kết quả cho {count} dòng của `{table}`, đầu tiên là {key}: {reason}; coi như chưa biết ở đó"
    }
    SCORE_NOT_ROUNDED Error "score-not-rounded" {
        "the points of `{criterion}` for {unit} cannot be written as a decimal, and level `{level}` declares no rounding"
        "điểm của `{criterion}` cho {unit} không viết được thành số thập phân hữu hạn, mà cấp `{level}` không khai báo làm tròn"
        => "add `round.items = 2` and `round.score = 2` to `levels.{level}.score`" "thêm `round.items = 2` và `round.score = 2` vào `levels.{level}.score`"
    }
    UNIT_MEMBERSHIP_UNKNOWN Warning "unit-membership-unknown" {
        "it is not known whether {unit} belongs to the level; it is left out"
        "chưa rõ {unit} có thuộc cấp này không; tạm không tính"
    }
    POLICY_NOT_APPLICABLE_MISSING Error "not-applicable-policy-missing" {
        "a criterion does not apply to {unit}, and level `{level}` does not say what then counts"
        "có tiêu chí không áp dụng cho {unit}, mà cấp `{level}` chưa nói khi đó tính thế nào"
        => "add `not_applicable = \"rescale\"`, `\"full\"` or `\"zero\"` to `levels.{level}.score`" "thêm `not_applicable = \"rescale\"`, `\"full\"` hoặc `\"zero\"` vào `levels.{level}.score`"
    }
    BAD_DATA_EDIT Error "bad-data-edit" {
        "`{text}` is not an edit of data"
        "`{text}` không phải là sửa đổi số liệu"
        => "write `table[key].column=value`, `table[column=value,…].column=value`, `-table[…]`, `+table{column=value}` or `table=file.csv`" "viết `bảng[mã].cột=giá_trị`, `bảng[cột=giá_trị,…].cột=giá_trị`, `-bảng[…]`, `+bảng{cột=giá_trị}` hoặc `bảng=tệp.csv`"
    }
    UNKNOWN_ROW Error "unknown-row" {
        "table `{table}` has no row `{key}`"
        "bảng `{table}` không có dòng `{key}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    CELL_CANNOT_SAY Error "cell-cannot-say" {
        "column `{column}` of `{table}` cannot say `{text}`"
        "cột `{column}` của `{table}` không nhận `{text}`"
    }
    DATA_EDIT_CHANGES_NOTHING Warning "data-edit-changes-nothing" {
        "the edit of `{table}` changes no cell; rows that are meant: {count}"
        "sửa đổi bảng `{table}` không làm thay đổi ô nào; số dòng được chọn: {count}"
        => "look at the rows that are meant" "hãy xem lại các dòng được chọn"
    }
    SCENARIO_CHANGES_NOTHING Warning "scenario-changes-nothing" {
        "`{scenario}` changes no input: its result is today's"
        "`{scenario}` không làm thay đổi đầu vào nào: kết quả vẫn như hiện nay"
    }
    NEW_FUNCTION Error "new-function" {
        "no rule file of the campaign has a function `{name}` that this one could replace"
        "không tệp quy tắc nào của phong trào có hàm `{name}` để thay thế"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    WEIGHT_NOT_WRITTEN Error "weight-not-written" {
        "the weight of `{criterion}` is not one number, so it cannot follow another weight"
        "điểm tối đa của `{criterion}` không phải một số nên không thể điều chỉnh theo điểm khác"
        => "write `weights = \"absolute\"`" "hãy ghi `weights = \"absolute\"`"
    }
    CHANGES_HOLD_TOGETHER Warning "changes-hold-together" {
        "which change caused what is not told: without the others, `{changes}` is no sound campaign"
        "không nêu được thay đổi nào gây ra kết quả nào: nếu tách riêng, `{changes}` không hợp lệ"
    }
    BAD_RANGE Error "bad-range" {
        "`{text}` is not a path with a range of numbers, percentages or days"
        "`{text}` không phải đường dẫn kèm khoảng số, tỉ lệ phần trăm hoặc ngày"
        => "write it as `params.large_firm=15..30`, the lesser value first" "viết dạng `params.large_firm=15..30`, giá trị nhỏ trước"
    }
    NOT_EVERY_BREAKPOINT Warning "not-every-breakpoint" {
        "`{path}` enters in a way that has no closed form: {count} values were tried, and something may change between them"
        "`{path}` tham gia theo cách không có công thức đóng: đã thử {count} giá trị, giữa các giá trị đó kết quả vẫn có thể thay đổi"
    }
    ONE_NUMBER_TWICE Error "one-number-twice" {
        "both ranges move `{path}`: a map needs two numbers"
        "cả hai khoảng đều thay đổi `{path}`: bản đồ cần hai số khác nhau"
    }
    NOT_TWO_RANGES Error "not-two-ranges" {
        "a map moves two numbers, and {count} ranges are given"
        "bản đồ thay đổi hai số, ở đây có {count} khoảng"
    }
    MAP_NOT_PROVED Warning "map-not-proved" {
        "`{paths}` hang on each other, or enter in a way that has no closed form: what lies between the {count} cells that were tried may differ"
        "`{paths}` phụ thuộc lẫn nhau hoặc tham gia theo cách không có công thức đóng: giữa {count} ô đã thử kết quả vẫn có thể khác"
    }
    MAP_CUT Warning "map-cut" {
        "the map ends before {at} of `{path}`: the rest has more than {most} cells in all"
        "bản đồ dừng trước giá trị {at} của `{path}`: phần còn lại vượt quá {most} ô"
        => "choose shorter ranges, or more cells with `--most`" "hãy chọn khoảng hẹp hơn, hoặc nhiều ô hơn bằng `--most`"
    }
    BAD_GOAL Error "bad-goal" {
        "`{text}` is not a goal"
        "`{text}` không phải là mục tiêu cần đạt"
        => "write `award flag`, `rank <= 3`, `grade >= good`, `met union_coverage` or `score >= 90`" "viết `award flag`, `rank <= 3`, `grade >= good`, `met union_coverage` hoặc `score >= 90`"
    }
    MOVES_IMPLIED Warning "moves-implied" {
        "the campaign declares no moves: those that its measures imply are taken, each at a cost of 1"
        "phong trào không khai báo việc có thể làm: dùng các việc suy từ cách đo, mỗi việc tính chi phí 1"
        => "declare them under `[moves]`" "hãy khai báo trong `[moves]`"
    }
    ROWS_NOT_ALIKE Warning "rows-not-alike" {
        "the rules look at rows of `{table}` in a way in which every row may count differently: each is tried by itself"
        "quy tắc xét các dòng của `{table}` theo cách mỗi dòng có thể tính khác nhau: từng dòng được thử riêng"
    }
    RANKS_MAY_BE_WIDE Warning "ranks-may-be-wide" {
        "what is unknown leaves some ranks open: they lie between the places that are told, which are sound but not always as near as they could be"
        "số liệu chưa rõ làm một số thứ hạng còn mở: hạng nằm giữa các mức đã nêu; các mức này chắc chắn nhưng có thể rộng hơn cần thiết"
    }
    QUOTA_DIFFERS Error "quota-differs" {
        "`{key}` of `{award}` is {first} for some units of {group} and {second} for others; the places are taken to lie between"
        "`{key}` của `{award}` là {first} với một số đơn vị của {group} và {second} với đơn vị khác; coi số suất nằm trong khoảng đó"
        => "a quota must be the same for all units that share it" "chỉ tiêu số lượng phải như nhau với mọi đơn vị cùng chia nhau số suất đó"
    }
    QUOTAS_OVERLAP Error "quotas-overlap" {
        "the groups of the quotas of `{award}` overlap and {units} equal units stand at the cut: too many ways to settle it"
        "các nhóm tính chỉ tiêu của `{award}` chồng lên nhau và có {units} đơn vị bằng nhau ở mức cuối: quá nhiều cách chọn để xét hết"
        => "at most {most} are tried; add a key to `by`, or let the groups nest" "chỉ xét tối đa {most} đơn vị; hãy thêm tiêu chí vào `by`, hoặc để các nhóm lồng nhau"
    }
}
