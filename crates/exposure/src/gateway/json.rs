//! The JSON form of a batch, which some countries download: the field names of the message, keys in base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::check::MAX_KEYS;
use super::wire::{Batch, FederatedKey};
use crate::diagnosis::ReportType;

/// Why a text is no batch.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not the JSON of a batch.
    #[error("it is no batch in JSON, line {line}, column {column}")]
    Form {
        /// Where.
        line: usize,
        /// Where in the line.
        column: usize,
    },
    /// More keys than a batch may hold.
    #[error("it holds more than {MAX_KEYS} keys")]
    TooMany,
    /// A key that is no base64.
    #[error("key {0} is no base64")]
    Base64(usize),
    /// A report type that the field does not know.
    #[error("key {0} has a report type that there is not")]
    ReportType(usize),
}

#[derive(Serialize, Deserialize)]
struct WireBatch {
    #[serde(default)]
    keys: Vec<WireKey>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct WireKey {
    key_data: String,
    rolling_start_interval_number: u32,
    rolling_period: u32,
    transmission_risk_level: i32,
    visited_countries: Vec<String>,
    origin: String,
    report_type: ReportName,
    #[serde(rename = "days_since_onset_of_symptoms")]
    days_since_onset_of_symptoms: i32,
}

/// By name, as the gateway writes it; by number, as some clients do.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ReportName {
    Name(String),
    Number(i32),
}

impl Default for ReportName {
    fn default() -> Self {
        Self::Number(0)
    }
}

impl Batch {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// When it is no batch. None of the errors repeats a value.
    pub fn from_json(text: &[u8]) -> Result<Self, JsonError> {
        let wire: WireBatch = serde_json::from_slice(text)
            .map_err(|error| JsonError::Form { line: error.line(), column: error.column() })?;
        if wire.keys.len() > MAX_KEYS {
            return Err(JsonError::TooMany);
        }
        let keys = (1..).zip(wire.keys).map(|(number, key)| read(number, key)).collect::<Result<_, _>>()?;
        Ok(Self { keys })
    }

    /// Writes the JSON form.
    #[must_use]
    pub fn to_json(&self) -> String {
        let wire = WireBatch { keys: self.keys.iter().map(written).collect() };
        serde_json::to_string(&wire).unwrap_or_default()
    }
}

fn read(number: usize, wire: WireKey) -> Result<FederatedKey, JsonError> {
    let report_type = match wire.report_type {
        ReportName::Number(one) => one,
        ReportName::Name(name) => ReportType::from_name(&name).ok_or(JsonError::ReportType(number))?.number(),
    };
    Ok(FederatedKey {
        key_data: STANDARD.decode(wire.key_data).map_err(|_| JsonError::Base64(number))?,
        rolling_start_interval_number: wire.rolling_start_interval_number,
        rolling_period: wire.rolling_period,
        transmission_risk_level: wire.transmission_risk_level,
        visited_countries: wire.visited_countries,
        origin: wire.origin,
        report_type,
        days_since_onset_of_symptoms: wire.days_since_onset_of_symptoms,
    })
}

fn written(key: &FederatedKey) -> WireKey {
    let name = ReportType::from_number(key.report_type).map(|one| one.name().to_owned());
    WireKey {
        key_data: STANDARD.encode(&key.key_data),
        rolling_start_interval_number: key.rolling_start_interval_number,
        rolling_period: key.rolling_period,
        transmission_risk_level: key.transmission_risk_level,
        visited_countries: key.visited_countries.clone(),
        origin: key.origin.clone(),
        report_type: name.map_or(ReportName::Number(key.report_type), ReportName::Name),
        days_since_onset_of_symptoms: key.days_since_onset_of_symptoms,
    }
}
