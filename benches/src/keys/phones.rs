//! Phones that warn: fourteen keys, and the secret that ties them to a certificate, as the service wants it.

use exposure::publish::{Form, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jiff::Timestamp;
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
}
