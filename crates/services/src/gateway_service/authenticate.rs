//! Which country calls: found by the certificate it shows, each time anew, so that a revoked one is out at once.

use exposure::gateway::Thumbprint;

use super::certificates::{self, Row, Usage};
use super::{Reason, Rules};
use crate::Call;

/// What was shown.
#[derive(Clone, Debug)]
pub struct Request {
    /// The certificate.
    pub thumbprint: Thumbprint,
    /// The country of its subject.
    pub country: Option<String>,
}

/// Who calls.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// The country.
    pub country: String,
    /// With which certificate, in hexadecimal digits.
    pub thumbprint: String,
    pub(super) rows: Vec<Row>,
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// Says who calls.
///
/// # Errors
/// The certificate names no country, or is not admitted for connecting.
pub fn run(at: &Call<'_>, rules: &Rules, request: &Request) -> Result<Admitted, Error> {
    let country = request.country.clone().ok_or(Error::Not(Reason::NoCountry))?;
    let rows = certificates::run(at, rules)?;
    let thumbprint = request.thumbprint.to_string();
    let is_it = |row: &Row| {
        row.usage == Usage::Authentication
            && row.thumbprint == thumbprint
            && row.country == country
            && row.is_good(at.now())
    };
    if !rows.iter().any(is_it) {
        let old = certificates::is_in_old_form(&rows, &thumbprint, Usage::Authentication);
        return Err(Error::Not(if old { Reason::OldForm } else { Reason::NotAdmitted }));
    }
    Ok(Admitted { country, thumbprint, rows })
}
