//! The code that ties an upload to its certificate: the reference server's vectors.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::publish::{Form, Sent, is_mac_of_sent, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey, TransmissionRisk};
use serde_json::Value;

use crate::files;

fn key(json: &Value) -> DiagnosisKey {
    let number = |name: &str| json[name].as_i64().unwrap();
    DiagnosisKey {
        key: TemporaryExposureKey::from_base64(json["key"].as_str().unwrap()).unwrap(),
        start: IntervalNumber::new(number("rollingStartNumber").try_into().unwrap()),
        period: RollingPeriod::new(number("rollingPeriod")).unwrap(),
        report_type: None,
        days_since_onset: None,
        transmission_risk: Some(TransmissionRisk::new(number("transmissionRisk") as i32).unwrap()),
    }
}

/// Whether the server that takes these keys accepts the code.
fn is_mac_of(mac: &[u8], secret: &[u8], keys: &[DiagnosisKey]) -> bool {
    let texts: Vec<String> = keys.iter().map(|key| key.key.reveal_base64()).collect();
    let sent = keys.iter().zip(&texts).map(|(key, text)| Sent {
        key: text,
        start: key.start.number().into(),
        period: key.period.intervals().into(),
        risk: key.transmission_risk.map_or(0, |risk| risk.level().into()),
    });
    is_mac_of_sent(mac, secret, &sent.collect::<Vec<_>>())
}

#[test]
fn the_codes_are_those_of_the_vectors_in_both_forms() {
    let vectors = files::json("publish_hmac_vectors.json");
    let secret = STANDARD.decode(vectors["secret_b64"].as_str().unwrap()).unwrap();
    for case in vectors["cases"].as_array().unwrap() {
        let keys: Vec<DiagnosisKey> = case["keys"].as_array().unwrap().iter().map(key).collect();
        let macs: Vec<Vec<u8>> = case["hmac_b64"]
            .as_array()
            .unwrap()
            .iter()
            .map(|mac| STANDARD.decode(mac.as_str().unwrap()).unwrap())
            .collect();
        for (form, mac) in [Form::WithRisk, Form::WithoutRisk].into_iter().zip(&macs) {
            assert_eq!(keys_mac(&secret, &keys, form).as_slice(), mac);
        }
        assert!(macs.iter().all(|mac| is_mac_of(mac, &secret, &keys)));
        let turned: Vec<DiagnosisKey> = keys.iter().rev().cloned().collect();
        assert!(is_mac_of(&macs[0], &secret, &turned));
        assert!(!is_mac_of(&macs[0], &secret, &keys[1..]), "a key less");
        assert!(!is_mac_of(&macs[0], b"another secret", &keys));
        assert!(!is_mac_of(&macs[0][1..], &secret, &keys));
    }
}

#[test]
fn the_form_without_levels_is_refused_where_a_key_has_one() {
    let vectors = files::json("publish_hmac_vectors.json");
    let keys: Vec<DiagnosisKey> = vectors["cases"][0]["keys"].as_array().unwrap().iter().map(key).collect();
    let without = keys_mac(b"secret", &keys, Form::WithoutRisk);
    assert!(!is_mac_of(&without, b"secret", &keys));
}
