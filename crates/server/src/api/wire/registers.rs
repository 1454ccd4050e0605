//! Entries of registers that are served by their form, as they travel.

use jiff::Timestamp;
use notice::Id;
use notice::id::{Person, Record};
use register::{Identifier, Outcome, OwnId, Personal, Slice, Stage};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use services::generic_register as generic;
use utoipa::ToSchema;

use super::{WireId, Words};
use crate::problem::{Code, Problem};

/// An entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct Entry {
    /// Its id.
    #[schema(value_type = String)]
    record: WireId<Record>,
    /// The one whom it is about.
    #[schema(value_type = String)]
    person: WireId<Person>,
    /// 1 for the first.
    version: u32,
    /// `open`, `restricted`, `blocked`, `archived`.
    stage: &'static str,
    /// The fields that the caller may see.
    #[schema(value_type = Object)]
    content: Map<String, Value>,
    /// When it was collected.
    collected_at: Timestamp,
    /// When this version was written.
    changed_at: Timestamp,
    /// What has happened to it.
    events: Vec<Happening>,
    /// Notes of correction.
    notes: Vec<String>,
    /// When something happens to it next.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
}

/// Something that has happened.
#[derive(Serialize, ToSchema)]
struct Happening {
    /// Full name of the event.
    event: String,
    /// When.
    at: Timestamp,
}

impl From<generic::Entry> for Entry {
    fn from(entry: generic::Entry) -> Self {
        let stage = match entry.stage {
            Stage::Open => "open",
            Stage::Restricted => "restricted",
            Stage::Blocked => "blocked",
            Stage::Archived => "archived",
            Stage::Erased => "erased",
        };
        Self {
            record: entry.record.into(),
            person: entry.person.into(),
            version: entry.version,
            stage,
            content: entry.content.into_revealed(),
            collected_at: entry.collected_at,
            changed_at: entry.changed_at,
            events: entry.events.into_iter().map(|(event, at)| Happening { event, at }).collect(),
            notes: entry.notes.into_iter().map(Personal::into_revealed).collect(),
            due_at: entry.due_at,
        }
    }
}

/// By what a person is known: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KnownBy {
    /// Civil registration number, or the national replacement.
    #[serde(default)]
    cpr: Option<String>,
    /// What the controller itself knows the person by: a member number, an e-mail address.
    #[serde(default)]
    own: Option<String>,
}

impl KnownBy {
    fn read(&self, controller: &str, field: &str) -> Result<Identifier, Problem> {
        match (&self.cpr, &self.own) {
            (Some(cpr), None) => Identifier::person_number(cpr).map_err(|_| {
                Problem::new(Code::Unfit).field(
                    &format!("{field}.cpr"),
                    "not-a-cpr",
                    "Et CPR-nummer har ti cifre, med eller uden bindestreg.",
                    "A CPR number has ten digits, with or without a hyphen.",
                )
            }),
            (None, Some(own)) => OwnId::parse(controller, own).map(Identifier::Own).map_err(|_| {
                Problem::new(Code::Unfit).field(
                    &format!("{field}.own"),
                    "not-an-own-id",
                    "Skriv 1 til 200 tegn. Et CPR-nummer skrives i feltet cpr.",
                    "Write 1 to 200 characters. A CPR number goes into the field cpr.",
                )
            }),
            (Some(_), Some(_)) | (None, None) => Err(Problem::new(Code::Unfit).field(
                field,
                "one-of-two",
                "Skriv enten cpr eller own.",
                "Write either cpr or own.",
            )),
        }
    }
}

/// Another person of an entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OtherPerson {
    /// The role, as the notice declares it.
    role: String,
    /// The person.
    person: KnownBy,
}

/// A new entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewEntry {
    /// The one whom it is about.
    about: KnownBy,
    /// Other people of it.
    #[serde(default)]
    others: Vec<OtherPerson>,
    /// The content, as the form says.
    #[schema(value_type = Object)]
    content: Map<String, Value>,
}

impl NewEntry {
    /// What the service is asked; own ids mean something at the controller.
    pub(crate) fn read(self, controller: &str) -> Result<generic::add::Request, Problem> {
        let about = self.about.read(controller, "about")?;
        let other = |(position, other): (usize, OtherPerson)| {
            let person = other.person.read(controller, &format!("others.{position}.person"))?;
            Ok::<_, Problem>((other.role, person))
        };
        let others = self.others.into_iter().enumerate().map(other).collect::<Result<_, _>>()?;
        Ok(generic::add::Request { about, others, content: Personal::new(self.content) })
    }
}

/// The new entry.
#[derive(Serialize, ToSchema)]
pub(crate) struct Added {
    /// Its id.
    #[schema(value_type = String)]
    record: WireId<Record>,
    /// The one whom it is about.
    #[schema(value_type = String)]
    person: WireId<Person>,
}

impl From<generic::add::Added> for Added {
    fn from(added: generic::add::Added) -> Self {
        Self { record: added.record.into(), person: added.person.into() }
    }
}

/// A correction.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Correction {
    /// The version that was read.
    version: u32,
    /// The whole content that the caller may write.
    #[schema(value_type = Object)]
    content: Map<String, Value>,
    /// What was wrong; shown beside the entry.
    note: String,
}

impl Correction {
    /// What the service is asked.
    pub(crate) fn of(self, person: Id<Person>, record: Id<Record>) -> generic::correct::Request {
        generic::correct::Request {
            person,
            record,
            version: self.version,
            content: Personal::new(self.content),
            note: Personal::new(self.note),
        }
    }
}

/// The number of a new version.
#[derive(Serialize, ToSchema)]
pub(crate) struct Version {
    /// The number.
    pub(crate) version: u32,
}

