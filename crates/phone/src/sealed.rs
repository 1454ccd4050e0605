//! The form in which what a phone keeps is written before it is sealed.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::key::{from_hex, to_hex};
use exposure::schedule::CalibrationConfidence;
use exposure::sighting::Sighting;
use exposure::window::{ExposureWindow, ScanInstance};
use exposure::{
    Day, DiagnosisKey, EncryptedMetadata, IntervalNumber, ReportType, RollingPeriod,
    RollingProximityIdentifier, TemporaryExposureKey,
};
use jiff::Timestamp;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::consent::Consent;
use crate::guidance::Guidance;
use crate::keys::{OwnKey, OwnKeys};
use crate::report::{Outcome, Report};
use crate::state::{Exposure, State};
use crate::statistics::Part;
use crate::warnings::Message;

/// One sighting: identifier, metadata, when, how loud, and when the scan before was; 0 if that is not known.
const SIGHTING_BYTES: usize = 16 + 4 + 8 + 1 + 8;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    consent: (String, i64),
    keys: Vec<WrittenKey>,
    sightings: String,
    listened: Option<i64>,
    exposures: Vec<(String, Vec<WrittenWindow>)>,
    warned: Vec<u32>,
    messages: Vec<(i64, Option<i64>, bool)>,
    passed: i64,
    looked_through: BTreeMap<String, i64>,
    guidance: Option<Guidance>,
    report: Option<Report>,
    outcome: Option<Outcome>,
    sent_until: Option<u32>,
    // What a phone kept before these were there can still be read.
    #[serde(default)]
    installed: Option<i64>,
    #[serde(default)]
    sent_at: Option<i64>,
    #[serde(default)]
    revision_token: Option<String>,
    #[serde(default)]
    part: Option<Part>,
    #[serde(default)]
    list_mark: Option<String>,
    #[serde(default)]
    looked: Option<i64>,
    #[serde(default)]
    found: Option<i64>,
    #[serde(default)]
    maybe_sent_until: Vec<u32>,
    // What a server called its answers was kept once. It may be a mark: it is read over, and not written again.
    #[serde(default, rename = "index_tag", skip_serializing)]
    _index_tag: IgnoredAny,
    #[serde(default, rename = "guidance_tag", skip_serializing)]
    _guidance_tag: IgnoredAny,
}

/// A key, the interval from which it is used and for how many.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct WrittenKey(String, u32, u32);

/// When it began, report type, days since onset, confidence, and each scan: attenuations, and what it stands for.
type WrittenWindow = (i64, Option<i32>, Option<i32>, u8, Vec<(Vec<i32>, i64)>);

impl State {
    pub(crate) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let written = Written {
            consent: (self.consent.version.clone(), self.consent.given.as_second()),
            keys: self.keys.kept().iter().map(own_to_written).collect(),
            sightings: pack(self.sightings.iter()),
            listened: self.listened.map(Timestamp::as_second),
            exposures: self
                .exposures
                .iter()
                .map(|one| (to_hex(one.key.reveal()), one.windows.iter().map(window_to_written).collect()))
                .collect(),
            warned: self.warned.iter().map(|day| day.number()).collect(),
            messages: self
                .messages
                .iter()
                .map(|one| (one.arrived.as_second(), one.shown.map(Timestamp::as_second), one.is_read))
                .collect(),
            passed: self.passed.as_second(),
            looked_through: self
                .looked_through
                .iter()
                .map(|(name, ended)| (name.clone(), ended.as_second()))
                .collect(),
            guidance: self.guidance.clone(),
            report: self.report.clone(),
            outcome: self.outcome,
            sent_until: self.sent_until.map(IntervalNumber::number),
            installed: Some(self.installed.as_second()),
            sent_at: self.sent_at.map(Timestamp::as_second),
            revision_token: self.revision_token.clone(),
            part: self.part.clone(),
            list_mark: self.list_mark.clone(),
            looked: self.looked.map(Timestamp::as_second),
            found: self.found.map(Timestamp::as_second),
            maybe_sent_until: self.maybe_sent_until.iter().map(|until| until.number()).collect(),
            _index_tag: IgnoredAny,
            _guidance_tag: IgnoredAny,
        };
        Zeroizing::new(serde_json::to_vec(&written).unwrap_or_default())
    }

    /// The state of these bytes; `None` if they are none.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let written: Written = serde_json::from_slice(bytes).ok()?;
        let (version, given) = written.consent;
        Some(Self {
            consent: Consent { version, given: moment(given)? },
            keys: OwnKeys::new(written.keys.iter().map(written_to_own).collect::<Option<_>>()?),
            sightings: unpack(&written.sightings)?.into(),
            listened: written.listened.map(moment).map_or(Some(None), |one| one.map(Some))?,
            exposures: written.exposures.into_iter().map(written_to_exposure).collect::<Option<_>>()?,
            warned: written.warned.into_iter().map(Day::new).collect(),
            messages: written
                .messages
                .into_iter()
                .map(|(arrived, shown, is_read)| {
                    Some(Message { arrived: moment(arrived)?, shown: shown.and_then(moment), is_read })
                })
                .collect::<Option<_>>()?,
            passed: moment(written.passed)?,
            looked_through: written
                .looked_through
                .into_iter()
                .map(|(name, ended)| Some((name, moment(ended)?)))
                .collect::<Option<_>>()?,
            guidance: written.guidance,
            report: written.report,
            outcome: written.outcome,
            sent_until: written.sent_until.map(IntervalNumber::new),
            installed: moment(written.installed.unwrap_or(given))?,
            sent_at: written.sent_at.and_then(moment),
            revision_token: written.revision_token,
            part: written.part,
            list_mark: written.list_mark,
            looked: written.looked.and_then(moment),
            found: written.found.and_then(moment),
            maybe_sent_until: written.maybe_sent_until.into_iter().map(IntervalNumber::new).collect(),
        })
    }
}

