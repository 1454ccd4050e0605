//! The consent: nothing before it, asked anew when its words change, and gone with all that lay under it, also when a
//! kill comes in between or another program holds the same folder.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use jiff::SignedDuration;
use phone::radio::{Address, Radio, RadioError, Report};
use phone::{Country, FolderVault, Language, Phone, PhoneError, Routine, Settings, Standing, Vault, consent};

use crate::house::{at, fresh, heard, meet_for_half_an_hour, new_phone, phone, seeded};
use crate::servers::Servers;

fn open(folder: &Path) -> Phone {
    Phone::open(FolderVault::in_folder(folder).unwrap()).unwrap()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

/// Rules SS-04, SS-05, SS-07, SS-19: what the owner reads before saying yes.
#[test]
fn the_words_say_that_it_is_voluntary_and_decides_nothing_ss_04_ss_05_ss_19() {
    for (language, said) in [
        (
            Language::Danish,
            ["frivilligt", "karantæne", "hvem du har mødt", "i særlige tilfælde", "10. til 20. minut"],
        ),
        (
            Language::English,
            ["voluntary", "quarantine", "whom you have met", "in special cases", "10 to 20 minutes"],
        ),
    ] {
        let words = consent::WORDS.of(language).join("\n");
        said.iter().for_each(|part| assert!(words.contains(part), "{part}"));
    }
    assert_eq!(consent::WORDS.da.len(), consent::WORDS.en.len());
}

#[test]
fn other_words_ask_anew_and_until_then_nothing_is_collected() {
    let folder = tempfile::tempdir().unwrap();
    let (now, mut random) = (at("2026-11-20T12:00Z"), seeded(2));
    let mut old = phone(&folder, 1);
    let beacon = old.beacon(-20, now, &mut random).unwrap();
    old.hears(&[heard(&beacon, now)], now, &mut random).unwrap();
    let vault = FolderVault::in_folder(folder.path()).unwrap();
    let mut phone = Phone::open_asking(vault, "2027-01").unwrap();
    assert!(matches!(phone.standing(), Standing::AskAnew(consent) if consent.version == consent::VERSION));
    assert!(matches!(phone.beacon(-20, now, &mut random), Err(PhoneError::AskAnew)));
    assert!(matches!(phone.hears(&[], now, &mut random), Err(PhoneError::AskAnew)));
    assert!(matches!(phone.releases(now, &mut random), Err(PhoneError::AskAnew)));
    assert!(matches!(phone.consents(consent::VERSION, now, &mut random), Err(PhoneError::OtherWords)));
    phone.consents("2027-01", now, &mut random).unwrap();
    assert_eq!(phone.stored().unwrap().sightings.count, 1, "what was agreed to before goes on");
    assert!(phone.beacon(-20, now, &mut random).is_ok());
}

/// A radio and servers that nobody may use.
struct Silent;

impl Radio for Silent {
    fn call_out(
        &mut self,
        _: &phone::keys::Beacon,
        _: Address,
        _: jiff::Timestamp,
    ) -> Result<(), RadioError> {
        panic!("called out without consent");
    }

    fn be_silent(&mut self) -> Result<(), RadioError> {
        Ok(())
    }

    fn listen(
        &mut self,
        _: jiff::Timestamp,
        _: &mut exposure::Random<'_>,
    ) -> Result<Vec<Report>, RadioError> {
        panic!("listened without consent");
    }
}

#[test]
fn without_consent_the_radio_and_the_network_are_silent() {
    let folder = tempfile::tempdir().unwrap();
    let (mut phone, mut servers, mut random) = (open(folder.path()), Servers::default(), seeded(3));
    let settings = Settings {
        country: Country { root: "dk".to_owned(), region: "DK".to_owned(), trusted: Vec::new() },
        authority: "dk".to_owned(),
        zone: jiff::tz::TimeZone::UTC,
        transmit_power_dbm: -20,
        statistics: None,
    };
    let mut now = at("2026-11-20T12:00Z");
    let mut routine = Routine::new(now, &settings, &mut random);
    for _ in 0..300 {
        let events = routine.run(&mut phone, &mut Silent, &mut servers, &settings, now, &mut random).unwrap();
        assert!(events.is_empty());
        now = routine.due(&mut phone).max(now + SignedDuration::from_mins(10));
    }
    assert!(servers.asked.borrow().is_empty() && is_empty(folder.path()));
}

/// Rules SS-51, SS-53: also while the phone runs in another program, which then writes nothing back.
#[test]
fn who_withdraws_elsewhere_is_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (mut running, mut random, now) = (phone(&folder, 4), seeded(5), at("2026-11-20T12:00Z"));
    running.beacon(-20, now, &mut random).unwrap();
    open(folder.path()).withdraws().unwrap();
    assert!(is_empty(folder.path()));
    assert!(matches!(running.hears(&[], now, &mut random), Err(PhoneError::NoConsent)));
    assert!(is_empty(folder.path()) && running.stored().is_none());
    // And what another has written is not written over, but taken over.
    running.consents(consent::VERSION, now, &mut random).unwrap();
    let mut other = open(folder.path());
    other.beacon(-20, now, &mut random).unwrap();
    running.hears(&[], now, &mut random).unwrap();
    assert_eq!(running.stored().unwrap().own_keys.count, 1);
}

