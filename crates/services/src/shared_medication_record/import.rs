//! Cards come in from another system, many at a time, each whole or not at all.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::Person;

use register::Change;
use register::Draft;

use super::active_period::{ACTIVE_PERIOD, lasts};
use super::dispensing::DispensingContent;
use super::order::OrderContent;
use super::prescription::{PACKAGES_MAX, PrescriptionContent, between};
use super::records::{DISPENSING, ORDER, PRESCRIPTION};
use super::stop::WITH_THE_ORDER;
use super::{ActivePeriod, Ended, NewOrder, NewPrescription, Pause, PrescriptionStatus, Reviewed, number};
use crate::call::civil_day;
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "fmk.import";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The cards.
    pub cards: Vec<ImportedCard>,
}

/// One person's card.
#[derive(Clone, Debug)]
pub struct ImportedCard {
    /// Whose.
    pub patient: Id<Person>,
    /// Its orders.
    pub orders: Vec<ImportedOrder>,
}

/// An order with all that hangs on it.
#[derive(Clone, Debug)]
pub struct ImportedOrder {
    /// The order.
    pub order: NewOrder,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub prescriber: Prescriber,
    /// On pause.
    pub paused: Option<Pause>,
    /// Ended.
    pub ended: Option<Ended>,
    /// Gone through.
    pub reviewed: Option<Reviewed>,
    /// Marked private.
    pub mark: Mark,
    /// Its prescriptions.
    pub prescriptions: Vec<ImportedPrescription>,
}

/// Whether the person has marked an order private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not marked.
    Plain,
    /// Marked private.
    Private,
}

/// Who made an order or a prescription.
#[derive(Clone, PartialEq, Eq)]
pub struct Prescriber {
    /// The person, if she is known here.
    pub person: Option<Id<Person>>,
    /// Name.
    pub name: String,
    /// Authorisation id.
    pub authorisation_id: String,
    /// Organisation.
    pub organisation: String,
}
crate::redacted::redacted!(Prescriber);

/// A prescription with what was handed over on it.
#[derive(Clone, Debug)]
pub struct ImportedPrescription {
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Six digits.
    pub package_number: String,
    /// Units in a package.
    pub package_size: Option<u32>,
    /// Packages each time.
    pub packages: u32,
    /// How many times in all.
    pub iterations: u32,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// What was handed over.
    pub dispensings: Vec<ImportedDispensing>,
}

/// Something handed over.
#[derive(Clone, Debug)]
pub struct ImportedDispensing {
    /// When.
    pub at: Timestamp,
    /// Packages.
    pub packages: u32,
    /// Name of the pharmacy.
    pub pharmacy: String,
}

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// People.
    pub people: usize,
    /// Records.
    pub records: usize,
}

/// Why not.
pub type Error = crate::Error;

/// Takes the cards in.
///
/// # Errors
/// Refused, or a card cannot be taken; then none of the batch is.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    check(&request.cards)?;
    let mut output = Output::default();
    let mut people = Vec::with_capacity(request.cards.len());
    for card in request.cards {
        let drafts = drafts(at, card.patient, card.orders);
        output.people += 1;
        output.records += drafts.len();
        let changes = drafts.into_iter().map(|draft| Change::Create(Box::new(draft))).collect();
        people.push((card.patient, changes));
    }
    at.import(USE, people)?;
    Ok(output)
}

/// What a writer may not send, another system may not either; only the days may lie in the past.
fn check(cards: &[ImportedCard]) -> Result<(), Error> {
    let mut check = Check::default();
    for imported in cards.iter().flat_map(|card| &card.orders) {
        imported.order.check(&mut check);
        for prescription in &imported.prescriptions {
            as_new(prescription).check(&mut check, prescription.valid_from);
            for dispensing in &prescription.dispensings {
                between(&mut check, "dispensing.packages", dispensing.packages, PACKAGES_MAX);
                check.text("dispensing.pharmacy", &dispensing.pharmacy, 200);
            }
        }
    }
    check.done()
}

fn as_new(imported: &ImportedPrescription) -> NewPrescription {
    NewPrescription {
        package_number: imported.package_number.clone(),
        package_size: imported.package_size,
        packages: imported.packages,
        iterations: imported.iterations,
        valid_from: Some(imported.valid_from),
        valid_until: Some(imported.valid_until),
    }
}

