//! `me`, or the id of a person for whom the caller may act.

use notice::Id;
use notice::id::Person;
use serde::{Deserialize, Deserializer};

use super::caller::Caller;
use crate::problem::{Code, Problem};

/// Whose data, in an address.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Whose {
    /// The caller's own.
    Mine,
    /// Of a child, or of a person whom the caller represents.
    Of(Id<Person>),
}

impl Whose {
    /// The person.
    pub(crate) fn of(self, caller: &Caller) -> Result<Id<Person>, Problem> {
        match self {
            Self::Mine => caller.person()?.person().ok_or_else(|| Code::NotFound.into()),
            Self::Of(person) => Ok(person),
        }
    }
}

impl<'de> Deserialize<'de> for Whose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "me" {
            return Ok(Self::Mine);
        }
        text.parse().map(Self::Of).map_err(|_| serde::de::Error::custom("not an id"))
    }
}
