//! The decision, its refusals, its lists, its explanation and its form in Cedar, over the fixtures' notice.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use notice::clock::History;
use notice::export::cedar;
use notice::policy::ClauseId;
use notice::{
    Actor, Decision, Fact, Facts, Id, Lang, Mode, Policy, Question, Reading, SourceFile, Target, Writing,
    compile,
};

fn files() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/notices/base");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn policy() -> Policy {
    compile(&files(), date(2026, 11, 21)).policy.unwrap()
}

fn question(policy: &Policy, role: &str, used: &str, facts: Facts) -> Question {
    Question {
        now: "2026-11-21T12:00:00Z".parse().unwrap(),
        actor: Actor {
            person: Some(Id::from_bits(1)),
            role: policy.role_id(role).unwrap(),
            organisation: None,
        },
        use_id: policy.use_id(used).unwrap(),
        target: Target::Person(Id::from_bits(2)),
        facts,
    }
}

fn refused<M: Mode>(policy: &Policy, question: &Question) -> Option<ClauseId> {
    match policy.decide::<M>(question) {
        Decision::Granted(_) => None,
        Decision::Refused(refusal) => Some(refusal.clause),
    }
}

fn good() -> Facts {
    Facts::default().with(Fact::Treats, true).with(Fact::Blocked, false).with(Fact::Authorised, true)
}

#[test]
fn a_doctor_who_treats_may_read_and_nobody_else() {
    let policy = policy();
    let ask = |role, facts| refused::<Reading>(&policy, &question(&policy, role, "house.read", facts));
    assert_eq!(ask("doctor", good()), None);
    assert_eq!(ask("health-professional", good()), None, "the wider role needs no authorisation");
    assert_eq!(ask("citizen", good()), Some(ClauseId::Role));
    assert_eq!(
        ask("doctor", good().with(Fact::Authorised, false)),
        Some(ClauseId::Missing(Fact::Authorised))
    );
    assert_eq!(ask("doctor", good().with(Fact::Treats, false)), Some(ClauseId::Missing(Fact::Treats)));
    assert_eq!(ask("doctor", good().with(Fact::Blocked, true)), Some(ClauseId::Against(Fact::Blocked)));
}

#[test]
fn what_nobody_knows_is_refused_on_both_sides() {
    let policy = policy();
    let known = Facts::default().with(Fact::Authorised, true);
    let ask = |facts| refused::<Reading>(&policy, &question(&policy, "doctor", "house.read", facts));
    assert_eq!(ask(Facts::default()), Some(ClauseId::Missing(Fact::Authorised)));
    assert_eq!(ask(known), Some(ClauseId::Missing(Fact::Treats)));
    assert_eq!(ask(known.with(Fact::Treats, true)), Some(ClauseId::Against(Fact::Blocked)));
}

#[test]
fn the_first_failing_fact_in_reading_order_is_named() {
    let policy = policy();
    let ask = |facts| refused::<Writing>(&policy, &question(&policy, "doctor", "house.write", facts));
    let none = Facts::default()
        .with(Fact::Authorised, true)
        .with(Fact::Treats, false)
        .with(Fact::Blocked, true)
        .with(Fact::Consented, false);
    assert_eq!(ask(none), Some(ClauseId::Missing(Fact::Treats)));
    assert_eq!(ask(none.with(Fact::Treats, true)), Some(ClauseId::Against(Fact::Blocked)));
    assert_eq!(ask(none.with(Fact::Consented, true)), None);
}

#[test]
fn a_use_to_look_gives_no_leave_to_change() {
    let policy = policy();
    let read = question(&policy, "doctor", "house.read", good());
    assert_eq!(refused::<Writing>(&policy, &read), Some(ClauseId::Verb));
    let write = question(&policy, "doctor", "house.write", good());
    assert_eq!(refused::<Writing>(&policy, &write), None);
    assert_eq!(refused::<Reading>(&policy, &write), Some(ClauseId::Verb));
}

#[test]
fn a_notice_rules_on_its_days_only_from_midnight_in_denmark() {
    let policy = policy();
    let at = |now: &str| {
        let asked =
            Question { now: now.parse().unwrap(), ..question(&policy, "doctor", "house.read", good()) };
        refused::<Reading>(&policy, &asked)
    };
    assert_eq!(at("2023-12-31T22:59:59Z"), Some(ClauseId::NotInForce));
    assert_eq!(at("2023-12-31T23:00:00Z"), None);
}

#[test]
fn a_step_up_asks_for_a_fresh_login_when_all_else_holds() {
    let policy = policy();
    let facts = Facts::default().with(Fact::Authorised, true).with(Fact::BreakGlass, true);
    let ask = |facts| refused::<Reading>(&policy, &question(&policy, "doctor", "house.emergency", facts));
    assert_eq!(ask(facts), Some(ClauseId::StepUp));
    assert_eq!(ask(facts.with(Fact::FreshLogin, true)), None);
    let without = Facts::default().with(Fact::Authorised, true).with(Fact::BreakGlass, false);
    assert_eq!(ask(without), Some(ClauseId::Missing(Fact::BreakGlass)));
}

#[test]
fn a_refusal_names_the_way_forward() {
    let policy = policy();
    let Decision::Refused(refusal) =
        policy.decide::<Reading>(&question(&policy, "doctor", "house.read", Facts::default()))
    else {
        panic!("granted");
    };
    assert_eq!(
        refusal.instead.iter().map(|id| policy.use_name(*id)).collect::<Vec<_>>(),
        ["house.emergency"]
    );
}

