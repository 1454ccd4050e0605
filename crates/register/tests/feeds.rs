//! Feeds, lists, numbers that change, and notices that change.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use notice::{Fact, Grant, Id, Reading, Target, Writing};
use register::identifier::Cpr;
use register::testing::{TestRegister, cpr};
use register::{Change, ChangeError, Corpus, Holder, Identifier, Personal, Query, Register};
use serde_json::json;
use support::*;

#[test]
fn a_feed_writes_everyone_with_a_line_each() {
    let town = Town::new();
    let people: Vec<_> = (1..=1_500_u128).map(|number| Id::from_bits(number << 64 | number)).collect();
    let feed = people.iter().map(|person| {
        let order = |number: u8| Change::Create(Box::new(town.order(*person, &format!("drug {number}"))));
        (*person, vec![order(1), order(2)])
    });
    let call = town.system();
    let grant: Grant<Writing> = town.register().ask(&call, ask("fmk.import", Target::Query)).unwrap();
    assert_eq!(town.register().import(&call, grant, feed.collect()).unwrap(), 3_000);
    for person in [people[0], people[777], people[1_499]] {
        let own = town.read(&town.as_citizen(person), "fmk.read-own-card", person).unwrap();
        assert_eq!(own.len(), 2);
        let uses: Vec<_> =
            town.lines(person).iter().map(|line| town.at.policy.use_name(line.use_id).to_owned()).collect();
        assert_eq!(uses, ["fmk.read-own-card", "fmk.import"]);
    }
}

#[test]
fn a_feed_with_a_field_that_is_not_declared_is_refused_without_its_value() {
    let town = Town::new();
    let call = town.system();
    let grant: Grant<Writing> = town.register().ask(&call, ask("fmk.import", Target::Query)).unwrap();
    let mut order = town.order(town.nancy, "Panodil");
    order.content = content(json!({ "drug-name": "x", "secret-of-nancy": "y" }));
    let refused =
        town.register().import(&call, grant, vec![(town.nancy, vec![Change::Create(Box::new(order))])]);
    let Err(ChangeError::Unfit { register, problem }) = refused else { panic!("{refused:?}") };
    assert_eq!(register, "fmk.order");
    assert!(!problem.contains("nancy"));
    assert_eq!(town.card(town.nancy).unwrap().len(), 0);
}

#[test]
fn t13_the_person_comes_from_the_grant_and_not_from_the_change() {
    let town = Town::new();
    let order = town.order(town.bruno, "Panodil");
    let written =
        town.write(&town.as_doctor(), "fmk.prescribe", town.nancy, vec![Change::Create(Box::new(order))]);
    assert!(matches!(written, Err(ChangeError::Unfit { .. })));
    let id = {
        town.treat(town.bruno, Holder::Organisation(town.clinic));
        town.prescribe(town.bruno, "Ipren").unwrap()
    };
    let steal = Change::Correct { record: id, version: 1, content: content(json!({})), note: None };
    let written = town.write(&town.as_doctor(), "fmk.change-order", town.nancy, vec![steal]);
    assert!(matches!(written, Err(ChangeError::Unfit { .. })), "another person's record");
    let grant: Grant<Reading> = town
        .register()
        .ask(&town.as_doctor(), ask("fmk.read-card", Target::Record { person: town.nancy, record: id }))
        .unwrap();
    assert_eq!(
        town.register().read(&town.as_doctor(), grant).unwrap().len(),
        0,
        "nor is it read through Nancy"
    );
}

