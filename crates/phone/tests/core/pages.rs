//! The phone's own page: what it shows in both languages, and that nobody else on the machine can use it.

use exposure::Random;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use phone::exports::fetch;
use phone::page::{Guard, Method, Reply, Request, Then, answer};
use phone::statistics::TaskId;
use phone::{Language, MemoryVault, Phone, Settings, Standing, Vault, VaultError, consent};
use zeroize::Zeroizing;

use crate::house::{
    at, beacon_of, fresh, heard, meet_for_half_an_hour, new_phone, published, seeded, signer,
};
use crate::servers::{Servers, country};

const PORT: u16 = 4_100;
const HOST: &str = "127.0.0.1:4100";
const ORIGIN: &str = "http://127.0.0.1:4100";

struct Browser {
    guard: Guard,
    phone: Phone,
    settings: Settings,
    cookie: String,
    now: Timestamp,
}

fn settings(statistics: Option<TaskId>) -> Settings {
    Settings {
        country: country(signer().trusted()),
        authority: "dk.sst".to_owned(),
        zone: TimeZone::UTC,
        transmit_power_dbm: -8,
        statistics,
    }
}

impl Browser {
    /// A browser that opened the address that the program printed.
    fn new(phone: Phone) -> Self {
        let guard = Guard::new(PORT, Language::English, &mut seeded(1));
        let settings = settings(Some(TaskId::named("smittestop")));
        let now = at("2026-11-21T12:00Z");
        let mut browser = Self { guard, phone, settings, cookie: String::new(), now };
        let key = browser.guard.address();
        let reply = browser.ask(&Request { path: key.strip_prefix(ORIGIN).unwrap(), ..get("/") });
        assert_eq!(reply.status, 303);
        assert!(reply.headers.contains(&("Location", "/en/".to_owned())));
        let set = reply.headers.iter().find(|(name, _)| *name == "Set-Cookie").unwrap().1.clone();
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"));
        browser.cookie = set.split(';').next().unwrap().to_owned();
        browser
    }

    fn ask(&mut self, request: &Request<'_>) -> Reply {
        answer(request, &mut self.guard, &mut self.phone, &self.settings, self.now, &mut fresh()).unwrap()
    }

    fn see(&mut self, path: &str) -> Reply {
        let cookie = self.cookie.clone();
        self.ask(&Request { path, cookie: Some(&cookie), ..get("/") })
    }

    fn token(&mut self, path: &str) -> String {
        let page = self.see(path).body;
        let (_, rest) = page.split_once("name=\"token\" value=\"").unwrap();
        rest.split('"').next().unwrap().to_owned()
    }

    fn send(&mut self, path: &str, form: &str) -> Reply {
        let (cookie, token) = (self.cookie.clone(), self.token(path));
        let body = format!("token={token}&{form}");
        let request = Request {
            method: Method::Post,
            path,
            cookie: Some(&cookie),
            origin: Some(ORIGIN),
            body: &body,
            ..get("/")
        };
        self.ask(&request)
    }
}

fn get(path: &str) -> Request<'_> {
    Request {
        method: Method::Get,
        path,
        host: Some(HOST),
        cookie: None,
        origin: None,
        fetch_site: None,
        body: "",
    }
}

fn unasked() -> Phone {
    Phone::open(phone::MemoryVault).unwrap()
}

#[test]
fn the_key_of_the_address_is_good_once_and_nothing_is_shown_without_it() {
    let mut browser = Browser::new(new_phone());
    let used = browser.guard.address();
    for path in ["/", "/da/", "/en/stored", "/enter/", "/enter/x"] {
        assert_eq!(browser.ask(&get(path)).status, 403, "{path}");
    }
    assert_eq!(browser.see("/da/").status, 200);
    let path = used.strip_prefix(ORIGIN).unwrap();
    assert_eq!(browser.ask(&get(path)).status, 303);
    assert_eq!(browser.ask(&get(path)).status, 403, "the key was used");
    assert_eq!(browser.see("/da/").status, 403, "whoever came before is out");
}

