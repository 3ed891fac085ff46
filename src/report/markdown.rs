//! A page in Markdown.

use super::figure::FIRM_SPACE;
use super::page::{Block, Column, Grid, Page};
use crate::value::visible;

/// Writes a page; headings, lists and tables as GitHub reads them.
#[must_use]
pub fn markdown(page: &Page) -> String {
    let blocks: Vec<_> = page.blocks.iter().map(write).collect();
    blocks.join("\n").replace(FIRM_SPACE, " ")
}

fn write(block: &Block) -> String {
    match block {
        Block::Heading(depth, text) => format!("{} {}\n", "#".repeat(usize::from(*depth)), inline(text)),
        Block::Line(text) => format!("{}\n", inline(text)),
        Block::Fields(fields) => fields.iter().map(|(name, text)| field(name, text)).collect(),
        Block::List(items) => items.iter().map(|item| list_item(item)).collect(),
        Block::Grid(grid) => self::grid(grid),
    }
}

fn field(name: &str, text: &str) -> String {
    format!("- **{}**: {}\n", inline(name), inline(text))
}

/// An item that brings its own number keeps it.
fn list_item(item: &str) -> String {
    let numbered = item.split_once(". ").is_some_and(|(number, _)| number.parse::<u32>().is_ok());
    if numbered { format!("{}\n", inline(item)) } else { format!("- {}\n", inline(item)) }
}

fn grid(grid: &Grid) -> String {
    let head = row(grid.columns.iter().map(|column| column.title.as_str()));
    let rule: Vec<_> =
        grid.columns.iter().map(|Column { figures, .. }| if *figures { "---:" } else { "---" }).collect();
    let rows: String = grid.rows.iter().map(|cells| row(cells.iter().map(String::as_str))).collect();
    format!("{head}| {} |\n{rows}", rule.join(" | "))
}

fn row<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<_> = cells.map(inline).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The text with everything escaped that Markdown would read as a sign.
fn inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '\\' | '|' | '*' | '_' | '`' | '<' | '[' | ']' | '#' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::report::page::page;
    use crate::report::{View, testing};

    #[test]
    fn the_whole_report_reads_as_it_did() {
        let page = page(&testing::sample(), &View::default(), Language::Vi);
        testing::snapshot("report.vi.md", &markdown(&page));
    }

    #[test]
    fn signs_in_names_stay_signs() {
        assert_eq!(inline("a|b *c* <d>"), "a\\|b \\*c\\* \\<d>");
    }
}
