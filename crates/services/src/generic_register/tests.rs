//! A club's list of members, from its notice alone: allowed, refused, unknown, malformed, and gone on its day.

use std::path::{Path, PathBuf};

use notice::Id;
use notice::id::Person;
use register::testing::{SeededRandomness, TestRegister, caller, corpus, cpr};
use register::{Caller, Content, Identifier, OwnId, Personal, Slice, Stage};
use serde_json::{Value, json};

use super::*;
use crate::Error;

struct Club {
    house: TestRegister,
    forms: Forms,
    randomness: SeededRandomness,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/club")
}

impl Club {
    fn new() -> Self {
        let house = TestRegister::on(corpus(&folder()), "2026-11-21T09:00:00Z");
        let forms = Forms::load(&house.policy).unwrap();
        Self { house, forms, randomness: SeededRandomness::new(7) }
    }

    fn form(&self) -> &Form {
        self.forms.find("members.member").unwrap()
    }

    fn caller(&self, role: &str, person: Option<Id<Person>>) -> Caller {
        caller(&self.house.policy, role, person, None)
    }

    fn act<T>(&self, caller: &Caller, action: impl FnOnce(&Call<'_>, &Form) -> T) -> T {
        let call = self.house.register.call(caller.clone());
        let at = Call { register: &self.house.register, call: &call, randomness: &self.randomness };
        action(&at, self.form())
    }

    fn secretary(&self) -> Caller {
        self.caller("secretary", None)
    }

    fn adds(&self, email: &str, content: Value) -> Result<add::Added, add::Error> {
        self.act(&self.secretary(), |at, form| {
            let request = add::Request { about: own(email), others: Vec::new(), content: fields(content) };
            add::run(at, form, request)
        })
    }

    fn anna(&self) -> add::Added {
        self.adds("anna@svoem.example", json!({ "name": "Anna Test", "email": "anna@svoem.example" }))
            .unwrap()
    }

    fn list(&self, role: &str) -> Result<Vec<Entry>, list::Error> {
        self.act(&self.caller(role, None), |at, form| list::run(at, form, list::Request::default()))
            .map(|listed| listed.entries)
    }

    fn part(&self, skip: usize, take: usize) -> list::Listed {
        let which = list::Which::Part(Slice { skip, take });
        self.act(&self.secretary(), |at, form| list::run(at, form, list::Request { which })).unwrap()
    }

    fn leaves(&self, member: add::Added, event: &str) -> Result<(), raise::Error> {
        let request = raise::Request {
            person: member.person,
            record: member.record,
            event: event.to_owned(),
            happened_at: None,
        };
        self.act(&self.secretary(), |at, form| raise::run(at, form, request))
    }
}

fn own(email: &str) -> Identifier {
    Identifier::Own(OwnId::parse("club", email).unwrap())
}

fn fields(content: Value) -> Personal<Content> {
    Personal::new(content.as_object().cloned().unwrap())
}

fn codes<Own: Explain>(error: Error<Own>) -> Vec<(String, &'static str)> {
    match error {
        Error::Invalid(problems) => problems.into_iter().map(|one| (one.field, one.code)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_member_is_added_and_stands_in_the_list() {
    let club = Club::new();
    let anna = club.anna();
    let list = club.list("secretary").unwrap();
    assert_eq!((list.len(), list[0].record, list[0].person), (1, anna.record, anna.person));
    assert_eq!(list[0].content.reveal()["name"], "Anna Test");
    assert_eq!(list[0].due_at, None);
}

#[test]
fn a_page_that_is_exactly_full_is_the_last_where_nothing_comes_after() {
    let club = Club::new();
    for name in ["a", "b", "c", "d"] {
        club.adds(&format!("{name}@svoem.example"), json!({ "name": name })).unwrap();
    }
    let page = |skip, take| {
        let part = club.part(skip, take);
        (part.entries.len(), part.more)
    };
    assert_eq!([page(0, 2), page(2, 2), page(4, 2)], [(2, true), (2, false), (0, false)]);
    assert_eq!([page(0, 3), page(3, 3), page(0, 4)], [(3, true), (1, false), (4, false)]);
}

#[test]
fn what_goes_when_is_told_page_by_page_and_opens_nobody_beside() {
    let club = Club::new();
    let added = ["a", "b", "c"]
        .map(|name| club.adds(&format!("{name}@svoem.example"), json!({ "name": name })).unwrap());
    let told = |skip| {
        let of = due::Of::Part(Slice { skip, take: 2 });
        let told = club.act(&club.secretary(), |at, form| due::run(at, form, due::Request { of })).unwrap();
        (told.due.len(), told.entries.len(), told.more)
    };
    let looks = |club: &Club| {
        added.map(|added| {
            let member = club.caller("member", Some(added.person));
            let page = see_own::Request { before: None, limit: 50 };
            club.act(&member, |at, form| see_own::run(at, form, page)).unwrap().looks.len()
        })
    };
    let before = looks(&club);
    assert_eq!(told(0), (2, 2, true));
    let after = looks(&club);
    // Whoever looks at herself may leave a line; who stands on the page has one for the list and one for the days beside.
    let own = after[2] - before[2];
    assert_eq!([after[0] - before[0] - own, after[1] - before[1] - own, own], [2, 2, own]);
    assert_eq!(told(2), (1, 1, false));
}

#[test]
fn a_trainer_sees_names_and_teams_and_adds_nobody() {
    let club = Club::new();
    club.anna();
    let list = club.list("trainer").unwrap();
    assert_eq!(list[0].content.reveal().keys().collect::<Vec<_>>(), ["name"]);
    let trainer = club.caller("trainer", None);
    let request =
        add::Request { about: own("b@svoem.example"), others: Vec::new(), content: fields(json!({})) };
    let added = club.act(&trainer, |at, form| add::run(at, form, request));
    assert!(matches!(added, Err(Error::Refused(_))));
    let may = club.act(&trainer, may);
    assert_eq!((may.list, may.add, may.correct, may.see_own), (true, false, false, false));
    assert!(may.raise.is_empty());
}

#[test]
fn a_member_sees_no_list() {
    let club = Club::new();
    let anna = club.anna();
    let member = club.caller("member", Some(anna.person));
    let list = club.act(&member, |at, form| list::run(at, form, list::Request::default()));
    assert!(matches!(list, Err(Error::Refused(_))));
}

#[test]
fn what_does_not_fit_is_named_by_its_field_and_never_repeated() {
    let club = Club::new();
    let sent = |content| codes(club.adds("a@svoem.example", content).unwrap_err());
    assert_eq!(sent(json!({})), [("content.name".to_owned(), "empty")]);
    assert_eq!(sent(json!({ "name": 1 })), [("content.name".to_owned(), "type")]);
    assert_eq!(sent(json!({ "name": "" })), [("content.name".to_owned(), "too-short")]);
    assert_eq!(sent(json!({ "name": "A", "email": "no" })), [("content.email".to_owned(), "format")]);
    assert_eq!(sent(json!({ "name": "A", "since": "2026-13-01" })), [("content.since".to_owned(), "format")]);
    assert_eq!(sent(json!({ "name": "A", "secret": 1 })), [("content".to_owned(), "not-declared")]);
    assert_eq!(sent(json!({ "name": "A".repeat(201) })), [("content.name".to_owned(), "too-long")]);
    assert_eq!(sent(json!({ "name": "A".repeat(70_000) })), [("content".to_owned(), "too-large")]);
    assert!(club.list("secretary").unwrap().is_empty());
}

#[test]
fn a_correction_is_a_new_version_with_its_note_beside_the_old_one() {
    let club = Club::new();
    let anna = club.anna();
    let correct = |version, content: Value, note: &str| {
        let request = correct::Request {
            person: anna.person,
            record: anna.record,
            version,
            content: fields(content),
            note: Personal::new(note.to_owned()),
        };
        club.act(&club.secretary(), |at, form| correct::run(at, form, request))
    };
    assert_eq!(correct(1, json!({ "name": "Anne Test" }), "her name is Anne").unwrap(), 2);
    assert!(matches!(correct(1, json!({ "name": "Anja" }), "again"), Err(Error::Conflict(_))));
    assert_eq!(
        codes(correct(2, json!({}), " ").unwrap_err()),
        [("note".into(), "empty"), ("content.name".into(), "empty")]
    );
    let request = history::Request { person: anna.person, record: anna.record };
    let versions = club.act(&club.secretary(), |at, form| history::run(at, form, request)).unwrap();
    let names: Vec<_> = versions.iter().map(|one| one.content.reveal()["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Anna Test", "Anne Test"]);
    assert_eq!(versions[1].notes[0].reveal(), "her name is Anne");
    assert!(!versions[1].content.reveal().contains_key("email"), "all that the use covers is replaced");
}

#[test]
fn an_unknown_entry_is_one_answer_and_another_persons_entry_the_same() {
    let club = Club::new();
    let (anna, bent) = (club.anna(), club.adds("bent@svoem.example", json!({ "name": "Bent" })).unwrap());
    for (person, record) in
        [(anna.person, bent.record), (bent.person, Id::from_bits(7)), (Id::from_bits(9), anna.record)]
    {
        let request = history::Request { person, record };
        let seen = club.act(&club.secretary(), |at, form| history::run(at, form, request));
        assert!(matches!(seen, Err(Error::Not(Closed::NoSuchEntry))));
        let gone = club.leaves(add::Added { person, record }, "member.ended");
        assert!(matches!(gone, Err(Error::Not(Closed::NoSuchEntry))), "{gone:?}");
    }
}

#[test]
fn who_has_left_is_erased_on_the_day_and_not_before() {
    let club = Club::new();
    let anna = club.anna();
    let of = due::Of::Part(Slice { skip: 0, take: 10 });
    let due = || club.act(&club.secretary(), |at, form| due::run(at, form, due::Request { of })).unwrap().due;
    assert_eq!(due()[0].due_at, None);
    assert!(due()[0].why.en.contains("that has not happened"), "{}", due()[0].why.en);
    club.leaves(anna, "member.ended").unwrap();
    assert_eq!(due()[0].due_at, Some("2027-11-21T09:00:00Z".parse().unwrap()));
    assert_eq!(due()[0].why.en, "erased 1 year after the tie has ended");
    club.house.clock.pass_until("2027-11-21T08:59:59Z".parse().unwrap());
    club.house.register.sweep().unwrap();
    assert_eq!(club.list("secretary").unwrap()[0].stage, Stage::Open);
    club.house.clock.pass_until("2027-11-21T09:00:00Z".parse().unwrap());
    assert!(club.list("secretary").unwrap().is_empty(), "gone for its reader, swept or not");
    club.house.register.sweep().unwrap();
    assert!(club.list("secretary").unwrap().is_empty());
    let request = history::Request { person: anna.person, record: anna.record };
    let seen = club.act(&club.secretary(), |at, form| history::run(at, form, request));
    assert!(matches!(seen, Err(Error::Not(Closed::NoSuchEntry))), "the old versions went too");
}

#[test]
fn only_a_declared_event_is_raised_and_only_by_who_may() {
    let club = Club::new();
    let anna = club.anna();
    for event in ["member.promoted", "log.written", ""] {
        assert!(club.leaves(anna, event).is_err(), "{event}");
    }
    let member = club.caller("member", Some(anna.person));
    let request = raise::Request {
        person: anna.person,
        record: anna.record,
        event: "member.ended".into(),
        happened_at: None,
    };
    let own = club.act(&member, |at, form| raise::run(at, form, request.clone()));
    assert!(matches!(own, Err(Error::Refused(_))));
    let ahead = raise::Request { happened_at: Some("2026-11-22T09:00:00Z".parse().unwrap()), ..request };
    let ahead = club.act(&club.secretary(), |at, form| raise::run(at, form, ahead));
    assert_eq!(codes(ahead.unwrap_err()), [("happened_at".to_owned(), "in-the-future")]);
}

#[test]
fn a_member_sees_what_is_kept_when_it_goes_and_who_looked() {
    let club = Club::new();
    let anna = club.anna();
    club.list("trainer").unwrap();
    let member = club.caller("member", Some(anna.person));
    let page = see_own::Request { before: None, limit: 50 };
    let own = club.act(&member, |at, form| see_own::run(at, form, page)).unwrap();
    assert_eq!((own.entries.len(), own.due.len()), (1, 1));
    let who: Vec<_> = own.looks.iter().map(|look| (look.who.as_str(), look.what.en.as_str())).collect();
    assert_eq!(who, [("Test trainer", "See the teams"), ("Test secretary", "Keep the list")]);
    let stranger = club.caller("member", Some(Id::from_bits(5)));
    let own = club.act(&stranger, |at, form| see_own::run(at, form, page)).unwrap();
    assert!(own.entries.is_empty() && own.looks.is_empty());
    let secretary = club.act(&club.secretary(), |at, form| see_own::run(at, form, page));
    assert!(matches!(secretary, Err(Error::Refused(_))));
}

#[test]
fn the_same_person_is_found_again_by_the_same_id_and_by_no_other() {
    let club = Club::new();
    let person = |identifier: &Identifier| club.house.register.person(identifier);
    assert_eq!(person(&own("Anna@svoem.example ")), person(&own("anna@svoem.example")));
    assert_ne!(person(&own("anna@svoem.example")), person(&own("bent@svoem.example")));
    let elsewhere = Identifier::Own(OwnId::parse("other", "anna@svoem.example").unwrap());
    assert_ne!(person(&elsewhere), person(&own("anna@svoem.example")));
    assert_ne!(person(&cpr("2512489996")), person(&own("anna@svoem.example")));
    assert!(OwnId::parse("club", "251248-9996").is_err() && OwnId::parse("club", " ").is_err());
}

/// The club's notice with another form; the policy only if the compiler lets it pass.
fn with_form(text: &str) -> Result<notice::Policy, Vec<&'static str>> {
    let (_, corpus) = corpus(&folder());
    let file = |(path, old): (String, String)| {
        let text = if path.ends_with(".json") { text.to_owned() } else { old };
        notice::SourceFile { path, text }
    };
    let files: Vec<_> = corpus.files.into_iter().map(file).collect();
    let compiled = notice::compile(&files, jiff::civil::date(2026, 11, 21));
    compiled.policy.ok_or_else(|| compiled.diagnostics.iter().map(|found| found.code.id).collect())
}

#[test]
fn a_form_that_is_no_schema_stops_the_start() {
    for text in [r#"{"type": 1}"#, r#"{"pattern": "("}"#, r#"{"pattern": "(?=a)"}"#] {
        let policy = with_form(text).unwrap();
        assert!(matches!(Forms::load(&policy), Err(BadForm::NotASchema { .. })), "{text}");
    }
    let text =
        r##"{"$defs": {"short": {"maxLength": 3}}, "properties": {"name": {"$ref": "#/$defs/short"}}}"##;
    assert!(Forms::load(&with_form(text).unwrap()).is_ok());
}

// Threat T25: a bomb is refused at once, by the compiler or at the start, and nothing is fetched.
#[test]
fn bomb_schemas_are_refused_within_a_second() {
    let laughs: Vec<String> = (0..40)
        .map(|n| {
            format!(
                "\"l{n}\": {{\"allOf\": [{{\"$ref\": \"#/$defs/l{0}\"}}, {{\"$ref\": \"#/$defs/l{0}\"}}]}}",
                n + 1
            )
        })
        .collect();
    let laughs = format!(
        "{{\"$defs\": {{{}, \"l40\": {{\"type\": \"string\"}}}}, \"properties\": {{\"name\": {{\"$ref\": \"#/$defs/l0\"}}}}}}",
        laughs.join(", ")
    );
    let deep = format!("{}{{}}{}", "{\"not\": ".repeat(100_000), "}".repeat(100_000));
    let nested = format!("{}{{}}{}", "{\"not\": ".repeat(60), "}".repeat(60));
    let wide = format!("{{\"allOf\": [{}]}}", vec!["{}"; 50_000].join(","));
    for bomb in [
        laughs.as_str(),
        &deep,
        &nested,
        &wide,
        r##"{"properties": {"name": {"$ref": "#"}}}"##,
        r##"{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}"##,
        r#"{"properties": {"name": {"pattern": "((((a{100}){100}){100}){100})"}}}"#,
        r#"{"properties": {"name": {"$ref": "https://example.org/s.json"}}}"#,
        r#"{"properties": {"name": {"$ref": "file:///etc/passwd"}}}"#,
        r#"{"properties": {"name": {"$id": "https://example.org/", "$ref": "s"}}}"#,
    ] {
        #[expect(clippy::disallowed_methods, reason = "a bound on the machine's own time")]
        let began = std::time::Instant::now();
        let refused = with_form(bomb).map_or(true, |policy| Forms::load(&policy).is_err());
        let took = began.elapsed();
        assert!(refused, "{}", &bomb[..bomb.len().min(200)]);
        assert!(took < std::time::Duration::from_secs(1), "{took:?}: {}", &bomb[..bomb.len().min(200)]);
    }
}

// Threat T25: what is signed and what a record remembers is the whole notice, forms and all.
#[test]
fn a_changed_form_is_a_changed_notice() {
    let (old, _) = corpus(&folder());
    let text = std::fs::read_to_string(folder().join("member.schema.json")).unwrap();
    let new = with_form(&text.replace("200", "201")).unwrap();
    assert_ne!(old.version, new.version);
    let diff = notice::diff::diff(&old, &new, &jiff::tz::TimeZone::UTC);
    let changes: Vec<_> = diff.effects.iter().map(|it| (it.change, it.id.as_str())).collect();
    assert_eq!(changes, [("form-changed", "members.member")]);
    assert_eq!(with_form("{\"properties\": {\"secret\": {}}}").unwrap_err(), ["N025"]);
}
