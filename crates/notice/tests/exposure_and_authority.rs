//! The notices of smitte|stop and of the Danish Health Data Authority: stated whole, and decided as they were published.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use notice::id::Person;
use notice::policy::{Class, ClauseId, Register, Use};
use notice::{
    Actor, Compiled, Decision, Fact, Facts, Id, Policy, Question, Reading, SourceFile, Target, Writing,
    compile,
};

use Fact::{Asked, Assigned, Consented, FreshLogin, Myself};

fn compiled() -> Compiled {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = entries
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect();
    compile(&files, date(2026, 11, 21))
}

fn policy() -> Policy {
    compiled().policy.expect("the corpus compiles")
}

fn uses_of<'a>(policy: &'a Policy, notice: &str) -> Vec<&'a Use> {
    let id = policy.notice_id(notice).unwrap_or_else(|| panic!("{notice} is missing"));
    policy.uses.iter().filter(|used| used.notice == id).collect()
}

fn registers_of<'a>(policy: &'a Policy, used: &Use) -> Vec<&'a Register> {
    used.of.iter().map(|scope| policy.register(scope.register).unwrap()).collect()
}

fn register<'a>(policy: &'a Policy, id: &str) -> &'a Register {
    policy.registers.iter().find(|it| it.said.id == id).unwrap_or_else(|| panic!("{id} is missing"))
}

fn class(policy: &Policy, id: &str, field: &str) -> Class {
    let register = register(policy, id);
    register.fields.iter().find(|it| it.name == field).unwrap_or_else(|| panic!("{id}.{field}")).class
}

/// The rules of a group, from 1 to the last.
fn rules(group: &str, last: u8) -> impl Iterator<Item = String> {
    (1..=last).map(move |number| format!("{group}-{number:02}"))
}

#[test]
fn every_rule_of_the_authority_and_of_the_app_is_stated() {
    let stated = policy().stated();
    let groups = [("D", 29), ("DC", 13), ("DR", 17), ("W", 1), ("E", 9), ("SS", 59)];
    for rule in groups.into_iter().flat_map(|(group, last)| rules(group, last)) {
        assert!(stated.contains_key(&rule), "{rule} is stated nowhere");
    }
}

// rules SS-05 and SS-26
#[test]
fn what_the_app_collects_serves_tracing_evaluation_rights_and_the_archive_and_nothing_else() {
    let policy = policy();
    let purposes: BTreeSet<_> = uses_of(&policy, "sst").into_iter().map(|it| it.purpose.as_str()).collect();
    let allowed: BTreeSet<_> = ["sst.archiving", "sst.evaluation", "sst.rights", "sst.tracing"].into();
    assert_eq!(purposes, allowed);
    let others = policy.uses.iter().filter(|used| {
        Some(used.notice) != policy.notice_id("sst")
            && registers_of(&policy, used).iter().any(|it| it.said.id.starts_with("sst."))
    });
    let others: Vec<_> = others.map(|used| used.said.id.as_str()).collect();
    assert_eq!(others, Vec::<&str>::new(), "no other notice opens what the app collected");
}

// rules SS-07, SS-18 and SS-20
#[test]
fn nobody_but_the_phone_and_its_owner_sees_what_is_on_it() {
    let policy = policy();
    for used in uses_of(&policy, "sst") {
        let on_phone = registers_of(&policy, used).iter().any(|it| it.said.id == "sst.phone");
        for role in used.who.iter().filter(|_| on_phone) {
            let role = policy.role(*role).unwrap().said.id.as_str();
            assert!(["device", "citizen"].contains(&role), "{} is for {role}", used.said.id);
        }
    }
}

// rules SS-05 and SS-50
#[test]
fn a_caseworker_finds_no_key_and_no_contact() {
    let policy = policy();
    let caseworker = policy.role_id("caseworker").unwrap();
    let mine = uses_of(&policy, "sst").into_iter().filter(|it| it.who.contains(&caseworker));
    let seen: BTreeSet<_> =
        mine.flat_map(|it| registers_of(&policy, it)).map(|it| it.said.id.as_str()).collect();
    assert_eq!(seen, ["sst.nemid-login", "sst.ssi-infected", "sst.verification-count"].into());
}

// rules SS-32, SS-33 and SS-38: the published notice classes them ordinary, and the compiler says what it thinks of that
#[test]
fn what_the_notice_calls_ordinary_and_reveals_health_is_warned_of() {
    let compiled = compiled();
    let warned: BTreeSet<_> = compiled
        .diagnostics
        .iter()
        .filter(|it| it.code.id == "N205" && it.place.file.as_ref() == "smittestop.toml")
        .map(|it| it.sentence.en.split('`').nth(1).unwrap().to_owned())
        .collect();
    for field in ["warnings", "symptoms", "onset"] {
        assert!(warned.contains(field), "{field}");
    }
}

// rules DR-08, DR-09 and DR-10
#[test]
fn a_tick_for_precedence_is_health_data_and_a_reference_is_ordinary() {
    let policy = policy();
    assert_eq!(class(&policy, "sds-recruitment.application", "disability-precedence"), Class::Health);
    assert_eq!(class(&policy, "sds-recruitment.application", "cpr"), Class::Cpr);
    let reference = register(&policy, "sds-recruitment.reference");
    assert!(reference.fields.iter().all(|it| it.class == Class::Ordinary), "no sensitive, no criminal data");
}

// rule DC-08
#[test]
fn a_case_may_hold_data_of_every_class() {
    let policy = policy();
    let held: Vec<_> = register(&policy, "sds-cases.case").fields.iter().map(|it| it.class).collect();
    for wanted in [Class::Ordinary, Class::Health, Class::Special, Class::Criminal, Class::Cpr] {
        assert!(held.contains(&wanted), "{wanted:?}");
    }
}

