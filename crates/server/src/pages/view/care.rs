//! Pages of those who treat and those who hand out: patients, card, changes, refusal, emergency access, pharmacy.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::citizen::Day;
use super::medicine::{Card, Prescription};
use super::{Bars, Choice, Field, Problems, Shell};

/// *Patients I treat today*.
#[derive(Debug, Template)]
#[template(path = "patients.html")]
pub struct Patients {
    /// What stands around.
    pub p: Shell,
    /// The patients.
    pub patients: Vec<Patient>,
    /// The number to find another by.
    pub cpr: Field,
    /// What is wrong.
    pub problems: Problems,
}

/// A patient in a list.
#[derive(Clone, Debug)]
pub struct Patient {
    /// Id.
    pub id: String,
    /// Name; none where it is not known or protected.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Since when.
    pub since: Timestamp,
    /// Key of the words for how sure it is.
    pub found: &'static str,
    /// Key of the words for where that is known from.
    pub source: &'static str,
}

/// The patient at the head of a page.
#[derive(Clone, Debug)]
pub struct Head {
    /// Id.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Civil registration number.
    pub cpr: Option<String>,
}

/// How the reader came to the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Through {
    /// Treats the person.
    Treatment,
    /// The person consented.
    Consent,
    /// Emergency access.
    Emergency,
}

impl Through {
    /// Whether it is emergency access.
    #[must_use]
    pub fn is_emergency(self) -> bool {
        self == Self::Emergency
    }
}

/// What a mark that a card was gone through carries.
#[derive(Clone, Debug)]
pub struct GoneThrough {
    /// The version of the card that is shown.
    pub version: String,
    /// Ids of the orders that are shown, with a comma between.
    pub orders: String,
}

/// Calling a prescription off.
#[derive(Debug, Template)]
#[template(path = "cancel_prescription.html")]
pub struct CancelPrescription {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub head: Head,
    /// The prescription.
    pub prescription: Prescription,
    /// Its version.
    pub version: u32,
    /// Why.
    pub reason: Field,
    /// What is wrong.
    pub problems: Problems,
}

/// Nobody has shown this pharmacy a prescription: does the person stand here?
#[derive(Debug, Template)]
#[template(path = "presented_ask.html")]
pub struct PresentedAsk {
    /// What stands around.
    pub p: Shell,
    /// Id of the person.
    pub person: String,
}

/// A medicine card at work.
#[derive(Debug, Template)]
#[template(path = "card.html")]
pub struct CardPage {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub head: Head,
    /// The card.
    pub card: Card,
    /// Since when *new* counts: the reader's last look.
    pub since: Option<Timestamp>,
    /// How the reader came here.
    pub through: Through,
    /// Changes may be made.
    pub may: May,
    /// What a mark that it was gone through carries, where the reader may set one.
    pub review: Option<GoneThrough>,
    /// Whether the reader's role opens what is private in an emergency at all.
    pub private_way: bool,
    /// Why what is private must be seen under emergency access.
    pub reason: Field,
}

impl CardPage {
    /// What is new since the reader's last look.
    #[must_use]
    pub fn news(&self) -> usize {
        let items = self.card.current.iter().chain(&self.card.former);
        items.filter(|item| item.news.key().is_some()).count()
    }
}

/// Whether the reader may change the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum May {
    /// May look and change.
    Change,
    /// May look.
    Look,
}

impl May {
    /// Whether changes may be made.
    #[must_use]
    pub fn is_change(self) -> bool {
        self == Self::Change
    }
}

/// What is about to be done to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A new medicine.
    Prescribe,
    /// Another dosage, period or indication.
    Change,
    /// Not for a while.
    Pause,
    /// Again.
    Resume,
    /// No more.
    Stop,
    /// The stop was an error.
    UndoStop,
}

impl Act {
    /// The word in addresses and keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Prescribe => "prescribe",
            Self::Change => "change",
            Self::Pause => "pause",
            Self::Resume => "resume",
            Self::Stop => "stop",
            Self::UndoStop => "undo-stop",
        }
    }

    /// Key of a text of this act.
    #[must_use]
    pub fn key(self, rest: &str) -> String {
        format!("act-{}-{rest}", self.word())
    }

    /// Whether the whole order is filled in.
    #[must_use]
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Prescribe | Self::Change)
    }
}

/// A form about one medicine.
#[derive(Debug, Template)]
#[template(path = "order_form.html")]
pub struct OrderForm {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub head: Head,
    /// What is about to be done.
    pub act: Act,
    /// Where the form goes: before the preview.
    pub action: String,
    /// Name of the medicine, if there is one already.
    pub name: Option<String>,
    /// The version of the card that was read.
    pub version: String,
    /// What is typed.
    pub fields: OrderFields,
    /// What is wrong.
    pub problems: Problems,
    /// What somebody else changed meanwhile.
    pub meanwhile: Vec<String>,
}

