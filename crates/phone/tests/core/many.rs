//! Many phones in one program find what each would have found alone.

use exposure::ReportType;
use jiff::SignedDuration;
use phone::Warning;
use phone::exports::fetch;
use phone::many::Fetcher;

use crate::house::{at, fresh, meet_for_half_an_hour, new_phone, seeded, signer, zips};
use crate::servers::{Servers, country, name, page_in_between};

#[test]
fn what_was_fetched_for_many_warns_those_and_only_those_who_would_have_been_warned_alone() {
    let (signer, mut servers) = (signer(), Servers::default());
    let mut ill = new_phone();
    // One was near, one was near somebody else, one was near nobody; of each there are two: one of many, one alone.
    let mut phones: Vec<_> = (0..6).map(|_| new_phone()).collect();
    let mut other = new_phone();
    for (index, phone) in phones.iter_mut().enumerate() {
        match index % 3 {
            0 => meet_for_half_an_hour(&mut ill, phone, at("2026-11-20T12:00Z")),
            1 => meet_for_half_an_hour(&mut other, phone, at("2026-11-20T12:00Z")),
            _ => {}
        }
    }
    let released = ill.releases(at("2026-11-21T08:00Z"), &mut seeded(4)).unwrap();
    let typed = |report| released.iter().map(|key| (key.clone(), report, Some(0))).collect::<Vec<_>>();
    let (first, second) = (at("2026-11-21T11:00Z"), at("2026-11-22T11:00Z"));
    let mut fetcher = Fetcher::new(country(signer.trusted()));
    let steps = [
        (first, typed(ReportType::ConfirmedTest), Vec::new(), 1),
        // Taken back: who was warned no longer is.
        (second, Vec::new(), typed(ReportType::Revoked), 0),
    ];
    let mut listed = Vec::new();
    for (until, keys, revised, days) in steps {
        let now = until + SignedDuration::from_hours(1);
        servers.publishes(&name(until), zips(&keys, &revised, until, "DK", &signer).remove(0));
        listed.push(name(until));
        servers.lists(&listed);
        let bundle = fetcher.fetch(&mut servers, now).unwrap();
        assert_eq!((bundle.files(), bundle.keys(), bundle.refused.len()), (1, released.len(), 0));
        let mut found = Vec::new();
        for (index, phone) in phones.iter_mut().enumerate() {
            let warning = if index < 3 {
                phone.looks_at(&bundle, now, &mut fresh()).unwrap()
            } else {
                fetch(phone, &mut servers, &country(signer.trusted()), now, &mut fresh()).unwrap().warning
            };
            found.push((warning, phone.warning(now), phone.messages(now).len()));
        }
        assert_eq!(found[..3], found[3..]);
        assert_eq!(found[0].1, (days > 0).then_some(Warning { days, new_days: 0 }));
        assert_eq!((found[1], found[2]), ((None, None, 0), (None, None, 0)));
    }
    assert_eq!(
        fetcher.fetch(&mut servers, second).unwrap().files(),
        0,
        "an unchanged list is not read again"
    );
}

#[test]
fn a_page_in_between_is_believed_for_nobody() {
    let (signer, mut servers) = (signer(), Servers::default());
    servers.answers("/exports/dk/index.txt", page_in_between());
    assert!(Fetcher::new(country(signer.trusted())).fetch(&mut servers, at("2026-11-21T12:00Z")).is_err());
}
