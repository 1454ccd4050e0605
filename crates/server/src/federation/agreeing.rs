//! What becomes of held keys is proposed by one person and agreed to by another (threats 4.12).
//!
//! Invariant: a proposal lives in memory for a day, and nothing has happened until somebody else agrees to just the same.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use register::Clock;
use services::smittestop::gateway::release::Decision;

use crate::session::SecretKey;

/// How long a proposal lives.
const LIVES_SECONDS: f64 = 24.0 * 3_600.0;
/// Most proposals at a time; the oldest makes room.
const PROPOSALS_MAX: usize = 64;

/// What one country sent in one batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Which {
    pub(crate) country: String,
    pub(crate) day: Date,
    pub(crate) tag: String,
}

/// Somebody who may decide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person<'a> {
    pub(crate) account: SecretKey,
    pub(crate) name: &'a str,
}

/// What somebody has proposed.
#[derive(Clone, Debug)]
pub(crate) struct Proposal {
    which: Which,
    pub(crate) decision: Decision,
    pub(crate) account: SecretKey,
    pub(crate) name: String,
    pub(crate) at: Timestamp,
    /// On the clock that is never set.
    began: f64,
}

/// What came of what somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// It waits for another.
    Proposed,
    /// It was hers already; one person is not two.
    SamePerson,
    /// Another had proposed just this: who both are.
    Agreed([String; 2]),
}

/// The proposals that wait.
#[derive(Debug, Default)]
pub(crate) struct Proposals(Mutex<Vec<Proposal>>);

impl Proposals {
    /// What is proposed for a delivery.
    pub(crate) fn of(&self, which: &Which, clock: &dyn Clock) -> Option<Proposal> {
        self.with(clock, |all| all.iter().find(|one| one.which == *which).cloned())
    }

    /// Somebody says what should become of a delivery. What another has proposed otherwise makes room: it was not agreed to.
    pub(crate) fn says(
        &self,
        which: &Which,
        decision: Decision,
        person: Person<'_>,
        clock: &dyn Clock,
    ) -> Said {
        self.with(clock, |all| {
            let position = all.iter().position(|one| one.which == *which);
            let before = position.map(|position| all.remove(position));
            match before {
                Some(before) if before.decision == decision && before.account != person.account => {
                    return Said::Agreed([before.name, person.name.to_owned()]);
                }
                Some(before) if before.decision == decision => {
                    all.push(before);
                    return Said::SamePerson;
                }
                Some(_) | None => {}
            }
            if all.len() >= PROPOSALS_MAX {
                all.remove(0);
            }
            all.push(Proposal {
                which: which.clone(),
                decision,
                account: person.account,
                name: person.name.to_owned(),
                at: clock.now(),
                began: clock.monotonic_seconds(),
            });
            Said::Proposed
        })
    }

    /// Somebody takes her own proposal back.
    pub(crate) fn takes_back(&self, which: &Which, account: SecretKey) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|one| one.which != *which || one.account != account);
    }

    fn with<T>(&self, clock: &dyn Clock, act: impl FnOnce(&mut Vec<Proposal>) -> T) -> T {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = clock.monotonic_seconds();
        all.retain(|one| now - one.began < LIVES_SECONDS);
        act(&mut all)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use register::testing::FixedClock;

    use super::*;

    fn which() -> Which {
        Which { country: "SE".to_owned(), day: date(2026, 11, 21), tag: "20261121-4".to_owned() }
    }

    fn person(name: &str) -> Person<'_> {
        Person { account: SecretKey::of(name.as_bytes()), name }
    }

    #[test]
    fn two_persons_are_needed_and_one_who_says_it_twice_is_one() {
        let (clock, all) = (FixedClock::at("2026-11-21T09:00:00Z"), Proposals::default());
        let says = |name, decision| all.says(&which(), decision, person(name), &clock);
        assert_eq!(says("Ada", Decision::Release), Said::Proposed);
        assert_eq!(says("Ada", Decision::Release), Said::SamePerson);
        let both = ["Ada".to_owned(), "Bo".to_owned()];
        assert_eq!(says("Bo", Decision::Release), Said::Agreed(both));
        assert!(all.of(&which(), &clock).is_none(), "it is used up");
    }

    #[test]
    fn who_wants_something_else_does_not_agree() {
        let (clock, all) = (FixedClock::at("2026-11-21T09:00:00Z"), Proposals::default());
        let says = |name, decision| all.says(&which(), decision, person(name), &clock);
        says("Ada", Decision::Release);
        assert_eq!(says("Bo", Decision::Discard), Said::Proposed);
        assert_eq!(says("Bo", Decision::Release), Said::Proposed, "she has thought again");
        let other = Which { tag: "20261121-5".to_owned(), ..which() };
        assert_eq!(
            all.says(&other, Decision::Release, person("Ada"), &clock),
            Said::Proposed,
            "another batch"
        );
        assert!(matches!(says("Ada", Decision::Release), Said::Agreed(_)));
    }

    #[test]
    fn a_proposal_can_be_taken_back_by_its_owner_alone_and_dies_after_a_day() {
        let (clock, all) = (FixedClock::at("2026-11-21T09:00:00Z"), Proposals::default());
        let says = |name, decision| all.says(&which(), decision, person(name), &clock);
        says("Ada", Decision::Release);
        all.takes_back(&which(), person("Bo").account);
        assert!(all.of(&which(), &clock).is_some());
        all.takes_back(&which(), person("Ada").account);
        assert!(all.of(&which(), &clock).is_none());
        says("Ada", Decision::Release);
        clock.pass(jiff::Span::new().hours(24));
        assert!(all.of(&which(), &clock).is_none());
        assert_eq!(says("Bo", Decision::Release), Said::Proposed);
    }
}
