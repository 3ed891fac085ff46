//! Findings drawn by `annotate-snippets`, the way cargo draws its own.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, Title};

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Source;
use crate::value::{cut, visible};

use super::{ERROR, HELP, Style, WARNING};

/// So many letters of the name of a text are shown; the name of an edit is the edit itself.
const MOST_NAME: usize = 200;

/// So many bytes of a text are underlined; what is longer would be shown whole.
const MOST_UNDERLINED: usize = 200;

/// A finding with the part of the text that it is about underlined.
pub(super) fn in_text(
    finding: &Diagnostic,
    source: &Source,
    span: Range<usize>,
    help: &[String],
    style: Style,
) -> String {
    let annotation = AnnotationKind::Primary.span(within(&source.text, span));
    let snippet =
        Snippet::source(&source.text).path(visible(&cut(&source.name, MOST_NAME)).into_owned()).annotation(annotation);
    let title = title(finding, &finding.message(style.language), style);
    render(title.element(snippet), help, style)
}

/// A finding on one line, with its place before the message.
pub(super) fn titled(finding: &Diagnostic, place: Option<&str>, help: &[String], style: Style) -> String {
    let message = finding.message(style.language);
    let text = place.map(|place| format!("{place}: {message}")).unwrap_or(message);
    render(Group::with_title(title(finding, &text, style)), help, style)
}

fn title(finding: &Diagnostic, text: &str, style: Style) -> Title<'static> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR.with_name(ERROR.text(style.language)),
        Severity::Warning => Level::WARNING.with_name(WARNING.text(style.language)),
    };
    level.primary_title(visible(text).into_owned()).id(finding.code())
}

fn render(group: Group<'_>, help: &[String], style: Style) -> String {
    let remedy = |help: &String| Level::HELP.with_name(HELP.text(style.language)).message(visible(help).into_owned());
    let group = group.elements(help.iter().map(remedy));
    let renderer = if style.colour { Renderer::styled() } else { Renderer::plain() };
    format!("{}\n", renderer.decor_style(DecorStyle::Ascii).render(&[group]))
}

/// A span that lies in the text and on the borders of characters, whatever it was.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let border = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let start = border(span.start);
    start..border(span.end.min(start.saturating_add(MOST_UNDERLINED))).max(start)
}
