//! Findings in `campaign.toml` and the files it includes.

super::entries! {
    TOML_SYNTAX Error "toml-syntax" {
        "this is not TOML: {reason}"
        "đoạn này không phải TOML: {reason}"
    }
    NOT_A_DECIMAL Error "not-a-decimal" {
        "`{text}` is not a plain decimal"
        "`{text}` không phải số thập phân thường"
        => "write it with digits and one point, such as 12.5" "viết bằng chữ số và một dấu chấm, ví dụ 12.5"
    }
    TOO_MANY_DIGITS Error "too-many-digits" {
        "`{text}` has more digits than can be kept exactly"
        "`{text}` có nhiều chữ số hơn mức có thể giữ chính xác"
    }
    NOT_A_DAY Error "not-a-day" {
        "`{text}` is not a calendar day"
        "`{text}` không phải là một ngày"
        => "write it as 2024-12-31" "viết dạng 2024-12-31"
    }
    UNKNOWN_KEY Error "unknown-key" {
        "unknown key `{key}`"
        "khoá lạ `{key}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "known here: {known}" "ở đây có thể dùng: {known}"
    }
    MISSING_KEY Error "missing-key" {
        "`{key}` is missing"
        "thiếu `{key}`"
        => "add `{key}`: {about}" "thêm `{key}`: {about}"
    }
    WRONG_SHAPE Error "wrong-shape" {
        "`{key}` must be {expected}, not {found}"
        "`{key}` phải là {expected}, không phải {found}"
    }
    BAD_ID Error "bad-id" {
        "`{id}` cannot be an id: {reason}"
        "`{id}` không dùng làm mã được: {reason}"
        => "{remedy}" "{remedy}"
    }
    NUMBER_WITHOUT_SOURCE Error "number-without-source" {
        "`{key}` is stated without a source"
        "`{key}` không rõ căn cứ"
        => "add `clause = \"…\"`, or `assumed = \"why\"`" "thêm `clause = \"…\"`, hoặc `assumed = \"lý do\"`"
    }
    UNKNOWN_REFERENCE Error "unknown-reference" {
        "there is no {kind} `{name}`"
        "không có {kind} `{name}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "declared: {known}" "đã khai báo: {known}"
    }
    SPAN_REVERSED Error "span-reversed" {
        "`{key}` ends on {to}, before it begins on {from}"
        "`{key}` kết thúc ngày {to}, trước khi bắt đầu ngày {from}"
    }
    ROUNDS_OVERLAP Error "rounds-overlap" {
        "rounds `{first}` and `{second}` share the days {from} to {to}"
        "đợt `{first}` và đợt `{second}` trùng nhau từ {from} đến {to}"
    }
    ROUND_OUTSIDE_PERIOD Error "round-outside-period" {
        "round `{round}` reaches outside the period {from} to {to}"
        "đợt `{round}` vượt ra ngoài thời gian {from} đến {to}"
    }
    TWO_RIVAL_BOUNDS Error "two-rival-bounds" {
        "`{first}` and `{second}` both bound the value on the same side"
        "`{first}` và `{second}` cùng chặn giá trị về một phía"
        => "keep one of them" "chỉ giữ một trong hai"
    }
    NEEDS_LOWER_BOUND Error "needs-lower-bound" {
        "proportional points need `at_least` or `more_than` on a number or a share"
        "điểm theo tỉ lệ cần `at_least` hoặc `more_than` trên một số hoặc một tỉ lệ"
    }
    POINTS_WITHOUT_TARGET Error "points-without-target" {
        "`{criterion}` gives points but has no target"
        "`{criterion}` có điểm nhưng không có chỉ tiêu"
        => "give it a target such as `at_least`, or take the points away" "hãy đặt chỉ tiêu như `at_least`, hoặc bỏ điểm"
    }
    SCORE_POLICY_MISSING Error "score-policy-missing" {
        "level `{level}` is judged by score but does not say how to score"
        "cấp `{level}` xét theo tổng điểm nhưng chưa nói cách tính"
        => "add `score` to `levels.{level}`" "thêm `score` vào `levels.{level}`"
    }
    GROUP_DOES_NOT_ADD_UP Warning "group-does-not-add-up" {
        "group `{group}` gives {max} points, and what is in it gives {found} in all"
        "nhóm `{group}` có {max} điểm, còn các mục trong nhóm cộng lại được {found}"
        => "correct the points of the group or of its items" "sửa số điểm của nhóm hoặc của các mục trong nhóm"
    }
    BONUS_WITHOUT_CAP Warning "bonus-without-cap" {
        "nothing bounds the bonus of `{criterion}`"
        "điểm thưởng của `{criterion}` không có mức trần"
        => "give it a `cap`, or its group a `cap.bonus`, or the level's score an `at_most`" "đặt `cap` cho mục, hoặc `cap.bonus` cho nhóm, hoặc `at_most` cho điểm của cấp"
    }
    BAD_RANK_KEY Error "bad-rank-key" {
        "`{text}` is not a ranking key"
        "`{text}` không phải là tiêu chí xếp hạng"
        => "write `score desc`, or the name of a criterion or rule followed by `asc` or `desc`" "viết `score desc`, hoặc tên tiêu chí hay quy tắc rồi đến `asc` hoặc `desc`"
    }
    BAD_PERCENTAGE Error "bad-percentage" {
        "`{text}` is not a percentage"
        "`{text}` không phải là tỉ lệ phần trăm"
        => "write it as \"95%\"" "viết dạng \"95%\""
    }
    INCLUDE_CONFLICT Error "include-conflict" {
        "`{key}` stands in this file and in an included one"
        "`{key}` có cả trong tệp này và tệp được gộp vào"
        => "keep it in one of them" "chỉ giữ ở một tệp"
    }
    TOO_MANY_BASES Error "too-many-bases" {
        "more than {limit} campaigns build on each other, or they go in a circle"
        "hơn {limit} phong trào kế thừa nhau, hoặc kế thừa thành vòng"
    }
    DEADLINE_OUTSIDE_PERIOD Warning "deadline-outside-period" {
        "the due day {day} of `{criterion}` lies outside the period {from} to {to}"
        "hạn {day} của `{criterion}` nằm ngoài thời gian {from} đến {to}"
    }
    ROUNDS_LEAVE_GAP Warning "rounds-leave-gap" {
        "between rounds `{first}` and `{second}` the days {from} to {to} belong to neither"
        "giữa đợt `{first}` và đợt `{second}`, các ngày {from} đến {to} không thuộc đợt nào"
    }
    TARGET_OUT_OF_REACH Warning "target-out-of-reach" {
        "`{key}` {bar} is out of reach: a share lies between 0% and 100%"
        "`{key}` {bar} không thể đạt: tỉ lệ luôn nằm giữa 0% và 100%"
    }
    UNKNOWN_SETTING Error "unknown-setting" {
        "`{key}` cannot be `{word}`"
        "`{key}` không thể là `{word}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it may be {known}" "có thể là: {known}"
    }
    MISPLACED_KEY Error "misplaced-key" {
        "`{key}` belongs to columns of type `{own}`, not `{found}`"
        "`{key}` chỉ dùng cho cột loại `{own}`, không dùng cho `{found}`"
    }
    CLAUSE_CAN_BE_CHECKED Error "clause-can-be-checked" {
        "clause `{clause}` is of a kind that can be checked, and says why nothing can be"
        "điều khoản `{clause}` thuộc loại kiểm tra được nhưng lại nêu lý do không kiểm tra"
        => "only NONE and META may say `nothing`" "chỉ NONE và META mới được ghi `nothing`"
    }
    CLAUSE_NOT_CARRIED Warning "clause-not-carried" {
        "nothing carries clause `{clause}` as {kinds}"
        "chưa có gì thể hiện điều khoản `{clause}` với loại {kinds}"
        => "give a criterion or an award this clause, name one in `by`, or say `nothing` of what cannot be checked" "hãy ghi điều khoản này ở một tiêu chí hay hình thức khen thưởng, nêu tên trong `by`, hoặc ghi `nothing` nếu không kiểm tra được"
    }
    UNREGISTERED_CLAUSE Warning "unregistered-clause" {
        "`{name}` names clause `{clause}`, which is not in the register"
        "`{name}` nêu điều khoản `{clause}` không có trong danh mục `clauses`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    DUE_BEFORE_CHILDREN Warning "due-before-children" {
        "`{criterion}` is due on {day} and rests on `{lower}`, which is due on {theirs}"
        "`{criterion}` đến hạn ngày {day} nhưng dựa trên `{lower}` đến hạn ngày {theirs}"
        => "leave the lower units a day before" "hãy để cấp dưới có hạn trước đó"
    }
    READING_OF_DATA Error "reading-of-data" {
        "a reading is of what the directive says, not of `{key}`"
        "cách hiểu chỉ nói về nội dung chỉ thị, không đổi `{key}`"
        => "let the criterion name another `rule`, or change a param" "hãy cho tiêu chí dùng `rule` khác, hoặc đổi tham số"
    }
    GROUP_CIRCLE Error "group-circle" {
        "groups of points lie in each other: `{path}`"
        "các nhóm điểm nằm trong nhau: `{path}`"
    }
    BANDS_OVERLAP Error "bands-overlap" {
        "the bands of `{criterion}` overlap: some value lies in two"
        "các khoảng điểm của `{criterion}` chồng nhau: có giá trị thuộc hai khoảng"
        => "let one end where the next begins: `less_than` beside `at_least`" "hãy để khoảng này kết thúc nơi khoảng kia bắt đầu: `less_than` cạnh `at_least`"
    }
    BANDS_LEAVE_HOLE Warning "bands-leave-hole" {
        "the bands of `{criterion}` leave out {hole}"
        "các khoảng điểm của `{criterion}` bỏ sót {hole}"
        => "a value there has no points that anybody could name: its points are undetermined" "giá trị rơi vào đó không có điểm xác định: điểm để ngỏ"
    }
    GROUPS_RESCALED Error "groups-rescaled" {
        "level `{level}` adds up points in groups and cannot rescale what does not apply"
        "cấp `{level}` cộng điểm theo nhóm nên không thể quy đổi lại khi có tiêu chí không áp dụng"
        => "write `not_applicable = \"full\"` or `\"zero\"`" "hãy ghi `not_applicable = \"full\"` hoặc `\"zero\"`"
    }
    NO_WORDS Error "no-words" {
        "`{name}` has no words"
        "`{name}` không có từ nào"
        => "list the words that its cells may say" "hãy liệt kê các từ mà ô có thể ghi"
    }
    REPEATED_WORD Error "repeated-word" {
        "`{word}` stands twice among the words of `{of}`"
        "`{word}` có hai lần trong các từ của `{of}`"
    }
    YES_AND_NO Error "yes-and-no" {
        "`{word}` cannot mean both yes and no"
        "`{word}` không thể vừa là có vừa là không"
    }
    REPEATED_HEADER Error "repeated-header" {
        "columns `{first}` and `{second}` are both under the header `{header}`"
        "cột `{first}` và cột `{second}` cùng dùng tiêu đề `{header}`"
    }
    LIMITS_REVERSED Error "limits-reversed" {
        "no number is at least {min} and at most {max}"
        "không số nào vừa từ {min} trở lên vừa không quá {max}"
    }
    WHOLE_WITH_KEY Error "whole-with-key" {
        "level `{level}` is one unit that owns every row, so it has no `{key}`"
        "cấp `{level}` là một đơn vị gồm mọi dòng nên không có `{key}`"
        => "take `whole` or `{key}` away" "hãy bỏ `whole` hoặc `{key}`"
    }
    QUOTA_KEY_SAYS_NOTHING Warning "quota-key-says-nothing" {
        "`{key}` says nothing here: it goes with a percentage, or with `at_cut = \"all\"`"
        "`{key}` ở đây không có tác dụng: chỉ dùng với tỉ lệ phần trăm, hoặc với `at_cut = \"all\"`"
        => "take it away, or write the quota as it is meant" "hãy bỏ đi, hoặc viết lại chỉ tiêu số lượng cho đúng ý"
    }
    QUOTA_OF_NOUGHT Warning "quota-of-nought" {
        "nobody can win within a quota of 0"
        "chỉ tiêu số lượng bằng 0 thì không ai được tặng"
        => "say `when` to whom the award is open, or give it places" "hãy dùng `when` để nêu đối tượng được xét, hoặc cho số suất"
    }
    AWARD_OF_OTHER_LEVEL Warning "award-of-other-level" {
        "`{key}` of `{award}` names `{other}`, which nobody of level `{level}` can win"
        "`{key}` của `{award}` nêu `{other}`, mà không đơn vị nào của cấp `{level}` được xét hình thức này"
        => "give `{other}` the level, or take it away" "hãy thêm cấp này cho `{other}`, hoặc bỏ đi"
    }
    AWARD_OUT_OF_REACH Warning "award-out-of-reach" {
        "nobody can win `{award}`: it requires `{other}` and excludes it"
        "không ai được tặng `{award}`: vừa yêu cầu có `{other}` vừa loại trừ hình thức này"
        => "take it out of `requires` or of `excludes`" "hãy bỏ khỏi `requires` hoặc `excludes`"
    }
}
