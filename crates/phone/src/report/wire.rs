//! The questions of a report as they travel: each filled up to a length that was drawn before anything was written, so
//! that nobody on the way can tell a real one from a decoy, or two keys from fourteen.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::{DiagnosisKey, Random};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::dice;
use crate::network::DECOY_HEADER_BYTES;

/// The lengths of a question to the verification server, in bytes.
pub(crate) const VERIFICATION_BYTES: std::ops::RangeInclusive<u64> = 2_048..=3_071;
/// The lengths of an upload. The longest of thirty keys fits with at least a kilobyte to spare.
pub(crate) const PUBLISH_BYTES: std::ops::RangeInclusive<u64> = 8_192..=9_215;
/// A longer token would not fit into them, and no server gives one.
pub(crate) const TOKEN_BYTES_MAX: usize = 3_072;

/// `POST /api/verify`
#[derive(Serialize)]
pub(crate) struct Verify<'a> {
    pub(crate) code: &'a str,
    pub(crate) accept: [&'a str; 1],
}

/// And the answer to it.
#[derive(Deserialize)]
pub(crate) struct Verified {
    pub(crate) token: String,
}

/// `POST /api/certificate`
#[derive(Serialize)]
pub(crate) struct Certify<'a> {
    pub(crate) token: &'a str,
    pub(crate) ekeyhmac: String,
}

/// And the answer to it.
#[derive(Deserialize)]
pub(crate) struct Certified {
    pub(crate) certificate: String,
}

/// `POST /v1/publish`
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Publish<'a> {
    pub(crate) temporary_exposure_keys: Vec<Key>,
    #[serde(rename = "healthAuthorityID")]
    pub(crate) health_authority: &'a str,
    pub(crate) verification_payload: &'a str,
    pub(crate) hmac_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) symptom_onset_interval: Option<u32>,
    pub(crate) traveler: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub(crate) visited_countries: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision_token: Option<&'a str>,
}

/// A key of an upload.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Key {
    key: String,
    rolling_start_number: u32,
    rolling_period: u32,
    transmission_risk: u8,
}

impl From<&DiagnosisKey> for Key {
    fn from(key: &DiagnosisKey) -> Self {
        Self {
            key: key.key.reveal_base64(),
            rolling_start_number: key.start.number(),
            rolling_period: key.period.intervals(),
            transmission_risk: key.transmission_risk.map_or(0, |risk| risk.level()),
        }
    }
}

/// The answer to an upload.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Published {
    /// Every answer of the server has it; a page in between does not.
    pub(crate) inserted_exposures: u32,
    /// For the next upload of the same phone.
    #[serde(default)]
    pub(crate) revision_token: Option<String>,
}

/// What each of the servers says when it refuses: one says `code`, the other `errorCode`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Refusal {
    code: Option<String>,
    error_code: Option<String>,
}

impl Refusal {
    pub(crate) fn code(&self) -> &str {
        self.error_code.as_deref().or(self.code.as_deref()).unwrap_or_default()
    }
}

/// The question as JSON, with random padding up to a length drawn from these.
pub(crate) fn padded(
    question: &impl Serialize,
    lengths: &std::ops::RangeInclusive<u64>,
    random: &mut Random<'_>,
) -> Zeroizing<Vec<u8>> {
    filled(question, drawn(lengths, random), random)
}

/// The same for a decoy, whose header takes a part of that length.
pub(crate) fn padded_as_decoy(
    question: &impl Serialize,
    lengths: &std::ops::RangeInclusive<u64>,
    random: &mut Random<'_>,
) -> Zeroizing<Vec<u8>> {
    filled(question, drawn(lengths, random).saturating_sub(DECOY_HEADER_BYTES), random)
}

fn drawn(lengths: &std::ops::RangeInclusive<u64>, random: &mut Random<'_>) -> usize {
    let drawn = dice::between(random, *lengths.start(), *lengths.end());
    usize::try_from(drawn).unwrap_or(usize::MAX)
}

fn filled(question: &impl Serialize, length: usize, random: &mut Random<'_>) -> Zeroizing<Vec<u8>> {
    let mut text = Zeroizing::new(serde_json::to_vec(question).unwrap_or_default());
    text.pop();
    text.extend_from_slice(br#","padding":""#);
    let room = length.saturating_sub(text.len() + 2);
    text.extend_from_slice(STANDARD.encode(dice::bytes(random, room / 4 * 3)).as_bytes());
    text.extend_from_slice(br#""}"#);
    // White space after JSON says nothing; base64 comes in fours.
    let left = length.saturating_sub(text.len());
    text.extend(std::iter::repeat_n(b' ', left));
    text
}
