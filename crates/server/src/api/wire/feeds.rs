//! What systems send, as it travels. People are named by number in the body, never in an address.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::Record;
use register::{AuthorisationId, Identifier, Personal, Register};
use serde::{Deserialize, Serialize};
use services::{basic_data, professional, treatment_relation};
use utoipa::ToSchema;

use super::WireId;
use super::facts::{NewRelation, person};
use super::people::Contact;
use crate::problem::{Code, Problem};

/// How much came in.
#[derive(Serialize, ToSchema)]
pub(crate) struct Imported {
    /// People.
    pub(crate) people: usize,
    /// Records.
    pub(crate) records: usize,
}

/// People from the civil registration system.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportPeople {
    /// Whether these people are sent for the first time, which is faster.
    #[serde(default)]
    first: bool,
    /// The people.
    people: Vec<ImportPerson>,
}

/// One person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportPerson {
    /// Civil registration number, or one that replaces it.
    number: String,
    /// The number that this one takes the place of.
    #[serde(default)]
    replaces: Option<String>,
    /// Name.
    name: String,
    /// Address.
    address: String,
    /// Name and address are protected.
    protected: bool,
    /// Insurance group.
    insurance_group: String,
    /// General practitioner.
    #[serde(default)]
    general_practitioner: Option<String>,
    /// Date of birth.
    birth_date: Date,
    /// `female` or `male`.
    #[schema(value_type = String)]
    sex: basic_data::Sex,
    /// Civil status of registration.
    status: String,
    /// How to reach the person.
    #[serde(default)]
    contact: Contact,
}

impl ImportPeople {
    /// The request of the service.
    pub(crate) fn request(self) -> Result<basic_data::import_person::Request, Problem> {
        let people =
            self.people.into_iter().enumerate().map(|(at, one)| one.read(at)).collect::<Result<_, _>>()?;
        Ok(basic_data::import_person::Request { feed: feed(self.first), people })
    }
}

fn feed(first: bool) -> basic_data::Feed {
    if first { basic_data::Feed::First } else { basic_data::Feed::Again }
}

impl ImportPerson {
    fn read(self, at: usize) -> Result<basic_data::import_person::ImportedPerson, Problem> {
        let replaces =
            self.replaces.map(|text| number(&format!("people.{at}.replaces"), &text)).transpose()?;
        Ok(basic_data::import_person::ImportedPerson {
            number: number(&format!("people.{at}.number"), &self.number)?,
            replaces,
            name: self.name,
            address: self.address,
            protection: if self.protected {
                basic_data::import_person::Protection::Protected
            } else {
                basic_data::import_person::Protection::Open
            },
            insurance_group: self.insurance_group,
            general_practitioner: self.general_practitioner,
            birth_date: self.birth_date,
            sex: self.sex,
            status: self.status,
            contact: self.contact.into(),
        })
    }
}

fn number(field: &str, text: &str) -> Result<Identifier, Problem> {
    let cpr = register::Cpr::parse(text).map(Identifier::Cpr);
    cpr.or_else(|_| register::identifier::Replacement::parse(text).map(Identifier::Replacement)).map_err(
        |_| {
            Problem::new(Code::Unfit).field(
                field,
                "not-a-number",
                "Hverken et CPR-nummer eller et erstatningsnummer.",
                "Neither a CPR number nor a replacement number.",
            )
        },
    )
}

/// Professionals from the authorisation register.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportProfessionals {
    /// Whether they are sent for the first time.
    #[serde(default)]
    first: bool,
    /// The professionals.
    professionals: Vec<ImportProfessional>,
}

/// One professional.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportProfessional {
    /// Civil registration number, if it is sent.
    #[serde(default)]
    number: Option<String>,
    /// Authorisation id.
    authorisation_id: String,
    /// Name.
    name: String,
    /// Profession: a role of the notices.
    profession: String,
    /// Workplace.
    #[serde(default)]
    workplace: Option<String>,
    /// Organisation.
    #[serde(default)]
    organisation: Option<String>,
    /// From when.
    from: Timestamp,
    /// Until when.
    #[serde(default)]
    until: Option<Timestamp>,
}

impl ImportProfessionals {
    /// The request of the service.
    pub(crate) fn request(self) -> Result<professional::import_professional::Request, Problem> {
        let all = self
            .professionals
            .into_iter()
            .enumerate()
            .map(|(at, one)| one.read(at))
            .collect::<Result<_, _>>()?;
        Ok(professional::import_professional::Request { feed: feed(self.first), professionals: all })
    }
}

