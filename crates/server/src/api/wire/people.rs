//! People as they travel.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::{Person, Record};
use serde::{Deserialize, Serialize};
use services::basic_data as ours;
use utoipa::ToSchema;

use super::WireId;

/// Find a person by number: in the body, never in an address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Find {
    /// Civil registration number, with or without a hyphen.
    pub(crate) cpr: String,
}

/// A person who was found. The same for everybody whom nobody knows.
#[derive(Serialize, ToSchema)]
pub(crate) struct Found {
    /// Id for the further addresses.
    #[schema(value_type = String)]
    person: WireId<Person>,
    /// Name, if the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Date of birth, if the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<Date>,
}

/// A person's basic data, as far as the caller may see them.
#[derive(Serialize, ToSchema)]
pub(crate) struct BasicData {
    /// Civil registration number.
    #[serde(skip_serializing_if = "Option::is_none")]
    cpr: Option<String>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// Name and address are protected.
    protected_address: bool,
    /// Insurance group.
    #[serde(skip_serializing_if = "Option::is_none")]
    insurance_group: Option<String>,
    /// General practitioner.
    #[serde(skip_serializing_if = "Option::is_none")]
    general_practitioner: Option<String>,
    /// Date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<Date>,
    /// `female` or `male`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    sex: Option<ours::Sex>,
    /// Civil status of registration.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    /// What the person wrote.
    contact: Contact,
}

/// What a person writes about how to be reached.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    /// Relatives.
    #[serde(default)]
    relatives: Vec<Relative>,
    /// Where the person stays for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    temporary_address: Option<TemporaryAddress>,
    /// Languages.
    #[serde(default)]
    languages: Vec<String>,
}

/// A relative.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Relative {
    /// First name.
    first_name: String,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_name: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

/// Where the person stays for a while.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemporaryAddress {
    /// Address.
    address: String,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

/// A child in the caller's custody.
#[derive(Serialize, ToSchema)]
pub(crate) struct Child {
    /// Id for the further addresses.
    #[schema(value_type = String)]
    person: WireId<Person>,
    /// Name.
    name: String,
    /// Until when the caller may look.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

/// A patient whom the caller treats.
#[derive(Serialize, ToSchema)]
pub(crate) struct Patient {
    /// Id for the further addresses.
    #[schema(value_type = String)]
    person: WireId<Person>,
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// Date of birth.
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<Date>,
    /// Since when.
    since: Timestamp,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
    /// How surely, on the national scale from `A+` to `E`.
    #[schema(value_type = String)]
    found: services::treatment_relation::Found,
    /// Who says so.
    #[schema(value_type = String)]
    source: services::treatment_relation::Source,
}

/// An authorisation.
#[derive(Serialize, ToSchema)]
pub(crate) struct Professional {
    /// The record.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// Name.
    name: String,
    /// Authorisation id.
    authorisation_id: String,
    /// Profession.
    profession: String,
    /// Workplace.
    #[serde(skip_serializing_if = "Option::is_none")]
    workplace: Option<String>,
    /// Organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<String>,
    /// From when.
    from: Timestamp,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

impl From<ours::find_patient::Found> for Found {
    fn from(found: ours::find_patient::Found) -> Self {
        Self { person: found.person.into(), name: found.name, birth_date: found.birth_date }
    }
}

impl From<ours::Basic> for BasicData {
    fn from(basic: ours::Basic) -> Self {
        Self {
            cpr: basic.cpr,
            name: basic.name,
            address: basic.address,
            protected_address: basic.protected_address,
            insurance_group: basic.insurance_group,
            general_practitioner: basic.general_practitioner,
            birth_date: basic.birth_date,
            sex: basic.sex,
            status: basic.status,
            contact: basic.contact.into(),
        }
    }
}

impl From<ours::Contact> for Contact {
    fn from(contact: ours::Contact) -> Self {
        let relative = |one: ours::Relative| Relative {
            first_name: one.first_name,
            last_name: one.last_name,
            phone: one.phone,
        };
        Self {
            phone: contact.phone,
            relatives: contact.relatives.into_iter().map(relative).collect(),
            temporary_address: contact
                .temporary_address
                .map(|one| TemporaryAddress { address: one.address, until: one.until }),
            languages: contact.languages,
        }
    }
}

impl From<Contact> for ours::Contact {
    fn from(contact: Contact) -> Self {
        let relative = |one: Relative| ours::Relative {
            first_name: one.first_name,
            last_name: one.last_name,
            phone: one.phone,
        };
        Self {
            phone: contact.phone,
            relatives: contact.relatives.into_iter().map(relative).collect(),
            temporary_address: contact
                .temporary_address
                .map(|one| ours::TemporaryAddress { address: one.address, until: one.until }),
            languages: contact.languages,
        }
    }
}

impl From<ours::my_children::Child> for Child {
    fn from(child: ours::my_children::Child) -> Self {
        Self { person: child.person.into(), name: child.name, until: child.until }
    }
}

impl From<services::treatment_relation::my_patients_today::Patient> for Patient {
    fn from(one: services::treatment_relation::my_patients_today::Patient) -> Self {
        Self {
            person: one.person.into(),
            name: one.name,
            birth_date: one.birth_date,
            since: one.since,
            until: one.until,
            found: one.found,
            source: one.source,
        }
    }
}

impl From<services::professional::Professional> for Professional {
    fn from(one: services::professional::Professional) -> Self {
        Self {
            id: one.id.into(),
            name: one.name,
            authorisation_id: one.authorisation_id,
            profession: one.profession,
            workplace: one.workplace,
            organisation: one.organisation,
            from: one.from,
            until: one.until,
        }
    }
}
