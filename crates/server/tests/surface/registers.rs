//! A club's register over REST, from its notice and the form of its entries alone.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::club::{Club, LIST};

#[tokio::test]
async fn an_entry_is_added_corrected_ended_and_erased_on_its_day() {
    let club = Club::new();
    let added = club.adds("anna@svoem.example", json!({ "name": "Anna Test" })).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.text());
    let (person, record) = (added.json()["person"].clone(), added.json()["record"].clone());
    let entry = format!("{LIST}/people/{}/records/{}", person.as_str().unwrap(), record.as_str().unwrap());
    let correction = json!({ "version": 1, "content": { "name": "Anne Test" }, "note": "her name is Anne" });
    let corrected = club.asks("secretary", 1, "POST", &format!("{entry}/correct"), correction.clone()).await;
    assert_eq!(corrected.json()["version"], 2, "{}", corrected.text());
    let twice = club.asks("secretary", 1, "POST", &format!("{entry}/correct"), correction).await;
    assert_eq!(twice.code(), "conflict");
    let history = club.asks("secretary", 1, "GET", &entry, Value::Null).await.json();
    assert_eq!(history["items"][0]["content"]["name"], "Anna Test");
    assert_eq!(history["items"][1]["notes"], json!(["her name is Anne"]));
    let ended = json!({ "event": "member.ended" });
    let ended = club.asks("secretary", 1, "POST", &format!("{entry}/events"), ended).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT, "{}", ended.text());
    let due = club.asks("secretary", 1, "GET", &format!("{LIST}/due"), Value::Null).await.json();
    assert_eq!(due["items"][0]["happens"], "erase");
    assert_eq!(due["items"][0]["why"]["en"], "erased 1 year after the tie has ended");
    club.house.clock.pass_until("2027-11-21T09:00:00Z".parse().unwrap());
    club.house.register.sweep().unwrap();
    let list = club.asks("secretary", 1, "GET", LIST, Value::Null).await.json();
    assert_eq!(list["items"], json!([]));
    assert_eq!(club.asks("secretary", 1, "GET", &entry, Value::Null).await.code(), "not-found");
}

#[tokio::test]
async fn each_role_gets_what_the_notice_gives_it() {
    let club = Club::new();
    club.adds("anna@svoem.example", json!({ "name": "Anna Test", "phone": "12345678" })).await;
    let list = club.asks("trainer", 2, "GET", LIST, Value::Null).await.json();
    assert_eq!(list["items"][0]["content"], json!({ "name": "Anna Test" }));
    let added = json!({ "about": { "own": "b@svoem.example" }, "content": { "name": "B" } });
    assert_eq!(club.asks("trainer", 2, "POST", LIST, added).await.code(), "not-found");
    assert_eq!(club.asks("member", 3, "GET", LIST, Value::Null).await.code(), "not-found");
    let form = club.asks("trainer", 2, "GET", &format!("{LIST}/form"), Value::Null).await.json();
    assert_eq!(
        (form["may"].clone(), form["title"]["en"].clone()),
        (json!(["list"]), json!("List of members"))
    );
    let nobody = club.asks("system", 4, "GET", &format!("{LIST}/form"), Value::Null).await;
    assert_eq!(nobody.code(), "not-found");
    let other = club.asks("secretary", 1, "GET", "/api/v1/registers/members.log", Value::Null).await;
    assert_eq!(other.code(), "not-found", "a register without a form is not served");
}

#[tokio::test]
async fn a_member_sees_her_own_and_who_looked() {
    let club = Club::new();
    let added = club.adds("anna@svoem.example", json!({ "name": "Anna Test" })).await.json();
    let anna = u128::from_str_radix(added["person"].as_str().unwrap(), 16).unwrap();
    let own = club.asks("member", anna, "GET", &format!("{LIST}/me"), Value::Null).await.json();
    assert_eq!(own["entries"][0]["content"]["name"], "Anna Test");
    assert_eq!(own["looks"][0]["what"]["en"], "Keep the list");
    let stranger = club.asks("member", 5, "GET", &format!("{LIST}/me"), Value::Null).await.json();
    assert_eq!((stranger["entries"].clone(), stranger["looks"].clone()), (json!([]), json!([])));
    assert_eq!(
        club.asks("secretary", 1, "GET", &format!("{LIST}/me"), Value::Null).await.code(),
        "not-found"
    );
}

#[tokio::test]
async fn what_does_not_fit_points_to_its_field_and_repeats_nothing() {
    let club = Club::new();
    let sent = club.adds("anna@svoem.example", json!({ "name": "A", "email": "no-address" })).await;
    assert_eq!(
        (sent.code().as_str(), sent.json()["fields"][0]["field"].as_str()),
        ("unfit", Some("content.email"))
    );
    assert!(!sent.text().contains("no-address"));
    let sent = club.adds("anna@svoem.example", json!({ "name": "A", "undeclared": 1 })).await;
    assert_eq!(sent.json()["fields"][0]["code"], "not-declared");
    for about in [
        json!({}),
        json!({ "cpr": "1" }),
        json!({ "own": "2512489996" }),
        json!({ "own": "a", "cpr": "2512489996" }),
    ] {
        let body = json!({ "about": about, "content": { "name": "A" } });
        let sent = club.asks("secretary", 1, "POST", LIST, body).await;
        assert_eq!(sent.code(), "unfit", "{}", sent.text());
    }
}
