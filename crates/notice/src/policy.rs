//! The compiled notices: what the house runs. Made by `compile`, never by hand.
//!
//! Invariant: every id is an index into the policy that handed it out and has no meaning in another.

use std::collections::HashMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock::{Duration, Rule};
use crate::decide::{Fact, Verb};
use crate::text::Bilingual;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u16);

        impl $name {
            /// The position in its list in the [`Policy`].
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(/** A notice. */ NoticeId);
index!(/** A register of personal data, such as `fmk.prescription`. */ RegisterId);
index!(/** A use, such as `fmk.read-card`. */ UseId);
index!(/** A role, such as `doctor`. */ RoleId);
index!(/** A field of a register, by its position there. */ FieldId);

/// A set of at most 64 fields of one register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldMask(pub(crate) u64);

impl FieldMask {
    /// Whether a field is in the set.
    #[must_use]
    pub const fn contains(self, field: FieldId) -> bool {
        field.0 < 64 && self.0 & (1 << field.0) != 0
    }

    /// The set of one field.
    #[must_use]
    pub const fn of(field: FieldId) -> Self {
        if field.0 < 64 { Self(1 << field.0) } else { Self(0) }
    }

    /// What is in one of the two.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields, in the order of the register.
    pub fn iter(self) -> impl Iterator<Item = FieldId> {
        (0..64).map(FieldId).filter(move |field| self.contains(*field))
    }

    /// Whether there is no field in the set.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// SHA-256 over all files of the corpus in order of their paths; printed in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub [u8; 32]);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// Where a thing stands in its file, for diagnostics and for *how we keep this promise*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path of the file within the corpus.
    pub file: Arc<str>,
    /// Bytes of the file.
    pub span: Range<usize>,
}

/// The whole law of the house, checked.
#[derive(Debug)]
pub struct Policy {
    /// What identifies this corpus.
    pub version: Version,
    /// Controllers, processors, recipients, authorities.
    pub parties: Vec<Party>,
    /// Acts and orders that may be cited.
    pub laws: Vec<Law>,
    /// Roles in which somebody may act.
    pub roles: Vec<Role>,
    /// Events on which clocks start.
    pub events: Vec<Event>,
    /// The notices.
    pub notices: Vec<Notice>,
    /// Purposes.
    pub purposes: Vec<Purpose>,
    /// Registers, in all notices.
    pub registers: Vec<Register>,
    /// Uses, in all notices.
    pub uses: Vec<Use>,
    /// Disclosures and transfers.
    pub shares: Vec<Share>,
    /// Rights.
    pub rights: Vec<Right>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Retention rules by id, those of registers (`fmk.prescription`) among them.
    pub clocks: Vec<Clock>,
    /// Flags: named decisions that rules read.
    pub flags: Vec<Flag>,
    pub(crate) names: Names,
}

/// Where a full name (`fmk.read-card`) stands in its list.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) parties: HashMap<String, usize>,
    pub(crate) laws: HashMap<String, usize>,
    pub(crate) roles: HashMap<String, usize>,
    pub(crate) events: HashMap<String, usize>,
    pub(crate) flags: HashMap<String, usize>,
    pub(crate) notices: HashMap<String, usize>,
    pub(crate) purposes: HashMap<String, usize>,
    pub(crate) registers: HashMap<String, usize>,
    pub(crate) uses: HashMap<String, usize>,
    pub(crate) clocks: HashMap<String, usize>,
}

/// What everything that a notice says has in common.
#[derive(Clone, Debug)]
pub struct Said {
    /// Full name within the corpus: `fmk.prescription`, or `sds` for what stands outside a notice.
    pub id: String,
    /// Title for people.
    pub title: Bilingual,
    /// The sentence of the published notice that this carries out, in our words.
    pub says: Option<Bilingual>,
    /// Rules of the acceptance table that this states.
    pub states: Vec<String>,
    /// Who chose this where the published notice is silent; printed as the controller's own choice.
    pub unstated: Option<Bilingual>,
    /// Where it stands.
    pub place: Place,
}

/// A day from which and a day before which something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Valid {
    /// First day.
    pub from: Option<Date>,
    /// First day on which it holds no longer.
    pub until: Option<Date>,
}

/// A controller, processor, recipient, source or authority.
#[derive(Clone, Debug)]
pub struct Party {
    /// Id, title.
    pub said: Said,
    /// `controller`, `joint-controller`, `processor`, `sub-processor`, `recipient`, `source`, `authority`, `supervisory-authority`.
    pub kinds: Vec<String>,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Contact by function: address, post box, web page; label to value.
    pub contact: Vec<(Bilingual, String)>,
    /// The data protection officer, by function and address.
    pub officer: Option<String>,
    /// Whether it acts in exercise of public authority.
    pub public_authority: bool,
    /// When it exists.
    pub valid: Valid,
    /// Who takes over.
    pub successor: Option<String>,
    /// The notices for which a processor works; empty: for all.
    pub works_for: Vec<String>,
    /// The processor for which a sub-processor works.
    pub under: Option<String>,
    /// The data processing agreement, by name and date.
    pub agreement: Option<Bilingual>,
    /// What allows a processor outside the EEA to have the data.
    pub instrument: Option<String>,
    /// Other names under which texts call it.
    pub also: Vec<String>,
}

