//! Professionals: who is authorised as what, and where they work. Named in every look.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Record, Unavailable};

use crate::{Call, Error, Explain, content};

pub mod import_professional;
pub mod see_own;

/// An authorised professional.
#[derive(Clone, PartialEq, Eq)]
pub struct Professional {
    /// The record.
    pub id: Id<id::Record>,
    /// The person.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Authorisation id of five characters.
    pub authorisation_id: String,
    /// Profession, such as `doctor`.
    pub profession: String,
    /// Workplace.
    pub workplace: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// From when the authorisation holds.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}
crate::redacted::redacted!(Professional);

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.professional";

/// The content of a professional: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct ProfessionalContent {
    pub(crate) name: String,
    pub(crate) authorisation_id: String,
    pub(crate) profession: String,
    pub(crate) workplace: Option<String>,
    pub(crate) organisation: Option<String>,
    pub(crate) from: Timestamp,
    pub(crate) until: Option<Timestamp>,
}

/// The authorisation id under which the caller works now, from the register and not from the caller's word.
pub(crate) fn own_authorisation<Own: Explain>(at: &Call<'_>) -> Result<Option<String>, Error<Own>> {
    let records = at.read(see_own::USE, Target::Person(at.me()), None)?;
    let role = at.register.policy().roles.get(at.call.caller.actor.role.index());
    let role = role.map(|role| role.said.id.as_str());
    let now = at.now();
    let own = records.iter().filter(|record| at.is_in(record, REGISTER));
    Ok(own
        .filter_map(content::read::<ProfessionalContent>)
        .find(|own| {
            own.from <= now
                && own.until.is_none_or(|until| now < until)
                && Some(own.profession.as_str()) == role
        })
        .map(|own| own.authorisation_id))
}

impl Professional {
    fn of(record: &Record) -> Result<Self, Unavailable> {
        let fields: ProfessionalContent = content::read_whole(record)?;
        Ok(Self {
            id: record.id,
            person: content::in_role(record, SUBJECT).ok_or(Unavailable::Tampered)?,
            name: fields.name,
            authorisation_id: fields.authorisation_id,
            profession: fields.profession,
            workplace: fields.workplace,
            organisation: fields.organisation,
            from: fields.from,
            until: fields.until,
        })
    }
}

/// The role of the one whom the record is about.
pub(crate) const SUBJECT: &str = "health-professional";
