//! Both bodies of smitte|stop as an authority runs them, each on a runtime of its own, so that the machine's bill can be
//! split; and the people and phones that come to them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use exposure::Random;
use exposure::export::TrustedKey;
use jiff::{SignedDuration, Timestamp};
use phone::network::HttpNetwork;
use phone::{MemoryVault, Phone, consent};
use register::{Clock, Cpr, Randomness};
use server::rehearsal::{Answers, Person, Smittestop, number_of_nobody};
use services::smittestop::positives::Positive;
use services::smittestop::verification::Form;
use tokio::runtime::Runtime;

use super::house::{self, Chance, Moved};

/// Days on which a phone has called out something.
pub(super) const DAYS: u32 = 14;
/// The uses whose registers hold what the two servers hold.
const HELD_AT_VERIFICATION: [&str; 2] = ["sst.verify", "sst.issue-code"];
const HELD_AT_KEYS: [&str; 2] = ["sst.receive-keys", "sst.publish-keys"];

/// The servers, served until this goes.
pub(super) struct Town {
    pub(super) clock: Arc<Moved>,
    pub(super) bodies: Smittestop,
    /// Whose files phones believe.
    pub(super) trusted: TrustedKey,
    verification: Runtime,
    keys: Runtime,
    browsers: Runtime,
    _broker: Runtime,
}

/// Each thread is named after whom it works for.
fn runtime(name: &str) -> Result<Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    // A thread that ends takes its bill with it.
    let kept = std::time::Duration::from_secs(7 * 86_400);
    Ok(builder.enable_all().thread_name(name).thread_keep_alive(kept).build()?)
}

impl Town {
    /// Opens both, on files below a folder, for a list from which so many may fall at once.
    pub(super) fn open(folder: &Path, fall: u32) -> Result<Self> {
        let clock = Arc::new(Moved::begin()?);
        let ground = house::ground(folder, clock.clone())?;
        let [broker, verification, keys, browsers] =
            [runtime("broker")?, runtime("verification")?, runtime("keys")?, runtime("browsers")?];
        let bodies = Smittestop::start_apart(&ground, [&broker, &verification, &keys], |config| {
            config.register.brake_floor = fall.into();
        })?;
        let trusted = TrustedKey::from_der(&bodies.export_key)?.named("238", "v1");
        Ok(Self { clock, bodies, trusted, verification, keys, browsers, _broker: broker })
    }

    /// The way that phones take.
    pub(super) fn network(&self) -> Result<HttpNetwork> {
        Ok(HttpNetwork::new(&self.bodies.keys_address(), &self.bodies.verification_address(), &[])?)
    }

    /// The institute's list: these people, tested yesterday evening.
    pub(super) fn lists(&self, people: impl Iterator<Item = u32>) -> Result<()> {
        let test_time = self.clock.now() - SignedDuration::from_hours(12);
        let positive =
            |who| Ok(Positive { cpr: Cpr::parse(&number_of_nobody(who))?, test_time, onset: None });
        let people = people.map(positive).collect::<Result<Vec<_>>>()?;
        self.verification.block_on(self.bodies.lists(people))?;
        Ok(())
    }

    /// Somebody logs in, answers what the page asks, and reads her code.
    pub(super) fn code(&self, who: u32) -> Result<String> {
        let person = Person {
            cpr: number_of_nobody(who),
            name: format!("Borger {who}"),
            pid: format!("PID:9208-2002-2-{who:012}"),
        };
        // Every fifth follows the link of the page on her phone.
        let form = if who.is_multiple_of(5) { Form::Link } else { Form::Digits };
        let came = self.browsers.handle().block_on(self.bodies.code(&person, Answers::NoSymptoms, form));
        came.with_context(|| format!("person {who} gets no code"))
    }

    /// What both servers do by themselves, each in its turn; how long each took.
    pub(super) fn run_due(&self) -> Result<[f64; 2]> {
        let begun = std::time::Instant::now();
        self.verification.block_on(self.bodies.verification.run_due())?;
        let first = begun.elapsed().as_secs_f64();
        self.keys.block_on(self.bodies.keys.run_due())?;
        for body in [&self.bodies.verification, &self.bodies.keys] {
            let late: u64 = body.app.register().late()?.into_values().sum();
            ensure!(late == 0, "the brake holds back {late} records");
        }
        Ok([first, begun.elapsed().as_secs_f64() - first])
    }

    /// What stands in both registers.
    pub(super) fn holds(&self) -> Result<[BTreeMap<String, u64>; 2]> {
        let bodies = &self.bodies;
        Ok([bodies.verification.holds(&HELD_AT_VERIFICATION)?, bodies.keys.holds(&HELD_AT_KEYS)?])
    }
}

/// A phone that has been carried for two weeks.
pub(super) fn carried_phone(now: Timestamp, chance: &Chance) -> Result<Phone> {
    let mut random = |bytes: &mut [u8]| chance.fill(bytes);
    let random: &mut Random<'_> = &mut random;
    let mut phone = Phone::open(MemoryVault)?;
    let days = i64::from(DAYS) - 1;
    phone.consents(consent::VERSION, now - SignedDuration::from_hours(24 * days), random)?;
    for ago in (0..=days).rev() {
        phone.beacon(-8, now - SignedDuration::from_hours(24 * ago), random)?;
    }
    Ok(phone)
}
