//! Where a command writes. A reader who went away is no reason to complain, and changes no answer.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};

/// Standard output and standard error, or a place to keep what would go there.
#[derive(Debug)]
pub(crate) struct Terminal {
    colour: notice::Colour,
    kept: Option<RefCell<Kept>>,
}

/// What a command said, kept for somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    /// For standard output.
    pub(crate) out: String,
    /// For standard error.
    pub(crate) err: String,
}

impl Terminal {
    /// The terminal of the process. `NO_COLOR` is honoured, and a pipe gets no colours.
    #[expect(
        clippy::disallowed_methods,
        reason = "the convention for programs without colour is a variable of the environment"
    )]
    pub(crate) fn of_process() -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let plain = unwanted || !std::io::stdout().is_terminal();
        Self { colour: if plain { notice::Colour::Off } else { notice::Colour::On }, kept: None }
    }

    /// A place that keeps what is said.
    #[cfg(unix)]
    pub(crate) fn keeping() -> Self {
        Self { colour: notice::Colour::Off, kept: Some(RefCell::default()) }
    }

    /// What was kept.
    #[cfg(unix)]
    pub(crate) fn kept(self) -> Kept {
        self.kept.map(RefCell::into_inner).unwrap_or_default()
    }

    /// Says what was said elsewhere.
    #[cfg(unix)]
    pub(crate) fn repeat(&self, said: &Kept) {
        self.out(&said.out);
        self.err(&said.err);
    }

    /// Whether to print in colour.
    pub(crate) const fn colour(&self) -> notice::Colour {
        self.colour
    }

    /// Writes to standard output.
    pub(crate) fn out(&self, text: &str) {
        if let Some(kept) = &self.kept {
            kept.borrow_mut().out.push_str(text);
            return;
        }
        let mut out = std::io::stdout().lock();
        // A closed pipe has nobody to tell.
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Writes bytes that are no text to standard output.
    pub(crate) fn bytes(&self, bytes: &[u8]) {
        if let Some(kept) = &self.kept {
            kept.borrow_mut().out.push_str(&String::from_utf8_lossy(bytes));
            return;
        }
        let mut out = std::io::stdout().lock();
        // A closed pipe has nobody to tell.
        let _ = out.write_all(bytes).and_then(|()| out.flush());
    }

    /// Whether standard output is a screen and not a pipe or file.
    pub(crate) fn is_read_by_a_person(&self) -> bool {
        self.kept.is_none() && std::io::stdout().is_terminal()
    }

    fn err(&self, text: &str) {
        if let Some(kept) = &self.kept {
            kept.borrow_mut().err.push_str(text);
            return;
        }
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
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
        self.err(&format!("{text}\n"));
    }

    /// Says why a command did not do what it was asked.
    pub(crate) fn failure(&self, failure: &crate::answer::Failure) {
        let words = failure.words();
        self.error_line(&format!("error: {}\n  help: {}", words.sentence, words.help));
    }
}
