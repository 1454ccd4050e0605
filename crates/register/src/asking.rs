//! Asking leave: the facts, the decision, and a line for every refusal.

use notice::id::Person;
use notice::policy::{Condition, UseId};
use notice::{Decision, Fact, Facts, Grant, Id, Mode, Question, Refusal, Target, Verb};

use crate::call::{Ask, Call};
use crate::engine::Answer;
use crate::envelope::Envelope;
use crate::error::{Denied, Unavailable};
use crate::facts::{Asker, person_of};
use crate::folding::{Fold, Kind};
use crate::line::Outcome;
use crate::logging::{Entry, actor_pseudonym, clause_word, unavailable};
use crate::open::micros;
use crate::personal::Personal;
use crate::register::Register;
use crate::stripes::stripe;
use crate::view::View;
use crate::writer::{Room, Stop};

const HOUR_MICROS: i64 = 3_600_000_000;

impl Register {
    pub(crate) fn ask_leave<M: Mode>(&self, call: &Call, ask: &Ask) -> Result<Grant<M>, Denied> {
        let undeclared = || Unavailable::Undeclared(ask.use_name.to_owned());
        let use_id = self.house.policy.use_id(ask.use_name).ok_or_else(undeclared)?;
        self.ask_again(call, use_id, ask.target, ask.reason.as_ref())
    }

    /// The question with the facts of this moment; refused or granted.
    pub(crate) fn ask_again<M: Mode>(
        &self,
        call: &Call,
        use_id: UseId,
        target: Target,
        reason: Option<&Personal<String>>,
    ) -> Result<Grant<M>, Denied> {
        let (stamp, mut facts) = self.settled_facts(call, use_id, target)?;
        facts.stamp = self.house.reasons.keep(stamp, reason);
        let question = Question { now: call.now, actor: call.caller.actor, use_id, target, facts };
        match self.decide::<M>(&question) {
            Ok(grant) => Ok(grant),
            Err(refusal) => {
                let _ = self.house.reasons.take(facts.stamp);
                self.refuse(call, person_of(target), &refusal, reason)?;
                Err(Denied::Refused(Box::new(refusal)))
            }
        }
    }

    /// The facts, and the state of the register in which they were found.
    fn settled_facts(&self, call: &Call, use_id: UseId, target: Target) -> Answer<(u64, Facts)> {
        let stripes = stripes(call, target);
        loop {
            let stamp = self.house.stripes.settled(&stripes);
            match self.find_facts(&View::new(&self.house), call, use_id, target) {
                // A record that was changed between two looks does not fit; look again.
                Err(Unavailable::Tampered) if !self.house.stripes.unchanged(&stripes, stamp) => {}
                found => return found.map(|facts| (stamp, facts)),
            }
        }
    }

    fn decide<M: Mode>(&self, question: &Question) -> Result<Grant<M>, Refusal> {
        // A list is judged record by record when it is read.
        if question.target == Target::Query && M::VERBS.contains(&Verb::Read) {
            return self.house.policy.filter::<M>(question, std::iter::empty()).map(|(grant, _)| grant);
        }
        match self.house.policy.decide::<M>(question) {
            Decision::Granted(grant) => Ok(grant),
            Decision::Refused(refusal) => Err(refusal),
        }
    }

