//! What a record is, in words that its person knows.

use jiff::Timestamp;
use notice::{Bilingual, Policy};
use register::Record;

use crate::call::civil_day;
use crate::content::text;
use crate::words::{both, date_in_both, same};

/// The record in a few words: the medicine, the other side, or the register and the day.
pub(super) fn of(policy: &Policy, record: &Record) -> Bilingual {
    let register = policy.register_name(record.register);
    let day = date_in_both(civil_day(began(record)));
    let title =
        policy.register(record.register).map(|register| register.said.title.clone()).unwrap_or_default();
    let name = match register {
        "fmk.order" | "fmk.prescription" | "fmk.dispensing" => text(record, "drug-name"),
        "nsp.treatment-relation" => text(record, "organisation-name"),
        "nsp.opt-out" | "nsp.consent" => text(record, "who-name"),
        "nsp.emergency-access" => text(record, "professional-name"),
        "nsp.presentation" => text(record, "pharmacy-name"),
        "nsp.custody" => text(record, "holder-name"),
        "nsp.representation" => text(record, "representative-name"),
        "fmk.basic" | "nsp.basic" => return title,
        _ => text(record, "title"),
    };
    let name = name.map_or(title, same);
    both(format!("{}, fra {}", name.da, day.da), format!("{}, from {}", name.en, day.en))
}

/// When the record's own story began: its first event, where that lies before the day on which it came here.
fn began(record: &Record) -> Timestamp {
    let first = record.events.iter().map(|(_, at)| *at).min();
    first.map_or(record.collected_at, |first| first.min(record.collected_at))
}

#[cfg(test)]
mod tests {
    use crate::shared_medication_record::import;
    use crate::testing::{Country, imported_order};
    use crate::what_goes_when::see_own;

    #[test]
    fn the_day_of_a_record_is_its_own_and_not_that_of_its_import() {
        let country = Country::new();
        let orders = vec![imported_order(&country, "2026-03-05T10:00:00Z", "2026-04-07T10:00:00Z")];
        let cards = vec![import::ImportedCard { patient: country.nancy, orders }];
        let system = country.caller("system", None, None);
        country.act(&system, |at| import::run(at, import::Request { cards })).unwrap();
        let nancy = country.citizen(country.nancy);
        let plan = country.act(&nancy, |at| see_own::run(at, see_own::Request {})).unwrap();
        let what = |register: &str| {
            let group = plan.groups.iter().find(|group| group.register == register).unwrap();
            group.items[0].what.clone()
        };
        assert_eq!(what("fmk.order").en, "Amlodipin, from 5 March 2026");
        assert_eq!(what("fmk.prescription").en, "Amlodipin, from 5 March 2026");
        assert_eq!(what("fmk.dispensing").en, "Amlodipin, from 7 April 2026");
        assert_eq!(what("nsp.treatment-relation").en, "Lægerne Torvet, from 21 November 2026");
    }
}
