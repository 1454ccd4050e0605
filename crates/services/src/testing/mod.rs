//! For tests: a small country on the real register and the real notices, with a fixed clock and a fixed seed.
//!
//! Everyone in it is an official test person or made up.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod simulation;

mod dice;
mod model;
mod operations;

use jiff::civil::Date;
use notice::Id;
use notice::id::{Organisation, Person};
use register::testing::{SeededRandomness, TestRegister, caller, cpr};
use register::{Caller, Identifier, Personal};
use rust_decimal::Decimal;

use crate::basic_data::{Contact, Feed, Sex, import_person, register_custody};
use crate::professional::import_professional;
use crate::shared_medication_record::{
    ActivePeriod, CardVersion, Dosage, Dose, DoseTime, Drug, Handover, NewOrder, NewPrescription, Order,
    OrderKind, Period, Prescription, Quantity, Structure, Substitution, When, import, open_card, prescribe,
    see_own_card,
};
use crate::treatment_relation::{Kind, Source, register_relation};
use crate::{Call, presentation};

/// Official test persons.
pub const NANCY: &str = "2512489996";
/// A parent.
pub const MAX: &str = "0107729995";
/// A child born in 2015.
pub const BO: &str = "0212159995";
/// A citizen of no special standing.
pub const EINER: &str = "0201609995";

/// A register with people, professionals and organisations in it.
#[derive(Debug)]
pub struct Country {
    /// The register, its clock and its notices.
    pub house: TestRegister,
    /// Randomness of the services.
    pub randomness: SeededRandomness,
    /// The patient.
    pub nancy: Id<Person>,
    /// The parent of Bo.
    pub max: Id<Person>,
    /// A child of 10.
    pub bo: Id<Person>,
    /// Another citizen.
    pub einer: Id<Person>,
    /// A doctor at the practice.
    pub doctor: Id<Person>,
    /// A doctor elsewhere.
    pub other_doctor: Id<Person>,
    /// A nurse at the practice.
    pub nurse: Id<Person>,
    /// A pharmacist.
    pub pharmacist: Id<Person>,
    /// A practice.
    pub practice: Id<Organisation>,
    /// A hospital where nobody is known.
    pub hospital: Id<Organisation>,
    /// A pharmacy.
    pub pharmacy: Id<Organisation>,
}

impl Country {
    /// At 09:00 UTC on 21 November 2026: Nancy and Bo are in the treatment of the practice; nobody has medicine.
    #[must_use]
    pub fn new() -> Self {
        Self::in_house(TestRegister::new())
    }

    /// The same people in a register of its own making.
    #[must_use]
    pub fn in_house(house: TestRegister) -> Self {
        let person = |number: &str| house.register.person(&cpr(number));
        let by_authorisation = |id: &str| {
            let id = register::AuthorisationId::parse(id).unwrap();
            house.register.person(&Identifier::Authorisation(id))
        };
        let country = Self {
            nancy: person(NANCY),
            max: person(MAX),
            bo: person(BO),
            einer: person(EINER),
            doctor: by_authorisation("0TST1"),
            other_doctor: by_authorisation("0TST2"),
            nurse: by_authorisation("0TST3"),
            pharmacist: by_authorisation("0TST4"),
            practice: Id::from_bits(0xa1),
            hospital: Id::from_bits(0xa2),
            pharmacy: Id::from_bits(0xa3),
            randomness: SeededRandomness::new(7),
            house,
        };
        country.people_arrive();
        country.professionals_arrive();
        country
    }

    fn people_arrive(&self) {
        let named = [
            (NANCY, "Nancy Ann Berggren"),
            (MAX, "Max Berggren"),
            (BO, "Bo Berggren"),
            (EINER, "Einer Lauridsen"),
        ];
        let people = named.map(|(number, name)| imported(number, name)).to_vec();
        let system = self.caller("system", None, None);
        self.act(&system, |at| import_person::run(at, import_person::Request { feed: Feed::First, people }))
            .unwrap();
        let cpr = self.caller("cpr", None, None);
        let custodies = vec![register_custody::NewCustody {
            child: self.bo,
            child_birth_date: jiff::civil::date(2015, 12, 2),
            child_name: "Bo Berggren".into(),
            holder: self.max,
            holder_name: "Max Berggren".into(),
            from: "2015-12-02T00:00:00Z".parse().unwrap(),
        }];
        self.act(&cpr, |at| register_custody::run(at, register_custody::Request { custodies })).unwrap();
        for patient in [self.nancy, self.bo] {
            self.treats(patient, Source::GpList);
        }
    }

