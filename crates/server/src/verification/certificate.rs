//! The certificate: what a phone shows the key server. It says that a test was positive and from which day keys count, and is tied to keys that only the phone knows.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use jiff::civil::Date;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use register::Randomness;
use serde_json::{Value, json};

use crate::config::VerificationSettings;

/// How long a certificate holds.
const LIFE_SECONDS: i64 = 15 * 60;
/// Seconds of an interval of the protocol.
const INTERVAL_SECONDS: i64 = 600;

/// Signs certificates.
pub(crate) struct Signer {
    key: EncodingKey,
    key_id: String,
    issuer: String,
    audience: String,
    /// The public key as two coordinates.
    point: Vec<u8>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({})", self.key_id)
    }
}

/// The key of certificates cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the key of verification cannot be used: {0}\nhelp: a private key on P-256 in PEM (PKCS#8)")]
pub struct BadCertificateKey(&'static str);

impl Signer {
    pub(crate) fn new(settings: &VerificationSettings) -> Result<Self, BadCertificateKey> {
        let pem = std::fs::read(&settings.key).map_err(|_| BadCertificateKey("it cannot be read"))?;
        let pem = zeroize::Zeroizing::new(pem);
        let not_a_key = || BadCertificateKey("it is not such a key");
        let key = EncodingKey::from_ec_pem(&pem).map_err(|_| not_a_key())?;
        let der = crate::pem::pkcs8(&pem).ok_or_else(not_a_key)?;
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der.secret_pkcs8_der())
            .map_err(|_| not_a_key())?;
        let point = pair.public_key().as_ref().get(1..65).map(<[u8]>::to_vec).ok_or_else(not_a_key)?;
        Ok(Self {
            key,
            key_id: settings.key_id.clone(),
            issuer: settings.issuer.clone(),
            audience: settings.audience.clone(),
            point,
        })
    }

    /// Attests a positive test whose keys count from a day, for the keys behind a code that only their phone can make.
    pub(crate) fn attest(
        &self,
        onset: Date,
        tekmac: &[u8; 32],
        now: Timestamp,
        randomness: &dyn Randomness,
    ) -> Option<String> {
        let mut id = [0_u8; 16];
        randomness.fill(&mut id);
        let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let at = now.as_second();
        let claims = json!({
            "iss": self.issuer,
            "aud": self.audience,
            "iat": at,
            "nbf": at,
            "exp": at + LIFE_SECONDS,
            "jti": id,
            "reportType": "confirmed",
            "symptomOnsetInterval": interval(onset)?,
            "tekmac": STANDARD.encode(tekmac),
        });
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some(self.key_id.clone());
        jsonwebtoken::encode(&header, &claims, &self.key).ok()
    }

    /// The public key, for key servers.
    pub(crate) fn jwk(&self) -> Value {
        let (x, y) = self.point.split_at(self.point.len() / 2);
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.key_id,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        })
    }
}

/// The first interval of a day, counted as phones count: from midnight by UTC.
fn interval(day: Date) -> Option<u32> {
    let midnight = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    u32::try_from(midnight.as_second() / INTERVAL_SECONDS).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_in_intervals_of_ten_minutes_from_midnight_by_utc() {
        assert_eq!(interval(jiff::civil::date(2026, 11, 17)), Some(1_794_873_600 / 600));
        assert_eq!(interval(jiff::civil::date(1970, 1, 1)), Some(0));
        assert_eq!(interval(jiff::civil::date(1969, 12, 30)), None);
    }
}
