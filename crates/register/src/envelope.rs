//! The sealed part of a record and what it is bound to.
//!
//! Invariant: a row that was changed in any column that matters, swapped with another or rolled back does not open.

use jiff::{Span, Timestamp};
use notice::Id;
use notice::clock::{History, Quantity};
use notice::id::{self, Person};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::call::Randomness;
use crate::engine::Row;
use crate::error::Unavailable;
use crate::record::Content;
use crate::secrets::Seal;

/// Microseconds since 1970, as times stand in rows.
pub(crate) type Micros = i64;

/// The time of a column.
pub(crate) fn time(micros: Micros) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::MAX)
}

/// What is sealed: everything that says who or what.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Envelope {
    /// Subjects and roles, the one it is about first.
    pub(crate) subjects: Vec<(String, Hex<Person>)>,
    /// Who created it.
    pub(crate) author: Option<Hex<Person>>,
    /// Content by field.
    pub(crate) content: Content,
    /// Notes of rectification.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) notes: Vec<String>,
    /// What has happened to it.
    pub(crate) history: Past,
}

/// Of what is sealed only what it says, read straight into a type.
#[derive(Deserialize)]
pub(crate) struct Said<C> {
    pub(crate) content: C,
}

/// An id as hexadecimal text.
#[derive(Debug)]
pub(crate) struct Hex<K: notice::Kind>(pub(crate) Id<K>);

impl<K: notice::Kind> Clone for Hex<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: notice::Kind> Copy for Hex<K> {}

impl<K: notice::Kind> Serialize for Hex<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, K: notice::Kind> Deserialize<'de> for Hex<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| serde::de::Error::custom("no id"))
    }
}

/// Events, flags, quantities, sources, decisions and stages done.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Past {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) events: Vec<(String, Micros)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) flags: Vec<(String, Micros, Option<Micros>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) quantities: Vec<(String, Option<Span>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sources: Vec<(String, Micros)>,
    /// Stages for which a decision to carry them out is recorded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) decided: Vec<(usize, Micros, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) done: Vec<(usize, Micros)>,
}

impl Past {
    /// As clocks read it, with the events of the person.
    pub(crate) fn history(&self, of_person: &[(String, Micros)]) -> History {
        let mut history = History::default();
        for (event, at) in self.events.iter().chain(of_person) {
            history.events.entry(event.clone()).or_default().push(time(*at));
        }
        for (flag, set, lifted) in &self.flags {
            history.flags.entry(flag.clone()).or_default().push((time(*set), lifted.map(time)));
        }
        for (name, value) in &self.quantities {
            let quantity = value.map_or(Quantity::Unknown, Quantity::Known);
            history.quantities.insert(name.clone(), quantity);
        }
        history.sources.extend(self.sources.iter().map(|(source, at)| (source.clone(), time(*at))));
        history.done.extend(self.done.iter().map(|(stage, at)| (*stage, time(*at))));
        history
    }
}

impl Envelope {
    /// The person whom it is about.
    pub(crate) fn about(&self) -> Option<Id<Person>> {
        self.subjects.first().map(|(_, person)| person.0)
    }

    /// Seals it to its row.
    pub(crate) fn close(
        &self,
        row: &Row,
        seal: &Seal,
        random: &dyn Randomness,
    ) -> Result<Vec<u8>, Unavailable> {
        let text = Zeroizing::new(serde_json::to_vec(self).map_err(|_| Unavailable::Engine)?);
        seal.close(&bound(row), &text, random)
    }

    /// Opens the sealed part of a row.
    pub(crate) fn open(row: &Row, seal: &Seal) -> Result<Self, Unavailable> {
        serde_json::from_slice(&opened(row, seal)?).map_err(|_| Unavailable::Tampered)
    }
}

/// The text of the sealed part of a row.
pub(crate) fn opened(row: &Row, seal: &Seal) -> Result<Zeroizing<Vec<u8>>, Unavailable> {
    seal.open(&bound(row), &row.sealed)
}

/// Everything of a row that the seal is bound to, in one unambiguous form.
fn bound(row: &Row) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(128);
    bytes.extend_from_slice(b"record");
    bytes.extend_from_slice(&row.id);
    bytes.extend_from_slice(&row.register.to_be_bytes());
    bytes.extend_from_slice(&row.subject);
    bytes.extend_from_slice(&row.version.to_be_bytes());
    bytes.extend_from_slice(&row.revision.to_be_bytes());
    bytes.extend_from_slice(&[row.stage, u8::from(row.private), u8::from(row.braked)]);
    for at in [Some(row.collected_at), Some(row.changed_at), Some(row.under), row.due_at, row.closed_at] {
        bytes.push(u8::from(at.is_some()));
        bytes.extend_from_slice(&at.unwrap_or_default().to_be_bytes());
    }
    bytes
}

/// The id of a record from its row.
pub(crate) const fn record_id(row: &Row) -> Id<id::Record> {
    Id::from_bytes(row.id)
}
