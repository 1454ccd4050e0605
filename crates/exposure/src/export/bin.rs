//! `export.bin`: sixteen letters and a message, read key by key so that a small file cannot ask for much memory. What may
//! stand in it more than once is counted while it is read.

use jiff::Timestamp;
use prost::Message;
use prost::bytes::Buf;
use prost::encoding::{DecodeContext, WireType, decode_key, encode_key, encode_varint};

use super::wire::{
    ExportHead, KEYS, REVISED_KEYS, SIGNATURE_INFOS, TemporaryExposureKey as WireKey, delimited,
};
use super::{Chunk, Export, MAX_SIGNATURES, SignatureInfo};
use crate::diagnosis::{DiagnosisKey, ReportType, TransmissionRisk, TransmissionRiskError};
use crate::interval::{IntervalNumber, RollingPeriod, RollingPeriodError};
use crate::key::{KeyError, TemporaryExposureKey};

/// The sixteen letters at the beginning.
pub(super) const HEADER: &[u8; 16] = b"EK Export v1    ";

/// More keys than this are no export: twice what any authority puts into one file.
pub const MAX_KEYS: usize = 1_000_000;

/// Why bytes are no `export.bin`. None of these repeats bytes of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BinError {
    /// The sixteen letters are missing.
    #[error("it does not begin with `EK Export v1` and four spaces")]
    Header,
    /// The message breaks off or contradicts itself.
    #[error("the message of keys cannot be read: {0}")]
    Message(#[from] prost::DecodeError),
    /// More keys than [`MAX_KEYS`].
    #[error("it holds more than {MAX_KEYS} keys")]
    TooMany,
    /// More signatures than [`MAX_SIGNATURES`].
    #[error("it names more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// A key is not 16 bytes.
    #[error("key {0}: {1}")]
    Key(usize, KeyError),
    /// A key has no start, or one before 1970.
    #[error("key {0} does not say when it began")]
    Start(usize),
    /// A key was in use for no time, or for more than a day.
    #[error("key {0}: {1}")]
    Period(usize, RollingPeriodError),
    /// A risk level beyond 8.
    #[error("key {0}: {1}")]
    Risk(usize, TransmissionRiskError),
    /// A report type that the field does not know.
    #[error("key {0} has the report type {1}, which there is not")]
    ReportType(usize, i32),
    /// A time beyond the calendar.
    #[error("the window of arrival lies beyond the calendar")]
    Window,
    /// A number of a file that cannot be.
    #[error("it says to be file {0} of {1}")]
    Chunk(i32, i32),
}

pub(super) fn read(bytes: &[u8]) -> Result<Export, BinError> {
    let mut message = bytes.strip_prefix(HEADER).ok_or(BinError::Header)?;
    let mut head = ExportHead::default();
    let (mut keys, mut revised_keys) = (Vec::new(), Vec::new());
    while message.has_remaining() {
        let before = message;
        let (tag, wire_type) = decode_key(&mut message)?;
        if matches!(tag, KEYS | REVISED_KEYS) && wire_type == WireType::LengthDelimited {
            let number = keys.len() + revised_keys.len() + 1;
            if number > MAX_KEYS {
                return Err(BinError::TooMany);
            }
            let key = key(number, WireKey::decode(delimited(&mut message)?)?)?;
            if tag == KEYS { keys.push(key) } else { revised_keys.push(key) }
        } else {
            if tag == SIGNATURE_INFOS && head.signature_infos.len() == MAX_SIGNATURES {
                return Err(BinError::TooManySignatures);
            }
            prost::encoding::skip_field(wire_type, tag, &mut message, DecodeContext::default())?;
            let field = before.get(..before.len() - message.len()).unwrap_or_default();
            head.merge(field)?;
        }
    }
    let (start, end) = (moment(head.start_timestamp)?, moment(head.end_timestamp)?);
    let chunk = chunk(head.batch_num, head.batch_size)?;
    let signature_infos = head.signature_infos.into_iter().map(SignatureInfo::from).collect();
    let region = head.region.unwrap_or_default();
    Ok(Export { start, end, region, chunk, signature_infos, keys, revised_keys })
}

