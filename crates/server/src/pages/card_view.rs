//! A medicine card as a page shows it.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Lang;
use services::shared_medication_record::{
    Drug, MedicineCard, Order, OrderStatus, Prescription, PrescriptionStatus,
};

use super::view::medicine::{self, Card, Item, Marking, News, Openness, Standing};

/// Name, strength and form in one line.
pub(super) fn name(drug: &Drug) -> String {
    let parts = [Some(drug.name.as_str()), drug.strength.as_deref(), drug.form.as_deref()];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The whole card. `since` is when the reader last looked; what changed after it is news.
pub(super) fn card(card: &MedicineCard, today: Date, since: Option<Timestamp>, lang: Lang) -> Card {
    let item = |order: &Order| item(card, order, today, since, lang);
    Card {
        current: card.current(today).map(item).collect(),
        former: card.former(today).map(item).collect(),
        hidden_private: card.hidden_private,
        reviewed: card.reviewed.as_ref().map(|reviewed| (reviewed.by.clone(), reviewed.at)),
    }
}

fn item(card: &MedicineCard, order: &Order, today: Date, since: Option<Timestamp>, lang: Lang) -> Item {
    let by = [order.created_by.clone(), order.created_by_organisation.clone()];
    let by: Vec<String> = by.into_iter().flatten().collect();
    let handed_over = card.dispensings_of(order).next();
    Item {
        id: order.id.to_string(),
        name: name(&order.drug),
        dosage: order.dosage.as_ref().map(|dosage| dosage.words(lang)),
        indication: order.indication.clone(),
        route: order.route.clone(),
        standing: standing(order.status(today)),
        from: order.active.from,
        until: order.active.until,
        because: because(order),
        by: (!by.is_empty()).then(|| by.join(", ")),
        changed_at: order.modified_at,
        news: news(order, since),
        marking: if order.private { Marking::Private } else { Marking::Open },
        prescriptions: card.prescriptions_of(order).map(prescription).collect(),
        last_handed_over: handed_over.map(|one| (one.pharmacy.clone().unwrap_or_default(), one.dispensed_at)),
        notes: order.notes.clone(),
        due_at: order.due_at,
    }
}

fn because(order: &Order) -> Option<String> {
    let (by, why) = match (&order.ended, &order.paused) {
        (Some(ended), _) => (&ended.by, ended.note.as_ref()),
        (None, Some(paused)) => (&paused.by, paused.reason.as_ref()),
        (None, None) => return None,
    };
    let parts = [why.map(String::as_str), Some(by.as_str())];
    Some(parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "))
}

fn news(order: &Order, since: Option<Timestamp>) -> News {
    match since {
        Some(since) if order.created_at > since => News::New,
        Some(since) if order.modified_at > since => News::Changed,
        Some(_) | None => News::None,
    }
}

fn standing(status: OrderStatus) -> Standing {
    match status {
        OrderStatus::NotYet => Standing::NotYet,
        OrderStatus::Current => Standing::Current,
        OrderStatus::Paused => Standing::Paused,
        OrderStatus::Stopped => Standing::Stopped,
        OrderStatus::Expired => Standing::Expired,
    }
}

/// A prescription.
pub(super) fn prescription(one: &Prescription) -> medicine::Prescription {
    let status = match one.status {
        PrescriptionStatus::Open => "prescription-open",
        PrescriptionStatus::Pending => "prescription-pending",
        PrescriptionStatus::Closed => "prescription-closed",
        PrescriptionStatus::Cancelled => "prescription-cancelled",
        PrescriptionStatus::Expired => "prescription-expired",
    };
    let by = [one.issued_by.clone(), one.issued_by_organisation.clone()];
    let by: Vec<String> = by.into_iter().flatten().collect();
    medicine::Prescription {
        id: one.id.to_string(),
        number: one.identifier.clone(),
        name: name(&one.drug),
        dosage: one.dosage_text.clone(),
        indication: one.indication.clone(),
        status,
        left: u64::from(one.packages_left()),
        packages: u64::from(one.packages),
        package_size: one.package_size.map(u64::from),
        valid_until: one.valid_until,
        by: (!by.is_empty()).then(|| by.join(", ")),
        issued_at: one.issued_at,
        open: if one.status == PrescriptionStatus::Open { Openness::Open } else { Openness::Shut },
    }
}
