//! Commands and what they print.

use std::process::{Command, Output};

use super::Desk;

/// What stands for all that follows.
const REST: &str = "…";

/// The lines of a session, with what the commands print today.
pub fn session(desk: &mut Desk, lines: &[String]) -> Vec<String> {
    let mut written = Vec::new();
    let mut lines = lines.iter().peekable();
    while let Some(line) = lines.next() {
        let command = line.strip_prefix("$ ").unwrap_or_else(|| panic!("`{line}` comes before any command"));
        let mut shown = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
            shown.push(line.clone());
        }
        written.push(line.clone());
        written.extend(printed(desk, command, shown));
    }
    written
}

fn printed(desk: &mut Desk, command: &str, shown: Vec<String>) -> Vec<String> {
    if command == "echo $?" {
        return vec![desk.exit.to_string()];
    }
    let both = command.ends_with(" 2>&1");
    let words = words(command.trim_end_matches(" 2>&1"));
    let Some(arguments) = arguments(&words) else { return shown };
    let output = run(desk, arguments);
    desk.exit = output.status.code().unwrap_or(-1);
    let (out, err) = (text(output.stdout), text(output.stderr));
    if shown.is_empty() {
        assert!(output.status.success(), "`{command}` failed:\n{err}");
        return shown;
    }
    let text = if both { format!("{err}{out}") } else { out };
    let all: Vec<String> = text.lines().map(|line| line.trim_end().to_owned()).collect();
    excerpt(&all, &shown)
}

/// What is shown of a text: as many lines as before each ellipsis; what follows one begins at the line that it began
/// at.
fn excerpt(all: &[String], shown: &[String]) -> Vec<String> {
    let mut parts = shown.split(|line| line == REST);
    let Some(first) = parts.next() else { return all.to_vec() };
    if first.len() == shown.len() || first.len() >= all.len() {
        return all.to_vec();
    }
    let mut at = first.len();
    let mut written = all[..at].to_vec();
    for part in parts {
        written.push(REST.to_owned());
        let Some(begin) = part.first() else { continue };
        at += all[at..].iter().position(|line| line == begin).unwrap_or_else(|| panic!("`{begin}` is not printed"));
        let end = all.len().min(at + part.len());
        written.extend_from_slice(&all[at..end]);
        at = end;
    }
    written
}

/// What follows the program, if it is this one.
fn arguments(words: &[String]) -> Option<&[String]> {
    let words = match words {
        [cargo, run, release, dashes, rest @ ..]
            if [cargo, run, release, dashes] == ["cargo", "run", "--release", "--"] =>
        {
            return Some(rest);
        }
        words => words,
    };
    words.split_first().filter(|(program, _)| *program == "thidua").map(|(_, rest)| rest)
}

fn run(desk: &Desk, arguments: &[String]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thidua"));
    command.args(arguments).current_dir(desk.dir.path());
    command.env_remove("THIDUA_LANG").env("NO_COLOR", "1").env("COLUMNS", "80");
    command.output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// The words of a command; quotes hold a word together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for letter in command.chars() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if letter == open => quote = None,
            (None, ' ') => words.push(String::new()),
            _ => words.iter_mut().next_back().into_iter().for_each(|word| word.push(letter)),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}
