//! Blocks, consents, presentations, treatment relations and emergency access as they travel.

use jiff::Timestamp;
use notice::id::{Person, Record};
use register::identifier::{Cvr, OrganisationNumber, Sor};
use register::{AuthorisationId, Cpr, Identifier, Personal, Register};
use serde::{Deserialize, Serialize};
use services::{Whom, consent, opt_out, presentation, treatment_relation};
use utoipa::ToSchema;

use super::WireId;
use crate::problem::{Code, Problem};

/// An organisation by its number.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum OrganisationRef {
    /// Health care organisation register.
    Sor(String),
    /// Business register.
    Cvr(String),
}

impl OrganisationRef {
    /// The organisation of the register.
    pub(crate) fn find(&self, register: &Register) -> Result<notice::Id<notice::id::Organisation>, Problem> {
        let number = match self {
            Self::Sor(text) => Sor::parse(text).map(OrganisationNumber::Sor),
            Self::Cvr(text) => Cvr::parse(text).map(OrganisationNumber::Cvr),
        };
        let number = number.map_err(|_| {
            Problem::new(Code::Unfit).field(
                "organisation",
                "not-a-number",
                "Nummeret har ikke den rigtige form.",
                "The number does not have the right form.",
            )
        })?;
        Ok(register.organisation(&number))
    }
}

/// The person of a civil registration number in a body.
pub(crate) fn person(field: &str, cpr: &str, register: &Register) -> Result<notice::Id<Person>, Problem> {
    let cpr = Cpr::parse(cpr).map_err(|_| {
        Problem::new(Code::Unfit).field(
            field,
            "not-a-cpr",
            "Et CPR-nummer har ti cifre, med eller uden bindestreg.",
            "A CPR number has ten digits, with or without a hyphen.",
        )
    })?;
    Ok(register.person(&Identifier::Cpr(cpr)))
}

/// Whom it concerns.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum NewWhom {
    /// Every professional and organisation.
    Everyone,
    /// One organisation.
    Organisation {
        /// Its number.
        number: OrganisationRef,
        /// Its name as the citizen knows it.
        name: String,
    },
    /// One professional.
    Professional {
        /// Authorisation id.
        authorisation_id: String,
        /// Name as the citizen knows it.
        name: String,
    },
}

impl NewWhom {
    fn find(self, register: &Register) -> Result<Whom, Problem> {
        match self {
            Self::Everyone => Ok(Whom::Everyone),
            Self::Organisation { number, name } => {
                Ok(Whom::Organisation { id: number.find(register)?, name })
            }
            Self::Professional { authorisation_id, name } => {
                let id = AuthorisationId::parse(&authorisation_id).map_err(|_| {
                    Problem::new(Code::Unfit).field(
                        "whom.professional.authorisation_id",
                        "not-an-authorisation-id",
                        "Et autorisations-id har fem tegn.",
                        "An authorisation id has five characters.",
                    )
                })?;
                let id = register.person(&Identifier::Authorisation(id));
                Ok(Whom::Professional { id, name: Personal::new(name) })
            }
        }
    }
}

/// Whom it concerns.
#[derive(Serialize, ToSchema)]
pub(crate) struct WhomShown {
    /// `everyone`, `organisation`, `professional`.
    kind: &'static str,
    /// Name as the citizen knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

impl From<Whom> for WhomShown {
    fn from(whom: Whom) -> Self {
        match whom {
            Whom::Everyone => Self { kind: "everyone", name: None },
            Whom::Organisation { name, .. } => Self { kind: "organisation", name: Some(name) },
            Whom::Professional { name, .. } => {
                Self { kind: "professional", name: Some(name.into_revealed()) }
            }
        }
    }
}

/// Block somebody.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewBlock {
    /// Whom.
    whom: NewWhom,
    /// From when; now if absent.
    #[serde(default)]
    from: Option<Timestamp>,
    /// Until when; open if absent.
    #[serde(default)]
    until: Option<Timestamp>,
}

impl NewBlock {
    /// The request of the service.
    pub(crate) fn by(
        self,
        person: notice::Id<Person>,
        register: &Register,
    ) -> Result<opt_out::block::Request, Problem> {
        let whom = self.whom.find(register)?;
        Ok(opt_out::block::Request {
            person,
            whom,
            what: opt_out::What::Everything,
            from: self.from,
            until: self.until,
        })
    }
}

/// A block.
#[derive(Serialize, ToSchema)]
pub(crate) struct Block {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// Whom.
    whom: WhomShown,
    /// What is blocked.
    #[schema(value_type = String)]
    what: opt_out::What,
    /// From when.
    from: Timestamp,
    /// Until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Timestamp>,
}

impl From<opt_out::Block> for Block {
    fn from(one: opt_out::Block) -> Self {
        Self { id: one.id.into(), whom: one.whom.into(), what: one.what, from: one.from, until: one.until }
    }
}

