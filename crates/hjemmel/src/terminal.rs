//! Where a command writes. A reader who went away is no reason to complain, and changes no answer.

use std::io::{IsTerminal, Write};

/// Standard output and standard error.
#[derive(Debug)]
pub(crate) struct Terminal {
    colour: notice::Colour,
}

impl Terminal {
    /// The terminal of the process. `NO_COLOR` is honoured, and a pipe gets no colours.
    #[expect(clippy::disallowed_methods, reason = "the convention for programs without colour is a variable of the environment")]
    pub(crate) fn of_process() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let plain = unwanted || !std::io::stdout().is_terminal();
        Self { colour: if plain { notice::Colour::Off } else { notice::Colour::On } }
    }

    /// Whether to print in colour.
    pub(crate) const fn colour(&self) -> notice::Colour {
        self.colour
    }

    /// Writes to standard output.
    pub(crate) fn out(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        // A closed pipe has nobody to tell.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Writes a line to standard output.
    pub(crate) fn line(&self, text: &str) {
        self.out(&format!("{text}\n"));
    }

    /// Writes a value as JSON to standard output.
    pub(crate) fn json(&self, value: &serde_json::Value) {
        self.line(&format!("{value:#}"));
    }

    /// Writes a line to standard error.
    pub(crate) fn error_line(&self, text: &str) {
        let mut out = std::io::stderr().lock();
        let _ = writeln!(out, "{text}");
    }

    /// Says why a command did not do what it was asked.
    pub(crate) fn failure(&self, failure: &crate::answer::Failure) {
        let words = failure.words();
        self.error_line(&format!("error: {}\n  help: {}", words.sentence, words.help));
    }
}
