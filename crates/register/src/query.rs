//! Lists that are found without naming a person.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Fact, Id};

use crate::change::Holder;
use crate::record::Record;

/// What a list is made of. Each record in it is judged on its own facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Query {
    /// Records of a register in which a person has a role: what I prescribed, my professional record.
    SubjectOf {
        /// Full name of the register.
        register: &'static str,
        /// The role.
        role: &'static str,
        /// The person.
        person: Id<Person>,
    },
    /// Records whose link gives a fact to a holder: patients I treat today, children in my custody. With each person shown come the records of the other registers of the use about that person, under the same line.
    LinksHeldBy {
        /// The fact.
        fact: Fact,
        /// The holder.
        holder: Holder,
        /// In force at this time.
        at: Timestamp,
        /// Which of them.
        links: Links,
    },
    /// The same for two holders, such as a person and her organisation, as one look: each person once, whoever of the two holds the link.
    LinksHeldByEither {
        /// The fact.
        fact: Fact,
        /// The holders.
        holders: [Holder; 2],
        /// In force at this time.
        at: Timestamp,
        /// Which of them.
        links: Links,
    },
    /// Records of a register that were collected in a span of time: the emergency accesses of yesterday, for their review.
    CollectedIn {
        /// Full name of the register.
        register: &'static str,
        /// From when.
        from: Timestamp,
        /// Until when, not included.
        until: Timestamp,
    },
    /// A part of the records of a register that the caller may see, in the order of collection: a page of a long list. Only who is shown has a line in the log.
    PartOf {
        /// Full name of the register.
        register: &'static str,
        /// Which part.
        part: Slice,
    },
}

/// A part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// How many are left out before it.
    pub skip: usize,
    /// How many at most.
    pub take: usize,
}

/// What a part of a list holds.
pub struct Part {
    /// The records.
    pub records: Vec<Record>,
    /// Whether the caller may see more after them.
    pub more: bool,
}

/// Which links of a holder a list is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Every link in force.
    All,
    /// Those that began on or after an instant or that have an end; a link that has stood for long and stays open is left out before anything of it is opened.
    Passing {
        /// The instant.
        since: Timestamp,
    },
}
