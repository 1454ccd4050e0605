//! Those who should not get through the real servers with a real phone: no test, other keys, a token or a certificate
//! again, a moved clock, a replayed call.

use exposure::export::Published;
use exposure::{IdentifierKey, IntervalNumber, Metadata, MetadataKey};
use jiff::SignedDuration;
use phone::Hearing;
use phone::network::{Network as _, Question, Server};
use phone::radio::Report;
use phone::report::Ending;
use serde_json::{Value, json};

use super::house::{Land, Owner, hours, nancy, person};
use crate::rehearsal::NoCode;

/// An official test person who is on no list.
fn einer() -> crate::rehearsal::Person {
    person("0201609995", "Einer Lauridsen")
}

/// At nine the next morning: Nancy is on the list, and her phone has called out since yesterday.
async fn land() -> (Land, Owner) {
    let land = Land::new().await;
    let mut ill = land.owner(1, 0.0);
    let settings = land.settings();
    ill.turns(&settings, land.now());
    land.pass_until("2026-11-21T09:00:00Z").await;
    ill.turns(&settings, land.now());
    land.lists(&[&nancy()]).await;
    (land, ill)
}

fn ask(owner: &mut Owner, server: Server, path: &str, body: &[u8]) -> (u16, Value) {
    let answer =
        tokio::task::block_in_place(|| owner.wire.real.ask(&Question::send(server, path, body)).unwrap());
    (answer.status, answer.json().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_positive_test_there_is_no_code_and_with_a_made_up_one_no_upload() {
    // proves rule SS-12
    let (land, mut ill) = land().await;
    let none = land.code(&einer()).await;
    assert!(matches!(&none, Err(NoCode::Page(said)) if said.contains("Vi kan ikke finde dig")), "{none:?}");
    let before = land.standing(&land.bodies.keys);
    assert_eq!(land.warns(&mut ill, "12345678"), Some(Ending::CodeRefused));
    let went_on = |path: &str| path == "/api/certificate" || path == "/v1/publish";
    assert!(!ill.wire.asked.iter().any(|one| went_on(&one.1)), "keys left the phone");
    assert!(land.standing(&land.bodies.keys) == before);
    // Who falls off the list has no code any more.
    land.pass_until("2026-11-21T09:01:00Z").await;
    land.lists(&[]).await;
    assert!(matches!(land.code(&nancy()).await, Err(NoCode::Page(_))));
}

/// The broker's keys are fetched at the first login; whoever comes back from it meanwhile was sent away.
#[tokio::test(flavor = "multi_thread")]
async fn people_who_log_in_at_once_after_a_start_are_all_let_in() {
    let (land, _) = land().await;
    let (nancy, einer) = (nancy(), einer());
    let (first, second) = tokio::join!(land.code(&nancy), land.code(&einer));
    for one in [first, second] {
        assert!(!matches!(&one, Err(NoCode::Astray(..) | NoCode::Unreachable(_))), "{one:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_were_swapped_after_verification_are_refused_and_nothing_of_them_stands() {
    let (land, mut ill) = land().await;
    let code = land.code(&nancy()).await.unwrap();
    let before = land.standing(&land.bodies.keys);
    ill.wire.meddles = Some(|body| {
        let mut upload: Value = serde_json::from_slice(body).unwrap();
        upload["temporaryExposureKeys"][0]["key"] = json!("S0FOQVJJRUZVR0wtS0VZIQ==");
        upload.to_string().into_bytes()
    });
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::UploadRefused));
    let refused = ill.wire.answer("/v1/publish");
    assert_eq!(refused["code"], "health_authority_verification_certificate_invalid");
    assert!(land.standing(&land.bodies.keys) == before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_and_a_token_are_good_once_and_an_upload_that_comes_again_stores_nothing() {
    let (land, mut ill) = land().await;
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    let after = land.standing(&land.bodies.keys);
    for (server, path, error, word) in [
        (Server::Verification, "/api/verify", "errorCode", "code_invalid"),
        (Server::Verification, "/api/certificate", "errorCode", "token_invalid"),
    ] {
        let again = ill.wire.last(path).to_vec();
        let (status, answer) = ask(&mut ill, server, path, &again);
        assert_eq!((status, &answer[error]), (400, &json!(word)), "{path}");
    }
    // Whoever heard no answer to the upload, or overheard it, is told what was told.
    let again = ill.wire.last("/v1/publish").to_vec();
    let told = ill.wire.answer("/v1/publish")["insertedExposures"].clone();
    let (status, answer) = ask(&mut ill, Server::Keys, "/v1/publish", &again);
    assert_eq!((status, &answer["insertedExposures"]), (200, &told));
    assert!(land.standing(&land.bodies.keys) == after);
    // Nor does another phone get anything with what it overheard.
    let mut thief = land.owner(2, 1.0);
    thief.turns(&land.settings(), land.now());
    assert_eq!(land.warns(&mut thief, &code), Some(Ending::CodeRefused));
    assert!(land.standing(&land.bodies.keys) == after);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_whose_answer_was_lost_stands_once() {
    let (land, mut ill) = land().await;
    let code = land.code(&nancy()).await.unwrap();
    ill.wire.loses = 1;
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    assert_eq!(ill.wire.asked.iter().filter(|one| one.1 == "/v1/publish").count(), 2);
    let opened = String::from_utf8_lossy(&land.standing(&land.bodies.keys)).into_owned();
    for key in ill.sent_keys() {
        assert_eq!(opened.matches(&key).count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_is_too_old_is_refused_with_the_right_keys() {
    let (land, mut ill) = land().await;
    let before = land.standing(&land.bodies.keys);
    let code = land.code(&nancy()).await.unwrap();
    ill.wire.meddles = Some(|_| b"{}".to_vec());
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::UploadRefused));
    // The phone asked for a certificate; somebody keeps it for a quarter of an hour and brings the right keys.
    let code = land.code(&nancy()).await.unwrap();
    let mut late = land.owner(2, 1.0);
    late.turns(&land.settings(), land.now());
    late.wire.loses = 1;
    late.wire.meddles = Some(|_| b"{}".to_vec());
    let symptoms = phone::page::day_number("2026-11-20");
    let details = phone::report::Details { symptoms, visited: Vec::new() };
    let now = land.now();
    late.phone.reports(&code, details, now, &mut |bytes: &mut [u8]| bytes.fill(7)).unwrap();
    (0..3).for_each(|_| assert!(late.steps(&land)));
    late.wire.meddles = None;
    land.clock.pass(jiff::Span::new().minutes(16));
    while late.steps(&land) {}
    assert!(matches!(
        late.phone.outcome().map(|it| it.ending),
        Some(Ending::Unknown | Ending::UploadRefused)
    ));
    assert!(land.standing(&land.bodies.keys) == before, "nothing was ever taken");
}

/// Threat T18: what was published is called out again, by a radio that anybody can build.
#[tokio::test(flavor = "multi_thread")]
async fn published_keys_that_are_called_out_again_warn_nobody() {
    let (land, mut ill) = land().await;
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    land.pass_until("2026-11-21T14:05:00Z").await;
    let mut victim = land.owner(2, 1.0);
    let (path, interval) = (index(&mut ill), IntervalNumber::at("2026-11-20T12:10:00Z".parse().unwrap()));
    let file = tokio::task::block_in_place(|| {
        ill.wire.real.ask(&Question::fetch(Server::Keys, &format!("/exports/{path}"), 1 << 20)).unwrap()
    });
    let verified = exposure::export::verify(
        vec![Published::read(&file.body).unwrap()],
        &land.settings().country.trusted,
    )
    .unwrap();
    let own = ill.sent_keys();
    let key = verified.exports()[0].keys.iter().find(|key| own.contains(&key.key.reveal_base64())).unwrap();
    let identifier = IdentifierKey::derive(&key.key).identifier(interval);
    let metadata = MetadataKey::derive(&key.key).encrypt(identifier, Metadata::v1_0(-20));
    let call = Report { identifier, metadata, rssi_dbm: -60 };
    let at = |minutes: i64| land.now() + SignedDuration::from_mins(minutes);
    for minutes in (0..40).step_by(5) {
        let heard = victim.phone.scanned(&[call], at(minutes), &mut |bytes: &mut [u8]| bytes.fill(1));
        assert_eq!(heard.unwrap(), Hearing::Kept);
    }
    land.clock.pass(jiff::Span::new().minutes(40));
    let (look, shown) = land.looks(&mut victim);
    assert!(look.files == 1 && look.warning.is_none() && !shown);
    // With the clock turned back to when the call was true, the phone does not listen at all.
    let back = land.now() - hours(26);
    let heard = victim.phone.scanned(&[call], back, &mut |bytes: &mut [u8]| bytes.fill(1));
    assert_eq!(heard.unwrap(), Hearing::ClockIsBehind);
}

fn index(owner: &mut Owner) -> String {
    let answer = tokio::task::block_in_place(|| {
        owner.wire.real.ask(&Question::fetch(Server::Keys, "/exports/dk/index.txt", 1 << 16)).unwrap()
    });
    String::from_utf8(answer.body).unwrap().lines().next().unwrap().to_owned()
}

/// Threat T17: from outside a decoy is a report, and at the servers it is nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_decoy_of_a_real_phone_leaves_nothing_and_is_answered_like_a_report() {
    let (land, mut ill) = land().await;
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut ill, &code), Some(Ending::Sent));
    let before = [&land.bodies.keys, &land.bodies.verification].map(|body| land.standing(body));
    let settings = land.settings();
    let real = ill.wire.answered.clone();
    ill.wire.answered.clear();
    let zone = settings.zone.clone();
    let mut decoy = phone::report::Decoy::first(land.now(), &zone, ill.random());
    for _ in 0..3 {
        let mut dice = |bytes: &mut [u8]| bytes.iter_mut().for_each(|byte| *byte = 9);
        decoy = tokio::task::block_in_place(|| {
            decoy.go_on(&mut ill.wire, &settings.authority, &zone, land.now(), &mut dice)
        });
    }
    for path in ["/api/verify", "/api/certificate", "/v1/publish"] {
        let of = |all: &[(String, phone::network::Answer)]| {
            all.iter().rev().find(|one| one.0 == path).map(|one| (one.1.status, one.1.body.len())).unwrap()
        };
        let ((real, long), (decoy, as_long)) = (of(&real), of(&ill.wire.answered));
        assert_eq!(real, decoy, "{path}");
        // Lengths are drawn from 1,024 in a row; those of uploads before they become base64.
        assert!(long.abs_diff(as_long) < 1_500, "{path}: {long} and {as_long}");
    }
    let after = [&land.bodies.keys, &land.bodies.verification].map(|body| land.standing(body));
    assert!(after == before);
}