#[test]
fn patients_of_today_are_those_whose_relation_holds_and_who_have_not_blocked() {
    let town = Town::new();
    town.treat(town.bruno, Holder::Organisation(town.clinic));
    let call = town.as_doctor();
    let list = |town: &Town| {
        let grant: Grant<Reading> =
            town.register().ask(&call, ask("nsp.my-patients-today", Target::Query)).unwrap();
        let query = Query::LinksHeldBy {
            fact: Fact::Treats,
            holder: Holder::Organisation(town.clinic),
            at: call.now,
            links: register::Links::All,
        };
        let found = town.register().read_query(&call, grant, query).unwrap();
        let of = |register: &str| {
            let id = town.at.policy.register_id(register);
            let found = found.iter().filter(|record| Some(record.register) == id);
            found.map(|record| record.subjects[0].1).collect::<Vec<_>>()
        };
        let mut named = of("nsp.basic");
        let listed = of("nsp.treatment-relation");
        named.sort_by_key(|person| listed.iter().position(|listed| listed == person));
        assert_eq!(named, listed, "basic data comes along with the link");
        listed
    };
    assert_eq!(list(&town), [town.nancy, town.bruno]);
    town.block(town.bruno, Holder::Person(town.doctor)).unwrap();
    assert_eq!(list(&town), [town.nancy]);
    let uses = |person| {
        town.lines(person)
            .iter()
            .filter(|line| town.at.policy.use_name(line.use_id) == "nsp.my-patients-today")
            .count()
    };
    assert_eq!((uses(town.nancy), uses(town.bruno)), (2, 1), "a line for each person shown");
    let other = town.at.call("doctor", Some(town.register().person(&cpr(OTHER_DOCTOR))), Some(town.clinic));
    assert!(town.register().ask::<Reading>(&other, ask("nsp.my-patients-today", Target::Query)).is_err());
}

#[test]
fn a_list_of_passing_links_leaves_out_those_that_stay_open() {
    let town = Town::new();
    town.at.clock.pass(jiff::Span::new().days(2));
    let call = town.as_doctor();
    let list = |since| {
        let grant: Grant<Reading> =
            town.register().ask(&call, ask("nsp.my-patients-today", Target::Query)).unwrap();
        let (fact, holder) = (Fact::Treats, Holder::Organisation(town.clinic));
        let query =
            Query::LinksHeldBy { fact, holder, at: call.now, links: register::Links::Passing { since } };
        let found = town.register().read_query(&call, grant, query).unwrap();
        found.iter().filter(|record| record.subjects[0].1 == town.nancy).count()
    };
    assert_eq!(list(call.now), 0, "the own practice is no patient of today");
    let mut visit = draft("nsp.treatment-relation", "patient", town.nancy, json!({ "kind": "A" }));
    let ended = call.now + jiff::SignedDuration::from_hours(9);
    visit.link = Some(link(
        Holder::Organisation(town.clinic),
        call.now - jiff::SignedDuration::from_hours(72),
        Some(ended),
    ));
    let create = Change::Create(Box::new(visit));
    town.write(&town.system(), "nsp.register-treatment-relation", town.nancy, vec![create]).unwrap();
    assert_eq!(list(call.now), 2, "the stay, and the name of who stays");
    assert_eq!(
        list(call.now - jiff::SignedDuration::from_hours(49)),
        3,
        "and the practice chosen since then"
    );
}

#[test]
fn emergency_accesses_are_found_for_their_review() {
    let town = Town::new();
    let mut emergency =
        draft("nsp.emergency-access", "patient", town.nancy, json!({ "reason": "unconscious" }));
    emergency.link = Some(link(Holder::Person(town.doctor), town.now(), None));
    town.write(
        &town.as_doctor(),
        "nsp.take-emergency-access",
        town.nancy,
        vec![Change::Create(Box::new(emergency))],
    )
    .unwrap();
    let call = town.at.call("reviewer", None, None);
    let grant = town.register().ask(&call, ask("nsp.review-emergency-access", Target::Query)).unwrap();
    let query = Query::CollectedIn {
        register: "nsp.emergency-access",
        from: town.now() - 1.hours(),
        until: town.now() + 1.hours(),
    };
    assert_eq!(town.register().read_query(&call, grant, query).unwrap().len(), 1);
}

#[test]
fn a_number_changes_and_both_lead_to_the_person_until_a_link_ends() {
    let town = Town::new();
    let register = town.register();
    let new = cpr("0201609996");
    assert_ne!(register.person(&new), town.bruno);
    let change = |change| town.write(&town.system(), "nsp.import-person", town.bruno, vec![change]);
    change(Change::Identify { person: town.bruno, identifier: new.clone(), from: town.now() }).unwrap();
    assert_eq!((register.person(&new), register.person(&cpr(BRUNO))), (town.bruno, town.bruno));
    let taken = town.write(
        &town.system(),
        "nsp.import-person",
        town.nancy,
        vec![Change::Identify { person: town.nancy, identifier: new.clone(), from: town.now() }],
    );
    assert!(matches!(taken, Err(ChangeError::Unfit { .. })), "two people are never made one by a number");
    change(Change::EndIdentifier { person: town.bruno, identifier: new.clone(), at: town.now() }).unwrap();
    assert_ne!(register.person(&new), town.bruno);
    let login =
        |issuer: &str| Identifier::Login { issuer: issuer.into(), subject: Personal::new("s".into()) };
    assert_ne!(register.person(&login("https://a")), register.person(&login("https://b")));
    assert_eq!(Cpr::parse(BRUNO).unwrap().birth_date().year(), 1960);
}

