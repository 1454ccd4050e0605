//! The country in plain lines, before anything is sealed: two countries are the same if these are.

use std::fmt::Write;

use aws_lc_rs::digest::{Context, SHA256};

use super::country::Country;
use super::life::Life;
use super::person::Person;

/// SHA-256 of the plain country, in hexadecimal.
#[must_use]
pub fn fingerprint(country: &Country) -> String {
    let mut context = Context::new(&SHA256);
    let mut text = String::new();
    for place in &country.places {
        let _ = writeln!(text, "{:?}\t{}", place.kind, place.name);
    }
    for one in &country.staff {
        let _ = writeln!(
            text,
            "{}\t{:?}\t{}\t{}\t{}",
            one.person, one.profession, one.authorisation, one.since, one.place
        );
    }
    context.update(text.as_bytes());
    for person in &country.people {
        context.update(lines(person, &country.life(person)).as_bytes());
    }
    context.finish().as_ref().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn lines(person: &Person, life: &Life) -> String {
    let mut text = format!(
        "{}\t{}\t{:?}\t{}\t{:?}\t{}\t{}\t{}\t{:?}\t{:?}\n",
        person.number.text(),
        person.name(),
        person.sex,
        person.born,
        person.address,
        person.protected,
        person.insurance_group,
        person.practice,
        person.parents,
        person.died
    );
    for treatment in &life.treatments {
        let _ = writeln!(text, "{treatment:?}");
    }
    text
}
