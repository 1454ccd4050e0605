//! A pharmacy hands a medicine over on a prescription, never more than was prescribed.

use notice::id::{self, Person};
use notice::{Id, Target};

use register::{Change, Draft, Personal};

use super::dispensing::DispensingContent;
use super::edit::Mode;
use super::prescription::{PrescriptionContent, between};
use super::records::{self, CardRecords, DISPENSING};
use super::{CardError, Dispensing, NotNow, Prescription, PrescriptionStatus, number};
use crate::check::Check;
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "fmk.dispense";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who gets it.
    pub patient: Id<Person>,
    /// On which prescription.
    pub prescription: Id<id::Record>,
    /// The version of the prescription that was read.
    pub version: u32,
    /// Packages.
    pub packages: u32,
    /// What is printed on the label.
    pub label_text: Option<String>,
    /// The pharmacy's comment.
    pub comment: Option<String>,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Output {
    /// What was handed over.
    pub dispensing: Dispensing,
    /// The prescription as it stands now.
    pub prescription: Prescription,
}

/// Why not.
pub type Error = CardError;

/// What it would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Output, Error> {
    carry_out(at, request, Mode::Show)
}

/// Hands it over: the dispensing, the prescription and the clocks of both, all or nothing.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the prescription stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    carry_out(at, &request, Mode::Write)
}

fn carry_out(at: &Call<'_>, request: &Request, mode: Mode) -> Result<Output, Error> {
    let mut check = Check::default();
    between(&mut check, "packages", request.packages, 100);
    check.optional("label-text", request.label_text.as_deref(), 500);
    check.optional("comment", request.comment.as_deref(), 500);
    check.done()?;
    at.change(USE, Target::Person(request.patient), None, |found| {
        let card = CardRecords::of(at, found);
        let (record, prescription) = card.prescription(request.prescription)?;
        if record.version != request.version {
            return Err(Error::Conflict(Personal::new(Vec::new())));
        }
        let handed_over = may_be_handed_over(at, &card, &prescription, request.packages)?;
        let order = prescription.order.as_deref().and_then(|order| card.find(order));
        let prescription = after(prescription, handed_over);
        let draft = dispensing(at, request, &prescription, record.private);
        let changes = [
            Change::Create(Box::new(draft.clone())),
            Change::Correct {
                record: record.id,
                version: record.version,
                content: content::write(&prescription),
                note: None,
            },
        ];
        // rules F-16, F-17: each handing over moves the date of the prescription and of its order.
        let dispensed = [Some(record.id), order].into_iter().flatten().map(|record| Change::Raise {
            record,
            event: "dispensed".to_owned(),
            at: at.now(),
        });
        let output = output(at, &card, &draft, record, prescription, handed_over)?;
        match mode {
            Mode::Show => Ok((Vec::new(), output)),
            Mode::Write => Ok((changes.into_iter().chain(dispensed).collect(), output)),
        }
    })
}

/// Packages handed over once this is done. Never more than prescribed, and at most one time's worth at once.
fn may_be_handed_over(
    at: &Call<'_>,
    card: &CardRecords<'_>,
    prescription: &PrescriptionContent,
    packages: u32,
) -> Result<u32, Error> {
    match prescription.status_on(at.today()) {
        PrescriptionStatus::Open => {}
        PrescriptionStatus::Pending
        | PrescriptionStatus::Closed
        | PrescriptionStatus::Cancelled
        | PrescriptionStatus::Expired => return Err(Error::Not(NotNow::NotOpen)),
    }
    // A stop that has not reached the prescription yet holds all the same.
    if is_stopped(card, prescription) {
        return Err(Error::Not(NotNow::NotOpen));
    }
    let before = card.dispensed(&prescription.identifier)?.packages;
    let left = prescription.packages_in_all().saturating_sub(before).min(prescription.quantity);
    if packages > left {
        return Err(Error::Not(NotNow::NothingLeft { packages: left }));
    }
    Ok(before.saturating_add(packages))
}

