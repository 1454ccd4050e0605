//! What happens at each address: ask a service, show its answer.

pub(super) mod blocks;
pub(super) mod citizen;
pub(super) mod clocks;
#[cfg(feature = "demo")]
pub(super) mod demo;
#[cfg(feature = "demo")]
pub(super) mod demo_europe;
pub(super) mod drafts;
pub(super) mod emergencies;
pub(super) mod europe;
pub(super) mod europe_held;
mod jobs;
pub(super) mod log;
pub(super) mod officer;
pub(super) mod open;
mod order_form;
pub(super) mod orders;
mod organisation;
pub(super) mod patients;
pub(super) mod pharmacies;
pub(super) mod pharmacy;
pub(super) mod prints;
pub(super) mod registers;
pub(super) mod represented;
pub(super) mod statistics;
pub(super) mod warn;

use notice::{Id, Kind};

use crate::problem::{Code, Problem};

/// The id of an address; what is none is not found.
fn id<K: Kind>(text: &str) -> Result<Id<K>, Problem> {
    text.parse().map_err(|_| Code::NotFound.into())
}
