//! A prescriber orders a medicine, with or without a prescription, or issues a new prescription on an order.

use jiff::Span;
use notice::id::{self, Person};
use notice::{Id, Target};

use register::{Change, Draft};

use super::active_period::{ACTIVE_PERIOD, lasts};
use super::edit::next_version;
use super::order::OrderContent;
use super::prescription::PrescriptionContent;
use super::records::{self, CardRecords, ORDER, PRESCRIPTION};
use super::{
    ActivePeriod, CardError, CardVersion, NewOrder, NewPrescription, NotNow, Order, Prescription,
    PrescriptionStatus, Preview, diff, number,
};
use crate::check::Check;
use crate::professional::own_authorisation;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "fmk.prescribe";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// What is to be taken.
    pub treatment: Treatment,
    /// The prescription to issue; `None` where the medicine is given or bought without one.
    pub prescription: Option<NewPrescription>,
}

/// A new treatment, or one that goes on.
#[derive(Clone, Debug)]
pub enum Treatment {
    /// A new order.
    New(Box<NewOrder>),
    /// An order that stands on the card.
    Existing(Id<id::Record>),
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Prescribed {
    /// The order.
    pub order: Order,
    /// The prescription.
    pub prescription: Option<Prescription>,
}

/// Why not.
pub type Error = CardError;

/// What it would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Preview, Error> {
    check(at, request)?;
    at.change(USE, Target::Person(request.patient), None, |found| {
        let card = CardRecords::of(at, found);
        request.version.must_be_of(&card.orders)?;
        let planned = plan(at, request, &card, None)?;
        let (others, hidden) = card.visible_orders()?;
        let before = planned.before.as_ref();
        let preview = Preview {
            version: request.version,
            changes: diff::changes(at.register.policy(), before, &planned.after),
            warnings: diff::warnings(before, &planned.after, &others, hidden, at.today()),
            before: planned.before,
            after: planned.after,
        };
        Ok((Vec::new(), preview))
    })
}

/// Writes the order and the prescription, both or none.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Prescribed, Error> {
    check(at, &request)?;
    let authorisation_id = match &request.prescription {
        Some(_) => own_authorisation(at)?,
        None => None,
    };
    at.change(USE, Target::Person(request.patient), None, |found| {
        let card = CardRecords::of(at, found);
        request.version.must_be_of(&card.orders)?;
        let planned = plan(at, &request, &card, authorisation_id.as_deref())?;
        Ok((planned.changes, Prescribed { order: planned.after, prescription: planned.prescription }))
    })
}

/// What will be written, and how it will look.
struct Plan {
    before: Option<Order>,
    after: Order,
    prescription: Option<Prescription>,
    changes: Vec<Change>,
}

fn check(at: &Call<'_>, request: &Request) -> Result<(), Error> {
    let mut check = Check::default();
    if let Treatment::New(order) = &request.treatment {
        order.check(&mut check);
    }
    if let Some(prescription) = &request.prescription {
        prescription.check(&mut check, at.today());
    }
    check.done()
}

fn plan(
    at: &Call<'_>,
    request: &Request,
    card: &CardRecords<'_>,
    authorisation_id: Option<&str>,
) -> Result<Plan, Error> {
    let units = request
        .prescription
        .as_ref()
        .and_then(|new| new.package_size.map(|size| size.saturating_mul(new.packages)));
    let mut planned = match &request.treatment {
        Treatment::New(order) => new_order(at, request.patient, order, units)?,
        Treatment::Existing(order) => order_that_stands(at, card, *order, units)?,
    };
    if let Some(new) = &request.prescription {
        let (draft, prescription) = prescription(at, request.patient, &planned.after, new, authorisation_id)?;
        planned.changes.push(Change::Create(Box::new(draft)));
        planned.prescription = Some(prescription);
    }
    Ok(planned)
}

