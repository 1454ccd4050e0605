//! The civil register sends who has custody of which child, many at a time.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};
use register::{Change, Draft, Holder, Link, Strength};

use super::{CUSTODY, CustodyContent, turns_15};
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.register-custody";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who has custody of whom.
    pub custodies: Vec<NewCustody>,
}

/// Who has custody of a child. It opens nothing from the 15th birthday on.
#[derive(Clone)]
pub struct NewCustody {
    /// The child.
    pub child: Id<Person>,
    /// The child's date of birth.
    pub child_birth_date: Date,
    /// The child's name.
    pub child_name: String,
    /// Who has it.
    pub holder: Id<Person>,
    /// The holder's name.
    pub holder_name: String,
    /// From when.
    pub from: Timestamp,
}
crate::redacted::redacted!(NewCustody);

/// Why not.
pub type Error = crate::Error;

/// The civil register sends who has custody of which child, many at a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Id<id::Record>>, Error> {
    check(&request.custodies)?;
    let mut written = Vec::with_capacity(request.custodies.len());
    let mut people = Vec::with_capacity(request.custodies.len());
    for custody in &request.custodies {
        let id = at.new_id();
        written.push(id);
        let changes = vec![Change::Create(Box::new(draft(id, custody)))];
        people.push((custody.child, changes));
    }
    at.import(USE, people)?;
    Ok(written)
}

fn check(custodies: &[NewCustody]) -> Result<(), Error> {
    let mut check = Check::default();
    for (position, custody) in custodies.iter().enumerate() {
        check.text(&format!("custodies.{position}.child-name"), &custody.child_name, 200);
        check.text(&format!("custodies.{position}.holder-name"), &custody.holder_name, 200);
    }
    check.done()
}

/// Custody lasts longer than the access: that ends with the 15th birthday.
fn draft(id: Id<id::Record>, custody: &NewCustody) -> Draft {
    let until = turns_15(custody.child_birth_date);
    let fields = CustodyContent {
        holder_name: custody.holder_name.clone(),
        child_name: custody.child_name.clone(),
        from: custody.from,
        until: Some(until),
    };
    Draft {
        register: CUSTODY,
        id: Some(id),
        subjects: vec![("child".to_owned(), custody.child), ("custody-holder".to_owned(), custody.holder)],
        content: content::write(&fields),
        events: Vec::new(),
        quantities: Vec::new(),
        private: false,
        link: Some(Link {
            holder: Holder::Person(custody.holder),
            from: custody.from,
            until: Some(until),
            strength: Strength::Strong,
            role: None,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::my_children;
    use crate::testing::Country;

    fn custody(country: &Country) -> NewCustody {
        NewCustody {
            child: country.bo,
            child_birth_date: jiff::civil::date(2015, 12, 2),
            child_name: "Bo Berggren".into(),
            holder: country.einer,
            holder_name: "Einer Lauridsen".into(),
            from: country.house.register.call(country.doctor()).now,
        }
    }

    fn children(country: &Country) -> Vec<my_children::Child> {
        let einer = country.citizen(country.einer);
        country.act(&einer, |at| my_children::run(at, my_children::Request {})).unwrap()
    }

    #[test]
    fn custody_opens_the_child_to_its_holder_until_the_fifteenth_birthday() {
        let country = Country::new();
        assert!(children(&country).is_empty());
        let request = Request { custodies: vec![custody(&country)] };
        let cpr = country.caller("cpr", None, None);
        assert_eq!(country.act(&cpr, |at| run(at, request)).unwrap().len(), 1);
        let own = children(&country);
        assert_eq!((own.len(), own[0].person), (1, country.bo));
        assert_eq!(own[0].until, Some("2030-12-01T23:00:00Z".parse().unwrap()));
    }

    #[test]
    fn only_the_civil_register_sends_it_also_an_empty_feed_and_every_name_is_written() {
        let country = Country::new();
        for caller in [country.citizen(country.einer), country.doctor(), country.pharmacist()] {
            for custodies in [vec![custody(&country)], Vec::new()] {
                let answer = country.act(&caller, |at| run(at, Request { custodies }));
                assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
            }
        }
        let nameless = NewCustody { holder_name: " ".into(), ..custody(&country) };
        let bad = Request { custodies: vec![custody(&country), nameless] };
        let cpr = country.caller("cpr", None, None);
        let Err(Error::Invalid(problems)) = country.act(&cpr, |at| run(at, bad)) else { panic!() };
        assert_eq!(problems[0].field, "custodies.1.holder-name");
        assert!(children(&country).is_empty(), "all or none");
    }
}