/// Whether the order of the prescription was stopped. One that is paused may be fetched for later.
fn is_stopped(card: &CardRecords<'_>, prescription: &PrescriptionContent) -> bool {
    let id = prescription.order.as_deref().and_then(|order| card.find(order));
    let order = card.orders.iter().find(|record| Some(record.id) == id);
    order.and_then(|record| record.content.reveal().get("ended")).is_some_and(|ended| !ended.is_null())
}

fn after(mut prescription: PrescriptionContent, handed_over: u32) -> PrescriptionContent {
    if handed_over >= prescription.packages_in_all() {
        prescription.status = PrescriptionStatus::Closed;
    }
    prescription
}

fn dispensing(at: &Call<'_>, request: &Request, prescription: &PrescriptionContent, private: bool) -> Draft {
    let content = DispensingContent {
        identifier: number(at),
        prescription: Some(prescription.identifier.clone()),
        order: prescription.order.clone(),
        drug_name: prescription.drug_name.clone(),
        atc: prescription.atc.clone(),
        package_number: prescription.package_number.clone(),
        quantity: request.packages,
        dispensed_at: at.now(),
        pharmacy: at.call.caller.organisation_name.clone(),
        pharmacist: Some(at.my_name().to_owned()),
        label_text: request.label_text.clone(),
        comment: request.comment.clone(),
    };
    Draft {
        register: DISPENSING,
        id: Some(at.new_id()),
        subjects: vec![("patient".to_owned(), request.patient), ("pharmacist".to_owned(), at.me())],
        content: content::write(&content),
        events: vec![("dispensing.recorded".to_owned(), at.now())],
        quantities: Vec::new(),
        private,
        link: None,
    }
}

