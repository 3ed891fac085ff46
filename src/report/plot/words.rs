//! The words of the pictures.

use crate::report::words::{Phrase, phrases};

phrases! {
    RANKS_MOVE "Ranks today and then, of the units that move" "Thứ hạng hiện nay và khi đó của các đơn vị thay đổi"
    NO_RANK_MOVES "No rank moves." "Không có thứ hạng nào thay đổi."
    PLACES_POSSIBLE "Places that each unit may have" "Thứ hạng có thể có của từng đơn vị"
    POINTS_UP_TO "Points of {unit}" "Điểm của {unit}"
    NO_SCORE "It has no score." "Đơn vị chưa có tổng điểm."
    SCALED "scaled for what does not apply" "quy đổi do tiêu chí không áp dụng"
    SCORE_TODAY "score today" "tổng điểm hiện nay"
    SCORE_THEN "score then" "tổng điểm khi đó"
}
