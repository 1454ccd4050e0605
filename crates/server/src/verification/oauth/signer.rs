//! Signs tokens of the Danish app: RS256, because that app knows nothing else.

use std::path::Path;

use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

/// The key of tokens cannot be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "the key of `verification.danish` cannot be used: {0}\nhelp: an RSA key of 2048 bits or more in PEM (PKCS#8)"
)]
pub struct BadTokenKey(&'static str);

/// Signs tokens.
pub(crate) struct TokenSigner {
    key: EncodingKey,
    key_id: String,
    /// Modulus and exponent.
    public: [Vec<u8>; 2],
}

impl std::fmt::Debug for TokenSigner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TokenSigner({})", self.key_id)
    }
}

impl TokenSigner {
    pub(super) fn new(path: &Path, key_id: &str) -> Result<Self, BadTokenKey> {
        let pem = Zeroizing::new(std::fs::read(path).map_err(|_| BadTokenKey("it cannot be read"))?);
        let not_a_key = || BadTokenKey("it is not such a key");
        let key = EncodingKey::from_rsa_pem(&pem).map_err(|_| not_a_key())?;
        let pair = crate::pem::pkcs8(&pem)
            .and_then(|der| KeyPair::from_pkcs8(der.secret_pkcs8_der()).ok())
            .ok_or_else(not_a_key)?;
        let public = pair.public_key();
        let number = |number: &[u8]| number.to_vec();
        let public = [
            number(public.modulus().big_endian_without_leading_zero()),
            number(public.exponent().big_endian_without_leading_zero()),
        ];
        Ok(Self { key, key_id: key_id.to_owned(), public })
    }

    pub(super) fn sign(&self, claims: &Map<String, Value>) -> Option<String> {
        let header = Header { kid: Some(self.key_id.clone()), ..Header::new(Algorithm::RS256) };
        jsonwebtoken::encode(&header, claims, &self.key).ok()
    }

    /// The public key, for key servers and the app.
    pub(crate) fn jwk(&self) -> Value {
        let [n, e] = self.public.each_ref().map(|number| URL_SAFE_NO_PAD.encode(number));
        json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.key_id, "n": n, "e": e })
    }
}
