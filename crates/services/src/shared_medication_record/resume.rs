//! A prescriber ends a pause.

use notice::Id;
use notice::id::{self, Person};

use super::edit::{Edit, Edited, Mode};
use super::{CardError, CardVersion, NotNow, Order, Preview};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.pause-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which order.
    pub order: Id<id::Record>,
}

/// Why not.
pub type Error = CardError;

/// What the change would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Preview, Error> {
    carry_out(at, request, Mode::Show)
}

/// A prescriber ends a pause.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let preview = carry_out(at, &request, Mode::Write)?;
    Ok(preview.after)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Preview, Error> {
    let edit =
        Edit { use_name: USE, patient: request.patient, version: request.version, order: request.order };
    edit.carry_out(at, mode, |before| {
        let mut content = before.content;
        if content.ended.is_some() {
            return Err(Error::Not(NotNow::AlreadyEnded));
        }
        if !content.paused.as_ref().is_some_and(|pause| pause.is_ahead(at.today())) {
            return Err(Error::Not(NotNow::NotPaused));
        }
        content.paused = None;
        content.modified_by = Some(at.my_name().to_owned());
        Ok(Edited::from(content))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::{OrderStatus, mark_private, pause};
    use crate::testing::Country;

    fn paused(country: &Country) -> Request {
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let pause = pause::PauseFor { from: jiff::civil::date(2026, 11, 21), until: None, reason: None };
        let (patient, version) = (country.nancy, country.version(country.nancy));
        let request = pause::Request { patient, version, order: order.id, pause };
        country.act(&country.doctor(), |at| pause::run(at, request)).unwrap();
        Request { patient, version: country.version(country.nancy), order: order.id }
    }

    #[test]
    fn a_nurse_who_treats_begins_again_after_she_has_seen_what_changes() {
        let country = Country::new();
        let request = paused(&country);
        let nurse = country.caller("nurse", Some(country.nurse), Some(country.practice));
        let shown = country.act(&nurse, |at| preview(at, &request)).unwrap();
        assert!(!shown.changes.is_empty());
        let today = jiff::civil::date(2026, 11, 21);
        assert_eq!(country.order(country.nancy, request.order).status(today), OrderStatus::Paused);
        let order = country.act(&nurse, |at| run(at, request)).unwrap();
        assert_eq!(order.status(today), OrderStatus::Current);
    }

    #[test]
    fn strangers_old_versions_unknown_and_private_orders_are_turned_away() {
        let country = Country::new();
        let request = paused(&country);
        for caller in [country.other_doctor(), country.pharmacist(), country.citizen(country.nancy)] {
            let answer = country.act(&caller, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
        let unknown = Request { order: Id::from_bits(4), ..request.clone() };
        let answer = country.act(&country.doctor(), |at| run(at, unknown));
        assert!(matches!(answer, Err(Error::Not(NotNow::NoSuchOrder))), "{answer:?}");
        let mark = mark_private::Request { person: country.nancy, order: request.order };
        country.act(&country.citizen(country.nancy), |at| mark_private::run(at, mark)).unwrap();
        let nurse = country.caller("nurse", Some(country.nurse), Some(country.practice));
        let answer = country.act(&nurse, |at| run(at, request.clone()));
        assert!(matches!(answer, Err(Error::Refused(_))), "only its author or who has consent: {answer:?}");
        country.prescribes(country.nancy, "Simvastatin", "C10AA01");
        let stale = country.act(&country.doctor(), |at| run(at, request));
        assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
    }
}
