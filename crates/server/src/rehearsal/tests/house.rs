//! Both bodies, a clock that stands until it is moved, and phones that are really phones.

use std::sync::Arc;

use exposure::export::TrustedKey;
use jiff::{SignedDuration, Span, Timestamp};
use phone::network::{Answer, HttpNetwork, Network, NetworkError, Question, Server};
use phone::radio::Radio as _;
use phone::radio::loopback::{LoopbackRadio, Place};
use phone::radio::signal::Surroundings;
use phone::report::{Details, Ending};
use phone::{Country, Event, MemoryVault, Phone, Routine, Settings, consent};
use register::testing::{FixedClock, SeededRandomness, house_corpus};
use register::{Clock as _, Cpr, Randomness as _};
use services::smittestop::positives::Positive;
use services::smittestop::verification::Form;

use crate::rehearsal::{AUTHORITY, Answers, Ground, NoCode, Person, Smittestop};

const POWER_DBM: i8 = -20;

type Dice = Box<dyn FnMut(&mut [u8]) + Send>;
/// What somebody on the way makes of an upload.
type Meddle = fn(&[u8]) -> Vec<u8>;

/// A country in which everything runs.
pub(super) struct Land {
    pub(super) clock: Arc<FixedClock>,
    pub(super) bodies: Smittestop,
    _folder: tempfile::TempDir,
}

/// Somebody with a phone.
pub(super) struct Owner {
    pub(super) phone: Phone,
    pub(super) wire: Wire,
    pub(super) radio: LoopbackRadio,
    pub(super) routine: Routine,
    dice: Dice,
}

/// What a phone asks and is answered on the way, for whoever listens there or meddles.
pub(super) struct Wire {
    pub(super) real: HttpNetwork,
    pub(super) asked: Vec<(Server, String, Vec<u8>)>,
    pub(super) answered: Vec<(String, Answer)>,
    /// Changes an upload on its way.
    pub(super) meddles: Option<Meddle>,
    /// How many answers to uploads are lost on their way.
    pub(super) loses: usize,
}

impl Network for Wire {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        let is_upload = question.path == "/v1/publish" && !question.is_decoy;
        let changed =
            question.body.filter(|_| is_upload).zip(self.meddles).map(|(body, meddle)| meddle(body));
        let question = Question { body: changed.as_deref().or(question.body), ..question.clone() };
        self.asked.push((
            question.server,
            question.path.to_owned(),
            question.body.unwrap_or_default().to_vec(),
        ));
        let answer = self.real.ask(&question)?;
        self.answered.push((question.path.to_owned(), answer.clone()));
        if is_upload && self.loses > 0 {
            self.loses -= 1;
            return Err(NetworkError::Unreachable);
        }
        Ok(answer)
    }
}

impl Wire {
    /// The last question that was put to a path.
    pub(super) fn last(&self, path: &str) -> &[u8] {
        &self.asked.iter().rev().find(|one| one.1 == path).unwrap().2
    }

    /// And the last answer.
    pub(super) fn answer(&self, path: &str) -> serde_json::Value {
        self.answered.iter().rev().find(|one| one.0 == path).unwrap().1.json().unwrap()
    }
}

pub(super) fn person(cpr: &str, name: &str) -> Person {
    Person { cpr: cpr.to_owned(), name: name.to_owned(), pid: format!("PID:9208-2002-2-{}", cpr.len()) }
}

/// Nancy, an official test person.
pub(super) fn nancy() -> Person {
    Person { pid: "PID:9208-2002-2-477766612".to_owned(), ..person("2512489996", "Nancy Ann Kanariefugl") }
}

/// A fresh folder, the notices of the house, and a clock that stands at this instant.
pub(super) fn ground(instant: &str) -> (Ground, Arc<FixedClock>, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(FixedClock::at(instant));
    let (policy, corpus) = house_corpus();
    let ground = Ground {
        folder: folder.path().to_owned(),
        policy,
        corpus,
        clock: clock.clone(),
        randomness: Arc::new(SeededRandomness::new(3)),
    };
    (ground, clock, folder)
}

/// The randomness of a phone.
pub(super) fn dice(seed: u64) -> impl FnMut(&mut [u8]) + Send {
    let dice = SeededRandomness::new(seed);
    move |bytes: &mut [u8]| dice.fill(bytes)
}

