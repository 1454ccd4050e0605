//! Reading: the records, the cut to the fields of the grant, the line, and only then the answer.
//!
//! Invariant: the line is on the disk before the records leave, and only if no fact changed since the question.

use std::sync::atomic::Ordering;

use notice::clock::StageStatus;
use notice::id::Person;
use notice::policy::{RegisterId, UseId};
use notice::{Fact, Grant, Id, Mode, Question, Reading, Target};

use crate::asking::{asker, stripes};
use crate::call::Call;
use crate::clockwork;
use crate::engine::{Answer, HoldRow, Keys, Look, Row};
use crate::envelope::{Envelope, record_id, time};
use crate::error::{Denied, Unavailable};
use crate::facts::person_of;
use crate::hold::HoldKind;
use crate::house::{House, Shelf};
use crate::line::Line;
use crate::logging::Entry;
use crate::open::micros;
use crate::personal::Personal;
use crate::record::{Clocked, Record, Stage};
use crate::register::Register;
use crate::secrets::Seal;
use crate::view::View;
use crate::writer::{Room, Stop, Work};

/// A record that was found, before it is cut.
pub(crate) struct Found<'a> {
    pub(crate) row: Row,
    pub(crate) envelope: Envelope,
    pub(crate) seal: Seal,
    pub(crate) shelf: &'a Shelf,
    /// Everything that holds it.
    pub(crate) holds: Vec<HoldRow>,
}

/// Between question and answer something changed.
#[derive(Debug)]
pub(crate) struct Stale;

/// What a look gave, and what the caller makes of it.
type Looked<T> = Result<T, Unavailable>;

impl Register {
    /// One look: find, log, answer; and again if something changed meanwhile.
    pub(crate) fn look<T>(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        find: impl Fn(&View<'_>, &Grant<Reading>) -> Looked<(T, usize)>,
    ) -> Result<T, Denied> {
        let mut grant = grant;
        let mut kept_reason = None;
        loop {
            let question = *grant.question();
            let taken = self.house.reasons.take(question.facts.stamp);
            let (stamp, reason) = taken.ok_or(Unavailable::Closing)?;
            kept_reason = reason.or(kept_reason);
            let stripes = stripes(call, question.target);
            // The look is over before its line waits for the writer.
            let looked = find(&View::new(&self.house), &grant);
            let answer = match looked {
                Ok((answer, records)) => {
                    let entry = Entry {
                        call,
                        use_id: question.use_id,
                        subject: person_of(question.target),
                        outcome: self.outcome(&question),
                        records,
                        reason: kept_reason.as_ref(),
                        clause: None,
                    };
                    self.write_line(&entry, stripes, stamp)?.map(|()| answer)
                }
                // A row that was changed between two looks does not fit its key; that is no alarm.
                Err(Unavailable::Tampered) if !self.house.stripes.unchanged(&stripes, stamp) => Err(Stale),
                Err(why) => {
                    if why == Unavailable::Tampered {
                        // The next look reads the row anew: somebody may have mended it.
                        stripes.iter().for_each(|stripe| self.house.recent.forget(*stripe));
                        self.house.alarm(0);
                    }
                    return Err(why.into());
                }
            };
            match answer {
                Ok(answer) => return Ok(answer),
                Err(Stale) => {
                    grant = self.ask_again(call, question.use_id, question.target, kept_reason.as_ref())?;
                }
            }
        }
    }

    /// Writes a line if nothing changed since the stamp.
    fn write_line(&self, entry: &Entry<'_>, stripes: Vec<usize>, stamp: u64) -> Answer<Result<(), Stale>> {
        let line = self.house.line(&self.writer, entry)?;
        let write = move |work: &mut Work<'_>| {
            if !work.house.stripes.unchanged(&stripes, stamp) {
                return Err(Stop::Called(Stale));
            }
            work.store.put_line(&line)?;
            Ok(())
        };
        match self.writer.line(Room::All, write) {
            Ok(()) => Ok(Ok(())),
            Err(Stop::Called(stale)) => Ok(Err(stale)),
            Err(Stop::Unavailable(why)) => Err(why),
        }
    }

