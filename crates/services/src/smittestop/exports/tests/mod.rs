//! From an upload to the file that a phone reads, on the real register and the real notice; and who attacks on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use exposure::export::{
    ECDSA_SHA256, Export, ExportSigner, P256Signer, Padding, Published, SignatureInfo, TrustedKey, verify,
};
use exposure::gateway::FederatedKey;
use exposure::publish::{Form, keys_mac};
use exposure::revision::TokenKey;
use exposure::{DiagnosisKey, IntervalNumber, ReportType, RollingPeriod, TemporaryExposureKey};
use jiff::{Span, Timestamp};
use register::testing::{SeededRandomness, TestRegister, caller};
use register::{Query, Randomness as _, Record};
use zeroize::Zeroizing;

use super::{
    Folder, Foreign, NotPut, REGISTER, Root, Settings, Signers, Standing, publish_due, rebuild, standing,
};
use crate::smittestop::closing::{close, what_goes};
use crate::smittestop::keys::publish::{self, Not, Output, Request, SentKey};
use crate::smittestop::keys::{CERTIFICATES, Certificate, READY, ReportKind, WAITING, for_gateway, read};
use crate::{Call, Error};

mod abroad;
mod uploads;
mod windows;

#[derive(Debug, Default)]
struct Memory(Mutex<BTreeMap<(Root, String), Vec<u8>>>);

impl Folder for Memory {
    fn put(&self, root: Root, name: &str, bytes: &[u8]) -> Result<(), NotPut> {
        self.0.lock().unwrap().insert((root, name.to_owned()), bytes.to_vec());
        Ok(())
    }

    fn get(&self, root: Root, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(&(root, name.to_owned())).cloned()
    }

    fn keep_only(&self, names: &[(Root, String)]) {
        self.0.lock().unwrap().retain(|name, _| names.contains(name));
    }
}

struct Land {
    house: TestRegister,
    randomness: SeededRandomness,
    taking: publish::Settings,
    settings: Settings,
    signers: Signers,
    trusted: Vec<TrustedKey>,
    folder: Memory,
    foreign: Vec<Foreign>,
    /// Where the next keys come from.
    phones: SeededRandomness,
}

fn signer(version: &str) -> (Box<dyn ExportSigner + Send + Sync>, TrustedKey) {
    let info = SignatureInfo {
        key_id: "238".to_owned(),
        key_version: version.to_owned(),
        algorithm: ECDSA_SHA256.to_owned(),
    };
    let (signer, _) = P256Signer::generate(info).unwrap();
    let trusted = signer.trusted();
    (Box::new(signer), trusted)
}

impl Land {
    fn new() -> Self {
        let (first, trusted) = signer("v1");
        Self {
            house: TestRegister::new(),
            randomness: SeededRandomness::new(3),
            taking: publish::Settings {
                accepts: ReportKind::ALL.to_vec(),
                token_keys: vec![TokenKey::new(&[9; 32]).unwrap()],
                token_bound: b"dk".to_vec(),
            },
            settings: Settings::default(),
            signers: Signers::new(vec![(Timestamp::UNIX_EPOCH, first)]),
            trusted: vec![trusted],
            folder: Memory::default(),
            foreign: Vec::new(),
            phones: SeededRandomness::new(4),
        }
    }

    fn now(&self) -> Timestamp {
        register::Clock::now(&*self.house.clock)
    }

    fn pass(&self, hours: i64) {
        // The sweep mistrusts a clock that steps further than a plan looks.
        self.house.clock.pass(Span::new().hours(hours));
        let report = self.house.register.sweep().unwrap();
        assert_eq!((report.braked, report.stopped), (0, None));
    }

