//! What travels: the shapes of requests and answers, apart from the types of the services.

mod card;
mod changes;
mod citizen;
mod dosage;
mod emergencies;
mod facts;
mod feeds;
mod id;
mod people;
mod positives;
mod registers;

pub(crate) use card::{MedicineCard, Order, Prescription};
pub(crate) use changes::{
    CancelPrescription, ChangeOrder, Dispense, Dispensed, PauseOrder, Prescribe, Prescribed, Preview, Reason,
    Review, Reviewed,
};
pub(crate) use citizen::{Log, PlanOfErasure};
pub(crate) use emergencies::{
    Emergency, EmergencyAccess, EmergencyLooks, KeepLonger, KeptLines, ReviewEmergency,
};
pub(crate) use facts::{
    Block, Consent, NewBlock, NewConsent, NewPresentation, NewRelation, Presentation, Presented, Relation,
};
pub(crate) use feeds::{
    EndCustody, ImportCustodies, ImportPeople, ImportProfessionals, ImportRelations, Imported, ReportDeath,
};
pub(crate) use id::WireId;
pub(crate) use people::{BasicData, Child, Contact, Find, Found, Patient, Professional};
pub(crate) use positives::{CorrectPositive, EndPositive, PositivesReplaced, ReplacePositives};

pub(crate) use registers::{
    Added, Collected, Correction, DuePage, Entry, FormBody, Happened, NewEntry, OfPerson, OwnEntries, Version,
};

use serde::Serialize;
use utoipa::ToSchema;

/// A problem, RFC 9457: `application/problem+json`.
#[derive(Serialize, ToSchema)]
#[allow(dead_code, reason = "describes what the problem layer writes")]
pub(crate) struct ProblemBody {
    /// Address of the code in the table of problems.
    r#type: String,
    /// Stable code.
    code: String,
    /// HTTP status.
    status: u16,
    /// What happened.
    title: Words,
    /// What the caller should do.
    advice: Words,
    /// The refusal of the notice: `use`, `clause`, `words`, `instead`.
    #[schema(required = false)]
    refusal: Option<serde_json::Value>,
    /// Fields that do not fit: `field`, `code`, `problem`.
    #[schema(required = false)]
    fields: Option<Vec<serde_json::Value>>,
    /// What others changed meanwhile.
    #[schema(required = false)]
    changes: Option<Vec<Words>>,
    /// The action's own reason: `code`, `words`.
    #[schema(required = false)]
    reason: Option<serde_json::Value>,
    /// Number of a failure in our log.
    #[schema(required = false)]
    event: Option<String>,
}

/// The same in Danish and English.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Words {
    /// Danish.
    da: String,
    /// English.
    en: String,
}

impl From<notice::Bilingual> for Words {
    fn from(words: notice::Bilingual) -> Self {
        Self { da: words.da, en: words.en }
    }
}

/// How many records were changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Count {
    /// Records.
    pub(crate) records: usize,
}

/// A list.
#[derive(Serialize, ToSchema)]
pub(crate) struct List<T> {
    /// Its items.
    pub(crate) items: Vec<T>,
}

impl<T> List<T> {
    /// A list of wire types from a list of ours.
    pub(crate) fn of<U: Into<T>>(items: Vec<U>) -> Self {
        Self { items: items.into_iter().map(Into::into).collect() }
    }
}
