//! `hjemmel exposure verify`: whether a batch is signed, by whom, and for which country.

use std::path::{Path, PathBuf};

use exposure::gateway::cms::{self, Certificate, CmsError, MAX_SIGNATURE_BYTES, Signer};
use exposure::gateway::{Batch, canonical};
use register::Clock as _;

use super::canonical::{HELP, batch};
use super::{file, no};
use crate::answer::{Answer, Failure};
use crate::machine::SystemClock;
use crate::terminal::Terminal;

/// Say who signed a batch between countries, and whether for its own keys only
///
/// The certificate comes with the signature. Whether it is one with which that country may sign, the list of the gateway says; name the certificate that you expect to have it compared.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The batch as the gateway sends it, in protobuf or JSON
    #[arg(value_name = "BATCH.bin")]
    batch: PathBuf,
    /// The signature: CMS in base64, as in the header `batchSignature`, or in DER
    #[arg(long, value_name = "FILE")]
    signature: PathBuf,
    /// The certificate in PEM that must have signed
    #[arg(long, value_name = "CERTIFICATE.pem")]
    certificate: Option<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Answer, Failure> {
    let expected = arguments.certificate.as_deref().map(certificate).transpose()?;
    let batch = match batch(&arguments.batch)? {
        Ok(batch) => batch,
        Err(sentence) => return no(terminal, &sentence, HELP),
    };
    let signer = match signer(&file::bytes(&arguments.signature, 2 * MAX_SIGNATURE_BYTES)?, &batch) {
        Ok(signer) => signer,
        Err(error) => return no(terminal, &refused(arguments, &error), HELP_SIGNATURE),
    };
    told(&signer, batch.keys.len()).iter().for_each(|line| terminal.line(line));
    if expected.is_some_and(|expected| expected.thumbprint() != signer.thumbprint) {
        return no(terminal, "another certificate signed than the given one", HELP_SIGNATURE);
    }
    if let Err(error) = signer.is_valid_at(SystemClock::start().now()) {
        return no(
            terminal,
            &refused(arguments, &error),
            "ask the country for a signature with its new certificate",
        );
    }
    let foreign = batch.keys.iter().position(|key| Some(&key.origin) != signer.country.as_ref());
    if let Some(index) = foreign {
        let sentence = format!("key {} of the batch is not of the country that signed", index + 1);
        return no(terminal, &sentence, "a country signs for its own keys; refuse the batch");
    }
    Ok(Answer::Yes)
}

const HELP_SIGNATURE: &str =
    "give the batch and the value of its `batchSignature`, as they were sent together";

fn certificate(path: &Path) -> Result<Certificate, Failure> {
    Certificate::from_pem(&file::text(path)?).map_err(|error| {
        Failure::usage(
            format!("`{}`: {error}", path.display()),
            "give one that begins with `-----BEGIN CERTIFICATE-----`",
        )
    })
}

/// DER begins with a sequence, which base64 never does.
fn signer(bytes: &[u8], batch: &Batch) -> Result<Signer, CmsError> {
    let decoded;
    let signature = if bytes.first() == Some(&0x30) && !bytes.is_ascii() {
        bytes
    } else {
        decoded = cms::from_base64(std::str::from_utf8(bytes).map_err(|_| CmsError::Base64)?)?;
        &decoded
    };
    cms::verify(&canonical(batch), signature)
}

fn refused(arguments: &Arguments, error: &CmsError) -> String {
    format!("`{}` is not signed by `{}`: {error}", arguments.batch.display(), arguments.signature.display())
}

fn told(signer: &Signer, keys: usize) -> Vec<String> {
    let (first, last) = signer.certificate.validity();
    let country = signer.country.as_deref().unwrap_or("no country");
    let country: String = country.chars().flat_map(char::escape_debug).collect();
    vec![
        format!("signed       by {country}"),
        format!("certificate  {}", signer.thumbprint),
        format!("valid        {first} to {last}"),
        format!("keys         {keys}"),
    ]
}
