//! A key server that is killed without a word, again and again: no acknowledged key is lost, and none is published twice.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]
// The child is this program again, told by its environment.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use exposure::export::{ECDSA_SHA256, P256Signer, Published, SignatureInfo};
use exposure::publish::{Form, keys_mac};
use exposure::revision::TokenKey;
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use register::testing::{FixedClock, SeededRandomness, caller, house_corpus};
use register::{Clock, Config, Randomness, Register};
use services::Call;
use services::smittestop::exports::{
    Folder, NotPut, Root, Settings, Signers, publish_due, rebuild, standing,
};
use services::smittestop::keys::publish::{self, Request, SentKey};
use services::smittestop::keys::{Certificate, ReportKind};
use zeroize::Zeroizing;

const CHILD: &str = "SERVICES_TEST_KILLED_CHILD";

#[derive(Debug)]
struct Disk(PathBuf);

impl Folder for Disk {
    fn put(&self, root: Root, name: &str, bytes: &[u8]) -> Result<(), NotPut> {
        std::fs::create_dir_all(self.0.join(root.word())).map_err(|_| NotPut)?;
        std::fs::write(self.0.join(root.word()).join(name), bytes).map_err(|_| NotPut)
    }

    fn get(&self, root: Root, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(root.word()).join(name)).ok()
    }

    fn keep_only(&self, _: &[(Root, String)]) {}
}

struct House {
    register: Register,
    clock: Arc<FixedClock>,
    dice: SeededRandomness,
    folder: Disk,
    signers: Signers,
    taking: publish::Settings,
}

impl House {
    fn open(folder: &Path, round: u64) -> Self {
        let (policy, corpus) = house_corpus();
        let zone = TimeZone::get("Europe/Copenhagen").unwrap();
        let config = Config::new(folder.join("database"), folder.join("keys"), zone);
        let start: Timestamp = "2026-11-21T09:00:00Z".parse().unwrap();
        let hours = i64::try_from(round).unwrap() * 24;
        let clock = Arc::new(FixedClock::from(start + SignedDuration::from_hours(hours)));
        let randomness = Arc::new(SeededRandomness::new(1_000 + round));
        let register = Register::open(&config, policy, corpus, clock.clone(), randomness).unwrap();
        let info = SignatureInfo {
            key_id: "238".to_owned(),
            key_version: "v1".to_owned(),
            algorithm: ECDSA_SHA256.to_owned(),
        };
        let (signer, _) = P256Signer::generate(info).unwrap();
        Self {
            register,
            clock,
            dice: SeededRandomness::new(2_000 + round),
            folder: Disk(folder.join("exports")),
            signers: Signers::new(vec![(Timestamp::UNIX_EPOCH, Box::new(signer))]),
            taking: publish::Settings {
                accepts: vec![ReportKind::Confirmed],
                token_keys: vec![TokenKey::new(&[9; 32]).unwrap()],
                token_bound: Vec::new(),
            },
        }
    }

    fn act<T>(&self, role: &str, action: impl FnOnce(&Call<'_>) -> T) -> T {
        let call = self.register.call(caller(self.register.policy(), role, None, None));
        action(&Call { register: &self.register, call: &call, randomness: &self.dice })
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.dice.fill(&mut bytes);
        bytes
    }

    /// Three keys of the days before; what was acknowledged comes back.
    fn upload(&self) -> Vec<[u8; 16]> {
        let now = self.clock.now();
        let today = IntervalNumber::at(now).day_start();
        let keys: Vec<DiagnosisKey> = (1..=3)
            .map(|ago| DiagnosisKey {
                key: TemporaryExposureKey::new(self.random()),
                start: today.minus(144 * ago),
                period: RollingPeriod::FULL,
                report_type: None,
                days_since_onset: None,
                transmission_risk: None,
            })
            .collect();
        let secret = self.random::<16>();
        let request = Request {
            keys: keys
                .iter()
                .map(|key| SentKey {
                    key: key.key.reveal_base64(),
                    start: key.start.number().into(),
                    period: 144,
                    risk: 0,
                })
                .collect(),
            certificate: Certificate {
                id: exposure::key::to_hex(&self.random::<16>()),
                issued_at: now.as_second(),
                not_before: now.as_second(),
                expires_at: now.as_second() + 900,
                report: ReportKind::Confirmed,
                onset: None,
                keys_mac: keys_mac(&secret, &keys, Form::WithRisk).to_vec(),
            },
            hmac_key: Zeroizing::new(secret.to_vec()),
            onset: None,
            countries: Vec::new(),
            revision_token: Vec::new(),
        };
        let output = self.act("system", |at| publish::run(at, request, &self.taking)).unwrap();
        assert_eq!(output.inserted, 3);
        keys.iter().map(|key| *key.key.reveal()).collect()
    }

    fn export(&self) {
        let settings = Settings::default();
        let request =
            publish_due::Request { settings: &settings, signers: &self.signers, folder: &self.folder };
        self.act("system", |at| {
            rebuild::run(at, &request, |_, _| Ok(Vec::new())).unwrap();
            publish_due::run(at, &request, |_, _| Ok(Vec::new())).unwrap();
        });
    }
}

/// What the child does until it is killed: takes keys, says so, lets an hour pass, publishes.
#[test]
fn child_that_is_killed() {
    let Some(told) = std::env::var_os(CHILD) else { return };
    let told = told.into_string().unwrap();
    let (round, folder) = told.split_once(' ').unwrap();
    let house = House::open(Path::new(folder), round.parse().unwrap());
    let mut out = std::io::stdout();
    for _ in 0..40 {
        for _ in 0..3 {
            for key in house.upload() {
                writeln!(out, "acknowledged {}", exposure::key::to_hex(&key)).unwrap();
            }
            out.flush().unwrap();
        }
        house.clock.pass(jiff::Span::new().minutes(30));
        house.export();
    }
    // Killed long before; if not, it waits for it.
    std::thread::sleep(std::time::Duration::from_secs(60));
}

fn killed_after(lines: usize, round: u64, folder: &Path) -> Vec<[u8; 16]> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_is_killed", "--nocapture"])
        .env(CHILD, format!("{round} {}", folder.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some((_, hex)) = line.split_once("acknowledged ") else { continue };
        acknowledged.push(exposure::key::from_hex(hex.trim()).unwrap().try_into().unwrap());
        if acknowledged.len() == lines {
            // SIGKILL: nothing is put in order.
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    acknowledged
}

#[test]
fn a_killed_process_loses_no_acknowledged_key_and_publishes_none_twice() {
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for (round, lines) in (0..).zip([40, 63, 52, 71]) {
        let more = killed_after(lines, round, folder.path());
        assert!(more.len() >= lines, "the child ended by itself after {} keys", more.len());
        acknowledged.extend(more);
    }
    let house = House::open(folder.path(), 5);
    // Whoever was away for long catches up step by step.
    (0..4).for_each(|_| house.export());
    let mut published: BTreeMap<[u8; 16], usize> = BTreeMap::new();
    let files = house.act("device", standing::run).unwrap();
    for file in files.iter().filter(|file| file.root == Root::Dk) {
        let bytes = house.folder.get(Root::Dk, &file.name).unwrap();
        for key in &Published::read(&bytes).unwrap().unchecked().keys {
            *published.entry(*key.key.reveal()).or_default() += 1;
        }
    }
    assert!(published.values().all(|times| *times == 1), "a key was published twice");
    let lost = acknowledged.iter().filter(|key| !published.contains_key(*key)).count();
    assert_eq!(lost, 0, "of {} acknowledged keys", acknowledged.len());
}
