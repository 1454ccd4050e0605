//! Changes to a card: the form, before and after, and only then the change.
//!
//! Invariant: nothing is written before its writer has seen what it changes, and a card that somebody else changed meanwhile is shown again first.

use axum::extract::Path;
use axum::response::Response;
use notice::id::{self as ids, Person};
use notice::{Bilingual, Id};
use services::shared_medication_record::{
    self as record, CardError, MedicineCard, Order, change_order, open_card, pause, prescribe, resume, stop,
    undo_stop,
};

use super::super::card_view;
use super::super::frame::{Frame, again, page};
use super::super::gone::gone;
use super::super::view::care::{Act, Change, Head, OrderForm, Preview};
use super::id;
use super::order_form::{Basis, Sent, Wrong};
use super::patients::head;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

/// What a request is about: whose card, which order, what is to be done.
#[derive(Clone, Copy)]
struct About {
    patient: Id<Person>,
    order: Option<Id<ids::Record>>,
    act: Act,
}

impl About {
    fn new(patient: &str) -> Result<Self, Problem> {
        Ok(Self { patient: id(patient)?, order: None, act: Act::Prescribe })
    }

    fn standing(patient: &str, order: &str, act: &str) -> Result<Self, Problem> {
        let acts = [Act::Change, Act::Pause, Act::Resume, Act::Stop, Act::UndoStop];
        let act = acts.into_iter().find(|one| one.word() == act).ok_or(Code::NotFound)?;
        Ok(Self { patient: id(patient)?, order: Some(id(order)?), act })
    }

    fn here(&self) -> String {
        match self.order {
            None => format!("patients/{}/prescribe", self.patient),
            Some(order) => format!("patients/{}/orders/{order}/{}", self.patient, self.act.word()),
        }
    }

    fn basis(&self) -> Basis {
        if self.order.is_some() { Basis::Standing } else { Basis::New }
    }
}

/// The card as it stands, the order that it is about, and who the patient is.
struct Found {
    card: MedicineCard,
    order: Option<Order>,
    head: Head,
}

async fn found(frame: &Frame, about: About) -> Result<Found, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let patient = about.patient;
    let answer = frame.app.act(who, move |at| {
        let card = open_card::run(at, open_card::Request { patient })?;
        Ok::<_, services::Error>((card, head(at, patient)))
    });
    let (card, head) = answer.await?;
    let order = match about.order {
        None => None,
        Some(order) => match card.orders.iter().find(|one| one.id == order).cloned() {
            Some(order) => Some(order),
            None => return Err(gone(frame, "fmk.order").await),
        },
    };
    Ok(Found { card, order, head })
}

