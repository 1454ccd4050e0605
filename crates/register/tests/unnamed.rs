//! People whom nobody can name: what is done with their records leaves one line, and the line leads to nobody.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use jiff::Span;
use notice::id::Person;
use notice::{Grant, Id, Reading, Target, Writing};
use register::identifier::OwnId;
use register::{Change, Identifier, Query};
use rusqlite::Connection;
use serde_json::json;
use support::*;

fn nobody(town: &Town, number: u8) -> Id<Person> {
    let id = OwnId::parse("sst", &format!("{number:02x}").repeat(16)).unwrap();
    town.register().person(&Identifier::Own(id))
}

fn key(town: &Town, person: Id<Person>, number: u8) -> Change {
    let mut key = draft("sst.backend-keys", "app-user", person, json!({ "own-ids": { "key": number } }));
    key.events.push(("gateway.upload".to_owned(), town.now()));
    Change::Create(Box::new(key))
}

fn upload(town: &Town) {
    let call = town.system();
    let grant: Grant<Writing> = town.register().ask(&call, ask("sst.receive-keys", Target::Query)).unwrap();
    let keys = (1..=14).map(|number| {
        let person = nobody(town, number);
        (person, vec![key(town, person, number)])
    });
    assert_eq!(town.register().import(&call, grant, keys.collect()).unwrap(), 14);
}

/// Number of lines of a use, and how many of them lead to somebody.
fn lines(town: &Town, use_name: &str) -> (u32, u32) {
    let store = Connection::open(town.at.config.database.join("register.db")).unwrap();
    let sql =
        "select count(*), count(subject) from line join word on word.id = line.use_name where text = ?1";
    store.query_row(sql, [use_name], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
}

#[test]
fn a_feed_of_people_whom_nobody_can_name_leaves_one_line_that_leads_to_nobody() {
    let town = Town::new();
    upload(&town);
    assert_eq!(lines(&town, "sst.receive-keys"), (1, 0));
    assert_eq!(lines(&town, "nsp.import-person").1, 3, "a feed of people with names leaves one with each");
}

#[test]
fn a_list_of_people_whom_nobody_can_name_leaves_one_line_with_the_count() {
    let town = Town::new();
    upload(&town);
    let call = town.system();
    let grant: Grant<Reading> = town.register().ask(&call, ask("sst.publish-keys", Target::Query)).unwrap();
    let hour = Span::new().hours(1);
    let query =
        Query::CollectedIn { register: "sst.backend-keys", from: call.now - hour, until: call.now + hour };
    assert_eq!(town.register().read_query(&call, grant, query).unwrap().len(), 14);
    assert_eq!(lines(&town, "sst.publish-keys"), (1, 0));
}

#[test]
fn a_look_and_a_refusal_lead_to_nobody_either() {
    let town = Town::new();
    upload(&town);
    let person = nobody(&town, 3);
    let found = town.read(&town.system(), "sst.publish-keys", person).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(lines(&town, "sst.publish-keys"), (1, 0));
    assert!(town.read(&town.as_doctor(), "sst.publish-keys", person).is_err());
    assert_eq!(lines(&town, "sst.publish-keys"), (2, 0));
}