    fn professionals_arrive(&self) {
        let staff = [("0TST1", "doctor"), ("0TST2", "doctor"), ("0TST3", "nurse"), ("0TST4", "pharmacist")];
        let professionals = staff.map(|(id, profession)| import_professional::ImportedProfessional {
            number: None,
            authorisation_id: register::AuthorisationId::parse(id).unwrap(),
            name: format!("Test {profession}"),
            profession: profession.into(),
            workplace: None,
            organisation: None,
            from: "2020-01-01T00:00:00Z".parse().unwrap(),
            until: None,
        });
        let system = self.caller("system", None, None);
        let request =
            import_professional::Request { feed: Feed::First, professionals: professionals.to_vec() };
        self.act(&system, |at| import_professional::run(at, request)).unwrap();
    }

    /// A source says that the practice treats somebody from now on.
    pub fn treats(&self, patient: Id<Person>, source: Source) -> register_relation::Output {
        let request = register_relation::Request {
            patient,
            organisation: self.practice,
            organisation_name: "Lægerne Torvet".into(),
            professional: None,
            kind: Kind::OwnPractice,
            from: self.house.register.call(self.caller("system", None, None)).now,
            until: None,
            source,
        };
        self.act(&self.caller("system", None, None), |at| register_relation::run(at, request)).unwrap()
    }

    /// A caller in a role.
    #[must_use]
    pub fn caller(
        &self,
        role: &str,
        person: Option<Id<Person>>,
        organisation: Option<Id<Organisation>>,
    ) -> Caller {
        let mut caller = caller(&self.house.policy, role, person, organisation);
        caller.name = Personal::new(format!("Test {role}"));
        caller.organisation_name = organisation.map(|_| "Lægerne Torvet".to_owned());
        caller.authenticated_at = Some(self.house.register.call(caller.clone()).now);
        caller
    }

    /// The doctor who treats Nancy and Bo.
    #[must_use]
    pub fn doctor(&self) -> Caller {
        self.caller("doctor", Some(self.doctor), Some(self.practice))
    }

    /// A doctor whom nobody knows to treat anyone.
    #[must_use]
    pub fn other_doctor(&self) -> Caller {
        self.caller("doctor", Some(self.other_doctor), Some(self.hospital))
    }

    /// The pharmacist.
    #[must_use]
    pub fn pharmacist(&self) -> Caller {
        self.caller("pharmacist", Some(self.pharmacist), Some(self.pharmacy))
    }

    /// A citizen who has just logged in.
    #[must_use]
    pub fn citizen(&self, person: Id<Person>) -> Caller {
        self.caller("citizen", Some(person), None)
    }

