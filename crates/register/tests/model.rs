//! A slow, plain model beside the register: random calls on both, the same answers; ten years, nothing early, nothing late.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use std::collections::BTreeMap;

use jiff::{Span, Timestamp, ToSpan};
use notice::Id;
use notice::id::{Person, Record as RecordKind};
use proptest::prelude::*;
use register::testing::SeededRandomness;
use register::{Change, ChangeError, Denied, Holder, Randomness};
use serde_json::json;
use support::*;

#[derive(Clone, Debug)]
enum Step {
    Prescribe { person: usize, drug: u8, private: bool },
    Correct { order: usize, drug: u8, stale: bool },
    MarkPrivate { order: usize, private: bool },
    Block { person: usize },
    Unblock { person: usize },
    Read { person: usize },
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..2_usize, any::<u8>(), any::<bool>()).prop_map(|(person, drug, private)| Step::Prescribe { person, drug, private }),
        3 => (0..8_usize, any::<u8>(), prop::bool::weighted(0.2)).prop_map(|(order, drug, stale)| Step::Correct { order, drug, stale }),
        1 => (0..8_usize, any::<bool>()).prop_map(|(order, private)| Step::MarkPrivate { order, private }),
        1 => (0..2_usize).prop_map(|person| Step::Block { person }),
        1 => (0..2_usize).prop_map(|person| Step::Unblock { person }),
        4 => (0..2_usize).prop_map(|person| Step::Read { person }),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..40)
}

#[derive(Debug)]
struct Order {
    id: Id<RecordKind>,
    person: usize,
    drug: String,
    version: u32,
    private: bool,
}

/// What the register must know, in three lists.
#[derive(Default)]
struct Model {
    orders: Vec<Order>,
    blocks: BTreeMap<usize, Vec<Id<RecordKind>>>,
    lines: BTreeMap<usize, usize>,
}

impl Model {
    fn blocked(&self, person: usize) -> bool {
        self.blocks.get(&person).is_some_and(|blocks| !blocks.is_empty())
    }

    fn line(&mut self, person: usize) {
        *self.lines.entry(person).or_default() += 1;
    }
}

