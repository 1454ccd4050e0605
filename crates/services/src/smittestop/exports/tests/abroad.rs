//! What goes to other countries and what comes from them, and what whoever compares their files with ours is left with.

use super::*;

fn given_bytes(keys: &[FederatedKey]) -> BTreeSet<[u8; 16]> {
    keys.iter().map(|key| key.key_data[..].try_into().unwrap()).collect()
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
