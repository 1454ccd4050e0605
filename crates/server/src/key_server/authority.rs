//! Whose certificates are believed: ES256 by a key of the authority that the upload names, and nothing else.

use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Value};
use services::smittestop::keys::{Certificate, ReportKind};

use super::{BadKeyServer, bad};
use crate::config::{KeyServerSettings, Signing};
use crate::login::checked_claims;

/// The verification servers of the configuration.
pub(crate) struct Authorities {
    audience: String,
    all: Vec<Authority>,
}

struct Authority {
    id: String,
    issuer: String,
    keys: Vec<(String, DecodingKey)>,
}

/// Why a certificate is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotBelieved {
    /// Nobody here goes by this name.
    UnknownAuthority,
    /// Not signed, not for us, or not complete.
    Certificate,
}

impl std::fmt::Debug for Authorities {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.all.iter().map(|one| (&one.id, &one.issuer))).finish()
    }
}

impl Authorities {
    pub(crate) fn new(settings: &KeyServerSettings) -> Result<Self, BadKeyServer> {
        let read = |one: &crate::config::AuthoritySettings| {
            let key = |key: &crate::config::AuthorityKey| {
                let why = "a public key in PEM on P-256 is needed";
                let pem = std::fs::read(&key.path).map_err(|_| bad("authority.key", why))?;
                let decoding = DecodingKey::from_ec_pem(&pem).map_err(|_| bad("authority.key", why))?;
                Ok((key.kid.clone(), decoding))
            };
            let keys = one.keys.iter().map(key).collect::<Result<_, BadKeyServer>>()?;
            Ok(Authority { id: one.id.clone(), issuer: one.issuer.clone(), keys })
        };
        let all = settings.authorities.iter().map(read).collect::<Result<_, BadKeyServer>>()?;
        Ok(Self { audience: settings.audience.clone(), all })
    }

    /// What a certificate says, if the authority of this name signed it for us.
    pub(crate) fn read(&self, id: &str, token: &str) -> Result<Certificate, NotBelieved> {
        let authority = self.all.iter().find(|one| one.id == id).ok_or(NotBelieved::UnknownAuthority)?;
        authority.read(token, &self.audience).ok_or(NotBelieved::Certificate)
    }

    /// The same where the upload names no authority: the issuer does.
    pub(crate) fn read_any(&self, token: &str) -> Result<Certificate, NotBelieved> {
        self.all
            .iter()
            .find_map(|authority| authority.read(token, &self.audience))
            .ok_or(NotBelieved::Certificate)
    }
}

impl Authority {
    fn read(&self, token: &str, audience: &str) -> Option<Certificate> {
        let header =
            jsonwebtoken::decode_header(token).ok().filter(|header| header.alg == Algorithm::ES256)?;
        let kid = header.kid?;
        let (_, key) = self.keys.iter().find(|(name, _)| *name == kid)?;
        let claims = checked_claims(token, key, Signing::Es256).ok()?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let time = |name: &str| claims.get(name).and_then(Value::as_i64);
        if text("iss") != Some(&self.issuer) || !is_for(&claims, audience) {
            return None;
        }
        let onset = match claims.get("symptomOnsetInterval") {
            None | Some(Value::Null) => None,
            // Some servers write 0 where nobody knows.
            Some(value) => Some(u32::try_from(value.as_u64()?).ok()?).filter(|interval| *interval > 0),
        };
        use base64::Engine as _;
        Some(Certificate {
            id: text("jti")?.to_owned(),
            issued_at: time("iat")?,
            not_before: time("nbf").or_else(|| time("iat"))?,
            expires_at: time("exp")?,
            report: ReportKind::of(text("reportType")?)?,
            onset,
            keys_mac: base64::engine::general_purpose::STANDARD.decode(text("tekmac")?).ok()?,
        })
    }
}

/// The audience is we, alone.
fn is_for(claims: &Map<String, Value>, audience: &str) -> bool {
    match claims.get("aud") {
        Some(Value::String(one)) => one == audience,
        Some(Value::Array(all)) => all.len() == 1 && all.first().and_then(Value::as_str) == Some(audience),
        _ => false,
    }
}