/// The fields of a form about one medicine.
#[derive(Clone, Debug, Default)]
pub struct OrderFields {
    /// Name of the medicine.
    pub drug: Field,
    /// Strength.
    pub strength: Field,
    /// Form.
    pub form: Field,
    /// ATC code.
    pub atc: Field,
    /// Against what.
    pub indication: Field,
    /// By mouth, into the eye.
    pub route: Field,
    /// How the dosage is given: choices.
    pub dosage_kinds: Vec<Choice>,
    /// How the dosage is given.
    pub dosage_kind: Field,
    /// One tablet.
    pub unit: Field,
    /// Two tablets.
    pub units: Field,
    /// In the morning.
    pub morning: Field,
    /// At noon.
    pub noon: Field,
    /// In the evening.
    pub evening: Field,
    /// Before the night.
    pub night: Field,
    /// After how many days the doses repeat.
    pub every_days: Field,
    /// As needed: how much at once.
    pub needed: Field,
    /// As needed: how often a day at most.
    pub needed_times: Field,
    /// In one's own words.
    pub dosage_text: Field,
    /// First day.
    pub from: Field,
    /// Last day.
    pub until: Field,
    /// With a prescription: choices.
    pub prescription_kinds: Vec<Choice>,
    /// With a prescription.
    pub prescription_kind: Field,
    /// Number of the package.
    pub package_number: Field,
    /// Units in a package.
    pub package_size: Field,
    /// Packages each time.
    pub packages: Field,
    /// How many times.
    pub iterations: Field,
    /// Why: for pause and stop.
    pub reason: Field,
}

/// Before and after, to be confirmed.
#[derive(Debug, Template)]
#[template(path = "preview.html")]
pub struct Preview {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub head: Head,
    /// What is about to be done.
    pub act: Act,
    /// Where the confirmation goes.
    pub action: String,
    /// Name of the medicine.
    pub name: String,
    /// What changes.
    pub changes: Vec<Change>,
    /// What to think of first.
    pub warnings: Vec<String>,
    /// Everything that was typed, carried along.
    pub carried: Vec<(String, String)>,
}

/// One line of before and after.
#[derive(Clone, Debug)]
pub struct Change {
    /// What.
    pub title: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
}

/// No, why not, and three lawful ways forward.
#[derive(Debug, Template)]
#[template(path = "refused.html")]
pub struct Refused {
    /// What stands around.
    pub p: Shell,
    /// Whose record it would have been, for the ways forward.
    pub patient: Option<String>,
    /// Why, in the words of the notice.
    pub why: String,
    /// What stood in the way, small behind.
    pub clause: String,
    /// The use of the notice, small behind.
    pub asked: String,
    /// The ways forward.
    pub ways: Vec<Way>,
    /// Key of the text that says what is written down about this.
    pub written: &'static str,
}

/// A lawful way forward.
#[derive(Clone, Debug)]
pub struct Way {
    /// What one can do.
    pub title: String,
    /// What it means.
    pub text: String,
    /// Page, if there is one.
    pub href: Option<String>,
}

/// Emergency access: what will happen if you go on.
#[derive(Debug, Template)]
#[template(path = "emergency.html")]
pub struct Emergency {
    /// What stands around.
    pub p: Shell,
    /// Id of the patient; who it is is not said before access is taken.
    pub patient: String,
    /// Why.
    pub reason: Field,
    /// What is wrong.
    pub problems: Problems,
    /// How many the reader has taken today.
    pub minutes: usize,
    /// From which access of a day on the supervisor is told.
    pub supervisor_from: usize,
    /// Fewest letters of a reason.
    pub letters: usize,
}

/// The patient consents now.
#[derive(Debug, Template)]
#[template(path = "consent.html")]
pub struct ConsentAsk {
    /// What stands around.
    pub p: Shell,
    /// Id of the patient.
    pub patient: String,
}

/// Looks made in my name.
#[derive(Debug, Template)]
#[template(path = "looks.html")]
pub struct Looks {
    /// What stands around.
    pub p: Shell,
    /// By day.
    pub picture: Bars,
    /// The days.
    pub days: Vec<Day>,
    /// Where older lines are.
    pub older: Option<String>,
}

/// The counter.
#[derive(Debug, Template)]
#[template(path = "pharmacy.html")]
pub struct Pharmacy {
    /// What stands around.
    pub p: Shell,
    /// The number.
    pub cpr: Field,
    /// What is wrong.
    pub problems: Problems,
}

/// Prescriptions that a person presents.
#[derive(Debug, Template)]
#[template(path = "pharmacy_person.html")]
pub struct Presented {
    /// What stands around.
    pub p: Shell,
    /// Who stands at the counter.
    pub head: Head,
    /// What may be handed over.
    pub prescriptions: Vec<Prescription>,
}

/// Handing over.
#[derive(Debug, Template)]
#[template(path = "dispense.html")]
pub struct Dispense {
    /// What stands around.
    pub p: Shell,
    /// Who stands at the counter.
    pub head: Head,
    /// On which prescription.
    pub prescription: Prescription,
    /// The version that was read.
    pub version: String,
    /// How many packages.
    pub packages: Field,
    /// What is printed on the label.
    pub label_text: Field,
    /// The pharmacy's comment.
    pub comment: Field,
    /// What is wrong.
    pub problems: Problems,
}