impl Land {
    /// At noon of the 20th of November.
    pub(super) async fn new() -> Self {
        let (ground, clock, folder) = ground("2026-11-20T12:00:00Z");
        let bodies = Smittestop::start(&ground).await.unwrap();
        Self { clock, bodies, _folder: folder }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Time passes, and what is due at the servers is done.
    pub(super) async fn pass_until(&self, instant: &str) {
        self.clock.pass_until(instant.parse().unwrap());
        self.bodies.run_due().await.unwrap();
    }

    pub(super) fn settings(&self) -> Settings {
        let trusted = TrustedKey::from_der(&self.bodies.export_key).unwrap().named("238", "v1");
        Settings {
            country: Country { root: "dk".to_owned(), region: "DK".to_owned(), trusted: vec![trusted] },
            authority: AUTHORITY.to_owned(),
            zone: jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap(),
            transmit_power_dbm: POWER_DBM,
            statistics: None,
        }
    }

    /// Somebody with a phone, so many metres from the first.
    pub(super) fn owner(&self, seed: u64, metres: f64) -> Owner {
        self.owner_through(seed, metres, &self.bodies.keys_address(), &self.bodies.verification_address())
    }

    /// The same, whose questions go through somebody else's addresses.
    pub(super) fn owner_through(&self, seed: u64, metres: f64, keys: &str, verification: &str) -> Owner {
        let mut dice: Dice = Box::new(dice(1_000 + seed));
        let mut phone = Phone::open(MemoryVault).unwrap();
        phone.consents(consent::VERSION, self.now(), &mut dice).unwrap();
        let place = Place { x_metres: metres, y_metres: 0.0, room: 1 };
        let wire = Wire {
            real: HttpNetwork::new(keys, verification, &[]).unwrap(),
            asked: Vec::new(),
            answered: Vec::new(),
            meddles: None,
            loses: 0,
        };
        Owner {
            routine: Routine::new(self.now(), &self.settings(), &mut dice),
            radio: LoopbackRadio::bind(0, place, Surroundings::INDOORS, POWER_DBM).unwrap(),
            phone,
            wire,
            dice,
        }
    }

    /// An hour together. Their phones do by themselves what they do, also ask the servers.
    pub(super) fn hour_together(&self, owners: &mut [&mut Owner]) {
        let ports: Vec<u16> = owners.iter().map(|owner| owner.radio.port().unwrap()).collect();
        for (at, owner) in owners.iter_mut().enumerate() {
            let others = ports.iter().enumerate().filter(|(other, _)| *other != at);
            owner.radio.reaches(others.map(|(_, port)| *port).collect());
        }
        let settings = self.settings();
        for _ in 0..3_600 {
            let now = self.now();
            owners.iter_mut().for_each(|owner| owner.radio.repeat(now).unwrap());
            for owner in owners.iter_mut() {
                if owner.routine.due(&mut owner.phone) <= now {
                    owner.turns(&settings, now);
                }
            }
            self.clock.pass(Span::new().seconds(1));
        }
        owners.iter_mut().for_each(|owner| owner.radio.reaches(Vec::new()));
    }

    /// The institute has these people on its list.
    pub(super) async fn lists(&self, people: &[&Person]) {
        let positive = |person: &&Person| Positive {
            cpr: Cpr::parse(&person.cpr).unwrap(),
            test_time: "2026-11-20T20:00:00Z".parse().unwrap(),
            onset: None,
        };
        self.bodies.lists(people.iter().map(positive).collect()).await.unwrap();
    }

    /// A code, had by logging in.
    pub(super) async fn code(&self, person: &Person) -> Result<String, NoCode> {
        let answers = Answers::SymptomsSince(jiff::civil::date(2026, 11, 20));
        self.bodies.code(person, answers, Form::Digits).await
    }

    /// Types the code in and lets the phone take its steps until it is done or gives up.
    pub(super) fn warns(&self, owner: &mut Owner, code: &str) -> Option<Ending> {
        let symptoms = phone::page::day_number("2026-11-20");
        let details = Details { symptoms, visited: vec!["SE".to_owned()] };
        owner.phone.reports(code, details, self.now(), &mut owner.dice).unwrap();
        while owner.steps(self) {}
        owner.phone.outcome().map(|outcome| outcome.ending)
    }

    /// What the phone learns when it looks now, and whether it shows a message.
    pub(super) fn looks(&self, owner: &mut Owner) -> (phone::exports::Fetched, bool) {
        let now = self.now();
        owner.routine.look_at(now);
        let events = owner.turns(&self.settings(), now);
        let shown = events.iter().any(|event| matches!(event, Event::Shown(_)));
        let look = events.into_iter().find_map(|event| match event {
            Event::Looked(fetched) => Some(fetched),
            Event::LookFailed(why) => panic!("the look failed: {why}"),
            _ => None,
        });
        (look.unwrap(), shown)
    }

    /// How many records stand at a body.
    pub(super) fn standing(&self, body: &crate::rehearsal::Body) -> Vec<u8> {
        body.app.register().all_opened().unwrap()
    }
}

impl Owner {
    /// The routine's turn. Whoever asks the servers waits for them, and so lets the others run.
    pub(super) fn turns(&mut self, settings: &Settings, now: Timestamp) -> Vec<Event> {
        let Self { phone, wire, radio, routine, dice } = self;
        tokio::task::block_in_place(|| routine.run(phone, radio, wire, settings, now, dice).unwrap())
    }

    /// The next step of a report, when it is due; whether there may be another.
    pub(super) fn steps(&mut self, land: &Land) -> bool {
        let Some(progress) = self.phone.report().unwrap() else { return false };
        land.clock.pass_until(progress.next.max(land.now()));
        let Self { phone, wire, dice, .. } = self;
        tokio::task::block_in_place(|| phone.reports_on(wire, AUTHORITY, land.now(), dice).unwrap());
        true
    }

    pub(super) fn random(&mut self) -> &mut (dyn FnMut(&mut [u8]) + Send) {
        &mut *self.dice
    }

    /// The keys that the phone sent.
    pub(super) fn sent_keys(&self) -> Vec<String> {
        let body: serde_json::Value = serde_json::from_slice(self.wire.last("/v1/publish")).unwrap();
        let keys = body["temporaryExposureKeys"].as_array().unwrap();
        keys.iter().map(|key| key["key"].as_str().unwrap().to_owned()).collect()
    }
}

/// Hours from an instant.
pub(super) fn hours(count: i64) -> SignedDuration {
    SignedDuration::from_hours(count)
}
