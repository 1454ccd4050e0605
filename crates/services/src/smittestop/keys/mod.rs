//! Rolling IDs that people have let go of: received with a certificate, kept fourteen days, tied to nobody.
//!
//! Invariant: each lies by itself, under a person whom nobody can name, and tells the hour in which it came. That rows
//! which were written together lie together remains for whoever has the database and its keys in hand.

mod admit;
mod certificate;
pub mod for_gateway;
pub mod publish;
mod revise;
mod stored;

pub use certificate::{Certificate, ReportKind};
#[cfg(test)]
pub(crate) use stored::read;
pub(crate) use stored::{Kept, collected, hour_of, made_up, made_up_abroad, nobody, only_record};

/// Full name of the register of IDs that may be published.
pub(crate) const READY: &str = "sst.backend-keys";
/// Full name of the register of IDs that wait: still in use, or revised.
pub(crate) const WAITING: &str = "sst.waiting-keys";
/// Full name of the register of certificates that were used.
pub(crate) const CERTIFICATES: &str = "sst.used-certificate";
/// The role of the people in these records.
pub(crate) const ROLE: &str = "app-user";
/// The event from which the fourteen days count.
pub(crate) const UPLOADED: &str = "gateway.upload";
/// For so long at most an ID waits before it may be published: a day in use, two hours, and the rest of its hour.
pub(crate) const WAITS_HOURS: i64 = 27;
