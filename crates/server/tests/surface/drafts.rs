//! A changed notice tried out by the officer: what it comes to is shown, nothing is stored, and a hostile one hurts nobody.

use axum::body::Body;
use axum::http::StatusCode;
use server::Persona;
use services::treatment_relation::Source;

use crate::town::{Answer, Browser, Town, request};

const BOUNDARY: &str = "0a1b2c";
/// Prescriptions as the notice that runs keeps them.
const KEEPS: &str = "prescription.issued + P2Y";

struct Desk {
    town: Town,
    officer: Browser,
}

impl Desk {
    fn new() -> Self {
        Self::of(Town::new())
    }

    fn of(town: Town) -> Self {
        let country = &town.country;
        country.treats(country.nancy, Source::GpList);
        country.prescribes(country.nancy, "Enalapril", "C09AA02");
        let officer = town.log_in(town.identity(Persona::Officer, "controller", None, None));
        Self { town, officer }
    }

    fn running(&self, path: &str) -> String {
        let corpus = self.town.app.register().corpus().unwrap();
        corpus.files.into_iter().find(|(it, _)| it == path).unwrap().1
    }

    /// Sends a form; each part is what stands in its head after `form-data`, and what it holds.
    async fn send(&self, browser: &Browser, token: &str, parts: &[(String, &[u8])]) -> Answer {
        let mut body = Vec::new();
        let token = ("; name=\"_csrf\"".to_owned(), token.as_bytes());
        for (head, content) in std::iter::once(&token).chain(parts) {
            body.extend(format!("--{BOUNDARY}\r\ncontent-disposition: form-data{head}\r\n\r\n").into_bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").into_bytes());
        let head = request("POST", "/en/officer/draft", Some(browser))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        self.town.send(head.body(Body::from(body)).unwrap()).await
    }

    async fn paste(&self, path: &str, text: &str) -> Answer {
        let parts = [field("file", path.as_bytes()), field("text", text.as_bytes())];
        self.send(&self.officer, &self.officer.csrf, &parts).await
    }

    /// The page to which a draft leads.
    async fn tried(&self, path: &str, text: &str) -> (String, String) {
        let answer = self.paste(path, text).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        let page = answer.header("location").to_owned();
        (self.read(&page).await, page)
    }

    async fn read(&self, page: &str) -> String {
        let answer = self.town.get(Some(&self.officer), page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}");
        answer.text()
    }

    /// The page when the records on file are counted.
    async fn counted(&self, page: &str) -> String {
        for _ in 0..2_000 {
            let text = self.read(page).await;
            if !text.contains("<progress") {
                return text;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("never counted")
    }
}

fn field<'a>(name: &str, content: &'a [u8]) -> (String, &'a [u8]) {
    (format!("; name=\"{name}\""), content)
}

fn file<'a>(name: &str, content: &'a [u8]) -> (String, &'a [u8]) {
    (format!("; name=\"files\"; filename=\"{name}\""), content)
}

#[tokio::test]
async fn a_shorter_period_shows_what_moves_whom_to_tell_and_that_it_waits() {
    let desk = Desk::new();
    let changed = desk.running("fmk.toml").replace(KEEPS, "prescription.issued + P1Y");
    let (page, address) = desk.tried("fmk.toml", &changed).await;
    assert!(page.contains("It compiles."), "{page}");
    for words in ["Periods that move", "sooner", "seven days after the second signature"] {
        assert!(page.contains(words), "no `{words}`");
    }
    let counted = desk.counted(&address).await;
    assert!(counted.contains("Records on file") && counted.contains("come sooner"), "{counted}");
    // Both languages stand side by side, each marked as what it is.
    let both = desk.read(&format!("{address}/beside")).await;
    assert!(both.contains("Periods that move") && both.contains("Frister, der flytter sig"));
    assert!(both.contains("class=\"tongue\" lang=\"da\"") && both.contains("class=\"tongue\" lang=\"en\""));
    // The same page in the other language is the same draft.
    assert!(desk.read(&address.replace("/en/", "/da/")).await.contains("Frister, der flytter sig"));
}

#[tokio::test]
async fn the_records_on_file_are_those_that_the_command_counts() {
    let desk = Desk::new();
    let changed = desk.running("fmk.toml").replace(KEEPS, "prescription.issued + P1Y");
    let files = desk.town.app.register().corpus().unwrap().files.into_iter().map(|(path, text)| {
        let text = if path == "fmk.toml" { changed.clone() } else { text };
        notice::SourceFile { path, text }
    });
    let files: Vec<_> = files.collect();
    let new = notice::compile(&files, jiff::civil::date(2026, 11, 21)).policy.unwrap();
    let dated = desk.town.app.register().dated_under(&new).unwrap();
    let sum = |count: fn(&register::Dated) -> u64| dated.iter().map(count).sum::<u64>();
    let (_, address) = desk.tried("fmk.toml", &changed).await;
    let page = desk.counted(&address).await;
    for (number, words) in [
        (sum(|it| it.sooner), "come sooner"),
        (sum(|it| it.later), "come later, or lose their date"),
        (sum(|it| it.same), "stay"),
    ] {
        assert!(page.contains(&format!("<strong>{number}</strong> {words}")), "{number} {words}: {page}");
    }
}

#[tokio::test]
async fn more_for_one_role_comes_first_and_the_promise_that_goes_is_named_with_its_tests() {
    let desk = Desk::new();
    let text = desk.running("fmk.toml");
    let wider = text.replacen("when = \"treats subject and not blocked\"", "when = \"treats subject\"", 1);
    let gone = wider.replace("\"F-17\", ", "").replace(", \"F-17\"", "").replace("[\"F-17\"]", "[]");
    assert!(wider != text && gone != wider, "the notice reads otherwise now");
    let (page, _) = desk.tried("fmk.toml", &gone).await;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("no `{words}` in {page}"));
    assert!(at("Widening") < at("Promises that are stated no longer"));
    assert!(page[at("Promises that are stated no longer")..].contains("<strong>F-17</strong>"));
    assert!(page.contains("(1 tests)") || page.contains("1 tests"));
    assert!(page.contains("To be told before the change takes effect"));
}

#[tokio::test]
async fn what_is_wrong_stands_at_its_line_and_there_is_no_effect() {
    let desk = Desk::new();
    let text = desk.running("fmk.toml");
    let broken = text.replacen(KEEPS, "prescription.issud + P2Y", 1);
    let line = broken.lines().position(|line| line.contains("issud")).unwrap() + 1;
    let (page, _) = desk.tried("fmk.toml", &broken).await;
    assert!(page.contains("It does not compile") && page.contains(&format!("line {line}</span>")), "{page}");
    assert!(page.contains("issud") && !page.contains("<h2 id=\"effect\""));
    let (page, _) = desk.tried("fmk.toml", "[notice\n").await;
    assert!(page.contains("N002") && page.contains("It does not compile"));
}

#[tokio::test]
async fn the_same_text_has_no_effect_and_nothing_of_a_draft_is_run_or_stored() {
    let desk = Desk::new();
    let before = desk.town.app.register().corpus().unwrap();
    let (page, _) = desk.tried("fmk.toml", &desk.running("fmk.toml").replace('\n', "\r\n")).await;
    assert!(page.contains("The change has no effect") && page.contains("No date on file moves"), "{page}");
    let text = desk.running("fmk.toml").replace(KEEPS, "prescription.issued + P1D");
    let (_, address) = desk.tried("fmk.toml", &text).await;
    desk.counted(&address).await;
    assert_eq!(desk.town.app.register().corpus().unwrap().files, before.files);
    assert!(desk.town.app.register().receipts(10).unwrap().is_empty());
}

#[tokio::test]
async fn files_take_the_place_of_those_of_the_same_name_and_a_new_one_stands_beside_them() {
    let desk = Desk::new();
    let fmk = desk.running("fmk.toml").replace(KEEPS, "prescription.issued + P3Y");
    let sent = [file("fmk.toml", fmk.as_bytes()), file("club.toml", b"[notice]\nid = \"club\"\n")];
    let answer = desk.send(&desk.officer, &desk.officer.csrf, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = desk.read(answer.header("location")).await;
    assert!(page.contains("<code>fmk.toml</code>, <code>club.toml</code>"));
    assert!(page.contains("It does not compile") && page.contains("club.toml, line"), "{page}");
}

#[tokio::test]
async fn what_cannot_be_a_notice_is_refused_at_its_field_and_what_was_typed_is_kept() {
    let desk = Desk::new();
    let large = "# æ\n".repeat(110_000);
    assert!(large.len() > 512 * 1024 && large.len() < 1024 * 1024);
    for (parts, words) in [
        (vec![field("file", b"none.toml"), field("text", b"x = 1 # kept")], "Choose which file it is"),
        (vec![field("file", b"fmk.toml"), field("text", b"")], "Paste the text, or send a file"),
        (vec![field("file", b"fmk.toml"), field("text", large.as_bytes())], "larger than 512 KiB"),
        (vec![file("fmk.toml", large.as_bytes())], "larger than 512 KiB"),
        (vec![file("../fmk.toml", b"x = 1")], "A new file has a name of small letters"),
        (vec![file("fmk.toml", b"\xff\xfe")], "no UTF-8 text"),
        (vec![file("a.toml", b"x = 1"), file("a.toml", b"x = 2")], "The same file is there twice"),
    ] {
        let answer = desk.send(&desk.officer, &desk.officer.csrf, &parts).await;
        let page = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(page.contains(words), "no `{words}`");
        let typed = parts.iter().any(|(_, content)| *content == b"x = 1 # kept");
        assert!(!typed || page.contains("x = 1 # kept"));
    }
    let many: Vec<_> =
        (0..25).map(|at| (format!("; name=\"files\"; filename=\"n{at}.toml\""), &b"x = 1"[..])).collect();
    let answer = desk.send(&desk.officer, &desk.officer.csrf, &many).await;
    assert!(answer.text().contains("Send at most 24 files"), "{}", answer.text());
    let huge = vec![b'#'; 1024 * 1024 + 1];
    let answer = desk.send(&desk.officer, &desk.officer.csrf, &[field("text", &huge)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_form_without_its_token_or_with_a_field_that_nobody_declared_is_refused() {
    let desk = Desk::new();
    let good = [field("file", b"fmk.toml"), field("text", b"x = 1")];
    assert_eq!(desk.send(&desk.officer, "wrong", &good).await.status, StatusCode::FORBIDDEN);
    let more = [field("file", b"fmk.toml"), field("text", b"x = 1"), field("run", b"yes")];
    let answer = desk.send(&desk.officer, &desk.officer.csrf, &more).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    for stranger in [desk.town.doctor(), desk.town.nancy()] {
        let answer = desk.send(&stranger, &stranger.csrf, &good).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_draft_is_for_who_sent_it_until_it_is_thrown_away_or_half_an_hour_has_passed() {
    let desk = Desk::new();
    let (_, address) = desk.tried("fmk.toml", &desk.running("fmk.toml")).await;
    let mut other = desk.town.identity(Persona::Officer, "controller", None, None);
    other.subject = register::Personal::new("another-officer".to_owned());
    let other = desk.town.log_in(other);
    let nothing = desk.town.get(Some(&other), "/en/officer/draft/0123456789abcdef0123456789abcdef").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    for page in ["", "/beside", "/edit"] {
        assert_eq!(
            desk.town.get(Some(&desk.officer), &format!("{address}{page}")).await.status,
            StatusCode::OK
        );
        let answer = desk.town.get(Some(&other), &format!("{address}{page}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
    }
    let forget = request("POST", &format!("{address}/forget"), Some(&desk.officer))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("_csrf={}", desk.officer.csrf)));
    assert_eq!(desk.town.send(forget.unwrap()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(desk.town.get(Some(&desk.officer), &address).await.status, StatusCode::NOT_FOUND);
    // The next one takes the place of the one before, and ends by itself.
    let (_, first) = desk.tried("fmk.toml", &desk.running("fmk.toml")).await;
    let (_, second) = desk.tried("nsp.toml", &desk.running("nsp.toml")).await;
    assert_eq!(desk.town.get(Some(&desk.officer), &first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.town.get(Some(&desk.officer), &second).await.status, StatusCode::OK);
    desk.town.country.house.clock.pass(jiff::Span::new().minutes(29));
    assert_eq!(desk.town.get(Some(&desk.officer), &second).await.status, StatusCode::OK);
    desk.town.country.house.clock.pass(jiff::Span::new().minutes(2));
    assert_eq!(desk.town.get(Some(&desk.officer), &second).await.status, StatusCode::NOT_FOUND);
}

/// Threats 4.10: while a compiler has its hands full, everybody else is answered, and so is whoever sent it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_notice_is_answered_in_time_and_holds_up_nobody_else() {
    let desk = std::sync::Arc::new(Desk::new());
    let mut hostile = String::from("[notice]\nid = \"h\"\n");
    for number in 0..1_400 {
        hostile.push_str(&format!(
            "[[use]]\nid = \"u{number}\"\nwhen = \"{}\"\nwho = [\"nobody-{number}\"]\n",
            ["self or not treats subject"; 8].join(" and not ")
        ));
    }
    hostile.truncate(512 * 1024);
    let sent = {
        let desk = desk.clone();
        tokio::spawn(async move { desk.paste("fmk.toml", &hostile).await })
    };
    while !sent.is_finished() {
        let start = std::time::Instant::now();
        assert_eq!(desk.town.get(None, "/en/accessibility").await.status, StatusCode::OK);
        assert!(start.elapsed() < std::time::Duration::from_secs(2), "{:?}", start.elapsed());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let answer = sent.await.unwrap();
    // Compiled in time, or told that it takes too long: never a failure of ours.
    assert!(
        matches!(answer.status, StatusCode::SEE_OTHER | StatusCode::SERVICE_UNAVAILABLE),
        "{} {}",
        answer.status,
        answer.text()
    );
}
