//! The way of a record: asked for, written, read, logged, corrected, blocked, gone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use jiff::ToSpan;
use notice::policy::ClauseId;
use notice::{Fact, Target};
use register::{Change, ChangeError, Holder, Outcome};
use serde_json::json;
use support::*;

#[test]
fn a_doctor_prescribes_and_the_citizen_sees_who_looked() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    let card = town.card(town.nancy).unwrap();
    assert_eq!(card.len(), 1);
    assert_eq!(card[0].content.reveal()["drug-name"], "Panodil");
    assert_eq!(card[0].subjects[0], ("patient".to_owned(), town.nancy));
    assert_eq!(card[0].collected_under, town.at.policy.version);
    let lines = town.lines(town.nancy);
    let uses: Vec<_> = lines.iter().map(|line| town.at.policy.use_name(line.use_id)).collect();
    assert_eq!(uses[..2], ["fmk.read-card", "fmk.prescribe"], "{uses:?}");
    assert_eq!(lines[0].outcome, Outcome::Granted);
    assert_eq!(lines[0].actor, Some(town.doctor));
    assert_eq!(lines[0].trace.reveal().records, 1);
    assert_eq!(lines[0].due_at.unwrap(), "2028-11-21T09:00:00Z".parse().unwrap());
}

#[test]
fn who_does_not_treat_is_refused_with_the_clause_and_the_way_forward() {
    let town = Town::new();
    let refusal = refused(town.card(town.bruno));
    assert_eq!(refusal.clause, ClauseId::Missing(Fact::Treats));
    assert!(!refusal.instead.is_empty());
    let lines = town.lines(town.bruno);
    assert_eq!(lines[0].outcome, Outcome::Refused);
    assert_eq!(lines[0].trace.reveal().clause.as_deref(), Some("missing treats"));
}

#[test]
fn unknown_and_not_allowed_are_refused_alike() {
    let town = Town::new();
    let unknown = town.register().person(&register::testing::cpr("0504909989"));
    assert_eq!(refused(town.card(unknown)), refused(town.card(town.bruno)));
}

#[test]
fn without_an_authorisation_in_the_register_a_doctor_is_none() {
    let town = Town::new();
    let other = town.register().person(&register::testing::cpr(OTHER_DOCTOR));
    let call = town.at.call("doctor", Some(other), Some(town.clinic));
    let refusal = refused(town.read(&call, "fmk.read-card", town.nancy));
    assert_eq!(refusal.clause, ClauseId::Missing(Fact::Authorised));
}

#[test]
fn a_correction_needs_the_version_that_was_read_and_keeps_the_old_one() {
    let town = Town::new();
    let id = town.prescribe(town.nancy, "Panodil").unwrap();
    let correct = |version| Change::Correct {
        record: id,
        version,
        content: content(json!({ "identifier": "1", "drug-name": "Ipren" })),
        note: Some(register::Personal::new("typed wrongly".to_owned())),
    };
    let doctor = town.as_doctor();
    assert!(matches!(
        town.write(&doctor, "fmk.change-order", town.nancy, vec![correct(7)]),
        Err(ChangeError::Conflict)
    ));
    town.write(&doctor, "fmk.change-order", town.nancy, vec![correct(1)]).unwrap();
    let card = town.card(town.nancy).unwrap();
    assert_eq!((card[0].version, card[0].content.reveal()["drug-name"].as_str()), (2, Some("Ipren")));
    assert_eq!(card[0].notes[0].reveal(), "typed wrongly");
    let call = town.as_citizen(town.nancy);
    let grant = town.register().ask(&call, ask("fmk.read-own-card", Target::Person(town.nancy))).unwrap();
    let versions = town.register().read_versions(&call, grant).unwrap();
    let drugs: Vec<_> =
        versions.iter().map(|it| it.content.reveal()["drug-name"].as_str().unwrap()).collect();
    assert_eq!(drugs, ["Panodil", "Ipren"]);
}

#[test]
fn a_block_closes_the_card_and_emergency_access_opens_it_for_an_hour() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    town.block(town.nancy, Holder::Person(town.doctor)).unwrap();
    assert_eq!(refused(town.card(town.nancy)).clause, ClauseId::Against(Fact::Blocked));

    let mut emergency =
        draft("nsp.emergency-access", "patient", town.nancy, json!({ "reason": "unconscious, alone" }));
    emergency.subjects.push(("professional".to_owned(), town.doctor));
    emergency.events.push(("emergency.ended".to_owned(), town.now() + 1.hours()));
    emergency.link = Some(link(Holder::Person(town.doctor), town.now(), None));
    let doctor = town.as_doctor();
    town.write(&doctor, "nsp.take-emergency-access", town.nancy, vec![Change::Create(Box::new(emergency))])
        .unwrap();
    assert_eq!(town.read(&doctor, "fmk.emergency-read-card", town.nancy).unwrap().len(), 1);
    assert_eq!(town.lines(town.nancy)[0].outcome, Outcome::Emergency);

    town.at.clock.pass(61.minutes());
    let late = town.read(&town.as_doctor(), "fmk.emergency-read-card", town.nancy);
    assert_eq!(refused(late).clause, ClauseId::Missing(Fact::BreakGlass));
}

#[test]
fn a_register_opens_again_with_everything_in_it() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    let Town { at, nancy, bruno, doctor, clinic } = town;
    let town = Town { at: at.reopen(2).unwrap(), nancy, bruno, doctor, clinic };
    assert_eq!(town.card(town.nancy).unwrap().len(), 1);
}
