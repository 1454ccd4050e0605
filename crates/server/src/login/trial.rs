//! The login of a trial: somebody tries a notice on her own machine and says who she is. Decision 012.
//!
//! Invariant: it answers only in a trial, only on loopback, and only to a browser that calls the machine by the name of
//! the site: a page elsewhere whose name leads to this machine hears nothing.

use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::Response;
use notice::policy::RoleId;
use notice::{Bilingual, Lang};
use register::{Identifier, OwnId, Personal};
use serde::Deserialize;
use services::generic_register::Standing;

use super::ReturnPath;
use super::callback::settle;
use super::identity::person;
use crate::app::App;
use crate::http::client::Client;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::{Identity, Persona};

/// A role that one may try.
#[derive(Clone, Debug)]
pub(crate) struct TrialRole {
    /// Its id.
    pub(crate) id: String,
    /// What the notice calls it.
    pub(crate) title: Bilingual,
    /// How one comes in.
    pub(crate) door: Door,
}

/// How one comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// To work with the data of others.
    Work,
    /// For oneself: by what the controller knows one by.
    Oneself,
}

/// The roles that have a part in a register of forms.
pub(crate) fn doors(app: &App) -> Vec<TrialRole> {
    let policy = app.policy();
    let role = |role: &notice::policy::Role| {
        let id = crate::app::role_id(policy, &role.said.id)?;
        let door = match app.forms().standing(policy, id)? {
            Standing::Others => Door::Work,
            Standing::Oneself => Door::Oneself,
        };
        Some(TrialRole { id: role.said.id.clone(), title: role.said.title.clone(), door })
    };
    policy.roles.iter().filter_map(role).collect()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    role: String,
    #[serde(default)]
    own: String,
    #[serde(default)]
    r#return: String,
}

/// Somebody says who she is.
pub(super) async fn be(
    State(app): State<App>,
    Path(lang): Path<String>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Posted(fields): Posted<Fields>,
) -> Result<Response, Problem> {
    let lang = Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    if !app.place().is_trial() || !client.0.is_loopback() || !calls_us_by_name(&app, &headers) {
        return Err(Code::NotFound.into());
    }
    let chosen = doors(&app).into_iter().find(|role| role.id == fields.role).ok_or(Code::NotFound)?;
    let role: RoleId = app.role(&chosen.id).ok_or(Code::NotFound)?;
    let (persona, own) = match chosen.door {
        Door::Work => (Persona::Staff, format!("trial/{}", chosen.id)),
        Door::Oneself => (Persona::Person, fields.own.trim().to_owned()),
    };
    let name = match chosen.door {
        Door::Work => chosen.title.get(lang).to_owned(),
        Door::Oneself => own.clone(),
    };
    let controller = &app.config().site.controller;
    let known_by = OwnId::parse(controller, &own).map_err(|_| {
        Problem::new(Code::Unfit).field(
            "own",
            "not-an-own-id",
            "Skriv det, personen er kendt på, for eksempel en e-mailadresse.",
            "Write what the person is known by, such as an e-mail address.",
        )
    })?;
    let person = person(&app, Identifier::Own(known_by)).await;
    let identity = Identity {
        issuer: "trial".to_owned(),
        subject: Personal::new(format!("{}/{own}", chosen.id)),
        persona,
        person: Some(person),
        role,
        organisation: None,
        name: Personal::new(name),
        organisation_name: None,
        on_behalf_of: None,
        logout_hint: None,
    };
    let home = format!("/{}/", lang.tag());
    let to = ReturnPath::parse(&fields.r#return);
    Ok(settle(&app, identity, 0, client, &headers, to.as_ref().map_or(home.as_str(), |path| path.as_str())))
}

fn calls_us_by_name(app: &App, headers: &HeaderMap) -> bool {
    let ours = app.config().site.origin.split_once("://").map(|(_, host)| host);
    headers.get(HOST).and_then(|host| host.to_str().ok()).is_some_and(|host| Some(host) == ours)
}
