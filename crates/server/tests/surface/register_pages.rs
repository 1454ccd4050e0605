//! A club's list of members kept by pages alone: no script, no Rust of its own.

use axum::http::StatusCode;
use serde_json::json;
use server::session::Persona;

use crate::club::Club;
use crate::town::Answer;

const LIST: &str = "/en/registers/members.member";

#[track_caller]
fn says(answer: &Answer, all: &[&str]) {
    let text = answer.text();
    for one in all {
        assert!(text.contains(one), "no `{one}` in {text}");
    }
}

const ANNA: &[(&str, &str)] = &[
    ("about", "anna@svoem.example"),
    ("content.name", "Anna Test"),
    ("content.email", "anna@svoem.example"),
    ("content.team", "juniors"),
    ("content.since", "1. 2. 2026"),
];

#[tokio::test]
async fn somebody_is_added_corrected_ended_and_gone_on_her_day() {
    let club = Club::new();
    let secretary = club.log_in("secretary", 1);
    says(&club.get(&secretary, "/en/registers").await, &["List of members", "/members.member/add"]);
    says(&club.get(&secretary, LIST).await, &["Nobody is on the list"]);
    let (entry, page) = club.posted(&secretary, &format!("{LIST}/add"), ANNA).await;
    says(
        &page,
        &["It is added.", "Anna Test", "Juniors", "1 February 2026", "erased 1 year after the tie has ended"],
    );
    says(&club.get(&secretary, LIST).await, &["Anna Test", &entry]);
    let form = club.get(&secretary, &format!("{entry}/correct")).await;
    says(
        &form,
        &[
            "value=\"Anna Test\"",
            "value=\"01-02-2026\"",
            "value=\"juniors\" checked",
            "name=\"version\" value=\"1\"",
        ],
    );
    let correction = &[("content.name", "Anne Test"), ("version", "1"), ("note", "her name is Anne")];
    let (to, page) = club.posted(&secretary, &format!("{entry}/correct"), correction).await;
    assert_eq!(to, entry);
    says(&page, &["Anne Test", "Anna Test", "her name is Anne", "The correction is written."]);
    let event = format!("{entry}/events/member.ended");
    says(&club.get(&secretary, &event).await, &["Write that the tie has ended", "value=\"21-11-2026\""]);
    let (_, page) = club.posted(&secretary, &event, &[("day", "20-11-2026")]).await;
    says(&page, &["20 November 2027", "the tie has ended"]);
    says(
        &club.get(&secretary, &format!("{LIST}/due")).await,
        &["Anne Test", "erased 1 year after the tie has ended"],
    );
    club.house.clock.pass_until("2027-11-21T09:00:00Z".parse().unwrap());
    club.house.register.sweep().unwrap();
    let secretary = club.log_in("secretary", 1);
    says(&club.get(&secretary, LIST).await, &["Nobody is on the list"]);
    assert_eq!(club.get(&secretary, &entry).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_is_told_at_the_field_and_above_and_what_was_typed_is_kept() {
    let club = Club::new();
    let secretary = club.log_in("secretary", 1);
    let sent = &[
        ("about", "123456-7890"),
        ("content.name", ""),
        ("content.email", "no address"),
        ("content.since", "soon"),
        ("content.team", "juniors"),
    ];
    let page = club.post(&secretary, &format!("{LIST}/add"), sent).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &page,
        &[
            "data-focus",
            "href=\"#about\"",
            "id=\"about-problem\"",
            "href=\"#content.since\"",
            "href=\"#content.name\"",
            "href=\"#content.email\"",
            "value=\"soon\"",
            "value=\"no address\"",
            "value=\"juniors\" checked",
        ],
    );
    let sent = &[("about", "a@svoem.example"), ("content.name", ""), ("content.email", "no address")];
    let page = club.post(&secretary, &format!("{LIST}/add"), sent).await;
    says(&page, &["href=\"#content.name\"", "href=\"#content.email\"", "Write an e-mail address"]);
    let other = &[("about", "a@svoem.example"), ("content.name", "A"), ("content.team", "veterans")];
    assert_eq!(
        club.post(&secretary, &format!("{LIST}/add"), other).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let more = &[("about", "a@svoem.example"), ("content.name", "A"), ("content.secret", "x")];
    assert_eq!(club.post(&secretary, &format!("{LIST}/add"), more).await.status, StatusCode::BAD_REQUEST);
    says(&club.get(&secretary, LIST).await, &["Nobody is on the list"]);
}

#[tokio::test]
async fn who_was_second_sees_what_the_first_wrote_before_it_is_overwritten() {
    let club = Club::new();
    let secretary = club.log_in("secretary", 1);
    let (entry, _) = club.posted(&secretary, &format!("{LIST}/add"), ANNA).await;
    let path = format!("{entry}/correct");
    club.posted(&secretary, &path, &[("content.name", "Anne"), ("version", "1"), ("note", "first")]).await;
    let second = &[("content.name", "Anja"), ("version", "1"), ("note", "second")];
    let page = club.post(&secretary, &path, second).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(
        &page,
        &[
            "Somebody else has changed it meanwhile",
            "value=\"Anja\"",
            "second",
            "name=\"version\" value=\"2\"",
        ],
    );
    let empty =
        club.post(&secretary, &path, &[("content.name", "Anja"), ("version", "2"), ("note", " ")]).await;
    says(&empty, &["href=\"#note\"", "value=\"Anja\""]);
}

#[tokio::test]
async fn each_role_sees_what_the_notice_gives_it_and_no_more() {
    let club = Club::new();
    let secretary = club.log_in("secretary", 1);
    let (entry, _) = club.posted(&secretary, &format!("{LIST}/add"), ANNA).await;
    let trainer = club.log_in("trainer", 2);
    let list = club.get(&trainer, LIST).await;
    says(&list, &["Anna Test"]);
    assert!(!list.text().contains("anna@svoem.example") && !list.text().contains("/add"), "{}", list.text());
    for path in [
        format!("{LIST}/add"),
        format!("{entry}/correct"),
        format!("{entry}/events/member.ended"),
        format!("{LIST}/me"),
    ] {
        assert_eq!(club.get(&trainer, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let added = club.post(&trainer, &format!("{LIST}/add"), &[("about", "b@svoem.example")]).await;
    assert!(added.status.is_client_error(), "{}", added.status);
    let stranger = club.log_in_as(Persona::Citizen, "system", 9);
    for path in [
        LIST.to_owned(),
        entry.clone(),
        format!("{LIST}/due"),
        format!("{LIST}/me"),
        "/en/registers/members.log".into(),
    ] {
        assert_eq!(club.get(&stranger, &path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    says(&club.get(&stranger, "/en/registers").await, &["Nothing here for you"]);
}

#[tokio::test]
async fn a_member_sees_her_own_when_it_goes_and_who_looked() {
    let club = Club::new();
    let added = club.adds("anna@svoem.example", json!({ "name": "<b>Anna</b>" })).await.json();
    let trainer = club.log_in("trainer", 2);
    club.get(&trainer, LIST).await;
    let anna = club.log_in("member", u128::from_str_radix(added["person"].as_str().unwrap(), 16).unwrap());
    let page = club.get(&anna, &format!("{LIST}/me")).await;
    says(
        &page,
        &["&#60;b&#62;Anna", "Test trainer", "See the teams", "erased 1 year after the tie has ended"],
    );
    let danish = club.get(&anna, "/da/registers/members.member/me").await;
    says(&danish, &["Medlemsliste: det, vi har om dig", "Se hold", "slettes en tid efter"]);
    let own = danish.text().matches("Se sine egne oplysninger").count();
    assert_eq!(own, 1, "one look, one line: {}", danish.text());
    let nobody = club.log_in("member", 77);
    says(&club.get(&nobody, &format!("{LIST}/me")).await, &["Nothing is kept about you"]);
}

#[tokio::test]
async fn the_site_is_called_after_the_controller_whose_notice_runs() {
    let club = Club::new();
    let secretary = club.log_in("secretary", 1);
    for lang in ["da", "en"] {
        let page = club.get(&secretary, &format!("/{lang}/registers")).await;
        says(&page, &["<span>Aarhus Svømmeklub</span></a>", "– Aarhus Svømmeklub</title>"]);
    }
}

#[tokio::test]
async fn finding_somebody_tells_nothing_by_the_way_and_puts_nothing_into_an_address() {
    let club = Club::new();
    club.adds("anna@svoem.example", json!({ "name": "Anna Test" })).await;
    let secretary = club.log_in("secretary", 1);
    let find = format!("{LIST}/find");
    let (known, page) = club.posted(&secretary, &find, &[("about", " ANNA@svoem.example")]).await;
    says(&page, &["Anna Test"]);
    let (unknown, page) = club.posted(&secretary, &find, &[("about", "bent@svoem.example")]).await;
    says(&page, &["There is no entry about that person"]);
    for address in [&known, &unknown] {
        assert!(!address.contains("svoem") && address.len() == known.len(), "{address}");
    }
    let wrong = club.post(&secretary, &find, &[("about", "1234567890")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&wrong, &["value=\"1234567890\"", "id=\"about-problem\""]);
    assert_eq!(club.get(&secretary, &find).await.header("location"), LIST);
}

#[tokio::test]
async fn a_long_list_comes_in_pages_and_only_who_is_shown_has_a_line() {
    let club = Club::new();
    let mut last = json!(null);
    for number in 0..53 {
        club.house.clock.pass_until(
            "2026-11-21T09:00:00Z".parse::<jiff::Timestamp>().unwrap()
                + jiff::SignedDuration::from_secs(number + 1),
        );
        last = club
            .adds(&format!("m{number}@svoem.example"), json!({ "name": format!("Member {number:02}") }))
            .await
            .json();
    }
    let secretary = club.log_in("secretary", 1);
    let first = club.get(&secretary, LIST).await;
    says(&first, &["Member 00", "Member 49", "?page=1"]);
    assert!(!first.text().contains("Member 50"));
    let person = u128::from_str_radix(last["person"].as_str().unwrap(), 16).unwrap();
    let own = club.get(&club.log_in("member", person), &format!("{LIST}/me")).await;
    assert_eq!(own.text().matches("Keep the list").count(), 1, "added, and not looked at: {}", own.text());
    let second = club.get(&secretary, &format!("{LIST}?page=1")).await;
    says(&second, &["Member 50", "Member 52", "rel=\"prev\""]);
    assert!(!second.text().contains("Member 49") && !second.text().contains("rel=\"next\""));
}

/// A club that keeps contacts of each member: a list of things with parts.
fn with_contacts() -> (Club, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../services/fixtures/club");
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace(
            "team = { class",
            "contacts = { class = \"ordinary\", da = \"Kontakter\", en = \"Contacts\" }\nteam = { class",
        );
        let contacts = r#""contacts": { "type": "array", "maxItems": 2, "items": { "type": "object", "additionalProperties": false, "required": ["name"],
            "properties": { "name": { "type": "string", "maxLength": 80, "title": "Name" }, "since": { "type": "string", "format": "date" } } } },
    "team": {"#;
        let text = text.replace("\"team\": {", contacts);
        std::fs::write(folder.path().join(path.file_name().unwrap()), text).unwrap();
    }
    let club = Club::on(folder.path(), |_| {}, server::App::new).unwrap();
    (club, folder)
}

#[tokio::test]
async fn a_list_of_things_with_parts_is_filled_in_row_by_row_without_a_script() {
    let (club, _folder) = with_contacts();
    let secretary = club.log_in("secretary", 1);
    let add = format!("{LIST}/add");
    says(&club.get(&secretary, &add).await, &["value=\"in content.contacts\"", "Add: Contacts"]);
    // A row more: nothing is sent yet, and what was typed stands.
    let typed = [("about", "anna@svoem.example"), ("content.name", "Anna Test"), ("content.contacts", "0")];
    let more: Vec<_> = typed.iter().copied().chain([("rows", "in content.contacts")]).collect();
    let page = club.post(&secretary, &add, &more).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    says(
        &page,
        &[
            "value=\"Anna Test\"",
            "Contacts 1: Name",
            "name=\"content.contacts.0.since\"",
            "Take out Contacts 1",
        ],
    );
    let mut typed = vec![
        ("about", "anna@svoem.example"),
        ("content.name", "Anna Test"),
        ("content.contacts", "2"),
        ("content.contacts.0.name", "Bent"),
        ("content.contacts.0.since", "31-13-2026"),
        ("content.contacts.1.name", " "),
    ];
    // A mistake is told at its row; the row without anything in it is gone.
    let page = club.post(&secretary, &add, &typed).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    says(&page, &["content.contacts.0.since-problem"]);
    assert!(!page.text().contains("content.contacts.1."));
    typed[4].1 = "1. 2. 2026";
    let (entry, page) = club.posted(&secretary, &add, &typed).await;
    says(&page, &["Contacts 1: Name", "Bent", "1 February 2026"]);
    // Corrected: the row stands there, and is taken out.
    let correct = format!("{entry}/correct");
    says(&club.get(&secretary, &correct).await, &["value=\"Bent\"", "value=\"01-02-2026\""]);
    let out = [
        ("content.name", "Anna Test"),
        ("content.contacts", "1"),
        ("content.contacts.0.name", "Bent"),
        ("version", "1"),
        ("note", ""),
        ("rows", "out content.contacts.0"),
    ];
    let page = club.post(&secretary, &correct, &out).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    assert!(!page.text().contains("value=\"Bent\""));
    let saved =
        [("content.name", "Anna Test"), ("content.contacts", "0"), ("version", "1"), ("note", "none")];
    let (_, page) = club.posted(&secretary, &correct, &saved).await;
    says(&page, &["The correction is written."]);
    // Threats T13: a row that the form does not have, and a button that it does not have.
    for strange in [("content.contacts.7.name", "x"), ("rows", "out content.name.0")] {
        let sent: Vec<_> = saved.iter().copied().chain([strange]).collect();
        assert_eq!(
            club.post(&secretary, &correct, &sent).await.status,
            StatusCode::BAD_REQUEST,
            "{strange:?}"
        );
    }
}
