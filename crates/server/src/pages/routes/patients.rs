//! Patients of today, finding another, the card, and the ways to a card that is shut.

use axum::extract::{Path, Query};
use axum::response::Response;
use jiff::Timestamp;
use notice::id::{Person, Record};
use notice::{Id, Reading, Target};
use register::{Ask, Identifier, Personal};
use serde::Deserialize;
use services::basic_data::{find_patient, read_basic};
use services::emergency_access::{self, take};
use services::shared_medication_record::{
    MedicineCard, cancel_prescription, open_card, open_card_in_emergency, open_card_with_consent,
    open_private_in_emergency, prescribe, review,
};
use services::treatment_relation::{Found, Source, my_patients_today};

use super::super::card_view;
use super::super::frame::{Frame, again, page};
use super::super::gone::gone;
use super::super::view::care::{
    CancelPrescription, CardPage, ConsentAsk, Emergency, GoneThrough, Head, May, Patient, Patients, Through,
};
use super::super::view::{Field, Problems};
use super::citizen::with_hyphen;
use super::id;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::session::Persona;
use crate::visitor::SignedIn;

/// How many of one's own looks are searched for the last one at this patient.
const LOOKS: usize = 500;

pub(in crate::pages) async fn today(frame: Frame) -> Result<Response, Problem> {
    page(&list(&frame, Field::default()).await?)
}

pub(in crate::pages) async fn to_today(frame: Frame) -> Result<Response, Problem> {
    frame.go("patients")
}

async fn list(frame: &Frame, cpr: Field) -> Result<Patients, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let patients = frame.app.act(who, |at| my_patients_today::run(at, my_patients_today::Request {})).await?;
    let patient = |patient: my_patients_today::Patient| Patient {
        id: patient.person.to_string(),
        name: patient.name,
        birth_date: patient.birth_date,
        since: patient.since,
        found: found(patient.found),
        source: source(patient.source),
    };
    Ok(Patients {
        p: frame.shell_at("patients"),
        patients: patients.into_iter().map(patient).collect(),
        problems: Problems::of(&[("cpr", &cpr)]),
        cpr,
    })
}

fn found(found: Found) -> &'static str {
    match found {
        Found::APlus => "found-a-plus",
        Found::A => "found-a",
        Found::BPlus => "found-b-plus",
        Found::B => "found-b",
        Found::C => "found-c",
        Found::D => "found-d",
        Found::E => "found-e",
    }
}

fn source(source: Source) -> &'static str {
    match source {
        Source::Referral => "source-referral",
        Source::PatientRegister => "source-patient-register",
        Source::GpServices => "source-gp-services",
        Source::GpList => "source-gp-list",
        Source::Asserted => "source-asserted",
    }
}

/// A civil registration number, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Number {
    cpr: String,
}

/// The number, or the field with what is wrong.
pub(super) fn cpr(frame: &Frame, typed: &str) -> Result<Identifier, Field> {
    let plain: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    Identifier::person_number(&plain).map_err(|wrong| {
        let key = match wrong {
            register::identifier::NotACpr::Shape => "cpr-problem-shape",
            register::identifier::NotACpr::Date => "cpr-problem-date",
        };
        Field::wrong(typed, frame.t(key))
    })
}

/// Finds the id behind a number and goes to the card: who may not see it is told there, with the ways forward, whether the person exists or not.
pub(in crate::pages) async fn find(
    frame: Frame,
    Posted(number): Posted<Number>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let cpr = match cpr(&frame, &number.cpr) {
        Ok(cpr) => cpr,
        Err(field) => return again(&list(&frame, field).await?),
    };
    let person =
        frame.app.act(who, move |at| Ok::<_, services::Error>(find_patient::identify(at, &cpr))).await?;
    frame.go(&format!("patients/{person}/card"))
}

/// How the reader comes to the card.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::pages) struct Way {
    through: Option<String>,
}

impl Way {
    fn through(&self) -> Through {
        match self.through.as_deref() {
            Some("consent") => Through::Consent,
            Some("emergency") => Through::Emergency,
            Some(_) | None => Through::Treatment,
        }
    }
}

pub(in crate::pages) async fn to_card(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let patient: Id<Person> = id(&patient)?;
    frame.go(&format!("patients/{patient}/card"))
}

