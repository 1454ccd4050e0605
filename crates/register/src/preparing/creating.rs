//! A new record: its subjects, fields and events held against the notice, its key, its fact.

use notice::{Fact, Verb};
use zeroize::Zeroizing;

use super::{Desk, Preparing, Ready, Unready};
use crate::change::{Draft, Holder, Link, Strength};
use crate::engine::{Answer, FactRow, KeyChange, Row, SubjectRow};
use crate::envelope::{Envelope, Hex, Micros, Past};
use crate::facts::needs_strength;
use crate::house::Shelf;
use crate::open::micros;
use crate::reading::stage_code;
use crate::record::Stage;
use crate::secrets::Seal;

/// Emergency access ends after an hour at the latest (threats 4.5).
const BREAK_GLASS_MICROS: Micros = 3_600_000_000;
impl Preparing<'_> {
    pub(super) fn create(&mut self, draft: Draft) -> Ready<()> {
        let house = self.house;
        let name = draft.register;
        self.verb(Verb::Create, name)?;
        let shelf = house.shelf_named(name)?;
        let Some(mask) = self.mask(shelf, false) else {
            return self.unfit(name, "the use does not cover this register");
        };
        self.fields_fit(shelf, name, mask, draft.content.reveal())?;
        let declared = house.policy.register(shelf.id).map_or(&[][..], |register| &register.about);
        let Some((first_role, first)) = draft.subjects.first() else {
            return self.unfit(name, "it is about nobody");
        };
        self.same_person(*first)?;
        if let Some((role, _)) = draft.subjects.iter().find(|(role, _)| !declared.contains(role)) {
            return self.unfit(name, format!("`{role}` is no role of its subjects"));
        }
        if declared.first() != Some(first_role) {
            return self.unfit(name, "the first subject is not the one that it is about");
        }
        for (event, _) in &draft.events {
            self.may_raise(event, name)?;
        }
        let chosen = draft.id.is_some();
        let id = draft.id.map_or_else(|| house.random::<16>(), |id| id.to_bytes());
        if self.desks.contains_key(&id) || self.store.record(&id)?.is_some() {
            return Err(Unready::Conflict);
        }
        let group = house.secrets.group(&shelf.group)?;
        let now = micros(self.call.now);
        let key_name = house.record_key(&id);
        let key = Zeroizing::new(house.random::<32>());
        let wrapped = house.secrets.wrap(&key_name, &key, &*house.randomness)?;
        let row = Row {
            number: 0,
            id,
            register: shelf.word,
            subject: group.person(self.about),
            version: 1,
            revision: 1,
            stage: stage_code(Stage::Open),
            private: draft.private,
            collected_at: now,
            changed_at: now,
            under: house.corpus,
            ..Row::default()
        };
        let others = draft.subjects.iter().skip(1);
        let mut subjects: Vec<SubjectRow> = others
            .map(|(role, person)| {
                Ok(SubjectRow { pseudonym: group.person(*person), role: house.word(role)? })
            })
            .collect::<Answer<_>>()?;
        let first = SubjectRow { pseudonym: row.subject, role: house.word(first_role)? };
        subjects.insert(0, first);
        let fact = draft.link.map(|link| self.fact(shelf, name, &row, link)).transpose()?;
        let envelope = Envelope {
            subjects: draft.subjects.into_iter().map(|(role, person)| (role, Hex(person))).collect(),
            author: self.call.caller.actor.person.map(Hex),
            content: draft.content.into_revealed(),
            notes: Vec::new(),
            history: Past {
                events: draft.events.into_iter().map(|(event, at)| (event, micros(at))).collect(),
                quantities: draft.quantities,
                ..Past::default()
            },
        };
        let desk = Desk {
            row,
            envelope,
            seal: Seal::data(&key)?,
            shelf: Some(shelf),
            created: Some((KeyChange::Put(key_name, wrapped), subjects, fact)),
            chosen,
            keep: false,
            due_before: None,
            touched: true,
        };
        self.desks.insert(id, desk);
        self.order.push(id);
        Ok(())
    }

    /// The fact that a new record establishes.
    pub(super) fn fact(&self, shelf: &Shelf, name: &str, row: &Row, link: Link) -> Ready<FactRow> {
        let Some(kind) = shelf.gives else { return self.unfit(name, "its records establish no fact") };
        let group = self.house.secrets.group(&shelf.group)?;
        let actor = self.call.caller.actor;
        let (holder_kind, holder) = match link.holder {
            Holder::Person(person) => (0, group.person(person)),
            Holder::Organisation(organisation) => (1, group.organisation(organisation)),
            Holder::Everyone => (2, [0; 16]),
        };
        // Threats T12: who gains from a fact and writes it makes it weak, whatever the service says.
        let own = match link.holder {
            Holder::Person(person) => actor.person == Some(person),
            Holder::Organisation(organisation) => {
                actor.person.is_some() && actor.organisation == Some(organisation)
            }
            Holder::Everyone => false,
        };
        let weak = own && actor.person != Some(self.about) && needs_strength(kind);
        let from = micros(link.from);
        let until = link.until.map(micros);
        let until = if kind == Fact::BreakGlass {
            let latest = from.saturating_add(BREAK_GLASS_MICROS);
            Some(until.map_or(latest, |until| until.min(latest)))
        } else {
            until
        };
        let role = link.role.as_deref().map_or(Ok(0), |role| self.house.word(role))?;
        let mut fact = FactRow {
            number: 0,
            subject: row.subject,
            kind: kind as u8,
            holder_kind,
            holder,
            role,
            from,
            until,
            strong: link.strength == Strength::Strong && !weak,
            record: row.id,
            mac: [0; 16],
        };
        fact.mac = group.mac(&fact.bytes());
        Ok(fact)
    }
}