fn run(steps: Vec<Step>) {
    let mut town = Town::new();
    town.treat(town.bruno, Holder::Organisation(town.clinic));
    let people = [town.nancy, town.bruno];
    let mut model = Model::default();
    let start: Vec<usize> = people.iter().map(|person| accepted(&town, *person)).collect();
    for (number, step) in steps.into_iter().enumerate() {
        town.at.clock.pass(1.second());
        match step {
            Step::Prescribe { person, drug, private } => {
                let drug = format!("drug-{drug}");
                let mut order = town.order(people[person], &drug);
                let id = Id::from_bits(1_000 + number as u128);
                order.id = Some(id);
                order.private = private;
                let written = town.write(
                    &town.as_doctor(),
                    "fmk.prescribe",
                    people[person],
                    vec![Change::Create(Box::new(order))],
                );
                assert_eq!(written.is_ok(), !model.blocked(person), "{written:?}");
                if written.is_ok() {
                    model.orders.push(Order { id, person, drug, version: 1, private });
                    model.line(person);
                }
            }
            Step::Correct { order, drug, stale } => {
                let Some(index) = (!model.orders.is_empty()).then(|| order % model.orders.len()) else {
                    continue;
                };
                let (person, private) = (model.orders[index].person, model.orders[index].private);
                let drug = format!("drug-{drug}");
                let version = model.orders[index].version - u32::from(stale);
                let change = Change::Correct {
                    record: model.orders[index].id,
                    version,
                    content: content(json!({ "drug-name": drug })),
                    note: None,
                };
                let written = town.write(&town.as_doctor(), "fmk.change-order", people[person], vec![change]);
                let blocked = model.blocked(person);
                match &written {
                    Ok(()) => assert!(!blocked && !stale && !private),
                    Err(ChangeError::Denied(Denied::Refused(_))) => assert!(blocked),
                    Err(ChangeError::Conflict) => assert!(stale && !blocked),
                    Err(ChangeError::Unfit { .. }) => assert!(private && !blocked),
                    other => panic!("{other:?}"),
                }
                if written.is_ok() {
                    model.orders[index].version += 1;
                    model.orders[index].drug = drug;
                    model.line(person);
                }
            }
            Step::MarkPrivate { order, private } => {
                let Some(index) = (!model.orders.is_empty()).then(|| order % model.orders.len()) else {
                    continue;
                };
                let person = model.orders[index].person;
                let change = Change::MarkPrivate { record: model.orders[index].id, private };
                let name = if private { "fmk.mark-private" } else { "fmk.unmark-private" };
                town.write(&town.as_citizen(people[person]), name, people[person], vec![change]).unwrap();
                model.orders[index].private = private;
                model.line(person);
            }
            Step::Block { person } => {
                let id = town.block(people[person], Holder::Person(town.doctor)).unwrap();
                model.blocks.entry(person).or_default().push(id);
                model.line(person);
            }
            Step::Unblock { person } => {
                let Some(id) = model.blocks.get_mut(&person).and_then(Vec::pop) else { continue };
                let change = Change::EndLink { record: id, at: town.now() };
                town.write(&town.as_citizen(people[person]), "nsp.unblock", people[person], vec![change])
                    .unwrap();
                model.line(person);
            }
            Step::Read { person } => {
                let card = town.card(people[person]);
                if model.blocked(person) {
                    refused(card);
                    continue;
                }
                model.line(person);
                let seen: Vec<_> = card
                    .unwrap()
                    .into_iter()
                    .map(|record| {
                        let drug = record
                            .content
                            .reveal()
                            .get("drug-name")
                            .map(|drug| drug.as_str().unwrap().to_owned());
                        (record.id, record.version, drug)
                    })
                    .collect();
                let expected: Vec<_> = model
                    .orders
                    .iter()
                    .filter(|order| order.person == person)
                    .map(|order| (order.id, order.version, (!order.private).then(|| order.drug.clone())))
                    .collect();
                assert_eq!(seen, expected);
            }
            Step::Reopen => {
                let Town { at, nancy, bruno, doctor, clinic } = town;
                town = Town { at: at.reopen(100 + number as u64).unwrap(), nancy, bruno, doctor, clinic };
            }
        }
    }
    for (index, person) in people.iter().enumerate() {
        let lines = model.lines.get(&index).copied().unwrap_or(0);
        // The look into the log that counts them at the start is a line as well.
        assert_eq!(accepted(&town, *person), start[index] + lines + 1, "a line for each look and no other");
    }
}

fn accepted(town: &Town, person: Id<Person>) -> usize {
    town.lines(person).iter().filter(|line| line.outcome == register::Outcome::Granted).count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_register_answers_as_a_plain_model_does(steps in steps()) {
        run(steps);
    }
}

/// Register, events, and years that the treatment is active.
type Plain = (&'static str, Vec<(&'static str, Timestamp)>, Option<i64>);

/// When a plain reading of the notice erases a record: events in, a date out.
fn plain_due(
    kind: &str,
    events: &[(&str, Timestamp)],
    died: Option<Timestamp>,
    active: Option<i64>,
) -> Option<Timestamp> {
    let zone = jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap();
    let plus = |at: Timestamp, years: i64| {
        at.to_zoned(zone.clone()).checked_add(Span::new().years(years)).unwrap().timestamp()
    };
    let last = |name: &str| events.iter().filter(|(event, _)| *event == name).map(|(_, at)| *at).max();
    match kind {
        "fmk.order" => {
            let dispensed = last("dispensed");
            let active = dispensed.map(|at| plus(at, active.unwrap_or(0)));
            [Some(plus(last("order.made")?, 2)), dispensed.map(|at| plus(at, 2)), active]
                .into_iter()
                .flatten()
                .max()
        }
        "fmk.dispensing" => last("dispensing.recorded").map(|at| plus(at, 2)),
        "nsp.appointment" => {
            [last("appointment.fulfilled").map(|at| plus(at, 2)), died.map(|at| plus(at, 1))]
                .into_iter()
                .flatten()
                .min()
        }
        _ => died.map(|at| plus(at, 2)),
    }
}

