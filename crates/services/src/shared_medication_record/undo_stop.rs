//! A prescriber takes a stop back. Fails on an order that is not stopped.

use notice::Id;
use notice::id::{self, Person};

use super::active_period::{ACTIVE_PERIOD, lasts};
use super::edit::{Before, Edit, Edited, Mode};
use super::prescription::{PrescriptionContent, PrescriptionStatus};
use super::stop::WITH_THE_ORDER;
use super::{ActivePeriod, CardError, CardVersion, NotNow, Order, Preview, private_prescriptions};
use register::{Change, Record};

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

/// A prescriber takes a stop back. Fails on an order that is not stopped.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let preview = carry_out(at, &request, Mode::Write)?;
    if preview.after.private {
        private_prescriptions::open_again(at, request.patient, &preview.after)?;
    }
    Ok(preview.after)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Preview, Error> {
    let edit =
        Edit { use_name: USE, patient: request.patient, version: request.version, order: request.order };
    edit.carry_out(at, mode, |before| {
        if before.content.ended.is_none() {
            return Err(Error::Not(NotNow::NotStopped));
        }
        let also = opened_again(at, &before);
        let mut content = before.content;
        content.ended = None;
        content.modified_by = Some(at.my_name().to_owned());
        Ok(Edited { also, ..Edited::from(content) })
    })
}

/// The prescriptions that went with the stop come back with it, and so does the time for which the medicine is active.
fn opened_again(at: &Call<'_>, before: &Before<'_>) -> Vec<Change> {
    let number = Some(&before.content.identifier);
    let mut changes = Vec::new();
    let mut order_units = None;
    for record in &before.records.prescriptions {
        let Some(mut prescription) = content::read::<PrescriptionContent>(record) else { continue };
        if prescription.order.as_ref() != number || prescription.cancelled.as_deref() != Some(WITH_THE_ORDER)
        {
            continue;
        }
        prescription.status = PrescriptionStatus::Open;
        prescription.cancelled = None;
        let units = prescription.package_size.map(|size| size.saturating_mul(prescription.quantity));
        order_units = order_units.max(units);
        changes.push(active_again(at, before, record, units));
        changes.push(Change::Correct {
            record: record.id,
            version: record.version,
            content: content::write(&prescription),
            note: None,
        });
    }
    changes.push(active_again(at, before, before.record, order_units));
    changes
}

fn active_again(at: &Call<'_>, before: &Before<'_>, record: &Record, units: Option<u32>) -> Change {
    let active = ActivePeriod { from: before.content.active_from, until: before.content.active_until };
    let value = lasts(before.content.dosage.as_ref(), units, active, at.today()).quantity();
    Change::Quantity { record: record.id, name: ACTIVE_PERIOD.to_owned(), value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn strangers_and_unknown_orders_are_turned_away() {
        let country = Country::new();
        let version = country.version(country.nancy);
        let request = Request { patient: country.nancy, version, order: Id::from_bits(1) };
        let stranger = country.act(&country.other_doctor(), |at| run(at, request.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        let unknown = country.act(&country.doctor(), |at| run(at, request));
        assert!(matches!(unknown, Err(Error::Not(NotNow::NoSuchOrder))));
    }
}
