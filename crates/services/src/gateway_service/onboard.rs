//! A country takes part: two persons admit one of its certificates for one use, and the operator signs the row.

use exposure::gateway::cms::{self, BatchSigner, Certificate};
use notice::{Target, Writing};
use register::{Content, NotTwo, TwoNames};

use super::certificates::{self, EXPIRES, REGISTER, ROLE, Row, Said, Signed, Usage};
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

/// Countries read from the operator's certificate in which way it signs.
const BAD_OPERATOR: &str = "the operator's own is not signed with SHA-256 by a key of its own kind; \
                            no country could check what it signs";

/// Why not.
pub type Error = crate::Error<Reason>;

/// Admits a certificate. Returns its thumbprint.
///
/// # Errors
/// Not two persons; or the certificate is of another country, too weak, not valid, or admitted already; or the operator's
/// own cannot be used.
pub fn run(at: &Call<'_>, rules: &Rules, request: &Request<'_>) -> Result<String, Error> {
    let [first, second] = &request.by;
    TwoNames::of(first, second).map_err(|NotTwo| Error::Not(Reason::NotTwo))?;
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
    let operator = request.operator.certificate();
    if !operator.is_signed_as_it_signs() {
        return Err(bad(BAD_OPERATOR.to_owned()));
    }
    let thumbprint = certificate.thumbprint().to_string();
    let is_it = |row: &&Row| row.thumbprint == thumbprint && row.usage == request.usage;
    if certificates::run(at, rules)?.iter().filter(is_it).any(|row| !may_be_admitted_again(row)) {
        return Err(Error::Not(Reason::Admitted));
    }
    let pem = request.pem.trim().to_owned();
    // As the programs of the countries check it: over the bytes of the PEM, and nothing around the signature.
    let signature = request.operator.sign(pem.as_bytes()).map_err(|error| bad(error.to_string()))?;
    let said = Said {
        thumbprint: thumbprint.clone(),
        country: request.country.to_owned(),
        usage: request.usage,
        pem,
        signature: cms::to_base64(&signature),
        by: request.by.clone(),
    };
    // With the operator: who signs with another certificate than before admits each of them again.
    let by = operator.thumbprint().to_string();
    let parts = ["certificate", thumbprint.as_str(), request.usage.name(), by.as_str()];
    let (person, record) = (records::nobody(at, &parts), records::id_of(&parts));
    let mut fields = Content::new();
    fields.insert("certificate".to_owned(), serde_json::to_value(&said).unwrap_or_default());
    let events = vec![(EXPIRES.to_owned(), ends)];
    let change = records::create(REGISTER, ROLE, (person, record), fields, events);
    let grant = at.ask::<Writing, Reason>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((vec![change.clone()], ())))?;
    Ok(thumbprint)
}

/// Whether a row is believed no longer through no fault of the certificate: its signature is of the old form, or by an
/// operator's certificate of before.
fn may_be_admitted_again(row: &Row) -> bool {
    match row.signed {
        Signed::ByOperator => false,
        Signed::InOldForm | Signed::NotByOperator => row.revoked.is_none(),
    }
}
