//! The medicine card: one person's orders, prescriptions and dispensings, put together from what the reader may see.

use jiff::civil::Date;
use notice::Id;
use notice::id::Person;
use register::{Record, Unavailable};

use super::order::OrderStatus;
use super::prescription::PrescriptionContent;
use super::records::CardRecords;
use super::{CardVersion, Dispensing, Order, Prescription, Reviewed};
use crate::{Call, content};

/// One person's medicine card as far as its reader may see it.
#[derive(Clone, PartialEq, Eq)]
pub struct MedicineCard {
    /// The person.
    pub patient: Id<Person>,
    /// What every write must carry.
    pub version: CardVersion,
    /// Orders: those taken first, then paused, then ended, each by name.
    pub orders: Vec<Order>,
    /// Prescriptions, the latest first.
    pub prescriptions: Vec<Prescription>,
    /// Dispensings, the latest first.
    pub dispensings: Vec<Dispensing>,
    /// How many records the person has marked private and this reader does not see.
    pub hidden_private: usize,
    /// Set when every current order has been gone through: the oldest of these reviews.
    pub reviewed: Option<Reviewed>,
}
crate::redacted::redacted!(MedicineCard);

impl MedicineCard {
    /// The card of these records.
    pub(super) fn of(at: &Call<'_>, patient: Id<Person>, records: &[Record]) -> Result<Self, Unavailable> {
        let today = at.today();
        let records = CardRecords::of(at, records);
        let (mut orders, hidden_orders) = records.visible_orders()?;
        orders.sort_by_key(|order| place(order, today));
        let (prescriptions, hidden_prescriptions) = prescriptions(&records, today)?;
        let (dispensings, hidden_dispensings) = dispensings(&records)?;
        let reviewed = oldest_review(orders.iter().filter(|order| order.status(today).is_current()));
        Ok(Self {
            patient,
            version: records.version(),
            orders,
            prescriptions,
            dispensings,
            hidden_private: hidden_orders + hidden_prescriptions + hidden_dispensings,
            reviewed,
        })
    }

    /// The current medication: taken, paused or about to begin.
    pub fn current(&self, today: Date) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.status(today).is_current())
    }

    /// What is stopped or has run out and is still kept.
    pub fn former(&self, today: Date) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| !order.status(today).is_current())
    }

    /// The prescriptions of an order, the latest first.
    pub fn prescriptions_of(&self, order: &Order) -> impl Iterator<Item = &Prescription> {
        let id = order.id;
        self.prescriptions.iter().filter(move |prescription| prescription.order == Some(id))
    }

    /// The dispensings of an order, the latest first.
    pub fn dispensings_of(&self, order: &Order) -> impl Iterator<Item = &Dispensing> {
        let id = order.id;
        self.dispensings.iter().filter(move |dispensing| dispensing.order == Some(id))
    }
}

/// Taken, about to begin, paused, stopped, run out; each by name.
fn place(order: &Order, today: Date) -> (u8, String) {
    let rank = match order.status(today) {
        OrderStatus::Current => 0,
        OrderStatus::NotYet => 1,
        OrderStatus::Paused => 2,
        OrderStatus::Stopped => 3,
        OrderStatus::Expired => 4,
    };
    (rank, order.drug.name.to_lowercase())
}

pub(super) fn prescriptions(
    records: &CardRecords<'_>,
    today: Date,
) -> Result<(Vec<Prescription>, usize), Unavailable> {
    let mut visible = Vec::with_capacity(records.prescriptions.len());
    let mut hidden = 0;
    for record in &records.prescriptions {
        match content::read::<PrescriptionContent>(record) {
            Some(content) => {
                let dispensed = records.dispensed(&content.identifier)?;
                // A private prescription's dispensings may be hidden: then nobody says how much is left.
                let known = (!(record.private && dispensed.hidden)).then_some(dispensed.packages);
                visible.push(content.into_prescription(record, |number| records.find(number), known, today));
            }
            None if record.private => hidden += 1,
            None => return Err(Unavailable::Tampered),
        }
    }
    visible.sort_by_key(|found| std::cmp::Reverse(found.issued_at));
    Ok((visible, hidden))
}

fn dispensings(records: &CardRecords<'_>) -> Result<(Vec<Dispensing>, usize), Unavailable> {
    let (contents, hidden) = records.visible_dispensings()?;
    let mut visible: Vec<_> = contents
        .into_iter()
        .map(|(record, content)| content.into_dispensing(record, |number| records.find(number)))
        .collect();
    visible.sort_by_key(|found| std::cmp::Reverse(found.dispensed_at));
    Ok((visible, hidden))
}

/// The oldest review of the current medication, if all of it was gone through.
fn oldest_review<'a>(current: impl Iterator<Item = &'a Order>) -> Option<Reviewed> {
    let reviews: Option<Vec<_>> = current.map(|order| order.reviewed.as_ref()).collect();
    reviews?.into_iter().min_by_key(|review| review.at).cloned()
}
