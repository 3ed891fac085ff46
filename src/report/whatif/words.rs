//! The words of the what-if reports.

use super::super::words::{Phrase, phrases};
use crate::scenario::Moved;

phrases! {
    COMPARED "What changes" "Những gì thay đổi"
    CHANGES "Changes" "Các thay đổi"
    NOTHING_CHANGES "Nothing changes: every verdict, rank and award stays as it is." "Không có gì thay đổi: mọi kết quả, thứ hạng và khen thưởng giữ nguyên."
    SUMMARY "{gains} gain, {loses} lose, {mixed} gain and lose, {differs} differ otherwise, {same} stay as they are." "{gains} đơn vị được lợi, {loses} bị thiệt, {mixed} vừa được vừa mất, {differs} thay đổi khác, {same} giữ nguyên."
    NEW_AWARD "{award}: {before} → {after}" "{award}: {before} → {after}"
    WON "{award} goes to {units}." "{award} thêm {units}."
    LOST "{award} is lost by {units}." "{award} không còn {units}."
    GAINERS "Gains and losses" "Được và mất"
    GROUP "Cluster" "Cụm"
    ALL "All" "Tất cả"
    GAIN "Gain" "Được"
    LOSE "Lose" "Mất"
    MIX "Both" "Cả hai"
    DIFFER "Differ" "Khác"
    STAY "Stay" "Giữ"
    MOVED "±" "±"
    WHAT "What" "Nội dung"
    BEFORE "Today" "Hiện nay"
    AFTER "Then" "Khi đó"
    CAUSES "Which change causes it" "Thay đổi nào gây ra"
    CAUSES_NOTE "Alone: what is said with this change alone. Stacked: after it and all before it. Share: its part over all orders (Shapley); the shares of a line add up to 1." "Riêng: khi chỉ có thay đổi này. Cộng dồn: sau thay đổi này và các thay đổi trước. Phần: mức đóng góp trung bình theo mọi thứ tự (Shapley); các phần cộng lại bằng 1."
    CHANGE "Change" "Thay đổi"
    ALONE "Alone" "Riêng"
    STACKED "Stacked" "Cộng dồn"
    SHARE "Share" "Phần"
    UNIT_ITEM "is a unit" "là đơn vị được xét"
    NOTHING_SAID "–" "–"
    POINTS_OF "points: {item}" "điểm: {item}"
    VERDICT_ON "{item}" "{item}"
    SCORE "score" "tổng điểm"
    RANK "rank" "thứ hạng"
    GRADE "grade" "xếp loại"
    SWEPT "Sweep of {path}, from {from} to {to}" "Quét {path}, từ {from} đến {to}"
    TODAY_IS "Today it is {today}." "Hiện nay là {today}."
    STABLE "No verdict, rank or award changes from {from} to {to}." "Không kết quả, thứ hạng hay khen thưởng nào thay đổi từ {from} đến {to}."
    OUTSIDE "Today's value lies outside this range." "Giá trị hiện nay nằm ngoài khoảng này."
    EXACT "Every value in this range at which something changes is listed: {count}." "Mọi giá trị trong khoảng làm thay đổi kết quả đều được liệt kê: {count}."
    INCLUDED "{at} (included)" "{at} (kể cả)"
    EXCLUDED "{at} (not included)" "{at} (không kể)"
    FROM_ON "from {at}" "từ {at}"
    BEYOND "above {at}" "trên {at}"
    AT_VALUE "Value" "Giá trị"
    BELOW "Below" "Dưới mức"
    THEN_ON "From there" "Từ đó"
    AWARD_STEPS "Awards over the range" "Khen thưởng theo khoảng giá trị"
    UNDECIDED "undetermined" "chưa xác định"
}

/// The sign of a move.
pub(super) fn sign(moved: Moved) -> &'static str {
    match moved {
        Moved::Better => "▲",
        Moved::Worse => "▼",
        Moved::Otherwise => "·",
    }
}
