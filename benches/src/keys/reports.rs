//! People who warn: each logs in, reads a code and gives it to her phone, which asks for a token, a certificate, and for
//! its keys to be taken. The real phone at the real servers.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use phone::network::{Answer, Network, NetworkError, Question};
use phone::report::{Details, Ending};
use register::{Clock, Randomness};
use serde::Deserialize;
use server::rehearsal::AUTHORITY;

use super::account::Account;
use super::house::Chance;
use super::town::{Town, carried_phone};
use crate::report::Latencies;

/// The questions of a phone, in their order.
pub(super) const QUESTIONS: [&str; 3] = ["/api/verify", "/api/certificate", "/v1/publish"];

/// How long each part of all reports took.
#[derive(Default)]
pub(super) struct Times {
    pub(super) codes: Latencies,
    pub(super) questions: [Latencies; 3],
}

/// One report: how long its parts took, and the keys that the server has acknowledged.
struct Reported {
    code: Duration,
    questions: [Duration; 3],
    keys: Vec<u64>,
}

/// These people warn, as many at a time as there are threads.
pub(super) fn warn(
    town: &Town,
    people: std::ops::Range<u32>,
    times: &mut Times,
    account: &mut Account,
) -> Result<()> {
    let mut people: Vec<u32> = people.collect();
    let reported = super::on_all(
        super::THREADS,
        &mut people,
        || town.network(),
        |network, who| one(town, network, *who),
    )?;
    for one in reported {
        times.codes.add(one.code);
        for (all, took) in times.questions.iter_mut().zip(one.questions) {
            all.add(took);
        }
        account.acknowledged(one.keys);
    }
    Ok(())
}

fn one(town: &Town, network: &mut phone::network::HttpNetwork, who: u32) -> Result<Reported> {
    let chance = Chance::new(1_000_000 + u64::from(who));
    let mut now = town.clock.now();
    let mut phone = carried_phone(now, &chance)?;
    let begun = Instant::now();
    let code = town.code(who)?;
    let code_took = begun.elapsed();
    let mut watched = Watched { network, took: Vec::new(), sent: Vec::new() };
    let mut random = |bytes: &mut [u8]| chance.fill(bytes);
    phone.reports(&code, Details::default(), now, &mut random)?;
    while let Some(progress) = phone.report()? {
        now = now.max(progress.next);
        let before = watched.took.len();
        phone.reports_on(&mut watched, AUTHORITY, now, &mut random)?;
        ensure!(watched.took.len() == before + 1 && before < 3, "the phone of {who} asked again");
    }
    let ending = phone.outcome().map(|outcome| outcome.ending);
    ensure!(ending == Some(Ending::Sent), "the warning of {who} ended as {ending:?}");
    let questions: [Duration; 3] = watched.took.try_into().ok().context("three questions")?;
    Ok(Reported { code: code_took, questions, keys: watched.sent })
}

/// What a phone asks, timed; of its keys the beginnings are noted.
struct Watched<'a> {
    network: &'a mut phone::network::HttpNetwork,
    took: Vec<Duration>,
    sent: Vec<u64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sent {
    temporary_exposure_keys: Vec<SentKey>,
}

#[derive(Deserialize)]
struct SentKey {
    key: String,
}

impl Network for Watched<'_> {
    fn ask(&mut self, question: &Question<'_>) -> Result<Answer, NetworkError> {
        if QUESTIONS.get(2) == Some(&question.path) {
            let sent: Sent = question
                .body
                .and_then(|body| serde_json::from_slice(body).ok())
                .ok_or(NetworkError::SomebodyElse)?;
            self.sent = sent
                .temporary_exposure_keys
                .iter()
                .filter_map(|key| super::account::beginning(&key.key))
                .collect();
        }
        let begun = Instant::now();
        let answer = self.network.ask(question)?;
        self.took.push(begun.elapsed());
        // What a lawful phone asks is never refused, and nothing is left out.
        if answer.status == 200 { Ok(answer) } else { Err(NetworkError::Refused(answer.status)) }
    }
}
