//! Pages on which something is done for another, or handed to another: a power of attorney, prescriptions sent to a pharmacy, a medicine gone through, a prescription called off.

use axum::http::StatusCode;
use notice::Id;
use server::Persona;

use crate::town::{Answer, Browser, Town};

const NOBODY: &str = "0123456789abcdef0123456789abcdef";

fn einer(town: &Town) -> Browser {
    town.citizen(town.country.einer)
}

fn pharmacist(town: &Town) -> Browser {
    let country = &town.country;
    let identity =
        town.identity(Persona::Pharmacy, "pharmacist", Some(country.pharmacist), Some(country.pharmacy));
    town.log_in(identity)
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// The id in the first address on a page that begins so.
fn id_in(page: &Answer, before: &str) -> String {
    let text = page.text();
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("no `{before}`: {text}"));
    rest.split(['/', '"']).next().unwrap().to_owned()
}

#[tokio::test]
async fn a_power_of_attorney_is_given_used_and_taken_back() {
    let town = Town::new();
    town.country.prescribes(town.country.nancy, "Amlodipin", "C08CA01");
    let (nancy, einer) = (town.nancy(), einer(&town));
    let card = format!("/da/me/represented/{}/medicine", town.country.nancy);
    let log = format!("/da/me/represented/{}/log", town.country.nancy);
    for page in [&card, &log] {
        assert_eq!(town.get(Some(&einer), page).await.status, StatusCode::FORBIDDEN, "{page}");
    }
    let none = format!("/da/me/represented/{NOBODY}/medicine");
    assert_eq!(town.get(Some(&einer), &none).await.status, StatusCode::FORBIDDEN);
    for (body, status) in [
        ("cpr=020160-9995&name=&until=", StatusCode::UNPROCESSABLE_ENTITY),
        ("cpr=1&name=Einer&until=", StatusCode::UNPROCESSABLE_ENTITY),
        ("cpr=020160-9995&name=Einer&until=01-01-2020", StatusCode::UNPROCESSABLE_ENTITY),
        ("cpr=251248-9996&name=Nancy&until=", StatusCode::UNPROCESSABLE_ENTITY),
        ("cpr=020160-9995", StatusCode::BAD_REQUEST),
        ("cpr=020160-9995&name=Einer&until=&role=guardian", StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(town.form(&nancy, "/da/me/represented", body).await.status, status, "{body}");
    }
    done(&town.form(&nancy, "/da/me/represented", "cpr=020160-9995&name=Einer+Lauridsen&until=").await);
    let list = town.get(Some(&einer), "/en/me/represented").await;
    assert!(list.text().contains(&format!("/en/me/represented/{}/medicine", town.country.nancy)));
    let shown = town.get(Some(&einer), &card).await;
    assert!(shown.text().contains("Amlodipin"), "{}", shown.text());
    assert_eq!(town.get(Some(&einer), &log).await.status, StatusCode::OK);
    let given = town.get(Some(&nancy), "/da/me/represented").await;
    let power = id_in(&given, "action=\"/da/me/represented/");
    let end = format!("/da/me/represented/{power}/end");
    assert_ne!(town.form(&einer, &end, "").await.status, StatusCode::SEE_OTHER);
    done(&town.form(&nancy, &end, "").await);
    assert_eq!(town.get(Some(&einer), &card).await.status, StatusCode::FORBIDDEN);
    let none = town.form(&nancy, &format!("/da/me/represented/{NOBODY}/end"), "").await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_power_of_attorney_asks_for_a_fresh_login() {
    let town = Town::new();
    let nancy = town.nancy();
    town.pass_seconds(6 * 60);
    let answer = town.form(&nancy, "/da/me/represented", "cpr=020160-9995&name=Einer&until=").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.text().contains("Bekræft, at det er dig"), "{}", answer.text());
}

#[tokio::test]
async fn prescriptions_are_sent_to_a_pharmacy_and_taken_back() {
    let town = Town::new();
    let nancy = town.nancy();
    for body in ["number=1&name=Apoteket", "number=79641000016006&name=+", "number=&name="] {
        let answer = town.form(&nancy, "/da/me/pharmacies", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    done(&town.form(&nancy, "/da/me/pharmacies", "number=7964+1000+016006&name=Torvets+Apotek").await);
    let list = town.get(Some(&nancy), "/da/me/pharmacies").await;
    assert!(list.text().contains("Torvets Apotek"));
    let sent = id_in(&list, "action=\"/da/me/pharmacies/");
    let foreign = town.form(&einer(&town), &format!("/da/me/pharmacies/{sent}/end"), "").await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    done(&town.form(&nancy, &format!("/da/me/pharmacies/{sent}/end"), "").await);
    assert!(!town.get(Some(&nancy), "/da/me/pharmacies").await.text().contains("Torvets Apotek"));
}

#[tokio::test]
async fn a_pharmacy_registers_who_stands_at_its_counter_whether_the_person_is_known_or_not() {
    let town = Town::new();
    town.country.prescribes(town.country.nancy, "Amlodipin", "C08CA01");
    let pharmacist = pharmacist(&town);
    let page = |id: &str| format!("/da/pharmacy/people/{id}");
    let nancy = town.country.nancy.to_string();
    let (known, unknown) =
        (town.get(Some(&pharmacist), &page(&nancy)).await, town.get(Some(&pharmacist), &page(NOBODY)).await);
    assert_eq!((known.status, unknown.status), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN));
    assert_eq!(known.text().replace(&nancy, ""), unknown.text().replace(NOBODY, ""), "no oracle");
    done(&town.form(&pharmacist, &format!("{}/register", page(&nancy)), "").await);
    assert!(town.get(Some(&pharmacist), &page(&nancy)).await.text().contains("Amlodipin"));
    done(&town.form(&pharmacist, &format!("{}/register", page(NOBODY)), "").await);
    let stranger = town.form(&town.doctor(), &format!("{}/register", page(&nancy)), "").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_medicine_is_marked_as_gone_through_and_a_prescription_is_called_off() {
    let town = Town::new();
    let (order, prescription) = town.country.prescribes(town.country.nancy, "Amlodipin", "C08CA01");
    let doctor = town.doctor();
    let patient = format!("/da/patients/{}", town.country.nancy);
    let card = town.get(Some(&doctor), &format!("{patient}/card")).await;
    let version =
        card.text().split("name=\"version\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sent = format!("version={version}&orders={}", order.id);
    let stranger = town.form(&town.other_doctor(), &format!("{patient}/reviewed"), &sent).await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    for bad in ["version=x&orders=1", &format!("version={version}&orders=,"), "orders=1"] {
        let answer = town.form(&doctor, &format!("{patient}/reviewed"), bad).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    done(&town.form(&doctor, &format!("{patient}/reviewed"), &sent).await);
    assert!(town.get(Some(&doctor), &format!("{patient}/card")).await.text().contains("Gennemgået"));
    let stale = town.form(&doctor, &format!("{patient}/reviewed"), &sent).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "the mark is a new version");
    let cancel = format!("{patient}/prescriptions/{}/cancel", prescription.id);
    assert!(card.text().contains(&cancel));
    assert!(town.get(Some(&doctor), &cancel).await.text().contains("Amlodipin"));
    let empty = town.form(&doctor, &cancel, "version=1&reason=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", empty.text());
    let stranger = town.form(&town.other_doctor(), &cancel, "version=1&reason=forkert").await;
    assert_eq!(stranger.status, StatusCode::FORBIDDEN);
    done(&town.form(&doctor, &cancel, "version=1&reason=forkert+pakning").await);
    let twice = town.form(&doctor, &cancel, "version=2&reason=forkert+pakning").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let none = format!("{patient}/prescriptions/{}/cancel", Id::<notice::id::Record>::from_bits(4));
    assert_eq!(town.get(Some(&doctor), &none).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_organisation_is_blocked_by_any_of_its_numbers() {
    let town = Town::new();
    let nancy = town.nancy();
    for number in ["79641000016006", "CVR+10150817", "10150817"] {
        let answer = town
            .form(&nancy, "/da/me/blocks", &format!("step=which&whom=organisation&number={number}"))
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{number}");
    }
    let wrong = town.form(&nancy, "/da/me/blocks", "step=which&whom=organisation&number=10150818").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
}
