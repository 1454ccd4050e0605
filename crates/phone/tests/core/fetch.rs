//! Fetching what is published: only what is new, and nothing that is not what it says to be.

use std::io::{Cursor, Write as _};

use exposure::ReportType;
use exposure::export::P256Signer;
use jiff::{SignedDuration, Timestamp};
use phone::exports::{FetchError, Fetched, FileError, fetch, fetch_guidance};
use phone::guidance::{Guidance, built_in};
use phone::network::NetworkError;
use phone::{Hearing, Phone};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::house::{Typed, at, beacon_of, fresh, heard, meet_for_half_an_hour, new_phone, seeded, signer};
use crate::servers::{Servers, answer, country, hash, name, page_in_between, zip as zipped};

fn until() -> Timestamp {
    at("2026-11-21T11:00Z")
}

fn now() -> Timestamp {
    at("2026-11-21T12:00Z")
}

/// A phone that was near somebody on the 20th, and that somebody's keys.
fn met() -> (Phone, Vec<Typed>) {
    let (mut ill, mut well) = (new_phone(), new_phone());
    meet_for_half_an_hour(&mut ill, &mut well, at("2026-11-20T12:00Z"));
    let keys = ill.releases(at("2026-11-21T08:00Z"), &mut fresh()).unwrap();
    (well, keys.into_iter().map(|key| (key, ReportType::ConfirmedTest, Some(0))).collect())
}

/// A zip of forty kilobytes that unpacks to forty megabytes.
fn bomb() -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("export.bin", SimpleFileOptions::default()).unwrap();
    for _ in 0..40 {
        zip.write_all(&vec![0; 1 << 20]).unwrap();
    }
    zip.start_file("export.sig", SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap().into_inner()
}

fn look(phone: &mut Phone, servers: &mut Servers, signer: &P256Signer) -> Result<Fetched, FetchError> {
    fetch(phone, servers, &country(signer.trusted()), now(), &mut fresh())
}

/// Rules SS-14, SS-18: what is published is matched on the phone, and the server is told nothing of what came of it.
#[test]
fn only_new_files_are_fetched_and_an_unchanged_list_is_not_sent_again_ss_14() {
    let ((mut phone, keys), signer, mut servers) = (met(), signer(), Servers::default());
    let names = [name(until()), name(until() + SignedDuration::from_hours(1))];
    servers.publishes(&names[0], zipped(&keys, until(), "DK", &signer)).lists(&names[..1]);
    let fetched = look(&mut phone, &mut servers, &signer).unwrap();
    assert_eq!((fetched.files, fetched.warning.map(|warning| warning.days)), (1, Some(1)));
    assert_eq!(look(&mut phone, &mut servers, &signer).unwrap().files, 0);
    servers.publishes(&names[1], zipped(&[], until() + SignedDuration::from_hours(1), "DK", &signer));
    servers.lists(&names);
    assert_eq!(look(&mut phone, &mut servers, &signer).unwrap().files, 1);
    let list = "/exports/dk/index.txt".to_owned();
    let file = |name: &String| format!("/exports/dk/{name}");
    assert_eq!(servers.paths(), [list.clone(), file(&names[0]), list.clone(), list, file(&names[1])]);
    let (one, two) = (hash(&format!("dk/{}\n", names[0])), servers.conditions());
    assert_eq!(two, [None, Some(one.clone()), Some(one)]);
    assert!(servers.asked.borrow().iter().all(|asked| asked.body.is_empty() && !asked.is_decoy));
}

/// Threat: a tampered export, a stranger's, one of another region, an old one under a new name, a bomb.
#[test]
fn a_file_that_is_not_what_it_says_warns_nobody_and_spoils_no_other() {
    let ((mut phone, keys), ours, stranger) = (met(), signer(), signer());
    let good = zipped(&keys, until(), "DK", &ours);
    let mut tampered = good.clone();
    // The signature lies last in the zip, uncompressed.
    let sig = tampered.windows(10).position(|part| part == b"export.sig").unwrap();
    tampered[sig + 60] ^= 1;
    let hour = SignedDuration::from_hours(1);
    let elsewhere = zipped(&keys, until(), "SE", &ours);
    let old = zipped(&keys, until() - hour, "DK", &ours);
    let bomb = bomb();
    let bad = [tampered, zipped(&keys, until(), "DK", &stranger), elsewhere, old, bomb, b"PK".to_vec()];
    for (at, file) in bad.into_iter().enumerate() {
        let mut servers = Servers::default();
        servers.publishes(&name(until()), file).lists(&[name(until())]);
        let fetched = look(&mut phone, &mut servers, &ours).unwrap();
        assert!(fetched.warning.is_none() && fetched.files == 0 && fetched.refused.len() == 1, "file {at}");
        let expected = match &fetched.refused[0].1 {
            FileError::Verify(_) => at < 2,
            FileError::Region => at == 2,
            FileError::Window => at == 3,
            FileError::Read(_) => at == 0 || at > 3,
            FileError::Network(_) => false,
        };
        assert!(expected, "file {at}: {:?}", fetched.refused[0].1);
        // Nothing is believed of the list either: it is read again, whatever its tag.
        look(&mut phone, &mut servers, &ours).unwrap();
        assert_eq!(servers.asked.borrow()[2].known_tag, None);
    }
    // Beside a bad file a good one warns.
    let mut servers = Servers::default();
    let names = [name(until() - hour), name(until())];
    servers.publishes(&names[0], b"no zip".to_vec()).publishes(&names[1], good).lists(&names);
    let fetched = look(&mut phone, &mut servers, &ours).unwrap();
    assert!(fetched.warning.is_some() && fetched.refused.len() == 1);
}