pub(in crate::pages) async fn to_card(
    frame: Frame,
    Path((_, patient, _, _)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let patient: Id<Person> = id(&patient)?;
    frame.go(&format!("patients/{patient}/card"))
}

pub(in crate::pages) async fn new_form(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
) -> Result<Response, Problem> {
    empty_form(&frame, About::new(&patient)?).await
}

pub(in crate::pages) async fn form(
    frame: Frame,
    Path((_, patient, order, act)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    empty_form(&frame, About::standing(&patient, &order, &act)?).await
}

async fn empty_form(frame: &Frame, about: About) -> Result<Response, Problem> {
    let found = found(frame, about).await?;
    let version = found.card.version.to_string();
    let sent = match (&found.order, about.act.is_whole()) {
        (Some(order), true) => Sent::of(order, version),
        (Some(_), false) | (None, _) => Sent::new(frame.today(), version),
    };
    page(&form_page(frame, about, &found, &sent, &Wrong::default(), Vec::new()))
}

fn form_page(
    frame: &Frame,
    about: About,
    found: &Found,
    sent: &Sent,
    wrong: &Wrong,
    meanwhile: Vec<String>,
) -> OrderForm {
    OrderForm {
        p: frame.shell_at(&about.here()),
        head: found.head.clone(),
        act: about.act,
        action: frame.to(&about.here()),
        name: found.order.as_ref().map(|order| card_view::name(&order.drug)),
        version: sent.version.clone(),
        fields: sent.fields(frame, about.basis(), wrong),
        problems: wrong.problems(),
        meanwhile,
    }
}

pub(in crate::pages) async fn edit_new(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    edit_form(&frame, About::new(&patient)?, &sent).await
}

pub(in crate::pages) async fn edit(
    frame: Frame,
    Path((_, patient, order, act)): Path<(String, String, String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    edit_form(&frame, About::standing(&patient, &order, &act)?, &sent).await
}

async fn edit_form(frame: &Frame, about: About, sent: &Sent) -> Result<Response, Problem> {
    let found = found(frame, about).await?;
    page(&form_page(frame, about, &found, sent, &Wrong::default(), Vec::new()))
}

pub(in crate::pages) async fn preview_new(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    show_preview(&frame, About::new(&patient)?, sent).await
}

pub(in crate::pages) async fn preview(
    frame: Frame,
    Path((_, patient, order, act)): Path<(String, String, String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    show_preview(&frame, About::standing(&patient, &order, &act)?, sent).await
}

pub(in crate::pages) async fn prescribe(
    frame: Frame,
    Path((_, patient)): Path<(String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    change(&frame, About::new(&patient)?, sent).await
}

pub(in crate::pages) async fn carry_out(
    frame: Frame,
    Path((_, patient, order, act)): Path<(String, String, String, String)>,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    change(&frame, About::standing(&patient, &order, &act)?, sent).await
}

/// What is asked of the service.
enum Asked {
    Prescribe(Box<prescribe::Request>),
    Change(Box<change_order::Request>),
    Pause(pause::Request),
    Resume(resume::Request),
    Stop(stop::Request),
    UndoStop(undo_stop::Request),
}

impl Asked {
    fn preview(&self, at: &services::Call<'_>) -> Result<record::Preview, CardError> {
        match self {
            Self::Prescribe(request) => prescribe::preview(at, request),
            Self::Change(request) => change_order::preview(at, request),
            Self::Pause(request) => pause::preview(at, request),
            Self::Resume(request) => resume::preview(at, request),
            Self::Stop(request) => stop::preview(at, request),
            Self::UndoStop(request) => undo_stop::preview(at, request),
        }
    }

    fn run(self, at: &services::Call<'_>) -> Result<(), CardError> {
        match self {
            Self::Prescribe(request) => prescribe::run(at, *request).map(drop),
            Self::Change(request) => change_order::run(at, *request).map(drop),
            Self::Pause(request) => pause::run(at, request).map(drop),
            Self::Resume(request) => resume::run(at, request).map(drop),
            Self::Stop(request) => stop::run(at, request).map(drop),
            Self::UndoStop(request) => undo_stop::run(at, request).map(drop),
        }
    }
}

fn asked(
    frame: &Frame,
    about: About,
    found: &Found,
    sent: &Sent,
    wrong: &mut Wrong,
) -> Result<Asked, Problem> {
    let version = sent.version.parse().map_err(|_| Code::Malformed)?;
    let patient = about.patient;
    let Some(standing) = &found.order else {
        let order = sent.order(frame, None, wrong);
        let prescription = sent.prescription(frame, wrong);
        let treatment = prescribe::Treatment::New(Box::new(order));
        return Ok(Asked::Prescribe(Box::new(prescribe::Request {
            patient,
            version,
            treatment,
            prescription,
        })));
    };
    let order = standing.id;
    Ok(match about.act {
        Act::Prescribe | Act::Change => {
            let to = sent.order(frame, Some(standing), wrong);
            // A pause that runs goes on: this form does not speak of it.
            let paused = standing.paused.as_ref().map(|one| pause::PauseFor {
                from: one.from,
                until: one.until,
                reason: one.reason.clone(),
            });
            Asked::Change(Box::new(change_order::Request { patient, version, order, to, paused, note: None }))
        }
        Act::Pause => {
            let (from, until) = sent.days(frame, wrong);
            Asked::Pause(pause::Request {
                patient,
                version,
                order,
                pause: pause::PauseFor { from, until, reason: sent.reason() },
            })
        }
        Act::Resume => Asked::Resume(resume::Request { patient, version, order }),
        Act::Stop => {
            Asked::Stop(stop::Request { patient, version, order, reason: sent.reason().unwrap_or_default() })
        }
        Act::UndoStop => Asked::UndoStop(undo_stop::Request { patient, version, order }),
    })
}

async fn show_preview(frame: &Frame, about: About, sent: Sent) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let found = found(frame, about).await?;
    let mut wrong = Wrong::default();
    let asked = asked(frame, about, &found, &sent, &mut wrong)?;
    if !wrong.is_empty() {
        return again(&form_page(frame, about, &found, &sent, &wrong, Vec::new()));
    }
    match frame.app.act(who, move |at| asked.preview(at)).await {
        Ok(preview) => page(&preview_page(frame, about, &found, &sent, &preview)),
        Err(error) => not_done(frame, about, sent, error).await,
    }
}

fn preview_page(
    frame: &Frame,
    about: About,
    found: &Found,
    sent: &Sent,
    preview: &record::Preview,
) -> Preview {
    let change = |change: &record::FieldChange| Change {
        title: frame.say(&change.title),
        before: change.before.as_ref().map(|text| frame.say(text)),
        after: change.after.as_ref().map(|text| frame.say(text)),
    };
    let carried = sent.clone().at(preview.version.to_string()).carried();
    Preview {
        p: frame.shell_at(&about.here()),
        head: found.head.clone(),
        act: about.act,
        action: frame.to(&about.here()),
        name: card_view::name(&preview.after.drug),
        changes: preview.changes.iter().map(change).collect(),
        warnings: preview.warnings.iter().map(|warning| warning.words(frame.lang())).collect(),
        carried,
    }
}

async fn change(frame: &Frame, about: About, sent: Sent) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional])?;
    let found = found(frame, about).await?;
    let mut wrong = Wrong::default();
    let asked = asked(frame, about, &found, &sent, &mut wrong)?;
    if !wrong.is_empty() {
        return again(&form_page(frame, about, &found, &sent, &wrong, Vec::new()));
    }
    match frame.app.act(who, move |at| asked.run(at)).await {
        Ok(()) => {
            let done = if about.act == Act::Prescribe { "prescribed" } else { "changed" };
            frame.go(&format!("patients/{}/card?done={done}", about.patient))
        }
        Err(error) => not_done(frame, about, sent, error).await,
    }
}

/// The form again with what was typed: what is wrong with it, or what somebody else changed meanwhile.
async fn not_done(frame: &Frame, about: About, sent: Sent, error: CardError) -> Result<Response, Problem> {
    let (wrong, changes): (Wrong, Vec<Bilingual>) = match error {
        services::Error::Conflict(changes) => {
            let changes = changes.into_revealed();
            let told =
                Bilingual { da: "Kortet er ændret.".to_owned(), en: "The card was changed.".to_owned() };
            (Wrong::default(), if changes.is_empty() { vec![told] } else { changes })
        }
        services::Error::Invalid(problems) => (Wrong::of(frame, &problems), Vec::new()),
        services::Error::Not(why) => (Wrong::words(services::Explain::words(&why, frame.lang())), Vec::new()),
        services::Error::Refused(_) | services::Error::Unavailable(_) => return Err(error.into()),
    };
    let found = found(frame, about).await?;
    let sent = if changes.is_empty() { sent } else { sent.at(found.card.version.to_string()) };
    let meanwhile = changes.iter().map(|change| frame.say(change)).collect();
    again(&form_page(frame, about, &found, &sent, &wrong, meanwhile))
}
