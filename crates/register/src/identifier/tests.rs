//! The published test numbers, each read as the vectors say.

use serde_json::Value;

use super::*;

fn vectors(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../fixtures/identifier-vectors.json")).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

#[test]
fn every_published_test_person_is_read_with_year_and_sex() {
    for vector in vectors("cpr") {
        let read = Cpr::parse(text(&vector, "value"));
        if vector["valid"] == false {
            assert!(read.is_err(), "{vector}");
            continue;
        }
        let cpr = read.unwrap();
        if vector["valid"] == true {
            assert_eq!(
                i64::from(cpr.birth_date().year()),
                vector["birth_year"].as_i64().unwrap(),
                "{vector}"
            );
            assert_eq!(cpr.sex() == Sex::Female, vector["sex"] == "F", "{vector}");
            assert_eq!(
                u64::from(cpr.mod11_remainder()),
                vector["mod11_remainder"].as_u64().unwrap(),
                "{vector}"
            );
        }
    }
}

#[test]
fn a_hyphen_is_taken_out_where_people_write_it_and_nowhere_else() {
    assert_eq!(Cpr::parse(" 251248-9996 ").unwrap().reveal(), "2512489996");
    for wrong in ["2512-489996", "251248--9996", "25124-89996", "2512489996-", "２５１２４８９９９６", ""]
    {
        assert_eq!(Cpr::parse(wrong), Err(NotACpr::Shape));
    }
}

#[test]
fn the_29th_of_february_needs_a_leap_year_of_the_right_century() {
    assert!(Cpr::parse("2902000000").is_err(), "1900 had none");
    assert_eq!(Cpr::parse("2902004000").unwrap().birth_date().year(), 2000);
    assert_eq!(Cpr::parse("2902960000").unwrap().birth_date().year(), 1996);
    assert!(Cpr::parse("2902970000").is_err());
}

#[test]
fn the_century_follows_the_seventh_digit() {
    for (number, year) in [
        ("0101360000", 1936),
        ("0101363000", 1936),
        ("0101364000", 2036),
        ("0101374000", 1937),
        ("0101369000", 2036),
        ("0101379000", 1937),
        ("0101575000", 2057),
        ("0101585000", 1858),
        ("0101578000", 2057),
        ("0101998000", 1899),
    ] {
        assert_eq!(Cpr::parse(number).unwrap().birth_date().year(), year, "{number}");
    }
}

#[test]
fn a_number_is_never_printed() {
    let cpr = Cpr::parse("2512489996").unwrap();
    let replacement = Replacement::parse("0703921VJ4").unwrap();
    let shown = format!("{cpr:?} {replacement:?} {:?} {}", Identifier::Cpr(cpr.clone()), NotACpr::Date);
    assert!(!shown.contains("2512") && !shown.contains("9996") && !shown.contains("VJ4"), "{shown}");
}

#[test]
fn replacement_numbers_tell_national_from_regional() {
    for (kind, expected) in [("x_ecpr", ReplacementKind::National), ("d_ecpr", ReplacementKind::Regional)] {
        for vector in vectors(kind) {
            let number = Replacement::parse(text(&vector, "value")).unwrap();
            assert_eq!(number.kind(), expected);
            assert_eq!(number.kind().system(), text(&vector, "system"));
        }
    }
    for wrong in ["0703922VJ4", "0703921V14", "3203921VJ4", "0703921VJ", "2512489996"] {
        assert!(Replacement::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn authorisation_ids_have_no_vowels() {
    for vector in vectors("authorisation_id") {
        assert_eq!(
            AuthorisationId::parse(text(&vector, "value")).is_ok(),
            vector["valid"] == true,
            "{vector}"
        );
    }
    assert_eq!(AuthorisationId::parse("005ml").unwrap().as_str(), "005ML");
}

#[test]
fn organisation_numbers_are_checked_as_their_registers_do() {
    for vector in vectors("cvr") {
        assert_eq!(Cvr::parse(text(&vector, "value")).is_ok(), vector["valid"] == true, "{vector}");
    }
    for vector in vectors("gln") {
        assert_eq!(Gln::parse(text(&vector, "value")).is_ok(), vector["valid"] == true, "{vector}");
    }
    for vector in vectors("sor") {
        let sor = Sor::parse(text(&vector, "value")).unwrap();
        assert_eq!(sor.check() == Check::Fits, vector["verhoeff"] == true, "{vector}");
    }
    for vector in vectors("ydernummer") {
        let padded = format!("0{}", text(&vector, "value"));
        assert_eq!(Yder::parse(text(&vector, "value")), Yder::parse(&padded));
    }
    assert!(Shak::parse("1301").is_ok() && Shak::parse("130101").is_ok() && Shak::parse("13").is_err());
    assert!(ProductionUnit::parse("1003388394").is_ok() && ProductionUnit::parse("100338839").is_err());
}

#[test]
fn the_same_subject_at_another_issuer_is_another_person() {
    let login =
        |issuer: &str| Identifier::Login { issuer: issuer.into(), subject: Personal::new("s".into()) };
    assert_ne!(login("https://a").canonical(), login("https://b").canonical());
    let split = Identifier::Login { issuer: "https://as".into(), subject: Personal::new(String::new()) };
    assert_ne!(login("https://a").canonical(), split.canonical());
}

#[test]
fn a_person_is_found_by_civil_registration_number_or_national_replacement() {
    assert!(matches!(Identifier::person_number("251248-9996"), Ok(Identifier::Cpr(_))));
    assert!(matches!(Identifier::person_number("0703921VJ4"), Ok(Identifier::Replacement(_))));
    assert!(Identifier::person_number("1206550VK9").is_err(), "a regional number may be that of two people");
    assert!(Identifier::person_number("rubbish").is_err());
}
