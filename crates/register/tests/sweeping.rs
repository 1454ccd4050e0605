//! What is due goes on its day, what is not stays, and nobody can hurry it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use jiff::{Timestamp, ToSpan};
use notice::clock::Verb;
use notice::{Target, Writing};
use register::testing::TestRegister;
use register::{Change, FourEyes, Held, Hold, HoldKind, Stopped};
use serde_json::json;
use support::*;

fn appointments(town: &Town, count: usize) {
    for number in 0..count {
        let mut draft =
            draft("nsp.appointment", "patient", town.nancy, json!({ "identifier": number.to_string() }));
        draft.events.push(("appointment.fulfilled".to_owned(), town.now()));
        let create = Change::Create(Box::new(draft));
        town.write(&town.system(), "nsp.import-appointments", town.nancy, vec![create]).unwrap();
    }
}

fn own(town: &Town) -> Vec<register::Record> {
    town.read(&town.as_citizen(town.nancy), "nsp.read-own-appointments", town.nancy).unwrap()
}

/// Time passes as in a running house: a sweep a day, or fewer where nothing is expected.
fn live_until(town: &Town, until: &str) {
    let until: Timestamp = until.parse().unwrap();
    while town.now() < until {
        let next = (town.now() + (24 * 20).hours()).min(until);
        town.at.clock.pass_until(next);
        let report = town.register().sweep().unwrap();
        assert_eq!(report.stopped, None);
    }
}

#[test]
fn rule_n_12_an_appointment_goes_two_years_after_it_was_kept_and_not_before() {
    let town = Town::new();
    appointments(&town, 1);
    live_until(&town, "2028-11-21T08:59:59Z");
    assert_eq!(own(&town).len(), 1);
    assert_eq!(town.register().next_due().unwrap().unwrap(), "2028-11-21T09:00:00Z".parse().unwrap());
    town.at.clock.pass(1.second());
    assert_eq!(own(&town).len(), 0, "not readable on its day, swept or not");
    let report = town.register().sweep().unwrap();
    let appointment = town.at.policy.register_id("nsp.appointment").unwrap();
    assert_eq!(report.acts[&(appointment, Verb::Erase)], 1);
    let receipts = town.register().receipts(10).unwrap();
    assert!(
        receipts.iter().any(|it| it.register == appointment && it.records == 1 && it.verb == Verb::Erase)
    );
}

#[test]
fn rule_f_17_a_dispensing_moves_the_date_of_an_order() {
    let town = Town::new();
    let order = town.prescribe(town.nancy, "Panodil").unwrap();
    live_until(&town, "2027-11-21T09:00:00Z");
    let raise = Change::Raise { record: order, event: "dispensed".to_owned(), at: town.now() };
    town.write(&town.system(), "fmk.import", town.nancy, vec![raise]).unwrap();
    live_until(&town, "2029-11-21T08:59:59Z");
    assert_eq!(town.card(town.nancy).unwrap().len(), 1);
    live_until(&town, "2029-11-21T09:00:00Z");
    assert_eq!(town.card(town.nancy).unwrap().len(), 0);
}

#[test]
fn a_death_brings_the_date_and_its_revocation_takes_it_back() {
    let town = Town::new();
    let cpr = town.at.call("cpr", None, None);
    let died = Change::RaisePerson { person: town.nancy, event: "subject.died".to_owned(), at: town.now() };
    town.write(&cpr, "nsp.report-death", town.nancy, vec![died]).unwrap();
    let due = |town: &Town| {
        let call = town.as_citizen(town.nancy);
        let records = town.read(&call, "nsp.read-own-basic", town.nancy).unwrap();
        records.iter().filter_map(|record| record.due_at).min()
    };
    assert_eq!(due(&town), Some("2027-11-21T09:00:00Z".parse().unwrap()));
    let revoke = Change::RevokePerson {
        person: town.nancy,
        event: "subject.died".to_owned(),
        reason: register::Personal::new("another person of that name".to_owned()),
    };
    town.write(&cpr, "nsp.report-death", town.nancy, vec![revoke]).unwrap();
    assert_eq!(due(&town), None);
    let said: Vec<_> =
        town.lines(town.nancy).iter().filter_map(|line| line.trace.reveal().reason.clone()).collect();
    assert_eq!(said, ["another person of that name"]);
    live_until(&town, "2028-11-01T09:00:00Z");
    assert_eq!(town.read(&town.as_citizen(town.nancy), "nsp.read-own-basic", town.nancy).unwrap().len(), 2);
}

