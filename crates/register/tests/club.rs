//! A small register of anybody's: decisions that end, dates under other notices, pages of a list, one's own page.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod support;

use std::path::Path;
use std::sync::Arc;

use jiff::{Span, ToSpan};
use notice::id::{Person, Record as RecordKind};
use notice::{Grant, Id, Policy, Reading, SourceFile, Target, Writing};
use register::testing::TestRegister;
use register::{Call, Change, Corpus, Held, Hold, HoldKind, Query, Record, Slice};
use rusqlite::Connection;
use serde_json::json;
use support::*;

const PERIOD: &str = "erase at member.ended + P1Y";
const IF_ASKED: &str = "erase at member.ended + P5Y if flag asked else erase at member.ended + P1Y";
const UNLESS_ASKED: &str = "erase at member.ended + P1Y unless flag asked";

/// The club's notices with another rule, and with a decision that stands for a time.
fn notices(keep: &str, ends: &str) -> (Arc<Policy>, Corpus) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../services/fixtures/club");
    let (_, mut corpus) = register::testing::corpus(&folder);
    for (path, text) in &mut corpus.files {
        match path.as_str() {
            "members.toml" => {
                *text = text.replacen(PERIOD, keep, 1);
                *text = text.replace("raises = [\"member.ended\"]", "raises = [\"member.ended\", \"asked.found\"]");
            }
            "events.toml" => text.push_str(
                "[event.\"asked.found\"]\ntitle = { da = \"det er aftalt\", en = \"it is agreed\" }\nby = \"secretary\"\nroles = [\"secretary\"]\n\
                 [flag.asked]\ntitle = { da = \"det er aftalt\", en = \"it is agreed\" }\nby = \"secretary\"\nroles = [\"secretary\"]\nends = \"ENDS\"\n",
            ),
            _other => {}
        }
        *text = text.replace("ENDS", ends);
    }
    let files: Vec<_> = corpus.files.iter().cloned().map(|(path, text)| SourceFile { path, text }).collect();
    let compiled = notice::compile(&files, jiff::civil::date(2026, 11, 21));
    let found: Vec<_> = compiled.diagnostics.iter().map(|one| one.line(&files, notice::Lang::En)).collect();
    (Arc::new(compiled.policy.unwrap_or_else(|| panic!("{found:#?}"))), corpus)
}

struct Club(TestRegister);

impl Club {
    fn new(keep: &str, ends: &str) -> Self {
        Self(TestRegister::on(notices(keep, ends), "2026-11-21T09:00:00Z"))
    }

    fn secretary(&self) -> Call {
        self.0.call("secretary", None, None)
    }

    fn write(&self, used: &'static str, person: Id<Person>, changes: Vec<Change>) {
        let call = self.secretary();
        let grant: Grant<Writing> = self.0.register.ask(&call, ask(used, Target::Person(person))).unwrap();
        self.0.register.change(&call, grant, |_| Ok::<_, ()>((changes.clone(), ()))).unwrap();
    }

    fn adds(&self, number: u128) -> (Id<Person>, Id<RecordKind>) {
        let (person, record) = (Id::from_bits(number << 64 | 0xc1), Id::from_bits(number << 64 | 0x4ec));
        let mut member =
            draft("members.member", "member", person, json!({ "name": format!("Member {number}") }));
        member.id = Some(record);
        self.write("members.keep-the-list", person, vec![Change::Create(Box::new(member))]);
        (person, record)
    }

    /// The tie ends now, and it is agreed to keep the entry.
    fn ends_and_keeps(&self, (person, record): (Id<Person>, Id<RecordKind>)) {
        let at = register::Clock::now(&*self.0.clock);
        let ended = Change::Raise { record, event: "member.ended".to_owned(), at };
        let kept = Change::Flag { record, flag: "asked".to_owned(), set: true };
        self.write("members.end", person, vec![ended, kept]);
    }

    /// Days pass, with a sweep on each.
    fn pass(&self, days: i64) {
        for _ in 0..days {
            self.0.clock.pass(Span::new().days(1));
            self.0.register.sweep().unwrap();
        }
    }

    /// How many entries of the list the sweep has erased.
    fn erased(&self) -> u64 {
        let list = self.0.policy.register_id("members.member").unwrap();
        let own = self.0.register.receipts(500).unwrap();
        own.iter().filter(|one| one.register == list).map(|one| one.records).sum()
    }

    fn part(&self, skip: usize, take: usize) -> Result<Vec<Record>, register::Denied> {
        let call = self.secretary();
        let grant: Grant<Reading> =
            self.0.register.ask(&call, ask("members.keep-the-list", Target::Query)).unwrap();
        let part = Slice { skip, take };
        self.0.register.read_query(&call, grant, Query::PartOf { register: "members.member", part })
    }

