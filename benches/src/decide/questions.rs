//! Questions made by chance: every use, every role, every fact known or not.

use anyhow::{Context, Result};
use jiff::{Timestamp, ToSpan as _};
use notice::policy::{RoleId, UseId};
use notice::{Actor, Decision, Fact, Facts, Id, Policy, Question, Reading, Target, Writing};
use rand::seq::IndexedRandom as _;
use rand::{Rng, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

/// What kind of call leave is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// To look.
    Reading,
    /// To change.
    Writing,
}

/// A question with the names that another engine knows its parts by.
#[derive(Clone, Debug)]
pub struct Asked {
    /// For us.
    pub question: Question,
    /// To look or to change.
    pub kind: Kind,
    /// Full name of the use.
    pub use_name: String,
    /// Name of the role.
    pub role_name: String,
}

/// Makes questions to a policy.
pub struct Questions<'a> {
    policy: &'a Policy,
    uses: Vec<(UseId, String)>,
    roles: Vec<(RoleId, String)>,
    chance: ChaCha8Rng,
}

impl<'a> Questions<'a> {
    /// The same seed gives the same questions.
    ///
    /// # Errors
    /// When the policy does not know its own names.
    pub fn new(policy: &'a Policy, seed: u64) -> Result<Self> {
        let uses = policy
            .uses
            .iter()
            .map(|one| Ok((policy.use_id(&one.said.id).context("a use without an id")?, one.said.id.clone())))
            .collect::<Result<_>>()?;
        let roles = policy.roles.iter().enumerate().map(|(index, role)| {
            let id = role.is.iter().find(|id| id.index() == index).context("a role is not itself")?;
            Ok((*id, role.said.id.clone()))
        });
        Ok(Self {
            policy,
            uses,
            roles: roles.collect::<Result<_>>()?,
            chance: ChaCha8Rng::seed_from_u64(seed),
        })
    }

    /// One more. Half of them come in a role that the use is for, so that grants are not rare.
    pub fn next_one(&mut self) -> Option<Asked> {
        let (use_id, use_name) = self.uses.choose(&mut self.chance)?.clone();
        let fitting: Vec<&(RoleId, String)> = if self.chance.random_bool(0.5) {
            let who = &self.policy.uses.get(use_id.index())?.who;
            self.roles.iter().filter(|(role, _)| self.is_one_of(*role, who)).collect()
        } else {
            Vec::new()
        };
        let role = fitting.choose(&mut self.chance).copied().or_else(|| self.roles.choose(&mut self.chance));
        let (role, role_name) = role?.clone();
        let question = Question {
            now: self.moment()?,
            actor: Actor { person: Some(Id::from_bits(1)), role, organisation: Some(Id::from_bits(2)) },
            use_id,
            target: Target::Person(Id::from_bits(3)),
            facts: self.facts(),
        };
        let kind = if self.chance.random_bool(0.6) { Kind::Reading } else { Kind::Writing };
        Some(Asked { question, kind, use_name, role_name })
    }

    fn is_one_of(&self, role: RoleId, who: &[RoleId]) -> bool {
        self.policy
            .roles
            .get(role.index())
            .is_some_and(|role| role.is.iter().any(|wider| who.contains(wider)))
    }

    /// Mostly while the notices are in force, now and then before.
    fn moment(&mut self) -> Option<Timestamp> {
        let start = if self.chance.random_bool(0.97) { 1_750_000_000 } else { 1_650_000_000 };
        let seconds: i64 = self.chance.random_range(0..30_000_000);
        Timestamp::from_second(start).ok()?.checked_add(seconds.seconds()).ok()
    }

    /// Each fact holds, does not hold, or was not looked for.
    fn facts(&mut self) -> Facts {
        let (known, holds) = (self.chance.random_range(0.5..1.0), self.chance.random_range(0.2..0.9));
        Fact::ALL.into_iter().fold(Facts::default(), |facts, fact| {
            let (known, holds) = (self.chance.random_bool(known), self.chance.random_bool(holds));
            if known { facts.with(fact, holds) } else { facts }
        })
    }
}

/// Our answer: whether it may be done.
#[must_use]
pub fn ours(policy: &Policy, asked: &Asked) -> bool {
    match asked.kind {
        Kind::Reading => matches!(policy.decide::<Reading>(&asked.question), Decision::Granted(_)),
        Kind::Writing => matches!(policy.decide::<Writing>(&asked.question), Decision::Granted(_)),
    }
}