    /// One call of one action.
    pub fn act<T>(&self, caller: &Caller, action: impl FnOnce(&Call<'_>) -> T) -> T {
        let call = self.house.register.call(caller.clone());
        action(&Call { register: &self.house.register, call: &call, randomness: &self.randomness })
    }

    /// The version of a person's card as it stands.
    #[must_use]
    pub fn version(&self, patient: Id<Person>) -> CardVersion {
        self.act(&self.citizen(patient), |at| see_own_card::run(at, see_own_card::Request {}))
            .unwrap()
            .version
    }

    /// The order as the person sees it.
    #[must_use]
    pub fn order(&self, patient: Id<Person>, order: Id<notice::id::Record>) -> Order {
        let card =
            self.act(&self.citizen(patient), |at| see_own_card::run(at, see_own_card::Request {})).unwrap();
        card.orders.into_iter().find(|found| found.id == order).unwrap()
    }

    /// The doctor opens a card.
    ///
    /// # Errors
    /// As the action.
    pub fn opens(
        &self,
        caller: &Caller,
        patient: Id<Person>,
    ) -> Result<crate::shared_medication_record::MedicineCard, open_card::Error> {
        self.act(caller, |at| open_card::run(at, open_card::Request { patient }))
    }

    /// The doctor orders a medicine with a prescription.
    pub fn prescribes(&self, patient: Id<Person>, drug: &str, atc: &str) -> (Order, Prescription) {
        let request = prescribe::Request {
            patient,
            version: self.version(patient),
            treatment: prescribe::Treatment::New(Box::new(new_order(drug, atc))),
            prescription: Some(new_prescription()),
        };
        let written = self.act(&self.doctor(), |at| prescribe::run(at, request)).unwrap();
        (written.order, written.prescription.unwrap())
    }

    /// A person sends her prescriptions to the pharmacy.
    pub fn presents(&self, person: Id<Person>) -> presentation::present::Output {
        let request = presentation::present::Request {
            person,
            pharmacy: self.pharmacy,
            pharmacy_name: "Torvets Apotek".into(),
        };
        self.act(&self.citizen(person), |at| presentation::present::run(at, request)).unwrap()
    }
}

impl Default for Country {
    fn default() -> Self {
        Self::new()
    }
}

/// A person as the civil register sends her.
#[must_use]
pub fn imported(number: &str, name: &str) -> import_person::ImportedPerson {
    let Identifier::Cpr(parsed) = cpr(number) else { panic!("a number") };
    import_person::ImportedPerson {
        birth_date: parsed.birth_date(),
        number: Identifier::Cpr(parsed),
        replaces: None,
        name: name.into(),
        address: "Testvej 1, 8000 Aarhus C".into(),
        protection: import_person::Protection::Open,
        insurance_group: "1".into(),
        general_practitioner: Some("Lægerne Torvet".into()),
        sex: Sex::Female,
        status: "01".into(),
        contact: Contact::default(),
    }
}

/// One tablet in the morning, open-ended.
#[must_use]
pub fn one_each_morning() -> Dosage {
    tablets("1", When::Morning)
}

/// So many tablets every day.
#[must_use]
pub fn tablets(amount: &str, when: When) -> Dosage {
    let quantity = Quantity(amount.parse::<Decimal>().unwrap());
    let dose = DoseTime { day: 1, when, dose: Dose::Exactly { quantity } };
    let fixed = Structure { every_days: 1, doses: vec![dose], instruction: None, apart_hours: None };
    Dosage::Structured {
        unit: "tablet".into(),
        units: "tabletter".into(),
        periods: vec![Period { days: None, fixed: Some(fixed), as_needed: None }],
    }
}

/// An order from 1 November 2026 on.
#[must_use]
pub fn new_order(drug: &str, atc: &str) -> NewOrder {
    NewOrder {
        kind: OrderKind::ByProfessional,
        drug: Drug {
            name: drug.into(),
            drug_id: Some("28101606385".into()),
            atc: Some(atc.into()),
            form: Some("tabletter".into()),
            strength: Some("10 mg".into()),
        },
        route: Some("gennem munden".into()),
        indication: Some("forhøjet blodtryk".into()),
        dosage: one_each_morning(),
        active: ActivePeriod { from: Date::constant(2026, 11, 1), until: None },
        substitution: Substitution::Allowed,
        handover: Handover::Prescription,
    }
}

/// An order with a prescription, as another system sends it, and one handing over.
#[must_use]
pub fn imported_order(country: &Country, made: &str, dispensed: &str) -> import::ImportedOrder {
    let made: jiff::Timestamp = made.parse().unwrap();
    let NewPrescription { package_number, package_size, packages, iterations, .. } = new_prescription();
    let valid_from = crate::call::civil_day(made);
    let dispensing = import::ImportedDispensing {
        at: dispensed.parse().unwrap(),
        packages: 1,
        pharmacy: "Torvets Apotek".into(),
    };
    let prescription = import::ImportedPrescription {
        issued_at: made,
        package_number,
        package_size,
        packages,
        iterations,
        valid_from,
        valid_until: valid_from.checked_add(jiff::Span::new().years(2)).unwrap(),
        dispensings: vec![dispensing],
    };
    import::ImportedOrder {
        order: new_order("Amlodipin", "C08CA01"),
        created_at: made,
        prescriber: import::Prescriber {
            person: Some(country.doctor),
            name: "Test doctor".into(),
            authorisation_id: "0TST1".into(),
            organisation: "Lægerne Torvet".into(),
        },
        paused: None,
        ended: None,
        reviewed: None,
        mark: import::Mark::Plain,
        prescriptions: vec![prescription],
    }
}

/// One package of 100, three times.
#[must_use]
pub fn new_prescription() -> NewPrescription {
    NewPrescription {
        package_number: "123456".into(),
        package_size: Some(100),
        packages: 1,
        iterations: 3,
        valid_from: None,
        valid_until: None,
    }
}
