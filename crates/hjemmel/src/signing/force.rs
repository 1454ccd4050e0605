//! Which notices run now: the new ones, or the former until the new take effect.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use notice::{Policy, SourceFile};
use serde::{Deserialize, Serialize};

use super::{Refused, Sheet, Signer, verify};

/// So many hours after the later signature notices that shorten a period may take effect. Threat T2.
pub const WAIT_HOURS: i64 = 7 * 24;
/// So far the clock may be put right backwards between two starts.
const BACK_HOURS_MAX: i64 = 1;

/// What a server remembers of the notices that it ran.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    /// Path and text of each file.
    pub files: Vec<(String, String)>,
    /// Their signatures.
    pub sheet: Sheet,
    /// The clock at the last start.
    pub seen: Timestamp,
}

impl Held {
    /// The files as the compiler takes them.
    #[must_use]
    pub fn sources(&self) -> Vec<SourceFile> {
        self.files.iter().map(|(path, text)| SourceFile { path: path.clone(), text: text.clone() }).collect()
    }
}

/// New notices, compiled.
#[derive(Clone, Copy, Debug)]
pub struct Candidate<'a> {
    /// The notices.
    pub policy: &'a Policy,
    /// Their signatures.
    pub sheet: &'a Sheet,
}

/// The notices that ran last, compiled.
#[derive(Clone, Copy, Debug)]
pub struct Former<'a> {
    /// The notices.
    pub policy: &'a Policy,
    /// Their signatures and the time of the last start; nothing where the server has lost them.
    pub held: Option<&'a Held>,
}

/// What runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The new notices.
    New,
    /// The former, until the new take effect.
    Former {
        /// When that is.
        until: Timestamp,
    },
}

/// Decides what runs.
///
/// # Errors
/// Neither may run.
pub fn choose(
    candidate: Candidate<'_>,
    former: Option<Former<'_>>,
    signers: &[Signer],
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Choice, Refused> {
    let signed = verify(candidate.sheet, &candidate.policy.version.to_string(), signers, now)?;
    let held = former.and_then(|former| former.held);
    if held.is_some_and(|held| after(now, BACK_HOURS_MAX) < held.seen) {
        return Err(Refused::ClockSetBack);
    }
    if former.is_some_and(|former| former.policy.version == candidate.policy.version) {
        return Ok(Choice::New);
    }
    let old = held.and_then(|held| held.sheet.signatures.iter().map(|it| it.at).max());
    if old.is_some_and(|old| signed.later <= old) {
        return Err(Refused::Replayed);
    }
    let shortens =
        former.is_some_and(|it| notice::diff::diff(it.policy, candidate.policy, zone).shortens_a_clock());
    let waits = if shortens { after(signed.later, WAIT_HOURS) } else { signed.valid_from };
    let until = waits.max(signed.valid_from);
    if now >= until {
        return Ok(Choice::New);
    }
    // The former run on as long as their own signatures still stand.
    let former = former.and_then(|it| it.held.map(|held| (it.policy, held))).ok_or(Refused::NotYet(until))?;
    verify(&former.1.sheet, &former.0.version.to_string(), signers, now)?;
    Ok(Choice::Former { until })
}

fn after(at: Timestamp, hours: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX)
}
