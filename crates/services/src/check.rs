//! Checks what was sent, and gathers every problem before anything is asked of the register.

use crate::{Error, Explain, Problem};

/// How many letters a written reason must have.
pub const REASON_LETTERS_MIN: usize = 20;

/// Problems so far.
#[derive(Debug, Default)]
pub(crate) struct Check {
    problems: Vec<Problem>,
}

impl Check {
    /// Notes a problem with a field unless it is all right.
    pub(crate) fn that(&mut self, fine: bool, problem: impl FnOnce() -> Problem) -> &mut Self {
        if !fine {
            self.problems.push(problem());
        }
        self
    }

    /// A text that must say something, with at most so many characters.
    pub(crate) fn text(&mut self, field: &str, value: &str, characters_max: usize) -> &mut Self {
        let empty =
            || Problem::new(field, "empty", "Feltet er tomt. Udfyld det.", "The field is empty. Fill it in.");
        self.that(!value.trim().is_empty(), empty).short(field, value, characters_max)
    }

    /// A text with at most so many characters and no control characters.
    pub(crate) fn short(&mut self, field: &str, value: &str, characters_max: usize) -> &mut Self {
        self.that(value.chars().count() <= characters_max, || {
            Problem::new(
                field,
                "too-long",
                format!("Teksten er for lang. Skriv højst {characters_max} tegn."),
                format!("The text is too long. Write at most {characters_max} characters."),
            )
        });
        self.that(!value.chars().any(|c| c.is_control() && c != '\n'), || {
            Problem::new(
                field,
                "control-characters",
                "Teksten indeholder styretegn. Skriv den igen i stedet for at kopiere den.",
                "The text holds control characters. Type it again instead of pasting it.",
            )
        })
    }

    /// A reason of so many letters: spaces and stops do not count.
    pub(crate) fn letters(&mut self, field: &str, value: &str, letters_min: usize) -> &mut Self {
        self.that(value.chars().filter(|c| c.is_alphanumeric()).count() >= letters_min, || {
            Problem::new(
                field,
                "reason-too-short",
                format!("Skriv grunden med mindst {letters_min} bogstaver. Borgeren læser den."),
                format!("Write the reason in at least {letters_min} letters. The person reads it."),
            )
        });
        self.short(field, value, 1_000)
    }

    /// A text that may be left out.
    pub(crate) fn optional(&mut self, field: &str, value: Option<&str>, characters_max: usize) -> &mut Self {
        match value {
            Some(value) => self.text(field, value, characters_max),
            None => self,
        }
    }

    /// All problems, or none.
    pub(crate) fn done<Own: Explain>(self) -> Result<(), Error<Own>> {
        if self.problems.is_empty() { Ok(()) } else { Err(Error::Invalid(self.problems)) }
    }
}
