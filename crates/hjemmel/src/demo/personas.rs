//! Who a visitor of the demonstration may be, with a line on what there is to see.

use notice::id::{Organisation, Person as PersonKind};
use notice::{Bilingual, Id};
use register::{Personal, Register};

use super::country::Country;
use super::import;
use super::official::{EINER, ELSE, NANCY};
use super::place::Kind;
use super::staff::{Profession, Professional};

/// Somebody to be.
#[derive(Clone, Debug)]
pub struct Persona {
    /// Key in the form.
    pub key: &'static str,
    /// Which pages: `citizen`, `professional`, `pharmacy`, `officer`, `reviewer`, `operator`.
    pub kind: server::Persona,
    /// Who it is.
    pub title: Bilingual,
    /// What there is to see.
    pub line: Bilingual,
    /// The role of the notices.
    pub role: &'static str,
    /// The person of the register, if it is one.
    pub person: Option<Id<PersonKind>>,
    /// For whom the person acts.
    pub organisation: Option<Id<Organisation>>,
    /// The name in the log.
    pub name: String,
    /// The name of the organisation.
    pub organisation_name: Option<String>,
}

impl Persona {
    /// The persona as the server's login knows it; nothing if the notices have no such role.
    #[must_use]
    pub fn to_server(&self, register: &Register) -> Option<server::demo::DemoPersona> {
        Some(server::demo::DemoPersona {
            key: self.key.to_owned(),
            title: self.title.clone(),
            line: self.line.clone(),
            identity: server::session::Identity {
                issuer: "demo".to_owned(),
                subject: Personal::new(self.key.to_owned()),
                persona: self.kind,
                person: self.person,
                role: register.policy().role_id(self.role)?,
                organisation: self.organisation,
                name: Personal::new(self.name.clone()),
                organisation_name: self.organisation_name.clone(),
                on_behalf_of: None,
                logout_hint: None,
            },
        })
    }
}

/// Everybody whom a visitor may be.
#[must_use]
pub fn personas(country: &Country, register: &Register) -> Vec<Persona> {
    let cast = Cast { country, register };
    let mut all = Vec::new();
    all.extend(cast.citizen(
        "citizen",
        NANCY,
        "Nancy tager mange slags medicin. Se kortet, hvem der har kigget, og hvad der snart slettes.",
        "Nancy takes many medicines. See her card, who looked, and what will be erased soon.",
    ));
    all.extend(cast.citizen(
        "parent",
        ELSE,
        "Else har forældremyndigheden over Bo, som fylder 15 i 2030. Rejs derhen med tidsmaskinen.",
        "Else has custody of Bo, who turns 15 in 2030. Travel there with the time machine.",
    ));
    all.extend(cast.citizen(
        "positive",
        EINER,
        "Einer er testet positiv for COVID-19. Advar dem, han har været tæt på, uden at nogen får hans navn.",
        "Einer has tested positive for COVID-19. Warn those he was close to without anybody learning his name.",
    ));
    all.extend(cast.professional(
        "doctor",
        cast.treating(),
        "Nancys egen læge. Åbn hendes kort, ret en dosis, og se ændringen, før den sker.",
        "Nancy's own doctor. Open her card, change a dose, and see the change before it happens.",
    ));
    all.extend(cast.professional(
        "stranger",
        cast.stranger(),
        "En læge i akutafdelingen, som ikke behandler Nancy. Prøv at åbne hendes kort (251248-9996).",
        "A doctor of the emergency department who does not treat Nancy. Try to open her card (251248-9996).",
    ));
    all.extend(cast.professional(
        "pharmacist",
        cast.pharmacist(),
        "Apoteket, hvor Nancy henter sin medicin. Udlevér på en recept, hun har sendt hertil (251248-9996).",
        "The pharmacy where Nancy gets her medicine. Dispense on a prescription that she has sent here (251248-9996).",
    ));
    all.push(office(
        "officer",
        server::Persona::Officer,
        "controller",
        ("Databeskyttelsesrådgiveren", "The data protection officer"),
        (
            "Er det sandt, hvad vi lover? Se løfterne, urene og hvad der falder for hvornår.",
            "Is what we promise true? See the promises, the clocks and what falls due when.",
        ),
    ));
    all.push(office(
        "reviewer",
        server::Persona::Reviewer,
        "reviewer",
        ("Efterkontrolløren", "The reviewer of emergency access"),
        (
            "En læge har taget nødadgang til Nancys kort. Var det rimeligt?",
            "A doctor took emergency access to Nancy's card. Was it reasonable?",
        ),
    ));
    all.push(office(
        "operator",
        server::Persona::Operator,
        "supplier",
        ("Driftsvagten", "The operator"),
        ("Går det godt? Ingen rettigheder til indhold.", "Is all well? No rights to content."),
    ));
    all.push(office(
        "second-operator",
        server::Persona::Operator,
        "supplier",
        ("Driftsvagtens makker", "The second operator"),
        (
            "Lad et land sende alt for meget, og beslut to sammen, hvad der skal ske med det.",
            "Let a country send far too much, and decide together what becomes of it.",
        ),
    ));
    all
}

