//! A register on the notices that ship, with a clock that is moved on, and how much memory the process has held.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use notice::{Actor, Policy};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha20Rng;
use register::{Caller, Clock, Config, Corpus, Personal, Randomness, Register};
use services::Call;

use crate::check::corpora;
use crate::decide::corpus;

/// When it begins: the morning of an ordinary day.
const BEGIN: &str = "2026-11-21T06:00:00Z";

/// Time passes as it does, and more of it whenever it is told to.
#[derive(Debug)]
pub(super) struct Moved {
    begin: Timestamp,
    started: Instant,
    ahead: Mutex<SignedDuration>,
}

impl Moved {
    /// The beginning is now.
    pub(super) fn begin() -> Result<Self> {
        Ok(Self { begin: BEGIN.parse()?, started: Instant::now(), ahead: Mutex::new(SignedDuration::ZERO) })
    }

    fn passed(&self) -> SignedDuration {
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        ahead.saturating_add(SignedDuration::try_from(self.started.elapsed()).unwrap_or(SignedDuration::ZERO))
    }

    /// So much more has passed.
    pub(super) fn pass(&self, time: SignedDuration) {
        let mut ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        *ahead = ahead.saturating_add(time);
    }

    /// Moves on to a time after the beginning, if it is not past it already.
    #[cfg(feature = "demo")]
    pub(super) fn pass_until(&self, since_begin: SignedDuration) {
        let left = since_begin.saturating_sub(self.passed());
        if left > SignedDuration::ZERO {
            self.pass(left);
        }
    }
}

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        self.begin.saturating_add(self.passed()).unwrap_or(Timestamp::MAX)
    }

    fn monotonic_seconds(&self) -> f64 {
        self.passed().as_secs_f64()
    }
}

/// Chance from a seed: the cost of the operating system's is not what is measured.
#[derive(Debug)]
pub(super) struct Chance(Mutex<ChaCha20Rng>);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha20Rng::seed_from_u64(seed)))
    }

    pub(super) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

impl Randomness for Chance {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(bytes);
    }
}

/// The notices that ship.
fn notices() -> Result<(Arc<Policy>, Corpus)> {
    let files = corpora::shipped()?;
    let policy = Arc::new(corpus::compiled(&files)?);
    Ok((policy, Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() }))
}

/// What the servers of smitte|stop stand on.
#[cfg(feature = "demo")]
pub(super) fn ground(folder: &Path, clock: Arc<Moved>) -> Result<server::rehearsal::Ground> {
    let (policy, corpus) = notices()?;
    let randomness = Arc::new(Chance::new(1));
    Ok(server::rehearsal::Ground { folder: folder.to_owned(), policy, corpus, clock, randomness })
}

/// A register of its own.
pub(super) struct House {
    pub(super) register: Register,
    pub(super) clock: Arc<Moved>,
    pub(super) chance: Arc<Chance>,
    policy: Arc<Policy>,
}

impl House {
    /// Makes it in a folder.
    pub(super) fn make(folder: &Path) -> Result<Self> {
        let (policy, kept) = notices()?;
        let config = Config::new(
            folder.join("database"),
            folder.join("keys"),
            TimeZone::get("Europe/Copenhagen").context("the zone")?,
        );
        let clock = Arc::new(Moved::begin()?);
        let chance = Arc::new(Chance::new(1));
        let register = Register::open(&config, policy.clone(), kept, clock.clone(), chance.clone())?;
        Ok(Self { register, clock, chance, policy })
    }

    /// Acts as the key server itself does.
    pub(super) fn act<T>(&self, chance: &Chance, action: impl FnOnce(&Call<'_>) -> T) -> Result<T> {
        let role = self.policy.role_id("system").context("no role `system`")?;
        let caller = Caller {
            actor: Actor { person: None, role, organisation: None },
            name: Personal::new("a benchmark".to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: None,
        };
        let call = self.register.call(caller);
        Ok(action(&Call { register: &self.register, call: &call, randomness: chance }))
    }
}

/// The most memory that the process has held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Used {
    /// At once, since [`Used::forget_peak`], in megabytes.
    pub(super) peak_mb: f64,
}

/// A line of what the operating system says of the memory of this process, in megabytes.
pub(super) fn megabytes(name: &str) -> Result<f64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name)).context("a line of status")?;
    Ok(line.trim().trim_end_matches("kB").trim().parse::<f64>()? / 1_000.0)
}

impl Used {
    /// As the operating system counts it.
    pub(super) fn now() -> Result<Self> {
        Ok(Self { peak_mb: megabytes("VmHWM:")? })
    }

    /// From here on the peak counts anew.
    pub(super) fn forget_peak() -> Result<()> {
        std::fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs")
    }
}

/// On the disk of the build, not on one that lives in memory.
pub(super) fn here() -> Result<tempfile::TempDir> {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), std::path::PathBuf::from);
    std::fs::create_dir_all(&target)?;
    Ok(tempfile::tempdir_in(target)?)
}