fn new_order(
    at: &Call<'_>,
    patient: Id<Person>,
    order: &NewOrder,
    units: Option<u32>,
) -> Result<Plan, Error> {
    let organisation = at.call.caller.organisation_name.as_deref();
    let content = OrderContent::new(number(at), order.clone(), at.my_name(), organisation);
    let id = at.new_id();
    let draft = Draft {
        register: ORDER,
        id: Some(id),
        subjects: vec![("patient".to_owned(), patient), ("prescriber".to_owned(), at.me())],
        content: content::write(&content),
        events: vec![("order.made".to_owned(), at.now())],
        quantities: vec![(ACTIVE_PERIOD.to_owned(), active_period(at, &content, units))],
        private: false,
        link: None,
    };
    let after = content.into_order(&records::as_it_will_be(at, &draft, id)?);
    Ok(Plan { before: None, after, prescription: None, changes: vec![Change::Create(Box::new(draft))] })
}

/// A prescription on an order that stands: the order gets a new version too, so that two writers at once are noticed.
fn order_that_stands(
    at: &Call<'_>,
    card: &CardRecords<'_>,
    order: Id<id::Record>,
    units: Option<u32>,
) -> Result<Plan, Error> {
    let (record, mut content) = card.order(order)?;
    let before = content.clone().into_order(record);
    if !before.status(at.today()).is_current() {
        return Err(Error::Not(NotNow::AlreadyEnded));
    }
    content.modified_by = Some(at.my_name().to_owned());
    let value = active_period(at, &content, units);
    let changes = vec![
        Change::Quantity { record: record.id, name: ACTIVE_PERIOD.to_owned(), value },
        Change::Correct {
            record: record.id,
            version: record.version,
            content: content::write(&content),
            note: None,
        },
    ];
    let after = next_version(at, content, record);
    Ok(Plan { before: Some(before), after, prescription: None, changes })
}

// rule F-17: the pharmacy does not see the dosage, so the longest time that one handing over can last is set here.
fn active_period(at: &Call<'_>, order: &OrderContent, units: Option<u32>) -> Option<Span> {
    let active = ActivePeriod { from: order.active_from, until: order.active_until };
    lasts(order.dosage.as_ref(), units, active, at.today()).quantity()
}