/// An act or order.
#[derive(Clone, Debug)]
pub struct Law {
    /// Id, title.
    pub said: Said,
    /// European Legislation Identifier.
    pub eli: Option<String>,
    /// When it is in force.
    pub valid: Valid,
    /// What replaces it.
    pub successor: Option<String>,
    /// Other names under which texts cite it.
    pub also: Vec<String>,
    /// Provisions that may be cited: name, what it says in plain words, classes of data for which it is a ground.
    pub provisions: Vec<Provision>,
}

/// A provision of a law: `gdpr:6(1)(e)` is provision `6(1)(e)` of law `gdpr`.
#[derive(Clone, Debug)]
pub struct Provision {
    /// The part after the colon.
    pub name: String,
    /// In plain words.
    pub title: Bilingual,
    /// Classes of data that it covers as a basis; empty if it is not one.
    pub covers: Vec<Class>,
    /// Whether it is consent, which can be withdrawn.
    pub consent: bool,
}

/// The class of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Ordinary personal data, Art. 6.
    Ordinary,
    /// Health data, Art. 9.
    Health,
    /// Another special category, Art. 9.
    Special,
    /// Convictions and offences, Art. 10.
    Criminal,
    /// The civil registration number, Data Protection Act § 11.
    Cpr,
}

/// A role in which somebody may act.
#[derive(Clone, Debug)]
pub struct Role {
    /// Id, title.
    pub said: Said,
    /// This role and the wider roles that it belongs to: a doctor is a health professional.
    pub is: Vec<RoleId>,
    /// Whether the authorisation register must confirm it at each decision.
    pub authorised: bool,
    /// This role and all wider ones, a bit each.
    pub(crate) reach: u128,
    /// Whether this role or a wider one asks for an authorisation.
    pub(crate) needs_authorisation: bool,
}

/// Most roles of a corpus.
pub(crate) const ROLES_MAX: usize = 128;

/// A named, recorded decision that a retention rule reads.
#[derive(Clone, Debug)]
pub struct Flag {
    /// Id, title, what it means.
    pub said: Said,
    /// Who may set it, in words.
    pub by: Option<Bilingual>,
    /// The roles that may set it.
    pub roles: Vec<RoleId>,
    /// The longest time that it may stand.
    pub ends: Option<Duration>,
}

/// An event that a clock may start on.
#[derive(Clone, Debug)]
pub struct Event {
    /// Id, title.
    pub said: Said,
    /// Who may raise it, in words.
    pub by: Option<Bilingual>,
    /// The roles that may raise it.
    pub roles: Vec<RoleId>,
}

/// One published notice.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Id, title, introduction.
    pub said: Said,
    /// The controller.
    pub controller: String,
    /// Those who decide together with the controller, art. 26.
    pub joint: Vec<String>,
    /// The essence of the arrangement between them.
    pub arrangement: Option<Bilingual>,
    /// Decisions that a system takes alone, art. 22.
    pub automated: Option<Bilingual>,
    /// Whether it says everything itself: nothing of its controller's shared notice is printed with it.
    pub alone: bool,
    /// The group of registers that share a pseudonym.
    pub group: String,
    /// The published original.
    pub source: Option<String>,
    /// When it is in force.
    pub valid: Valid,
    /// Laws that it rests on, `law:provision`.
    pub laws: Vec<String>,
    /// The instants between which it is in force, in Danish civil time.
    pub(crate) in_force: Range<Timestamp>,
}

/// Why data is used.
#[derive(Clone, Debug)]
pub struct Purpose {
    /// Id, title, what it means.
    pub said: Said,
    /// The notice.
    pub notice: NoticeId,
    /// DPV term.
    pub vocabulary: Option<String>,
}

/// A field of a register.
#[derive(Clone, Debug)]
pub struct Field {
    /// Key in the content of a record.
    pub name: String,
    /// For people.
    pub title: Bilingual,
    /// Its class.
    pub class: Class,
}

/// A register: what is kept about whom, on which ground, for how long.
#[derive(Clone, Debug)]
pub struct Register {
    /// Id, title, what the published notice says of it.
    pub said: Said,
    /// The notice.
    pub notice: NoticeId,
    /// Roles of the subjects, the one whom the record is about first: `patient`, `prescriber`.
    pub about: Vec<String>,
    /// Purposes.
    pub purposes: Vec<String>,
    /// Fields, at most 64.
    pub fields: Vec<Field>,
    /// Grounds, `law:provision`, those that the published notice does not name included.
    pub basis: Vec<String>,
    /// Those of the grounds that the published notice does not name.
    pub basis_unstated: Vec<String>,
    /// The fact that a record in force establishes between its subject and a holder.
    pub gives: Option<Fact>,
    /// Index into [`Policy::clocks`]; several registers may share a rule.
    pub clock: usize,
    /// Whether everybody may see it, so that looking leaves no trace.
    pub public: bool,
    /// Whether nobody can be found in it, not even by whoever keeps it (GDPR art. 11).
    pub unnamed: bool,
    /// Where the data comes from: parties, or [`FROM_SUBJECT`]; empty: not stated.
    pub from: Vec<String>,
    /// Whether one must give the data, and what follows if one does not, art. 13(2)(e).
    pub duty: Option<Bilingual>,
    /// The JSON Schema of a record's content, for a register that runs without a service of its own.
    pub schema: Option<Schema>,
}

