//! Lists that are found without naming a person: each record is judged on its own facts, in one pass.

use notice::id::Person;
use notice::policy::UseId;
use notice::{Fact, Facts, Grant, Id, Reading};

use crate::asking::asker;
use crate::call::Call;
use crate::change::Holder;
use crate::engine::{Answer, LineRow, Look, Row};
use crate::error::{Denied, Unavailable};
use crate::house::House;
use crate::line::Outcome;
use crate::logging::Entry;
use crate::open::micros;
use crate::personal::Personal;
use crate::query::{Links, Part, Query};
use crate::reading::{Found, Stale, is_visible, people, show};
use crate::register::Register;
use crate::stripes::{Stripes, stripe};
use crate::view::View;
use crate::writer::{Room, Stop, Work};

/// How often a list is made again before the register says that it cannot.
const TRIES: usize = 64;

impl Register {
    pub(crate) fn read_list(
        &self,
        call: &Call,
        grant: &Grant<Reading>,
        query: Query,
    ) -> Result<Part, Denied> {
        let question = *grant.question();
        let (_, reason) = self.house.reasons.take(question.facts.stamp).ok_or(Unavailable::Closing)?;
        if question.target != notice::Target::Query {
            return Err(Unavailable::Undeclared("a list needs a grant for a query".to_owned()).into());
        }
        let listed = self.list_allowed(call, grant, query, reason.as_ref());
        if let Err(Denied::Refused(refusal)) = &listed {
            self.refuse(call, None, refusal, None)?;
        }
        listed
    }

    /// A list of what the notice allows, with its lines; again if something changed meanwhile. That somebody was refused is
    /// not written yet.
    fn list_allowed(
        &self,
        call: &Call,
        grant: &Grant<Reading>,
        query: Query,
        reason: Option<&Personal<String>>,
    ) -> Result<Part, Denied> {
        let question = *grant.question();
        for _ in 0..TRIES {
            let house = &self.house;
            let then = house.stripes.all();
            let looked = match query {
                Query::PartOf { register, part } => self.part(call, grant, register, part),
                Query::SubjectOf { .. }
                | Query::CollectedIn { .. }
                | Query::LinksHeldBy { .. }
                | Query::LinksHeldByEither { .. } => self.list(query).map_err(Denied::from).map(|found| {
                    let concerned = people(&found);
                    (found, concerned, false)
                }),
            };
            let (found, concerned, more) = match looked {
                Err(Denied::Unavailable(Unavailable::Tampered)) if house.stripes.all() != then => continue,
                looked => looked?,
            };
            // Where nobody can be found and nothing about anybody is asked, no change about a person makes the list stale.
            let unnamed = house.policy.is_unnamed(question.use_id);
            let asked = !unnamed || house.policy.needs(question.use_id).next().is_some();
            let concerned = if asked { concerned } else { Vec::new() };
            let concerned = concerned.into_iter().chain(call.caller.actor.person);
            let stripes: Vec<usize> = concerned.map(stripe).collect();
            let Some(stamp) = Stripes::then(&then, &stripes) else {
                // A change about one of them is on its way: wait for it.
                house.stripes.settled(&stripes);
                continue;
            };
            let mut found = match query {
                // A part has been judged while it was gathered.
                Query::PartOf { .. } => found,
                Query::SubjectOf { .. }
                | Query::CollectedIn { .. }
                | Query::LinksHeldBy { .. }
                | Query::LinksHeldByEither { .. } => self.allowed(call, grant, found)?,
            };
            let shown = people(&found);
            if let Query::LinksHeldBy { fact, .. } | Query::LinksHeldByEither { fact, .. } = query {
                let carried = match self.carried(question.use_id, fact, &shown) {
                    Err(Unavailable::Tampered) if house.stripes.all() != then => continue,
                    carried => carried?,
                };
                found.extend(self.allowed(call, grant, carried)?);
            }
            let count = found.len();
            let entry = |subject: Option<Id<Person>>, records: usize| Entry {
                call,
                use_id: question.use_id,
                subject,
                outcome: Outcome::Granted,
                records,
                reason,
                clause: None,
            };
            let mut lines = Vec::new();
            for person in shown.iter().filter(|_| !unnamed) {
                let own = found.iter().filter(|found| found.envelope.about() == Some(*person)).count();
                lines.push(house.line(&self.writer, &entry(Some(*person), own))?);
            }
            if lines.is_empty() {
                lines.push(house.line(&self.writer, &entry(None, count))?);
            }
            match self.write_lines(lines, stripes, stamp) {
                Ok(()) => {
                    let show = |found: Found<'_>| {
                        let mask = house.policy.fields(grant, found.shelf.id, found.row.private);
                        show(house, found, |shelf, content| House::cut(shelf, mask, content))
                    };
                    return Ok(Part { records: found.into_iter().map(show).collect(), more });
                }
                Err(Stop::Called(Stale)) => {}
                Err(Stop::Unavailable(why)) => return Err(why.into()),
            }
        }
        Err(Unavailable::Closing.into())
    }

    pub(crate) fn write_lines(
        &self,
        lines: Vec<LineRow>,
        stripes: Vec<usize>,
        stamp: u64,
    ) -> Result<(), Stop<Stale>> {
        self.writer.change(Room::All, move |work: &mut Work<'_>| {
            if !work.house.stripes.unchanged(&stripes, stamp) {
                return Err(Stop::Called(Stale));
            }
            for line in &lines {
                work.store.put_line(line)?;
            }
            Ok(())
        })
    }

    /// Everything that the query finds.
    fn list(&self, query: Query) -> Answer<Vec<Found<'_>>> {
        let house = &*self.house;
        let view = View::new(house);
        let rows = {
            let store = view.store()?;
            match query {
                Query::SubjectOf { register, role, person } => {
                    let shelf = house.shelf_named(register)?;
                    let pseudonym = house.secrets.group(&shelf.group)?.person(person);
                    store.records_in_role(&pseudonym, house.word(role)?, shelf.word)?
                }
                // Gathered elsewhere, a page at a time.
                Query::PartOf { .. } => Vec::new(),
                Query::CollectedIn { register, from, until } => {
                    let shelf = house.shelf_named(register)?;
                    store.records_collected(shelf.word, micros(from), micros(until))?
                }
                Query::LinksHeldBy { fact, holder, at, links } => {
                    held(house, store, (fact, &[holder]), micros(at), links)?
                }
                Query::LinksHeldByEither { fact, holders, at, links } => {
                    held(house, store, (fact, &holders), micros(at), links)?
                }
            }
        };
        opened(house, &view, rows)
    }

    /// What the use covers of the people of a list beside the links that put them there.
    fn carried(&self, use_id: UseId, fact: Fact, shown: &[Id<Person>]) -> Answer<Vec<Found<'_>>> {
        let house = &*self.house;
        let scopes = house.policy.use_(use_id).map_or(&[][..], |used| &used.of);
        let shelves: Vec<_> = scopes
            .iter()
            .filter_map(|scope| house.shelf(scope.register))
            .filter(|shelf| shelf.gives != Some(fact))
            .collect();
        let view = View::new(house);
        let mut rows = Vec::new();
        for person in shown {
            for shelf in &shelves {
                rows.extend(view.records(*person, shelf)?.iter().map(|lying| lying.row.clone()));
            }
        }
        opened(house, &view, rows)
    }

    /// Those that the notice allows, by the facts of each.
    pub(crate) fn allowed<'a>(
        &self,
        call: &Call,
        grant: &Grant<Reading>,
        found: Vec<Found<'a>>,
    ) -> Result<Vec<Found<'a>>, Denied> {
        let house = &self.house;
        let question = grant.question();
        let needs: Vec<Fact> = house.policy.needs(question.use_id).collect();
        let covers = |found: &Found<'_>| {
            house
                .policy
                .use_(question.use_id)
                .is_some_and(|used| used.of.iter().any(|scope| scope.register == found.shelf.id))
        };
        let visible = |found: &Found<'_>| {
            let own = question.actor.person.is_some() && question.actor.person == found.envelope.about();
            is_visible(house, found, question, own)
        };
        let found: Vec<Found<'a>> =
            found.into_iter().filter(|found| covers(found) && visible(found)).collect();
        let asker = asker(call);
        let view = View::new(house);
        let own = asker.own_facts(house, &view)?;
        let each = |found: &Found<'_>| {
            let about = found.envelope.about().ok_or(Unavailable::Tampered)?;
            asker.facts(house, &view, about, &needs, Some((&found.row.id, Some(&found.envelope))))
        };
        let facts = found.iter().map(each).collect::<Answer<Vec<Facts>>>()?;
        let question = notice::Question { facts: own, ..*question };
        let (_, allowed) = house
            .policy
            .filter::<Reading>(&question, facts.into_iter())
            .map_err(|refusal| Denied::Refused(Box::new(refusal)))?;
        Ok(found.into_iter().zip(allowed).filter(|(_, allowed)| *allowed).map(|(found, _)| found).collect())
    }
}

