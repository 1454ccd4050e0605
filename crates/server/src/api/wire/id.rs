//! An id as it travels: 32 hexadecimal digits.

use notice::{Id, Kind};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An id in a body or an address.
pub(crate) struct WireId<K: Kind>(pub(crate) Id<K>);

impl<K: Kind> Clone for WireId<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Kind> Copy for WireId<K> {}

impl<K: Kind> std::fmt::Debug for WireId<K> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(id)")
    }
}

impl<K: Kind> From<Id<K>> for WireId<K> {
    fn from(id: Id<K>) -> Self {
        Self(id)
    }
}

impl<K: Kind> Serialize for WireId<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de, K: Kind> Deserialize<'de> for WireId<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(|_| serde::de::Error::custom("not an id"))
    }
}
