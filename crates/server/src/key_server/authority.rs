//! Whose certificates are believed: ES256 by a key of the authority that the upload names; at the addresses of the Danish
//! app also its token, RS256 by a key for just these. Nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::IntervalNumber;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jsonwebtoken::DecodingKey;
use serde_json::{Map, Value};
use services::smittestop::keys::{Certificate, ReportKind};

use super::{BadKeyServer, bad};
use crate::config::{KeyServerSettings, Signing, TokenForm};
use crate::danish::Said;
use crate::login::checked_claims;

/// The verification servers of the configuration.
pub(crate) struct Authorities {
    audience: String,
    all: Vec<Authority>,
}

struct Authority {
    id: String,
    issuer: String,
    keys: Vec<(String, DecodingKey, TokenForm)>,
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
                let why = "a public key in PEM is needed: on P-256, or RSA for `form = \"danish\"`";
                let pem = std::fs::read(&key.path).map_err(|_| bad("authority.key", why))?;
                let decoding = match key.form {
                    TokenForm::Certificate => DecodingKey::from_ec_pem(&pem),
                    TokenForm::Danish => DecodingKey::from_rsa_pem(&pem),
                };
                Ok((key.kid.clone(), decoding.map_err(|_| bad("authority.key", why))?, key.form))
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

    /// The same where the upload names no authority, as that of the Danish app: the issuer does. Its token is believed
    /// here beside certificates, on this day in Denmark.
    pub(crate) fn read_any(&self, token: &str, now: Timestamp) -> Result<Certificate, NotBelieved> {
        self.all
            .iter()
            .find_map(|authority| {
                let certificate = authority.read(token, &self.audience);
                certificate.or_else(|| authority.read_danish(token, &self.audience, now))
            })
            .ok_or(NotBelieved::Certificate)
    }
}

impl Authority {
    fn read(&self, token: &str, audience: &str) -> Option<Certificate> {
        let claims = self.claims(token, audience, TokenForm::Certificate)?;
        let report = ReportKind::of(claims.get("reportType").and_then(Value::as_str)?)?;
        let onset = match claims.get("symptomOnsetInterval") {
            None | Some(Value::Null) => None,
            // Some servers write 0 where nobody knows.
            Some(value) => Some(u32::try_from(value.as_u64()?).ok()?).filter(|interval| *interval > 0),
        };
        certificate(&claims, report, onset)
    }

    /// Every claim is looked at: that app's own server looked at the signature alone, and took keys of people who were well.
    fn read_danish(&self, token: &str, audience: &str, now: Timestamp) -> Option<Certificate> {
        let claims = self.claims(token, audience, TokenForm::Danish)?;
        let today = now.to_zoned(TimeZone::get("Europe/Copenhagen").ok()?).date();
        let Said::Positive(from) = Said::read(&claims, today) else { return None };
        let midnight = from.to_zoned(TimeZone::UTC).ok()?.timestamp();
        certificate(&claims, ReportKind::Confirmed, Some(IntervalNumber::at(midnight).number()))
    }

    /// The claims of a token in this form that one of our keys for it has signed, for us.
    fn claims(&self, token: &str, audience: &str, form: TokenForm) -> Option<Map<String, Value>> {
        let signing = match form {
            TokenForm::Certificate => Signing::Es256,
            TokenForm::Danish => Signing::Rs256,
        };
        let header =
            jsonwebtoken::decode_header(token).ok().filter(|header| header.alg == signing.algorithm())?;
        let kid = header.kid?;
        let (_, key, _) = self.keys.iter().find(|(name, _, of)| *name == kid && *of == form)?;
        let claims = checked_claims(token, key, signing).ok()?;
        let issuer = claims.get("iss").and_then(Value::as_str);
        (issuer == Some(&self.issuer) && is_for(&claims, audience)).then_some(claims)
    }
}

/// What every certificate says, whatever its form.
fn certificate(claims: &Map<String, Value>, report: ReportKind, onset: Option<u32>) -> Option<Certificate> {
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let time = |name: &str| claims.get(name).and_then(Value::as_i64);
    Some(Certificate {
        id: text("jti")?.to_owned(),
        issued_at: time("iat")?,
        not_before: time("nbf").or_else(|| time("iat"))?,
        expires_at: time("exp")?,
        report,
        onset,
        keys_mac: STANDARD.decode(text("tekmac")?).ok()?,
    })
}

/// The audience is we, alone.
fn is_for(claims: &Map<String, Value>, audience: &str) -> bool {
    match claims.get("aud") {
        Some(Value::String(one)) => one == audience,
        Some(Value::Array(all)) => all.len() == 1 && all.first().and_then(Value::as_str) == Some(audience),
        _ => false,
    }
}