fn drafts(at: &Call<'_>, patient: Id<Person>, orders: Vec<ImportedOrder>) -> Vec<Draft> {
    orders.into_iter().flat_map(|order| order_with_all(at, patient, order)).collect()
}

fn order_with_all(at: &Call<'_>, patient: Id<Person>, imported: ImportedOrder) -> Vec<Draft> {
    let prescriber = &imported.prescriber;
    let mut order =
        OrderContent::new(number(at), imported.order, &prescriber.name, Some(&prescriber.organisation));
    order.paused = imported.paused;
    order.ended = imported.ended;
    order.reviewed = imported.reviewed;
    let private = imported.mark == Mark::Private;
    let mut hanging = Vec::new();
    let mut dispensed = Vec::new();
    let mut units = None;
    for prescription in imported.prescriptions {
        units = units.max(prescription.package_size.map(|size| size.saturating_mul(prescription.packages)));
        dispensed.extend(prescription.dispensings.iter().map(|dispensing| dispensing.at));
        hanging.extend(prescription_with_all(at, patient, &order, prescriber, private, prescription));
    }
    let mut events = vec![("order.made".to_owned(), imported.created_at)];
    events.extend(dispensed.iter().map(|at| ("dispensed".to_owned(), *at)));
    let last = dispensed.into_iter().max().unwrap_or(imported.created_at);
    let draft = Draft {
        register: ORDER,
        id: Some(at.new_id()),
        subjects: subjects(patient, prescriber),
        content: content::write(&order),
        events,
        quantities: active_period(&order, units, civil_day(last)),
        private,
        link: None,
    };
    std::iter::once(draft).chain(hanging).collect()
}

fn subjects(patient: Id<Person>, prescriber: &Prescriber) -> Vec<(String, Id<Person>)> {
    let prescriber = prescriber.person.map(|person| ("prescriber".to_owned(), person));
    std::iter::once(("patient".to_owned(), patient)).chain(prescriber).collect()
}

// rule F-17
fn active_period(order: &OrderContent, units: Option<u32>, last: Date) -> Vec<(String, Option<jiff::Span>)> {
    // A stopped medicine is active no longer.
    let value = if order.ended.is_some() {
        Some(jiff::Span::new())
    } else {
        let active = ActivePeriod { from: order.active_from, until: order.active_until };
        lasts(order.dosage.as_ref(), units, active, last).quantity()
    };
    vec![(ACTIVE_PERIOD.to_owned(), value)]
}

fn prescription_with_all(
    at: &Call<'_>,
    patient: Id<Person>,
    order: &OrderContent,
    prescriber: &Prescriber,
    private: bool,
    imported: ImportedPrescription,
) -> Vec<Draft> {
    let handed_over: u32 = imported.dispensings.iter().map(|dispensing| dispensing.packages).sum();
    let all = imported.packages.saturating_mul(imported.iterations);
    // What belongs to an order that has ended is called off with it, as a stop here would do.
    let called_off = handed_over < all && order.ended.is_some();
    let status = match () {
        () if handed_over >= all => PrescriptionStatus::Closed,
        () if called_off => PrescriptionStatus::Cancelled,
        () => PrescriptionStatus::Open,
    };
    let prescription = PrescriptionContent {
        identifier: number(at),
        order: Some(order.identifier.clone()),
        status,
        drug_name: order.drug_name.clone(),
        drug_id: order.drug_id.clone(),
        atc: order.atc.clone(),
        form: order.form.clone(),
        strength: order.strength.clone(),
        package_number: Some(imported.package_number.clone()),
        package_size: imported.package_size,
        quantity: imported.packages,
        iterations: imported.iterations,
        dosage_text: order.dosage.as_ref().map(|dosage| dosage.words(notice::Lang::Da)),
        indication: order.indication.clone(),
        valid_from: imported.valid_from,
        valid_until: imported.valid_until,
        issued_by: Some(prescriber.name.clone()),
        issued_by_authorisation: Some(prescriber.authorisation_id.clone()),
        issued_by_organisation: Some(prescriber.organisation.clone()),
        cancelled: called_off.then(|| WITH_THE_ORDER.to_owned()),
    };
    let units = imported.package_size.map(|size| size.saturating_mul(imported.packages));
    let last =
        imported.dispensings.iter().map(|dispensing| dispensing.at).max().unwrap_or(imported.issued_at);
    let mut events = vec![("prescription.issued".to_owned(), imported.issued_at)];
    events.extend(imported.dispensings.iter().map(|dispensing| ("dispensed".to_owned(), dispensing.at)));
    let draft = Draft {
        register: PRESCRIPTION,
        id: Some(at.new_id()),
        subjects: subjects(patient, prescriber),
        content: content::write(&prescription),
        events,
        quantities: active_period(order, units, civil_day(last)),
        private,
        link: None,
    };
    let dispensings = imported.dispensings.into_iter();
    let dispensings: Vec<_> = dispensings
        .map(|dispensing| dispensing_of(at, patient, order, &prescription, private, dispensing))
        .collect();
    std::iter::once(draft).chain(dispensings).collect()
}

