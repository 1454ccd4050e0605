//! What ties the keys of an upload to the certificate that allows it, without its issuer ever seeing them.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

use crate::diagnosis::DiagnosisKey;

/// The other countries in which somebody who warns may have been: those of the European Economic Area, and Switzerland.
pub const COUNTRIES: [&str; 30] = [
    "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS", "IT",
    "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// How the text of the keys is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With the risk level of each.
    WithRisk,
    /// Without; allowed only where no key has a level.
    WithoutRisk,
}

/// A key as it was sent, whether it is one or not: the code covers what a phone said, word for word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sent<'a> {
    /// The key in base64.
    pub key: &'a str,
    /// The first interval.
    pub start: i64,
    /// For how many intervals.
    pub period: i64,
    /// The level for the older risk model; 0 if none was sent.
    pub risk: i64,
}

/// The code over a set of keys that a phone hands to the verification server in place of the keys.
#[must_use]
pub fn keys_mac(secret: &[u8], keys: &[DiagnosisKey], form: Form) -> [u8; 32] {
    let texts: Vec<zeroize::Zeroizing<String>> =
        keys.iter().map(|key| key.key.reveal_base64().into()).collect();
    let sent: Vec<Sent<'_>> = keys
        .iter()
        .zip(&texts)
        .map(|(key, text)| Sent {
            key: text,
            start: key.start.number().into(),
            period: key.period.intervals().into(),
            risk: risk(key).into(),
        })
        .collect();
    sent_mac(secret, &sent, form)
}

/// The same over keys as they were sent.
fn sent_mac(secret: &[u8], sent: &[Sent<'_>], form: Form) -> [u8; 32] {
    let tag = sign(&Key::new(HMAC_SHA256, secret), text(sent, form).as_bytes());
    tag.as_ref().first_chunk().copied().unwrap_or_default()
}

/// Whether the code is that of just these keys as they were sent, in either form that is allowed; some may be none.
/// Compared in constant time.
#[must_use]
pub fn is_mac_of_sent(mac: &[u8], secret: &[u8], sent: &[Sent<'_>]) -> bool {
    let same = |form| verify_slices_are_equal(&sent_mac(secret, sent, form), mac).is_ok();
    let without_levels = sent.iter().all(|key| key.risk == 0);
    same(Form::WithRisk) || (without_levels && same(Form::WithoutRisk))
}

/// Sorted by the text of the key, so that the order of an upload says nothing.
fn text(sent: &[Sent<'_>], form: Form) -> zeroize::Zeroizing<String> {
    let mut sorted = sent.to_vec();
    sorted.sort_by(|one, other| one.key.cmp(other.key));
    let lines: Vec<String> = sorted
        .iter()
        .map(|Sent { key, start, period, risk }| match form {
            Form::WithRisk => format!("{key}.{start}.{period}.{risk}"),
            Form::WithoutRisk => format!("{key}.{start}.{period}"),
        })
        .collect();
    zeroize::Zeroizing::new(lines.join(","))
}

fn risk(key: &DiagnosisKey) -> u8 {
    key.transmission_risk.map_or(0, |risk| risk.level())
}
