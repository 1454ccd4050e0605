//! A block as the citizen sees it.

use jiff::Timestamp;
use notice::Id;
use notice::id;

use register::{Record, Unavailable};

use crate::agreement::AgreementContent;
use crate::{Whom, content};

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The record.
    pub id: Id<id::Record>,
    /// Who is kept out.
    pub whom: Whom,
    /// From what.
    pub what: What,
    /// From when.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}

/// What a block keeps others from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// All health data.
    Everything,
}

impl What {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Everything => "everything",
        }
    }
}

impl Block {
    /// The block of a record.
    pub(super) fn of(record: &Record) -> Result<Self, Unavailable> {
        let fields: AgreementContent = content::read_whole(record)?;
        let what = match fields.what.as_str() {
            "everything" => What::Everything,
            _ => return Err(Unavailable::Tampered),
        };
        let whom = Whom::of(record).ok_or(Unavailable::Tampered)?;
        Ok(Self { id: record.id, whom, what, from: fields.from, until: fields.until })
    }

    /// Whether it holds at the time of a look-up; how old the data is does not matter.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}
