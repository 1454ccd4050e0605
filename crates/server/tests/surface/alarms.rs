//! What one member of staff does too much of is seen, on pages and in the API alike. Threats 4.5, T10.

use axum::body::Body;
use axum::http::StatusCode;
use notice::Id;
use server::{Persona, SecurityLog};
use services::treatment_relation::Source;

use crate::town::{Browser, Town, config, request};

struct Watched {
    town: Town,
    file: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

fn watched() -> Watched {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("security.log");
    let town = Town::logging_to(config(), SecurityLog::open(Some(&file)).unwrap());
    Watched { town, file, _folder: folder }
}

impl Watched {
    fn alarms(&self, event: &str) -> usize {
        let word = format!("\"event\":\"{event}\"");
        std::fs::read_to_string(&self.file).unwrap().lines().filter(|line| line.contains(&word)).count()
    }

    async fn metrics(&self) -> String {
        let operations = server::operations(self.town.app.clone());
        let request = request("GET", "/metrics", None).body(Body::empty()).unwrap();
        crate::town::send(operations, request).await.text()
    }

    async fn opens(&self, doctor: &Browser, path: &str) -> StatusCode {
        self.town.get(Some(doctor), path).await.status
    }
}

#[tokio::test]
async fn reading_about_a_hundred_people_in_a_day_is_an_alarm_and_stops_nobody() {
    let watched = watched();
    let doctor = watched.town.doctor();
    for number in 1..=101_u128 {
        let patient = Id::from_bits(0x5000 + number);
        watched.town.country.treats(patient, Source::GpList);
        // Half on pages, half in the API; twice the same person is one person.
        let paths = if number % 2 == 0 {
            [format!("/da/patients/{patient}/card"), format!("/api/v1/patients/{patient}/medicine-card")]
        } else {
            [
                format!("/api/v1/patients/{patient}/medicine-card"),
                format!("/api/v1/patients/{patient}/medicine-card"),
            ]
        };
        for path in paths {
            assert_eq!(watched.opens(&doctor, &path).await, StatusCode::OK, "{path}");
        }
        assert_eq!(watched.alarms("many-subjects"), usize::from(number >= 100), "{number}");
    }
    assert!(watched.metrics().await.contains("hjemmel_alarms_total{alarm=\"many-subjects\"} 1"));
    // The officer sees it, and after a restart too.
    let words = "En medarbejder læste om hundrede personer på én dag";
    assert!(officer(&watched.town).await.contains(words));
    let again = SecurityLog::open(Some(&watched.file)).unwrap();
    let town = Town::of(watched.town.country, config(), again);
    let page = officer(&town).await;
    assert!(page.contains(words), "{page}");
    assert!(!page.contains("Test doctor"), "no name");
}

async fn officer(town: &Town) -> String {
    let identity = town.identity(Persona::Officer, "controller", Some(town.country.einer), None);
    town.get(Some(&town.log_in(identity)), "/da/officer").await.text()
}

#[tokio::test]
async fn the_officer_sees_what_the_compiler_warns_of_and_what_to_do() {
    let town = Town::new();
    let identity = town.identity(Persona::Officer, "controller", Some(town.country.einer), None);
    let officer = town.log_in(identity);
    for lang in ["da", "en"] {
        let list = town.get(Some(&officer), &format!("/{lang}/officer/notices")).await;
        assert_eq!(list.status, StatusCode::OK);
        let mut warned = 0;
        for notice in &town.app.policy().notices {
            let address = format!("/{lang}/officer/notices/{}", notice.said.id);
            assert!(list.text().contains(&format!("href=\"{address}\"")), "{address}");
            let page = town.get(Some(&officer), &address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            warned += usize::from(page.text().contains(".toml:"));
        }
        assert!(warned > 0, "some notice has a warning");
    }
    for none in ["/da/officer/notices/none", "/da/officer/notices/..%2ffmk"] {
        assert_eq!(town.get(Some(&officer), none).await.status, StatusCode::NOT_FOUND, "{none}");
    }
    let stranger = town.get(Some(&town.doctor()), "/da/officer/notices/fmk").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_danish_officer_reads_every_warning_in_danish_and_none_in_english() {
    let town = Town::new();
    let identity = town.identity(Persona::Officer, "controller", Some(town.country.einer), None);
    let officer = town.log_in(identity);
    let escaped = |text: &str| {
        text.replace('\'', "&#39;").replace('"', "&#34;").replace('<', "&#60;").replace('>', "&#62;")
    };
    // What stands between backticks is a name.
    let shown = |text: &str| {
        let part = |(number, part): (usize, &str)| match number % 2 {
            0 => escaped(part),
            _ => format!("<code>{}</code>", escaped(part)),
        };
        text.split('`').enumerate().map(part).collect::<String>()
    };
    let corpus = town.app.register().corpus().unwrap();
    let files: Vec<_> =
        corpus.files.into_iter().map(|(path, text)| notice::SourceFile { path, text }).collect();
    let today = register::Clock::now(&*town.country.house.clock).to_zoned(jiff::tz::TimeZone::UTC).date();
    let found = notice::compile(&files, today).diagnostics;
    let found: Vec<_> = found.iter().filter(|one| one.severity == notice::Severity::Warning).collect();
    assert!(!found.is_empty());
    let mut addresses = vec!["/da/officer/notices".to_owned()];
    let notices = &town.app.policy().notices;
    addresses.extend(notices.iter().map(|one| format!("/da/officer/notices/{}", one.said.id)));
    let mut pages = String::new();
    for address in addresses {
        pages.push_str(&town.get(Some(&officer), &address).await.text());
    }
    for one in found {
        assert!(pages.contains(&shown(&one.sentence.da)), "{}", one.sentence.da);
        assert!(!pages.contains(&shown(&one.sentence.en)), "{}", one.sentence.en);
        assert!(!pages.contains(one.code.title.en), "{}", one.code.title.en);
        assert!(one.help.en == one.help.da || !pages.contains(&shown(&one.help.en)), "{}", one.help.en);
    }
}

#[tokio::test]
async fn whoever_was_refused_has_read_about_nobody() {
    let watched = watched();
    let stranger = watched.town.other_doctor();
    for number in 1..=120_u128 {
        let path = format!("/api/v1/patients/{}/medicine-card", Id::<notice::id::Person>::from_bits(number));
        assert_eq!(watched.opens(&stranger, &path).await, StatusCode::FORBIDDEN);
    }
    assert_eq!(watched.alarms("many-subjects"), 0);
}

#[tokio::test]
async fn more_than_thirty_refusals_in_an_hour_are_told_once_whether_on_pages_or_in_the_api() {
    let watched = watched();
    let stranger = watched.town.other_doctor();
    let (page, api) = (
        format!("/da/patients/{}/card", watched.town.country.nancy),
        format!("/api/v1/patients/{}/medicine-card", watched.town.country.nancy),
    );
    for _ in 0..15 {
        assert_eq!(watched.opens(&stranger, &page).await, StatusCode::FORBIDDEN);
        assert_eq!(watched.opens(&stranger, &api).await, StatusCode::FORBIDDEN);
    }
    assert_eq!(watched.alarms("many-refusals"), 0);
    for _ in 0..5 {
        assert_eq!(watched.opens(&stranger, &page).await, StatusCode::FORBIDDEN);
    }
    assert_eq!(watched.alarms("many-refusals"), 1);
}

#[tokio::test]
async fn a_flood_of_refusals_stops_pages_too() {
    let watched = watched();
    let stranger = watched.town.other_doctor();
    let page = format!("/da/patients/{}/card", watched.town.country.nancy);
    for _ in 0..300 {
        assert_eq!(watched.opens(&stranger, &page).await, StatusCode::FORBIDDEN);
    }
    assert_eq!(watched.opens(&stranger, &page).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(watched.opens(&stranger, "/da/patients").await, StatusCode::TOO_MANY_REQUESTS);
    // Leaving, and what is for anybody, stays open; so does the card for the doctor who treats her.
    assert_eq!(watched.opens(&stranger, "/da/notices").await, StatusCode::OK);
    assert_eq!(watched.opens(&watched.town.doctor(), &page).await, StatusCode::OK);
}

#[tokio::test]
async fn searches_by_number_are_counted_on_pages_too() {
    let watched = watched();
    let doctor = watched.town.doctor();
    let find = async || {
        let body = format!("_csrf={}&cpr=2512489996", doctor.csrf);
        let request = request("POST", "/da/patients/find", Some(&doctor))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        watched.town.send(request.body(Body::from(body)).unwrap()).await.status
    };
    for _ in 0..30 {
        assert_eq!(find().await, StatusCode::SEE_OTHER);
    }
    assert_eq!(find().await, StatusCode::TOO_MANY_REQUESTS);
}
