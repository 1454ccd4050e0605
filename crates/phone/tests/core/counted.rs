//! Taking part in the statistics: only who was asked, once a day, the same whatever happened, and never again after the
//! owner has stopped or withdrawn.

use exposure::export::P256Signer;
use jiff::{SignedDuration, Timestamp};
use phone::network::{NetworkError, Server};
use phone::radio::loopback::{LoopbackRadio, Place};
use phone::radio::signal::Surroundings;
use phone::statistics::{Counted, TaskId, VERSION};
use phone::{Event, Phone, PhoneError, Routine, Settings};
use statistics::{PrivateKey, Report};

use crate::house::{at, fresh, meet_for_half_an_hour, new_phone, published, seeded, signer};
use crate::servers::{Servers, answer, country};

fn task() -> TaskId {
    TaskId::named("smittestop")
}

fn reports() -> String {
    format!("/tasks/{}/reports", task().text())
}

fn now() -> Timestamp {
    at("2026-11-21T12:00Z")
}

fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}

/// Two bodies; the leader answers so, one after the other.
fn bodies(statuses: &[u16]) -> Servers {
    let keys = PrivateKey::make(1, &mut fresh()).config().unwrap().encoded_list();
    let mut servers = Servers::default();
    servers.answers("/hpke_config", Ok(answer(200, "application/dap-hpke-config-list", keys)));
    for status in statuses {
        servers.answers(&reports(), Ok(answer(*status, "", Vec::new())));
    }
    servers
}

fn who_takes_part() -> Phone {
    let mut phone = new_phone();
    phone.takes_part(VERSION, at("2026-11-19T12:00Z"), &mut fresh()).unwrap();
    phone
}

fn tells(phone: &mut Phone, servers: &mut Servers, now: Timestamp) -> Counted {
    phone.tells(servers, &task(), now, &mut fresh()).unwrap()
}

fn sent(servers: &Servers) -> Vec<Vec<u8>> {
    let asked = servers.asked.borrow();
    asked.iter().filter(|one| one.path == reports()).map(|one| one.body.clone()).collect()
}

#[test]
fn nobody_is_counted_who_was_not_asked_and_has_not_said_yes_to_these_words() {
    let (mut phone, mut servers) = (new_phone(), bodies(&[201]));
    assert_eq!(tells(&mut phone, &mut servers, now()), Counted::Nothing);
    assert!(matches!(phone.takes_part("2020-01", now(), &mut fresh()), Err(PhoneError::OtherWords)));
    assert_eq!(phone.takes_part_since(), None);
    phone.withdraws().unwrap();
    assert!(matches!(phone.takes_part(VERSION, now(), &mut fresh()), Err(PhoneError::NoConsent)));
    assert!(servers.asked.borrow().is_empty());
}

/// Rule SS-25: a day is told about once, and each body is asked for its own key.
#[test]
fn each_day_is_told_about_once_and_a_second_try_is_the_same_report_ss_25() {
    let (mut phone, mut servers) = (who_takes_part(), bodies(&[503, 409, 201]));
    assert_eq!(tells(&mut phone, &mut servers, now()), Counted::Later);
    assert_eq!(tells(&mut phone, &mut servers, now() + hours(1)), Counted::Taken, "the first had arrived");
    assert_eq!(tells(&mut phone, &mut servers, now() + hours(2)), Counted::Nothing);
    assert_eq!(tells(&mut phone, &mut servers, now() + hours(24)), Counted::Taken);
    let sent = sent(&servers);
    assert_eq!(sent.len(), 3);
    assert!(sent[0] == sent[1] && sent[1] != sent[2]);
    let day = |body: &[u8]| Report::decode(body).unwrap().head.day;
    assert_eq!(day(&sent[2]), day(&sent[0]).plus(1));
    let asked = servers.asked.borrow();
    for server in [Server::Leader, Server::Helper] {
        assert_eq!(asked.iter().filter(|one| one.server == server && one.path == "/hpke_config").count(), 2);
    }
    assert!(asked.iter().all(|one| one.path == "/hpke_config" || one.server == Server::Leader));
}