fn dispensing_of(
    at: &Call<'_>,
    patient: Id<Person>,
    order: &OrderContent,
    prescription: &PrescriptionContent,
    private: bool,
    imported: ImportedDispensing,
) -> Draft {
    let content = DispensingContent {
        identifier: number(at),
        prescription: Some(prescription.identifier.clone()),
        order: Some(order.identifier.clone()),
        drug_name: order.drug_name.clone(),
        atc: order.atc.clone(),
        package_number: prescription.package_number.clone(),
        quantity: imported.packages,
        dispensed_at: imported.at,
        pharmacy: Some(imported.pharmacy),
        pharmacist: None,
        label_text: prescription.dosage_text.clone(),
        comment: None,
    };
    Draft {
        register: DISPENSING,
        id: Some(at.new_id()),
        subjects: vec![("patient".to_owned(), patient)],
        content: content::write(&content),
        events: vec![("dispensing.recorded".to_owned(), imported.at)],
        quantities: Vec::new(),
        private,
        link: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::EndedReason;
    use crate::testing::{Country, imported_order};

    fn order(country: &Country) -> ImportedOrder {
        imported_order(country, "2026-03-05T10:00:00Z", "2026-04-07T10:00:00Z")
    }

    fn sends(country: &Country, role: &str, orders: Vec<ImportedOrder>) -> Result<Output, Error> {
        let cards = vec![ImportedCard { patient: country.nancy, orders }];
        country.act(&country.caller(role, None, None), |at| run(at, Request { cards }))
    }

    #[test]
    fn a_card_comes_in_whole_with_its_own_days() {
        let country = Country::new();
        let output = sends(&country, "system", vec![order(&country)]).unwrap();
        assert_eq!(output, Output { people: 1, records: 3 });
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert_eq!((card.orders.len(), card.dispensings.len()), (1, 1));
        assert_eq!(card.prescriptions[0].packages_left(), 2);
        // rule F-17: two years after the last handing over.
        assert_eq!(card.orders[0].due_at, Some("2028-04-07T10:00:00Z".parse().unwrap()));
    }

    #[test]
    fn what_belongs_to_an_order_that_has_ended_is_open_no_more() {
        let country = Country::new();
        let at = "2026-05-01T10:00:00Z".parse().unwrap();
        let ended = Some(Ended { at, reason: EndedReason::Stopped, by: "Test doctor".into(), note: None });
        sends(&country, "system", vec![ImportedOrder { ended, ..order(&country) }]).unwrap();
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert_eq!(card.prescriptions[0].status, PrescriptionStatus::Cancelled);
    }

    #[test]
    fn only_a_system_may_send_and_nothing_malformed_comes_in() {
        let country = Country::new();
        let citizen = sends(&country, "citizen", vec![order(&country)]);
        assert!(matches!(citizen, Err(Error::Refused(_))));
        let mut bad = order(&country);
        bad.order.drug.name = " ".into();
        bad.prescriptions[0].package_number = "12".into();
        bad.prescriptions[0].dispensings[0].packages = 0;
        let Err(Error::Invalid(problems)) = sends(&country, "system", vec![order(&country), bad]) else {
            panic!("a malformed card came in");
        };
        let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["drug.name", "prescription.package-number", "dispensing.packages"]);
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert!(card.orders.is_empty(), "none of the batch came in");
    }
}
