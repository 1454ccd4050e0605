//! A rolling ID as a record: what stands in which field, under which person, and how it is found again.

use aws_lc_rs::digest::{SHA256, digest};
use exposure::{
    DiagnosisKey, IntervalNumber, Random, ReportType, RollingPeriod, TemporaryExposureKey, TransmissionRisk,
};
use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};
use register::{Change, Draft, Identifier, OwnId, Query, Record, Register};
use serde::{Deserialize, Serialize};

use super::{READY, ROLE, UPLOADED, WAITING};
use crate::{Call, Explain, content};

/// Seconds of an hour: more precisely nobody needs to know when an ID came.
const HOUR_SECONDS: i64 = 3_600;

/// The hour in which a moment lies.
pub(crate) fn hour_of(moment: Timestamp) -> Timestamp {
    let second = moment.as_second();
    Timestamp::from_second(second - second.rem_euclid(HOUR_SECONDS)).unwrap_or(moment)
}

/// A rolling ID with all that is kept beside it.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "KeyContent")]
pub(crate) struct Kept {
    pub(crate) key: DiagnosisKey,
    pub(crate) countries: Vec<String>,
    pub(crate) place: Place,
}

/// In which hour an ID may be published, and as what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct Place {
    /// The hour, in seconds since 1970.
    pub(crate) from: i64,
    /// Made up, so that a small file does not tell how many people are in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) made_up: bool,
    /// Made up for the file of all countries alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(crate) not_home: bool,
    /// The hour of the ID that this one revises.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) revises: Option<i64>,
}

/// What a record says of an ID; the fields are those of the registers.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct KeyContent {
    own_ids: OwnIds,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    countries: Option<Vec<String>>,
    certainty: Certainty,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    course: Option<i32>,
    publishing: Place,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct OwnIds {
    key: String,
    start: u32,
    period: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Certainty {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    report: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    risk: Option<u8>,
}

/// Which of the records about one ID.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Revision {
    /// As it came.
    First,
    /// What the certificate said later.
    Second,
}

/// A person who is nobody: follows from these bytes and the register's own secret, and from nothing else.
pub(crate) fn nobody(register: &Register, what: &str, bytes: &[u8]) -> Id<Person> {
    let hash = digest(&SHA256, &[what.as_bytes(), b"\0", bytes].concat());
    // Letters in front: no such text is a civil registration number.
    let text = format!("{what}-{}", exposure::key::to_hex(hash.as_ref()));
    OwnId::parse("sst", &text).map_or(Id::from_bits(0), |own| register.person(&Identifier::Own(own)))
}

/// The id of the one record about such a person. Nobody can work it out who has not the register's secret.
pub(crate) fn only_record(person: Id<Person>) -> Id<id::Record> {
    let hash = digest(&SHA256, &[b"the one record of ".as_slice(), &person.to_bytes()].concat());
    Id::from_bytes(hash.as_ref().first_chunk().copied().unwrap_or_default())
}

/// The person under whom an ID lies.
pub(crate) fn person_of(register: &Register, key: &TemporaryExposureKey, revision: Revision) -> Id<Person> {
    let what = match revision {
        Revision::First => "key",
        Revision::Second => "revised-key",
    };
    nobody(register, what, key.reveal())
}

impl Kept {
    /// The record to be made, under its person.
    pub(crate) fn create(&self, register: &Register, arrived: Timestamp) -> (Id<Person>, Vec<Change>) {
        let revision = if self.place.revises.is_some() { Revision::Second } else { Revision::First };
        let person = person_of(register, &self.key.key, revision);
        let waits = self.place.revises.is_some()
            || (!self.place.made_up && self.place.from > hour_of(arrived).as_second());
        let content = KeyContent {
            own_ids: OwnIds {
                key: self.key.key.reveal_base64(),
                start: self.key.start.number(),
                period: self.key.period.intervals(),
            },
            countries: Some(self.countries.clone()).filter(|countries| !countries.is_empty()),
            certainty: Certainty {
                report: self.key.report_type.map(ReportType::number),
                risk: self.key.transmission_risk.map(TransmissionRisk::level),
            },
            course: self.key.days_since_onset,
            publishing: self.place.clone(),
        };
        let draft = Draft {
            register: if waits { WAITING } else { READY },
            id: Some(only_record(person)),
            subjects: vec![(ROLE.to_owned(), person)],
            content: content::write(&content),
            events: vec![(UPLOADED.to_owned(), hour_of(arrived))],
            quantities: Vec::new(),
            private: false,
            link: None,
        };
        (person, vec![Change::Create(Box::new(draft))])
    }
}

/// The ID of a record; `None` if it is damaged.
pub(crate) fn read(record: &Record) -> Option<Kept> {
    content::read(record)
}

/// The IDs that were collected in some hours, however many there are.
pub(crate) fn collected<Own: Explain>(
    at: &Call<'_>,
    use_name: &'static str,
    query: Query,
) -> Result<Vec<Kept>, crate::Error<Own>> {
    at.values::<Kept, Own>(use_name, query)
}

/// A record that holds no rolling ID.
#[derive(Debug, thiserror::Error)]
#[error("no rolling ID")]
struct Damaged;

impl TryFrom<KeyContent> for Kept {
    type Error = Damaged;

    fn try_from(content: KeyContent) -> Result<Self, Damaged> {
        let KeyContent { own_ids, countries, certainty, course, publishing } = content;
        let number = |number| ReportType::from_number(number).ok_or(Damaged);
        let level = |level: u8| TransmissionRisk::new(level.into()).map_err(|_| Damaged);
        let key = DiagnosisKey {
            key: TemporaryExposureKey::from_base64(&own_ids.key).map_err(|_| Damaged)?,
            start: IntervalNumber::new(own_ids.start),
            period: RollingPeriod::new(own_ids.period.into()).map_err(|_| Damaged)?,
            report_type: certainty.report.map(number).transpose()?,
            days_since_onset: course,
            transmission_risk: certainty.risk.map(level).transpose()?,
        };
        Ok(Self { key, countries: countries.unwrap_or_default(), place: publishing })
    }
}

/// A made-up ID that is like one of ours in all but its bytes.
pub(crate) fn made_up(model: &Kept, random: &mut Random<'_>) -> Kept {
    let place = Place { made_up: true, ..model.place.clone() };
    Kept { key: model.key.like_this(random), countries: model.countries.clone(), place }
}

/// A made-up ID for the file of all countries, of an hour.
pub(crate) fn made_up_abroad(key: DiagnosisKey, from: i64) -> Kept {
    Kept { key, countries: Vec::new(), place: Place { from, made_up: true, not_home: true, revises: None } }
}
