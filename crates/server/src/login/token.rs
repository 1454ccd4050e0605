//! Is this identity token good? Signature by the broker's published keys and a list of algorithms, then every claim.
//!
//! Invariant: keys named inside a token are never looked at.

use std::collections::BTreeMap;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::Timestamp;
use jsonwebtoken::jwk::{Jwk, JwkSet, KeyAlgorithm};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use register::Personal;
use serde_json::{Map, Value};

use crate::config::{Level, Signing};

/// How far two clocks may differ.
const SKEW_SECONDS: i64 = 60;
/// The longest that an identity token may live.
const LIFE_SECONDS_MAX: i64 = 3600;

/// What a token must say.
#[derive(Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) algorithms: &'a [Signing],
    pub(crate) nonce: &'a str,
    pub(crate) levels: &'a BTreeMap<String, Level>,
    /// The person must have logged in since.
    pub(crate) logged_in_since: Timestamp,
    pub(crate) now: Timestamp,
}

/// What a good token says.
#[derive(Debug)]
pub(crate) struct Identified {
    pub(crate) subject: Personal<String>,
    pub(crate) level: Level,
    pub(crate) logged_in_at: Timestamp,
    pub(crate) claims: Personal<Map<String, Value>>,
}

/// What is wrong with a token; fixed words for the security log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// An algorithm that is not on the list, `none` among them.
    #[error("algorithm")]
    Algorithm,
    /// A key that the broker does not publish.
    #[error("unknown-key")]
    UnknownKey,
    /// Not signed by that key.
    #[error("signature")]
    Signature,
    /// Another issuer.
    #[error("issuer")]
    Issuer,
    /// For another client, or for others too.
    #[error("audience")]
    Audience,
    /// Too old, from the future, or living too long.
    #[error("time")]
    Time,
    /// The login itself is too old, or its time is not said.
    #[error("login-time")]
    LoginTime,
    /// Of another login.
    #[error("nonce")]
    Nonce,
    /// No subject.
    #[error("subject")]
    Subject,
    /// A level that is not on the list.
    #[error("level")]
    Level,
}

/// Verifies a token.
pub(crate) fn verify(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Identified, Fault> {
    let claims = signed_claims(token, keys, expected.algorithms)?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    if text("iss") != Some(expected.issuer) {
        return Err(Fault::Issuer);
    }
    check_audience(&claims, expected.client_id)?;
    check_times(&claims, expected.now)?;
    let nonce = text("nonce").ok_or(Fault::Nonce)?;
    verify_slices_are_equal(nonce.as_bytes(), expected.nonce.as_bytes()).map_err(|_| Fault::Nonce)?;
    let logged_in_at = moment(&claims, "auth_time").ok_or(Fault::LoginTime)?;
    if seconds_between(logged_in_at, expected.logged_in_since) > SKEW_SECONDS
        || seconds_between(expected.now, logged_in_at) > SKEW_SECONDS
    {
        return Err(Fault::LoginTime);
    }
    let subject = text("sub").filter(|sub| !sub.is_empty() && sub.len() <= 255).ok_or(Fault::Subject)?;
    let level = text("acr").and_then(|acr| expected.levels.get(acr)).ok_or(Fault::Level)?;
    Ok(Identified {
        subject: Personal::new(subject.to_owned()),
        level: *level,
        logged_in_at,
        claims: Personal::new(claims),
    })
}

/// The claims of a token that a key of the set signed with a listed algorithm.
pub(crate) fn signed_claims(
    token: &str,
    keys: &JwkSet,
    algorithms: &[Signing],
) -> Result<Map<String, Value>, Fault> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| Fault::Algorithm)?;
    let signing = algorithms.iter().find(|one| one.algorithm() == header.alg).ok_or(Fault::Algorithm)?;
    let key = find_key(keys, header.kid.as_deref(), *signing).ok_or(Fault::UnknownKey)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| Fault::UnknownKey)?;
    checked_claims(token, &key, *signing)
}

/// The claims of a token that this key signed with this algorithm.
pub(crate) fn checked_claims(
    token: &str,
    key: &DecodingKey,
    signing: Signing,
) -> Result<Map<String, Value>, Fault> {
    // Claims are checked here and not by the library: it would read the machine's clock.
    let mut signature_only = Validation::new(signing.algorithm());
    signature_only.validate_exp = false;
    signature_only.validate_aud = false;
    signature_only.required_spec_claims.clear();
    jsonwebtoken::decode::<Map<String, Value>>(token, key, &signature_only)
        .map(|data| data.claims)
        .map_err(|_| Fault::Signature)
}

// A key that says what it is for must be for this; without a name the only one that fits will do.
fn find_key<'a>(keys: &'a JwkSet, name: Option<&str>, signing: Signing) -> Option<&'a Jwk> {
    let fits = |key: &&Jwk| {
        key.common.key_algorithm.is_none_or(|algorithm| algorithm == signing.key_algorithm())
            && key
                .common
                .public_key_use
                .as_ref()
                .is_none_or(|usage| *usage == jsonwebtoken::jwk::PublicKeyUse::Signature)
    };
    let mut fitting =
        keys.keys.iter().filter(fits).filter(|key| name.is_none() || key.common.key_id.as_deref() == name);
    let first = fitting.next()?;
    if fitting.next().is_some() { None } else { Some(first) }
}

fn check_audience(claims: &Map<String, Value>, client_id: &str) -> Result<(), Fault> {
    let ours = match claims.get("aud") {
        Some(Value::String(one)) => one == client_id,
        Some(Value::Array(all)) => matches!(all.as_slice(), [Value::String(one)] if one == client_id),
        _ => false,
    };
    let presented = claims.get("azp").is_none_or(|party| party.as_str() == Some(client_id));
    if ours && presented { Ok(()) } else { Err(Fault::Audience) }
}

/// Checks `iat`, `exp` and `nbf`.
pub(crate) fn check_times(claims: &Map<String, Value>, now: Timestamp) -> Result<(), Fault> {
    let issued = moment(claims, "iat").ok_or(Fault::Time)?;
    let expires = moment(claims, "exp").ok_or(Fault::Time)?;
    let begins = if claims.contains_key("nbf") { moment(claims, "nbf").ok_or(Fault::Time)? } else { issued };
    let good = seconds_between(now, expires) > -SKEW_SECONDS
        && seconds_between(now, issued) <= SKEW_SECONDS
        && seconds_between(now, begins) <= SKEW_SECONDS
        && seconds_between(issued, now) <= LIFE_SECONDS_MAX
        && seconds_between(issued, expires) <= LIFE_SECONDS_MAX;
    if good { Ok(()) } else { Err(Fault::Time) }
}

fn moment(claims: &Map<String, Value>, name: &str) -> Option<Timestamp> {
    Timestamp::from_second(claims.get(name)?.as_i64()?).ok()
}

fn seconds_between(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

impl Signing {
    /// As the token library calls it.
    pub(crate) const fn algorithm(self) -> Algorithm {
        match self {
            Self::Es256 => Algorithm::ES256,
            Self::Ps256 => Algorithm::PS256,
            Self::Rs256 => Algorithm::RS256,
        }
    }

    const fn key_algorithm(self) -> KeyAlgorithm {
        match self {
            Self::Es256 => KeyAlgorithm::ES256,
            Self::Ps256 => KeyAlgorithm::PS256,
            Self::Rs256 => KeyAlgorithm::RS256,
        }
    }
}