/// The notices of the house with one rule changed.
fn corpus_with(from: &str, to: &str) -> (Arc<notice::Policy>, Corpus) {
    let (_, mut corpus) = register::testing::house_corpus();
    let mut changed = 0;
    for (_, text) in &mut corpus.files {
        changed += text.matches(from).count();
        *text = text.replace(from, to);
    }
    assert!(changed > 0);
    let files: Vec<_> = corpus
        .files
        .iter()
        .map(|(path, text)| notice::SourceFile { path: path.clone(), text: text.clone() })
        .collect();
    (Arc::new(notice::compile(&files, jiff::civil::date(2026, 11, 21)).policy.unwrap()), corpus)
}

#[test]
fn of_the_notice_of_then_and_the_notice_of_now_the_stricter_wins() {
    let rule = "erase at dispensing.recorded + P2Y";
    let due = |first: (Arc<notice::Policy>, Corpus), second: (Arc<notice::Policy>, Corpus)| -> Timestamp {
        let town = Town::around(TestRegister::on(first, "2026-11-21T09:00:00Z"));
        let mut new = draft("fmk.dispensing", "patient", town.nancy, json!({}));
        new.events.push(("dispensing.recorded".to_owned(), town.now()));
        let id = Id::from_bits(9);
        new.id = Some(id);
        town.write(&town.system(), "fmk.import", town.nancy, vec![Change::Create(Box::new(new))]).unwrap();
        let Town { at, nancy, .. } = town;
        let version = at.policy.version;
        let at = at.reopen_with(second, 5).unwrap();
        let call = at.call("citizen", Some(nancy), None);
        let grant =
            at.register.ask(&call, ask("fmk.read-own-plan-of-erasure", Target::Person(nancy))).unwrap();
        let clocks = at.register.read_clocks(&call, grant).unwrap();
        let found = clocks.iter().find(|it| it.record.id == id).unwrap();
        assert_eq!(found.record.collected_under, version);
        at.register.sweep().unwrap();
        let plan = at.register.plan(jiff::civil::date(2027, 1, 1), jiff::civil::date(2028, 1, 1)).unwrap();
        let dispensing = at.policy.register_id("fmk.dispensing").unwrap();
        let due = found.stages[0].status.date().unwrap();
        let planned = plan.values().filter_map(|registers| registers.get(&dispensing)).sum::<u64>();
        assert_eq!(
            planned > 0,
            due < "2028-01-01T00:00:00Z".parse().unwrap(),
            "the dates on file follow the notice"
        );
        found.stages[0].status.date().unwrap()
    };
    let house = register::testing::house_corpus;
    let shorter = || corpus_with(rule, "erase at dispensing.recorded + P1Y");
    assert_eq!(due(house(), shorter()), "2027-11-21T09:00:00Z".parse().unwrap());
    assert_eq!(due(shorter(), house()), "2027-11-21T09:00:00Z".parse().unwrap());
    assert_eq!(due(house(), house()), "2028-11-21T09:00:00Z".parse().unwrap());
}

#[test]
fn a_register_closes_and_opens_from_many_threads() {
    let town = Town::new();
    town.prescribe(town.nancy, "Panodil").unwrap();
    let clones: Vec<Register> = (0..4).map(|_| town.register().clone()).collect();
    std::thread::scope(|scope| {
        for register in clones {
            let town = &town;
            scope.spawn(move || {
                let call = town.as_doctor();
                let grant = register.ask(&call, ask("fmk.read-card", Target::Person(town.nancy))).unwrap();
                assert_eq!(register.read(&call, grant).unwrap().len(), 1);
            });
        }
    });
}
