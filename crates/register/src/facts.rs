//! What holds between the caller and the person, found in the register's own records.
//!
//! Invariant: no fact is taken from the caller's word; what is not found does not hold, what cannot be known stays unknown.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use notice::id::Person;
use notice::{Actor, Fact, Facts, Id, Target};

use crate::engine::{Answer, FactRow};
use crate::envelope::{Envelope, Micros};
use crate::house::House;
use crate::open::micros;
use crate::secrets::Group;
use crate::view::View;

/// A login counts as fresh for five minutes (threats 4.1).
const FRESH_SECONDS: i64 = 300;

/// Who asks and when.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asker {
    pub(crate) actor: Actor,
    pub(crate) now: Timestamp,
    pub(crate) authenticated_at: Option<Timestamp>,
}

impl Asker {
    /// Facts about the caller alone.
    pub(crate) fn own_facts(&self, house: &House, view: &View<'_>) -> Answer<Facts> {
        let fresh = self
            .authenticated_at
            .is_some_and(|at| (0..=FRESH_SECONDS).contains(&self.now.duration_since(at).as_secs()));
        let mut facts = Facts::default().with(Fact::FreshLogin, fresh);
        if let Some(person) = self.actor.person {
            facts = facts.with(Fact::Authorised, self.is_authorised(house, view, person)?);
        }
        Ok(facts)
    }

    /// Whether the authorisation register confirms the role now.
    fn is_authorised(&self, house: &House, view: &View<'_>, person: Id<Person>) -> Answer<bool> {
        let covers = |fact: &FactRow| {
            let confirmed = house.policy.role_id(house.text(fact.role));
            confirmed == Some(self.actor.role)
                || confirmed
                    .and_then(|id| house.policy.role(id))
                    .is_some_and(|wide| wide.is.contains(&self.actor.role))
        };
        let found = rows(house, view, person, self.now, &[Fact::Authorised])?;
        Ok(found.iter().any(|(_, fact)| fact.strong && covers(fact)))
    }

    /// Facts between the caller and a person, and the record if one is meant.
    pub(crate) fn facts(
        &self,
        house: &House,
        view: &View<'_>,
        about: Id<Person>,
        needs: &[Fact],
        record: Option<(&[u8; 16], Option<&Envelope>)>,
    ) -> Answer<Facts> {
        let mut facts = Facts::default();
        let wanted: Vec<Fact> = needs.iter().copied().filter(|fact| is_kept(*fact)).collect();
        let rows = if wanted.is_empty() { Vec::new() } else { rows(house, view, about, self.now, &wanted)? };
        let of_15 = if needs.iter().any(|fact| matches!(fact, Fact::Of15 | Fact::Guardian)) {
            is_15(house, view, about, self.now)?
        } else {
            None
        };
        for fact in needs {
            let kept =
                || rows.iter().any(|(group, row)| self.holds(group, row, *fact, record.map(|(id, _)| id)));
            let holds = match fact {
                Fact::Myself => Some(self.actor.person == Some(about)),
                // A guardian's access ends with the child's 15th birthday, whatever the record says.
                Fact::Guardian => of_15.map(|of_15| kept() && !of_15),
                Fact::Of15 => of_15,
                Fact::Author | Fact::Involved => match record {
                    Some((_, Some(envelope))) => Some(self.has_part(envelope, *fact)),
                    Some((_, None)) => Some(false),
                    None => None,
                },
                Fact::Represents
                | Fact::Treats
                | Fact::Assigned
                | Fact::Consented
                | Fact::Asked
                | Fact::Blocked
                | Fact::BreakGlass
                | Fact::Presented => Some(kept()),
                Fact::Authorised | Fact::FreshLogin => None,
            };
            if let Some(holds) = holds {
                facts = facts.with(*fact, holds);
            }
        }
        Ok(facts)
    }

    /// Whether a row gives the caller this fact.
    fn holds(&self, group: &Group, row: &FactRow, fact: Fact, record: Option<&[u8; 16]>) -> bool {
        if row.kind != fact as u8 {
            return false;
        }
        // Threats 4.6: a fact written by the asker opens only the record it belongs to.
        let strong_enough = row.strong || !needs_strength(fact) || record == Some(&row.record);
        let held = match row.holder_kind {
            0 => self.actor.person.is_some_and(|person| group.person(person) == row.holder),
            1 => self
                .actor
                .organisation
                .is_some_and(|organisation| group.organisation(organisation) == row.holder),
            _ => true,
        };
        strong_enough && held
    }

