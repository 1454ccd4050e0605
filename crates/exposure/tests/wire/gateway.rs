//! Batches between countries: the Java gateway's vectors, the order that is signed, what is refused.

use exposure::gateway::cms::{BatchSigner as _, CmsError};
use exposure::gateway::{
    Batch, BatchError, FederatedKey, KeyFault, Onset, ReadError, SigningCertificate, UNKNOWN_RISK, canonical,
    check_batch, cms, payload_hash, validate,
};
use jiff::{SignedDuration, Timestamp};

use crate::files;
use crate::keys::keys;

pub(crate) fn twenty_five() -> Batch {
    Batch::read(&files::bytes("efgs_batch_25keys.pb")).unwrap()
}

/// A time at which the keys of the sample are young enough.
pub(crate) fn then() -> Timestamp {
    let last = twenty_five().keys.iter().map(|key| key.rolling_start_interval_number).max().unwrap();
    exposure::IntervalNumber::new(last).start() + SignedDuration::from_hours(1)
}

#[test]
fn the_canonical_text_is_that_of_the_java_gateway() {
    let vectors = files::json("efgs_canonical_java_vectors.json");
    let vectors = vectors["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 4);
    for vector in vectors {
        let batch = Batch::read(&files::bytes(vector["pb"].as_str().unwrap())).unwrap();
        let expected = match vector["canonical"].as_str() {
            Some(text) => text.to_owned(),
            None => files::text(vector["canonical_file"].as_str().unwrap()),
        };
        assert_eq!(String::from_utf8(canonical(&batch)).unwrap(), expected, "{}", vector["pb"]);
    }
}

#[test]
fn the_canonical_text_does_not_depend_on_the_order_or_the_form() {
    let batch = twenty_five();
    let mut turned = batch.clone();
    turned.keys.reverse();
    assert_eq!(canonical(&turned), canonical(&batch));
    let through_json = Batch::from_json(batch.to_json().as_bytes()).unwrap();
    assert_eq!(through_json, batch);
    assert_eq!(Batch::read(&batch.to_bytes()).unwrap(), batch);
}

/// Keys whose fields run into each other are told apart by the full stops.
#[test]
fn moving_a_letter_from_one_field_to_the_next_changes_what_is_signed() {
    let one = |visited: &[&str], origin: &str| FederatedKey {
        key_data: vec![7; 16],
        visited_countries: visited.iter().map(|country| (*country).to_owned()).collect(),
        origin: origin.to_owned(),
        ..FederatedKey::default()
    };
    let texts = [one(&["DK"], "SE"), one(&["DKS"], "E"), one(&["DK", "SE"], ""), one(&[], "DKSE")]
        .map(|key| canonical(&Batch { keys: vec![key] }));
    for (at, text) in texts.iter().enumerate() {
        assert!(!texts[at + 1..].contains(text));
    }
}

#[test]
fn a_missing_field_is_written_all_the_same() {
    let text = canonical(&Batch { keys: vec![FederatedKey::default()] });
    assert_eq!(text, b".AAAAAA==.AAAAAA==.AAAAAA==...AAAAAA==.AAAAAA==.");
}

#[test]
fn letters_beyond_ascii_are_signed_as_question_marks_and_refused_as_countries() {
    let key = |origin: &str| FederatedKey { origin: origin.to_owned(), ..twenty_five().keys[0].clone() };
    let text = |origin| canonical(&Batch { keys: vec![key(origin)] });
    assert_eq!(text("æ\u{1f600}"), text("??"));
    assert_eq!(validate(&key("æ"), then()), Err(KeyFault::Country));
    assert_eq!(validate(&key("dk"), then()), Err(KeyFault::Country));
    assert_eq!(validate(&key("DK"), then()), Ok(()));
}

#[test]
fn each_field_of_a_key_is_checked_as_the_gateway_does() {
    let good = twenty_five().keys[0].clone();
    let with = |change: fn(&mut FederatedKey)| {
        let mut key = good.clone();
        change(&mut key);
        validate(&key, then())
    };
    assert!(matches!(with(|key| key.key_data.truncate(15)), Err(KeyFault::Key(_))));
    assert!(matches!(with(|key| key.rolling_period = 0), Err(KeyFault::Period(_))));
    assert!(matches!(with(|key| key.rolling_period = 145), Err(KeyFault::Period(_))));
    assert!(matches!(with(|key| key.rolling_period = u32::MAX), Err(KeyFault::Period(_))));
    assert!(matches!(with(|key| key.rolling_start_interval_number = 0), Err(KeyFault::Start(_))));
    assert!(matches!(with(|key| key.rolling_start_interval_number = u32::MAX), Err(KeyFault::Start(_))));
    assert!(matches!(with(|key| key.transmission_risk_level = 9), Err(KeyFault::Risk(_))));
    assert!(matches!(with(|key| key.transmission_risk_level = -1), Err(KeyFault::Risk(_))));
    assert_eq!(with(|key| key.transmission_risk_level = UNKNOWN_RISK), Ok(()));
    assert_eq!(with(|key| key.report_type = 6), Err(KeyFault::ReportType(6)));
    assert_eq!(with(|key| key.days_since_onset_of_symptoms = 4_000), Ok(()));
}

#[test]
fn a_batch_of_one_too_many_is_refused_in_every_form() {
    let key = twenty_five().keys[0].clone();
    let many = |count| Batch { keys: vec![key.clone(); count] };
    assert_eq!(Batch::read(&many(5_000).to_bytes()).unwrap().keys.len(), 5_000);
    assert_eq!(Batch::read(&many(5_001).to_bytes()), Err(ReadError::TooMany));
    assert!(Batch::from_json(many(5_001).to_json().as_bytes()).is_err());
    let error = check_batch(&many(5_001), &[], &[], then()).unwrap_err();
    assert_eq!(error, BatchError::TooMany(5_001));
}

#[test]
fn json_has_the_names_of_the_message_and_numbers_or_names_of_report_types() {
    let text = twenty_five().to_json();
    for name in [
        "\"keyData\"",
        "\"rollingStartIntervalNumber\"",
        "\"days_since_onset_of_symptoms\"",
        "\"CONFIRMED_TEST\"",
    ] {
        assert!(text.contains(name), "{name}");
    }
    let by_number = Batch::from_json(br#"{"keys":[{"reportType":5,"new":1}]}"#).unwrap();
    assert_eq!(by_number.keys[0].report_type, 5);
    let refused = [&b"<html>"[..], br#"{"keys":[{"reportType":"?"}]}"#, br#"{"keys":[{"keyData":"*"}]}"#];
    assert!(refused.iter().all(|text| Batch::from_json(text).is_err()));
}

#[test]
fn a_key_of_ours_goes_out_sorted_without_our_own_country_and_comes_back_the_same() {
    let own = &keys(1, 20)[0];
    let visited = ["SE", "DK", "DE", "SE"].map(str::to_owned);
    let sent = FederatedKey::of(own, "DK", &visited, Onset::Exact { days: -4 });
    assert_eq!(sent.visited_countries, ["DE", "SE"]);
    assert_eq!(sent.transmission_risk_level, UNKNOWN_RISK);
    assert_eq!(sent.diagnosis().unwrap(), *own);
}

/// An unknown onset must never become day 0, which is the most infectious.
#[test]
fn an_onset_that_is_not_exact_is_left_out_of_what_phones_get() {
    for number in [21, 114, 1_999, 3_000, 4_000, 999_999] {
        let key = FederatedKey { days_since_onset_of_symptoms: number, ..twenty_five().keys[0].clone() };
        assert_eq!(key.diagnosis().unwrap().days_since_onset, None, "{number}");
    }
}

#[test]
fn the_gateway_knows_a_key_by_all_its_fields() {
    let key = twenty_five().keys[0].clone();
    let changed = FederatedKey { days_since_onset_of_symptoms: 13, ..key.clone() };
    assert_ne!(payload_hash(&key), payload_hash(&changed));
    assert!(payload_hash(&key).len() <= 64 && !payload_hash(&key).starts_with('0'));
}

/// A country's way of signing, with a certificate made for it, valid in 2026.
fn certified(country: &str) -> cms::KeyPairSigner {
    let key = rcgen::KeyPair::generate().unwrap();
    let mut parameters = rcgen::CertificateParams::default();
    parameters.distinguished_name = rcgen::DistinguishedName::new();
    parameters.distinguished_name.push(rcgen::DnType::CountryName, country);
    (parameters.not_before, parameters.not_after) =
        (rcgen::date_time_ymd(2026, 1, 1), rcgen::date_time_ymd(2027, 1, 1));
    let certificate = parameters.self_signed(&key).unwrap();
    let certificate = cms::Certificate::from_der(certificate.der()).unwrap();
    cms::KeyPairSigner::from_pkcs8(&key.serialize_der(), certificate).unwrap()
}

fn listed(signer: &cms::KeyPairSigner, country: &str) -> [SigningCertificate; 1] {
    let thumbprint = signer.certificate().thumbprint();
    [SigningCertificate { thumbprint, country: country.to_owned() }]
}

/// Keys of the day before, each of the country at its place.
fn of(origins: &[&str], now: Timestamp) -> Batch {
    let yesterday = exposure::IntervalNumber::at(now).day_start().minus(144).number();
    let key = |(byte, origin): (u8, &&str)| FederatedKey {
        key_data: vec![byte; 16],
        rolling_start_interval_number: yesterday,
        origin: (*origin).to_owned(),
        ..twenty_five().keys[0].clone()
    };
    Batch { keys: (1..).zip(origins).map(key).collect() }
}

#[test]
fn a_signed_batch_is_believed_from_its_own_country_and_no_other() {
    let now: Timestamp = "2026-11-21T12:00Z".parse().unwrap();
    let (danish, swedish) = (certified("DK"), certified("SE"));
    let signed = |batch: &Batch, by: &cms::KeyPairSigner| cms::sign(&canonical(batch), by, now).unwrap();
    let ours = of(&["DK", "DK"], now);
    let signature = signed(&ours, &danish);
    let check = |batch: &Batch, signature: &[u8], listed: &[SigningCertificate], at: Timestamp| {
        check_batch(batch, signature, listed, at)
    };
    let in_list = listed(&danish, "DK");

    let signer = check(&ours, &signature, &in_list, now).unwrap();
    assert_eq!((signer.country.as_deref(), signer.thumbprint), (Some("DK"), in_list[0].thumbprint));

    let unlisted = check(&ours, &signature, &listed(&swedish, "SE"), now).unwrap_err();
    assert_eq!(unlisted, BatchError::Unlisted(in_list[0].thumbprint));
    assert_eq!(check(&ours, &signature, &[], now), Err(unlisted));

    let elsewhere = check(&ours, &signature, &listed(&danish, "NO"), now).unwrap_err();
    assert_eq!(elsewhere, BatchError::Country { named: "DK".to_owned(), listed: "NO".to_owned() });

    let mixed = of(&["DK", "SE"], now);
    let foreign = check(&mixed, &signed(&mixed, &danish), &in_list, now).unwrap_err();
    let (origin, country) = ("SE".to_owned(), "DK".to_owned());
    assert_eq!(foreign, BatchError::Origin { number: 2, origin, country });

    let other = check(&of(&["DK"], now), &signature, &in_list, now).unwrap_err();
    assert_eq!(other, BatchError::Signature(CmsError::Content));

    let old = ours.keys[0].rolling_start_interval_number - 144 * 15;
    let mut aged = ours.clone();
    aged.keys[1].rolling_start_interval_number = old;
    let fault = KeyFault::Start(exposure::IntervalNumber::new(old));
    let refused = check(&aged, &signed(&aged, &danish), &in_list, now);
    assert_eq!(refused, Err(BatchError::Key { number: 2, fault }));

    // A year later the keys are fresh and the certificate is not.
    let late: Timestamp = "2027-11-21T12:00Z".parse().unwrap();
    let later = of(&["DK"], late);
    let expired = check(&later, &signed(&later, &danish), &in_list, late).unwrap_err();
    assert_eq!(expired, BatchError::Signature(CmsError::Expired(in_list[0].thumbprint)));
}
