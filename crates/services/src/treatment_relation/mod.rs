//! Treatment relations: who treats whom, from where it is known, and how surely.

pub mod end_relation;
pub mod import_relations;
pub mod my_patients_today;
pub mod register_relation;
mod strength;

pub use strength::{Evidence, Found, Kind, Source, Strength};
