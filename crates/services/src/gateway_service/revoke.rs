//! A certificate is believed no longer, at once and for every use. One person is enough: this is never slowed.

use notice::{Target, Writing};
use register::Change;

use super::certificates::{self, REVOKED};
use super::{Reason, Rules, USE};
use crate::Call;

/// Why not.
pub type Error = crate::Error<Reason>;

/// Revokes every row of a certificate. Returns how many there were.
///
/// # Errors
/// There is no such certificate.
pub fn run(at: &Call<'_>, rules: &Rules, thumbprint: &str) -> Result<usize, Error> {
    let rows = certificates::run(at, rules)?;
    let wanted = thumbprint.to_lowercase();
    let rows: Vec<_> = rows.iter().filter(|row| row.thumbprint == wanted).collect();
    if rows.is_empty() {
        return Err(Error::Not(Reason::NoCertificate));
    }
    for row in rows.iter().filter(|row| row.revoked.is_none()) {
        let target = Target::Record { person: row.person, record: row.record };
        let grant = at.ask::<Writing, Reason>(USE, target, None)?;
        let change = Change::Raise { record: row.record, event: REVOKED.to_owned(), at: at.now() };
        at.change_under(grant, |_| Ok((vec![change.clone()], ())))?;
    }
    Ok(rows.len())
}