    fn names(&self, skip: usize, take: usize) -> Vec<String> {
        let name = |record: &Record| record.content.reveal()["name"].as_str().unwrap().to_owned();
        self.part(skip, take).unwrap().iter().map(name).collect()
    }

    fn counts(&self, keep: &str, ends: &str, register: &str) -> (u64, u64, u64) {
        let dated = self.0.register.dated_under(&notices(keep, ends).0).unwrap();
        let own = dated.iter().filter(|one| one.register == register);
        own.fold((0, 0, 0), |sum, one| (sum.0 + one.sooner, sum.1 + one.later, sum.2 + one.same))
    }
}

// rule DR-16
#[test]
fn a_decision_holds_a_record_no_longer_than_the_notice_lets_it_stand() {
    let club = Club::new(UNLESS_ASKED, "P400D");
    let member = club.adds(1);
    club.ends_and_keeps(member);
    club.pass(399);
    assert_eq!(club.erased(), 0, "the year is over, and the decision stands");
    club.pass(3);
    assert_eq!(club.erased(), 1, "the decision has ended");
    assert!(club.names(0, 10).is_empty());
}

#[test]
fn other_notices_move_dates_by_their_rules_and_by_how_long_a_decision_may_stand() {
    let club = Club::new(IF_ASKED, "P2Y");
    let member = club.adds(1);
    club.ends_and_keeps(member);
    club.pass(60);
    assert_eq!(club.counts(IF_ASKED, "P2Y", "members.member"), (0, 0, 1));
    assert_eq!(club.counts(IF_ASKED, "P30D", "members.member"), (1, 0, 0), "the decision would be over");
    assert_eq!(club.counts("erase at member.ended + P6M", "P2Y", "members.member"), (1, 0, 0));
    // A longer period does not reach back.
    assert_eq!(club.counts("erase at member.ended + P9Y", "P2Y", "members.member"), (0, 0, 1));
    // Lines keep the day on which they were written, and are counted with the rest.
    let (sooner, later, same) = club.counts("erase at member.ended + P6M", "P2Y", "members.log");
    assert!(sooner == 0 && later == 0 && same > 0, "{same}");
}

#[test]
fn a_page_of_a_list_opens_what_stands_on_it_and_nothing_else() {
    let club = Club::new(PERIOD, "P1Y");
    for number in 1..=300 {
        club.0.clock.pass(1.second());
        club.adds(number);
    }
    assert_eq!(club.names(0, 3), ["Member 1", "Member 2", "Member 3"]);
    assert_eq!(club.names(255, 2), ["Member 256", "Member 257"]);
    assert_eq!(club.names(298, 50), ["Member 299", "Member 300"]);
    assert!(club.names(300, 50).is_empty());
    // What does not fit its seal raises an alarm when it is opened: on its own page, and on no other.
    let db = Connection::open(club.0.config.database.join("register.db")).unwrap();
    db.execute("update record set sealed = zeroblob(length(sealed)) where number = (select number from record order by collected_at, number limit 1 offset 9)", []).unwrap();
    assert_eq!(club.names(0, 9).len(), 9);
    assert_eq!(club.names(10, 50).len(), 50);
    assert!(club.part(9, 1).is_err());
    assert!(club.part(0, 50).is_err());
}

#[test]
fn pages_are_the_same_when_somebody_on_them_is_restricted() {
    let club = Club::new(PERIOD, "P1Y");
    let members: Vec<_> = (1..=6)
        .map(|number| {
            club.0.clock.pass(1.second());
            club.adds(number)
        })
        .collect();
    let review = register::Clock::now(&*club.0.clock) + jiff::SignedDuration::from_hours(24);
    let hold = Hold { on: Held::Person(members[1].0), kind: HoldKind::Restriction, review };
    club.0.register.hold(&club.secretary(), hold).unwrap();
    assert_eq!(club.names(0, 2), ["Member 1", "Member 3"]);
    assert_eq!(club.names(2, 9), ["Member 4", "Member 5", "Member 6"]);
}

#[test]
fn a_look_at_everything_of_ones_own_is_one_line() {
    let club = Club::new(PERIOD, "P1Y");
    let (person, record) = club.adds(1);
    let look = || {
        let call = club.0.call("member", Some(person), None);
        let grant: Grant<Reading> =
            club.0.register.ask(&call, ask("members.see-own", Target::Person(person))).unwrap();
        club.0.register.read_own(&call, grant, None, 50).unwrap()
    };
    let first = look();
    assert_eq!(first.records.iter().map(|one| one.record.id).collect::<Vec<_>>(), [record]);
    assert_eq!(first.lines.len(), 1, "the secretary who wrote");
    let second = look();
    assert_eq!(second.lines.len(), 2, "and one look of her own");
}
