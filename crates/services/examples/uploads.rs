//! How many uploads a second the key server's service takes, and how long an export of many keys takes from the register.
//!
//! `cargo run --release -p services --features testing --example uploads -- 10000`

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    missing_docs
)]

use std::sync::Mutex;
use std::time::Instant;

use exposure::export::{ECDSA_SHA256, P256Signer, SignatureInfo};
use exposure::publish::{Form, keys_mac};
use exposure::revision::TokenKey;
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jiff::Timestamp;
use register::testing::{SeededRandomness, TestRegister, caller};
use register::{Clock, Randomness};
use services::Call;
use services::smittestop::exports::{Folder, NotPut, Root, Settings, Signers, publish_due};
use services::smittestop::keys::publish::{self, Request, SentKey};
use services::smittestop::keys::{Certificate, ReportKind};
use zeroize::Zeroizing;

#[derive(Debug, Default)]
struct Weight(Mutex<usize>);

impl Folder for Weight {
    fn put(&self, _: Root, _: &str, bytes: &[u8]) -> Result<(), NotPut> {
        *self.0.lock().unwrap() += bytes.len();
        Ok(())
    }

    fn get(&self, _: Root, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn keep_only(&self, _: &[(Root, String)]) {}
}

fn upload(house: &TestRegister, dice: &SeededRandomness, taking: &publish::Settings) {
    let mut random = [0; 16 * 16];
    dice.fill(&mut random);
    let now = house.clock.now();
    let today = IntervalNumber::at(now).day_start();
    let (parts, _) = random.as_chunks::<16>();
    let keys: Vec<DiagnosisKey> = (1..)
        .zip(parts.iter().take(14))
        .map(|(ago, bytes)| DiagnosisKey {
            key: TemporaryExposureKey::new(*bytes),
            start: today.minus(144 * ago),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        })
        .collect();
    let secret = parts.last().unwrap();
    let sent = |key: &DiagnosisKey| SentKey {
        key: key.key.reveal_base64(),
        start: key.start.number().into(),
        period: 144,
        risk: 0,
    };
    let request = Request {
        keys: keys.iter().map(sent).collect(),
        certificate: Certificate {
            id: exposure::key::to_hex(parts.get(14).unwrap()),
            issued_at: now.as_second(),
            not_before: now.as_second(),
            expires_at: now.as_second() + 900,
            report: ReportKind::Confirmed,
            onset: Some(today.minus(144 * 3).number()),
            keys_mac: keys_mac(secret, &keys, Form::WithRisk).to_vec(),
        },
        hmac_key: Zeroizing::new(secret.to_vec()),
        onset: None,
        countries: Vec::new(),
        revision_token: Vec::new(),
    };
    let call = house.register.call(caller(&house.policy, "system", None, None));
    let at = Call { register: &house.register, call: &call, randomness: dice };
    publish::run(&at, request, taking).unwrap();
}

fn main() {
    let count: usize = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let house = TestRegister::new();
    let taking = publish::Settings {
        accepts: vec![ReportKind::Confirmed],
        token_keys: vec![TokenKey::new(&[9; 32]).unwrap()],
        token_bound: Vec::new(),
    };
    let began = Instant::now();
    std::thread::scope(|scope| {
        for thread in 0..8_u64 {
            let (house, taking) = (&house, &taking);
            scope.spawn(move || {
                let dice = SeededRandomness::new(100 + thread);
                for _ in 0..count / 8 {
                    upload(house, &dice, taking);
                }
            });
        }
    });
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{} uploads of 14 keys in {seconds:.1} s: {:.0} a second",
        count / 8 * 8,
        (count / 8 * 8) as f64 / seconds
    );
    house.clock.pass(jiff::Span::new().hours(5));
    let info =
        SignatureInfo { key_id: "238".into(), key_version: "v1".into(), algorithm: ECDSA_SHA256.into() };
    let (signer, _) = P256Signer::generate(info).unwrap();
    let signers = Signers::new(vec![(Timestamp::UNIX_EPOCH, Box::new(signer))]);
    let (settings, weight) = (Settings::default(), Weight::default());
    let request = publish_due::Request { settings: &settings, signers: &signers, folder: &weight };
    let dice = SeededRandomness::new(7);
    let call = house.register.call(caller(&house.policy, "system", None, None));
    let at = Call { register: &house.register, call: &call, randomness: &dice };
    let began = Instant::now();
    let output = publish_due::run(&at, &request, |_, _| Ok(Vec::new())).unwrap();
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "{} files of {} bytes from the register in {seconds:.1} s",
        output.files,
        weight.0.lock().unwrap()
    );
}
