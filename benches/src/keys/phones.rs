//! Phones that warn: fourteen keys, the secret that ties them to a certificate, and the same as the service or as the wire wants it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::publish::{Form, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jiff::Timestamp;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::json;
use services::smittestop::keys::publish::{Request, SentKey};
use services::smittestop::keys::{Certificate, ReportKind};

use super::house::Chance;

/// Keys of an upload.
pub(super) const KEYS: u32 = 14;

/// What a phone lets go of.
pub(super) struct Warning {
    keys: Vec<DiagnosisKey>,
    secret: [u8; 16],
    id: [u8; 16],
    now: Timestamp,
}

impl Warning {
    /// Keys of the days before, or with the one of today, which is still in use.
    pub(super) fn new(chance: &Chance, now: Timestamp, youngest: u32) -> Self {
        let today = IntervalNumber::at(now).day_start();
        let key = |ago: u32| DiagnosisKey {
            key: TemporaryExposureKey::new(chance.bytes()),
            start: today.minus(144 * ago),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        };
        let keys = (youngest..youngest + KEYS).map(key).collect();
        Self { keys, secret: chance.bytes(), id: chance.bytes(), now }
    }

    fn mac(&self) -> [u8; 32] {
        keys_mac(&self.secret, &self.keys, Form::WithRisk)
    }

    fn onset(&self) -> u32 {
        IntervalNumber::at(self.now).day_start().minus(144 * 4).number()
    }

    /// Straight to the service.
    pub(super) fn request(&self) -> Request {
        let sent = |key: &DiagnosisKey| SentKey {
            key: key.key.reveal_base64(),
            start: key.start.number().into(),
            period: 144,
            risk: 0,
        };
        Request {
            keys: self.keys.iter().map(sent).collect(),
            certificate: Certificate {
                id: exposure::key::to_hex(&self.id),
                issued_at: self.now.as_second(),
                not_before: self.now.as_second(),
                expires_at: self.now.as_second() + 900,
                report: ReportKind::Confirmed,
                onset: Some(self.onset()),
                keys_mac: self.mac().to_vec(),
            },
            hmac_key: self.secret.to_vec().into(),
            onset: None,
            countries: Vec::new(),
            revision_token: Vec::new(),
        }
    }

    /// As a phone sends it, with a certificate of this authority.
    pub(super) fn body(&self, authority: &Authority, chance: &Chance) -> anyhow::Result<Vec<u8>> {
        let now = self.now.as_second();
        let claims = json!({
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "nbf": now,
            "exp": now + 900,
            "jti": exposure::key::to_hex(&self.id),
            "reportType": "confirmed",
            "symptomOnsetInterval": self.onset(),
            "tekmac": STANDARD.encode(self.mac()),
        });
        let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::ES256) };
        let certificate = jsonwebtoken::encode(&header, &claims, &authority.0)?;
        let keys: Vec<_> = self
            .keys
            .iter()
            .map(|key| {
                json!({
                    "key": key.key.reveal_base64(),
                    "rollingStartNumber": key.start.number(),
                    "rollingPeriod": key.period.intervals(),
                    "transmissionRisk": 0,
                })
            })
            .collect();
        let body = json!({
            "temporaryExposureKeys": keys,
            "healthAuthorityID": AUTHORITY,
            "verificationPayload": certificate,
            "hmacKey": STANDARD.encode(self.secret),
            "traveler": false,
            "padding": STANDARD.encode(chance.bytes::<1_200>()),
        });
        Ok(serde_json::to_vec(&body)?)
    }
}

/// What the authority is called where phones send to.
pub(super) const AUTHORITY: &str = "dk.sst";
/// And in certificates.
pub(super) const ISSUER: &str = "https://verification.test";
/// What the key server is called there.
pub(super) const AUDIENCE: &str = "keys.test";
/// The name of the authority's key.
pub(super) const KEY_ID: &str = "1";

/// Who makes certificates.
pub(super) struct Authority(pub(super) EncodingKey);