// rules E-05 and W-01
#[test]
fn subscribers_get_news_and_are_counted_and_nothing_else() {
    let policy = policy();
    let purposes: BTreeSet<_> =
        uses_of(&policy, "sds-newsletter").into_iter().map(|it| it.purpose.as_str()).collect();
    assert_eq!(purposes, ["sds-newsletter.figures", "sds-newsletter.news"].into());
    let visit = register(&policy, "sds-website.visit");
    assert_eq!(visit.fields.len(), 1, "no other cookie");
}

// rules DR-16, DR-17, DC-12, E-09: several registers go by one published rule, under its own id
#[test]
fn the_registers_of_the_authority_go_by_the_published_rules() {
    let policy = policy();
    for (id, clock) in [
        ("sds-cases.case", "sds.case"),
        ("sds-recruitment.application", "sds.recruitment"),
        ("sds-recruitment.reference", "sds.recruitment"),
        ("sds-recruitment.public-sources", "sds.recruitment"),
        ("sds-recruitment.panel-material", "sds.recruitment.participants"),
        ("sds-newsletter.subscriber", "sds.newsletter"),
    ] {
        assert_eq!(policy.clocks[register(&policy, id).clock].said.id, clock, "{id}");
    }
}

fn question(policy: &Policy, use_id: &str, role: &str, holds: &[Fact]) -> Question {
    let facts =
        Fact::ALL.into_iter().fold(Facts::default(), |facts, fact| facts.with(fact, holds.contains(&fact)));
    Question {
        now: "2026-11-21T12:00:00Z".parse::<Timestamp>().unwrap(),
        actor: Actor {
            person: Some(Id::<Person>::from_bits(1)),
            role: policy.role_id(role).unwrap(),
            organisation: None,
        },
        use_id: policy.use_id(use_id).unwrap_or_else(|| panic!("{use_id} is missing")),
        target: Target::Person(Id::from_bits(2)),
        facts,
    }
}

#[test]
fn looks_are_decided_as_the_notices_say() {
    let policy = policy();
    for (use_id, role, holds, clause) in [
        // rules SS-12 and SS-13: the list is for the one who asks to be checked
        ("sst.verify", "system", &[Asked][..], None),
        ("sst.verify", "system", &[], Some(ClauseId::Missing(Asked))),
        ("sst.verify", "caseworker", &[Asked], Some(ClauseId::Role)),
        // rule SS-27
        ("sst.work-out-risk", "device", &[Consented], None),
        ("sst.work-out-risk", "device", &[], Some(ClauseId::Missing(Consented))),
        // rule SS-20
        ("sst.see-warning", "citizen", &[Myself], None),
        ("sst.see-warning", "citizen", &[], Some(ClauseId::Missing(Myself))),
        // rules SS-50 and SS-56
        ("sst.answer-you", "caseworker", &[Asked, Assigned], None),
        ("sst.answer-you", "caseworker", &[Asked], Some(ClauseId::Missing(Assigned))),
        // rule D-07
        ("sds-cases.work-on-case", "caseworker", &[Assigned], None),
        ("sds-cases.work-on-case", "caseworker", &[], Some(ClauseId::Missing(Assigned))),
        // rule DR-04
        ("sds-recruitment.assess", "hiring-panel", &[Assigned], None),
        ("sds-recruitment.assess", "hiring-panel", &[], Some(ClauseId::Missing(Assigned))),
        ("sds-recruitment.assess", "caseworker", &[Assigned], Some(ClauseId::Role)),
        // rule E-05
        ("sds-newsletter.send", "caseworker", &[], Some(ClauseId::Role)),
    ] {
        let refused = match policy.decide::<Reading>(&question(&policy, use_id, role, holds)) {
            Decision::Granted(_) => None,
            Decision::Refused(refusal) => Some(refusal.clause),
        };
        assert_eq!(refused, clause, "{use_id} {role} {holds:?}");
    }
}

#[test]
fn changes_are_decided_as_the_notices_say() {
    let policy = policy();
    for (use_id, role, holds, clause) in [
        // rules SS-11 and SS-12: voluntary, and with a login
        ("sst.warn-others", "citizen", &[Myself][..], Some(ClauseId::StepUp)),
        ("sst.warn-others", "citizen", &[Myself, FreshLogin], None),
        // rules SS-51 to SS-53: withdrawn as easily as given
        ("sst.withdraw", "citizen", &[Myself], None),
        ("sst.uninstall", "device", &[], None),
        // rule SS-41: another authority decides, and no other role may
        ("sst.receive-infected", "ssi", &[], None),
        ("sst.receive-infected", "system", &[], Some(ClauseId::Role)),
        // rule SS-45
        ("sst.close-the-app", "app-evaluation", &[], None),
        ("sst.close-the-app", "caseworker", &[], Some(ClauseId::Role)),
        // rule E-07
        ("sds-newsletter.unsubscribe", "citizen", &[Myself], None),
        ("sds-newsletter.unsubscribe", "content-owner", &[], Some(ClauseId::Role)),
        // rules DC-12 and DC-13
        ("sds-cases.hand-over", "records-officer", &[], None),
        ("sds-cases.hand-over", "caseworker", &[], Some(ClauseId::Role)),
        // rules DR-16 and DR-17
        ("sds-recruitment.conclude", "hiring-unit", &[Assigned], None),
        ("sds-recruitment.conclude", "hiring-panel", &[Assigned], Some(ClauseId::Role)),
    ] {
        let refused = match policy.decide::<Writing>(&question(&policy, use_id, role, holds)) {
            Decision::Granted(_) => None,
            Decision::Refused(refusal) => Some(refusal.clause),
        };
        assert_eq!(refused, clause, "{use_id} {role} {holds:?}");
    }
}