/// Give consent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewConsent {
    /// To whom.
    whom: NewWhom,
    /// From when; now if absent.
    #[serde(default)]
    from: Option<Timestamp>,
    /// Until when.
    until: Timestamp,
}

impl NewConsent {
    /// The request of the service.
    pub(crate) fn by(
        self,
        person: notice::Id<Person>,
        register: &Register,
    ) -> Result<consent::give::Request, Problem> {
        Ok(consent::give::Request {
            person,
            whom: self.whom.find(register)?,
            from: self.from,
            until: self.until,
        })
    }
}

/// A consent.
#[derive(Serialize, ToSchema)]
pub(crate) struct Consent {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// To whom.
    whom: WhomShown,
    /// From when.
    from: Timestamp,
    /// Until when.
    until: Timestamp,
}

impl From<consent::Consent> for Consent {
    fn from(one: consent::Consent) -> Self {
        Self { id: one.id.into(), whom: one.whom.into(), from: one.from, until: one.until }
    }
}

/// Show the prescriptions to a pharmacy.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPresentation {
    /// The pharmacy.
    pharmacy: OrganisationRef,
    /// Its name.
    pharmacy_name: String,
}

impl NewPresentation {
    /// The request of the service.
    pub(crate) fn by(
        self,
        person: notice::Id<Person>,
        register: &Register,
    ) -> Result<presentation::present::Request, Problem> {
        let pharmacy = self.pharmacy.find(register)?;
        Ok(presentation::present::Request { person, pharmacy, pharmacy_name: self.pharmacy_name })
    }
}

/// A presentation that was made.
#[derive(Serialize, ToSchema)]
pub(crate) struct Presented {
    /// Its id.
    #[schema(value_type = String)]
    presentation: WireId<Record>,
    /// Until when.
    until: Timestamp,
}

impl From<presentation::present::Output> for Presented {
    fn from(one: presentation::present::Output) -> Self {
        Self { presentation: one.presentation.into(), until: one.until }
    }
}

/// A presentation.
#[derive(Serialize, ToSchema)]
pub(crate) struct Presentation {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// The pharmacy.
    pharmacy_name: String,
    /// From when.
    from: Timestamp,
    /// Until when.
    until: Timestamp,
}

impl From<presentation::see_own_presentations::Presentation> for Presentation {
    fn from(one: presentation::see_own_presentations::Presentation) -> Self {
        Self { id: one.id.into(), pharmacy_name: one.pharmacy_name, from: one.from, until: one.until }
    }
}

/// Say that somebody treats the person.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRelation {
    /// The organisation.
    organisation: OrganisationRef,
    /// Its name.
    organisation_name: String,
    /// Authorisation id of the professional, if it is one.
    #[serde(default)]
    authorisation_id: Option<String>,
    /// Name of the professional.
    #[serde(default)]
    professional_name: Option<String>,
    /// `explicit`, `visit`, `own-practice`.
    #[schema(value_type = String)]
    kind: treatment_relation::Kind,
    /// From when.
    from: Timestamp,
    /// Until when.
    #[serde(default)]
    until: Option<Timestamp>,
    /// Who says so.
    #[schema(value_type = String)]
    source: treatment_relation::Source,
}

impl NewRelation {
    /// The request of the service.
    pub(crate) fn of(
        self,
        patient: notice::Id<Person>,
        register: &Register,
    ) -> Result<treatment_relation::register_relation::Request, Problem> {
        let professional = match self.authorisation_id {
            None => None,
            Some(id) => {
                let id = AuthorisationId::parse(&id).map_err(|_| {
                    Problem::new(Code::Unfit).field(
                        "authorisation_id",
                        "not-an-authorisation-id",
                        "Et autorisations-id har fem tegn.",
                        "An authorisation id has five characters.",
                    )
                })?;
                let person = register.person(&Identifier::Authorisation(id));
                Some((person, Personal::new(self.professional_name.unwrap_or_default())))
            }
        };
        Ok(treatment_relation::register_relation::Request {
            patient,
            organisation: self.organisation.find(register)?,
            organisation_name: self.organisation_name,
            professional,
            kind: self.kind,
            from: self.from,
            until: self.until,
            source: self.source,
        })
    }
}

/// A relation that was written, and how sure it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct Relation {
    /// Its id.
    #[schema(value_type = String)]
    relation: WireId<Record>,
    /// On the national scale from `A+` to `E`.
    #[schema(value_type = String)]
    found: treatment_relation::Found,
    /// `strong`, `weak`, `none`.
    strength: &'static str,
}

impl From<treatment_relation::register_relation::Output> for Relation {
    fn from(one: treatment_relation::register_relation::Output) -> Self {
        let strength = match one.strength {
            treatment_relation::Strength::Strong => "strong",
            treatment_relation::Strength::Weak => "weak",
            treatment_relation::Strength::None => "none",
        };
        Self { relation: one.relation.into(), found: one.found, strength }
    }
}