struct Cast<'a> {
    country: &'a Country,
    register: &'a Register,
}

impl Cast<'_> {
    fn citizen(&self, key: &'static str, number: &str, da: &str, en: &str) -> Option<Persona> {
        let person = self.country.by_number(number)?;
        Some(Persona {
            key,
            kind: server::Persona::Citizen,
            title: Bilingual { da: person.name(), en: person.name() },
            line: Bilingual { da: da.to_owned(), en: en.to_owned() },
            role: "citizen",
            person: Some(import::id_of(self.register, &person.number)),
            organisation: None,
            name: person.name(),
            organisation_name: None,
        })
    }

    fn professional(
        &self,
        key: &'static str,
        one: Option<&Professional>,
        da: &str,
        en: &str,
    ) -> Option<Persona> {
        let one = one?;
        let person = self.country.people.get(one.person)?;
        let place = self.country.places.get(one.place)?;
        let kind = match one.profession {
            Profession::Doctor | Profession::Dentist | Profession::Nurse => server::Persona::Professional,
            Profession::Pharmacist => server::Persona::Pharmacy,
        };
        let title = format!("{} {}, {}", one.profession.title(), person.name(), place.name);
        Some(Persona {
            key,
            kind,
            title: Bilingual { da: title.clone(), en: title },
            line: Bilingual { da: da.to_owned(), en: en.to_owned() },
            role: one.profession.role(),
            person: Some(import::id_of(self.register, &person.number)),
            organisation: import::organisation(self.register, place),
            name: person.name(),
            organisation_name: Some(place.name.clone()),
        })
    }

    fn treating(&self) -> Option<&Professional> {
        self.country.practitioner(self.country.by_number(NANCY)?)
    }

    fn stranger(&self) -> Option<&Professional> {
        stranger(self.country)
    }

    fn pharmacist(&self) -> Option<&Professional> {
        pharmacist(self.country)
    }
}

/// A doctor of the first department, where nobody among the personas is ever treated.
pub(super) fn stranger(country: &Country) -> Option<&Professional> {
    let department = country.departments().first().map(|place| place.index)?;
    country.at(department, Profession::Doctor).next()
}

/// A pharmacist of the pharmacy that the first practice sends its patients to.
pub(super) fn pharmacist(country: &Country) -> Option<&Professional> {
    let pharmacy = country.places.iter().find(|place| matches!(place.kind, Kind::Pharmacy(_)))?;
    country.at(pharmacy.index, Profession::Pharmacist).next()
}

fn office(
    key: &'static str,
    kind: server::Persona,
    role: &'static str,
    title: (&str, &str),
    line: (&str, &str),
) -> Persona {
    Persona {
        key,
        kind,
        title: Bilingual { da: title.0.to_owned(), en: title.1.to_owned() },
        line: Bilingual { da: line.0.to_owned(), en: line.1.to_owned() },
        role,
        person: None,
        organisation: None,
        name: title.0.to_owned(),
        organisation_name: Some("Sundhedsdatastyrelsen".to_owned()),
    }
}
