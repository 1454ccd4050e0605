//! What a service may do to the register with a grant to write.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use notice::Id;
use notice::id::{self, Organisation, Person};

use crate::identifier::Identifier;
use crate::personal::Personal;
use crate::record::Content;

/// One change; all changes of a grant happen or none.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new record.
    Create(Box<Draft>),
    /// A new version of a record; all declared fields are replaced.
    Correct {
        /// Which.
        record: Id<id::Record>,
        /// The version that the writer has read.
        version: u32,
        /// The whole content.
        content: Personal<Content>,
        /// Shown beside the record ever after, if this corrects an error.
        note: Option<Personal<String>>,
    },
    /// A declared event on a record.
    Raise {
        /// Which.
        record: Id<id::Record>,
        /// Full name of the event.
        event: String,
        /// When it happened.
        at: Timestamp,
    },
    /// A declared event on a person: every record of the person that waits for it is computed again.
    RaisePerson {
        /// Whom.
        person: Id<Person>,
        /// Full name of the event.
        event: String,
        /// When it happened.
        at: Timestamp,
    },
    /// An event was raised in error; dates are computed again, what is done stays done.
    RevokePerson {
        /// Whom.
        person: Id<Person>,
        /// Full name of the event.
        event: String,
        /// Why.
        reason: Personal<String>,
    },
    /// A named, recorded decision that clocks read.
    Flag {
        /// Which record.
        record: Id<id::Record>,
        /// Name.
        flag: String,
        /// Set until lifted.
        set: bool,
    },
    /// A line of the log about the person is made a case of its own, as a flag of the log's clock reads it (rule N-18). What was logged stays as it was; the decision lies beside it.
    FlagLine {
        /// Number of the line.
        line: u64,
        /// Name. The use must raise the event `NAME.found`.
        flag: String,
        /// Why, for the person to read.
        reason: Personal<String>,
    },
    /// A named quantity that clocks read.
    Quantity {
        /// Which record.
        record: Id<id::Record>,
        /// Name, such as `active-period`.
        name: String,
        /// `None` if nobody knows.
        value: Option<Span>,
    },
    /// Marked private by the person, or no longer.
    MarkPrivate {
        /// Which.
        record: Id<id::Record>,
        /// The new mark.
        private: bool,
    },
    /// The fact that the record establishes ends.
    EndLink {
        /// Which.
        record: Id<id::Record>,
        /// From when it holds no longer.
        at: Timestamp,
    },
    /// A number belongs to a person from a day on. People change number: the old one still leads to them.
    Identify {
        /// The person, as [`crate::Register::person`] named them when they were first met.
        person: Id<Person>,
        /// The number or login.
        identifier: Identifier,
        /// From when.
        from: Timestamp,
    },
    /// A number or login belongs to a person no longer; from then on it leads to nobody.
    EndIdentifier {
        /// The person.
        person: Id<Person>,
        /// The number or login.
        identifier: Identifier,
        /// From when.
        at: Timestamp,
    },
    /// The date of birth, from which the register knows who is 15. A civil registration number says it by itself.
    Birth {
        /// Whose.
        person: Id<Person>,
        /// Civil date.
        date: Date,
    },
    /// A named source has erased its own record, or must on that day: `inherit(source)`.
    SourceErases {
        /// Which record follows it.
        record: Id<id::Record>,
        /// The name in the rule.
        source: String,
        /// When.
        at: Timestamp,
    },
    /// A recorded human decision on a stage of the clock: what waits `from` a day or may be done before a ceiling is done at the next sweep; a hand-over, a move, a review or a destruction of paper is reported as done.
    CarryOut {
        /// Which.
        record: Id<id::Record>,
        /// Position of the stage in the rule, from 0.
        stage: usize,
        /// Why.
        reason: Personal<String>,
    },
}

/// A record to be made.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Full name of the register.
    pub register: &'static str,
    /// An id made by the caller, if it must know it beforehand.
    pub id: Option<Id<id::Record>>,
    /// People and their roles as declared in `about`, the one it is about first.
    pub subjects: Vec<(String, Id<Person>)>,
    /// The content by declared field.
    pub content: Personal<Content>,
    /// Events that have happened already.
    pub events: Vec<(String, Timestamp)>,
    /// Quantities that its clock reads.
    pub quantities: Vec<(String, Option<Span>)>,
    /// Marked private from the start.
    pub private: bool,
    /// The fact between the first subject and a holder, where the register `gives` one.
    pub link: Option<Link>,
}

/// A fact in force for a time.
#[derive(Clone, Debug)]
pub struct Link {
    /// Whom it concerns beside the subject.
    pub holder: Holder,
    /// From when.
    pub from: Timestamp,
    /// Until when, not included; open if `None`.
    pub until: Option<Timestamp>,
    /// Who wrote it.
    pub strength: Strength,
    /// The role that an authorisation confirms, such as `doctor`; `None` elsewhere.
    pub role: Option<String>,
}

/// The other end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// One person.
    Person(Id<Person>),
    /// One organisation.
    Organisation(Id<Organisation>),
    /// Everyone.
    Everyone,
}

/// Written by another party, or by the one who gains from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strength {
    /// By another party or system.
    Strong,
    /// By the asker: opens only the record that it belongs to.
    Weak,
}
