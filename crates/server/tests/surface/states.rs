//! The states in which a page cannot be what was hoped for, each met at a real address.

use axum::body::Body;
use axum::http::StatusCode;
use notice::Id;
use notice::{SourceFile, Target, Writing};
use register::testing::{TestRegister, house_corpus};
use register::{Ask, Change, Clock, Held, Hold, HoldKind, Personal};
use services::testing::Country;
use services::treatment_relation::Source;

use crate::town::{Answer, Browser, Town, config, request};

const NEVER: &str = "0123456789abcdef0123456789abcdef";

/// What stands in the middle of a page.
fn main_of(answer: &Answer) -> String {
    answer
        .text()
        .split("<main")
        .nth(1)
        .unwrap_or_default()
        .split("</main>")
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn with_medicine() -> (Town, Id<notice::id::Record>) {
    let town = Town::new();
    let country = &town.country;
    country.treats(country.nancy, Source::GpList);
    let (order, _) = country.prescribes(country.nancy, "Enalapril", "C09AA02");
    let id = order.id;
    (town, id)
}

fn years_pass(town: &Town) {
    for _ in 0..900 {
        town.country.house.clock.pass(jiff::Span::new().days(1));
        town.country.house.register.sweep().unwrap();
    }
    // A relation by a list of patients has its own end; the doctor still treats.
    town.country.treats(town.country.nancy, Source::GpList);
}

async fn order_page(town: &Town, doctor: &Browser, order: &str) -> Answer {
    let path = format!("/en/patients/{}/orders/{order}/stop", town.country.nancy);
    town.get(Some(doctor), &path).await
}

#[tokio::test]
async fn an_erased_order_and_one_that_never_was_are_one_page_that_tells_the_clause_and_no_content() {
    let (town, order) = with_medicine();
    assert_eq!(order_page(&town, &town.doctor(), &order.to_string()).await.status, StatusCode::OK);
    years_pass(&town);
    let doctor = town.doctor();
    let erased = order_page(&town, &doctor, &order.to_string()).await;
    let never = order_page(&town, &doctor, NEVER).await;
    assert_eq!(erased.status, StatusCode::NOT_FOUND);
    let (erased, never) = (main_of(&erased), main_of(&never));
    assert_eq!(erased.replace(&order.to_string(), ""), never.replace(NEVER, ""));
    for words in ["There is nothing here", "Here stands:", "When it goes: erased", "Such records last went:"]
    {
        assert!(erased.contains(words), "no `{words}` in {erased}");
    }
    assert!(!erased.contains("Enalapril"));
    // In Danish too, and for the citizen who would mark it private.
    let path = format!("/da/me/medicine/{order}/private");
    let nancy = town.nancy();
    let mark = |path: &str| {
        request("POST", path, Some(&nancy))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(format!("_csrf={}&marking=private", nancy.csrf)))
            .unwrap()
    };
    let mine = town.send(mark(&path)).await;
    assert_eq!(mine.status, StatusCode::NOT_FOUND);
    assert!(main_of(&mine).contains("Her står ikke noget"), "{}", mine.text());
    let other = town.send(mark(&format!("/da/me/medicine/{NEVER}/private"))).await;
    assert_eq!(main_of(&mine), main_of(&other));
}

#[tokio::test]
async fn who_may_not_see_the_card_hears_nothing_of_what_stood_on_it() {
    let (town, order) = with_medicine();
    let stranger = town.other_doctor();
    let refused = order_page(&town, &stranger, &order.to_string()).await;
    let never = order_page(&town, &stranger, NEVER).await;
    assert_eq!(refused.status, never.status);
    assert!(!main_of(&refused).contains("Here stands:"));
    assert_eq!(main_of(&refused).replace(&order.to_string(), ""), main_of(&never).replace(NEVER, ""));
}

#[tokio::test]
async fn what_is_on_hold_says_so_to_the_person_and_is_closed_to_others() {
    let (town, order) = with_medicine();
    let country = &town.country;
    let nancy = town.nancy();
    assert!(!main_of(&town.get(Some(&nancy), "/en/me/when").await).contains("The record is on hold"));
    let hold = Hold {
        on: Held::Record { person: country.nancy, record: order },
        kind: HoldKind::Restriction,
        review: country.house.clock.now() + jiff::SignedDuration::from_hours(24 * 90),
    };
    let call = country.house.register.call(country.doctor());
    country.house.register.hold(&call, hold).unwrap();
    let when = main_of(&town.get(Some(&nancy), "/en/me/when").await);
    assert!(
        when.contains("The record is on hold") && when.contains("while a disagreement is settled"),
        "{when}"
    );
    let closed = order_page(&town, &town.doctor(), &order.to_string()).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
    let never = order_page(&town, &town.doctor(), NEVER).await;
    assert_eq!(main_of(&closed).replace(&order.to_string(), ""), main_of(&never).replace(NEVER, ""));
}

