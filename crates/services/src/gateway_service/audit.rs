//! Who uploaded what is in a batch, with which certificates and under which signature: for the countries to check.

use jiff::Timestamp;

use super::authenticate::Admitted;
use super::certificates::{Row, Signed, Usage};
use super::download::{self, Request};
use super::{Reason, Rules};
use crate::Call;

/// One upload of a batch.
#[derive(Clone, Debug)]
pub struct Audited {
    /// Who.
    pub country: String,
    /// When.
    pub uploaded: Timestamp,
    /// How many keys.
    pub amount: usize,
    /// The signature over them, in base64.
    pub signature: String,
    /// The certificate of the connection.
    pub uploader: Shown,
    /// The certificate of the signature.
    pub signer: Shown,
}

/// A certificate as it is shown to the countries.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// SHA-256, in hexadecimal digits.
    pub thumbprint: String,
    /// In PEM; empty once its row has been erased, or if the operator has not signed it.
    pub pem: String,
    /// The operator's bare signature over the bytes of the PEM, in base64.
    pub operator_signature: String,
}

/// Why not.
pub type Error = crate::Error<Reason>;

/// The uploads of a batch, in the order of the keys. Those of the country that asks are there too; its keys are not.
///
/// # Errors
/// As for the batch itself.
pub fn run(at: &Call<'_>, rules: &Rules, who: &Admitted, request: &Request) -> Result<Vec<Audited>, Error> {
    let found = download::find(at, rules, request)?;
    Ok(found
        .uploads
        .into_iter()
        .map(|upload| Audited {
            uploader: shown(&who.rows, &upload.uploader, Usage::Authentication),
            signer: shown(&who.rows, &upload.signer, Usage::Signing),
            country: upload.country,
            uploaded: upload.uploaded,
            amount: upload.keys,
            signature: upload.signature,
        })
        .collect())
}

fn shown(rows: &[Row], thumbprint: &str, usage: Usage) -> Shown {
    let is_it = |row: &&Row| {
        (row.thumbprint.as_str(), row.usage, row.signed) == (thumbprint, usage, Signed::ByOperator)
    };
    let row = rows.iter().find(is_it);
    Shown {
        thumbprint: thumbprint.to_owned(),
        pem: row.map(|row| row.pem.clone()).unwrap_or_default(),
        operator_signature: row.map(|row| row.signature.clone()).unwrap_or_default(),
    }
}
