//! Two different persons who agree, by their names. Who writes the same name twice, in other letters or with more spaces, is one.

use notice::Lang;

/// The names of two different persons.
#[derive(Clone, PartialEq, Eq)]
pub struct TwoNames {
    first: String,
    second: String,
}

/// The same name twice, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("two different persons must agree; give two names")]
pub struct NotTwo;

impl NotTwo {
    /// What is the matter and what to do, the same wherever two must agree.
    #[must_use]
    pub fn words(self, lang: Lang) -> String {
        match lang {
            Lang::Da => "To forskellige personer skal være enige. Skriv to navne.",
            Lang::En => "Two different persons must agree. Give two names.",
        }
        .to_owned()
    }
}

impl TwoNames {
    /// Two names, if they are of two persons.
    ///
    /// # Errors
    /// [`NotTwo`].
    pub fn of(first: &str, second: &str) -> Result<Self, NotTwo> {
        let alike = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let both = [alike(first), alike(second)];
        let [one, other] = &both;
        if both.iter().any(String::is_empty) || one == other {
            return Err(NotTwo);
        }
        Ok(Self { first: first.trim().to_owned(), second: second.trim().to_owned() })
    }

    /// Who proposed it.
    #[must_use]
    pub fn first(&self) -> &str {
        &self.first
    }

    /// Who agreed.
    #[must_use]
    pub fn second(&self) -> &str {
        &self.second
    }
}

impl std::fmt::Debug for TwoNames {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TwoNames(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_names_are_of_two_persons_or_they_are_not_taken() {
        let both = TwoNames::of(" Ada Ask ", "Bo Berg").unwrap();
        assert_eq!((both.first(), both.second()), ("Ada Ask", "Bo Berg"));
        for (first, second) in
            [("Ada", "Ada"), ("Ada Ask", " ada  ask "), ("ÅSE", "åse"), ("", "Bo"), ("Ada", " \t"), ("", "")]
        {
            assert_eq!(TwoNames::of(first, second), Err(NotTwo), "`{first}` and `{second}`");
        }
        assert!(!format!("{both:?}").contains("Ada"));
    }
}
