//! A prescriber stops an order.

use jiff::Span;
use notice::Id;
use notice::id::{self, Person};

use super::active_period::ACTIVE_PERIOD;
use super::edit::{Before, Edit, Edited, Mode};
use super::prescription::{PrescriptionContent, PrescriptionStatus};
use super::{
    CardError, CardVersion, Ended, EndedReason, NotNow, Order, Preview, Warning, private_prescriptions,
};
use register::{Change, Record};

use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "fmk.stop-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which order.
    pub order: Id<id::Record>,
    /// Why.
    pub reason: String,
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

/// A prescriber stops an order.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let preview = carry_out(at, &request, Mode::Write)?;
    if preview.after.private {
        private_prescriptions::call_off(at, request.patient, &preview.after)?;
    }
    Ok(preview.after)
}

/// What is written on a prescription that is called off because its order was stopped; undoing the stop looks for it.
pub(super) const WITH_THE_ORDER: &str = "Ordinationen er stoppet";

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Preview, Error> {
    let mut check = Check::default();
    check.text("reason", &request.reason, 300);
    check.done()?;
    let edit =
        Edit { use_name: USE, patient: request.patient, version: request.version, order: request.order };
    edit.carry_out(at, mode, |before| {
        let mut warnings = Vec::new();
        if before.content.ended.is_some() {
            if mode == Mode::Write {
                return Err(Error::Not(NotNow::AlreadyEnded));
            }
            return Ok(Edited { warnings: vec![Warning::AlreadyEnded], ..Edited::from(before.content) });
        }
        let open = open_prescriptions(at, &before);
        if !open.is_empty() {
            warnings.push(Warning::OpenPrescriptions { prescriptions: open.len() });
        }
        // rule F-17: a stopped medicine is active no longer.
        let mut also = vec![no_longer_active(before.record)];
        also.extend(
            open.into_iter()
                .flat_map(|(record, content)| [called_off(record, content), no_longer_active(record)]),
        );
        let mut content = before.content;
        let by = at.my_name().to_owned();
        let note = Some(request.reason.trim().to_owned());
        content.ended = Some(Ended { at: at.now(), reason: EndedReason::Stopped, by: by.clone(), note });
        content.modified_by = Some(by);
        Ok(Edited { content, note: None, also, warnings })
    })
}

/// Prescriptions of the order on which something may still be handed over.
fn open_prescriptions<'a>(at: &Call<'_>, before: &Before<'a>) -> Vec<(&'a Record, PrescriptionContent)> {
    let number = Some(&before.content.identifier);
    let visible = before
        .records
        .prescriptions
        .iter()
        .filter_map(|record| Some((*record, content::read::<PrescriptionContent>(record)?)));
    visible
        .filter(|(_, prescription)| prescription.order.as_ref() == number)
        .filter(|(_, prescription)| match prescription.status_on(at.today()) {
            PrescriptionStatus::Open | PrescriptionStatus::Pending => true,
            PrescriptionStatus::Closed | PrescriptionStatus::Cancelled | PrescriptionStatus::Expired => false,
        })
        .collect()
}

fn called_off(record: &Record, mut prescription: PrescriptionContent) -> Change {
    prescription.status = PrescriptionStatus::Cancelled;
    prescription.cancelled = Some(WITH_THE_ORDER.to_owned());
    Change::Correct {
        record: record.id,
        version: record.version,
        content: content::write(&prescription),
        note: None,
    }
}