/// A net that answers 200 with a page of its own.
#[test]
fn the_page_of_a_net_in_between_is_neither_a_list_nor_a_file_nor_guidance() {
    let ((mut phone, _), signer) = (met(), signer());
    let mut servers = Servers::default();
    servers.answers("/exports/dk/index.txt", page_in_between());
    let failed = look(&mut phone, &mut servers, &signer);
    assert!(matches!(failed, Err(FetchError::Network(NetworkError::SomebodyElse))));
    servers.lists(&[name(until())]);
    servers.answers(&format!("/exports/dk/{}", name(until())), page_in_between());
    let fetched = look(&mut phone, &mut servers, &signer).unwrap();
    assert!(matches!(fetched.refused[0].1, FileError::Network(NetworkError::SomebodyElse)));
    servers.answers("/guidance.json", page_in_between());
    assert!(fetch_guidance(&mut phone, &mut servers, &country(signer.trusted()), &mut fresh()).is_err());
    assert_eq!(phone.guidance(), built_in());
}

/// Rule SS-22: advice is believed under the keys of exports; whoever stands in between advises nobody.
#[test]
fn guidance_that_nobody_believed_has_signed_is_not_taken_ss_22() {
    let ((mut phone, _), ours, stranger) = (met(), signer(), signer());
    let newer = Guidance { version: 1, ..built_in() };
    let text = serde_json::to_string(&newer).unwrap();
    let mut fetched = |by: &exposure::export::P256Signer| {
        let mut servers = Servers::default();
        let bytes = exposure::guidance::signed(&text, by).unwrap();
        servers.answers("/guidance.json", Ok(answer(200, "application/json", bytes)));
        let taken = fetch_guidance(&mut phone, &mut servers, &country(ours.trusted()), &mut fresh());
        (taken.is_ok(), phone.guidance().version)
    };
    assert_eq!(fetched(&stranger), (false, 0));
    assert_eq!(fetched(&ours), (true, 1));
}

/// Rule SS-22: what is in force is looked up at every look. It is asked for whole: threats T17, what a phone has been
/// given is nobody's affair.
#[test]
fn guidance_is_asked_for_without_a_word_of_the_one_before_and_newer_is_taken_ss_22() {
    let ((mut phone, _), ours) = (met(), signer());
    let mut servers = Servers::default();
    let mut in_force = |servers: &mut Servers, version: u32, tag: &str| {
        let text = serde_json::to_string(&Guidance { version, ..built_in() }).unwrap();
        let mut good = answer(200, "application/json", exposure::guidance::signed(&text, &ours).unwrap());
        good.tag = Some(tag.to_owned());
        servers.answers("/guidance.json", Ok(good));
        servers.asked.borrow_mut().clear();
        for _ in 0..2 {
            fetch_guidance(&mut phone, servers, &country(ours.trusted()), &mut fresh()).unwrap();
        }
        let asked: Vec<_> = servers.asked.borrow().iter().map(|one| one.known_tag.clone()).collect();
        (phone.guidance().version, asked)
    };
    assert_eq!(in_force(&mut servers, 1, "\"one\""), (1, vec![None, None]));
    let mut servers = Servers::default();
    assert_eq!(in_force(&mut servers, 2, "\"two\""), (2, vec![None, None]));
    let mut servers = Servers::default();
    assert_eq!(in_force(&mut servers, 1, "\"three\""), (2, vec![None, None]), "older is not taken");
    // A mark that nobody gave is no mark: whoever answers so has nothing to say.
    let mut other = Servers::default();
    other.answers("/guidance.json", Ok(answer(304, "", Vec::new())));
    let mut fresh_phone = new_phone();
    let asked = fetch_guidance(&mut fresh_phone, &mut other, &country(ours.trusted()), &mut fresh());
    assert!(asked.is_err());
}

