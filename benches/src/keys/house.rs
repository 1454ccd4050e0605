//! A register on the notices that ship, with a clock that is moved on, and what the process has used of the machine.

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
        let files = corpora::shipped()?;
        let policy = Arc::new(corpus::compiled(&files)?);
        let kept = Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() };
        let config = Config::new(
            folder.join("database"),
            folder.join("keys"),
            TimeZone::get("Europe/Copenhagen").context("the zone")?,
        );
        let clock = Arc::new(Moved {
            begin: BEGIN.parse()?,
            started: Instant::now(),
            ahead: Mutex::new(SignedDuration::ZERO),
        });
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

/// What the process has used of the machine since it began.
#[derive(Clone, Copy, Debug)]
pub(super) struct Used {
    /// Seconds of all processors.
    pub(super) cpu_seconds: f64,
    /// Most memory at once since [`Used::forget_peak`], in megabytes.
    pub(super) peak_mb: f64,
}

impl Used {
    /// As the operating system counts it.
    pub(super) fn now() -> Result<Self> {
        let stat = std::fs::read_to_string("/proc/self/stat")?;
        // Behind the name, which may hold anything: user time is the 12th, time in the kernel the 13th, in hundredths.
        let rest = stat.rsplit_once(')').map(|(_, rest)| rest).context("/proc/self/stat")?;
        let ticks = rest.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>());
        let cpu_seconds = ticks.sum::<Result<f64, _>>()? / 100.0;
        let status = std::fs::read_to_string("/proc/self/status")?;
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
        let kilobytes: f64 = peak.trim().trim_end_matches("kB").trim().parse()?;
        Ok(Self { cpu_seconds, peak_mb: kilobytes / 1_000.0 })
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
