//! One random operation after another: done on the real services and in the model, then compared.

mod facts;
mod looking;
mod time;
mod writing;

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
