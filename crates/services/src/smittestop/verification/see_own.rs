//! A person sees what stands about her in smitte|stop, and when it goes.

use jiff::Timestamp;
use notice::{Reading, Target};
use register::Clocked;

use crate::{Call, Nothing};

/// Use of the notice.
pub const USE: &str = "sst.see-own";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// What stands about her. Codes and keys are not in it: nobody can find them for a person.
#[derive(Clone, Debug, Default)]
pub struct Own {
    /// When each login goes.
    pub logins: Vec<Option<Timestamp>>,
    /// When each count goes.
    pub checks: Vec<Option<Timestamp>>,
    /// On the list, and when that entry came.
    pub listed: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error;

/// A person sees what stands about her.
///
/// # Errors
/// Refused.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Own, Error> {
    let grant = at.ask::<Reading, Nothing>(USE, Target::Person(at.me()), None)?;
    let clocked = at.register.read_clocks(at.call, grant)?;
    let of = |name: &str| clocked.iter().filter(|one| at.is_in(&one.record, name)).collect::<Vec<_>>();
    let goes = |one: &&Clocked| one.record.due_at;
    Ok(Own {
        logins: of("sst.nemid-login").iter().map(goes).collect(),
        checks: of("sst.verification-count").iter().map(goes).collect(),
        listed: of("sst.ssi-infected").first().map(|one| one.record.collected_at),
    })
}
