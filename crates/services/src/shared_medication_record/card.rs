//! The medicine card: one person's orders, prescriptions and dispensings, put together from what the reader may see.

use jiff::civil::Date;
use notice::Id;
use notice::id::Person;

use super::{CardVersion, Dispensing, Order, Prescription, Reviewed};

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
