//! What the program tells its caller in one number.

use std::process::ExitCode;

use thidua::diagnostic::Diagnostic;
use thidua::load::Stopped;

/// How a run ended. A unit that fails, or whose verdict is open, is not a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Done; warnings at most.
    Done = 0,
    /// There is something to correct: faulty cells or rows (the outcome was still written), or a faulty campaign.
    Faults = 1,
    /// The caller is at fault: misuse, a file that cannot be read or written, an unknown path or unit.
    Misuse = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<&Stopped> for Exit {
    fn from(stopped: &Stopped) -> Self {
        if stopped.misuse { Self::Misuse } else { Self::Faults }
    }
}

impl Exit {
    /// After findings that did not keep the outcome from being written.
    #[must_use]
    pub fn after(findings: &[Diagnostic]) -> Self {
        if findings.iter().any(Diagnostic::is_error) { Self::Faults } else { Self::Done }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thidua::diagnostic::catalogue;

    #[test]
    fn warnings_alone_are_no_fault() {
        let warning = Diagnostic::new(&catalogue::EDIT_CHANGES_NOTHING);
        let error = Diagnostic::new(&catalogue::NOT_A_NUMBER);
        assert_eq!(Exit::after(std::slice::from_ref(&warning)), Exit::Done);
        assert_eq!(Exit::after(&[warning, error]), Exit::Faults);
    }
}
