//! Treatment relations: who treats whom, from where it is known, and how surely.

pub mod end_relation;
pub mod import_relations;
pub mod my_patients_today;
pub mod register_relation;
mod strength;

pub use strength::{Evidence, Found, Kind, Source, Strength};

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.treatment-relation";

/// The content of a treatment relation: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct RelationContent {
    pub(crate) organisation: String,
    pub(crate) organisation_name: String,
    pub(crate) professional: Option<String>,
    pub(crate) kind: Found,
    pub(crate) from: jiff::Timestamp,
    pub(crate) until: Option<jiff::Timestamp>,
    pub(crate) source: Source,
}
