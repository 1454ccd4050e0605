//! What is said of a person and not of one record: events, numbers, the date of birth.

use notice::id::Person;
use notice::{Id, Verb};
use zeroize::Zeroizing;

use super::{Linking, Preparing, Ready};
use crate::engine::{Answer, PersonEventRow, Row};
use crate::envelope::{Hex, Micros};
use crate::error::Unavailable;
use crate::house::House;
use crate::identifier::Identifier;

impl Preparing<'_> {
    pub(super) fn raise_person(&mut self, person: Id<Person>, event: String, at: Micros) -> Ready<()> {
        self.verb(Verb::Raise, "")?;
        self.same_person(person)?;
        self.may_raise(&event, "")?;
        for (group, subject) in self.house.everywhere(person) {
            let text = serde_json::to_vec(&(&event, at)).map_err(|_| Unavailable::Engine)?;
            let sealed = group.seal().close(&subject, &text, &*self.house.randomness)?;
            self.out.person_events.push((subject, sealed));
        }
        self.new_events.push((event, at));
        self.recompute_person()
    }

    pub(super) fn revoke_person(&mut self, person: Id<Person>, event: String, reason: String) -> Ready<()> {
        self.verb(Verb::Raise, "")?;
        self.same_person(person)?;
        self.may_raise(&event, "")?;
        if reason.trim().is_empty() {
            return self.unfit("", "an event is revoked with a reason");
        }
        for (group, subject) in self.house.everywhere(person) {
            for PersonEventRow { number, sealed, .. } in self.store.person_events(&subject)? {
                let text = group.seal().open(&subject, &sealed)?;
                let known: (String, Micros) =
                    serde_json::from_slice(&text).map_err(|_| Unavailable::Tampered)?;
                if known.0 == event {
                    self.out.revoked.push(number);
                }
            }
        }
        self.new_events.retain(|(known, _)| *known != event);
        self.revoked_events.push(event);
        self.recompute_person()
    }

    /// Every record about the person, in every group, is computed again.
    pub(super) fn recompute_person(&mut self) -> Ready<()> {
        let rows: Vec<Row> = self
            .house
            .everywhere(self.about)
            .map(|(_, subject)| self.store.records_of(&subject))
            .collect::<Answer<Vec<_>>>()?
            .concat();
        for row in rows {
            if !self.desks.contains_key(&row.id) {
                self.put_on_desk(row)?;
            }
        }
        self.desks.values_mut().for_each(|desk| desk.touched = true);
        Ok(())
    }

    pub(super) fn identify(
        &mut self,
        person: Id<Person>,
        identifier: &Identifier,
        from: Micros,
    ) -> Ready<()> {
        self.verb(Verb::Create, "").or_else(|_| self.verb(Verb::Correct, ""))?;
        self.same_person(person)?;
        self.link(person, identifier, from, None)?;
        if let Identifier::Cpr(cpr) = identifier {
            let owner = self.house.secrets.identity().person(person);
            if self.store.birth(&owner)?.is_none() && self.out.births.is_empty() {
                self.birth(person, cpr.birth_date())?;
            }
        }
        Ok(())
    }

    pub(super) fn end_identifier(
        &mut self,
        person: Id<Person>,
        identifier: &Identifier,
        at: Micros,
    ) -> Ready<()> {
        self.verb(Verb::Create, "").or_else(|_| self.verb(Verb::Correct, ""))?;
        self.same_person(person)?;
        self.link(person, identifier, Micros::MIN, Some(at))
    }

    pub(super) fn link(
        &mut self,
        person: Id<Person>,
        identifier: &Identifier,
        from: Micros,
        until: Option<Micros>,
    ) -> Ready<()> {
        let identity = self.house.secrets.identity();
        let lookup = self.house.secrets.lookup(identifier);
        let link = Identified { person: Hex(person), from, until };
        let text = Zeroizing::new(serde_json::to_vec(&link).map_err(|_| Unavailable::Engine)?);
        let before = self.store.identifier(&lookup)?.map(|row| row.sealed);
        if let Some(sealed) = &before {
            let known = Identified::open(self.house, &lookup, sealed)?;
            if known.person.0 != person && known.until.is_none_or(|until| until > from) {
                // Two people are never made one by a number.
                return self.unfit("", "the number belongs to another person");
            }
        }
        let sealed = identity.seal().close(&lookup, &text, &*self.house.randomness)?;
        self.out.identifiers.push(Linking { lookup, owner: identity.person(person), sealed, before });
        Ok(())
    }

    pub(super) fn birth(&mut self, person: Id<Person>, date: jiff::civil::Date) -> Ready<()> {
        self.verb(Verb::Create, "").or_else(|_| self.verb(Verb::Correct, ""))?;
        self.same_person(person)?;
        let identity = self.house.secrets.identity();
        let owner = identity.person(person);
        let text = serde_json::to_vec(&date).map_err(|_| Unavailable::Engine)?;
        let sealed = identity.seal().close(&owner, &text, &*self.house.randomness)?;
        self.out.births.push((owner, sealed));
        Ok(())
    }
}

/// A link from an identifier to a person, as it is sealed.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Identified {
    pub(crate) person: Hex<Person>,
    pub(crate) from: Micros,
    pub(crate) until: Option<Micros>,
}

impl Identified {
    pub(crate) fn open(house: &House, lookup: &[u8; 32], sealed: &[u8]) -> Answer<Self> {
        let text = house.secrets.identity().seal().open(lookup, sealed)?;
        serde_json::from_slice(&text).map_err(|_| Unavailable::Tampered)
    }
}
