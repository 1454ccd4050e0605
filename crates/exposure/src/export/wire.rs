//! The messages of an export file, field by field as phones read them.
//!
//! Invariant: none of them prints what it holds.

use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};
use prost::{DecodeError, Message};

/// The key of a day in an export.
#[derive(Clone, PartialEq, Message)]
#[prost(skip_debug)]
pub(super) struct TemporaryExposureKey {
    #[prost(bytes = "vec", optional, tag = "1")]
    pub(super) key_data: Option<Vec<u8>>,
    #[prost(int32, optional, tag = "2")]
    pub(super) transmission_risk_level: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub(super) rolling_start_interval_number: Option<i32>,
    /// 144 if absent.
    #[prost(int32, optional, tag = "4")]
    pub(super) rolling_period: Option<i32>,
    #[prost(int32, optional, tag = "5")]
    pub(super) report_type: Option<i32>,
    #[prost(sint32, optional, tag = "6")]
    pub(super) days_since_onset_of_symptoms: Option<i32>,
}

impl std::fmt::Debug for TemporaryExposureKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(key of an export)")
    }
}

/// Which key signed, and how.
#[derive(Clone, PartialEq, Eq, Hash, Message)]
pub(super) struct SignatureInfo {
    #[prost(string, optional, tag = "3")]
    pub(super) verification_key_version: Option<String>,
    #[prost(string, optional, tag = "4")]
    pub(super) verification_key_id: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(super) signature_algorithm: Option<String>,
}

/// One signature in `export.sig`.
#[derive(Clone, PartialEq, Message)]
pub(super) struct TekSignature {
    #[prost(message, optional, tag = "1")]
    pub(super) signature_info: Option<SignatureInfo>,
    #[prost(int32, optional, tag = "2")]
    pub(super) batch_num: Option<i32>,
    #[prost(int32, optional, tag = "3")]
    pub(super) batch_size: Option<i32>,
    #[prost(bytes = "vec", optional, tag = "4")]
    pub(super) signature: Option<Vec<u8>>,
}

/// The file `export.sig`. It is read one by one, by [`signatures`].
#[derive(Clone, PartialEq, Message)]
pub(super) struct TekSignatureList {
    #[prost(message, repeated, tag = "1")]
    pub(super) signatures: Vec<TekSignature>,
}

/// What stands in `export.bin` before the keys. The keys, fields 7 and 8, are read and written one by one.
#[derive(Clone, PartialEq, Message)]
pub(super) struct ExportHead {
    #[prost(fixed64, optional, tag = "1")]
    pub(super) start_timestamp: Option<u64>,
    #[prost(fixed64, optional, tag = "2")]
    pub(super) end_timestamp: Option<u64>,
    #[prost(string, optional, tag = "3")]
    pub(super) region: Option<String>,
    #[prost(int32, optional, tag = "4")]
    pub(super) batch_num: Option<i32>,
    #[prost(int32, optional, tag = "5")]
    pub(super) batch_size: Option<i32>,
    #[prost(message, repeated, tag = "6")]
    pub(super) signature_infos: Vec<SignatureInfo>,
}

/// The tags of what stands in `export.bin` more than once.
pub(super) const SIGNATURE_INFOS: u32 = 6;
pub(super) const KEYS: u32 = 7;
pub(super) const REVISED_KEYS: u32 = 8;
/// And in `export.sig`.
const SIGNATURES: u32 = 1;

/// The signatures of an `export.sig`; `None` if there are more than so many.
pub(super) fn signatures(mut message: &[u8], most: usize) -> Result<Option<Vec<TekSignature>>, DecodeError> {
    let mut read = Vec::new();
    while !message.is_empty() {
        let (tag, wire_type) = decode_key(&mut message)?;
        if tag != SIGNATURES || wire_type != WireType::LengthDelimited {
            skip_field(wire_type, tag, &mut message, DecodeContext::default())?;
        } else if read.len() == most {
            return Ok(None);
        } else {
            read.push(TekSignature::decode(delimited(&mut message)?)?);
        }
    }
    Ok(Some(read))
}

/// The bytes of a field that says how long it is.
pub(super) fn delimited<'a>(message: &mut &'a [u8]) -> Result<&'a [u8], DecodeError> {
    let length = usize::try_from(decode_varint(message)?).unwrap_or(usize::MAX);
    let Some((field, rest)) = message.split_at_checked(length) else {
        // Asking for what is not there gives the error of the library.
        return TemporaryExposureKey::decode_length_delimited([0xff, 0xff, 0x03].as_slice())
            .map(|_| &[] as &[u8]);
    };
    *message = rest;
    Ok(field)
}
