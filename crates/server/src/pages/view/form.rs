//! Forms: what was typed, what is wrong with it, and a summary that takes focus.

/// A field as it is shown again.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// What was typed.
    pub value: String,
    /// What is wrong, in words.
    pub problem: Option<String>,
}

impl Field {
    /// A field that holds a value.
    #[must_use]
    pub fn holding(value: impl Into<String>) -> Self {
        Self { value: value.into(), problem: None }
    }

    /// A field with something wrong.
    #[must_use]
    pub fn wrong(value: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { value: value.into(), problem: Some(problem.into()) }
    }
}

/// A choice of a list.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Whether it is chosen.
    pub chosen: Chosen,
}

/// Whether a choice is the one made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// It is.
    Yes,
    /// It is not.
    No,
}

impl Choice {
    /// Whether it is chosen.
    #[must_use]
    pub fn is_chosen(&self) -> bool {
        self.chosen == Chosen::Yes
    }
}

/// The summary above a form: name of the field and what is wrong with it, in words.
#[derive(Clone, Debug, Default)]
pub struct Problems(pub Vec<(String, String)>);

impl Problems {
    /// Collects what is wrong with named fields, in the order of the form.
    #[must_use]
    pub fn of(fields: &[(&'static str, &Field)]) -> Self {
        Self(
            fields
                .iter()
                .filter_map(|(name, field)| Some(((*name).to_owned(), field.problem.clone()?)))
                .collect(),
        )
    }
}
