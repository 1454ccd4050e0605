//! The certificates by which the gateway knows the countries: one row a certificate and what it may be used for.

use exposure::gateway::SigningCertificate;
use exposure::gateway::cms::{self, Certificate};
use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};
use register::query::Query;
use serde::{Deserialize, Serialize};

use super::{Reason, Rules, USE};
use crate::gateway_records as records;
use crate::{Call, content};

/// The register.
pub(super) const REGISTER: &str = "sst.gateway-certificate";
/// The role of whom they are about.
pub(super) const ROLE: &str = "national-authority";
/// When a certificate ends by itself.
pub(super) const EXPIRES: &str = "gateway.certificate-expires";
/// When it was revoked.
pub(super) const REVOKED: &str = "gateway.certificate-revoked";

/// What a certificate may be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Usage {
    /// To connect to the gateway.
    Authentication,
    /// To sign batches.
    Signing,
    /// To be called by the gateway.
    Callback,
}

impl Usage {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Authentication, Self::Signing, Self::Callback];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Signing => "signing",
            Self::Callback => "callback",
        }
    }
}

/// What is said of a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) thumbprint: String,
    pub(super) country: String,
    pub(super) usage: Usage,
    pub(super) pem: String,
    /// The operator's signature over the PEM, in base64.
    pub(super) signature: String,
    pub(super) by: [String; 2],
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) record: Id<id::Record>,
    pub(super) person: Id<Person>,
    /// SHA-256, in hexadecimal digits.
    pub thumbprint: String,
    /// Whose.
    pub country: String,
    /// For what.
    pub usage: Usage,
    /// The certificate.
    pub pem: String,
    /// The operator's signature over the PEM, in base64.
    pub signature: String,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
    /// When it was revoked.
    pub revoked: Option<Timestamp>,
    /// Whether the operator has signed it.
    pub signed: Signed,
}

/// Whether the operator has signed a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// As all gateways do it: a bare signature over the PEM.
    ByOperator,
    /// By the operator, but as CMS, which no other country's program reads. It must be admitted again.
    InOldForm,
    /// By nobody, or by somebody else; or the row says something else than the certificate.
    NotByOperator,
}

impl Row {
    /// Whether it may be used at a time.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        self.signed == Signed::ByOperator
            && self.revoked.is_none()
            && self.expires.is_some_and(|end| now <= end)
    }
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// Every row, the oldest first. The operator's signature is checked each time.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, rules: &Rules) -> Result<Vec<Row>, Error> {
    let query = Query::CollectedIn { register: REGISTER, from: Timestamp::MIN, until: Timestamp::MAX };
    let found = at.find(USE, query)?;
    let rows: Vec<Row> = found.iter().filter_map(|record| row(record, rules)).collect();
    Ok(rows.iter().filter(|row| !is_replaced(row, &rows)).cloned().collect())
}

/// Whether a row in the old form has been admitted again.
fn is_replaced(row: &Row, rows: &[Row]) -> bool {
    let replaces = |other: &Row| {
        other.signed == Signed::ByOperator && (&other.thumbprint, other.usage) == (&row.thumbprint, row.usage)
    };
    row.signed == Signed::InOldForm && rows.iter().any(replaces)
}

/// Whether a certificate was admitted for a use in the old form only.
pub(super) fn is_in_old_form(rows: &[Row], thumbprint: &str, usage: Usage) -> bool {
    let is_it = |row: &Row| (row.thumbprint.as_str(), row.usage) == (thumbprint, usage);
    rows.iter().any(|row| is_it(row) && row.signed == Signed::InOldForm && row.revoked.is_none())
}

fn row(record: &register::Record, rules: &Rules) -> Option<Row> {
    let said: Said = records::said(record, "certificate")?;
    let signed = signed(&said, &rules.operator);
    Some(Row {
        record: record.id,
        person: record.subjects.first()?.1,
        thumbprint: said.thumbprint,
        country: said.country,
        usage: said.usage,
        pem: said.pem,
        signature: said.signature,
        expires: content::first(record, EXPIRES),
        revoked: content::first(record, REVOKED),
        signed,
    })
}

/// Whether the row is what the operator signed, and what the certificate says.
fn signed(said: &Said, operator: &Certificate) -> Signed {
    let is_of = |certificate: Certificate| {
        certificate.thumbprint().to_string() == said.thumbprint
            && certificate.country().as_deref() == Some(said.country.as_str())
    };
    let Ok(signature) = cms::from_base64(&said.signature) else { return Signed::NotByOperator };
    let text = said.pem.as_bytes();
    if !Certificate::from_pem(&said.pem).is_ok_and(is_of) {
        Signed::NotByOperator
    } else if operator.has_signed(text, &signature).unwrap_or(false) {
        Signed::ByOperator
    } else if cms::verify(text, &signature).is_ok_and(|signer| signer.thumbprint == operator.thumbprint()) {
        Signed::InOldForm
    } else {
        Signed::NotByOperator
    }
}

/// The good certificates with which countries may sign.
pub(super) fn signing(rows: &[Row], now: Timestamp) -> Vec<SigningCertificate> {
    let good = rows.iter().filter(|row| row.usage == Usage::Signing && row.is_good(now));
    good.filter_map(|row| {
        let thumbprint = Certificate::from_pem(&row.pem).ok()?.thumbprint();
        Some(SigningCertificate { thumbprint, country: row.country.clone() })
    })
    .collect()
}
