//! One random operation after another: done on the real services and in the model, then compared.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use notice::Id;
use notice::id::{self, Person};
use register::{Caller, Personal};

use super::dice::Dice;
use super::model::{Active, Asker, By, Cancelled, Dispensing, Dose, Holds, Model, Order, Prescription};
use super::simulation::{Tally, begins};
use super::{BO, Country, EINER, MAX, NANCY, new_order, tablets};
use crate::basic_data::{report_death, see_own};
use crate::call::{civil_day, day_begins};
use crate::shared_medication_record::{
    self as smr, CardVersion, Dosage, MedicineCard, NewPrescription, PrescriptionStatus, When,
};
use crate::treatment_relation::{Source, end_relation};
use crate::{
    Call, Error, Explain, Whom, consent, emergency_access, my_log, opt_out, presentation, what_goes_when,
};

/// The custody of Bo ends for looks with his 15th birthday.
const BO_IS_15: &str = "2030-12-01T23:00:00Z";

/// The real thing and its model.
pub(super) struct World {
    country: Country,
    model: Model,
    dice: Dice,
    patients: Vec<Id<Person>>,
    stale: BTreeMap<Id<Person>, CardVersion>,
    drugs: u64,
    tally: Tally,
}

/// How an action ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Done,
    Refused,
    Conflict,
    Not(&'static str),
}

type Step = Result<(), String>;

impl World {
    pub(super) fn new(country: Country, seed: u64) -> Self {
        let patients = vec![country.nancy, country.max, country.bo, country.einer];
        let mut model = Model::default();
        for patient in [country.nancy, country.bo] {
            model.treats.push(holds(
                Id::from_bits(0),
                patient,
                By::Organisation(country.practice),
                begins(),
                None,
                Some(2),
            ));
            model.line(patient, begins(), "nsp.register-treatment-relation");
        }
        let (stale, tally) = (BTreeMap::new(), Tally::default());
        Self { country, model, dice: Dice::new(seed), patients, stale, drugs: 0, tally }
    }

    pub(super) const fn tally(&self) -> Tally {
        self.tally
    }

    /// What must stand in clear nowhere.
    pub(super) fn canaries(&self) -> Vec<String> {
        let fixed = [NANCY, MAX, BO, EINER, "Berggren", "Lauridsen", "Canarypin", "Testvej", "Bevidstløs"];
        fixed.map(str::to_owned).to_vec()
    }

    /// One operation.
    pub(super) fn step(mut self) -> Result<Self, String> {
        self.tally.operations += 1;
        match self.dice.below(40) {
            0..=9 => self.time_passes()?,
            10 => self.relation()?,
            11 => self.block()?,
            12 => self.consent()?,
            13 | 14 => self.presentation()?,
            15 => self.emergency()?,
            16..=18 => self.prescribe()?,
            19 | 20 => self.change()?,
            21 => self.pause_or_resume()?,
            22 => self.stop_or_undo()?,
            23 => self.cancel()?,
            24..=26 => self.dispense()?,
            27 => self.review()?,
            28 => self.mark()?,
            29..=33 => self.opens()?,
            34 => self.sees_own()?,
            35 => self.log()?,
            36 => self.pharmacy_finds()?,
            37 => self.plan()?,
            38 => self.unknown()?,
            _ if self.dice.once_in(8) => self = self.crashes()?,
            _ if self.dice.once_in(6) => self.clock_jumps()?,
            _ if self.dice.once_in(6) => self.death()?,
            _ => self.basic()?,
        }
        Ok(self)
    }

    // What the operations have in common.

    fn now(&self) -> Timestamp {
        self.country.house.register.call(self.country.doctor()).now
    }

    fn today(&self) -> Date {
        civil_day(self.now())
    }

    fn patient(&mut self) -> Id<Person> {
        *self.dice.one_of(&self.patients).unwrap()
    }

    /// One to whom something may still happen.
    fn living(&mut self) -> Id<Person> {
        let living: Vec<_> =
            self.patients.iter().filter(|person| !self.model.died.contains_key(person)).copied().collect();
        *self.dice.one_of(&living).unwrap()
    }

    fn doctor(&mut self) -> (Caller, Asker) {
        let country = &self.country;
        if self.dice.once_in(4) {
            (
                country.other_doctor(),
                Asker { person: country.other_doctor, organisation: Some(country.hospital) },
            )
        } else {
            (country.doctor(), Asker { person: country.doctor, organisation: Some(country.practice) })
        }
    }

    fn doctor_or_nurse(&mut self) -> (Caller, Asker, bool) {
        if self.dice.once_in(3) {
            let country = &self.country;
            let caller = country.caller("nurse", Some(country.nurse), Some(country.practice));
            (caller, Asker { person: country.nurse, organisation: Some(country.practice) }, false)
        } else {
            let (caller, asker) = self.doctor();
            (caller, asker, true)
        }
    }

