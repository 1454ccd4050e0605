//! Warn others: one question at a time, then the check, then the code and what to do with it.
//!
//! Invariant: the code is on this page and nowhere else; it is not kept for a second look.

use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use register::Personal;
use serde::Deserialize;
use services::smittestop::verification::verify::{self, Outcome, Symptoms};
use services::smittestop::verification::{Form, see_own};

use super::super::dates;
use super::super::frame::{Frame, again, page};
use super::super::view::warn::{Came, Picture, Step, Warn, WarnCame, WarnOpen, WarnStart};
use super::super::view::{Choice, Chosen, Field, Problems};
use crate::config::{StatisticsRole, StatisticsSettings};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;
use crate::verification::{CameOf, Errand};

/// The page for anyone.
pub(in crate::pages) async fn open(frame: Frame) -> Result<Response, Problem> {
    let counts = |settings: &StatisticsSettings| settings.role == StatisticsRole::Leader;
    page(&WarnOpen {
        abroad: frame.app.federation().is_some(),
        counted: frame.app.config().statistics.as_ref().is_some_and(counts),
        p: frame.shell(),
    })
}

/// The page for somebody who is logged in.
pub(in crate::pages) async fn start(frame: Frame) -> Result<Response, Problem> {
    begin(frame, None).await
}

/// The same for somebody whose app sent her here; what it asked for is carried along.
pub(in crate::pages) async fn start_for_app(
    frame: Frame,
    Path((_, asked)): Path<(String, String)>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Citizen])?;
    errand(&frame, &asked).ok_or(Code::NotFound)?;
    begin(frame, Some(asked)).await
}

async fn begin(frame: Frame, app: Option<String>) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let own = frame.app.act(who, |at| see_own::run(at, see_own::Request {})).await?;
    page(&WarnStart {
        p: frame.shell(),
        logins: own.logins.into_iter().flatten().collect(),
        checks: own.checks.into_iter().flatten().collect(),
        listed: own.listed,
        app,
    })
}

/// What an app asked for, if it did not too long ago.
fn errand(frame: &Frame, asked: &str) -> Option<Errand> {
    frame.app.verification()?.oauth.as_ref()?.errand(asked, frame.app.now())
}

/// What has been answered so far.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::pages) struct Answers {
    step: String,
    symptoms: String,
    day: String,
    form: String,
    /// What her app asked for, sealed; empty if no app sent her here.
    app: String,
}

pub(in crate::pages) async fn ask(
    frame: Frame,
    Posted(answers): Posted<Answers>,
) -> Result<Response, Problem> {
    frame.only(&[Persona::Citizen])?;
    match answers.step.as_str() {
        "symptoms" => match answers.symptoms.as_str() {
            "yes" => onset(&frame, &answers, None),
            "no" | "unsaid" => form(&frame, &answers, None),
            _ => symptoms(&frame, &answers, Some(frame.t("ask-problem-choose"))),
        },
        "onset" => match day(&frame, &answers) {
            Ok(_) => form(&frame, &answers, None),
            Err(words) => onset(&frame, &answers, Some(words)),
        },
        "form" if chosen(&answers.form).is_some() => review(&frame, &answers),
        "form" => form(&frame, &answers, Some(frame.t("ask-problem-choose"))),
        "done" => done(&frame, &answers).await,
        _ => symptoms(&frame, &answers, None),
    }
}

