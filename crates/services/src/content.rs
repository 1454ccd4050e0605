//! Between typed values and the content of a record: known fields only, nothing half read.

use register::{Content, Personal, Record, Unavailable};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The content of a value whose fields are the fields of its register; what is absent is left out.
pub(crate) fn write<T: Serialize>(value: &T) -> Personal<Content> {
    let content = match serde_json::to_value(value) {
        Ok(Value::Object(fields)) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        // Our own content types are structs with text keys; a test writes each of them.
        Ok(_) | Err(_) => Content::new(),
    };
    Personal::new(content)
}

/// The value of a record's content, unless a field is missing, of another type or unknown.
pub(crate) fn read<T: DeserializeOwned>(record: &Record) -> Option<T> {
    serde_json::from_value(Value::Object(record.content.reveal().clone())).ok()
}

/// The value of a record that the reader may see whole. One that cannot be read is damaged and withheld with an alarm.
pub(crate) fn read_whole<T: DeserializeOwned>(record: &Record) -> Result<T, Unavailable> {
    read(record).ok_or(Unavailable::Tampered)
}

/// One text field, if the reader sees it.
pub(crate) fn text(record: &Record, field: &str) -> Option<String> {
    record.content.reveal().get(field).and_then(Value::as_str).map(str::to_owned)
}

/// The first time of an event on a record.
pub(crate) fn first(record: &Record, event: &str) -> Option<jiff::Timestamp> {
    record.events.iter().filter(|(name, _)| name == event).map(|(_, at)| *at).min()
}

/// The person who has a role in a record.
pub(crate) fn in_role(record: &Record, role: &str) -> Option<notice::Id<notice::id::Person>> {
    record.subjects.iter().find(|(name, _)| name == role).map(|(_, person)| *person)
}

/// A time field, if the reader sees it.
pub(crate) fn time(record: &Record, field: &str) -> Option<jiff::Timestamp> {
    text(record, field)?.parse().ok()
}