/// Threats 4.3: another site, another name that leads here, a form without its token.
#[test]
fn nothing_changes_but_by_a_form_of_the_page_itself() {
    let mut browser = Browser::new(new_phone());
    let (cookie, token) = (browser.cookie.clone(), browser.token("/da/withdraw"));
    let body = format!("token={token}");
    let good = Request {
        method: Method::Post,
        path: "/da/withdraw",
        cookie: Some(&cookie),
        origin: Some(ORIGIN),
        body: &body,
        ..get("/")
    };
    for bad in [
        Request { origin: None, ..good },
        Request { origin: Some("http://127.0.0.1:4101"), ..good },
        Request { origin: Some("null"), ..good },
        Request { fetch_site: Some("cross-site"), ..good },
        Request { fetch_site: Some("same-site"), ..good },
        Request { cookie: None, ..good },
        Request { cookie: Some("phone-4100=x"), ..good },
        Request { body: "", ..good },
        Request { body: "token=x", ..good },
        Request { host: Some("evil.example:4100"), ..good },
        Request { host: Some("localhost:4100"), ..good },
        Request { host: None, ..good },
        Request { method: Method::Get, ..good },
    ] {
        let reply = browser.ask(&bad);
        assert!(reply.status == 403 || reply.status == 421 || bad.method == Method::Get, "{bad:?}");
        assert!(matches!(browser.phone.standing(), Standing::Agreed(_)), "{bad:?}");
    }
    assert_eq!(browser.ask(&good).status, 303);
    assert_eq!(browser.phone.standing(), Standing::None);
}

/// Rule SS-51: consent is withdrawn where the notice says, under the processing of personal data.
#[test]
fn consent_is_given_withdrawn_and_given_again_on_the_page_ss_51() {
    let mut browser = Browser::new(unasked());
    let page = browser.see("/da/consent").body;
    assert!(page.contains("Behandling af personoplysninger"));
    consent::WORDS.da.iter().for_each(|paragraph| assert!(page.contains(paragraph)));
    assert_eq!(browser.send("/da/consent", "version=of-yesterday").status, 200, "shown again");
    assert_eq!(browser.phone.standing(), Standing::None);
    browser.send("/da/consent", &format!("version={}", consent::VERSION));
    assert!(matches!(browser.phone.standing(), Standing::Agreed(_)));
    browser.send("/en/withdraw", "");
    assert_eq!(browser.phone.standing(), Standing::None);
    assert!(browser.see("/en/stored").body.contains("Nothing lies on the phone"));
    let reply = browser.send("/da/uninstall", "");
    assert_eq!((reply.status, reply.then), (200, Then::Uninstall));
}

/// Rules SS-20 to SS-22: the warning with its guidance, and nothing of whom or when.
#[test]
fn a_warning_is_shown_with_guidance_and_without_whom_or_when() {
    let (mut ill, mut well, mut random, signer) = (new_phone(), new_phone(), seeded(4), signer());
    // Others were heard before and since: what is erased first and was heard last is theirs.
    let mut other = new_phone();
    meet_for_half_an_hour(&mut other, &mut well, at("2026-11-14T12:00Z"));
    meet_for_half_an_hour(&mut ill, &mut well, at("2026-11-19T12:00Z"));
    meet_for_half_an_hour(&mut other, &mut well, at("2026-11-21T11:30Z"));
    let keys = ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap();
    let files = published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
    well.checks(files, &[signer.trusted()], at("2026-11-21T12:00Z"), &mut random).unwrap();
    let mut browser = Browser::new(well);
    for (language, said) in [
        (
            "da",
            [
                "Du kan have været udsat for smitte",
                "Det er ikke en diagnose",
                "frivilligt at følge",
                "Bliv testet",
            ],
        ),
        (
            "en",
            [
                "You may have been exposed",
                "This is not a diagnosis",
                "following it is voluntary",
                "Get tested",
            ],
        ),
    ] {
        let page = browser.see(&format!("/{language}/")).body;
        said.iter().for_each(|part| assert!(page.contains(part), "{part}"));
        // Nor on any other page; and what goes fourteen days after the day tells it as well.
        for place in ["", "warn", "stored", "consent", "statistics"] {
            let page = browser.see(&format!("/{language}/{place}")).body;
            for day in
                ["19.11", "19 November", "2026-11-19", "18.11", "20.11", "3.12.", "3 December", "2026-12-03"]
            {
                assert!(!page.contains(day), "{place}: {day}");
            }
        }
    }
    assert!(browser.see("/da/").body.contains("Jeg har læst det"));
    browser.send("/da/", "");
    assert!(!browser.see("/da/").body.contains("Jeg har læst det"));
}

