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
    QUOTE_OVER_LINES Error "quote-over-lines" {
        "a quotation mark opens here and closes some lines further on, in the middle of a cell: rows would be taken for text; the file is not used"
        "dấu ngoặc kép mở ở đây và đóng ở vài dòng sau, giữa một ô khác: nhiều dòng sẽ bị đọc thành chữ; không dùng tệp này"
        => "close it where its cell ends, or write a quotation mark inside a cell twice" "hãy đóng ở cuối ô, hoặc viết dấu ngoặc kép trong ô thành hai dấu"
    }
    MISPLACED_QUOTE Warning "misplaced-quote" {
        "text stands behind a closing quotation mark; it is read without the marks"
        "có chữ đứng sau dấu đóng ngoặc kép; được đọc mà bỏ các dấu ngoặc"
        => "put the whole cell into quotation marks, and write those inside it twice" "hãy đặt cả ô trong ngoặc kép, và viết dấu ngoặc kép bên trong thành hai dấu"
    }
    NOT_A_NUMBER Error "not-a-number" {
        "`{cell}` is not a number; the cell is taken as unknown"
        "`{cell}` không phải là số; coi như chưa có số liệu"
        => "where the comma is the decimal mark, declare `{declare}` for the file or the column" "nếu dấu phẩy là dấu thập phân, hãy khai báo `{declare}` cho tệp hoặc cột"
        => "write digits with at most one point, such as 1234.5" "viết chữ số, nhiều nhất một dấu chấm, ví dụ 1234.5"
    }
    AMBIGUOUS_NUMBER Error "ambiguous-number" {
        "`{cell}` is a thousand times as large where points group thousands; the cell is taken as unknown"
        "`{cell}` lớn gấp nghìn lần nếu dấu chấm dùng để phân nhóm nghìn; coi như chưa có số liệu"
        => "declare `decimal = \".\"` or `decimal = \",\"` for the file or the column" "hãy khai báo `decimal = \".\"` hoặc `decimal = \",\"` cho tệp hoặc cột"
    }
    NOT_A_RATIO Error "not-a-ratio" {
        "`{cell}` is more than 1.5 in a column where 0.95 means 95%; the cell is taken as unknown"
        "`{cell}` lớn hơn 1,5 trong cột mà 0,95 nghĩa là 95%; coi như chưa có số liệu"
        => "write 0.95 or 95%, or declare `percent = \"of_100\"`" "viết 0,95 hoặc 95%, hoặc khai báo `percent = \"of_100\"`"
    }
    DAY_AS_NUMBER Error "day-as-number" {
        "`{cell}` is a number and not a day; the cell is taken as unknown"
        "`{cell}` là một số, không phải ngày; coi như chưa có số liệu"
        => "where it counts days as spreadsheets do, declare `serial = true` for the column" "nếu đó là ngày tính theo cách của bảng tính, hãy khai báo `serial = true` cho cột"
    }
    ERROR_VALUE Error "error-value" {
        "`{cell}` is what a spreadsheet shows where a formula has failed; the cell is taken as unknown"
        "`{cell}` là lỗi công thức của bảng tính; coi như chưa có số liệu"
        => "mend the formula, or write its value" "hãy sửa công thức, hoặc ghi giá trị"
    }
    FORMULA_WITHOUT_VALUE Error "formula-without-value" {
        "the formula of this cell has no stored value; the cell is taken as unknown"
        "công thức trong ô này không có giá trị được lưu; coi như chưa có số liệu"
        => "open the file in a spreadsheet program, let it compute, and save it" "hãy mở tệp bằng chương trình bảng tính để tính lại rồi lưu"
    }
    LOST_LETTERS Error "lost-letters" {
        "`{cell}` has lost letters; the cell is taken as unknown"
        "`{cell}` đã mất chữ; coi như chưa có số liệu"
        => "they cannot be brought back: get the text from where it was written" "không thể khôi phục: hãy lấy lại văn bản gốc"
    }
    LEGACY_LETTERS Error "legacy-letters" {
        "`{cell}` is written in a font of {encoding}, not in Unicode as the rest of the file; the cell is taken as unknown"
        "`{cell}` dùng bảng mã {encoding}, không phải Unicode như phần còn lại của tệp; coi như chưa có số liệu"
        => "convert it to Unicode, for example with UniKey (Ctrl+Shift+F6), and save it again" "hãy chuyển sang Unicode, ví dụ bằng UniKey (Ctrl+Shift+F6), rồi lưu lại"
    }
    HIDDEN_CHARACTERS Warning "hidden-characters" {
        "characters that nobody sees were taken out of `{cell}`"
        "đã bỏ các ký tự ẩn khỏi `{cell}`"
    }
    CODES_LOST_ZEROS Error "codes-lost-zeros" {
        "all {count} codes in `{header}` have fewer than {digits} digits: a spreadsheet may have dropped the zeros in front; they are taken as unknown"
        "cả {count} mã ở cột `{header}` đều thiếu so với {digits} chữ số: bảng tính có thể đã làm mất số 0 ở đầu; coi như chưa có số liệu"
        => "with `pad = true` in the column, `{cell}` is read as `{padded}`" "với `pad = true` ở cột, `{cell}` được đọc là `{padded}`"
    }
    PARENT_LOST_ZEROS Error "parent-lost-zeros" {
        "{count} codes in `{header}` are in `{table}` only with other zeros in front, `{cell}` as `{named}`; the rows are set aside and count for none"
        "{count} mã ở cột `{header}` chỉ có trong bảng `{table}` nếu thêm hoặc bớt số 0 ở đầu, như `{cell}` là `{named}`; để riêng các dòng đó, không tính cho đơn vị nào"
        => "with `digits = {digits}` and `pad = true` in the column `{key}` of `{table}`, zeros that a spreadsheet dropped are put back there and in what links to it" "với `digits = {digits}` và `pad = true` ở cột `{key}` của bảng `{table}`, số 0 bị bảng tính làm mất được thêm lại ở đó và ở các cột trỏ đến"
        => "write the codes as texts, with their zeros" "hãy ghi mã dưới dạng văn bản, đủ số 0 ở đầu"
    }
    LINK_LOST_ZEROS Error "link-lost-zeros" {
        "{count} codes in `{header}` are in `{table}` only with other zeros in front, `{cell}` as `{named}`; the cells are taken as unknown"
        "{count} mã ở cột `{header}` chỉ có trong bảng `{table}` nếu thêm hoặc bớt số 0 ở đầu, như `{cell}` là `{named}`; coi như chưa có số liệu"
        => "with `digits = {digits}` and `pad = true` in the column `{key}` of `{table}`, zeros that a spreadsheet dropped are put back there and in what links to it" "với `digits = {digits}` và `pad = true` ở cột `{key}` của bảng `{table}`, số 0 bị bảng tính làm mất được thêm lại ở đó và ở các cột trỏ đến"
        => "write the codes as texts, with their zeros" "hãy ghi mã dưới dạng văn bản, đủ số 0 ở đầu"
    }
    ROW_LEFT_OUT Warning "row-left-out" {
        "this row is left out: {reason} ({text})"
        "bỏ qua dòng này: {reason} ({text})"
    }
    TOTAL_DIFFERS Warning "total-differs" {
        "the total in `{header}` says {cell}, the rows add up to {sum}"
        "dòng tổng ở cột `{header}` ghi {cell}, cộng các dòng được {sum}"
        => "a row is missing, there twice or wrong, or the total is" "có dòng thiếu, thừa hoặc sai, hoặc chính dòng tổng sai"
    }
    LEGACY_ENCODING Error "legacy-encoding" {
        "this is written in a font of {encoding}, not in Unicode; the file is not used"
        "tệp dùng bảng mã {encoding}, không phải Unicode; không dùng tệp này"
        => "convert it to Unicode, for example with UniKey (Ctrl+Shift+F6), and save it again" "hãy chuyển sang Unicode, ví dụ bằng UniKey (Ctrl+Shift+F6), rồi lưu lại"
    }
    BAD_LETTERS Error "bad-letters" {
        "some bytes are no letters in the encoding `{encoding}`; the file is not used"
        "có byte không phải chữ theo bảng mã `{encoding}`; không dùng tệp này"
        => "save the file as UTF-8, or declare its `encoding`" "hãy lưu tệp theo mã UTF-8, hoặc khai báo `encoding`"
    }
    RECORD_TOO_LONG Error "record-too-long" {
        "this row has more than {limit} bytes; the file is not used"
        "dòng này có hơn {limit} byte; không dùng tệp này"
        => "it is no table, or a quotation mark is missing" "đây không phải là bảng, hoặc thiếu dấu ngoặc kép"
    }
    MISSING_SHEET Error "missing-sheet" {
        "there is no sheet `{sheet}`"
        "không có trang tính `{sheet}`"
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "its sheets are {known}" "các trang tính hiện có: {known}"
    }
    CELL_TOO_LONG Error "cell-too-long" {
        "a cell has more than {limit} bytes; the file is not used"
        "có ô dài hơn {limit} byte; không dùng tệp này"
    }
    WORKBOOK_TOO_LARGE Error "workbook-too-large" {
        "the workbook unpacks to more than is read: {limit} bytes or cells; the file is not used"
        "bảng tính khi giải nén vượt mức được đọc: {limit} byte hoặc ô; không dùng tệp này"
        => "save the sheet as CSV, which has no such limit" "hãy lưu trang tính thành CSV, là dạng không có giới hạn này"
    }
    NOT_A_TABLE Error "not-a-table" {
        "this is no table that can be read: {reason}"
        "không phải bảng đọc được: {reason}"
        => "save it as XLSX, ODS or CSV" "hãy lưu dưới dạng XLSX, ODS hoặc CSV"
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
        => "did you mean `{near}`?" "có phải là `{near}`?"
        => "it may say {known}" "có thể ghi: {known}"
        => "write Có or Không, true or false, 1 or 0; other words are declared with `yes` and `no`" "viết Có hoặc Không, true hoặc false, 1 hoặc 0; từ khác khai báo bằng `yes` và `no`"
    }
    MONTH_FIRST Warning "month-first" {
        "`{header}` has {count} days such as `{cell}` that only exist with the month in front; all others were read with the day in front"
        "cột `{header}` có {count} ngày như `{cell}` chỉ đúng nếu tháng đứng trước; các ngày khác được đọc với ngày đứng trước"
        => "a computer set to American English may have written them all with the month in front: check the file" "có thể máy tính đặt tiếng Anh (Mỹ) đã ghi tháng trước ngày ở cả cột: hãy kiểm tra tệp"
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
        "key `{key}` stands on lines {first} and {second}; others point to it, or the campaign refuses that, so evaluation stops"
        "mã `{key}` có ở dòng {first} và dòng {second}; các bảng khác trỏ đến, hoặc phong trào không cho phép, nên dừng đánh giá"
        => "remove one of the two rows" "hãy bỏ một trong hai dòng"
    }
    RESUBMITTED Warning "resubmitted" {
        "key `{key}` was sent again: the row of line {line} is the last by `{header}`, and this one does not count"
        "mã `{key}` được nộp lại: dòng {line} là dòng cuối theo `{header}`, không tính dòng này"
    }
    SEVERAL_FILES Error "several-files" {
        "`{file}` is not there, and several others may stand for it: {others}"
        "không có `{file}`, và có nhiều tệp có thể thay thế: {others}"
        => "leave one of them in the folder, or name it in the campaign" "chỉ để lại một tệp trong thư mục, hoặc ghi tên tệp trong phong trào"
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
