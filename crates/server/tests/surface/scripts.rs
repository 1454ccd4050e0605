//! Text that others wrote is text on every page: names, organisations, reasons, labels, and what the browser sends. Threat T7.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::StatusCode;
use notice::Id;
use register::Personal;
use server::Persona;
use services::basic_data::{Contact, Feed, change_own_contact, import_person};
use services::emergency_access::take;
use services::opt_out::{What, block};
use services::shared_medication_record::{Dosage, dispense, prescribe, stop};
use services::testing::{NANCY, imported, new_order, new_prescription};
use services::treatment_relation::{Kind, Source, register_relation};
use services::{Whom, consent, presentation};

use crate::town::{Answer, Browser, Town, request};

/// Ends an attribute of either kind, opens an element, and would be read back if a page decoded it twice.
fn planted(place: &str) -> String {
    format!("{place}XSS\"'><img src=x onerror=alert(1)>&lt;b&gt;")
}

/// What a page must not hold: the planted text as written, in whole or behind any sign that means something.
const RAW: [&str; 6] = ["XSS\"", "XSS'", "XSS>", "<img src=x", "onerror=alert(1)>", "&lt;b&gt;"];

fn town() -> Town {
    let town = Town::new();
    let country = &town.country;
    let mut nancy = imported(NANCY, &planted("name"));
    nancy.address = planted("address");
    nancy.general_practitioner = Some(planted("practice"));
    let again = import_person::Request { feed: Feed::Again, people: vec![nancy] };
    country.act(&country.caller("system", None, None), |at| import_person::run(at, again)).unwrap();
    relation(&town);
    medicine(&town);
    own_words(&town);
    let reason = Personal::new(planted("reason") + " bevidstløs på gaden, ingen pårørende");
    let mut stranger = country.other_doctor();
    stranger.name = Personal::new(planted("stranger"));
    stranger.organisation_name = Some(planted("hospital"));
    let emergency = take::Request { patient: country.nancy, reason };
    country.act(&stranger, |at| take::run(at, emergency)).unwrap();
    town
}

fn relation(town: &Town) {
    let country = &town.country;
    let system = country.caller("system", None, None);
    let relation = register_relation::Request {
        patient: country.nancy,
        organisation: country.practice,
        organisation_name: planted("organisation"),
        professional: None,
        kind: Kind::OwnPractice,
        from: town.now(),
        until: Some(town.now() + jiff::SignedDuration::from_hours(48)),
        source: Source::Referral,
    };
    country.act(&system, |at| register_relation::run(at, relation)).unwrap();
}

fn medicine(town: &Town) {
    let country = &town.country;
    let write = |dosage: Option<Dosage>| {
        let mut order = new_order(&planted("drug"), "C08CA01");
        order.drug.form = Some(planted("form"));
        order.drug.strength = Some(planted("strength"));
        order.route = Some(planted("route"));
        order.indication = Some(planted("indication"));
        order.dosage = dosage.unwrap_or(order.dosage);
        let request = prescribe::Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            treatment: prescribe::Treatment::New(Box::new(order)),
            prescription: Some(new_prescription()),
        };
        let mut doctor = country.doctor();
        doctor.name = Personal::new(planted("doctor"));
        doctor.organisation_name = Some(planted("clinic"));
        country.act(&doctor, |at| prescribe::run(at, request)).unwrap()
    };
    let written = write(Some(Dosage::FreeText { text: planted("dosage") }));
    let present = presentation::present::Request {
        person: country.nancy,
        pharmacy: country.pharmacy,
        pharmacy_name: planted("pharmacy"),
    };
    country.act(&country.citizen(country.nancy), |at| presentation::present::run(at, present)).unwrap();
    let prescription = written.prescription.unwrap();
    let handed = dispense::Request {
        patient: country.nancy,
        prescription: prescription.id,
        version: prescription.version,
        packages: 1,
        label_text: Some(planted("label")),
        comment: Some(planted("comment")),
    };
    country.act(&country.pharmacist(), |at| dispense::run(at, handed)).unwrap();
    let stopped = stop::Request {
        patient: country.nancy,
        version: country.version(country.nancy),
        order: write(None).order.id,
        reason: planted("stopped"),
    };
    let stopped = stop::Request { version: country.version(country.nancy), ..stopped };
    country.act(&country.doctor(), |at| stop::run(at, stopped)).unwrap();
}

fn own_words(town: &Town) {
    let country = &town.country;
    let nancy = country.citizen(country.nancy);
    let whom = |word: &str| Whom::Organisation { id: Id::from_bits(0x77), name: planted(word) };
    let given = consent::give::Request {
        person: country.nancy,
        whom: whom("consented"),
        from: None,
        until: town.now() + jiff::SignedDuration::from_hours(24),
    };
    country.act(&nancy, |at| consent::give::run(at, given)).unwrap();
    let blocked = block::Request {
        person: country.nancy,
        whom: Whom::Professional { id: Id::from_bits(0x78), name: Personal::new(planted("blocked")) },
        what: What::Everything,
        from: None,
        until: None,
    };
    country.act(&nancy, |at| block::run(at, blocked)).unwrap();
    let contact = Contact {
        phone: Some("+45 11 11 11 11".into()),
        languages: vec![planted("tongue")],
        ..Contact::default()
    };
    let changed = change_own_contact::Request { person: country.nancy, contact };
    // A language is a code and no sentence: refused or kept, it is text.
    let _ = country.act(&nancy, |at| change_own_contact::run(at, changed));
}

