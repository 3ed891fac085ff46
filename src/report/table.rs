//! A page for a terminal: no line is wider than asked for.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Row, Table, TableStyle, Width};
use comfy_table::{ContentLineStyle, LineStyle};
use unicode_width::UnicodeWidthStr;

use super::figure::FIRM_SPACE;
use super::page::{Block, Column, Grid, Page};
use crate::value::visible;

/// A line under the head, nothing else.
const PLAIN: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none())
    .header_separator(LineStyle::none().fill('─').junction('─'))
    .content_lines(ContentLineStyle::none());

/// An empty line between rows as well.
const SPACED: TableStyle = PLAIN.row_separator(LineStyle::none().fill(' ').junction(' '));

/// The space after a column; the line between two columns is one more.
const GAP: u16 = 1;

/// Draws a page; lists and grids are broken at `width` columns.
#[must_use]
pub fn table(page: &Page, width: u16) -> String {
    let blocks: Vec<_> = page.blocks.iter().map(|block| draw(block, width)).collect();
    blocks.join("\n").replace(FIRM_SPACE, " ")
}

fn draw(block: &Block, width: u16) -> String {
    match block {
        Block::Heading(depth, text) => heading(*depth, text, width),
        Block::Line(text) => columns(vec![vec![text.clone()]], width),
        Block::Fields(fields) => {
            columns(fields.iter().map(|(name, text)| vec![format!("{name}:"), text.clone()]).collect(), width)
        }
        Block::List(items) => columns(items.iter().map(|item| list_item(item)).collect(), width),
        Block::Grid(grid) => self::grid(grid, width),
    }
}

/// The first two depths are underlined.
fn heading(depth: u8, text: &str, width: u16) -> String {
    let text = columns(vec![vec![text.to_owned()]], width);
    let longest = text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default();
    match depth {
        1 => format!("{text}{}\n", "═".repeat(longest)),
        2 => format!("\n{text}{}\n", "═".repeat(longest)),
        3 => format!("{text}{}\n", "─".repeat(longest)),
        _ => text,
    }
}

/// An item that brings its own number keeps it; others get a dash.
fn list_item(item: &str) -> Vec<String> {
    match item.split_once(". ") {
        Some((number, text)) if number.parse::<u32>().is_ok() => vec![format!("{number}."), text.to_owned()],
        _ => vec!["-".to_owned(), item.to_owned()],
    }
}

/// Texts side by side, without a head.
fn columns(rows: Vec<Vec<String>>, width: u16) -> String {
    let count = rows.first().map_or(0, Vec::len);
    let columns = (0..count).map(|_| Column { title: String::new(), figures: false }).collect();
    let mut table = empty(width, PLAIN);
    let grid = Grid { columns, rows, spaced: false };
    add_rows(&mut table, &grid);
    arrange(&mut table, &grid);
    lines(&table)
}

fn grid(grid: &Grid, width: u16) -> String {
    let mut table = empty(width, if grid.spaced { SPACED } else { PLAIN });
    table.set_header(Row::from(
        grid.columns.iter().map(|column| visible(&column.title).into_owned()).collect::<Vec<_>>(),
    ));
    add_rows(&mut table, grid);
    arrange(&mut table, grid);
    lines(&table)
}

/// Names and cells come from files: what a terminal would obey is shown instead.
fn add_rows(table: &mut Table, grid: &Grid) {
    table.add_rows(grid.rows.iter().map(|row| row.iter().map(|cell| visible(cell).into_owned()).collect::<Vec<_>>()));
}

fn empty(width: u16, style: TableStyle) -> Table {
    let mut table = Table::new();
    table.load_style(style).set_width(width).set_content_arrangement(ContentArrangement::Dynamic);
    table
}

/// Aligns columns and keeps them from being narrower than their longest word, so that none is torn apart; where the
/// words alone are wider than the page, they must be.
fn arrange(table: &mut Table, grid: &Grid) {
    let last = grid.columns.len().saturating_sub(1);
    let gap = |at: usize| if at == last { 0 } else { GAP };
    let words = grid.columns.iter().enumerate().map(|(at, column)| longest_word(grid, at, &column.title) + gap(at));
    let words: Vec<u16> = words.collect();
    let between = u32::try_from(last).unwrap_or(u32::MAX);
    let needed = words.iter().fold(between, |sum, word| sum.saturating_add(u32::from(*word)));
    let firm = needed <= table.width().map_or(u32::MAX, u32::from);
    for (at, (column, longest)) in grid.columns.iter().zip(words).enumerate() {
        let Some(drawn) = table.column_mut(at) else { continue };
        drawn.set_padding((0, gap(at)));
        drawn.set_cell_alignment(if column.figures { CellAlignment::Right } else { CellAlignment::Left });
        if firm {
            drawn.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(longest)));
        }
    }
}

fn longest_word(grid: &Grid, at: usize, title: &str) -> u16 {
    let cells = grid.rows.iter().filter_map(|row| row.get(at)).map(String::as_str);
    let words = cells.chain([title]).flat_map(|cell| cell.split([' ', '\n']));
    let longest = words.map(UnicodeWidthStr::width).max().unwrap_or_default();
    u16::try_from(longest).unwrap_or(u16::MAX).min(MOST_FIRM)
}

/// A word longer than this may be torn apart, or it would push others off the page.
const MOST_FIRM: u16 = 32;

fn lines(table: &Table) -> String {
    table.lines().map(|line| line.trim_end_matches(' ').to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::report::page::page;
    use crate::report::testing::{many, sample};
    use crate::report::{View, testing};

    fn drawn(outcome: &crate::evaluate::Outcome, language: Language, width: u16) -> String {
        table(&page(outcome, &View::default(), language), width)
    }

    #[test]
    fn no_line_is_wider_than_asked_for() {
        for outcome in [sample(), many()] {
            for language in [Language::En, Language::Vi] {
                for width in [60, 80, 100, 132] {
                    let text = drawn(&outcome, language, width);
                    let widest = text.lines().max_by_key(|line| line.width()).unwrap();
                    assert!(widest.width() <= usize::from(width), "{}: {widest}", widest.width());
                }
            }
        }
    }

    #[test]
    fn the_whole_report_reads_as_it_did() {
        testing::snapshot("report.vi.txt", &drawn(&sample(), Language::Vi, 80));
        testing::snapshot("report.en.txt", &drawn(&sample(), Language::En, 80));
        testing::snapshot("summary.vi.txt", &drawn(&many(), Language::Vi, 80));
    }
}
