//! The country goes into the register by the feeds that the notices name, and by no other way.

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, ToSpan};
use notice::id::{Organisation, Person as PersonKind};
use notice::{Actor, Id};
use register::{
    AuthorisationId, Caller, Cpr, Identifier, OrganisationNumber, Personal, Randomness, Register,
};
use services::Call;
use services::basic_data::{Contact, Feed, Sex, import_person, register_custody, report_death};
use services::professional::import_professional;
use services::shared_medication_record::import::{
    self as cards, ImportedCard, ImportedDispensing, ImportedOrder, ImportedPrescription, Mark, Prescriber,
};
use services::shared_medication_record::{
    ActivePeriod, Drug as CardDrug, Ended, EndedReason, Handover, NewOrder, OrderKind, Pause, Substitution,
};
use services::treatment_relation::{Kind as RelationKind, Source, import_relations, register_relation};

use super::country::Country;
use super::dice::Dice;
use super::dosage;
use super::drugs::{self, DRUGS};
use super::growth::GrowError;
use super::life::{Prescription, Treatment};
use super::person::{self, Number, Person};
use super::place::{Kind, Place};
use super::staff::Professional;

/// People that one call of a feed carries.
pub(super) const BATCH: usize = 500;

/// Carries a country into a register.
#[derive(Debug)]
pub(super) struct Importer<'a> {
    pub(super) country: &'a Country,
    pub(super) register: &'a Register,
    pub(super) randomness: &'a dyn Randomness,
    pub(super) now: Timestamp,
    people: Vec<Id<PersonKind>>,
}

impl<'a> Importer<'a> {
    /// An importer that knows everybody's id.
    pub(super) fn new(
        country: &'a Country,
        register: &'a Register,
        randomness: &'a dyn Randomness,
        now: Timestamp,
    ) -> Self {
        let people = country.people.iter().map(|person| id_of(register, &person.number)).collect();
        Self { country, register, randomness, now, people }
    }

    /// The id of a person of the country.
    pub(super) fn id(&self, person: usize) -> Id<PersonKind> {
        self.people.get(person).copied().unwrap_or(Id::from_bits(0))
    }

