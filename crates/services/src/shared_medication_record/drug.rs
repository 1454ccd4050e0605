//! A medicine as it is ordered, prescribed and handed over.

use crate::Problem;
use crate::check::Check;

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

impl Drug {
    pub(super) fn check(&self, check: &mut Check) {
        check.text("drug.name", &self.name, 200);
        check.optional("drug.form", self.form.as_deref(), 100);
        check.optional("drug.strength", self.strength.as_deref(), 100);
        check.that(self.drug_id.as_deref().is_none_or(is_drug_id), || {
            Problem::new(
                "drug.drug-id",
                "not-a-drug-id",
                "Et lægemiddelnummer har 11 cifre. Vælg lægemidlet igen.",
                "A medicine number has 11 digits. Choose the medicine again.",
            )
        });
        check.that(self.atc.as_deref().is_none_or(is_atc), || {
            Problem::new(
                "drug.atc",
                "not-an-atc-code",
                "En ATC-kode har højst 8 tegn: et stort bogstav, så cifre og store bogstaver.",
                "An ATC code has at most 8 characters: a capital letter, then digits and capitals.",
            )
        });
    }

    /// Name, form and strength in one line.
    #[must_use]
    pub fn words(&self) -> String {
        [Some(&self.name), self.form.as_ref(), self.strength.as_ref()]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn is_drug_id(text: &str) -> bool {
    text.len() == 11 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0')
}

fn is_atc(text: &str) -> bool {
    (1..=8).contains(&text.len())
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
}

/// Whether a text is a package number of six digits.
pub(super) fn is_package_number(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit())
}