pub(in crate::pages) async fn card(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Query(way): Query<Way>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let (patient, through) = (id(&patient)?, way.through());
    let answer = frame.app.act(who, move |at| {
        let since = last_look(at, patient);
        let card = match through {
            Through::Treatment => open_card::run(at, open_card::Request { patient })?,
            Through::Consent => open_card_with_consent::run(at, open_card_with_consent::Request { patient })?,
            Through::Emergency => {
                open_card_in_emergency::run(at, open_card_in_emergency::Request { patient })?
            }
        };
        Ok::<_, services::Error>((since, card, head(at, patient)))
    });
    let (since, card, head) = answer.await?;
    page(&card_page(&frame, who, &card, head, since, through, Field::default()))
}

fn card_page(
    frame: &Frame,
    who: &SignedIn,
    card: &MedicineCard,
    head: Head,
    since: Option<Timestamp>,
    through: Through,
    reason: Field,
) -> CardPage {
    CardPage {
        p: frame.shell(),
        head,
        card: card_view::card(card, frame.today(), since, frame.lang()),
        since,
        through,
        may: if through == Through::Treatment { may(frame, who) } else { May::Look },
        review: (through == Through::Treatment && role_uses(frame, who, review::USE))
            .then(|| gone_through(frame, card))
            .flatten(),
        private_way: role_uses(frame, who, open_private_in_emergency::USE),
        reason,
    }
}

/// What a mark that the current medicine was gone through carries; none where there is no medicine.
fn gone_through(frame: &Frame, card: &MedicineCard) -> Option<GoneThrough> {
    let orders: Vec<_> = card.current(frame.today()).map(|order| order.id.to_string()).collect();
    (!orders.is_empty()).then(|| GoneThrough { version: card.version.to_string(), orders: orders.join(",") })
}

/// Whether the reader's role has part in a use; each call is decided on its own.
fn role_uses(frame: &Frame, who: &SignedIn, use_name: &str) -> bool {
    let policy = frame.app.policy();
    let wanted = policy.use_id(use_name);
    wanted.is_some() && policy.uses_of(who.caller().actor.role).any(|one| Some(one) == wanted)
}

/// Whether the reader's role prescribes at all; each change is decided on its own.
fn may(frame: &Frame, who: &SignedIn) -> May {
    let of_role = role_uses(frame, who, prescribe::USE);
    if of_role { May::Change } else { May::Look }
}

/// Who the patient is, as far as the reader may know.
pub(super) fn head(at: &services::Call<'_>, patient: Id<Person>) -> Head {
    let basic = read_basic::run(at, read_basic::Request { person: patient }).unwrap_or_default();
    Head {
        id: patient.to_string(),
        name: basic.name,
        birth_date: basic.birth_date,
        cpr: basic.cpr.as_deref().map(with_hyphen),
    }
}

/// When the caller last looked at this person, from the log of looks in her name; what changed after is news.
fn last_look(at: &services::Call<'_>, patient: Id<Person>) -> Option<Timestamp> {
    let ask = Ask {
        use_name: services::my_log::looks_in_my_name::USE,
        target: Target::Person(at.me()),
        reason: None,
    };
    let grant = at.register.ask::<Reading>(at.call, ask).ok()?;
    let lines = at.register.lines_by(at.call, grant, None, LOOKS).ok()?;
    lines.iter().find(|line| line.subject == Some(patient)).map(|line| line.at)
}

pub(in crate::pages) async fn emergency(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Professional])?;
    page(&emergency_page(&frame, id(&patient)?, Field::default()))
}

fn emergency_page(frame: &Frame, patient: Id<Person>, reason: Field) -> Emergency {
    Emergency {
        p: frame.shell(),
        patient: patient.to_string(),
        problems: Problems::of(&[("reason", &reason)]),
        reason,
        minutes: usize::try_from(emergency_access::LASTS_MINUTES).unwrap_or_default(),
        supervisor_from: emergency_access::SUPERVISOR_FROM,
        letters: emergency_access::REASON_LETTERS_MIN,
    }
}

/// A reason, as typed.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Reason {
    reason: String,
}

pub(in crate::pages) async fn take_emergency(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(sent): Posted<Reason>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let patient: Id<Person> = id(&patient)?;
    let reason = Personal::new(sent.reason.trim().to_owned());
    match frame.app.act(who, move |at| take::run(at, take::Request { patient, reason })).await {
        Ok(taken) => {
            if taken.supervisor_told {
                frame.app.alarm(Happened::ManyEmergencies, None, who.account_key(), None);
            }
            frame.go(&format!("patients/{patient}/card?through=emergency"))
        }
        Err(services::Error::Invalid(_)) => again(&emergency_page(
            &frame,
            patient,
            Field::wrong(sent.reason, frame.t("emergency-problem-reason")),
        )),
        Err(other) => Err(other.into()),
    }
}