impl ImportProfessional {
    fn read(self, at: usize) -> Result<professional::import_professional::ImportedProfessional, Problem> {
        let authorisation_id = AuthorisationId::parse(&self.authorisation_id).map_err(|_| {
            Problem::new(Code::Unfit).field(
                &format!("professionals.{at}.authorisation_id"),
                "not-an-authorisation-id",
                "Et autorisations-id har fem tegn.",
                "An authorisation id has five characters.",
            )
        })?;
        Ok(professional::import_professional::ImportedProfessional {
            number: self
                .number
                .map(|text| number(&format!("professionals.{at}.number"), &text))
                .transpose()?,
            authorisation_id,
            name: self.name,
            profession: self.profession,
            workplace: self.workplace,
            organisation: self.organisation,
            from: self.from,
            until: self.until,
        })
    }
}

/// Treatment relations from the registers that know them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportRelations {
    /// The relations.
    relations: Vec<ImportRelation>,
}

/// One relation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportRelation {
    /// The patient's civil registration number.
    patient: String,
    /// The relation.
    relation: NewRelation,
}

impl ImportRelations {
    /// The request of the service.
    pub(crate) fn request(
        self,
        register: &Register,
    ) -> Result<treatment_relation::import_relations::Request, Problem> {
        let of = |(at, one): (usize, ImportRelation)| {
            let patient = person(&format!("relations.{at}.patient"), &one.patient, register)?;
            one.relation.of(patient, register)
        };
        let relations = self.relations.into_iter().enumerate().map(of).collect::<Result<_, _>>()?;
        Ok(treatment_relation::import_relations::Request { relations })
    }
}

/// Custody from the civil registration system.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportCustodies {
    /// The custodies.
    custodies: Vec<ImportCustody>,
}

/// One custody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ImportCustody {
    /// The child's civil registration number.
    child: String,
    /// The child's date of birth.
    child_birth_date: Date,
    /// The child's name.
    child_name: String,
    /// The holder's civil registration number.
    holder: String,
    /// The holder's name.
    holder_name: String,
    /// From when.
    from: Timestamp,
}

impl ImportCustodies {
    /// The request of the service.
    pub(crate) fn request(
        self,
        register: &Register,
    ) -> Result<basic_data::register_custody::Request, Problem> {
        let of = |(at, one): (usize, ImportCustody)| {
            Ok::<_, Problem>(basic_data::register_custody::NewCustody {
                child: person(&format!("custodies.{at}.child"), &one.child, register)?,
                child_birth_date: one.child_birth_date,
                child_name: one.child_name,
                holder: person(&format!("custodies.{at}.holder"), &one.holder, register)?,
                holder_name: one.holder_name,
                from: one.from,
            })
        };
        let custodies = self.custodies.into_iter().enumerate().map(of).collect::<Result<_, _>>()?;
        Ok(basic_data::register_custody::Request { custodies })
    }
}

/// A custody ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EndCustody {
    /// The child's civil registration number.
    child: String,
    /// The custody.
    #[schema(value_type = String)]
    custody: WireId<Record>,
    /// From when it holds no longer.
    at: Timestamp,
}

impl EndCustody {
    /// The request of the service.
    pub(crate) fn request(self, register: &Register) -> Result<basic_data::end_custody::Request, Problem> {
        let child = person("child", &self.child, register)?;
        Ok(basic_data::end_custody::Request { child, custody: self.custody.0, at: self.at })
    }
}

/// A death, or that a report of one was wrong.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReportDeath {
    /// Civil registration number.
    person: String,
    /// What is reported.
    report: DeathReport,
}

/// What is reported.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum DeathReport {
    /// The day of the death.
    Died(Date),
    /// The report was wrong.
    TakenBack {
        /// Why.
        reason: String,
    },
}

impl ReportDeath {
    /// The request of the service.
    pub(crate) fn request(self, register: &Register) -> Result<basic_data::report_death::Request, Problem> {
        let report = match self.report {
            DeathReport::Died(day) => basic_data::report_death::Report::Died(day),
            DeathReport::TakenBack { reason } => {
                basic_data::report_death::Report::TakenBack { reason: Personal::new(reason) }
            }
        };
        Ok(basic_data::report_death::Request { person: person("person", &self.person, register)?, report })
    }
}
