//! smitte|stop: what the authority's systems do with exposure notification, in the words of its notice.

pub mod closing;
pub mod exports;
pub mod gateway;
pub mod keys;
pub mod positives;
pub mod statistics;
pub mod verification;

pub use crate::gateway_records::KEPT_HOURS;
