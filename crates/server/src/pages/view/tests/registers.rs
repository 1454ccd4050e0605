//! Sample pages of a club's list of members.

use askama::Template;
use notice::Lang;

use super::super::Area;
use super::super::citizen::Happens;
use super::super::open::{Asks, Broker, Door, Front, Login, Why};
use super::super::registers::{
    Control, Due, DueRow, Entry, Event, Form, Head, List, Look, Meanwhile, Of, Own, OwnEntry, Passed,
    Question, Registers, Row, Tile, Version, Way, What,
};
use super::super::{Choice, Chosen, Field, Problems};
use super::samples::{EVIL, ID, at, problems, shell};

/// The sample pages by name.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let say = |da: &str, en: &str| if lang == Lang::Da { da.to_owned() } else { en.to_owned() };
    let here = "registers/members.member";
    let staff = |rest: &str| shell(lang, Area::Staff, &format!("{here}{rest}"));
    let entry = format!("/{}/{here}/people/{ID}/records/{ID}", lang.tag());
    let clock =
        say("slettes 1 år efter, at medlemmet har meldt sig ud", "erased 1 year after the member has left");
    let head = || Head {
        name: "members.member".to_owned(),
        title: say("Medlemsliste", "List of members"),
        notice: ("members".to_owned(), say("Medlemmer", "Members")),
        ways: vec![Way::List, Way::Add, Way::Due],
    };
    let row = |name: &str, stage, due_at| Row {
        href: Some(entry.clone()),
        cells: vec![name.to_owned(), "Havnegade 1, 8000 Aarhus C".to_owned(), say("Junior", "Juniors")],
        stage,
        due_at,
    };
    let columns = || vec![say("Navn", "Name"), say("Adresse", "Address"), say("Hold", "Team")];
    let facts = |name: &str| {
        columns()
            .into_iter()
            .zip([name.to_owned(), "Havnegade 1".to_owned(), say("Junior", "Juniors")])
            .collect()
    };
    let list = |of, rows: Vec<Row>, find: Option<Field>, problems: Problems| List {
        p: staff(if of == Of::One { "/people/1" } else { "" }),
        head: head(),
        of,
        columns: columns(),
        rows,
        find,
        problems,
        before: None,
        after: (of == Of::All).then(|| format!("/{}/{here}?page=1", lang.tag())),
    };
    let question = |name: &str, label: String, control, field: Field| Question {
        name: format!("content.{name}"),
        label,
        hint: if name == "address" {
            say("Højst 200 tegn.", "At most 200 characters.")
        } else {
            String::new()
        },
        control,
        field,
        choices: match control {
            Control::Radios | Control::Select | Control::Checks => choices(lang),
            Control::Line
            | Control::Area
            | Control::Number
            | Control::Fixed
            | Control::RowBegins
            | Control::RowOut
            | Control::RowIn
            | Control::RowsFull => Vec::new(),
        },
    };
    let questions = || {
        vec![
            question("name", say("Navn", "Name"), Control::Line, Field::wrong("", "registers-empty")),
            question(
                "address",
                say("Adresse (frivillig)", "Address (optional)"),
                Control::Area,
                Field::holding(EVIL),
            ),
            question("age", say("Alder", "Age"), Control::Number, Field::default()),
            question("team", say("Hold", "Team"), Control::Radios, Field::default()),
            question("school", say("Skole", "School"), Control::Select, Field::default()),
            question("days", say("Dage", "Days"), Control::Checks, Field::default()),
            question("photo", say("Billede", "Photo"), Control::Fixed, Field::holding("…")),
            question("contacts.0.begins", String::new(), Control::RowBegins, Field::default()),
            question(
                "contacts.0.name",
                say("Kontakter 1: Navn", "Contacts 1: Name"),
                Control::Line,
                Field::default(),
            ),
            question(
                "contacts.0",
                say("Fjern Kontakter 1", "Take out Contacts 1"),
                Control::RowOut,
                Field::default(),
            ),
            question(
                "contacts",
                say("Kontakter", "Contacts"),
                Control::RowIn,
                Field::wrong("1", "registers-empty"),
            ),
            question("phones", say("Telefoner", "Telephones"), Control::RowsFull, Field::holding("2")),
        ]
    };
    let form = |what: What, rest: &str, problems: Problems| Form {
        p: staff(rest),
        head: head(),
        action: format!("/{}/{here}{rest}", lang.tag()),
        back: format!("/{}/{here}", lang.tag()),
        what,
        questions: questions(),
        problems,
    };
    let wrong = || problems(&[("about", "registers-problem-about"), ("content.name", "registers-empty")]);
    let version = |number, note: Option<&str>| Version {
        number,
        at: at("2026-11-20T13:05:00Z"),
        facts: facts("Anna Test"),
        note: note.map(str::to_owned),
    };
    let one = |stage| Entry {
        p: staff(&format!("/people/{ID}/records/{ID}")),
        head: head(),
        title: "Anne Test".to_owned(),
        facts: facts("Anne Test"),
        stage,
        due_at: stage.map(|_| at("2027-11-20T13:05:00Z")),
        clock: clock.clone(),
        events: vec![(say("medlemmet har meldt sig ud", "the member has left"), at("2026-11-20T13:05:00Z"))],
        versions: vec![version(2, Some(EVIL)), version(1, None)],
        correct: stage.is_none().then(|| format!("{entry}/correct")),
        raise: match stage {
            None => vec![(
                say("medlemmet har meldt sig ud", "the member has left"),
                format!("{entry}/events/member.ended"),
            )],
            Some(_) => Vec::new(),
        },
        person: format!("/{}/{here}/people/{ID}", lang.tag()),
    };
    let due =
        |rows| Due { p: staff("/due"), head: head(), clock: clock.clone(), rows, before: None, after: None };
    let due_row =
        |at, happens, why: String| DueRow { href: entry.clone(), what: EVIL.to_owned(), at, happens, why };
    let own_head = || Head { ways: vec![Way::Own], ..head() };
    let own = |entries, looks| Own {
        p: shell(lang, Area::Person, &format!("{here}/me")),
        head: own_head(),
        entries,
        clock: clock.clone(),
        looks,
        older: None,
    };
    let own_entry = || OwnEntry {
        facts: facts("Anna Test"),
        notes: vec![EVIL.to_owned()],
        since: at("2026-03-01T09:00:00Z"),
        at: Some(at("2027-11-20T13:05:00Z")),
        happens: Some(Happens::Erased),
        why: clock.clone(),
    };
    let look = |passed| Look {
        at: at("2026-11-20T13:05:00Z"),
        who: EVIL.to_owned(),
        role: say("Træner", "Trainer"),
        place: None,
        what: say("Se hold", "See the teams"),
        ground: say("At føre listen", "To keep the list"),
        reason: None,
        passed,
        times: 2,
    };
    let tiles = || {
        vec![
            Tile { head: head(), says: say("Dem, der er med.", "Those who take part.") },
            Tile { head: own_head(), says: String::new() },
        ]
    };
    let overview = |registers| Registers { p: shell(lang, Area::Staff, "registers"), registers };
    let event = |day: Field| Event {
        p: staff("/events"),
        head: head(),
        title: say("medlemmet har meldt sig ud", "the member has left"),
        clock: clock.clone(),
        problems: Problems::of(&[("day", &day)]),
        day,
        action: format!("{entry}/events/member.ended"),
        back: entry.clone(),
    };
    let rows = vec![
        row("Anna Test", None, None),
        row(EVIL, Some("registers-stage-blocked"), Some(at("2027-11-20T13:05:00Z"))),
    ];
    let due_rows = vec![
        due_row(Some(at("2027-11-20T13:05:00Z")), Some(Happens::Erased), clock.clone()),
        due_row(None, None, say("det er ikke sket", "that has not happened")),
    ];
    let meanwhile = What::Correcting(Field::default(), 2, Meanwhile::Changed);
    let correcting = What::Correcting(Field::wrong("", "registers-note"), 1, Meanwhile::Unchanged);
    let words = super::super::open::Words::Any;
    let door = |id: &str, title: String, asks| Door { id: id.to_owned(), title, asks };
    let mut trial = shell(lang, Area::Open, "login");
    trial.place = crate::app::Place::Trial;
    let login = Login {
        p: trial,
        ways: Vec::new(),
        demo: None,
        then: String::new(),
        reason: Why::Asked,
        words,
        trial: vec![
            door("member", say("Medlem", "Member"), Asks::Who),
            door("secretary", say("Den, der fører listen", "Whoever keeps the list"), Asks::Nothing),
        ],
    };
    let broker = Login {
        p: shell(lang, Area::Open, "login"),
        ways: vec![Broker { id: "club".to_owned(), title: "Klub-login".to_owned() }],
        demo: None,
        then: String::new(),
        reason: Why::Needed,
        words,
        trial: Vec::new(),
    };
    let front = Front { p: shell(lang, Area::Open, ""), notices: Vec::new(), words };
    [
        ("login-trial", login.render()),
        ("login-any", broker.render()),
        ("front-any", front.render()),
        ("registers", overview(tiles()).render()),
        ("registers-none", overview(Vec::new()).render()),
        ("register-list", list(Of::All, rows.clone(), Some(Field::default()), Problems::default()).render()),
        (
            "register-list-wrong",
            list(
                Of::All,
                rows,
                Some(Field::wrong(EVIL, "registers-problem-about")),
                problems(&[("about", "registers-problem-about")]),
            )
            .render(),
        ),
        ("register-list-empty", list(Of::All, Vec::new(), None, Problems::default()).render()),
        ("register-person-unknown", list(Of::One, Vec::new(), None, Problems::default()).render()),
        (
            "register-add",
            form(What::Adding(Field::wrong("", "registers-problem-about")), "/add", wrong()).render(),
        ),
        ("register-correct", form(correcting, "/correct", wrong()).render()),
        ("register-correct-late", form(meanwhile, "/correct", Problems::default()).render()),
        ("register-entry", one(None).render()),
        ("register-entry-blocked", one(Some("registers-stage-blocked")).render()),
        ("register-event", event(Field::wrong("31-31-2026", "registers-problem-day")).render()),
        ("register-due", due(due_rows).render()),
        ("register-due-empty", due(Vec::new()).render()),
        ("register-own", own(vec![own_entry()], vec![look(Passed::Yes), look(Passed::No)]).render()),
        ("register-own-empty", own(Vec::new(), Vec::new()).render()),
    ]
    .into_iter()
    .map(|(name, html)| (name, html.unwrap()))
    .collect()
}

fn choices(lang: Lang) -> Vec<Choice> {
    let choice = |value: &str, da: &str, en: &str, chosen| Choice {
        value: value.to_owned(),
        label: if lang == Lang::Da { da.to_owned() } else { en.to_owned() },
        chosen,
    };
    vec![
        choice("juniors", "Junior", "Juniors", Chosen::Yes),
        choice("seniors", "Senior", "Seniors", Chosen::No),
    ]
}
