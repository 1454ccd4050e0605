//! Presentations of prescriptions over REST.

pub(crate) mod end;
pub(crate) mod present;
pub(crate) mod register_presentation;
pub(crate) mod see_own_presentations;
pub(crate) mod take_back;
