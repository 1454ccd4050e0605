//! Treatment relations over REST.

pub(crate) mod end_relation;
pub(crate) mod import_relations;
pub(crate) mod my_patients_today;
pub(crate) mod register_relation;