/// What was gone through, as sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Reviewed {
    version: String,
    orders: String,
}

pub(in crate::pages) async fn reviewed(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(sent): Posted<Reviewed>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let patient: Id<Person> = id(&patient)?;
    let version = sent.version.parse().map_err(|_| Code::Malformed)?;
    let orders = sent.orders.split(',').map(|order| order.parse().map_err(|_| Code::Malformed.into()));
    let orders = orders.collect::<Result<Vec<Id<Record>>, Problem>>()?;
    let request = review::Request { patient, version, orders };
    frame.app.act(who, move |at| review::run(at, request)).await?;
    frame.go(&format!("patients/{patient}/card?done=gone-through"))
}

pub(in crate::pages) async fn cancel_form(
    frame: Frame,
    Path((_, patient, prescription)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    page(&cancel_page(&frame, id(&patient)?, id(&prescription)?, Field::default()).await?)
}

async fn cancel_page(
    frame: &Frame,
    patient: Id<Person>,
    prescription: Id<Record>,
    reason: Field,
) -> Result<CancelPrescription, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let answer = frame.app.act(who, move |at| {
        let card = open_card::run(at, open_card::Request { patient })?;
        Ok::<_, services::Error>((card, head(at, patient)))
    });
    let (card, head) = answer.await?;
    let Some(found) = card.prescriptions.iter().find(|one| one.id == prescription) else {
        return Err(gone(frame, "fmk.prescription").await);
    };
    Ok(CancelPrescription {
        p: frame.shell_at(&format!("patients/{patient}/prescriptions/{prescription}/cancel")),
        head,
        version: found.version,
        prescription: card_view::prescription(found),
        problems: Problems::of(&[("reason", &reason)]),
        reason,
    })
}

/// Why a prescription is called off, as sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Cancelled {
    version: u32,
    reason: String,
}

pub(in crate::pages) async fn cancel(
    frame: Frame,
    Path((_, patient, prescription)): Path<(String, String, String)>,
    Posted(sent): Posted<Cancelled>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let (patient, prescription): (Id<Person>, Id<Record>) = (id(&patient)?, id(&prescription)?);
    let reason = sent.reason.trim().to_owned();
    let request = cancel_prescription::Request { patient, prescription, version: sent.version, reason };
    match frame.app.act(who, move |at| cancel_prescription::run(at, request)).await {
        Ok(_) => frame.go(&format!("patients/{patient}/card?done=called-off")),
        Err(services::Error::Invalid(problems)) => {
            let words = problems.first().map(|one| frame.say(&one.words)).unwrap_or_default();
            let reason = Field::wrong(sent.reason, words);
            again(&cancel_page(&frame, patient, prescription, reason).await?)
        }
        Err(other) => Err(other.into()),
    }
}

pub(in crate::pages) async fn open_private(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(sent): Posted<Reason>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let patient: Id<Person> = id(&patient)?;
    let reason = Personal::new(sent.reason.trim().to_owned());
    let answer = frame.app.act(who, move |at| {
        let card =
            open_private_in_emergency::run(at, open_private_in_emergency::Request { patient, reason })?;
        Ok::<_, services::Error>((card, head(at, patient)))
    });
    match answer.await {
        Ok((card, head)) => {
            page(&card_page(&frame, who, &card, head, None, Through::Emergency, Field::default()))
        }
        Err(services::Error::Invalid(_)) => {
            let answer = frame.app.act(who, move |at| {
                let card = open_card_in_emergency::run(at, open_card_in_emergency::Request { patient })?;
                Ok::<_, services::Error>((card, head(at, patient)))
            });
            let (card, head) = answer.await?;
            let field = Field::wrong(sent.reason, frame.t("emergency-problem-reason"));
            again(&card_page(&frame, who, &card, head, None, Through::Emergency, field))
        }
        Err(other) => Err(other.into()),
    }
}

pub(in crate::pages) async fn consent(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Professional])?;
    let patient: Id<Person> = id(&patient)?;
    page(&ConsentAsk { p: frame.shell(), patient: patient.to_string() })
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Nothing {}

pub(in crate::pages) async fn with_consent(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Professional])?;
    let patient: Id<Person> = id(&patient)?;
    frame.go(&format!("patients/{patient}/card?through=consent"))
}