fn asked(
    frame: &Frame,
    step: Step,
    mut carried: Vec<(&'static str, String)>,
    app: &str,
    wrong: Option<(&str, String)>,
) -> Result<Response, Problem> {
    if !app.is_empty() {
        carried.push(("app", app.to_owned()));
    }
    let is_wrong = wrong.is_some();
    let problems = Problems(wrong.into_iter().map(|(field, words)| (field.to_owned(), words)).collect());
    let template = Warn { p: frame.shell_at("me/warn"), step, carried, problems };
    if is_wrong { again(&template) } else { page(&template) }
}

fn choices(frame: &Frame, all: &[(&str, &str)], chosen: &str) -> Vec<Choice> {
    let choice = |(value, key): &(&str, &str)| Choice {
        value: (*value).to_owned(),
        label: frame.t(key),
        chosen: if *value == chosen { Chosen::Yes } else { Chosen::No },
    };
    all.iter().map(choice).collect()
}

const SYMPTOMS: [(&str, &str); 3] =
    [("yes", "warn-symptoms-yes"), ("no", "warn-symptoms-no"), ("unsaid", "warn-symptoms-unsaid")];
const FORMS: [(&str, &str); 3] =
    [("link", "warn-form-link"), ("picture", "warn-form-picture"), ("digits", "warn-form-digits")];

fn symptoms(frame: &Frame, answers: &Answers, wrong: Option<String>) -> Result<Response, Problem> {
    let field = Field { value: answers.symptoms.clone(), problem: wrong.clone() };
    let step = Step::Symptoms { choices: choices(frame, &SYMPTOMS, &answers.symptoms), field };
    asked(frame, step, Vec::new(), &answers.app, wrong.map(|words| ("symptoms", words)))
}

fn onset(frame: &Frame, answers: &Answers, wrong: Option<String>) -> Result<Response, Problem> {
    let step = Step::Onset { day: Field { value: answers.day.clone(), problem: wrong.clone() } };
    let carried = vec![("symptoms", answers.symptoms.clone())];
    asked(frame, step, carried, &answers.app, wrong.map(|words| ("day", words)))
}

fn form(frame: &Frame, answers: &Answers, wrong: Option<String>) -> Result<Response, Problem> {
    // An app that sent her here is where she goes back to.
    if !answers.app.is_empty() {
        return review(frame, &Answers { form: "link".to_owned(), ..answers.clone() });
    }
    let field = Field { value: answers.form.clone(), problem: wrong.clone() };
    let step = Step::Form { choices: choices(frame, &FORMS, &answers.form), field };
    let carried = vec![("symptoms", answers.symptoms.clone()), ("day", answers.day.clone())];
    asked(frame, step, carried, &answers.app, wrong.map(|words| ("form", words)))
}

fn review(frame: &Frame, answers: &Answers) -> Result<Response, Problem> {
    let said = |all: &[(&'static str, &'static str)], word: &str| {
        all.iter().find(|(value, _)| *value == word).map(|(_, key)| *key).ok_or(Code::Malformed)
    };
    let since = day(frame, answers).map_err(|_| Code::Malformed)?;
    let step = Step::Review {
        symptoms: if since.is_some() { "warn-symptoms-since" } else { said(&SYMPTOMS, &answers.symptoms)? },
        since,
        form: said(&FORMS, &answers.form)?,
    };
    let carried = vec![
        ("symptoms", answers.symptoms.clone()),
        ("day", answers.day.clone()),
        ("form", answers.form.clone()),
    ];
    asked(frame, step, carried, &answers.app, None)
}

/// The day on which the symptoms began, if she says that she has any.
fn day(frame: &Frame, answers: &Answers) -> Result<Option<Date>, String> {
    if answers.symptoms != "yes" {
        return Ok(None);
    }
    let day = dates::parse(&answers.day).ok_or_else(|| frame.t("warn-problem-day"))?;
    let first = frame.today().saturating_sub(jiff::Span::new().days(verify::ONSET_DAYS_MAX));
    if (first..=frame.today()).contains(&day) { Ok(Some(day)) } else { Err(frame.t("warn-problem-day")) }
}

/// How the code is shown, and which code that takes.
#[derive(Clone, Copy)]
enum Shown {
    Link,
    Picture,
    Digits,
}

fn chosen(word: &str) -> Option<Shown> {
    match word {
        "link" => Some(Shown::Link),
        "picture" => Some(Shown::Picture),
        "digits" => Some(Shown::Digits),
        _ => None,
    }
}

async fn done(frame: &Frame, answers: &Answers) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let shown = if answers.app.is_empty() { chosen(&answers.form) } else { Some(Shown::Link) };
    let shown = shown.ok_or(Code::Malformed)?;
    let said = match (answers.symptoms.as_str(), day(frame, answers)) {
        ("yes", Ok(Some(day))) => Symptoms::Since(day),
        ("no", _) => Symptoms::None,
        ("unsaid", _) => Symptoms::Unsaid,
        (_, Err(words)) => return onset(frame, answers, Some(words)),
        (_, Ok(_)) => return Err(Code::Malformed.into()),
    };
    let request = verify::Request {
        pid: Personal::new(who.subject().reveal().clone()),
        symptoms: said,
        form: match shown {
            Shown::Link | Shown::Picture => Form::Link,
            Shown::Digits => Form::Digits,
        },
    };
    let errand = match answers.app.as_str() {
        "" => None,
        // Before anything is counted: what the app asked for may be too old by now.
        asked => Some(errand(frame, asked).ok_or(Code::NotFound)?),
    };
    let outcome = frame.app.act(who, move |at| verify::run(at, request)).await?;
    let back = |came| back_to_app(frame, errand.as_ref()?, came);
    let (came, back) = match outcome {
        Outcome::Code { code, until, .. } if errand.is_some() => {
            let href = back(CameOf::Code(code.reveal().clone())).ok_or(Code::Internal)?;
            (Came::Link { href, until }, None)
        }
        Outcome::Code { code, until, .. } => (came(frame, shown, &code, until)?, None),
        Outcome::NotListed => (Came::NotListed, back(CameOf::NotListed)),
        Outcome::TooMany { again_at } => (Came::TooMany { again_at }, back(CameOf::TooMany)),
        Outcome::Closed => (Came::Closed, back(CameOf::Closed)),
    };
    page(&WarnCame { p: frame.shell_at("me/warn"), came, back })
}

/// The way back to the app that sent her here, with what came of it.
fn back_to_app(frame: &Frame, errand: &Errand, came: CameOf) -> Option<String> {
    let oauth = frame.app.verification()?.oauth.as_ref()?;
    oauth.comes_back(errand, came, frame.app.now(), frame.app.randomness())
}

fn came(
    frame: &Frame,
    shown: Shown,
    code: &Personal<String>,
    until: Option<jiff::Timestamp>,
) -> Result<Came, Problem> {
    let link = || frame.app.verification().map(|it| format!("{}{}", it.settings.link, code.reveal()));
    Ok(match shown {
        Shown::Digits => {
            let (first, second) = code.reveal().split_at_checked(4).ok_or(Code::Internal)?;
            Came::Digits { code: format!("{first} {second}"), until }
        }
        Shown::Link => Came::Link { href: link().ok_or(Code::NotFound)?, until },
        Shown::Picture => Came::Picture { picture: picture(&link().ok_or(Code::NotFound)?)?, until },
    })
}

/// Squares around the code that stay white.
const MARGIN: usize = 4;

fn picture(text: &str) -> Result<Picture, Problem> {
    let code = qrcode::QrCode::new(text.as_bytes()).map_err(|_| Code::Internal)?;
    let width = code.width();
    let dark = code.to_colors();
    let squares = dark.iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark);
    let path =
        squares.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width + MARGIN, at / width + MARGIN)).collect();
    Ok(Picture { width: width + 2 * MARGIN, path })
}
