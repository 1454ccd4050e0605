//! The civil register reports that custody ended.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target};

use register::Change;

use super::CustodyContent;
use crate::{Call, NoSuchRecord, content};

/// Use of the notice.
pub const USE: &str = "nsp.register-custody";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The child.
    pub child: Id<Person>,
    /// Which custody.
    pub custody: Id<id::Record>,
    /// When it ended; at noon means that a look at one second past noon is refused.
    pub at: Timestamp,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// The civil register reports that custody ended.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    at.change(USE, Target::Record { person: request.child, record: request.custody }, None, |records| {
        let record = records.iter().find(|record| record.id == request.custody);
        let record = record.ok_or(Error::Not(NoSuchRecord))?;
        let mut fields: CustodyContent = content::read_whole(record)?;
        fields.until = Some(fields.until.map_or(request.at, |until| until.min(request.at)));
        let changes = vec![
            Change::Correct {
                record: record.id,
                version: record.version,
                content: content::write(&fields),
                note: None,
            },
            Change::EndLink { record: record.id, at: request.at },
            Change::Raise { record: record.id, event: "custody.ended".to_owned(), at: request.at },
        ];
        Ok((changes, ()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::{my_children, register_custody};
    use crate::shared_medication_record::see_child_card;
    use crate::testing::Country;

    /// Einer has custody of Bo too.
    fn custody(country: &Country) -> Id<id::Record> {
        let new = register_custody::NewCustody {
            child: country.bo,
            child_birth_date: jiff::civil::date(2015, 12, 2),
            child_name: "Bo Berggren".into(),
            holder: country.einer,
            holder_name: "Einer Lauridsen".into(),
            from: "2020-01-01T00:00:00Z".parse().unwrap(),
        };
        let request = register_custody::Request { custodies: vec![new] };
        let cpr = country.caller("cpr", None, None);
        country.act(&cpr, |at| register_custody::run(at, request)).unwrap()[0]
    }

    fn request(country: &Country, custody: Id<id::Record>) -> Request {
        Request { child: country.bo, custody, at: country.house.register.call(country.doctor()).now }
    }

    #[test]
    fn a_custody_that_ended_at_noon_opens_nothing_from_noon_on() {
        // threats T9
        let country = Country::new();
        let custody = custody(&country);
        let looks = || {
            let request = see_child_card::Request { child: country.bo };
            country.act(&country.citizen(country.einer), |at| see_child_card::run(at, request))
        };
        assert!(looks().is_ok());
        let cpr = country.caller("cpr", None, None);
        let noon = Request { at: "2026-11-21T11:00:00Z".parse().unwrap(), ..request(&country, custody) };
        country.act(&cpr, |at| run(at, noon.clone())).unwrap();
        assert!(looks().is_ok(), "it is not noon yet");
        country.house.clock.pass_until(noon.at);
        assert!(matches!(looks(), Err(crate::Error::Refused(_))));
        let children = country
            .act(&country.citizen(country.einer), |at| my_children::run(at, my_children::Request {}))
            .unwrap();
        assert!(children.is_empty());
        // Ending it later does not lengthen what has ended.
        let later = Request { at: "2026-12-21T11:00:00Z".parse().unwrap(), ..noon };
        country.act(&cpr, |at| run(at, later)).unwrap();
        assert!(matches!(looks(), Err(crate::Error::Refused(_))));
    }

    #[test]
    fn only_the_civil_register_ends_one_and_only_one_that_is_there() {
        let country = Country::new();
        let custody = custody(&country);
        for caller in [country.citizen(country.max), country.doctor(), country.citizen(country.einer)] {
            let answer = country.act(&caller, |at| run(at, request(&country, custody)));
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
        let cpr = country.caller("cpr", None, None);
        let unknown = [
            request(&country, Id::from_bits(4)),
            Request { child: country.nancy, ..request(&country, custody) },
            Request { child: Id::from_bits(9), ..request(&country, custody) },
        ];
        for asked in unknown {
            let answer = country.act(&cpr, |at| run(at, asked));
            assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "{answer:?}");
        }
    }
}