/// Records whose fact one of the holders has, each once.
fn held(
    house: &House,
    store: &dyn Look,
    (fact, holders): (Fact, &[Holder]),
    at: i64,
    links: Links,
) -> Answer<Vec<Row>> {
    let passing = match links {
        Links::All => None,
        Links::Passing { since } => Some(micros(since)),
    };
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for shelf in house.shelves.iter().filter(|shelf| shelf.gives == Some(fact)) {
        if seen.contains(&shelf.group.as_str()) {
            continue;
        }
        seen.push(&shelf.group);
        let group = house.secrets.group(&shelf.group)?;
        for holder in holders {
            let holder = match *holder {
                Holder::Person(person) => group.person(person),
                Holder::Organisation(organisation) => group.organisation(organisation),
                Holder::Everyone => [0; 16],
            };
            for id in store.records_held_by(&holder, fact as u8, at, passing)? {
                if rows.iter().all(|row| row.id != id) {
                    rows.extend(store.record(&id)?);
                }
            }
        }
    }
    Ok(rows)
}

pub(crate) fn opened<'a>(house: &'a House, view: &View<'_>, rows: Vec<Row>) -> Answer<Vec<Found<'a>>> {
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(shelf) = house.shelf_of(row.register) else { continue };
        let Some((envelope, seal)) = house.open(&row, view.keys()?)? else { continue };
        let Some(about) = envelope.about() else { continue };
        let holds = view.holds(about)?;
        let holds = holds.iter().filter(|hold| hold.record.is_none_or(|id| id == row.id)).cloned().collect();
        found.push(Found { row, envelope, seal, shelf, holds });
    }
    Ok(found)
}