    /// Runs something as a system of the notices; its name is what the citizen reads in the log.
    pub(super) fn as_system<T>(
        &self,
        role: &str,
        name: &str,
        act: impl FnOnce(&Call<'_>) -> Result<T, services::Error>,
    ) -> Result<T, GrowError> {
        let role_id = self.register.policy().role_id(role).ok_or_else(|| GrowError::Role(role.to_owned()))?;
        let caller = Caller {
            actor: Actor { person: None, role: role_id, organisation: None },
            name: Personal::new(name.to_owned()),
            organisation_name: None,
            on_behalf_of: None,
            authenticated_at: None,
        };
        let call = register::Call { caller, now: self.now };
        act(&Call { register: self.register, call: &call, randomness: self.randomness })
            .map_err(GrowError::from)
    }

    /// Whether the notices still let us hold anything about a person: basic data goes a year after death.
    pub(super) fn is_held(&self, person: &Person) -> bool {
        person.died.is_none_or(|died| died.saturating_add(1.year()) > self.country.origin.today)
    }

    /// The civil register sends people; returns how many.
    pub(super) fn import_people(&self, people: &[&Person]) -> Result<(), GrowError> {
        let feed = people.iter().map(|person| self.person(person)).collect::<Result<Vec<_>, _>>()?;
        self.as_system("system", "CPR-registret", |at| {
            import_person::run(at, import_person::Request { feed: Feed::First, people: feed })
        })
        .map(drop)
    }

    fn person(&self, person: &Person) -> Result<import_person::ImportedPerson, GrowError> {
        let practice = self.place(person.practice).map(|place| place.name.clone());
        Ok(import_person::ImportedPerson {
            number: identifier(&person.number).ok_or(GrowError::Number)?,
            replaces: None,
            name: person.name(),
            address: format!("{}, {} {}", person.address.street, person.address.code, person.address.town),
            protection: if person.protected {
                import_person::Protection::Protected
            } else {
                import_person::Protection::Open
            },
            insurance_group: person.insurance_group.to_string(),
            general_practitioner: practice,
            birth_date: person.born,
            sex: match person.sex {
                person::Sex::Female => Sex::Female,
                person::Sex::Male => Sex::Male,
            },
            status: "01".to_owned(),
            contact: Contact::default(),
        })
    }

    /// The civil register reports a death.
    pub(super) fn report_death(&self, person: &Person, died: Date) -> Result<(), GrowError> {
        let request =
            report_death::Request { person: self.id(person.index), report: report_death::Report::Died(died) };
        self.as_system("cpr", "CPR-registret", |at| report_death::run(at, request))
    }

    /// The authorisation register sends professionals.
    pub(super) fn import_staff(&self, staff: &[Professional]) -> Result<(), GrowError> {
        let professionals = staff.iter().map(|one| self.professional(one)).collect::<Result<Vec<_>, _>>()?;
        let request = import_professional::Request { feed: Feed::First, professionals };
        self.as_system("authorisation-register", "Autorisationsregisteret", |at| {
            import_professional::run(at, request)
        })
        .map(drop)
    }

    fn professional(
        &self,
        one: &Professional,
    ) -> Result<import_professional::ImportedProfessional, GrowError> {
        let person = self.country.people.get(one.person).ok_or(GrowError::Number)?;
        let place = self.place(one.place);
        Ok(import_professional::ImportedProfessional {
            number: identifier(&person.number),
            authorisation_id: AuthorisationId::parse(&one.authorisation).map_err(|_| GrowError::Number)?,
            name: person.name(),
            profession: one.profession.role().to_owned(),
            workplace: place.map(|place| place.name.clone()),
            organisation: place.map(|place| place.name.clone()),
            from: midnight(one.since),
            until: None,
        })
    }

    /// The practices and hospitals tell whom they treat.
    pub(super) fn import_relations(
        &self,
        relations: Vec<register_relation::Request>,
    ) -> Result<(), GrowError> {
        self.as_system("source-system", "Landspatientregisteret", |at| {
            import_relations::run(at, import_relations::Request { relations })
        })
        .map(drop)
    }

    /// The list of a person's own practice.
    pub(super) fn own_practice(&self, person: &Person) -> Option<register_relation::Request> {
        let place = self.place(person.practice)?;
        let from = self.country.origin.today.saturating_sub(Span::new().years(12)).max(person.born);
        self.relation(person, place, RelationKind::OwnPractice, Source::GpList, midnight(from), None)
    }

    /// A visit to a department.
    pub(super) fn visit(
        &self,
        person: &Person,
        place: &Place,
        from: Timestamp,
        until: Timestamp,
    ) -> Option<register_relation::Request> {
        self.relation(person, place, RelationKind::Visit, Source::PatientRegister, from, Some(until))
    }

    /// A visit to a practice today: it began a while ago and is the practice's until the day is over.
    pub(super) fn consultation(
        &self,
        person: &Person,
        place: &Place,
        dice: &mut Dice,
    ) -> Option<register_relation::Request> {
        let today = services::call::civil_day(self.now);
        let ago = Span::new().minutes(dice.between(5, 240));
        let from = self.now.saturating_sub(ago).unwrap_or(self.now).max(midnight(today));
        let until = midnight(today.tomorrow().ok()?);
        self.relation(person, place, RelationKind::Visit, Source::GpServices, from, Some(until))
    }

    fn relation(
        &self,
        person: &Person,
        place: &Place,
        kind: RelationKind,
        source: Source,
        from: Timestamp,
        until: Option<Timestamp>,
    ) -> Option<register_relation::Request> {
        Some(register_relation::Request {
            patient: self.id(person.index),
            organisation: self.organisation(place)?,
            organisation_name: place.name.clone(),
            professional: None,
            kind,
            from,
            until,
            source,
        })
    }

    /// The civil register sends who has custody of a child under 15.
    pub(super) fn import_custody(
        &self,
        custodies: Vec<register_custody::NewCustody>,
    ) -> Result<(), GrowError> {
        self.as_system("cpr", "CPR-registret", |at| {
            register_custody::run(at, register_custody::Request { custodies })
        })
        .map(drop)
    }

    /// Custody of a child by those of its parents who live.
    pub(super) fn custody(&self, child: &Person) -> Vec<register_custody::NewCustody> {
        let parents = child.parents.iter().filter_map(|parent| self.country.people.get(*parent));
        parents
            .filter(|parent| parent.died.is_none())
            .map(|parent| register_custody::NewCustody {
                child: self.id(child.index),
                child_birth_date: child.born,
                child_name: child.name(),
                holder: self.id(parent.index),
                holder_name: parent.name(),
                from: midnight(child.born),
            })
            .collect()
    }

    /// The systems of doctors and pharmacies send cards; returns how many records.
    pub(super) fn import_cards(&self, people: &[&Person]) -> Result<usize, GrowError> {
        let cards: Vec<ImportedCard> = people
            .iter()
            .map(|person| ImportedCard {
                patient: self.id(person.index),
                orders: self
                    .country
                    .life(person)
                    .treatments
                    .iter()
                    .filter_map(|treatment| self.order(treatment))
                    .collect(),
            })
            .filter(|card| !card.orders.is_empty())
            .collect();
        self.as_system("system", "Recept- og medicinsystemerne", |at| {
            cards::run(at, cards::Request { cards })
        })
        .map(|output| output.records)
    }

    /// An order, unless the notices would have erased it: two years after it was made and after its last dispensing.
    fn order(&self, treatment: &Treatment) -> Option<ImportedOrder> {
        let drug = DRUGS.get(treatment.drug)?;
        let dispensed = treatment
            .prescriptions
            .iter()
            .flat_map(|prescription| &prescription.dispensed)
            .map(|one| one.at)
            .max();
        if !self.still_held(dispensed.unwrap_or(treatment.ordered).max(treatment.ordered)) {
            return None;
        }
        let halves = treatment.changed.map_or(2, |(_, halves)| halves);
        let by = self.prescriber(treatment.prescriber);
        let ended = self.ended(treatment, &by.name);
        Some(ImportedOrder {
            order: NewOrder {
                kind: OrderKind::ByProfessional,
                drug: CardDrug {
                    name: drug.name.to_owned(),
                    drug_id: Some(drugs::drug_id(treatment.drug)),
                    atc: Some(drug.atc.to_owned()),
                    form: Some(drug.form.to_owned()),
                    strength: Some(drug.strength.to_owned()),
                },
                route: Some(dosage::route(drug).to_owned()),
                indication: Some(drug.indication.0.to_owned()),
                dosage: dosage::of(drug, halves),
                active: ActivePeriod { from: treatment.from, until: treatment.until },
                substitution: Substitution::Allowed,
                handover: Handover::Prescription,
            },
            created_at: instant(treatment.ordered),
            paused: treatment.paused.map(|at| Pause {
                from: at.date(),
                until: None,
                by: by.name.clone(),
                reason: None,
            }),
            prescriber: by,
            ended,
            reviewed: None,
            mark: if treatment.private { Mark::Private } else { Mark::Plain },
            prescriptions: treatment
                .prescriptions
                .iter()
                .filter_map(|one| self.prescription(treatment.drug, one))
                .collect(),
        })
    }

    fn ended(&self, treatment: &Treatment, by: &str) -> Option<Ended> {
        let today = self.country.origin.today;
        let expired = treatment
            .until
            .filter(|until| *until < today)
            .map(|until| (until.at(23, 59, 0, 0), EndedReason::Expired));
        let (at, reason) = treatment.stopped.map(|at| (at, EndedReason::Stopped)).or(expired)?;
        Some(Ended { at: instant(at), reason, by: by.to_owned(), note: None })
    }

    /// A prescription, unless the notices would have erased it.
    fn prescription(&self, drug: usize, one: &Prescription) -> Option<ImportedPrescription> {
        let last =
            one.dispensed.iter().map(|dispensed| dispensed.at).max().unwrap_or(one.issued).max(one.issued);
        if !self.still_held(last) {
            return None;
        }
        let size = DRUGS.get(drug).and_then(|drug| drug.packs.get(one.pack)).copied();
        Some(ImportedPrescription {
            issued_at: instant(one.issued),
            package_number: drugs::package_number(drug, one.pack),
            package_size: size.map(u32::from),
            packages: 1,
            iterations: one.iterations.into(),
            valid_from: one.issued.date(),
            valid_until: one.issued.date().saturating_add(2.years()),
            dispensings: one
                .dispensed
                .iter()
                .filter(|dispensed| self.still_held(dispensed.at))
                .map(|dispensed| self.dispensing(*dispensed))
                .collect(),
        })
    }

    fn dispensing(&self, one: super::life::Dispensed) -> ImportedDispensing {
        let place = self.country.staff.get(one.pharmacist).and_then(|staff| self.place(staff.place));
        ImportedDispensing {
            at: instant(one.at),
            packages: 1,
            pharmacy: place.map_or(String::new(), |place| place.name.clone()),
        }
    }

    /// Two years have not passed on the country's day (rules F-15, F-16).
    fn still_held(&self, at: DateTime) -> bool {
        let due = at.saturating_add(2.years());
        instant(due) > self.now
    }

    fn prescriber(&self, staff: usize) -> Prescriber {
        let one = self.country.staff.get(staff);
        let person = one.and_then(|one| self.country.people.get(one.person));
        let place = one.and_then(|one| self.place(one.place));
        Prescriber {
            person: person.map(|person| self.id(person.index)),
            name: person.map_or(String::new(), Person::name),
            authorisation_id: one.map_or(String::new(), |one| one.authorisation.clone()),
            organisation: place.map_or(String::new(), |place| place.name.clone()),
        }
    }

    pub(super) fn place(&self, index: usize) -> Option<&Place> {
        self.country.places.get(index)
    }

    /// The organisation of the register behind a place.
    pub(super) fn organisation(&self, place: &Place) -> Option<Id<Organisation>> {
        organisation(self.register, place)
    }
}

/// The organisation of a register behind a place of the country.
pub(super) fn organisation(register: &Register, place: &Place) -> Option<Id<Organisation>> {
    let number = match &place.kind {
        Kind::Practice(number) | Kind::Dental(number) => {
            OrganisationNumber::Yder(register::identifier::Yder::parse(number).ok()?, None)
        }
        Kind::Department(number) => OrganisationNumber::Sor(register::identifier::Sor::parse(number).ok()?),
        Kind::Pharmacy(number) => OrganisationNumber::Gln(register::identifier::Gln::parse(number).ok()?),
    };
    Some(register.organisation(&number))
}

/// The identifier of a number.
pub(super) fn identifier(number: &Number) -> Option<Identifier> {
    match number {
        Number::Cpr(text) => Cpr::parse(text).ok().map(Identifier::Cpr),
        Number::Replacement(text) => {
            register::identifier::Replacement::parse(text).ok().map(Identifier::Replacement)
        }
    }
}

/// The id of the person behind a number.
pub(super) fn id_of(register: &Register, number: &Number) -> Id<PersonKind> {
    identifier(number).map_or(Id::from_bits(0), |identifier| register.person(&identifier))
}

/// The instant of a civil time in Denmark.
pub(super) fn instant(at: DateTime) -> Timestamp {
    at.to_zoned(services::call::zone()).map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}

/// The instant at which a day begins in Denmark.
pub(super) fn midnight(day: Date) -> Timestamp {
    services::call::day_begins(day)
}
