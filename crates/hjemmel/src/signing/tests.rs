//! Who may put notices in force, and when. Threats T1 to T3.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use notice::{Policy, SourceFile};

use super::*;
use crate::machine::SystemRandomness;

pub(super) const NOW: &str = "2026-11-22T09:00:00Z";

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn later(days: i64) -> Timestamp {
    at(NOW) + (days * 24).hours()
}

pub(super) struct House {
    pub(super) keys: Vec<PrivateKey>,
    pub(super) signers: Vec<Signer>,
}

pub(super) fn house() -> House {
    let randomness = SystemRandomness::new();
    let keys: Vec<_> = (0..3).map(|_| PrivateKey::make(&randomness).unwrap()).collect();
    let named = |name: &str, key: &PrivateKey| Signer { name: name.to_owned(), key: key.public().unwrap() };
    let signers = vec![named("anna", &keys[0]), named("bent", &keys[1])];
    House { keys, signers }
}

pub(super) fn files(from: &str, to: &str) -> Vec<SourceFile> {
    let mut files = crate::corpus::built_in();
    if !from.is_empty() {
        let file = files.iter_mut().find(|file| file.text.contains(from)).unwrap();
        file.text = file.text.replacen(from, to, 1);
    }
    files
}

pub(super) fn compiled(files: &[SourceFile]) -> Policy {
    notice::compile(files, date(2026, 11, 22)).policy.unwrap()
}

pub(super) fn signed(house: &House, policy: &Policy, when: Timestamp) -> Sheet {
    let mut sheet = Sheet::new(&policy.version.to_string(), when);
    sheet.sign("anna", &house.keys[0], when);
    sheet.sign("bent", &house.keys[1], when);
    sheet
}

pub(super) fn held(files: &[SourceFile], sheet: &Sheet, seen: Timestamp) -> Held {
    let files = files.iter().map(|it| (it.path.clone(), it.text.clone())).collect();
    Held { files, sheet: sheet.clone(), seen }
}

/// A line of the shipped notices that keeps something for two years.
pub(super) fn two_years() -> (String, String) {
    let line = |it: &str| it.starts_with("keep") && it.contains("P2Y");
    let files = crate::corpus::built_in();
    let found = files.iter().flat_map(|file| file.text.lines()).find(|it| line(it)).unwrap();
    (found.to_owned(), found.replacen("P2Y", "P1M", 1))
}

/// Threat T1: notices that nobody, one person, a stranger or one person twice signed do not run.
#[test]
fn threat_t1_notices_that_two_persons_have_not_signed_do_not_run() {
    let house = house();
    let policy = compiled(&files("", ""));
    let digest = policy.version.to_string();
    let now = at(NOW);
    let ask = |sheet: &Sheet| verify(sheet, &digest, &house.signers, now);
    assert_eq!(ask(&Sheet::new(&digest, now)), Err(Refused::TooFew(0)));
    let mut sheet = Sheet::new(&digest, now);
    sheet.sign("anna", &house.keys[0], now);
    assert_eq!(ask(&sheet), Err(Refused::TooFew(1)));
    let mut twice = sheet.clone();
    twice.signatures.push(twice.signatures[0].clone());
    assert_eq!(ask(&twice), Err(Refused::TooFew(1)), "the same person twice");
    let mut wrong = sheet.clone();
    wrong.sign("bent", &house.keys[2], now);
    assert_eq!(ask(&wrong), Err(Refused::Forged("bent".to_owned())), "the wrong key");
    let mut stranger = sheet.clone();
    stranger.sign("carl", &house.keys[2], now);
    assert_eq!(ask(&stranger), Err(Refused::Stranger("carl".to_owned())));
    sheet.sign("bent", &house.keys[1], now);
    assert_eq!(ask(&sheet).map(|it| it.by), Ok(vec!["anna".to_owned(), "bent".to_owned()]));
}

/// Threat T1: a key that stands under two names is one person.
#[test]
fn threat_t1_one_key_under_two_names_is_one_person() {
    let mut house = house();
    house.signers[1].key = house.signers[0].key;
    let policy = compiled(&files("", ""));
    let mut sheet = Sheet::new(&policy.version.to_string(), at(NOW));
    sheet.sign("anna", &house.keys[0], at(NOW));
    sheet.sign("bent", &house.keys[0], at(NOW));
    assert_eq!(verify(&sheet, &policy.version.to_string(), &house.signers, at(NOW)), Err(Refused::TooFew(1)));
}

/// Threat T1: one word changed after signing, and nothing of the sheet can be moved.
#[test]
fn threat_t1_a_changed_byte_ends_the_signatures() {
    let house = house();
    let policy = compiled(&files("", ""));
    let sheet = signed(&house, &policy, at(NOW));
    let other = compiled(&files("language = 1", "language = 1 "));
    let ask =
        |sheet: &Sheet, policy: &Policy| verify(sheet, &policy.version.to_string(), &house.signers, at(NOW));
    assert!(ask(&sheet, &policy).is_ok());
    assert_eq!(ask(&sheet, &other), Err(Refused::Changed));
    let moved = Sheet { digest: other.version.to_string(), ..sheet.clone() };
    assert_eq!(ask(&moved, &other), Err(Refused::Forged("anna".to_owned())));
    let earlier = Sheet { valid_from: at("2020-01-01T00:00:00Z"), ..sheet.clone() };
    assert_eq!(ask(&earlier, &policy), Err(Refused::Forged("anna".to_owned())));
    let mut dated = sheet.clone();
    dated.signatures[1].at = at("2020-01-01T00:00:00Z");
    assert_eq!(ask(&dated, &policy), Err(Refused::Forged("bent".to_owned())));
}

