//! Lists that are found without naming a person.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Fact, Id};

use crate::change::Holder;

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
    /// Records whose link gives a fact to a holder: patients I treat today, children in my custody.
    LinksHeldBy {
        /// The fact.
        fact: Fact,
        /// The holder.
        holder: Holder,
        /// In force at this time.
        at: Timestamp,
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
}
