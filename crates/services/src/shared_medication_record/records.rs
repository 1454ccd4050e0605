//! The records of one card, sorted by register, as far as the grant covers them.

use std::collections::HashMap;

use notice::Id;
use notice::id;
use register::{Draft, Record, Stage, Unavailable};

use super::dispensing::DispensingContent;
use super::order::OrderContent;
use super::prescription::PrescriptionContent;
use super::{CardError, CardVersion, NotNow, Order};
use crate::{Call, content};

/// Full names of the registers of the card.
pub(super) const ORDER: &str = "fmk.order";
pub(super) const PRESCRIPTION: &str = "fmk.prescription";
pub(super) const DISPENSING: &str = "fmk.dispensing";

/// Records by register.
pub(super) struct CardRecords<'a> {
    pub(super) orders: Vec<&'a Record>,
    pub(super) prescriptions: Vec<&'a Record>,
    pub(super) dispensings: Vec<&'a Record>,
    by_number: HashMap<String, Id<id::Record>>,
}

impl<'a> CardRecords<'a> {
    pub(super) fn of(at: &Call<'_>, records: &'a [Record]) -> Self {
        let of = |register| records.iter().filter(|record| at.is_in(record, register)).collect::<Vec<_>>();
        let (orders, prescriptions, dispensings) = (of(ORDER), of(PRESCRIPTION), of(DISPENSING));
        let by_number = orders
            .iter()
            .chain(&prescriptions)
            .filter_map(|record| Some((content::text(record, "identifier")?, record.id)))
            .collect();
        Self { orders, prescriptions, dispensings, by_number }
    }

    pub(super) fn version(&self) -> CardVersion {
        CardVersion::of(&self.orders)
    }

    /// The record of an order or prescription by its number.
    pub(super) fn find(&self, number: &str) -> Option<Id<id::Record>> {
        self.by_number.get(number).copied()
    }

    /// An order that the writer may change. One marked private and not covered looks like none.
    pub(super) fn order(&self, order: Id<id::Record>) -> Result<(&'a Record, OrderContent), CardError> {
        let no_such = CardError::Not(NotNow::NoSuchOrder);
        let Some(record) = self.orders.iter().find(|record| record.id == order) else { return Err(no_such) };
        match content::read(record) {
            Some(content) => Ok((record, content)),
            None if record.private => Err(no_such),
            None => Err(Unavailable::Tampered.into()),
        }
    }

    /// A prescription that the caller may use.
    pub(super) fn prescription(
        &self,
        id: Id<id::Record>,
    ) -> Result<(&'a Record, PrescriptionContent), CardError> {
        let no_such = CardError::Not(NotNow::NoSuchPrescription);
        let Some(record) = self.prescriptions.iter().find(|record| record.id == id) else {
            return Err(no_such);
        };
        match content::read(record) {
            Some(content) => Ok((record, content)),
            None if record.private => Err(no_such),
            None => Err(Unavailable::Tampered.into()),
        }
    }

    /// The orders whose content the reader sees, and how many are hidden by a private mark.
    pub(super) fn visible_orders(&self) -> Result<(Vec<Order>, usize), Unavailable> {
        let mut visible = Vec::with_capacity(self.orders.len());
        let mut hidden = 0;
        for record in &self.orders {
            match content::read::<OrderContent>(record) {
                Some(content) => visible.push(content.into_order(record)),
                None if record.private => hidden += 1,
                None => return Err(Unavailable::Tampered),
            }
        }
        Ok((visible, hidden))
    }

    /// Packages handed over on a prescription, as far as dispensings are seen.
    pub(super) fn dispensed(&self, prescription: &str) -> Result<Dispensed, Unavailable> {
        let mut dispensed = Dispensed::default();
        for record in &self.dispensings {
            if content::text(record, "prescription").as_deref() != Some(prescription) {
                dispensed.hidden |= record.private && content::text(record, "prescription").is_none();
                continue;
            }
            let quantity = record.content.reveal().get("quantity").and_then(serde_json::Value::as_u64);
            let quantity =
                quantity.and_then(|quantity| u32::try_from(quantity).ok()).ok_or(Unavailable::Tampered)?;
            dispensed.packages = dispensed.packages.saturating_add(quantity);
        }
        Ok(dispensed)
    }

    /// The dispensings whose content the reader sees, and how many are hidden by a private mark.
    pub(super) fn visible_dispensings(&self) -> Result<(Vec<Seen<'a>>, usize), Unavailable> {
        let mut visible = Vec::with_capacity(self.dispensings.len());
        let mut hidden = 0;
        for record in &self.dispensings {
            match content::read::<DispensingContent>(record) {
                Some(content) => visible.push((*record, content)),
                None if record.private => hidden += 1,
                None => return Err(Unavailable::Tampered),
            }
        }
        Ok((visible, hidden))
    }
}

/// A dispensing whose content the reader sees.
type Seen<'a> = (&'a Record, DispensingContent);

/// What was handed over on a prescription.
#[derive(Clone, Copy, Default)]
pub(super) struct Dispensed {
    pub(super) packages: u32,
    /// Some dispensing is hidden by a private mark and may belong to it.
    pub(super) hidden: bool,
}

/// The record of a draft once it is written; a date that its clock will give is not known yet.
pub(super) fn as_it_will_be(at: &Call<'_>, draft: &Draft, id: Id<id::Record>) -> Result<Record, CardError> {
    let policy = at.register.policy();
    let undeclared = || Unavailable::Undeclared(draft.register.to_owned());
    Ok(Record {
        id,
        register: policy.register_id(draft.register).ok_or_else(undeclared)?,
        version: 1,
        stage: Stage::Open,
        subjects: draft.subjects.clone(),
        content: draft.content.clone(),
        private: draft.private,
        collected_at: at.now(),
        changed_at: at.now(),
        collected_under: policy.version,
        events: draft.events.clone(),
        notes: Vec::new(),
        due_at: None,
    })
}