    pub(crate) fn read_records(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Record>, Denied> {
        if grant.question().target == Target::Query {
            return Err(Unavailable::Undeclared("read of a query".to_owned()).into());
        }
        self.look(call, grant, |view, grant| {
            let found = self.covered(view, grant.question())?;
            let found = self.judged::<Reading>(view, call, grant.question(), found)?;
            let mut records = Vec::new();
            for found in found {
                let mask = self.house.policy.fields(grant, found.shelf.id, found.row.private);
                records.push(show(&self.house, found, |shelf, content| House::cut(shelf, mask, content)));
            }
            let count = records.len();
            Ok((records, count))
        })
    }

    pub(crate) fn read_all_versions(
        &self,
        call: &Call,
        grant: Grant<Reading>,
    ) -> Result<Vec<Record>, Denied> {
        self.look(call, grant, |view, grant| {
            let found = self.covered(view, grant.question())?;
            let found = self.judged::<Reading>(view, call, grant.question(), found)?;
            let mut records = Vec::new();
            for found in found {
                let mask = self.house.policy.fields(grant, found.shelf.id, found.row.private);
                for row in view.store()?.versions(found.row.number)? {
                    let envelope = Envelope::open(&row, &found.seal)?;
                    let seal = self.seal_of(view.keys()?, &row)?;
                    let old = Found { row, envelope, seal, shelf: found.shelf, holds: Vec::new() };
                    records.push(show(&self.house, old, |shelf, content| House::cut(shelf, mask, content)));
                }
                records.push(show(&self.house, found, |shelf, content| House::cut(shelf, mask, content)));
            }
            let count = records.len();
            Ok((records, count))
        })
    }

    fn seal_of(&self, keys: &dyn Keys, row: &Row) -> Answer<Seal> {
        let name = self.house.record_key(&row.id);
        let (wrapped, _) = keys.key(&name)?.ok_or(Unavailable::Tampered)?;
        self.house.secrets.unwrap(&name, &wrapped)
    }

    pub(crate) fn read_clocks_of(&self, call: &Call, grant: Grant<Reading>) -> Result<Vec<Clocked>, Denied> {
        self.look(call, grant, |view, grant| {
            let found = self.found(view, grant.question())?;
            let clocked = self.clocked(view, call, grant, found)?;
            let count = clocked.len();
            Ok((clocked, count))
        })
    }

    /// Those that the caller may see, with what their clocks say.
    pub(crate) fn clocked(
        &self,
        view: &View<'_>,
        call: &Call,
        grant: &Grant<Reading>,
        found: Vec<Found<'_>>,
    ) -> Answer<Vec<Clocked>> {
        let question = grant.question();
        let mut clocked = Vec::new();
        for found in found {
            let own = question.facts.get(Fact::Myself) == Some(true);
            let late = found.row.braked;
            let shown = is_visible(&self.house, &found, question, own) || (own && late);
            if !shown {
                continue;
            }
            let stages = self.stages(view.store()?, &found, call)?;
            let mut holds: Vec<_> = found.holds.iter().filter_map(hold_kind).collect();
            holds.sort();
            let mask = self.house.policy.fields(grant, found.shelf.id, found.row.private);
            let mut record = show(&self.house, found, |shelf, content| House::cut(shelf, mask, content));
            if late {
                record.content = Personal::default();
            }
            clocked.push(Clocked { record, stages, holds, late });
        }
        Ok(clocked)
    }

    /// The stages of the rule that ends the record sooner.
    fn stages(&self, store: &dyn Look, found: &Found<'_>, call: &Call) -> Answer<Vec<StageStatus>> {
        let house = &self.house;
        let group = house.group_of(found.row.register)?;
        let events = house.person_events(group, store, &found.row.subject)?;
        let history = clockwork::history(house, &house.policy, &found.envelope.history, &events);
        let all = house
            .rules(&found.row)
            .into_iter()
            .map(|rule| rule.statuses(&history, call.now, &house.config.zone));
        let end = |stages: &Vec<StageStatus>| {
            stages.iter().find(|stage| !stage.status.is_over()).and_then(|stage| stage.status.date())
        };
        Ok(all.min_by_key(|stages| end(stages).unwrap_or(jiff::Timestamp::MAX)).unwrap_or_default())
    }

    /// Every record that a question covers, whoever may see it.
    pub(crate) fn found<'a>(&'a self, view: &View<'_>, question: &Question) -> Answer<Vec<Found<'a>>> {
        let house = &*self.house;
        let Some(about) = person_of(question.target) else { return Ok(Vec::new()) };
        let scopes = house.policy.use_(question.use_id).map_or(&[][..], |used| &used.of);
        let shelves: Vec<&Shelf> = scopes.iter().filter_map(|scope| house.shelf(scope.register)).collect();
        let holds = view.holds(about)?;
        let mut found = Vec::new();
        let mut keep = |row: &Row, shelf: &'a Shelf, opened: Option<(Envelope, Seal)>| {
            let Some((envelope, seal)) = opened else { return };
            if envelope.about() == Some(about) {
                let holds =
                    holds.iter().filter(|hold| hold.record.is_none_or(|id| id == row.id)).cloned().collect();
                found.push(Found { row: row.opened(), envelope, seal, shelf, holds });
            }
        };
        match question.target {
            Target::Record { record, .. } => {
                if let Some(row) = view.store()?.record(&record.to_bytes())?
                    && let Some(shelf) = shelves.iter().find(|shelf| shelf.word == row.register)
                {
                    keep(&row, shelf, house.open(&row, view.keys()?)?);
                }
            }
            Target::Person(_) | Target::Query => {
                for shelf in &shelves {
                    for lying in view.records(about, shelf)?.iter() {
                        keep(&lying.row, shelf, house.open_lying(lying, about)?);
                    }
                }
            }
        }
        Ok(found)
    }

