//! What ties the keys of an upload to the certificate that allows it, without its issuer ever seeing them.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};

use crate::diagnosis::DiagnosisKey;

/// How the text of the keys is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With the risk level of each.
    WithRisk,
    /// Without; allowed only where no key has a level.
    WithoutRisk,
}

/// The code over a set of keys that a phone hands to the verification server in place of the keys.
#[must_use]
pub fn keys_mac(secret: &[u8], keys: &[DiagnosisKey], form: Form) -> [u8; 32] {
    let tag = sign(&Key::new(HMAC_SHA256, secret), text(keys, form).as_bytes());
    tag.as_ref().first_chunk().copied().unwrap_or_default()
}

/// Whether the code is that of just these keys, in either form that is allowed. Compared in constant time.
#[must_use]
pub fn is_mac_of(mac: &[u8], secret: &[u8], keys: &[DiagnosisKey]) -> bool {
    let same = |form| verify_slices_are_equal(&keys_mac(secret, keys, form), mac).is_ok();
    let without_levels = keys.iter().all(|key| risk(key) == 0);
    same(Form::WithRisk) || (without_levels && same(Form::WithoutRisk))
}

/// Sorted by the text of the key, so that the order of an upload says nothing.
fn text(keys: &[DiagnosisKey], form: Form) -> zeroize::Zeroizing<String> {
    let mut sorted: Vec<(String, &DiagnosisKey)> =
        keys.iter().map(|key| (key.key.reveal_base64(), key)).collect();
    sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
    let lines: Vec<String> = sorted
        .iter()
        .map(|(text, key)| {
            let (start, period) = (key.start, key.period.intervals());
            match form {
                Form::WithRisk => format!("{text}.{start}.{period}.{}", risk(key)),
                Form::WithoutRisk => format!("{text}.{start}.{period}"),
            }
        })
        .collect();
    zeroize::Zeroizing::new(lines.join(","))
}

fn risk(key: &DiagnosisKey) -> u8 {
    key.transmission_risk.map_or(0, |risk| risk.level())
}
