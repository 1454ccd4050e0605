//! Files that are not to be had or not to be believed: they hold up no others, and the server is not asked again and
//! again.

use std::time::Duration;

use exposure::ReportType;
use exposure::export::{Content, P256Signer, Split, VerifyError, Window, write};
use jiff::{SignedDuration, Timestamp};
use phone::Phone;
use phone::exports::{FetchError, Fetched, FileError, fetch};
use phone::network::NetworkError;

use crate::house::{Typed, at, fresh, meet_for_half_an_hour, new_phone, signer};
use crate::servers::{Servers, answer, country, name, zip};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn now() -> Timestamp {
    at("2026-11-21T12:00Z")
}

fn look(phone: &mut Phone, servers: &mut Servers, signer: &P256Signer) -> Result<Fetched, FetchError> {
    fetch(phone, servers, &country(signer.trusted()), now(), &mut fresh())
}

/// The names of the last hours, the oldest first.
fn hours(count: i64) -> Vec<(Timestamp, String)> {
    (0..count).rev().map(|hour| now() - HOUR * hour.try_into().unwrap()).map(|end| (end, name(end))).collect()
}

/// A server that lists these, each signed by one of two.
fn serving(files: &[(Timestamp, String)], by: impl Fn(usize) -> P256Signer) -> Servers {
    let mut servers = Servers::default();
    servers.lists(&files.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
    for (at, (end, name)) in files.iter().enumerate() {
        servers.publishes(name, zip(&[], *end, "DK", &by(at)));
    }
    servers
}

/// The files that were asked for since.
fn asked(servers: &Servers) -> Vec<String> {
    let paths = servers.paths();
    servers.asked.borrow_mut().clear();
    paths
        .iter()
        .filter_map(|path| path.strip_prefix("/exports/dk/1"))
        .map(|name| format!("1{name}"))
        .collect()
}

#[test]
fn a_look_ends_at_the_first_file_that_is_not_to_be_had_and_the_next_begins_behind_it() {
    for error in [NetworkError::Unreachable, NetworkError::NotNow(503)] {
        let (ours, files) = (signer(), hours(6));
        let mut servers = Servers::default();
        servers.lists(&files.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
        let failing = match error {
            NetworkError::NotNow(status) => Ok(answer(status, "text/plain", Vec::new())),
            other => Err(other),
        };
        servers.answers(&format!("/exports/dk/{}", files[0].1), failing);
        for (end, name) in &files[1..] {
            servers.publishes(name, zip(&[], *end, "DK", &ours));
        }
        let mut phone = new_phone();
        let failed = look(&mut phone, &mut servers, &ours);
        assert!(matches!(failed, Err(FetchError::Network(one)) if one == error));
        assert_eq!(asked(&servers), [files[0].1.clone()]);
        let fetched = look(&mut phone, &mut servers, &ours).unwrap();
        assert_eq!((fetched.files, fetched.is_more), (5, true));
        assert_eq!(asked(&servers).len(), 6, "the one that failed comes last");
        assert!(look(&mut phone, &mut servers, &ours).is_err());
        assert_eq!(asked(&servers), [files[0].1.clone()]);
    }
}

#[test]
fn no_file_is_begun_after_a_minute() {
    let (ours, files) = (signer(), hours(20));
    let mut servers = serving(&files, |_| signer());
    servers.takes = Duration::from_secs(13);
    let fetched = look(&mut new_phone(), &mut servers, &ours).unwrap();
    // The list, and files until 65 seconds.
    assert_eq!((asked(&servers).len(), fetched.refused.len(), fetched.is_more), (4, 4, false));
}

#[test]
fn files_that_are_refused_block_no_newer_ones_and_are_left_alone_for_hours() {
    let (ours, strangers, files) = (signer(), signer(), hours(200));
    let of = |key: &P256Signer| key.trusted();
    let mut servers = Servers::default();
    servers.lists(&files.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
    for (at, (end, name)) in files.iter().enumerate() {
        servers.publishes(name, zip(&[], *end, "DK", if at < 150 { &strangers } else { &ours }));
    }
    assert_ne!(of(&ours), of(&strangers));
    let mut phone = new_phone();
    let mut looks = |servers: &mut Servers| {
        let fetched = look(&mut phone, servers, &ours).unwrap();
        (fetched.files, fetched.refused.len(), fetched.is_more)
    };
    assert_eq!(looks(&mut servers), (0, 96, false), "nothing was believed: hours later again");
    let first = asked(&servers);
    assert_eq!(looks(&mut servers), (42, 54, true));
    let second = asked(&servers);
    assert!(second.iter().all(|name| !first.contains(name)));
    // Minutes later what was refused just now is left out.
    assert_eq!(looks(&mut servers), (8, 88, true));
    let third = asked(&servers);
    assert!(third.iter().all(|name| !second.contains(name)));
    assert_eq!(looks(&mut servers), (0, 8, false));
    // The look is over: what is listed is asked for as any phone would that knows the same files.
    assert_eq!(asked(&servers).len(), 8);
    assert_eq!(looks(&mut servers), (0, 96, false));
    assert_eq!(asked(&servers), first);
}

#[test]
fn whoever_sends_megabytes_of_rubbish_is_listened_to_for_two_files_and_no_longer() {
    let (ours, files) = (signer(), hours(10));
    let mut servers = Servers::default();
    servers.lists(&files.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
    for (_, name) in &files {
        servers.publishes(name, vec![0; 20 << 20]);
    }
    let fetched = look(&mut new_phone(), &mut servers, &ours).unwrap();
    assert_eq!((asked(&servers).len(), fetched.refused.len(), fetched.is_more), (2, 2, false));
    for (_, name) in &files {
        servers.publishes(name, vec![0; 25 << 20]);
    }
    let mut servers = Servers::default();
    servers.lists(&files.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>());
    for (_, name) in &files {
        servers.publishes(name, vec![0; 25 << 20]);
    }
    look(&mut new_phone(), &mut servers, &ours).unwrap();
    assert_eq!(asked(&servers).len(), 2, "too long to be taken, and it came all the same");
}

/// The files of a window that are one batch.
fn batch(keys: &[Typed], by: &P256Signer) -> Vec<Vec<u8>> {
    let content = Content {
        window: Window::between(now() - HOUR, now()).unwrap(),
        region: "DK".to_owned(),
        keys: keys
            .iter()
            .map(|(key, report_type, days_since_onset)| exposure::DiagnosisKey {
                report_type: Some(*report_type),
                days_since_onset: *days_since_onset,
                ..key.clone()
            })
            .collect(),
        revised_keys: Vec::new(),
    };
    write(content, Split::Together { keys_at_most: 1 }, by).unwrap()
}

/// The signature of each file is checked when it comes: what a stranger wrote does not wait for the rest of its batch.
#[test]
fn a_file_that_a_stranger_adds_to_a_batch_is_refused_by_itself_and_spoils_nothing() {
    let (ours, stranger) = (signer(), signer());
    let (mut ill, mut well) = (new_phone(), new_phone());
    for day in ["2026-11-19T12:00Z", "2026-11-20T12:00Z"] {
        meet_for_half_an_hour(&mut ill, &mut well, at(day));
    }
    let keys = ill.releases(at("2026-11-21T08:00Z"), &mut fresh()).unwrap();
    let keys: Vec<Typed> = keys.into_iter().map(|key| (key, ReportType::ConfirmedTest, Some(0))).collect();
    let (good, bad) = (batch(&keys, &ours), batch(&keys, &stranger));
    assert_eq!((good.len(), bad.len()), (2, 2));
    let mut servers = Servers::default();
    let numbered = |number: usize| name(now()).replace("00001", &format!("{number:05}"));
    servers.lists(&(1..=4).map(numbered).collect::<Vec<_>>());
    for (number, file) in (1..).zip([&bad[0], &good[0], &good[1], &bad[1]]) {
        servers.publishes(&numbered(number), file.clone());
    }
    let fetched = look(&mut well, &mut servers, &ours).unwrap();
    assert_eq!((fetched.files, fetched.warning.map(|warning| warning.days)), (2, Some(2)));
    let refused: Vec<_> = fetched.refused.iter().map(|(names, _)| names.clone()).collect();
    assert_eq!(refused, [[numbered(1)], [numbered(4)]]);
    let is_untrusted = |error: &FileError| matches!(error, FileError::Verify(VerifyError::Untrusted(_)));
    assert!(fetched.refused.iter().all(|(_, error)| is_untrusted(error)));
}

/// Threats T17: one signed file under a name of its own for each phone would be a mark.
#[test]
fn a_signed_file_under_a_name_that_ends_hours_later_is_refused() {
    let ours = signer();
    for (later, is_believed) in [(0, true), (60, true), (3_600, false), (86_400, false)] {
        let listed = format!("{}-{}-00001.zip", now().as_second() - 3_600, now().as_second() + later);
        let mut servers = Servers::default();
        servers.publishes(&listed, zip(&[], now(), "DK", &ours)).lists(&[listed]);
        let fetched = look(&mut new_phone(), &mut servers, &ours).unwrap();
        assert_eq!(fetched.files == 1, is_believed, "{later} seconds");
        let is_window = fetched.refused.iter().all(|(_, error)| matches!(error, FileError::Window));
        assert!(is_window && fetched.refused.is_empty() == is_believed);
    }
}
