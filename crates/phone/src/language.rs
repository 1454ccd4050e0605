//! Danish and English. Every word that an owner reads stands in both, side by side, so that neither can be forgotten.

/// A language of the phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Danish.
    #[default]
    Danish,
    /// English.
    English,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Danish, Self::English];

    /// Its code, as in addresses and in `lang`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Danish => "da",
            Self::English => "en",
        }
    }

    /// The language of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// Its own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Danish => "Dansk",
            Self::English => "English",
        }
    }

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Danish => Self::English,
            Self::English => Self::Danish,
        }
    }
}

/// The same thing in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bilingual<T> {
    /// In Danish.
    pub da: T,
    /// In English.
    pub en: T,
}

impl<T> Bilingual<T> {
    /// In one of them.
    pub const fn of(&self, language: Language) -> &T {
        match language {
            Language::Danish => &self.da,
            Language::English => &self.en,
        }
    }
}

/// Words in both languages.
pub type Text = Bilingual<&'static str>;

impl Text {
    /// The words in one of them.
    #[must_use]
    pub const fn words(&self, language: Language) -> &'static str {
        match language {
            Language::Danish => self.da,
            Language::English => self.en,
        }
    }
}
