//! The decoys of the town's phones: made by the phones' own hand at times of their own, sent to the real servers; and what the
//! servers are asked in earnest and as a decoy.
//!
//! Invariant: what a decoy draws moves neither a phone nor a server. The town is the same with decoys and without.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use phone::network::{Answer, HttpNetwork, Network, NetworkError, Question, Server};
use phone::report::Decoy;
use server::rehearsal::AUTHORITY;
use tokio::sync::Semaphore;

use super::bodies::Bodies;
use super::chance::{Chance, For};
use super::machine::{self, NotServing, stopped};
use super::tally::{Asked, Questions};
use crate::commands::opened::zone;

/// Decoys under way at once: each takes two of the files that a process may have open, in each of the towns that live at the
/// same time.
const AT_ONCE: usize = 96;

/// The decoys of all phones.
pub(super) struct Decoys {
    seed: u64,
    zone: TimeZone,
    owned: Vec<(Decoy, Chance)>,
    client: reqwest::Client,
    verification: String,
    keys: String,
    asked: Asked,
    /// How often some were sent.
    times: u64,
}

/// A question that waits to be sent.
struct Waiting {
    at: Timestamp,
    url: String,
    body: Vec<u8>,
}

impl Decoys {
    /// Of those who have a phone with the app, which began at the same time.
    pub(super) fn of(
        seed: u64,
        begin: Timestamp,
        have: impl Iterator<Item = bool>,
        bodies: &Bodies,
    ) -> Result<Self, NotServing> {
        let (zone, mut owned) = (zone(), Vec::new());
        for (who, _) in (0_u64..).zip(have).filter(|(_, has)| *has) {
            let mut chance = Chance::of(seed, For::Decoys, who);
            let first = Decoy::first(begin, &zone, &mut |bytes| chance.fill(bytes));
            owned.push((first, chance));
        }
        let [verification, keys] = bodies.addresses();
        Ok(Self {
            seed,
            zone,
            owned,
            client: machine::client()?,
            verification,
            keys,
            asked: Asked::default(),
            times: 0,
        })
    }

    /// What the servers were asked so far.
    pub(super) const fn asked(&self) -> Asked {
        self.asked
    }

    /// Where questions in earnest are counted.
    pub(super) const fn seen(&mut self) -> &mut Questions {
        &mut self.asked.real
    }

    /// Sends those that were due until now, each at its time on the servers' clock.
    pub(super) fn send_until(&mut self, now: Timestamp, bodies: &Bodies) -> Result<(), NotServing> {
        let mut waiting = self.due_until(now);
        if waiting.is_empty() {
            return Ok(());
        }
        waiting.sort_by_key(|question| question.at);
        self.times += 1;
        bodies.dice.rolls_others(Chance::of(self.seed, For::Decoys, u64::MAX - self.times));
        let client = &self.client;
        let not_answered = bodies.runtime.block_on(async {
            let room = Arc::new(Semaphore::new(AT_ONCE));
            let mut sent = tokio::task::JoinSet::new();
            for question in waiting {
                let place = Arc::clone(&room).acquire_owned().await.map_err(stopped)?;
                bodies.arrive(question.at);
                let client = client.clone();
                sent.spawn(async move {
                    let answered = send(&client, question).await;
                    drop(place);
                    answered
                });
            }
            let answered = sent.join_all().await;
            Ok::<_, NotServing>(answered.into_iter().filter(|answered| !answered).count())
        });
        bodies.dice.rolls_its_own();
        self.asked.not_answered += u64::try_from(not_answered?).unwrap_or(u64::MAX);
        Ok(())
    }

    fn due_until(&mut self, now: Timestamp) -> Vec<Waiting> {
        let mut waiting = Vec::new();
        for (decoy, chance) in &mut self.owned {
            while decoy.next <= now {
                let at = decoy.next;
                let mut kept = Kept {
                    at,
                    servers: [&self.verification, &self.keys],
                    waiting: &mut waiting,
                    seen: &mut self.asked.decoys,
                };
                *decoy = decoy.go_on(&mut kept, AUTHORITY, &self.zone, at, &mut |bytes| chance.fill(bytes));
            }
        }
        waiting
    }
}

async fn send(client: &reqwest::Client, question: Waiting) -> bool {
    let request = client
        .post(question.url)
        .header("content-type", "application/json")
        .header("user-agent", "smittestop")
        .header("x-chaff", "1")
        .body(question.body);
    let Ok(answer) = request.send().await else { return false };
    let good = answer.status().is_success();
    // To its end, so that the way is free for the next.
    answer.bytes().await.is_ok() && good
}

/// Keeps what a decoy asks until it is sent with others. A phone throws away what is answered, and asks again where nothing
/// is: here each question is answered.
struct Kept<'a> {
    at: Timestamp,
    servers: [&'a str; 2],
    waiting: &'a mut Vec<Waiting>,
    seen: &'a mut Questions,
}

impl Network for Kept<'_> {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        let [verification, keys] = self.servers;
        let base = match question.server {
            Server::Verification => verification,
            Server::Keys => keys,
            Server::Leader | Server::Helper => return Err(NetworkError::Unreachable),
        };
        let body = question.body.unwrap_or_default().to_vec();
        count(self.seen, question);
        self.waiting.push(Waiting { at: self.at, url: format!("{base}{}", question.path), body });
        let content_type = "application/json".to_owned();
        Ok(Answer { status: 200, content_type, tag: None, body: b"{}".to_vec() })
    }
}

/// The way that a warning takes, with its questions counted.
pub(super) struct Watched<'a> {
    network: &'a mut HttpNetwork,
    seen: &'a mut Questions,
}

impl<'a> Watched<'a> {
    /// Counts what goes this way.
    pub(super) const fn of(network: &'a mut HttpNetwork, seen: &'a mut Questions) -> Self {
        Self { network, seen }
    }
}

impl Network for Watched<'_> {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        count(self.seen, question);
        self.network.ask(question)
    }
}

fn count(seen: &mut Questions, question: &Question<'_>) {
    let step = match question.path {
        "/api/verify" => &mut seen.codes,
        "/api/certificate" => &mut seen.certificates,
        _ => &mut seen.uploads,
    };
    step.add(question.body.map_or(0, <[u8]>::len));
}