/// Threat T18: what was published is called out again by somebody else.
#[test]
fn a_published_key_that_is_played_back_outside_the_tolerance_scores_nothing() {
    let (mut ill, signer) = (new_phone(), signer());
    let begin = at("2026-11-20T12:00Z");
    let replayed: Vec<_> =
        (0..6).map(|five| beacon_of(&mut ill, begin + SignedDuration::from_mins(5 * five))).collect();
    let keys: Vec<Typed> = ill
        .releases(at("2026-11-20T13:00Z"), &mut fresh())
        .unwrap()
        .into_iter()
        .map(|key| (key, ReportType::ConfirmedTest, Some(0)))
        .collect();
    let warned_after = |later: SignedDuration| {
        let mut victim = new_phone();
        for (at, beacon) in (0..).zip(&replayed) {
            let seen = begin + SignedDuration::from_mins(5 * at) + later;
            assert_eq!(victim.hears(&[heard(beacon, seen)], seen, &mut fresh()).unwrap(), Hearing::Kept);
        }
        let mut servers = Servers::default();
        servers.publishes(&name(until()), zipped(&keys, until(), "DK", &signer)).lists(&[name(until())]);
        look(&mut victim, &mut servers, &signer).unwrap().warning.is_some()
    };
    // Within two hours nobody can tell; a key is not published before it is over.
    assert!(warned_after(SignedDuration::from_mins(90)));
    assert!(!warned_after(SignedDuration::from_mins(150)));
    assert!(!warned_after(SignedDuration::from_hours(20)));
    // A key of an expired day, called out on the day after it was published.
    assert!(!warned_after(SignedDuration::from_hours(25)));
}

/// Threat T18: a clock that was moved.
#[test]
fn a_clock_that_is_moved_back_or_forward_warns_nobody_and_recovers() {
    let (mut ill, signer) = (new_phone(), signer());
    let begin = at("2026-11-20T12:00Z");
    let beacon = beacon_of(&mut ill, begin);
    let keys: Vec<Typed> = ill
        .releases(at("2026-11-20T13:00Z"), &mut fresh())
        .unwrap()
        .into_iter()
        .map(|key| (key, ReportType::ConfirmedTest, Some(0)))
        .collect();
    let (mut victim, mut servers) = (new_phone(), Servers::default());
    servers.publishes(&name(until()), zipped(&keys, until(), "DK", &signer)).lists(&[name(until())]);
    look(&mut victim, &mut servers, &signer).unwrap();
    // Back to the moment of the call: refused, however often.
    for minutes in (0..60).step_by(5) {
        let seen = begin + SignedDuration::from_mins(minutes);
        let hearing = victim.hears(&[heard(&beacon, seen)], seen, &mut fresh()).unwrap();
        assert_eq!(hearing, Hearing::ClockIsBehind);
    }
    // Forward: kept, and of no day that anybody was ill on.
    let forward = at("2026-11-25T12:00Z");
    victim.hears(&[heard(&beacon, forward)], forward, &mut fresh()).unwrap();
    let later = until() + SignedDuration::from_hours(1);
    servers.publishes(&name(later), zipped(&keys, later, "DK", &signer)).lists(&[name(later)]);
    assert!(look(&mut victim, &mut servers, &signer).unwrap().warning.is_none());
    // The fresh export has put the clock right again.
    assert_eq!(victim.hears(&[], now(), &mut seeded(1)).unwrap(), Hearing::Kept);
}

/// Whoever plays back a phone's own calls to it does not make it warn its owner of itself.
#[test]
fn a_phone_is_not_warned_of_itself() {
    let (mut phone, signer, begin) = (new_phone(), signer(), at("2026-11-20T12:00Z"));
    for minutes in (0..30).step_by(5) {
        let seen = begin + SignedDuration::from_mins(minutes);
        let echo = heard(&beacon_of(&mut phone, seen), seen);
        phone.hears(&[echo], seen, &mut fresh()).unwrap();
    }
    let keys: Vec<Typed> = phone
        .releases(at("2026-11-21T08:00Z"), &mut fresh())
        .unwrap()
        .into_iter()
        .map(|key| (key, ReportType::ConfirmedTest, Some(0)))
        .collect();
    let mut servers = Servers::default();
    servers.publishes(&name(until()), zipped(&keys, until(), "DK", &signer)).lists(&[name(until())]);
    assert!(look(&mut phone, &mut servers, &signer).unwrap().warning.is_none());
}
