//! A citizen changes what she says of herself: telephone, relatives, a temporary address, languages.

use notice::id::Person;
use notice::{Id, Target};
use register::{Change, Personal};

use super::{Basic, Contact, NSP_BASIC, OWN_FIELDS};
use crate::check::Check;
use crate::{Call, NoSuchRecord, Problem, content};

/// Use of the notice.
pub const USE: &str = "nsp.change-own-contact";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, or the person she represents.
    pub person: Id<Person>,
    /// All of it as it shall be; what is left out is removed.
    pub contact: Contact,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A citizen changes what she says of herself: telephone, relatives, a temporary address, languages.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Basic, Error> {
    check(&request.contact)?;
    at.change(USE, Target::Person(request.person), None, |records| {
        let record =
            records.iter().find(|record| at.is_in(record, NSP_BASIC)).ok_or(Error::Not(NoSuchRecord))?;
        // Only what a citizen says of herself is written; the rest stays as the civil register has it.
        let mut fields = content::write(&request.contact).into_revealed();
        fields.retain(|field, _| OWN_FIELDS.contains(&field.as_str()));
        let change = Change::Correct {
            record: record.id,
            version: record.version,
            content: Personal::new(fields),
            note: None,
        };
        Ok((vec![change], ()))
    })?;
    Ok(Basic { person: Some(request.person), contact: request.contact, ..Basic::default() })
}

/// Most relatives and languages that one person may name.
const RELATIVES_MAX: usize = 20;
const LANGUAGES_MAX: usize = 20;

fn check(contact: &Contact) -> Result<(), Error> {
    let mut check = Check::default();
    check_phone(&mut check, "contact.phone", contact.phone.as_deref());
    check.that(contact.relatives.len() <= RELATIVES_MAX, || many("contact.relatives", RELATIVES_MAX));
    for (position, relative) in contact.relatives.iter().enumerate() {
        let field = format!("contact.relatives.{position}");
        check.text(&format!("{field}.first-name"), &relative.first_name, 100);
        check.optional(&format!("{field}.last-name"), relative.last_name.as_deref(), 100);
        check_phone(&mut check, &format!("{field}.phone"), relative.phone.as_deref());
    }
    if let Some(address) = &contact.temporary_address {
        check.text("contact.temporary-address.address", &address.address, 300);
    }
    check.that(contact.languages.len() <= LANGUAGES_MAX, || many("contact.languages", LANGUAGES_MAX));
    check.that(contact.languages.iter().all(|code| is_language(code)), || {
        Problem::new(
            "contact.languages",
            "not-a-language",
            "Et sprog skrives med to eller tre små bogstaver, såsom da eller en. Vælg fra listen.",
            "A language is written in two or three small letters, such as da or en. Choose from the list.",
        )
    });
    check.done()
}

fn check_phone(check: &mut Check, field: &str, phone: Option<&str>) {
    let fits = |phone: &str| {
        let digits = phone.chars().filter(char::is_ascii_digit).count();
        (5..=15).contains(&digits)
            && phone.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')'))
    };
    check.that(phone.is_none_or(fits), || {
        Problem::new(
            field,
            "not-a-phone-number",
            "Et telefonnummer har 5 til 15 cifre. Skriv det med landekode, hvis det er udenlandsk.",
            "A telephone number has 5 to 15 digits. Write it with the country code if it is foreign.",
        )
    });
}

fn is_language(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase())
}

fn many(field: &str, max: usize) -> Problem {
    Problem::new(field, "too-many", format!("Skriv højst {max}."), format!("Write at most {max}."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::see_own;
    use crate::testing::Country;

    #[test]
    fn a_citizen_changes_what_she_says_of_herself_and_nothing_else() {
        // proves rule N-03, rule N-06
        let country = Country::new();
        let contact = Contact {
            phone: Some("+45 12 34 56 78".into()),
            languages: vec!["da".into()],
            ..Contact::default()
        };
        let request = Request { person: country.nancy, contact: contact.clone() };
        let nancy = country.citizen(country.nancy);
        country.act(&nancy, |at| run(at, request)).unwrap();
        let own = country.act(&nancy, |at| see_own::run(at, see_own::Request {})).unwrap();
        assert!(own.contact == contact && own.name.as_deref() == Some("Nancy Ann Berggren"));
    }

    #[test]
    fn strangers_stale_logins_and_bad_numbers_are_turned_away() {
        let country = Country::new();
        let contact = Contact { phone: Some("ring".into()), ..Contact::default() };
        let bad = Request { person: country.nancy, contact };
        let nancy = country.citizen(country.nancy);
        assert!(matches!(country.act(&nancy, |at| run(at, bad)), Err(Error::Invalid(_))));
        let request = Request { person: country.nancy, contact: Contact::default() };
        let stranger = country.act(&country.citizen(country.einer), |at| run(at, request.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        country.house.clock.pass(jiff::Span::new().minutes(6));
        assert!(matches!(country.act(&nancy, |at| run(at, request)), Err(Error::Refused(_))));
    }
}