#[tokio::test]
async fn what_the_brake_holds_back_is_late_to_the_person_and_to_the_officer_and_nobody_reads_it() {
    let (town, _) = with_medicine();
    let country = &town.country;
    for _ in 0..70 {
        country.prescribes(country.nancy, "Metformin", "A10BA02");
    }
    // Nobody swept for three years, and no plan foresaw so much: what is over the floor waits for two persons.
    country.house.clock.pass(jiff::Span::new().years(3));
    let report = country.house.register.sweep().unwrap();
    assert!(report.braked > 0, "{report:?}");
    let when = main_of(&town.get(Some(&town.nancy()), "/en/me/when").await);
    assert!(when.contains("It is late") && when.contains("until two persons have checked"), "{when}");
    assert!(!when.contains("Metformin"));
    let officer = town.log_in(town.identity(server::Persona::Officer, "controller", None, None));
    let front = main_of(&town.get(Some(&officer), "/en/officer").await);
    assert!(!front.contains("None. All that was due is done."));
    let clocks = main_of(&town.get(Some(&officer), "/en/officer/clocks").await);
    assert!(clocks.contains("badge badge-warning"), "{clocks}");
}

/// The same town under a notice that keeps orders otherwise.
fn with_orders_kept(keep: &str) -> (Town, Id<notice::id::Record>) {
    let (_, mut corpus) = house_corpus();
    let fmk = corpus.files.iter_mut().find(|(path, _)| path == "fmk.toml").unwrap();
    let (before, rest) = fmk.1.split_once("[register.order]\n").unwrap();
    let (head, rest) = rest.split_once("keep = ").unwrap();
    let (_, rest) = rest.split_once('\n').unwrap();
    fmk.1 = format!("{before}[register.order]\n{head}keep = \"{keep}\"\n{rest}");
    let files: Vec<SourceFile> = corpus
        .files
        .iter()
        .map(|(path, text)| SourceFile { path: path.clone(), text: text.clone() })
        .collect();
    let policy = notice::compile(&files, jiff::civil::date(2026, 11, 21)).policy.unwrap();
    let house = TestRegister::on((std::sync::Arc::new(policy), corpus), "2026-11-21T09:00:00Z");
    let country = Country::in_house(house);
    country.treats(country.nancy, Source::GpList);
    let (order, _) = country.prescribes(country.nancy, "Enalapril", "C09AA02");
    (Town::of(country, config(), server::SecurityLog::default()), order.id)
}

#[tokio::test]
async fn what_the_notice_blocks_is_the_persons_to_see_and_nobody_elses() {
    let (town, order) = with_orders_kept("block at order.made + P1Y then erase at order.made + P2Y");
    let country = &town.country;
    for _ in 0..400 {
        country.house.clock.pass(jiff::Span::new().days(1));
        country.house.register.sweep().unwrap();
    }
    country.treats(country.nancy, Source::GpList);
    let when = main_of(&town.get(Some(&town.nancy()), "/en/me/when").await);
    assert!(
        when.contains("The record is closed") && when.contains("Only the person whom it is about"),
        "{when}"
    );
    let danish = main_of(&town.get(Some(&town.nancy()), "/da/me/when").await);
    assert!(danish.contains("Oplysningen er lukket"), "{danish}");
    let closed = order_page(&town, &town.doctor(), &order.to_string()).await;
    assert_eq!(closed.status, StatusCode::NOT_FOUND);
    let never = order_page(&town, &town.doctor(), NEVER).await;
    assert_eq!(main_of(&closed).replace(&order.to_string(), ""), main_of(&never).replace(NEVER, ""));
}

#[tokio::test]
async fn what_was_handed_to_the_archive_says_where_it_is() {
    let (town, order) =
        with_orders_kept("archive to rigsarkivet from order.made + P1M then erase by order.made + P2Y");
    let country = &town.country;
    for _ in 0..40 {
        country.house.clock.pass(jiff::Span::new().days(1));
        country.house.register.sweep().unwrap();
    }
    let nancy = country.citizen(country.nancy);
    assert!(!main_of(&town.get(Some(&town.nancy()), "/en/me/when").await).contains("in the archive"));
    country.act(&nancy, |at| {
        let ask = Ask { use_name: "fmk.mark-private", target: Target::Person(country.nancy), reason: None };
        let grant = at.register.ask::<Writing>(at.call, ask).unwrap();
        let handed_over = Change::CarryOut {
            record: order,
            stage: 0,
            reason: Personal::new("handed over on paper".to_owned()),
        };
        at.register
            .change(at.call, grant, |_| Ok::<_, std::convert::Infallible>((vec![handed_over.clone()], ())))
            .unwrap();
    });
    let when = main_of(&town.get(Some(&town.nancy()), "/en/me/when").await);
    assert!(when.contains("The record is in the archive"), "{when}");
    let danish = main_of(&town.get(Some(&town.nancy()), "/da/me/when").await);
    assert!(danish.contains("Oplysningen er i arkivet"), "{danish}");
}
