//! From a good token to who acts here: the person by civil registration number, the role from the authorisation register.
//!
//! Invariant: a private login is a citizen's, also a doctor's. A professional's role is confirmed again at each decision.

use notice::Id;
use notice::id::Organisation;
use register::identifier::{Cvr, Gln, OrganisationNumber, ProductionUnit, Sor};
use register::{Caller, Cpr, Identifier, Personal};
use serde_json::{Map, Value};

use super::by_notice;
use super::token::Identified;
use crate::app::App;
use crate::config::{Broker, OrganisationKind, People};
use crate::problem::{Code, Problem};
use crate::session::{Identity, Persona};

/// The roles of the notices that the surfaces know by name.
pub(crate) mod roles {
    /// Everybody, for oneself.
    pub(crate) const CITIZEN: &str = "citizen";
    /// Every professional.
    pub(crate) const HEALTH_PROFESSIONAL: &str = "health-professional";
    /// Who works in a pharmacy.
    pub(crate) const PHARMACY_STAFF: &str = "pharmacy-staff";
}

/// Why a good token makes nobody.
#[derive(Debug)]
pub(super) enum NoIdentity {
    /// The register cannot answer.
    Unavailable(Box<Problem>),
    /// Something is missing: code, and words in Danish and English.
    Because(&'static str, &'static str, &'static str),
}

pub(super) const NO_CPR: NoIdentity = NoIdentity::Because(
    "no-cpr",
    "Login-tjenesten sendte ikke dit CPR-nummer. Giv samtykke til det ved login, eller kontakt os.",
    "The login service did not send your CPR number. Agree to it when you log in, or contact us.",
);
const NO_ROLE: NoIdentity = NoIdentity::Because(
    "no-role",
    "Vi kender ingen rolle for dig på arbejde. Er du her som borger, så log ind som borger.",
    "We know no role for you at work. If you are here as a citizen, log in as a citizen.",
);

/// Finds out who logged in: one identity for each role in which the person may act here, at least one.
pub(super) async fn identities(
    app: &App,
    broker: &Broker,
    identified: &Identified,
    wanted: Option<&str>,
    hint: String,
) -> Result<Vec<Identity>, NoIdentity> {
    let claims = identified.claims.reveal();
    let base = |persona, role| Identity {
        issuer: broker.issuer.clone(),
        subject: identified.subject.clone(),
        persona,
        person: None,
        role,
        organisation: None,
        name: Personal::new(text(claims, &broker.claims.name).unwrap_or("–").to_owned()),
        organisation_name: broker
            .claims
            .organisation_name
            .as_deref()
            .and_then(|name| text(claims, name))
            .map(str::to_owned),
        on_behalf_of: None,
        logout_hint: Some(Personal::new(hint.clone())),
    };
    let cpr = text(claims, &broker.claims.cpr).and_then(|cpr| Cpr::parse(cpr).ok());
    match broker.people {
        People::Citizens => {
            let role = app.role(roles::CITIZEN).ok_or_else(undeclared)?;
            let person = person(app, Identifier::Cpr(cpr.ok_or(NO_CPR)?)).await;
            Ok(vec![Identity { person: Some(person), ..base(Persona::Citizen, role) }])
        }
        People::Staff => {
            let known_by = cpr.map_or_else(
                || Identifier::Login { issuer: broker.issuer.clone(), subject: identified.subject.clone() },
                Identifier::Cpr,
            );
            let person = person(app, known_by).await;
            let organisation = organisation(app, broker, claims).await;
            let staff =
                |persona, role| Identity { person: Some(person), organisation, ..base(persona, role) };
            let role = app.role(roles::HEALTH_PROFESSIONAL).ok_or_else(undeclared)?;
            let authorised = authorised(app, staff(Persona::Professional, role), wanted).await;
            let mut all: Vec<Identity> = roles_of_claims(app, broker, claims, wanted)
                .into_iter()
                .map(|(persona, role)| staff(persona, role))
                .collect();
            match authorised {
                Ok(more) => all.extend(more),
                // Who runs the server can log in while the register is down.
                Err(_) if !all.is_empty() => {}
                Err(problem) => return Err(problem),
            }
            if all.is_empty() { Err(NO_ROLE) } else { Ok(all) }
        }
        People::Notice => by_notice::identities(app, broker, identified, wanted, &base).await,
    }
}

fn undeclared() -> NoIdentity {
    NoIdentity::Unavailable(Box::new(Problem::new(Code::Internal)))
}

pub(super) async fn person(app: &App, identifier: Identifier) -> Id<notice::id::Person> {
    let app = app.clone();
    match tokio::task::spawn_blocking(move || app.register().person(&identifier)).await {
        Ok(person) => person,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => std::future::pending().await,
        },
    }
}

