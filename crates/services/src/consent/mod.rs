//! Consents: a citizen lets one professional or organisation see what is marked private, for a time.

use jiff::Timestamp;
use notice::Id;
use notice::id;

use register::{Record, Unavailable};

use crate::agreement::AgreementContent;
use crate::{Whom, content};

pub mod give;
pub mod see_own_consents;
pub mod withdraw;

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The record.
    pub id: Id<id::Record>,
    /// Who may see.
    pub whom: Whom,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.consent";
/// What a consent covers: all health data, what is marked private too.
const WHAT: &str = "everything";

impl Consent {
    /// The consent of a record.
    fn of(record: &Record) -> Result<Self, Unavailable> {
        let fields: AgreementContent = content::read_whole(record)?;
        let whom = Whom::of(record).ok_or(Unavailable::Tampered)?;
        let until = fields.until.ok_or(Unavailable::Tampered)?;
        Ok(Self { id: record.id, whom, from: fields.from, until })
    }

    /// Whether it holds at the time of a look-up.
    #[must_use]
    pub fn holds(&self, at: Timestamp) -> bool {
        self.from <= at && at < self.until
    }
}