/// Something has happened to an entry.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Happened {
    /// Full name of the event, such as `member.ended`.
    event: String,
    /// When; now if absent.
    #[serde(default)]
    happened_at: Option<Timestamp>,
}

impl Happened {
    /// What the service is asked.
    pub(crate) fn of(self, person: Id<Person>, record: Id<Record>) -> generic::raise::Request {
        generic::raise::Request { person, record, event: self.event, happened_at: self.happened_at }
    }
}

/// When entries were collected.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Collected {
    #[serde(default)]
    from: Option<Timestamp>,
    #[serde(default)]
    until: Option<Timestamp>,
}

impl From<Collected> for generic::list::Request {
    fn from(span: Collected) -> Self {
        Self { which: generic::list::Which::Collected { from: span.from, until: span.until } }
    }
}

/// Whose.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfPerson {
    #[serde(default)]
    person: Option<WireId<Person>>,
    #[serde(default)]
    page: usize,
}

impl OfPerson {
    /// What the service is asked, and which page that is.
    pub(crate) fn request(self) -> (generic::due::Request, usize) {
        let take = generic::PAGE_ENTRIES;
        let part = Slice { skip: self.page.saturating_mul(take), take };
        let of =
            self.person.map_or(generic::due::Of::Part(part), |person| generic::due::Of::Person(person.0));
        (generic::due::Request { of }, self.page)
    }
}

/// What goes when, a page at a time.
#[derive(Serialize, ToSchema)]
pub(crate) struct DuePage {
    /// The entries of the page, the first to go first.
    items: Vec<Due>,
    /// Send it as `page` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<usize>,
}

impl DuePage {
    /// A page and the way to the next.
    pub(crate) fn of(told: generic::due::Output, page: usize) -> Self {
        let next = told.more.then(|| page.saturating_add(1));
        Self { items: told.due.into_iter().map(Into::into).collect(), next }
    }
}

/// When an entry goes.
#[derive(Serialize, ToSchema)]
pub(crate) struct Due {
    /// The entry.
    #[schema(value_type = String)]
    record: WireId<Record>,
    /// The one whom it is about.
    #[schema(value_type = String)]
    person: WireId<Person>,
    /// When; absent until an event has happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
    /// `erase`, `block` …: what happens then.
    #[serde(skip_serializing_if = "Option::is_none")]
    happens: Option<String>,
    /// Why it is kept till then.
    why: Words,
}

impl From<generic::due::Due> for Due {
    fn from(due: generic::due::Due) -> Self {
        Self {
            record: due.record.into(),
            person: due.person.into(),
            due_at: due.due_at,
            happens: due.happens.map(|verb| verb.word().to_owned()),
            why: due.why.into(),
        }
    }
}

/// What is kept about the caller in a register.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnEntries {
    /// The entries.
    entries: Vec<Entry>,
    /// When each goes.
    due: Vec<Due>,
    /// Who has looked, the latest first.
    looks: Vec<Look>,
    /// Send it as `cursor` for the next page of looks; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

impl OwnEntries {
    /// A page with its sealed cursor.
    pub(crate) fn of(own: generic::see_own::Own, next: Option<String>) -> Self {
        Self {
            entries: own.entries.into_iter().map(Into::into).collect(),
            due: own.due.into_iter().map(Into::into).collect(),
            looks: own.looks.into_iter().map(Into::into).collect(),
            next,
        }
    }
}

/// One look at an entry, or one refusal.
#[derive(Serialize, ToSchema)]
struct Look {
    /// When.
    at: Timestamp,
    /// `granted`, `emergency`, `refused`.
    outcome: &'static str,
    /// Who.
    who: String,
    /// In which role.
    role: Words,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// What was done.
    what: Words,
    /// On what ground.
    ground: Words,
    /// The reason that was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// How often.
    times: u64,
    /// When the line goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
}

impl From<generic::see_own::Look> for Look {
    fn from(look: generic::see_own::Look) -> Self {
        let outcome = match look.outcome {
            Outcome::Granted => "granted",
            Outcome::Emergency => "emergency",
            Outcome::Refused => "refused",
        };
        Self {
            at: look.at,
            outcome,
            who: look.who,
            role: look.role.into(),
            place: look.place,
            what: look.what.into(),
            ground: look.ground.into(),
            reason: look.reason,
            times: look.times,
            due_at: look.due_at,
        }
    }
}

/// The form of an entry, and what the caller's role may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct FormBody {
    /// What the notice calls the register.
    title: Words,
    /// `list`, `add`, `correct`, `see-own`.
    may: Vec<&'static str>,
    /// Events that the role may raise.
    events: Vec<Raisable>,
    /// JSON Schema of the content.
    #[schema(value_type = Object)]
    schema: Value,
}

/// An event that may be raised.
#[derive(Serialize, ToSchema)]
struct Raisable {
    /// Full name.
    event: String,
    /// What the notice calls it; reads after "when".
    title: Words,
}

impl FormBody {
    /// Nothing for a role that has no part in the register.
    pub(crate) fn of(may: generic::May, title: notice::Bilingual, schema: Value) -> Option<Self> {
        let words =
            [(may.list, "list"), (may.add, "add"), (may.correct, "correct"), (may.see_own, "see-own")];
        let allowed: Vec<_> = words.into_iter().filter(|(may, _)| *may).map(|(_, word)| word).collect();
        if allowed.is_empty() && may.raise.is_empty() {
            return None;
        }
        let events = may.raise.into_iter().map(|(event, title)| Raisable { event, title: title.into() });
        Some(Self { title: title.into(), may: allowed, events: events.collect(), schema })
    }
}
