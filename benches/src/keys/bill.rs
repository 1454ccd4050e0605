//! What each server costs: the time of the processors by the threads that work for it.

use anyhow::{Context, Result};

use super::house::megabytes;

/// For whom threads work.
pub(super) const PARTIES: [&str; 3] = ["verification", "keys", "broker"];

/// Seconds of all processors since the process began, and its memory.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bill {
    /// By party; what its register writes is in it.
    pub(super) parties_s: [f64; 3],
    /// All: the rest are browsers, phones, and the making of what they send.
    pub(super) all_s: f64,
    /// Memory now, in megabytes.
    pub(super) resident_mb: f64,
    /// The most since it was last forgotten.
    pub(super) peak_mb: f64,
}

impl Bill {
    /// As the operating system counts it. The first register that was opened is that of verification.
    pub(super) fn now() -> Result<Self> {
        let mut bill = Self { all_s: seconds("/proc/self/stat")?, ..Self::default() };
        let mut writers = Vec::new();
        for entry in std::fs::read_dir("/proc/self/task")? {
            let folder = entry?.path();
            // A thread may end while it is looked at; then it works for nobody here.
            let Ok(name) = std::fs::read_to_string(folder.join("comm")) else { continue };
            let Ok(used) = seconds(&folder.join("stat").to_string_lossy()) else { continue };
            if name.starts_with("register-writer") {
                let number =
                    folder.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse().ok());
                writers.push((number.unwrap_or(u64::MAX), used));
            } else if let Some(at) = PARTIES.iter().position(|party| name.trim_end() == *party) {
                bill.parties_s[at] += used;
            }
        }
        writers.sort_by_key(|(number, _)| *number);
        for (at, (_, used)) in writers.into_iter().enumerate().take(2) {
            bill.parties_s[at] += used;
        }
        (bill.resident_mb, bill.peak_mb) = (megabytes("VmRSS:")?, megabytes("VmHWM:")?);
        Ok(bill)
    }

    /// What was used since another.
    pub(super) fn since(&self, before: &Self) -> Self {
        let mut since = *self;
        since.all_s -= before.all_s;
        for (now, then) in since.parties_s.iter_mut().zip(before.parties_s) {
            *now -= then;
        }
        since
    }
}

/// User time is the 12th field behind the name, which may hold anything; time in the kernel the 13th, in hundredths.
fn seconds(stat: &str) -> Result<f64> {
    let stat = std::fs::read_to_string(stat)?;
    let rest = stat.rsplit_once(')').map(|(_, rest)| rest).context("stat")?;
    let ticks = rest.split_whitespace().skip(11).take(2).map(|field| field.parse::<f64>());
    Ok(ticks.sum::<Result<f64, _>>()? / 100.0)
}