    /// Runs an action, and looks whether its error says what it must not.
    fn act<T, E: Explain>(
        &mut self,
        caller: &Caller,
        action: impl FnOnce(&Call<'_>) -> Result<T, Error<E>>,
    ) -> Result<(End, Option<T>), String> {
        let answer = self.country.act(caller, action);
        match answer {
            Ok(value) => {
                self.tally.done += 1;
                Ok((End::Done, Some(value)))
            }
            Err(error) => {
                let text = format!("{error} {error:?}");
                if let Some(canary) =
                    self.canaries().into_iter().find(|canary| text.contains(canary.as_str()))
                {
                    return Err(format!("an error says `{canary}`"));
                }
                let end = match &error {
                    Error::Refused(_) => End::Refused,
                    Error::Conflict(_) => End::Conflict,
                    Error::Not(own) => End::Not(own.code()),
                    Error::Unavailable(_) | Error::Invalid(_) => return Err(format!("no answer: {text}")),
                };
                match end {
                    End::Refused => self.tally.refused += 1,
                    End::Done | End::Conflict | End::Not(_) => self.tally.called_off += 1,
                }
                Ok((end, None))
            }
        }
    }

    /// Writes down the line that the answer must have left.
    fn noted(&mut self, person: Id<Person>, use_name: &'static str, refused: bool) {
        let now = self.now();
        if refused {
            self.model.refusal(person, now, use_name);
        } else {
            self.model.line(person, now, use_name);
        }
    }

    /// The card as its person sees it; a look like any other.
    fn own_card(&mut self, person: Id<Person>) -> Result<MedicineCard, String> {
        let citizen = self.country.citizen(person);
        let (end, card) =
            self.act(&citizen, |at| smr::see_own_card::run(at, smr::see_own_card::Request {}))?;
        self.noted(person, smr::see_own_card::USE, false);
        card.ok_or_else(|| format!("own card: {end:?}"))
    }

    /// The version to send, and whether it is an old one.
    fn version(&mut self, person: Id<Person>) -> Result<(CardVersion, bool), String> {
        let version = self.own_card(person)?.version;
        let stale = self.stale.insert(person, version).filter(|stale| *stale != version);
        match stale {
            Some(stale) if self.dice.once_in(12) => Ok((stale, true)),
            Some(_) | None => Ok((version, false)),
        }
    }

    fn order_of(&mut self, person: Id<Person>) -> Option<Order> {
        let now = self.now();
        let orders: Vec<_> = self.model.orders_of(person, now).cloned().collect();
        self.dice.one_of(&orders).cloned()
    }

    fn prescription_of(&mut self, person: Id<Person>) -> Option<Prescription> {
        let now = self.now();
        let all: Vec<_> = self.model.prescriptions_of(person, now).cloned().collect();
        self.dice.one_of(&all).cloned()
    }

    fn with_order(&mut self, order: Id<id::Record>, change: impl FnOnce(&mut Order)) {
        if let Some(found) = self.model.orders.iter_mut().find(|found| found.id == order) {
            change(found);
            found.version += 1;
        }
    }

    // Time and the house.

    fn time_passes(&mut self) -> Step {
        let span = match self.dice.below(40) {
            0 => Span::new().days(i64::try_from(self.dice.below(300)).unwrap()),
            1..=12 => Span::new().days(i64::try_from(1 + self.dice.below(14)).unwrap()),
            _ => Span::new().minutes(i64::try_from(1 + self.dice.below(90)).unwrap()),
        };
        self.country.house.clock.pass(span);
        self.sweeps()
    }

    fn sweeps(&mut self) -> Step {
        let report = self.country.house.register.sweep().map_err(|why| why.to_string())?;
        if report.stopped.is_some() || report.braked > 0 {
            return Err(format!("the sweep was stopped or braked: {report:?}"));
        }
        let now = self.now();
        let of_medicine =
            |model: &Model| model.orders.len() + model.prescriptions.len() + model.dispensings.len();
        let before = of_medicine(&self.model);
        self.model.sweep(now);
        let gone = (before - of_medicine(&self.model)) as u64;
        let policy = &self.country.house.policy;
        let medicine =
            ["fmk.order", "fmk.prescription", "fmk.dispensing"].map(|name| policy.register_id(name).unwrap());
        let acts = report.acts.iter().filter(|((register, _), _)| medicine.contains(register));
        let erased: u64 = acts.map(|(_, records)| records).sum();
        self.tally.erased += erased;
        if erased == gone {
            Ok(())
        } else {
            Err(format!("the sweep erased {erased} records, the model {gone}"))
        }
    }

    fn crashes(self) -> Result<Self, String> {
        let Self { country, mut tally, mut dice, model, patients, stale, drugs } = self;
        tally.crashes += 1;
        let Country {
            house,
            nancy,
            max,
            bo,
            einer,
            doctor,
            other_doctor,
            nurse,
            pharmacist,
            practice,
            hospital,
            pharmacy,
            randomness,
        } = country;
        let house =
            house.reopen(dice.below(u64::MAX)).map_err(|why| format!("it does not open again: {why}"))?;
        house.register.confirm_clock("Anna", "Birthe").map_err(|why| why.to_string())?;
        let country = Country {
            house,
            randomness,
            nancy,
            max,
            bo,
            einer,
            doctor,
            other_doctor,
            nurse,
            pharmacist,
            practice,
            hospital,
            pharmacy,
        };
        Ok(Self { country, tally, dice, model, patients, stale, drugs })
    }

    /// The clock jumps ten years; nothing may go.
    fn clock_jumps(&mut self) -> Step {
        let now = self.now();
        self.country.house.clock.jump_to(now + jiff::SignedDuration::from_hours(87_600));
        let report = self.country.house.register.sweep().map_err(|why| why.to_string())?;
        self.country.house.clock.jump_to(now);
        if report.stopped.is_none() || !report.acts.is_empty() {
            return Err(format!("a clock that jumps erases: {report:?}"));
        }
        let _ = self.country.house.register.sweep().map_err(|why| why.to_string())?;
        self.country.house.register.confirm_clock("Anna", "Birthe").map_err(|why| why.to_string())?;
        self.sweeps()
    }

    fn death(&mut self) -> Step {
        let person = if self.dice.once_in(2) { self.country.nancy } else { self.country.einer };
        let now = self.now();
        let today = self.today();
        let report = match self.model.died.get(&person) {
            None if self.dice.once_in(3) => report_death::Report::Died(today),
            // Taken back as long as nothing is gone because of it.
            Some(died) if now < super::model::years_later(*died, 1) => {
                report_death::Report::TakenBack { reason: Personal::new("forveksling".to_owned()) }
            }
            None | Some(_) => return Ok(()),
        };
        match &report {
            report_death::Report::Died(day) => self.model.died.insert(person, day_begins(*day)),
            report_death::Report::TakenBack { .. } => self.model.died.remove(&person),
        };
        let cpr = self.country.caller("cpr", None, None);
        let (end, _) =
            self.act(&cpr, |at| report_death::run(at, report_death::Request { person, report }))?;
        self.noted(person, report_death::USE, false);
        self.noted(person, "fmk.report-death", false);
        same("a death", end, End::Done)
    }

    // Facts.

    fn relation(&mut self) -> Step {
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

    fn whom(&mut self) -> (Whom, By) {
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

    fn block(&mut self) -> Step {
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

    fn consent(&mut self) -> Step {
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

    fn presentation(&mut self) -> Step {
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
    fn running(&mut self, of: impl Fn(&Model) -> &Vec<Holds>, person: Id<Person>) -> Option<Id<id::Record>> {
        let now = self.now();
        let facts = of(&self.model).iter();
        let running: Vec<_> = facts
            .filter(|fact| fact.person == person && fact.until.is_none_or(|until| now < until))
            .map(|fact| fact.record)
            .collect();
        self.dice.one_of(&running).copied()
    }

    fn emergency(&mut self) -> Step {
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

    // Writing on the card.

    fn prescribe(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let (version, stale) = self.version(patient)?;
        let (now, today) = (self.now(), self.today());
        let existing = if self.dice.once_in(3) { self.order_of(patient) } else { None };
        let with_prescription = existing.is_some() || !self.dice.once_in(4);
        let size = (!self.dice.once_in(6)).then_some(100_u32);
        let iterations = u32::try_from(1 + self.dice.below(4)).unwrap();
        let prescription = with_prescription.then(|| NewPrescription {
            package_number: "123456".into(),
            package_size: size,
            packages: 1,
            iterations,
            valid_from: None,
            valid_until: None,
        });
        let mut planned = self.planned(patient, asker.person);
        let treatment = match &existing {
            Some(order) => smr::prescribe::Treatment::Existing(order.id),
            None => smr::prescribe::Treatment::New(Box::new(written(&planned))),
        };
        let request = smr::prescribe::Request { patient, version, treatment, prescription };
        let (end, output) = self.act(&caller, |at| smr::prescribe::run(at, request))?;
        let refused = !self.model.may_write(patient, asker, now);
        self.noted(patient, smr::prescribe::USE, refused);
        let wanted = match &existing {
            _ if refused => End::Refused,
            _ if stale => End::Conflict,
            Some(order) if order.private => End::Not("no-such-order"),
            Some(order) if order.stopped || order.until.is_some_and(|until| until < today) => {
                End::Not("already-ended")
            }
            Some(_) | None => End::Done,
        };
        same("prescribing", end, wanted)?;
        let Some(output) = output else { return Ok(()) };
        let tablets = with_prescription.then_some(size).flatten().map(i64::from);
        match existing {
            Some(order) => {
                let active = order.lasts(tablets, today);
                self.with_order(order.id, |order| order.active = active);
                planned = order;
            }
            None => {
                planned.id = output.order.id;
                planned.active = planned.lasts(tablets, today);
                self.model.orders.push(planned.clone());
            }
        }
        if let Some(prescription) = output.prescription {
            self.model.prescriptions.push(Prescription {
                id: prescription.id,
                patient,
                order: planned.id,
                issuer: asker.person,
                issued: now,
                valid_until: today.checked_add(Span::new().years(2)).unwrap(),
                iterations,
                tablets,
                handed_over: 0,
                dispensed: Vec::new(),
                active: planned.lasts(tablets, today),
                cancelled: Cancelled::No,
                private: false,
                version: 1,
            });
        }
        Ok(())
    }

    /// A new order as the model sees it.
    fn planned(&mut self, patient: Id<Person>, author: Id<Person>) -> Order {
        self.drugs += 1;
        let dose = *self
            .dice
            .one_of(&[Dose::Hundredths(5), Dose::Hundredths(50), Dose::Hundredths(100), Dose::Words])
            .unwrap();
        let days = *self.dice.one_of(&[None, None, Some(30), Some(900), Some(1500)]).unwrap();
        Order {
            id: Id::from_bits(0),
            patient,
            author,
            drug: format!("Canarypin {}", self.drugs),
            dose,
            until: days.map(|days| self.today().checked_add(Span::new().days(days)).unwrap()),
            made: self.now(),
            dispensed: Vec::new(),
            active: Active::Unknown,
            paused: false,
            stopped: false,
            private: false,
            reviewed: false,
            version: 1,
        }
    }

    /// The end of a change of an order under an ordinary use, and under the one for private orders if it comes to that.
    fn wanted(
        &mut self,
        order: &Order,
        (asker, doctor, stale): (Asker, bool, bool),
        use_name: &'static str,
        otherwise: End,
    ) -> End {
        let now = self.now();
        let refused = !self.model.may_write(order.patient, asker, now);
        self.noted(order.patient, use_name, refused);
        if refused {
            return End::Refused;
        }
        if stale {
            return End::Conflict;
        }
        if order.private {
            let author = order.author == asker.person && self.model.may_treat(order.patient, asker, now);
            let allowed = doctor && (author || self.model.consented(order.patient, asker, now));
            self.noted(order.patient, "fmk.change-private-order", !allowed);
            if !allowed {
                return End::Refused;
            }
        }
        otherwise
    }

    fn change(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let dose = *self.dice.one_of(&[Dose::Hundredths(25), Dose::Hundredths(200), Dose::Words]).unwrap();
        let to = written(&Order { dose, ..order.clone() });
        let request =
            smr::change_order::Request { patient, version, order: order.id, to, paused: None, note: None };
        if self.dice.once_in(3) {
            // Shown first: nothing changes, the look is logged.
            let asked = request.clone();
            let (shown, _) = self.act(&caller, |at| smr::change_order::preview(at, &asked))?;
            let wanted = self.wanted(&order, (asker, true, stale), smr::change_order::USE, End::Done);
            same("a preview", shown, wanted)?;
        }
        let (end, _) = self.act(&caller, |at| smr::change_order::run(at, request))?;
        let otherwise = if order.stopped { End::Not("already-ended") } else { End::Done };
        let wanted = self.wanted(&order, (asker, true, stale), smr::change_order::USE, otherwise);
        if end == End::Done {
            self.with_order(order.id, |order| {
                order.dose = dose;
                order.paused = false;
                order.reviewed = false;
            });
        }
        same("a change", end, wanted)
    }

    fn pause_or_resume(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker, doctor) = self.doctor_or_nurse();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let pauses = self.dice.once_in(2);
        let today = self.today();
        let (end, _) = if pauses {
            let pause = smr::pause::PauseFor { from: today, until: None, reason: None };
            let request = smr::pause::Request { patient, version, order: order.id, pause };
            self.act(&caller, |at| smr::pause::run(at, request))?
        } else {
            self.act(&caller, |at| {
                smr::resume::run(at, smr::resume::Request { patient, version, order: order.id })
            })?
        };
        let otherwise = match (order.stopped, pauses, order.paused) {
            (true, ..) => End::Not("already-ended"),
            (false, true, true) => End::Not("already-paused"),
            (false, false, false) => End::Not("not-paused"),
            (false, true, false) | (false, false, true) => End::Done,
        };
        let wanted = self.wanted(&order, (asker, doctor, stale), smr::pause::USE, otherwise);
        if end == End::Done {
            self.with_order(order.id, |order| order.paused = pauses);
        }
        same("a pause", end, wanted)
    }

    fn stop_or_undo(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let stops = if self.dice.once_in(8) { order.stopped } else { !order.stopped };
        let (end, _) = if stops {
            let request =
                smr::stop::Request { patient, version, order: order.id, reason: "bivirkninger".into() };
            self.act(&caller, |at| smr::stop::run(at, request))?
        } else {
            self.act(&caller, |at| {
                smr::undo_stop::run(at, smr::undo_stop::Request { patient, version, order: order.id })
            })?
        };
        let otherwise = match (stops, order.stopped) {
            (true, true) => End::Not("already-ended"),
            (false, false) => End::Not("not-stopped"),
            (true, false) | (false, true) => End::Done,
        };
        let wanted = self.wanted(&order, (asker, true, stale), smr::stop::USE, otherwise);
        if end == End::Done && order.private {
            // The prescriptions of a private order follow under a grant of their own.
            self.noted(patient, smr::stop::USE, false);
        }
        if end == End::Done && stops {
            self.stopped(&order);
        } else if end == End::Done {
            self.stop_undone(&order);
        }
        same("a stop", end, wanted)
    }

    fn reached(&mut self, order: &Order) -> Vec<&mut Prescription> {
        let now = self.now();
        let of_order = move |found: &&mut Prescription| found.order == order.id && found.stands(now);
        self.model.prescriptions.iter_mut().filter(of_order).collect()
    }

    fn stopped(&mut self, order: &Order) {
        let today = self.today();
        // Of a private prescription the one who stops sees what is written, not until when it holds.
        let open =
            |found: &&mut Prescription| found.is_open(today) || found.private && found.is_open_on_paper();
        for prescription in self.reached(order).into_iter().filter(open) {
            prescription.cancelled = Cancelled::WithTheOrder;
            prescription.active = Active::Days(0);
            prescription.version += 1;
        }
        self.with_order(order.id, |order| {
            order.stopped = true;
            order.active = Active::Days(0);
        });
    }

    fn stop_undone(&mut self, order: &Order) {
        let today = self.today();
        let sizes = self.sizes();
        let mut tablets = None;
        for prescription in self.reached(order) {
            if prescription.cancelled == Cancelled::WithTheOrder {
                // How many tablets a private prescription gives is closed to the one who takes the stop back.
                let size = sizes.get(&prescription.id).copied().flatten().filter(|_| !prescription.private);
                prescription.cancelled = Cancelled::No;
                prescription.active = order.lasts(size, today);
                prescription.version += 1;
                tablets = tablets.max(size);
            }
        }
        let active = order.lasts(tablets, today);
        self.with_order(order.id, |order| {
            order.stopped = false;
            order.active = active;
        });
    }

    /// Tablets in a package of each prescription, as the cards say.
    fn sizes(&self) -> BTreeMap<Id<id::Record>, Option<i64>> {
        self.model.prescriptions.iter().map(|found| (found.id, found.tablets)).collect()
    }

    fn cancel(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker) = self.doctor();
        let Some(prescription) = self.prescription_of(patient) else { return Ok(()) };
        let (now, today) = (self.now(), self.today());
        let allowed = self.model.may_treat(patient, asker, now)
            || self.model.consented(patient, asker, now)
            || prescription.issuer == asker.person;
        let request = smr::cancel_prescription::Request {
            patient,
            prescription: prescription.id,
            version: prescription.version,
            reason: "forkert pakning".into(),
        };
        let (end, _) = self.act(&caller, |at| smr::cancel_prescription::run(at, request))?;
        self.noted(patient, smr::cancel_prescription::USE, !allowed);
        let wanted = match () {
            () if !allowed => End::Refused,
            () if prescription.private => End::Not("no-such-prescription"),
            () if !prescription.is_open(today) => End::Not("not-open"),
            () => End::Done,
        };
        if end == End::Done {
            self.with_prescription(prescription.id, |found| found.cancelled = Cancelled::ByItself);
        }
        same("calling off", end, wanted)
    }

    fn with_prescription(&mut self, id: Id<id::Record>, change: impl FnOnce(&mut Prescription)) {
        if let Some(found) = self.model.prescriptions.iter_mut().find(|found| found.id == id) {
            change(found);
            found.version += 1;
        }
    }

    fn dispense(&mut self) -> Step {
        let patient = self.living();
        let Some(prescription) = self.prescription_of(patient) else { return Ok(()) };
        let asker = Asker { person: self.country.pharmacist, organisation: Some(self.country.pharmacy) };
        let (caller, now, today) = (self.country.pharmacist(), self.now(), self.today());
        let stale = self.dice.once_in(12);
        let request = smr::dispense::Request {
            patient,
            prescription: prescription.id,
            version: prescription.version + u32::from(stale),
            packages: 1,
            label_text: None,
            comment: None,
        };
        let (end, output) = self.act(&caller, |at| smr::dispense::run(at, request))?;
        let refused = !self.model.presented(patient, asker, now);
        self.noted(patient, smr::dispense::USE, refused);
        let order = self.model.orders_of(patient, now).find(|order| order.id == prescription.order).cloned();
        let wanted = match () {
            () if refused => End::Refused,
            () if stale => End::Conflict,
            () if !prescription.is_open(today) => End::Not("not-open"),
            () if order.as_ref().is_some_and(|order| order.stopped) => End::Not("not-open"),
            () => End::Done,
        };
        same("dispensing", end, wanted)?;
        let Some(output) = output else { return Ok(()) };
        self.with_prescription(prescription.id, |found| {
            found.handed_over += 1;
            found.dispensed.push(now);
        });
        if let Some(order) = order {
            let found = self.model.orders.iter_mut().find(|found| found.id == order.id);
            found.unwrap().dispensed.push(now);
        }
        self.model.dispensings.push(Dispensing {
            id: output.dispensing.id,
            patient,
            prescription: prescription.id,
            at: now,
            private: prescription.private,
        });
        Ok(())
    }

    fn review(&mut self) -> Step {
        let patient = self.living();
        let (caller, asker, _) = self.doctor_or_nurse();
        let (version, stale) = self.version(patient)?;
        let Some(order) = self.order_of(patient) else { return Ok(()) };
        let now = self.now();
        let request = smr::review::Request { patient, version, orders: vec![order.id] };
        let (end, _) = self.act(&caller, |at| smr::review::run(at, request))?;
        let refused =
            !self.model.may_treat(patient, asker, now) && !self.model.consented(patient, asker, now);
        self.noted(patient, smr::review::USE, refused);
        let wanted = match () {
            () if refused => End::Refused,
            () if stale => End::Conflict,
            () if order.private => End::Not("no-such-order"),
            () => End::Done,
        };
        if end == End::Done {
            self.with_order(order.id, |order| order.reviewed = true);
        }
        same("a review", end, wanted)
    }

    fn mark(&mut self) -> Step {
        let person = self.living();
        let Some(order) = self.order_of(person) else { return Ok(()) };
        let (citizen, now) = (self.country.citizen(person), self.now());
        let private = !self.dice.once_in(2);
        let (end, marked) = if private {
            let request = smr::mark_private::Request { person, order: order.id };
            self.act(&citizen, |at| smr::mark_private::run(at, request))?
        } else {
            let request = smr::unmark_private::Request { person, order: order.id };
            self.act(&citizen, |at| smr::unmark_private::run(at, request))?
        };
        self.noted(person, if private { smr::mark_private::USE } else { smr::unmark_private::USE }, false);
        same("a private mark", end, End::Done)?;
        let mut changed = 0;
        let mut set = |mark: &mut bool| {
            changed += usize::from(*mark != private);
            *mark = private;
        };
        let mut of_order = BTreeSet::new();
        for found in self.model.orders.iter_mut().filter(|found| found.id == order.id) {
            set(&mut found.private);
        }
        for found in self.model.prescriptions.iter_mut().filter(|found| found.order == order.id) {
            of_order.insert(found.id);
            if found.stands(now) {
                set(&mut found.private);
            }
        }
        for found in self.model.dispensings.iter_mut().filter(|found| of_order.contains(&found.prescription))
        {
            set(&mut found.private);
        }
        if marked == Some(changed) { Ok(()) } else { Err(format!("marked {marked:?}, the model {changed}")) }
    }

    // Looking.

    fn opens(&mut self) -> Step {
        let patient = self.patient();
        let now = self.now();
        let (caller, asker, doctor) = self.doctor_or_nurse();
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let (use_name, allowed, whole, (end, card)) = match self.dice.below(5) {
            0 => {
                let allowed = self.model.consented(patient, asker, now);
                let request = smr::open_card_with_consent::Request { patient };
                let answer = self.act(&caller, |at| smr::open_card_with_consent::run(at, request))?;
                (smr::open_card_with_consent::USE, allowed, true, answer)
            }
            1 => {
                let allowed = self.model.emergency(patient, asker, now);
                let request = smr::open_card_in_emergency::Request { patient };
                let answer = self.act(&caller, |at| smr::open_card_in_emergency::run(at, request))?;
                (smr::open_card_in_emergency::USE, allowed, false, answer)
            }
            2 => {
                let allowed = doctor && self.model.emergency(patient, asker, now);
                let request = smr::open_private_in_emergency::Request { patient, reason };
                let answer = self.act(&caller, |at| smr::open_private_in_emergency::run(at, request))?;
                (smr::open_private_in_emergency::USE, allowed, true, answer)
            }
            _ => {
                let allowed = self.model.may_treat(patient, asker, now);
                let request = smr::open_card::Request { patient };
                let answer = self.act(&caller, |at| smr::open_card::run(at, request))?;
                (smr::open_card::USE, allowed, false, answer)
            }
        };
        self.noted(patient, use_name, !allowed);
        same(use_name, end, if allowed { End::Done } else { End::Refused })?;
        card.map_or(Ok(()), |card| self.compare(patient, &card, whole))
    }

    fn sees_own(&mut self) -> Step {
        if self.dice.once_in(3) {
            let child = self.country.bo;
            let parent = *self.dice.one_of(&[self.country.max, self.country.einer]).unwrap();
            let allowed = parent == self.country.max && self.now() < BO_IS_15.parse::<Timestamp>().unwrap();
            let citizen = self.country.citizen(parent);
            let request = smr::see_child_card::Request { child };
            let (end, card) = self.act(&citizen, |at| smr::see_child_card::run(at, request))?;
            self.noted(child, smr::see_child_card::USE, !allowed);
            same("a child's card", end, if allowed { End::Done } else { End::Refused })?;
            return card.map_or(Ok(()), |card| self.compare(child, &card, false));
        }
        let person = self.patient();
        let card = self.own_card(person)?;
        self.compare(person, &card, true)
    }

    /// The card against the model, record by record.
    fn compare(&self, person: Id<Person>, card: &MedicineCard, whole: bool) -> Step {
        let (now, today) = (self.now(), self.today());
        let shown = |private: bool| whole || !private;
        let orders: BTreeMap<_, _> = self
            .model
            .orders_of(person, now)
            .filter(|order| shown(order.private))
            .map(|order| (order.id, order))
            .collect();
        same("orders on the card", card.orders.len(), orders.len())?;
        for order in &card.orders {
            let wanted = orders.get(&order.id).ok_or("an order that the model does not have")?;
            let stopped = order.ended.is_some();
            let dose = match (&order.dosage, wanted.dose) {
                (Some(Dosage::FreeText { .. }), Dose::Words) => true,
                (Some(dosage), Dose::Hundredths(hundredths)) => {
                    dosage.daily_max() == Some(rust_decimal::Decimal::new(hundredths, 2))
                }
                (None | Some(_), _) => false,
            };
            let same_order = (order.version, order.paused.is_some(), stopped, order.private)
                == (wanted.version, wanted.paused, wanted.stopped, wanted.private);
            // A parent does not see who went through the order.
            let same_review = order.reviewed.is_some() == wanted.reviewed || order.modified_by.is_none();
            if !dose || !same_order || !same_review || order.drug.name != wanted.drug {
                return Err(format!(
                    "an order differs: version {} against {}",
                    order.version, wanted.version
                ));
            }
        }
        self.compare_prescriptions(person, card, whole, today)?;
        let dispensings: BTreeSet<_> = self
            .model
            .dispensings_of(person, now)
            .filter(|found| shown(found.private))
            .map(|found| found.id)
            .collect();
        same(
            "dispensings on the card",
            card.dispensings.iter().map(|found| found.id).collect(),
            dispensings,
        )?;
        let hidden = if whole {
            0
        } else {
            self.model.orders_of(person, now).filter(|found| found.private).count()
                + self.model.prescriptions_of(person, now).filter(|found| found.private).count()
                + self.model.dispensings_of(person, now).filter(|found| found.private).count()
        };
        // Where the notice covers no field of a private record, the record itself may be left out.
        if card.hidden_private <= hidden && (hidden == 0 || card.hidden_private > 0) {
            Ok(())
        } else {
            Err(format!("{} private records hidden, the model {hidden}", card.hidden_private))
        }
    }

    fn compare_prescriptions(
        &self,
        person: Id<Person>,
        card: &MedicineCard,
        whole: bool,
        today: Date,
    ) -> Step {
        let now = self.now();
        let prescriptions: BTreeMap<_, _> = self
            .model
            .prescriptions_of(person, now)
            .filter(|found| whole || !found.private)
            .map(|found| (found.id, found))
            .collect();
        same("prescriptions on the card", card.prescriptions.len(), prescriptions.len())?;
        for found in &card.prescriptions {
            let wanted = prescriptions.get(&found.id).ok_or("a prescription that the model does not have")?;
            let status = match () {
                () if wanted.cancelled != Cancelled::No => PrescriptionStatus::Cancelled,
                () if wanted.handed_over >= wanted.iterations => PrescriptionStatus::Closed,
                () if today > wanted.valid_until => PrescriptionStatus::Expired,
                () => PrescriptionStatus::Open,
            };
            same("status of a prescription", found.status, status)?;
            same("version of a prescription", found.version, wanted.version)?;
            // Dispensings go two years after they were recorded; what is counted is what still stands.
            let stands =
                wanted.dispensed.iter().filter(|at| now < super::model::years_later(**at, 2)).count();
            let counted = found.dispensed_packages.map(|packages| packages as usize);
            if counted.is_some_and(|packages| packages > wanted.iterations as usize || packages != stands) {
                return Err(format!("handed over {counted:?}, the model {stands}"));
            }
        }
        Ok(())
    }

    fn pharmacy_finds(&mut self) -> Step {
        let patient = self.patient();
        let asker = Asker { person: self.country.pharmacist, organisation: Some(self.country.pharmacy) };
        let (now, today) = (self.now(), self.today());
        let request = smr::find_prescriptions::Request { patient };
        let pharmacist = self.country.pharmacist();
        let (end, output) = self.act(&pharmacist, |at| smr::find_prescriptions::run(at, request))?;
        let allowed = self.model.presented(patient, asker, now);
        self.noted(patient, smr::find_prescriptions::USE, !allowed);
        same("the pharmacy's list", end, if allowed { End::Done } else { End::Refused })?;
        let Some(output) = output else { return Ok(()) };
        let open: BTreeSet<_> = self
            .model
            .prescriptions_of(patient, now)
            .filter(|found| found.is_open(today))
            .map(|found| found.id)
            .collect();
        same("open prescriptions", output.prescriptions.iter().map(|found| found.id).collect(), open)
    }

    fn plan(&mut self) -> Step {
        let person = self.patient();
        let (citizen, now) = (self.country.citizen(person), self.now());
        let (_, plan) =
            self.act(&citizen, |at| what_goes_when::see_own::run(at, what_goes_when::see_own::Request {}))?;
        for use_name in
            [what_goes_when::see_own::USE, "fmk.read-own-plan-of-erasure", what_goes_when::see_own::USE]
        {
            self.noted(person, use_name, false);
        }
        let plan = plan.ok_or("no plan of erasure")?;
        let orders =
            plan.groups.iter().find(|group| group.register == "fmk.order").ok_or("no group of orders")?;
        let seen = orders.items.iter().filter_map(|item| item.record).collect();
        same(
            "orders in the plan",
            seen,
            self.model.orders_of(person, now).map(|order| order.id).collect::<BTreeSet<_>>(),
        )
    }

    /// Every look has its line and every line its look.
    fn log(&mut self) -> Step {
        let person = self.patient();
        let (citizen, now) = (self.country.citizen(person), self.now());
        let mut seen = Vec::new();
        let mut refused = BTreeSet::new();
        let mut before = None;
        let mut pages = 0;
        loop {
            let request = my_log::see_own_log::Request { before, limit: 500 };
            let (_, log) = self.act(&citizen, |at| my_log::see_own_log::run(at, request))?;
            let log = log.ok_or("no log")?;
            pages += 1;
            for line in log.days.iter().flat_map(|day| &day.lines) {
                match line.kind {
                    my_log::LookKind::Refused => refused.insert(line.use_name.clone()),
                    _ => {
                        seen.push((line.at, line.use_name.clone()));
                        false
                    }
                };
            }
            before = log.more_before;
            if before.is_none() {
                break;
            }
        }
        let kept = |line: &&super::model::Line| now < super::model::years_later(line.at, 2);
        let lines = self.model.lines.get(&person).into_iter().flatten().filter(kept);
        let mut wanted: Vec<_> = lines.map(|line| (line.at, line.use_name.to_owned())).collect();
        // The pages after the first show the lines of those before; they are of this instant.
        seen.retain(|(at, use_name)| *at != now || use_name != my_log::see_own_log::USE);
        wanted.retain(|(at, use_name)| *at != now || use_name != my_log::see_own_log::USE);
        // People come in with a feed before the first look; its lines are not the model's.
        seen.retain(|(at, _)| *at > begins());
        wanted.retain(|(at, _)| *at > begins());
        seen.sort();
        wanted.sort();
        for _ in 0..pages {
            self.noted(person, my_log::see_own_log::USE, false);
        }
        let refusals = self.model.refused.get(&person).into_iter().flatten().filter(kept);
        let wanted_refused: BTreeSet<_> = refusals.map(|line| line.use_name.to_owned()).collect();
        same("uses refused in the log", refused, wanted_refused)?;
        if seen == wanted {
            return Ok(());
        }
        let missing: Vec<_> = wanted.iter().filter(|line| !seen.contains(line)).take(3).collect();
        let surplus: Vec<_> = seen.iter().filter(|line| !wanted.contains(line)).take(3).collect();
        Err(format!(
            "the log has {} lines, the model {}; missing {missing:?}, too many {surplus:?}",
            seen.len(),
            wanted.len()
        ))
    }

    /// One whom nobody knows is refused like one whom somebody does.
    fn unknown(&mut self) -> Step {
        let unknown = Id::from_bits(u128::from(self.dice.below(u64::MAX)) | 1 << 100);
        let known = self.patient();
        let (caller, asker) = self.doctor();
        // Who treats somebody knows that she exists, and may learn that she has blocked.
        if self.model.treats(known, asker, self.now()) {
            return Ok(());
        }
        let answers = [known, unknown].map(|patient| self.country.opens(&caller, patient));
        self.noted(known, smr::open_card::USE, true);
        let [Err(Error::Refused(known)), Err(Error::Refused(unknown))] = answers else {
            return Err("a card was opened that nobody may open".to_owned());
        };
        if known == unknown { Ok(()) } else { Err("an unknown person is told from a refused one".to_owned()) }
    }

    fn basic(&mut self) -> Step {
        let person = self.patient();
        let (citizen, now) = (self.country.citizen(person), self.now());
        let (_, basic) = self.act(&citizen, |at| see_own::run(at, see_own::Request {}))?;
        self.noted(person, see_own::USE, false);
        let gone =
            self.model.died.get(&person).is_some_and(|died| super::model::years_later(*died, 1) <= now);
        // rule N-14: basic data goes one year after death.
        same("basic data held", basic.is_some_and(|basic| basic.name.is_some()), !gone)
    }
}

fn holds(
    record: Id<id::Record>,
    person: Id<Person>,
    by: By,
    from: Timestamp,
    until: Option<Timestamp>,
    years_after_death: Option<i16>,
) -> Holds {
    Holds { record, person, by, from, until, years_after_death }
}

fn until(facts: &mut [Holds], record: Id<id::Record>, now: Timestamp) {
    for fact in facts.iter_mut().filter(|fact| fact.record == record) {
        fact.until = Some(fact.until.map_or(now, |until| until.min(now)));
    }
}

/// The order as a writer sends it.
fn written(order: &Order) -> smr::NewOrder {
    let mut new = new_order(&order.drug, "C08CA01");
    new.dosage = match order.dose {
        Dose::Words => Dosage::FreeText { text: "efter aftale".into() },
        Dose::Hundredths(hundredths) => {
            tablets(&rust_decimal::Decimal::new(hundredths, 2).to_string(), When::Morning)
        }
    };
    new.active.from = civil_day(order.made);
    new.active.until = order.until;
    new
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, got: T, wanted: T) -> Step {
    if got == wanted { Ok(()) } else { Err(format!("{what}: {got:?}, the model says {wanted:?}")) }
}
