//! May this be done? One pure function over the compiled notices.
//!
//! Invariant: a [`Grant`] comes from [`Policy::decide`] and from nowhere else.
//! Invariant: what is not known does not hold, and a condition that leans on an unknown fact is refused.

use std::marker::PhantomData;

use jiff::Timestamp;

use crate::id::{Id, Organisation, Person, Record};
use crate::policy::{ClauseId, Condition, FieldMask, Policy, RegisterId, RoleId, Use, UseId, Version};

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

    pub(crate) const fn bit(self) -> u8 {
        1 << (self as u8)
    }

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
    /// The actor logged in at most five minutes ago. The session knows it, not the register; asked for by `step-up`.
    FreshLogin,
}

impl Fact {
    /// Every fact, in the order of the language's reference.
    pub const ALL: [Self; 15] = [
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
        Self::FreshLogin,
    ];

    /// The facts that a condition may speak of.
    pub fn in_conditions() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|fact| *fact != Self::FreshLogin)
    }

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
            Self::FreshLogin => "fresh-login",
        }
    }

    pub(crate) const fn bit(self) -> u32 {
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

    /// These facts, and those of another look where this one is silent.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            known: self.known | other.known,
            holds: self.holds | (other.holds & !self.known),
            stamp: self.stamp,
        }
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
/// ```compile_fail,E0451
/// fn forge(question: notice::Question) -> notice::Grant<notice::Reading> {
///     notice::Grant { question, version: notice::policy::Version([0; 32]), mode: std::marker::PhantomData }
/// }
/// ```
///
/// ```compile_fail,E0599
/// fn copy(grant: &notice::Grant<notice::Reading>) -> notice::Grant<notice::Reading> {
///     grant.clone()
/// }
/// ```
///
/// ```compile_fail,E0382
/// fn twice(grant: notice::Grant<notice::Reading>, spend: fn(notice::Grant<notice::Reading>)) {
///     spend(grant);
///     spend(grant);
/// }
/// ```
///
/// ```compile_fail,E0308
/// fn write_with(grant: notice::Grant<notice::Reading>, write: fn(notice::Grant<notice::Writing>)) {
///     write(grant);
/// }
/// ```
///
/// ```compile_fail,E0277
/// enum Everything {}
/// impl notice::Mode for Everything {
///     const VERBS: &'static [notice::Verb] = &[];
/// }
/// ```
#[derive(Debug)]
#[must_use = "a grant that is not used was asked for in vain"]
pub struct Grant<M: Mode> {
    question: Question,
    version: Version,
    mode: PhantomData<M>,
}

impl<M: Mode> Grant<M> {
    /// The question that was answered.
    #[must_use]
    pub const fn question(&self) -> &Question {
        &self.question
    }

    /// The notices that granted it; another version of the policy honours nothing of it.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
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
    /// May this be done? The mode says whether the grant is to look or to change.
    #[must_use]
    pub fn decide<M: Mode>(&self, question: &Question) -> Decision<M> {
        let checked = self.standing::<M>(question).and_then(|used| {
            judge(&used.when, question.facts)?;
            fresh_enough(used, question.facts)
        });
        match checked {
            Ok(()) => {
                Decision::Granted(Grant { question: *question, version: self.version, mode: PhantomData })
            }
            Err(clause) => Decision::Refused(self.refusal(question.use_id, clause)),
        }
    }

    /// Decides a list in one pass: what holds for the whole call once, the condition for each item by its own facts.
    ///
    /// Facts of an item add to those of the question and go before them.
    ///
    /// # Errors
    /// When the call is refused whatever the items are.
    pub fn filter<M: Mode>(
        &self,
        question: &Question,
        facts: impl Iterator<Item = Facts>,
    ) -> Result<(Grant<M>, Vec<bool>), Refusal> {
        let used = self
            .standing::<M>(question)
            .and_then(|used| fresh_enough(used, question.facts).map(|()| used))
            .map_err(|clause| self.refusal(question.use_id, clause))?;
        let allowed = facts.map(|own| used.when.holds(own.or(question.facts)) == Some(true)).collect();
        Ok((Grant { question: *question, version: self.version, mode: PhantomData }, allowed))
    }

    /// The fields of a register that a grant covers, for a record that is or is not marked private.
    #[must_use]
    pub fn fields<M: Mode>(&self, grant: &Grant<M>, register: RegisterId, private: bool) -> FieldMask {
        // Ids mean nothing in another policy: a grant from before a change of notices covers no field after it.
        if grant.version != self.version {
            return FieldMask::default();
        }
        let scopes = self.use_(grant.question.use_id).map_or(&[][..], |used| &used.of);
        let scope = scopes.iter().find(|scope| scope.register == register);
        scope.map_or(FieldMask::default(), |scope| if private { scope.private_fields } else { scope.fields })
    }

    /// All that does not depend on the condition: role, verb, day, authorisation.
    fn standing<M: Mode>(&self, question: &Question) -> Result<&Use, ClauseId> {
        let (Some(used), Some(role)) = (self.use_(question.use_id), self.role(question.actor.role)) else {
            return Err(ClauseId::Role);
        };
        if used.who_mask & role.reach == 0 {
            return Err(ClauseId::Role);
        }
        if used.verbs & verbs_of::<M>() == 0 {
            return Err(ClauseId::Verb);
        }
        let in_force = self.notice(used.notice).is_some_and(|notice| notice.in_force.contains(&question.now));
        if !in_force {
            return Err(ClauseId::NotInForce);
        }
        if role.needs_authorisation && question.facts.get(Fact::Authorised) != Some(true) {
            return Err(ClauseId::Missing(Fact::Authorised));
        }
        Ok(used)
    }

    fn refusal(&self, use_id: UseId, clause: ClauseId) -> Refusal {
        let instead = self.use_(use_id).map(|used| used.instead.clone()).unwrap_or_default();
        Refusal { use_id, clause, instead }
    }
}

fn verbs_of<M: Mode>() -> u8 {
    M::VERBS.iter().fold(0, |mask, verb| mask | verb.bit())
}

fn fresh_enough(used: &Use, facts: Facts) -> Result<(), ClauseId> {
    if used.step_up && facts.get(Fact::FreshLogin) != Some(true) {
        return Err(ClauseId::StepUp);
    }
    Ok(())
}

fn judge(condition: &Condition, facts: Facts) -> Result<(), ClauseId> {
    if condition.holds(facts) == Some(true) {
        return Ok(());
    }
    // An empty condition cannot be written; if it were, nobody has the role for it.
    Err(failing(condition, facts, Wanted::True).unwrap_or(ClauseId::Role))
}

/// Which value of a part would help.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    True,
    False,
}

impl Wanted {
    const fn other(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
        }
    }
}

/// The first fact in reading order that is not as it must be.
fn failing(condition: &Condition, facts: Facts, wanted: Wanted) -> Option<ClauseId> {
    if condition.holds(facts) == Some(wanted == Wanted::True) {
        return None;
    }
    match condition {
        Condition::Always => None,
        Condition::Holds(fact) => Some(match wanted {
            Wanted::True => ClauseId::Missing(*fact),
            Wanted::False => ClauseId::Against(*fact),
        }),
        Condition::Not(inner) => failing(inner, facts, wanted.other()),
        Condition::All(all) | Condition::Any(all) => all.iter().find_map(|part| failing(part, facts, wanted)),
    }
}
