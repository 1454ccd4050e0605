//! Long lists as values: the same records, one line, and nothing that a list of records would not show.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use jiff::Span;
use notice::{Fact, Grant, Reading, Target, Writing};
use register::identifier::OwnId;
use register::{Change, Denied, Holder, Identifier, Links, Query, Unavailable};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::json;
use support::*;

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Key {
    own_ids: Number,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
struct Number {
    key: u32,
}

fn put(town: &Town, numbers: std::ops::Range<u32>, other: Option<&str>) {
    let call = town.system();
    let grant: Grant<Writing> = town.register().ask(&call, ask("sst.receive-keys", Target::Query)).unwrap();
    let keys = numbers.map(|number| {
        let id = OwnId::parse("sst", &format!("key-{number}")).unwrap();
        let person = town.register().person(&Identifier::Own(id));
        let content = other.map_or_else(|| json!({ "key": number }), |text| json!({ "key": text }));
        let mut key = draft("sst.backend-keys", "app-user", person, json!({ "own-ids": content }));
        key.events.push(("gateway.upload".to_owned(), town.now()));
        (person, vec![Change::Create(Box::new(key))])
    });
    town.register().import(&call, grant, keys.collect()).unwrap();
}

fn collected(town: &Town) -> Query {
    let hour = Span::new().hours(1);
    let (from, until) = (town.now() - Span::new().hours(24 * 20), town.now() + hour);
    Query::CollectedIn { register: "sst.backend-keys", from, until }
}

fn values(town: &Town) -> Result<Vec<u32>, Denied> {
    let call = town.system();
    let grant: Grant<Reading> = town.register().ask(&call, ask("sst.publish-keys", Target::Query)).unwrap();
    let found = town.register().read_values::<Key>(&call, &grant, collected(town))?;
    Ok(found.into_iter().map(|key| key.own_ids.key).collect())
}

/// Lines of the publisher, and how many of them lead to somebody.
fn lines(town: &Town) -> (u32, u32) {
    let store = Connection::open(town.at.config.database.join("register.db")).unwrap();
    let sql = "select count(*), count(subject) from line join word on word.id = line.use_name where text = 'sst.publish-keys'";
    store.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[test]
fn a_list_longer_than_a_part_comes_whole_in_its_order_and_leaves_one_line_that_leads_to_nobody() {
    let town = Town::new();
    put(&town, 0..17_000, None);
    let call = town.system();
    let grant: Grant<Reading> = town.register().ask(&call, ask("sst.publish-keys", Target::Query)).unwrap();
    let records = town.register().read_query(&call, grant, collected(&town)).unwrap();
    let number = |record: &register::Record| record.content.reveal()["own-ids"]["key"].as_u64().unwrap();
    let as_records: Vec<u64> = records.iter().map(number).collect();
    let as_values: Vec<u64> = values(&town).unwrap().into_iter().map(u64::from).collect();
    assert_eq!(as_values, as_records);
    assert_eq!((as_values.len(), lines(&town)), (17_000, (2, 0)));
}

#[test]
fn what_is_past_its_day_is_not_among_the_values_before_it_is_swept() {
    let town = Town::new();
    put(&town, 0..3, None);
    town.at.clock.pass(Span::new().hours(24 * 14 - 1));
    assert_eq!(values(&town).unwrap().len(), 3);
    town.at.clock.pass(Span::new().hours(1));
    assert_eq!(values(&town).unwrap(), [0_u32; 0]);
}

#[test]
fn a_record_that_was_changed_behind_our_back_is_an_alarm_and_no_value() {
    let town = Town::new();
    put(&town, 0..3, None);
    assert_eq!(values(&town).unwrap().len(), 3);
    let store = Connection::open(town.at.config.database.join("register.db")).unwrap();
    let moved =
        "update record set changed_at = changed_at + 1 where number = (select max(number) from record)";
    assert_eq!(store.execute(moved, []).unwrap(), 1);
    assert!(matches!(values(&town), Err(Denied::Unavailable(Unavailable::Tampered))));
}

#[test]
fn a_record_that_is_not_of_the_type_is_left_out_and_the_others_come() {
    let town = Town::new();
    put(&town, 0..3, None);
    put(&town, 7..8, Some("no number"));
    let mut found = values(&town).unwrap();
    found.sort_unstable();
    assert_eq!(found, [0, 1, 2]);
}

#[test]
fn people_who_can_be_found_are_never_read_as_values() {
    let town = Town::new();
    let call = town.as_doctor();
    let grant: Grant<Reading> =
        town.register().ask(&call, ask("nsp.my-patients-today", Target::Query)).unwrap();
    let links = Query::LinksHeldBy {
        fact: Fact::Treats,
        holder: Holder::Organisation(town.clinic),
        at: call.now,
        links: Links::All,
    };
    let by_day =
        Query::CollectedIn { register: "nsp.basic", from: call.now - Span::new().hours(1), until: call.now };
    for query in [links, by_day] {
        let found = town.register().read_values::<serde_json::Value>(&call, &grant, query);
        assert!(matches!(found, Err(Denied::Unavailable(Unavailable::Undeclared(_)))), "{query:?}");
    }
}