#[test]
fn an_open_request_holds_what_is_due_and_lets_it_go_when_it_is_closed() {
    let town = Town::new();
    appointments(&town, 1);
    let officer = town.at.call("reviewer", None, None);
    let hold = Hold {
        on: Held::Person(town.nancy),
        kind: HoldKind::OpenRequest,
        review: "2028-12-01T00:00:00Z".parse().unwrap(),
    };
    let id = town.register().hold(&officer, hold.clone()).unwrap();
    assert_eq!(town.register().holds().unwrap(), [(id, hold)]);
    live_until(&town, "2028-11-22T09:00:00Z");
    assert_eq!(own(&town).len(), 1, "evidence stays, for the person to see");
    let call = town.as_citizen(town.nancy);
    let ask = ask("nsp.read-own-plan-of-erasure", Target::Person(town.nancy));
    let clocks = town.register().read_clocks(&call, town.register().ask(&call, ask).unwrap()).unwrap();
    let held = clocks.iter().find(|it| !it.record.events.is_empty() && it.record.due_at.is_some()).unwrap();
    assert_eq!(held.holds[0].0, HoldKind::OpenRequest);
    town.register().release_hold(&officer, id).unwrap();
    town.register().sweep().unwrap();
    assert_eq!(own(&town).len(), 0);
}

#[test]
fn a_restriction_keeps_a_record_from_everyone_but_the_person() {
    let town = Town::new();
    let order = town.prescribe(town.nancy, "Panodil").unwrap();
    let on = Held::Record { person: town.nancy, record: order };
    let hold = Hold { on, kind: HoldKind::Restriction, review: town.now() };
    let id = town.register().hold(&town.system(), hold).unwrap();
    assert_eq!(town.card(town.nancy).unwrap().len(), 0);
    let own = town.read(&town.as_citizen(town.nancy), "fmk.read-own-card", town.nancy).unwrap();
    assert_eq!(own[0].stage, register::Stage::Restricted);
    town.register().release_hold(&town.system(), id).unwrap();
    assert_eq!(town.card(town.nancy).unwrap().len(), 1);
}

#[test]
fn t5_a_jump_of_ten_years_erases_nothing_until_two_persons_agree() {
    let town = Town::new();
    appointments(&town, 3);
    town.register().sweep().unwrap();
    town.at.clock.jump_to("2036-11-21T09:00:00Z".parse().unwrap());
    let report = town.register().sweep().unwrap();
    assert!(matches!(report.stopped, Some(Stopped::ClockStepped { by_seconds }) if by_seconds > 300_000_000));
    assert!(report.acts.is_empty());
    town.at.clock.jump_to("2026-11-21T09:00:01Z".parse().unwrap());
    assert!(town.register().sweep().unwrap().stopped.is_none(), "nothing is due on the right day");
    assert_eq!(own(&town).len(), 3);
    town.at.clock.jump_to("2036-11-21T09:00:00Z".parse().unwrap());
    town.register().sweep().unwrap();
    assert!(matches!(town.register().confirm_clock("Ada", "ada "), Err(FourEyes::NotTwo)));
    assert!(town.register().sweep().unwrap().stopped.is_some());
    town.register().confirm_clock("Ada", "Grace").unwrap();
    let report = town.register().sweep().unwrap();
    assert!(report.stopped.is_none() && !report.acts.is_empty());
}

#[test]
fn a_house_that_lay_closed_asks_before_it_erases() {
    let town = Town::new();
    appointments(&town, 1);
    town.register().sweep().unwrap();
    let Town { at, nancy, bruno, doctor, clinic } = town;
    let town = Town {
        at: at
            .reopen_after(jiff::Span::new().hours(24 * 365 * 3), register::testing::house_corpus(), 2)
            .unwrap(),
        nancy,
        bruno,
        doctor,
        clinic,
    };
    assert!(town.register().sweep().unwrap().stopped.is_some());
    town.register().confirm_clock("Ada", "Grace").unwrap();
    assert!(!town.register().sweep().unwrap().acts.is_empty());
}

#[test]
fn the_brake_blocks_a_surplus_until_two_persons_release_it() {
    let at = TestRegister::with(register::testing::house_corpus(), "2026-11-21T09:00:00Z", |config| {
        config.guard.brake_floor = 5;
    });
    let town = Town::around(at);
    town.register().sweep().unwrap();
    town.at.clock.pass(25.hours());
    town.register().sweep().unwrap();
    // Twenty records come in that should have gone long ago: nobody planned for them.
    let changes = (0..20).map(|number| {
        let mut draft =
            draft("nsp.appointment", "patient", town.nancy, json!({ "identifier": number.to_string() }));
        draft.events.push(("appointment.fulfilled".to_owned(), "2020-01-01T00:00:00Z".parse().unwrap()));
        Change::Create(Box::new(draft))
    });
    town.write(&town.system(), "nsp.import-appointments", town.nancy, changes.collect()).unwrap();
    let report = town.register().sweep().unwrap();
    assert_eq!((report.acts.values().sum::<u64>(), report.braked), (5, 15));
    assert_eq!(town.register().late().unwrap().values().sum::<u64>(), 15);
    assert_eq!(own(&town).len(), 0, "what is late is not readable");
    assert_eq!(town.register().sweep().unwrap().acts.values().sum::<u64>(), 0);
    assert!(matches!(town.register().release_brake("Ada", " "), Err(FourEyes::NotTwo)));
    assert_eq!(town.register().release_brake("Ada", "Grace").unwrap(), 15);
    assert_eq!(town.register().sweep().unwrap().acts.values().sum::<u64>(), 15);
    assert!(town.register().late().unwrap().is_empty());
}

