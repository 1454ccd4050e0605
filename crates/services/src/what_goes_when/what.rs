//! What a record is, in words that its person knows.

use notice::{Bilingual, Policy};
use register::Record;

use crate::call::civil_day;
use crate::content::text;
use crate::words::{both, date_in_both, same};

/// The record in a few words: the medicine, the other side, or the register and the day.
pub(super) fn of(policy: &Policy, record: &Record) -> Bilingual {
    let register = policy.register_name(record.register);
    let day = date_in_both(civil_day(record.collected_at));
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
