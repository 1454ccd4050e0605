//! A page of a long list: what stands before it is passed over by its rows where these tell enough, and what comes after is left alone.
//!
//! Invariant: a page holds what a list of everything would hold at its place.

use std::sync::atomic::Ordering;

use notice::id::Person;
use notice::{Grant, Id, Question, Reading};

use crate::call::Call;
use crate::engine::{Answer, HoldRow, Row};
use crate::error::Denied;
use crate::house::{House, Shelf};
use crate::listing::opened;
use crate::open::micros;
use crate::query::Slice;
use crate::reading::{Found, people, stage_code};
use crate::record::Stage;
use crate::register::Register;
use crate::secrets::Pseudonym;
use crate::view::View;

/// How many rows are looked at in one go.
const ROWS: usize = 128;

/// What stands on a page, everybody who was judged on the way, and whether more come after it.
pub(crate) type Gathered<'a> = (Vec<Found<'a>>, Vec<Id<Person>>, bool);

impl Register {
    /// The part of a register's records that the caller may see, everybody who was judged on the way, and whether more come after it.
    pub(crate) fn part<'a>(
        &'a self,
        call: &Call,
        grant: &Grant<Reading>,
        register: &str,
        part: Slice,
    ) -> Result<Gathered<'a>, Denied> {
        let house = &*self.house;
        let shelf = house.shelf_named(register)?;
        let view = View::new(house);
        let passing = Passing::of(house, &view, shelf, grant.question())?;
        let (mut skip, mut page, mut judged) = (part.skip, Vec::new(), Vec::new());
        let mut after = (i64::MIN, i64::MIN);
        // Where rows tell enough, the page after this one is known by a row that stays shut. Where they do not, one
        // record more is judged, and nobody gets to see it.
        let wanted = if passing.is_some() { part.take } else { part.take.saturating_add(1) };
        let mut more = false;
        while !more && (page.len() < wanted || passing.is_some()) {
            let mut rows = view.store()?.records_after(shelf.word, after, ROWS)?;
            let Some(last) = rows.last() else { break };
            after = (last.collected_at, last.number);
            if let Some(passing) = &passing {
                rows.retain(|row| passing.shows(row));
                let passed = skip.min(rows.len());
                skip -= passed;
                rows.drain(..passed);
                let room = wanted.saturating_sub(page.len());
                more = rows.len() > room;
                rows.truncate(room);
                if rows.is_empty() {
                    continue;
                }
            }
            let found = opened(house, &view, rows)?;
            judged.extend(people(&found));
            let allowed = self.allowed(call, grant, found)?;
            let passed = if passing.is_some() { 0 } else { skip.min(allowed.len()) };
            skip -= passed;
            let room = wanted - page.len();
            page.extend(allowed.into_iter().skip(passed).take(room));
        }
        if judged.is_empty() {
            // Whoever may have no list at all is refused over an empty one too.
            self.allowed(call, grant, Vec::new())?;
        }
        more |= page.len() > part.take;
        page.truncate(part.take);
        Ok((page, judged, more))
    }
}

/// What a row alone tells of whether it is shown: enough where the use asks for nothing about a person and nobody is restricted.
struct Passing {
    now: i64,
    /// The caller's own pseudonym in the register, and what holds records of the caller.
    own: Option<(Pseudonym, Vec<HoldRow>)>,
}

impl Passing {
    fn of(house: &House, view: &View<'_>, shelf: &Shelf, question: &Question) -> Answer<Option<Self>> {
        let asks = house.policy.needs(question.use_id).next().is_some();
        if asks || house.restrictions.load(Ordering::Relaxed) > 0 {
            return Ok(None);
        }
        let own = match question.actor.person {
            Some(person) => {
                let pseudonym = house.secrets.group(&shelf.group)?.person(person);
                Some((pseudonym, view.holds(person)?.to_vec()))
            }
            None => None,
        };
        Ok(Some(Self { now: micros(question.now), own }))
    }

    /// The same verdict as [`crate::reading::is_visible`].
    fn shows(&self, row: &Row) -> bool {
        let closed = row.closed_at.is_some_and(|at| at <= self.now);
        let blocked = row.stage == stage_code(Stage::Blocked);
        let own = self.own.as_ref().filter(|(pseudonym, _)| *pseudonym == row.subject);
        let held = own.is_some_and(|(_, holds)| {
            holds.iter().any(|hold| hold.record.is_none_or(|record| record == row.id))
        });
        match own {
            _ if row.braked => false,
            Some(_) => held || blocked || !closed,
            None => !(closed || blocked),
        }
    }
}
