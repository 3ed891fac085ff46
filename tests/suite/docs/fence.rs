//! Fenced blocks of a Markdown text.

/// A fenced block.
#[derive(Debug, Default)]
pub struct Fence {
    /// The first word after the fence.
    pub kind: String,
    /// The second.
    pub name: Option<String>,
    /// The section that it stands in, counted by headings of the second order.
    pub section: usize,
    /// What stands in it.
    pub lines: Vec<String>,
}

impl Fence {
    fn opened(info: &str, section: usize) -> Self {
        let mut words = info.split_whitespace().map(str::to_owned);
        Self { kind: words.next().unwrap_or_default(), name: words.next(), section, lines: Vec::new() }
    }

    /// Its lines as one text.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line, "\n"]).collect()
    }
}

/// The text with other lines in those fences for which there are some.
pub fn rewritten(text: &str, mut lines_of: impl FnMut(&Fence) -> Option<Vec<String>>) -> String {
    let mut written = String::new();
    let mut open: Option<Fence> = None;
    let mut section = 0;
    for line in text.lines() {
        match (open.take(), line.strip_prefix("```")) {
            (None, Some(info)) => open = Some(Fence::opened(info, section)),
            (Some(mut fence), Some("")) => {
                fence.lines = lines_of(&fence).unwrap_or(fence.lines);
                written += &fence.text();
            }
            (Some(mut fence), _) => {
                fence.lines.push(line.to_owned());
                open = Some(fence);
                continue;
            }
            (None, None) => section += usize::from(line.starts_with("## ")),
        }
        written += line;
        written += "\n";
    }
    assert!(open.is_none(), "a fence is not closed");
    written
}