async fn organisation(app: &App, broker: &Broker, claims: &Map<String, Value>) -> Option<Id<Organisation>> {
    let number = text(claims, broker.claims.organisation.as_deref()?)?;
    let number = match broker.claims.organisation_kind {
        OrganisationKind::Cvr => OrganisationNumber::Cvr(Cvr::parse(number).ok()?),
        OrganisationKind::ProductionUnit => {
            OrganisationNumber::ProductionUnit(ProductionUnit::parse(number).ok()?)
        }
        OrganisationKind::Sor => OrganisationNumber::Sor(Sor::parse(number).ok()?),
        OrganisationKind::Gln => OrganisationNumber::Gln(Gln::parse(number).ok()?),
    };
    let app = app.clone();
    tokio::task::spawn_blocking(move || app.register().organisation(&number)).await.ok()
}

pub(super) fn roles_of_claims(
    app: &App,
    broker: &Broker,
    claims: &Map<String, Value>,
    wanted: Option<&str>,
) -> Vec<(Persona, notice::policy::RoleId)> {
    let values: Vec<&str> = match broker.claims.roles.as_deref().and_then(|name| claims.get(name)) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        Some(_) | None => Vec::new(),
    };
    let mut found = Vec::new();
    let fitting = broker
        .roles
        .iter()
        .filter(|role| values.contains(&role.value.as_str()))
        .filter(|role| wanted.is_none_or(|wanted| wanted == role.role))
        .filter_map(|role| Some((Persona::from_word(&role.persona)?, app.role(&role.role)?)));
    for one in fitting {
        // Two values may stand for one role.
        if !found.contains(&one) {
            found.push(one);
        }
    }
    found
}

// Every valid authorisation, or those of the profession that was asked for; none is no failure.
async fn authorised(
    app: &App,
    identity: Identity,
    wanted: Option<&str>,
) -> Result<Vec<Identity>, NoIdentity> {
    let caller: Caller = app.caller(&identity, 0);
    let own = app
        .act_as(caller, |at| {
            services::professional::see_own::run(at, services::professional::see_own::Request {})
        })
        .await;
    let own = match own {
        Ok(own) => own,
        Err(services::Error::Refused(_)) => return Ok(Vec::new()),
        Err(other) => return Err(NoIdentity::Unavailable(Box::new(other.into()))),
    };
    let now = app.now();
    let valid = own
        .into_iter()
        .filter(|one| one.from <= now && one.until.is_none_or(|until| now < until))
        .filter(|one| wanted.is_none_or(|wanted| wanted == one.profession));
    let acting = |one: services::professional::Professional| {
        let role = app.role(&one.profession)?;
        Some(Identity {
            role,
            persona: persona_of(app, role),
            name: Personal::new(one.name.clone()),
            organisation_name: identity.organisation_name.clone().or_else(|| one.workplace.clone()),
            ..identity.clone()
        })
    };
    Ok(valid.filter_map(acting).collect())
}

/// Pharmacy staff see the pharmacy's pages, other professionals the patients'.
#[must_use]
pub fn persona_of(app: &App, role: notice::policy::RoleId) -> Persona {
    let wider = |name: &str| {
        let of = app.policy().roles.get(role.index());
        app.role(name).is_some_and(|wide| of.is_some_and(|of| of.is.contains(&wide)))
    };
    if wider(roles::PHARMACY_STAFF) { Persona::Pharmacy } else { Persona::Professional }
}

// `a.b` is one claim of that name, or `b` inside `a`.
pub(super) fn text<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    let flat = claims.get(name);
    let nested = || {
        let (outer, inner) = name.split_once('.')?;
        claims.get(outer)?.get(inner)
    };
    flat.or_else(nested)?.as_str().filter(|text| !text.is_empty() && text.len() <= 500)
}
