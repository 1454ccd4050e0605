//! A gateway and three countries, each with a register of its own.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use exposure::gateway::{Batch, FederatedKey, UNKNOWN_RISK, canonical, cms};
use exposure::{IntervalNumber, ReportType};
use jiff::{Span, ToSpan as _};
use register::testing::{SeededRandomness, TestRegister};
use services::smittestop::gateway::downloaded;

use crate::federation::Door;
use crate::federation::client::Client;
use crate::federation::gateway::{Resolver, SystemResolver};
use crate::federation::rehearsal::{Papers, Rehearsal};

/// The countries.
pub(super) const COUNTRIES: [&str; 3] = ["DK", "SE", "DE"];

/// One country.
pub(super) struct Country {
    pub(super) house: TestRegister,
    pub(super) client: Client,
    pub(super) papers: Papers,
    pub(super) keys: Arc<Mutex<Vec<FederatedKey>>>,
}

/// All of them.
pub(super) struct Europe {
    pub(super) gateway: TestRegister,
    pub(super) rehearsal: Rehearsal,
    pub(super) countries: BTreeMap<&'static str, Country>,
    _folder: tempfile::TempDir,
}

pub(super) fn door(house: &TestRegister, seed: u64) -> Door {
    Door::new(house.register.clone(), house.clock.clone(), Arc::new(SeededRandomness::new(seed)))
}

impl Europe {
    pub(super) async fn new() -> Self {
        Self::with(Arc::new(SystemResolver)).await
    }

    pub(super) async fn with(resolver: Arc<dyn Resolver>) -> Self {
        let (gateway, folder) = (TestRegister::new(), tempfile::tempdir().unwrap());
        let papers_in = folder.path().join("papers");
        let rehearsal = Rehearsal::start_with(door(&gateway, 7), &papers_in, resolver).await.unwrap();
        let papers = COUNTRIES.map(|country| rehearsal.admit(country).unwrap());
        let all: Vec<&Papers> = papers.iter().collect();
        let mut countries = BTreeMap::new();
        for (seed, (country, own)) in (10..).zip(COUNTRIES.into_iter().zip(&papers)) {
            let house = TestRegister::new();
            let keys: Arc<Mutex<Vec<FederatedKey>>> = Arc::default();
            let from = keys.clone();
            let source = Arc::new(move |_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
                Ok::<_, register::Unavailable>(from.lock().unwrap().clone())
            });
            let client = rehearsal.client(door(&house, seed), own, &all, source).unwrap();
            countries.insert(country, Country { house, client, papers: own.clone(), keys });
        }
        Self { gateway, rehearsal, countries, _folder: folder }
    }

    pub(super) fn of(&self, country: &str) -> &Country {
        self.countries.get(country).unwrap()
    }

    /// Time passes everywhere.
    pub(super) fn pass(&self, span: Span) {
        self.gateway.clock.pass(span);
        self.countries.values().for_each(|country| country.house.clock.pass(span));
    }

    /// Five minutes later there are batches.
    pub(super) async fn batches(&self) {
        self.pass(5.minutes());
        self.rehearsal.gateway.run_due().await.unwrap();
    }

    /// Keys that phones of a country may have, from all time.
    pub(super) fn for_phones(&self, country: &str) -> Vec<(Vec<u8>, String)> {
        let house = &self.of(country).house;
        let now = house.register.call(caller(house)).now;
        let (from, until) = (now - 400.hours(), now + 1.hour());
        let request = downloaded::Request { from, until };
        let found = door(house, 99).act_here(|at| downloaded::run(at, request)).unwrap();
        let mut keys: Vec<_> =
            found.into_iter().map(|(key, origin, _)| (key.key.reveal().to_vec(), origin)).collect();
        keys.sort();
        keys
    }
}

fn caller(house: &TestRegister) -> register::Caller {
    register::testing::caller(&house.policy, "system", None, None)
}

/// A key of a country, told apart by a number.
pub(super) fn key(origin: &str, number: u32) -> FederatedKey {
    let mut key_data = vec![0; 16];
    key_data[..4].copy_from_slice(&number.wrapping_mul(2_654_435_761).to_be_bytes());
    key_data[4..8].copy_from_slice(&number.to_be_bytes());
    key_data[8..10].copy_from_slice(origin.as_bytes());
    let now = "2026-11-21T09:00:00Z".parse().unwrap();
    FederatedKey {
        key_data,
        rolling_start_interval_number: IntervalNumber::at(now).day_start().number() - 288,
        rolling_period: 144,
        transmission_risk_level: UNKNOWN_RISK,
        visited_countries: Vec::new(),
        origin: origin.to_owned(),
        report_type: ReportType::ConfirmedTest.number(),
        days_since_onset_of_symptoms: 1,
    }
}

pub(super) fn keys(origin: &str, numbers: std::ops::Range<u32>) -> Vec<FederatedKey> {
    numbers.map(|number| key(origin, number)).collect()
}

/// What phones elsewhere should get of some keys.
pub(super) fn as_told(keys: &[FederatedKey]) -> Vec<(Vec<u8>, String)> {
    let mut all: Vec<_> = keys.iter().map(|key| (key.key_data.clone(), key.origin.clone())).collect();
    all.sort();
    all
}

/// A country's signature over some keys, in base64.
pub(super) fn signed(papers: &Papers, keys: &[FederatedKey], at: jiff::Timestamp) -> String {
    let [certificate, key] = &papers.signing;
    let signer = crate::pem::signer(certificate, key).unwrap();
    let batch = Batch { keys: keys.to_vec() };
    cms::to_base64(&cms::sign(&canonical(&batch), &signer, at).unwrap())
}
