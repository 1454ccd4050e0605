//! May this be done? One pure function over the compiled notices.
//!
//! Invariant: a [`Grant`] comes from [`Policy::decide`] and from nowhere else.
//! Invariant: what is not known does not hold, and a condition that leans on an unknown fact is refused.

use std::marker::PhantomData;

use jiff::Timestamp;

use crate::id::{Id, Organisation, Person, Record};
use crate::policy::{ClauseId, FieldMask, Policy, RegisterId, RoleId, UseId};

/// Who asks, in which role, for which organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The person, if the actor is one; a system has none.
    pub person: Option<Id<Person>>,
    /// The role in which the actor acts in this call.
    pub role: RoleId,
    /// The organisation for which the actor acts.
    pub organisation: Option<Id<Organisation>>,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// All that a use covers about one person.
    Person(Id<Person>),
    /// One record of one person.
    Record {
        /// The person whom the record is about.
        person: Id<Person>,
        /// The record.
        record: Id<Record>,
    },
    /// Records found by a query, each judged on its own facts.
    Query,
}

/// What may be done with a register under a use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// See content.
    Read,
    /// Find records by a query.
    Search,
    /// Add a record.
    Create,
    /// Write a new version of a record.
    Correct,
    /// Raise a declared event on a record or a person.
    Raise,
    /// Hand over to a declared recipient.
    Disclose,
}

impl Verb {
    /// Every verb, in the order of the language's reference.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Search, Self::Create, Self::Correct, Self::Raise, Self::Disclose];

    /// The word in `may = [...]`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Search => "search",
            Self::Create => "create",
            Self::Correct => "correct",
            Self::Raise => "raise",
            Self::Disclose => "disclose",
        }
    }
}

/// The closed vocabulary of conditions. The register finds out which hold, from its own records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Fact {
    /// The actor is the person whom the data is about.
    Myself,
    /// The actor has custody of the person, who is under 15.
    Guardian,
    /// The actor holds a power of attorney or guardianship for the person.
    Represents,
    /// The actor or the actor's organisation treats the person; written by another party.
    Treats,
    /// The case is assigned to the actor.
    Assigned,
    /// The actor is a party to the record.
    Involved,
    /// The person has consented to this actor or organisation.
    Consented,
    /// The person has asked for it.
    Asked,
    /// The person has blocked this actor, organisation or everyone.
    Blocked,
    /// The actor has taken emergency access to this person with a written reason, and it still runs.
    BreakGlass,
    /// The actor wrote the record.
    Author,
    /// The actor holds a valid authorisation for the role.
    Authorised,
    /// The pharmacy was chosen or handed the prescription by the person.
    Presented,
    /// The person is 15 or older.
    Of15,
}

impl Fact {
    /// Every fact, in the order of the language's reference.
    pub const ALL: [Self; 14] = [
        Self::Myself,
        Self::Guardian,
        Self::Represents,
        Self::Treats,
        Self::Assigned,
        Self::Involved,
        Self::Consented,
        Self::Asked,
        Self::Blocked,
        Self::BreakGlass,
        Self::Author,
        Self::Authorised,
        Self::Presented,
        Self::Of15,
    ];

    /// The word in `when = "..."`; the optional word `subject` may follow it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Myself => "self",
            Self::Guardian => "guardian",
            Self::Represents => "represents",
            Self::Treats => "treats",
            Self::Assigned => "assigned",
            Self::Involved => "involved",
            Self::Consented => "consented",
            Self::Asked => "asked",
            Self::Blocked => "blocked",
            Self::BreakGlass => "break-glass",
            Self::Author => "author",
            Self::Authorised => "authorised",
            Self::Presented => "presented",
            Self::Of15 => "of-15",
        }
    }

    const fn bit(self) -> u32 {
        1 << (self as u8)
    }
}

/// What the register has found out: each fact holds, does not hold, or is unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    known: u32,
    holds: u32,
    /// The state of the register in which the facts were found; the register checks it again when it answers.
    pub stamp: u64,
}

impl Facts {
    /// Records that a fact was looked for, and whether it holds.
    #[must_use]
    pub const fn with(mut self, fact: Fact, holds: bool) -> Self {
        self.known |= fact.bit();
        if holds {
            self.holds |= fact.bit();
        } else {
            self.holds &= !fact.bit();
        }
        self
    }

    /// Whether the fact holds; `None` if nobody looked.
    #[must_use]
    pub const fn get(self, fact: Fact) -> Option<bool> {
        if self.known & fact.bit() == 0 { None } else { Some(self.holds & fact.bit() != 0) }
    }
}

/// One question. Time is an argument.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// When it is asked.
    pub now: Timestamp,
    /// Who asks.
    pub actor: Actor,
    /// For which use of the notice.
    pub use_id: UseId,
    /// About what.
    pub target: Target,
    /// What holds.
    pub facts: Facts,
}

/// The answer: a result, never a failure.
#[derive(Debug)]
pub enum Decision<M: Mode> {
    /// It may be done, once.
    Granted(Grant<M>),
    /// It may not.
    Refused(Refusal),
}

/// What kind of register call a grant was made for. Sealed: only [`Reading`] and [`Writing`].
pub trait Mode: sealed::Sealed {
    /// The verbs of which a use must allow at least one.
    const VERBS: &'static [Verb];
}

/// A grant to look.
#[derive(Debug)]
pub enum Reading {}
/// A grant to change; it covers reading what is about to be changed.
#[derive(Debug)]
pub enum Writing {}

impl Mode for Reading {
    const VERBS: &'static [Verb] = &[Verb::Read, Verb::Search, Verb::Disclose];
}
impl Mode for Writing {
    const VERBS: &'static [Verb] = &[Verb::Create, Verb::Correct, Verb::Raise];
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for super::Reading {}
    impl Sealed for super::Writing {}
}

/// Leave to do one thing once. It cannot be made, copied or kept: the register call that it was made for consumes it.
///
/// ```compile_fail
/// let forged = notice::Grant::<notice::Reading> { use_id: todo!() };
/// ```
#[derive(Debug)]
#[must_use = "a grant that is not used was asked for in vain"]
pub struct Grant<M: Mode> {
    question: Question,
    mode: PhantomData<M>,
}

impl<M: Mode> Grant<M> {
    /// The question that was answered.
    #[must_use]
    pub const fn question(&self) -> &Question {
        &self.question
    }
}

/// Why not, under which clause, and what may be done instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The use that was asked for.
    pub use_id: UseId,
    /// What stood in the way.
    pub clause: ClauseId,
    /// The lawful ways forward that the notice names.
    pub instead: Vec<UseId>,
}

impl Policy {
    /// Whether the fields of a register are covered by a grant, for a record that is or is not marked private.
    #[must_use]
    pub fn fields<M: Mode>(&self, _grant: &Grant<M>, _register: RegisterId, _private: bool) -> FieldMask {
        FieldMask::default()
    }
}
