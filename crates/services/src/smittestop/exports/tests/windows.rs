//! Which files are made of what came: padded, sorted, signed, window by window, the same again, and gone in time.

use super::*;

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