/// Threat T2: what shortens a period waits seven days from the later signature, and the former run until then.
#[test]
fn threat_t2_a_shortened_clock_waits_seven_days_after_the_later_signature() {
    let house = house();
    let (from, to) = two_years();
    let (before, after) = (files("", ""), files(&from, &to));
    let (old, new) = (compiled(&before), compiled(&after));
    let held = held(&before, &signed(&house, &old, at("2026-01-01T09:00:00Z")), at(NOW));
    let mut sheet = Sheet::new(&new.version.to_string(), at("2026-06-01T09:00:00Z"));
    // The clock of one signer was set back: the later of the two counts.
    sheet.sign("anna", &house.keys[0], at("2026-06-01T09:00:00Z"));
    sheet.sign("bent", &house.keys[1], at(NOW));
    let ask = |held: Option<&Held>, now: Timestamp| {
        let candidate = Candidate { policy: &new, sheet: &sheet };
        choose(candidate, Some(Former { policy: &old, held }), &house.signers, now, &TimeZone::UTC)
    };
    let day = later(7);
    assert_eq!(ask(Some(&held), at(NOW)), Ok(Choice::Former { until: day }));
    assert_eq!(ask(Some(&held), day - 1.second()), Ok(Choice::Former { until: day }));
    assert_eq!(ask(Some(&held), day), Ok(Choice::New));
    assert_eq!(ask(None, at(NOW)), Err(Refused::NotYet(day)), "the former were lost with their signatures");
}

/// Threat T2: a change that shortens nothing need not wait, and holds from the time that was signed.
#[test]
fn threat_t2_a_change_that_shortens_nothing_holds_from_the_signed_time() {
    let house = house();
    let (from, _) = two_years();
    let (before, after) = (files("", ""), files(&from, &from.replacen("P2Y", "P9Y", 1)));
    let (old, new) = (compiled(&before), compiled(&after));
    let held = held(&before, &signed(&house, &old, at("2026-01-01T09:00:00Z")), at(NOW));
    let mut sheet = Sheet::new(&new.version.to_string(), later(2));
    sheet.sign("anna", &house.keys[0], at(NOW));
    sheet.sign("bent", &house.keys[1], at(NOW));
    let ask = |now| {
        let candidate = Candidate { policy: &new, sheet: &sheet };
        choose(
            candidate,
            Some(Former { policy: &old, held: Some(&held) }),
            &house.signers,
            now,
            &TimeZone::UTC,
        )
    };
    assert_eq!(ask(at(NOW)), Ok(Choice::Former { until: later(2) }));
    assert_eq!(ask(later(2)), Ok(Choice::New));
}

/// Threat T2: old notices with their old, genuine signatures do not come back.
#[test]
fn threat_t2_an_old_signature_is_not_played_again() {
    let house = house();
    let (from, to) = two_years();
    let (before, after) = (files(&from, &to), files("", ""));
    let (old, new) = (compiled(&before), compiled(&after));
    let old_sheet = signed(&house, &old, at("2025-01-01T09:00:00Z"));
    let running = held(&after, &signed(&house, &new, at("2026-01-01T09:00:00Z")), at(NOW));
    let candidate = Candidate { policy: &old, sheet: &old_sheet };
    let former = Former { policy: &new, held: Some(&running) };
    assert_eq!(
        choose(candidate, Some(former), &house.signers, at(NOW), &TimeZone::UTC),
        Err(Refused::Replayed)
    );
}

/// Threats T2 and T5: a clock set back or ahead is found where signatures and the last start can tell.
#[test]
fn threat_t2_a_clock_that_was_set_back_starts_nothing() {
    let house = house();
    let all = files("", "");
    let policy = compiled(&all);
    let sheet = signed(&house, &policy, at(NOW));
    let candidate = Candidate { policy: &policy, sheet: &sheet };
    let back = at("2026-11-20T09:00:00Z");
    let ask = |former, now| choose(candidate, former, &house.signers, now, &TimeZone::UTC);
    assert_eq!(ask(None, back), Err(Refused::Future("anna".to_owned())));
    let held = held(&all, &sheet, later(30));
    let former = Former { policy: &policy, held: Some(&held) };
    assert_eq!(ask(Some(former), later(20)), Err(Refused::ClockSetBack));
    assert_eq!(ask(Some(former), later(31)), Ok(Choice::New));
}

#[test]
fn keys_and_sheets_are_read_as_they_were_written() {
    let folder = tempfile::tempdir().unwrap();
    let key = PrivateKey::make(&SystemRandomness::new()).unwrap();
    let (private, public) = (folder.path().join("anna.key"), folder.path().join("anna.pub"));
    key.write(&private).unwrap();
    key.public().unwrap().write(&public).unwrap();
    let (read, other) = (PrivateKey::read(&private).unwrap(), PublicKey::read(&public).unwrap());
    assert!(other.verifies(b"x", &read.sign(b"x")) && !other.verifies(b"y", &read.sign(b"x")));
    assert!(key.write(&private).is_err(), "never over another");
    assert!(PublicKey::read(&private).is_err() && PrivateKey::read(&public).is_err());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&private, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(PrivateKey::read(&private), Err(KeyError::Open(_))));
    }
    let mut sheet = Sheet::new("abc", at(NOW));
    sheet.sign("anna", &key, at(NOW));
    assert_eq!(Sheet::parse(&sheet.text()), Ok(sheet));
    assert!(matches!(Sheet::parse("digest = 1"), Err(Refused::Malformed(_))));
}