fn key(number: usize, wire: WireKey) -> Result<DiagnosisKey, BinError> {
    let key = TemporaryExposureKey::from_slice(wire.key_data.as_deref().unwrap_or_default())
        .map_err(|error| BinError::Key(number, error))?;
    let start = wire.rolling_start_interval_number.and_then(|start| u32::try_from(start).ok());
    let start = IntervalNumber::new(start.ok_or(BinError::Start(number))?);
    let period = RollingPeriod::new(wire.rolling_period.unwrap_or(144).into())
        .map_err(|error| BinError::Period(number, error))?;
    let report_type = wire
        .report_type
        .map(|one| ReportType::from_number(one).ok_or(BinError::ReportType(number, one)))
        .transpose()?;
    let transmission_risk = wire
        .transmission_risk_level
        .map(|level| TransmissionRisk::new(level).map_err(|error| BinError::Risk(number, error)))
        .transpose()?;
    let days_since_onset = wire.days_since_onset_of_symptoms;
    Ok(DiagnosisKey { key, start, period, report_type, days_since_onset, transmission_risk })
}

fn moment(seconds: Option<u64>) -> Result<Timestamp, BinError> {
    let seconds = i64::try_from(seconds.unwrap_or(0)).map_err(|_| BinError::Window)?;
    Timestamp::from_second(seconds).map_err(|_| BinError::Window)
}

/// A file number needs the size of the batch and the other way round, but for a file that says neither.
fn chunk(number: Option<i32>, of: Option<i32>) -> Result<Option<Chunk>, BinError> {
    let (Some(number), Some(of)) = (number, of) else {
        return match (number, of) {
            (None, None) => Ok(None),
            (number, of) => Err(BinError::Chunk(number.unwrap_or(0), of.unwrap_or(0))),
        };
    };
    match (u32::try_from(number), u32::try_from(of)) {
        (Ok(one), Ok(all)) if 1 <= one && one <= all => Ok(Some(Chunk { number: one, of: all })),
        (_, _) => Err(BinError::Chunk(number, of)),
    }
}

pub(super) fn write(export: &Export) -> Vec<u8> {
    let seconds = |moment: Timestamp| u64::try_from(moment.as_second()).ok();
    let number = |number: u32| i32::try_from(number).ok();
    let head = ExportHead {
        start_timestamp: seconds(export.start),
        end_timestamp: seconds(export.end),
        region: Some(export.region.clone()).filter(|region| !region.is_empty()),
        batch_num: export.chunk.and_then(|chunk| number(chunk.number)),
        batch_size: export.chunk.and_then(|chunk| number(chunk.of)),
        signature_infos: export.signature_infos.iter().map(Into::into).collect(),
    };
    let mut bytes = Vec::with_capacity(256 + 36 * (export.keys.len() + export.revised_keys.len()));
    bytes.extend_from_slice(HEADER);
    head.encode_raw(&mut bytes);
    for (tag, keys) in [(KEYS, &export.keys), (REVISED_KEYS, &export.revised_keys)] {
        keys.iter().for_each(|key| write_key(tag, key, &mut bytes));
    }
    bytes
}

fn write_key(tag: u32, key: &DiagnosisKey, bytes: &mut Vec<u8>) {
    let wire = WireKey {
        key_data: Some(key.key.reveal().to_vec()),
        transmission_risk_level: key.transmission_risk.map(|risk| risk.level().into()),
        rolling_start_interval_number: i32::try_from(key.start.number()).ok(),
        // Written also when it is the default: old phones of some makers read it no other way.
        rolling_period: i32::try_from(key.period.intervals()).ok(),
        report_type: key.report_type.map(ReportType::number),
        days_since_onset_of_symptoms: key.days_since_onset,
    };
    encode_key(tag, WireType::LengthDelimited, bytes);
    encode_varint(u64::try_from(wire.encoded_len()).unwrap_or(0), bytes);
    wire.encode_raw(bytes);
}
