//! What both sides of the European gateway write down: rolling IDs by delivery, and the list of deliveries.
//!
//! Invariant: a record here is about people whom nobody can name. Its subject follows from the delivery and from
//! nobody's number.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::gateway::{Batch, FederatedKey};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use notice::Id;
use notice::id::{self, Person};
use register::{Change, Content, Draft, Identifier, OwnId, Personal, Record};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Call, content};

/// How many hours back rolling IDs and the lists of them are looked for. What is older has been erased by the notice's
/// clock: fourteen days after it was uploaded, and a day more for where the days begin.
pub const KEPT_HOURS: i64 = 15 * 24;
/// Rolling IDs in a delivery.
pub(crate) const KEYS: &str = "sst.gateway";
/// The list of deliveries.
pub(crate) const DELIVERIES: &str = "sst.gateway-delivery";
/// From when the fourteen days count.
pub(crate) const UPLOADED: &str = "gateway.upload";
/// The role of the people in these records.
const ROLE: &str = "app-user";

/// What some rolling IDs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// Sent to the gateway by us.
    Up,
    /// Refused by the gateway for good.
    Refused,
    /// Came down and may be passed on to phones.
    Down,
    /// Came down and waits for two persons.
    Held,
    /// Taken in by the gateway itself.
    In,
}

/// Beside the rolling IDs: with which delivery they came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    pub(crate) kind: Kind,
    pub(crate) day: Date,
    pub(crate) tag: String,
}

/// The day of a moment, as gateways count them.
pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// The first moment of a day, as gateways count them.
pub(crate) fn day_start(day: Date) -> Timestamp {
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

/// Bytes that follow from what a record is: the same delivery is never written down twice.
fn fixed(parts: &[&str]) -> [u8; 32] {
    let mut text = Vec::new();
    for part in parts {
        text.extend_from_slice(&(part.len() as u64).to_be_bytes());
        text.extend_from_slice(part.as_bytes());
    }
    digest(&SHA256, &text).as_ref().first_chunk().copied().unwrap_or_default()
}

/// The id of a record.
pub(crate) fn id_of(parts: &[&str]) -> Id<id::Record> {
    Id::from_bytes(fixed(parts).first_chunk().copied().unwrap_or_default())
}

/// A person who is nobody: the subject of the records of one delivery.
pub(crate) fn nobody(at: &Call<'_>, parts: &[&str]) -> Id<Person> {
    let name = exposure::key::to_hex(&fixed(parts));
    // Sixty-four digits are no civil registration number.
    OwnId::parse("sst", &format!("delivery-{name}"))
        .map_or(Id::from_bits(0), |own| at.register.person(&Identifier::Own(own)))
}

/// A new record of rolling IDs.
pub(crate) fn keys(
    subject: Id<Person>,
    record: Id<id::Record>,
    (note, origin): (&Note, &str),
    keys: &[FederatedKey],
    uploaded: Timestamp,
) -> Change {
    let mut visited: Vec<&str> =
        keys.iter().flat_map(|key| &key.visited_countries).map(String::as_str).collect();
    visited.sort_unstable();
    visited.dedup();
    let mut content = Content::new();
    let bytes = Batch { keys: keys.to_vec() }.to_bytes();
    content.insert("ids".to_owned(), Value::String(STANDARD.encode(bytes)));
    content.insert("origin".to_owned(), Value::String(origin.to_owned()));
    content.insert("countries".to_owned(), Value::String(visited.join(" ")));
    content.insert("batch".to_owned(), serde_json::to_value(note).unwrap_or_default());
    create(KEYS, ROLE, (subject, record), content, vec![(UPLOADED.to_owned(), uploaded)])
}

/// A new line in the list of deliveries.
pub(crate) fn delivery<T: Serialize>(
    subject: Id<Person>,
    record: Id<id::Record>,
    said: &T,
    uploaded: Timestamp,
) -> Change {
    let mut content = Content::new();
    content.insert("delivery".to_owned(), serde_json::to_value(said).unwrap_or_default());
    create(DELIVERIES, ROLE, (subject, record), content, vec![(UPLOADED.to_owned(), uploaded)])
}

pub(crate) fn create(
    register: &'static str,
    role: &str,
    (subject, record): (Id<Person>, Id<id::Record>),
    content: Content,
    events: Vec<(String, Timestamp)>,
) -> Change {
    Change::Create(Box::new(Draft {
        register,
        id: Some(record),
        subjects: vec![(role.to_owned(), subject)],
        content: Personal::new(content),
        events,
        quantities: Vec::new(),
        private: false,
        link: None,
    }))
}

/// The rolling IDs of a record; nothing if it is none of that kind.
pub(crate) fn read_keys(record: &Record) -> Option<Batch> {
    let bytes = STANDARD.decode(content::text(record, "ids")?).ok()?;
    Batch::read(&bytes).ok()
}

/// What a record says in one field; nothing if it says something of another kind.
pub(crate) fn said<T: DeserializeOwned>(record: &Record, field: &str) -> Option<T> {
    record.content.reveal().get(field).and_then(|value| serde_json::from_value(value.clone()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_record_tells_its_parts_apart() {
        assert_eq!(id_of(&["down", "a", "b"]), id_of(&["down", "a", "b"]));
        assert_ne!(id_of(&["down", "a", "b"]), id_of(&["down", "ab", ""]));
        assert_ne!(id_of(&["down", "a"]), id_of(&["held", "a"]));
    }
}