#[test]
fn a_body_that_cannot_be_reached_or_is_somebody_else_is_asked_again_and_nothing_is_sent() {
    let mut phone = who_takes_part();
    for broken in [Err(NetworkError::Unreachable), Ok(answer(200, "text/html", b"<html>".to_vec()))] {
        let mut servers = Servers::default();
        servers.answers("/hpke_config", broken);
        assert_eq!(tells(&mut phone, &mut servers, now()), Counted::Later);
        assert!(sent(&servers).is_empty());
    }
    // A leader that says no is not asked about this day again.
    let mut servers = bodies(&[400]);
    assert_eq!(tells(&mut phone, &mut servers, now()), Counted::Never);
    assert_eq!(tells(&mut phone, &mut servers, now()), Counted::Nothing);
}

/// Threat T17: a phone that was warned looks from outside like one to which nothing happened.
#[test]
fn a_report_is_as_long_whatever_happened() {
    let (mut ill, mut warned, mut quiet) = (new_phone(), who_takes_part(), who_takes_part());
    meet_for_half_an_hour(&mut ill, &mut warned, at("2026-11-19T13:00Z"));
    let (signer, looked) = (signer(), at("2026-11-20T12:00Z"));
    let keys = ill.releases(looked, &mut fresh()).unwrap();
    let files = published(&keys, &[], at("2026-11-20T11:00Z"), &signer);
    assert!(warned.checks(files, &[signer.trusted()], looked, &mut fresh()).unwrap().is_some());
    let mut lengths = [&mut warned, &mut quiet].map(|phone| {
        let mut servers = bodies(&[201]);
        assert_eq!(tells(phone, &mut servers, now()), Counted::Taken);
        servers.asked.borrow().iter().map(|one| one.body.len()).collect::<Vec<_>>()
    });
    lengths.sort();
    assert_eq!(lengths[0], lengths[1]);
}

/// Rules SS-51, SS-53: whoever stops or withdraws is not counted any more, also not for what was about to be sent.
#[test]
fn stopping_and_withdrawing_end_it_at_once() {
    for ends in [
        (|phone: &mut Phone| phone.takes_no_part(&mut fresh()).unwrap()) as fn(&mut Phone),
        |phone: &mut Phone| phone.withdraws().unwrap(),
    ] {
        let (mut phone, mut servers) = (who_takes_part(), bodies(&[503]));
        assert_eq!(tells(&mut phone, &mut servers, now()), Counted::Later);
        ends(&mut phone);
        let asked = servers.asked.borrow().len();
        let _ = phone.tells(&mut servers, &task(), now() + hours(1), &mut fresh());
        assert_eq!((servers.asked.borrow().len(), phone.takes_part_since()), (asked, None));
    }
}

fn settings(signer: &P256Signer) -> Settings {
    Settings {
        country: country(signer.trusted()),
        authority: "dk".to_owned(),
        zone: jiff::tz::TimeZone::UTC,
        transmit_power_dbm: -20,
        statistics: Some(task()),
    }
}

/// By itself a phone tells once a day, at a time that is drawn anew for each.
#[test]
fn the_routine_tells_once_a_day_at_a_time_that_nobody_can_foretell() {
    let (settings, mut random, mut now) = (settings(&signer()), seeded(31), at("2026-11-20T00:00Z"));
    let place = Place { x_metres: 0.0, y_metres: 0.0, room: 1 };
    let mut radio = LoopbackRadio::bind(0, place, Surroundings::INDOORS, -20).unwrap();
    let (mut phone, mut servers) = (who_takes_part(), bodies(&[201]));
    let mut routine = Routine::new(now, &settings, &mut random);
    let mut told = Vec::new();
    while now < at("2026-11-30T00:00Z") {
        let events = routine.run(&mut phone, &mut radio, &mut servers, &settings, now, &mut random).unwrap();
        if events.iter().any(|event| matches!(event, Event::Told(Counted::Taken))) {
            told.push(now);
        }
        now = routine.due(&mut phone).max(now + SignedDuration::from_secs(1));
    }
    let days: Vec<_> = told.iter().map(|told| told.to_zoned(jiff::tz::TimeZone::UTC).date().day()).collect();
    assert_eq!(days, (20..30).collect::<Vec<i8>>());
    let mut hours: Vec<_> = told.iter().map(|told| told.to_zoned(jiff::tz::TimeZone::UTC).hour()).collect();
    hours.sort_unstable();
    hours.dedup();
    assert!(hours.len() > 4, "{hours:?}");
}