#[test]
fn rule_n_18_lines_go_after_two_years_with_the_key_of_their_day() {
    let town = Town::new();
    town.card(town.nancy).unwrap();
    assert!(!town.lines(town.nancy).is_empty());
    live_until(&town, "2028-11-21T09:00:00Z");
    assert!(town.lines(town.nancy).iter().all(|line| line.at > "2028-11-20T00:00:00Z".parse().unwrap()));
}

#[test]
fn a_party_to_a_record_does_not_hurry_its_end() {
    let town = Town::new();
    let relation = town.treat(town.bruno, register::Holder::Person(town.doctor));
    let call = town.at.call("system", Some(town.doctor), None);
    let ended = |record| Change::Raise {
        record,
        event: "relation.ended".to_owned(),
        at: "2020-01-01T00:00:00Z".parse().unwrap(),
    };
    // The doctor is no subject of this one; one in which the doctor is a subject may not be ended into the past.
    let mut with_doctor = draft("nsp.treatment-relation", "patient", town.bruno, json!({ "kind": "A" }));
    with_doctor.subjects.push(("professional".to_owned(), town.doctor));
    let id = notice::Id::from_bits(77);
    with_doctor.id = Some(id);
    town.write(
        &town.system(),
        "nsp.register-treatment-relation",
        town.bruno,
        vec![Change::Create(Box::new(with_doctor))],
    )
    .unwrap();
    let refused = town.write(&call, "nsp.end-treatment-relation", town.bruno, vec![ended(id)]);
    assert!(matches!(refused, Err(register::ChangeError::Unfit { .. })), "{refused:?}");
    town.write(&town.system(), "nsp.end-treatment-relation", town.bruno, vec![ended(relation)]).unwrap();
}

#[test]
fn a_plan_counts_what_falls_due_by_day() {
    let town = Town::new();
    appointments(&town, 3);
    let day = jiff::civil::date(2028, 11, 21);
    let plan = town.register().plan(day, day.tomorrow().unwrap()).unwrap();
    let appointment = town.at.policy.register_id("nsp.appointment").unwrap();
    assert_eq!(plan[&day][&appointment], 3);
    let grant = town.register().ask::<Writing>(&town.system(), ask("nsp.import-appointments", Target::Query));
    drop(grant.unwrap());
}

/// Somebody beside the register copies its database, which may take hours.
#[test]
fn a_copy_that_is_being_made_stops_nobody_and_what_was_erased_goes_when_it_is_done() {
    let town = Town::new();
    appointments(&town, 1);
    live_until(&town, "2028-11-21T08:59:59Z");
    let database = town.at.folder().join("database/register.db");
    let copy = rusqlite::Connection::open(&database).unwrap();
    copy.execute_batch("begin; select count(*) from record").unwrap();
    town.at.clock.pass(1.second());
    assert!(!town.register().sweep().unwrap().acts.is_empty());
    let keys = std::fs::metadata(town.at.folder().join("keys/keys.db-wal")).unwrap();
    assert_eq!(keys.len(), 0, "destroyed keys wait for no copy of the database");
    let beside = database.with_extension("db-wal");
    let bytes = || std::fs::metadata(&beside).map_or(0, |file| file.len());
    for _ in 0..20 {
        assert_eq!(own(&town).len(), 0);
        assert!(bytes() > 0, "the copy still looks at it");
    }
    drop(copy);
    let emptied = (0..1_000).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        bytes() == 0
    });
    assert!(emptied, "what was erased still lies in the log");
}

#[test]
fn what_time_it_was_is_written_down_also_where_there_is_no_idle_moment() {
    let town = Town::new();
    let database = rusqlite::Connection::open(town.at.folder().join("database/register.db")).unwrap();
    let seen = || -> Option<Vec<u8>> {
        database.query_row("select value from meta where name = 'seen'", [], |row| row.get(0)).ok()
    };
    own(&town);
    let before = seen();
    town.at.clock.pass(5.minutes());
    let written = (0..2_000).any(|_| {
        own(&town);
        seen() != before
    });
    assert!(written, "a crash now would look like a house that lay closed");
}
