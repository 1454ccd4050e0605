//! Lines of the log: how long they are kept, who may keep one longer, and in which order they are read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use std::collections::BTreeSet;
use std::path::Path;

use jiff::{Timestamp, ToSpan};
use notice::{Target, Writing};
use register::{Call, Change, ChangeError, Denied, Line, Outcome, Personal, Unavailable};
use rusqlite::Connection;
use support::*;

const KEEP: &str = "nsp.keep-log-longer";
const WHY: &str = "CANARY-51c2: nobody can say why this card was opened";

fn reviewer(town: &Town) -> Call {
    let mut call = town.at.call("reviewer", Some(town.bruno), None);
    call.caller.authenticated_at = Some(call.now);
    call
}

fn keep(town: &Town, line: u64, reason: &str) -> Result<(), ChangeError<()>> {
    keep_as(town, &reviewer(town), KEEP, line, reason)
}

fn keep_as(
    town: &Town,
    call: &Call,
    use_name: &'static str,
    line: u64,
    reason: &str,
) -> Result<(), ChangeError<()>> {
    let flag = "special-case".to_owned();
    let change = Change::FlagLine { line, flag, reason: Personal::new(reason.to_owned()) };
    town.write(call, use_name, town.nancy, vec![change])
}

fn unfit(answer: Result<(), ChangeError<()>>) -> bool {
    matches!(answer, Err(ChangeError::Unfit { .. }))
}

/// The latest look of the doctor at Nancy's card.
fn look(town: &Town) -> Line {
    town.card(town.nancy).unwrap();
    find(town, "fmk.read-card").unwrap()
}

fn find(town: &Town, use_name: &str) -> Option<Line> {
    town.lines(town.nancy).into_iter().find(|line| town.at.policy.use_name(line.use_id) == use_name)
}

/// Time passes as in a running house.
fn live_until(town: &Town, until: &str) {
    let until: Timestamp = until.parse().unwrap();
    while town.now() < until {
        town.at.clock.pass_until((town.now() + (24 * 20).hours()).min(until));
        assert_eq!(town.register().sweep().unwrap().stopped, None);
    }
}

fn database(town: &Town) -> Connection {
    Connection::open(town.at.config.database.join("register.db")).unwrap()
}

/// Every key by its name.
fn keys(town: &Town) -> BTreeSet<(Vec<u8>, Vec<u8>)> {
    let store = Connection::open(town.at.config.keys.join("keys.db")).unwrap();
    let mut statement = store.prepare("select name, wrapped from key").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn is_in_a_file(folder: &Path, bytes: &[u8]) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| match entry.path() {
        path if path.is_dir() => is_in_a_file(&path, bytes),
        path => std::fs::read(path).unwrap().windows(bytes.len()).any(|window| window == bytes),
    })
}

#[test]
fn rule_n_18_a_line_goes_after_two_years() {
    let town = Town::new();
    assert_eq!(look(&town).due_at, Some("2028-11-21T09:00:00Z".parse().unwrap()));
    live_until(&town, "2028-11-21T08:59:59Z");
    assert!(find(&town, "fmk.read-card").is_some());
    town.at.clock.pass(1.second());
    assert!(find(&town, "fmk.read-card").is_none(), "not readable on its day, swept or not");
}

