//! How much is allowed how often. Threats 4.5. Held in memory only: nothing here says who asked for what.

mod subjects;
mod window;

use std::net::IpAddr;

use register::Clock;

pub use subjects::{Looked, PEOPLE_A_DAY, Subjects};
pub use window::{Limit, TooMany, Window};

use crate::config::LimitSettings;
use crate::session::SecretKey;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Any request.
    Request,
    /// The start of a login.
    Login,
    /// The return from a login.
    LoginReturn,
    /// A token asked for by a system.
    Token,
    /// A refusal of the notice to a member of staff: beyond it the supervisor is told.
    Refusal,
    /// Telling the supervisor so: once an hour.
    SupervisorTold,
    /// Refusals so many that the next question is not asked: a flood must not fill the log (T10).
    RefusalFlood,
    /// A search for a person by number.
    FindPatient,
    /// A code or a token that a phone brings.
    Code,
    /// A code with nothing behind it.
    WrongCode,
}

impl Counted {
    /// Every count.
    pub const ALL: [Self; 10] = [
        Self::Request,
        Self::Login,
        Self::LoginReturn,
        Self::Token,
        Self::Refusal,
        Self::SupervisorTold,
        Self::RefusalFlood,
        Self::FindPatient,
        Self::Code,
        Self::WrongCode,
    ];
}

/// By whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    /// One IPv4 address or one IPv6 /64.
    Network(u128),
    /// A person or system that is logged in.
    Actor(SecretKey),
}

impl By {
    /// The network that an address counts for.
    #[must_use]
    pub fn network(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self::Network(u128::from(v4.to_bits())),
            IpAddr::V6(v6) => Self::Network(v6.to_bits() >> 64 << 64 | 1),
        }
    }
}

/// All limits that this server keeps count of.
#[derive(Debug)]
pub struct Limits {
    settings: LimitSettings,
    window: Window<(Counted, By)>,
}

impl Limits {
    /// None has been used.
    #[must_use]
    pub fn new(settings: &LimitSettings) -> Self {
        Self { settings: settings.clone(), window: Window::default() }
    }

    /// Counts one more from an address.
    ///
    /// # Errors
    /// [`TooMany`].
    pub fn from_address(&self, counted: Counted, address: IpAddr, clock: &dyn Clock) -> Result<(), TooMany> {
        let limit = self.limit_of(counted, address);
        self.window.count((counted, By::network(address)), limit, clock.monotonic_seconds())
    }

    /// Whether the next from an address would be over the limit; counts nothing.
    #[must_use]
    pub fn is_over_from_address(&self, counted: Counted, address: IpAddr, clock: &dyn Clock) -> bool {
        let limit = self.limit_of(counted, address);
        self.window.is_over(&(counted, By::network(address)), limit, clock.monotonic_seconds())
    }

    fn limit_of(&self, counted: Counted, address: IpAddr) -> Limit {
        let mut limit = self.limit(counted, self.settings.requests_per_minute);
        if self.settings.shared_addresses.iter().any(|network| network.contains(address)) {
            limit.count = limit.count.saturating_mul(self.settings.shared_factor);
        }
        limit
    }

    /// Counts one more by a person or system.
    ///
    /// # Errors
    /// [`TooMany`].
    pub fn by_actor(&self, counted: Counted, actor: By, clock: &dyn Clock) -> Result<(), TooMany> {
        let limit = self.limit(counted, self.settings.requests_per_minute_actor);
        self.window.count((counted, actor), limit, clock.monotonic_seconds())
    }

    /// Whether the next by a person or system would be over the limit; counts nothing.
    #[must_use]
    pub fn is_over(&self, counted: Counted, actor: By, clock: &dyn Clock) -> bool {
        let limit = self.limit(counted, self.settings.requests_per_minute_actor);
        self.window.is_over(&(counted, actor), limit, clock.monotonic_seconds())
    }

    /// The number that stands for a count.
    #[must_use]
    pub const fn limit(&self, counted: Counted, requests: u32) -> Limit {
        match counted {
            Counted::Request => Limit { count: requests, seconds: 60 },
            Counted::Login | Counted::LoginReturn => Limit { count: 20, seconds: 60 },
            Counted::Token => Limit { count: 60, seconds: 60 },
            Counted::Refusal => Limit { count: 30, seconds: 3600 },
            Counted::SupervisorTold => Limit { count: 1, seconds: 3600 },
            Counted::RefusalFlood => Limit { count: 300, seconds: 3600 },
            Counted::FindPatient => Limit { count: 30, seconds: 60 },
            Counted::Code => Limit { count: 120, seconds: 60 },
            Counted::WrongCode => Limit { count: 20, seconds: 900 },
        }
    }
}