    fn act<T>(&self, role: &str, action: impl FnOnce(&Call<'_>) -> T) -> T {
        let call = self.house.register.call(caller(&self.house.policy, role, None, None));
        action(&Call { register: &self.house.register, call: &call, randomness: &self.randomness })
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.phones.fill(&mut bytes);
        bytes
    }

    /// The keys of a phone: one a day, the last of today.
    fn phone(&self, days: u32) -> Vec<DiagnosisKey> {
        let today = IntervalNumber::at(self.now()).day_start();
        let key = |ago: u32| DiagnosisKey {
            key: TemporaryExposureKey::new(self.random()),
            start: today.minus(144 * ago),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        };
        (0..days).map(key).collect()
    }

    fn request(&self, keys: &[DiagnosisKey], report: ReportKind) -> Request {
        let secret = self.random::<16>();
        let now = self.now().as_second();
        let onset = IntervalNumber::at(self.now()).day_start().minus(144 * 4).number();
        Request {
            keys: keys.iter().map(sent).collect(),
            certificate: Certificate {
                id: exposure::key::to_hex(&self.random::<16>()),
                issued_at: now,
                not_before: now,
                expires_at: now + 900,
                report,
                onset: Some(onset),
                keys_mac: keys_mac(&secret, keys, Form::WithRisk).to_vec(),
            },
            hmac_key: Zeroizing::new(secret.to_vec()),
            onset: None,
            countries: Vec::new(),
            revision_token: Vec::new(),
        }
    }

    fn take(&self, request: Request) -> Result<Output, publish::Error> {
        self.act("system", |at| publish::run(at, request, &self.taking))
    }

    fn upload(&self, keys: &[DiagnosisKey]) -> Output {
        self.take(self.request(keys, ReportKind::Confirmed)).unwrap()
    }

    fn export(&self) -> publish_due::Output {
        let request =
            publish_due::Request { settings: &self.settings, signers: &self.signers, folder: &self.folder };
        self.act("system", |at| publish_due::run(at, &request, |from, until| Ok(self.came(from, until))))
            .unwrap()
    }

    fn rebuild(&self) -> usize {
        let request =
            publish_due::Request { settings: &self.settings, signers: &self.signers, folder: &self.folder };
        self.act("system", |at| rebuild::run(at, &request, |from, until| Ok(self.came(from, until))))
            .unwrap()
            .files
    }

    fn came(&self, from: Timestamp, until: Timestamp) -> Vec<Foreign> {
        self.foreign.iter().filter(|one| from <= one.came && one.came < until).cloned().collect()
    }

    fn held(&self, use_name: &'static str, register: &'static str) -> Vec<Record> {
        let until = self.now() + jiff::SignedDuration::from_hours(1);
        let query = Query::CollectedIn { register, from: Timestamp::UNIX_EPOCH, until };
        self.act("system", |at| at.find::<Not>(use_name, query)).unwrap()
    }

    fn kept(&self, register: &'static str) -> Vec<Record> {
        self.held(publish::USE, register)
    }

    /// When the register was asked, in microseconds, as whoever has the database in hand reads it.
    fn lines(&self) -> Vec<i64> {
        let database = rusqlite::Connection::open(self.house.config.database.join("register.db")).unwrap();
        let mut lines = database.prepare("select at from line order by number").unwrap();
        lines.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// What goes to other countries.
    fn given(&self) -> Vec<FederatedKey> {
        let until = self.now() + jiff::SignedDuration::from_micros(1);
        let from = until - Span::new().hours(400);
        self.act("system", |at| for_gateway::run(at, for_gateway::Request { from, until })).unwrap()
    }

    fn standing(&self) -> Vec<Standing> {
        self.act("device", standing::run).unwrap()
    }

    /// What phones read of a root: each file checked by its signature and its checksum.
    fn read(&self, root: Root) -> Vec<Export> {
        let files = self.standing().into_iter().filter(|file| file.root == root);
        files
            .map(|file| {
                let bytes = self.folder.get(root, &file.name).unwrap();
                assert_eq!(super::write::sha256(&bytes), file.sha256);
                let verified = verify(vec![Published::read(&bytes).unwrap()], &self.trusted).unwrap();
                verified.into_exports().remove(0)
            })
            .collect()
    }
}

fn sent(key: &DiagnosisKey) -> SentKey {
    SentKey {
        key: key.key.reveal_base64(),
        start: key.start.number().into(),
        period: key.period.intervals().into(),
        risk: key.transmission_risk.map_or(0, |risk| i64::from(risk.level())),
    }
}

fn reason(answer: Result<Output, publish::Error>) -> Not {
    match answer {
        Err(Error::Not(not)) => not,
        other => panic!("{other:?}"),
    }
}

fn bytes(keys: &[DiagnosisKey]) -> BTreeSet<[u8; 16]> {
    keys.iter().map(|key| *key.key.reveal()).collect()
}