fn output(
    at: &Call<'_>,
    card: &CardRecords<'_>,
    draft: &Draft,
    record: &register::Record,
    prescription: PrescriptionContent,
    handed_over: u32,
) -> Result<Output, Error> {
    let id = draft.id.unwrap_or(Id::from_bits(0));
    let dispensing = records::as_it_will_be(at, draft, id)?;
    let content: DispensingContent = content::read_whole(&dispensing)?;
    let mut prescription =
        prescription.into_prescription(record, |number| card.find(number), Some(handed_over), at.today());
    prescription.version = record.version.saturating_add(1);
    Ok(Output { dispensing: content.into_dispensing(&dispensing, |number| card.find(number)), prescription })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::{mark_private, pause, stop, undo_stop, unmark_private};
    use crate::testing::Country;

    fn request(country: &Country, prescription: &Prescription, packages: u32) -> Request {
        Request {
            patient: country.nancy,
            prescription: prescription.id,
            version: prescription.version,
            packages,
            label_text: Some("1 tablet morgen".into()),
            comment: None,
        }
    }

    fn ready() -> (Country, Prescription) {
        let country = Country::new();
        let (_, prescription) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        country.presents(country.nancy);
        (country, prescription)
    }

    #[test]
    fn each_handing_over_counts_and_the_last_closes_the_prescription() {
        // proves rule F-06
        let (country, mut prescription) = ready();
        for left in [2, 1, 0] {
            let asked = request(&country, &prescription, 1);
            let shown = country.act(&country.pharmacist(), |at| preview(at, &asked)).unwrap();
            let written = country.act(&country.pharmacist(), |at| run(at, asked)).unwrap();
            assert_eq!(written.prescription.packages_left(), left);
            assert_eq!(shown.prescription.packages_left(), left);
            prescription = written.prescription;
        }
        assert_eq!(prescription.status, PrescriptionStatus::Closed);
        let more = country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 1)));
        assert!(matches!(more, Err(Error::Not(NotNow::NotOpen))));
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert_eq!(card.dispensings.len(), 3);
        assert_eq!(card.dispensings[0].order, Some(card.orders[0].id));
    }

    #[test]
    fn more_than_prescribed_at_once_and_the_same_twice_are_turned_away() {
        let (country, prescription) = ready();
        let two = country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 2)));
        assert!(matches!(two, Err(Error::Not(NotNow::NothingLeft { packages: 1 }))));
        let none = country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 0)));
        assert!(matches!(none, Err(Error::Invalid(_))));
        country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 1))).unwrap();
        let double = country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 1)));
        assert!(matches!(double, Err(Error::Conflict(_))), "a double click hands nothing over");
    }

    #[test]
    fn a_pharmacy_that_nothing_was_presented_to_is_refused() {
        let country = Country::new();
        let (_, prescription) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let answer = country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 1)));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }

    #[test]
    fn a_handing_over_moves_the_day_on_which_order_and_prescription_go() {
        // proves rule F-15, rule F-16, rule F-17
        let (country, prescription) = ready();
        let issued = country.order(country.nancy, prescription.order.unwrap()).due_at.unwrap();
        assert_eq!(issued, "2028-11-21T09:00:00Z".parse().unwrap());
        country.house.clock.pass(jiff::Span::new().days(5));
        let written =
            country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 1))).unwrap();
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        let later = "2028-11-26T09:00:00Z".parse().unwrap();
        assert_eq!(card.orders[0].due_at, Some(later));
        assert_eq!(card.prescriptions[0].due_at, Some(later));
        assert_eq!(card.dispensings[0].due_at, Some(later));
        assert_eq!(card.dispensings[0].id, written.dispensing.id);
    }

    fn stops(country: &Country, order: Id<id::Record>) {
        let version = country.version(country.nancy);
        let request = stop::Request { patient: country.nancy, version, order, reason: "bivirkninger".into() };
        country.act(&country.doctor(), |at| stop::run(at, request)).unwrap();
    }

    #[test]
    fn a_stopped_private_order_is_dispensed_no_more_and_neither_is_it_once_it_is_private_no_longer() {
        let (country, prescription) = ready();
        let order = prescription.order.unwrap();
        let nancy = country.citizen(country.nancy);
        let mark = mark_private::Request { person: country.nancy, order };
        country.act(&nancy, |at| mark_private::run(at, mark)).unwrap();
        stops(&country, order);
        // The stop called it off: one version later.
        let asked = Request { version: prescription.version + 1, ..request(&country, &prescription, 1) };
        let answer = country.act(&country.pharmacist(), |at| run(at, asked.clone()));
        assert!(matches!(answer, Err(Error::Not(NotNow::NotOpen))), "{answer:?}");
        let lift = unmark_private::Request { person: country.nancy, order };
        country.act(&nancy, |at| unmark_private::run(at, lift)).unwrap();
        let answer = country.act(&country.pharmacist(), |at| run(at, asked.clone()));
        assert!(matches!(answer, Err(Error::Not(NotNow::NotOpen))), "{answer:?}");
        let version = country.version(country.nancy);
        let undo = undo_stop::Request { patient: country.nancy, version, order };
        country.act(&country.doctor(), |at| undo_stop::run(at, undo)).unwrap();
        let asked = Request { version: asked.version + 1, ..asked };
        assert!(country.act(&country.pharmacist(), |at| run(at, asked)).is_ok(), "the stop was taken back");
    }

    #[test]
    fn a_paused_order_may_be_fetched() {
        let (country, prescription) = ready();
        let pause = pause::PauseFor { from: jiff::civil::date(2026, 11, 21), until: None, reason: None };
        let (patient, version) = (country.nancy, country.version(country.nancy));
        let request_pause = pause::Request { patient, version, order: prescription.order.unwrap(), pause };
        country.act(&country.doctor(), |at| pause::run(at, request_pause)).unwrap();
        let answer = country.act(&country.pharmacist(), |at| run(at, request(&country, &prescription, 1)));
        assert!(answer.is_ok(), "{answer:?}");
    }
}