#[test]
fn a_list_is_judged_item_by_item_in_one_pass() {
    let policy = policy();
    let call = Facts::default().with(Fact::Authorised, true).with(Fact::Blocked, false);
    let asked = Question { target: Target::Query, ..question(&policy, "doctor", "house.read", call) };
    let own = |treats| Facts::default().with(Fact::Treats, treats);
    let items = [own(true), own(false), Facts::default(), own(true).with(Fact::Blocked, true)];
    let (_grant, allowed) = policy.filter::<Reading>(&asked, items.into_iter()).unwrap();
    assert_eq!(allowed, [true, false, false, false]);
    let citizen =
        Question { actor: Actor { role: policy.role_id("citizen").unwrap(), ..asked.actor }, ..asked };
    assert_eq!(policy.filter::<Reading>(&citizen, items.into_iter()).unwrap_err().clause, ClauseId::Role);
}

#[test]
fn a_grant_covers_its_fields_and_fewer_of_a_private_record() {
    let policy = policy();
    let Decision::Granted(grant) =
        policy.decide::<Reading>(&question(&policy, "doctor", "house.read", good()))
    else {
        panic!("refused");
    };
    let note = policy.register_id("house.note").unwrap();
    let names = |private| {
        let mask = policy.fields(&grant, note, private);
        let fields = &policy.register(note).unwrap().fields;
        mask.iter().map(|id| fields[id.index()].name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(names(false), ["number", "finding", "time"]);
    assert_eq!(names(true), ["time"]);
    let log = policy.register_id("house.log").unwrap();
    assert!(policy.fields(&grant, log, false).is_empty(), "a register that the use does not name");
}

#[test]
fn the_register_is_told_which_facts_to_find() {
    let policy = policy();
    let needs = |name| policy.needs(policy.use_id(name).unwrap()).collect::<Vec<_>>();
    assert_eq!(needs("house.read"), [Fact::Treats, Fact::Blocked, Fact::Authorised]);
    assert_eq!(needs("house.write"), [Fact::Treats, Fact::Consented, Fact::Blocked, Fact::Authorised]);
}

#[test]
fn every_name_is_found_and_no_other() {
    let policy = policy();
    assert_eq!(policy.role_name(policy.role_id("doctor").unwrap()), "doctor");
    assert_eq!(policy.use_name(policy.use_id("house.read").unwrap()), "house.read");
    assert!(policy.event("made").is_some() && policy.event("unmade").is_none());
    assert!(policy.clock("house.note").is_some() && policy.clock("house.read").is_none());
    assert!(policy.provision("gdpr:6(1)(e)").is_some() && policy.provision("gdpr:6(1)(z)").is_none());
    assert_eq!(policy.stated().keys().collect::<Vec<_>>(), ["T-01"]);
    assert_eq!(policy.version.to_string().len(), 64);
}

#[test]
fn the_version_changes_with_every_letter_and_not_with_the_order_of_files() {
    let version = |files: &[SourceFile]| compile(files, date(2026, 11, 21)).policy.unwrap().version;
    let mut turned = files();
    turned.reverse();
    assert_eq!(version(&files()), version(&turned));
    turned[0].text.push('\n');
    assert_ne!(version(&files()), version(&turned));
}

#[test]
fn an_explanation_tells_every_demand_with_its_place() {
    let policy = policy();
    let facts = good().with(Fact::Treats, false);
    let asked = question(&policy, "doctor", "house.read", facts);
    let explanation = policy.explain::<Reading>(&asked).unwrap();
    assert!(!explanation.granted);
    insta::assert_snapshot!(explanation.text(Lang::En, &files()));
    insta::assert_snapshot!(explanation.text(Lang::Da, &files()));
}

#[test]
fn a_date_is_explained_by_what_was_weighed() {
    let policy = policy();
    let day = |text: &str| format!("{text}T00:00:00+01:00").parse::<Timestamp>().unwrap();
    let mut history = History::default();
    history.events.insert("made".to_owned(), vec![day("2024-01-10")]);
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    let explained = policy.clock("house.note").unwrap().explain(&history, day("2026-11-21"), &zone);
    insta::assert_snapshot!(explained.text(Lang::En, &zone, &files()));
    insta::assert_snapshot!(explained.text(Lang::Da, &zone, &files()));
}

#[test]
fn the_policy_is_written_for_cedar() {
    let policy = policy();
    insta::assert_snapshot!(cedar::policies(&policy));
    let doctor = cedar::roles(&policy).into_iter().find(|role| role.id == "doctor").unwrap();
    assert_eq!(doctor.parents, ["health-professional"]);
    let request = cedar::request::<Reading>(&policy, &question(&policy, "doctor", "house.read", good()));
    assert_eq!(
        (request.principal.as_str(), request.action.as_str(), request.mode),
        ("doctor", "house.read", "reading")
    );
    assert_eq!((request.holds, request.fails), (vec!["treats", "authorised"], vec!["blocked"]));
}

#[test]
fn a_grant_covers_nothing_under_other_notices() {
    let policy = policy();
    let Decision::Granted(grant) =
        policy.decide::<Reading>(&question(&policy, "doctor", "house.read", good()))
    else {
        panic!("refused");
    };
    let mut changed = files();
    changed[0].text.push('\n');
    let other = compile(&changed, date(2026, 11, 21)).policy.unwrap();
    let note = other.register_id("house.note").unwrap();
    assert!(other.fields(&grant, note, false).is_empty());
    assert_eq!(grant.version(), policy.version);
}
