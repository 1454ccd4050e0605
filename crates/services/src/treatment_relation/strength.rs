//! How surely somebody treats somebody, on the national scale from A+ to E.

use jiff::Timestamp;

/// The result of looking for a treatment relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Found {
    /// Explicit: referred, admitted or booked by name.
    #[serde(rename = "A+")]
    APlus,
    /// The same time and place.
    A,
    /// The same place.
    #[serde(rename = "B+")]
    BPlus,
    /// In general: the person's own practice.
    B,
    /// In the past.
    C,
    /// Cannot be told yet; looked for again until it is settled.
    D,
    /// None.
    E,
}

/// Whether the relation opens records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Known from another party: opens.
    Strong,
    /// Known from the one who gains by it: opens only what it belongs to and is checked within a day.
    Weak,
    /// Opens nothing.
    None,
}

/// Where a relation is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A referral.
    Referral,
    /// A contact in the patient register.
    PatientRegister,
    /// A service in the register of GP services.
    GpServices,
    /// The list of the person's own practice.
    GpList,
    /// The professional's own word.
    Asserted,
}

/// What the person comes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Admitted or booked by name.
    Explicit,
    /// A visit.
    Visit,
    /// The person's own practice.
    OwnPractice,
}

/// What is known of a service or a list entry when a relation is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where it is known from.
    pub source: Source,
    /// When it began.
    pub from: Timestamp,
    /// When it ended; open if `None`.
    pub until: Option<Timestamp>,
}
