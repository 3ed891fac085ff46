//! What a rule file may hold and the subset may not, with what to write instead.

use crate::diagnostic::{Diagnostic, Phrase, catalogue};
use crate::source::Place;

/// Something that cannot be lowered, or must not be written at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Construct {
    /// What it is, in a few words.
    pub name: Phrase,
    /// What to write instead.
    pub remedy: Phrase,
}

impl Construct {
    /// The finding that a rule file must not hold it.
    pub(super) fn forbidden(self, place: &Place) -> Diagnostic {
        let fault = Diagnostic::new(&catalogue::FORBIDDEN_IN_RULES).with("construct", self.name);
        fault.with("remedy", self.remedy).at(place)
    }
}

/// Declares constructs by name.
macro_rules! constructs {
    ($($name:ident $en:literal $vi:literal => $remedy_en:literal $remedy_vi:literal)*) => {
        $(pub(super) const $name: Construct = Construct {
            name: Phrase::new($en, $vi),
            remedy: Phrase::new($remedy_en, $remedy_vi),
        };)*
    };
}

constructs! {
    DEEP_NESTING "nesting this deep" "phần lồng nhau sâu như vậy" => "write smaller functions" "hãy viết các hàm nhỏ hơn"
    EMPTY_BLOCK "an empty block" "khối rỗng" => "return a value" "hãy trả về một giá trị"
    DROPPED_VALUE "a value that is dropped" "giá trị bị bỏ đi" => "bind it with `let`, or return it" "gán bằng `let`, hoặc trả về giá trị đó"
    IF_WITHOUT_ELSE "an `if` without `else`" "`if` không có `else`" => "say what the value is otherwise" "hãy nói giá trị trong trường hợp còn lại"
    LOOP "a loop" "vòng lặp" => "use a method of the row set" "dùng phương thức của tập dòng"
    ASSIGNMENT "an assignment" "phép gán lại" => "bind a new name with `let`" "gán tên mới bằng `let`"
    TRY "`try`" "`try`" => "a rule cannot catch faults" "quy tắc không bắt được lỗi"
    EMPTY_RETURN "`throw` or an empty `return`" "`throw` hoặc `return` rỗng" => "return a value, or `not_applicable`" "hãy trả về một giá trị, hoặc `not_applicable`"
    STATEMENT "this statement" "câu lệnh này" => "use an expression" "dùng một biểu thức"
    NUMERIC_SWITCH "`switch` on numbers" "`switch` theo số" => "compare with `if`" "so sánh bằng `if`"
    GUARDED_CASE "a `switch` case with a condition" "nhánh `switch` có điều kiện" => "use `if`" "dùng `if`"
    SWITCH_WITHOUT_DEFAULT "a `switch` without `_`" "`switch` không có `_`" => "add `_ => …`" "thêm `_ => …`"
    UNIT_VALUE "`()`" "`()`" => "write `none`" "viết `none`"
    INDEX "an index" "chỉ số" => "use a method of the row set" "dùng phương thức của tập dòng"
    INTERPOLATION "an interpolated text" "chữ có chèn biểu thức" => "use plain text" "dùng chữ thường"
    OBJECT "an object" "đối tượng" => "use `params` or `args`" "dùng `params` hoặc `args`"
    THIS "`this`" "`this`" => "name the row" "hãy đặt tên cho dòng"
    CHARACTER "a character" "ký tự" => "write it as a text in double quotes" "viết thành chữ trong ngoặc kép"
    EXPRESSION "this expression" "biểu thức này" => "use fields, methods and operators" "dùng cột, phương thức và phép toán"
    OPERATOR "this operator" "phép toán này" => "use + - * / % == != < <= > >= && || ! ?? in" "dùng + - * / % == != < <= > >= && || ! ?? in"
    FUNCTION_POINTER "a function pointer" "con trỏ hàm" => "write a closure `|row| …`" "viết hàm `|row| …`"
    CONSTANT "this constant" "hằng này" => "use a number, a text, true or false" "dùng số, chữ, true hoặc false"
    LONG_NUMBER "a number with so many digits" "số có nhiều chữ số như vậy" => "use fewer digits" "dùng ít chữ số hơn"
    STRAY_STATEMENT "a statement outside a function" "câu lệnh ngoài hàm" => "write `fn name() { … }`" "viết `fn ten() { … }`"
    INNER_ASSIGNMENT "assigning to a field or an index" "phép gán vào cột hoặc chỉ số" => "bind a new name with `let`" "gán tên mới bằng `let`"
    SUBTRACTED_DATE "a date that would be a subtraction" "ngày viết thành phép trừ" => "put the day into `params`, where TOML reads it as a date" "đưa ngày vào `params`, TOML sẽ đọc là ngày"
}
