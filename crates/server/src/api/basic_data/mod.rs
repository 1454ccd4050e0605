//! Basic data over REST.

pub(crate) mod change_own_contact;
pub(crate) mod end_custody;
pub(crate) mod find_patient;
pub(crate) mod import_person;
pub(crate) mod my_children;
pub(crate) mod read_basic;
pub(crate) mod register_custody;
pub(crate) mod report_death;
pub(crate) mod see_own;
