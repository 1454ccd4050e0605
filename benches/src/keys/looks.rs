//! Phones that look at what is new: the list with its mark, and the files that they have not; and the same questions to a
//! bare server.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use exposure::export::{Published, TrustedKey, verify};
use phone::network::{Answer, HttpNetwork, Network as _, Question, Server};

use super::account::{self, Account};
use super::bare::Bare;
use super::town::Town;
use super::{FETCHING, THREADS, on_all};
use crate::report::Latencies;

/// No file of an export is larger.
const FILE_BYTES: usize = 64 * 1024 * 1024;
/// Turns of the comparison with the bare server.
const TURNS: usize = 5;

#[derive(Clone, Default)]
pub(super) struct Phone {
    tag: Option<String>,
    /// Files that it has.
    files: BTreeSet<String>,
}

#[derive(Default)]
pub(super) struct Times {
    pub(super) unchanged: Latencies,
    pub(super) lists: Latencies,
    pub(super) files: Latencies,
    pub(super) fetched_bytes: u64,
}

/// What a look of one phone took.
#[derive(Default)]
struct Looked {
    list: Option<(bool, Duration)>,
    files: Vec<Duration>,
    bytes: u64,
}

/// Every phone looks once.
pub(super) fn look(town: &Town, phones: &mut [Phone], times: &mut Times) -> Result<()> {
    for looked in on_all(FETCHING, phones, || town.network(), look_one)? {
        match looked.list {
            Some((true, took)) => times.lists.add(took),
            Some((false, took)) => times.unchanged.add(took),
            None => {}
        }
        looked.files.into_iter().for_each(|took| times.files.add(took));
        times.fetched_bytes += looked.bytes;
    }
    Ok(())
}

fn look_one(network: &mut HttpNetwork, phone: &mut Phone) -> Result<Looked> {
    let mut looked = Looked::default();
    let begun = Instant::now();
    let answer = list(network, phone.tag.as_deref())?;
    looked.list = Some((answer.status == 200, begun.elapsed()));
    if answer.status == 304 {
        return Ok(looked);
    }
    for name in names(&answer)? {
        if phone.files.contains(&name) {
            continue;
        }
        let begun = Instant::now();
        let file = fetch(network, &name)?;
        looked.files.push(begun.elapsed());
        looked.bytes += file.body.len() as u64;
        phone.files.insert(name);
    }
    phone.tag = answer.tag;
    Ok(looked)
}

/// One phone reads and verifies every file that is new to it, and the keys are put to the account.
pub(super) fn read_and_verify(town: &Town, phone: &mut Phone, account: &mut Account) -> Result<()> {
    let mut network = town.network()?;
    for name in names(&list(&mut network, None)?)? {
        if !phone.files.contains(&name) {
            let file = fetch(&mut network, &name)?.body;
            account.published(keys(&file, &town.trusted)?);
            phone.files.insert(name);
        }
    }
    Ok(())
}

fn keys(file: &[u8], trusted: &TrustedKey) -> Result<Vec<u64>> {
    let verified = verify(vec![Published::read(file)?], std::slice::from_ref(trusted))?;
    let keys = verified.exports().iter().flat_map(|export| &export.keys);
    Ok(keys.filter_map(|key| account::beginning(&key.key.reveal_base64())).collect())
}

fn list(network: &mut HttpNetwork, tag: Option<&str>) -> Result<Answer> {
    let question =
        Question { known_tag: tag, ..Question::fetch(Server::Keys, "/exports/dk/index.txt", 256 * 1024) };
    let answer = network.ask(&question)?;
    ensure!(matches!(answer.status, 200 | 304), "the list was answered with {}", answer.status);
    Ok(answer)
}

fn names(list: &Answer) -> Result<Vec<String>> {
    Ok(std::str::from_utf8(&list.body)?.lines().map(str::to_owned).collect())
}

fn fetch(network: &mut HttpNetwork, name: &str) -> Result<Answer> {
    let answer = network.ask(&Question::fetch(Server::Keys, &format!("/exports/{name}"), FILE_BYTES))?;
    ensure!(answer.status == 200, "a file was answered with {}", answer.status);
    Ok(answer)
}

/// Answers a second: ours and those of the bare server, turn by turn.
#[derive(Default)]
pub(super) struct Against {
    pub(super) unchanged: [Vec<f64>; 2],
    pub(super) file: [Vec<f64>; 2],
    pub(super) file_mb: f64,
}

/// Asks both for what the phones asked.
pub(super) fn against_bare(town: &Town, phone: &Phone) -> Result<Against> {
    let mut against = Against::default();
    let Some(name) = phone.files.last() else { return Ok(against) };
    let mut network = town.network()?;
    let tag = list(&mut network, None)?.tag.unwrap_or_default();
    let file = fetch(&mut network, name)?;
    against.file_mb = file.body.len() as f64 / 1e6;
    let bare = Bare::open()?;
    bare.says(&tag, file.body);
    let (keys, verification) = (town.bodies.keys_address(), town.bodies.verification_address());
    for _ in 0..TURNS {
        for (side, address) in [&keys, &bare.address].into_iter().enumerate() {
            let network = || Ok(HttpNetwork::new(address, &verification, &[])?);
            let mut polls = vec![(); 4_000];
            let begun = Instant::now();
            on_all(THREADS, &mut polls, network, |network, ()| {
                ensure!(list(network, Some(&tag))?.status == 304, "the list has changed");
                Ok(())
            })?;
            against.unchanged[side].push(polls.len() as f64 / begun.elapsed().as_secs_f64());
            let mut fetches = vec![(); 256];
            let begun = Instant::now();
            on_all(THREADS, &mut fetches, network, |network, ()| fetch(network, name).map(|_| ()))?;
            against.file[side].push(fetches.len() as f64 / begun.elapsed().as_secs_f64());
        }
    }
    Ok(against)
}
