//! Warning others: what each server is asked, what becomes of it when a question or an answer is lost, and decoys.

use std::collections::BTreeSet;

use exposure::publish::{Form, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use phone::network::{DECOY_HEADER_BYTES, NetworkError, Server};
use phone::page::day_number;
use phone::report::{BeginError, Decoy, Details, Ending, ending};
use phone::{FolderVault, Language, Phone};
use serde_json::Value;

use crate::house::{at, beacon_of, fresh, new_phone, phone, seeded};
use crate::servers::{Asked, Servers, json, page_in_between};

const VERIFY: &str = "/api/verify";
const CERTIFICATE: &str = "/api/certificate";
const PUBLISH: &str = "/v1/publish";

fn now() -> Timestamp {
    at("2026-11-21T12:00Z")
}

/// Servers that take everything.
fn willing() -> Servers {
    let mut servers = Servers::default();
    servers
        .answers(VERIFY, json(200, r#"{"testtype":"confirmed","testDate":"2026-11-19","token":"the-token"}"#))
        .answers(CERTIFICATE, json(200, r#"{"certificate":"a.b.c","padding":"x"}"#))
        .answers(PUBLISH, json(200, r#"{"revisionToken":"r","insertedExposures":14,"padding":"x"}"#));
    servers
}

/// A phone that has called out on each of the last days.
fn used(phone: &mut Phone, days: i64) {
    for day in (0..days).rev() {
        beacon_of(phone, now() - SignedDuration::from_hours(24 * day));
    }
}

/// Takes steps until the report has ended, or for a day.
fn until_ended(phone: &mut Phone, servers: &mut Servers) -> Option<Ending> {
    let mut moment = now();
    while let Some(progress) = phone.report().unwrap() {
        moment = moment.max(progress.next);
        if moment > now() + SignedDuration::from_hours(30) {
            break;
        }
        phone.reports_on(servers, "dk", moment, &mut fresh()).unwrap();
    }
    phone.outcome().map(|outcome| outcome.ending)
}

fn begin(phone: &mut Phone, details: Details) {
    phone.reports("1234 5678", details, now(), &mut fresh()).unwrap();
}

fn body(servers: &Servers, path: &str) -> Value {
    let asked = servers.asked.borrow();
    serde_json::from_slice(&asked.iter().find(|one| one.path == path).unwrap().body).unwrap()
}

/// Rules SS-11, SS-33: the verification server sees no key, the key server no code, and the code ties both.
#[test]
fn a_report_tells_each_server_only_its_part() {
    let (mut phone, mut servers) = (new_phone(), willing());
    used(&mut phone, 5);
    let visited = vec!["se".to_owned(), "DK".to_owned(), "DE".to_owned(), "SE".to_owned()];
    begin(&mut phone, Details { symptoms: day_number("2026-11-18"), visited });
    assert_eq!(until_ended(&mut phone, &mut servers), Some(Ending::Sent));
    assert_eq!(servers.paths(), [VERIFY, CERTIFICATE, PUBLISH]);
    assert_eq!(body(&servers, VERIFY)["code"], "12345678");
    let published = body(&servers, PUBLISH);
    let keys: Vec<DiagnosisKey> =
        published["temporaryExposureKeys"].as_array().unwrap().iter().map(key).collect();
    assert_eq!(keys.len(), 5);
    // No key of the time to come, and what is uploaded is what the certificate was asked for.
    assert!(keys.iter().all(|key| key.end() <= IntervalNumber::at(now()).plus(1)));
    let bytes = |value: &Value| decoded(value.as_str().unwrap());
    let mac = bytes(&body(&servers, CERTIFICATE)["ekeyhmac"]);
    assert_eq!(mac, keys_mac(&bytes(&published["hmacKey"]), &keys, Form::WithRisk));
    assert_eq!(published["verificationPayload"], "a.b.c");
    assert_eq!(published["visitedCountries"], serde_json::json!(["DE", "SE"]));
    assert_eq!(published["symptomOnsetInterval"], IntervalNumber::at(at("2026-11-18T00:00Z")).number());
    for asked in servers.asked.borrow().iter().filter(|one| one.server == Server::Verification) {
        let text = String::from_utf8_lossy(&asked.body).into_owned();
        assert!(keys.iter().all(|key| !text.contains(&key.key.reveal_base64())));
        assert!(!text.contains("symptom") && !text.contains("SE"));
    }
    // Nothing of the illness is left, and the next key is another.
    assert_eq!(phone.stored().unwrap().report, None);
}

fn key(wire: &Value) -> DiagnosisKey {
    let number = |name: &str| wire[name].as_u64().unwrap();
    DiagnosisKey {
        key: TemporaryExposureKey::from_base64(wire["key"].as_str().unwrap()).unwrap(),
        start: IntervalNumber::new(number("rollingStartNumber") as u32),
        period: RollingPeriod::new(number("rollingPeriod") as i64).unwrap(),
        report_type: None,
        days_since_onset: None,
        transmission_risk: None,
    }
}

fn decoded(text: &str) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(text).unwrap()
}

/// Rule SS-33: without a word of the owner nothing is said of symptoms or countries.
#[test]
fn what_the_owner_does_not_say_is_not_sent_ss_33() {
    let (mut phone, mut servers) = (new_phone(), willing());
    used(&mut phone, 1);
    begin(&mut phone, Details::default());
    until_ended(&mut phone, &mut servers);
    let published = body(&servers, PUBLISH);
    assert!(published.get("symptomOnsetInterval").is_none() && published.get("visitedCountries").is_none());
}

/// Keys of more than fourteen days ago broke uploads elsewhere; they are not sent.
#[test]
fn keys_that_are_too_old_or_were_sent_before_are_not_sent() {
    let (mut phone, mut servers) = (new_phone(), willing());
    used(&mut phone, 20);
    begin(&mut phone, Details::default());
    until_ended(&mut phone, &mut servers);
    let count = |servers: &Servers| body(servers, PUBLISH)["temporaryExposureKeys"].as_array().unwrap().len();
    assert!((14..=15).contains(&count(&servers)), "{}", count(&servers));
    // A second report has only the key of since.
    let mut again = willing();
    phone.beacon(-20, now() + SignedDuration::from_mins(30), &mut fresh()).unwrap();
    let later = now() + SignedDuration::from_hours(1);
    phone.reports("12345678", Details::default(), later, &mut fresh()).unwrap();
    let mut moment = later;
    while let Some(progress) = phone.report().unwrap() {
        moment = moment.max(progress.next);
        phone.reports_on(&mut again, "dk", moment, &mut fresh()).unwrap();
    }
    assert_eq!(count(&again), 1);
    // And the server's token of the first, so that it knows both as one phone's.
    assert_eq!(body(&servers, PUBLISH).get("revisionToken"), None);
    assert_eq!(body(&again, PUBLISH)["revisionToken"], "r");
    assert_eq!(phone.stored().unwrap().revision_token.count, 1);
    // It goes with the keys that it stands for.
    phone.hears(&[], later + SignedDuration::from_hours(24 * 14 + 1), &mut fresh()).unwrap();
    assert_eq!(phone.stored().unwrap().revision_token.count, 0);
}

/// A bug of old: a report that had nothing to send made the phone forget what it had sent, and the next sent it again.
#[test]
fn a_report_with_nothing_new_does_not_forget_what_was_sent() {
    let mut phone = new_phone();
    used(&mut phone, 3);
    let report = |phone: &mut Phone, later: SignedDuration| {
        let (mut servers, mut moment) = (willing(), now() + later);
        phone.reports("12345678", Details::default(), moment, &mut fresh()).unwrap();
        while let Some(progress) = phone.report().unwrap() {
            moment = moment.max(progress.next);
            phone.reports_on(&mut servers, "dk", moment, &mut fresh()).unwrap();
        }
        servers.paths().iter().filter(|path| *path == PUBLISH).count()
    };
    assert_eq!([0, 1, 2].map(|hour| report(&mut phone, SignedDuration::from_hours(hour))), [1, 0, 0]);
}

/// A phone that is killed in the middle of a question goes on with it, and uploads once.
#[test]
fn an_upload_whose_answer_was_lost_is_complete_or_was_never_sent() {
    let lost_then = |second| {
        let folder = tempfile::tempdir().unwrap();
        let mut phone = phone(&folder, 3);
        used(&mut phone, 3);
        let mut servers = Servers::default();
        servers
            .answers(VERIFY, json(200, r#"{"token":"the-token"}"#))
            .answers(CERTIFICATE, json(200, r#"{"certificate":"a.b.c"}"#))
            .answers(PUBLISH, Err(NetworkError::Unreachable))
            .answers(PUBLISH, second);
        begin(&mut phone, Details::default());
        for _ in 0..3 {
            let due = phone.report().unwrap().unwrap().next;
            phone.reports_on(&mut servers, "dk", due, &mut fresh()).unwrap();
        }
        // Another process, after a kill.
        drop(phone);
        let mut phone = Phone::open(FolderVault::in_folder(folder.path()).unwrap()).unwrap();
        let ending = until_ended(&mut phone, &mut servers);
        let asked = servers.asked.borrow();
        let of = |path: &str| asked.iter().filter(|one| one.path == path).count();
        assert_eq!((of(VERIFY), of(CERTIFICATE)), (1, 1), "no second certificate");
        let uploads: BTreeSet<String> = asked
            .iter()
            .filter(|one| one.path == PUBLISH)
            .map(|one| {
                serde_json::from_slice::<Value>(&one.body).unwrap()["temporaryExposureKeys"].to_string()
            })
            .collect();
        assert_eq!(uploads.len(), 1, "the same keys each time");
        ending
    };
    let used = r#"{"error":"x","code":"health_authority_verification_certificate_invalid"}"#;
    assert_eq!(lost_then(json(200, r#"{"insertedExposures":3}"#)), Some(Ending::Sent), "it never was");
    assert_eq!(lost_then(json(401, used)), Some(Ending::Unknown), "used, or over: nobody says which");
    // Elsewhere a certificate is good more than once; there the server has just these keys.
    assert_eq!(lost_then(json(400, r#"{"code":"missing_revision_token"}"#)), Some(Ending::Sent));
    assert_eq!(lost_then(json(400, r#"{"code":"bad_request"}"#)), Some(Ending::UploadRefused));
    assert_eq!(
        lost_then(json(401, r#"{"code":"unknown_health_authority_id"}"#)),
        Some(Ending::UploadRefused)
    );
    assert_eq!(lost_then(Err(NetworkError::Unreachable)), Some(Ending::Unknown));
    assert_eq!(lost_then(page_in_between()), Some(Ending::Unknown), "a page in between is no receipt");
}

const KEY_KNOWN: &str = r#"{"code":"missing_revision_token"}"#;

/// A phone that does not know whether its keys of five days arrived.
fn who_does_not_know() -> Phone {
    let mut phone = new_phone();
    used(&mut phone, 5);
    let mut servers = willing();
    servers.replaces(PUBLISH, Err(NetworkError::Unreachable));
    begin(&mut phone, Details::default());
    assert_eq!(until_ended(&mut phone, &mut servers), Some(Ending::Unknown));
    phone
}

/// A report with a new code, so many hours later: how it ends and how many keys went out.
fn reports_again(phone: &mut Phone, hours: i64, published: (u16, &str)) -> (Option<Ending>, usize) {
    let mut servers = willing();
    servers.replaces(PUBLISH, json(published.0, published.1));
    let mut moment = now() + SignedDuration::from_hours(hours);
    phone.reports("87654321", Details::default(), moment, &mut fresh()).unwrap();
    while let Some(progress) = phone.report().unwrap() {
        moment = moment.max(progress.next);
        phone.reports_on(&mut servers, "dk", moment, &mut fresh()).unwrap();
    }
    let was_sent = servers.paths().contains(&PUBLISH.to_owned());
    let keys = || body(&servers, PUBLISH)["temporaryExposureKeys"].as_array().unwrap().len();
    (phone.outcome().map(|outcome| outcome.ending), if was_sent { keys() } else { 0 })
}

/// A bug of old: the server had the keys of a try of which nothing was known, refused all, and the phone said that all were
/// sent; the newest never was.
#[test]
fn keys_that_an_earlier_try_may_have_brought_are_no_receipt_for_newer_ones() {
    let mut phone = who_does_not_know();
    phone.beacon(-20, now() + SignedDuration::from_mins(40), &mut fresh()).unwrap();
    assert_eq!(reports_again(&mut phone, 1, (400, KEY_KNOWN)), (Some(Ending::RestNotSent), 6));
    // Those of the earlier try are known to be there, and only the newest goes with the next code.
    assert_eq!(reports_again(&mut phone, 2, (200, r#"{"insertedExposures":1}"#)), (Some(Ending::Sent), 1));
    assert_eq!(reports_again(&mut phone, 3, (200, r#"{"insertedExposures":1}"#)), (Some(Ending::Sent), 0));
    // Where there is nothing newer, all is sent indeed.
    let mut phone = who_does_not_know();
    assert_eq!(reports_again(&mut phone, 1, (400, KEY_KNOWN)), (Some(Ending::Sent), 5));
    // And where it had not arrived, all of it goes.
    let mut phone = who_does_not_know();
    assert_eq!(reports_again(&mut phone, 1, (200, r#"{"insertedExposures":5}"#)), (Some(Ending::Sent), 5));
    // Two tries of which nothing is known: if the first arrived, the second did not; it is found out one by one.
    let mut phone = who_does_not_know();
    phone.beacon(-20, now() + SignedDuration::from_mins(40), &mut fresh()).unwrap();
    assert_eq!(reports_again(&mut phone, 1, (503, "{}")), (Some(Ending::Unknown), 6));
    phone.beacon(-20, now() + SignedDuration::from_mins(150), &mut fresh()).unwrap();
    assert_eq!(reports_again(&mut phone, 3, (400, KEY_KNOWN)), (Some(Ending::RestNotSent), 7));
    assert_eq!(reports_again(&mut phone, 4, (400, KEY_KNOWN)), (Some(Ending::RestNotSent), 2));
    assert_eq!(reports_again(&mut phone, 5, (200, r#"{"insertedExposures":1}"#)), (Some(Ending::Sent), 1));
    // A known key that none of our tries can have brought is no receipt at all.
    let mut phone = new_phone();
    used(&mut phone, 2);
    assert_eq!(reports_again(&mut phone, 0, (400, KEY_KNOWN)), (Some(Ending::UploadRefused), 2));
}

/// What an earlier try may have brought is remembered on the disk, and no longer than keys are kept.
#[test]
fn what_may_have_been_sent_outlives_a_restart_and_not_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut phone = phone(&folder, 9);
    used(&mut phone, 2);
    let mut servers = willing();
    servers.replaces(PUBLISH, Err(NetworkError::Unreachable));
    begin(&mut phone, Details::default());
    assert_eq!(until_ended(&mut phone, &mut servers), Some(Ending::Unknown));
    drop(phone);
    let open = || Phone::open(FolderVault::in_folder(folder.path()).unwrap()).unwrap();
    assert_eq!(reports_again(&mut open(), 1, (400, KEY_KNOWN)), (Some(Ending::Sent), 2));
    let mut phone = open();
    let later = now() + SignedDuration::from_hours(24 * 15);
    phone.hears(&[], later, &mut fresh()).unwrap();
    phone.beacon(-20, later, &mut fresh()).unwrap();
    assert_eq!(reports_again(&mut phone, 24 * 15 + 1, (200, r#"{"insertedExposures":1}"#)).1, 1);
}

/// A code and a token are good once. Where the answer is lost the owner is told what to do, and that nothing was sent.
#[test]
fn a_code_whose_answer_was_lost_needs_a_new_login_and_the_owner_is_told_so() {
    for (path, refusal) in
        [(VERIFY, r#"{"errorCode":"code_invalid"}"#), (CERTIFICATE, r#"{"errorCode":"token_invalid"}"#)]
    {
        let (mut phone, mut servers) = (new_phone(), willing());
        used(&mut phone, 1);
        servers.replaces(path, Err(NetworkError::Unreachable)).answers(path, json(400, refusal));
        begin(&mut phone, Details::default());
        assert_eq!(until_ended(&mut phone, &mut servers), Some(Ending::AnswerLost), "{path}");
        assert!(!servers.paths().contains(&PUBLISH.to_owned()), "{path}");
        // The next code brings all of it.
        assert_eq!(
            reports_again(&mut phone, 1, (200, r#"{"insertedExposures":1}"#)),
            (Some(Ending::Sent), 1)
        );
    }
    for lost in [Ending::AnswerLost, Ending::CodeRefused] {
        let said = Language::ALL.map(|language| ending(lost).words(language));
        assert!(said[0].contains("Intet er sendt") && said[0].contains("Log ind igen"), "{}", said[0]);
        assert!(said[1].contains("Nothing was sent") && said[1].contains("Log in again"), "{}", said[1]);
    }
}

/// A refusal of the first try is one.
#[test]
fn a_refusal_ends_the_report_and_says_why() {
    let ended = |path: &str, status: u16, body: &str| {
        let (mut phone, mut servers) = (new_phone(), Servers::default());
        used(&mut phone, 1);
        servers.answers(path, json(status, body));
        let rest = [
            (VERIFY, r#"{"token":"t"}"#),
            (CERTIFICATE, r#"{"certificate":"a.b.c"}"#),
            (PUBLISH, r#"{"insertedExposures":1}"#),
        ];
        for (other, good) in rest.into_iter().filter(|(other, _)| *other != path) {
            servers.answers(other, json(200, good));
        }
        begin(&mut phone, Details::default());
        until_ended(&mut phone, &mut servers)
    };
    assert_eq!(ended(VERIFY, 400, r#"{"errorCode":"code_invalid"}"#), Some(Ending::CodeRefused));
    assert_eq!(ended(VERIFY, 412, r#"{"errorCode":"unsupported_test_type"}"#), Some(Ending::NotConfirmed));
    assert_eq!(ended(CERTIFICATE, 400, r#"{"errorCode":"token_expired"}"#), Some(Ending::CodeRefused));
    assert_eq!(ended(PUBLISH, 401, r#"{"code":"unknown_health_authority_id"}"#), Some(Ending::UploadRefused));
    assert_eq!(ended(VERIFY, 503, "{}"), Some(Ending::GivenUp));
}

#[test]
fn what_has_not_its_form_begins_no_report() {
    let mut phone = new_phone();
    let mut begins = |code: &str, symptoms: Option<&str>, visited: &str| {
        let symptoms = symptoms.map(|day| day_number(day).unwrap());
        let details = Details { symptoms, visited: vec![visited.to_owned()] };
        phone.reports(code, details, now(), &mut fresh())
    };
    for code in ["", "1234567", "1234567a", "123456789", "12345678901234567", "1234567890æøåxyz"] {
        assert!(matches!(begins(code, None, "SE"), Err(BeginError::Code)), "{code}");
    }
    for day in ["2026-11-24", "2026-10-20", "1999-01-01"] {
        assert!(matches!(begins("12345678", Some(day), "SE"), Err(BeginError::Symptoms)), "{day}");
    }
    for country in ["", "S", "SWE", "S1", "Ø1", "XX", "US"] {
        assert!(matches!(begins("12345678", None, country), Err(BeginError::Country)), "{country}");
    }
    begins("ABCD-EFGH-1234-5678", Some("2026-11-21"), "SE").unwrap();
    assert!(matches!(begins("12345678", None, "SE"), Err(BeginError::OnItsWay)));
}

/// Threat T17: nobody on the way tells a report from a decoy, or few keys from many.
#[test]
fn decoys_have_the_steps_the_sizes_and_the_pace_of_reports() {
    let zone = TimeZone::get("Europe/Copenhagen").unwrap();
    let (mut sizes, mut waits) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    let mut random = seeded(7);
    for round in 0..60 {
        let mut servers = willing();
        let mut phone = new_phone();
        used(&mut phone, 1 + round % 14);
        begin(&mut phone, Details::default());
        let mut moment = now();
        while let Some(progress) = phone.report().unwrap() {
            waits[0]
                .extend((progress.next > moment).then(|| progress.next.duration_since(moment).as_millis()));
            moment = progress.next.max(moment);
            phone.reports_on(&mut servers, "dk", moment, &mut random).unwrap();
        }
        sizes[0].extend(servers.asked.borrow().iter().map(|one| (one.path.clone(), one.body.len())));
        assert!(servers.asked.borrow().iter().all(|one| !one.is_decoy));

        let mut servers = willing();
        let mut decoy = Decoy::first(now(), &zone, &mut random);
        for step in 0..3 {
            let began = decoy.next;
            decoy = decoy.go_on(&mut servers, "dk", &zone, began, &mut random);
            waits[1].extend((step < 2).then(|| decoy.next.duration_since(began).as_millis()));
        }
        // The header that says that it is a decoy is on the wire too.
        let on_the_wire = |one: &Asked| (one.path.clone(), one.body.len() + DECOY_HEADER_BYTES);
        sizes[1].extend(servers.asked.borrow().iter().map(on_the_wire));
        assert!(servers.asked.borrow().iter().all(|one| one.is_decoy));
    }
    let paths = |of: &[(String, usize)]| of.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&sizes[0]), paths(&sizes[1]));
    for of in &sizes {
        for (path, range) in [(VERIFY, 2_048..=3_071), (CERTIFICATE, 2_048..=3_071), (PUBLISH, 8_192..=9_215)]
        {
            let of_path: Vec<usize> = of.iter().filter(|one| one.0 == path).map(|one| one.1).collect();
            assert!(of_path.iter().all(|size| range.contains(size)), "{path}");
            let mean = of_path.iter().sum::<usize>() / of_path.len();
            let middle = (range.start() + range.end()) / 2;
            assert!(mean.abs_diff(middle) < 150, "{path}: {mean} is not in the middle of {range:?}");
            assert!(of_path.iter().collect::<BTreeSet<_>>().len() > 40, "{path}: the sizes repeat");
        }
    }
    assert!(waits.iter().flatten().all(|wait| (1_000..=5_000).contains(wait)));
}

/// Threat T17: a question that was asked in vain is asked again after the same wait, whether it is real or a decoy.
#[test]
fn a_decoy_in_vain_is_tried_again_at_the_pace_of_a_report() {
    let moody = || {
        let mut servers = Servers::default();
        servers
            .answers(VERIFY, Err(NetworkError::Unreachable))
            .answers(VERIFY, json(503, "{}"))
            .answers(VERIFY, page_in_between())
            .answers(VERIFY, json(200, r#"{"token":"t"}"#))
            .answers(CERTIFICATE, json(429, "{}"))
            .answers(CERTIFICATE, json(200, r#"{"certificate":"a.b.c"}"#))
            .answers(PUBLISH, Err(NetworkError::Unreachable));
        servers
    };
    let mut random = seeded(12);
    let (mut phone, mut servers, mut moments) = (new_phone(), moody(), [Vec::new(), Vec::new()]);
    used(&mut phone, 3);
    begin(&mut phone, Details::default());
    while let Some(progress) = phone.report().unwrap() {
        moments[0].push(progress.next);
        phone.reports_on(&mut servers, "dk", progress.next, &mut random).unwrap();
    }
    let reported = servers.paths();
    let (zone, mut servers) = (TimeZone::UTC, moody());
    let mut decoy = Decoy::first(now(), &zone, &mut random);
    for _ in 0..reported.len() {
        moments[1].push(decoy.next);
        decoy = decoy.go_on(&mut servers, "dk", &zone, decoy.next, &mut random);
    }
    assert_eq!(servers.paths(), reported);
    // The certificate of a report is over by then; a decoy asks no longer either.
    moments[1].push(decoy.next);
    let _next = decoy.go_on(&mut servers, "dk", &zone, decoy.next, &mut random);
    assert_eq!(servers.paths().len(), reported.len());
    let in_vain = |tries: u32| (30 * (1 << tries), 30 * (1 << tries) + 30);
    let expected = [in_vain(0), in_vain(1), in_vain(2), (1, 5), in_vain(0), (1, 5)];
    for moments in &moments {
        let waits: Vec<i64> = moments.windows(2).map(|two| two[1].duration_since(two[0]).as_secs()).collect();
        let upload = (0..).map(in_vain);
        for (at, (wait, (least, most))) in waits.iter().zip(expected.into_iter().chain(upload)).enumerate() {
            assert!((least..=most).contains(wait), "wait {at}: {wait} s");
        }
        assert!(waits.len() > 8, "{waits:?}");
    }
}

/// Threat T17: whoever watches the line does not see that a code, a test or a token was refused, or that there was
/// nothing to send.
#[test]
fn a_report_that_ends_early_asks_its_other_questions_as_a_decoy() {
    let (zone, mut random) = (TimeZone::UTC, seeded(3));
    let refuses = |path: &str, status: u16, code: &str| {
        let mut servers = willing();
        servers.replaces(path, json(status, &format!(r#"{{"errorCode":"{code}"}}"#)));
        servers
    };
    for (days, mut servers, expected) in [
        (1, refuses(VERIFY, 400, "code_invalid"), Ending::CodeRefused),
        (1, refuses(VERIFY, 412, "unsupported_test_type"), Ending::NotConfirmed),
        (1, refuses(CERTIFICATE, 400, "token_invalid"), Ending::CodeRefused),
        (1, refuses(PUBLISH, 400, "bad_request"), Ending::UploadRefused),
        (0, willing(), Ending::Sent),
    ] {
        let mut phone = new_phone();
        used(&mut phone, days);
        begin(&mut phone, Details::default());
        let (mut rest, mut at) = (None, now());
        while let Some(progress) = phone.report().unwrap() {
            at = at.max(progress.next);
            rest = phone.reports_on(&mut servers, "dk", at, &mut random).unwrap();
        }
        assert_eq!(phone.outcome().unwrap().ending, expected);
        let own = servers.paths().len();
        while let Some(decoy) = rest.filter(Decoy::has_begun) {
            let wait = decoy.next.duration_since(at).as_secs();
            assert!((1..=5).contains(&wait), "{expected:?}: {wait} s");
            at = decoy.next;
            rest = Some(decoy.go_on(&mut servers, "dk", &zone, at, &mut random));
        }
        assert_eq!(servers.paths(), [VERIFY, CERTIFICATE, PUBLISH], "{expected:?}");
        assert!(servers.asked.borrow().iter().skip(own).all(|one| one.is_decoy));
    }
}

/// A decoy asks all three, whatever is answered.
#[test]
fn a_decoy_that_is_refused_asks_on() {
    let (mut servers, zone, mut random) = (Servers::default(), TimeZone::UTC, seeded(3));
    for path in [VERIFY, CERTIFICATE, PUBLISH] {
        servers.answers(path, json(400, r#"{"errorCode":"bad_request"}"#));
    }
    let mut decoy = Decoy::first(now(), &zone, &mut random);
    for _ in 0..4 {
        decoy = decoy.go_on(&mut servers, "dk", &zone, decoy.next, &mut random);
    }
    assert_eq!(servers.paths(), [VERIFY, CERTIFICATE, PUBLISH, VERIFY]);
}

/// Decoys come at every hour, as reports do: mostly by day, about once a day, and nobody can foretell when.
#[test]
fn decoys_come_at_every_hour_mostly_by_day_and_cannot_be_foretold() {
    let zone = TimeZone::get("Europe/Copenhagen").unwrap();
    let (mut random, mut of_hour) = (seeded(8), [0_u32; 24]);
    let hours: Vec<i64> = (0..4_000)
        .map(|_| {
            let next = Decoy::first(now(), &zone, &mut random).next;
            of_hour[usize::try_from(next.to_zoned(zone.clone()).hour()).unwrap()] += 1;
            next.duration_since(now()).as_hours()
        })
        .collect();
    assert!(of_hour.iter().all(|count| *count > 10), "an hour without decoys is one of reports: {of_hour:?}");
    let night: u32 = of_hour[..8].iter().chain(&of_hour[22..]).sum();
    assert!((200..1_000).contains(&night), "{night}");
    let mean = hours.iter().sum::<i64>() / 4_000;
    assert!((20..34).contains(&mean), "{mean}");
    assert!(hours.iter().min() < Some(&2) && hours.iter().max() > Some(&96));
}