#[test]
fn rule_n_18_a_line_under_inquiry_goes_after_five_years_and_the_key_of_its_day_with_it() {
    let town = Town::new();
    let line = look(&town);
    let day = keys(&town);
    town.at.clock.pass((24 * 30).hours());
    keep(&town, line.number, WHY).unwrap();
    let kept = find(&town, "fmk.read-card").unwrap();
    assert_eq!(kept.due_at, Some("2031-11-21T09:00:00Z".parse().unwrap()));
    let decision = kept.kept.unwrap();
    assert_eq!((decision.flag.as_str(), decision.role.as_str()), ("special-case", "reviewer"));
    assert_eq!((decision.at, decision.reason.unwrap().reveal().as_str()), (town.now(), WHY));
    let act = find(&town, KEEP).unwrap();
    assert_eq!((act.outcome, act.trace.reveal().reason.as_deref()), (Outcome::Granted, Some(WHY)));

    live_until(&town, "2028-11-22T09:00:00Z");
    let about_that_day: Vec<_> = town.lines(town.nancy).into_iter().filter(|it| it.at == line.at).collect();
    assert_eq!(about_that_day.len(), 1, "the others of that day have gone");
    assert!(day.is_subset(&keys(&town)), "the key of the day stays while one line of it stands");
    live_until(&town, "2031-11-21T08:59:59Z");
    assert_eq!(find(&town, "fmk.read-card").unwrap().number, line.number);
    let sealed: Vec<Vec<u8>> = {
        let db = database(&town);
        let mut statement = db
            .prepare("select sealed from line where number = ?1 union all select sealed from line_kept")
            .unwrap();
        statement.query_map([line.number as i64], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    assert_eq!(sealed.len(), 2);
    assert!(sealed.iter().all(|bytes| is_in_a_file(town.at.folder(), &bytes[..32])));

    town.at.clock.pass(1.second());
    assert!(find(&town, "fmk.read-card").is_none());
    town.register().sweep().unwrap();
    town.register().sweep().unwrap();
    let now = keys(&town);
    let gone: Vec<_> = day.difference(&now).collect();
    assert_eq!(gone.len(), 1, "the key of the day, and none of a record");
    for bytes in sealed.iter().chain([&gone[0].1]) {
        assert!(!is_in_a_file(town.at.folder(), &bytes[..32]));
    }
    assert!(!is_in_a_file(town.at.folder(), b"CANARY-51c2"));
}

#[test]
fn rule_n_18_a_flag_after_the_two_years_is_too_late() {
    let town = Town::new();
    let (first, second) = (look(&town).number, look(&town).number);
    assert_ne!(first, second);
    live_until(&town, "2028-11-21T08:59:59Z");
    keep(&town, first, WHY).unwrap();
    town.at.clock.pass(1.second());
    assert!(unfit(keep(&town, second, WHY)), "it is still in its file and gone for everybody");
    town.register().sweep().unwrap();
    assert!(unfit(keep(&town, second, WHY)));
    assert_eq!(find(&town, "fmk.read-card").unwrap().number, first);
}

#[test]
fn rule_n_18_only_a_reviewer_who_has_just_logged_in_keeps_a_line_of_that_person_with_a_reason() {
    let town = Town::new();
    let line = look(&town).number;
    let mut stale = reviewer(&town);
    stale.caller.authenticated_at = Some(stale.now - 1.hour());
    for call in [stale, town.as_doctor(), town.as_citizen(town.nancy)] {
        let answer = keep_as(&town, &call, KEEP, line, WHY);
        assert!(matches!(answer, Err(ChangeError::Denied(Denied::Refused(_)))), "{answer:?}");
    }
    assert!(unfit(keep(&town, line, "  ")), "a reason");
    let elsewhere = "nsp.review-emergency-access";
    assert!(unfit(keep_as(&town, &reviewer(&town), elsewhere, line, WHY)), "under its own use");
    let another = town.lines(town.bruno)[0].number;
    for number in [another, 0, 999_999, u64::MAX] {
        assert!(unfit(keep(&town, number, WHY)), "{number}");
    }
    assert!(find(&town, "fmk.read-card").unwrap().kept.is_none());
    keep(&town, line, WHY).unwrap();
    town.at.clock.pass(1.hour());
    keep(&town, line, "another reason").unwrap();
    let kept = find(&town, "fmk.read-card").unwrap().kept.unwrap();
    assert_eq!(kept.reason.unwrap().reveal(), WHY, "the first decision stands");
    let Town { at, nancy, bruno, doctor, clinic } = town;
    let town = Town { at: at.reopen(3).unwrap(), nancy, bruno, doctor, clinic };
    assert!(find(&town, "fmk.read-card").unwrap().kept.is_some(), "after a restart too");
}

#[test]
fn a_decision_that_was_changed_moved_or_taken_away_is_seen() {
    let town = Town::new();
    let line = look(&town).number;
    keep(&town, line, WHY).unwrap();
    let tampered = || {
        let call = town.as_citizen(town.nancy);
        let ask = ask("nsp.read-own-log", Target::Person(town.nancy));
        let grant = town.register().ask(&call, ask).unwrap();
        let lines = town.register().lines_about(&call, grant, None, 100);
        matches!(lines, Err(Denied::Unavailable(Unavailable::Tampered)))
    };
    assert!(!tampered());
    let db = database(&town);
    for change in [
        "update line_kept set sealed = zeroblob(80)",
        "update line_kept set first_due_at = first_due_at + 1",
        "update line set due_at = due_at + 1 where number in (select line from line_kept)",
        "delete from line_kept",
        "update line_kept set line = (select max(number) from line)",
    ] {
        db.execute_batch("create table a as select * from line; create table b as select * from line_kept")
            .unwrap();
        db.execute_batch(change).unwrap();
        assert!(tampered(), "{change}");
        db.execute_batch(
            "delete from line; insert into line select * from a; drop table a;
             delete from line_kept; insert into line_kept select * from b; drop table b",
        )
        .unwrap();
        assert!(!tampered());
    }
}

#[test]
fn lines_come_newest_first_by_time_and_page_by_page_also_when_the_past_is_written_later() {
    let town = Town::new();
    for days_ago in [400, 3, 90, 3] {
        let mut call = town.system();
        call.now = town.now() - (24 * days_ago).hours();
        let grant = town.register().ask::<Writing>(&call, ask("fmk.import", Target::Query)).unwrap();
        let order = Change::Create(Box::new(town.order(town.nancy, "Panodil")));
        town.register().import(&call, grant, vec![(town.nancy, vec![order])]).unwrap();
    }
    town.card(town.nancy).unwrap();
    let all = town.lines(town.nancy);
    let order: Vec<_> = all.iter().map(|line| (line.at, line.number)).collect();
    assert!(order.is_sorted_by(|a, b| a > b), "{order:?}");
    assert_eq!(all[0].at, town.now());
    assert_eq!(all.last().unwrap().at, town.now() - (24 * 400).hours());

    let call = town.as_citizen(town.nancy);
    let page = |before: Option<u64>, limit: usize| {
        let ask = ask("nsp.read-own-log", Target::Person(town.nancy));
        let grant = town.register().ask(&call, ask).unwrap();
        town.register().lines_about(&call, grant, before, limit).unwrap()
    };
    let mut turned = Vec::new();
    let mut before = Some(all[0].number);
    while let Some(line) = page(before, 1).pop() {
        before = Some(line.number);
        turned.push(line.number);
    }
    assert_eq!(turned, all[1..].iter().map(|line| line.number).collect::<Vec<_>>());
    assert!(page(Some(0), 10).is_empty());

    let doctor = town.as_doctor();
    let mine = |before: Option<u64>| {
        let ask = ask("nsp.read-looks-in-my-name", Target::Person(town.doctor));
        let grant = town.register().ask(&doctor, ask).unwrap();
        town.register().lines_by(&doctor, grant, before, 10).unwrap()
    };
    let looks = mine(None);
    assert!(!looks.is_empty() && mine(Some(looks.last().unwrap().number)).is_empty());
}
