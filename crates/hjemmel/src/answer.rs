//! What a command answers, and the exit code that says it.

/// A command that ran to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes, or done: exit code 0.
    Yes,
    /// No, or there are errors: exit code 1.
    No,
}

/// A command that did not.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// It was asked in a way that it cannot answer: exit code 2.
    Use(Words),
    /// Something that it needs is not to be had: exit code 3.
    Cannot(Words),
}

/// A sentence and a line of help.
#[derive(Debug, PartialEq, Eq)]
pub struct Words {
    /// What is wrong.
    pub sentence: String,
    /// What to do.
    pub help: String,
}

impl Failure {
    /// Wrong use.
    #[must_use]
    pub fn usage(sentence: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Use(Words { sentence: sentence.into(), help: help.into() })
    }

    /// Something is missing or broken.
    #[must_use]
    pub fn cannot(sentence: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Cannot(Words { sentence: sentence.into(), help: help.into() })
    }

    /// What to print.
    #[must_use]
    pub const fn words(&self) -> &Words {
        match self {
            Self::Use(words) | Self::Cannot(words) => words,
        }
    }
}

/// The exit code of a command.
#[must_use]
pub const fn exit_code(result: &Result<Answer, Failure>) -> u8 {
    match result {
        Ok(Answer::Yes) => 0,
        Ok(Answer::No) => 1,
        Err(Failure::Use(_)) => 2,
        Err(Failure::Cannot(_)) => 3,
    }
}
