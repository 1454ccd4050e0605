#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod asking;
pub mod call;
pub mod change;
mod changing;
mod clockwork;
pub mod corpus;
mod dated;
mod engine;
mod envelope;
pub mod error;
mod facts;
mod folding;
mod guard;
pub mod hold;
mod house;
pub mod identifier;
mod identity;
pub mod line;
mod listing;
mod logging;
mod open;
mod oversight;
pub mod personal;
mod pool;
mod preparing;
pub mod query;
mod raising;
mod reading;
mod recent;
pub mod record;
mod register;
mod replacing;
mod secrets;
mod stripes;
pub mod sweep;
mod sweeping;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod view;
mod waiting;
mod writer;

pub use call::{Ask, Call, Caller, Clock, Randomness};
pub use change::{Change, Draft, Holder, Link, Strength};
pub use corpus::Corpus;
pub use dated::{Dated, last_run};
pub use error::{ChangeError, Denied, FourEyes, OpenError, Unavailable};
pub use hold::{Held, Hold, HoldId, HoldKind};
pub use identifier::{AuthorisationId, Cpr, Identifier, OrganisationNumber, OwnId, Sex};
pub use line::{Kept, Line, Outcome, Trace};
pub use personal::Personal;
pub use query::{Links, Query, Slice};
pub use record::{Clocked, Content, Record, Stage};
pub use register::{Config, Register};
pub use replacing::{Replacing, Whole};
pub use sweep::{Act, Guard, Plan, Receipt, Report, Stopped};