fn moment(second: i64) -> Option<Timestamp> {
    Timestamp::from_second(second).ok()
}

fn own_to_written(own: &OwnKey) -> WrittenKey {
    WrittenKey(to_hex(own.key.reveal()), own.start.number(), own.period.intervals())
}

fn written_to_own(WrittenKey(key, start, period): &WrittenKey) -> Option<OwnKey> {
    Some(OwnKey {
        key: TemporaryExposureKey::from_hex(key).ok()?,
        start: IntervalNumber::new(*start),
        period: RollingPeriod::new(i64::from(*period)).ok()?,
    })
}

impl From<&DiagnosisKey> for WrittenKey {
    fn from(key: &DiagnosisKey) -> Self {
        own_to_written(&OwnKey { key: key.key.clone(), start: key.start, period: key.period })
    }
}

impl WrittenKey {
    /// The key as it is uploaded: the authority says the rest.
    pub(crate) fn to_diagnosis_key(&self) -> Option<DiagnosisKey> {
        written_to_own(self).map(|own| own.as_diagnosis_key())
    }
}

fn pack<'a>(sightings: impl Iterator<Item = &'a Sighting>) -> String {
    let mut bytes = Zeroizing::new(Vec::new());
    for one in sightings {
        bytes.extend_from_slice(one.identifier.reveal());
        bytes.extend_from_slice(one.metadata.reveal());
        bytes.extend_from_slice(&one.seen.as_second().to_be_bytes());
        bytes.extend_from_slice(&one.rssi_dbm.to_be_bytes());
        bytes.extend_from_slice(&one.previous_scan.map_or(0, Timestamp::as_second).to_be_bytes());
    }
    STANDARD.encode(&*bytes)
}

fn unpack(text: &str) -> Option<Vec<Sighting>> {
    let bytes = Zeroizing::new(STANDARD.decode(text).ok()?);
    let (each, []) = bytes.as_chunks::<SIGHTING_BYTES>() else { return None };
    each.iter().map(|one| unpack_one(one)).collect()
}

fn unpack_one(bytes: &[u8]) -> Option<Sighting> {
    let (identifier, rest) = bytes.split_first_chunk::<16>()?;
    let (metadata, rest) = rest.split_first_chunk::<4>()?;
    let (seen, rest) = rest.split_first_chunk::<8>()?;
    let (rssi, rest) = rest.split_first_chunk::<1>()?;
    let (previous, _) = rest.split_first_chunk::<8>()?;
    let previous = Some(i64::from_be_bytes(*previous)).filter(|second| *second != 0);
    Some(Sighting {
        identifier: RollingProximityIdentifier::new(*identifier),
        metadata: EncryptedMetadata::new(*metadata),
        seen: moment(i64::from_be_bytes(*seen))?,
        rssi_dbm: i8::from_be_bytes(*rssi),
        previous_scan: previous.and_then(moment),
    })
}

fn window_to_written(window: &ExposureWindow) -> WrittenWindow {
    let scans = window.scans.iter().map(|scan| (scan.attenuations_db.clone(), scan.seconds_since_last_scan));
    (
        window.start.as_second(),
        window.report_type.map(ReportType::number),
        window.days_since_onset,
        window.confidence as u8,
        scans.collect(),
    )
}

fn written_to_exposure((key, windows): (String, Vec<WrittenWindow>)) -> Option<Exposure> {
    let window = |(start, report_type, days_since_onset, confidence, scans): WrittenWindow| {
        Some(ExposureWindow {
            start: moment(start)?,
            report_type: report_type.map(ReportType::from_number).map_or(Some(None), |one| one.map(Some))?,
            days_since_onset,
            confidence: match confidence {
                0 => CalibrationConfidence::Lowest,
                1 => CalibrationConfidence::Low,
                2 => CalibrationConfidence::Medium,
                _ => CalibrationConfidence::High,
            },
            scans: scans
                .into_iter()
                .map(|(attenuations_db, seconds_since_last_scan)| ScanInstance {
                    attenuations_db,
                    seconds_since_last_scan,
                })
                .collect(),
        })
    };
    let hex = from_hex(&key)?;
    let key = TemporaryExposureKey::from_slice(&hex).ok()?;
    Some(Exposure { key, windows: windows.into_iter().map(window).collect::<Option<_>>()? })
}