#[test]
fn a_report_begins_on_the_page_and_a_wrong_form_says_what_is_wrong() {
    let mut browser = Browser::new(new_phone());
    for (form, said) in [
        ("code=1&symptoms=&visited=", "En kode er 8 cifre"),
        ("code=12345678&symptoms=2027-01-01&visited=", "højst 28 dage siden"),
        ("code=12345678&symptoms=%3Cscript%3E&visited=", "højst 28 dage siden"),
        ("code=12345678&symptoms=&visited=SWE", "koder på to bogstaver"),
    ] {
        let reply = browser.send("/da/warn", form);
        assert!(reply.status == 422 && reply.body.contains(said), "{form}");
        assert!(!reply.body.contains("<script"));
    }
    // What was written stands there again, but for the code; and the field knows what is wrong with it.
    let reply = browser.send("/da/warn", "code=12345678&symptoms=2026-11-20&visited=SE+SWE");
    let field = |name: &str| {
        let (_, rest) = reply.body.split_once(&format!("<input id=\"{name}\"")).unwrap();
        rest.split('>').next().unwrap()
    };
    assert!(field("symptoms").contains("value=\"2026-11-20\"") && !field("symptoms").contains("invalid"));
    assert!(
        field("visited").contains("value=\"SE SWE\"") && field("visited").contains("aria-invalid=\"true\"")
    );
    assert!(field("visited").contains("aria-describedby=\"visited-help note\""));
    assert!(reply.body.contains("role=\"alert\" id=\"note\""));
    assert!(!reply.body.contains("12345678") && !field("code").contains("invalid"));
    assert_eq!(browser.send("/da/warn", "code=1234+5678&symptoms=2026-11-20&visited=SE%2C+DE").status, 303);
    assert!(browser.see("/en/warn").body.contains("Your warning is on its way"));
    let stored = browser.phone.stored().unwrap().report.unwrap();
    assert!(stored.has_symptoms && stored.countries == 2);
    assert!(browser.see("/da/stored").body.contains("Din advarsel til andre"));
}

#[test]
fn each_page_stands_in_both_languages_and_loads_nothing_from_elsewhere() {
    for phone in [unasked(), new_phone()] {
        let mut browser = Browser::new(phone);
        for place in ["", "warn", "stored", "consent", "statistics", "withdraw", "uninstall"] {
            let [da, en] = ["da", "en"].map(|language| browser.see(&format!("/{language}/{place}")));
            assert_eq!((da.status, en.status), (200, 200), "{place}");
            assert_ne!(da.body, en.body, "{place}");
            for (page, language) in [(&da.body, "da"), (&en.body, "en")] {
                assert!(page.contains(&format!("<html lang=\"{language}\">")), "{place}");
                assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("src="));
            }
        }
        assert_eq!(browser.see("/da/elsewhere").status, 404);
        assert_eq!(browser.see("/fr/").status, 404);
        assert_eq!(browser.see("/phone.css").status, 200);
    }
}

/// Rule SS-25: nobody is asked for a consent to what does not happen.
#[test]
fn statistics_that_nobody_counts_are_not_offered_and_the_page_says_why() {
    let mut browser = Browser::new(new_phone());
    assert!(browser.see("/da/").body.contains("href=\"/da/statistics\""));
    let token = browser.token("/da/statistics");
    browser.settings = settings(None);
    assert!(!browser.see("/da/").body.contains("href=\"/da/statistics\""));
    for (language, why) in
        [("da", "ikke sat op til nogen, der tæller"), ("en", "set up for nobody who counts")]
    {
        let page = browser.see(&format!("/{language}/statistics")).body;
        assert!(page.contains(why) && !page.contains("<form"), "{language}");
    }
    // A form that was opened before the settings changed says yes to nothing.
    let cookie = browser.cookie.clone();
    let body = format!("token={token}&take=part&version={}", phone::statistics::VERSION);
    let sent = Request {
        method: Method::Post,
        path: "/da/statistics",
        cookie: Some(&cookie),
        origin: Some(ORIGIN),
        body: &body,
        ..get("/")
    };
    browser.ask(&sent);
    assert_eq!(browser.phone.takes_part_since(), None);
    // Whoever takes part can stop, whoever counts.
    browser.settings = settings(Some(TaskId::named("smittestop")));
    browser.send("/da/statistics", &format!("take=part&version={}", phone::statistics::VERSION));
    browser.settings = settings(None);
    assert!(browser.see("/da/").body.contains("href=\"/da/statistics\""));
    browser.send("/da/statistics", "take=no+part");
    assert_eq!(browser.phone.takes_part_since(), None);
}

