//! A slow, plain model of the world: what holds, what stands on a card, what must be gone. Knows nothing of notices, clocks or engines.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Unit};
use notice::Id;
use notice::id::{self, Organisation, Person};

/// A fact in force from an instant until another.
#[derive(Clone, Debug)]
pub(super) struct Holds {
    pub(super) record: Id<id::Record>,
    pub(super) person: Id<Person>,
    pub(super) by: By,
    pub(super) from: Timestamp,
    pub(super) until: Option<Timestamp>,
    /// Years after death when the record goes, and the fact with it.
    pub(super) years_after_death: Option<i16>,
}

/// Who holds a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Everyone,
    Organisation(Id<Organisation>),
    Person(Id<Person>),
}

/// How long a medicine stays active after it was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Active {
    Days(i64),
    Unknown,
}

/// Dosage of the model: so many hundredths of a tablet a day, or words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dose {
    Hundredths(i64),
    Words,
}

#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) id: Id<id::Record>,
    pub(super) patient: Id<Person>,
    pub(super) author: Id<Person>,
    pub(super) drug: String,
    pub(super) dose: Dose,
    pub(super) until: Option<Date>,
    pub(super) made: Timestamp,
    pub(super) dispensed: Vec<Timestamp>,
    pub(super) active: Active,
    pub(super) paused: bool,
    pub(super) stopped: bool,
    pub(super) private: bool,
    pub(super) reviewed: bool,
    pub(super) version: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Prescription {
    pub(super) id: Id<id::Record>,
    pub(super) patient: Id<Person>,
    pub(super) order: Id<id::Record>,
    pub(super) issuer: Id<Person>,
    pub(super) issued: Timestamp,
    pub(super) valid_until: Date,
    pub(super) iterations: u32,
    pub(super) tablets: Option<i64>,
    pub(super) handed_over: u32,
    pub(super) dispensed: Vec<Timestamp>,
    pub(super) active: Active,
    pub(super) cancelled: Cancelled,
    pub(super) private: bool,
    pub(super) version: u32,
}

/// Whether and how a prescription was called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cancelled {
    No,
    WithTheOrder,
    ByItself,
}

#[derive(Clone, Debug)]
pub(super) struct Dispensing {
    pub(super) id: Id<id::Record>,
    pub(super) patient: Id<Person>,
    pub(super) prescription: Id<id::Record>,
    pub(super) at: Timestamp,
    pub(super) private: bool,
}

/// A line that must stand in the log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    pub(super) at: Timestamp,
    pub(super) use_name: &'static str,
}

/// The world.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub(super) treats: Vec<Holds>,
    pub(super) blocks: Vec<Holds>,
    pub(super) consents: Vec<Holds>,
    pub(super) presentations: Vec<Holds>,
    pub(super) emergencies: Vec<Holds>,
    pub(super) orders: Vec<Order>,
    pub(super) prescriptions: Vec<Prescription>,
    pub(super) dispensings: Vec<Dispensing>,
    pub(super) died: BTreeMap<Id<Person>, Timestamp>,
    pub(super) lines: BTreeMap<Id<Person>, Vec<Line>>,
    pub(super) refused: BTreeMap<Id<Person>, Vec<Line>>,
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asker {
    pub(super) person: Id<Person>,
    pub(super) organisation: Option<Id<Organisation>>,
}

impl Asker {
    fn is(self, by: By) -> bool {
        match by {
            By::Everyone => true,
            By::Organisation(organisation) => self.organisation == Some(organisation),
            By::Person(person) => self.person == person,
        }
    }
}

impl Model {
    fn holds(&self, facts: &[Holds], person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        facts.iter().any(|fact| {
            fact.person == person
                && asker.is(fact.by)
                && fact.from <= now
                && fact.until.is_none_or(|until| now < until)
                && !self.is_gone(fact, now)
        })
    }

    fn is_gone(&self, fact: &Holds, now: Timestamp) -> bool {
        let Some(years) = fact.years_after_death else { return false };
        self.died.get(&fact.person).is_some_and(|died| years_later(*died, years) <= now)
    }

    /// In treatment, blocked or not.
    pub(super) fn treats(&self, person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        self.holds(&self.treats, person, asker, now)
    }

    /// In treatment and not blocked.
    pub(super) fn may_treat(&self, person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        self.holds(&self.treats, person, asker, now) && !self.holds(&self.blocks, person, asker, now)
    }

