#![doc = include_str!("../README.md")]

pub mod call;
pub mod change;
pub mod error;
pub mod identifier;
pub mod line;
pub mod personal;
pub mod record;
mod register;
pub mod sweep;

pub use call::{Ask, Call, Caller, Clock, Randomness};
pub use change::{Change, Draft, Holder, Link, Strength};
pub use error::{ChangeError, Denied, OpenError, Unavailable};
pub use identifier::{AuthorisationId, Cpr, Identifier};
pub use line::{Line, Outcome, Trace};
pub use personal::Personal;
pub use record::{Content, Record, Stage};
pub use register::{Config, Register};
