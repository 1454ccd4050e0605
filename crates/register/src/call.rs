//! Who calls, when, and what is asked of the register.

use std::fmt;

use jiff::Timestamp;
use notice::{Actor, Target};

use crate::personal::Personal;

/// Where the time comes from. The only one that reads the machine's clock is in the command.
pub trait Clock: Send + Sync + fmt::Debug {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Seconds since some start, never set back; tells a step of the clock from the passing of time.
    fn monotonic_seconds(&self) -> f64;
}

/// Where randomness comes from. Fixed in tests and simulations, the operating system's elsewhere.
pub trait Randomness: Send + Sync + fmt::Debug {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// The caller as the citizen will see it in the log: resolved at the time of the call.
#[derive(Clone, Debug)]
pub struct Caller {
    /// For the decision.
    pub actor: Actor,
    /// Name of the person or system.
    pub name: Personal<String>,
    /// Name of the organisation.
    pub organisation_name: Option<String>,
    /// The person on whose behalf an assistant acts.
    pub on_behalf_of: Option<Personal<String>>,
    /// When the caller last logged in; a use may demand a fresh login.
    pub authenticated_at: Option<Timestamp>,
}

/// One call: its time does not change while it runs.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who.
    pub caller: Caller,
    /// When it began.
    pub now: Timestamp,
}

/// What a service asks leave for.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Full name of the use, such as `fmk.read-card`.
    pub use_name: &'static str,
    /// About whom or what.
    pub target: Target,
    /// The reason in the caller's own words, shown to the citizen.
    pub reason: Option<Personal<String>>,
}
