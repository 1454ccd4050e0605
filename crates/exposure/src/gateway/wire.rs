//! A batch as the gateway sends and stores it: nine fields a key, none of them checked yet.

use std::fmt;

use prost::Message;
use prost::bytes::Buf;
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};

use crate::diagnosis::{DiagnosisKey, ReportType, TransmissionRisk};
use crate::gateway::check::{KeyFault, MAX_KEYS};
use crate::interval::{IntervalNumber, RollingPeriod};
use crate::key::TemporaryExposureKey;

/// The risk level of a key of which none is known.
pub const UNKNOWN_RISK: i32 = 0x7fff_ffff;

/// A key on its way between countries, as it was sent. A field that is missing is 0 or empty.
#[derive(Clone, PartialEq, Eq, Hash, Message)]
#[prost(skip_debug)]
pub struct FederatedKey {
    /// Sixteen bytes, if it is right.
    #[prost(bytes = "vec", tag = "1")]
    pub key_data: Vec<u8>,
    /// The first interval.
    #[prost(uint32, tag = "2")]
    pub rolling_start_interval_number: u32,
    /// For how many intervals.
    #[prost(uint32, tag = "3")]
    pub rolling_period: u32,
    /// 0 to 8, or [`UNKNOWN_RISK`].
    #[prost(int32, tag = "4")]
    pub transmission_risk_level: i32,
    /// Where its owner has been, as two letters each.
    #[prost(string, repeated, tag = "5")]
    pub visited_countries: Vec<String>,
    /// Whose key it is, as two letters.
    #[prost(string, tag = "6")]
    pub origin: String,
    /// The number of a [`ReportType`].
    #[prost(int32, tag = "7")]
    pub report_type: i32,
    /// See [`Onset`](super::Onset).
    #[prost(sint32, tag = "8")]
    pub days_since_onset_of_symptoms: i32,
}

impl fmt::Debug for FederatedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FederatedKey")
            .field("rolling_start_interval_number", &self.rolling_start_interval_number)
            .field("rolling_period", &self.rolling_period)
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

impl FederatedKey {
    /// A key of ours for other countries. Where its owner has been is sorted, without our own country.
    #[must_use]
    pub fn of(key: &DiagnosisKey, origin: &str, visited: &[String], onset: super::Onset) -> Self {
        let mut visited_countries: Vec<String> =
            visited.iter().filter(|country| *country != origin).cloned().collect();
        visited_countries.sort_unstable();
        visited_countries.dedup();
        Self {
            key_data: key.key.reveal().to_vec(),
            rolling_start_interval_number: key.start.number(),
            rolling_period: key.period.intervals(),
            transmission_risk_level: key.transmission_risk.map_or(UNKNOWN_RISK, |risk| risk.level().into()),
            visited_countries,
            origin: origin.to_owned(),
            report_type: key.report_type.unwrap_or(ReportType::Unknown).number(),
            days_since_onset_of_symptoms: onset.encode(),
        }
    }

    /// The key as phones are given it: an onset that is not exact is left out, never made a 0.
    ///
    /// # Errors
    /// When a field is not what it should be.
    pub fn diagnosis(&self) -> Result<DiagnosisKey, KeyFault> {
        let key = TemporaryExposureKey::from_slice(&self.key_data).map_err(KeyFault::Key)?;
        let period = RollingPeriod::new(self.rolling_period.into()).map_err(KeyFault::Period)?;
        let transmission_risk = match self.transmission_risk_level {
            UNKNOWN_RISK => None,
            level => Some(TransmissionRisk::new(level).map_err(KeyFault::Risk)?),
        };
        let report_type =
            ReportType::from_number(self.report_type).ok_or(KeyFault::ReportType(self.report_type))?;
        let days_since_onset = match super::Onset::decode(self.days_since_onset_of_symptoms) {
            Ok(super::Onset::Exact { days }) if days.unsigned_abs() <= 14 => Some(days),
            Ok(_) | Err(_) => None,
        };
        let start = IntervalNumber::new(self.rolling_start_interval_number);
        let report_type = Some(report_type).filter(|one| *one != ReportType::Unknown);
        Ok(DiagnosisKey { key, start, period, report_type, days_since_onset, transmission_risk })
    }
}

/// Why bytes are no batch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The message breaks off or contradicts itself.
    #[error("the message of keys cannot be read: {0}")]
    Message(#[from] prost::DecodeError),
    /// A field breaks off.
    #[error("the message of keys breaks off")]
    Short,
    /// More keys than a batch may hold.
    #[error("it holds more than {MAX_KEYS} keys")]
    TooMany,
}

/// The keys of one upload or download.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// The keys, in the order in which they came.
    pub keys: Vec<FederatedKey>,
}

/// The tag of a key in a batch.
const KEYS: u32 = 1;

impl Batch {
    /// Reads the protobuf form, key by key, and stops at one more than a batch may hold.
    ///
    /// # Errors
    /// When it is no batch.
    pub fn read(mut bytes: &[u8]) -> Result<Self, ReadError> {
        let mut keys = Vec::new();
        while bytes.has_remaining() {
            let (tag, wire_type) = decode_key(&mut bytes)?;
            if tag != KEYS || wire_type != WireType::LengthDelimited {
                skip_field(wire_type, tag, &mut bytes, DecodeContext::default())?;
                continue;
            }
            if keys.len() == MAX_KEYS {
                return Err(ReadError::TooMany);
            }
            let length = usize::try_from(decode_varint(&mut bytes)?).map_err(|_| ReadError::Short)?;
            let (one, rest) = bytes.split_at_checked(length).ok_or(ReadError::Short)?;
            keys.push(FederatedKey::decode(one)?);
            bytes = rest;
        }
        Ok(Self { keys })
    }

    /// Writes the protobuf form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(64 * self.keys.len());
        self.keys.iter().for_each(|key| prost::encoding::message::encode(KEYS, key, &mut bytes));
        bytes
    }
}
