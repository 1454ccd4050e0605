//! A medicine as it is ordered, prescribed and handed over.

/// The medicine. The name is always known; the rest as far as the reader may see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Drug {
    /// Trade name or generic name.
    pub name: String,
    /// Number of the drug, 11 digits.
    pub drug_id: Option<String>,
    /// ATC code, at most 8 characters.
    pub atc: Option<String>,
    /// Form, such as `tabletter`.
    pub form: Option<String>,
    /// Strength, such as `10 mg`.
    pub strength: Option<String>,
}
crate::redacted::redacted!(Drug);
