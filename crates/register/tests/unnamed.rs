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

fn certificates(town: &Town, from: u16, until: u16) {
    let call = town.system();
    let grant: Grant<Writing> = town.register().ask(&call, ask("sst.receive-keys", Target::Query)).unwrap();
    let used = (from..until).map(|number| {
        let id = OwnId::parse("sst", &format!("certificate-{number}")).unwrap();
        let person = town.register().person(&Identifier::Own(id));
        let mut used = draft("sst.used-certificate", "app-user", person, json!({ "used": true }));
        used.events.push(("certificate.used".to_owned(), call.now));
        (person, vec![Change::Create(Box::new(used))])
    });
    town.register().import(&call, grant, used.collect()).unwrap();
}

fn standing(town: &Town, register: &str) -> u32 {
    let store = Connection::open(town.at.config.database.join("register.db")).unwrap();
    let sql = "select count(*) from record join word on word.id = record.register where text = ?1";
    store.query_row(sql, [register], |row| row.get(0)).unwrap()
}

#[test]
fn what_lives_a_day_at_most_goes_on_its_minute_however_much_it_is() {
    let town = Town::new();
    certificates(&town, 0, 700);
    town.at.clock.pass(Span::new().minutes(20));
    let report = town.register().sweep().unwrap();
    assert_eq!((report.braked, report.stopped), (0, None));
    assert_eq!(standing(&town, "sst.used-certificate"), 0);
    // Nor does it use up what other registers may lose today.
    upload(&town);
    town.at.clock.pass(Span::new().days(14));
    assert_eq!(town.register().sweep().unwrap().braked, 0);
    assert_eq!(standing(&town, "sst.backend-keys"), 0);
}

#[test]
fn a_rule_that_falls_on_several_registers_ends_what_stands_in_each() {
    let town = Town::new();
    upload(&town);
    let call = town.at.call("app-evaluation", None, None);
    for number in 1..=14 {
        let person = nobody(&town, number);
        let (_, record) = {
            let found = town.read(&town.system(), "sst.publish-keys", person).unwrap();
            (found.len(), found[0].id)
        };
        let raise = Change::Raise { record, event: "app.not-needed".to_owned(), at: call.now };
        town.write(&call, "sst.close-the-exchange", person, vec![raise]).unwrap();
    }
    assert_eq!(town.register().sweep().unwrap().braked, 0);
    assert_eq!(standing(&town, "sst.backend-keys"), 0);
}
