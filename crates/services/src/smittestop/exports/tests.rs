//! From an upload to the file that a phone reads, on the real register and the real notice; and who attacks on the way.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use exposure::export::{
    ECDSA_SHA256, Export, ExportSigner, P256Signer, Padding, Published, SignatureInfo, TrustedKey, verify,
};
use exposure::gateway::FederatedKey;
use exposure::publish::{Form, keys_mac};
use exposure::revision::TokenKey;
use exposure::{DiagnosisKey, IntervalNumber, ReportType, RollingPeriod, TemporaryExposureKey};
use jiff::{Span, Timestamp};
use register::testing::{SeededRandomness, TestRegister, caller};
use register::{Query, Randomness as _, Record};
use zeroize::Zeroizing;

use super::{Folder, Foreign, NotPut, Root, Settings, Signers, Standing, publish_due, rebuild, standing};
use crate::smittestop::closing::{close, what_goes};
use crate::smittestop::keys::publish::{self, Not, Output, Request, SentKey};
use crate::smittestop::keys::{CERTIFICATES, Certificate, READY, ReportKind, WAITING, for_gateway, read};
use crate::{Call, Error};

#[derive(Debug, Default)]
struct Memory(Mutex<BTreeMap<(Root, String), Vec<u8>>>);

impl Folder for Memory {
    fn put(&self, root: Root, name: &str, bytes: &[u8]) -> Result<(), NotPut> {
        self.0.lock().unwrap().insert((root, name.to_owned()), bytes.to_vec());
        Ok(())
    }

    fn get(&self, root: Root, name: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap().get(&(root, name.to_owned())).cloned()
    }

    fn keep_only(&self, names: &[(Root, String)]) {
        self.0.lock().unwrap().retain(|name, _| names.contains(name));
    }
}

struct Land {
    house: TestRegister,
    randomness: SeededRandomness,
    taking: publish::Settings,
    settings: Settings,
    signers: Signers,
    trusted: Vec<TrustedKey>,
    folder: Memory,
    foreign: Vec<Foreign>,
    /// Where the next keys come from.
    phones: SeededRandomness,
}

fn signer(version: &str) -> (Box<dyn ExportSigner + Send + Sync>, TrustedKey) {
    let info = SignatureInfo {
        key_id: "238".to_owned(),
        key_version: version.to_owned(),
        algorithm: ECDSA_SHA256.to_owned(),
    };
    let (signer, _) = P256Signer::generate(info).unwrap();
    let trusted = signer.trusted();
    (Box::new(signer), trusted)
}

impl Land {
    fn new() -> Self {
        let (first, trusted) = signer("v1");
        Self {
            house: TestRegister::new(),
            randomness: SeededRandomness::new(3),
            taking: publish::Settings {
                accepts: ReportKind::ALL.to_vec(),
                token_keys: vec![TokenKey::new(&[9; 32]).unwrap()],
                token_bound: b"dk".to_vec(),
            },
            settings: Settings::default(),
            signers: Signers::new(vec![(Timestamp::UNIX_EPOCH, first)]),
            trusted: vec![trusted],
            folder: Memory::default(),
            foreign: Vec::new(),
            phones: SeededRandomness::new(4),
        }
    }

    fn now(&self) -> Timestamp {
        register::Clock::now(&*self.house.clock)
    }

    fn pass(&self, hours: i64) {
        // The sweep mistrusts a clock that steps further than a plan looks.
        self.house.clock.pass(Span::new().hours(hours));
        let report = self.house.register.sweep().unwrap();
        assert_eq!((report.braked, report.stopped), (0, None));
    }

