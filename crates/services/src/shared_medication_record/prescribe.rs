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
