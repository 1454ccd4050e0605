//! The counter: find who stands there, the prescriptions that may be handed over, and handing over.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use notice::Id;
use notice::id::{self as ids, Person};
use serde::Deserialize;
use services::basic_data::find_patient;
use services::presentation::register_presentation;
use services::shared_medication_record::{Prescription, dispense, find_prescriptions};

use super::super::card_view;
use super::super::frame::{Frame, again, page};
use super::super::gone::gone;
use super::super::view::care::{Dispense, Head, Pharmacy, Presented, PresentedAsk};
use super::super::view::{Field, Problems};
use super::id;
use super::patients::{cpr, head};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

pub(in crate::pages) async fn counter(frame: Frame) -> Result<Response, Problem> {
    frame.only(&[Persona::Pharmacy])?;
    page(&counter_page(&frame, Field::default()))
}

pub(in crate::pages) async fn to_counter(frame: Frame) -> Result<Response, Problem> {
    frame.go("pharmacy")
}

fn counter_page(frame: &Frame, cpr: Field) -> Pharmacy {
    Pharmacy { p: frame.shell_at("pharmacy"), problems: Problems::of(&[("cpr", &cpr)]), cpr }
}

/// A civil registration number, as typed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Number {
    cpr: String,
}

pub(in crate::pages) async fn find(
    frame: Frame,
    Posted(number): Posted<Number>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Pharmacy])?;
    let cpr = match cpr(&frame, &number.cpr) {
        Ok(cpr) => cpr,
        Err(field) => return again(&counter_page(&frame, field)),
    };
    let person =
        frame.app.act(who, move |at| Ok::<_, services::Error>(find_patient::identify(at, &cpr))).await?;
    frame.go(&format!("pharmacy/people/{person}"))
}

pub(in crate::pages) async fn person(
    frame: Frame,
    Path((_, person)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let person: Id<Person> = id(&person)?;
    let (head, prescriptions) = match presented(&frame, person).await {
        // Nothing has been shown or sent here: whether the person exists is not said, and the person can be standing at the counter.
        Err(problem) if problem.code == Code::Refused => {
            let p = frame.shell_at(&format!("pharmacy/people/{person}"));
            let asked = page(&PresentedAsk { p, person: person.to_string() })?;
            return Ok((StatusCode::FORBIDDEN, asked).into_response());
        }
        answer => answer?,
    };
    let prescriptions = prescriptions.iter().map(card_view::prescription).collect();
    page(&Presented { p: frame.shell(), head, prescriptions })
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Nothing {}

/// The person stands at the counter and asks for her medicine.
pub(in crate::pages) async fn register(
    frame: Frame,
    Path((_, person)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Pharmacy])?;
    let person: Id<Person> = id(&person)?;
    let request = register_presentation::Request { person };
    frame.app.act(who, move |at| register_presentation::run(at, request)).await?;
    frame.go(&format!("pharmacy/people/{person}?done=shown"))
}

async fn presented(frame: &Frame, patient: Id<Person>) -> Result<(Head, Vec<Prescription>), Problem> {
    let who = frame.only(&[Persona::Pharmacy])?;
    let answer = frame.app.act(who, move |at| {
        let found = find_prescriptions::run(at, find_prescriptions::Request { patient })?;
        Ok::<_, services::Error>((head(at, patient), found.prescriptions))
    });
    Ok(answer.await?)
}

/// Handing over, as sent: the first step opens the form.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    patient: String,
    step: String,
    #[serde(default)]
    version: u32,
    #[serde(default)]
    packages: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    comment: String,
}

pub(in crate::pages) async fn dispense(
    frame: Frame,
    Path((_, prescription)): Path<(String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let (patient, prescription): (Id<Person>, Id<ids::Record>) = (id(&sent.patient)?, id(&prescription)?);
    if sent.step != "done" {
        return form(&frame, patient, prescription, None).await;
    }
    let who = frame.only(&[Persona::Pharmacy])?;
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let Some(packages) = sent.packages.trim().parse().ok().filter(|packages| *packages > 0) else {
        let wrong = frame.t("dispense-problem-packages");
        return form(&frame, patient, prescription, Some((sent, wrong))).await;
    };
    let request = dispense::Request {
        patient,
        prescription,
        version: sent.version,
        packages,
        label_text: given(&sent.label),
        comment: given(&sent.comment),
    };
    match frame.app.act(who, move |at| dispense::run(at, request)).await {
        Ok(_) => frame.go(&format!("pharmacy/people/{patient}?done=dispensed")),
        Err(services::Error::Invalid(wrong)) => {
            let words = wrong.first().map(|one| frame.say(&one.words)).unwrap_or_default();
            form(&frame, patient, prescription, Some((sent, words))).await
        }
        Err(services::Error::Not(why)) => {
            let words = services::Explain::words(&why, frame.lang());
            form(&frame, patient, prescription, Some((sent, words))).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn form(
    frame: &Frame,
    patient: Id<Person>,
    prescription: Id<ids::Record>,
    wrong: Option<(Sent, String)>,
) -> Result<Response, Problem> {
    let (head, prescriptions) = presented(frame, patient).await?;
    let Some(found) = prescriptions.into_iter().find(|one| one.id == prescription) else {
        return Err(gone(frame, "fmk.prescription").await);
    };
    let p = frame.shell_at(&format!("pharmacy/people/{patient}"));
    let version = found.version.to_string();
    let prescription = card_view::prescription(&found);
    match wrong {
        None => page(&Dispense {
            p,
            head,
            version,
            packages: Field::holding(found.packages.min(found.packages_left()).to_string()),
            label_text: Field::holding(found.dosage_text.unwrap_or_default()),
            comment: Field::default(),
            problems: Problems::default(),
            prescription,
        }),
        Some((sent, words)) => {
            let packages = Field::wrong(sent.packages, words);
            again(&Dispense {
                p,
                head,
                version,
                problems: Problems::of(&[("packages", &packages)]),
                packages,
                label_text: Field::holding(sent.label),
                comment: Field::holding(sent.comment),
                prescription,
            })
        }
    }
}