    fn act<T>(&self, role: &str, action: impl FnOnce(&Call<'_>) -> T) -> T {
        let call = self.house.register.call(caller(&self.house.policy, role, None, None));
        action(&Call { register: &self.house.register, call: &call, randomness: &self.randomness })
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.phones.fill(&mut bytes);
        bytes
    }

    /// The keys of a phone: one a day, the last of today.
    fn phone(&self, days: u32) -> Vec<DiagnosisKey> {
        let today = IntervalNumber::at(self.now()).day_start();
        let key = |ago: u32| DiagnosisKey {
            key: TemporaryExposureKey::new(self.random()),
            start: today.minus(144 * ago),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        };
        (0..days).map(key).collect()
    }

    fn request(&self, keys: &[DiagnosisKey], report: ReportKind) -> Request {
        let secret = self.random::<16>();
        let now = self.now().as_second();
        let onset = IntervalNumber::at(self.now()).day_start().minus(144 * 4).number();
        Request {
            keys: keys.iter().map(sent).collect(),
            certificate: Certificate {
                id: exposure::key::to_hex(&self.random::<16>()),
                issued_at: now,
                not_before: now,
                expires_at: now + 900,
                report,
                onset: Some(onset),
                keys_mac: keys_mac(&secret, keys, Form::WithRisk).to_vec(),
            },
            hmac_key: Zeroizing::new(secret.to_vec()),
            onset: None,
            countries: Vec::new(),
            revision_token: Vec::new(),
        }
    }

    fn take(&self, request: Request) -> Result<Output, publish::Error> {
        self.act("system", |at| publish::run(at, request, &self.taking))
    }

    fn upload(&self, keys: &[DiagnosisKey]) -> Output {
        self.take(self.request(keys, ReportKind::Confirmed)).unwrap()
    }

    fn export(&self) -> publish_due::Output {
        let request =
            publish_due::Request { settings: &self.settings, signers: &self.signers, folder: &self.folder };
        self.act("system", |at| publish_due::run(at, &request, |from, until| Ok(self.came(from, until))))
            .unwrap()
    }

    fn rebuild(&self) -> usize {
        let request =
            publish_due::Request { settings: &self.settings, signers: &self.signers, folder: &self.folder };
        self.act("system", |at| rebuild::run(at, &request, |from, until| Ok(self.came(from, until))))
            .unwrap()
            .files
    }

    fn came(&self, from: Timestamp, until: Timestamp) -> Vec<Foreign> {
        self.foreign.iter().filter(|one| from <= one.came && one.came < until).cloned().collect()
    }

    fn held(&self, use_name: &'static str, register: &'static str) -> Vec<Record> {
        let until = self.now() + jiff::SignedDuration::from_hours(1);
        let query = Query::CollectedIn { register, from: Timestamp::UNIX_EPOCH, until };
        self.act("system", |at| at.find::<Not>(use_name, query)).unwrap()
    }

    fn kept(&self, register: &'static str) -> Vec<Record> {
        self.held(publish::USE, register)
    }

    /// When the register was asked, in microseconds, as whoever has the database in hand reads it.
    fn lines(&self) -> Vec<i64> {
        let database = rusqlite::Connection::open(self.house.config.database.join("register.db")).unwrap();
        let mut lines = database.prepare("select at from line order by number").unwrap();
        lines.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    /// What goes to other countries.
    fn given(&self) -> Vec<FederatedKey> {
        let until = self.now() + jiff::SignedDuration::from_micros(1);
        let from = until - Span::new().hours(400);
        self.act("system", |at| for_gateway::run(at, for_gateway::Request { from, until })).unwrap()
    }

    fn standing(&self) -> Vec<Standing> {
        self.act("device", standing::run).unwrap()
    }

    /// What phones read of a root: each file checked by its signature and its checksum.
    fn read(&self, root: Root) -> Vec<Export> {
        let files = self.standing().into_iter().filter(|file| file.root == root);
        files
            .map(|file| {
                let bytes = self.folder.get(root, &file.name).unwrap();
                assert_eq!(super::write::sha256(&bytes), file.sha256);
                let verified = verify(vec![Published::read(&bytes).unwrap()], &self.trusted).unwrap();
                verified.into_exports().remove(0)
            })
            .collect()
    }
}

fn sent(key: &DiagnosisKey) -> SentKey {
    SentKey {
        key: key.key.reveal_base64(),
        start: key.start.number().into(),
        period: key.period.intervals().into(),
        risk: key.transmission_risk.map_or(0, |risk| i64::from(risk.level())),
    }
}

fn reason(answer: Result<Output, publish::Error>) -> Not {
    match answer {
        Err(Error::Not(not)) => not,
        other => panic!("{other:?}"),
    }
}

fn given_bytes(keys: &[FederatedKey]) -> BTreeSet<[u8; 16]> {
    keys.iter().map(|key| key.key_data[..].try_into().unwrap()).collect()
}

fn bytes(keys: &[DiagnosisKey]) -> BTreeSet<[u8; 16]> {
    keys.iter().map(|key| *key.key.reveal()).collect()
}

// proves rule SS-35, rule SS-46
#[test]
fn what_a_phone_uploads_is_published_signed_sorted_and_among_a_thousand() {
    let land = Land::new();
    let phones: Vec<_> = (0..3).map(|_| land.phone(14)).collect();
    for phone in &phones {
        assert_eq!(land.upload(phone).inserted, 14);
    }
    assert_eq!(land.export().files, 0, "the window is still open");
    land.pass(4);
    assert_eq!(land.export().files, 2);
    for root in Root::EACH {
        let exports = land.read(root);
        assert_eq!(exports.len(), 1);
        let keys = &exports[0].keys;
        assert!((1_000..=1_100).contains(&keys.len()), "{}", keys.len());
        assert!(keys.is_sorted_by_key(|key| *key.key.reveal()));
        let published = bytes(keys);
        for phone in &phones {
            // All but the key of today, which somebody could still imitate.
            assert!(bytes(&phone[1..]).is_subset(&published));
            assert!(!published.contains(phone[0].key.reveal()));
        }
    }
}

/// Threats T17: whoever saw somebody with a phone in hand at a quarter to ten must not find that minute again.
#[test]
fn neither_the_register_nor_a_file_says_in_which_minute_of_the_hour_somebody_warned() {
    let land = Land::new();
    land.house.clock.pass(Span::new().minutes(37).seconds(13));
    let keys = land.phone(4);
    let before = land.lines();
    let token = land.take(land.request(&keys, ReportKind::Likely)).unwrap().revision_token;
    let lines = land.lines().split_off(before.len());
    assert!(lines.len() >= 2 && lines.iter().all(|at| at % 3_600_000_000 == 0), "{lines:?}");
    let whole = |at: Timestamp| at.as_second() % 3_600 == 0 && at.subsec_nanosecond() == 0;
    let held = |use_name, register| land.held(use_name, register);
    // A certificate is remembered for twenty minutes, so its event tells the minute; that it came tells the hour alone.
    let certificates = held(publish::USE, CERTIFICATES);
    assert_eq!(certificates.len(), 1);
    assert!(certificates.iter().all(|one| whole(one.collected_at) && whole(one.changed_at)));
    // A while later in the day the authority takes it back, and a window is published.
    land.pass(5);
    land.export();
    let request = Request { revision_token: token, ..land.request(&keys, ReportKind::Negative) };
    assert_eq!(land.take(request).unwrap().inserted, 4);
    land.pass(4);
    land.export();
    let (ready, waiting) = (held(publish::USE, READY), held(publish::USE, WAITING));
    assert!(ready.len() > 1_000 && waiting.len() == 5, "{} and {}", ready.len(), waiting.len());
    for record in ready.iter().chain(&waiting).chain(&held(publish_due::USE, super::REGISTER)) {
        assert!(whole(record.collected_at) && whole(record.changed_at), "{}", record.collected_at);
        assert!(!record.events.is_empty() && record.events.iter().all(|(_, at)| whole(*at)));
    }
    for record in ready.iter().chain(&waiting) {
        let place = read(record).unwrap().place;
        assert!([Some(place.from), place.revises].into_iter().flatten().all(|from| from % 3_600 == 0));
    }
    for root in Root::EACH {
        let exports = land.read(root);
        assert_eq!(exports.len(), 2);
        assert!(exports.iter().all(|one| whole(one.start) && whole(one.end)));
    }
}

#[test]
fn a_window_in_which_nothing_came_stays_empty() {
    let land = Land::new();
    land.pass(6);
    let output = land.export();
    assert!(output.windows > 0);
    assert_eq!(output.files, 0);
    assert_eq!(land.standing(), []);
    assert_eq!(land.export().windows, 0, "and is not looked at twice");
}

#[test]
fn a_key_is_published_only_when_nobody_can_imitate_it_any_longer() {
    let land = Land::new();
    let phone = land.phone(2);
    land.upload(&phone);
    let mut seen_at = None;
    for hour in 1..40 {
        land.pass(1);
        land.export();
        let all: Vec<_> = land.read(Root::Dk).into_iter().flat_map(|export| export.keys).collect();
        if seen_at.is_none() && bytes(&all).contains(phone[0].key.reveal()) {
            seen_at = Some(hour);
        }
    }
    // It ends at midnight, 15 hours from now; two hours later is the first that it may be seen, in a window that
    // closes two hours after its end.
    let seen_at = seen_at.unwrap();
    assert!((17..=23).contains(&seen_at), "after {seen_at} hours");
}

#[test]
fn a_file_that_is_made_again_holds_the_very_same_keys() {
    let land = Land::new();
    land.upload(&land.phone(14));
    land.pass(5);
    land.export();
    let before: Vec<_> = Root::EACH.iter().map(|root| bytes(&land.read(*root)[0].keys)).collect();
    land.folder.0.lock().unwrap().clear();
    assert_eq!(land.rebuild(), 2);
    let after: Vec<_> = Root::EACH.iter().map(|root| bytes(&land.read(*root)[0].keys)).collect();
    assert_eq!(before, after);
    assert_eq!(land.rebuild(), 0, "nothing is missing any longer");
}

#[test]
fn what_lies_in_the_folder_without_a_record_is_cleared_away() {
    let land = Land::new();
    land.folder.put(Root::Dk, "1-2-00001.zip", b"left by a process that was killed").unwrap();
    land.rebuild();
    assert_eq!(land.folder.get(Root::Dk, "1-2-00001.zip"), None);
}

#[test]
fn whoever_is_killed_between_file_and_record_begins_the_window_again() {
    let mut land = Land::new();
    let phone = land.phone(3);
    land.upload(&phone);
    land.pass(5);
    // No signer: the made-up keys are not even drawn. Then a folder that takes the first file and no more.
    let signers = std::mem::replace(&mut land.signers, Signers::new(Vec::new()));
    let request =
        publish_due::Request { settings: &land.settings, signers: &land.signers, folder: &land.folder };
    assert!(land.act("system", |at| publish_due::run(at, &request, |_, _| Ok(Vec::new()))).is_err());
    land.signers = signers;
    #[derive(Debug)]
    struct Full(Memory);
    impl Folder for Full {
        fn put(&self, root: Root, name: &str, bytes: &[u8]) -> Result<(), NotPut> {
            if root == Root::All { Err(NotPut) } else { self.0.put(root, name, bytes) }
        }
        fn get(&self, root: Root, name: &str) -> Option<Vec<u8>> {
            self.0.get(root, name)
        }
        fn keep_only(&self, names: &[(Root, String)]) {
            self.0.keep_only(names);
        }
    }
    let full = Full(Memory::default());
    let request = publish_due::Request { settings: &land.settings, signers: &land.signers, folder: &full };
    assert!(land.act("system", |at| publish_due::run(at, &request, |_, _| Ok(Vec::new()))).is_err());
    assert_eq!(land.standing(), [], "a file without a record is served to nobody");
    land.export();
    let published: Vec<_> = land.read(Root::Dk).into_iter().flat_map(|export| export.keys).collect();
    assert_eq!(published.len(), bytes(&published).len(), "no key twice");
    assert!(bytes(&phone[1..]).is_subset(&bytes(&published)));
    // Nothing that was made up at the first attempt is left: made again in the same hour, it is the same file.
    land.folder.0.lock().unwrap().clear();
    assert_eq!(land.rebuild(), 2);
    assert_eq!(bytes(&land.read(Root::Dk)[0].keys), bytes(&published));
}

#[test]
fn when_the_length_of_windows_changes_no_hour_is_left_out_and_none_comes_twice() {
    for (before, after) in [(2, 4), (2, 3), (3, 2), (6, 1), (1, 6)] {
        let mut land = Land::new();
        land.settings.window_hours = before;
        let mut sent = Vec::new();
        for hour in 0..24 {
            if hour == 11 {
                land.settings.window_hours = after;
            }
            let phone = land.phone(2);
            land.upload(&phone[1..]);
            sent.extend_from_slice(&phone[1..]);
            land.pass(1);
            land.export();
        }
        land.pass(12);
        land.export();
        let published: Vec<_> = land.read(Root::Dk).into_iter().flat_map(|export| export.keys).collect();
        assert_eq!(published.len(), bytes(&published).len(), "from {before} to {after}: a key twice");
        assert!(bytes(&sent).is_subset(&bytes(&published)), "from {before} to {after}: a key is missing");
    }
}

fn from(country: &str, key: DiagnosisKey, came: Timestamp) -> Foreign {
    Foreign { key, country: country.to_owned(), came }
}

#[test]
fn a_file_says_how_many_keys_each_country_sent_and_not_how_many_were_made_up() {
    let mut land = Land::new();
    land.upload(&land.phone(5));
    let came = land.now();
    let of = |country: &str, keys: Vec<DiagnosisKey>| -> Vec<Foreign> {
        keys.into_iter().skip(1).map(|key| from(country, key, came)).collect()
    };
    land.foreign = [of("SE", land.phone(6)), of("DE", land.phone(4))].concat();
    land.pass(5);
    land.export();
    let standing = land.standing();
    let file = |root| standing.iter().find(|file| file.root == root).unwrap();
    let (home, all) = (file(Root::Dk), file(Root::All));
    assert!(home.abroad.is_empty() && (1_000..=1_100).contains(&home.keys), "{home:?}");
    assert_eq!(all.abroad, [("DE".to_owned(), 3), ("SE".to_owned(), 5)].into());
    // What is ours and what came from abroad is filled up, each to a number of its own.
    assert!((home.keys + 1_000..=home.keys + 1_100).contains(&all.keys), "{all:?} beside {home:?}");
    assert_eq!(all.keys, land.read(Root::All).remove(0).keys.len());
    // Also after the bytes were lost and made again.
    land.folder.0.lock().unwrap().clear();
    assert_eq!(land.rebuild(), 2);
    assert_eq!(land.standing().iter().find(|file| file.root == Root::All).unwrap().abroad.len(), 2);
}

#[test]
fn keys_of_other_countries_stand_in_the_file_of_all_and_not_in_ours() {
    let mut land = Land::new();
    land.upload(&land.phone(5));
    let abroad: Vec<_> = land.phone(6).into_iter().skip(1).collect();
    let came = land.now();
    land.foreign = abroad.iter().map(|key| from("SE", key.clone(), came)).collect();
    land.pass(5);
    land.export();
    let (home, all) = (land.read(Root::Dk).remove(0), land.read(Root::All).remove(0));
    assert!(bytes(&abroad).is_subset(&bytes(&all.keys)));
    assert!(bytes(&abroad).is_disjoint(&bytes(&home.keys)));
    assert!(bytes(&home.keys).is_subset(&bytes(&all.keys)));
}

#[test]
fn hours_in_which_only_other_countries_have_keys_are_padded_too_and_the_same_again() {
    let mut land = Land::new();
    land.upload(&land.phone(2)[1..]);
    let came = land.now() + jiff::SignedDuration::from_hours(2);
    land.foreign = land.phone(6).into_iter().skip(1).map(|key| from("SE", key, came)).collect();
    land.pass(8);
    land.export();
    let all = land.read(Root::All).pop().unwrap();
    assert!((1_000..=1_100).contains(&all.keys.len()), "{}", all.keys.len());
    assert_eq!(land.read(Root::Dk).len(), 1, "ours has nothing in these hours");
    land.folder.0.lock().unwrap().clear();
    land.rebuild();
    assert_eq!(bytes(&land.read(Root::All).pop().unwrap().keys), bytes(&all.keys));
}

/// What a public analyser does with a file: which keys of one day look like those of another?
fn groups(keys: &[DiagnosisKey]) -> BTreeMap<(u32, u32, Option<i32>, Option<u8>), usize> {
    let mut groups = BTreeMap::new();
    for key in keys {
        let risk = key.transmission_risk.map(|risk| risk.level());
        let shape = (key.start.number(), key.period.intervals(), key.days_since_onset, risk);
        *groups.entry(shape).or_default() += 1;
    }
    groups
}

// proves rule SS-07
#[test]
fn a_small_file_tells_neither_how_many_people_are_in_it_nor_which_keys_belong_together() {
    // Threats T17: the same attack on files of one person and of four.
    let mut smallest = Vec::new();
    for people in [1, 4] {
        let land = Land::new();
        let phones: Vec<_> = (0..people).map(|_| land.phone(14)).collect();
        phones.iter().for_each(|phone| {
            land.upload(phone);
        });
        land.pass(5);
        land.export();
        let keys = land.read(Root::Dk).remove(0).keys;
        // 1. The order: neighbours in the file belong to one person no more often than by chance.
        let owner =
            |key: &DiagnosisKey| phones.iter().position(|phone| bytes(phone).contains(key.key.reveal()));
        let together = keys
            .windows(2)
            .filter(|two| owner(&two[0]).is_some() && owner(&two[0]) == owner(&two[1]))
            .count();
        assert!(together <= 4, "{together} pairs of one person lie side by side");
        // 2. The shape: each day has so many keys of one shape that nobody's stands out.
        let groups = groups(&keys);
        let least = *groups.values().min().unwrap();
        assert!(least >= 40, "a shape with {least} keys");
        smallest.push(least);
        // 3. The count: as many as in any other small file.
        assert!((1_000..=1_100).contains(&keys.len()));
    }
    // Whoever counts people by the smallest group finds as many in the file of one as in that of four.
    let (one, four) = (smallest[0], smallest[1]);
    assert!(one.abs_diff(four) < one / 2, "{one} and {four}");
}

#[test]
fn a_certificate_is_worth_one_upload() {
    let land = Land::new();
    let keys = land.phone(3);
    let request = land.request(&keys, ReportKind::Confirmed);
    land.take(request.clone()).unwrap();
    // Other keys under the same number.
    let other = land.phone(3);
    let mut swapped = land.request(&other, ReportKind::Confirmed);
    swapped.certificate.id = request.certificate.id;
    assert_eq!(reason(land.take(swapped)), Not::Certificate);
}

#[test]
fn an_upload_whose_answer_was_lost_is_answered_again_and_stores_nothing() {
    let land = Land::new();
    let keys = land.phone(3);
    let request = land.request(&keys, ReportKind::Confirmed);
    let told = land.take(request.clone()).unwrap();
    let stored = land.kept(READY).len() + land.kept(WAITING).len();
    land.house.clock.pass(Span::new().minutes(10));
    let again = land.take(request.clone()).unwrap();
    assert_eq!((again.inserted, again.wrong, again.far), (told.inserted, told.wrong, told.far));
    assert_eq!(again.revision_token.len(), told.revision_token.len());
    assert_eq!(land.kept(READY).len() + land.kept(WAITING).len(), stored);
    land.house.clock.pass(Span::new().minutes(7));
    assert_eq!(reason(land.take(request)), Not::Certificate, "when it is over nobody can tell any more");
}

#[test]
fn keys_that_were_swapped_after_the_verification_are_refused_and_change_nothing() {
    let land = Land::new();
    let mut request = land.request(&land.phone(14), ReportKind::Confirmed);
    request.keys = land.phone(14).iter().map(sent).collect();
    assert_eq!(reason(land.take(request)), Not::Certificate);
    // One interval more, one key less, another secret.
    let keys = land.phone(3);
    let right = land.request(&keys, ReportKind::Confirmed);
    let mut longer = right.clone();
    longer.keys[0].period -= 1;
    let mut fewer = right.clone();
    fewer.keys.pop();
    let mut other = right.clone();
    other.hmac_key = Zeroizing::new(vec![1; 16]);
    for wrong in [longer, fewer, other] {
        assert_eq!(reason(land.take(wrong)), Not::Certificate);
    }
    assert_eq!(land.take(right).unwrap().inserted, 3, "the certificate was not used up by the attempts");
}

#[test]
fn a_certificate_that_is_over_or_says_what_is_not_accepted_here_is_refused() {
    let mut land = Land::new();
    let keys = land.phone(3);
    let request = land.request(&keys, ReportKind::Confirmed);
    land.house.clock.pass(Span::new().minutes(17));
    assert_eq!(reason(land.take(request)), Not::Certificate);
    land.taking.accepts = vec![ReportKind::Confirmed];
    for report in [ReportKind::Likely, ReportKind::Negative, ReportKind::UserReport] {
        assert_eq!(reason(land.take(land.request(&keys, report))), Not::Certificate);
    }
}

#[test]
fn the_certificate_of_a_negative_test_publishes_nothing() {
    let land = Land::new();
    let request = land.request(&land.phone(14), ReportKind::Negative);
    assert_eq!(reason(land.take(request)), Not::ReportTypeTransition);
    land.pass(5);
    land.export();
    assert_eq!(land.standing(), []);
}

#[test]
fn a_known_key_is_revised_by_whoever_has_its_token_and_by_nobody_else() {
    let land = Land::new();
    let keys = land.phone(4);
    let token = land.take(land.request(&keys, ReportKind::Likely)).unwrap().revision_token;
    land.pass(5);
    land.export();

    let again = |report, token: &[u8]| {
        let request = Request { revision_token: token.to_vec(), ..land.request(&keys, report) };
        land.take(request)
    };
    assert_eq!(reason(again(ReportKind::Negative, &[])), Not::MissingRevisionToken);
    assert_eq!(reason(again(ReportKind::Negative, b"no token")), Not::MissingRevisionToken);
    let foreign = land.upload(&land.phone(4)).revision_token;
    assert_eq!(reason(again(ReportKind::Negative, &foreign)), Not::InvalidRevisionToken);
    assert_eq!(reason(again(ReportKind::UserReport, &token)), Not::ReportTypeTransition);
    assert_eq!(again(ReportKind::Likely, &token).unwrap().inserted, 0, "the same again changes nothing");

    assert_eq!(again(ReportKind::Negative, &token).unwrap().inserted, 4);
    assert_eq!(reason(again(ReportKind::Confirmed, &token)), Not::AlreadyRevised);
    land.pass(5);
    land.export();
    let last = land.read(Root::Dk).pop().unwrap();
    // Three were published and are taken back; the key of that day never was and never is.
    let revoked: Vec<_> = last.revised_keys.iter().map(|key| key.report_type).collect();
    assert_eq!(revoked, [Some(ReportType::Revoked); 3]);
    land.pass(30);
    land.export();
    let all: Vec<_> = land.read(Root::Dk).into_iter().flat_map(|export| export.keys).collect();
    assert!(!bytes(&all).contains(keys[0].key.reveal()));
}

#[test]
fn a_made_up_key_is_nobodys_to_revise() {
    let land = Land::new();
    land.upload(&land.phone(2));
    land.pass(5);
    land.export();
    let published = land.read(Root::Dk).remove(0).keys;
    let taken = land.take(land.request(&published[..1], ReportKind::Negative));
    assert_eq!(reason(taken), Not::MissingRevisionToken, "as for a real one");
}

// proves rule SS-23, rule SS-36, rule SS-39
#[test]
fn other_countries_are_given_what_phones_here_can_fetch_with_its_countries() {
    let land = Land::new();
    let keys = land.phone(5);
    let countries = ["DE".to_owned(), "SE".to_owned()];
    let request = Request { countries: countries.to_vec(), ..land.request(&keys, ReportKind::Confirmed) };
    land.take(request).unwrap();
    assert_eq!(land.given(), [], "not before its hours are published");
    land.pass(5);
    land.export();
    let home = land.read(Root::Dk).remove(0).keys;
    let given = land.given();
    assert!(given_bytes(&given) == bytes(&home), "{} of {} keys", given.len(), home.len());
    assert!(!bytes(&home).contains(keys[0].key.reveal()), "the key of today waits");
    for key in &given {
        assert_eq!((key.origin.as_str(), &key.visited_countries[..]), ("DK", &countries[..]));
        assert_eq!(key.report_type, ReportType::ConfirmedTest.number());
    }
    land.pass(20);
    land.export();
    assert!(given_bytes(&land.given()).contains(keys[0].key.reveal()));
}

/// Threats T17: other countries publish what we send. What is both in a file of theirs and in one of ours must not be
/// the real keys of somebody, and what is in the file of all and not in ours not those of somebody abroad.
// proves rule SS-07
#[test]
fn whoever_compares_files_of_several_countries_is_left_with_a_thousand_keys_and_never_with_somebodys() {
    let mut land = Land::new();
    let phones = [land.phone(14), land.phone(14)];
    for (phone, country) in phones.iter().zip(["DE", "SE"]) {
        let request =
            Request { countries: vec![country.to_owned()], ..land.request(phone, ReportKind::Confirmed) };
        land.take(request).unwrap();
    }
    let came = land.now();
    let theirs: Vec<_> = land.phone(14).into_iter().skip(1).collect();
    land.foreign = theirs.iter().map(|key| from("IS", key.clone(), came)).collect();
    land.pass(5);
    land.export();
    let (home, all) = (bytes(&land.read(Root::Dk)[0].keys), bytes(&land.read(Root::All)[0].keys));
    let given = land.given();

    let both = &home & &given_bytes(&given);
    assert!((1_000..=1_100).contains(&both.len()), "{} in both", both.len());
    let abroad = &all - &home;
    assert!((1_000..=1_100).contains(&abroad.len()), "{} left", abroad.len());
    assert!(bytes(&theirs).is_subset(&abroad));
    // Also a country that looks only at those who were there finds nobody by her own.
    for country in ["DE", "SE"] {
        let there = given.iter().filter(|key| key.visited_countries == [country]).count();
        assert!(there > 400, "{there} for {country}");
    }
}

// proves rule SS-43, rule SS-45
#[test]
fn after_fourteen_days_neither_a_key_nor_a_file_is_left() {
    let land = Land::new();
    land.upload(&land.phone(14));
    land.pass(5);
    land.export();
    assert_eq!(land.standing().len(), 2);
    land.pass(13 * 24);
    assert_eq!(land.standing().len(), 2, "not a day before");
    land.pass(30);
    assert_eq!(land.standing(), []);
    land.export();
    assert!(land.folder.0.lock().unwrap().is_empty(), "nor are the bytes, also where nobody starts anew");
    let report = land.house.register.sweep().unwrap();
    assert_eq!(report.braked, 0);
    assert_eq!(land.rebuild(), 0);
    assert_eq!(land.given(), []);
}

#[test]
fn a_new_signing_key_takes_over_on_its_day_and_the_old_files_stay_believed() {
    let mut land = Land::new();
    let (old, old_trusted) = signer("v1");
    let (new, new_trusted) = signer("v2");
    let turn = land.now() + jiff::SignedDuration::from_hours(24);
    land.signers = Signers::new(vec![(Timestamp::UNIX_EPOCH, old), (turn, new)]);
    land.trusted = vec![old_trusted.clone(), new_trusted];
    for hours in [5, 25] {
        land.upload(&land.phone(3)[1..]);
        land.pass(hours);
        land.export();
    }
    let versions: Vec<_> =
        land.read(Root::Dk).iter().map(|export| export.signature_infos[0].key_version.clone()).collect();
    assert_eq!(versions, ["v1", "v2"]);
    // A phone that knows the old key alone does not believe the new file.
    let file = land.standing().into_iter().rfind(|file| file.root == Root::Dk).unwrap();
    let bytes = land.folder.get(Root::Dk, &file.name).unwrap();
    assert!(verify(vec![Published::read(&bytes).unwrap()], &[old_trusted]).is_err());
}

#[test]
fn many_keys_come_in_several_files_that_hold_each_key_once() {
    let mut land = Land::new();
    land.settings.keys_at_most = 400;
    land.settings.padding = Padding::DEFAULT;
    land.upload(&land.phone(14));
    land.pass(5);
    land.export();
    let exports = land.read(Root::Dk);
    assert_eq!(exports.len(), 3);
    let all: Vec<_> = exports.into_iter().flat_map(|export| export.keys).collect();
    assert_eq!(all.len(), bytes(&all).len());
    let again = {
        land.folder.0.lock().unwrap().clear();
        land.rebuild()
    };
    assert_eq!(again, 6);
}

// proves rule SS-45
#[test]
fn when_the_app_is_no_longer_needed_keys_and_files_go_and_nothing_comes_any_more() {
    let land = Land::new();
    land.upload(&land.phone(14));
    land.pass(5);
    land.export();
    let request = close::Request {
        first: "Anna".to_owned(),
        second: "Bent".to_owned(),
        reason: "The epidemic is over.".to_owned(),
    };
    land.act("app-evaluation", |at| close::run(at, request)).unwrap();
    assert_eq!(land.standing(), []);
    assert_eq!(land.given(), []);
    let request = land.request(&land.phone(3), ReportKind::Confirmed);
    assert_eq!(reason(land.take(request)), Not::Closed);
    land.pass(5);
    land.export();
    let left = land.act("app-evaluation", what_goes::run).unwrap();
    assert_eq!(left.iter().map(|one| one.records).sum::<u64>(), 0, "no window is written down any more");
}