/// A bug of old: the page said that all was well while nothing was heard, fetched or believed.
#[test]
fn a_phone_that_hears_or_fetches_nothing_does_not_say_that_all_is_well() {
    let (mut phone, signer, mut servers) = (new_phone(), signer(), Servers::default());
    servers.lists(&[]);
    let scan = at("2026-11-21T11:55Z");
    phone.hears(&[], scan, &mut fresh()).unwrap();
    fetch(&mut phone, &mut servers, &country(signer.trusted()), scan, &mut fresh()).unwrap();
    let mut browser = Browser::new(phone);
    let hours = |count: i64| scan + SignedDuration::from_hours(count);
    let (listens, looks, clock) = (
        ["har ikke lyttet i over en time", "has not listened for more than an hour"],
        ["har ikke hentet nøgler i over et døgn", "has fetched no keys for more than a day"],
        ["Uret går forkert", "The clock is wrong"],
    );
    for (now, expected) in [
        (scan, [false, false, false]),
        (hours(1), [false, false, false]),
        (hours(2), [true, false, false]),
        (hours(25), [true, true, false]),
        (hours(-3), [false, false, true]),
    ] {
        browser.now = now;
        for (language, path) in ["/da/", "/en/"].into_iter().enumerate() {
            let page = browser.see(path).body;
            let said = [listens, looks, clock].map(|words| page.contains(words[language]));
            assert_eq!(said, expected, "{now} {path}");
            let is_well = page.contains("alert good");
            let unsure =
                page.contains(["måske ikke hørt eller hentet", "may not have heard or fetched"][language]);
            assert_eq!((is_well, unsure), (said == [false; 3], said != [false; 3]), "{now} {path}");
            let when = ["21.11.2026 kl. 11:55", "21 November 2026 at 11:55"][language];
            assert_eq!(page.matches(when).count(), 2, "{now} {path}");
        }
    }
    // A look in which a file was refused is none.
    browser.now = hours(25);
    servers.lists(&["1795219200-1795222800-00001.zip".to_owned()]);
    servers.answers("/exports/dk/1795219200-1795222800-00001.zip", crate::servers::page_in_between());
    fetch(&mut browser.phone, &mut servers, &country(signer.trusted()), hours(25), &mut fresh()).ok();
    assert!(browser.see("/en/").body.contains(looks[1]));
    servers.lists(&[]);
    fetch(&mut browser.phone, &mut servers, &country(signer.trusted()), hours(25), &mut fresh()).unwrap();
    assert!(!browser.see("/en/").body.contains(looks[1]));
    // Gone with the consent.
    browser.phone.withdraws().unwrap();
    assert_eq!(browser.phone.working(hours(25)), None);
    assert!(!browser.see("/en/").body.contains("21 November"));
}

/// Rule SS-20: whoever looks each day sees nothing go on the day that is fourteen days after the meeting.
#[test]
fn what_is_stored_does_not_tell_the_day_of_a_meeting_by_going_ss_20() {
    let signer = signer();
    let met = |day: &str| {
        let (mut ill, mut well) = (new_phone(), new_phone());
        let begin = at(&format!("{day}T12:00Z"));
        // Half a minute: too short for a warning, and still a meeting.
        let call = heard(&beacon_of(&mut ill, begin), begin);
        well.hears(&[call], begin, &mut fresh()).unwrap();
        let keys = ill.releases(at("2026-11-21T08:00Z"), &mut fresh()).unwrap();
        let files = published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
        well.checks(files, &[signer.trusted()], at("2026-11-21T12:00Z"), &mut fresh()).unwrap();
        well
    };
    let mut phones = ["2026-11-12", "2026-11-20"].map(met);
    let mut said = Vec::new();
    for day in 0..20 {
        let now = at("2026-11-21T12:00Z") + SignedDuration::from_hours(24 * day);
        let found = phones.each_mut().map(|phone| {
            phone.hears(&[], now, &mut fresh()).unwrap();
            phone.stored().unwrap().found_exposures
        });
        assert_eq!(found[0], found[1], "day {day}");
        said.push(found[0]);
    }
    assert!(said[0] && !said[19]);
}

/// A vault in which another program has always just written.
#[derive(Debug, Default)]
struct Contended(u32);

impl Vault for Contended {
    fn open(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        MemoryVault.open()
    }

    fn has_changed(&self) -> Result<bool, VaultError> {
        Ok(false)
    }

    fn keep(&mut self, _: &dyn Fn() -> Zeroizing<Vec<u8>>, _: &mut Random<'_>) -> Result<(), VaultError> {
        self.0 += 1;
        if self.0 == 1 { Ok(()) } else { Err(VaultError::ChangedElsewhere) }
    }

    fn erase(&mut self) -> Result<(), VaultError> {
        Ok(())
    }
}

#[test]
fn whoever_is_overtaken_by_another_program_is_told_so_on_a_page_in_her_language() {
    for (language, said) in [("da", "Et andet program"), ("en", "Another program")] {
        let mut phone = Phone::open(Contended::default()).unwrap();
        phone.consents(consent::VERSION, at("2026-11-10T08:00Z"), &mut fresh()).unwrap();
        let mut browser = Browser::new(phone);
        let reply = browser.send(&format!("/{language}/warn"), "code=12345678&symptoms=&visited=");
        assert_eq!(reply.status, 409);
        assert!(reply.body.contains(said) && reply.body.contains("<nav"), "{}", reply.body);
    }
}
