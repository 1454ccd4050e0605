//! From an identifier to a person, for everyone the same way and at the same cost.

use notice::Id;
use notice::id::Person;

use crate::house::House;
use crate::identifier::Identifier;
use crate::open::micros;
use crate::preparing::Identified;

/// The person whom an identifier leads to. One whom nobody has linked leads to the id that the person would get.
pub(crate) fn person(house: &House, identifier: &Identifier) -> Id<Person> {
    let (first, ended) = house.secrets.phantom(identifier);
    let lookup = house.secrets.lookup(identifier);
    let sealed = house.lookers.with(|store| store.identifier(&lookup)).ok().flatten().map(|row| row.sealed);
    // Nobody is told from the time whether a link was there: something is opened either way.
    let standing = sealed.unwrap_or_else(|| vec![0; 128]);
    match Identified::open(house, &lookup, &standing) {
        Ok(link) if link.until.is_some_and(|until| until <= micros(house.now())) => ended,
        Ok(link) => link.person.0,
        Err(_) => first,
    }
}
