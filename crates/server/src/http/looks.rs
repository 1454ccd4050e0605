//! How much one member of staff looks at, on pages and in the API alike: far more people than usual is an alarm, a flood of refusals is a stop. Threats 4.5, T10.

use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use notice::Id;
use notice::id::Person;

use crate::app::App;
use crate::http::client::Client;
use crate::http::guard::{Refusals, refusals};
use crate::i18n::ZONE;
use crate::limits::{Counted, Looked};
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::visitor::{SignedIn, visitor};

/// A person whom an answer told of though the address names nobody; the handler puts it on the answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told(pub(crate) Id<Person>);

/// Counts the people that staff read about, and asks no more for whom every answer was a refusal.
pub(crate) async fn watch(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let staff = visitor(&parts, &app).signed_in.filter(|who| !who.persona().is_for_oneself());
    let Some(staff) = staff else { return next.run(Request::from_parts(parts, body)).await };
    if let Err(problem) = admitted(&app, &staff, &parts) {
        return problem.into_response();
    }
    let client = parts.extensions.get::<Client>().copied();
    let named = person(&mut parts).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    let answered = !response.status().is_client_error() && !response.status().is_server_error();
    let told = response.extensions().get::<Told>().map(|told| told.0);
    if let Some(person) = told.or(named).filter(|_| answered) {
        count(&app, &staff, person, client);
    }
    response
}

fn route(parts: &Parts) -> &str {
    parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str)
}

// The API asks the same of its callers itself, systems among them.
fn admitted(app: &App, staff: &SignedIn, parts: &Parts) -> Result<(), Problem> {
    let page = route(parts).strip_prefix("/{lang}/").unwrap_or_default();
    let about_people = ["patients", "pharmacy", "officer"]
        .iter()
        .any(|area| page.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
    // Threat T10: who has met hundreds of refusals is not asked for again until the hour is over.
    if about_people && refusals(app, staff.account()) == Refusals::Flood {
        return Err(Problem::new(Code::TooMany).retry_after(60));
    }
    if parts.method == Method::POST && matches!(page, "patients/find" | "pharmacy/find") {
        app.limits().by_actor(Counted::FindPatient, staff.account(), app.clock())?;
    }
    Ok(())
}

/// The person whom the address names.
async fn person(parts: &mut Parts) -> Option<Id<Person>> {
    let route = route(parts).to_owned();
    let (_, rest) = route.split_once("/patients/{").or_else(|| route.split_once("/people/{"))?;
    let name = rest.split('}').next()?;
    let values = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    values.iter().find(|(key, _)| *key == name).and_then(|(_, value)| value.parse().ok())
}

fn count(app: &App, staff: &SignedIn, person: Id<Person>, client: Option<Client>) {
    let today = app.now().to_zoned(ZONE.clone()).date();
    let why = match app.subjects().count(staff.account_key(), person, today) {
        Looked::Usual => return,
        Looked::VeryMany => "a-hundred-people-in-a-day",
        Looked::ManyForHer => "three-times-her-usual",
    };
    app.alarm(Happened::ManySubjects, client, staff.account_key(), Some(why));
}
