//! Findings in data files.

super::entries! {
    MISSING_COLUMN Error "missing-column" {
        "there is no column `{header}`"
        "không có cột `{header}`"
        => "did you mean `{near}`?" "có phải là cột `{near}`?"
        => "its columns are {known}" "các cột hiện có: {known}"
    }
    REPEATED_COLUMN Error "repeated-column" {
        "there are two columns `{header}`"
        "có hai cột cùng tên `{header}`"
        => "rename one of them" "hãy đổi tên một cột"
    }
    EMPTY_FILE Error "empty-file" {
        "there is no header row"
        "không có dòng tiêu đề"
    }
    UNCLOSED_QUOTE Error "unclosed-quote" {
        "a cell on or below this line begins with a quotation mark that is never closed; the file is not used"
        "từ dòng này có một ô mở ngoặc kép mà không đóng; không dùng tệp này"
        => "close it, or write a quotation mark inside a cell twice" "hãy đóng lại, hoặc viết dấu ngoặc kép trong ô thành hai dấu"
    }
    NOT_A_NUMBER Error "not-a-number" {
        "`{cell}` is not a number; the cell is taken as unknown"
        "`{cell}` không phải là số; coi như chưa có số liệu"
        => "write digits with at most one point, such as 1234.5" "viết chữ số, nhiều nhất một dấu chấm, ví dụ 1234.5"
    }
    NUMBER_OUT_OF_RANGE Error "number-out-of-range" {
        "{cell} is outside what the column allows ({limits}); the cell is taken as unknown"
        "{cell} nằm ngoài mức mà cột cho phép ({limits}); coi như chưa có số liệu"
    }
    NUMBER_TOO_LONG Error "number-too-long" {
        "`{cell}` has more than {most} digits; the cell is taken as unknown"
        "`{cell}` có hơn {most} chữ số; coi như chưa có số liệu"
    }
    NOT_A_DATE Error "not-a-date" {
        "`{cell}` is not a day of the calendar; the cell is taken as unknown"
        "`{cell}` không phải là ngày có thật; coi như chưa có số liệu"
        => "write it as 2024-07-15 or 15/7/2024" "viết dạng 2024-07-15 hoặc 15/7/2024"
    }
    NOT_A_FLAG Error "not-a-flag" {
        "`{cell}` is neither yes nor no; the cell is taken as unknown"
        "`{cell}` không phải Có hay Không; coi như chưa có số liệu"
        => "write Có or Không, true or false, 1 or 0" "viết Có hoặc Không, true hoặc false, 1 hoặc 0"
    }
    UNKNOWN_WORD Error "unknown-word" {
        "`{cell}` is not a word of this column; the cell is taken as unknown"
        "`{cell}` không có trong danh mục của cột; coi như chưa có số liệu"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it may say {known}" "có thể ghi: {known}"
    }
    WRONG_LENGTH Error "wrong-length" {
        "`{cell}` is not made of exactly {expected} digits; the cell is taken as unknown"
        "`{cell}` không gồm đúng {expected} chữ số; coi như chưa có số liệu"
        => "a spreadsheet may have dropped leading zeros: `{padded}`?" "bảng tính có thể đã làm mất số 0 ở đầu: `{padded}`?"
    }
    TOO_FEW_CELLS Error "too-few-cells" {
        "the row has {found} cells where the header has {expected}; the missing ones are taken as unknown"
        "dòng có {found} ô, tiêu đề có {expected}; các ô thiếu coi như chưa có số liệu"
    }
    TOO_MANY_CELLS Error "too-many-cells" {
        "the row has {found} cells where the header has {expected}; all but its key and parent are taken as unknown"
        "dòng có {found} ô, tiêu đề có {expected}; trừ mã và đơn vị cấp trên, mọi ô coi như chưa có số liệu"
        => "put a cell that contains a comma into quotes" "ô có dấu phẩy phải để trong ngoặc kép"
    }
    REPEATED_KEY_STOPS Error "repeated-key-stops" {
        "key `{key}` stands on lines {first} and {second}; others point to it, so evaluation stops"
        "mã `{key}` có ở dòng {first} và dòng {second}; các bảng khác trỏ đến nên dừng đánh giá"
        => "remove one of the two rows" "hãy bỏ một trong hai dòng"
    }
    REPEATED_ROW Warning "repeated-row" {
        "key `{key}` stands on lines {first} and {second} with the same cells; the second row is not counted"
        "mã `{key}` lặp lại ở dòng {first} và dòng {second}, nội dung như nhau; không tính dòng sau"
    }
    REPEATED_KEY Error "repeated-key" {
        "key `{key}` stands on lines {first} and {second} with different cells; those that differ are taken as unknown: {columns}"
        "mã `{key}` có ở dòng {first} và dòng {second} với nội dung khác nhau; các ô khác nhau coi như chưa có số liệu: {columns}"
        => "keep the row that is right" "hãy giữ dòng đúng"
    }
    REPEATED_KEY_PARENTS Error "repeated-key-parents" {
        "key `{key}` stands on lines {first} and {second} under different units; both are set aside and count for none"
        "mã `{key}` có ở dòng {first} và dòng {second} với đơn vị cấp trên khác nhau; để riêng, không tính cho đơn vị nào"
        => "keep the row that is right" "hãy giữ dòng đúng"
    }
    BLANK_KEY Error "blank-key" {
        "the row has no key in `{header}`; it is set aside"
        "dòng không có mã ở cột `{header}`; để riêng, không tính"
    }
    PARENT_BLANK Error "parent-blank" {
        "the row names no unit in `{header}`; it is set aside and counts for none"
        "dòng không ghi đơn vị ở cột `{header}`; để riêng, không tính cho đơn vị nào"
    }
    PARENT_NOT_FOUND Error "parent-not-found" {
        "`{cell}` is not in `{table}`, or does not count there; the row is set aside and counts for none"
        "`{cell}` không có hoặc không được tính trong bảng `{table}`; để riêng, không tính cho đơn vị nào"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    LINK_NOT_FOUND Error "link-not-found" {
        "`{cell}` is not in `{table}`, or does not count there; the cell is taken as unknown"
        "`{cell}` không có hoặc không được tính trong bảng `{table}`; coi như chưa có số liệu"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
    PARENT_CYCLE Error "parent-cycle" {
        "the parents go in a circle: {path}; evaluation stops"
        "quan hệ cấp trên khép vòng: {path}; dừng đánh giá"
    }
    LINK_WITHOUT_KEY Error "link-without-key" {
        "column `{column}` links to `{table}`, which does not have exactly one key column; evaluation stops"
        "cột `{column}` trỏ đến bảng `{table}`, là bảng không có đúng một cột mã; dừng đánh giá"
        => "declare one column of `{table}` as its key" "hãy khai báo một cột của `{table}` làm mã"
    }
    FAULTS_LEFT_OUT Warning "faults-left-out" {
        "{count} more findings `{code}` are counted but not listed"
        "còn {count} lỗi `{code}` được đếm nhưng không liệt kê"
    }
    CASE_COLUMN Error "case-column" {
        "table `{table}` has no column `{column}`"
        "bảng `{table}` không có cột `{column}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
    }
}