    /// Those that the caller may see: not past their day, not blocked, not restricted.
    pub(crate) fn covered<'a>(&'a self, view: &View<'_>, question: &Question) -> Answer<Vec<Found<'a>>> {
        let own = question.facts.get(Fact::Myself) == Some(true)
            || question.actor.person.is_some() && question.actor.person == person_of(question.target);
        let mut found = self.found(view, question)?;
        found.retain(|found| is_visible(&self.house, found, question, own));
        Ok(found)
    }

    /// Whether the condition of a use reads facts of a record and not only of its person.
    pub(crate) fn leans_on_records(&self, use_id: UseId) -> bool {
        self.house.policy.needs(use_id).any(|fact| matches!(fact, Fact::Author | Fact::Involved))
    }

    /// Where a use leans on the caller's part in a record, each record is judged on its own facts.
    pub(crate) fn judged<'a, M: Mode>(
        &'a self,
        view: &View<'_>,
        call: &Call,
        question: &Question,
        found: Vec<Found<'a>>,
    ) -> Answer<Vec<Found<'a>>> {
        if !self.leans_on_records(question.use_id) {
            return Ok(found);
        }
        let needs: Vec<Fact> = self.house.policy.needs(question.use_id).collect();
        let Some(about) = person_of(question.target) else { return Ok(Vec::new()) };
        let asker = asker(call);
        let mut facts = Vec::with_capacity(found.len());
        for found in &found {
            let own = asker.facts(
                &self.house,
                view,
                about,
                &needs,
                Some((&found.row.id, Some(&found.envelope))),
            )?;
            facts.push(own);
        }
        let judged = self.house.policy.filter::<M>(question, facts.into_iter());
        let allowed = judged.map(|(_, allowed)| allowed).unwrap_or_default();
        Ok(found.into_iter().zip(allowed).filter(|(_, allowed)| *allowed).map(|(found, _)| found).collect())
    }

    pub(crate) fn lines(
        &self,
        call: &Call,
        grant: Grant<Reading>,
        rows: impl Fn(&dyn Look, &crate::secrets::Pseudonym) -> Answer<Vec<crate::engine::LineRow>>,
    ) -> Result<Vec<Line>, Denied> {
        let logs = self.logs_of(&grant);
        if logs.is_empty() {
            let name = self.house.policy.use_name(grant.question().use_id);
            return Err(Unavailable::Undeclared(format!("{name} as a use of the access log")).into());
        }
        self.look(call, grant, |view, grant| {
            let lines = self.lines_in(view, grant, &logs, &rows)?;
            let count = lines.len();
            Ok((lines, count))
        })
    }

    /// The logs among the registers that a grant covers.
    pub(crate) fn logs_of(&self, grant: &Grant<Reading>) -> Vec<RegisterId> {
        let used = self.house.policy.use_(grant.question().use_id);
        let scopes = used.map_or(&[][..], |used| &used.of);
        scopes.iter().map(|scope| scope.register).filter(|register| self.is_log(*register)).collect()
    }

    /// The lines of some logs about the person of a grant, cut to what it covers.
    pub(crate) fn lines_in(
        &self,
        view: &View<'_>,
        grant: &Grant<Reading>,
        logs: &[RegisterId],
        rows: impl Fn(&dyn Look, &crate::secrets::Pseudonym) -> Answer<Vec<crate::engine::LineRow>>,
    ) -> Answer<Vec<Line>> {
        let person = person_of(grant.question().target).filter(|_| !logs.is_empty());
        let Some(about) = person else { return Ok(Vec::new()) };
        let pseudonym = self.house.secrets.log().person(about);
        let mut lines = Vec::new();
        for row in rows(view.store()?, &pseudonym)? {
            let Some(line) = self.house.read_line(&row)? else { continue };
            let log = self.house.policy.use_(line.use_id).and_then(|used| used.log);
            if let Some(log) = log.filter(|log| logs.contains(log)) {
                lines.push(self.cut_line(grant, log, line));
            }
        }
        Ok(lines)
    }

    /// Whether some use leaves its trace in this register.
    fn is_log(&self, register: RegisterId) -> bool {
        self.house.policy.uses.iter().any(|used| used.log == Some(register))
    }

    /// Cuts a line to the fields of its register that the grant covers: the place of a look is not for everyone (threats T9).
    fn cut_line(&self, grant: &Grant<Reading>, log: RegisterId, line: Line) -> Line {
        let mask = self.house.policy.fields(grant, log, false);
        let shows = |field: &str| self.house.policy.field_id(log, field).is_none_or(|id| mask.contains(id));
        let trace = line.trace.map(|trace| crate::line::Trace {
            who: if shows("who") { trace.who } else { String::new() },
            role: if shows("role") { trace.role } else { String::new() },
            organisation: trace.organisation.filter(|_| shows("organisation")),
            on_behalf_of: trace.on_behalf_of.filter(|_| shows("on-behalf-of")),
            reason: trace.reason.filter(|_| shows("reason")),
            records: trace.records,
            clause: trace.clause.filter(|_| shows("outcome")),
        });
        let actor = line.actor.filter(|_| shows("who"));
        let kept = line.kept.map(|kept| crate::line::Kept {
            role: if shows("role") { kept.role } else { String::new() },
            reason: kept.reason.filter(|_| shows("reason")),
            ..kept
        });
        Line { trace, actor, kept, ..line }
    }
}

