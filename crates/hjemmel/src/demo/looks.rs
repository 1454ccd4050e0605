//! Two years of looks at the persons whom a visitor may be: treatment, their own, one emergency, one refusal.

use jiff::{Span, Timestamp};
use notice::Actor;
use register::{Caller, Personal};
use services::emergency_access::take;
use services::my_log::see_own_log;
use services::presentation::present;
use services::shared_medication_record::{
    find_prescriptions, open_card, open_card_in_emergency, see_child_card, see_own_card,
};
use services::{Call, Error};

use super::dice::Dice;
use super::growth::GrowError;
use super::import::Importer;
use super::official::{BO, ELSE, NANCY};
use super::person::Person;
use super::personas::{pharmacist, stranger};
use super::staff::Professional;

impl Importer<'_> {
    /// Writes the looks by making them, each at its own time.
    pub(super) fn look(&self) -> Result<(), GrowError> {
        let mut dice = Dice::of(self.country.origin.seed, 6, 0);
        for number in [NANCY, ELSE, BO] {
            let Some(person) = self.country.by_number(number) else { continue };
            let Some(doctor) = self.country.practitioner(person) else { continue };
            let mut day = 700 - dice.between(0, 30);
            while day > 3 {
                let at = self.days_ago(&mut dice, day);
                self.as_staff(doctor, at, |call| {
                    open_card::run(call, open_card::Request { patient: self.id(person.index) }).map(drop)
                })?;
                day -= dice.between(40, 120);
            }
        }
        self.own_looks(&mut dice)?;
        self.emergency(&mut dice)?;
        self.refused(&mut dice)?;
        self.at_the_pharmacy()
    }

    /// The citizen looks at the card and at the log; the parent at the child's card.
    fn own_looks(&self, dice: &mut Dice) -> Result<(), GrowError> {
        if let Some(nancy) = self.country.by_number(NANCY) {
            for day in [412, 230, 96, 12] {
                let at = self.days_ago(dice, day);
                self.as_citizen(nancy, at, |call| {
                    see_own_card::run(call, see_own_card::Request {}).map(drop)
                })?;
            }
            let at = self.days_ago(dice, 95);
            self.as_citizen(nancy, at, |call| {
                see_own_log::run(call, see_own_log::Request { before: None, limit: 20 }).map(drop)
            })?;
        }
        if let (Some(parent), Some(child)) = (self.country.by_number(ELSE), self.country.by_number(BO)) {
            let at = self.days_ago(dice, 33);
            let request = see_child_card::Request { child: self.id(child.index) };
            self.as_citizen(parent, at, |call| see_child_card::run(call, request).map(drop))?;
        }
        Ok(())
    }

    /// A doctor of the emergency department took emergency access to the card, forty days ago.
    fn emergency(&self, dice: &mut Dice) -> Result<(), GrowError> {
        let (Some(doctor), Some(nancy)) = (stranger(self.country), self.country.by_number(NANCY)) else {
            return Ok(());
        };
        let patient = self.id(nancy.index);
        let at = self.days_ago(dice, 40);
        let reason = Personal::new(
            "Patienten er bevidstløs ved ankomst med ambulance; vi skal kende blodfortyndende medicin."
                .to_owned(),
        );
        self.as_staff(doctor, at, |call| take::run(call, take::Request { patient, reason }).map(drop))?;
        let soon = at.saturating_add(Span::new().minutes(2)).unwrap_or(at);
        self.as_staff(doctor, soon, |call| {
            open_card_in_emergency::run(call, open_card_in_emergency::Request { patient }).map(drop)
        })
    }

    /// The same doctor tried without a reason a week later, and was refused.
    fn refused(&self, dice: &mut Dice) -> Result<(), GrowError> {
        let (Some(doctor), Some(nancy)) = (stranger(self.country), self.country.by_number(NANCY)) else {
            return Ok(());
        };
        let at = self.days_ago(dice, 33);
        let request = open_card::Request { patient: self.id(nancy.index) };
        match self.with_staff(doctor, at, |call| open_card::run(call, request).map(drop))? {
            Err(Error::Refused(_)) => Ok(()),
            Ok(()) => Err(GrowError::NotRefused),
            Err(error) => Err(error.into()),
        }
    }

    /// Patients of the first practice sent their prescriptions to the pharmacy this morning, and it found them.
    fn at_the_pharmacy(&self) -> Result<(), GrowError> {
        let Some(staff) = pharmacist(self.country) else { return Ok(()) };
        let Some(place) = self.place(staff.place) else { return Ok(()) };
        let Some(pharmacy) = self.organisation(place) else { return Ok(()) };
        let nancy = self.country.by_number(NANCY);
        let grown_up =
            |person: &&Person| person.died.is_none() && person.age(self.country.origin.today) >= 18;
        let others = self
            .country
            .people
            .iter()
            .filter(grown_up)
            .filter(|person| person.practice == 0)
            .skip(14)
            .take(8);
        let at = self.now.saturating_sub(Span::new().minutes(50)).unwrap_or(self.now);
        for person in nancy.into_iter().chain(others) {
            let request = present::Request {
                person: self.id(person.index),
                pharmacy,
                pharmacy_name: place.name.clone(),
            };
            self.as_citizen(person, at, |call| present::run(call, request).map(drop))?;
        }
        let Some(nancy) = nancy else { return Ok(()) };
        let soon = at.saturating_add(Span::new().minutes(20)).unwrap_or(at);
        let request = find_prescriptions::Request { patient: self.id(nancy.index) };
        self.as_staff(staff, soon, |call| find_prescriptions::run(call, request).map(drop))
    }

    /// A time in opening hours some days ago.
    fn days_ago(&self, dice: &mut Dice, days: i64) -> Timestamp {
        let day = self.country.origin.today.saturating_sub(Span::new().days(days));
        super::import::instant(dice.opening_hours(day))
    }

    fn as_staff(
        &self,
        one: &Professional,
        at: Timestamp,
        act: impl FnOnce(&Call<'_>) -> Result<(), Error>,
    ) -> Result<(), GrowError> {
        self.with_staff(one, at, act)?.map_err(GrowError::from)
    }

    fn with_staff<T>(
        &self,
        one: &Professional,
        at: Timestamp,
        act: impl FnOnce(&Call<'_>) -> T,
    ) -> Result<T, GrowError> {
        let name = self.country.people.get(one.person).map_or(String::new(), Person::name);
        let place = self.place(one.place);
        let caller = Caller {
            actor: Actor {
                person: Some(self.id(one.person)),
                role: self.role(one.profession.role())?,
                organisation: place.and_then(|place| self.organisation(place)),
            },
            name: Personal::new(name),
            organisation_name: place.map(|place| place.name.clone()),
            on_behalf_of: None,
            authenticated_at: Some(at),
        };
        Ok(self.run(caller, at, act))
    }

    fn as_citizen(
        &self,
        person: &Person,
        at: Timestamp,
        act: impl FnOnce(&Call<'_>) -> Result<(), Error>,
    ) -> Result<(), GrowError> {
        let caller = Caller {
            actor: Actor {
                person: Some(self.id(person.index)),
                role: self.role("citizen")?,
                organisation: None,
            },
            name: Personal::new(person.name()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: Some(at),
        };
        self.run(caller, at, act).map_err(GrowError::from)
    }

    fn run<T>(&self, caller: Caller, at: Timestamp, act: impl FnOnce(&Call<'_>) -> T) -> T {
        let call = register::Call { caller, now: at };
        act(&Call { register: self.register, call: &call, randomness: self.randomness })
    }

    fn role(&self, name: &str) -> Result<notice::policy::RoleId, GrowError> {
        self.register.policy().role_id(name).ok_or_else(|| GrowError::Role(name.to_owned()))
    }
}
