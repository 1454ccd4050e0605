//! Who treats, blocks, consents, shows prescriptions and takes emergency access.

use super::*;

impl World {
    pub(super) fn relation(&mut self) -> Step {
        let patient = self.living();
        let now = self.now();
        let system = self.country.caller("system", None, None);
        let running: Vec<_> = self
            .model
            .treats
            .iter()
            .filter(|fact| fact.person == patient && fact.until.is_none() && fact.record != Id::from_bits(0))
            .map(|fact| fact.record)
            .collect();
        if let Some(relation) = self.dice.one_of(&running).copied() {
            let (end, _) =
                self.act(&system, |at| end_relation::run(at, end_relation::Request { patient, relation }))?;
            self.noted(patient, end_relation::USE, false);
            until(&mut self.model.treats, relation, now);
            return same("the end of a relation", end, End::Done);
        }
        let strong = !self.dice.once_in(4);
        let output = self.country.treats(patient, if strong { Source::GpList } else { Source::Asserted });
        self.noted(patient, "nsp.register-treatment-relation", false);
        if strong {
            let by = By::Organisation(self.country.practice);
            self.model.treats.push(holds(output.relation, patient, by, now, None, Some(2)));
        }
        Ok(())
    }

    pub(super) fn whom(&mut self) -> (Whom, By) {
        let country = &self.country;
        match self.dice.below(4) {
            0 => (Whom::Everyone, By::Everyone),
            1 => {
                let name = Personal::new("Test doctor".to_owned());
                (Whom::Professional { id: country.doctor, name }, By::Person(country.doctor))
            }
            2 => (
                Whom::Organisation { id: country.hospital, name: "Hospitalet".into() },
                By::Organisation(country.hospital),
            ),
            _ => (
                Whom::Organisation { id: country.practice, name: "Lægerne Torvet".into() },
                By::Organisation(country.practice),
            ),
        }
    }

    pub(super) fn block(&mut self) -> Step {
        let person = self.living();
        let (citizen, now) = (self.country.citizen(person), self.now());
        if let Some(block) = self.running(|model| &model.blocks, person) {
            let (end, _) = self
                .act(&citizen, |at| opt_out::unblock::run(at, opt_out::unblock::Request { person, block }))?;
            self.noted(person, opt_out::unblock::USE, false);
            until(&mut self.model.blocks, block, now);
            return same("a block lifted", end, End::Done);
        }
        let (whom, by) = self.whom();
        let ends = self.dice.once_in(3).then(|| now + jiff::SignedDuration::from_hours(24 * 9));
        let request = opt_out::block::Request {
            person,
            whom,
            what: opt_out::What::Everything,
            from: None,
            until: ends,
        };
        let (_, block) = self.act(&citizen, |at| opt_out::block::run(at, request))?;
        let block = block.ok_or("a block was turned away")?;
        self.noted(person, opt_out::block::USE, false);
        self.model.blocks.push(holds(block.id, person, by, now, ends, Some(1)));
        Ok(())
    }

    pub(super) fn consent(&mut self) -> Step {
        let person = self.living();
        let (citizen, now) = (self.country.citizen(person), self.now());
        if let Some(found) = self.running(|model| &model.consents, person) {
            let request = consent::withdraw::Request { person, consent: found };
            let (end, _) = self.act(&citizen, |at| consent::withdraw::run(at, request))?;
            self.noted(person, consent::withdraw::USE, false);
            until(&mut self.model.consents, found, now);
            return same("a consent withdrawn", end, End::Done);
        }
        let (whom, by) = self.whom();
        if by == By::Everyone {
            return Ok(());
        }
        let ends = now + jiff::SignedDuration::from_hours(24 * 20);
        let request = consent::give::Request { person, whom, from: None, until: ends };
        let (_, given) = self.act(&citizen, |at| consent::give::run(at, request))?;
        let given = given.ok_or("a consent was turned away")?;
        self.noted(person, consent::give::USE, false);
        self.model.consents.push(holds(given.id, person, by, now, Some(ends), Some(1)));
        Ok(())
    }

    pub(super) fn presentation(&mut self) -> Step {
        let person = self.living();
        let (citizen, now) = (self.country.citizen(person), self.now());
        if let Some(found) =
            self.running(|model| &model.presentations, person).filter(|_| self.dice.once_in(4))
        {
            let request = presentation::take_back::Request { person, presentation: found };
            let (end, _) = self.act(&citizen, |at| presentation::take_back::run(at, request))?;
            self.noted(person, presentation::take_back::USE, false);
            until(&mut self.model.presentations, found, now);
            return same("a presentation taken back", end, End::Done);
        }
        let output = self.country.presents(person);
        self.noted(person, presentation::present::USE, false);
        let by = By::Organisation(self.country.pharmacy);
        self.model.presentations.push(holds(
            output.presentation,
            person,
            by,
            now,
            Some(output.until),
            Some(1),
        ));
        Ok(())
    }

    /// A fact of the person that still runs.
    pub(super) fn running(
        &mut self,
        of: impl Fn(&Model) -> &Vec<Holds>,
        person: Id<Person>,
    ) -> Option<Id<id::Record>> {
        let now = self.now();
        let facts = of(&self.model).iter();
        let running: Vec<_> = facts
            .filter(|fact| fact.person == person && fact.until.is_none_or(|until| now < until))
            .map(|fact| fact.record)
            .collect();
        self.dice.one_of(&running).copied()
    }

    pub(super) fn emergency(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker, _) = self.doctor_or_nurse();
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let request = emergency_access::take::Request { patient, reason };
        let (end, taken) = self.act(&caller, |at| emergency_access::take::run(at, request))?;
        self.noted(patient, emergency_access::take::USE, false);
        if let Some(taken) = taken {
            let now = self.now();
            let fact = holds(taken.access, patient, By::Person(asker.person), now, Some(taken.until), None);
            self.model.emergencies.push(fact);
        }
        same("emergency access", end, End::Done)
    }
}
