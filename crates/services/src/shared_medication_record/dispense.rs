//! A pharmacy hands a medicine over on a prescription, never more than was prescribed.

use notice::id::{self, Person};
use notice::{Id, Target};

use register::{Change, Draft, Personal};

use super::dispensing::DispensingContent;
use super::edit::Mode;
use super::order::OrderContent;
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

/// Whether the order is seen to be stopped: only of a private one does the pharmacy see more than the number.
fn is_stopped(card: &CardRecords<'_>, prescription: &PrescriptionContent) -> bool {
    let id = prescription.order.as_deref().and_then(|order| card.find(order));
    let order = card.orders.iter().find(|record| Some(record.id) == id);
    order.and_then(|record| content::read::<OrderContent>(record)).is_some_and(|order| order.ended.is_some())
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