fn hold_kind(hold: &HoldRow) -> Option<(HoldKind, jiff::Timestamp)> {
    HoldKind::ALL.get(usize::from(hold.kind)).map(|kind| (*kind, time(hold.review)))
}

/// Whether a record that the use covers may be shown now.
///
/// Past its day nothing is shown, swept or not. What is blocked or restricted is shown to the person alone (GDPR art. 15 and 18(2)).
pub(crate) fn is_visible(house: &House, found: &Found<'_>, question: &Question, own: bool) -> bool {
    is_shown(house, &found.row, &found.holds, question, own)
}

/// The same for a row with what holds it.
pub(crate) fn is_shown(house: &House, row: &Row, holds: &[HoldRow], question: &Question, own: bool) -> bool {
    if row.braked {
        return false;
    }
    let restricted = house.restrictions.load(Ordering::Relaxed) > 0
        && holds.iter().any(|hold| hold.kind == HoldKind::Restriction as u8);
    let closed = row.closed_at.is_some_and(|at| at <= micros(question.now));
    let blocked = row.stage == stage_code(Stage::Blocked);
    if closed && !blocked && holds.is_empty() {
        return false;
    }
    own || !(restricted || closed || blocked)
}

/// The stage of a row as a number.
pub(crate) const fn stage_code(stage: Stage) -> u8 {
    match stage {
        Stage::Open => 0,
        Stage::Restricted => 1,
        Stage::Blocked => 2,
        Stage::Archived => 3,
        Stage::Erased => 4,
    }
}

pub(crate) const fn stage_of(code: u8) -> Stage {
    match code {
        0 => Stage::Open,
        1 => Stage::Restricted,
        2 => Stage::Blocked,
        3 => Stage::Archived,
        _ => Stage::Erased,
    }
}

/// A record as its reader sees it.
pub(crate) fn show(
    house: &House,
    found: Found<'_>,
    cut: impl FnOnce(&Shelf, &mut crate::record::Content),
) -> Record {
    let Found { row, mut envelope, shelf, holds, .. } = found;
    let full = envelope.content.len();
    cut(shelf, &mut envelope.content);
    let restricted = holds.iter().any(|hold| hold.kind == HoldKind::Restriction as u8);
    let stage = if restricted && row.stage == 0 { Stage::Restricted } else { stage_of(row.stage) };
    // What a private record is about, and who has to do with it, stays with those who may see it.
    let hidden = row.private && envelope.content.len() < full;
    if hidden {
        envelope.subjects.truncate(1);
        envelope.history.events.clear();
        envelope.notes.clear();
    }
    let mut events: Vec<_> = envelope.history.events.into_iter().map(|(name, at)| (name, time(at))).collect();
    events.sort_by_key(|(_, at)| *at);
    Record {
        id: record_id(&row),
        register: shelf.id,
        version: row.version,
        stage,
        subjects: envelope.subjects.into_iter().map(|(role, person)| (role, person.0)).collect(),
        content: Personal::new(envelope.content),
        private: row.private,
        collected_at: time(row.collected_at),
        changed_at: time(row.changed_at),
        collected_under: house.corpora.get(&row.under).unwrap_or(&house.policy).version,
        events,
        notes: envelope.notes.into_iter().map(Personal::new).collect(),
        due_at: row.due_at.map(time),
    }
}

/// The people whom records are about.
pub(crate) fn people(found: &[Found<'_>]) -> Vec<Id<Person>> {
    let mut people: Vec<_> = found.iter().filter_map(|found| found.envelope.about()).collect();
    people.sort_unstable();
    people.dedup();
    people
}
