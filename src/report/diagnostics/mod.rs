//! Findings as people read them: errors first, the place shown, the remedy below.

mod cell;
mod snippet;

use crate::diagnostic::{Diagnostic, Language, Severity};
use crate::source::Place;

use super::words::Phrase;

/// So many findings of one code are shown; the rest are counted.
const SHOWN: usize = 20;

const AND_MORE: Phrase = Phrase { en: "and {count} more `{code}`", vi: "và {count} lỗi `{code}` nữa" };
const ERROR: Phrase = Phrase { en: "error", vi: "lỗi" };
const WARNING: Phrase = Phrase { en: "warning", vi: "cảnh báo" };
const HELP: Phrase = Phrase { en: "help", vi: "gợi ý" };

/// How findings are shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Style {
    /// The language.
    pub language: Language,
    /// Whether colours may be used.
    pub colour: bool,
}

/// Renders findings; each ends with a line end.
#[must_use]
pub fn diagnostics(findings: &[Diagnostic], style: Style) -> String {
    let of = |severity: Severity| findings.iter().filter(move |finding| finding.severity() == severity);
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        for code in codes(of(severity)) {
            let group: Vec<_> = of(severity).filter(|finding| finding.code() == code).collect();
            text.push_str(&shown(&group, style));
            text.push_str(&more(code, group.len(), style.language));
        }
    }
    text
}

/// The first findings of one code; a remedy that the finding above already had is not repeated.
fn shown(group: &[&Diagnostic], style: Style) -> String {
    let mut text = String::new();
    let mut above = Vec::new();
    for finding in group.iter().take(SHOWN) {
        let help = finding.help(style.language);
        text.push_str(&one(finding, if help == above { &[] } else { &help }, style));
        above = help;
    }
    text
}

fn one(finding: &Diagnostic, help: &[String], style: Style) -> String {
    match &finding.place {
        Place::Text { source, span } => snippet::in_text(finding, source, span.clone(), help, style),
        Place::Cell(place) => snippet::titled(finding, Some(&cell::place(place, style.language)), help, style),
        Place::File(name) => snippet::titled(finding, Some(name), help, style),
        Place::Nowhere => snippet::titled(finding, None, help, style),
    }
}

/// The codes of some findings in the order in which they first occur.
fn codes<'a>(findings: impl Iterator<Item = &'a Diagnostic>) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for finding in findings {
        if !codes.contains(&finding.code()) {
            codes.push(finding.code());
        }
    }
    codes
}

fn more(code: &str, count: usize, language: Language) -> String {
    match count.saturating_sub(SHOWN) {
        0 => String::new(),
        more => {
            let line = AND_MORE.text(language).replace("{count}", &more.to_string()).replace("{code}", code);
            format!("{line}\n")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::catalogue;
    use crate::report::testing;
    use crate::source::{CellPlace, Source};

    fn faulty_cell(row: u64) -> Diagnostic {
        let place = CellPlace {
            file: "firms.csv".into(),
            sheet: None,
            line: row + 1,
            row,
            at: None,
            column: Some("Số lao động".into()),
            cell: Some("abc".into()),
        };
        Diagnostic::new(&catalogue::NOT_A_NUMBER).with("cell", "abc").at(Place::Cell(Box::new(place)))
    }

    fn unknown_key() -> Diagnostic {
        let source = Source::new("campaign.toml", "[criteria.x]\ntitle = \"Tỉ lệ\"\nat_leest = \"95%\"\n");
        let span = source.offset(3, 1)..source.offset(3, 9);
        let finding = Diagnostic::new(&catalogue::UNKNOWN_KEY).with("key", "at_leest").with("near", "at_least");
        finding.at(Place::text(&source, span))
    }

    #[test]
    fn findings_show_their_place_and_remedy() {
        let as_of = Diagnostic::new(&catalogue::AS_OF_ASSUMED).with("day", "2024-12-31").with("span", "period");
        let findings = [as_of, unknown_key(), faulty_cell(16)];
        for (name, language) in [("findings.en.txt", Language::En), ("findings.vi.txt", Language::Vi)] {
            testing::snapshot(name, &diagnostics(&findings, Style { language, colour: false }));
        }
    }

    #[test]
    fn a_long_list_is_cut_and_counted() {
        let findings: Vec<_> = (1..=25).map(faulty_cell).collect();
        let text = diagnostics(&findings, Style::default());
        assert_eq!(text.matches("firms.csv:").count(), 20);
        assert_eq!(text.matches("help").count(), 1, "{text}");
        assert!(text.ends_with("and 5 more `not-a-number`\n"), "{text}");
    }

    #[test]
    fn colour_is_used_only_when_allowed() {
        let colour =
            |colour| diagnostics(&[unknown_key()], Style { language: Language::En, colour }).contains('\u{1b}');
        assert_eq!((colour(true), colour(false)), (true, false));
    }
}
