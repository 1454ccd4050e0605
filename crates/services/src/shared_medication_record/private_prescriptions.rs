//! The prescriptions of a private order follow it when it is stopped and when the stop is taken back, though the rest of what they say stays closed to the writer.

use jiff::Span;
use notice::Target;
use register::{Change, Record};
use serde_json::Value;

use super::active_period::{ACTIVE_PERIOD, lasts};
use super::prescription::PrescriptionStatus;
use super::records::CardRecords;
use super::stop::{USE, WITH_THE_ORDER};
use super::{CardError, Order};
use crate::call::Call;
use crate::content;

/// What the use of a stop shows of a private prescription, and all that it can write.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Shown {
    order: Option<String>,
    status: PrescriptionStatus,
    cancelled: Option<String>,
}

/// Calls off what is open on a private order that was stopped.
pub(super) fn call_off(at: &Call<'_>, patient: Patient, order: &Order) -> Result<(), CardError> {
    // rule F-17: a stopped medicine is active no longer.
    let ended = Some(Span::new());
    follow(at, patient, order, |shown| match shown.status {
        PrescriptionStatus::Open | PrescriptionStatus::Pending => {
            let cancelled = Some(WITH_THE_ORDER.to_owned());
            Some((Shown { status: PrescriptionStatus::Cancelled, cancelled, ..shown }, ended))
        }
        PrescriptionStatus::Closed | PrescriptionStatus::Cancelled | PrescriptionStatus::Expired => None,
    })
}

/// Opens again what went with the stop of a private order.
pub(super) fn open_again(at: &Call<'_>, patient: Patient, order: &Order) -> Result<(), CardError> {
    // How much each prescription gives is closed to the writer: the order alone says how long it lasts.
    let active = lasts(order.dosage.as_ref(), None, order.active, at.today()).quantity();
    follow(at, patient, order, |shown| {
        let went_with_it = shown.cancelled.as_deref() == Some(WITH_THE_ORDER);
        let open = Shown { status: PrescriptionStatus::Open, cancelled: None, ..shown };
        went_with_it.then_some((open, active))
    })
}

type Patient = notice::Id<notice::id::Person>;

fn follow(
    at: &Call<'_>,
    patient: Patient,
    order: &Order,
    change: impl Fn(Shown) -> Option<(Shown, Option<Span>)>,
) -> Result<(), CardError> {
    at.change(USE, Target::Person(patient), None, |records| {
        let card = CardRecords::of(at, records);
        let of_order =
            |record: &&&Record| content::text(record, "order").as_deref() == Some(order.identifier.as_str());
        let followed = card.prescriptions.iter().filter(|record| record.private).filter(of_order);
        let changes = followed.filter_map(|record| {
            let (shown, active) = change(shown(record)?)?;
            let record_change = Change::Correct {
                record: record.id,
                version: record.version,
                content: content::write(&shown),
                note: None,
            };
            let quantity =
                Change::Quantity { record: record.id, name: ACTIVE_PERIOD.to_owned(), value: active };
            Some([record_change, quantity])
        });
        Ok((changes.flatten().collect(), ()))
    })
}

fn shown(record: &Record) -> Option<Shown> {
    serde_json::from_value(Value::Object(record.content.reveal().clone())).ok()
}
