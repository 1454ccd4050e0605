//! Which word of the published vocabularies a thing of ours is. The only table of addresses: readers never see them.
//!
//! Data Privacy Vocabulary 2.3 of the W3C community group with its extensions for the GDPR, personal data, health and
//! places. What it has no word for (archive, publish, the earliest of several dates) stays in our own words.

use crate::policy::{Class, Policy};

/// Short names of vocabularies and their addresses.
pub const PREFIXES: [(&str, &str); 8] = [
    ("dpv", "https://w3id.org/dpv#"),
    ("gdpr", "https://w3id.org/dpv/legal/eu/gdpr#"),
    ("legal-dk", "https://w3id.org/dpv/legal/dk#"),
    ("pd", "https://w3id.org/dpv/pd#"),
    ("health", "https://w3id.org/dpv/sector/health#"),
    ("loc", "https://w3id.org/dpv/loc#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("hjemmel", "urn:hjemmel:term:"),
];

/// Provisions of the GDPR that have a word.
const PROVISIONS: [(&str, &str); 34] = [
    ("6(1)(a)", "gdpr:A6-1-a"),
    ("6(1)(b)", "gdpr:A6-1-b"),
    ("6(1)(c)", "gdpr:A6-1-c"),
    ("6(1)(e)", "gdpr:A6-1-e"),
    ("6(1)(f)", "gdpr:A6-1-f"),
    ("9(2)(a)", "gdpr:A9-2-a"),
    ("9(2)(b)", "gdpr:A9-2-b"),
    ("9(2)(f)", "gdpr:A9-2-f"),
    ("9(2)(g)", "gdpr:A9-2-g"),
    ("9(2)(h)", "gdpr:A9-2-h"),
    ("9(2)(i)", "gdpr:A9-2-i"),
    ("9(2)(j)", "gdpr:A9-2-j"),
    ("45", "gdpr:A45-3"),
    ("45(1)", "gdpr:A45-3"),
    ("45(3)", "gdpr:A45-3"),
    ("46(2)(a)", "gdpr:A46-2-a"),
    ("46(2)(c)", "gdpr:A46-2-c"),
    ("46(3)(b)", "gdpr:A46-3-b"),
    ("49(1)(a)", "gdpr:A49-1-a"),
    ("49(1)(d)", "gdpr:A49-1-d"),
    ("7(3)", "gdpr:A7-3"),
    ("13", "gdpr:A13"),
    ("14", "gdpr:A14"),
    ("15", "gdpr:A15"),
    ("16", "gdpr:A16"),
    ("17", "gdpr:A17"),
    ("18", "gdpr:A18"),
    ("19", "gdpr:A19"),
    ("20", "gdpr:A20"),
    ("20(3)", "gdpr:A20"),
    ("21", "gdpr:A21"),
    ("22", "gdpr:A22"),
    ("22(1)", "gdpr:A22"),
    ("77", "gdpr:A77"),
];

/// The word for a provision, `gdpr:6(1)(e)`; `None` for other acts and for provisions without one.
#[must_use]
pub fn provision(reference: &str) -> Option<&'static str> {
    let name = reference.strip_prefix("gdpr:")?;
    PROVISIONS.iter().find(|(own, _)| *own == name).map(|(_, word)| *word)
}

/// Whom a record is about, by parts of the role's name; the first that fits.
const PERSONS: [(&str, &str); 16] = [
    ("patient", "dpv:Patient"),
    ("custody-holder", "dpv:ParentOfDataSubject"),
    ("parent", "dpv:ParentOfDataSubject"),
    ("child", "dpv:Child"),
    ("representative", "dpv:GuardianOfDataSubject"),
    ("guardian", "dpv:GuardianOfDataSubject"),
    ("applicant", "dpv:JobApplicant"),
    ("employee", "dpv:Employee"),
    ("consultant", "dpv:Employee"),
    ("staff", "dpv:Employee"),
    ("subscriber", "dpv:Subscriber"),
    ("citizen", "dpv:Citizen"),
    ("prescriber", "health:HealthProfessional"),
    ("pharmacist", "health:HealthProfessional"),
    ("professional", "health:HealthProfessional"),
    ("doctor", "health:HealthProfessional"),
];

/// The word for a role whose holders a record is about.
#[must_use]
pub fn person(policy: &Policy, role: &str) -> &'static str {
    let wider = policy.role_id(role).and_then(|id| policy.role(id)).map_or(&[][..], |role| &role.is);
    if wider.iter().any(|id| policy.role_name(*id) == "health-professional") {
        return "health:HealthProfessional";
    }
    PERSONS.iter().find(|(part, _)| role.contains(part)).map_or("dpv:DataSubject", |(_, word)| *word)
}

/// What a field holds, by parts of its name; the first that fits.
const FIELDS: [(&str, &str); 14] = [
    ("cpr", "pd:OfficialID"),
    ("birth-date", "pd:BirthDate"),
    ("birth-place", "pd:BirthPlace"),
    ("email", "pd:EmailAddress"),
    ("e-mail", "pd:EmailAddress"),
    ("telephone", "pd:TelephoneNumber"),
    ("phone", "pd:TelephoneNumber"),
    ("address", "pd:PhysicalAddress"),
    ("picture", "pd:Picture"),
    ("photo", "pd:Picture"),
    ("authorisation", "pd:ProfessionalCertification"),
    ("bank", "pd:BankAccount"),
    ("account", "pd:BankAccount"),
    ("name", "pd:Name"),
];

/// The words for a field: by its class, and for ordinary data and the CPR number by its name.
#[must_use]
pub fn field(name: &str, class: Class) -> Vec<&'static str> {
    let named = FIELDS
        .iter()
        .find(|(part, _)| name.split('.').any(|own| own == *part || own.ends_with(&format!("-{part}"))));
    match class {
        Class::Ordinary => vec![named.map_or("dpv:PersonalData", |(_, word)| *word)],
        Class::Cpr => vec!["pd:OfficialID"],
        Class::Health => vec!["gdpr:HealthData", "pd:Health"],
        Class::Special => vec!["dpv:SpecialCategoryPersonalData"],
        Class::Criminal => vec!["pd:Criminal"],
    }
}

/// The word for a country.
#[must_use]
pub fn country(code: &str) -> Option<String> {
    (code.len() == 2 && code != "ZZ").then(|| format!("loc:{code}"))
}
