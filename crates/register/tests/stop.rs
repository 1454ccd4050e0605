//! A stop holds from the moment it is acknowledged; a flood and a full disk do not open or close the wrong door.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use notice::{Fact, Target, Writing};
use register::testing::{TestRegister, house_corpus};
use register::{Change, ChangeError, Denied, Holder, Links, Outcome, Query, Unavailable};
use serde_json::json;
use support::*;

#[test]
fn no_read_is_answered_after_a_block_was_acknowledged() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    for round in 0..20 {
        let acknowledged = AtomicBool::new(false);
        let (reads, after) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    loop {
                        let call = town.as_doctor();
                        // The read sets out before it is known whether the block stands.
                        let stood = acknowledged.load(Ordering::SeqCst);
                        let read = town.read(&call, "fmk.read-card", town.nancy);
                        match read {
                            Ok(_) if stood => drop(after.fetch_add(1, Ordering::SeqCst)),
                            Ok(_) => drop(reads.fetch_add(1, Ordering::SeqCst)),
                            Err(Denied::Refused(_)) => break,
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                });
            }
            std::thread::sleep(std::time::Duration::from_millis(5));
            let block = town.block(town.nancy, Holder::Everyone).unwrap();
            acknowledged.store(true, Ordering::SeqCst);
            town.at.clock.pass(jiff::Span::new().seconds(2));
            let _ = block;
        });
        assert_eq!(after.load(Ordering::SeqCst), 0, "round {round}");
        // Lifted for the next round.
        let grant =
            town.register().ask(&town.as_citizen(town.nancy), ask("nsp.unblock", Target::Person(town.nancy)));
        let call = town.as_citizen(town.nancy);
        let now = town.now();
        let lift = |records: &[register::Record]| {
            let ends = records.iter().map(|record| Change::EndLink { record: record.id, at: now }).collect();
            Ok::<_, ()>((ends, ()))
        };
        town.register().change(&call, grant.unwrap(), lift).unwrap();
    }
}

#[test]
fn a_grant_asked_for_before_the_block_reads_nothing_after_it() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    let call = town.as_doctor();
    let grant = town.register().ask(&call, ask("fmk.read-card", Target::Person(town.nancy))).unwrap();
    let to_write =
        town.register().ask::<Writing>(&call, ask("fmk.prescribe", Target::Person(town.nancy))).unwrap();
    town.block(town.nancy, Holder::Everyone).unwrap();
    refused(town.register().read(&call, grant));
    let written = town.register().change(&call, to_write, |_| {
        Ok::<_, ()>((vec![Change::Create(Box::new(town.order(town.nancy, "Ipren")))], ()))
    });
    assert!(matches!(written, Err(ChangeError::Denied(Denied::Refused(_)))), "{written:?}");
}

#[test]
fn an_authorisation_that_ends_stops_the_doctor_at_once() {
    let town = Town::new();
    let call = town.as_doctor();
    let grant = town.register().ask(&call, ask("fmk.read-card", Target::Person(town.nancy))).unwrap();
    let to_list = town.register().ask(&call, ask("nsp.my-patients-today", Target::Query)).unwrap();
    let system = town.system();
    let professional = town
        .read(&town.at.call("citizen", Some(town.doctor), None), "nsp.read-own-professional", town.doctor)
        .unwrap();
    let end = Change::EndLink { record: professional[0].id, at: town.now() };
    town.write(&system, "nsp.import-professional", town.doctor, vec![end]).unwrap();
    let patients = Query::LinksHeldBy {
        fact: Fact::Treats,
        holder: Holder::Organisation(town.clinic),
        at: call.now,
        links: Links::All,
    };
    refused(town.register().read_query(&call, to_list, patients));
    refused(town.register().read(&call, grant));
}

#[test]
fn t12_a_relation_that_a_doctor_writes_opens_nothing_but_itself() {
    let town = Town::new();
    let mut relation = draft("nsp.treatment-relation", "patient", town.bruno, json!({ "kind": "A" }));
    relation.link = Some(link(Holder::Person(town.doctor), town.now(), None));
    // Even with the strength claimed by a service: who writes it gains from it.
    let call = town.at.call("system", Some(town.doctor), Some(town.clinic));
    let create = Change::Create(Box::new(relation));
    town.write(&call, "nsp.register-treatment-relation", town.bruno, vec![create]).unwrap();
    refused(town.card(town.bruno));
}

#[test]
fn t10_a_flood_of_refusals_shares_lines_and_a_doctor_still_reads() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    let flood = if cfg!(debug_assertions) { 40_000 } else { 1_000_000 };
    let before = town.register().receipts(1).unwrap().len();
    std::thread::scope(|scope| {
        for thread in 0..4_u64 {
            let town = &town;
            scope.spawn(move || {
                let call = town.as_doctor();
                for number in 0..flood / 4 {
                    // Some about one person, most about people nobody knows.
                    let about = if number % 4 == 0 {
                        town.bruno
                    } else {
                        notice::Id::from_bits(u128::from(number * 4 + thread))
                    };
                    assert!(matches!(town.read(&call, "fmk.read-card", about), Err(Denied::Refused(_))));
                }
            });
        }
    });
    assert_eq!(town.card(town.nancy).unwrap().len(), 1);
    std::thread::sleep(std::time::Duration::from_millis(500));
    let refusals: Vec<_> =
        town.lines(town.bruno).into_iter().filter(|line| line.outcome == Outcome::Refused).collect();
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].times, flood / 4, "every one is counted");
    let size = std::fs::metadata(town.at.config.database.join("register.db")).unwrap().len();
    assert!(size < 4_000_000, "{size} bytes");
    assert_eq!(town.register().receipts(1).unwrap().len(), before);
}

