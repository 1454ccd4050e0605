//! Three countries and the gateway in the demonstration: they exchange at the start, on a journey, and say no to a misdeed.
#![cfg(feature = "demo")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::sync::Arc;

use hjemmel::demo::TimeMachine;
use hjemmel::demo::clock::DemoClock;
use hjemmel::demo::europe::{Begin, Europe};
use hjemmel::machine::SystemRandomness;
use jiff::{Span, Timestamp};
use register::{Clock, Corpus, Register};
use server::demo::Neighbours;
use server::federation::Door;
use server::federation::client::Client;
use server::federation::rehearsal::Misdeed;
use services::smittestop::gateway::state::{State, run};
use services::smittestop::keys::for_gateway;

struct Land {
    register: Register,
    clock: Arc<DemoClock>,
    europe: Europe,
}

fn land(folder: &Path, now: Timestamp) -> Land {
    let files = hjemmel::corpus::built_in();
    let policy = Arc::new(hjemmel::corpus::compile(&files).unwrap());
    let corpus = Corpus { files: files.into_iter().map(|file| (file.path, file.text)).collect() };
    let clock = Arc::new(DemoClock::at(now));
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
    let ours = |at: &services::Call<'_>, from, until| {
        Ok::<_, register::Unavailable>(for_gateway::run(at, for_gateway::Request { from, until }).unwrap())
    };
    let door = Door::new(register.clone(), clock.clone(), randomness);
    europe.join(Client::of(door, &europe.settings(), Arc::new(ours)).unwrap()).unwrap();
    Land { register, clock, europe }
}

impl Land {
    fn state(&self) -> State {
        let randomness = Arc::new(SystemRandomness::new());
        Door::new(self.register.clone(), self.clock.clone(), randomness).act_here(run).unwrap()
    }
}

#[test]
fn three_countries_exchange_misbehave_travel_and_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let now: Timestamp = "2026-11-21T08:00:00Z".parse().unwrap();
    let here = land(folder.path(), now);
    let first = here.state();
    assert!(first.uploaded > 20, "{first:?}");
    for country in ["SE", "DE"] {
        assert!(first.countries[country].accepted > 0, "{first:?}");
    }
    let gateway = here.europe.gateway().unwrap();
    let countries: Vec<&str> = gateway.countries.keys().map(String::as_str).collect();
    assert_eq!(countries, ["DE", "DK", "SE"]);
    assert!(gateway.countries["DK"].keys > 20, "{:?}", gateway.countries["DK"]);

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

    // Stopped and begun again on the same files, with the same certificates.
    let now = here.clock.now();
    here.europe.stop();
    drop((time, here));
    let again = land(folder.path(), now);
    let state = again.state();
    assert!(state.uploaded >= later.uploaded, "{state:?}");
    assert!(state.unbelieved.is_empty(), "the certificates are the same: {state:?}");
    again.europe.stop();
}
