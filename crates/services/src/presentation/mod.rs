//! Presentations: a person shows or sends a prescription to a pharmacy, which may then see and serve it.

pub mod end;
pub mod present;
pub mod register_presentation;
pub mod see_own_presentations;
pub mod take_back;

/// How long a presentation opens the prescriptions, in days.
pub const LASTS_DAYS: i64 = 7;

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.presentation";

/// The content of a presentation: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct PresentationContent {
    /// All open prescriptions if `None`.
    pub(crate) prescription: Option<String>,
    pub(crate) pharmacy: String,
    pub(crate) pharmacy_name: String,
    pub(crate) from: jiff::Timestamp,
    pub(crate) until: jiff::Timestamp,
}