async fn fetched(town: &Town, browser: &Browser, path: &str) -> Answer {
    let asked = request("GET", path, Some(browser))
        .header("user-agent", planted("agent"))
        .header("referer", "https://localhost/\"'><img src=x onerror=alert(1)>")
        .header("accept-language", "da\"'><img src=x>");
    town.send(asked.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn what_others_wrote_is_text_on_every_page_that_shows_it() {
    let town = town();
    let mut named = town.identity(
        Persona::Professional,
        "doctor",
        Some(town.country.doctor),
        Some(town.country.practice),
    );
    named.name = Personal::new(planted("signed-in"));
    named.organisation_name = Some(planted("workplace"));
    let doctor = town.log_in(named);
    let pharmacist = town.log_in(town.identity(
        Persona::Pharmacy,
        "pharmacist",
        Some(town.country.pharmacist),
        Some(town.country.pharmacy),
    ));
    let reviewer = town.log_in(town.identity(Persona::Reviewer, "reviewer", Some(town.country.nurse), None));
    let id = town.country.nancy;
    let pages = [
        (
            town.nancy(),
            vec![
                "me",
                "me/medicine",
                "me/log",
                "me/when",
                "me/blocks",
                "me/consents",
                "me/basic",
                "me/device",
            ],
        ),
        (
            doctor,
            vec![
                "patients",
                "patients/{id}/card",
                "patients/{id}/prescribe",
                "patients/{id}/emergency",
                "patients/{id}/consent",
                "looks",
            ],
        ),
        (town.other_doctor(), vec!["patients/{id}/card", "patients/{id}/card?through=emergency", "looks"]),
        (pharmacist, vec!["pharmacy", "pharmacy/people/{id}", "looks"]),
        (reviewer, vec!["officer/emergencies"]),
        (town.operator(), vec!["operator", "no/such/page"]),
    ];
    let mut seen = BTreeSet::new();
    let mut shown = 0;
    for (browser, paths) in &pages {
        for path in paths {
            for lang in ["da", "en"] {
                let path = format!("/{lang}/{}", path.replace("{id}", &id.to_string()));
                let answer = fetched(&town, browser, &path).await;
                assert!(!answer.status.is_server_error(), "{path}");
                assert!(answer.header("content-type").starts_with("text/html"), "{path}");
                shown += usize::from(answer.status == StatusCode::OK);
                let html = answer.text();
                for raw in RAW {
                    assert!(!html.contains(raw), "{path} holds `{raw}`: {}", around(&html, raw));
                }
                assert!(!html.contains("href=\"javascript:"), "{path}");
                for place in places() {
                    if html.contains(&format!("{place}XSS&")) {
                        seen.insert(place);
                    }
                }
            }
        }
    }
    assert!(shown > 30, "{shown} pages were shown");
    let expected = [
        "name",
        "drug",
        "indication",
        "dosage",
        "reason",
        "doctor",
        "stranger",
        "hospital",
        "consented",
        "blocked",
        "signed-in",
        "workplace",
    ];
    let missing: Vec<_> = expected.iter().filter(|place| !seen.contains(**place)).collect();
    assert!(missing.is_empty(), "not on any page, so nothing was tried: {missing:?}; seen {seen:?}");
}

fn places() -> [&'static str; 24] {
    [
        "name",
        "address",
        "practice",
        "organisation",
        "drug",
        "form",
        "strength",
        "route",
        "indication",
        "dosage",
        "doctor",
        "clinic",
        "pharmacy",
        "label",
        "comment",
        "stopped",
        "consented",
        "blocked",
        "tongue",
        "reason",
        "stranger",
        "hospital",
        "signed-in",
        "workplace",
    ]
}

fn around<'a>(html: &'a str, raw: &str) -> &'a str {
    let at = html.find(raw).unwrap_or(0);
    let from = (0..=at.saturating_sub(120)).rev().find(|from| html.is_char_boundary(*from)).unwrap_or(0);
    let to = (at + 80..=html.len()).find(|to| html.is_char_boundary(*to)).unwrap_or(html.len());
    &html[from..to]
}

/// Places that hand text to the browser as markup, each with the reason why the text is ours. It may only shrink.
const REVIEWED: &[(&str, &str)] = &[
    ("shell.rs", "moments: digits and names of months, made from a time"),
    (
        "laid.rs",
        "prints and pictures: made from a document or a figure alone, which escape every text of a notice",
    ),
];

#[test]
fn no_template_hands_text_over_as_markup() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            let dense: String = line.chars().filter(|sign| !sign.is_whitespace()).collect();
            let marks = ["|safe", "|escape(\"none\")", "escape=\"none\"", "autoescapefalse"];
            if marks.iter().any(|mark| dense.contains(mark)) && !is_reviewed(&path) {
                found.push(format!("{name}:{}", number + 1));
            }
            // Scripts and styles stand in files of their own, and no element carries any.
            let inline = dense.contains("<script>") || dense.contains("<style") || dense.contains("style=\"");
            let handler = line.split_whitespace().any(|word| word.starts_with("on") && word.contains("=\""));
            if inline || handler || dense.contains("javascript:") {
                found.push(format!("{name}:{} runs something", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    let unescaped: Vec<_> = sources(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref())
        .into_iter()
        .filter(|(_, text)| {
            ["escape = \"none\"", "filters::Safe", "HtmlSafe", "MarkupDisplay"]
                .iter()
                .any(|mark| text.contains(mark))
        })
        .map(|(path, _)| path)
        .filter(|path| !is_reviewed(path))
        .collect();
    assert!(unescaped.is_empty(), "{unescaped:#?}");
}

fn is_reviewed(path: &std::path::Path) -> bool {
    REVIEWED.iter().any(|(file, _)| path.file_name().is_some_and(|name| name == *file))
}

fn sources(folder: &std::path::Path) -> Vec<(std::path::PathBuf, String)> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![(path.clone(), std::fs::read_to_string(&path).unwrap())]
            }
        })
        .collect()
}
