//! What is lacking, and what may still be lost, in plain words.

use crate::evaluate::Verdict;
use crate::evaluate::explain::{Explanation, Lack, Slack};

use crate::value::Number;

use super::Writer;

impl Writer {
    pub(super) fn lack(&mut self, explanation: &Explanation) {
        if let Some(lack) = &explanation.lacking {
            let sentence = self.lacking(lack, explanation);
            self.line(sentence);
            // What is not known may turn out to be reached; what is known cannot be caught up with.
            let missed = explanation.judgement.verdict == Verdict::NotMet;
            if explanation.too_late && missed && !matches!(lack, Lack::Late { .. } | Lack::Nothing) {
                self.line(self.say(
                    "The due day has passed: it cannot be reached any more.".into(),
                    "Đã quá hạn: không thể đạt được nữa.".into(),
                ));
            }
        }
        if let Some(slack) = &explanation.slack {
            let sentence = self.slack(slack);
            self.line(sentence);
        }
        if explanation.judgement.verdict == Verdict::NotApplicable {
            self.line(self.say(
                "There is nothing to judge here, so it neither helps nor harms.".into(),
                "Ở đây không có gì để xét, nên không được cũng không mất.".into(),
            ));
        }
        if explanation.judgement.verdict == Verdict::NoTarget {
            self.line(self.say(
                "No target was set for this unit; that is not a target of nought.".into(),
                "Đơn vị không được giao chỉ tiêu; không phải là chỉ tiêu bằng không.".into(),
            ));
        }
    }

    fn lacking(&self, lack: &Lack, explanation: &Explanation) -> String {
        match lack {
            Lack::Rows { rows, of, gain, unknown, leave } => self.rows_lacking(*rows, *of, *gain, *unknown, *leave),
            Lack::Reports { fewest, enough, of } if fewest == enough => self.say(
                format!("Lacking: {enough} of the {of} unknown rows would do, if they turn out well."),
                format!("Còn thiếu: chỉ cần {enough} trong {of} dòng chưa rõ có kết quả tốt là đủ."),
            ),
            Lack::Reports { fewest, enough, of } => self.say(
                format!("Lacking: at least {fewest} of the {of} unknown rows must turn out well; any {enough} of them would do."),
                format!("Còn thiếu: ít nhất {fewest} trong {of} dòng chưa rõ phải có kết quả tốt; bất kỳ {enough} dòng nào cũng đủ."),
            ),
            Lack::List => self.say(
                "Lacking: the list of rows. Until it is delivered the share can be anything.".into(),
                "Còn thiếu: danh sách. Khi chưa nộp, tỉ lệ có thể là bất kỳ.".into(),
            ),
            Lack::Amount { by, rise, beyond, of_sum } => self.amount_lacking(*by, *rise, *beyond, *of_sum),
            Lack::By(last) => {
                let last = self.figures.day(*last);
                self.say(format!("Lacking: it must happen by {last}."), format!("Còn thiếu: phải thực hiện chậm nhất ngày {last}."))
            }
            Lack::Late { days, last } => {
                let last = self.figures.day(*last);
                let days_late = if *days == 1 { "1 day".to_owned() } else { format!("{days} days") };
                self.say(
                    format!("{days_late} late: the last day was {last}. It cannot be reached any more."),
                    format!("Chậm {days} ngày: hạn cuối là {last}. Không thể đạt được nữa."),
                )
            }
            Lack::NotBefore(first) => {
                let first = self.figures.day(*first);
                self.say(format!("It must not happen before {first}."), format!("Không được thực hiện trước ngày {first}."))
            }
            Lack::Yes => self.say("Lacking: it must be done.".into(), "Còn thiếu: phải thực hiện.".into()),
            Lack::Category(_) => {
                let target = self.figures.target(&explanation.judgement.target, &explanation.judgement.measured);
                self.say(format!("Lacking: it must be {target}."), format!("Còn thiếu: phải là {target}."))
            }
            Lack::Value => self.say("Lacking: the value itself is not known.".into(), "Còn thiếu: chưa có số liệu.".into()),
            Lack::Nothing => self.say("It cannot be reached any more.".into(), "Không thể đạt được nữa.".into()),
        }
    }

    fn amount_lacking(&self, by: Number, rise: bool, beyond: bool, of_sum: bool) -> String {
        let by = self.figures.number(by);
        let more = if beyond { self.say(" and a little more".into(), " và hơn nữa".into()) } else { String::new() };
        if !rise {
            return self.say(format!("Too much by {by}{more}."), format!("Vượt mức cho phép {by}{more}."));
        }
        if of_sum {
            return self.say(
                format!("Lacking: {by} more in the part, with the whole as it is{more}."),
                format!("Còn thiếu: phần đạt phải tăng thêm {by}, với tổng như hiện nay{more}."),
            );
        }
        self.say(format!("Lacking: {by}{more}."), format!("Còn thiếu: {by}{more}."))
    }

    fn rows_lacking(&self, rows: u64, of: u64, gain: bool, unknown: u64, leave: Option<u64>) -> String {
        let even = if unknown > 0 {
            self.say(
                format!(", even if all {unknown} unknown turn out well"),
                format!(", ngay cả khi cả {unknown} dòng chưa rõ đều đạt"),
            )
        } else {
            String::new()
        };
        let or = leave.map_or_else(String::new, |leave| {
            self.say(
                format!(" Or {leave} of them would have to leave the population."),
                format!(" Hoặc {leave} trong số đó phải ra khỏi diện tính."),
            )
        });
        if !gain {
            return self.say(
                format!("Too many: {rows} of these {of} must no longer have it{even}."),
                format!("Quá nhiều: {rows} trong {of} trường hợp này phải bớt đi{even}."),
            );
        }
        if rows == of {
            let all = if of == 1 { "the one".to_owned() } else { format!("all {of}") };
            return self.say(
                format!("Lacking: {all} without it must have it{even}."),
                format!("Còn thiếu: cả {of} trường hợp chưa đạt đều phải đạt{even}."),
            );
        }
        self.say(
            format!("Lacking: {rows} of the {of} without it must have it{even}.{or}"),
            format!("Còn thiếu: {rows} trong {of} trường hợp chưa đạt phải đạt thêm{even}.{or}"),
        )
    }

    fn slack(&self, slack: &Slack) -> String {
        match slack {
            Slack::Rows(0) => {
                self.say("No room: one fewer and it is missed.".into(), "Vừa đủ: thiếu một là không đạt.".into())
            }
            Slack::Rows(rows) => self.say(
                format!("Room: {rows} of those that have it may be lost."),
                format!("Còn dư: có thể mất {rows} trường hợp mà vẫn đạt."),
            ),
            Slack::Amount(by) if *by == Number::ZERO => {
                self.say("No room: any less and it is missed.".into(), "Vừa đủ: kém đi là không đạt.".into())
            }
            Slack::Amount(by) => {
                let by = self.figures.number(*by);
                self.say(format!("Room: {by}."), format!("Còn dư: {by}."))
            }
        }
    }
}
