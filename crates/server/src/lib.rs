#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod acted;
pub mod api;
mod app;
pub mod config;
mod danish;
#[cfg(feature = "demo")]
pub mod demo;
mod drafts;
pub mod federation;
mod http;
pub mod i18n;
pub mod jobs;
pub mod key_server;
pub mod limits;
pub mod login;
pub mod metrics;
mod ops;
mod padded;
pub mod pages;
mod pem;
mod posted;
pub mod problem;
mod proofs;
#[cfg(any(test, feature = "rehearsal"))]
pub mod rehearsal;
mod router;
pub mod security_log;
mod serve;
pub mod session;
pub mod statistics;
mod uploaded;
mod verification;
mod visitor;
pub mod warnings;

pub use app::{App, NotStarted, Parts, Place};
pub use config::Config;
pub use http::client::Client;
pub use http::panics::print_places_only;
pub use ops::operations;
pub use posted::{Posted, TOKEN_FIELD};
pub use problem::{Code, Problem};
pub use proofs::Proofs;
pub use router::{router, with_layers};
pub use security_log::SecurityLog;
pub use serve::{Listeners, NotListening, door, serve};
pub use session::Persona;
pub use verification::{BadCertificateKey, BadTokenKey, BadVerification};
pub use visitor::{SignedIn, Visitor};
