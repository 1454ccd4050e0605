//! Consents over REST.

pub(crate) mod give;
pub(crate) mod see_own_consents;
pub(crate) mod withdraw;