/// The form of a record's content: a file of the corpus, and so a part of its version and of what is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    /// Path within the corpus.
    pub path: String,
    /// JSON Schema 2020-12.
    pub text: String,
}

/// A retention rule.
#[derive(Clone, Debug)]
pub struct Clock {
    /// Id as in `hjemmel when`, title, the sentence.
    pub said: Said,
    /// The compiled rule.
    pub rule: Rule,
    /// Lines of the published notice, `002:294`.
    pub seed: Option<String>,
    /// Difficulties, as in the specification.
    pub hard: Vec<String>,
    /// Registers on which the rule falls beside their own, by full name.
    pub of: Vec<String>,
    /// The rule that must have been carried out before.
    pub after: Option<String>,
}

/// A use: who may do what with which registers, why, under which condition, with which trace.
#[derive(Clone, Debug)]
pub struct Use {
    /// Id, title, what the published notice says of it.
    pub said: Said,
    /// The notice.
    pub notice: NoticeId,
    /// Roles.
    pub who: Vec<RoleId>,
    /// Verbs.
    pub may: Vec<Verb>,
    /// Registers and the fields covered, for records that are and are not marked private.
    pub of: Vec<Scope>,
    /// The purpose.
    pub purpose: String,
    /// The condition.
    pub when: Condition,
    /// The register of log lines in which the use leaves its trace.
    pub log: Option<RegisterId>,
    /// What a person who is refused is told.
    pub refused: Option<Bilingual>,
    /// Lawful ways forward when refused.
    pub instead: Vec<UseId>,
    /// Events that it may raise, by name.
    pub raises: Vec<String>,
    /// Strongest login that is demanded: a fresh one, at most five minutes old.
    pub step_up: bool,
    pub(crate) needs: u32,
    pub(crate) who_mask: u128,
    pub(crate) verbs: u8,
    pub(crate) clauses: Clauses,
}

/// Where the clauses of a use stand.
#[derive(Clone, Debug)]
pub(crate) struct Clauses {
    pub(crate) who: Place,
    pub(crate) may: Place,
    pub(crate) when: Place,
}

/// What a use covers of one register.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The register.
    pub register: RegisterId,
    /// Fields.
    pub fields: FieldMask,
    /// Fields of a record that the person has marked private.
    pub private_fields: FieldMask,
}

/// A condition over facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing is asked for.
    Always,
    /// A fact holds.
    Holds(Fact),
    /// The inner condition does not hold.
    Not(Box<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// One holds.
    Any(Vec<Condition>),
}

/// What stood in the way of a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ClauseId {
    /// The role is not among `who`.
    Role,
    /// The use does not allow what was asked for.
    Verb,
    /// A fact that must hold does not, or is not known.
    Missing(Fact),
    /// A fact that must not hold does, or is not known.
    Against(Fact),
    /// The notice is not in force on that day.
    NotInForce,
    /// The login is too old for this act.
    StepUp,
}

/// A disclosure or transfer.
#[derive(Clone, Debug)]
pub struct Share {
    /// Id, title, what the published notice says of it.
    pub said: Said,
    /// The notice.
    pub notice: NoticeId,
    /// The recipient.
    pub to: String,
    /// Registers.
    pub of: Vec<RegisterId>,
    /// Fields, `register.field`; empty = all.
    pub fields: Vec<String>,
    /// The purpose.
    pub purpose: String,
    /// The condition in words.
    pub condition: Option<Bilingual>,
    /// Instrument of a transfer to a third country.
    pub instrument: Option<String>,
}

/// In `from`: the person whom the data is about.
pub const FROM_SUBJECT: &str = "subject";

/// The event from which the time to answer counts.
pub const REQUEST_RECEIVED: &str = "request.received";

/// A right of the person.
#[derive(Clone, Debug)]
pub struct Right {
    /// Id, title, what the published notice says of it.
    pub said: Said,
    /// The notice.
    pub notice: NoticeId,
    /// The article, `gdpr:15`.
    pub article: String,
    /// Ways to use it.
    pub channels: Vec<Bilingual>,
    /// The time to answer where the notice promises one: the earlier of the promise and Article 12(3).
    pub answer: Option<Rule>,
    /// The promise as it was written.
    pub promise: Option<Duration>,
    /// What limits it, under which law; several citations are divided by `; `.
    pub limits: Vec<(Bilingual, String)>,
}

/// A measure of security or organisation.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Id, title, what the published notice says of it.
    pub said: Said,
    /// The notice.
    pub notice: NoticeId,
}
