//! Who logs in where a notice alone says which roles there are: the person by what the controller knows her by, roles by claim.
//!
//! Invariant: an own id is believed only as far as the broker vouches for it. An address that anybody may write into her
//! profile leads to nobody.

use notice::policy::RoleId;
use register::{Cpr, Identifier, OwnId};
use serde_json::{Map, Value};

use super::identity::{NO_CPR, NoIdentity, person, roles_of_claims, text};
use super::token::Identified;
use crate::app::App;
use crate::config::Broker;
use crate::problem::{Code, Problem};
use crate::session::{Identity, Persona};

const NO_OWN_ID: NoIdentity = NoIdentity::Because(
    "no-own-id",
    "Login-tjenesten sendte ikke det, vi kender dig på, eller har ikke bekræftet det. Bekræft det hos login-tjenesten, eller kontakt os.",
    "The login service did not send what we know you by, or has not confirmed it. Confirm it there, or contact us.",
);
const NO_ROLE: NoIdentity = NoIdentity::Because(
    "no-role",
    "Dit login giver ingen rolle her. Er det forkert, så kontakt os.",
    "Your login gives no role here. If that is wrong, contact us.",
);

/// One identity for each role that the login gives, at least one.
pub(super) async fn identities(
    app: &App,
    broker: &Broker,
    identified: &Identified,
    wanted: Option<&str>,
    base: &(impl Fn(Persona, RoleId) -> Identity + Sync),
) -> Result<Vec<Identity>, NoIdentity> {
    let claims = identified.claims.reveal();
    let mut roles = roles_of_claims(app, broker, claims, wanted);
    if let Some(everybody) = broker.everybody.as_deref().filter(|role| wanted.is_none_or(|it| it == *role)) {
        let role = app
            .role(everybody)
            .ok_or_else(|| NoIdentity::Unavailable(Box::new(Problem::new(Code::Internal))))?;
        if !roles.iter().any(|(_, one)| *one == role) {
            roles.push((Persona::Person, role));
        }
    }
    if roles.is_empty() {
        return Err(NO_ROLE);
    }
    let known_by = known_by(app, broker, claims);
    let missing = if broker.claims.own.is_some() { NO_OWN_ID } else { NO_CPR };
    let for_oneself = |persona: Persona| persona == Persona::Person;
    // Whoever works here without being known is somebody by her login; who comes for herself must be known.
    if known_by.is_none() && roles.iter().all(|(persona, _)| for_oneself(*persona)) {
        return Err(missing);
    }
    let is_known = known_by.is_some();
    let known_by = known_by.unwrap_or_else(|| Identifier::Login {
        issuer: broker.issuer.clone(),
        subject: identified.subject.clone(),
    });
    let person = person(app, known_by).await;
    let kept = roles.into_iter().filter(|(persona, _)| is_known || !for_oneself(*persona));
    Ok(kept.map(|(persona, role)| Identity { person: Some(person), ..base(persona, role) }).collect())
}

/// The person's own id at the controller of the site, or her civil registration number where the broker sends that.
fn known_by(app: &App, broker: &Broker, claims: &Map<String, Value>) -> Option<Identifier> {
    let Some(own) = &broker.claims.own else {
        return text(claims, &broker.claims.cpr).and_then(|cpr| Cpr::parse(cpr).ok()).map(Identifier::Cpr);
    };
    if let Some(verified) = broker.claims.own_is_verified_by()
        && claims.get(verified) != Some(&Value::Bool(true))
    {
        return None;
    }
    let id = text(claims, own)?;
    OwnId::parse(&app.config().site.controller, id).ok().map(Identifier::Own)
}