#[test]
fn over_ten_years_nothing_goes_early_and_nothing_late() {
    let town = Town::new();
    let dice = SeededRandomness::new(2_026);
    let roll = |below: u64| {
        let mut bytes = [0; 8];
        dice.fill(&mut bytes);
        u64::from_be_bytes(bytes) % below
    };
    let mut standing: BTreeMap<Id<RecordKind>, Plain> = BTreeMap::new();
    let mut died: Option<Timestamp> = None;
    let (mut made, mut gone) = (0_u128, 0);
    let end: Timestamp = "2036-11-21T09:00:00Z".parse().unwrap();
    while town.now() < end {
        // Leap days, month ends and both changes of the clock come by.
        town.at.clock.pass(
            Span::new()
                .hours(i64::try_from(roll(24 * 25)).unwrap())
                .minutes(i64::try_from(roll(60)).unwrap() + 1),
        );
        let now = town.now();
        let report = town.register().sweep().unwrap();
        assert_eq!((report.stopped, report.braked), (None, 0));
        let before = standing.len();
        standing.retain(|_, (kind, events, active)| {
            plain_due(kind, events, died, *active).is_none_or(|due| due > now)
        });
        gone += before - standing.len();
        let mut left: Vec<_> = ["fmk.read-own-plan-of-erasure", "nsp.read-own-plan-of-erasure"]
            .into_iter()
            .flat_map(|name| {
                let call = town.as_citizen(town.nancy);
                let grant =
                    town.register().ask(&call, ask(name, notice::Target::Person(town.nancy))).unwrap();
                town.register().read_clocks(&call, grant).unwrap()
            })
            .map(|clocked| clocked.record.id)
            .filter(|id| id.bits() >> 64 == 0xfeed)
            .collect();
        left.sort();
        let late: Vec<_> = left.iter().filter(|id| !standing.contains_key(id)).collect();
        let early: Vec<_> = standing.iter().filter(|(id, _)| !left.contains(id)).collect();
        assert!(
            late.is_empty() && early.is_empty(),
            "at {now} late {late:?}, early {early:?}, died {died:?}"
        );

        let kinds = [
            ("fmk.order", "order.made"),
            ("fmk.dispensing", "dispensing.recorded"),
            ("nsp.appointment", "appointment.fulfilled"),
            ("fmk.basic", ""),
        ];
        let (kind, event) = kinds[usize::try_from(roll(4)).unwrap()];
        // The dead get no new appointments: when the last record has gone, so has the knowledge of the death.
        if roll(3) > 0 && (kind != "fmk.basic" || made == 0) && (kind != "nsp.appointment" || died.is_none())
        {
            let id = Id::from_bits((0xfeed << 64) + made);
            made += 1;
            let mut new = draft(kind, "patient", town.nancy, json!({}));
            new.id = Some(id);
            let mut events = Vec::new();
            if !event.is_empty() && roll(5) > 0 {
                new.events.push((event.to_owned(), now));
                events.push((event, now));
            }
            let active = (kind == "fmk.order" && roll(2) == 0).then(|| i64::try_from(roll(4)).unwrap() + 1);
            if let Some(years) = active {
                new.quantities.push(("active-period".to_owned(), Some(Span::new().years(years))));
            }
            let name = if kind == "nsp.appointment" { "nsp.import-appointments" } else { "fmk.import" };
            town.write(&town.system(), name, town.nancy, vec![Change::Create(Box::new(new))]).unwrap();
            standing.insert(id, (kind, events, active));
        } else if let Some((id, (_, events, _))) = standing
            .iter_mut()
            .filter(|(_, (kind, _, _))| *kind == "fmk.order")
            .nth(usize::try_from(roll(3)).unwrap())
        {
            let raise = Change::Raise { record: *id, event: "dispensed".to_owned(), at: now };
            town.write(&town.system(), "fmk.import", town.nancy, vec![raise]).unwrap();
            events.push(("dispensed", now));
        }
        if died.is_none() && now > "2031-01-01T00:00:00Z".parse().unwrap() {
            died = Some(now);
            let change =
                Change::RaisePerson { person: town.nancy, event: "subject.died".to_owned(), at: now };
            town.write(&town.at.call("cpr", None, None), "fmk.report-death", town.nancy, vec![change])
                .unwrap();
        }
    }
    assert!(gone > 40, "{gone} records went");
}
