//! Basic data: name, address, number, practice, and what citizens say of themselves.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::Person;
use register::{Content, Record};
use serde_json::Value;

use crate::call::day_begins;
use crate::content;

pub mod change_own_contact;
pub mod end_custody;
pub mod find_patient;
pub mod import_person;
pub mod my_children;
pub mod read_basic;
pub mod register_custody;
pub mod report_death;
pub mod see_own;

/// Basic data of a person as far as its reader may see it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Basic {
    /// The person.
    pub person: Option<Id<Person>>,
    /// Civil registration number, ten digits.
    pub cpr: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// Address; `None` where it is protected from this reader.
    pub address: Option<String>,
    /// Whether name and address are protected.
    pub protected_address: bool,
    /// Group of the public health insurance.
    pub insurance_group: Option<String>,
    /// Own practice.
    pub general_practitioner: Option<String>,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// Sex as registered.
    pub sex: Option<Sex>,
    /// Status in the civil register.
    pub status: Option<String>,
    /// What the citizen has said of herself.
    pub contact: Contact,
}

/// Sex as registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What citizens say of themselves.
#[derive(Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Contact {
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Relatives to call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relatives: Vec<Relative>,
    /// Where the person stays for a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temporary_address: Option<TemporaryAddress>,
    /// Languages that the person speaks, as ISO 639 codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
}

/// A relative to call.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Relative {
    /// First name.
    pub first_name: String,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// Where a person stays for a time.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TemporaryAddress {
    /// The address.
    pub address: String,
    /// Last day; open if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}
crate::redacted::redacted!(Basic, Contact, Relative, TemporaryAddress);

/// Whether a feed sends people for the first time or again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feed {
    /// None of them is known here: many at a time, fast.
    First,
    /// Some may be: each is read and corrected, or added.
    Again,
}

/// Full names of the registers of basic data.
pub(crate) const NSP_BASIC: &str = "nsp.basic";
pub(crate) const FMK_BASIC: &str = "fmk.basic";

impl Basic {
    /// What the reader sees of a record of basic data; every field may be cut away.
    pub(crate) fn of(record: &Record) -> Self {
        let fields = record.content.reveal();
        let text = |field: &str| content::text(record, field);
        Self {
            person: content::in_role(record, "patient"),
            cpr: text("cpr"),
            name: text("name"),
            address: text("address"),
            protected_address: fields.get("protected-address").and_then(Value::as_bool).unwrap_or(false),
            insurance_group: text("insurance-group"),
            general_practitioner: text("general-practitioner"),
            birth_date: text("birth-date").and_then(|date| date.parse().ok()),
            sex: fields.get("sex").and_then(|sex| serde_json::from_value(sex.clone()).ok()),
            status: text("status"),
            contact: Contact::of(fields),
        }
    }
}

impl Basic {
    /// A protected address is not shown to others.
    fn without_protected(self) -> Self {
        if self.protected_address { Self { address: None, ..self } } else { self }
    }
}

/// The content of basic data that comes from the civil register and the health insurance.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct RegisteredContent<'a> {
    pub(crate) cpr: &'a str,
    pub(crate) name: &'a str,
    pub(crate) address: &'a str,
    pub(crate) protected_address: bool,
    pub(crate) insurance_group: &'a str,
    pub(crate) general_practitioner: Option<&'a str>,
    pub(crate) birth_date: Date,
    pub(crate) sex: Sex,
    pub(crate) status: &'a str,
}

/// The fields that citizens write themselves; a feed leaves them alone.
pub(crate) const OWN_FIELDS: [&str; 4] = ["phone", "relatives", "temporary-address", "languages"];

impl Contact {
    fn of(fields: &Content) -> Self {
        let part = |name: &str| fields.get(name).cloned();
        Self {
            phone: part("phone").and_then(|phone| serde_json::from_value(phone).ok()),
            relatives: part("relatives")
                .and_then(|them| serde_json::from_value(them).ok())
                .unwrap_or_default(),
            temporary_address: part("temporary-address")
                .and_then(|address| serde_json::from_value(address).ok()),
            languages: part("languages")
                .and_then(|them| serde_json::from_value(them).ok())
                .unwrap_or_default(),
        }
    }
}

/// Full name of the register of custody.
pub(crate) const CUSTODY: &str = "nsp.custody";

/// Access for parents holds for children born on this day or later; data about custody is not there for older ones.
pub const BORN_FROM: Date = jiff::civil::date(2004, 5, 1);

/// The content of a custody: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct CustodyContent {
    pub(crate) holder_name: String,
    pub(crate) child_name: String,
    pub(crate) from: Timestamp,
    pub(crate) until: Option<Timestamp>,
}

/// The beginning of the 15th birthday; for a child born on 29 February that is 1 March.
pub(crate) fn turns_15(birth: Date) -> Timestamp {
    let day = birth.checked_add(jiff::Span::new().years(15)).unwrap_or(birth);
    let day = if day.day() < birth.day() { day.tomorrow().unwrap_or(day) } else { day };
    day_begins(day)
}