    /// Writes that somebody was refused; the line is durable when this returns.
    pub(crate) fn refuse(
        &self,
        call: &Call,
        subject: Option<Id<Person>>,
        refusal: &Refusal,
        reason: Option<&Personal<String>>,
    ) -> Answer<()> {
        let house = &self.house;
        let subject = subject.filter(|_| !house.policy.is_unnamed(refusal.use_id));
        let use_name = house.word(house.policy.use_name(refusal.use_id))?;
        let hour = micros(call.now).div_euclid(HOUR_MICROS);
        let kind = Kind {
            actor: actor_pseudonym(house, &call.caller.actor),
            use_name,
            clause: clause_word(refusal.clause),
            subject: subject.map(|person| house.secrets.log().person(person)),
        };
        let Fold::Write(kind) = house.refusals.fold(hour, kind) else { return Ok(()) };
        let _turn = house.refusals.turn(kind.actor);
        let kind = Kind { subject: subject.map(|person| house.secrets.log().person(person)), ..kind };
        let Fold::Write(kind) = house.refusals.fold(hour, kind) else { return Ok(()) };
        let entry = Entry {
            call,
            use_id: refusal.use_id,
            subject: kind.subject.and(subject),
            outcome: Outcome::Refused,
            records: 0,
            reason,
            clause: Some(refusal.clause),
        };
        let line = house.line(&self.writer, &entry)?;
        let write = move |work: &mut crate::writer::Work<'_>| {
            Ok::<_, Stop<std::convert::Infallible>>(work.store.put_line(&line)?)
        };
        let number = self.writer.line(Room::Ordinary, write).map_err(unavailable)?;
        house.refusals.written(hour, kind, number);
        Ok(())
    }

    fn find_facts(&self, view: &View<'_>, call: &Call, use_id: UseId, target: Target) -> Answer<Facts> {
        let house = &self.house;
        let asker = asker(call);
        let own = asker.own_facts(house, view)?;
        let Some(about) = person_of(target) else { return Ok(own) };
        let needs: Vec<Fact> = house.policy.needs(use_id).collect();
        let facts = match target {
            Target::Record { record, .. } => {
                let id = record.to_bytes();
                let of_record = needs.iter().any(|fact| matches!(fact, Fact::Author | Fact::Involved));
                let envelope = if of_record { self.envelope(view, &id, about)? } else { None };
                asker.facts(house, view, about, &needs, Some((&id, envelope.as_ref())))?
            }
            Target::Person(_) | Target::Query => {
                let facts = asker.facts(house, view, about, &needs, None)?;
                self.any_part(view, &asker, use_id, about, &needs, facts)?
            }
        };
        Ok(facts.or(own))
    }

    /// For a whole person, *author* and *involved* hold if they hold for one of the records; each is judged again when it is read.
    fn any_part(
        &self,
        view: &View<'_>,
        asker: &Asker,
        use_id: UseId,
        about: Id<Person>,
        needs: &[Fact],
        mut facts: Facts,
    ) -> Answer<Facts> {
        let house = &self.house;
        for fact in needs.iter().copied().filter(|fact| matches!(fact, Fact::Author | Fact::Involved)) {
            let scopes = house.policy.use_(use_id).map_or(&[][..], |used| &used.of);
            // Everyone is a party to what is about themselves, such as the looks made in their name.
            let mut holds = fact == Fact::Involved && asker.actor.person == Some(about);
            for shelf in scopes.iter().filter_map(|scope| house.shelf(scope.register)) {
                for lying in view.records(about, shelf)?.iter() {
                    let opened = house.open_lying(lying, about)?;
                    let envelope = opened.as_ref().map(|(envelope, _)| envelope);
                    let own = asker.facts(house, view, about, &[fact], Some((&lying.row.id, envelope)))?;
                    holds |= own.get(fact) == Some(true);
                }
            }
            facts = facts.with(fact, holds);
        }
        Ok(facts)
    }

    /// The content of one record of a person.
    fn envelope(&self, view: &View<'_>, id: &[u8; 16], about: Id<Person>) -> Answer<Option<Envelope>> {
        let Some(row) = view.store()?.record(id)? else { return Ok(None) };
        let opened = self.house.open(&row, view.keys()?)?;
        Ok(opened.map(|(envelope, _)| envelope).filter(|envelope| envelope.about() == Some(about)))
    }

    /// Whether a granted look leans on emergency access.
    pub(crate) fn outcome(&self, question: &Question) -> Outcome {
        let without = question.facts.with(Fact::BreakGlass, false);
        let condition = self.house.policy.use_(question.use_id).map(|used| &used.when);
        let leans = question.facts.get(Fact::BreakGlass) == Some(true)
            && condition.is_some_and(|condition: &Condition| condition.holds(without) != Some(true));
        if leans { Outcome::Emergency } else { Outcome::Granted }
    }
}

/// Who asks in a call.
pub(crate) const fn asker(call: &Call) -> Asker {
    Asker { actor: call.caller.actor, now: call.now, authenticated_at: call.caller.authenticated_at }
}

/// The stripes whose change would make an answer stale: of the person, and of the caller's own authorisation.
pub(crate) fn stripes(call: &Call, target: Target) -> Vec<usize> {
    person_of(target).into_iter().chain(call.caller.actor.person).map(stripe).collect()
}
