//! A register that really fails under the real app: the caller learns a code or an event id, and nothing of the machine. ASVS 16.5.

use std::path::Path;

use axum::http::StatusCode;
use register::testing::{TestRegister, house_corpus};
use server::SecurityLog;
use services::testing::Country;
use services::treatment_relation::{Kind, Source, import_relations, register_relation};

use crate::town::{Answer, Browser, Town, config};

const OF_THE_MACHINE: [&str; 12] = [
    "sqlite",
    "SQLITE",
    "disk image",
    "not a database",
    ".db",
    "/tmp",
    "register::",
    "panicked",
    "os error",
    "unwrap",
    "2512489996",
    "Nancy Ann",
];

fn says_nothing(path: &str, answer: &Answer) {
    let text = answer.text();
    for word in OF_THE_MACHINE {
        assert!(!text.contains(word), "{path} says `{word}`: {text}");
    }
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    if path.starts_with("/api/") {
        let body = answer.json();
        let known = ["type", "code", "status", "title", "advice", "event"];
        assert!(body.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())), "{body}");
        if answer.status == StatusCode::INTERNAL_SERVER_ERROR {
            assert_eq!(body["event"].as_str().unwrap().len(), 16, "{body}");
        } else {
            assert!(answer.header("retry-after").parse::<u64>().is_ok(), "{path}");
        }
    } else {
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        assert!(text.contains("</html>"), "{path}");
    }
}

/// Asks everything that reads, and gives back what failed.
async fn failures(town: &Town, doctor: &Browser, nancy: &Browser) -> Vec<(String, Answer)> {
    let id = town.country.nancy;
    let of_doctor = [
        format!("/api/v1/patients/{id}/medicine-card"),
        format!("/da/patients/{id}/card"),
        "/api/v1/me/patients".to_owned(),
        "/en/patients".to_owned(),
    ];
    let of_nancy = [
        "/api/v1/me/medicine-card",
        "/api/v1/me/log",
        "/api/v1/me/what-goes-when",
        "/da/me/medicine",
        "/en/me/log",
    ];
    let asked = of_doctor.iter().map(|path| (doctor, path.clone()));
    let asked = asked.chain(of_nancy.iter().map(|path| (nancy, (*path).to_owned())));
    let mut failed = Vec::new();
    for (browser, path) in asked {
        let answer = town.get(Some(browser), &path).await;
        if answer.status.is_server_error() {
            says_nothing(&path, &answer);
            failed.push((path, answer));
        }
    }
    failed
}

fn spoil(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            spoil(&path);
        } else {
            // Written over in place, as a broken disk does; never shorter, or the machine would stop the process.
            use std::os::unix::fs::FileExt;
            let length = usize::try_from(std::fs::metadata(&path).unwrap().len()).unwrap();
            let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
            file.write_all_at(&vec![0xaa; length], 0).unwrap();
        }
    }
}

#[tokio::test]
async fn a_database_that_is_destroyed_under_the_server_shows_no_word_of_it() {
    let town = Town::new();
    let (doctor, nancy) = (town.doctor(), town.nancy());
    assert!(failures(&town, &doctor, &nancy).await.is_empty());
    spoil(&town.country.house.config.database);
    let failed = failures(&town, &doctor, &nancy).await;
    assert!(!failed.is_empty(), "nothing noticed that the database is gone");
    let operations = server::operations(town.app.clone());
    let health = crate::town::request("GET", "/health", None).body(axum::body::Body::empty()).unwrap();
    assert_eq!(crate::town::send(operations, health).await.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn a_database_whose_files_are_removed_gives_no_half_answer() {
    let town = Town::new();
    let (doctor, nancy) = (town.doctor(), town.nancy());
    std::fs::remove_dir_all(&town.country.house.config.database).unwrap();
    std::fs::remove_dir_all(&town.country.house.config.keys).unwrap();
    // What the system still holds open may be answered from; whatever fails says nothing.
    failures(&town, &doctor, &nancy).await;
    let card = town.get(Some(&nancy), "/api/v1/me/medicine-card").await;
    assert!(card.status == StatusCode::OK || card.status.is_server_error(), "{}", card.text());
}

#[tokio::test]
async fn keys_that_are_destroyed_under_the_server_show_no_word_of_it() {
    let town = Town::new();
    let (doctor, nancy) = (town.doctor(), town.nancy());
    spoil(&town.country.house.config.keys);
    let failed = failures(&town, &doctor, &nancy).await;
    assert!(!failed.is_empty(), "nothing noticed that the keys are gone");
}

#[tokio::test]
async fn a_full_disk_stops_changes_and_refusals_before_it_stops_the_doctor() {
    let house = TestRegister::with(house_corpus(), "2026-11-21T09:00:00Z", |config| {
        config.bytes_max = Some(2_000_000)
    });
    let town = Town::of(Country::in_house(house), config(), SecurityLog::default());
    let (doctor, stranger) = (town.doctor(), town.other_doctor());
    fill(&town);
    let card = format!("/api/v1/patients/{}/medicine-card", town.country.nancy);
    let refused = town.get(Some(&stranger), &card).await;
    assert_eq!((refused.status, refused.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "storage-full"));
    says_nothing(&card, &refused);
    let page = format!("/da/patients/{}/card", town.country.nancy);
    let refused = town.get(Some(&stranger), &page).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    says_nothing(&page, &refused);
    assert_eq!(town.get(Some(&doctor), &card).await.status, StatusCode::OK);
}

fn fill(town: &Town) {
    let country = &town.country;
    let system = country.caller("system", None, None);
    let relation = |number: u128| register_relation::Request {
        patient: country.einer,
        organisation: notice::Id::from_bits(0x9000 + number),
        organisation_name: "x".repeat(190),
        professional: None,
        kind: Kind::OwnPractice,
        from: town.now(),
        until: None,
        source: Source::Referral,
    };
    for round in 0..2000 {
        let relations = (0..20).map(|number| relation(round * 20 + number)).collect();
        let sent =
            country.act(&system, |at| import_relations::run(at, import_relations::Request { relations }));
        match sent {
            Ok(_) => {}
            Err(services::Error::Unavailable(register::Unavailable::DiskFull)) => return,
            Err(other) => panic!("{other:?}"),
        }
    }
    panic!("the disk never filled");
}