    pub(super) fn consented(&self, person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        self.holds(&self.consents, person, asker, now)
    }

    pub(super) fn presented(&self, person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        self.holds(&self.presentations, person, asker, now)
    }

    pub(super) fn emergency(&self, person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        self.holds(&self.emergencies, person, asker, now)
    }

    /// May write on a card.
    pub(super) fn may_write(&self, person: Id<Person>, asker: Asker, now: Timestamp) -> bool {
        self.may_treat(person, asker, now)
            || self.consented(person, asker, now)
            || self.emergency(person, asker, now)
    }

    /// Forgets what must be gone.
    pub(super) fn sweep(&mut self, now: Timestamp) {
        self.orders.retain(|order| order.stands(now));
        self.prescriptions.retain(|prescription| prescription.stands(now));
        self.dispensings.retain(|dispensing| now < years_later(dispensing.at, 2));
        for lines in self.lines.values_mut().chain(self.refused.values_mut()) {
            lines.retain(|line| now < years_later(line.at, 2));
        }
    }

    pub(super) fn orders_of(&self, person: Id<Person>, now: Timestamp) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.patient == person && order.stands(now))
    }

    pub(super) fn prescriptions_of(
        &self,
        person: Id<Person>,
        now: Timestamp,
    ) -> impl Iterator<Item = &Prescription> {
        self.prescriptions.iter().filter(move |found| found.patient == person && found.stands(now))
    }

    pub(super) fn dispensings_of(
        &self,
        person: Id<Person>,
        now: Timestamp,
    ) -> impl Iterator<Item = &Dispensing> {
        let stands = move |found: &&Dispensing| found.patient == person && now < years_later(found.at, 2);
        self.dispensings.iter().filter(stands)
    }

    pub(super) fn line(&mut self, person: Id<Person>, at: Timestamp, use_name: &'static str) {
        self.lines.entry(person).or_default().push(Line { at, use_name });
    }

    pub(super) fn refusal(&mut self, person: Id<Person>, at: Timestamp, use_name: &'static str) {
        self.refused.entry(person).or_default().push(Line { at, use_name });
    }
}

impl Order {
    pub(super) fn stands(&self, now: Timestamp) -> bool {
        stands(self.made, &self.dispensed, self.active, now)
    }

    /// How long one handing over of so many tablets lasts, seen from a day.
    pub(super) fn lasts(&self, tablets: Option<i64>, today: Date) -> Active {
        let until_end =
            self.until.map(|until| i64::from(today.until((Unit::Day, until)).unwrap().get_days()));
        let of_tablets = match (self.dose, tablets) {
            (Dose::Hundredths(hundredths), Some(tablets)) => {
                Some((tablets * 100 + hundredths - 1) / hundredths)
            }
            (Dose::Words, _) | (_, None) => None,
        };
        let days = [until_end, of_tablets].into_iter().flatten().min();
        days.map_or(Active::Unknown, |days| Active::Days(if days <= 730 { 0 } else { days }))
    }
}

impl Prescription {
    pub(super) fn stands(&self, now: Timestamp) -> bool {
        stands(self.issued, &self.dispensed, self.active, now)
    }

    pub(super) fn is_open(&self, today: Date) -> bool {
        self.is_open_on_paper() && today <= self.valid_until
    }

    pub(super) fn is_open_on_paper(&self) -> bool {
        self.cancelled == Cancelled::No && self.handed_over < self.iterations
    }
}

/// Two years after the beginning, two years after the last handing over, and as long as the medicine is active.
fn stands(begun: Timestamp, dispensed: &[Timestamp], active: Active, now: Timestamp) -> bool {
    if now < years_later(begun, 2) {
        return true;
    }
    let Some(last) = dispensed.iter().max() else { return false };
    match active {
        Active::Unknown => true,
        Active::Days(days) => now < years_later(*last, 2) || now < later(*last, Span::new().days(days)),
    }
}

pub(super) fn years_later(at: Timestamp, years: i16) -> Timestamp {
    later(at, Span::new().years(years))
}

fn later(at: Timestamp, span: Span) -> Timestamp {
    at.to_zoned(TimeZone::get("Europe/Copenhagen").unwrap()).checked_add(span).unwrap().timestamp()
}
