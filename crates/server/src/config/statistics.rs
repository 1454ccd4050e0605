//! `[statistics]`: one of the two bodies that count together. Absent: this server counts nothing.

use std::net::SocketAddr;
use std::path::PathBuf;

use serde::Deserialize;
use statistics::sum::Terms;

use super::Tls;
use super::check::{Found, OPEN, is_loopback_origin, is_open};

/// One of the two bodies that count together.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatisticsSettings {
    /// Which of the two.
    pub role: StatisticsRole,
    /// Where phones, or the leader, reach it: a listener of its own, which looks at nobody's address.
    pub address: SocketAddr,
    /// What is counted; both bodies and the phones have the same word for it.
    #[serde(default = "smittestop")]
    pub task: String,
    /// Our private key: 64 hexadecimal digits, mode 0400.
    pub key: PathBuf,
    /// Its number, changed with the key.
    #[serde(default = "first")]
    pub key_id: u8,
    /// The secret of both bodies, which no phone knows: 64 hexadecimal digits, mode 0400.
    pub secret: PathBuf,
    /// Where the leader finds the helper.
    pub helper: Option<String>,
    /// Fewer reports than this are never revealed.
    #[serde(default = "reports_min")]
    pub reports_min: u64,
    /// How little one report may change what is revealed, in thousandths: the epsilon of differential privacy.
    #[serde(default = "epsilon")]
    pub epsilon_thousandths: u32,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StatisticsRole {
    /// Phones send to it, and it publishes.
    Leader,
    /// It checks with the leader, and stands under somebody else.
    Helper,
}

fn smittestop() -> String {
    "smittestop".to_owned()
}

const fn first() -> u8 {
    1
}

fn reports_min() -> u64 {
    Terms::default().reports_min
}

fn epsilon() -> u32 {
    Terms::default().epsilon_thousandths
}

impl StatisticsSettings {
    /// On which terms a sum is given away.
    #[must_use]
    pub const fn terms(&self) -> Terms {
        Terms { reports_min: self.reports_min, epsilon_thousandths: self.epsilon_thousandths }
    }

    pub(super) fn check(&self, tls: Tls, found: &mut Found) {
        found.when(
            tls == Tls::Loopback && !self.address.ip().is_loopback(),
            "statistics.address",
            "without TLS the server listens on loopback only",
        );
        let helper = self.helper.as_deref();
        found.when(
            (self.role == StatisticsRole::Leader) != helper.is_some(),
            "statistics.helper",
            "the leader, and only the leader, names the address of the helper",
        );
        found.when(
            helper.is_some_and(|helper| !helper.starts_with("https://") && !is_loopback_origin(helper)),
            "statistics.helper",
            "must begin with https://; the helper is another body on another machine",
        );
        found.when(
            self.reports_min < Terms::REPORTS_MIN_FLOOR,
            "statistics.reports_min",
            "a figure over fewer than 100 phones says something of each of them",
        );
        found.when(
            !(1..=Terms::EPSILON_THOUSANDTHS_MAX).contains(&self.epsilon_thousandths),
            "statistics.epsilon_thousandths",
            "must be 1 to 2000; more is too little noise to hide one phone",
        );
        for (file, setting) in [(&self.key, "statistics.key"), (&self.secret, "statistics.secret")] {
            found.when(is_open(file), setting, OPEN);
        }
    }
}