    /// Whether the caller wrote the record or is a party to it.
    fn has_part(&self, envelope: &Envelope, fact: Fact) -> bool {
        let Some(person) = self.actor.person else { return false };
        let roles = envelope
            .subjects
            .iter()
            .filter(|(_, subject)| subject.0 == person)
            .map(|(role, _)| role.as_str());
        match fact {
            Fact::Author => {
                envelope.author.is_some_and(|author| author.0 == person)
                    || roles.into_iter().any(|role| matches!(role, "author" | "prescriber" | "reporter"))
            }
            _ => roles.into_iter().next().is_some(),
        }
    }
}

/// Facts that stand in rows of their own.
pub(crate) const fn is_kept(fact: Fact) -> bool {
    match fact {
        Fact::Guardian
        | Fact::Represents
        | Fact::Treats
        | Fact::Assigned
        | Fact::Consented
        | Fact::Asked
        | Fact::Blocked
        | Fact::BreakGlass
        | Fact::Authorised
        | Fact::Presented => true,
        Fact::Myself | Fact::Involved | Fact::Author | Fact::Of15 | Fact::FreshLogin => false,
    }
}

/// Facts that open doors count only if another party wrote them. A block counts whoever wrote it; emergency access and a prescription shown at the counter are their taker's own by nature, and the person is told.
pub(crate) const fn needs_strength(fact: Fact) -> bool {
    match fact {
        Fact::Blocked | Fact::BreakGlass | Fact::Asked | Fact::Presented => false,
        Fact::Guardian
        | Fact::Represents
        | Fact::Treats
        | Fact::Assigned
        | Fact::Consented
        | Fact::Authorised
        | Fact::Myself
        | Fact::Involved
        | Fact::Author
        | Fact::Of15
        | Fact::FreshLogin => true,
    }
}

/// The rows of some facts about a person that are in force and that nobody forged.
pub(crate) fn rows<'a>(
    house: &'a House,
    view: &View<'_>,
    about: Id<Person>,
    now: Timestamp,
    wanted: &[Fact],
) -> Answer<Vec<(&'a Group, FactRow)>> {
    let mut groups: Vec<&str> = Vec::new();
    for shelf in &house.shelves {
        if shelf.gives.is_some_and(|fact| wanted.contains(&fact)) && !groups.contains(&shelf.group.as_str()) {
            groups.push(&shelf.group);
        }
    }
    let mut found = Vec::new();
    for name in groups {
        let group = house.secrets.group(name)?;
        let facts = view.facts(about, name)?;
        let held = facts.iter().filter(|fact| fact.holds_at(micros(now)));
        let wanted = held.filter(|row| wanted.iter().any(|fact| *fact as u8 == row.kind));
        found.extend(wanted.map(|row| (group, row.clone())));
    }
    Ok(found)
}

/// Whether a person is 15 or older, by the date in the zone of the house; `None` if nobody knows.
fn is_15(house: &House, view: &View<'_>, person: Id<Person>, now: Timestamp) -> Answer<Option<bool>> {
    let identity = house.secrets.identity();
    let owner = identity.person(person);
    let Some(sealed) = view.store()?.birth(&owner)? else { return Ok(None) };
    let text = identity.seal().open(&owner, &sealed)?;
    let date: Option<Date> = serde_json::from_slice(&text).ok();
    Ok(date.and_then(|date| fifteenth_birthday(date, house)).map(|at| micros(now) >= at))
}

/// Civil midnight at the start of the 15th birthday; who was born on 29 February turns 15 on 1 March of a common year.
fn fifteenth_birthday(birth: Date, house: &House) -> Option<Micros> {
    let day = birth.checked_add(Span::new().years(15)).ok()?;
    let day = if day.day() < birth.day() { day.tomorrow().ok()? } else { day };
    day.to_zoned(house.config.zone.clone()).ok().map(|midnight| micros(midnight.timestamp()))
}

/// The person of a target.
pub(crate) const fn person_of(target: Target) -> Option<Id<Person>> {
    match target {
        Target::Person(person) | Target::Record { person, .. } => Some(person),
        Target::Query => None,
    }
}
