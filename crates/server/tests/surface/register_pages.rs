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
    let nobody = club.log_in("member", 77);
    says(&club.get(&nobody, &format!("{LIST}/me")).await, &["Nothing is kept about you"]);
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
