//! A country takes part: two persons admit one of its certificates for one use, and the operator signs the row.

use exposure::gateway::cms::{self, BatchSigner, Certificate};
use notice::{Target, Writing};
use register::Content;

use super::certificates::{self, EXPIRES, REGISTER, ROLE, Said, Usage};
use super::{Reason, Rules, USE};
use crate::Call;
use crate::gateway_records as records;

/// What is asked for.
pub struct Request<'a> {
    /// The certificate, in PEM.
    pub pem: &'a str,
    /// Whose it is said to be.
    pub country: &'a str,
    /// For what.
    pub usage: Usage,
    /// Who admits it.
    pub by: [String; 2],
    /// What signs for the operator.
    pub operator: &'a dyn BatchSigner,
}

impl std::fmt::Debug for Request<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request").field("country", &self.country).field("usage", &self.usage).finish()
    }
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// Admits a certificate. Returns its thumbprint.
///
/// # Errors
/// Not two persons; or the certificate is of another country, too weak, not valid, or admitted already.
pub fn run(at: &Call<'_>, rules: &Rules, request: &Request<'_>) -> Result<String, Error> {
    let [first, second] = request.by.each_ref().map(|name| name.trim().to_lowercase());
    if first.is_empty() || second.is_empty() || first == second {
        return Err(Error::Not(Reason::NotTwo));
    }
    let bad = |why: String| Error::Not(Reason::BadCertificate(why));
    let certificate = Certificate::from_pem(request.pem).map_err(|error| bad(error.to_string()))?;
    certificate.may_sign().map_err(|error| bad(error.to_string()))?;
    if certificate.country().as_deref() != Some(request.country) {
        return Err(bad("its subject names another country".to_owned()));
    }
    let (begins, ends) = certificate.validity();
    if at.now() < begins || ends <= at.now() {
        return Err(bad("it is not valid at this time".to_owned()));
    }
    let thumbprint = certificate.thumbprint().to_string();
    let rows = certificates::run(at, rules)?;
    if rows.iter().any(|row| row.thumbprint == thumbprint && row.usage == request.usage) {
        return Err(Error::Not(Reason::Admitted));
    }
    let pem = request.pem.trim().to_owned();
    let signature =
        cms::sign(pem.as_bytes(), request.operator, at.now()).map_err(|error| bad(error.to_string()))?;
    let said = Said {
        thumbprint: thumbprint.clone(),
        country: request.country.to_owned(),
        usage: request.usage,
        pem,
        signature: cms::to_base64(&signature),
        by: request.by.clone(),
    };
    let parts = ["certificate", thumbprint.as_str(), request.usage.name()];
    let (person, record) = (records::nobody(at, &parts), records::id_of(&parts));
    let mut fields = Content::new();
    fields.insert("certificate".to_owned(), serde_json::to_value(&said).unwrap_or_default());
    let events = vec![(EXPIRES.to_owned(), ends)];
    let change = records::create(REGISTER, ROLE, (person, record), fields, events);
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((vec![change.clone()], ())))?;
    Ok(thumbprint)
}
