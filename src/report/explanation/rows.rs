//! The rows that were counted.

use crate::evaluate::explain::{Evidence, Listed, ListedRow};

use super::super::page::Block;
use super::Writer;

impl Writer {
    pub(super) fn evidence(&mut self, evidence: &Evidence) {
        let file = evidence.file.rsplit('/').next().unwrap_or(&evidence.table).to_owned();
        let (rows, members) = (evidence.rows, evidence.members);
        let counted = if evidence.of_target {
            self.say(
                format!("The target rests on {members} of {rows} rows of {file} that belong to the unit"),
                format!("Mức đặt ra dựa trên {members} trong {rows} dòng của {file} thuộc đơn vị"),
            )
        } else {
            self.counted(rows, members, &file)
        };
        let shares = evidence.met.map(|met| {
            let failing = evidence.failing.len();
            self.say(
                format!(", {met} with the property and {failing} without"),
                format!(", {met} dòng đạt và {failing} dòng không đạt"),
            )
        });
        let open = (!evidence.unknown.is_empty()).then(|| {
            let unknown = evidence.unknown.len();
            self.say(format!("; {unknown} unknown"), format!("; {unknown} dòng chưa rõ"))
        });
        self.line(format!("{counted}{}{}.", shares.unwrap_or_default(), open.unwrap_or_default()));
        if evidence.rows_missing {
            self.line(self.say(
                "Nobody delivered the whole list: there may be more rows.".into(),
                "Danh sách chưa được nộp đủ: có thể còn dòng khác.".into(),
            ));
        }
        self.listed(&evidence.proven, "With it:", "Đạt:");
        self.listed(&evidence.failing, "Without it:", "Không đạt:");
        self.listed(&evidence.unknown, "Unknown:", "Chưa rõ:");
        self.listed(&evidence.provisional, "With provisional figures:", "Số liệu tạm tính:");
    }

    fn counted(&self, rows: usize, members: usize, file: &str) -> String {
        self.say(
            format!("Counted: {rows} rows of {file} belong to the unit; {members} of them are in the population"),
            format!("Đã đếm: {rows} dòng của {file} thuộc đơn vị; {members} dòng nằm trong diện tính"),
        )
    }

    /// Rows by key, the first few and how many more.
    fn listed(&mut self, listed: &Listed, en: &str, vi: &str) {
        if listed.is_empty() {
            return;
        }
        self.line(self.say(en.to_owned(), vi.to_owned()));
        let mut items: Vec<String> = listed.rows.iter().map(|row| self.row(row)).collect();
        if listed.more > 0 {
            items.push(self.say(format!("and {} more", listed.more), format!("và {} dòng nữa", listed.more)));
        }
        self.push(Block::List(items));
    }

    /// A row by key and name, with the cells that decide.
    fn row(&self, row: &ListedRow) -> String {
        let named = row.name.as_ref().map_or_else(|| row.key.clone(), |name| format!("{} {name}", row.key));
        let cells = row.cells.iter().map(|(header, value)| format!("{header}: {}", self.figures.measured(value, &[])));
        let mut said: Vec<String> = cells.collect();
        if !row.blank.is_empty() {
            let blank = row.blank.join(", ");
            said.push(self.say(format!("not known: {blank}"), format!("chưa có: {blank}")));
        }
        if said.is_empty() { named } else { format!("{named} ({})", said.join("; ")) }
    }
}
