//! Keys between countries: the European gateway as a server, and our side of it.

mod agreeing;
mod between;
pub mod client;
mod door;
pub mod gateway;
#[cfg(any(test, feature = "demo"))]
pub mod rehearsal;
#[cfg(test)]
mod tests;
mod told;

pub use crate::pem::BadPem;
pub(crate) use agreeing::{Person, Said, Which};
pub(crate) use between::{Between, Fresh};
pub use door::Door;
pub(crate) use told::routes;
