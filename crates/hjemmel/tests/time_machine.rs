//! Ten years with the time machine: what is due goes on its day, and nothing is readable after its date.
#![cfg(feature = "demo")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::sync::Arc;

use hjemmel::demo::clock::DemoClock;
use hjemmel::demo::country::{Country, Origin};
use hjemmel::demo::state::State;
use hjemmel::demo::{self, Persona, TimeMachine};
use hjemmel::machine::SystemRandomness;
use jiff::{Span, Timestamp};
use notice::Actor;
use register::{Caller, Clock, Corpus, Personal, Register};
use services::shared_medication_record::{MedicineCard, see_own_card};
use services::treatment_relation::my_patients_today;
use services::what_goes_when::see_own;

struct House {
    register: Register,
    clock: Arc<DemoClock>,
    time: TimeMachine,
    citizen: Persona,
    doctor: Persona,
    records: usize,
    _folder: tempfile::TempDir,
}

fn house(people: usize) -> House {
    let origin = Origin { seed: 7, people, today: jiff::civil::date(2026, 11, 21) };
    let country = Country::grow(origin);
    let now = State::morning(origin.today).unwrap();
    let clock = Arc::new(DemoClock::at(now));
    let folder = tempfile::tempdir().unwrap();
    let files = hjemmel::corpus::built_in();
    let policy = Arc::new(hjemmel::corpus::compile(&files).unwrap());
    let corpus = Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() };
    let zone = services::call::zone();
    let config =
        register::Config::new(folder.path().join("database"), folder.path().join("keys"), zone.clone());
    let register =
        Register::open(&config, policy, corpus, clock.clone(), Arc::new(SystemRandomness::new())).unwrap();
    let records = demo::grow(&country, &register, &SystemRandomness::new(), now, &mut |_| {}).unwrap();
    let time = TimeMachine::new(register.clone(), clock.clone(), zone);
    let persona = |key: &str| {
        demo::personas(&country, &register).into_iter().find(|persona| persona.key == key).unwrap()
    };
    let (citizen, doctor) = (persona("citizen"), persona("doctor"));
    House { register, clock, time, citizen, doctor, records, _folder: folder }
}

impl House {
    fn as_citizen<T>(&self, act: impl FnOnce(&services::Call<'_>) -> T) -> T {
        self.as_persona(&self.citizen, act)
    }

    fn as_persona<T>(&self, persona: &Persona, act: impl FnOnce(&services::Call<'_>) -> T) -> T {
        let caller = Caller {
            actor: Actor {
                person: persona.person,
                role: self.register.policy().role_id(persona.role).unwrap(),
                organisation: persona.organisation,
            },
            name: Personal::new(persona.name.clone()),
            organisation_name: persona.organisation_name.clone(),
            on_behalf_of: None,
            authenticated_at: Some(self.clock.now()),
        };
        let call = self.register.call(caller);
        let randomness = SystemRandomness::new();
        act(&services::Call { register: &self.register, call: &call, randomness: &randomness })
    }

    fn card(&self) -> MedicineCard {
        self.as_citizen(|at| see_own_card::run(at, see_own_card::Request {}).unwrap())
    }

    fn travel_years(&self, years: i64) -> BTreeMap<(String, &'static str), u64> {
        let to =
            self.clock.now().to_zoned(services::call::zone()).checked_add(Span::new().years(years)).unwrap();
        let journey = self.time.travel(to.timestamp(), |_| {}).unwrap();
        assert_eq!(journey.braked, 0, "the brake took an expected day for a surplus");
        journey.acts
    }

    fn due_dates(&self) -> Vec<Timestamp> {
        let card = self.card();
        let orders = card.orders.iter().map(|one| one.due_at);
        let prescriptions = card.prescriptions.iter().map(|one| one.due_at);
        let dispensings = card.dispensings.iter().map(|one| one.due_at);
        orders.chain(prescriptions).chain(dispensings).flatten().collect()
    }
}

// rules F-15 to F-17, N-18
#[test]
fn nothing_is_readable_after_its_date_in_ten_years() {
    let house = house(150);
    assert!(house.card().orders.len() >= 8, "the card that the demonstration shows is rich");
    let mut erased: BTreeMap<(String, &'static str), u64> = BTreeMap::new();
    for _year in 0..10 {
        for (of, many) in house.travel_years(1) {
            *erased.entry(of).or_default() += many;
        }
        let now = house.clock.now();
        assert!(house.due_dates().iter().all(|due| *due > now));
        let plan = house.as_citizen(|at| see_own::run(at, see_own::Request {}).unwrap());
        let late = plan
            .groups
            .iter()
            .flat_map(|group| &group.items)
            .filter(|item| item.due_at.is_some_and(|due| due <= now))
            .count();
        assert_eq!(late, 0);
    }
    let card = house.card();
    assert!(
        card.prescriptions.is_empty() && card.dispensings.is_empty(),
        "two years after the last dispensing all is gone"
    );
    let medicine: u64 =
        erased.iter().filter(|((register, _), _)| register.starts_with("fmk.")).map(|(_, many)| many).sum();
    assert!(
        medicine as usize > house.records * 9 / 10,
        "{medicine} of {} records went: {erased:?}",
        house.records
    );
    assert!(erased.keys().any(|(register, verb)| register == "nsp.mylog" && *verb == "erase"), "{erased:?}");
    assert!(!house.register.receipts(10).unwrap().is_empty());
}

#[test]
fn time_does_not_move_back() {
    let house = house(110);
    let yesterday = house.clock.now().checked_sub(Span::new().hours(24)).unwrap();
    assert!(house.time.travel(yesterday, |_| {}).is_err());
}

#[test]
fn the_doctor_has_the_patients_of_the_day_and_not_the_list_of_the_practice() {
    let house = house(400);
    let today = || {
        house
            .as_persona(&house.doctor, |at| my_patients_today::run(at, my_patients_today::Request {}))
            .unwrap()
    };
    let patients = today();
    assert_eq!(patients.len(), 8);
    assert!(patients.iter().all(|patient| patient.name.is_some()));
    let nancy = patients.iter().find(|patient| Some(patient.person) == house.citizen.person).unwrap();
    assert_eq!(nancy.name.as_deref(), Some("Nancy Ann Berggren"));
    let tomorrow = house.clock.now() + jiff::SignedDuration::from_hours(24);
    house.time.travel(tomorrow, |_| {}).unwrap();
    assert!(today().is_empty(), "the day is over");
}
