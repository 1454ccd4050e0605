//! The prints of every notice as pages and files, and the clocks, for the officer alone.

use axum::http::StatusCode;
use server::Persona;
use services::treatment_relation::Source;

use crate::town::{Browser, Town};

fn officer(town: &Town) -> Browser {
    town.log_in(town.identity(Persona::Officer, "controller", None, None))
}

/// The addresses below a part that a page links to.
fn links(page: &str, below: &str) -> Vec<String> {
    let all = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut links: Vec<String> = all.filter(|it| it.contains(below)).map(str::to_owned).collect();
    links.sort();
    links.dedup();
    links
}

#[tokio::test]
async fn every_print_that_a_notice_page_links_to_is_there_in_every_format() {
    let town = Town::new();
    let officer = officer(&town);
    let page = town.get(Some(&officer), "/en/officer/notices/fmk").await.text();
    let prints = links(&page, "/prints/");
    assert!(prints.len() > 40, "{}", prints.len());
    for address in prints {
        let answer = town.get(Some(&officer), &address).await;
        // A notice without a joint controller or a table may have nothing to sort.
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        let Some((_, format)) = address.split_once("/file/") else { continue };
        assert!(answer.header("content-disposition").starts_with("attachment; filename=\"fmk-"), "{address}");
        let is = match format {
            "pdf" => answer.body.starts_with(b"%PDF-"),
            "xlsx" => answer.body.starts_with(b"PK"),
            "json" | "jsonld" | "tilt" => serde_json::from_slice::<serde_json::Value>(&answer.body).is_ok(),
            "svg" => answer.text().starts_with("<svg"),
            "html" => answer.text().starts_with("<!doctype html>"),
            "md" | "csv" => !answer.text().is_empty(),
            other => panic!("{other}"),
        };
        assert!(is, "{address} is no {format}");
    }
}

#[tokio::test]
async fn a_letter_stands_in_both_languages_side_by_side_with_names_of_its_own() {
    let town = Town::new();
    let officer = officer(&town);
    for print in ["letter-13", "letter-14", "short", "record", "matrix"] {
        let address = format!("/da/officer/notices/nsp/prints/{print}/beside");
        let page = town.get(Some(&officer), &address).await.text();
        let main = page.split("<main").nth(1).unwrap();
        assert_eq!(main.matches("<h1").count(), 1, "{print}");
        assert!(
            main.contains("class=\"tongue\" lang=\"da\"") && main.contains("class=\"tongue\" lang=\"en\"")
        );
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{print}: a name stands twice");
    }
}

#[tokio::test]
async fn there_is_no_print_of_another_word_or_for_anybody_else() {
    let town = Town::new();
    let officer = officer(&town);
    for path in [
        "/en/officer/notices/none/prints/record",
        "/en/officer/notices/fmk/prints/everything",
        "/en/officer/notices/fmk/prints/processor-nobody",
        "/en/officer/notices/fmk/prints/record/file/svg",
        "/en/officer/notices/fmk/prints/short/file/csv",
        "/en/officer/notices/fmk/prints/record/file/..%2fpdf",
    ] {
        assert_eq!(town.get(Some(&officer), path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["prints/record", "prints/record/beside", "prints/record/file/pdf"] {
        let answer = town.get(Some(&town.doctor()), &format!("/en/officer/notices/fmk/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_clock_that_has_acted_says_when_and_on_how_many_and_so_do_the_promise_and_the_notice() {
    let town = Town::new();
    let officer = officer(&town);
    let clocks = town.get(Some(&officer), "/en/officer/clocks").await.text();
    assert!(clocks.contains("Never yet") && !clocks.contains("in all"), "{clocks}");
    let country = &town.country;
    country.treats(country.nancy, Source::GpList);
    country.prescribes(country.nancy, "Enalapril", "C09AA02");
    for _ in 0..800 {
        country.house.clock.pass(jiff::Span::new().days(1));
        country.house.register.sweep().unwrap();
    }
    let officer = self::officer(&town);
    let clocks = town.get(Some(&officer), "/en/officer/clocks").await.text();
    assert!(clocks.contains("Erased <time") && clocks.contains("in all"), "{clocks}");
    let notice = town.get(None, "/en/notices/fmk").await.text();
    assert!(notice.contains("Last acted") || notice.contains("last acted"), "{notice}");
    assert!(notice.contains("a prescription goes on its day"));
    let promises = town.get(Some(&officer), "/en/officer/promises").await.text();
    assert!(promises.contains("a prescription goes on its day"), "{promises}");
}

#[tokio::test]
async fn promises_stand_under_the_title_of_the_notice_that_makes_them() {
    let page = Town::new().get(None, "/en/promises").await.text();
    for title in ["MedCom&#39;s privacy policy", "Internal Market Information System"] {
        assert!(page.contains(title), "{title}: {page}");
    }
    for id in [">medcom", ">smittestop", ">newsletters"] {
        assert!(!page.contains(id), "{id} is no title: {page}");
    }
}
