//! Three countries and the gateway in the demonstration: they exchange at the start, on a journey, and say no to a misdeed.
#![cfg(feature = "demo")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use exposure::export::{Export, Published, TrustedKey, verify};
use hjemmel::demo::TimeMachine;
use hjemmel::demo::clock::DemoClock;
use hjemmel::demo::europe::{Begin, Europe};
use hjemmel::machine::SystemRandomness;
use jiff::{Span, Timestamp};
use register::{Clock, Corpus, Register};
use server::demo::Neighbours;
use server::federation::Door;
use server::federation::rehearsal::Misdeed;
use server::rehearsal::Papers;
use server::{App, Config, Parts};
use services::smittestop::gateway::state::{State, run};
use services::smittestop::statistics::figures::{self, Counted};

struct Land {
    register: Register,
    clock: Arc<DemoClock>,
    europe: Europe,
    files: PathBuf,
    trusted: TrustedKey,
}

/// Whether the country has lived before.
#[derive(Clone, Copy, PartialEq)]
enum Begins {
    Anew,
    Again,
}

fn land(folder: &Path, now: Timestamp, begins: Begins) -> Land {
    let files = hjemmel::corpus::built_in();
    let policy = Arc::new(hjemmel::corpus::compile(&files).unwrap());
    let corpus = Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() };
    let clock = Arc::new(DemoClock::at(if begins == Begins::Anew { Europe::begins(now) } else { now }));
    let config = register::Config::new(folder.join("database"), folder.join("keys"), services::call::zone());
    let randomness = Arc::new(SystemRandomness::new());
    let register =
        Register::open(&config, policy, corpus.clone(), clock.clone(), randomness.clone()).unwrap();
    let europe = Europe::open(&Begin {
        folder: &folder.join("europe"),
        seed: 7,
        clock: clock.clone(),
        home: register.clone(),
        corpus,
    })
    .unwrap();
    let papers = Papers::of(&folder.join("smittestop"), &*randomness).unwrap();
    let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let mut config = Config::loopback(nowhere, nowhere, "sds");
    config.federation = Some(europe.settings());
    config.key_server = Some(papers.key_server(nowhere));
    config.statistics = Some(europe.counting_settings());
    let app = App::new(Parts::new(register.clone(), clock.clone(), randomness, config)).unwrap();
    match begins {
        Begins::Anew => europe.live_until(now, &app).unwrap(),
        Begins::Again => {}
    }
    europe.join(&app).unwrap();
    let trusted = TrustedKey::from_der(&papers.export_key()).unwrap();
    Land { register, clock, europe, files: folder.join("smittestop/keys/exports"), trusted }
}

impl Land {
    fn state(&self) -> State {
        let randomness = Arc::new(SystemRandomness::new());
        Door::new(self.register.clone(), self.clock.clone(), randomness).act_here(run).unwrap()
    }

    fn figures(&self) -> Vec<Counted> {
        let randomness = Arc::new(SystemRandomness::new());
        let door = Door::new(self.register.clone(), self.clock.clone(), randomness);
        door.act_here(|at| figures::run(at, figures::Request { days: 14 })).unwrap()
    }

    /// What phones that fetch the files of a root find, each file believed by the key of the country.
    fn published(&self, root: &str) -> Vec<Export> {
        let entries = std::fs::read_dir(self.files.join(root)).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let read = |path: PathBuf| {
            let file = Published::read(&std::fs::read(path).unwrap()).unwrap();
            verify(vec![file], std::slice::from_ref(&self.trusted)).unwrap().into_exports().remove(0)
        };
        paths.into_iter().map(read).collect()
    }
}

#[test]
fn three_countries_exchange_misbehave_travel_and_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let now: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
    let here = land(folder.path(), now, Begins::Anew);
    let first = here.state();
    assert!(first.uploaded > 20, "{first:?}");
    for country in ["SE", "DE"] {
        assert!(first.countries[country].accepted > 0, "{first:?}");
    }
    let gateway = here.europe.gateway().unwrap();
    let countries: Vec<&str> = gateway.countries.keys().map(String::as_str).collect();
    assert_eq!(countries, ["DE", "DK", "SE"]);
    assert!(gateway.countries["DK"].keys > 20, "{:?}", gateway.countries["DK"]);

    // On the first morning there are files already: of home, and with what came from abroad; enough keys that nobody can
    // count people.
    let (home, all) = (here.published("dk"), here.published("all"));
    assert!(home.len() > 1 && all.len() >= home.len(), "{} {}", home.len(), all.len());
    assert!(home.iter().all(|file| file.keys.len() >= 1_000 && file.end <= now));
    let keys = |files: &[Export]| files.iter().map(|file| file.keys.len()).sum::<usize>();
    assert!(keys(&all) >= keys(&home) + 1_000, "what came from abroad is filled up by itself");

    // And figures of the days that are over for two, of every day on which phones told.
    let figures = here.figures();
    assert_eq!(figures.len(), 3, "{figures:?}");
    assert!(figures.iter().all(|day| (70..160).contains(&day.figures.unwrap().phones())), "{figures:?}");

    // What the gateway refuses, what a country refuses, and what waits.
    assert_eq!(here.europe.misbehave(Misdeed::BadSignature).unwrap().status, 400);
    assert_eq!(here.europe.gateway().unwrap().countries["SE"].refused.len(), 1);
    assert_eq!(here.europe.misbehave(Misdeed::UnheardOf).unwrap().status, 201);
    assert_eq!(here.state().unbelieved.len(), 1, "fetched at once");
    assert_eq!(here.europe.misbehave(Misdeed::Flood).unwrap().status, 201);
    assert!(here.state().held.iter().any(|held| held.country == "SE"), "{:?}", here.state());

    // Two months on: what was is gone, and the last two weeks are lived through.
    let to = now.to_zoned(services::call::zone()).checked_add(Span::new().months(2)).unwrap().timestamp();
    let time = TimeMachine::new(here.register.clone(), here.clock.clone(), services::call::zone())
        .with(Arc::new(here.europe.clone()));
    let journey = time.travel(to, |_| {}).unwrap();
    assert_eq!(journey.braked, 0, "{journey:?}");
    let later = here.state();
    assert!(later.unbelieved.is_empty() && later.held.is_empty(), "{later:?}");
    assert!(later.days.len() > 10, "day by day: {:?}", later.days);
    for country in ["SE", "DE"] {
        let last = later.countries[country].last.unwrap();
        assert!(to.duration_since(last).as_hours() < 26, "{country}: {last}");
    }
    let gateway = here.europe.gateway().unwrap();
    assert!(gateway.countries["SE"].refused.is_empty());
    let (home, all) = (here.published("dk"), here.published("all"));
    let figures = here.figures();
    assert!(figures.len() >= 3 && figures.iter().all(|day| day.figures.is_some()), "{figures:?}");
    assert!((12..=15).contains(&home.len()), "a file each day, and none after fourteen: {}", home.len());
    assert!(keys(&all) > keys(&home));
    assert!(all.iter().all(|file| to.duration_since(file.start).as_hours() < 15 * 24));

    // Stopped and begun again on the same files, with the same certificates.
    let now = here.clock.now();
    here.europe.stop();
    drop((time, here));
    let again = land(folder.path(), now, Begins::Again);
    let state = again.state();
    assert!(state.uploaded >= later.uploaded, "{state:?}");
    assert!(state.unbelieved.is_empty(), "the certificates are the same: {state:?}");
    again.europe.stop();
}
