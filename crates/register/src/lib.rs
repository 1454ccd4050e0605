#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod call;
pub mod change;
pub mod corpus;
pub mod error;
pub mod hold;
pub mod identifier;
pub mod line;
pub mod personal;
pub mod query;
pub mod record;
mod register;
pub mod sweep;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub use call::{Ask, Call, Caller, Clock, Randomness};
pub use change::{Change, Draft, Holder, Link, Strength};
pub use corpus::Corpus;
pub use error::{ChangeError, Denied, FourEyes, OpenError, Unavailable};
pub use hold::{Held, Hold, HoldId, HoldKind};
pub use identifier::{AuthorisationId, Cpr, Identifier, OrganisationNumber, Sex};
pub use line::{Line, Outcome, Trace};
pub use personal::Personal;
pub use query::Query;
pub use record::{Clocked, Content, Record, Stage};
pub use register::{Config, Register};
pub use sweep::{Guard, Plan, Receipt, Report, Stopped};