fn prescription(
    at: &Call<'_>,
    patient: Id<Person>,
    order: &Order,
    new: &NewPrescription,
    authorisation_id: Option<&str>,
) -> Result<(Draft, Prescription), Error> {
    let (valid_from, valid_until) = new.days(at.today());
    let content = PrescriptionContent {
        identifier: number(at),
        order: Some(order.identifier.clone()),
        status: PrescriptionStatus::Open,
        drug_name: order.drug.name.clone(),
        drug_id: order.drug.drug_id.clone(),
        atc: order.drug.atc.clone(),
        form: order.drug.form.clone(),
        strength: order.drug.strength.clone(),
        package_number: Some(new.package_number.clone()),
        package_size: new.package_size,
        quantity: new.packages,
        iterations: new.iterations,
        dosage_text: order.dosage.as_ref().map(|dosage| dosage.words(notice::Lang::Da)),
        indication: order.indication.clone(),
        valid_from,
        valid_until,
        issued_by: Some(at.my_name().to_owned()),
        issued_by_authorisation: authorisation_id.map(str::to_owned),
        issued_by_organisation: at.call.caller.organisation_name.clone(),
        cancelled: None,
    };
    let units = new.package_size.map(|size| size.saturating_mul(new.packages));
    let lasts = lasts(order.dosage.as_ref(), units, order.active, at.today());
    let id = at.new_id();
    let draft = Draft {
        register: PRESCRIPTION,
        id: Some(id),
        subjects: vec![("patient".to_owned(), patient), ("prescriber".to_owned(), at.me())],
        content: content::write(&content),
        events: vec![("prescription.issued".to_owned(), at.now())],
        quantities: vec![(ACTIVE_PERIOD.to_owned(), lasts.quantity())],
        private: order.private,
        link: None,
    };
    let record = records::as_it_will_be(at, &draft, id)?;
    let prescription = content.into_prescription(&record, |_| Some(order.id), Some(0), at.today());
    Ok((draft, prescription))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::Warning;
    use crate::testing::Country;
    use crate::testing::{new_order, new_prescription};

    fn request(country: &Country, drug: &str, atc: &str) -> Request {
        Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            treatment: Treatment::New(Box::new(new_order(drug, atc))),
            prescription: Some(new_prescription()),
        }
    }

    #[test]
    fn a_new_order_and_its_prescription_stand_on_the_card() {
        // proves rule F-01, rule F-04, rule F-05
        let country = Country::new();
        let written =
            country.act(&country.doctor(), |at| run(at, request(&country, "Amlodipin", "C08CA01"))).unwrap();
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert!(card.orders == vec![Order { due_at: card.orders[0].due_at, ..written.order }]);
        assert_eq!(card.prescriptions[0].order, Some(card.orders[0].id));
        assert_eq!(card.prescriptions[0].packages_left(), 3);
        assert_eq!(card.prescriptions[0].status, PrescriptionStatus::Open);
    }

    #[test]
    fn a_preview_writes_nothing_and_warns_of_the_same_atc_code() {
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let before = country.version(country.nancy);
        let asked = request(&country, "Norvasc", "C08CA01");
        let shown = country.act(&country.doctor(), |at| preview(at, &asked)).unwrap();
        assert!(matches!(shown.warnings.as_slice(), [Warning::DuplicateAtc { atc, .. }] if atc == "C08CA01"));
        assert!(shown.changes.iter().any(|change| change.field == "dosage" && change.before.is_none()));
        assert_eq!(country.version(country.nancy), before);
    }

    #[test]
    fn a_second_prescription_moves_the_version_of_the_card() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let again = Request { treatment: Treatment::Existing(order.id), ..request(&country, "x", "C") };
        country.act(&country.doctor(), |at| run(at, again.clone())).unwrap();
        let twice = country.act(&country.doctor(), |at| run(at, again));
        assert!(matches!(twice, Err(Error::Conflict(_))), "two writers at once");
    }

    #[test]
    fn an_old_version_of_the_card_is_a_conflict_that_says_what_was_changed() {
        let country = Country::new();
        let stale = request(&country, "Simvastatin", "C10AA01");
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let Err(Error::Conflict(changes)) = country.act(&country.doctor(), |at| run(at, stale)) else {
            panic!("no conflict")
        };
        assert_eq!(changes.reveal()[0].en, "Amlodipin was ordered");
    }

    #[test]
    fn a_nurse_a_stranger_and_the_unknown_are_refused() {
        let country = Country::new();
        let nurse = country.caller("nurse", Some(country.nurse), Some(country.practice));
        for caller in [nurse, country.other_doctor(), country.citizen(country.nancy)] {
            let answer = country.act(&caller, |at| run(at, request(&country, "Amlodipin", "C08CA01")));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
        let unknown = Request { patient: Id::from_bits(5), ..request(&country, "Amlodipin", "C08CA01") };
        assert!(matches!(country.act(&country.doctor(), |at| run(at, unknown)), Err(Error::Refused(_))));
    }

    #[test]
    fn every_problem_of_what_was_sent_is_named_at_once() {
        let country = Country::new();
        let mut order = new_order(" ", "c08");
        order.active.until = Some(jiff::civil::date(2026, 10, 1));
        order.dosage = super::super::Dosage::FreeText { text: String::new() };
        let mut new = new_prescription();
        new.package_number = "12".into();
        new.packages = 0;
        let bad = Request {
            treatment: Treatment::New(Box::new(order)),
            prescription: Some(new),
            ..request(&country, "x", "C")
        };
        let Err(Error::Invalid(problems)) = country.act(&country.doctor(), |at| run(at, bad)) else {
            panic!("taken")
        };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        let wanted = [
            "drug.name",
            "drug.atc",
            "dosage.text",
            "active-until",
            "prescription.package-number",
            "prescription.packages",
        ];
        assert_eq!(fields, wanted);
    }
}