/// Rule SS-52: uninstalling takes the folder too.
#[test]
fn uninstalling_erases_everything_and_takes_the_folder_ss_52() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("phone");
    let mut phone = open(&folder);
    phone.consents(consent::VERSION, at("2026-11-20T12:00Z"), &mut fresh()).unwrap();
    FolderVault::in_folder(&folder).unwrap().remove().unwrap();
    assert!(is_empty(parent.path()));
    assert!(matches!(phone.hears(&[], at("2026-11-20T12:00Z"), &mut fresh()), Err(PhoneError::NoConsent)));
    assert!(is_empty(parent.path()), "whoever still runs does not bring it back");
}

/// Rule SS-53: an erasure that was cut off at any point is finished at the next opening.
#[test]
fn an_erasure_that_was_cut_off_is_finished_ss_53() {
    let folder = tempfile::tempdir().unwrap();
    drop(phone(&folder, 6));
    let path = |name: &str| folder.path().join(name);
    let (key, sealed) = (fs::read(path("phone.key")).unwrap(), fs::read(path("phone.sealed")).unwrap());
    let zeros = |bytes: &[u8]| vec![0; bytes.len()];
    let cut_off = [
        (Some(key.clone()), Some(sealed.clone())),
        (Some(zeros(&key)), Some(sealed.clone())),
        (None, Some(sealed.clone())),
        (None, Some(zeros(&sealed))),
        (None, None),
    ];
    for (key, sealed) in cut_off {
        for (name, bytes) in [("phone.key", &key), ("phone.sealed", &sealed)] {
            match bytes {
                Some(bytes) => fs::write(path(name), bytes).unwrap(),
                None => drop(fs::remove_file(path(name))),
            }
        }
        fs::write(path("phone.erasing"), []).unwrap();
        assert_eq!(open(folder.path()).standing(), Standing::None);
        assert!(is_empty(folder.path()));
    }
}

#[test]
fn a_writing_that_was_cut_off_leaves_what_was_kept_before() {
    let folder = tempfile::tempdir().unwrap();
    drop(phone(&folder, 7));
    fs::write(folder.path().join("phone.next"), b"half of a sealed fi").unwrap();
    assert!(matches!(open(folder.path()).standing(), Standing::Agreed(_)));
    assert!(!folder.path().join("phone.next").exists());
    // A key without anything under it is harmless, and not used again.
    fs::remove_file(folder.path().join("phone.sealed")).unwrap();
    let before = fs::read(folder.path().join("phone.key")).unwrap();
    let mut phone = open(folder.path());
    phone.consents(consent::VERSION, at("2026-11-20T12:00Z"), &mut fresh()).unwrap();
    assert_ne!(fs::read(folder.path().join("phone.key")).unwrap(), before);
}

#[test]
fn what_was_kept_before_is_overwritten_when_it_is_replaced() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut phone, mut random) = (phone(&folder, 8), seeded(9));
    let name = outside.path().join("second name");
    fs::hard_link(folder.path().join("phone.sealed"), &name).unwrap();
    phone.beacon(-20, at("2026-11-20T12:00Z"), &mut random).unwrap();
    assert!(fs::read(&name).unwrap().iter().all(|byte| *byte == 0));
}

/// What the child of the next test does: it writes, erases and begins anew until somebody ends it.
#[test]
fn a_child_that_writes_and_erases_until_it_is_killed() {
    let Some(folder) = std::env::var_os("PHONE_TO_KILL") else { return };
    let (folder, mut random) = (Path::new(&folder).to_path_buf(), seeded(10));
    for round in 0_i64.. {
        let mut phone = open(&folder);
        let now = at("2026-11-20T12:00Z") + SignedDuration::from_mins(round % 60);
        phone.consents(consent::VERSION, now, &mut random).unwrap();
        for _ in 0..3 {
            phone.beacon(-20, now, &mut random).unwrap();
            phone.hears(&[], now, &mut random).unwrap();
        }
        phone.withdraws().unwrap();
        assert!(is_empty(&folder));
    }
}

/// Rule SS-53: killed at any moment, the phone opens to what stood before or after, or to nothing, and erases wholly.
#[test]
fn a_kill_at_any_moment_leaves_a_phone_that_opens_and_can_be_erased() {
    let folder = tempfile::tempdir().unwrap();
    let name = "agreed::a_child_that_writes_and_erases_until_it_is_killed";
    for round in 0_u64..25 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env("PHONE_TO_KILL", folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(20 + round * 7 % 60));
        child.kill().unwrap();
        child.wait().unwrap();
        let mut vault = FolderVault::in_folder(folder.path()).unwrap();
        match vault.open() {
            Ok(_) => {}
            Err(error) => panic!("round {round}: {error}"),
        }
        if round % 2 == 0 {
            vault.erase().unwrap();
            assert!(is_empty(folder.path()), "round {round}");
        }
    }
}

/// Rules SS-08, SS-30, SS-31: what lies on the phone, in numbers and with when it goes.
#[test]
fn what_is_stored_is_told_in_numbers_and_with_its_day_ss_30_ss_31() {
    let (mut ill, mut well) = (new_phone(), new_phone());
    assert_eq!(well.stored().unwrap().own_keys.count, 0);
    meet_for_half_an_hour(&mut ill, &mut well, at("2026-11-20T12:00Z"));
    let (own, heard) = (ill.stored().unwrap(), well.stored().unwrap());
    assert_eq!((own.own_keys.count, own.sightings.count), (1, 0));
    assert_eq!((heard.own_keys.count, heard.sightings.count), (0, 6));
    assert_eq!(heard.sightings.first_goes, Some(at("2026-12-04T12:00Z")));
    assert_eq!(own.own_keys.first_goes, Some(at("2026-12-05T00:00Z")));
}
