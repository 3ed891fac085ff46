//! A sign of life during long work, for somebody who watches a terminal.

use std::io::{IsTerminal, stderr};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use indicatif::ProgressBar;
use thidua::diagnostic::Language;

use super::Terminal;

/// Work that is done sooner needs no sign.
const PATIENCE: Duration = Duration::from_millis(700);

/// Does some work; where it takes long and standard error is a terminal, a line there says that it goes on.
pub(super) fn watched<T>(terminal: Terminal, work: impl FnOnce() -> T) -> T {
    if !stderr().is_terminal() {
        return work();
    }
    let message = match terminal.language {
        Language::En => "reading and evaluating…",
        Language::Vi => "đang đọc và đánh giá…",
    };
    thread::scope(|scope| {
        let (done, waiting) = channel::<()>();
        scope.spawn(move || show(message, &waiting));
        let result = work();
        drop(done);
        result
    })
}

/// Shows a line after a while and takes it away when the other end of the channel is gone.
fn show(message: &'static str, waiting: &Receiver<()>) {
    if waiting.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let line = ProgressBar::new_spinner().with_message(message);
    line.enable_steady_tick(Duration::from_millis(120));
    // Nothing is ever sent: the wait ends when the work does.
    let _ = waiting.recv();
    line.finish_and_clear();
}