fn no_longer_active(record: &Record) -> Change {
    Change::Quantity { record: record.id, name: ACTIVE_PERIOD.to_owned(), value: Some(Span::new()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::{OrderStatus, mark_private, see_own_card, undo_stop};
    use crate::testing::Country;

    fn request(country: &Country, order: Id<id::Record>) -> Request {
        let version = country.version(country.nancy);
        Request { patient: country.nancy, version, order, reason: "bivirkninger".into() }
    }

    #[test]
    fn a_stop_ends_the_order_and_calls_its_prescriptions_off_and_can_be_undone() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let shown = country.act(&country.doctor(), |at| preview(at, &request(&country, order.id))).unwrap();
        assert_eq!(shown.warnings, [Warning::OpenPrescriptions { prescriptions: 1 }]);
        let stopped = country.act(&country.doctor(), |at| run(at, request(&country, order.id))).unwrap();
        let today = jiff::civil::date(2026, 11, 21);
        assert_eq!(stopped.status(today), OrderStatus::Stopped);
        assert!(!stopped.status(today).is_current());
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert_eq!(card.prescriptions[0].status, PrescriptionStatus::Cancelled);
        let undo = undo_stop::Request { patient: country.nancy, version: card.version, order: order.id };
        country.act(&country.doctor(), |at| undo_stop::run(at, undo)).unwrap();
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert_eq!(card.orders[0].status(today), OrderStatus::Current);
        assert_eq!(card.prescriptions[0].status, PrescriptionStatus::Open);
        let undo = undo_stop::Request { patient: country.nancy, version: card.version, order: order.id };
        let twice = country.act(&country.doctor(), |at| undo_stop::run(at, undo));
        assert!(matches!(twice, Err(Error::Not(NotNow::NotStopped))));
    }

    #[test]
    fn a_stopped_order_is_not_stopped_again_and_the_preview_says_so() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        country.act(&country.doctor(), |at| run(at, request(&country, order.id))).unwrap();
        let shown = country.act(&country.doctor(), |at| preview(at, &request(&country, order.id))).unwrap();
        assert_eq!(shown.warnings, [Warning::AlreadyEnded]);
        let twice = country.act(&country.doctor(), |at| run(at, request(&country, order.id)));
        assert!(matches!(twice, Err(Error::Not(NotNow::AlreadyEnded))));
    }

    #[test]
    fn a_stop_of_a_private_order_calls_its_prescriptions_off_too_and_no_others() {
        let country = Country::new();
        let (order, prescription) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let (other, _) = country.prescribes(country.nancy, "Simvastatin", "C10AA01");
        let nancy = country.citizen(country.nancy);
        for order in [order.id, other.id] {
            let mark = mark_private::Request { person: country.nancy, order };
            country.act(&nancy, |at| mark_private::run(at, mark)).unwrap();
        }
        let own = || country.act(&nancy, |at| see_own_card::run(at, see_own_card::Request {})).unwrap();
        let found = |id| own().prescriptions.into_iter().find(|one| one.id == id).unwrap();
        let whole = found(prescription.id);
        country.act(&country.doctor(), |at| run(at, request(&country, order.id))).unwrap();
        let off = found(prescription.id);
        assert_eq!((off.status, off.drug.name), (PrescriptionStatus::Cancelled, whole.drug.name));
        assert_eq!((off.identifier, off.packages, off.private), (whole.identifier, whole.packages, true));
        let open = own().prescriptions.into_iter().filter(|one| one.status == PrescriptionStatus::Open);
        assert_eq!(open.count(), 1, "the prescription of the other order stays open");
        let version = country.version(country.nancy);
        let undo = undo_stop::Request { patient: country.nancy, version, order: order.id };
        country.act(&country.doctor(), |at| undo_stop::run(at, undo)).unwrap();
        assert_eq!(found(prescription.id).status, PrescriptionStatus::Open);
    }

    #[test]
    fn strangers_are_refused_and_a_stop_needs_a_reason() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let answer = country.act(&country.other_doctor(), |at| run(at, request(&country, order.id)));
        assert!(matches!(answer, Err(Error::Refused(_))));
        let bad = Request { reason: " ".into(), ..request(&country, order.id) };
        assert!(matches!(country.act(&country.doctor(), |at| run(at, bad)), Err(Error::Invalid(_))));
    }
}