#[test]
fn a_full_disk_refuses_changes_first_then_reads_and_recovers() {
    let at = TestRegister::with(house_corpus(), "2026-11-21T09:00:00Z", |config| {
        config.bytes_max = Some(2_000_000)
    });
    let town = Town::around(at);
    town.prescribe(town.nancy, "Panodil").unwrap();
    let mut written = 0;
    let full = loop {
        let mut drafts = Vec::new();
        for number in 0..20 {
            let value = json!({ "identifier": format!("{written}-{number}"), "place": "x".repeat(500) });
            let mut draft = draft("nsp.appointment", "patient", town.bruno, value);
            draft.events.push(("appointment.fulfilled".to_owned(), town.now()));
            drafts.push(Change::Create(Box::new(draft)));
        }
        match town.write(&town.system(), "nsp.import-appointments", town.bruno, drafts) {
            Ok(()) => written += 1,
            Err(error) => break error,
        }
    };
    assert!(matches!(full, ChangeError::Denied(Denied::Unavailable(Unavailable::DiskFull))), "{full:?}");
    assert!(written > 10);
    let refusal = town.card(town.bruno);
    assert!(
        matches!(refusal, Err(Denied::Unavailable(Unavailable::DiskFull))),
        "the last tenth is for granted looks"
    );
    let mut reads = 0;
    let full = loop {
        match town.card(town.nancy) {
            Ok(_) => reads += 1,
            Err(error) => break error,
        }
        assert!(reads < 100_000);
    };
    assert!(matches!(full, Denied::Unavailable(Unavailable::DiskFull)), "{full:?}");
    assert!(reads > 100, "{reads} looks fitted into the reserve");

    let Town { at, nancy, bruno, doctor, clinic } = town;
    let mut roomy = at;
    roomy.config.bytes_max = Some(8_000_000);
    let town = Town { at: roomy.reopen(2).unwrap(), nancy, bruno, doctor, clinic };
    assert_eq!(town.card(town.nancy).unwrap().len(), 1);
    town.prescribe(town.nancy, "Ipren").unwrap();
}

#[test]
fn a_child_s_guardian_is_refused_from_midnight_of_the_fifteenth_birthday() {
    let town = Town::new();
    let child = town.register().person(&register::testing::cpr(CHILD));
    town.identify(child, CHILD);
    let mut custody = draft("nsp.custody", "child", child, json!({ "child-name": "A child" }));
    custody.subjects.push(("custody-holder".to_owned(), town.nancy));
    custody.link = Some(link(Holder::Person(town.nancy), town.now(), None));
    let id = notice::Id::from_bits(15);
    custody.id = Some(id);
    let cpr = town.at.call("cpr", None, None);
    town.write(&cpr, "nsp.register-custody", child, vec![Change::Create(Box::new(custody))]).unwrap();
    let look = |town: &Town| town.read(&town.as_citizen(town.nancy), "nsp.read-child-basic", child);
    assert_eq!(look(&town).unwrap().len(), 1);
    // Born 2 December 2015; 15 at midnight in Copenhagen, 23:00 UTC on the day before.
    town.at.clock.pass_until("2030-12-01T22:59:59Z".parse().unwrap());
    assert_eq!(look(&town).unwrap().len(), 1);
    town.at.clock.pass_until("2030-12-01T23:00:00Z".parse().unwrap());
    refused(look(&town));
}

#[test]
fn t9_custody_that_ends_at_noon_is_refused_a_second_later() {
    let town = Town::new();
    let child = town.register().person(&register::testing::cpr(CHILD));
    town.identify(child, CHILD);
    let mut custody = draft("nsp.custody", "child", child, json!({ "child-name": "A child" }));
    let id = notice::Id::from_bits(16);
    custody.id = Some(id);
    custody.link = Some(link(Holder::Person(town.nancy), town.now(), None));
    let cpr = town.at.call("cpr", None, None);
    town.write(&cpr, "nsp.register-custody", child, vec![Change::Create(Box::new(custody))]).unwrap();
    let noon = "2026-11-21T12:00:00Z".parse().unwrap();
    town.write(&cpr, "nsp.register-custody", child, vec![Change::EndLink { record: id, at: noon }]).unwrap();
    let look = |town: &Town| town.read(&town.as_citizen(town.nancy), "nsp.read-child-basic", child);
    town.at.clock.pass_until("2026-11-21T11:59:59Z".parse().unwrap());
    assert!(look(&town).is_ok());
    town.at.clock.pass_until("2026-11-21T12:00:01Z".parse().unwrap());
    refused(look(&town));
}
